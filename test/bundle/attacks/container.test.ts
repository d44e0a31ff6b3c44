import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../src/bundle/container/byte-source.ts';
import { alignToPage } from '../../../src/bundle/container/header.ts';
import { readStoredSection } from '../../../src/bundle/container/read-section.ts';
import { sha256Hex } from '../../../src/bundle/content-id.ts';
import type { Release } from '../../../src/bundle/trust/release.ts';
import { Lab, makeBundle, refusalOf } from '../../support/bundle/bundle-lab.ts';
import { watchedFileSystem } from '../../support/bundle/watched-file-system.ts';

const sound = makeBundle();
const AREA = alignToPage(64 + sound.readUInt32LE(12));

function changed(edit: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(sound);
  edit(bytes);
  return bytes;
}

/** A release whose first stored section was placed or described otherwise. */
function misplaced(edit: (stored: NonNullable<Release['sections'][number]['stored']>) => object): Buffer {
  return makeBundle({
    edit: (document) => {
      const sections = structuredClone(document['sections']);
      if (!Array.isArray(sections)) throw new Error('no sections');
      const first = sections[0];
      Object.assign(first.stored, edit(first.stored));
      return { ...document, sections };
    },
  });
}

describe('container', () => {
  it('36 refuses a file cut short at every page and within every field', () => {
    using lab = new Lab();
    const cuts = [0, 1, 7, 8, 11, 15, 23, 31, 63, 64, 65, 1000];
    for (let page = 4096; page < sound.length; page += 4096) cuts.push(page, page - 1, page + 1);
    cuts.push(sound.length - 1);
    const codes = new Set(cuts.map((length) => lab.refusal(sound.subarray(0, length))));
    expect(codes).toEqual(new Set(['PLM_BUNDLE_TRUNCATED']));
  });

  it('37 refuses trailing bytes, whatever length is stated', () => {
    using lab = new Lab();
    const longer = Buffer.concat([sound, Buffer.from('x')]);
    expect(lab.refusal(longer)).toBe('PLM_BUNDLE_TRAILING');
    longer.writeBigUInt64LE(BigInt(longer.length), 16);
    expect(lab.refusal(longer)).toBe('PLM_BUNDLE_TRAILING');
  });

  it('37 refuses padding that is not zero', () => {
    using lab = new Lab();
    expect(lab.refusal(changed((bytes) => bytes.writeUInt8(1, AREA - 1)))).toBe('PLM_BUNDLE_TRAILING');
  });

  it.each([
    ['overlaps another', () => ({ offset: 4096 })],
    ['leaves a gap', () => ({ offset: 40_960 })],
    ['wraps around', () => ({ offset: Number.MAX_SAFE_INTEGER - 4095 })],
    ['is not on a page', () => ({ offset: 8 })],
    ['reaches beyond the file', () => ({ size: 900_000 })],
  ])('37 refuses a section that %s', (_, edit) => {
    using lab = new Lab();
    expect(lab.refusal(misplaced(edit))).toMatch(/PLM_BUNDLE_(FORMAT|TRUNCATED|TRAILING)/);
  });

  it('37 refuses a header whose lengths lie', () => {
    using lab = new Lab();
    expect(lab.refusal(changed((bytes) => bytes.writeUInt32LE(0xffffffff, 12)))).toBe('PLM_BUNDLE_FORMAT');
    expect(lab.refusal(changed((bytes) => bytes.writeBigUInt64LE(0xffffffffffffffffn, 16)))).toBe('PLM_BUNDLE_FORMAT');
    expect(lab.refusal(changed((bytes) => bytes.writeUInt32LE(100, 12)))).toBe('PLM_BUNDLE_DIGEST');
    expect(lab.refusal(changed((bytes) => bytes.writeUInt16LE(2, 8)))).toBe('PLM_BUNDLE_READER');
    expect(lab.refusal(changed((bytes) => bytes.writeUInt8(1, 24)))).toBe('PLM_BUNDLE_FORMAT');
  });

  it('38 refuses a flipped bit anywhere', () => {
    using lab = new Lab();
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.nat(7), (at, bit) => {
        const flipped = changed((bytes) => bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at));
        expect(lab.refusal(flipped)).toMatch(/^PLM_BUNDLE_/);
      }),
      { numRuns: 150 },
    );
  });

  it('38 says so when a copy translated line ends', () => {
    using lab = new Lab();
    const translated = Buffer.from(sound.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    expect(lab.refusal(translated)).toBe('PLM_BUNDLE_FORMAT');
  });

  it.each([
    [
      'a bomb: more bytes than stated',
      (raw: Buffer) => ({ stored: zstdCompressSync(Buffer.alloc(50_000_000)), size: raw.length }),
    ],
    ['fewer bytes than stated', (raw: Buffer) => ({ stored: zstdCompressSync(raw.subarray(1)), size: raw.length })],
    [
      'bytes after the compressed data',
      (raw: Buffer) => ({ stored: Buffer.concat([zstdCompressSync(raw), Buffer.from('more')]), size: raw.length }),
    ],
    [
      'a second frame',
      (raw: Buffer) => ({ stored: Buffer.concat([zstdCompressSync(raw), zstdCompressSync(raw)]), size: raw.length }),
    ],
    ['no compressed data', (raw: Buffer) => ({ stored: raw, size: raw.length })],
  ])('39 refuses %s, though the stored bytes are signed', (_, make) => {
    const raw = Buffer.from('raw bytes of a section '.repeat(100));
    const { stored, size } = make(raw);
    const entry = {
      type: 'kev' as const,
      key: '',
      size,
      sha256: sha256Hex(raw),
      stored: { codec: 'zstd' as const, offset: 0, size: stored.length, sha256: sha256Hex(stored), chunks: [] },
    };
    expect(refusalOf(() => readStoredSection(memorySource(stored), 0, entry))).toBe('PLM_BUNDLE_DIGEST');
  });

  it('40 refuses symbolic links, folders, FIFOs and devices without waiting', () => {
    using lab = new Lab();
    const file = lab.write('real.plb', sound);
    symlinkSync(file, join(lab.folder, 'link.plb'));
    mkdirSync(join(lab.folder, 'folder.plb'));
    execFileSync('sh', ['-c', 'mkfifo "$1"', '-', join(lab.folder, 'fifo.plb')]);
    for (const name of ['link.plb', 'folder.plb', 'fifo.plb']) {
      expect(lab.refusal({}, { file: join(lab.folder, name) }), name).toBe('PLM_INPUT_UNREADABLE');
    }
    expect(lab.refusal({}, { file: '/dev/zero' })).toBe('PLM_INPUT_UNREADABLE');
    expect(lab.refusal({}, { file: join(lab.folder, 'absent.plb') })).toBe('PLM_INPUT_NOT_FOUND');
  });

  it.each([
    ['shrinks', (path: string) => truncateSync(path, 5000)],
    ['grows', (path: string) => appendFileSync(path, 'x')],
    ['is written over', (path: string) => writeFileSync(path, Buffer.alloc(sound.length))],
  ])('40 refuses a file that %s while it is read', (_, tamper) => {
    using lab = new Lab();
    const path = lab.write('candidate.plb', sound);
    let reads = 0;
    lab.fs = watchedFileSystem((call) => {
      if (call !== 'statfsSync') return;
      reads++;
      tamper(path);
    });
    expect(lab.refusal({}, { file: path })).toMatch(/PLM_BUNDLE_(SOURCE_CHANGED|TRUNCATED|DIGEST)/);
    expect(reads).toBe(1);
  });
});
