/** What stands beside the conversation: what was understood, and what can be done. Must call the gateway through the chat only. */

import { Aloud } from './aloud.mjs';
import { outcome } from './conversation.mjs';
import { panel, texts } from './texts.nl.mjs';
import { el } from './view.mjs';

const byId = (id) => document.getElementById(id);

export class Side {
  #chat;
  #understood = el('section', { class: 'panel', 'aria-labelledby': 'understood-title', hidden: true });
  #time = el('p', { class: 'small' });
  #wipe = el('div', { class: 'wipe' });
  #person;
  #easy;
  #aloud;
  #shown = '';
  #unfreeSaid = false;

  /** @param {import('./chat.mjs').Chat} chat */
  constructor(chat) {
    this.#chat = chat;
    const t = texts.tools;
    this.#person = el('button', { type: 'button', class: 'button quiet', onclick: () => chat.choose('/handover', t.person) }, t.person);
    this.#easy = el('button', { type: 'button', class: 'button quiet', 'aria-pressed': 'false', onclick: () => this.#makeEasy() }, t.easy);
    this.#aloud = new Aloud(chat.view);
    const tools = el('section', { class: 'panel', 'aria-labelledby': 'tools-title' }, el('h2', { id: 'tools-title' }, t.title),
      this.#person, this.#easy, this.#aloud.button, el('details', {}, el('summary', {}, t.codes),
        ...[['returnCode', t.code], ['callCode', t.callCode], ['leaveQuestion', t.question]].map(([act, title]) => el(
          'button', { type: 'button', class: 'button quiet', onclick: () => chat.desk.code(/** @type {any} */ (act)) }, title))),
      this.#wipe, this.#time);
    this.#askWipe();
    byId('side').append(tools, this.#understood);
    this.#addChips();
    this.#keepPagesHere();
    this.refresh();
  }

  /** Shows the facts as they are now. */
  refresh() {
    const { facts, isEasy } = this.#chat;
    byId('side').hidden = false;
    const end = this.#chat.ending.time;
    this.#time.textContent = !end ? '' : facts.keptUntil ? texts.tools.kept(end) : texts.tools.ends(end);
    // With a person there is no bot to answer these.
    this.#person.hidden = facts.state === 'with_counsellor' || facts.state === 'waiting';
    this.#easy.hidden = facts.state === 'with_counsellor';
    this.#easy.setAttribute('aria-pressed', String(isEasy));
    this.#easy.textContent = isEasy ? texts.tools.easyIsOn : texts.tools.easy;
    this.#placeAloud(facts.isChild || isEasy);
    this.#understood.hidden = !facts.isUnderstood;
    const now = JSON.stringify(facts.assessment);
    // Not drawn again while somebody is in it, or the field would vanish under their fingers.
    if (!facts.isUnderstood || now === this.#shown || this.#understood.contains(document.activeElement)) return;
    this.#shown = now;
    this.#draw(facts.assessment);
  }

  #draw(assessment) {
    const said = el('p', { class: 'small', 'data-said': true });
    const change = async (changes) => {
      const saved = await this.#correct(changes);
      this.#shown = JSON.stringify(this.#chat.facts.assessment);
      const again = this.#draw(this.#chat.facts.assessment);
      again.textContent = saved ? panel.saved : panel.notSaved;
      this.#understood.querySelector('h2').focus();
    };
    const fields = Object.entries(panel.fields)
      .filter(([name]) => name === 'role' || name === 'urgency' || assessment[name])
      .map(([name, field]) => select(name, field, assessment[name], change));
    const isOpen = this.#understood.querySelector('details')?.open ?? false;
    this.#understood.replaceChildren(el('h2', { id: 'understood-title', tabindex: -1 }, panel.title),
      el('ul', { class: 'facts-list' }, ...summary(assessment).map((line) => el('li', {}, line))), said,
      el('details', { open: isOpen }, el('summary', {}, panel.intro), ...fields, topics(assessment.topics, change),
        assessment.region ? region(assessment.region, change) : null));
    return said;
  }

