/** What the conversation looks like: messages, cards, quick replies and the state line. Must send nothing and decide nothing. */

import { addressChild } from './address-form.mjs';
import { left } from './conversation.mjs';
import { texts } from './texts.nl.mjs';
import { withRegion } from './organisation.mjs';

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);
const NEAR_PX = 120;
const GAP_PX = 12;
const NEWER_PX = 64;
const SAME_TURN_MS = 2000;
const QUIET_MS = 3000;

/** Pictures by payload, the most exact first. */
const PICTURES = [
  ['/about_self', 'ik'], ['/about_other', 'ander'], ['/correct_person', 'ander'], ['/i_am_child', 'jong'],
  ['/affirm', 'ja'], ['/safe_now', 'ja'], ['/deny', 'nee'], ['/stop', 'nee'], ['/dont_know', 'weetniet'], ['/skip', 'overslaan'],
  ['/handover', 'mens'], ['/human_request', 'mens'], ['/tell_more', 'meer'], ['/ask_number', 'bellen'],
  ['/ask_kindertelefoon', 'bellen'], ['/ask_call', 'bellen'], ['/feeling', 'gevoel'], ['/suicidality', 'gevoel'],
  ['/ask', 'weetniet'], ['/what', 'weetniet'], ['/region', 'thuis'],
];

/**
 * Makes an element. Text always goes in as text, never as markup.
 * @param {string} tag @param {Record<string, any>} [props] @param {...(Node | string | null)} children
 * @returns {any} an element of that tag
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** @param {string} payload */
export function picture(payload) {
  const found = PICTURES.find(([start]) => payload.startsWith(start))?.[1] ?? 'thuis';
  return el('img', { src: `/visitor/pictures/${found}.svg`, alt: '', width: 44, height: 44 });
}

export class View {
  #log = byId('log');
  #replies = byId('replies');
  #status = byId('status');
  /** @type {HTMLElement | null} what is kept in sight: the visitor's last words, or a card about danger */
  #anchor = null;
  #placed = 0;
  #added = 0;
  #more = null;
  #lastWho = '';

