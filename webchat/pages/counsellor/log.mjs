/** The messages of one chat. It only grows; nothing in it is drawn twice. Must keep no words once it is wiped. */

import { button, el } from './dom.mjs';
import { chat as t } from './texts.nl.mjs';

const NEAR_PX = 40;

/** @typedef {import('./store.mjs').Line} Line */

export class Log {
  node;
  scroll;
  /** What did not arrive yet, below the messages and outside what is read aloud. */
  pending = el('ul', { class: 'pending', role: 'list' });
  box;
  #shown = 0;
  #lastHistory = false;
  #following = true;
  #top = 0;
  #size;
  #newer;

  /** @param {string} name codename of the chat */
  constructor(name) {
    this.node = el('div', { class: 'log', role: 'log', 'aria-label': t.log(name), 'aria-live': 'off', 'aria-atomic': 'false' });
    this.#newer = button(t.newer, () => {
      this.#following = true;
      this.follow();
    }, 'newer');
    this.#newer.hidden = true;
    this.scroll = el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t.log(name) }, this.node, this.pending);
    this.scroll.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#size = new ResizeObserver(() => this.follow());
    this.#size.observe(this.scroll);
    this.box = el('div', { class: 'log-box' }, this.scroll, this.#newer);
  }

  /** @param {boolean} isHeard whether new lines are read aloud */
  attend(isHeard) {
    const live = isHeard ? 'polite' : 'off';
    if (this.node.getAttribute('aria-live') !== live) this.node.setAttribute('aria-live', live);
  }

  /** @param {readonly Line[]} lines all of the chat */
  refresh(lines) {
    const fresh = lines.slice(this.#shown);
    if (fresh.length === 0) return;
    for (const line of fresh) {
      const isHistory = line.type === 'message' && line.history === true;
      if (isHistory && this.#shown === 0) this.node.append(el('p', { class: 'part' }, t.historyStart));
      if (!isHistory && this.#lastHistory) this.node.append(el('p', { class: 'part' }, t.historyEnd));
      const node = lineNode(line);
      if (node) this.node.append(node);
      this.#lastHistory = isHistory;
      this.#shown += 1;
    }
    if (this.#following) this.follow();
    else this.#newer.hidden = false;
  }

  /** @param {import('./store.mjs').Pending[]} list @param {(id: string) => void} again @param {(id: string) => void} drop */
  waiting(list, again, drop) {
    const mark = list.map((one) => `${one.id}${one.state}`).join();
    if (this.pending.dataset.mark === mark) return;
    this.pending.dataset.mark = mark;
    this.pending.replaceChildren(...list.map((one) => el('li', { class: 'msg mine', 'data-state': one.state },
      el('span', { class: 'who' }, t.who.mine), el('span', { class: 'text' }, one.text, el('span', { class: 'meta' }, one.why || t.delivery[one.state])),
      one.state === 'failed' ? el('span', { class: 'row' }, button(t.again, () => again(one.id), 'button small'), button(t.drop, () => drop(one.id), 'button quiet small')) : null)));
    if (this.#following) this.follow();
  }

  /** Scrolls to the newest, unless somebody is reading further up. */
  follow() {
    if (this.#following) this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  wipe() {
    this.#size.disconnect();
    this.node.replaceChildren();
    this.pending.replaceChildren();
    this.box.replaceChildren();
  }

  /** Only who scrolls up wants to stay there; a pane that gets smaller does not count. */
  #scrolled() {
    const top = this.scroll.scrollTop;
    if (this.#isAtEnd()) this.#following = true;
    else if (top < this.#top - 2) this.#following = false;
    if (this.#following) this.#newer.hidden = true;
    this.#top = top;
  }

  #isAtEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR_PX;
  }
}

/** @param {Line} line @returns {HTMLElement | null} */
function lineNode(line) {
  if (line.type === 'message') return message(line);
  if (line.type === 'state') return note(t.states[line.what]?.(line.name ?? t.who.colleague), 'state');
  if (line.type === 'flag') return note(t.flagged, 'flag');
  const signal = t.signals[line.kind];
  return note(signal && line.text ? `${signal} “${line.text}”` : signal, 'signal');
}

const note = (text, kind) => (text ? el('p', { class: `event ${kind}` }, text) : null);

/** @param {Line} line */
function message(line) {
  const who = line.mine ? t.who.mine : (line.from === 'counsellor' || line.from === 'colleague') && line.name ? line.name : t.who[line.from] ?? line.from;
  const at = line.at ? new Date(line.at) : null;
  const time = at && !Number.isNaN(at.valueOf()) ? at.toLocaleTimeString('nl-NL', { hour: '2-digit', minute: '2-digit' }) : '';
  const small = [line.unredacted ? t.unredacted : '', time].filter(Boolean).join(' · ');
  return el('p', { class: `msg ${line.mine ? 'mine' : line.from}`, 'data-history': line.history, 'data-unredacted': line.unredacted },
    el('span', { class: 'who' }, who), el('span', { class: 'text' }, line.text ?? '', small && el('span', { class: 'meta' }, small)));
}
