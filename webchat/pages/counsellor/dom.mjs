/** Small tools for making the page. Text always goes in as text, never as markup. Must know nothing of chats. */

/** @param {string} id @returns {HTMLElement} */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element. Text always goes in as text.
 * @param {string} tag @param {Record<string, any>} [props] `on…` adds a listener @param {...(Node | string | null | undefined | false)} children
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** @param {string} title @param {(event: Event) => void} onclick @param {string} kind @param {Record<string, any>} props */
export const button = (title, onclick, kind = 'button', props = {}) => el('button', { type: 'button', class: kind, onclick, ...props }, title);

/** Sets the text only when it differs, so that nothing is read aloud twice. @param {HTMLElement} node @param {string} words */
export function words(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

/** Says something politely, once. @param {string} text */
export function say(text) {
  const place = byId('say');
  words(place, '');
  words(place, text);
}

const SURE_MS = 3000;

/**
 * A button that acts at the second press; the question stays for three seconds.
 * @param {string} title @param {string} sure @param {() => void} act @param {string} kind
 */
export function twice(title, sure, act, kind = 'button') {
  let timer = 0;
  const calm = () => {
    clearTimeout(timer);
    timer = 0;
    node.textContent = title;
    node.removeAttribute('data-sure');
  };
  const node = button(title, () => {
    if (timer) {
      calm();
      act();
      return;
    }
    node.textContent = sure;
    node.setAttribute('data-sure', '');
    timer = setTimeout(calm, SURE_MS);
  }, kind);
  return node;
}

/**
 * A modal dialog that leaves nothing behind. The focus goes back to where it was.
 * @param {string} title @param {(close: () => void) => (Node | null)[]} fill @param {{close: string, kind?: string}} words
 */
export function dialog(title, fill, { close: closing, kind = '' }) {
  const from = /** @type {HTMLElement | null} */ (document.activeElement);
  const box = /** @type {HTMLDialogElement} */ (el('dialog', { class: `dialog ${kind}`, 'aria-label': title }));
  const close = () => box.close();
  box.append(el('header', {}, el('h2', {}, title), button(closing, close, 'button quiet')), ...fill(close).filter((part) => part !== null));
  box.addEventListener('close', () => {
    box.remove();
    if (from?.isConnected) from.focus({ preventScroll: true });
  });
  document.body.append(box);
  box.showModal();
  return box;
}

/** Closes and removes whatever lies over the page. */
export function closeDialogs() {
  for (const box of document.querySelectorAll('dialog')) {
    /** @type {HTMLDialogElement} */ (box).close();
    box.remove();
  }
}

/** @param {number} seconds @returns {string} as minutes and seconds, or hours */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value) => String(value).padStart(2, '0');
  if (whole >= 3600) return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}

let ids = 0;

/** @returns {string} an id that no other element has */
export const newId = () => `n${(ids += 1)}`;

/** @param {string} label @param {HTMLElement} field @param {string | null} hint */
export function labelled(label, field, hint = null) {
  field.id ||= newId();
  const note = hint === null ? null : el('p', { class: 'hint', id: newId() }, hint);
  if (note) field.setAttribute('aria-describedby', note.id);
  return el('div', { class: 'field' }, el('label', { for: field.id }, label), note, field);
}

/** @param {[string, string][]} options value and title @param {string} chosen @param {Record<string, any>} props */
export function select(options, chosen, props = {}) {
  return el('select', props, ...options.map(([value, title]) => el('option', { value, selected: value === chosen }, title)));
}
