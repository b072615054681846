/** The waiting room: an honest place, what comes, how to stay calm, and the way out of the queue. Must promise no time. */

import { box, button, close, find, phone, row } from './boxes.mjs';
import { cardShown } from './card.mjs';
import { placeWords } from './company.mjs';
import { waiting } from './texts-person.nl.mjs';
import { el } from './view.mjs';

const NAME = 'waiting';

/**
 * @param {{isChild: boolean, stop: () => void, callCode: () => void}} room
 * @param {{card: Record<string, any> | null, redacted_kinds: string[]} | null} asked the answer to the request, if it was made here
 */
export function openWaitingRoom({ isChild, stop, callCode }, asked) {
  const parts = [
    el('p', { class: 'place' }),
    el('p', {}, isChild ? waiting.botChild : waiting.bot, ' ', waiting.line, ' ', phone((words) => words, 'number'), '.'),
    row(button(waiting.stop, stop), button(waiting.code, callCode)),
    asked ? fold(waiting.seen, cardShown(asked.card, asked.redacted_kinds ?? [])) : null,
    fold(waiting.how, el('ul', {}, ...waiting.hows.map((line) => el('li', {}, line)))),
    fold(waiting.calm, ...breathing()),
  ];
  return box(NAME, waiting.title, ...parts);
}

/**
 * Shows the place as it is now; read out when it changed.
 * @param {import('./company.mjs').Queue | null} queue null when somebody is there already @param {(words: string) => void} tell
 */
export function showPlace(queue, tell) {
  const place = find(NAME)?.querySelector('.place');
  const words = placeWords(queue);
  if (!place || place.textContent === words) return;
  place.textContent = words;
  tell(words);
}

export const isOpen = () => find(NAME) !== null;
export const closeWaitingRoom = () => close(NAME);

const fold = (title, ...inside) => el('details', {}, el('summary', {}, title), ...inside);

/** A circle to breathe with, and the same in words. It moves only while it is open and may be stopped. */
function breathing() {
  const circle = el('div', { class: 'breath', 'aria-hidden': 'true' }, el('i', {}));
  const pause = button(waiting.pause, () => {
    const isStill = circle.toggleAttribute('data-still');
    pause.setAttribute('aria-pressed', String(isStill));
  }, 'button quiet breath-pause');
  pause.setAttribute('aria-pressed', 'false');
  return [el('ol', {}, ...waiting.breath.map((line) => el('li', {}, line))), circle, pause];
}
