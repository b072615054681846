/** What can be done with a chat, all of it in sight. Must ask before anything that cannot be undone. */

import { named, regions } from './codes.nl.mjs';
import { button, dialog, el, labelled, select, twice, words } from './dom.mjs';
import { chat as chatTexts, bar, texts, transfer as t } from './texts.nl.mjs';

/** @param {string} ticket @param {import('./desk.mjs').Desk} desk @param {string} name codename of the chat */
export function actionsOf(ticket, desk, name) {
  const a = chatTexts.actions;
  const path = (rest) => `/chats/${ticket}${rest}`;
  const chat = () => desk.store.chat(ticket);
  const hand = button(a.transfer, () => showTransfer(ticket, desk, name), 'act');
  const shadow = button(a.shadow, () => showShadow(ticket, desk, name), 'act');
  const bot = button(a.bot, () => desk.act('POST', path('/to-bot')), 'act');
  const help = button(a.help, () => desk.act('POST', path('/help'), { wanted: !chat()?.help }), 'act', { 'aria-pressed': 'false' });
  const severe = button(a.severe, () => desk.act('POST', path('/severe'), { severe: !chat()?.severe }), 'act', { 'aria-pressed': 'false' });
  const abuse = button(a.warn, () => (chat()?.warned ? showAbuse(ticket, desk, name) : desk.act('POST', path('/warn'))), 'act');
  const end = twice(a.end, a.endSure, () => desk.act('POST', path('/end')), 'act end');
  const node = el('div', { class: 'actions', role: 'group', 'aria-label': chatTexts.actionsOf(name) }, hand, shadow, bot, help, severe, abuse, end);
  const off = (one, isOff) => {
    /** @type {HTMLButtonElement} */ (one).disabled = isOff;
  };
  return {
    node,
    /** @param {import('./store.mjs').Chat} now */
    refresh(now) {
      node.hidden = now.as !== 'holder';
      const isTalking = now.phase === 'talking';
      const isAsked = now.question !== null;
      for (const one of [hand, shadow, bot]) off(one, !isTalking || isAsked);
      off(abuse, !isTalking || now.abuse_by_me);
      words(abuse, now.warned ? a.abuse : a.warn);
      help.setAttribute('aria-pressed', String(now.help));
      severe.setAttribute('aria-pressed', String(now.severe));
    },
  };
}

/** A choice of colleagues on duty; those who are free first. */
function colleagueSelect(desk) {
  const free = (one) => (one.status === 'available' && one.load < one.most ? 0 : 1);
  const people = [...desk.store.colleagues].sort((one, other) => free(one) - free(other));
  if (!people.length) return null;
  const title = (one) => `${one.name}: ${bar.statuses[one.status].toLowerCase()}, ${bar.load(one.load, one.most)}`;
  return /** @type {HTMLSelectElement} */ (select(people.map((one) => [one.staff, title(one)]), people[0].staff));
}

/** One question in a dialog: a form with a choice. */
function ask(field, label, hint, submit) {
  const form = el('form', { class: 'form' }, labelled(label, field), el('p', { class: 'hint' }, hint), el('button', { class: 'button' }, t.ask));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(field.value);
  });
  return form;
}

function showTransfer(ticket, desk, name) {
  const act = async (close, path, body) => (await desk.act('POST', `/chats/${ticket}${path}`, body)) && close();
  dialog(t.title(name), (close) => {
    const people = colleagueSelect(desk);
    const places = /** @type {HTMLSelectElement} */ (select(Object.keys(regions).map((id) => [id, named(regions, id)]), desk.store.chat(ticket)?.region ?? ''));
    return [
      el('h3', {}, t.colleague), people ? ask(people, t.pick, t.text, (staff) => act(close, '/transfer', { staff })) : el('p', {}, t.nobody),
      el('h3', {}, t.region), ask(places, t.pickRegion, t.regionText, (region) => act(close, '/transfer', { region })),
      el('h3', {}, t.back), el('p', { class: 'hint' }, t.backText), twice(t.back, 'Zeker?', () => act(close, '/back'), 'button quiet'),
    ];
  }, { close: texts.cancel, kind: 'narrow' });
}

function showShadow(ticket, desk, name) {
  choose(desk, t.shadowTitle(name), t.shadowText, (staff) => desk.act('POST', `/chats/${ticket}/shadow`, { staff }));
}

function showAbuse(ticket, desk, name) {
  choose(desk, t.abuseTitle(name), t.abuseText, (colleague) => desk.act('POST', `/chats/${ticket}/abuse`, { colleague }));
}

function choose(desk, title, text, submit) {
  dialog(title, (close) => {
    const people = colleagueSelect(desk);
    return [people ? ask(people, t.pick, text, async (staff) => (await submit(staff)) && close()) : el('p', {}, t.nobody)];
  }, { close: texts.cancel, kind: 'narrow' });
}
