/** The weekly rota and its exceptions, for coordinators. A plan only: presence decides whether the chat is open. */

import { button, el, select, words } from './dom.mjs';
import { fetched, page, whyNot } from './page-tools.mjs';
import { rota as t, texts } from './texts.nl.mjs';

const DAY_MINUTES = 24 * 60;

/** @param {number} minutes from midnight; beyond a day it is the next morning */
const asTime = (minutes) => `${String(Math.floor((minutes % DAY_MINUTES) / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** @param {string} time */
const asMinutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** From when to when, in minutes; an end before the begin is on the next day. @param {string} begin @param {string} end */
export function span(begin, end) {
  const [begins, ends] = [asMinutes(begin), asMinutes(end)];
  return { begins, ends: ends > begins ? ends : ends + DAY_MINUTES };
}

/** @param {import('./page-tools.mjs').House} house */
export function open(house) {
  const place = el('div', { class: 'form' });
  load(house, place);
  return { node: page(t.title, t.intro, place) };
}

/** Who can be planned: those the rota names, and those who are there now. */
async function load(house, place) {
  const board = await house.call('GET', '/board');
  const names = new Map((board.body?.on_duty ?? []).map((one) => [one.staff, one.name]));
  await fetched(place, house, '/rota', (body) => {
    for (const one of body.people ?? []) names.set(one.id, one.name);
    for (const one of [...body.week, ...body.exceptions]) if (!names.has(one.account)) names.set(one.account, one.account);
    const now = body.planned_now.map((id) => names.get(id) ?? id);
    return [el('p', {}, now.length ? t.now(now.join(', ')) : t.nobody), form(house, [...names], body, place)];
  });
}

const field = (type, name, value, label) => el('input', { type, name, value: value ?? '', 'aria-label': label, required: true, autocomplete: 'off' });

/** One line of the rota; a date instead of a weekday makes it an exception. */
function row(people, one, isException) {
  const when = isException ? [field('date', 'date', one.date, t.date), select([['yes', t.works], ['no', t.off]], one.works === false ? 'no' : 'yes', { name: 'works', 'aria-label': t.kind })]
    : [select(t.days.map((day, index) => [String(index), day]), String(one.weekday ?? 0), { name: 'weekday', 'aria-label': t.columns[1] })];
  const line = el('tr', { 'data-id': one.id ?? '' }, el('td', {}, select(people, one.account ?? '', { name: 'account', 'aria-label': t.columns[0] })), el('td', {}, el('span', { class: 'row' }, ...when)),
    el('td', {}, field('time', 'begins', asTime(one.begins ?? 0), t.columns[2])), el('td', {}, field('time', 'ends', asTime(one.ends ?? 0), t.columns[3])), el('td', {}, button(t.remove, () => line.remove(), 'button quiet small')));
  return line;
}

function form(house, people, rota, place) {
  const bodies = [rota.week, rota.exceptions].map((list, index) => el('tbody', {}, ...list.map((one) => row(people, one, index === 1))));
  const said = el('p', { class: 'said', role: 'status' });
  const sheet = (body, label) => el('div', { class: 'table', tabindex: 0, role: 'group', 'aria-label': label }, el('table', { 'aria-label': label },
    el('thead', {}, el('tr', {}, ...t.columns.map((column) => el('th', { scope: 'col' }, column)), el('td', {}))), body));
  const add = (index) => el('p', {}, button(t.add, () => bodies[index].append(row(people, {}, index === 1)), 'button quiet', { disabled: people.length === 0 }));
  const node = el('form', { class: 'form' }, sheet(bodies[0], t.title), add(0), el('h3', {}, t.exceptions), sheet(bodies[1], t.exceptions), add(1), said, el('p', {}, el('button', { class: 'button' }, t.save)));
  node.addEventListener('submit', async (event) => {
    event.preventDefault();
    const [week, exceptions] = bodies.map((body) => [...body.children].map(valuesOf));
    const answer = await house.call('PUT', '/rota', { week, exceptions });
    words(said, answer.ok ? texts.saved : whyNot(answer));
    if (answer.ok) load(house, place);
  });
  return node;
}

function valuesOf(line) {
  const values = Object.fromEntries([...line.querySelectorAll('[name]')].map((one) => [one.getAttribute('name'), /** @type {HTMLInputElement} */ (one).value]));
  const whole = { id: line.dataset.id, account: values.account, ...span(values.begins, values.ends) };
  return 'date' in values ? { ...whole, date: values.date, works: values.works === 'yes' } : { ...whole, weekday: Number(values.weekday) };
}
