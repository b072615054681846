/** The sum that the gateway asks for while many chats begin, solved beside the page. Must never throw or go on for ever. */

const LONGEST_MS = 30_000;

/** @typedef {{nonce: string, salt: string, cost: number, key_prefix: string}} Challenge */

/**
 * @param {Challenge} challenge
 * @returns {Promise<{challenge: Challenge, answer: number} | null>} null when this browser cannot solve it
 */
export function solve(challenge) {
  return new Promise((resolve) => {
    /** @type {Worker | undefined} */
    let worker;
    const done = (answer) => {
      clearTimeout(timer);
      worker?.terminate();
      resolve(Number.isInteger(answer) ? { challenge, answer } : null);
    };
    const timer = setTimeout(done, LONGEST_MS, null);
    try {
      worker = new Worker('/visitor/work-worker.mjs');
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = () => done(null);
      worker.postMessage(challenge);
    } catch {
      done(null);
    }
  });
}
