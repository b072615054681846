/** The desk of one counsellor: the stream, the heartbeat, the queue and the chats come together here. Must keep nothing when left. */

import * as api from './api.mjs';
import { CannedList } from './canned.mjs';
import { button, byId, el, say, words } from './dom.mjs';
import { Pane } from './chat.mjs';
import { Queue } from './queue.mjs';
import { Sending } from './sending.mjs';
import { Store } from './store.mjs';
import { Stream } from './stream.mjs';
import { bar, chat as chatTexts, queue as queueTexts, texts } from './texts.nl.mjs';

const BEAT_MS = 10_000;
const TICK_MS = 1000;
const QUIET_MS = 250;
const SLACK_MS = 500;
const TOAST_MS = 8000;

export class Desk {
  store = new Store();
  canned = new CannedList();
  hadLine = false;
  #me;
  #sound;
  #on;
  #stream;
  #sending;
  #queue;
  /** @type {Map<string, Pane>} */
  #panes = new Map();
  #grid = el('div', { class: 'grid', 'data-count': 0 });
  #nothing = el('div', { class: 'nothing' });
  #start = el('div', { class: 'start' });
  #toasts = el('div', { class: 'toasts', role: 'status' });
  #timers = [];
  #quiet = 0;
  #painting = false;
  #left = false;
  #status = 'available';
  #focused = '';
  #lastBeat = -Infinity;

