// A real OpenID provider on loopback for tests. Must hold no real account: everybody it knows comes from its argument.
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const { port, client, accounts, claimsInIdToken } = JSON.parse(process.argv[2])
const issuer = `http://127.0.0.1:${port}`

const provider = new Provider(issuer, {
  clients: [client],
  claims: { openid: ['sub', 'amr', 'acr'], profile: ['given_name', 'groups'], auth_time: null },
  acrValues: ['urn:test:two-factors', 'urn:test:password'],
  conformIdTokenClaims: !claimsInIdToken,
  pkce: { required: () => true, methods: ['S256'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
  cookies: { keys: ['only for tests'] },
})

// Instead of a login page: the test says as JSON who logs in and how it was proved.
async function interact (request, response) {
  let body = ''
  for await (const part of request) body += part
  const { account, amr, acr } = JSON.parse(body)
  const { params } = await provider.interactionDetails(request, response)
  const grant = new provider.Grant({ accountId: account, clientId: params.client_id })
  grant.addOIDCScope('openid profile')
  const result = { login: { accountId: account, amr, acr }, consent: { grantId: await grant.save() } }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

const serve = provider.callback()
createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) return serve(request, response)
  interact(request, response).catch((error) => {
    response.statusCode = 500
    response.end(String(error))
  })
}).listen(port, '127.0.0.1', () => console.log('listening'))
