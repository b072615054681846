/** What the console knows now: the desk, what is said in each chat, what is still to be sent. Must know no page or network. */

const TYPING_MS = 10_000;
const SECOND_SOUND_SECONDS = 60;
const STEPS = [30, 60, 120];
const KINDS = new Set(['message', 'typing', 'state', 'flag', 'signal']);

/**
 * @typedef {{ticket: string, codename: string, urgency: string, danger: boolean, flags: string[], region: string | null, card: any,
 *   waited_seconds: number, elsewhere: boolean, returned: string | null, level: number, overdue: boolean, may_claim: boolean, why_not: string | null}} Waiting
 * @typedef {{ticket: string, codename: string, as: 'holder' | 'shadow' | 'invited', phase: string, urgency: string, danger: boolean, severe: boolean,
 *   flags: string[], region: string | null, card: any, line: 'up' | 'away', away_seconds: number, waits_since_seconds: number | null,
 *   question: any, refused: string | null, shadows: {staff: string, name: string, speaks: boolean}[], help: boolean, warned: boolean,
 *   abuse_by_me: boolean, judge: boolean, ending: string | null}} Chat
 * @typedef {{type: string, id: string, from?: string, name?: string | null, text?: string, at?: string, history?: boolean, unredacted?: boolean,
 *   mine?: boolean, what?: string, kind?: string, kinds?: string[]}} Line one line of a conversation
 * @typedef {{id: string, text: string, state: 'waiting' | 'sending' | 'sent' | 'failed', why: string}} Pending
 */

const EMPTY = { me: null, on_duty: [], queue: [], chats: [], help: [] };

export class Store {
  #now;
  #desk = EMPTY;
  #deskAt = 0;
  /** @type {Map<string, {lines: Line[], ids: Set<string>, typing: Map<string, number>}>} */
  #talks = new Map();
  /** @type {Map<string, Pending[]>} */
  #outbox = new Map();
  /** @type {Set<string>} */
  #mine = new Set();
  /** @type {Set<string>} */
  #known = new Set();
  /** @type {Set<string>} */
  #rang = new Set();
  #hasDesk = false;
  /** @type {'down' | 'catching' | 'up'} */
  line = 'down';

  /** @param {() => number} now milliseconds that only go up */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  get me() {
    return this.#desk.me;
  }

  get onDuty() {
    return this.#desk.on_duty;
  }

  /** @returns {Waiting[]} in the order of the gateway */
  get queue() {
    return this.#desk.queue;
  }

  /** @returns {Chat[]} */
  get chats() {
    return this.#desk.chats;
  }

  get help() {
    return this.#desk.help;
  }

  /** @param {string} ticket @returns {Chat | undefined} */
  chat(ticket) {
    return this.chats.find((chat) => chat.ticket === ticket);
  }

  /** Colleagues on duty, without me. */
  get colleagues() {
    return this.onDuty.filter((one) => one.staff !== this.me?.staff);
  }

