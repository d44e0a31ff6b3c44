import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TarEntry } from '../../src/archive-formats/tar-entry.ts';
import { TarError } from '../../src/archive-formats/tar-header.ts';
import { expandSparse } from '../../src/archive-formats/tar-sparse.ts';
import { TarWalker } from '../../src/archive-formats/tar-walker.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { padded, paxHeader, paxRecord, seal, tar, tarFile, tarHeader } from '../support/tar-builder.ts';

interface Walked {
  readonly entries: readonly (Partial<TarEntry> & { readonly content: string })[];
  readonly problems: readonly string[];
  readonly trailing: boolean;
}

/** Walks an archive in pieces of `cut` bytes. */
function walk(archive: Uint8Array, cut = archive.length || 1): Walked {
  const entries: { entry: TarEntry; content: Buffer[] }[] = [];
  const problems: string[] = [];
  let chunk: Uint8Array = archive;
  const walker = new TarWalker(DEFAULT_LIMITS, {
    header: () => {},
    entry: (entry) => entries.push({ entry, content: [] }),
    content: (start, end) => entries.at(-1)?.content.push(Buffer.from(chunk.subarray(start, end))),
    problem: (code, path) => problems.push(`${code} ${path}`),
  });
  for (let at = 0; at < archive.length; at += cut) {
    chunk = archive.subarray(at, at + cut);
    walker.push(chunk);
  }
  walker.finish();
  return {
    entries: entries.map(({ entry, content }) => ({ ...entry, content: Buffer.concat(content).toString('latin1') })),
    problems,
    trailing: walker.hasTrailingBytes,
  };
}

function names(archive: Uint8Array): readonly (string | undefined)[] {
  return walk(archive).entries.map((entry) => entry.path);
}

describe('entries', () => {
  it('reads files, directories, links, devices and fifos', () => {
    const archive = tar(
      tarHeader({ name: 'etc/', type: '5', mode: 0o755 }),
      tarFile('etc/a', 'hello', { mode: 0o4755 }),
      tarHeader({ name: 'etc/s', type: '2', link: '../x' }),
      tarHeader({ name: 'etc/h', type: '1', link: './etc/a' }),
      tarHeader({ name: 'dev/c', type: '3' }),
      tarHeader({ name: 'dev/b', type: '4' }),
      tarHeader({ name: 'dev/f', type: '6' }),
    );
    expect(
      walk(archive).entries.map(({ path, kind, mode, size, link, content }) => [path, kind, mode, size, link, content]),
    ).toEqual([
      ['/etc', 'directory', 0o755, 0, '', ''],
      ['/etc/a', 'file', 0o4755, 5, '', 'hello'],
      ['/etc/s', 'symlink', 0o644, 0, '../x', ''],
      ['/etc/h', 'hardLink', 0o644, 0, '/etc/a', ''],
      ['/dev/c', 'characterDevice', 0o644, 0, '', ''],
      ['/dev/b', 'blockDevice', 0o644, 0, '', ''],
      ['/dev/f', 'fifo', 0o644, 0, '', ''],
    ]);
  });

  it('takes pax names, link targets, sizes and capabilities', () => {
    const records = Buffer.concat([
      paxRecord('path', `${'d/'.repeat(120)}long`),
      paxRecord('size', '3'),
      paxRecord('SCHILY.xattr.security.capability', Buffer.from([1, 2, 10])),
    ]);
    const [entry] = walk(tar(paxHeader(records), tarHeader({ name: 'short', size: 0 }), padded('abc'))).entries;
    expect([entry?.path, entry?.content, entry?.capability]).toEqual([
      `/${'d/'.repeat(120)}long`,
      'abc',
      Uint8Array.of(1, 2, 10),
    ]);
  });

  it('takes GNU long names and long link targets', () => {
    const long = `${'n'.repeat(150)}\0`;
    const archive = tar(
      tarFile('././@LongLink', long, { type: 'L' }),
      tarFile('././@LongLink', long, { type: 'K' }),
      tarHeader({ name: 'n', type: '2', link: 'n' }),
    );
    expect(walk(archive).entries.map(({ path, link }) => [path, link])).toEqual([
      [`/${'n'.repeat(150)}`, 'n'.repeat(150)],
    ]);
  });

  it('joins the ustar prefix, and does not where the header is GNU', () => {
    expect(
      names(tar(tarHeader({ name: 'b', prefix: 'a' }), tarHeader({ name: 'c', prefix: 'x', magic: 'ustar  \0' }))),
    ).toEqual(['/a/b', '/c']);
  });

  it('reads base-256 sizes and V7 headers', () => {
    const sizeField = Buffer.alloc(12);
    sizeField[0] = 0x80;
    sizeField[11] = 3;
    expect(walk(tar(tarHeader({ name: 'big', sizeField }), padded('abc'))).entries[0]?.content).toBe('abc');
    expect(names(tar(tarHeader({ name: 'v7dir/', type: '\0', magic: '\0'.repeat(8) })))).toEqual(['/v7dir']);
  });

  it('passes over sizes of links and directories, which have no content', () => {
    expect(
      names(
        tar(
          tarHeader({ name: 's', type: '2', size: 512 }),
          tarHeader({ name: 'd', type: '5', size: 512 }),
          tarFile('after', 'x'),
        ),
      ),
    ).toEqual(['/s', '/d', '/after']);
  });

  it('does not let a global header rename files', () => {
    expect(names(tar(tarFile('g', paxRecord('path', 'evil'), { type: 'g' }), tarFile('good', '1')))).toEqual(['/good']);
  });
});

