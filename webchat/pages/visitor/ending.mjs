/** Watches when the chat ends by itself, warns in time and lets the visitor put it off. Must not end it. */

import { outcome } from './conversation.mjs';
import { texts } from './texts.nl.mjs';

const TICK_MS = 5000;

export class Ending {
  #chat;

  /** @param {import('./chat.mjs').Chat} chat */
  constructor(chat) {
    this.#chat = chat;
    setInterval(() => this.#tick(), TICK_MS);
  }

  /** @returns {string} when the chat goes by itself, as the clock of this device says it; empty when not known */
  get time() {
    const { deadline } = this.#chat.facts;
    if (!Number.isFinite(deadline)) return '';
    return new Date(deadline).toLocaleTimeString('nl-NL', { hour: '2-digit', minute: '2-digit' });
  }

  /** Asks the gateway how long the chat has: another window may have put it off. */
  async look() {
    const answer = await this.#chat.call('GET', '/chats/current');
    if (outcome(answer.status) === 'gone') this.#chat.refused(answer);
    if (outcome(answer.status) !== 'answered') return;
    this.#chat.facts.endsAt(answer.body.ends_at, answer.date, Date.now());
    this.#chat.refresh();
    this.#tick();
  }

  #tick() {
    const { facts, view, isOpen } = this.#chat;
    if (!isOpen) return;
    const left = facts.timeLeft(Date.now());
    if (left === 'over') this.look();
    else if (left === 'calm') view.warn(null, () => undefined);
    else view.warn(texts.warning(this.time), () => this.#stillHere());
  }

  async #stillHere() {
    await this.#chat.signal('still_here');
    await this.look();
  }
}
