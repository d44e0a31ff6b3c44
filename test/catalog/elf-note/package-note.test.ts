import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/elf-note/detector.ts';
import { packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';
import { buildElf } from '../../support/executable-builder.ts';

const PROGRAM = '/usr/bin/rg';
const NOTE = {
  type: 'rpm',
  name: 'ripgrep',
  version: '14.1-1.fc39',
  architecture: 'x86_64',
  os: 'fedora',
  osVersion: '39',
  osCpe: 'cpe:/o:fedoraproject:fedora:39',
};
const LOST =
  'PLM_DATABASE_DAMAGED: the package note names no package of a known type: what this file was packaged as is not known';

function noteOf(text: string, shape: { readonly big?: boolean; readonly type?: number } = {}): Buffer {
  const description = Buffer.concat([Buffer.from(text), Buffer.alloc(4 - (text.length % 4))]);
  const head = Buffer.alloc(12);
  const write = (value: number, at: number): number =>
    shape.big === true ? head.writeUInt32BE(value, at) : head.writeUInt32LE(value, at);
  write(4, 0);
  write(description.length, 4);
  write(shape.type ?? 0xcafe1a7e, 8);
  return Buffer.concat([head, Buffer.from('FDO\0'), description]);
}

const programOf = (note: Buffer, big = false): Uint8Array => buildElf({ '.note.package': note }, { big });

describe('package notes', () => {
  it.each([false, true])('are read from ELF files (big endian: %s)', (big) => {
    const other = noteOf('abc', { big, type: 1 });
    const program = programOf(Buffer.concat([other, noteOf(JSON.stringify(NOTE), { big })]), big);
    expect(runDetectors(detectors, { [PROGRAM]: program })).toEqual([
      {
        kind: 'package',
        package: {
          type: 'rpm',
          namespace: 'fedora',
          name: 'ripgrep',
          version: '14.1-1.fc39',
          unlessOwned: true,
          arch: 'x86_64',
          qualifiers: { distro: 'fedora-39' },
          properties: { embedded: 'elf-note', cpe: 'cpe:/o:fedoraproject:fedora:39' },
        },
      },
    ]);
  });

  it('are no matter where there is no such section', () => {
    expect(runDetectors(detectors, { [PROGRAM]: buildElf({ '.note.gnu': noteOf('{}') }), '/empty': '' })).toEqual([]);
  });

  it.each([
    ['truncated', noteOf(JSON.stringify(NOTE)).subarray(0, 40)],
    ['of an unknown type', noteOf(JSON.stringify({ ...NOTE, type: 'wheel' }))],
    ['without a name', noteOf('{"type":"deb","version":"1"}')],
    ['nested without end', noteOf('['.repeat(9000))],
    ['of absurd lengths', Buffer.alloc(64, 0xff)],
  ])('are a problem when %s', (_, note) => {
    expect(problemsOf(runDetectors(detectors, { [PROGRAM]: programOf(note) }))).toEqual([LOST]);
  });

  it('are stated as of each layer', () => {
    const [detector] = detectors;
    if (detector === undefined) throw new Error('no detector');
    const program = (version: string): Uint8Array => programOf(noteOf(JSON.stringify({ ...NOTE, version })));
    const layers = runLayers(detector, [{ [PROGRAM]: program('1') }, { [PROGRAM]: program('2') }, { [PROGRAM]: null }]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => one.version))).toEqual([['1'], ['2'], []]);
  });

  it('never throw, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        (note) => runDetectors(detectors, { [PROGRAM]: programOf(Buffer.from(note)) }).length <= 1,
      ),
    );
  });
});
