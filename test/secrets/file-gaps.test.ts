import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { createSecretScanner } from '../../src/secrets/stream-scanner.ts';

const MIB = 1024 * 1024;

/** Problems of one file, as a member of an archive or as a file of the layer that comes in blocks. */
function problemsOf(path: string, content: Uint8Array, blockBytes?: number) {
  const scanner = createSecretScanner({ limits: DEFAULT_LIMITS });
  if (blockBytes === undefined) scanner.scanBytes(path, content);
  else {
    const memory = new WebAssembly.Memory({ initial: 1 });
    for (let offset = 0; offset < content.length; offset += blockBytes) {
      const bytes = content.subarray(offset, offset + blockBytes);
      const last = offset + bytes.length === content.length;
      const span = { kind: 'content' as const, entry: 0, path, start: 0, end: bytes.length, offset, last };
      scanner.block({ bytes, memory, pointer: 0 }, [span]);
    }
  }
  scanner.finish();
  return scanner.problems();
}

const places: readonly (readonly [string, number | undefined])[] = [
  ['a member of an archive', undefined],
  ['a file in one block', 8 * MIB],
  ['a file in many blocks', MIB / 4],
];

describe.each(places)('%s', (_, blockBytes) => {
  it('says that literals were too many to be judged', () => {
    const content = Buffer.from('glpat-'.repeat(2100));
    expect(problemsOf('/srv/x.txt', content, blockBytes)).toEqual([
      {
        path: '/srv/x.txt',
        code: 'PLM_SECRET_LIMIT',
        detail: '0 findings beyond those that are kept; 880 literals among too many to be judged',
      },
    ]);
  });

  it('says that there are more findings than are kept', () => {
    const line = (index: number) => `glpat-q8Zm2xKd91Vb7Nw3${String(index).padStart(4, '0')}${'.'.repeat(100)}\n`;
    const content = Buffer.from(Array.from({ length: 2005 }, (_, index) => line(index)).join(''));
    expect(problemsOf('/srv/x.txt', content, blockBytes)).toEqual([
      {
        path: '/srv/x.txt',
        code: 'PLM_SECRET_LIMIT',
        detail: '0 findings beyond those that are kept; 5 literals among too many to be judged',
      },
    ]);
  });

  it('says that encoded texts were too many to be looked into', () => {
    const text = `#!/bin/sh\n${'x '.repeat(8000)}`;
    const content = Buffer.from(`${Buffer.from(text).toString('base64')} \n`.repeat(133));
    expect(problemsOf('/srv/x.txt', content, blockBytes)).toEqual([
      {
        path: '/srv/x.txt',
        code: 'PLM_SECRET_LIMIT',
        detail: 'encoded texts decode to more than 2097152 bytes; 3 texts not looked into',
      },
    ]);
  });

  it('says that a keystore is too large to be read', () => {
    const content = new Uint8Array(2 * MIB + 1);
    content.set([0xfe, 0xed, 0xfe, 0xed]);
    expect(problemsOf('/srv/big.jks', content, blockBytes)).toEqual([
      {
        path: '/srv/big.jks',
        code: 'PLM_SECRET_LIMIT',
        detail: 'the file is larger than the 2097152 bytes that are read whole; not looked at by java-keystore',
      },
    ]);
  });

  it('is silent on a large file that nobody reads whole', () => {
    expect(problemsOf('/srv/data.bin', new Uint8Array(2 * MIB + 1), blockBytes)).toEqual([]);
  });
});

it.each([[8 * MIB], [MIB / 4]])('says that UTF-16 is too long to be decoded, in blocks of %i bytes', (blockBytes) => {
  const content = Buffer.from(`\ufeff${'x'.repeat(MIB)}`, 'utf16le');
  expect(problemsOf('/srv/wide.txt', content, blockBytes)).toEqual([
    {
      path: '/srv/wide.txt',
      code: 'PLM_SECRET_LIMIT',
      detail: 'the file is larger than the 2097152 bytes that are read whole; not looked at by the reader of UTF-16',
    },
  ]);
});
