/** Tries one number after the other until the key begins as asked, away from the page. Must know nothing of the chat. */

const MOST_TRIES = 100_000;
const KEY_BITS = 256;

/** @param {string} hex */
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** The key for one number: PBKDF2 over the nonce and the number. */
async function derive(nonce, salt, cost, counter) {
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: cost }, key, KEY_BITS));
}

/** @returns {Promise<number | null>} null when there is no answer */
async function search({ nonce, salt, cost, key_prefix: wanted }) {
  const start = bytes(wanted);
  for (let counter = 0; counter < MOST_TRIES; counter += 1) {
    const key = await derive(bytes(nonce), bytes(salt), cost, counter);
    if (start.every((byte, place) => byte === key[place])) return counter;
  }
  return null;
}

onmessage = ({ data }) => search(data).then(postMessage, () => postMessage(null));
