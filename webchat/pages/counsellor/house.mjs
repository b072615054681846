/** The console of one person who is logged in: the bar above, and one page below it. Must show nobody a page they may not use. */

import { call } from './api.mjs';
import { Bar } from './bar.mjs';
import { el } from './dom.mjs';
import { Desk } from './desk.mjs';
import { showShortcuts } from './shortcuts.mjs';
import { Sound } from './sound.mjs';
import { texts } from './texts.nl.mjs';

const DESK = ['counsellor', 'coordinator'];

/** Pages, in the order of the bar: who may see them and where they are. */
const PAGES = {
  chats: { roles: DESK, load: null },
  questions: { roles: DESK, load: () => import('./questions.mjs') },
  board: { roles: ['coordinator'], load: () => import('./board.mjs') },
  rota: { roles: ['coordinator'], load: () => import('./rota.mjs') },
  canned: { roles: ['coordinator'], load: () => import('./canned-page.mjs') },
  belcode: { roles: ['piket'], load: () => import('./piket.mjs') },
  accounts: { roles: ['administrator'], load: () => import('./accounts.mjs') },
  audit: { roles: ['auditor'], load: () => import('./audit.mjs') },
};

export class House {
  /** @type {Desk | null} */
  desk = null;
  sound = new Sound();
  #me;
  #on;
  #bar;
  #place = el('main', { class: 'place', tabindex: -1 });
  #page = '';
  /** @type {(() => void) | null} */
  #close = null;

  /** @param {any} me @param {{logout: () => void, lock: () => void, ended: () => void}} on */
  constructor(me, on) {
    this.#me = me;
    this.#on = on;
    if (this.#may(DESK)) this.desk = new Desk(me, this.sound, { ended: on.ended, changed: () => this.#bar.refresh() });
    const pages = Object.keys(PAGES).filter((name) => this.#may(PAGES[name].roles));
    this.#bar = new Bar(me, pages, this.desk, this.sound, { show: (name) => this.show(name), logout: on.logout, lock: on.lock });
    this.node = el('div', { class: 'house' }, this.#bar.node, this.#place);
    addEventListener('keydown', this.#keys);
    addEventListener('online', this.#hurry);
    document.addEventListener('visibilitychange', this.#hurry);
  }

  /** Shows the first page and starts listening. */
  begin() {
    this.desk?.begin();
    this.show(this.#bar.pages[0] ?? '');
    this.#place.focus({ preventScroll: true });
  }

  /** Nothing goes on and nothing stays. */
  leave() {
    removeEventListener('keydown', this.#keys);
    removeEventListener('online', this.#hurry);
    document.removeEventListener('visibilitychange', this.#hurry);
    this.#close?.();
    this.desk?.leave();
    this.sound.off();
    this.node.replaceChildren();
  }

  /** The person did something at the screen: that is told now and then, or the session would end under their hands. */
  present() {
    this.desk?.stay();
  }

  /** @param {string} name of a page */
  async show(name) {
    if (!PAGES[name] || name === this.#page) return;
    this.#page = name;
    this.#close?.();
    this.#close = null;
    this.#bar.current(name);
    const { load } = PAGES[name];
    if (load === null) {
      this.#place.replaceChildren(this.desk.node);
      return;
    }
    this.#place.replaceChildren(el('p', { class: 'page', role: 'status' }, texts.loading));
    try {
      const page = await load();
      if (this.#page !== name) return;
      const { node, close } = page.open({ me: this.#me, call: (...args) => this.#call(...args) });
      this.#close = close ?? null;
      this.#place.replaceChildren(node);
    } catch {
      if (this.#page === name) this.#place.replaceChildren(el('p', { class: 'page' }, texts.failed));
      this.#page = '';
    }
  }

  #may(roles) {
    return roles.some((role) => this.#me.roles.includes(role));
  }

  /** A call of a page; a session that ended ends the page. */
  async #call(method, path, body) {
    const answer = await call(method, path, body);
    if (answer.status === 401) this.#on.ended();
    return answer;
  }

  #hurry = () => document.hidden || this.desk?.hurry();

  /** Only together with Alt, so that single letters stay letters. @param {KeyboardEvent} event */
  #keys = (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (document.querySelector('dialog[open]')) return;
    if (event.code === 'KeyH') showShortcuts();
    else if (!this.desk || !/^(Digit[0-4]|KeyK|KeyG)$/.test(event.code)) return;
    else {
      this.show('chats');
      this.desk.shortcut(event.code);
    }
    event.preventDefault();
  };
}
