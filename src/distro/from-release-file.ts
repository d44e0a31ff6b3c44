import { lines } from '../bytes/lines.ts';
import type { Distro } from '../model/distro.ts';
import { distroIdOf } from './name-table.ts';
import { parseOsRelease } from './parse-os-release.ts';

/** `CentOS Linux release 7.9.2009 (Core)`, `VMware Photon OS 4.0`, …: a name, a number, a codename in brackets. */
export function distroFromReleaseLine(text: string): Distro | undefined {
  const [first = ''] = lines(text.slice(0, 4096));
  const id = distroIdOf(first);
  if (id === undefined) return undefined;
  const suse = /^VERSION = (\S+)/m.exec(text)?.[1];
  const patchLevel = /^PATCHLEVEL = (\S+)/m.exec(text)?.[1];
  const version = suse === undefined ? /\d+(?:\.\d+)*/.exec(first)?.[0] : joinLevel(suse, patchLevel);
  const codename = /\(([A-Za-z ]+)\)/.exec(first)?.[1];
  return {
    id,
    ...(version === undefined ? {} : { versionId: version }),
    ...(codename === undefined ? {} : { codename }),
    idLike: [],
    prettyName: first.trim(),
  };
}

function joinLevel(version: string, level: string | undefined): string {
  return level === undefined || level === '0' || version.includes('.') ? version : `${version}.${level}`;
}

/** `/etc/alpine-release`: nothing but the version. */
export function distroFromAlpineRelease(text: string): Distro | undefined {
  const version = text.trim();
  if (!/^\d+\.\d+[\w.]*$/.test(version)) return undefined;
  return { id: 'alpine', versionId: version, idLike: [], prettyName: `Alpine Linux v${version}` };
}

/** `/etc/debian_version`: `12.5`, or `trixie/sid` before a release. */
export function distroFromDebianVersion(text: string): Distro | undefined {
  const version = text.trim();
  const major = /^(\d+)(?:\.\d+)*$/.exec(version)?.[1];
  const codename = /^([a-z]+)\/sid$/.exec(version)?.[1];
  if (major === undefined && codename === undefined) return undefined;
  return {
    id: 'debian',
    ...(major === undefined ? {} : { versionId: major }),
    ...(codename === undefined ? {} : { codename }),
    idLike: [],
    prettyName: `Debian GNU/Linux ${version}`,
  };
}

/** `/etc/lsb-release` and OpenWrt's `/etc/openwrt_release`: assignments named `DISTRIB_…`. */
export function distroFromLsbRelease(text: string): Distro | undefined {
  const fields = parseOsRelease(text);
  const name = fields.get('DISTRIB_ID');
  if (name === undefined || name === '') return undefined;
  const version = fields.get('DISTRIB_RELEASE');
  const codename = fields.get('DISTRIB_CODENAME');
  return {
    id: distroIdOf(name) ?? name.toLowerCase(),
    ...(version === undefined || version === '' ? {} : { versionId: version }),
    ...(codename === undefined || codename === '' ? {} : { codename }),
    idLike: [],
    prettyName: fields.get('DISTRIB_DESCRIPTION') || name,
  };
}

const BUSYBOX_BANNER = Buffer.from('BusyBox v', 'latin1');

/** An image of nothing but BusyBox says so only in the program itself. */
export function distroFromBusybox(program: Uint8Array): Distro | undefined {
  const bytes = Buffer.from(program.buffer, program.byteOffset, program.length);
  const at = bytes.indexOf(BUSYBOX_BANNER);
  if (at < 0) return undefined;
  const version = /^BusyBox v(\d+(?:\.\d+)*)/.exec(bytes.toString('latin1', at, at + 40))?.[1];
  if (version === undefined) return undefined;
  return { id: 'busybox', versionId: version, idLike: [], prettyName: `BusyBox v${version}` };
}
