import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesAt, findSection, readExecutable, sectionBytes } from '../../../src/bytes/executable/executable.ts';
import { buildElf, buildMacho, buildPe } from '../../support/executable-builder.ts';

const content = new TextEncoder().encode('what a build tool wrote');
const files: readonly (readonly [title: string, bytes: Uint8Array])[] = [
  ['ELF, 64 bits', buildElf({ '.first': new Uint8Array(3), '.note': content })],
  ['ELF, 32 bits, big-endian', buildElf({ '.first': new Uint8Array(3), '.note': content }, { bits: 32, big: true })],
  ['PE', buildPe({ '.first': new Uint8Array(3), '.note': content })],
  ['Mach-O', buildMacho({ '.first': new Uint8Array(3), '.note': content })],
];

describe('executables', () => {
  for (const [title, bytes] of files) {
    it(`finds a section of ${title}`, () => {
      const executable = readExecutable(bytes);
      const section = executable && findSection(executable, '.note');
      expect(section && sectionBytes(bytes, section)).toEqual(content);
    });

    it(`finds by address what ${title} loads`, () => {
      const executable = readExecutable(bytes);
      const section = executable && findSection(executable, '.note');
      expect(executable && section && bytesAt(bytes, executable, section.address + 5, 7)).toEqual(
        content.subarray(5, 12),
      );
      expect(executable && bytesAt(bytes, executable, 1, 7)).toEqual(
        title === 'Mach-O' ? bytes.subarray(1, 8) : undefined,
      );
    });

    it(`reads no throw out of a damaged ${title}`, () => {
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), (at, byte, cut) => {
          const damaged = bytes.slice();
          damaged[at] = byte;
          readExecutable(damaged);
          readExecutable(damaged.subarray(0, cut));
        }),
      );
    });
  }

  it('takes 256 bytes at most of a section name that does not end', () => {
    const names = readExecutable(buildElf({ ['.n'.repeat(200)]: content }))?.sections.map(({ name }) => name);
    expect(names).toEqual(['.n'.repeat(128), '.shstrtab']);
  });

  it('is no executable without a magic', () => expect(readExecutable(new Uint8Array(4096))).toBeUndefined());
});
