/**
 * Megabytes and packages a second of the OS catalogs, and how that stands to hashing the same bytes with SHA-256: what a
 * scan pays for anyway. Run with `node bench/os-catalogs.bench.ts`.
 */
import { createHash } from 'node:crypto';
import { detectors as apk } from '../src/catalog/apk/detector.ts';
import { detectors as dpkg } from '../src/catalog/dpkg/detector.ts';
import { detectors as rpm } from '../src/catalog/rpm/detector.ts';
import { packagesOf, runDetectors } from '../test/support/detector-harness.ts';
import { buildBerkeley, buildHeader, buildNdb } from '../test/support/rpm-database-builder.ts';
import { buildRpmSqlite } from '../test/support/sqlite-builder.ts';
import { fastest } from './measure.ts';
import { recordBench } from './record.ts';

const PACKAGES = 1000;
const FILES = 100;
const ROUNDS = 7;

const text = (make: (index: number) => string): Buffer =>
  Buffer.from(Array.from({ length: PACKAGES }, (_, index) => make(index)).join('\n'));
const headers = Array.from({ length: PACKAGES }, (_, index) =>
  buildHeader({
    name: `package-${index}`,
    version: '1.2.3',
    release: '4.el9',
    arch: 'x86_64',
    license: 'GPL-2.0-or-later AND MIT',
    sourceRpm: `source-${index}-1.2.3-4.el9.src.rpm`,
    provides: Array.from({ length: 10 }, (_, at) => `lib${index}.so.${at}()(64bit)`),
    requires: Array.from({ length: 30 }, (_, at) => `lib${at}.so.1(GLIBC_2.${at})(64bit)`),
    files: Array.from({ length: FILES }, (_, at) => ({
      path: `/usr/share/package-${index}/file-${at}`,
      digest: 'ab'.repeat(32),
    })),
  }),
);

const families = [
  {
    name: 'dpkg status',
    detectors: dpkg,
    path: '/var/lib/dpkg/status',
    bytes: text(
      (index) =>
        `Package: package-${index}\nStatus: install ok installed\nPriority: optional\nMaintainer: A <a@b.c>\nArchitecture: amd64\nSource: source-${index}\nVersion: 1:2.3-4\nDepends: libc6 (>= 2.36), zlib1g | zlib-ng, package-${index + 1}\nDescription: a package\n${' a line of the description that is as long as such lines are\n'.repeat(12)}`,
    ),
  },
  {
    name: 'apk installed',
    detectors: apk,
    path: '/lib/apk/db/installed',
    bytes: text(
      (index) =>
        `C:Q1zwvKMnYs1b6ZdPTBJ0Z7D5P3jyA=\nP:package-${index}\nV:1.2.3-r4\nA:x86_64\nL:MIT\no:origin\nD:so:libc.musl-x86_64.so.1 zlib>=1.2\np:cmd:x=1\nF:usr/share/package-${index}\n${Array.from({ length: FILES }, (_, at) => `R:file-${at}\nZ:Q1fvO1Yo8Vk4OS0BgXGkMw+jDwLQU=\n`).join('')}`,
    ),
  },
  { name: 'rpm Berkeley DB', detectors: rpm, path: '/var/lib/rpm/Packages', bytes: buildBerkeley(headers) },
  { name: 'rpm ndb', detectors: rpm, path: '/var/lib/rpm/Packages.db', bytes: buildNdb(headers.slice(0, 250)) },
  { name: 'rpm SQLite', detectors: rpm, path: '/var/lib/rpm/rpmdb.sqlite', bytes: buildRpmSqlite(headers).database },
];

const numbers: Record<string, number> = {};
for (const { name, detectors, path, bytes } of families) {
  let packages = 0;
  const milliseconds = fastest(ROUNDS, () => {
    packages = packagesOf(runDetectors(detectors, { [path]: bytes })).length;
  });
  const hashing = fastest(ROUNDS, () => createHash('sha256').update(bytes).digest());
  numbers[`${name}: MB/s`] = Math.round(bytes.length / 1000 / milliseconds);
  numbers[`${name}: packages/s`] = Math.round((packages * 1000) / milliseconds);
  numbers[`${name}: time over SHA-256`] = Number((milliseconds / hashing).toFixed(2));
}
recordBench('os-catalogs', numbers);
