import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHashLists } from '../../../src/pipeline/known-files/hash-list.ts';

const parse = (text: string) => parseHashLists([{ path: 'bad.txt', text }]);
const [MD5, SHA1, SHA256, SHA512] = [32, 40, 64, 128].map((length) => 'a1'.repeat(length / 2));

describe('lists of digests', () => {
  it('tell the algorithm by the length, and the name after it', () => {
    const text = `# of today\n${MD5}\n\n  ${SHA1}  miner\n${SHA256} *lib/worm.so\n"${SHA512}",worm;2026\r\n`;
    expect(parse(text)).toEqual(
      new Map([
        ['md5', new Map([[MD5, '']])],
        ['sha1', new Map([[SHA1, 'miner']])],
        ['sha256', new Map([[SHA256, 'lib/worm.so']])],
        ['sha512', new Map([[SHA512, 'worm;2026']])],
      ]),
    );
  });

  it('compare in lower case, several lists as one', () => {
    const files = [String(MD5).toUpperCase(), SHA1].map((text, index) => ({ path: `${index}`, text: `${text} x\n` }));
    expect(parseHashLists(files)).toEqual(
      new Map([
        ['md5', new Map([[MD5, 'x']])],
        ['sha1', new Map([[SHA1, 'x']])],
      ]),
    );
  });

  it('may have names that sha256sum escaped', () => {
    expect(parse(`\\${MD5}  a\\nb\n`)).toEqual(new Map([['md5', new Map([[MD5, 'a\\nb']])]]));
  });

  it.each(['', '# none today\n\n'])('are refused where %j holds no digest: nothing would be looked for', (text) => {
    const full = { path: 'full.txt', text: `${MD5}\n` };
    expect(() => parseHashLists([full, { path: 'bad.txt', text }])).toThrow(
      expect.objectContaining({ code: 'PLM_USAGE', path: 'bad.txt', message: 'the list holds no digest' }),
    );
  });

  it('are read as digests or refused, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f]{32} ?.*$/))), (found) => {
        try {
          for (const [algorithm, digests] of parse(found.join('\n')))
            for (const digest of digests.keys()) expect([algorithm, digest]).toEqual([algorithm, digest.toLowerCase()]);
        } catch (error) {
          expect(error).toMatchObject({ code: 'PLM_USAGE' });
        }
      }),
    );
  });

  it.each(['hello', `${MD5}0`, `${MD5}g miner`, `miner ${MD5}`])('refuse the line %s', (line) => {
    expect(() => parse(`# first\n${line}\n`)).toThrow(
      expect.objectContaining({ code: 'PLM_USAGE', path: 'bad.txt', message: expect.stringContaining('line 2') }),
    );
  });
});