describe('sparse files', () => {
  it('expands an old GNU map, and refuses what is larger than the limit', () => {
    const header = tarHeader({ name: 'sparse', type: 'S', size: 3, magic: 'ustar  \0' });
    header.write('00000000004\0', 386, 'latin1');
    header.write('00000000003\0', 398, 'latin1');
    header.write('00000000012\0', 483, 'latin1');
    const [entry] = walk(tar(seal(header), padded('abc'))).entries;
    const sparse = entry?.sparse;
    if (sparse === undefined) throw new Error('no sparse map');
    expect(expandSparse(sparse, Buffer.from('abc'), 100)).toEqual(Uint8Array.from(Buffer.from('\0\0\0\0abc\0\0\0')));
    expect(expandSparse(sparse, Buffer.from('abc'), 5)).toBeUndefined();
  });

  it('expands a pax 1.0 map, which comes before the content', () => {
    const records = Buffer.concat([
      paxRecord('GNU.sparse.major', '1'),
      paxRecord('GNU.sparse.minor', '0'),
      paxRecord('GNU.sparse.name', 'real'),
      paxRecord('GNU.sparse.realsize', '6'),
    ]);
    const stored = Buffer.concat([padded('1\n2\n3\n'), Buffer.from('abc')]);
    const [entry] = walk(tar(paxHeader(records), tarFile('GNUSparseFile.0/real', stored))).entries;
    expect(entry?.path).toBe('/real');
    expect(entry?.sparse && expandSparse(entry.sparse, stored, 100)).toEqual(Uint8Array.from(Buffer.from('\0\0abc\0')));
  });
});

