import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpioMembers, isCpio } from '../../src/archive-formats/cpio.ts';
import { DEFAULT_LIMITS, type Limits, withLimits } from '../../src/limits.ts';
import { cpio, cpioEntry } from '../support/cpio-builder.ts';

function read(archive: Uint8Array, limits: Limits = DEFAULT_LIMITS) {
  const problems: string[] = [];
  const members = [...cpioMembers(archive, limits, ({ code, detail }) => problems.push(`${code} ${detail}`))];
  return { files: members.map(({ path, bytes }) => `${path}=${Buffer.from(bytes)}`), problems };
}

const FILE = { path: './usr/bin/x', content: 'hello' };

describe('cpioMembers', () => {
  it('reads regular files', () =>
    expect(read(cpio(FILE, { path: '/etc/a', content: '' }))).toEqual({
      files: ['usr/bin/x=hello', 'etc/a='],
      problems: [],
    }));

  it('passes over directories, links and devices', () =>
    expect(
      read(
        cpio(
          { path: 'usr', mode: 0o040755 },
          { path: 'link', mode: 0o120777, content: 'target' },
          { path: 'dev/null', mode: 0o020666 },
          FILE,
        ),
      ),
    ).toEqual({ files: ['usr/bin/x=hello'], problems: [] }));

  it('has a file of two names under the last', () =>
    expect(read(cpio({ path: 'a', links: 2 }, { path: 'b', links: 2, content: 'both' })).files).toEqual(['b=both']));

  it('reads archives behind one another', () =>
    expect(read(Buffer.concat([cpio(FILE), Buffer.alloc(300), cpio({ path: 'b', content: '2' })]))).toEqual({
      files: ['usr/bin/x=hello', 'b=2'],
      problems: [],
    }));

  it('keeps names inside the archive', () =>
    expect(read(cpio({ path: '../../etc/passwd', content: 'x' })).files).toEqual(['etc/passwd=x']));

  it('stops at more members than allowed', () =>
    expect(read(cpio(FILE, FILE, FILE), withLimits({ nestedMembers: 2 }))).toEqual({
      files: ['usr/bin/x=hello', 'usr/bin/x=hello'],
      problems: ['PLM_NESTED_LIMIT cpio has more than 2 members; the rest was not looked into'],
    }));
});

describe('cpioMembers: damage', () => {
  it.each([
    ['an archive without an end', cpioEntry(FILE), 'cpio has no end; members may be missing'],
    ['a cut member', cpioEntry(FILE).subarray(0, -4), 'cpio: a member is cut off; the rest was not looked into'],
    ['a cut header', cpioEntry(FILE).subarray(0, 100), 'cpio: a header is damaged; the rest was not looked into'],
    [
      'headers of rpm without sizes',
      Buffer.from('07070X00000000'),
      'cpio: headers without sizes are not read; the rest was not looked into',
    ],
    [
      'other bytes behind the end',
      Buffer.concat([cpio(), Buffer.from('junk')]),
      'cpio: a header is damaged; the rest was not looked into',
    ],
  ])('says what %s costs', (_name, archive, detail) =>
    expect(read(archive).problems).toEqual([`PLM_NESTED_DAMAGED ${detail}`]),
  );

  it('ends on any change', () => {
    const whole = cpio(FILE, { path: 'b', content: 'x'.repeat(200) });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 20 }), (at, bytes) => {
        const damaged = Buffer.from(whole);
        damaged.set(bytes.subarray(0, whole.length - at), at);
        return read(damaged).files.length <= 3;
      }),
    );
  });
});

describe('isCpio', () => {
  it('knows both kinds of headers', () => {
    const entry = cpioEntry(FILE);
    const withChecksum = Buffer.from(entry);
    withChecksum[5] = 0x32;
    expect([isCpio(entry), isCpio(withChecksum)]).toEqual([true, true]);
  });
  it('takes no text for one', () => expect(isCpio(Buffer.from(`070701,${'a row of numbers,'.repeat(9)}`))).toBe(false));
});
