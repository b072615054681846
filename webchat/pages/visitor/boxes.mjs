/** Boxes that ask or show something beside the messages, one of each name. Must send nothing and decide nothing. */

import { el } from './view.mjs';

const STYLE_MS = 2000;

/** Wait for this before the first box: what it looks like. Without an answer it comes plain. @type {Promise<void>} */
export const styled = new Promise((resolve) => {
  const done = () => resolve();
  document.head.append(el('link', { rel: 'stylesheet', href: '/visitor/person.css', onload: done, onerror: done }));
  setTimeout(done, STYLE_MS);
});

/** @param {string} title @param {(event: Event) => void} onclick @param {string} [kind] of button */
export const button = (title, onclick, kind = 'button quiet') => el('button', { type: 'button', class: kind, onclick }, title);

/** @param {...(Node | null)} children */
export const row = (...children) => el('p', { class: 'act' }, ...children);

/** @param {string} id @param {string} label @param {HTMLElement} control @param {string} [why] */
export function field(id, label, control, why) {
  control.id = id;
  if (why) control.setAttribute('aria-describedby', `${id}-why`);
  return el('div', { class: 'field' }, el('label', { for: id }, label), why ? el('p', { class: 'small', id: `${id}-why` }, why) : null, control);
}

/**
 * A box of its own name; one that was there goes. It takes no focus: it may come unasked.
 * @param {string} name @param {string} title @param {...(Node | null)} parts
 */
export function box(name, title, ...parts) {
  close(name);
  const id = `box-${name}`;
  const made = el('section', { class: 'panel ask', 'data-box': name, 'aria-labelledby': id }, el('h2', { id, tabindex: -1 }, title), ...parts);
  document.getElementById('replies')?.before(made);
  return made;
}

/** The same in the dock, where it stays in sight. Who opens it has it read out. @param {string} name @param {string} words */
export function call(name, words, ...parts) {
  close(name);
  const made = el('div', { class: 'ask calling', role: 'group', 'aria-label': words, 'data-box': name }, el('p', { class: 'asked' }, words), ...parts);
  document.getElementById('status')?.after(made);
  return made;
}

/** @param {string} name */
export function find(name) {
  return /** @type {HTMLElement | null} */ (document.querySelector(`[data-box="${name}"]`));
}

/** @param {...string} names */
export function close(...names) {
  for (const name of names) find(name)?.remove();
}

/** @param {HTMLElement} made a box somebody asked for: they go on reading there */
export function enter(made) {
  made.querySelector('h2')?.focus({ preventScroll: true });
  made.scrollIntoView({ block: 'nearest' });
}

/** The number that is on the page anyway. @param {(name: string) => string} title made of its words @param {string} [kind] */
export function phone(title, kind = 'button quiet number') {
  const link = document.querySelector('.calls a:not(.now)');
  if (!link) return null;
  return el('a', { class: kind, href: link.getAttribute('href') }, title(link.textContent?.trim().replaceAll(/\s+/g, ' ') ?? ''));
}
