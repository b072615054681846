/** The one stream of the console: queue and all chats. Must know nothing of the page. */

const FIRST_BYTE_MS = 10_000;
const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** @typedef {{id: string, name: string, data: any}} StaffEvent */

/** Reads events out of pieces of text, in whatever way the network cut them. */
export class EventReader {
  #rest = '';

  /** @param {string} piece @returns {StaffEvent[]} */
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
      return fields.data ? [{ id: fields.id ?? '', name: fields.event ?? '', data: JSON.parse(fields.data) }] : [];
    });
  }
}

/** How long to wait after so many failures, with some chance in it. @param {number} failures @param {number} chance 0 to 1 */
export function patience(failures, chance) {
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
  return most / 2 + (most / 2) * chance;
}

export class Stream {
  #open;
  #on;
  #cursor = '';
  #failures = 0;
  #stopped = false;
  /** @type {AbortController | null} */
  #current = null;
  /** @type {(() => void) | null} */
  #wake = null;

  /**
   * @param {(cursor: string, signal: AbortSignal) => Promise<Response>} open
   * @param {{event: (event: StaffEvent) => void, line: (isUp: boolean) => void, gone: (status: number) => void, alive: () => void}} on `alive`: something came, if only a heartbeat
   */
  constructor(open, on) {
    this.#open = open;
    this.#on = on;
  }

  /** Keeps listening until `stop` or the session is gone. */
  async listen() {
    while (!this.#stopped) {
      const result = await this.#once();
      if (this.#stopped) return;
      this.#on.line(false);
      if (result === 401 || result === 403) {
        this.stop();
        this.#on.gone(result);
        return;
      }
      await this.#rest(patience(this.#failures, Math.random()));
    }
  }

  /** Tries again now. @param {boolean} anew also when the line seems fine */
  hurry(anew = false) {
    this.#failures = 0;
    if (anew) this.#current?.abort();
    this.#wake?.();
  }

  stop() {
    this.#stopped = true;
    this.#current?.abort();
    this.#wake?.();
  }

  /** @param {number} ms */
  #rest(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  /** One connection, until it ends. @returns {Promise<number>} the status, 0 for a line that broke */
  async #once() {
    const abort = new AbortController();
    let watchdog = setTimeout(() => abort.abort(), FIRST_BYTE_MS);
    this.#current = abort;
    this.#failures += 1;
    try {
      const response = await this.#open(this.#cursor, abort.signal);
      if (!response.ok || !response.body) return response.status;
      const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const reader = new EventReader();
      for (let first = true; ; first = false) {
        const { done, value } = await pieces.read();
        if (done) return 0;
        if (first) this.#on.line(true);
        this.#failures = 0;
        this.#on.alive();
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
        for (const event of reader.read(value)) {
          if (event.id) this.#cursor = event.id;
          if (!this.#stopped) this.#on.event(event);
        }
      }
    } catch {
      return 0;
    } finally {
      clearTimeout(watchdog);
    }
  }
}
