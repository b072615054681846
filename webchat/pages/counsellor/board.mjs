/** How busy it is now, for coordinators. Must show no list of who works hardest and no small numbers of the past. */

import { named, regions } from './codes.nl.mjs';
import { clock, el } from './dom.mjs';
import { fetched, page, table } from './page-tools.mjs';
import { bar, board as t } from './texts.nl.mjs';

const EVERY_MS = 10_000;

/** @param {import('./page-tools.mjs').House} house */
export function open(house) {
  const place = el('div', { class: 'form' });
  const load = () => fetched(place, house, '/board', draw);
  load();
  const timer = setInterval(load, EVERY_MS);
  return { node: page(t.title, null, place), close: () => clearInterval(timer) };
}

function draw(body) {
  const hour = body.last_hour ?? {};
  const wait = body.longest_wait_seconds;
  const claimed = hour.claimed === null || hour.claimed === undefined ? null : `${hour.claimed}${hour.or_more ? ' of meer' : ''}`;
  const typical = hour.typical_wait_seconds === null || hour.typical_wait_seconds === undefined ? null : clock(hour.typical_wait_seconds);
  const people = (body.on_duty ?? []).map((one) => [one.name, bar.statuses[one.status] ?? one.status, String(one.chats ?? ''), bar.load(one.load, one.most),
    one.regions?.length ? one.regions.map((id) => named(regions, id)).join(', ') : bar.national]);
  return [
    el('dl', { class: 'numbers' }, number(t.waiting, String(body.waiting)), number(t.longest, wait === null || wait === undefined ? '–' : clock(wait)), number(t.overdue, String(body.overdue ?? 0)),
      number(t.people, String(people.length)), number(`${t.hour}: ${t.hourNames.claimed.toLowerCase()}`, claimed), number(`${t.hour}: ${t.hourNames.typical_wait_seconds.toLowerCase()}`, typical)),
    table(t.columns, people, t.people),
  ];
}

const number = (title, value) => el('div', {}, el('dt', {}, title), el('dd', value === null ? { class: 'few' } : {}, value ?? t.few));
