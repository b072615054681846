/** What the page knows of the conversation: what was seen, what waits to be sent, when it ends. Must touch no page and no network. */

export const LONGEST = 2000;
export const YOUNG = '/i_am_child';
const COUNT_FROM = 1800;
const WARN_MS = 3 * 60 * 1000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** @typedef {{id: string, text?: string, choice?: string, said?: string, anyway?: boolean}} Outgoing `anyway`: to a person, as it was typed */
/** @typedef {{id: string, text: string, kind: string, referrals: object[], choices: {title: string, payload: string}[]}} Reply */

export class Conversation {
  /** @type {Set<string>} */
  #seen = new Set();
  /** @type {Outgoing[]} */
  #outbox = [];
  #deadline = Infinity;
  /** The message in which somebody said to be under 18. @type {string | null} */
  #young = null;
  lastEventId = 0;
  state = 'start';
  /** @type {Record<string, any> | null} */
  #assessment = null;
  /** @type {string | null} until when a code brings the visitor back; closing the page does not wipe before that */
  keptUntil = null;
  /** @type {Map<string, string>} what the buttons said that were offered, by payload */
  titles = new Map();

  /** Puts a message at the end of the queue. @param {Outgoing} message */
  queue(message) {
    this.#seen.add(message.id);
    this.#outbox.push(message);
    if (message.choice === YOUNG) this.#young = message.id;
  }

  /** @returns {Outgoing | undefined} the message that is to be sent now; the others wait for it */
  get next() {
    return this.#outbox[0];
  }

  get waiting() {
    return this.#outbox.length;
  }

  /** The message has its answer, or never will. @param {string} id */
  settle(id) {
    this.#outbox = this.#outbox.filter((message) => message.id !== id);
  }

  /**
   * @param {any[]} items replies or messages, each with its id
   * @returns {any[]} the ones that were not seen before, now seen
   */
  unseen(items) {
    const fresh = items.filter((item) => !this.#seen.has(item.id));
    for (const item of fresh) {
      this.#seen.add(item.id);
      for (const { payload, title } of item.choices ?? []) this.titles.set(payload, title);
    }
    return fresh;
  }

  /** @param {number} id of an event @returns {boolean} whether the event is new */
  isNewEvent(id) {
    if (id <= this.lastEventId) return false;
    this.lastEventId = id;
    return true;
  }

  /**
   * Sets when the chat ends. Clocks of phones may be wrong, so only the gateway's own clock is compared with it.
   * @param {string} endsAt moment of the gateway
   * @param {string | null} date the `Date` header of the same answer
   * @param {number} now the page's clock in milliseconds
   */
  endsAt(endsAt, date, now) {
    const gateway = date ? Date.parse(date) : now;
    this.#deadline = now + (Date.parse(endsAt) - gateway);
  }

  /** @returns {number} the end by the page's clock, in milliseconds */
  get deadline() {
    return this.#deadline;
  }

  /** @param {number} now @returns {'calm' | 'warn' | 'over'} */
  timeLeft(now) {
    if (now >= this.#deadline) return 'over';
    return now >= this.#deadline - WARN_MS ? 'warn' : 'calm';
  }

  /** @returns what was understood, as the gateway said it last */
  get assessment() {
    return this.#assessment;
  }

  set assessment(known) {
    this.#assessment = known;
    const isOnItsWay = this.#outbox.some(({ id }) => id === this.#young);
    if (!isOnItsWay && known && known.role !== 'unknown') this.#young = null;
  }

  /** Who says to be under 18 is spoken to as a child at once, before the answer to it came. */
  get isChild() {
    return this.#young !== null || this.#assessment?.role === 'child';
  }

  /** @returns whether something was understood that can be shown and put right */
  get isUnderstood() {
    const { role, topics, region } = this.assessment ?? {};
    return Boolean((role && role !== 'unknown') || topics?.length || region);
  }
}

/** People count characters, not code units: one emoji is one. @param {string} text */
export const characters = (text) => [...text].length;

/** @param {string} text @returns {number | null} how many characters are left, or null when that is not yet of interest */
export function left(text) {
  const count = characters(text);
  return count < COUNT_FROM ? null : LONGEST - count;
}

/**
 * How long to wait before the next try: doubles, a little shorter by chance so that pages do not come back all at once.
 * @param {number} failures in a row, from 1 @param {number} chance from 0 to 1
 */
export function patience(failures, chance) {
  return Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS) * (1 - chance / 4);
}

/**
 * What an HTTP status means for a message.
 * @param {number} status 0 when there was no answer
 * @returns {'answered' | 'again' | 'gone' | 'refused'}
 */
export function outcome(status) {
  if (status >= 200 && status < 300) return 'answered';
  if (status === 410 || status === 401) return 'gone';
  if (status === 0 || status === 429 || status === 408 || status >= 500) return 'again';
  return 'refused';
}
