/** Starts the page: the way out first, then the text field and the doors. Must load the rest only when it is needed. */

import { watchExits } from './leaving.mjs';

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);
const form = /** @type {HTMLFormElement} */ (byId('form'));
const text = /** @type {HTMLTextAreaElement} */ (byId('text'));
const status = byId('status');

/** @type {{token: string | null}} The only place where the token is; gone when the page is. */
const key = { token: null };

/** @type {Promise<import('./chat.mjs').Chat> | null} */
let chat = null;
let attempts = 0;
/** @type {import('./hints.mjs').Hints | null} notices personal data before it is sent; the chat works without it */
let hints = null;

/** Says goodbye to the gateway, once; a beacon still goes out while the page closes. @param {string} reason */
function goodbye(reason) {
  chat?.then((loaded) => loaded.stop(), () => undefined);
  if (key.token === null) return;
  const body = new Blob([JSON.stringify({ token: key.token, reason })], { type: 'application/json' });
  key.token = null;
  navigator.sendBeacon('/api/v1/leave', body);
}

/** Loads the conversation. A failed load is tried again under another address: browsers remember the failure. */
function load() {
  chat ??= import(attempts ? `./chat.mjs?again=${attempts}` : './chat.mjs')
    .then(({ Chat }) => {
      const made = new Chat({ key, goodbye });
      import('./hints.mjs').then(({ Hints }) => { hints = new Hints(text, made); }, () => undefined);
      return made;
    })
    .catch((error) => {
      attempts += 1;
      chat = null;
      throw error;
    });
  return chat;
}

/** @param {(chat: import('./chat.mjs').Chat) => void} act */
async function withChat(act) {
  /** @type {import('./chat.mjs').Chat} */
  let loaded;
  try {
    loaded = await load();
  } catch {
    status.textContent = 'De chat kan niet laden. Probeer het zo nog eens, of bel een van de nummers.';
    byId('numbers').open = true;
    return;
  }
  act(loaded);
}

/** Sends what is in the text field. */
async function send() {
  const words = text.value.trim();
  if (!words) {
    text.focus();
    return;
  }
  await withChat((chat) => {
    if (hints?.holds() || !chat.say(words)) return;
    text.value = '';
    resize();
  });
}

const resize = () => {
  text.style.height = 'auto';
  text.style.height = `${Math.min(text.scrollHeight + 2, 160)}px`;
};

watchExits({
  goodbye,
  say: (left) => {
    status.textContent = left === 1 ? 'Druk nog één keer op Shift om weg te gaan.' : `Druk nog ${left} keer op Shift om weg te gaan.`;
  },
});

for (const id of ['form', 'doors', 'or']) byId(id).hidden = false;
text.addEventListener('focus', () => load().catch(() => undefined), { once: true });
text.addEventListener('input', () => {
  resize();
  load().then((chat) => chat.typing(text.value), () => undefined);
});
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
byId('start').addEventListener('click', (event) => {
  /** @type {HTMLElement | null} */
  const door = event.target instanceof Element ? event.target.closest('button[data-choice]') : null;
  if (door) withChat((chat) => chat.choose(door.dataset.choice, door.textContent.trim()));
});
