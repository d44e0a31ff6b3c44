import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/rust/detector.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';
import { buildElf, buildMacho, buildPe } from '../../support/executable-builder.ts';

const PADDING = 64 * 1024;
const LOST =
  'PLM_FILE_UNREADABLE: the dependency list of this Rust program is damaged: the crates built into it are not listed';
const scan = (bytes: Uint8Array) => runDetectors(detectors, { '/usr/bin/program': bytes });
const list = (packages: unknown) => deflateSync(Buffer.from(JSON.stringify({ packages })));
const program = (section: Uint8Array) =>
  buildElf({ '.text': new Uint8Array(9), '.dep-v0': section }, { padding: PADDING });

const CRATES = [
  { name: 'shop', version: '0.3.0', source: 'local', root: true, dependencies: [1, 2] },
  { name: 'rand', version: '0.7.3', source: 'crates.io' },
  { name: 'rand', version: '0.8.5', source: 'crates.io', dependencies: [1] },
  { name: 'cc', version: '1.0.0', source: 'git', kind: 'build' },
];

describe('Rust programs', () => {
  for (const [title, bytes] of [
    ['ELF', program(list(CRATES))],
    ['PE', buildPe({ '.dep-v0': list(CRATES) }, PADDING)],
    ['Mach-O', buildMacho({ '.dep-v0': list(CRATES) }, PADDING)],
  ] as const) {
    it(`lists the crates of ${title}, two versions apart`, () => {
      expect(packagesOf(scan(bytes))).toEqual([
        {
          type: 'cargo',
          name: 'shop',
          version: '0.3.0',
          provides: ['shop@0.3.0'],
          dependsOn: ['rand@0.7.3', 'rand@0.8.5'],
          properties: { main: 'true', source: 'local' },
        },
        { type: 'cargo', name: 'rand', version: '0.7.3', provides: ['rand@0.7.3'] },
        { type: 'cargo', name: 'rand', version: '0.8.5', provides: ['rand@0.8.5'], dependsOn: ['rand@0.7.3'] },
        {
          type: 'cargo',
          name: 'cc',
          version: '1.0.0',
          scope: 'development',
          provides: ['cc@1.0.0'],
          properties: { source: 'git' },
        },
      ]);
    });
  }

  it('finds nothing in a program without a list', () => {
    expect(scan(buildElf({ '.text': new Uint8Array(9) }, { padding: PADDING }))).toEqual([]);
  });

  for (const [title, section] of [
    ['no zlib data', Buffer.from('bogus')],
    ['cut off', list(CRATES).subarray(0, 30)],
    ['no JSON', deflateSync('{')],
    ['a bomb', deflateSync(Buffer.alloc(64 * 1024 * 1024))],
  ] as const) {
    it(`says that crates are lost when the list is ${title}`, () =>
      expect(problemsOf(scan(program(section)))).toEqual([LOST]));
  }

  it('keeps the rest when an entry names nothing', () => {
    const found = scan(
      program(
        list([{ name: 'a', version: '1.0.0', source: 'crates.io', dependencies: [1, 7, -1, 'x'] }, { name: 'b' }]),
      ),
    );
    expect(packagesOf(found)).toEqual([{ type: 'cargo', name: 'a', version: '1.0.0', provides: ['a@1.0.0'] }]);
    expect(problemsOf(found)).toEqual([
      'PLM_FILE_UNREADABLE: 1 crates in the dependency list have no name or version and are not listed',
    ]);
  });

  it('survives any damage to the list', () => {
    const section = list(CRATES);
    fc.assert(
      fc.property(fc.nat(section.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Uint8Array.from(section);
        damaged[at] = byte;
        scan(program(damaged));
      }),
    );
  });
});
