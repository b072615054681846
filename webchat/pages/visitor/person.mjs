/** Asking for a person: what the visitor reads and chooses first, waiting, and answering. Must send only what was ticked. */

import { regionName } from './side.mjs';
import { panel, person, texts } from './texts.nl.mjs';
import { el } from './view.mjs';

const PATH = '/chats/current/handover';
const NOTHING = { card: { topics: [], with_conversation: false } };

/** A box below the conversation that asks something, until it is answered. It takes no focus: it may come unasked. */
function ask(title, ...parts) {
  document.querySelector('.ask')?.remove();
  const box = el('section', { class: 'panel ask', 'aria-labelledby': 'ask-title' }, el('h2', { id: 'ask-title', tabindex: -1 }, title), ...parts);
  document.getElementById('replies').before(box);
  return box;
}

/** @param {import('./chat.mjs').Chat} chat */
export async function askForPerson(chat) {
  const there = await chat.call('GET', '/availability');
  if (there.status === 0) {
    chat.refused(there);
    return;
  }
  // Nobody there: no card to fill in for nothing. The gateway answers with the numbers that are open now.
  if (!there.body?.available) {
    await send(chat, NOTHING);
    return;
  }
  const rows = choices(chat.facts.assessment ?? {});
  const form = el('form', {}, el('p', {}, person.intro), ...rows.map(([, row]) => row), el('p', { class: 'small' }, person.nothing),
    el('p', { class: 'act' }, el('button', { class: 'button' }, person.ask), button(person.cancel, () => done(chat, box))));
  const box = ask(person.title, el('ul', {}, ...person.lines.map((line) => el('li', {}, line))), form);
  box.querySelector('h2').focus();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const card = Object.assign({}, ...rows.filter(([, row]) => row.querySelector('input').checked).map(([part]) => part));
    done(chat, box);
    send(chat, { card });
  });
}

/** @param {import('./chat.mjs').Chat} chat a counsellor is there: the soft call */
export function offered(chat) {
  chat.view.say(person.offer);
  const answer = (method, path) => async () => {
    done(chat, box);
    const said = await chat.call(method, path, method === 'POST' ? {} : undefined);
    if (said.status >= 400) chat.refused(said);
  };
  const box = ask(person.offer, el('p', { class: 'act' }, button(person.yes, answer('POST', `${PATH}/accept`), 'button'),
    button(person.no, answer('DELETE', PATH))));
}

/** @param {import('./chat.mjs').Chat} chat @param {{id: string, text: string}} question */
export function consentAsked(chat, question) {
  chat.view.say(question.text);
  const answer = (word) => async () => {
    done(chat, box);
    const said = await chat.call('POST', '/chats/current/consents', { id: question.id, answer: word });
    if (said.status >= 400) chat.refused(said);
  };
  const box = ask(question.text, el('p', { class: 'act' }, button(person.yes, answer('yes'), 'button'), button(person.no, answer('no'))));
}

async function send(chat, card) {
  const said = await chat.call('POST', PATH, card);
  if (said.status !== 202) {
    chat.refused(said);
    return;
  }
  const box = ask(texts.waiting(said.body?.queue?.place ?? null), el('p', {}, person.waiting), button(person.stop, async () => {
    done(chat, box);
    await chat.call('DELETE', PATH);
  }));
}

/** What may be shown, each with the part of the card it stands for; all of it is on but the conversation. */
function choices(assessment) {
  const named = (name) => panel.fields[name].values[assessment[name]];
  const topics = (assessment.topics ?? []).filter((topic) => panel.topicNames[topic]);
  const rows = [];
  const add = (title, part, checked) => rows.push([part, el('label', { class: 'tick' }, el('input', { type: 'checkbox', checked }), el('span', {}, title))]);
  if (named('role')) add(named('role'), { role: assessment.role }, true);
  if (topics.length) add(topics.map((topic) => panel.topicNames[topic]).join(', '), { topics }, true);
  if (assessment.region) add(`${panel.region}: ${regionName(assessment.region)}`, { region: assessment.region }, true);
  if (named('urgency')) add(named('urgency'), { urgency: assessment.urgency }, true);
  add(person.conversation, { with_conversation: true }, false);
  return rows;
}

function button(title, onclick, kind = 'button quiet') {
  return el('button', { type: 'button', class: kind, onclick }, title);
}

function done(chat, box) {
  box.remove();
  chat.view.focus();
}
