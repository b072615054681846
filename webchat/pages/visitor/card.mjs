/** The card for a person: what the visitor chooses to show, and how it looks afterwards. Must fill in nothing the visitor cannot see. */

import { button, field, row } from './boxes.mjs';
import { cardOf } from './company.mjs';
import { REGIONS } from './regions.mjs';
import { regionName } from './side.mjs';
import { ask, kinds as kindNames, listed, waiting } from './texts-person.nl.mjs';
import { panel } from './texts.nl.mjs';
import { el } from './view.mjs';

/** @typedef {{isChild: boolean, assessment: Record<string, any> | null, withConversation: boolean, title: string}} Start */

/**
 * A form to choose in. What the chat understood is filled in, to be changed or taken away.
 * @param {Start} start @param {(card: object) => void} send @param {() => void} cancel
 */
export function cardForm({ isChild, assessment, withConversation, title }, send, cancel) {
  const known = assessment ?? {};
  const parts = [...who(known, isChild), ...about(known), place(known, isChild), ...wishes(known, isChild)];
  if (withConversation) parts.push(tick('with_conversation', ask.conversation, false));
  const form = el('form', { autocomplete: 'off', class: 'card-form' }, el('p', {}, isChild ? ask.introChild : ask.intro), ...parts, more(isChild),
    row(el('button', { class: 'button' }, title), button(ask.cancel, cancel)));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(cardOf(read(form)));
  });
  return form;
}

/** The card as the counsellor will see it. @param {Record<string, any> | null} card @param {string[]} left kinds that were taken out */
export function cardShown(card, left) {
  const lines = card ? linesOf(card) : [];
  const nodes = lines.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]);
  const gone = leftOut(left);
  return el('div', { class: 'card-seen' }, nodes.length ? el('dl', {}, ...nodes) : el('p', {}, waiting.seenNothing),
    gone ? el('p', { class: 'small' }, waiting.leftOut(gone)) : null);
}

/** @param {string[]} left @returns {string} the kinds in words */
export function leftOut(left) {
  const names = [...new Set(left.map((kind) => kindNames[kind] ?? kindNames.other))];
  return names.length ? listed(names) : '';
}

function linesOf(card) {
  const named = (name) => panel.fields[name].values[card[name]];
  return [
    [panel.fields.role.label, named('role')],
    [ask.topics, (card.topics ?? []).map((topic) => panel.topicNames[topic]).filter(Boolean).join(', ')],
    [panel.region, card.region ? regionName(card.region) : ''],
    [panel.fields.urgency.label, named('urgency')],
    [ask.hope, [ask.hopes[card.hope], card.hope_text].filter(Boolean).join('. ')],
    [ask.free_to_talk, ask.frees[card.free_to_talk]],
    [ask.word, card.code_word],
    [ask.conversation, card.with_conversation ? panel.fields.children_present.values.yes : ''],
  ].filter(([, value]) => value);
}

function who(known, isChild) {
  if (isChild) return [tick('is_child', ask.child, true)];
  return [choice('role', panel.fields.role.label, panel.fields.role.values, known.role)];
}

function about(known) {
  const topics = (known.topics ?? []).filter((topic) => panel.topicNames[topic]);
  const rest = Object.fromEntries(Object.entries(panel.topicNames).filter(([topic]) => !topics.includes(topic)));
  if (!topics.length) return [choice('topic', ask.topics, rest, null)];
  const ticks = topics.map((topic) => tick('topics', panel.topicNames[topic], true, topic));
  return [el('fieldset', { class: 'field' }, el('legend', { class: 'label' }, ask.topics), ...ticks), choice('topic', ask.addTopic, rest, null, ask.none)];
}

function place(known, isChild) {
  const names = Object.fromEntries(REGIONS.map((id) => [id, regionName(id)]));
  return choice('region', isChild ? ask.regionChild : panel.region, names, known.region, ask.unsaid, isChild ? undefined : ask.regionWhy);
}

function wishes(known, isChild) {
  return [
    choice('urgency', panel.fields.urgency.label, panel.fields.urgency.values, known.urgency),
    choice('hope', ask.hope, isChild ? ask.hopesChild : ask.hopes, null),
    choice('free_to_talk', ask.free_to_talk, ask.frees, null),
  ];
}

function more(isChild) {
  const words = el('textarea', { name: 'hope_text', rows: 3, maxlength: 200, autocomplete: 'off' });
  const word = el('input', { name: 'code_word', maxlength: 40, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' });
  return el('details', {}, el('summary', {}, ask.more), field('card-words', ask.ownWords, words, ask.ownWordsWhy),
    field('card-word', ask.word, word, isChild ? ask.wordWhyChild : ask.wordWhy));
}

function choice(name, label, values, chosen, unsaid = ask.unsaid, why = undefined) {
  const options = Object.entries(values).filter(([, title]) => title !== null)
    .map(([code, title]) => el('option', { value: code, selected: code === chosen }, title));
  return field(`card-${name}`, label, el('select', { name }, el('option', { value: '' }, unsaid), ...options), why);
}

const tick = (name, title, checked, value = 'yes') => el('label', { class: 'tick' }, el('input', { type: 'checkbox', name, value, checked }), el('span', {}, title));

/** What is in the form now, as the gateway wants it. */
function read(form) {
  const data = new FormData(form);
  const text = (name) => String(data.get(name) ?? '').trim();
  return {
    role: data.has('is_child') ? 'child' : text('role'),
    topics: [...new Set([...data.getAll('topics'), data.get('topic')])].filter(Boolean),
    region: text('region'),
    urgency: text('urgency'),
    hope: text('hope'),
    hope_text: text('hope_text'),
    free_to_talk: text('free_to_talk'),
    code_word: text('code_word'),
    with_conversation: data.has('with_conversation'),
  };
}
