/** Calls to the gateway. Must keep nothing: the session is a cookie that no script can read. */

const BASE = '/api/v1/staff';
const ANSWER_MS = 10_000;

/** @typedef {{status: number, ok: boolean, body: any, retryAfter: number}} Answer `status` 0: no answer at all */

/**
 * One call. Never throws.
 * @param {string} method @param {string} path @param {object} [body] @returns {Promise<Answer>}
 */
export function call(method, path, body) {
  return ask(BASE + path, method, body);
}

/** The public directory: the names of organisations. @returns {Promise<Answer>} */
export const organisations = () => ask('/api/v1/organisations', 'GET');

/** @param {string} address @param {string} method @param {object} [body] @returns {Promise<Answer>} */
async function ask(address, method, body) {
  try {
    const response = await fetch(address, {
      method,
      headers: { 'X-Lichtpunt': 'console', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
      cache: 'no-store',
      credentials: 'same-origin',
    });
    const isJson = (response.headers.get('Content-Type') ?? '').includes('json');
    const text = isJson ? await response.text() : '';
    const retryAfter = Number(response.headers.get('Retry-After') ?? 0) * 1000;
    return { status: response.status, ok: response.ok, body: text.trim() ? JSON.parse(text) : null, retryAfter };
  } catch {
    return { status: 0, ok: false, body: null, retryAfter: 0 };
  }
}

/** The name of the problem that came instead. @param {Answer} answer @returns {string} empty when it is none we know */
export const problem = (answer) => String(answer.body?.type ?? '').split(':').pop() ?? '';

/** Opens the stream. @param {string} cursor @param {AbortSignal} signal */
export const events = (cursor, signal) => fetch(`${BASE}/events`, {
  headers: { 'X-Lichtpunt': 'console', ...(cursor ? { 'Last-Event-ID': cursor } : {}) },
  signal,
  cache: 'no-store',
  credentials: 'same-origin',
});
