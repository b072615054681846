/** Shows one of our own pages on top of the chat, because following its link would end the chat. Must run nothing of it. */

import { readdress } from './address-form.mjs';
import { texts } from './texts.nl.mjs';
import { el } from './view.mjs';

/** @param {string} address of one of our own pages @param {HTMLElement} from where the focus goes back to */
export async function read(address, from) {
  const place = el('div', { class: 'reading-text' });
  const dialog = el('dialog', { class: 'reading', 'aria-label': from.textContent.trim() },
    el('button', { type: 'button', class: 'button quiet', onclick: () => dialog.close() }, texts.page.close), place);
  const page = document.getElementById('page');
  dialog.addEventListener('close', () => {
    page.inert = false;
    dialog.remove();
    from.focus();
  });
  document.body.append(dialog);
  // Not modal: the way out and the numbers above it must stay within reach.
  dialog.show();
  page.inert = true;
  dialog.querySelector('button').focus();
  dialog.addEventListener('keydown', (event) => event.key === 'Escape' && dialog.close());
  try {
    const response = await fetch(address, { cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(10_000) });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    place.append(document.importNode(page.querySelector('main'), true));
    readdress(place);
    for (const node of place.querySelectorAll('[id]')) node.removeAttribute('id');
  } catch {
    place.append(el('p', {}, texts.page.failed));
  }
}
