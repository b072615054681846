/** Starts the console: who is there, what they may do, and what is left when they go: nothing. Must store nothing anywhere. */

import { call } from './api.mjs';
import { byId, closeDialogs, el, words } from './dom.mjs';
import { showEnrolment, takeToken } from './enrol.mjs';
import { Idle } from './idle.mjs';
import { showLogin } from './login.mjs';
import { House } from './house.mjs';
import { bar, login as loginTexts, texts } from './texts.nl.mjs';

const oidc = document.body.dataset.oidc === 'yes';

/** @type {House | null} */
let house = null;
/** @type {Idle | null} */
let idle = null;

/** @param {boolean} isDemo */
function mark(isDemo) {
  if (isDemo) document.body.dataset.demo = 'yes';
  byId('demo').hidden = document.body.dataset.demo !== 'yes';
  words(byId('demo'), byId('demo').hidden ? '' : bar.demo);
}

/** Takes everything off the screen. */
function empty() {
  idle?.stop();
  idle = null;
  house?.leave();
  house = null;
  closeDialogs();
  byId('app').replaceChildren();
  for (const id of ['say', 'alarm']) words(byId(id), '');
  document.title = texts.title;
}

/** @param {'locked' | 'ended' | 'out' | null} why */
function door(why) {
  empty();
  showLogin({ why, oidc, entered: begin });
}

/** @param {'locked' | 'out'} why */
function goOut(why) {
  door(why);
  call('POST', '/logout');
}

async function begin() {
  const answer = await call('GET', '/me');
  mark(Boolean(answer.body?.demo));
  if (!answer.ok) {
    door(null);
    if (answer.status !== 401) words(byId('app').querySelector('.said'), answer.body?.detail ?? texts.noLine);
    return;
  }
  empty();
  house = new House(answer.body, { logout: () => goOut('out'), lock: () => goOut('locked'), ended: () => door('ended') });
  byId('app').replaceChildren(house.node);
  idle = new Idle({
    warn: () => {
      document.querySelector('.idle')?.remove();
      byId('app').prepend(el('p', { class: 'idle', role: 'alert' }, bar.idle));
    },
    back: () => document.querySelector('.idle')?.remove(),
    lock: () => goOut('locked'),
    present: () => house?.present(),
  });
  house.begin();
}

async function start() {
  mark(false);
  const problem = /^#problem=([\w-]+)$/.test(location.hash);
  const token = takeToken();
  if (token) showEnrolment(token, () => door(null));
  else await begin();
  if (problem) words(byId('app').querySelector('.said') ?? byId('say'), loginTexts.provider);
}

// A page that comes back from the browser's memory shows nothing of before.
addEventListener('pagehide', empty);
addEventListener('pageshow', (event) => event.persisted && location.reload());
start();