  constructor() {
    addEventListener('scroll', () => this.#isAtEnd() && this.#hideMore(), { passive: true });
    // Whatever the keyboard comes to stays clear of the dock, however much stands in it.
    new ResizeObserver(([{ target }]) => {
      document.documentElement.style.scrollPaddingBottom = getComputedStyle(target).position === 'sticky' ? `${target.clientHeight + NEWER_PX}px` : '0';
    }).observe(byId('dock'));
  }

  /** Shows the conversation instead of the first screen. */
  open() {
    byId('start').hidden = true;
    byId('chips').hidden = false;
    document.documentElement.dataset.open = '';
  }

  /** What the visitor said just now; that is always in sight. @param {string} words */
  own(words) {
    this.#placed = document.documentElement.scrollTop;
    this.#anchor = this.#add('visitor', 'visitor', [el('p', {}, words)]);
    this.#follow();
  }

  /** What came from the gateway. @param {'visitor' | 'counsellor' | 'colleague'} who @param {string} words @param {string} [name] of the speaker */
  message(who, words, name) {
    this.#add(who, who, [el('p', {}, words)], name);
  }

  /**
   * @param {import('./conversation.mjs').Reply} reply
   * @param {(payload: string, title: string) => void} choose
   */
  reply(reply, choose) {
    const isSystem = reply.kind === 'system' || reply.kind === 'redaction_notice';
    const body = reply.text.split(/\n{2,}/).map((part) => el('p', {}, part));
    const cards = reply.referrals.map((referral) => this.#card(referral, reply.kind, choose));
    if (cards.length) body.push(el('ul', { class: 'cards', role: 'list' }, ...cards));
    this.#add(isSystem ? 'system' : 'bot', reply.kind, body);
    if (reply.choices.length) this.choices(withRegion(reply.choices), choose);
  }

  /** @param {string} words something the page itself says, within the conversation @param {...Node} more below it */
  note(words, ...more) {
    this.#add('system', 'system', [el('p', {}, words), ...more]);
  }

  /** Something was put below the messages: somebody who is at the end stays there. */
  settle() {
    if (this.#isFollowing()) this.#follow();
  }

  /** A whole conversation comes back at once: it is there to read, but not read aloud. */
  quietly() {
    this.#log.setAttribute('aria-live', 'off');
    setTimeout(() => this.#log.setAttribute('aria-live', 'polite'), QUIET_MS);
  }

  /** @param {{title: string, payload: string}[]} choices @param {(payload: string, title: string) => void} choose */
  choices(choices, choose) {
    this.#replies.replaceChildren(...choices.map(({ title, payload }) => el(
      'button', { type: 'button', 'data-choice': payload, onclick: () => choose(payload, title) },
      picture(payload), el('span', {}, title),
    )));
    this.#replies.hidden = choices.length === 0;
    if (this.#isFollowing()) this.#follow();
  }

  /** @param {string} words for the one state line; empty when there is nothing to say @param {'' | 'bad'} tone */
  say(words, tone = '') {
    if (this.#line === words) return;
    this.#status.dataset.tone = tone;
    this.#status.textContent = words;
  }

  /** Takes a line away, if it is still there. @param {string} words */
  unsay(words) {
    if (this.#line === words) this.say('');
  }

  /** Reads out what stands elsewhere on the page. Two places that speak would talk at once. @param {string} words empty: no more */
  tell(words) {
    this.#status.querySelector('.unseen')?.remove();
    if (words) this.#status.append(el('span', { class: 'unseen' }, words));
  }

  get #line() {
    return this.#status.firstChild?.data ?? '';
  }

  /** How many characters are left, near the end. @param {string} text */
  count(text) {
    const shown = byId('count');
    // The page may have been emptied while this was on its way.
    if (!shown) return;
    const room = left(text);
    const isTooLong = room !== null && room < 0;
    shown.textContent = room === null ? '' : isTooLong ? texts.tooMany(-room) : texts.left(room);
    if (isTooLong) byId('text').setAttribute('aria-invalid', 'true');
    else byId('text').removeAttribute('aria-invalid');
  }

  /** @param {boolean} isChild @param {boolean} isEasy */
  mode(isChild, isEasy) {
    const root = document.documentElement;
    root.toggleAttribute('data-pictures', isChild || isEasy);
    root.toggleAttribute('data-child', isChild);
    addressChild(isChild);
  }

  /** A warning that the chat ends soon. @param {string | null} words @param {() => void} still */
  warn(words, still) {
    const place = byId('alert');
    if (words === null) place.replaceChildren();
    else if (!place.firstChild) {
      place.append(el('p', {}, words), el('button', { type: 'button', class: 'button', onclick: still }, texts.stillHere));
    }
  }

  /** Puts the focus back where people type; on a touch screen that would open the keyboard unasked. */
  focus() {
    if (matchMedia('(pointer: coarse)').matches) byId('talk').focus({ preventScroll: true });
    else byId('text').focus({ preventScroll: true });
  }

  /** The chat is over: nothing of it stays on the screen. @param {'wiped' | 'gone' | 'closed' | 'unsure'} why */
  ended(why) {
    const words = texts.ended[why];
    const root = document.documentElement;
    byId('text').value = '';
    this.say('');
    this.#hideMore();
    for (const id of ['replies', 'side', 'alert', 'log', 'chips']) byId(id).replaceChildren();
    for (const id of ['form', 'chips', 'replies', 'side']) byId(id).hidden = true;
    for (const name of ['data-child', 'data-pictures', 'data-open', 'data-covered']) root.removeAttribute(name);
    for (const box of document.querySelectorAll('.ask, .cover, .hint, .reading, .ended')) box.remove();
    byId('page').inert = false;
    byId('numbers').open = true;
    root.dataset.ended = why;
    const again = el('button', { type: 'button', class: 'button', onclick: () => location.reload() }, texts.ended.again);
    byId('talk').append(el('div', { class: 'ended' }, el('h1', { tabindex: -1 }, words.title), el('p', {}, words.text),
      el('p', {}, texts.ended.help), again));
    byId('talk').querySelector('h1').focus();
    root.scrollTop = 0;
  }

  /** @param {(answer: string) => void} answer one question with fixed answers, after the end */
  askFeedback(answer) {
    const box = document.querySelector('.ended');
    if (!box || box.querySelector('.feedback')) return;
    const t = texts.ended;
    const place = el('div', { class: 'feedback', role: 'group', 'aria-label': t.question }, el('p', {}, t.question),
      document.documentElement.dataset.ended === 'closed' ? el('p', { class: 'small' }, t.unseen) : null);
    for (const [code, title] of Object.entries(t.answers)) {
      place.append(el('button', { type: 'button', class: 'button quiet', onclick: () => {
        answer(code);
        place.replaceChildren(el('p', { tabindex: -1 }, t.thanks));
        place.firstElementChild.focus();
      } }, title));
    }
    box.append(place);
  }

  #add(who, kind, body, speaker = texts.who[who]) {
    const isFollowing = this.#isFollowing();
    const name = el('p', { class: this.#lastWho === speaker ? 'who again' : 'who' }, speaker);
    const node = el('div', { class: `msg ${who}`, 'data-kind': kind }, name, ...body);
    this.#log.append(node);
    this.#lastWho = speaker;
    const isNew = performance.now() - this.#added > SAME_TURN_MS;
    this.#added = performance.now();
    if (isFollowing) {
      if (isNew || kind === 'danger' || kind === 'emergency') this.#anchor = node;
      this.#follow();
    } else this.#showMore();
    return node;
  }

  /** Whether the visitor is where the page left them, and did not scroll up to read. */
  #isFollowing() {
    return this.#isAtEnd() || Math.abs(document.documentElement.scrollTop - this.#placed) < NEAR_PX;
  }

  #isAtEnd() {
    const root = document.documentElement;
    return root.scrollHeight - root.scrollTop - root.clientHeight < NEAR_PX;
  }

  /** Scrolls on, but never past the start of what is new: a long answer is read from its first line. */
  #follow() {
    const root = document.documentElement;
    const under = /** @type {HTMLElement} */ (document.querySelector('.top')).offsetHeight + GAP_PX;
    const start = this.#anchor ? this.#anchor.getBoundingClientRect().top + root.scrollTop - under : Infinity;
    root.scrollTop = Math.min(start, root.scrollHeight);
    this.#placed = root.scrollTop;
    if (this.#isAtEnd()) this.#hideMore();
    else this.#showMore();
  }

  #showMore() {
    if (this.#more) return;
    this.#more = el('button', { type: 'button', class: 'newer', onclick: () => {
      document.documentElement.scrollTop += innerHeight * 0.6;
      this.focus();
    } }, texts.newMessage);
    byId('dock').prepend(this.#more);
  }

