/** What to do when somebody is in danger now. The text is in the page itself, because it holds the emergency number. */

import { button, byId, dialog } from './dom.mjs';
import { texts } from './texts.nl.mjs';

/** @param {(line: string) => void} insert puts a line in the message, to be read and changed before it is sent */
export function showProcedure(insert) {
  const template = /** @type {HTMLTemplateElement} */ (byId('procedure'));
  const box = dialog(texts.procedure, () => [document.importNode(template.content, true)], { close: texts.close, kind: 'procedure' });
  for (const line of box.querySelectorAll('[data-line]')) {
    const words = line.textContent ?? '';
    line.after(button(texts.insert, () => {
      box.close();
      insert(words);
    }, 'button small'));
  }
}
