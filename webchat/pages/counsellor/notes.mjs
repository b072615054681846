/** What a counsellor must know above a conversation: danger, silence, questions. Must not act without a press. */

import { named, regions } from './codes.nl.mjs';
import { button, el, twice } from './dom.mjs';
import { chat as t } from './texts.nl.mjs';

/** @param {import('./store.mjs').Chat} chat @param {import('./desk.mjs').Desk} desk @param {string} ticket @returns {HTMLElement[]} */
export function notesOf(chat, desk, ticket) {
  const act = (method, path, body) => () => desk.act(method, `/chats/${ticket}${path}`, body);
  return [
    chat.as === 'invited' && invited(chat, act),
    chat.danger && note('danger', t.danger),
    chat.line === 'away' && el('p', { class: 'note away' }, el('span', { 'data-away-since': true }, t.away(''))),
    chat.flags.includes('cannot_talk_freely') && note('unfree', t.unfree),
    chat.flags.includes('not_alone') && note('unfree', t.notAlone),
    ...asked(chat, desk, act),
    chat.refused && note('', t.refused[chat.refused] ?? t.refused.colleague),
    ...company(chat, desk, act),
    ...abuse(chat, act),
  ].filter(Boolean);
}

const note = (kind, text, ...more) => el('p', { class: `note ${kind}` }, el('span', {}, text), ...more);

/** Questions that are open, and the call to begin. */
function asked(chat, desk, act) {
  if (chat.as === 'invited') return [];
  if (chat.as === 'shadow') return [note('', chat.shadows.some((one) => one.speaks && one.staff === desk.store.me?.staff) ? t.role.speaks : t.role.shadow,
    button(t.stopReading, act('DELETE', `/shadows/${desk.store.me?.staff}`), 'button quiet small'))];
  if (chat.phase === 'called') return [note('', t.calling, button(t.handBack, act('POST', '/back'), 'button quiet small'))];
  const question = chat.question;
  if (!question) return [];
  return [note('', questionText(question, desk), button(t.question.withdraw, act('DELETE', '/question'), 'button quiet small'))];
}

function questionText(question, desk) {
  if (question.kind === 'to_bot') return t.question.to_bot;
  const forms = t.question[question.kind];
  if (question.region) return forms.region(named(regions, question.region));
  const name = desk.store.onDuty.find((one) => one.staff === question.staff)?.name ?? t.who.colleague;
  return question.agreed ? forms.visitor(name) : forms.colleague(name);
}

function invited(chat, act) {
  const kind = chat.question?.kind === 'transfer' ? 'transfer' : 'shadow';
  if (chat.question?.agreed) return note('ask', t.invited.wait);
  return note('ask', t.invited[kind](chat.question?.by_name ?? t.someColleague),
    button(t.invited.yes, act('POST', '/colleague', { answer: 'yes' }), 'button small'), button(t.invited.no, act('POST', '/colleague', { answer: 'no' }), 'button quiet small'));
}

/** Who reads along. */
function company(chat, desk, act) {
  if (chat.as !== 'holder') return [];
  return chat.shadows.map((one) => note('', t.shadows(one.name ?? t.who.colleague, one.speaks),
    one.speaks ? null : button(t.letSpeak, act('POST', `/shadows/${one.staff}/speak`), 'button quiet small'),
    button(t.stopReading, act('DELETE', `/shadows/${one.staff}`), 'button quiet small')));
}

function abuse(chat, act) {
  if (chat.judge) {
    return [note('ask', t.judge.text, twice(t.judge.yes, t.judge.sure, act('POST', '/abuse/judge', { answer: 'yes' }), 'button small'),
      button(t.judge.no, act('POST', '/abuse/judge', { answer: 'no' }), 'button quiet small'))];
  }
  return chat.abuse_by_me ? [note('', t.abuseAsked)] : [];
}
