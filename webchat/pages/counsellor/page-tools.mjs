/** What the pages beside the chats have in common: fetching, tables, and saying that something is not there. */

import { el } from './dom.mjs';
import { texts } from './texts.nl.mjs';

/** @typedef {{me: any, call: (method: string, path: string, body?: object) => Promise<import('./api.mjs').Answer>}} House */

/** @param {string} title @param {string | null} intro @param {...Node} parts */
export const page = (title, intro, ...parts) => el('section', { class: 'page', 'aria-label': title }, el('h2', {}, title), intro ? el('p', { class: 'lead' }, intro) : null, ...parts);

/** Why something is not there, for people. @param {import('./api.mjs').Answer} answer */
export function whyNot(answer) {
  if (answer.status === 404) return texts.notYet;
  return answer.body?.detail ?? (answer.status ? texts.failed : texts.noLine);
}

/**
 * Fetches and fills a place; says so when it is not there.
 * @param {HTMLElement} place @param {House} house @param {string} path @param {(body: any) => (Node | null)[]} fill
 */
export async function fetched(place, house, path, fill) {
  const answer = await house.call('GET', path);
  place.replaceChildren(...(answer.ok ? fill(answer.body).filter((part) => part !== null) : [el('p', { class: 'hint' }, whyNot(answer))]));
  return answer.ok;
}

/** @param {string[]} columns @param {(string | Node)[][]} rows @param {string} label */
export const table = (columns, rows, label) => el('div', { class: 'table', tabindex: 0, role: 'group', 'aria-label': label }, el('table', { 'aria-label': label },
  el('thead', {}, el('tr', {}, ...columns.map((column) => (column ? el('th', { scope: 'col' }, column) : el('td', {}))))),
  el('tbody', {}, ...rows.map((row) => el('tr', {}, ...row.map((cell, index) => el(index === 0 ? 'th' : 'td', index === 0 ? { scope: 'row' } : {}, cell)))))));

/** A list out of an answer, whether it is one itself or is inside. @param {any} body @param {string} name */
export const listOf = (body, name) => (Array.isArray(body) ? body : Array.isArray(body?.[name]) ? body[name] : []);

/** Boxes to tick for a closed list. @param {string} legend @param {Record<string, string>} list @param {string[]} chosen @param {string} name */
export const ticks = (legend, list, chosen, name) => el('fieldset', {}, el('legend', {}, legend), el('div', { class: 'ticks' }, ...Object.entries(list).map(([code, title]) => (
  el('label', { class: 'tick' }, el('input', { type: 'checkbox', name, value: code, checked: chosen.includes(code) }), el('span', {}, title))))));

/** @param {HTMLElement} form @param {string} name @returns {string[]} */
export const ticked = (form, name) => [...form.querySelectorAll(`input[name=${name}]`)].filter((box) => /** @type {HTMLInputElement} */ (box).checked).map((box) => /** @type {HTMLInputElement} */ (box).value);
