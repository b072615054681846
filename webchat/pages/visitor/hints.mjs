/** Offers to leave out personal data before a message is sent. Must send nothing, take no focus and never stop a message twice. */

import { leaveOut, notice, prepare, question } from './noticing.mjs';
import { hints as words } from './texts.nl.mjs';
import { el } from './view.mjs';

const PAUSE_MS = 800;
const RULES = '/shared/redaction.json';

export class Hints {
  #field;
  #chat;
  /** @type {ReturnType<typeof prepare> | null} */
  #rules = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;
  /** @type {HTMLElement | null} */
  #box = null;
  #shown = '';
  /** Kinds that somebody chose to send as they are: asking once is enough. @type {Set<string>} */
  #settled = new Set();

  /** @param {HTMLTextAreaElement} field @param {import('./chat.mjs').Chat} chat */
  constructor(field, chat) {
    this.#field = field;
    this.#chat = chat;
    field.addEventListener('input', () => {
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.#look(), PAUSE_MS);
      if (this.#box && !this.#found().length) this.#close();
    });
    this.#load();
  }

  /** Fetched before anything is typed, so that typing causes no request at all. */
  async #load() {
    try {
      const answer = await fetch(RULES, { credentials: 'omit', signal: AbortSignal.timeout(10_000) });
      if (answer.ok) this.#rules = prepare(await answer.json());
    } catch {
      // Without the rules nothing is noticed here; the gateway leaves out the same things anyway.
    }
  }

  /** Whether a message waits for the answer. The second time it goes as it is. */
  holds() {
    clearTimeout(this.#pause);
    if (this.#box?.isConnected) {
      this.#asItIs();
      return false;
    }
    this.#look();
    if (!this.#box) return false;
    this.#chat.view.say(`${words.notSent} ${this.#shown}`);
    return true;
  }

  #found() {
    if (!this.#rules) return [];
    return notice(this.#field.value, this.#rules).filter(({ kind }) => !this.#settled.has(kind));
  }

  #look() {
    const kinds = [...new Set(this.#found().map(({ kind }) => kind))];
    if (!kinds.length || !this.#rules) {
      this.#close();
      return;
    }
    const asked = question(kinds, this.#rules);
    if (this.#box?.isConnected && asked === this.#shown) return;
    this.#close();
    this.#shown = asked;
    this.#box = el('div', { class: 'hint', role: 'group', 'aria-labelledby': 'hint-question', 'aria-describedby': 'hint-why' },
      el('p', { id: 'hint-question' }, asked),
      el('p', { id: 'hint-why', class: 'small' }, this.#chat.isEasy ? words.whyEasy : words.why),
      el('p', { class: 'act' },
        el('button', { type: 'button', class: 'button', onclick: () => this.#leaveOut() }, words.leaveOut),
        el('button', { type: 'button', class: 'button quiet', onclick: () => this.#send() }, words.asItIs)));
    document.getElementById('form')?.before(this.#box);
    this.#chat.view.say(asked);
  }

  #leaveOut() {
    if (this.#rules) this.#field.value = leaveOut(this.#field.value, this.#found(), this.#rules);
    this.#close();
    this.#field.dispatchEvent(new Event('input', { bubbles: true }));
    this.#chat.view.focus();
    this.#chat.view.say(words.leftOut);
  }

  #send() {
    this.#chat.view.focus();
    this.#field.form?.requestSubmit();
  }

  #asItIs() {
    for (const { kind } of this.#found()) this.#settled.add(kind);
    this.#close();
  }

  #close() {
    this.#box?.remove();
    this.#box = null;
    this.#chat.view.unsay(this.#shown);
    this.#chat.view.unsay(`${words.notSent} ${this.#shown}`);
  }
}
