import type { Detector } from '../../detect/detector.ts';
import { rootOf } from '../../detect/text-folders.ts';
import { observeCopyright, observeDiversions, observeFileList, observeStatus } from './observe-dpkg.ts';

const STATUS_FORMAT = 'https://www.debian.org/doc/debian-policy/ch-controlfields.html';
const LIST_FORMAT = 'https://manpages.debian.org/testing/dpkg/dpkg.1.en.html#FILES';

export const detectors: readonly Detector[] = [
  {
    id: 'dpkg/status',
    title: 'dpkg status file',
    specification: STATUS_FORMAT,
    packageTypes: ['deb'],
    textFolders: (path, { name }) => [`${rootOf(path, /\/var\/lib\/dpkg\//)}/usr/share/doc/${name}`],
    select: [{ suffix: '/lib/dpkg/status' }, { pattern: /\/lib\/dpkg\/status\.d\/[^/]+(?<!\.md5sums)$/ }],
    detect: (file) => observeStatus(file, { type: 'deb', title: 'dpkg status file' }),
  },
  {
    id: 'dpkg/file-list',
    title: 'dpkg file lists',
    specification: LIST_FORMAT,
    packageTypes: [],
    select: [
      { pattern: /\/lib\/dpkg\/(?:info\/[^/]+\.(?:list|md5sums)|status\.d\/[^/]+\.md5sums)$/ },
      { pattern: /\/lib\/dpkg\/info\/[^/]+\.(?:preinst|postinst|prerm|postrm|config)$/ },
    ],
    detect: (file) => observeFileList(file, 'deb'),
  },
  {
    id: 'dpkg/diversions',
    title: 'dpkg diversions',
    specification: 'https://manpages.debian.org/testing/dpkg/dpkg-divert.1.en.html',
    packageTypes: [],
    select: [{ suffix: '/lib/dpkg/diversions' }],
    detect: observeDiversions,
  },
  {
    id: 'dpkg/copyright',
    title: 'Debian copyright files',
    specification: 'https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    packageTypes: [],
    select: [{ pattern: /\/usr\/share\/doc\/[^/]+\/copyright$/, maxSize: 4 << 20 }],
    detect: observeCopyright,
  },
  {
    id: 'dpkg/opkg-status',
    title: 'opkg status file',
    specification: 'https://openwrt.org/docs/guide-user/additional-software/opkg',
    packageTypes: ['opkg'],
    select: [{ suffix: '/lib/opkg/status' }, { pattern: /\/lib\/opkg\/info\/[^/]+\.control$/ }],
    detect: (file) => observeStatus(file, { type: 'opkg', title: 'opkg status file' }),
  },
  {
    id: 'dpkg/opkg-file-list',
    title: 'opkg file lists',
    specification: 'https://openwrt.org/docs/guide-user/additional-software/opkg',
    packageTypes: [],
    select: [{ pattern: /\/lib\/opkg\/info\/[^/]+\.(?:list|preinst|postinst|prerm|postrm)$/ }],
    detect: (file) => observeFileList(file, 'opkg'),
  },
];