describe('broken archives', () => {
  it.each([
    ['a wrong checksum', tar(tarHeader({ name: 'x', wrongChecksum: true }))],
    ['a size that is no number', tar(tarHeader({ name: 'x', sizeField: Buffer.from('zzzzzzzzzzz\0') }))],
    ['a negative size', tar(tarHeader({ name: 'x', sizeField: Buffer.alloc(12, 0xff) }))],
    ['an end inside a file', tarHeader({ name: 'x', size: 1000 })],
    ['an end inside a header', Buffer.from('x'.repeat(100))],
  ])('refuses %s', (_name, archive) => {
    expect(() => walk(archive)).toThrow(TarError);
  });

  it.each([
    ['a record that is too long', Buffer.from('999999 path=x\n')],
    ['a negative length', Buffer.from('-5 path=x\n')],
    ['no length', Buffer.from('abc')],
    ['no equals sign', Buffer.from('7 path\n')],
    ['a size that is no number', paxRecord('size', '-1')],
    ['a NUL in a path', paxRecord('path', 'a\0b')],
  ])('reports %s and keeps the entry', (_name, records) => {
    const { entries, problems } = walk(tar(paxHeader(records), tarFile('f', 'x')));
    expect([entries[0]?.path, entries[0]?.content, problems]).toEqual(['/f', 'x', ['PLM_TAR_EXTENSION ']]);
  });

  it('passes over extension records above the limit', () => {
    const { entries, problems } = walk(tar(paxHeader(Buffer.alloc(2 * 1024 * 1024)), tarFile('f', 'x')));
    expect([entries[0]?.path, problems]).toEqual(['/f', ['PLM_LIMIT PaxHeaders/entry']]);
  });

  it('passes over entries with paths above the limits', () => {
    const deep = paxHeader(paxRecord('path', 'd/'.repeat(600)));
    const { entries, problems } = walk(tar(deep, tarFile('f', 'lost'), tarFile('after', 'x')));
    expect([entries.map((entry) => entry.path), problems.length]).toEqual([['/after'], 1]);
  });

  it('passes over links to paths above the limits', () => {
    const long = paxHeader(paxRecord('linkpath', 'd/'.repeat(200_000)));
    const link = tarHeader({ name: 'l', type: '2', link: 'short' });
    const { entries, problems } = walk(tar(long, link, tarFile('after', 'x')));
    expect([entries.map((entry) => entry.path), problems]).toEqual([['/after'], ['PLM_LIMIT /l']]);
  });

  it('ends at two zero blocks and says what comes behind', () => {
    const archive = Buffer.concat([tar(tarFile('first', '1')), tar(tarFile('second', '2'))]);
    expect([names(archive), walk(archive).trailing]).toEqual([['/first'], true]);
    expect(walk(Buffer.concat([tar(tarFile('a', '')), Buffer.alloc(9000)])).trailing).toBe(false);
    const zeros = Buffer.concat([tar(tarFile('a', '')), Buffer.alloc(200_000)]);
    const behindZeros = [1, 70_000, 131_072, 199_000].map((fromEnd) => {
      const bytes = Buffer.from(zeros);
      bytes[bytes.length - fromEnd] = 1;
      return walk(bytes).trailing;
    });
    expect([walk(zeros).trailing, behindZeros]).toEqual([false, [true, true, true, true]]);
  });
});

const anyEntry = fc.oneof(
  fc
    .tuple(fc.stringMatching(/^[a-z./]{1,20}$/), fc.uint8Array({ maxLength: 1500 }))
    .map(([name, content]) => tarFile(name, content)),
  fc
    .stringMatching(/^[a-z/]{1,300}$/)
    .map((path) => Buffer.concat([paxHeader(paxRecord('path', path)), tarFile('x', 'y')])),
);

describe('properties', () => {
  it('finds the same however the archive is cut', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 6 }), fc.integer({ min: 1, max: 2000 }), (entries, cut) => {
        const archive = tar(...entries);
        expect(walk(archive, cut)).toEqual(walk(archive));
      }),
      { numRuns: 60 },
    );
  });

  it('throws nothing but TarError on damaged archives', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 4 }), damage, fc.boolean(), (entries, bytes, resealed) => {
        const archive = tar(...entries);
        for (const [at, value] of bytes) archive[at % archive.length] = value;
        if (resealed) seal(archive.subarray(0, 512));
        try {
          walk(archive);
        } catch (error) {
          expect(error).toBeInstanceOf(TarError);
        }
      }),
      { numRuns: 400 },
    );
  });
});
