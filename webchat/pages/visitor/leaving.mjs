/** Leaving at once: blanks the page, lets the chat be wiped and goes elsewhere. Must never wait for the network. */

const PRESSES = 3;
const WINDOW_MS = 5000;

/**
 * Counts bare presses of Shift. Shift with another key does not count, and any other key starts over.
 * On a touch screen a text field is left alone: on-screen keyboards send Shift by themselves.
 */
export class ShiftCount {
  count = 0;
  #alone = false;
  #last = -Infinity;

  /** @param {{key: string}} event */
  down(event) {
    if (event.key === 'Shift') {
      this.#alone = true;
      return;
    }
    this.#alone = false;
    this.count = 0;
  }

  /**
   * @param {{key: string}} event
   * @param {number} now in milliseconds
   * @param {boolean} ignored whether this press is in a text field on a touch screen
   * @returns {number} how many presses are still needed, or 3 when this one does not count
   */
  up(event, now, ignored) {
    if (event.key !== 'Shift') return PRESSES;
    const counts = this.#alone && !ignored;
    this.#alone = false;
    if (!counts) {
      this.count = 0;
      return PRESSES;
    }
    this.count = now - this.#last > WINDOW_MS ? 1 : this.count + 1;
    this.#last = now;
    return PRESSES - this.count;
  }
}

/** Takes everything off the screen and out of the document, the text that was being typed included. */
export function blank() {
  for (const field of document.querySelectorAll('textarea, input')) /** @type {HTMLInputElement} */ (field).value = '';
  document.documentElement.removeAttribute('data-mode');
  document.documentElement.dataset.gone = '';
  document.body.replaceChildren();
}

/**
 * Watches every way out of this page.
 * @param {{goodbye: (reason: 'exit' | 'closed') => void, say: (left: number) => void}} page
 */
export function watchExits({ goodbye, say }) {
  const link = /** @type {HTMLAnchorElement} */ (document.getElementById('exit'));
  const away = link.href;
  const touch = matchMedia('(hover: none) and (pointer: coarse)');
  const shifts = new ShiftCount();

  const leave = () => {
    blank();
    goodbye('exit');
    // replace, so that Back does not lead here again.
    location.replace(away);
  };

  link.addEventListener('click', (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener('keydown', (event) => shifts.down(event), true);
  addEventListener('keyup', (event) => {
    const ignored = touch.matches && event.target instanceof Element && event.target.matches('textarea, input');
    const left = shifts.up(event, performance.now(), ignored);
    if (left === 0) leave();
    else if (left < PRESSES) say(left);
  }, true);

  addEventListener('pagehide', () => {
    goodbye('closed');
    blank();
  });
  addEventListener('pageshow', (event) => {
    // A page out of the back/forward cache was wiped and must begin again.
    if (event.persisted) location.reload();
  });
  // The picture that a phone keeps of an app in the background may not show what was said.
  document.addEventListener('visibilitychange', () => {
    document.documentElement.toggleAttribute('data-hidden', document.hidden);
  });
}
