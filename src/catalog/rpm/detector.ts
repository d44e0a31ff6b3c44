import type { Detector } from '../../detect/detector.ts';
import { observeManifest } from './observe-manifest.ts';
import { observeRpmDatabase } from './observe-rpmdb.ts';

const HEADER = 'https://rpm-software-management.github.io/rpm/manual/format_header.html';
const SQLITE = /\/(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/rpmdb\.sqlite(?:-wal)?$/;

export const detectors: readonly Detector[] = [
  {
    id: 'rpm/database',
    title: 'rpm database',
    specification: HEADER,
    packageTypes: ['rpm'],
    select: [{ pattern: /\/(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/Packages(?:\.db)?$/ }],
    detect: (file) => observeRpmDatabase(file, 'rpm database'),
  },
  {
    id: 'rpm/sqlite-database',
    title: 'rpm SQLite database',
    specification: HEADER,
    packageTypes: ['rpm'],
    select: [{ pattern: SQLITE }],
    companions: [{ pattern: SQLITE }],
    detect: (file) => observeRpmDatabase(file, 'rpm SQLite database'),
  },
  {
    id: 'rpm/manifest',
    title: 'rpm container manifest',
    specification: 'https://github.com/microsoft/azurelinux/tree/3.0/toolkit/docs',
    packageTypes: ['rpm'],
    select: [{ suffix: '/var/lib/rpmmanifest/container-manifest-2' }],
    detect: (file) => observeManifest(file, 'rpm container manifest'),
  },
];
