/** The way out on the pages that are only for reading. Must hold nothing else. */

import { watchExits } from './leaving.mjs';

watchExits({
  goodbye: () => undefined,
  say: (left) => {
    document.getElementById('status').textContent = `Nog ${left} keer Shift om weg te gaan.`;
  },
});
