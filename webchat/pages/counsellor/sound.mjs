/** A soft tone when somebody waits, in the console only. Must make no sound before it was asked for. */

const TONES = [[523.25, 0], [659.25, 0.16]];
const LENGTH_SECONDS = 0.5;
const LOUDNESS = 0.12;

export class Sound {
  /** @type {AudioContext | null} */
  #context = null;

  get isOn() {
    return this.#context?.state === 'running';
  }

  /** Needs a press of the person. @returns {Promise<boolean>} whether it works here */
  async on() {
    try {
      this.#context ??= new AudioContext();
      await this.#context.resume();
      this.ring();
    } catch {
      return false;
    }
    return this.isOn;
  }

  off() {
    this.#context?.close().catch(() => undefined);
    this.#context = null;
  }

  /** Two soft notes. */
  ring() {
    const context = this.#context;
    if (!context || context.state !== 'running') return;
    const loud = context.createGain();
    loud.connect(context.destination);
    loud.gain.setValueAtTime(0, context.currentTime);
    loud.gain.linearRampToValueAtTime(LOUDNESS, context.currentTime + 0.03);
    loud.gain.exponentialRampToValueAtTime(0.001, context.currentTime + LENGTH_SECONDS);
    for (const [pitch, after] of TONES) {
      const note = context.createOscillator();
      note.type = 'sine';
      note.frequency.value = pitch;
      note.connect(loud);
      note.start(context.currentTime + after);
      note.stop(context.currentTime + LENGTH_SECONDS);
    }
  }
}
