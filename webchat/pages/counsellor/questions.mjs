/** Questions that visitors left for the next shift. Must warn that who finds the code reads the answer. */

import { named, regions } from './codes.nl.mjs';
import { el, labelled, twice, words } from './dom.mjs';
import { fetched, page, whyNot } from './page-tools.mjs';
import { questions as t } from './texts.nl.mjs';

const LONGEST = 2000;

/** @param {import('./page-tools.mjs').House} house */
export function open(house) {
  const place = el('div', { class: 'form' });
  fetched(place, house, '/questions', (body) => {
    return body.length ? body.map((one) => question(house, one)) : [el('p', {}, t.empty)];
  });
  const node = page(t.title, t.intro, place);
  node.classList.add('slim');
  return { node, close: () => place.replaceChildren() };
}

function question(house, one) {
  const field = /** @type {HTMLTextAreaElement} */ (el('textarea', { rows: 4, autocomplete: 'off', maxlength: LONGEST }));
  const said = el('p', { class: 'said', role: 'alert' });
  const box = el('article', { class: 'panel' });
  const send = twice(t.send, t.sure, async () => {
    if (!field.value.trim()) {
      field.focus();
      return;
    }
    const answer = await house.call('POST', `/questions/${encodeURIComponent(one.id)}/answer`, { text: field.value.trim() });
    if (answer.ok) box.replaceChildren(el('p', { class: 'good', role: 'status' }, t.done));
    else words(said, whyNot(answer));
  });
  const from = el('p', { class: 'hint' }, [t.asked(one.asked_hours_ago), named(regions, one.region)].filter(Boolean).join(' · '));
  box.append(...[from, el('p', { class: 'question' }, one.text), labelled(t.answer, field), said, el('p', { class: 'row' }, send)]);
  return box;
}
