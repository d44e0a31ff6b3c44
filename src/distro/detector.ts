import type { Detector, FileView, Observation } from '../detect/detector.ts';
import type { Distro } from '../model/distro.ts';
import { distroFromOsRelease } from './from-os-release.ts';
import {
  distroFromAlpineRelease,
  distroFromBusybox,
  distroFromDebianVersion,
  distroFromLsbRelease,
  distroFromReleaseLine,
} from './from-release-file.ts';
import { precedenceOf, RELEASE_FILES } from './release-files.ts';

const OS_RELEASE = 'https://www.freedesktop.org/software/systemd/man/latest/os-release.html';
const RELEASE = 'https://refspecs.linuxfoundation.org/LSB_3.1.1/LSB-Core-generic/LSB-Core-generic/lsbrelease.html';
const BUSYBOX = 'https://busybox.net/downloads/BusyBox.html';

/** A kind of release file: where it lies, and what it says. */
interface ReleaseFile {
  readonly name: string;
  readonly specification: string;
  readonly paths: readonly string[];
  readonly read: (file: FileView) => Distro | undefined;
}

/** Those that every image of a distro has come first; `redhat-release` is also shipped by clones under their own name. */
const files: readonly ReleaseFile[] = [
  {
    name: 'os-release',
    specification: OS_RELEASE,
    paths: ['/etc/os-release', '/usr/lib/os-release'],
    read: (file) => distroFromOsRelease(file.text()),
  },
  {
    name: 'alpine-release',
    specification: RELEASE,
    paths: ['/etc/alpine-release'],
    read: (file) => distroFromAlpineRelease(file.text()),
  },
  {
    name: 'release-line',
    specification: RELEASE,
    paths: RELEASE_FILES,
    read: (file) => distroFromReleaseLine(file.text()),
  },
  {
    name: 'lsb-release',
    specification: RELEASE,
    paths: ['/etc/lsb-release', '/etc/openwrt_release'],
    read: (file) => distroFromLsbRelease(file.text()),
  },
  {
    name: 'debian-version',
    specification: RELEASE,
    paths: ['/etc/debian_version'],
    read: (file) => distroFromDebianVersion(file.text()),
  },
  {
    name: 'busybox',
    specification: BUSYBOX,
    paths: ['/bin/busybox', '/usr/bin/busybox'],
    read: (file) => distroFromBusybox(file.bytes()),
  },
];

export const detectors: readonly Detector[] = files.map(({ name, specification, paths, read }) => ({
  id: `distro/${name}`,
  title: `distro from ${name}`,
  specification,
  packageTypes: [],
  select: paths.map((path) => ({ path })),
  detect: (file) => observe(file, read(file)),
}));

function* observe(file: FileView, distro: Distro | undefined): Generator<Observation> {
  if (distro !== undefined) yield { kind: 'distro', distro, precedence: precedenceOf(file.path) };
  else if (file.path.endsWith('/os-release')) {
    yield {
      kind: 'problem',
      problem: {
        code: 'PLM_DISTRO_UNKNOWN',
        detail: 'the file names no distro: other release files decide, or advisories of the distro are not looked up',
      },
    };
  }
}
