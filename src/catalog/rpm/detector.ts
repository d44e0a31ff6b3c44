import type { Detector, Selector } from '../../detect/detector.ts';
import { rootOf } from '../../detect/text-folders.ts';
import type { PackageIdentity } from '../../model/package.ts';
import { observeManifest } from './observe-manifest.ts';
import { observeRpmDatabase } from './observe-rpmdb.ts';

const HEADER = 'https://rpm-software-management.github.io/rpm/manual/format_header.html';
const SQLITE = inHomes('rpmdb.sqlite', 'rpmdb.sqlite-wal');

export const detectors: readonly Detector[] = [
  {
    id: 'rpm/database',
    title: 'rpm database',
    specification: HEADER,
    packageTypes: ['rpm'],
    select: inHomes('Packages', 'Packages.db'),
    textFolders: licenseFolders,
    detect: (file) => observeRpmDatabase(file, 'rpm database'),
  },
  {
    id: 'rpm/sqlite-database',
    title: 'rpm SQLite database',
    specification: HEADER,
    packageTypes: ['rpm'],
    select: SQLITE,
    companions: SQLITE,
    textFolders: licenseFolders,
    detect: (file) => observeRpmDatabase(file, 'rpm SQLite database'),
  },
  {
    id: 'rpm/manifest',
    title: 'rpm container manifest',
    specification: 'https://github.com/microsoft/azurelinux/tree/3.0/toolkit/docs',
    packageTypes: ['rpm'],
    select: [{ suffix: '/var/lib/rpmmanifest/container-manifest-2' }],
    textFolders: licenseFolders,
    detect: (file) => observeManifest(file, 'rpm container manifest'),
  },
];

/** Files of the folders where distributions keep the database, in the image itself or in a root file system in it. */
function inHomes(...names: readonly string[]): readonly Selector[] {
  const homes = ['/var/lib/rpm', '/usr/lib/sysimage/rpm', '/usr/share/rpm'];
  return homes.flatMap((home) => names.map((name) => ({ suffix: `${home}/${name}` })));
}

/** `%license` files (https://rpm-software-management.github.io/rpm/manual/spec.html), also of databases without file lists. */
function licenseFolders(path: string, { name, version }: PackageIdentity): readonly string[] {
  const folder = `${rootOf(path, /\/(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm/)}/usr/share/licenses/${name}`;
  return [folder, `${folder}-${version.replace(/^\d+:/, '').replace(/-[^-]*$/, '')}`];
}
