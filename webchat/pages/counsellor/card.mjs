/** The card a visitor filled in, as lines of text. Must add nothing to it. */

import { freedoms, hopes, named, regions, roles, topicName, urgencies } from './codes.nl.mjs';
import { el } from './dom.mjs';
import { queue as t } from './texts.nl.mjs';

/** The few lines that fit in the queue. @param {any} card @returns {string[]} */
export function preview(card) {
  const first = [named(roles, card.role), named(regions, card.region)].filter(Boolean).join(' · ');
  const topics = (card.topics ?? []).map(topicName).join(', ');
  return [first, topics, hopeOf(card), card.free_to_talk === 'unknown' ? named(freedoms, 'unknown') : ''].filter(Boolean);
}

const hopeOf = (card) => {
  const hope = [named(hopes, card.hope), card.hope_text ? `“${card.hope_text}”` : ''].filter(Boolean).join(': ');
  return hope && `Hoopt op: ${hope}`;
};

/** @param {any} card @returns {string[]} what was filled in, the most telling first */
function cardLines(card) {
  const lines = [];
  if (card.role) lines.push(named(roles, card.role));
  if (card.topics?.length) lines.push(card.topics.map(topicName).join(', '));
  if (hopeOf(card)) lines.push(hopeOf(card));
  if (card.free_to_talk) lines.push(named(freedoms, card.free_to_talk));
  if (card.urgency && card.urgency !== 'none') lines.push(`Hoe dringend: ${named(urgencies, card.urgency).toLowerCase()}`);
  if (card.code_word) lines.push(`Codewoord: “${card.code_word}”`);
  if (lines.length) lines.push(card.with_conversation ? 'Laat het gesprek met de bot meelezen' : 'Zonder het gesprek met de bot');
  return lines;
}

/** The whole card. @param {any} card */
export function wholeCard(card) {
  const lines = card ? cardLines(card) : [];
  return el('div', { class: 'whole' }, el('p', { class: 'hint' }, card ? (lines.length ? t.chosen : t.noCard) : t.noCardYet),
    el('ul', { class: 'chosen', role: 'list' }, ...lines.map((line) => el('li', {}, line))));
}
