/** Notices that nobody is at the screen. Must not decide what happens then. */

const LOCK_MS = 10 * 60_000;
const WARN_MS = 9 * 60_000;
const LOOK_MS = 1000;
const PRESENT_MS = 5 * 60_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'];

export class Idle {
  #on;
  #last = Date.now();
  #told = Date.now();
  #warned = false;
  #timer = 0;
  #stopped = false;

  /** @param {{warn: () => void, back: () => void, lock: () => void, present: () => void}} on `back`: somebody is there after the
   *   warning; `present`: somebody is there, at most every five minutes */
  constructor(on) {
    this.#on = on;
    for (const sign of SIGNS) addEventListener(sign, this.#alive, { capture: true, passive: true });
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  stop() {
    this.#stopped = true;
    clearInterval(this.#timer);
    for (const sign of SIGNS) removeEventListener(sign, this.#alive, { capture: true });
  }

  #alive = () => {
    // A computer that slept does not wake up unlocked.
    this.#look();
    if (this.#stopped) return;
    this.#last = Date.now();
    if (this.#warned) this.#on.back();
    this.#warned = false;
    if (this.#last - this.#told < PRESENT_MS) return;
    this.#told = this.#last;
    this.#on.present();
  };

  #look() {
    const quiet = Date.now() - this.#last;
    if (quiet >= LOCK_MS) {
      this.stop();
      this.#on.lock();
    } else if (quiet >= WARN_MS && !this.#warned) {
      this.#warned = true;
      this.#on.warn();
    }
  }
}
