/** The one line that says how the connection is, in honest words. Must not try to mend it. */

import { texts } from './texts.nl.mjs';

const BACK_SHOWN_MS = 2500;

export class StateLine {
  #view;
  #facts;
  #isUp = true;
  #isRefused = false;

  /** @param {import('./view.mjs').View} view @param {import('./conversation.mjs').Conversation} facts */
  constructor(view, facts) {
    this.#view = view;
    this.#facts = facts;
  }

  /** The gateway was reached. @returns {boolean} whether it was away before */
  up() {
    const wasAway = !this.#isUp;
    this.#isUp = true;
    if (wasAway) {
      this.#view.say(texts.back);
      setTimeout(() => this.#view.unsay(texts.back), BACK_SHOWN_MS);
    }
    return wasAway;
  }

  /** The gateway was not reached; says how many messages wait. */
  away() {
    const count = this.#facts.waiting;
    this.#isUp = false;
    this.#view.say(count > 1 ? texts.awayMore(count) : count ? texts.awayOne : texts.away, 'bad');
  }

  /** The gateway answered, but did not take it. @param {string} words @returns {boolean} whether that is new */
  refused(words) {
    const isNew = !this.#isRefused;
    this.#isRefused = true;
    this.#view.say(words, 'bad');
    return isNew;
  }

  /** The gateway took it. */
  taken() {
    this.#isRefused = false;
    if (!this.up()) this.#view.say('');
  }

  /** Something is on its way. @param {boolean} isOpen whether there is a chat yet */
  busy(isOpen) {
    if (!this.#isUp || this.#isRefused) return;
    if (!isOpen) this.#view.say(texts.connecting);
    else if (this.#facts.state !== 'with_counsellor') this.#view.say(texts.typing);
  }
}
