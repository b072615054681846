/** Where the chat meets what a person in it needs, loaded when first wanted: most chats never do. Must keep the order of events. */

import { texts } from './texts.nl.mjs';

const TALK_CARD = '/tell_more:praatkaart-';
const ALONE = ['bot', 'start', 'ended'];

export class AtDesk {
  #chat;
  /** @type {Promise<import('./person.mjs').Person> | null} */
  #person = null;
  #tries = 0;

  /** @param {import('./chat.mjs').Chat} chat */
  constructor(chat) {
    this.#chat = chat;
  }

  /** In the order in which they came: each waits for the same load. @param {string} act of `Person` */
  async act(act, ...news) {
    const person = await this.#load();
    await person?.[act](...news);
  }

  /** @param {'enterCode' | 'returnCode' | 'callCode' | 'leaveQuestion'} act a box for a code of four words */
  async code(act) {
    if (await this.#load()) (await import('./codes.mjs'))[act](this.#chat);
  }

  /** Who answers from now on. @param {import('./company.mjs').Became} news @param {string} before */
  became(news, before) {
    if (this.#person || !ALONE.includes(news.state)) this.act('became', news, before);
  }

  /** What one answer brings beside its words. @param {import('./conversation.mjs').Outgoing} message */
  async after(message, { state, replies, redacted_kinds: kinds }) {
    if (state === 'with_counsellor' && message.text && !message.anyway && kinds?.length) this.act('leftOut', message.text, kinds);
    const card = message.choice?.startsWith(TALK_CARD) ? replies.find(({ kind }) => kind === 'answer') : null;
    if (!card || !(await this.#load())) return;
    const { againButton, showTalkCard } = await import('./praatkaart.mjs');
    const focus = () => this.#chat.view.focus();
    this.#chat.view.note(texts.talkCard, againButton(card.text, focus));
    showTalkCard(card.text, focus);
  }

  /** A message that somebody wrote, or this visitor in another window. */
  message(data) {
    const { facts, view } = this.#chat;
    if (data.from === 'visitor') {
      const said = data.text ?? facts.titles.get(data.choice);
      if (said) view.message('visitor', said);
      return;
    }
    view.message(data.from, data.text, texts.byPerson(data));
    this.act('typed');
  }

  /** A failed load is tried again under another address: browsers remember the failure. */
  async #load() {
    this.#person ??= import(`./person.mjs${this.#tries ? `?again=${this.#tries}` : ''}`).then(async ({ Person, styled }) => {
      await styled;
      return new Person(this.#chat);
    });
    try {
      return await this.#person;
    } catch {
      this.#person = null;
      this.#tries += 1;
      this.#chat.view.say(texts.notLoaded, 'bad');
      return null;
    }
  }
}
