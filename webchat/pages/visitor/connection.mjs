/** The line to the gateway: calls, and the stream of events with its fallback. Must know nothing of the page. */

import { outcome, patience } from './conversation.mjs';

const BASE = '/api/v1';
const ANSWER_MS = 10_000;
const FIRST_BYTE_MS = 10_000;
const SILENCE_MS = 40_000;
const SILENCE_WITH_PERSON_MS = 20_000;
const POLL_SECONDS = 25;
const FIRST_POLL_SECONDS = 5;
const POLL_GRACE_MS = 10_000;
const SHORTEST_MS = 1000;

/** @typedef {{status: number, body: any, retryAfter: number, date: string | null}} Answer */

/** Reads events out of pieces of text, in whatever way the network cut them. */
export class EventReader {
  #rest = '';

  /** @param {string} piece @returns {{id: number, name: string, data: any}[]} */
  read(piece) {
    const blocks = (this.#rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      /** @type {Record<string, string>} */
      const fields = {};
      for (const line of block.split('\n')) {
        const at = line.indexOf(':');
        if (at > 0) fields[line.slice(0, at)] = line.slice(at + 1).replace(/^ /, '');
      }
      return fields.data ? [{ id: Number(fields.id), name: fields.event, data: JSON.parse(fields.data) }] : [];
    });
  }
}

export class Connection {
  #key;
  #on;
  #stopped = false;
  #anew = false;
  #failures = 0;
  /** @type {'stream' | 'poll'} */
  #manner = 'stream';
  #pollSeconds = FIRST_POLL_SECONDS;
  /** @type {AbortController | null} */
  #current = null;
  /** @type {(() => void) | null} */
  #wake = null;

  /**
   * @param {{token: string | null}} key
   * @param {{event: (event: {id: number, name: string, data: any}) => void, line: (isUp: boolean) => void,
   *          gone: () => void, lastEventId: () => number, isWithPerson: () => boolean}} on somebody who waits for a person hears sooner
   */
  constructor(key, on) {
    this.#key = key;
    this.#on = on;
  }

  /** One call. Never throws: no answer is status 0. @returns {Promise<Answer>} */
  async call(method, path, body) {
    try {
      const response = await fetch(BASE + path, {
        method,
        headers: this.#headers(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS),
        cache: 'no-store',
        credentials: 'omit',
      });
      const text = await response.text();
      return {
        status: response.status,
        body: text ? JSON.parse(text) : null,
        retryAfter: Number(response.headers.get('Retry-After') ?? 0) * 1000,
        date: response.headers.get('Date'),
      };
    } catch {
      return { status: 0, body: null, retryAfter: 0, date: null };
    }
  }

  /** Keeps listening until the chat is over or `stop`. */
  async listen() {
    while (!this.#stopped) {
      const result = await this.#once();
      if (this.#stopped) return;
      if (result === 'gone') {
        this.stop();
        this.#on.gone();
        return;
      }
      if (result === 'heard') {
        this.#failures = 0;
        continue;
      }
      this.#failures += 1;
      // A stream without a first byte says little about the line yet: the short poll that follows does.
      if (result !== 'silent') this.#on.line(false);
      await this.rest(patience(this.#failures, Math.random()));
    }
  }

  /** Waits, unless `hurry` comes first. @param {number} ms */
  rest(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      const before = this.#wake;
      this.#wake = () => {
        before?.();
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  /** Tries again now. @param {boolean} anew also when the line seems fine: phones cut streams in silence */
  hurry(anew) {
    this.#anew = anew;
    if (anew) this.#current?.abort();
    this.#failures = 0;
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }

  stop() {
    this.#stopped = true;
    this.#current?.abort();
    this.hurry(false);
  }

  #headers(more) {
    return this.#key.token === null ? more : { ...more, Authorization: `Bearer ${this.#key.token}` };
  }

  /** One stream or one long poll. @returns {Promise<'heard' | 'nothing' | 'silent' | 'gone'>} */
  async #once() {
    const abort = new AbortController();
    const isPoll = this.#manner === 'poll';
    const began = performance.now();
    let heard = false;
    let watchdog = setTimeout(() => abort.abort(), isPoll ? this.#pollSeconds * 1000 + POLL_GRACE_MS : FIRST_BYTE_MS);
    this.#current = abort;
    this.#anew = false;
    try {
      const response = await fetch(`${BASE}/chats/current/events${isPoll ? `?wait=${this.#pollSeconds}` : ''}`, {
        headers: this.#headers({ 'Last-Event-ID': String(this.#on.lastEventId()) }),
        signal: abort.signal,
        cache: 'no-store',
        credentials: 'omit',
      });
      if (outcome(response.status) === 'gone') return 'gone';
      if (!response.ok || !response.body) return 'nothing';
      const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const reader = new EventReader();
      for (;;) {
        const { done, value } = await pieces.read();
        // A stream that is closed at once, again and again, is no line: it is tried with patience.
        if (done) return heard && performance.now() - began > SHORTEST_MS ? 'heard' : 'nothing';
        if (!heard) this.#on.line(true);
        if (isPoll) this.#pollSeconds = POLL_SECONDS;
        heard = true;
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort(), this.#on.isWithPerson() ? SILENCE_WITH_PERSON_MS : SILENCE_MS);
        for (const event of reader.read(value)) this.#on.event(event);
      }
    } catch {
      if (this.#anew) return 'heard';
      // A proxy that holds back the stream gives no first byte; it does let short answers through.
      const isSilent = !heard && abort.signal.aborted;
      if (isSilent || isPoll) this.#manner = isPoll ? 'stream' : 'poll';
      return isSilent && !isPoll ? 'silent' : 'nothing';
    } finally {
      clearTimeout(watchdog);
    }
  }
}
