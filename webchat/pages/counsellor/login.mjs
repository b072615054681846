/** Logging in: name, password and code in one form. Must keep nothing of what was typed. */

import { call, problem } from './api.mjs';
import { byId, el, labelled, words } from './dom.mjs';
import { enrol as enrolTexts, login as t, texts } from './texts.nl.mjs';

const OIDC_START = '/api/v1/staff/oidc/start';

/**
 * The frame of every screen before the console itself.
 * @param {string} title @param {...(Node | null)} parts
 */
export function door(title, ...parts) {
  return el('main', { class: 'door' },
    el('p', { class: 'brand' }, el('i', { 'aria-hidden': 'true' }), 'Lichtpunt'),
    el('h1', { tabindex: -1 }, title), ...parts.filter(Boolean));
}

/** The statement, in a tab of its own: following it must not end the console. @param {string} kind */
export const accessibility = (kind = '') => el('a', { class: kind, href: '/visitor/toegankelijkheid.html', target: '_blank', rel: 'noopener noreferrer' },
  t.accessibility, el('span', { class: 'unseen' }, t.newTab));

/**
 * @param {{why: 'locked' | 'ended' | 'out' | null, oidc: boolean, entered: () => void}} how
 */
export function showLogin({ why, oidc, entered }) {
  const name = /** @type {HTMLInputElement} */ (el('input', { name: 'username', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true }));
  const password = /** @type {HTMLInputElement} */ (el('input', { type: 'password', name: 'password', autocomplete: 'current-password', required: true }));
  const code = /** @type {HTMLInputElement} */ (el('input', { name: 'code', autocomplete: 'one-time-code', autocapitalize: 'none', spellcheck: 'false', required: true }));
  const said = el('p', { class: 'said', role: 'alert' });
  const submit = /** @type {HTMLButtonElement} */ (el('button', { class: 'button wide' }, t.submit));
  const form = el('form', { class: 'form', novalidate: true, autocomplete: 'on' },
    labelled(t.name, name), labelled(t.password, password), labelled(t.code, code, t.codeHint), said, submit);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    const empty = [name, password, code].find((field) => !field.value.trim());
    if (empty) {
      words(said, t.fill);
      empty.focus();
      return;
    }
    submit.disabled = true;
    words(submit, t.busy);
    words(said, '');
    const answer = await call('POST', '/login', { name: name.value.trim(), password: password.value, code: code.value.trim() });
    code.value = '';
    if (answer.ok) {
      form.reset();
      entered();
      return;
    }
    submit.disabled = false;
    words(submit, t.submit);
    words(said, answer.body?.detail ?? (answer.status ? texts.failed : texts.noLine));
    if (problem(answer) === 'login-refused') password.value = '';
    (password.value ? code : password).focus();
  });
  const head = why ? t[why] : { title: t.title, intro: t.intro };
  const elsewhere = oidc ? el('div', { class: 'form' }, el('p', { class: 'or' }, t.or), el('a', { class: 'button quiet wide', href: OIDC_START }, t.oidc)) : null;
  byId('app').replaceChildren(door(head.title, el('p', { class: 'lead' }, head.intro), form, elsewhere, el('p', { class: 'hint' }, accessibility())));
  if (why) byId('app').querySelector('h1').focus();
  else name.focus();
}

/** Changing one's own password, in a dialog. @param {(close: () => void) => void} done @param {() => void} close */
export function passwordForm(done, close) {
  const current = /** @type {HTMLInputElement} */ (el('input', { type: 'password', autocomplete: 'current-password', required: true }));
  const fresh = /** @type {HTMLInputElement} */ (el('input', { type: 'password', autocomplete: 'new-password', minlength: 12, required: true }));
  const said = el('p', { class: 'said', role: 'alert' });
  const form = el('form', { class: 'form', novalidate: true }, labelled(enrolTexts.password.current, current),
    labelled(enrolTexts.password.label, fresh, enrolTexts.password.hint), said, el('button', { class: 'button' }, enrolTexts.password.change));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const answer = await call('POST', '/password', { current: current.value, new: fresh.value });
    if (answer.ok) {
      /** @type {HTMLFormElement} */ (form).reset();
      done(close);
    } else words(said, answer.body?.detail ?? (answer.status ? texts.failed : texts.noLine));
  });
  return form;
}