  #hideMore() {
    this.#more?.remove();
    this.#more = null;
  }

  #card(referral, kind, choose) {
    const t = texts.card;
    if (referral.id === 'handover') {
      return el('li', { class: 'card' }, el('h2', {}, referral.name), referral.why ? el('p', {}, referral.why) : null,
        el('p', { class: 'act' }, el('button', { type: 'button', class: 'button', onclick: () => choose('/handover', t.ask) }, t.ask)));
    }
    const isDanger = referral.id === '112';
    const open = referral.open_now === null || isDanger ? null
      : el('span', { class: referral.open_now ? 'open' : 'closed' }, referral.open_now ? t.open : t.closed);
    const head = el('h2', {}, referral.name);
    const actions = el('p', { class: 'act' });
    if (referral.tel) {
      actions.append(el('a', { class: `button${isDanger ? ' danger' : ''}`, href: `tel:${referral.tel}` }, `${t.call} ${referral.phone ?? referral.tel}`));
    }
    if (referral.chat_url) {
      actions.append(el('a', { class: 'button quiet', href: referral.chat_url, target: '_blank', rel: 'noopener noreferrer nofollow' },
        t.chat, el('span', { class: 'unseen' }, t.newTab)));
    }
    const times = (referral.hours ?? '').replace(/^nu (open|dicht)[,;]? */i, '');
    const hours = isDanger || !(open || times) ? null : el('p', { class: 'hours' }, open, open && times ? ' ' : '', capital(times));
    const small = [referral.cost && costs(referral.cost), referral.trace_hint].filter(Boolean).join(' ');
    return el('li', { class: isDanger && (kind === 'danger' || kind === 'emergency') ? 'card urgent' : 'card' }, head,
      referral.why ? el('p', {}, referral.why) : null, hours, actions.childNodes.length ? actions : null,
      small ? el('p', { class: 'small' }, small) : null);
  }
}

/** @param {string} cost one word, or a sentence of its own */
const costs = (cost) => (cost.endsWith('.') ? capital(cost) : `${texts.card.cost}: ${cost}.`);

/** @param {string} words */
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
