import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, withLimits } from '../../src/limits.ts';
import { SECRET_RULES } from '../../src/secrets/registry.generated.ts';
import { createSecretScanner } from '../../src/secrets/stream-scanner.ts';
import { resultInPieces, scanInPieces } from '../support/secret-stream.ts';

const samples = SECRET_RULES.flatMap((rule) => rule.samples.hits())
  .flatMap((sample) => (typeof sample === 'string' ? [sample] : []))
  .filter((_, index) => index % 5 === 0);

function planted(fillers: readonly string[]): Uint8Array {
  return Buffer.from(
    samples.map((sample, index) => `${fillers[index % fillers.length] ?? ''}\n${sample}`).join('\n'),
    'latin1',
  );
}

describe('a file cut into blocks', () => {
  const content = planted(['line one\nline two', '', '\u0000\u0001 binary '.repeat(9), 'x'.repeat(300)]);
  const whole = scanInPieces('/srv/mixed.txt', content, [content.length]);

  it('holds findings at all', () => {
    expect(whole.length).toBeGreaterThan(5);
  });

  it.each([[1], [2], [7, 64], [511], [512], [4096, 1], [65_536]])(
    'gives the same findings in pieces of %j',
    (...sizes) => {
      expect(scanInPieces('/srv/mixed.txt', content, sizes)).toEqual(whole);
    },
  );

  it('gives the same findings for any cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 12 }), (sizes) => {
        expect(scanInPieces('/srv/mixed.txt', content, sizes)).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it('finds the same in UTF-16', () => {
    const text = `name\n${samples[0] ?? ''}`;
    const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
    const narrow = scanInPieces('/srv/a.txt', Buffer.from(` ${text}`), [1000]);
    expect(scanInPieces('/srv/a.txt', wide, [3])).toEqual(
      narrow.map((draft) => ({ ...draft, offset: draft.offset * 2, length: draft.length * 2 })),
    );
  });
});

describe('a file with too many literals to be judged', () => {
  const dense = `${'glpat- token = "x" '.repeat(4000)}\nDB_PASSWORD="${'hunter2Qx9'}"\n`;
  const content = Buffer.from(`${dense}${samples[1] ?? ''}\n${dense}`, 'latin1');

  it.each([[1000], [4096, 77], [65_536]])('says and finds the same in pieces of %j', (...sizes) => {
    expect(resultInPieces('/srv/app/settings.env', content, sizes)).toEqual(
      resultInPieces('/srv/app/settings.env', content, [content.length]),
    );
  });
});

describe('the headers of an entry', () => {
  const header = Buffer.from(`./srv/${'x'.repeat(40)} comment=${samples[0] ?? ''}`, 'latin1');

  function scanHeader(cut: number): string[] {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const scanner = createSecretScanner({ limits: DEFAULT_LIMITS });
    const piece = (from: number, to: number, entry: number) => {
      const bytes = Uint8Array.from(header.subarray(from, to));
      const span = {
        kind: 'header' as const,
        entry,
        path: entry < 0 ? '' : '/srv/x',
        start: 0,
        end: to - from,
        offset: 0,
        last: false,
      };
      scanner.block({ bytes, memory, pointer: 0 }, [span]);
    };
    if (cut > 0) piece(0, cut, -1);
    piece(cut, header.length, 7);
    return scanner.finish().map(({ path, entry, ruleId, name, line }) => `${path} ${entry} ${ruleId} ${name} ${line}`);
  }

  it.each([0, 1, 20, 55, 70, 90])('are searched when a block ends after %i bytes of them', (cut) => {
    expect(scanHeader(cut)).toEqual(['/srv/x 7 adafruit-io-key name or attribute undefined']);
  });
});

describe('more secrets than are kept of a layer', () => {
  it('are counted at the first file that lost some', () => {
    const scanner = createSecretScanner({ limits: withLimits({ layerSecrets: 2 }) });
    const text = Buffer.from(`DB_PASSWORD="${'hunter2Qx9'}"\nAPI_PASSWORD="${'k7Wz4mTq2'}"\n`);
    for (const path of ['/srv/a.env', '/srv/b.env', '/srv/c.env']) scanner.scanBytes(path, text);
    expect(scanner.finish().map(({ path }) => path)).toEqual(['/srv/a.env', '/srv/a.env']);
    expect(scanner.problems()).toEqual([
      {
        path: '/srv/b.env',
        code: 'PLM_SECRET_LIMIT',
        detail: '4 findings here and in files read later, beyond those that are kept of a layer',
      },
    ]);
  });
});
