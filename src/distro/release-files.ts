/** Release files of one line that name one distro or a clone of it; the first one found in this order decides. */
export const RELEASE_FILES: readonly string[] = [
  '/etc/almalinux-release',
  '/etc/rocky-release',
  '/etc/oracle-release',
  '/etc/centos-release',
  '/etc/fedora-release',
  '/etc/azurelinux-release',
  '/etc/mariner-release',
  '/etc/photon-release',
  '/etc/SuSE-release',
  '/etc/arch-release',
  '/etc/gentoo-release',
  '/etc/redhat-release',
  '/etc/system-release',
];

/** From the best witness to the poorest: a program's banner says least. */
const ORDER: readonly string[] = [
  '/etc/os-release',
  '/usr/lib/os-release',
  '/etc/alpine-release',
  ...RELEASE_FILES,
  '/etc/openwrt_release',
  '/etc/lsb-release',
  '/etc/debian_version',
  '/bin/busybox',
  '/usr/bin/busybox',
];

/** Weight of what a file says about the distro; the highest wins. */
export function precedenceOf(path: string): number {
  const index = ORDER.indexOf(path);
  return index < 0 ? 0 : ORDER.length - index;
}
