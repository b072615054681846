/** Opens the chat and sends what waits, one after the other. Must never let a later message overtake an earlier one. */

import { outcome, patience } from './conversation.mjs';

/** After so long the numbers are shown while the sum goes on. */
const SLOW_WORK_MS = 4000;

/** @typedef {import('./connection.mjs').Answer} Answer */

export class Sending {
  #key;
  #facts;
  #line;
  #on;
  #isSending = false;
  #isStopped = false;
  /** @type {Promise<boolean> | null} */
  #opening = null;

  /**
   * @param {{token: string | null}} key
   * @param {import('./conversation.mjs').Conversation} facts
   * @param {import('./connection.mjs').Connection} line
   * @param {{opened: (answer: Answer) => void, notYet: (answer: Answer) => void, busy: () => void, late: (token: string) => void,
   *          settled: (message: import('./conversation.mjs').Outgoing, result: string, answer: Answer) => void}} on
   */
  constructor(key, facts, line, on) {
    this.#key = key;
    this.#facts = facts;
    this.#line = line;
    this.#on = on;
  }

  /** Sends until nothing waits. The same id goes again after a failure, so that nothing is said twice. */
  async run() {
    if (this.#isSending) return;
    this.#isSending = true;
    let failures = 0;
    while (this.#facts.next && (await this.open())) {
      const message = this.#facts.next;
      this.#on.busy();
      const answer = await this.#line.call('POST', '/chats/current/messages', body(message));
      if (this.#isStopped) break;
      const result = outcome(answer.status);
      if (result === 'again') {
        failures += 1;
        this.#on.notYet(answer);
        await this.#patience(answer, failures);
      } else {
        failures = 0;
        this.#facts.settle(message.id);
        this.#on.settled(message, result, answer);
      }
    }
    this.#isSending = false;
  }

  /** Opens the chat if that was not done yet. @returns {Promise<boolean>} false when the page is over */
  open() {
    if (this.#isStopped) return Promise.resolve(false);
    if (this.#opening) return this.#opening;
    if (this.#key.token !== null) return Promise.resolve(true);
    this.#opening = this.#tryToOpen().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  stop() {
    this.#isStopped = true;
  }

  async #tryToOpen() {
    let work = null;
    for (let failures = 1; !this.#isStopped; failures += 1) {
      this.#on.busy();
      const answer = await this.#line.call('POST', '/chats', work ? { work } : {});
      const isOpen = outcome(answer.status) === 'answered';
      if (this.#isStopped) {
        if (isOpen) this.#on.late(answer.body.token);
        return false;
      }
      if (isOpen) {
        this.#key.token = answer.body.token;
        this.#on.opened(answer);
        return true;
      }
      // While many chats begin, a sum opens ours at once. Without an answer to it, waiting does so too.
      work = work ? null : await this.#solve(answer);
      if (work) continue;
      this.#on.notYet(answer);
      await this.#patience(answer, failures);
    }
    return false;
  }

  /** @param {Answer} answer @returns {Promise<object | null>} the work that was asked for; null when there is none */
  async #solve(answer) {
    if (!answer.body?.challenge) return null;
    const slow = setTimeout(() => this.#on.notYet(answer), SLOW_WORK_MS);
    try {
      const { solve } = await import('./work.mjs');
      return await solve(answer.body.challenge);
    } catch {
      return null;
    } finally {
      clearTimeout(slow);
    }
  }

  #patience(answer, failures) {
    return this.#line.rest(Math.max(answer.retryAfter, patience(failures, Math.random())));
  }
}

/** @param {import('./conversation.mjs').Outgoing} message */
function body({ id, text, choice, anyway }) {
  if (choice !== undefined) return { id, choice };
  return anyway ? { id, text, send_anyway: true } : { id, text };
}
