import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBoundedPattern } from '../../../src/catalog/binary/bounded-pattern.ts';
import { parseClassifiers } from '../../../src/catalog/binary/classifier.ts';
import { detectors } from '../../../src/catalog/binary/detector.ts';
import { findVersion } from '../../../src/catalog/binary/find-version.ts';
import { KNOWN_PROGRAMS } from '../../../src/catalog/binary/known-programs.ts';
import { renewClassifiers } from '../../../src/catalog/binary/renew-classifiers.ts';
import { toDetector } from '../../../src/catalog/binary/to-detector.ts';
import { packagesOf, runDetectors } from '../../support/detector-harness.ts';

const scan = (path: string, text: string) => runDetectors(detectors, { [path]: Buffer.from(text, 'latin1') });
const found = (path: string, text: string) =>
  packagesOf(scan(path, text)).map(({ name, version }) => `${name}@${version}`);

describe('known programs', () => {
  const facts: readonly (readonly [path: string, text: string, packages: readonly string[]])[] = [
    ['/usr/local/bin/redis-server', 'x\0Server started, Redis version 2.8.23\0', ['redis@2.8.23']],
    ['/usr/local/bin/redis-server', '\0\0' + '5.0.05ca5019de136-1539906480000000', ['redis@5.0.0']],
    ['/usr/local/bin/python3.11', '\0' + '3.11.4\0%.80s (%.80s) %.80s\0', ['python@3.11.4']],
    ['/usr/local/lib/libpython3.11.so.1.0', 'LC_ALL\0' + '3.11.4\0strict\0<prefix>/lib/pythonX.X\0', ['python@3.11.4']],
    ['/usr/local/bin/node', 'x\0node.js/v19.2.0\0', ['node@19.2.0']],
    ['/bin/busybox', 'memory\0BusyBox v1.36.1 (2023-12-04)\0', ['busybox@1.36.1']],
    ['/usr/sbin/nginx', 'x\0nginx version: openresty/1.21.4.3\n\0', ['nginx@1.21.4', 'openresty@1.21.4.3']],
    ['/usr/bin/openssl', '\0OpenSSL 1.1.1w  11 Sep 2023\0', ['openssl@1.1.1w']],
    ['/usr/bin/openssl', '\0OpenSSL 1.1.1 (compatible; AWS-LC 1.69.0)\0', ['aws-lc@1.69.0']],
    ['/usr/local/bin/ruby', 'ruby 3.2.2 (2023-03-30 revision e51014f9c0) [x86_64-linux]', ['ruby@3.2.2']],
    ['/usr/local/bin/ruby', 'ruby 1.9.3p551 (2014-11-13 revision 48407) [x86_64-linux]', ['ruby@1.9.3p551']],
    ['/usr/local/bin/postgres', '?PostgreSQL 15beta4 (Debian 15~beta4-1)', ['postgresql@15beta4']],
    ['/usr/lib/jvm/bin/java', '\0java\0' + '1.8\0' + '1.8.0_352-b08\0', ['java@1.8.0_352-b08']],
    ['/usr/local/go/VERSION', 'go1.21.3\ntime 2023-10-09\n', ['golang@1.21.3']],
    ['/usr/local/bin/helm', '\x1a@v3.15.2\0\0', ['helm@3.15.2']],
    ['/usr/local/bin/traefik', '\0\0' + '3.6.5\0\0$a', ['traefik@3.6.5']],
    ['/opt/firefox/application.ini', '[App]\nVendor=Mozilla\nName=Firefox\nVersion=151.0\n', ['firefox@151.0']],
    [
      '/usr/local/lib/libstd-c6192dd4c4d410ac.so',
      'LLVM (rustc version 1.67.1 (d5a82bbd2 2023-02-07))',
      ['rust@1.67.1'],
    ],
    ['/usr/sbin/haproxy', '\0 version 2.2.9-2+deb11u6, released 2023/12/23\n\0', ['haproxy@2.2.9']],
    ['/usr/sbin/haproxy', '\0 version 2.4.0-6cbbecf09, released 2021/05/14\n\0', ['haproxy@2.4.0']],
    ['/usr/bin/gzip', '%5.1f%%\0' + '1.13\0(NULL)\0', ['gzip@1.13']],
    ['/usr/bin/zstd', '\0v1.4.8\0zstd command line interface\0', ['zstd@1.4.8']],
    ['/usr/lib/libQt6Core.so.6.8.2', '\0Qt 6.8.2 (x86_64-little_endian-lp64 shared)\0', ['qt@6.8.2']],
    ['/usr/local/bin/php-fpm', '\0X-Powered-By: PHP/8.2.1\0', ['php@8.2.1']],
  ];
  for (const [path, text, packages] of facts) {
    it(`tells ${packages.join(' and ')} in ${path}`, () => expect(found(path, text)).toEqual(packages));
  }

  it('marks what it found as told by the file itself', () => {
    expect(scan('/bin/busybox', 'BusyBox v1.36.1 (')).toEqual([
      {
        kind: 'package',
        package: {
          type: 'generic',
          name: 'busybox',
          version: '1.36.1',
          unlessOwned: true,
          properties: { classifier: 'busybox' },
        },
      },
    ]);
  });

  it('finds nothing in other files, empty files, and files without a version', () => {
    expect(scan('/usr/bin/other', 'BusyBox v1.36.1 (')).toEqual([]);
    expect(scan('/bin/busybox', '')).toEqual([]);
    expect(scan('/bin/busybox', '#!/bin/sh\nexec real-busybox\n')).toEqual([]);
  });

  it('tells no version where a program holds several that could be it', () => {
    expect(scan('/usr/local/bin/traefik', '\0' + '3.6.5\0\0' + '1.2.3\0')).toEqual([]);
  });

  it('reads a file that repeats an anchor a million times in bounded time', () => {
    expect(scan('/bin/bash', '@(#)Bash version '.repeat(1_000_000))).toEqual([]);
  });

  it('has bounded patterns and one id each', () => {
    expect(KNOWN_PROGRAMS.flatMap(({ rules }) => rules).filter(({ pattern }) => !isBoundedPattern(pattern))).toEqual(
      [],
    );
    const ids = KNOWN_PROGRAMS.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('finds a version that lies across two pieces of a large file', () => {
    const bytes = Buffer.concat([Buffer.alloc(1024 * 1024 - 4), Buffer.from('\0' + '1.2.3\0')]);
    expect(findVersion(bytes, [{ pattern: '\\x00(\\d\\.\\d\\.\\d)\\x00', pick: 'only' }])).toBe('1.2.3');
  });

  it('survives any bytes', () => {
    const rules = KNOWN_PROGRAMS.flatMap((program) => program.rules);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => void findVersion(bytes, rules)),
      { numRuns: 30 },
    );
  });
});