  /** @param {any} me @param {import('./sound.mjs').Sound} sound @param {{ended: () => void, changed: () => void}} on */
  constructor(me, sound, on) {
    this.#me = me;
    this.#sound = sound;
    this.#on = on;
    this.#queue = new Queue(this);
    this.#sending = new Sending(this.store, (...args) => this.call(...args), () => this.changed());
    this.#stream = new Stream(api.events, { event: (event) => this.#heard(event), line: (isUp) => this.#lineIs(isUp), gone: () => on.ended(), alive: () => this.#beat() });
    this.#nothing.append(el('h3', {}, chatTexts.empty), el('p', {}, chatTexts.emptyText));
    this.#start.append(el('h2', {}, bar.start.title), el('p', {}, bar.start.text), button(bar.start.go, () => this.status('available'), 'button big'));
    this.#start.hidden = true;
    const chats = el('section', { class: 'chats', 'aria-label': chatTexts.title }, this.#nothing, this.#grid);
    this.node = el('div', { class: 'desk' }, this.#queue.node, chats, this.#start, this.#toasts);
  }

  begin() {
    // A tab in the background gets its timers late, so whatever comes over the stream makes it beat as well.
    this.#timers = [setInterval(() => this.#beat(), BEAT_MS), setInterval(() => this.#tick(), TICK_MS)];
    this.#stream.listen();
    this.canned.load();
  }

  leave() {
    this.#left = true;
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#quiet);
    this.#stream.stop();
    for (const pane of this.#panes.values()) pane.wipe();
    this.#panes.clear();
    this.store.clear();
    this.node.replaceChildren();
  }

  /** Looks now whether the line is there. */
  hurry() {
    this.#stream.hurry(this.store.line === 'down');
  }

  /** A call; a session that ended ends the page. @param {string} method @param {string} path @param {object} [body] */
  async call(method, path, body) {
    const answer = await api.call(method, path, body);
    if (answer.status === 401 && !this.#left) this.#on.ended();
    return answer;
  }

  /** A call of which only a refusal is shown. @returns {Promise<boolean>} whether it was done */
  async act(method, path, body) {
    const answer = await this.call(method, path, body);
    if (!answer.ok) this.toast(answer.body?.detail ?? (answer.status ? texts.failed : texts.noLine));
    return answer.ok;
  }

  /** @param {string} status available, busy, pause or leaving */
  async status(status) {
    const isLeaving = status === 'leaving' && !this.#holds();
    const done = isLeaving ? await this.act('DELETE', '/presence') : await this.act('PUT', '/presence', { status });
    if (!done) return;
    this.#status = status;
    if (isLeaving) this.toast(bar.gone);
  }

  /** Says that the person is there, where a heartbeat only says that the page is. An offered pause is left to be seen. */
  stay() {
    const { me } = this.store;
    if (me && !me.pause_offered) this.call('PUT', '/presence', { status: me.status });
  }

  /** @param {number} most chats at the same time */
  most(most) {
    this.act('PUT', '/presence', { status: this.store.me?.status ?? this.#status, most });
  }

  /** Takes a chat. @param {string} ticket @returns {Promise<string>} why not, empty when it is taken */
  async claim(ticket) {
    const answer = await this.call('POST', `/queue/${ticket}/claim`);
    if (answer.ok) {
      this.#focused = ticket;
      return '';
    }
    const why = queueTexts.whyNot[api.problem(answer)] ?? answer.body?.detail ?? (answer.status ? texts.failed : texts.noLine);
    if (api.problem(answer) === 'already-taken') this.toast(queueTexts.lost);
    return why;
  }

  /** @param {string} ticket @param {string} text */
  send(ticket, text) {
    this.store.post(ticket, crypto.randomUUID(), text);
    this.changed();
    this.#sending.run(ticket);
  }

  /** Tries a message that was refused once more. @param {string} ticket @param {string} id */
  again(ticket, id) {
    this.store.mark(ticket, id, 'waiting');
    this.changed();
    this.#sending.run(ticket);
  }

  /** Says something that goes away by itself. @param {string} text */
  toast(text) {
    const node = el('p', { class: 'toast' }, text);
    this.#toasts.append(node);
    setTimeout(() => node.remove(), TOAST_MS);
  }

  /** The pane that has the focus is the one that is read aloud. @param {string} ticket */
  focusOn(ticket) {
    this.#focused = ticket;
    for (const [one, pane] of this.#panes) pane.attend(one === ticket);
  }

  /** @param {string} code of a key */
  shortcut(code) {
    if (code === 'Digit0') this.#queue.focus();
    else if (code.startsWith('Digit')) [...this.#panes.values()][Number(code.at(-1)) - 1]?.focus();
    else {
      const pane = this.#panes.get(this.#focused) ?? this.#panes.values().next().value;
      if (code === 'KeyK') pane?.toggleInfo();
      else pane?.procedure();
    }
  }

  /** Something differs; the page is brought up to date once. */
  changed() {
    if (this.#painting || this.#left) return;
    this.#painting = true;
    queueMicrotask(() => {
      this.#painting = false;
      if (!this.#left) this.#paint();
    });
  }

  /** There is more or less room than before. */
  resized() {
    for (const pane of this.#panes.values()) pane.follow();
  }

  #holds() {
    return this.store.chats.some((chat) => chat.as === 'holder');
  }

  #lineIs(isUp) {
    clearTimeout(this.#quiet);
    this.store.lineIs(isUp);
    this.hadLine ||= isUp;
    this.changed();
  }

  #heard({ name, data }) {
    if (name === 'desk') this.#deskCame(data);
    else if (name === 'talk') this.#talkCame(data);
    else if (name === 'bye') {
      this.#on.ended();
      return;
    }
    if (this.store.line === 'catching') {
      clearTimeout(this.#quiet);
      this.#quiet = setTimeout(() => this.#caughtUp(), QUIET_MS);
    }
    this.changed();
  }

  /** What was missed has come: only now may one write. */
  #caughtUp() {
    this.store.caughtUp();
    this.changed();
    if (this.store.line === 'up') this.#sending.runAll();
  }

  #deskCame(desk) {
    const before = new Set(this.store.chats.filter((chat) => chat.as === 'invited' || chat.judge).map((chat) => chat.ticket));
    const called = new Set(this.store.help.map((call) => call.ticket));
    const fresh = this.store.deskCame(desk);
    for (const call of this.store.help) if (!called.has(call.ticket)) say(queueTexts.helpAsked(call.name, call.codename));
    const asked = this.store.chats.filter((chat) => (chat.as === 'invited' || chat.judge) && !before.has(chat.ticket));
    for (let count = fresh.length + asked.length; count > 0; count -= 1) this.#sound.ring();
    const danger = fresh.find((card) => card.danger);
    if (danger) words(byId('alarm'), queueTexts.urgentNews(danger.codename));
    if (this.store.me) this.#status = this.store.me.status;
    if (this.store.me?.status === 'leaving' && !this.#holds()) this.status('leaving');
  }

  #talkCame(event) {
    const line = this.store.talkCame(event);
    if (line?.type === 'flag') {
      this.#sound.ring();
      words(byId('alarm'), `${chatTexts.flagged} ${this.store.chat(event.ticket)?.codename ?? ''}`);
    }
  }

  async #beat() {
    const now = performance.now();
    if (!this.store.me || this.store.line === 'down' || now - this.#lastBeat < BEAT_MS - SLACK_MS) return;
    this.#lastBeat = now;
    const answer = await this.call('POST', '/presence/beat');
    if (answer.status === 409 && this.store.me) await this.call('PUT', '/presence', { status: this.#status, most: this.store.me.most });
  }

  #tick() {
    for (const _ of this.store.secondSound()) this.#sound.ring();
    this.#queue.tick();
    for (const pane of this.#panes.values()) pane.tick();
  }

  #paint() {
    const { store } = this;
    document.title = texts.titled(store.calls);
    const isOff = store.me === null && store.hasDesk;
    if (store.hasDesk || store.me) {
      this.#start.hidden = !isOff;
      this.node.toggleAttribute('data-off', isOff);
    }
    this.#queue.refresh();
    this.#paintPanes();
    this.#on.changed();
    this.#tick();
  }

  #paintPanes() {
    const now = new Set(this.store.chats.map((chat) => chat.ticket));
    for (const [ticket, pane] of this.#panes) {
      if (now.has(ticket)) continue;
      if (!pane.isOver) this.toast(pane.isReading ? chatTexts.over(pane.name) : chatTexts.handed(pane.name));
      pane.wipe();
      this.#panes.delete(ticket);
    }
    const hadNone = this.#panes.size === 0;
    this.store.chats.forEach((chat, index) => {
      let pane = this.#panes.get(chat.ticket);
      if (!pane) {
        pane = new Pane(chat.ticket, this, this.#me);
        this.#panes.set(chat.ticket, pane);
        this.#grid.append(pane.node);
        if (chat.ticket === this.#focused || hadNone) this.#focused = chat.ticket;
      }
      pane.refresh(chat, index + 1, this.store.chats.length === 1);
    });
    this.#grid.dataset.count = String(Math.min(4, this.#panes.size));
    this.#nothing.hidden = this.#panes.size > 0;
    this.focusOn(this.#focused);
    for (const pane of this.#panes.values()) pane.welcome(this.#focused);
  }
}
