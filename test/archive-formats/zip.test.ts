import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { NestedBudgetSpent, nestedBudget } from '../../src/archive-formats/nested.ts';
import { ProblemError, zipMembers } from '../../src/archive-formats/zip.ts';
import { DEFAULT_LIMITS, type Limits, withLimits } from '../../src/limits.ts';

interface Read {
  readonly members: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/** All members as text, and every problem on the way. */
function readAll(bytes: Uint8Array, limits: Limits = DEFAULT_LIMITS): Read {
  const members: Record<string, string> = {};
  const problems: string[] = [];
  for (const member of zipMembers(bytes, limits, nestedBudget(limits.nestedBytes), (problem) =>
    problems.push(problem.code),
  )) {
    try {
      members[member.path] = new TextDecoder().decode(member.bytes());
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(error.problem.code);
    }
  }
  return { members, problems };
}

const plain = zipSync({ 'a.txt': strToU8('alpha'), 'dir/b.txt': [strToU8('beta'), { level: 0 }] });

describe('zipMembers', () => {
  it('reads deflated and stored members', () =>
    expect(readAll(plain)).toEqual({ members: { 'a.txt': 'alpha', 'dir/b.txt': 'beta' }, problems: [] }));

  it('reads an archive behind a launch script', () => {
    const script = strToU8('#!/bin/sh\nexec java -jar "$0"\n');
    const joined = new Uint8Array(script.length + plain.length);
    joined.set(script);
    joined.set(plain, script.length);
    expect(readAll(joined).members).toEqual({ 'a.txt': 'alpha', 'dir/b.txt': 'beta' });
  });

  it('keeps paths inside the archive', () =>
    expect(readAll(zipSync({ '../../etc/passwd': strToU8('x'), 'a\\b.txt': strToU8('y') })).members).toEqual({
      'etc/passwd': 'x',
      'a/b.txt': 'y',
    }));

  it('names a file without central directory as damaged', () =>
    expect(readAll(plain.subarray(0, 40))).toEqual({ members: {}, problems: ['PLM_NESTED_DAMAGED'] }));

  it('refuses a member that is larger than it says', () => {
    const lying = plain.slice();
    const view = new DataView(lying.buffer);
    const central = lying.length - 22 - view.getUint32(lying.length - 22 + 12, true);
    view.setUint32(central + 24, 2, true);
    expect(readAll(lying)).toEqual({ members: { 'dir/b.txt': 'beta' }, problems: ['PLM_NESTED_DAMAGED'] });
  });

  it('names encrypted members', () => {
    const locked = plain.slice();
    const view = new DataView(locked.buffer);
    const central = locked.length - 22 - view.getUint32(locked.length - 22 + 12, true);
    view.setUint16(central + 8, 1, true);
    expect(readAll(locked)).toEqual({ members: { 'dir/b.txt': 'beta' }, problems: ['PLM_NESTED_ENCRYPTED'] });
  });

  it('stops at the member limit and says so', () =>
    expect(readAll(plain, withLimits({ nestedMembers: 1 }))).toEqual({
      members: { 'a.txt': 'alpha' },
      problems: ['PLM_NESTED_LIMIT'],
    }));

  it('stops at the byte budget', () =>
    expect(() => readAll(plain, withLimits({ nestedBytes: 6 }))).toThrow(NestedBudgetSpent));

  it('survives any damage', () => {
    fc.assert(
      fc.property(fc.nat(plain.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const damaged = plain.slice();
        damaged[at] = byte;
        readAll(damaged);
      }),
      { numRuns: 500 },
    );
  });

  it('survives any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readAll(bytes)));
  });
});
