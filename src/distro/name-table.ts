/** How release files of old systems spell the distro, and its `ID` in os-release; first match in this order. */
const DISTRO_NAMES: readonly (readonly [spelling: string, id: string])[] = [
  ['centos stream', 'centos'],
  ['centos', 'centos'],
  ['red hat enterprise linux', 'rhel'],
  ['almalinux', 'almalinux'],
  ['rocky linux', 'rocky'],
  ['oracle linux', 'ol'],
  ['scientific linux', 'scientific'],
  ['fedora', 'fedora'],
  ['amazon linux', 'amzn'],
  ['opensuse leap', 'opensuse-leap'],
  ['opensuse tumbleweed', 'opensuse-tumbleweed'],
  ['opensuse', 'opensuse'],
  ['suse linux enterprise server', 'sles'],
  ['vmware photon', 'photon'],
  ['photon', 'photon'],
  ['cbl-mariner', 'mariner'],
  ['mariner', 'mariner'],
  ['azure linux', 'azurelinux'],
  ['azurelinux', 'azurelinux'],
  ['debian', 'debian'],
  ['ubuntu', 'ubuntu'],
  ['alpine', 'alpine'],
  ['arch linux', 'arch'],
  ['gentoo', 'gentoo'],
  ['openwrt', 'openwrt'],
];

/** The id behind a spelled-out name, or undefined for one we do not know. */
export function distroIdOf(name: string): string | undefined {
  const lower = name.toLowerCase();
  return DISTRO_NAMES.find(([spelling]) => lower.includes(spelling))?.[1];
}
