import { expect, it } from 'vitest';
import { readByte, readHidden } from '../../../src/cli/db/read-hidden.ts';

function typing(text: string): () => number | undefined {
  const bytes = Buffer.from(text).values();
  return () => bytes.next().value;
}

it.each([
  ['a line', 'pass phrase\rmore', 'pass phrase'],
  ['an end without a line', 'pass', 'pass'],
  ['an erased character', 'pasz\u007fs\r', 'pass'],
  ['an erased character of several bytes', 'paß\u007fss\r', 'pass'],
  ['more erased than typed', '\u007f\u007fpass\r', 'pass'],
  ['an interrupt', 'pas\u0003s\r', undefined],
])('%s', (_, typed, line) => expect(readHidden(typing(typed))).toBe(line));

it('waits for a terminal on which nothing was typed yet', () => {
  const answers = [Object.assign(new Error('try again'), { code: 'EAGAIN' }), 0x61];
  const read = (into: Uint8Array): number => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    into[0] = answer ?? 0;
    return answer === undefined ? 0 : 1;
  };
  expect([readByte(read), readByte(read)]).toEqual([0x61, undefined]);
});
