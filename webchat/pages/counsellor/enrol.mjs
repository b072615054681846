/** Making an account ready with a link that works once. Must show the recovery codes once and keep no secret. */

import { call } from './api.mjs';
import { button, byId, el, labelled, words } from './dom.mjs';
import { door } from './login.mjs';
import { enrol as t, texts } from './texts.nl.mjs';

const SHORTEST = 12;

/** Takes the token out of the address, where it would stay in the history. @returns {string | null} */
export function takeToken() {
  const found = /^#enrol=([\w-]+)$/.exec(location.hash);
  if (location.hash) history.replaceState(null, '', location.pathname);
  return found ? found[1] : null;
}

/** @param {string} token @param {() => void} done */
export function showEnrolment(token, done) {
  password(token, done);
}

function screen(step, title, ...parts) {
  byId('app').replaceChildren(door(t.title, el('p', { class: 'step' }, t.steps(step)), el('h2', { tabindex: -1 }, title), ...parts));
  /** @type {HTMLElement} */ (byId('app').querySelector('h2')).focus();
}

function form(fields, title, submit) {
  const said = el('p', { class: 'said', role: 'alert' });
  const press = /** @type {HTMLButtonElement} */ (el('button', { class: 'button wide' }, title));
  const node = el('form', { class: 'form', novalidate: true, autocomplete: 'on' }, ...fields, said, press);
  node.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (press.disabled) return;
    press.disabled = true;
    words(said, '');
    const why = await submit();
    press.disabled = false;
    if (why) words(said, why);
  });
  return node;
}

const why = (answer) => answer.body?.detail ?? (answer.status ? texts.failed : texts.noLine);

function password(token, done) {
  const first = /** @type {HTMLInputElement} */ (el('input', { type: 'password', autocomplete: 'new-password', minlength: SHORTEST, required: true }));
  const again = /** @type {HTMLInputElement} */ (el('input', { type: 'password', autocomplete: 'new-password', required: true }));
  screen(1, t.password.title, form([labelled(t.password.label, first, t.password.hint), labelled(t.password.again, again)], t.password.next, async () => {
    if ([...first.value].length < SHORTEST) {
      first.focus();
      return t.password.short;
    }
    if (first.value !== again.value) {
      again.focus();
      return t.password.differ;
    }
    const answer = await call('POST', '/enrol/begin', { token, password: first.value });
    if (!answer.ok) return why(answer);
    first.value = again.value = '';
    app(token, answer.body, done);
    return '';
  }));
}

function app(token, invitation, done) {
  const code = /** @type {HTMLInputElement} */ (el('input', { autocomplete: 'one-time-code', inputmode: 'numeric', required: true }));
  const picture = invitation.picture ?? invitation.qr ?? '';
  screen(2, t.app.title, el('p', {}, t.app.intro),
    picture.startsWith('data:image/svg+xml') ? el('img', { class: 'qr', src: picture, alt: t.app.picture, width: 220, height: 220 }) : null,
    el('p', {}, t.app.manual), el('p', { class: 'secret' }, el('code', {}, (invitation.secret ?? '').replace(/(.{4})(?=.)/g, '$1 '))),
    String(invitation.uri ?? '').startsWith('otpauth:') ? el('p', {}, el('a', { href: invitation.uri }, t.app.link)) : null,
    form([labelled(t.app.code, code, t.app.hint)], t.app.next, async () => {
      const answer = await call('POST', '/enrol/finish', { token, code: code.value.replaceAll(' ', '') });
      code.value = '';
      if (!answer.ok) {
        code.focus();
        return why(answer);
      }
      codes(answer.body?.recovery_codes ?? [], done);
      return '';
    }));
}

function codes(list, done) {
  const said = el('p', { class: 'said', role: 'status' });
  screen(3, t.codes.title, el('p', {}, t.codes.intro), el('ul', { class: 'codes' }, ...list.map((code) => el('li', {}, el('code', {}, code)))),
    el('p', { class: 'hint' }, t.codes.hint), said,
    el('p', { class: 'row' }, button(t.codes.print, () => print(), 'button quiet'), button(t.codes.copy, async () => {
      try {
        await navigator.clipboard.writeText(list.join('\n'));
        words(said, t.codes.copied);
      } catch {
        words(said, texts.failed);
      }
    }, 'button quiet')), button(t.codes.done, done, 'button wide'));
}
