/** Finds data that identifies somebody in a message that was not sent yet. Must not touch the page, keep text or ask the network. */

const TAKEN = '\u0000';
const KEPT = '\u0001';
const FIRST_EVENT_YEAR = 2020;
const LONGEST_NUMBER = 13;
const LETTERS = { ı: 'i', '’': "'", '‘': "'", '`': "'", ø: 'o', ł: 'l', đ: 'd', ß: 's', æ: 'a', '–': '-', '—': '-', '‑': '-' };
const SERVICE = /^(?:0(?:800|900|906|909)\d{4,7}|14\d{2,3}|116\d{3})$/;
const WEIGHTS_OF_BSN = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/** @typedef {{start: number, end: number, kind: string}} Found */

/** Lower case without accents, one character for one, so that places stay valid. @param {string} text */
export function fold(text) {
  return Array.from({ length: text.length }, (_, place) => {
    const char = text[place];
    if (LETTERS[char]) return LETTERS[char];
    const first = char.normalize('NFKD')[0].toLowerCase();
    return first.length === 1 ? first : char;
  }).join('');
}

/** How many digits a word for a number stands for. */
const digitsOf = (part, rules) => (/^\d/.test(part) ? part.length : rules.patterns.digit_words.test(part) ? 1 : 2);

/** The same decisions as in bot/advice/redaction/structured.py; where that looks in its word list, here the careful side is taken. */
const CHECKS = {
  spoken({ found, rules }) {
    const parts = (found.match(/[a-z]+|\d+/g) ?? []).filter((part) => part !== 'en');
    const digits = parts.filter((part) => part !== 'dubbel').reduce((sum, part) => sum + digitsOf(part, rules), 0);
    const words = parts.filter((part) => /^[a-z]/.test(part)).length;
    if (['nul', 'null', 'zero'].includes(parts[0]) || parts[0].startsWith('0')) return words > 0 && digits >= 6;
    return words >= 5 && digits >= 9 && parts.slice(0, 3).join() !== 'een,twee,drie';
  },
  date({ found, before, text, rules }) {
    const { birth, child, event, month } = rules.patterns;
    if (birth.test(before.slice(-40)) || (birth.test(text) && text.length < 60)) return true;
    const year = /(?:19|20)\d{2}/.exec(found);
    if (year) return Number(year[0]) < FIRST_EVENT_YEAR || text.length - found.length < 6 || child.test(before.slice(-30));
    if (/tweeduizend|negentien/.test(found)) return true;
    const parts = found.match(/\d+/g) ?? [];
    if (!/[-/. ]'?(\d{2})$/.test(found) || parts.length < (month.test(found) ? 2 : 3)) return false;
    return !found.trim().includes(' ') || found.includes("'") || (month.test(found) && !event.test(before.slice(-14)));
  },
  bsn({ found }) {
    const digits = found.replace(/\D/g, '').padStart(9, '0');
    const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * WEIGHTS_OF_BSN[place], 0);
    return digits.length === 9 && sum % 11 === 0 && Number(digits) > 0;
  },
  iban({ found }) {
    const compact = found.replace(/[ .-]/g, '');
    let rest = 0;
    for (const char of compact.slice(4) + compact.slice(0, 4)) {
      const value = Number.parseInt(char, 36);
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest === 1 || (compact.match(/\d/g) ?? []).length >= 12;
  },
  plate({ found, text, rules }) {
    if (found.includes('-')) return true;
    const letters = found.match(/[a-z]+/g) ?? [];
    if (letters.some((part) => rules.words.units.has(part))) return false;
    const cue = rules.patterns.plate_cue.test(text);
    if (letters.some((part) => rules.words.two_letter_words.has(part) || part.length === 3)) return cue && !found.includes(' ');
    return cue || (!/[aeiouy]/.test(letters.join('')) && letters.length * 2 <= letters.join('').length + 1);
  },
  postcode({ found, before, original, isShouting, rules }) {
    const letters = found.slice(-2);
    const cue = before.includes('postcode') || before.slice(-4).includes(TAKEN);
    if (rules.words.units.has(letters)) return cue;
    if (!found.includes(' ') && !/^(?:19|20)/.test(found)) return true;
    if (rules.words.two_letter_words.has(letters)) return cue || (original.endsWith(letters.toUpperCase()) && !isShouting);
    return true;
  },
  site({ found, rules }) {
    const [host, ...path] = found.split('/');
    const labels = host.split('.');
    if (path.join('/')) return true;
    return !rules.words.public_sites.has(labels.at(-2)) && !['de', 'be', 'me', 'nu', 'tv', 'co', 'app', 'info', 'link'].includes(labels.at(-1));
  },
  case: ({ found }) => (found.match(/\d/g) ?? []).length >= 4 && !/^(?:19|20)\d{2}$/.test(found),
  mixed: ({ found }) => /\d/.test(found) && /[a-z]/.test(found),
  handle({ found, rules }) {
    const name = found.replace(/^[.-]+|[.-]+$/g, '');
    return /[._\d]/.test(name) && /[a-z]/.test(name) && !rules.patterns.shape_fine.test(name);
  },
  'handle-shape'({ found, text, rules }) {
    if (found.includes('_')) return /[a-z]/.test(found);
    return /^[a-z]/.test(found) && !rules.patterns.shape_fine.test(found) && rules.patterns.platform.test(text);
  },
  number: ({ found, before, text }) => !before.slice(-3).includes('€') && !text.slice(before.length + found.length).slice(0, 6).includes('euro'),
  name: ({ found, rules }) => rules.names.has(found),
};

/** Makes the document of the gateway ready for use. @param {any} raw */
export function prepare(raw) {
  const sets = (lists) => Object.fromEntries(Object.entries(lists).map(([name, words]) => [name, new Set(words)]));
  const compiled = Object.fromEntries(Object.entries(raw.patterns).map(([name, pattern]) => [name, new RegExp(pattern)]));
  return {
    ...raw, patterns: compiled, words: sets(raw.words), names: new Set(raw.names), numbers: new Set(raw.numbers),
    rules: raw.rules.map((rule) => ({ group: 0, ...rule, pattern: new RegExp(rule.pattern, 'gd') })),
  };
}

/** @param {string} text as it was typed @param {ReturnType<typeof prepare>} rules @returns {Found[]} in order */
export function notice(text, rules) {
  const letters = text.match(/\p{L}/gu) ?? [];
  const isShouting = letters.length > 3 && letters.filter((letter) => /\p{Lu}/u.test(letter)).length > 0.6 * letters.length;
  const canvas = { original: text, isShouting, text: keepHelplines(fold(text), rules) };
  /** @type {Found[]} */
  const found = [];
  for (const rule of rules.rules) apply(rule, canvas, rules, found);
  for (const match of canvas.text.matchAll(/[a-z][a-z'-]*[a-z]/g)) {
    if (rules.names.has(match[0])) found.push({ start: match.index, end: match.index + match[0].length, kind: 'person' });
  }
  return found.sort((one, other) => one.start - other.start);
}

function apply(rule, canvas, rules, taken) {
  for (const match of [...canvas.text.matchAll(rule.pattern)]) {
    if (!match.indices?.[rule.group]) continue;
    const start = match.indices[rule.group][0];
    const found = canvas.text.slice(...match.indices[rule.group]).replace(/[ .,\-)/(:;!?]+$/, '');
    const end = start + found.length;
    if (!found || found.includes(TAKEN) || found.includes(KEPT) || isHelpSite(found, rules)) continue;
    const asked = { found, before: canvas.text.slice(0, start), text: canvas.text, original: canvas.original.slice(start, end), isShouting: canvas.isShouting, rules };
    if (rule.check && !CHECKS[rule.check](asked)) continue;
    taken.push({ start, end, kind: rule.kind });
    canvas.text = blanked(canvas.text, start, end, TAKEN);
  }
}

const blanked = (text, start, end, mark) => text.slice(0, start) + mark.repeat(end - start) + text.slice(end);

const isHelpSite = (found, rules) => rules.hosts.some((host) => found.includes(host));

/** Numbers of helplines are no secret: the bot gives them itself. */
function keepHelplines(folded, rules) {
  let text = folded;
  for (const run of folded.matchAll(/(?:\+ ?)?\d(?:[ .\-/()]{0,3}\d)+/g)) {
    const pieces = [...run[0].matchAll(/\+?\d+/g)].map((piece) => ({ start: piece.index, end: piece.index + piece[0].length, digits: piece[0].replace(/\D/g, '') }));
    const total = pieces.reduce((sum, piece) => sum + piece.digits.length, 0);
    for (let first = 0; first < pieces.length; first += 1) {
      const last = helplineEnd(pieces, first, total, rules);
      if (last === null) continue;
      text = blanked(text, run.index + pieces[first].start, run.index + pieces[last].end, KEPT);
      first = last;
    }
  }
  return text;
}

function helplineEnd(pieces, first, total, rules) {
  let digits = '';
  let found = null;
  for (let last = first; last < pieces.length; last += 1) {
    digits += pieces[last].digits;
    if (digits.length > LONGEST_NUMBER) break;
    const isHelpline = digits.length >= 3 && (rules.numbers.has(digits) || SERVICE.test(digits) || (digits.startsWith('31') && rules.numbers.has(`0${digits.slice(2)}`)));
    if (isHelpline && (digits.length > 6 || (digits.length === total && total > 3))) found = last;
  }
  return found;
}

/** The text with each find replaced by its word in brackets. @param {string} text @param {Found[]} found */
export function leaveOut(text, found, rules) {
  let rest = text;
  for (const { start, end, kind } of [...found].reverse()) rest = `${rest.slice(0, start)}[${rules.placeholders[kind]}]${rest.slice(end)}`;
  return rest;
}

/** All kinds that were found in a few words, taken from the questions per kind. @param {string[]} kinds */
export function named(kinds, rules) {
  const parts = kinds.map((kind) => /^Je noemt (.*)\. Weglaten\?$/.exec(rules.questions[kind])?.[1] ?? rules.placeholders[kind]);
  const last = parts.pop();
  return parts.length ? `${parts.join(', ')} en ${last}` : last;
}
