import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectors as apk } from '../../src/catalog/apk/detector.ts';
import { detectors as dpkg } from '../../src/catalog/dpkg/detector.ts';
import { detectors as rpm } from '../../src/catalog/rpm/detector.ts';
import { readBerkeley } from '../../src/catalog/rpm/read-berkeley.ts';
import type { Selector } from '../../src/detect/detector.ts';
import { detectors as distro } from '../../src/distro/detector.ts';
import { type FileTree, packagesOf, problemsOf, runDetectors } from '../support/detector-harness.ts';
import { type LayerFiles, readImageLayers } from '../support/image-layers.ts';
import { buildBerkeley } from '../support/rpm-database-builder.ts';
import { buildRpmSqlite } from '../support/sqlite-builder.ts';

const SHARED = join(import.meta.dirname, '../../../shared');
const isThere = existsSync(SHARED);
if (!isThere) console.log('skipped: the acceptance data is not beside the repository');

const DETECTORS = [...dpkg, ...apk, ...rpm];
const SELECTORS = [...DETECTORS, ...distro].flatMap((detector) => [...detector.select, ...(detector.companions ?? [])]);

const OS_TYPES = ['deb', 'apk', 'rpm'];
const IMAGES = isThere ? imagesWithTruth() : [];
/** Name, peer and path of every image whose package list by that peer is at hand. */
const PEERED = IMAGES.flatMap((image) =>
  ['syft', 'trivy'].map((peer) => [basename(image, '.tar'), peer, image] as const),
).filter(([name, peer]) => existsSync(join(SHARED, 'peers', `${name}.${peer}.tsv`)));

interface TruthPackage {
  readonly name: string;
  readonly version: string;
  readonly release?: string;
  readonly epoch?: number | null;
  readonly arch?: string;
  readonly source?: string;
  readonly source_version?: string;
  readonly sourcerpm?: string;
  readonly modularitylabel?: string;
}

interface Truth {
  readonly packages: Readonly<Record<string, readonly TruthPackage[]>>;
}

describe.runIf(isThere)('packages of operating systems', () => {
  it.each(IMAGES.map((image) => [basename(image, '.tar'), image]))(
    'of %s are exactly those of the truth',
    async (_, image) => {
      const truth: Truth = JSON.parse(readFileSync(image.replace(/\.tar$/, '.truth.json'), 'utf8'));
      const found = runDetectors(DETECTORS, await finalFiles(image));
      expect(packagesOf(found).map(describePackage).sort()).toEqual(expectedPackages(truth).sort());
      expect(problemsOf(found)).toEqual([]);
    },
  );

  it.each(IMAGES.map((image) => [basename(image, '.tar'), image]))(
    'of %s come with the distro',
    async (name, image) => {
      const found = runDetectors(distro, await finalFiles(image)).flatMap((one) =>
        one.kind === 'distro' ? [one] : [],
      );
      const best = found.sort((left, right) => right.precedence - left.precedence)[0]?.distro;
      expect(`${best?.id} ${best?.versionId}`).toBe(DISTROS[name.replace(/\.oci$/, '')]);
    },
  );

  it.each(PEERED.map((image) => [...image]))('of %s are those that %s reports', async (name, peer, image) => {
    const rows = readTable(join(SHARED, 'peers', `${name}.${peer}.tsv`)).filter(([type = '']) =>
      OS_TYPES.includes(type),
    );
    const theirs = new Set(rows.map(([type, pkg, version = '']) => `${type} ${pkg} ${comparable(peer, version)}`));
    const found = packagesOf(runDetectors(DETECTORS, await finalFiles(image)));
    const ours = new Set(found.map((one) => `${one.type} ${one.name} ${comparable(peer, one.version)}`));
    expect([...ours].sort()).toEqual([...theirs].sort());
  });
});

describe.runIf(isThere)('package databases of other projects', () => {
  it.each([
    ['dpkg/texlive.status', '/var/lib/dpkg/status', 357, 0],
    ['apk/installed', '/lib/apk/db/installed', 15, 0],
    ['rpm/dive/Packages', '/var/lib/rpm/Packages', 1, 0],
    ['rpm/epoch/Packages_epoch', '/var/lib/rpm/Packages', 1, 0],
    ['rpm/libuuid/Packages', '/var/lib/rpm/Packages', 1, 0],
    ['rpm/sle15-bci/Packages.db', '/usr/lib/sysimage/rpm/Packages.db', 35, 0],
    ['rpm/empty-sqlite/no_packages.sqlite', '/var/lib/rpm/rpmdb.sqlite', 0, 1],
    ['rpm/mariner-manifest/container-manifest-2', '/var/lib/rpmmanifest/container-manifest-2', 5, 0],
  ])('%s', (fixture, path, packages, problems) => {
    const found = runDetectors(DETECTORS, { [path]: readFileSync(join(SHARED, 'fixtures', fixture)) });
    expect([packagesOf(found).length, problemsOf(found).length]).toEqual([packages, problems]);
  });
});

