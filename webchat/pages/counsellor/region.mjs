/** What a counsellor needs of the visitor's region: numbers, shelter, partners, the team's own agreements. Must invent nothing. */

import { named, regions } from './codes.nl.mjs';
import { button, el, labelled, words } from './dom.mjs';
import { region as t, texts } from './texts.nl.mjs';

/** @param {string} title @param {any} value text, or a list of organisations @returns {HTMLElement | null} */
function part(title, value) {
  const lines = (Array.isArray(value) ? value : value ? [value] : []).map(line);
  if (!lines.length) return null;
  return el('div', { class: 'region-part' }, el('h5', {}, title), el('ul', { role: 'list' }, ...lines));
}

/** @param {any} one text, or an organisation @returns {HTMLElement} */
const line = (one) => (typeof one === 'string' ? el('li', { class: 'agreed' }, one)
  : el('li', {}, el('span', {}, one.name), ' ', one.phone ? el('strong', { class: 'phone' }, one.phone) : null, one.hours ? el('span', { class: 'hint' }, ` ${one.hours}`) : null));

/**
 * @param {string | null} id @param {(method: string, path: string, body?: object) => Promise<import('./api.mjs').Answer>} call
 * @param {boolean} mayEdit the agreements of the team
 */
export function regionCard(id, call, mayEdit) {
  const box = el('div', { class: 'region-card' }, el('h4', {}, t.title));
  if (!id) {
    box.append(el('p', { class: 'hint' }, t.unknown));
    return box;
  }
  const place = el('div', {}, el('p', { class: 'hint' }, texts.loading));
  box.append(el('p', { class: 'region-name' }, named(regions, id)), place);
  fill(place, id, call, mayEdit);
  return box;
}

async function fill(place, id, call, mayEdit) {
  const answer = await call('GET', `/region-cards/${encodeURIComponent(id)}`);
  if (!answer.ok) {
    place.replaceChildren(el('p', { class: 'hint' }, answer.status === 404 ? texts.notYet : texts.failed));
    return;
  }
  const card = answer.body ?? {};
  const parts = [part(t.notes, card.notes), part(t.partners, card.partners)];
  place.replaceChildren(...parts.filter((one) => one !== null));
  if (mayEdit) place.append(button(t.edit, () => edit(place, id, call, card.notes), 'button quiet small'));
}

function edit(place, id, call, notes) {
  const field = /** @type {HTMLTextAreaElement} */ (el('textarea', { rows: 4, maxlength: 2000, autocomplete: 'off' }));
  field.value = typeof notes === 'string' ? notes : '';
  const said = el('p', { class: 'said', role: 'alert' });
  const form = el('form', { class: 'form' }, labelled(t.notes, field), said, el('button', { class: 'button small' }, t.save));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const answer = await call('PUT', `/region-cards/${encodeURIComponent(id)}/notes`, { text: field.value });
    if (answer.ok) fill(place, id, call, true);
    else words(said, answer.body?.detail ?? texts.failed);
  });
  place.replaceChildren(form);
  field.focus();
}
