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

const fromText = (read: (text: string) => Distro | undefined) => (file: FileView) => observe(file, read(file.text()));

/** Those that every image of a distro has come first; `redhat-release` is also shipped by clones under their own name. */
export const detectors: readonly Detector[] = [
  detector('os-release', OS_RELEASE, ['/etc/os-release', '/usr/lib/os-release'], fromText(distroFromOsRelease)),
  detector('alpine-release', RELEASE, ['/etc/alpine-release'], fromText(distroFromAlpineRelease)),
  detector('release-line', RELEASE, RELEASE_FILES, fromText(distroFromReleaseLine)),
  detector('lsb-release', RELEASE, ['/etc/lsb-release', '/etc/openwrt_release'], fromText(distroFromLsbRelease)),
  detector('debian-version', RELEASE, ['/etc/debian_version'], fromText(distroFromDebianVersion)),
  detector('busybox', BUSYBOX, ['/bin/busybox', '/usr/bin/busybox'], (file) =>
    observe(file, distroFromBusybox(file.bytes())),
  ),
];

function detector(name: string, specification: string, paths: readonly string[], detect: Detector['detect']): Detector {
  const title = `distro from ${name}`;
  return {
    id: `distro/${name}`,
    title,
    specification,
    packageTypes: [],
    select: paths.map((path) => ({ path })),
    detect,
  };
}

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
