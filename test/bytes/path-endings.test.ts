import { describe, expect, it } from 'vitest';
import { PathEndings } from '../../src/bytes/path-endings.ts';

function endings(): PathEndings<string> {
  const filed = new PathEndings<string>();
  filed.addPath('/etc/release', 'path');
  filed.addBasename('release', 'basename');
  filed.addSuffix('.egg-info', 'suffix');
  filed.addSuffix('ease', 'short suffix');
  return filed;
}

describe('PathEndings', () => {
  it('finds a whole path and all other endings of it in the order they were filed in', () =>
    expect(endings().find('/etc/release')).toEqual(['path', 'basename', 'short suffix']));
  it('takes no longer path for a whole path', () =>
    expect(endings().find('/image/etc/release')).toEqual(['basename', 'short suffix']));
  it('takes no longer name for a basename', () => expect(endings().find('/etc/os-release')).toEqual(['short suffix']));
  it('takes a path without directories for a basename', () =>
    expect(endings().find('release')).toEqual(['basename', 'short suffix']));
  it('finds a basename of two characters', () => {
    const filed = new PathEndings<string>();
    filed.addBasename('go', 'basename');
    expect(filed.find('/usr/bin/go')).toEqual(['basename']);
  });
  it('finds a suffix', () => expect(endings().find('/lib/six.egg-info')).toEqual(['suffix']));
  it('finds nothing for a path that is shorter than any ending', () => expect(endings().find('/a')).toEqual([]));
  it('tells endings apart whose last characters give the same number', () =>
    expect(endings().find('/six.egg-i\u016ego')).toEqual([]));
  it('refuses an ending that is shorter than what it is filed under', () =>
    expect(() => endings().addSuffix('.c', 'c')).toThrow('".c" is too short for an ending'));
});
