/** Who waits, in the order of the gateway. Must show of a visitor only what they chose. */

import { preview } from './card.mjs';
import { flags as flagNames, named, regions, urgencies } from './codes.nl.mjs';
import { button, clock, el, newId, words } from './dom.mjs';
import { bar, queue as t } from './texts.nl.mjs';

const FLASH_MS = 3000;

class Card {
  node;
  accept;
  #desk;
  #ticket;
  #card;
  #level = -1;
  #taking = false;
  #wait = el('span', { class: 'wait' });
  #loud = el('p', { class: 'loud' });
  #why;
  #body = el('div', { class: 'card-body' });

  constructor(card, desk) {
    this.#desk = desk;
    this.#ticket = card.ticket;
    this.#why = el('p', { class: 'why', id: newId() });
    this.accept = button(t.accept, () => this.#claim(), 'button accept', { 'aria-describedby': this.#why.id });
    this.node = el('li', { class: 'card', 'data-ticket': card.ticket }, this.#body, this.#loud, el('div', { class: 'card-act' }, this.accept, this.#why));
    this.refresh(card);
  }

  refresh(card) {
    this.#card = card;
    this.node.dataset.urgency = card.danger ? 'acute' : card.urgency;
    const head = el('div', { class: 'card-head' }, el('h3', {}, card.codename), this.#wait);
    const tags = el('ul', { class: 'tags', role: 'list' }, ...tagsOf(card));
    const back = card.overdue ? t.overdue : t.returned[card.returned];
    const place = card.elsewhere ? t.elsewhere : card.region && !card.card ? named(regions, card.region) : null;
    const lines = card.card ? preview(card.card) : null;
    const shown = lines === null ? [el('p', { class: 'hint' }, t.noCardYet)]
      : lines.length ? [el('p', { class: 'hint' }, t.chosen), el('ul', { class: 'chosen', role: 'list' }, ...lines.slice(0, 5).map((line) => el('li', {}, line)))]
        : [el('p', { class: 'hint' }, t.noCard)];
    this.#body.replaceChildren(head, tags, ...(back ? [el('p', { class: 'back' }, back)] : []), ...(place ? [el('p', { class: 'region' }, place)] : []), ...shown);
    this.accept.setAttribute('aria-label', t.acceptName(card.codename));
    this.accept.toggleAttribute('data-off', !card.may_claim);
    if (card.may_claim) this.accept.removeAttribute('aria-disabled');
    else this.accept.setAttribute('aria-disabled', 'true');
    const why = card.may_claim ? '' : (t.whyNot[card.why_not] ?? card.why_not ?? '');
    const me = this.#desk.store.me;
    words(this.#why, card.why_not === 'hands-full' && me ? `${why} (${bar.load(me.load, me.most)})` : why);
    this.tick();
  }

  tick() {
    const { store } = this.#desk;
    words(this.#wait, t.waits(clock(store.since(this.#card.waited_seconds))));
    const level = store.level(this.#card);
    if (level === this.#level) return;
    if (level > this.#level && level > 0) {
      // It catches the eye for a moment, not for as long as somebody waits.
      this.node.setAttribute('data-flash', '');
      setTimeout(() => this.node.removeAttribute('data-flash'), FLASH_MS);
    }
    this.#level = level;
    this.node.dataset.level = String(level);
    words(this.#loud, this.#card.danger && level === 3 && store.since(this.#card.waited_seconds) < 120 ? '' : t.levels[level]);
  }

  async #claim() {
    if (this.#taking || !this.#card.may_claim) return;
    this.#taking = true;
    words(this.accept, t.taking);
    const why = await this.#desk.claim(this.#ticket);
    this.#taking = false;
    words(this.accept, t.accept);
    if (why) words(this.#why, why);
  }
}

/** @param {{urgency: string, danger: boolean, flags: string[], card: any, severe?: boolean}} card */
export function tagsOf(card) {
  const urgency = card.danger ? 'acute' : card.urgency;
  const tags = urgency === 'none' ? [] : [el('li', { class: 'tag', 'data-urgency': urgency }, urgencies[urgency] ?? urgency)];
  if (card.card?.role === 'child') tags.push(el('li', { class: 'tag child' }, 'Kind'));
  for (const flag of card.flags) if (flagNames[flag]) tags.push(el('li', { class: 'tag flag' }, flagNames[flag]));
  return tags;
}

export class Queue {
  node;
  #desk;
  /** @type {Map<string, Card>} */
  #cards = new Map();
  #count = el('span', { class: 'count' });
  #notes = el('div', { class: 'notes' });
  #list = el('ul', { class: 'cards', role: 'list', 'aria-labelledby': 'queue-title' });
  #empty = el('div', { class: 'nothing' }, el('p', {}, t.empty), el('p', { class: 'hint' }, t.emptyText));

  /** @param {import('./desk.mjs').Desk} desk */
  constructor(desk) {
    this.#desk = desk;
    this.node = el('section', { class: 'queue', 'aria-labelledby': 'queue-title' },
      el('header', {}, el('h2', { id: 'queue-title', tabindex: -1 }, t.title), this.#count), this.#notes, this.#empty, this.#list);
  }

  focus() {
    const first = this.#cards.values().next().value;
    if (first) first.accept.focus();
    else /** @type {HTMLElement} */ (this.node.querySelector('h2')).focus();
  }

  refresh() {
    const { store } = this.#desk;
    const waiting = new Set(store.queue.map((card) => card.ticket));
    for (const [ticket, card] of this.#cards) {
      if (waiting.has(ticket)) continue;
      if (card.node.contains(document.activeElement)) /** @type {HTMLElement} */ (this.node.querySelector('h2')).focus({ preventScroll: true });
      card.node.remove();
      this.#cards.delete(ticket);
    }
    for (const card of store.queue) {
      const found = this.#cards.get(card.ticket);
      if (found) found.refresh(card);
      else this.#cards.set(card.ticket, new Card(card, this.#desk));
    }
    this.#order(store.queue.map((card) => this.#cards.get(card.ticket)));
    words(this.#count, t.count(store.queue.length));
    this.#empty.hidden = store.queue.length > 0;
    this.#notices(store);
  }

  tick() {
    for (const card of this.#cards.values()) card.tick();
  }

  /** Moves only what is not in its place: moving takes the focus away. @param {Card[]} cards */
  #order(cards) {
    const focused = document.activeElement;
    cards.forEach((card, index) => {
      if (this.#list.children[index] !== card.node) this.#list.insertBefore(card.node, this.#list.children[index] ?? null);
    });
    if (focused instanceof HTMLElement && this.#list.contains(focused) && document.activeElement !== focused) focused.focus({ preventScroll: true });
    this.#cards = new Map(cards.map((card) => [card.node.dataset.ticket, card]));
  }

  #notices(store) {
    const notes = store.help.map((call) => el('p', { class: 'note help' }, t.helpAsked(call.name, call.codename)));
    const open = store.chats.filter((chat) => chat.as === 'holder').length;
    if (store.me?.status === 'leaving' && open) notes.push(el('p', { class: 'note' }, bar.leaving(open)));
    if (store.me?.pause_offered) notes.push(this.#pause(store));
    if (this.#notes.textContent !== notes.map((note) => note.textContent).join('')) this.#notes.replaceChildren(...notes);
  }

  #pause(store) {
    const free = store.colleagues.filter((one) => one.status === 'available' && one.load < one.most);
    return el('div', { class: 'note pause' }, el('h3', {}, bar.pause.title), el('p', {}, free.length ? bar.pause.text : bar.pause.nobody),
      free.length ? el('p', {}, free.map((one) => one.name).join(', ')) : null,
      el('p', { class: 'row' }, button(bar.pause.go, () => this.#desk.status('pause'), 'button'), button(bar.pause.on, () => this.#desk.status('available'), 'button quiet')));
  }
}
