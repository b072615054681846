/** The sentences a counsellor can start from. Must never send one. */

import { call } from './api.mjs';
import { texts } from './texts.nl.mjs';

const MOST = 8;

/** @typedef {{id: string, title: string, text: string, closed: boolean}} Canned `closed`: asks for yes or no */

/** A sentence that names both answers itself: "ja of nee". */
const YES_OR_NO = /\bja\b[^.!?]*\bnee\b/i;

/** @param {{id: string, word: string, text: string}[]} body @returns {Canned[]} */
export const readCanned = (body) => body.map(({ id, word, text }) => ({ id, title: word, text, closed: YES_OR_NO.test(text) }));

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** @param {Canned[]} all @param {string} sought @param {boolean} closedOnly @returns {Canned[]} titles that begin with it first */
export function findCanned(all, sought, closedOnly) {
  const parts = plain(sought).split(/\s+/).filter(Boolean);
  const isClosedOnly = closedOnly && all.some((one) => one.closed);
  const fits = all.filter((one) => (!isClosedOnly || one.closed) && parts.every((part) => plain(`${one.title} ${one.text}`).includes(part)));
  const first = (one) => (parts.length && plain(one.title).startsWith(parts[0]) ? 0 : 1);
  return fits.sort((one, other) => first(one) - first(other)).slice(0, MOST);
}

export class CannedList {
  isThere = false;
  why = texts.loading;
  /** @type {Canned[]} */
  #all = [];

  async load() {
    const answer = await call('GET', '/canned');
    this.isThere = answer.ok;
    this.why = answer.status === 404 ? texts.notYet : texts.failed;
    this.#all = answer.ok ? readCanned(answer.body) : [];
  }

  /** @param {string} sought @param {boolean} closedOnly */
  find(sought, closedOnly) {
    return findCanned(this.#all, sought, closedOnly);
  }
}
