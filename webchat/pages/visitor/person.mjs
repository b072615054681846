/** Everything between the visitor and a person: asking, waiting, the soft call, consent, who is there. Must send only what was chosen. */

import { box, button, call, close, enter, find, row } from './boxes.mjs';
import { cardForm, leftOut } from './card.mjs';
import { Company } from './company.mjs';
import { anyway, ask, codes as codeTexts, company as words, consent, nobody, offer } from './texts-person.nl.mjs';
import { el } from './view.mjs';
import { closeWaitingRoom, isOpen, openWaitingRoom, showPlace } from './waiting.mjs';

export { styled } from './boxes.mjs';

const PATH = '/chats/current/handover';
const CONSENTS = '/chats/current/consents';
const TYPING_SHOWN_MS = 10_000;

/** @param {string | null | undefined} region where somebody would be needed */
const availability = (region) => `/availability${region ? `?region=${encodeURIComponent(region)}` : ''}`;

/** Who is there and who waits, in words. @param {{elsewhere?: boolean, waiting?: number}} there @param {boolean} isChild */
function presenceWords(there, isChild) {
  const free = there.elsewhere ? (isChild ? ask.elsewhereChild : ask.elsewhere) : ask.free;
  return `${free} ${there.waiting ? ask.busy(there.waiting) : ask.nobodyWaits}`;
}

export class Person {
  #chat;
  #company = new Company();
  /** @type {{card: object | null, redacted_kinds: string[]} | null} the answer to the visitor's own request */
  #asked = null;
  #typing;

  /** @param {import('./chat.mjs').Chat} chat */
  constructor(chat) {
    this.#chat = chat;
  }

  /** The visitor wants a person: who is there is looked at first, then comes the card. */
  async ask() {
    const { facts } = this.#chat;
    const open = find('waiting') ?? find('with');
    if (facts.state === 'waiting' && open) return enter(open);
    const there = await this.#chat.call('GET', availability(facts.assessment?.region));
    if (there.status === 0) return this.#chat.refused(there);
    // Nobody there: no card to fill in for nothing. The gateway answers with the numbers that are open now, for whom it is.
    if (!there.body?.available) return this.#send(facts.isChild ? { role: 'child' } : {});
    return this.#offerCard(there.body);
  }

