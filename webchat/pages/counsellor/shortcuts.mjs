/** The list of shortcuts. Must not act on any key itself. */

import { dialog, el } from './dom.mjs';
import { shortcuts as t, texts } from './texts.nl.mjs';

/** Opens the list, once. */
export function showShortcuts() {
  dialog(t.title, () => [el('p', {}, t.intro), el('table', { class: 'keys' }, el('tbody', {}, ...t.list.map(([keys, does]) => (
    el('tr', {}, el('th', { scope: 'row' }, el('kbd', {}, keys)), el('td', {}, does))))))], { close: texts.close, kind: 'narrow' });
}
