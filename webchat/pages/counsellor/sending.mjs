/** Sends what a counsellor wrote: one after the other, again with the same id when no answer came. Must lose nothing. */

const AGAIN_MS = 2000;
const REFUSED = new Set([400, 401, 403, 404, 409, 410, 413, 422]);

export class Sending {
  #store;
  #call;
  #changed;
  /** @type {Set<string>} */
  #running = new Set();

  /**
   * @param {import('./store.mjs').Store} store
   * @param {(method: string, path: string, body?: object) => Promise<import('./api.mjs').Answer>} call
   * @param {() => void} changed
   */
  constructor(store, call, changed) {
    this.#store = store;
    this.#call = call;
    this.#changed = changed;
  }

  /** Sends what waits in this chat, as long as it can be. @param {string} ticket */
  async run(ticket) {
    if (this.#running.has(ticket)) return;
    this.#running.add(ticket);
    try {
      for (let next = this.#store.next(ticket); next && this.#store.canSend(ticket); next = this.#store.next(ticket)) {
        if (!(await this.#one(ticket, next))) return;
      }
    } finally {
      this.#running.delete(ticket);
    }
  }

  /** Everything that waited while the line was away. */
  runAll() {
    for (const chat of this.#store.chats) this.run(chat.ticket);
  }

  /** @param {string} ticket @param {import('./store.mjs').Pending} message @returns {Promise<boolean>} whether the next may go */
  async #one(ticket, { id, text }) {
    this.#store.mark(ticket, id, 'sending');
    this.#changed();
    const answer = await this.#call('POST', `/chats/${ticket}/messages`, { id, text });
    // Meanwhile it may have come back as a line, or the chat may be over.
    if (!this.#store.pending(ticket).some((one) => one.id === id)) return true;
    if (answer.ok) this.#store.mark(ticket, id, 'sent');
    else if (REFUSED.has(answer.status)) this.#store.mark(ticket, id, 'failed', answer.body?.detail ?? '');
    else this.#later(ticket, id, answer.retryAfter);
    this.#changed();
    return answer.ok;
  }

  #later(ticket, id, retryAfter) {
    this.#store.mark(ticket, id, 'waiting');
    setTimeout(() => this.run(ticket), Math.max(AGAIN_MS, retryAfter));
  }
}