  /** Takes the desk as it is now. @param {any} desk @returns {Waiting[]} the cards that were not there before */
  deskCame(desk) {
    this.#desk = { ...EMPTY, ...desk };
    this.#deskAt = this.#now();
    this.#hasDesk = true;
    const waiting = new Set(this.queue.map((card) => card.ticket));
    const fresh = this.queue.filter((card) => !this.#known.has(card.ticket));
    for (const ticket of this.#rang) if (!waiting.has(ticket)) this.#rang.delete(ticket);
    this.#known = waiting;
    const readable = new Set(this.chats.filter((chat) => chat.phase !== 'ended').map((chat) => chat.ticket));
    for (const ticket of [...this.#talks.keys(), ...this.#outbox.keys()]) if (!readable.has(ticket)) this.forget(ticket);
    return fresh;
  }

  /** Takes what was said in a chat, once. @param {any} event @returns {Line | null} the new line, if it is one */
  talkCame(event) {
    const { ticket } = event;
    // A signal may name itself: what is none of the kinds is the name of a signal.
    const kind = KINDS.has(event.kind) ? event.kind : 'signal';
    const chat = this.chat(ticket);
    if (chat?.phase === 'ended') return null;
    const talk = this.#talk(ticket);
    if (kind === 'typing') {
      talk.typing.set(event.from, this.#now() + TYPING_MS);
      return null;
    }
    const id = event.n === undefined ? `${kind}:${event.id}` : `n:${event.n}`;
    if (talk.ids.has(id) || (kind === 'message' && talk.ids.has(`message:${event.id}`))) return null;
    talk.ids.add(id).add(`${kind}:${event.id}`);
    const line = this.#line(kind, event);
    talk.lines.push(line);
    if (kind === 'message') {
      talk.typing.delete(event.from);
      this.#settle(ticket, event.id);
    }
    return line;
  }

  /** @param {string} ticket @returns {readonly Line[]} */
  lines(ticket) {
    return this.#talks.get(ticket)?.lines ?? [];
  }

  /** Who is typing besides me. @param {string} ticket @returns {string[]} `visitor`, `counsellor` or `colleague` */
  typing(ticket) {
    const own = this.chat(ticket)?.as === 'holder' ? 'counsellor' : 'colleague';
    const now = this.#now();
    return [...(this.#talks.get(ticket)?.typing ?? [])].filter(([from, until]) => from !== own && until > now).map(([from]) => from);
  }

  /** Seconds as they are now, counted on from what the gateway said. @param {number | null} seconds */
  since(seconds) {
    return seconds === null ? null : seconds + (this.#now() - this.#deskAt) / 1000;
  }

  /** How loud a card is: 0 to 3. @param {Waiting} card */
  level(card) {
    const waited = this.since(card.waited_seconds);
    return Math.max(card.level, STEPS.filter((step) => waited >= step).length);
  }

  /** Cards that wait a minute now, each once. @returns {string[]} tickets */
  secondSound() {
    const due = this.queue.filter((card) => this.since(card.waited_seconds) >= SECOND_SOUND_SECONDS && !this.#rang.has(card.ticket));
    for (const card of due) this.#rang.add(card.ticket);
    return due.map((card) => card.ticket);
  }

  /** How many things wait for me: for the title. */
  get calls() {
    const asked = (chat) => chat.waits_since_seconds !== null || chat.as === 'invited' || chat.judge;
    return this.queue.length + this.chats.filter((chat) => chat.phase !== 'ended' && asked(chat)).length;
  }

  /** The line is there (but what was missed is still on its way), or is gone. @param {boolean} isUp */
  lineIs(isUp) {
    this.line = isUp ? 'catching' : 'down';
    this.#hasDesk = false;
  }

  /** Whether the desk came since the line is there. */
  get hasDesk() {
    return this.#hasDesk;
  }

  /** Nothing more is on its way: now one may write without missing a colleague's line. */
  caughtUp() {
    if (this.line === 'catching' && this.#hasDesk) this.line = 'up';
  }

  /** Whether I may write there at all. @param {string} ticket */
  maySpeak(ticket) {
    const chat = this.chat(ticket);
    if (chat?.phase !== 'talking') return false;
    return chat.as === 'holder' || chat.shadows.some((one) => one.staff === this.me?.staff && one.speaks);
  }

  /** Whether it can be sent now. @param {string} ticket */
  canSend(ticket) {
    return this.line === 'up' && this.maySpeak(ticket);
  }

  /** @param {string} ticket @param {string} id @param {string} text */
  post(ticket, id, text) {
    this.#mine.add(id);
    this.#outbox.set(ticket, [...this.pending(ticket), { id, text, state: 'waiting', why: '' }]);
  }

  /** @param {string} ticket @returns {Pending[]} what did not come back as a line yet */
  pending(ticket) {
    return this.#outbox.get(ticket) ?? [];
  }

  /** The next one to send; nothing passes one that failed. @param {string} ticket @returns {Pending | undefined} */
  next(ticket) {
    const first = this.pending(ticket).find((one) => one.state !== 'sent');
    return first?.state === 'waiting' ? first : undefined;
  }

  /** @param {string} ticket @param {string} id @param {Pending['state']} state @param {string} why */
  mark(ticket, id, state, why = '') {
    this.#outbox.set(ticket, this.pending(ticket).map((one) => (one.id === id ? { ...one, state, why } : one)));
  }

  /** @param {string} ticket @param {string} id takes a message that failed away */
  drop(ticket, id) {
    this.#settle(ticket, id);
  }

  /** Nothing of this chat stays. @param {string} ticket */
  forget(ticket) {
    for (const one of this.pending(ticket)) this.#mine.delete(one.id);
    this.#talks.delete(ticket);
    this.#outbox.delete(ticket);
  }

  /** Nothing stays. */
  clear() {
    this.#desk = EMPTY;
    this.#talks.clear();
    this.#outbox.clear();
    this.#mine.clear();
    this.#known.clear();
    this.#rang.clear();
    this.lineIs(false);
  }

  #talk(ticket) {
    let talk = this.#talks.get(ticket);
    if (!talk) {
      talk = { lines: [], ids: new Set(), typing: new Map() };
      this.#talks.set(ticket, talk);
    }
    return talk;
  }

  /** @returns {Line} */
  #line(type, { ticket, ...data }) {
    const isOwn = this.#mine.has(data.id) || (data.from === 'counsellor' && this.chat(ticket)?.as === 'holder' && data.name === this.me?.name);
    return { ...data, type, mine: type === 'message' && isOwn };
  }

  #settle(ticket, id) {
    const rest = this.pending(ticket).filter((one) => one.id !== id);
    if (rest.length) this.#outbox.set(ticket, rest);
    else this.#outbox.delete(ticket);
  }
}
