/** Offers to leave out personal data before it is sent, in every field of words. Must send nothing, take no focus and never stop a message twice. */

import { leaveOut, named, notice, prepare } from './noticing.mjs';
import { hints as words } from './texts.nl.mjs';
import { el } from './view.mjs';

const PAUSE_MS = 800;
const RULES = '/shared/redaction.json';
/** The other fields in which somebody writes freely: a question for the next shift, and the card for a person. */
const FIELDS = '[name="question"], [name="hope_text"], [name="code_word"]';

/** @type {Promise<ReturnType<typeof prepare> | null> | null} */
let loading = null;

/** Fetched once, before anything is typed, so that typing causes no request at all. */
async function fetchRules() {
  try {
    const answer = await fetch(RULES, { credentials: 'omit', signal: AbortSignal.timeout(10_000) });
    return answer.ok ? prepare(await answer.json()) : null;
  } catch {
    // Without the rules nothing is noticed here; the gateway leaves out the same things anyway.
    return null;
  }
}

class FieldHints {
  #field;
  /** @type {ReturnType<typeof prepare> | null} */
  #rules = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;
  /** @type {HTMLElement | null} */
  #box = null;
  #shown = '';
  /** Kinds that somebody chose to send as they are: asking once is enough. @type {Set<string>} */
  #settled = new Set();

  /** @param {HTMLTextAreaElement | HTMLInputElement} field @param {import('./chat.mjs').Chat} chat */
  constructor(field, chat) {
    this.#field = field;
    this.chat = chat;
    field.addEventListener('input', () => {
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.#look(), PAUSE_MS);
      if (this.#box && !this.#found().length) this.#close();
    });
    loading ??= fetchRules();
    loading.then((rules) => { this.#rules = rules; });
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
    // The question stands in the box; where it was not read out yet it follows.
    this.chat.view.say(words.notSent);
    this.chat.view.tell(this.#shown);
    return true;
  }

  get words() {
    return { ...words, ...words.inForm };
  }

  /** Where the question stands. @param {HTMLElement} made */
  place(made) {
    this.#field.closest('.field')?.append(made);
  }

  back() {
    this.#field.focus();
  }

  /** The second button: in a form with more fields it leaves the words as they are and sends nothing. */
  keep() {
    this.#asItIs();
    this.back();
  }

  /** The form went: nothing is asked about it any more. */
  done() {
    clearTimeout(this.#pause);
    this.#close();
  }

  #found() {
    if (!this.#rules) return [];
    return notice(this.#field.value, this.#rules).filter(({ kind }) => !this.#settled.has(kind));
  }

  #look() {
    const kinds = [...new Set(this.#found().map(({ kind }) => kind))];
    if (!kinds.length || !this.#rules || !this.#field.isConnected) {
      this.#close();
      return;
    }
    const asked = words.noticed(named(kinds, this.#rules));
    if (this.#box?.isConnected && asked === this.#shown) return;
    this.#close();
    this.#shown = asked;
    const id = `hint-${this.#field.id}`;
    this.#box = el('div', { class: 'hint', role: 'group', 'aria-labelledby': `${id}-question`, 'aria-describedby': `${id}-why` },
      el('p', { id: `${id}-question` }, asked),
      el('p', { id: `${id}-why`, class: 'small' }, this.chat.isEasy ? words.whyEasy : this.words.why),
      el('p', { class: 'act' },
        el('button', { type: 'button', class: 'button', onclick: () => this.#leaveOut() }, words.leaveOut),
        el('button', { type: 'button', class: 'button quiet', onclick: () => this.keep() }, this.words.asItIs)));
    this.place(this.#box);
    this.chat.view.tell(asked);
  }

  #leaveOut() {
    if (this.#rules) this.#field.value = leaveOut(this.#field.value, this.#found(), this.#rules);
    this.#close();
    this.#field.dispatchEvent(new Event('input', { bubbles: true }));
    this.back();
    this.chat.view.say(this.words.leftOut);
  }

  #asItIs() {
    for (const { kind } of this.#found()) this.#settled.add(kind);
    this.#close();
  }

  #close() {
    if (!this.#box) return;
    this.#box.remove();
    this.#box = null;
    this.chat.view.tell('');
    this.chat.view.unsay(words.notSent);
  }
}

/** The field of the chat itself; it brings the others along. */
export class Hints extends FieldHints {
  #text;

  /** @param {HTMLTextAreaElement} field @param {import('./chat.mjs').Chat} chat */
  constructor(field, chat) {
    super(field, chat);
    this.#text = field;
    watchForms(chat);
  }

  get words() {
    return words;
  }

  /** @param {HTMLElement} made */
  place(made) {
    document.getElementById('form')?.before(made);
  }

  back() {
    this.chat.view.focus();
  }

  keep() {
    this.back();
    this.#text.form?.requestSubmit();
  }
}

/** Fields that come and go with their boxes. @param {import('./chat.mjs').Chat} chat */
function watchForms(chat) {
  /** @type {WeakMap<Element, FieldHints>} */
  const seen = new WeakMap();
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement)) return;
    if (target.matches(FIELDS) && !seen.has(target)) seen.set(target, new FieldHints(target, chat));
  });
  // These forms are not held back: they say themselves what goes, and show afterwards what was left of the words.
  document.addEventListener('submit', ({ target }) => {
    if (!(target instanceof HTMLFormElement)) return;
    for (const field of target.querySelectorAll(FIELDS)) seen.get(field)?.done();
  });
}