describe.runIf(isThere)('real rpm headers stored otherwise', () => {
  it.each<[string, (blobs: readonly Uint8Array[]) => FileTree]>([
    [
      'inline on the pages of a Berkeley DB',
      (blobs) => ({ '/var/lib/rpm/Packages': buildBerkeley(blobs, { pageSize: 65_536, inlineBytes: 32_768 }) }),
    ],
    [
      'in a big endian Berkeley DB',
      (blobs) => ({
        '/var/lib/rpm/Packages': buildBerkeley(blobs, { order: 'big', pageSize: 8192, inlineBytes: 2048 }),
      }),
    ],
    [
      'in nothing but the write-ahead log of an SQLite database',
      (blobs) => {
        const { database, log } = buildRpmSqlite(blobs, { log: true });
        return { '/var/lib/rpm/rpmdb.sqlite': database, '/var/lib/rpm/rpmdb.sqlite-wal': log };
      },
    ],
  ])('are the same packages %s', async (_, store) => {
    const files = await finalFiles(join(SHARED, 'images/small/rpm-centos7-bdb.oci.tar'));
    const database = files['/var/lib/rpm/Packages'];
    if (!(database instanceof Uint8Array)) throw new Error('the image has no database');
    const blobs = [...readBerkeley(database, 'little')].flatMap((stored) => ('blob' in stored ? [stored.blob] : []));
    const found = packagesOf(runDetectors(rpm, store(blobs)));
    expect(found.length).toBe(395);
    expect(found.map(describePackage).sort()).toEqual(packagesOf(runDetectors(rpm, files)).map(describePackage).sort());
  });
});

const DISTROS: Readonly<Record<string, string>> = {
  'alpine-316': 'alpine 3.16.0',
  'alpine-318': 'alpine 3.18.0',
  'alpine-cdxgen': 'alpine 3.18.0',
  'distroless-like': 'debian 12',
  'rpm-centos7-bdb': 'centos 7',
  'rpm-centos7-ndb': 'centos 7',
  'rpm-centos8-modules-bdb': 'centos 8',
  'rpm-epoch-bdb': 'centos 7',
  'rpm-fedora35-sqlite': 'fedora 35',
  'rpm-libuuid-bdb': 'centos 7',
  'rpm-sle15-ndb': 'sles 15.3',
  'rpm-ubi8-bdb': 'rhel 8.4',
  shop: 'debian 12',
  'wolfi-like': 'wolfi 20230201',
};

function imagesWithTruth(): string[] {
  const small = join(SHARED, 'images/small');
  const names = readdirSync(small).filter((name) => name.endsWith('.oci.tar') && !name.startsWith('many-layers'));
  return [...names.sort().map((name) => join(small, name)), join(SHARED, 'images/mid/shop.oci.tar')];
}

async function finalFiles(image: string): Promise<FileTree> {
  const final = new Map<string, LayerFiles[string]>();
  for (const layer of await readImageLayers(image, (path) =>
    SELECTORS.some((selector) => selectsPath(selector, path)),
  )) {
    for (const [path, content] of Object.entries(layer)) {
      for (const below of content === null ? [...final.keys()].filter((one) => one.startsWith(`${path}/`)) : [])
        final.delete(below);
      if (content === null) final.delete(path);
      else final.set(path, content);
    }
  }
  return Object.fromEntries(final);
}

function selectsPath(selector: Selector, path: string): boolean {
  if ('path' in selector) return selector.path === path;
  if ('suffix' in selector) return path.endsWith(selector.suffix);
  return 'pattern' in selector && selector.pattern.test(path);
}

function describePackage(one: ReturnType<typeof packagesOf>[number]): string {
  const version = one.version.replace(/^0:/, '');
  const parts = [one.type, one.name, version, one.arch];
  if (one.type === 'deb') parts.push(one.source?.name, one.source?.version);
  if (one.type === 'rpm') parts.push(one.properties?.['sourcerpm'], one.properties?.['modularitylabel'] ?? '');
  return parts.join(' ');
}

function expectedPackages(truth: Truth): string[] {
  const of = (type: string): readonly TruthPackage[] => truth.packages[type] ?? [];
  const deb = [...of('deb'), ...of('deb_status_d')].map((one) =>
    ['deb', one.name, one.version, one.arch, one.source ?? one.name, one.source_version ?? one.version].join(' '),
  );
  const apkNames = of('apk').map((one) => ['apk', one.name, one.version, one.arch].join(' '));
  const rpmNames = of('rpm').map((one) => {
    const version = `${one.epoch ? `${one.epoch}:` : ''}${one.version}-${one.release}`;
    return ['rpm', one.name, version, one.arch, one.sourcerpm, one.modularitylabel ?? ''].join(' ');
  });
  return [...deb, ...apkNames, ...rpmNames];
}

function readTable(path: string): string[][] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
}

/** The list taken from Trivy leaves out epochs. */
function comparable(peer: string, version: string): string {
  return peer === 'trivy' ? version.replace(/^\d+:/, '') : version;
}
