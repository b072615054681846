/** What the browser's side notices in each line: reads {document, lines} on stdin, writes one list of finds a line. */

import { readFileSync } from 'node:fs';

import { notice, prepare } from '../../webchat/pages/visitor/noticing.mjs';

const { document, lines } = JSON.parse(readFileSync(0, 'utf8'));
const rules = prepare(document);
console.log(JSON.stringify(lines.map((line) => notice(line, rules))));
