/** Who is in the chat beside the visitor, and how places and times are put. Must touch no page and no network. */

import { waiting } from './texts-person.nl.mjs';

const ARRIVALS = ['began', 'transferred', 'taken_over'];
const MINUTE = 60;

/** @typedef {{place: number, typical_wait_seconds?: number | null, elsewhere?: boolean, returned?: boolean}} Queue */
/** @typedef {{state: string, name?: string | null, why?: string | null}} Became */

export class Company {
  /** @type {string | null} the counsellor who has the chat; null when the name is not known */
  holder = null;
  /** @type {Map<string, boolean>} colleagues who read along, and whether they may write too */
  guests = new Map();

  /** @param {Became} news from the gateway @returns {boolean} whether another person has the chat now, or none */
  became({ state, name, why }) {
    if (state !== 'with_counsellor') {
      this.holder = null;
      this.guests.clear();
      return true;
    }
    if (!name) return false;
    if (why === 'left') this.guests.delete(name);
    else if (why === 'joined' || why === 'speaks') this.guests.set(name, why === 'speaks');
    else {
      this.guests.delete(name);
      this.holder = name;
    }
    return ARRIVALS.includes(why ?? '');
  }

  /** @returns {string[]} everybody who reads what the visitor writes */
  get readers() {
    return [...(this.holder ? [this.holder] : []), ...this.guests.keys()];
  }
}

/** @param {number} seconds @returns {number} whole minutes, never none: a promise of "now" would not be honest */
const minutes = (seconds) => Math.max(1, Math.round(seconds / MINUTE));

/**
 * The card that goes along: only what was filled in, so that "liever niet zeggen" leaves nothing.
 * @param {Record<string, any>} filled
 */
export function cardOf(filled) {
  const kept = Object.entries(filled).filter(([, value]) => (Array.isArray(value) ? value.length : value));
  return Object.fromEntries(kept);
}

/** @param {Queue | null} queue null when somebody is there already @returns {string} an honest place and time */
export function placeWords(queue) {
  if (!queue) return waiting.soon;
  const seconds = queue.typical_wait_seconds ?? null;
  const first = queue.returned && queue.place === 1 ? waiting.front : waiting.place(queue.place);
  const typical = seconds === null ? waiting.unknown : waiting.typical(minutes(seconds));
  return [first, typical, queue.elsewhere ? waiting.elsewhere : ''].filter(Boolean).join(' ');
}

/** @param {Date} until @param {Date} now @returns {string} a time, with the day when that is not today */
export function moment(until, now) {
  const time = until.toLocaleTimeString('nl-NL', { hour: '2-digit', minute: '2-digit' });
  if (until.toDateString() === now.toDateString()) return time;
  return `${until.toLocaleDateString('nl-NL', { weekday: 'long', day: 'numeric', month: 'long' })}, ${time}`;
}
