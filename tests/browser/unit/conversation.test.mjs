/** The facts of a conversation, without page or network. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Connection, EventReader } from '../../../webchat/pages/visitor/connection.mjs';
import { Conversation, YOUNG, characters, left, outcome, patience } from '../../../webchat/pages/visitor/conversation.mjs';
import { ShiftCount } from '../../../webchat/pages/visitor/leaving.mjs';
import { Sending } from '../../../webchat/pages/visitor/sending.mjs';

test('a reply that came twice is new once', () => {
  const facts = new Conversation();
  assert.deepEqual(facts.unseen([{ id: 'a' }, { id: 'b' }]), [{ id: 'a' }, { id: 'b' }]);
  assert.deepEqual(facts.unseen([{ id: 'b' }, { id: 'c' }]), [{ id: 'c' }]);
});

test('an own message that comes back as an event is not new', () => {
  const facts = new Conversation();
  facts.queue({ id: 'm', text: 'hallo' });
  assert.deepEqual(facts.unseen([{ id: 'm' }]), []);
});

test('events are taken once and in order', () => {
  const facts = new Conversation();
  assert.deepEqual([1, 2, 2, 1, 3].map((id) => facts.isNewEvent(id)), [true, true, false, false, true]);
  assert.equal(facts.lastEventId, 3);
});

test('the outbox keeps its order until a message is settled', () => {
  const facts = new Conversation();
  facts.queue({ id: '1' });
  facts.queue({ id: '2' });
  assert.equal(facts.next.id, '1');
  facts.settle('1');
  assert.equal(facts.next.id, '2');
  assert.equal(facts.waiting, 1);
});

test('the end is reckoned by the clock of the gateway, not by that of the phone', () => {
  const facts = new Conversation();
  const phone = Date.parse('2031-01-01T00:00:00Z');
  facts.endsAt('2026-11-24T12:45:00Z', 'Tue, 24 Nov 2026 12:00:00 GMT', phone);
  assert.equal(facts.deadline - phone, 45 * 60_000);
  assert.equal(facts.timeLeft(phone + 41 * 60_000), 'calm');
  assert.equal(facts.timeLeft(phone + 43 * 60_000), 'warn');
  assert.equal(facts.timeLeft(phone + 45 * 60_000), 'over');
});

test('characters are counted as people do', () => {
  assert.equal(characters('é😢'), 2);
  assert.equal(left('a'.repeat(1799)), null);
  assert.equal(left('😢'.repeat(1900)), 100);
  assert.equal(left('a'.repeat(2003)), -3);
});

test('patience doubles, has an end and never grows by chance', () => {
  assert.deepEqual([1, 2, 3].map((n) => patience(n, 0)), [500, 1000, 2000]);
  assert.equal(patience(20, 0), 30_000);
  assert.equal(patience(1, 1), 375);
});

test('every status has one meaning', () => {
  const means = { 200: 'answered', 204: 'answered', 0: 'again', 429: 'again', 500: 'again', 503: 'again', 410: 'gone', 401: 'gone', 409: 'refused', 413: 'refused', 422: 'refused' };
  for (const [status, meaning] of Object.entries(means)) assert.equal(outcome(Number(status)), meaning, status);
});

test('something is understood from a role, a topic or a region on', () => {
  const facts = new Conversation();
  assert.equal(facts.isUnderstood, false);
  facts.assessment = { role: 'unknown', topics: [], region: null };
  assert.equal(facts.isUnderstood, false);
  facts.assessment = { role: 'child', topics: [], region: null };
  assert.equal(facts.isUnderstood, true);
  assert.equal(facts.isChild, true);
});

test('events are read however the network cuts them', () => {
  const text = ':\n\nid: 1\nevent: reply\ndata: {"id":"a","text":"één: twee"}\n:   \n\nid: 2\nevent: state\ndata: {"state":"bot"}\n\n';
  for (let size = 1; size < 40; size += 1) {
    const reader = new EventReader();
    const events = [];
    for (let at = 0; at < text.length; at += size) events.push(...reader.read(text.slice(at, at + size)));
    assert.deepEqual(events, [
      { id: 1, name: 'reply', data: { id: 'a', text: 'één: twee' } },
      { id: 2, name: 'state', data: { state: 'bot' } },
    ]);
  }
});

test('three bare presses of Shift within the window count down to leaving', () => {
  const shifts = new ShiftCount();
  const press = (now, ignored = false) => {
    shifts.down({ key: 'Shift' });
    return shifts.up({ key: 'Shift' }, now, ignored);
  };
  assert.deepEqual([press(0), press(4000), press(8000)], [2, 1, 0]);
});

test('Shift with a letter, another key or too long a pause starts over', () => {
  const shifts = new ShiftCount();
  const press = (now, ignored = false) => {
    shifts.down({ key: 'Shift' });
    return shifts.up({ key: 'Shift' }, now, ignored);
  };
  press(0);
  press(1);
  shifts.down({ key: 'Shift' });
  shifts.down({ key: 'A' });
  assert.equal(shifts.up({ key: 'Shift' }, 2, false), 3);
  assert.equal(press(3), 2);
  assert.equal(press(6000), 2);
  assert.equal(press(6001, true), 3);
  assert.equal(press(6002), 2);
});

test('a message is sent again with the same id, and the next one waits for it', async () => {
  const sent = [];
  const answers = [{ status: 0 }, { status: 503 }, { status: 200, body: {} }, { status: 200, body: {} }];
  const line = {
    call: async (_method, path, body) => {
      sent.push(`${path} ${body.id}`);
      return { retryAfter: 0, date: null, body: null, ...answers.shift() };
    },
    rest: async () => undefined,
  };
  const facts = new Conversation();
  const settled = [];
  const on = { opened() {}, notYet() {}, busy() {}, settled: (message) => settled.push(message.id) };
  const sending = new Sending({ token: 't' }, facts, line, on);
  facts.queue({ id: 'one', text: 'a' });
  facts.queue({ id: 'two', choice: '/affirm' });
  await sending.run();
  assert.deepEqual(sent.map((call) => call.split(' ')[1]), ['one', 'one', 'one', 'two']);
  assert.deepEqual(settled, ['one', 'two']);
});

test('a call that cannot be made is an answer with status 0', async () => {
  const before = globalThis.fetch;
  globalThis.fetch = async () => {
    throw new TypeError('no line');
  };
  const line = new Connection({ token: null }, {});
  assert.equal((await line.call('GET', '/availability')).status, 0);
  globalThis.fetch = before;
});

test('who says to be under 18 is a child at once, and until the gateway or the visitor says otherwise', () => {
  const facts = new Conversation();
  assert.equal(facts.isChild, false);
  facts.assessment = { role: 'unknown' };
  facts.queue({ id: '1', choice: YOUNG });
  assert.equal(facts.isChild, true);
  facts.assessment = { role: 'victim' };
  assert.equal(facts.isChild, true, 'what was understood before is no answer to it');
  facts.settle('1');
  facts.assessment = { role: 'child' };
  assert.equal(facts.isChild, true);
  facts.assessment = { role: 'unknown' };
  assert.equal(facts.isChild, false, 'the visitor took it back');
});

test('an engine that is away does not make an adult of a child', () => {
  const facts = new Conversation();
  facts.queue({ id: '1', choice: YOUNG });
  facts.settle('1');
  facts.assessment = { role: 'unknown' };
  assert.equal(facts.isChild, true);
});
