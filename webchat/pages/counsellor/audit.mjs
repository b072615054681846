/** The log of who did what, for auditors. Must only show it: there is no way to change a row. */

import { auditActions, auditResults, named } from './codes.nl.mjs';
import { button, el, words } from './dom.mjs';
import { fetched, listOf, page, table, whyNot } from './page-tools.mjs';
import { audit as t } from './texts.nl.mjs';

/** @param {import('./page-tools.mjs').House} house */
export function open(house) {
  const verdict = el('p', { role: 'status' });
  const place = el('div', { class: 'form' });
  const rows = [];
  const more = async (after) => fetched(place, house, `/audit?after=${after}`, (body) => {
    rows.push(...listOf(body, 'rows'));
    const shown = rows.map((row) => [String(row.seq), row.minute.replace('T', ' '), row.actor, named(auditActions, row.action), named(auditResults, row.result)]);
    return [shown.length ? table(t.columns, shown, t.title) : el('p', {}, t.empty), body?.next ? button(t.more, () => more(body.next), 'button quiet') : null];
  });
  more(0);
  check(house, verdict);
  return { node: page(t.title, t.intro, verdict, place) };
}

async function check(house, verdict) {
  const answer = await house.call('GET', '/audit/verify');
  const isWhole = answer.body?.verdict === 'whole';
  words(verdict, answer.ok ? (isWhole ? t.whole : t.broken) : whyNot(answer));
  verdict.className = answer.ok && !isWhole ? 'bad' : 'good';
}
