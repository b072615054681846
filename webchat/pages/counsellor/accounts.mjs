/** Accounts and what waits for a second administrator. Must show an enrolment link once, to be passed on by hand. */

import { named, regions, skills, staffRoles } from './codes.nl.mjs';
import { button, dialog, el, labelled, select, twice, words } from './dom.mjs';
import { fetched, listOf, page, table, ticked, ticks, whyNot } from './page-tools.mjs';
import { accounts as t, texts } from './texts.nl.mjs';

/** @param {import('./page-tools.mjs').House} house */
export function open(house) {
  const place = el('div', { class: 'form' });
  const approvals = el('div', { class: 'form' });
  const news = el('div', { 'aria-live': 'polite' });
  const view = { house, news, load: () => undefined };
  view.load = () => {
    fetched(place, house, '/accounts', (body) => {
      const people = listOf(body, 'accounts');
      fetched(approvals, house, '/approvals', (waiting) => [waitingTable(view, listOf(waiting, 'approvals'), people)]);
      return [table(t.columns, people.map((one) => row(view, one)), t.title), el('p', {}, button(t.add, () => edit(view, null)))];
    });
  };
  view.load();
  return { node: page(t.title, null, news, place, el('h3', {}, t.approvals), approvals), close: () => news.replaceChildren() };
}

function row(view, one) {
  const state = one.disabled ? t.disabled : one.enrolled || one.provider ? t.active : t.notEnrolled;
  const path = `/accounts/${encodeURIComponent(one.id)}`;
  const turn = one.disabled ? button(t.enable, () => act(view, 'PATCH', path, { disabled: false }), 'button quiet small')
    : twice(t.disable, t.disableSure, () => act(view, 'PATCH', path, { disabled: true }), 'button quiet small');
  const link = one.provider ? null : twice(t.newLink, t.newLinkSure, () => act(view, 'POST', `${path}/enrolment`), 'button quiet small');
  return [one.name, one.display_name, one.roles.map((role) => named(staffRoles, role)).join(', '), one.regions.map((id) => named(regions, id)).join(', '), String(one.most), state,
    el('span', { class: 'row' }, button(t.change, () => edit(view, one), 'button quiet small'), link, turn)];
}

function waitingTable(view, waiting, people) {
  if (!waiting.length) return el('p', { class: 'hint' }, t.noApprovals);
  const who = (id) => people.find((one) => one.id === id)?.display_name ?? id;
  return table([t.columns[0], t.columns[5], ''], waiting.map((one) => [who(one.account_id), t.kinds[one.kind]?.((one.roles ?? []).map((role) => named(staffRoles, role)).join(', ')) ?? one.kind,
    one.asked_by === view.house.me.id ? t.waits : button(t.approve, () => act(view, 'POST', `/approvals/${encodeURIComponent(one.id)}`), 'button small')]), t.approvals);
}

/** @returns {Promise<string>} why not, empty when it was done */
async function act(view, method, path, body) {
  const answer = await view.house.call(method, path, body);
  view.news.replaceChildren();
  if (!answer.ok) {
    view.news.append(el('p', { class: 'said' }, whyNot(answer)));
    return whyNot(answer);
  }
  if (answer.body?.approval) view.news.append(el('p', { class: 'said' }, t.waits));
  if (answer.body?.enrolment) view.news.append(linkBox(answer.body.enrolment));
  view.load();
  return '';
}

function linkBox(path) {
  const link = new URL(path, location.origin).href;
  return el('div', { class: 'panel' }, el('p', {}, t.link), el('p', { class: 'link' }, link), el('p', {}, button(t.copy, () => navigator.clipboard?.writeText(link), 'button quiet small')));
}

function edit(view, one) {
  const name = /** @type {HTMLInputElement} */ (el('input', { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', required: true, pattern: '[A-Za-z0-9][A-Za-z0-9._\\-]{1,39}' }));
  const display = /** @type {HTMLInputElement} */ (el('input', { autocomplete: 'off', required: true, maxlength: 40 }));
  const most = /** @type {HTMLSelectElement} */ (select(['1', '2', '3', '4'].map((count) => [count, count]), String(one?.most ?? 2)));
  const said = el('p', { class: 'said', role: 'alert' });
  dialog(one ? `${t.change}: ${one.display_name}` : t.add, (close) => {
    const names = one ? [] : [labelled(t.name, name), labelled(t.display, display, t.displayHint)];
    const form = el('form', { class: 'form' }, ...names, ticks(t.roles, staffRoles, one?.roles ?? [], 'roles'), ticks(t.skills, skills, one?.skills ?? [], 'skills'),
      ticks(t.regions, regions, one?.regions ?? [], 'regions'), labelled(t.most, most), said, el('button', { class: 'button' }, t.save));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const wanted = { roles: ticked(form, 'roles'), regions: ticked(form, 'regions'), skills: ticked(form, 'skills'), most: Number(most.value) };
      const why = one ? await act(view, 'PATCH', `/accounts/${encodeURIComponent(one.id)}`, wanted)
        : await act(view, 'POST', '/accounts', { name: name.value.trim(), display_name: display.value.trim(), ...wanted });
      if (why) words(said, why);
      else close();
    });
    return [form];
  }, { close: texts.cancel });
}
