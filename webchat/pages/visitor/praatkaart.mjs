/** Shows one sentence as large as the screen, to hold up to somebody. Must hide neither the way out nor the numbers. */

import { styled } from './boxes.mjs';
import { talkCard } from './texts-person.nl.mjs';
import { el } from './view.mjs';

/** @param {string} sentence @param {() => void} focus puts it back where people type */
export async function showTalkCard(sentence, focus) {
  await styled;
  document.querySelector('.talk-card')?.remove();
  const page = document.getElementById('page');
  const dialog = el('dialog', { class: 'reading talk-card', 'aria-label': talkCard.name },
    el('p', { class: 'sentence' }, sentence), el('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, talkCard.close));
  dialog.addEventListener('close', () => {
    page.inert = false;
    dialog.remove();
    focus();
  });
  document.body.append(dialog);
  // Not modal: the way out and the numbers above it must stay within reach.
  dialog.show();
  page.inert = true;
  dialog.querySelector('button').focus();
  // Listened for everywhere: the focus may be on the way out.
  const escape = (event) => event.key === 'Escape' && dialog.close();
  document.addEventListener('keydown', escape);
  dialog.addEventListener('close', () => document.removeEventListener('keydown', escape));
}

/** @returns {HTMLElement} a button that shows it again */
export function againButton(sentence, focus) {
  return el('button', { type: 'button', class: 'button quiet', onclick: () => showTalkCard(sentence, focus) }, talkCard.again);
}
