/** One chat on the screen: who, what is said, what can be done. Must show nothing of it once it is over. */

import { actionsOf } from './actions.mjs';
import { wholeCard } from './card.mjs';
import { Composer, whyNot } from './composer.mjs';
import { button, clock, el, newId, words } from './dom.mjs';
import { Log } from './log.mjs';
import { notesOf } from './notes.mjs';
import { showProcedure } from './procedure.mjs';
import { tagsOf } from './queue.mjs';
import { regionCard } from './region.mjs';
import { chat as t } from './texts.nl.mjs';
import { WrapUp } from './wrapup.mjs';

export class Pane {
  node;
  name = '';
  #ticket;
  #desk;
  #me;
  #chat;
  #log;
  #composer;
  #actions;
  #title = el('h3', { id: newId(), tabindex: -1 });
  #number = el('span', { class: 'number' });
  #tags = el('ul', { class: 'tags', role: 'list' });
  #timer = el('span', { class: 'timer' });
  #notes = el('div', { class: 'pane-notes' });
  #info = el('aside', { class: 'info', id: newId(), tabindex: 0, hidden: true });
  #infoButton;
  #alarm;
  #region = '';
  #wrapUp = null;
  #greeted = false;
  #infoChosen = false;

  /** @param {string} ticket @param {import('./desk.mjs').Desk} desk @param {any} me the account */
  constructor(ticket, desk, me) {
    this.#ticket = ticket;
    this.#desk = desk;
    this.#me = me;
    const chat = desk.store.chat(ticket);
    this.name = chat.codename;
    this.#log = new Log(chat.codename);
    this.#composer = new Composer(desk.canned, {
      send: (text) => desk.send(ticket, text), typing: () => desk.call('POST', `/chats/${ticket}/typing`),
      closedOnly: () => this.#chat.flags.includes('cannot_talk_freely'),
    });
    this.#actions = actionsOf(ticket, desk, chat.codename);
    this.#infoButton = button(t.info, () => this.toggleInfo(), 'button quiet small', { 'aria-expanded': 'false', 'aria-controls': this.#info.id });
    this.#alarm = button(t.procedure, () => this.procedure(), 'button quiet small alarm');
    const head = el('header', { class: 'pane-head' }, this.#number, this.#title, this.#tags, this.#timer, this.#infoButton, this.#alarm);
    this.node = el('section', { class: 'pane', 'aria-labelledby': this.#title.id, 'data-ticket': ticket }, head, this.#notes,
      el('div', { class: 'pane-body' }, this.#log.box, this.#info), this.#composer.node, this.#actions.node);
    this.node.addEventListener('focusin', () => desk.focusOn(ticket));
    this.node.addEventListener('pointerdown', () => desk.focusOn(ticket));
  }

  /** Whether it ended here, and was told so. */
  get isOver() {
    return this.#wrapUp !== null;
  }

  /** Whether this is a colleague's chat. */
  get isReading() {
    return this.#chat?.as !== 'holder';
  }

  /** @param {import('./store.mjs').Chat} chat @param {number} number @param {boolean} isOnly whether there is room for more */
  refresh(chat, number, isOnly) {
    const { store } = this.#desk;
    this.#chat = chat;
    words(this.#number, String(number));
    words(this.#title, chat.codename);
    if (chat.phase === 'ended') {
      this.#ended(chat);
      return;
    }
    this.node.dataset.as = chat.as;
    this.node.toggleAttribute('data-danger', chat.danger);
    this.node.toggleAttribute('data-away', chat.line === 'away');
    const tags = tagsOf({ ...chat, flags: [], urgency: chat.urgency === 'normal' ? 'none' : chat.urgency });
    if (this.#tags.textContent !== tags.map((tag) => tag.textContent).join('')) this.#tags.replaceChildren(...tags);
    const mayRead = chat.as !== 'invited';
    this.#log.box.hidden = !mayRead || chat.phase !== 'talking' && store.lines(this.#ticket).length === 0;
    this.#log.refresh(store.lines(this.#ticket));
    this.#log.waiting(store.pending(this.#ticket), (id) => this.#desk.again(this.#ticket, id), (id) => {
      store.drop(this.#ticket, id);
      this.#desk.changed();
    });
    this.#composer.refresh(whyNot(store, chat), mayRead && (chat.as === 'holder' || store.maySpeak(this.#ticket)));
    this.#actions.refresh(chat);
    this.#alarm.hidden = !mayRead;
    if (!this.#infoChosen) this.#openInfo(isOnly || !mayRead);
    this.#showNotes(chat);
    this.#showInfo(chat);
    this.tick();
  }

  /** Once a second. */
  tick() {
    const chat = this.#chat;
    if (!chat || chat.phase === 'ended') return;
    const { store } = this.#desk;
    const waits = store.since(chat.waits_since_seconds);
    const [typing] = store.typing(this.#ticket);
    const silence = waits !== null ? t.waitsSince(clock(waits)) : chat.phase === 'talking' && chat.as !== 'invited' ? t.answered : '';
    words(this.#timer, typing ? t.typing[typing] : silence);
    this.#timer.toggleAttribute('data-long', !typing && waits !== null && waits >= 60);
    for (const away of this.#notes.querySelectorAll('[data-away-since]')) words(away, t.away(clock(store.since(chat.away_seconds))));
  }

  /** @param {boolean} isHeard */
  attend(isHeard) {
    this.node.toggleAttribute('data-focus', isHeard);
    this.#log.attend(isHeard);
  }

  /** A chat that was just taken gets the focus, once. @param {string} focused ticket */
  welcome(focused) {
    if (this.#greeted) return;
    this.#greeted = true;
    const at = document.activeElement;
    if (focused === this.#ticket && (!at || at === document.body || at.matches('.place, #queue-title, h3') || !at.isConnected)) this.focus();
  }

  focus() {
    if (this.#wrapUp) this.#wrapUp.focus();
    else if (!this.#composer.node.hidden) this.#composer.focus();
    else this.#title.focus({ preventScroll: true });
  }

  follow() {
    this.#log.follow();
  }

  toggleInfo() {
    this.#infoChosen = true;
    this.#openInfo(this.#info.hidden);
  }

  procedure() {
    if (this.#chat.phase !== 'ended' && this.#chat.as !== 'invited') showProcedure((line) => this.#composer.insert(line));
  }

  /** Nothing of the chat stays in the page. */
  wipe() {
    this.#composer.wipe();
    this.#log.wipe();
    this.#wrapUp = null;
    this.node.replaceChildren();
    this.node.remove();
  }

  #openInfo(isOpen) {
    this.#info.hidden = !isOpen;
    this.#infoButton.setAttribute('aria-expanded', String(isOpen));
  }

  #showNotes(chat) {
    const notes = notesOf(chat, this.#desk, this.#ticket);
    const mark = notes.map((note) => note.textContent).join('|');
    if (this.#notes.dataset.mark === mark) return;
    this.#notes.dataset.mark = mark;
    const hadFocus = this.#notes.contains(document.activeElement);
    this.#notes.replaceChildren(...notes);
    if (hadFocus) this.focus();
    this.#log.follow();
  }

  #showInfo(chat) {
    const mark = `${JSON.stringify(chat.card)}${chat.region}`;
    if (this.#region === mark) return;
    this.#region = mark;
    const mayEdit = this.#me.roles.includes('coordinator');
    this.#info.replaceChildren(el('h4', {}, t.info), wholeCard(chat.card), regionCard(chat.region, (...args) => this.#desk.call(...args), mayEdit));
    this.#info.setAttribute('aria-label', `${t.info} ${chat.codename}`);
  }

  #ended(chat) {
    if (this.#wrapUp) return;
    const hadFocus = this.node.contains(document.activeElement) || document.activeElement === document.body;
    this.#composer.wipe();
    this.#log.wipe();
    this.node.dataset.as = 'ended';
    for (const name of ['data-danger', 'data-away']) this.node.removeAttribute(name);
    this.#wrapUp = new WrapUp(chat, this.#desk);
    this.node.replaceChildren(el('header', { class: 'pane-head' }, this.#number, this.#title), this.#wrapUp.node);
    if (hadFocus) this.focus();
  }
}