  /** @returns {Promise<boolean>} whether the gateway took it */
  async #correct(changes) {
    const answer = await this.#chat.call('PATCH', '/chats/current/assessment', changes);
    if (outcome(answer.status) === 'gone') this.#chat.refused(answer);
    if (outcome(answer.status) !== 'answered') return false;
    this.#chat.understood(answer.body.assessment);
    return true;
  }

  #askWipe() {
    const t = texts.tools;
    const yes = el('button', { type: 'button', class: 'button danger', onclick: () => this.#chat.wipe() }, t.wipeYes);
    const no = el('button', { type: 'button', class: 'button quiet', onclick: () => {
      this.#askWipe();
      this.#wipe.firstElementChild.focus();
    } }, t.wipeNo);
    const ask = el('button', { type: 'button', class: 'button quiet', onclick: () => {
      this.#wipe.replaceChildren(el('p', {}, t.wipeSure), yes, no);
      yes.focus();
    } }, t.wipe);
    this.#wipe.replaceChildren(ask);
  }

  #makeEasy() {
    if (this.#chat.isEasy) this.#chat.choose('/simpler:off', texts.tools.easyOffSaid);
    else this.#chat.choose('/simpler', texts.tools.easySaid);
    this.refresh();
  }

  /** Who reads with difficulty finds it under the text field, where nothing has to be opened. @param {boolean} isNear */
  #placeAloud(isNear) {
    const { button } = this.#aloud;
    const place = isNear ? document.querySelector('.more-chip') : this.#easy;
    if (button.className === (isNear ? 'chip' : 'button quiet')) return;
    button.className = isNear ? 'chip' : 'button quiet';
    if (isNear) place?.before(button);
    else place.after(button);
  }

  #addChips() {
    const t = texts.chips;
    const side = byId('side');
    const more = el('button', { type: 'button', class: 'chip more-chip', 'aria-label': t.moreName, 'aria-expanded': 'false', 'aria-controls': 'side', onclick: () => {
      const isOpen = side.toggleAttribute('data-open');
      more.setAttribute('aria-expanded', String(isOpen));
      if (isOpen) side.scrollIntoView({ block: 'end' });
    } }, t.more);
    byId('chips').append(
      el('button', { type: 'button', class: 'chip', onclick: () => this.#someoneIsHere() }, t.someone),
      el('button', { type: 'button', class: 'chip', onclick: (event) => this.#unfree(event.currentTarget) }, t.unfree),
      more);
  }

  /** One tap says it, the next takes it back. A person reads the signal; the bot has to be told in the chat. */
  #unfree(chip) {
    const isUnfree = chip.textContent === texts.chips.unfree;
    this.#aloud.stop();
    chip.textContent = isUnfree ? texts.chips.free : texts.chips.unfree;
    this.#chat.signal(isUnfree ? 'cannot_talk_freely' : 'free');
    if (this.#chat.facts.state === 'with_counsellor') this.#chat.view.note(isUnfree ? texts.unfreeTold : texts.freeTold);
    else if (isUnfree && !this.#unfreeSaid) this.#chat.choose('/cannot_talk', texts.unfreeSaid);
    else if (!isUnfree) this.#chat.view.note(texts.freeNoted);
    this.#unfreeSaid ||= isUnfree;
  }

  /** Somebody came in: the conversation is out of sight until the visitor says so. */
  #someoneIsHere() {
    const back = el('button', { type: 'button', class: 'button quiet', onclick: () => {
      cover.remove();
      byId('page').inert = false;
      delete document.documentElement.dataset.covered;
      this.#chat.signal('back');
      this.#chat.view.focus();
    } }, texts.covered.back);
    const cover = el('section', { class: 'cover' }, el('p', {}, texts.covered.title), back);
    document.documentElement.dataset.covered = '';
    byId('page').inert = true;
    byId('page').before(cover);
    back.focus();
    this.#chat.signal('not_alone');
  }

  /** Following a link would end the chat, so our own pages open on top of it. */
  #keepPagesHere() {
    document.addEventListener('click', async (event) => {
      /** @type {HTMLElement | null} */
      const link = event.target instanceof Element ? event.target.closest('a[href^="/visitor/"]') : null;
      if (!link || document.documentElement.dataset.ended) return;
      event.preventDefault();
      const { read } = await import('./reading.mjs');
      read(link.getAttribute('href'), link);
    });
  }
}

/** What was understood, in a few words. */
function summary(assessment) {
  const said = (name) => panel.fields[name].values[assessment[name]];
  const labelled = ['relation', 'age_band', 'children_present', 'duration']
    .map((name) => said(name) && `${panel.fields[name].label} ${said(name)}`);
  const about = assessment.topics.map((topic) => panel.topicNames[topic]);
  const region = assessment.region && `${panel.region}: ${regionName(assessment.region)}`;
  return [said('role'), ...about, said('urgency'), ...labelled, region].filter(Boolean);
}

function select(name, field, value, change) {
  const id = `field-${name}`;
  const none = Object.entries(field.values).find(([, title]) => title === null)?.[0] ?? '';
  const options = [el('option', { value: none }, panel.unknown)];
  for (const [code, title] of Object.entries(field.values)) {
    if (title !== null) options.push(el('option', { value: code, selected: code === value }, title));
  }
  const isLocked = name === 'urgency' && value === 'acute';
  const node = el('select', { id, disabled: isLocked, 'aria-describedby': isLocked ? `${id}-why` : null,
    onchange: (event) => change({ [name]: event.target.value || null }) }, ...options);
  return el('div', { class: 'field' }, el('label', { for: id }, field.label), node,
    isLocked ? el('p', { class: 'small', id: `${id}-why` }, panel.acute) : null);
}

function topics(chosen, change) {
  const shown = chosen.filter((topic) => panel.topicNames[topic]);
  const items = shown.map((topic) => {
    const title = panel.topicNames[topic];
    return el('li', {}, title, el('button', { type: 'button', 'aria-label': panel.remove(title),
      onclick: () => change({ topics: chosen.filter((other) => other !== topic) }) }, '×'));
  });
  const rest = Object.entries(panel.topicNames).filter(([topic]) => !chosen.includes(topic));
  const add = el('select', { id: 'field-topics', onchange: (event) => change({ topics: [...chosen, event.target.value] }) },
    el('option', { value: '' }, panel.addFirst), ...rest.map(([code, title]) => el('option', { value: code }, title)));
  return el('div', { class: 'field' }, el('p', { class: 'label' }, panel.topics),
    items.length ? el('ul', { class: 'tags', role: 'list' }, ...items) : null,
    el('label', { for: 'field-topics', class: 'small' }, panel.add), add);
}

/** @param {string} id */
export function regionName(id) {
  return panel.regionNames[id] ?? id.split('-').map((part) => part[0].toUpperCase() + part.slice(1)).join('-');
}

function region(id, change) {
  const name = regionName(id);
  return el('div', { class: 'field' }, el('p', { class: 'label' }, panel.region), el('ul', { class: 'tags', role: 'list' },
    el('li', {}, name, el('button', { type: 'button', 'aria-label': panel.remove(name), onclick: () => change({ region: null }) }, '×'))));
}
