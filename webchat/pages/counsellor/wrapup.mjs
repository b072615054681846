/** After the end: how it ended, and fixed codes to count. Must have no field for words of one's own. */

import { organisations } from './api.mjs';
import { advices, ages, durations, lengths, moreTopics, relations, roles, topics, yesNo } from './codes.nl.mjs';
import { el, labelled, select, words } from './dom.mjs';
import { endings, texts, wrapUp as t } from './texts.nl.mjs';

const LISTS = { role: roles, age_band: ages, relation: relations, children_present: yesNo, duration: durations, advice: advices, length: lengths };

/** The codes as the API takes them: what is empty is left out. @param {Record<string, string>} chosen @param {string[]} kinds */
export function codesOf(chosen, kinds) {
  const codes = Object.fromEntries(Object.entries(chosen).filter(([, code]) => code !== ''));
  return kinds.length ? { ...codes, kinds } : codes;
}

export class WrapUp {
  node;
  #title;
  /** @type {Record<string, HTMLSelectElement>} */
  #fields = {};

  /** @param {import('./store.mjs').Chat} chat @param {import('./desk.mjs').Desk} desk */
  constructor(chat, desk) {
    const how = endings[chat.ending] ?? endings.expired;
    this.#title = el('h4', { tabindex: -1, class: 'ending', 'data-ending': chat.ending }, how.title);
    for (const [name, list] of Object.entries(LISTS)) this.#fields[name] = this.#select(list);
    this.#fields.referral = this.#select({});
    const said = el('p', { class: 'said', role: 'alert' });
    const submit = /** @type {HTMLButtonElement} */ (el('button', { class: 'button' }, t.submit));
    const form = el('form', { class: 'wrap-form' },
      el('div', { class: 'wrap-fields' }, ...Object.entries(this.#fields).map(([name, field]) => labelled(t.fields[name], field)), this.#kinds()),
      el('div', { class: 'wrap-end' }, said, submit));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      submit.disabled = true;
      const answer = await desk.call('POST', `/chats/${chat.ticket}/wrap-up`, this.#codes());
      submit.disabled = false;
      if (!answer.ok) words(said, answer.body?.detail ?? (answer.status ? texts.failed : texts.noLine));
    });
    this.node = el('div', { class: 'wrap' }, el('div', { class: 'wrap-head' }, this.#title, el('p', {}, how.text), el('p', { class: 'hint' }, t.intro)), form);
    this.#fill();
  }

  focus() {
    this.#title.focus({ preventScroll: true });
  }

  #codes() {
    const chosen = Object.fromEntries(Object.entries(this.#fields).map(([name, field]) => [name, field.value]));
    const kinds = [...this.node.querySelectorAll('input[name=kinds]')].filter((box) => /** @type {HTMLInputElement} */ (box).checked);
    return codesOf(chosen, kinds.map((box) => /** @type {HTMLInputElement} */ (box).value));
  }

  #select(list) {
    return /** @type {HTMLSelectElement} */ (select([['', t.unknown], ...Object.entries(list)], ''));
  }

  #kinds() {
    const box = ([code, title]) => el('label', { class: 'tick' }, el('input', { type: 'checkbox', name: 'kinds', value: code }), el('span', {}, title));
    return el('fieldset', { class: 'kinds' }, el('legend', {}, t.kinds), el('div', { class: 'ticks' }, ...Object.entries(topics).map(box)),
      el('details', {}, el('summary', {}, t.other), el('div', { class: 'ticks' }, ...Object.entries(moreTopics).map(box))));
  }

  /** The organisations of the directory. */
  async #fill() {
    const answer = await organisations();
    const list = Array.isArray(answer.body) ? answer.body : answer.body?.organisations ?? [];
    for (const one of list) if (one.id && one.name) this.#fields.referral.append(el('option', { value: one.id }, one.name));
  }
}
