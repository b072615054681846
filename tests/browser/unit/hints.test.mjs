/** Noticing personal data in a message, without page or network. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fold, leaveOut, named, notice, prepare } from '../../../webchat/pages/visitor/noticing.mjs';

const rules = prepare({
  placeholders: { phone: 'telefoonnummer', person: 'naam', bsn: 'bsn' },
  questions: { phone: 'Je noemt een telefoonnummer. Weglaten?', person: 'Je noemt een naam. Weglaten?', bsn: 'Je noemt een BSN. Weglaten?' },
  patterns: {},
  words: {},
  names: ['fatima'],
  numbers: [],
  hosts: [],
  rules: [
    { kind: 'bsn', pattern: String.raw`\b\d{9}\b`, check: 'bsn' },
    { kind: 'phone', pattern: String.raw`\b06 ?\d{8}\b` },
    { kind: 'person', pattern: String.raw`\bik heet ([a-z]+)`, group: 1 },
  ],
});

test('folding keeps every place', () => {
  assert.equal(fold('Zoë’s İ 😢'), "zoe's i 😢");
  assert.equal(fold('😢É').length, 3);
});

test('what is found is given by place and kind, in order', () => {
  assert.deepEqual(notice('Fatima belt 06 12345678', rules), [
    { start: 0, end: 6, kind: 'person' },
    { start: 12, end: 23, kind: 'phone' },
  ]);
});

test('only the group of a rule is taken', () => {
  const [found] = notice('ik heet Xandrix', rules);
  assert.deepEqual(found, { start: 8, end: 15, kind: 'person' });
});

test('nine digits are only a burgerservicenummer when they add up', () => {
  assert.equal(notice('111222333', rules).length, 1);
  assert.equal(notice('111222334', rules).length, 0);
});

test('left out is a word in brackets, and emoji do not shift it', () => {
  const text = '😢 Fatima en 0612345678!';
  assert.equal(leaveOut(text, notice(text, rules), rules), '😢 [naam] en [telefoonnummer]!');
});

test('several kinds are named together', () => {
  assert.equal(named(['phone'], rules), 'een telefoonnummer');
  assert.equal(named(['phone', 'person', 'bsn'], rules), 'een telefoonnummer, een naam en een BSN');
});
