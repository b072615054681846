/** Tests of the form of address, which needs a document only to know the house. */

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { addressChild, inBothForms, said } from '../../../webchat/pages/visitor/address-form.mjs';

const house = (form) => {
  globalThis.document = {
    documentElement: { dataset: form === 'u' ? { addressForm: 'u' } : {} },
    body: {}, querySelectorAll: () => [], createTreeWalker: () => ({ nextNode: () => false }),
  };
  globalThis.NodeFilter = { SHOW_TEXT: 4 };
};

afterEach(() => {
  addressChild(false);
  delete globalThis.document;
});

const texts = inBothForms({ plain: 'Dag', ask: '{{Wil je|Wilt u}} iets?', deep: { list: ['{{Je|U}} kunt', 'Nee'] }, with: (name) => said`{{Je|U}} praat met ${name}` });

test('without a document a text is in the form with je', () => {
  assert.equal(texts.ask, 'Wil je iets?');
  assert.deepEqual([...texts.deep.list], ['Je kunt', 'Nee']);
});

test('the house chooses, also in lists and in what is filled in', () => {
  house('u');
  assert.equal(texts.ask, 'Wilt u iets?');
  assert.deepEqual(texts.deep.list.map((line) => line), ['U kunt', 'Nee']);
  assert.deepEqual(Object.entries(texts.deep.list), [['0', 'U kunt'], ['1', 'Nee']]);
  assert.equal(texts.with('{{a|b}}'), 'U praat met {{a|b}}');
  assert.equal(texts.plain, 'Dag');
});

test('a child is called je, and only while it is one', () => {
  house('u');
  addressChild(true);
  assert.equal(texts.ask, 'Wil je iets?');
  addressChild(false);
  assert.equal(texts.ask, 'Wilt u iets?');
});
