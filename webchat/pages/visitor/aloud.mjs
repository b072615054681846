/** Reads the newest words aloud, with a voice of this device, each time that is asked. Must never begin by itself and hand no word to a voice elsewhere. */

import { texts } from './texts.nl.mjs';
import { el } from './view.mjs';

/** What the page marks when the conversation goes out of sight: left, over, covered, in the background. */
const OUT_OF_SIGHT = ['data-gone', 'data-ended', 'data-covered', 'data-hidden'];
const SPOKEN = 'p:not(.who, .act), h2, .act > *';

export class Aloud {
  #view;
  #speech = globalThis.speechSynthesis;
  /** One press by accident must not be heard: the first time it takes a second one. */
  #isSure = false;
  /** What is being read; kept, because some browsers forget it otherwise. @type {SpeechSynthesisUtterance[]} */
  #reading = [];
  /** Not there where no voice of this device speaks Dutch. */
  button = el('button', { type: 'button', hidden: true, onclick: () => this.#pressed() }, texts.tools.aloud);

  /** @param {import('./view.mjs').View} view */
  constructor(view) {
    this.#view = view;
    if (!this.#speech) return;
    this.#look();
    this.#speech.addEventListener('voiceschanged', () => this.#look());
    new MutationObserver(() => this.stop()).observe(document.documentElement, { attributeFilter: OUT_OF_SIGHT });
  }

  /** Silent at once. */
  stop() {
    if (!this.#reading.length) return;
    this.#reading = [];
    this.#speech.cancel();
    this.button.textContent = texts.tools.aloud;
  }

  #look() {
    this.button.hidden = !voice(this.#speech);
  }

  #pressed() {
    if (this.#reading.length) {
      this.stop();
      return;
    }
    if (this.#isSure) this.#read();
    else this.#view.say(texts.tools.aloudSure);
    this.#isSure = true;
  }

  #read() {
    const spoken = voice(this.#speech);
    const parts = newest();
    if (!spoken || !parts.length) return;
    this.#view.unsay(texts.tools.aloudSure);
    const reading = parts.map((words) => Object.assign(new SpeechSynthesisUtterance(words), { voice: spoken, lang: spoken.lang }));
    const done = () => this.#reading === reading && this.stop();
    for (const one of reading) one.onerror = done;
    reading[reading.length - 1].onend = done;
    this.#reading = reading;
    this.button.textContent = texts.tools.aloudStop;
    for (const one of reading) this.#speech.speak(one);
  }
}

/** A voice elsewhere would be sent the words. @param {SpeechSynthesis} speech */
function voice(speech) {
  const dutch = speech.getVoices().filter(({ localService, lang }) => localService && /^nl\b/i.test(lang.replace('_', '-')));
  return dutch.find(({ lang }) => /nl$/i.test(lang)) ?? dutch[0];
}

/** @returns {string[]} what was said since the visitor spoke last, and what there is to choose */
function newest() {
  const said = [...document.querySelectorAll('#log > .msg')];
  const last = said.findLastIndex((node) => !node.matches('.visitor'));
  const from = said.slice(0, last + 1).findLastIndex((node) => node.matches('.visitor'));
  const parts = said.slice(from + 1, last + 1).flatMap((node) => [...node.querySelectorAll(SPOKEN)]);
  const choices = [...document.querySelectorAll('#replies:not([hidden]) button')];
  return [...parts, ...choices].map(aloud).filter(Boolean);
}

/** A telephone number is said digit by digit. @param {Element} node */
const aloud = (node) => (node.textContent ?? '').trim().replace(/\d/g, node.matches('a[href^="tel:"]') ? '$& ' : '$&').trim();
