/** Managing the sentences, for coordinators. */

import { readCanned } from './canned.mjs';
import { button, dialog, el, labelled, twice, words } from './dom.mjs';
import { fetched, page, table, whyNot } from './page-tools.mjs';
import { canned as t, texts } from './texts.nl.mjs';

/** @param {import('./page-tools.mjs').House} house */
export function open(house) {
  const place = el('div', { class: 'form' });
  const load = () => fetched(place, house, '/canned', (body) => [table([t.name, t.text, ''], readCanned(body).map((one) => [one.title, one.text, el('span', { class: 'row' },
    button(t.change, () => edit(house, one, load), 'button quiet small'),
    twice(t.remove, t.removeSure, async () => (await house.call('DELETE', `/canned/${encodeURIComponent(one.id)}`)).ok && load(), 'button quiet small'))]), t.editTitle),
  el('p', {}, button(t.add, () => edit(house, null, load)))]);
  load();
  return { node: page(t.editTitle, null, place) };
}

/** @param {import('./page-tools.mjs').House} house @param {import('./canned.mjs').Canned | null} one @param {() => void} load */
function edit(house, one, load) {
  const word = /** @type {HTMLInputElement} */ (el('input', { pattern: '[a-z0-9\\-]{1,40}', required: true, autocomplete: 'off', autocapitalize: 'none', value: one?.title ?? '' }));
  const text = /** @type {HTMLTextAreaElement} */ (el('textarea', { rows: 4, maxlength: 1000, required: true, autocomplete: 'off' }));
  const said = el('p', { class: 'said', role: 'alert' });
  text.value = one?.text ?? '';
  dialog(one ? t.change : t.add, (close) => {
    const form = el('form', { class: 'form' }, labelled(t.name, word, t.nameHint), labelled(t.text, text, t.textHint), said, el('button', { class: 'button' }, t.save));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const path = one ? `/canned/${encodeURIComponent(one.id)}` : '/canned';
      const answer = await house.call(one ? 'PUT' : 'POST', path, { word: word.value.trim(), text: text.value.trim() });
      if (answer.ok) {
        close();
        load();
      } else words(said, whyNot(answer));
    });
    return [form];
  }, { close: texts.cancel, kind: 'narrow' });
}