  /** A code for the phone, also when nobody is in the chat. */
  async callCode() {
    const { callCode } = await import('./codes.mjs');
    callCode(this.#chat);
  }

  /** @param {import('./company.mjs').Became} data @param {string} before the state until now */
  became(data, before) {
    // An answer may come in after the events that followed it, and says nothing new then.
    if (data.state === before && !data.why) return;
    const isAnother = this.#company.became(data);
    clearTimeout(this.#typing);
    if (data.state === 'with_counsellor') {
      close('offer', 'card', ...(isAnother ? ['consent'] : []));
      this.#closeWaitingRoom();
      this.#showCompany();
      return;
    }
    close('offer', 'consent', 'with');
    // Nobody is there any more to send these to.
    for (const acts of document.querySelectorAll('.anyway')) acts.remove();
    if (data.state === 'waiting') {
      close('card', 'nobody');
      if (!isOpen()) this.#openWaitingRoom();
      return;
    }
    this.#asked = null;
    this.#closeWaitingRoom();
    if (data.state === 'bot' && before === 'with_counsellor') this.#chat.view.say(words.botAgain);
  }

  /** @param {import('./company.mjs').Queue} queue */
  queue(queue) {
    close('offer');
    if (this.#chat.facts.state === 'waiting' && !isOpen()) this.#openWaitingRoom();
    this.#showPlace(queue);
  }

  /** Somebody is there: the soft call. @param {{name?: string}} data */
  offer(data) {
    this.#showPlace(null);
    const say = async (method, path) => {
      if (await this.#answered(made, method, path, method === 'POST' ? {} : undefined)) this.#chat.view.focus();
    };
    const made = call('offer', offer.title, data.name ? el('p', { class: 'small' }, offer.named(data.name)) : null,
      row(button(offer.yes, () => say('POST', `${PATH}/accept`), 'button'), button(offer.no, () => say('DELETE', PATH))));
    this.#chat.view.tell(offer.title);
  }

  /** @param {{id: string, kind: string, open?: boolean, text: string}} question the gateway asks, or takes back */
  consent(question) {
    if (question.open === false) {
      close('consent');
      return;
    }
    const isBot = question.kind === 'to_bot';
    const say = async (answer) => {
      if (await this.#answered(made, 'POST', CONSENTS, { id: question.id, answer })) this.#chat.view.focus();
    };
    const made = call('consent', question.text, row(
      button(isBot ? consent.yesBot : consent.yes, () => say('yes'), 'button'), button(isBot ? consent.noBot : consent.no, () => say('no'))));
    this.#chat.view.tell(question.text);
  }

  /** Somebody types; never what. */
  typing() {
    const { view } = this.#chat;
    const line = words.types(this.#company.holder ?? words.unknown);
    view.say(line.charAt(0).toUpperCase() + line.slice(1));
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.typed(), TYPING_SHOWN_MS);
  }

  /** Nobody types any more. */
  typed() {
    clearTimeout(this.#typing);
    const line = words.types(this.#company.holder ?? words.unknown);
    this.#chat.view.unsay(line.charAt(0).toUpperCase() + line.slice(1));
  }

  /** Something was taken out of a message to a person: the visitor may send it all the same. @param {string} text as typed @param {string[]} kinds */
  leftOut(text, kinds) {
    const { view } = this.#chat;
    const settle = (said) => {
      acts.replaceChildren(said);
      acts.removeAttribute('class');
      view.focus();
    };
    const acts = el('div', { class: 'anyway' }, el('p', {}, anyway.why(this.#company.readers)), row(
      button(anyway.send, () => {
        settle(anyway.sent);
        this.#chat.sayAnyway(text);
      }), button(anyway.keep, () => settle(''))));
    view.note(anyway.left(leftOut(kinds)), acts);
  }

  #offerCard(there) {
    const { facts, view } = this.#chat;
    const isChild = facts.isChild;
    const give = async (card) => {
      const send = form.querySelector('.act .button');
      send.disabled = true;
      // What was filled in stays until the gateway has it.
      if (await this.#send(card)) close('card');
      send.disabled = false;
    };
    const cancel = () => {
      close('card');
      view.focus();
    };
    const form = cardForm({ isChild, assessment: facts.assessment, withConversation: true, title: isChild ? ask.sendChild : ask.send }, give, cancel);
    const presence = el('p', {}, presenceWords(there, isChild));
    form.addEventListener('change', async ({ target }) => {
      if (target.name !== 'region') return;
      const now = await this.#chat.call('GET', availability(target.value));
      if (now.status !== 200) return;
      presence.textContent = now.body.available ? presenceWords(now.body, isChild) : nobody.title;
      view.tell(presence.textContent);
    });
    enter(box('card', ask.title, presence,
      el('ul', {}, ...(isChild ? ask.linesChild : ask.lines).map((line) => el('li', {}, line))), form));
  }

  /** @returns {Promise<boolean>} whether the gateway took it, or said that nobody is there */
  async #send(card) {
    const said = await this.#chat.call('POST', PATH, { card });
    if (said.status !== 202) {
      this.#chat.refused(said);
      const isNobody = said.status === 409 && Boolean(said.body?.replies?.length);
      if (isNobody) this.#nobodyThere();
      return isNobody;
    }
    const replies = said.body.replies ?? [];
    this.#asked = said.body;
    this.#chat.show(replies);
    this.#chat.became({ state: said.body.state });
    const waiting = this.#openWaitingRoom();
    if (!find('offer')) this.#showPlace(said.body.queue);
    // A card about danger is not pushed out of sight.
    if (waiting && replies.every(({ kind }) => kind !== 'danger')) enter(waiting);
    else this.#chat.view.focus();
    return true;
  }

  #closeWaitingRoom() {
    closeWaitingRoom();
    // What was read out about it does not hold any more.
    this.#chat.view.tell('');
  }

  #showPlace(queue) {
    showPlace(queue, (words) => this.#chat.view.tell(words));
  }

  #nobodyThere() {
    const go = (act) => async () => {
      close('nobody');
      (await import('./codes.mjs'))[act](this.#chat);
    };
    box('nobody', nobody.title, el('p', {}, nobody.text), row(button(nobody.question, go('leaveQuestion')), button(nobody.call, go('callCode')),
      button(nobody.stay, () => {
        close('nobody');
        this.#chat.view.focus();
      })));
    this.#chat.view.settle();
  }

  #openWaitingRoom() {
    if (this.#chat.facts.state !== 'waiting') return null;
    const stop = async () => {
      const made = find('waiting');
      if (made && await this.#answered(made, 'DELETE', PATH)) this.#chat.view.focus();
    };
    const made = openWaitingRoom({ isChild: this.#chat.facts.isChild, stop, callCode: () => this.callCode() }, this.#asked);
    this.#chat.view.settle();
    return made;
  }

  /** One answer to a box: it goes when the gateway took it, and stays when the line is away. @returns {Promise<boolean>} */
  async #answered(made, method, path, body) {
    const buttons = [...made.querySelectorAll('button')];
    if (buttons.some((one) => one.disabled)) return false;
    for (const one of buttons) one.disabled = true;
    const said = await this.#chat.call(method, path, body);
    for (const one of buttons) one.disabled = false;
    const isLost = said.status === 0 || said.status === 429 || said.status >= 500;
    if (!isLost) made.remove();
    if (said.status === 0 || said.status >= 400) this.#chat.refused(said);
    if (isLost && said.status !== 0) this.#chat.view.say(said.body?.detail ?? codeTexts.failed, 'bad');
    return !isLost;
  }

  /** Who has the chat, all the time, where it cannot scroll away. */
  #showCompany() {
    const { view } = this.#chat;
    view.choices([], () => undefined);
    const guests = [...this.#company.guests].map(([name, isWriting]) => el('span', {}, isWriting ? words.writes(name) : words.reads(name)));
    const names = el('p', { class: 'names' }, el('strong', {}, words.with(this.#company.holder ?? words.unknown)), ...guests);
    const away = el('p', { class: 'away' });
    const calm = () => away.replaceChildren(button(words.toBot, sure, 'text'));
    const sure = () => {
      away.replaceChildren(words.toBotSure, ' ', button(words.toBotYes, () => this.#answered(line, 'DELETE', PATH)), button(words.toBotNo, () => {
        calm();
        away.querySelector('button')?.focus();
      }));
      away.querySelector('button')?.focus();
    };
    calm();
    close('with');
    const line = el('div', { class: 'ask with', 'data-box': 'with', role: 'group', 'aria-label': words.with(this.#company.holder ?? words.unknown) }, names, away);
    document.getElementById('chips')?.before(line);
  }
}
