/** Who is in the chat, the card that goes along, and how places and times are put; without page or network. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Company, cardOf, moment, placeWords } from '../../../webchat/pages/visitor/company.mjs';

const withCounsellor = (name, why) => ({ state: 'with_counsellor', name, why });

test('the counsellor who began has the chat, and a colleague only reads along', () => {
  const company = new Company();
  assert.equal(company.became(withCounsellor('Noor', 'began')), true);
  assert.equal(company.became(withCounsellor('Sam', 'joined')), false);
  assert.equal(company.holder, 'Noor');
  assert.deepEqual([...company.guests], [['Sam', false]]);
  company.became(withCounsellor('Sam', 'speaks'));
  assert.deepEqual(company.readers, ['Noor', 'Sam']);
  company.became(withCounsellor('Sam', 'left'));
  assert.deepEqual(company.readers, ['Noor']);
});

test('a guest who takes over is no guest any more', () => {
  const company = new Company();
  company.became(withCounsellor('Noor', 'began'));
  company.became(withCounsellor('Sam', 'joined'));
  assert.equal(company.became(withCounsellor('Sam', 'transferred')), true);
  assert.equal(company.holder, 'Sam');
  assert.equal(company.guests.size, 0);
});

test('a state without a name changes nobody, and without a person nobody is left', () => {
  const company = new Company();
  company.became(withCounsellor('Noor', 'began'));
  assert.equal(company.became({ state: 'with_counsellor' }), false);
  assert.equal(company.holder, 'Noor');
  company.became({ state: 'waiting', why: 'colleague_gone' });
  assert.deepEqual(company.readers, []);
});

test('what was left open on the card does not go along', () => {
  assert.deepEqual(cardOf({ role: '', topics: [], region: null, hope: 'plan', with_conversation: false }), { hope: 'plan' });
});

test('the place is told with a time only when there is an honest one', () => {
  assert.equal(placeWords({ place: 2, typical_wait_seconds: 230, elsewhere: false, returned: false }), 'Je bent nummer 2. Meestal duurt het ongeveer 4 minuten.');
  assert.equal(placeWords({ place: 3, typical_wait_seconds: null }), 'Je bent nummer 3. Hoe lang weten we niet.');
  assert.match(placeWords({ place: 1, typical_wait_seconds: 0 }), /ongeveer een minuut/);
  assert.match(placeWords({ place: 1, typical_wait_seconds: null, returned: true, elsewhere: true }), /vooraan.*andere regio/);
  assert.match(placeWords({ place: 2, typical_wait_seconds: null, returned: true }), /nummer 2/);
  assert.equal(placeWords(null), 'Er is zo iemand voor je.');
});

test('a moment has its day when that is not today', () => {
  const now = new Date(2026, 10, 25, 22, 0);
  assert.equal(moment(new Date(2026, 10, 25, 23, 5), now), '23:05');
  assert.equal(moment(new Date(2026, 10, 26, 1, 5), now), 'donderdag 26 november, 01:05');
});
