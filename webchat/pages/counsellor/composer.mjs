/** Where a counsellor writes. Enter sends, a slash at the start looks for a sentence. Must never send what was not read. */

import { button, el, newId } from './dom.mjs';
import { canned as cannedTexts, chat as t } from './texts.nl.mjs';

const LONGEST = 2000;
const TYPING_EVERY_MS = 8000;
const HIGHEST_PX = 88;

export class Composer {
  node;
  text;
  #on;
  #list;
  #options = [];
  #at = 0;
  #canned;
  #closedOnly = () => false;
  #send = el('button', { class: 'button send' }, t.send);
  #lastTyping = -Infinity;

  /**
   * @param {import('./canned.mjs').CannedList} canned
   * @param {{send: (text: string) => void, typing: () => void, closedOnly: () => boolean}} on
   */
  constructor(canned, on) {
    this.#on = on;
    this.#canned = canned;
    this.#closedOnly = on.closedOnly;
    this.#list = el('ul', { class: 'options', role: 'listbox', id: newId(), 'aria-label': cannedTexts.title, hidden: true });
    this.text = /** @type {HTMLTextAreaElement} */ (el('textarea', {
      rows: 1, autocomplete: 'off', 'aria-label': t.composer, placeholder: t.placeholder, maxlength: LONGEST, 'aria-controls': this.#list.id, 'aria-autocomplete': 'list',
    }));
    const slash = button(t.canned, () => this.#slash(), 'button quiet canned');
    this.node = el('form', { class: 'composer', autocomplete: 'off' }, this.#list, this.text, slash, this.#send);
    this.node.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.text.addEventListener('input', () => this.#typed());
    this.text.addEventListener('keydown', (event) => this.#key(event));
    this.text.addEventListener('blur', () => this.#close());
  }

  /** @param {string} why it cannot be sent now, empty when it can @param {boolean} mayWrite whether a draft makes sense */
  refresh(why, mayWrite) {
    const isOff = why !== '';
    if (this.text.readOnly !== isOff) this.text.readOnly = isOff;
    if (isOff) this.text.setAttribute('aria-disabled', 'true');
    else this.text.removeAttribute('aria-disabled');
    this.#send.disabled = isOff;
    this.node.hidden = !mayWrite;
    const hint = why || t.placeholder;
    if (this.text.placeholder !== hint) this.text.placeholder = hint;
    this.node.toggleAttribute('data-off', isOff);
  }

  focus() {
    this.text.focus({ preventScroll: true });
  }

  /** Puts a line in the field, to be read and changed. @param {string} line */
  insert(line) {
    const before = this.text.value.startsWith('/') ? '' : this.text.value.trimEnd();
    this.text.value = before ? `${before} ${line}` : line;
    this.#close();
    this.#resize();
    this.focus();
    this.text.setSelectionRange(this.text.value.length, this.text.value.length);
  }

  wipe() {
    this.text.value = '';
    this.#close();
  }

  #slash() {
    if (this.text.readOnly) return;
    if (!this.text.value.startsWith('/')) this.text.value = this.text.value.trim() ? this.text.value : '/';
    this.focus();
    this.#search(this.text.value.startsWith('/') ? this.text.value.slice(1) : '');
  }

  #submit() {
    const line = this.text.value.trim();
    if (!line || line.startsWith('/') || this.text.readOnly) {
      this.focus();
      return;
    }
    this.text.value = '';
    this.#lastTyping = -Infinity;
    this.#resize();
    this.focus();
    this.#on.send(line);
  }

  #typed() {
    this.#resize();
    if (this.text.value.startsWith('/')) {
      this.#search(this.text.value.slice(1));
      return;
    }
    this.#close();
    const now = performance.now();
    if (this.text.value === '' || now - this.#lastTyping < TYPING_EVERY_MS) return;
    this.#lastTyping = now;
    this.#on.typing();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    const isOpen = !this.#list.hidden;
    if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      this.#choose(this.#at + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (isOpen && event.key === 'Escape') {
      event.preventDefault();
      this.#close();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (isOpen && this.#options.length) this.insert(this.#options[this.#at].text);
      else this.#submit();
    }
  }

  #search(sought) {
    const closedOnly = this.#closedOnly();
    if (!this.#canned.isThere) this.#fetch();
    this.#options = this.#canned.find(sought, closedOnly);
    const rows = this.#options.map((one, index) => el('li', { role: 'option', id: `${this.#list.id}-${index}`, 'aria-selected': 'false',
      onpointerdown: (event) => {
        event.preventDefault();
        this.insert(one.text);
      } }, el('strong', {}, one.title), el('span', {}, one.text)));
    const hint = !this.#canned.isThere ? this.#canned.why : rows.length ? (closedOnly ? cannedTexts.closedOnly : cannedTexts.hint) : cannedTexts.nothing;
    this.#list.replaceChildren(...rows, el('li', { role: 'presentation', class: 'hint' }, hint));
    this.#list.hidden = false;
    this.#choose(0);
  }

  /** The sentences did not come yet: once they do, the list is filled, if it is still open. */
  async #fetch() {
    await this.#canned.load();
    if (this.#canned.isThere && !this.#list.hidden) this.#search(this.text.value.startsWith('/') ? this.text.value.slice(1) : '');
  }

  #choose(at) {
    const count = this.#options.length;
    if (!count) return;
    this.#at = (at + count) % count;
    this.#options.forEach((_, index) => this.#list.children[index].setAttribute('aria-selected', String(index === this.#at)));
    const chosen = this.#list.children[this.#at];
    this.text.setAttribute('aria-activedescendant', chosen.id);
    chosen.scrollIntoView({ block: 'nearest' });
  }

  #close() {
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#options = [];
    this.text.removeAttribute('aria-activedescendant');
  }

  #resize() {
    this.text.style.height = 'auto';
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, HIGHEST_PX)}px`;
  }
}

/** Why nothing can be sent, in words. @param {import('./store.mjs').Store} store @param {import('./store.mjs').Chat} chat */
export function whyNot(store, chat) {
  if (!store.maySpeak(chat.ticket)) return chat.phase === 'talking' ? t.readOnly : t.notBegun;
  if (store.line === 'down') return t.noLine;
  return store.line === 'catching' ? t.catching : '';
}
