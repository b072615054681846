/** One chat from its first word to its end: where view, connection and facts meet. Must keep nothing outside this page. */

import { AtDesk } from './at-desk.mjs';
import { Connection } from './connection.mjs';
import { Conversation, LONGEST, characters, outcome } from './conversation.mjs';
import { Ending } from './ending.mjs';
import { Sending } from './sending.mjs';
import { StateLine } from './state-line.mjs';
import { texts } from './texts.nl.mjs';
import { View } from './view.mjs';

const TYPING_EVERY_MS = 3000;
const TICKET_MS = 3000;
const FOR_DESK = ['typing', 'queue', 'offer', 'consent'];
const ENDS = { wiped: 'wiped', counsellor: 'closed' };

export class Chat {
  #key;
  #goodbye;
  view = new View();
  facts = new Conversation();
  #line;
  #sending;
  #state = new StateLine(this.view, this.facts);
  isEasy = false;
  #isOver = false;
  #lastTyping = -Infinity;
  /** @type {{said?: string}[]} said before the greeting came, to be shown below it */
  #unshown = [];
  /** @type {Promise<import('./side.mjs').Side> | null} */
  #side = null;

  /** @param {{key: {token: string | null}, goodbye: (reason: string) => void}} page */
  constructor({ key, goodbye }) {
    this.#key = key;
    this.#goodbye = goodbye;
    this.#line = new Connection(key, {
      event: (event) => this.#heard(event),
      line: (isUp) => (isUp ? this.#reached() : this.#isOver || this.#state.away()),
      gone: () => this.#end('gone'),
      lastEventId: () => this.facts.lastEventId,
      isWithPerson: () => ['waiting', 'with_counsellor'].includes(this.facts.state),
    });
    this.#sending = new Sending(key, this.facts, this.#line, {
      opened: (answer) => this.#opened(answer),
      notYet: (answer) => this.#notYet(answer),
      busy: () => this.#state.busy(this.isOpen),
      late: (token) => this.#late(token),
      settled: (message, result, answer) => this.#settled(message, result, answer),
    });
    this.desk = new AtDesk(this);
    this.ending = new Ending(this);
    addEventListener('online', () => this.#line.hurry(true));
    document.addEventListener('visibilitychange', () => document.hidden || this.#line.hurry(true));
  }

  get isOpen() {
    return !this.#isOver && this.#key.token !== null;
  }

  /** @param {string} method @param {string} path @param {object} [body] */
  call(method, path, body) {
    return this.#line.call(method, path, body);
  }

  /** @param {string} text @returns {boolean} whether it will be sent */
  say(text) {
    const over = characters(text) - LONGEST;
    if (over > 0) {
      this.view.say(texts.tooMany(over), 'bad');
      return false;
    }
    this.#queue({ id: crypto.randomUUID(), text, said: text });
    return true;
  }

  /** @param {string} payload @param {string} title what the button said */
  choose(payload, title) {
    if (payload === '/handover') this.#askForPerson(title);
    else if (payload === '/wipe') this.wipe();
    else if (payload === '/code') this.desk.code('enterCode');
    else {
      if (payload.startsWith('/simpler')) this.isEasy = payload === '/simpler';
      this.#queue({ id: crypto.randomUUID(), choice: payload, said: title });
      if (payload === '/belcode') this.desk.code('callCode');
    }
  }

  /** Sends a text to a person as it was typed, on purpose; it is on the screen already. @param {string} text */
  sayAnyway(text) {
    this.facts.queue({ id: crypto.randomUUID(), text, anyway: true, said: text });
    this.#sending.run();
  }

  /** The chat of a code, on this page from now on. @param {import('./connection.mjs').Answer} answer */
  resume(answer) {
    this.#key.token = answer.body.token;
    this.#begin();
    this.view.quietly();
    this.#opened(answer);
    this.view.focus();
  }

  /** @param {'not_alone' | 'back' | 'cannot_talk_freely' | 'free' | 'still_here' | 'typing'} kind */
  async signal(kind) {
    if (this.#key.token === null) return;
    const answer = await this.call('POST', '/chats/current/signals', { kind });
    if (outcome(answer.status) === 'gone') this.#end('gone');
  }

  /** Shows how much room is left, and tells a counsellor that something is coming. @param {string} text as it is now */
  typing(text) {
    this.view.count(text);
    const now = performance.now();
    if (this.facts.state !== 'with_counsellor' || now - this.#lastTyping < TYPING_EVERY_MS) return;
    this.#lastTyping = now;
    this.signal('typing');
  }

  /** Shows what the gateway said instead of doing what was asked. @param {import('./connection.mjs').Answer} answer */
  refused(answer) {
    if (outcome(answer.status) === 'gone') this.#end('gone');
    else if (answer.status === 0) this.#state.away();
    else if (answer.body?.replies?.length) this.show(answer.body.replies);
    else if (answer.body?.detail) this.view.note(answer.body.detail);
  }

  /** Everything is gone: from the screen at once, and from the gateway. */
  async wipe() {
    const token = this.#key.token;
    const asked = token === null ? null : this.call('DELETE', '/chats/current');
    this.#end('wiped');
    const answer = await asked;
    if (answer === null || ['answered', 'gone'].includes(outcome(answer.status))) return;
    this.#key.token = token;
    this.#goodbye('goodbye');
    this.view.ended('unsure');
  }

  #begin() {
    this.view.open();
    this.#side ??= import('./side.mjs').then(({ Side }) => new Side(this));
    this.#side.catch(() => {
      this.#side = null;
    });
  }

  #queue(message) {
    if (this.#isOver) return;
    this.#begin();
    this.facts.queue(message);
    this.view.mode(this.facts.isChild, this.isEasy);
    this.#said(message);
    this.#sending.run();
  }

  #said(message) {
    this.view.choices([], () => undefined);
    this.view.focus();
    this.view.count('');
    if (this.#key.token === null) this.#unshown.push(message);
    else this.view.own(message.said);
  }

  async #askForPerson(title) {
    this.#begin();
    this.#said({ said: title });
    if (!(await this.#sending.open())) return;
    this.desk.act('ask');
  }

  #opened(answer) {
    this.#state.taken();
    this.facts.endsAt(answer.body.ends_at, answer.date, Date.now());
    const choices = this.#unshown.length === 0;
    this.show(answer.body.replies);
    this.#showUnshown();
    if (!choices) this.view.choices([], () => undefined);
    this.became({ state: answer.body.state });
    this.#line.listen();
    this.refresh();
  }

  #settled(message, result, answer) {
    if (result === 'gone') {
      this.#end('gone');
      return;
    }
    this.#state.taken();
    if (result === 'refused') {
      // A button of the page itself may be unknown to this chat; then its words do the same.
      if (message.choice && answer.status === 422) this.facts.queue({ id: crypto.randomUUID(), text: message.said });
      else this.refused(answer);
      return;
    }
    if (answer.body.state === 'ended') {
      this.#end('wiped');
      return;
    }
    this.facts.endsAt(answer.body.ends_at, answer.date, Date.now());
    // Who answers is told by events alone: an answer may be overtaken by them.
    this.understood(answer.body.assessment);
    this.show(answer.body.replies);
    this.desk.after(message, answer.body);
  }

  /** Not acknowledged: the numbers that came instead are shown once, and the same message is tried again. */
  #notYet(answer) {
    this.#showUnshown();
    if (answer.status === 0) this.#state.away();
    else if (this.#state.refused((answer.status === 429 && answer.body?.detail) || texts.notYet)) {
      this.show(answer.body?.replies ?? []);
    }
  }

  /** The visitor left while the chat was being opened: it ends before it began. @param {string} token */
  #late(token) {
    this.#key.token = token;
    this.#goodbye('closed');
  }

  #showUnshown() {
    for (const message of this.#unshown.splice(0)) this.view.own(message.said);
  }

  /** @param {any[]} replies those that were shown already are not repeated */
  show(replies) {
    for (const reply of this.facts.unseen(replies)) {
      this.view.reply(reply, (payload, title) => this.choose(payload, title));
    }
  }

  #heard({ id, name, data }) {
    if (!this.facts.isNewEvent(id)) return;
    if (name === 'ended') this.#line.stop();
    if (this.#isOver) {
      if (name === 'ended') this.#offerFeedback(data.ticket);
      return;
    }
    const acts = {
      reply: () => this.show([data]),
      message: () => this.facts.unseen([data]).length && this.desk.message(data),
      state: () => this.became(data),
      assessment: () => this.understood(data),
      ended: () => {
        this.#end(ENDS[data.reason] ?? 'gone');
        this.#offerFeedback(data.ticket);
      },
    };
    if (FOR_DESK.includes(name)) this.desk.act(name, data);
    else acts[name]?.();
  }

  /** Who answers from now on. @param {import('./company.mjs').Became} news */
  became(news) {
    const before = this.facts.state;
    const isNew = news.state !== before;
    this.facts.state = news.state;
    this.desk.became(news, before);
    if (isNew) this.refresh();
  }

  /** @param {Record<string, unknown>} assessment as the gateway has it now */
  understood(assessment) {
    this.facts.assessment = assessment;
    this.view.mode(this.facts.isChild, this.isEasy);
    this.refresh();
  }

  /** Shows the facts beside the conversation as they are now. */
  refresh() {
    this.#side?.then((side) => side.refresh(), () => undefined);
  }

  #reached() {
    if (!this.#isOver && this.#state.up()) this.#line.hurry(false);
  }

  /** The page is left: nothing may happen on it any more. */
  stop() {
    this.#isOver = true;
    this.#sending.stop();
    this.#line.stop();
  }

  /** @param {'wiped' | 'gone' | 'closed'} why */
  #end(why) {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#key.token = null;
    this.#sending.stop();
    // The stream that is open still brings the ticket for the one question afterwards.
    setTimeout(() => this.#line.stop(), TICKET_MS);
    this.view.ended(why);
  }

  #offerFeedback(ticket) {
    if (ticket) this.view.askFeedback((answer) => this.call('POST', '/feedback', { ticket, answer }));
  }
}
