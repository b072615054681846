/** Codes of four words: to come back, to call with, to fetch an answer. Must keep no code and put none on the clipboard. */

import { box, button, close, enter, field, phone, row } from './boxes.mjs';
import { cardForm, cardShown, leftOut } from './card.mjs';
import { moment } from './company.mjs';
import { LONGEST } from './conversation.mjs';
import { regionName } from './side.mjs';
import { codes, waiting } from './texts-person.nl.mjs';
import { el } from './view.mjs';

const NAME = 'code';

/** @typedef {import('./chat.mjs').Chat} Chat */

/** A code to come back to this chat. @param {Chat} chat */
export function returnCode(chat) {
  const t = codes.back;
  const made = box(NAME, t.title, el('p', {}, t.text), el('ul', {}, el('li', {}, el('strong', {}, t.warning)), el('li', {}, t.kept), el('li', {}, t.wipes)),
    row(button(t.make, async (event) => {
      const said = await asked(chat, event.currentTarget, 'POST', '/chats/current/return-code', {});
      if (!said) return;
      // From now on closing the page keeps the chat.
      chat.facts.keptUntil = said.valid_until;
      chat.ending.look();
      showCode(chat, said, t.title, el('p', {}, el('strong', {}, t.warning)), el('p', {}, `${t.kept} ${t.wipes}`));
    }, 'button'), button(codes.cancel, () => leave(chat))));
  enter(made);
}

/** A code to call with: the card goes along, the conversation does not. @param {Chat} chat */
export async function callCode(chat) {
  const t = codes.call;
  const { isChild, assessment } = chat.facts;
  const form = cardForm({ isChild, assessment, withConversation: false, title: codes.back.make }, async (card) => {
    const said = await asked(chat, form.querySelector('.act .button'), 'POST', '/chats/current/belcode', { card });
    if (!said) return;
    showCode(chat, said, t.title, el('p', {}, t.say), row(phone(t.phone)),
      el('details', {}, el('summary', {}, waiting.seen), cardShown(said.card, said.redacted_kinds ?? [])));
  }, () => leave(chat));
  enter(box(NAME, t.title, el('p', {}, isChild ? t.textChild : t.text), form));
}

/** A question for the next shift. @param {Chat} chat */
export function leaveQuestion(chat) {
  const t = codes.question;
  const region = chat.facts.assessment?.region;
  const words = el('textarea', { name: 'question', rows: 5, maxlength: LONGEST, autocomplete: 'off', required: true });
  const forRegion = el('input', { type: 'checkbox', name: 'region' });
  const send = el('button', { class: 'button' }, t.send);
  const form = el('form', { autocomplete: 'off' }, field('question-words', t.label, words, t.why),
    region ? el('label', { class: 'tick' }, forRegion, el('span', {}, t.region(regionName(region)))) : null, row(send, button(codes.cancel, () => leave(chat))));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = words.value.trim();
    if (!text) return;
    const said = await asked(chat, send, 'POST', '/questions', forRegion.checked ? { text, region } : { text });
    if (!said) return;
    words.value = '';
    const gone = leftOut(said.redacted_kinds ?? []);
    showCode(chat, said, t.title, el('p', {}, el('strong', {}, t.warning)),
      el('details', {}, el('summary', {}, t.seen), el('p', { class: 'said' }, said.text), gone ? el('p', { class: 'small' }, waiting.leftOut(gone)) : null));
  });
  enter(box(NAME, t.title, el('p', {}, t.text), el('p', {}, t.danger), row(phone(codes.call.phone)), el('p', {}, el('strong', {}, t.warning)), form));
}

/** Four words that somebody was given, typed on the first page. @param {Chat} chat */
export function enterCode(chat) {
  const t = codes.enter;
  const words = el('input', { name: 'words', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', maxlength: 200 });
  const said = el('p', { class: 'code-said' });
  const say = (/** @type {string} */ words) => {
    said.textContent = words;
    chat.view.tell(words);
  };
  const go = el('button', { class: 'button' }, t.go);
  const form = el('form', { autocomplete: 'off' }, field('code-words', t.label, words, t.why), said,
    row(go, button(t.close, () => {
      close(NAME);
      /** @type {HTMLElement} */ (document.querySelector('[data-choice="/code"]'))?.focus();
    })));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const code = words.value.trim();
    say(code ? t.looking : t.empty);
    if (!code) {
      words.focus();
      return;
    }
    go.disabled = true;
    say(await useCode(chat, code));
    go.disabled = false;
    if (said.isConnected && said.textContent) words.focus();
  });
  const made = box(NAME, t.title, form);
  document.getElementById('or')?.after(made);
  words.focus();
  made.scrollIntoView({ block: 'nearest' });
}

/** @returns {Promise<string>} what to say when the code opened nothing */
async function useCode(chat, code) {
  const back = await chat.call('POST', '/return', { code });
  if (back.status === 200) {
    close(NAME);
    chat.resume(back);
    chat.view.say(codes.enter.back);
    return '';
  }
  if (back.status !== 404) return back.body?.detail ?? codes.failed;
  const answer = await chat.call('POST', '/questions/read', { code });
  if (answer.status === 200) {
    showAnswer(chat, code, answer.body);
    return '';
  }
  return (answer.status === 404 || answer.status === 409 ? back : answer).body?.detail ?? codes.failed;
}

function showAnswer(chat, code, { state, answer }) {
  const t = codes.enter;
  const isThere = state === 'answered';
  const wipe = button(t.wipe, async () => {
    const said = await asked(chat, wipe, 'POST', '/questions/read', { code, wipe: true });
    if (!said) return;
    finished(box(NAME, t.title, el('p', {}, t.wiped), row(button(t.close, () => close(NAME)))));
  });
  finished(box(NAME, isThere ? t.title_answer : t.openTitle, el('p', { class: isThere ? 'said' : null }, isThere ? answer : t.open),
    isThere ? el('p', { class: 'small' }, t.shared) : null, row(wipe, button(t.close, () => close(NAME)))));
}

function finished(made) {
  document.getElementById('or')?.after(made);
  enter(made);
}

/** The code in large letters, one word a line, as it is said aloud. */
function showCode(chat, { code, valid_until: until }, title, ...parts) {
  const list = el('ol', { class: 'code-words', 'aria-label': codes.words }, ...code.split(' ').map((word) => el('li', {}, word)));
  enter(box(NAME, title, list, el('p', {}, `${codes.until(moment(new Date(until), new Date()))} ${codes.write}`), ...parts,
    row(button(codes.done, () => leave(chat), 'button'))));
}

/** One call for a box; what went wrong is said by the chat and the box stays. @returns {Promise<any>} the answer, or null */
async function asked(chat, control, method, path, body) {
  control.disabled = true;
  const said = await chat.call(method, path, body);
  control.disabled = false;
  if (said.status >= 200 && said.status < 300) return said.body ?? {};
  if (said.status === 0 || said.status === 410 || said.body?.replies?.length) chat.refused(said);
  if (said.status !== 410) chat.view.say(said.body?.detail ?? codes.failed, 'bad');
  return null;
}

function leave(chat) {
  close(NAME);
  chat.view.focus();
}
