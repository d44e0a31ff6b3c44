import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const IMAGES = join(ROOT, '..', 'shared', 'images');
const available = existsSync(IMAGES);
if (!available) console.log('archive acceptance: ../shared/images is absent, nothing is checked');

interface Feed {
  readonly ecosystem: string;
  readonly release: string;
  readonly name: string;
  readonly fixed: string;
}

const UNRELATED: readonly Feed[] = [
  { ecosystem: 'Debian', release: 'Debian:12', name: 'nothing-has-this', fixed: '1-1' },
  { ecosystem: 'Alpine', release: 'Alpine:v3.16', name: 'nothing-has-this', fixed: '1-r1' },
  { ecosystem: 'Wolfi', release: 'Wolfi', name: 'nothing-has-this', fixed: '1-r1' },
];
/** One of a package that shop has in a deleted layer only. */
const NEW: readonly Feed[] = [
  { ecosystem: 'Debian', release: 'Debian:12', name: 'jansson', fixed: '2.14-9' },
  { ecosystem: 'Alpine', release: 'Alpine:v3.16', name: 'apk-tools', fixed: '2.12.9-r9' },
  { ecosystem: 'Wolfi', release: 'Wolfi', name: 'airflow', fixed: '2.10.0-r5' },
];

let folder = '';

function plimsoll(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'src', 'cli', 'main.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`plimsoll ${args.join(' ')}: exit ${status}\n${stderr}`);
  return stdout;
}

function writeFeeds(name: string, feeds: readonly Feed[]): string {
  const base = join(folder, name);
  for (const ecosystem of new Set(feeds.map((feed) => feed.ecosystem))) {
    const files = feeds
      .filter((feed) => feed.ecosystem === ecosystem)
      .map((feed): [string, Uint8Array] => {
        const id = `${ecosystem.toUpperCase()}-2026-${feed.name}`;
        const record = {
          schema_version: '1.6.0',
          id,
          modified: '2026-01-01T00:00:00Z',
          affected: [
            {
              package: { ecosystem: feed.release, name: feed.name },
              ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: feed.fixed }] }],
            },
          ],
        };
        return [`${id}.json`, new TextEncoder().encode(JSON.stringify(record))];
      });
    mkdirSync(join(base, 'osv', ecosystem), { recursive: true });
    writeFileSync(join(base, 'osv', ecosystem, 'all.zip'), zipSync(Object.fromEntries(files)));
  }
  return base;
}

function importBundle(sequence: number, feeds: readonly Feed[]): void {
  const file = join(folder, `${sequence}.plb`);
  const keys = join(folder, 'keys');
  plimsoll(
    'db',
    'build',
    '--feeds',
    writeFeeds(`feeds-${sequence}`, feeds),
    '--out',
    file,
    '--channel',
    'test',
    '--sequence',
    String(sequence),
    '--root',
    join(keys, 'root.json'),
    '--key',
    join(keys, 'release-1.key'),
  );
  plimsoll('db', 'import', file, '--db', join(folder, 'db'), '--root', join(keys, 'root.json'));
}

describe.runIf(available)('archive of real images', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-acceptance-'));
    plimsoll('trust', 'generate', '--out', join(folder, 'keys'), '--no-passphrase');
    importBundle(1, UNRELATED);
    const small = readdirSync(join(IMAGES, 'small'))
      .filter((name) => name.endsWith('.tar'))
      .map((name) => join(IMAGES, 'small', name));
    plimsoll(
      'archive',
      'add',
      ...small,
      join(IMAGES, 'mid', 'shop.oci.tar'),
      '--archive',
      'archive',
      '--db',
      'db',
      '--quiet',
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('exactly the three images that a new bundle concerns are told, one by a deleted layer', () => {
    expect(
      JSON.parse(plimsoll('archive', 'rematch', '--archive', 'archive', '--db', 'db', '--format', 'json')).images,
    ).toEqual([]);
    importBundle(2, [...UNRELATED, ...NEW]);
    const report: unknown = JSON.parse(
      plimsoll('archive', 'rematch', '--archive', 'archive', '--db', 'db', '--format', 'json'),
    );
    const event = { kind: 'added', cause: 'new-advisory', aliases: [], severity: 'unknown', layer: expect.any(Number) };
    expect(report).toMatchObject({
      from: { sequence: 1 },
      to: { sequence: 2 },
      images: [
        {
          ref: 'alpine-316:latest',
          events: [
            {
              ...event,
              advisory: 'ALPINE-2026-apk-tools',
              packageId: 'pkg:apk/alpine/apk-tools@2.12.9-r3?arch=x86_64',
              state: 'present',
              fixedIn: ['2.12.9-r9'],
            },
          ],
        },
        {
          ref: 'shop:1.0',
          events: [
            {
              ...event,
              advisory: 'DEBIAN-2026-jansson',
              packageId: 'pkg:deb/debian/libjansson4@2.14-2?arch=amd64',
              state: 'deleted',
              fixedIn: ['2.14-9'],
            },
          ],
        },
        {
          ref: 'wolfi-like:latest',
          events: [
            {
              ...event,
              advisory: 'WOLFI-2026-airflow',
              packageId: 'pkg:apk/wolfi/airflow@2.10.0-r0?arch=x86_64',
              state: 'present',
              fixedIn: ['2.10.0-r5'],
            },
          ],
        },
      ],
    });
    expect((report as { images: readonly unknown[] }).images.length).toBe(3);
  });

  it('an archived image exports the report that a scan gives', () => {
    const archived = plimsoll(
      'archive',
      'export',
      'shop:1.0',
      '--archive',
      'archive',
      '--db',
      'db',
      '--format',
      'json',
    );
    expect(JSON.parse(archived)).toEqual(
      JSON.parse(plimsoll('scan', join(IMAGES, 'mid', 'shop.oci.tar'), '--db', 'db', '--format', 'json', '--quiet')),
    );
  });

  it('adding again changes nothing', () => {
    expect(
      JSON.parse(
        plimsoll(
          'archive',
          'add',
          join(IMAGES, 'mid', 'shop.oci.tar'),
          '--archive',
          'archive',
          '--db',
          'db',
          '--format',
          'json',
        ),
      ).images,
    ).toMatchObject([{ result: 'known' }]);
  });

  it('a package that only a deleted layer has is found', () => {
    const { hits } = JSON.parse(
      plimsoll('archive', 'search', 'libjansson4 < 3', '--archive', 'archive', '--format', 'json'),
    );
    expect(hits).toMatchObject([{ ref: 'shop:1.0', version: '2.14-2', state: 'deleted' }]);
  });

  it('everything hashes to what it was', () => {
    expect(JSON.parse(plimsoll('archive', 'verify', '--archive', 'archive', '--format', 'json'))).toMatchObject({
      sound: true,
      faults: [],
    });
  });
});
