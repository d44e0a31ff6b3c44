import { describe, expect, it } from 'vitest';
import type { Detector, Selector } from '../../src/detect/detector.ts';
import { compileRoute, joinWanted } from '../../src/detect/route.ts';

function detector(id: string, select: readonly Selector[], companions?: readonly Selector[]): Detector {
  return {
    id,
    title: id,
    specification: '',
    packageTypes: [],
    select,
    ...(companions === undefined ? {} : { companions }),
    detect: () => [],
  };
}

const route = compileRoute([
  detector('status', [{ path: '/var/lib/dpkg/status' }]),
  detector('gemspec', [{ suffix: '.gemspec' }]),
  detector('manifest', [{ basename: 'package.json' }]),
  detector('pattern', [{ pattern: /^\/usr\/lib\/python[0-9.]+\/x$/ }]),
  detector('elf', [{ magic: [0x7f, 0x45, 0x4c, 0x46] }]),
  detector('small', [{ suffix: '.cfg', maxSize: 10 }]),
  detector('rpm', [{ path: '/var/lib/rpm/rpmdb.sqlite' }], [{ path: '/var/lib/rpm/rpmdb.sqlite-wal' }]),
]);

function ids(path: string, size = 100): readonly string[] {
  const wanted = route.byPath(path, size);
  return [...wanted.now.map((found) => found.id), ...(wanted.hold ? ['(held)'] : [])];
}

describe('compileRoute', () => {
  it('finds a whole path', () => expect(ids('/var/lib/dpkg/status')).toEqual(['status']));
  it('does not take a longer path for a whole path', () => expect(ids('/x/var/lib/dpkg/status')).toEqual([]));
  it('finds a suffix', () => expect(ids('/gems/rake-13.gemspec')).toEqual(['gemspec']));
  it('finds a basename', () => expect(ids('/a/package.json')).toEqual(['manifest']));
  it('does not take a suffix for a basename', () => expect(ids('/a/my-package.json')).toEqual([]));
  it('finds a pattern', () => expect(ids('/usr/lib/python3.11/x')).toEqual(['pattern']));
  it('holds to size bounds', () => expect([ids('/a.cfg', 10), ids('/a.cfg', 11)]).toEqual([['small'], []]));
  it('holds selected files and companions of paired detectors', () =>
    expect([ids('/var/lib/rpm/rpmdb.sqlite'), ids('/var/lib/rpm/rpmdb.sqlite-wal')]).toEqual([['(held)'], ['(held)']]));
  it('finds first bytes', () =>
    expect(route.byHead(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2), 5).now.map((found) => found.id)).toEqual(['elf']));
  it('takes too few bytes for no match', () => expect(route.byHead(Uint8Array.of(0x7f), 1).now).toEqual([]));
  it('joins what path and bytes want without repeats', () => {
    const wanted = route.byPath('/var/lib/dpkg/status', 1);
    expect(joinWanted(wanted, wanted).now.map((found) => found.id)).toEqual(['status']);
  });
});
