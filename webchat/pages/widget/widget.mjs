/** The page that shows how to place the button: preview and code follow the choices. Must send nothing. */

import { watchExits } from '../visitor/leaving.mjs';

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const status = byId('status');
const form = /** @type {HTMLFormElement} */ (byId('choices'));
const NAMES = ['tekst', 'organisatie', 'thema'];

watchExits({
  goodbye: () => undefined,
  say: (left) => {
    status.textContent = `Nog ${left} keer Shift om weg te gaan.`;
  },
});

/** @param {string} text as it must stand in HTML */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function show() {
  const chosen = new FormData(form);
  const preview = document.createElement('chat-knop');
  let attributes = '';
  for (const name of NAMES) {
    const value = String(chosen.get(name) ?? '').trim();
    if (!value) continue;
    preview.setAttribute(name, value);
    attributes += ` ${name}="${escaped(value)}"`;
  }
  const text = preview.getAttribute('tekst') ?? 'Chat';
  preview.id = 'preview';
  byId('preview').replaceWith(preview);
  const { origin } = location;
  byId('code').textContent = `<chat-knop${attributes}><a href="${origin}/" rel="noreferrer noopener">${escaped(text)}</a></chat-knop>\n`
    + `<script src="${origin}/widget/knop.js" defer></script>`;
}

form.hidden = false;
form.addEventListener('input', show);
form.addEventListener('submit', (event) => event.preventDefault());
show();

const copy = byId('copy');
copy.hidden = !navigator.clipboard;
copy.addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(byId('code').textContent ?? '');
    status.textContent = 'De code is gekopieerd.';
    copy.textContent = 'Gekopieerd';
  } catch {
    status.textContent = 'Kopiëren lukt hier niet. Selecteer de code zelf.';
  }
});