describe('classifiers of a bundle', () => {
  it('are the built-in ones after a trip through JSON', () => {
    expect(parseClassifiers(JSON.parse(JSON.stringify(KNOWN_PROGRAMS)))).toEqual({
      classifiers: KNOWN_PROGRAMS,
      refused: [],
    });
  });

  it('work like the built-in ones', () => {
    const json =
      '[{"id":"ship","name":"ship","type":"github","files":["ship*"],"rules":[{"anchor":"Ship ","pattern":"Ship (\\\\d\\\\.\\\\d)"}]}]';
    const detector = toDetector(parseClassifiers(JSON.parse(json)).classifiers);
    expect(packagesOf(runDetectors([detector], { '/bin/ship-x': 'Ship 1.2' }))).toEqual([
      { type: 'github', name: 'ship', version: '1.2', unlessOwned: true, properties: { classifier: 'ship' } },
    ]);
  });

  const refused: readonly (readonly [title: string, rule: unknown])[] = [
    ['an unbounded repeat', { pattern: 'a(\\d+)' }],
    ['an open repeat', { pattern: 'a(\\d{1,})' }],
    ['nested repeats that multiply', { pattern: '((?:(?:a{1,200}){1,200}){1,200})' }],
    ['a reference', { pattern: '(a)\\1' }],
    ['a look-behind', { pattern: '(?<=a)(b)' }],
    ['no pattern at all', { pattern: '(' }],
    ['an empty anchor', { anchor: '', pattern: '(a)' }],
    ['no rule', 7],
  ];
  for (const [title, rule] of refused) {
    it(`are refused for ${title}`, () => {
      expect(parseClassifiers([{ id: 'x', name: 'x', files: ['x'], rules: [rule] }])).toEqual({
        classifiers: [],
        refused: ['x'],
      });
    });
  }

  it('are refused for another shape', () => {
    expect(parseClassifiers({})).toEqual({ classifiers: [], refused: [] });
    expect(parseClassifiers([7, { id: 'x' }])).toEqual({ classifiers: [], refused: ['unnamed', 'x'] });
  });
});

describe('a section of classifiers', () => {
  const section = (value: unknown) => renewClassifiers(new TextEncoder().encode(JSON.stringify(value)));
  const redis = { id: 'redis', name: 'redis', files: ['redis-server'], rules: [{ pattern: 'v=(\\d)' }] };
  const ship = { ...redis, id: 'ship', name: 'ship' };

  it('replaces built-in ones of the same id and adds new ones', () => {
    const renewed = section([redis, ship]);
    expect(renewed?.classifiers.filter(({ name }) => name === 'redis' || name === 'ship')).toEqual([redis, ship]);
    expect(renewed?.classifiers.length).toBe(KNOWN_PROGRAMS.length + 1);
  });

  it('may be an object with a list', () => expect(section({ classifiers: [ship] })).toEqual(section([ship])));

  it('is refused whole where it is no list, and in part where a pattern is unsound', () => {
    expect(section('x')).toBeUndefined();
    expect(renewClassifiers(new TextEncoder().encode('{'))).toBeUndefined();
    expect(section([{ ...redis, rules: [{ pattern: '(a+)+' }] }])).toEqual({
      classifiers: KNOWN_PROGRAMS,
      refused: ['redis'],
    });
  });
});
