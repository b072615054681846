/** Opening the card of somebody who calls, with the four words they say. Must show it once and take it away again. */

import { wholeCard } from './card.mjs';
import { named, regions } from './codes.nl.mjs';
import { button, clock, el, labelled, words } from './dom.mjs';
import { page, whyNot } from './page-tools.mjs';
import { belcode as t, region as regionTexts } from './texts.nl.mjs';

const SHOWN_SECONDS = 15 * 60;

/** @param {import('./page-tools.mjs').House} house */
export function open(house) {
  const field = /** @type {HTMLInputElement} */ (el('input', { class: 'big-input', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', required: true, maxlength: 120 }));
  const said = el('p', { class: 'said', role: 'alert' });
  const place = el('div', { 'aria-live': 'polite' });
  const submit = /** @type {HTMLButtonElement} */ (el('button', { class: 'button' }, t.submit));
  const form = el('form', { class: 'panel', autocomplete: 'off' }, labelled(t.label, field), said, submit);
  let timer = 0;
  const hide = (text) => {
    clearInterval(timer);
    place.replaceChildren(el('p', { class: 'hint' }, text));
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    words(said, '');
    const answer = await house.call('POST', '/belcodes/open', { code: field.value.trim().toLowerCase().replace(/\s+/g, ' ') });
    submit.disabled = false;
    if (!answer.ok) {
      words(said, answer.status === 404 ? t.wrong : whyNot(answer));
      field.select();
      return;
    }
    field.value = '';
    clearInterval(timer);
    timer = show(place, answer.body?.card ?? {}, hide);
  });
  const node = page(t.title, t.intro, form, place);
  node.classList.add('slim');
  return { node, close: () => {
    clearInterval(timer);
    place.replaceChildren();
  } };
}

/** @returns {number} the timer that takes the card away */
function show(place, card, hide) {
  const left = el('p', { class: 'left', 'aria-live': 'off' });
  const until = performance.now() + SHOWN_SECONDS * 1000;
  const tick = () => {
    const seconds = (until - performance.now()) / 1000;
    if (seconds <= 0) hide(t.gone);
    else words(left, t.left(clock(seconds)));
  };
  const where = card.region ? el('p', {}, `${regionTexts.title}: ${named(regions, card.region)}`) : null;
  place.replaceChildren(el('div', { class: 'panel' }, el('h3', { tabindex: -1 }, t.once), wholeCard(card), where, left, button(t.hide, () => hide(t.gone), 'button quiet')));
  /** @type {HTMLElement} */ (place.querySelector('h3')).focus();
  tick();
  return setInterval(tick, 1000);
}
