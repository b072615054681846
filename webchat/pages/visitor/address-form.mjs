/** Which form of address the page uses: "u" where the organisation chose it and no child reads, else "je". Must hold no texts. */

const FORMS = /\{\{([^{}|]*)\|([^{}|]*)\}\}/g;
/** @type {Map<string, string>} what was said in the form with "u", to the same with "je" */
const twins = new Map();
let isForChild = false;

// There is no document where the texts are only read, as tests do.
const isHouseFormal = () => globalThis.document?.documentElement.dataset.addressForm === 'u';

/** @param {string} text in which a form is `{{je|u}}` @returns {[string, string]} in both forms */
const bothForms = (text) => [text.replace(FORMS, '$1'), text.replace(FORMS, '$2')];

/** @param {string} plain @param {string} formal @returns {string} the one of now */
function ofNow(plain, formal) {
  if (plain === formal || !isHouseFormal()) return plain;
  twins.set(formal, plain);
  return isForChild ? plain : formal;
}

/** A text with something filled in. Only its own words have two forms: what is filled in stays as it is. */
export function said(/** @type {TemplateStringsArray} */ parts, /** @type {unknown[]} */ ...filled) {
  const [plain, formal] = [0, 1].map((form) => parts.map((part, place) => bothForms(part)[form] + (filled[place] ?? '')).join(''));
  return ofNow(plain, formal);
}

/**
 * Texts that are read in the form of that moment, because a page learns later that a child reads it.
 * @template T
 * @param {T} texts @returns {T}
 */
export function inBothForms(texts) {
  return new Proxy(/** @type {any} */ (texts), {
    get(held, name) {
      const found = Reflect.get(held, name);
      if (typeof found === 'string') return ofNow(...bothForms(found));
      return typeof found === 'object' && found !== null ? inBothForms(found) : found;
    },
  });
}

/** Puts what the gateway wrote into the form of now; it sends "u" with the other form beside it. @param {ParentNode} place */
export function readdress(place) {
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll('[data-je]'))) {
    node.dataset.u ??= node.textContent ?? '';
    node.textContent = (isForChild ? node.dataset.je : node.dataset.u) ?? '';
  }
}

/** Texts may be joined, so whole sentences are found within others; what is shorter only when it stands alone. @param {string} text */
function inOtherForm(text) {
  let now = text;
  for (const [formal, plain] of twins) {
    const [from, to] = isForChild ? [formal, plain] : [plain, formal];
    if (text === from) return to;
    if (/[.?!]$/.test(from)) now = now.replaceAll(from, () => to);
  }
  return now;
}

/** The same for what the page itself has said. What was said in the conversation stays as it was said. */
function retell() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const now = inOtherForm(node.data);
    if (now !== node.data && !node.parentElement?.closest('#log')) node.data = now;
  }
  for (const node of document.querySelectorAll('[aria-label]')) {
    const name = node.getAttribute('aria-label') ?? '';
    if (inOtherForm(name) !== name) node.setAttribute('aria-label', inOtherForm(name));
  }
}

/** A child is never spoken to with "u"; somebody who turns out to be no child is again. @param {boolean} isChild */
export function addressChild(isChild) {
  if (isForChild === isChild) return;
  isForChild = isChild;
  if (!isHouseFormal()) return;
  readdress(document);
  retell();
}
