/** What the console knows, without page or network. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findCanned, readCanned } from '../../../webchat/pages/counsellor/canned.mjs';
import { preview } from '../../../webchat/pages/counsellor/card.mjs';
import { clock } from '../../../webchat/pages/counsellor/dom.mjs';
import { Sending } from '../../../webchat/pages/counsellor/sending.mjs';
import { Store } from '../../../webchat/pages/counsellor/store.mjs';
import { EventReader, Stream, patience } from '../../../webchat/pages/counsellor/stream.mjs';
import { span } from '../../../webchat/pages/counsellor/rota.mjs';
import { codesOf } from '../../../webchat/pages/counsellor/wrapup.mjs';

const ME = { staff: 's1', name: 'Sanne', status: 'available', most: 4, load: 1, pause_offered: false };
const card = (ticket, more = {}) => ({ ticket, codename: ticket, urgency: 'normal', danger: false, flags: [], region: null, card: null, waited_seconds: 0, level: 0, may_claim: true, ...more });
const held = (ticket, more = {}) => ({ ...card(ticket), as: 'holder', phase: 'talking', line: 'up', away_seconds: 0, waits_since_seconds: null, question: null, shadows: [], ...more });
const desk = (more = {}) => ({ me: ME, on_duty: [ME], queue: [], chats: [], help: [], ...more });
const said = (ticket, n, text, more = {}) => ({ ticket, id: `m${n}`, kind: 'message', from: 'visitor', name: null, text, n, ...more });

function atDesk(more = {}, now = { ms: 0 }) {
  const store = new Store(() => now.ms);
  store.lineIs(true);
  store.deskCame(desk(more));
  store.caughtUp();
  return store;
}

test('a card is new once, and again when it comes back to the queue', () => {
  const store = atDesk();
  assert.equal(store.deskCame(desk({ queue: [card('a')] })).length, 1);
  assert.equal(store.deskCame(desk({ queue: [card('a'), card('b')] })).length, 1);
  store.deskCame(desk({ queue: [card('b')] }));
  assert.deepEqual(store.deskCame(desk({ queue: [card('a'), card('b')] })).map((one) => one.ticket), ['a']);
});

test('waiting times go on between two looks at the desk', () => {
  const now = { ms: 1000 };
  const store = atDesk({ queue: [card('a', { waited_seconds: 20 })] }, now);
  now.ms += 45_000;
  assert.equal(Math.floor(store.since(store.queue[0].waited_seconds)), 65);
  assert.equal(store.level(store.queue[0]), 2);
});

test('the second sound is for a minute of waiting, once for each card', () => {
  const now = { ms: 0 };
  const store = atDesk({ queue: [card('a', { waited_seconds: 50 })] }, now);
  assert.deepEqual(store.secondSound(), []);
  now.ms += 10_000;
  assert.deepEqual(store.secondSound(), ['a']);
  assert.deepEqual(store.secondSound(), []);
});

test('a line that comes twice is shown once, also under another number', () => {
  const store = atDesk({ chats: [held('a')] });
  assert.ok(store.talkCame(said('a', 1, 'hoi')));
  assert.equal(store.talkCame(said('a', 1, 'hoi')), null);
  assert.equal(store.talkCame({ ...said('a', 2, 'hoi'), id: 'm1' }), null);
  assert.equal(store.lines('a').length, 1);
});

test('a signal that names itself is still a signal', () => {
  const store = atDesk({ chats: [held('a')] });
  const line = store.talkCame({ ticket: 'a', id: '1', kind: 'not_alone', n: 1 });
  assert.deepEqual([line.type, line.kind], ['signal', 'not_alone']);
});

test('nothing can be sent before the missed lines are there', () => {
  const store = atDesk({ chats: [held('a')] });
  assert.equal(store.canSend('a'), true);
  store.lineIs(false);
  assert.equal(store.canSend('a'), false);
  store.lineIs(true);
  store.caughtUp();
  assert.equal(store.line, 'catching', 'the desk did not come yet');
  store.deskCame(desk({ chats: [held('a')] }));
  store.talkCame(said('a', 2, 'van een collega', { from: 'colleague', name: 'Joke' }));
  assert.equal(store.canSend('a'), false);
  store.caughtUp();
  assert.equal(store.canSend('a'), true);
});

test('who reads along writes only when the counsellor lets them', () => {
  const store = atDesk({ chats: [held('a', { as: 'shadow', shadows: [{ staff: 's1', name: 'Sanne', speaks: false }] })] });
  assert.equal(store.canSend('a'), false);
  store.deskCame(desk({ chats: [held('a', { as: 'shadow', shadows: [{ staff: 's1', name: 'Sanne', speaks: true }] })] }));
  assert.equal(store.canSend('a'), true);
});

test('an own message leaves the outbox when it comes back as a line', () => {
  const store = atDesk({ chats: [held('a')] });
  store.post('a', 'own', 'hallo');
  assert.equal(store.next('a').text, 'hallo');
  const line = store.talkCame(said('a', 1, 'hallo', { id: 'own', from: 'counsellor', name: 'Sanne' }));
  assert.equal(line.mine, true);
  assert.deepEqual(store.pending('a'), []);
});

test('the line of a colleague with another name is not mine', () => {
  const store = atDesk({ chats: [held('a')] });
  assert.equal(store.talkCame(said('a', 1, 'x', { from: 'counsellor', name: 'Joke' })).mine, false);
});

test('nothing passes a message that was refused', () => {
  const store = atDesk({ chats: [held('a')] });
  store.post('a', '1', 'een');
  store.post('a', '2', 'twee');
  store.mark('a', '1', 'failed', 'nee');
  assert.equal(store.next('a'), undefined);
  store.drop('a', '1');
  assert.equal(store.next('a').id, '2');
});

test('a chat that ended leaves no words', () => {
  const store = atDesk({ chats: [held('a')] });
  store.talkCame(said('a', 1, 'geheim'));
  store.deskCame(desk({ chats: [held('a', { phase: 'ended', ending: 'exit' })] }));
  assert.deepEqual(store.lines('a'), []);
  store.talkCame(said('a', 2, 'te laat'));
  assert.deepEqual(store.lines('a'), []);
});

test('after leaving nothing is known', () => {
  const store = atDesk({ chats: [held('a')], queue: [card('b')] });
  store.talkCame(said('a', 1, 'geheim'));
  store.clear();
  assert.deepEqual([store.me, store.chats, store.queue, store.lines('a'), store.line], [null, [], [], [], 'down']);
});

test('typing is only a sign, of others, and it passes', () => {
  const now = { ms: 0 };
  const store = atDesk({ chats: [held('a')] }, now);
  store.talkCame({ ticket: 'a', id: '1', kind: 'typing', from: 'visitor', n: 1 });
  store.talkCame({ ticket: 'a', id: '2', kind: 'typing', from: 'counsellor', n: 2 });
  assert.deepEqual(store.typing('a'), ['visitor']);
  now.ms += 11_000;
  assert.deepEqual(store.typing('a'), []);
});

test('messages are sent in order, again with the same id when no answer came, and never twice at once', async () => {
  const store = atDesk({ chats: [held('a')] });
  const answers = [{ status: 0, ok: false, retryAfter: 0 }, { status: 200, ok: true }, { status: 200, ok: true }];
  const sent = [];
  const sending = new Sending(store, async (_method, _path, body) => {
    sent.push(body.id);
    return answers.shift();
  }, () => undefined);
  store.post('a', '1', 'een');
  store.post('a', '2', 'twee');
  await Promise.all([sending.run('a'), sending.run('a')]);
  assert.deepEqual(sent, ['1']);
  await sending.run('a');
  assert.deepEqual(sent, ['1', '1', '2']);
});

test('events are read however the network cuts them', () => {
  const reader = new EventReader();
  assert.deepEqual(reader.read('id: x=\neve'), []);
  assert.deepEqual(reader.read('nt: desk\ndata: {"a":1}\n:  \n\n:\n\n'), [{ id: 'x=', name: 'desk', data: { a: 1 } }]);
});

test('the stream goes on from its cursor and stops when the session is gone', async () => {
  const cursors = [];
  const body = () => new Blob(['id: c1\nevent: desk\ndata: {}\n\n']).stream();
  const heard = [];
  const gone = [];
  const stream = new Stream(async (cursor) => {
    cursors.push(cursor);
    return cursors.length === 1 ? new Response(body()) : new Response('', { status: 401 });
  }, { event: (event) => heard.push(event.name), line: () => undefined, gone: (status) => gone.push(status), alive: () => undefined });
  await stream.listen();
  assert.deepEqual([cursors, heard, gone], [['', 'c1'], ['desk'], [401]]);
});

test('patience grows, has some chance in it, and ends at half a minute', () => {
  assert.equal(patience(1, 1), 500);
  assert.equal(patience(3, 1), 2000);
  assert.equal(patience(1, 0), 250);
  assert.equal(patience(50, 1), 30_000);
});

test('sentences are found by their words without accents, and only closed ones when that is asked', () => {
  const all = readCanned([{ id: '1', word: 'veilig', text: 'Eén vraag. Ben je veilig, ja of nee?' }, { id: '2', word: 'verder', text: 'Wat helpt je?' }]);
  assert.deepEqual(findCanned(all, 'een', false).map((one) => one.id), ['1']);
  assert.deepEqual(findCanned(all, '', true).map((one) => one.id), ['1']);
  assert.deepEqual(findCanned(all, 'wat helpt', false).map((one) => one.id), ['2']);
});

test('the preview shows only what was filled in', () => {
  assert.deepEqual(preview({ role: 'child', topics: [], region: null }), ['Jonger dan 18']);
  assert.deepEqual(preview({ role: null, topics: [] }), []);
});

test('codes that are empty are left out', () => {
  assert.deepEqual(codesOf({ role: 'child', advice: '' }, []), { role: 'child' });
  assert.deepEqual(codesOf({ role: '' }, ['stalking']), { kinds: ['stalking'] });
});

test('a time is minutes and seconds, and hours when it is long', () => {
  assert.deepEqual([clock(5), clock(65), clock(3661), clock(-3)], ['0:05', '1:05', '1:01:01', '0:00']);
});

test('a turn that ends before it begins ends on the next day', () => {
  assert.deepEqual(span('23:00', '07:00'), { begins: 1380, ends: 1860 });
  assert.deepEqual(span('09:00', '17:30'), { begins: 540, ends: 1050 });
});
