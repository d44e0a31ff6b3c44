import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import { parseEndOfLife, type ReleaseCycle } from '../bundle/sections/end-of-life.ts';
import type { Distro } from '../model/distro.ts';

/** Names endoflife.date gives to distros whose os-release `ID` is another. */
const PRODUCTS: Readonly<Record<string, string>> = {
  alpine: 'alpine-linux',
  almalinux: 'almalinux',
  amzn: 'amazon-linux',
  rocky: 'rocky-linux',
  ol: 'oracle-linux',
  'opensuse-leap': 'opensuse',
  'opensuse.leap': 'opensuse',
  photon: 'photon',
  rhel: 'rhel',
};

/**
 * End of life of a distro release by the bundle's own dates, judged on the day the bundle was built, so that the report
 * says the same tomorrow. Undefined where the bundle does not know the release or states no date.
 */
export function endOfLife(distro: Distro, bundle: AdvisoryBundle): { date: string; reached: boolean } | undefined {
  const bytes = bundle.section('endoflife', '');
  if (bytes === undefined || distro.versionId === undefined) return undefined;
  const cycles = parseEndOfLife(bytes).get(PRODUCTS[distro.id] ?? distro.id) ?? [];
  const eol = cycleOf(cycles, distro.versionId)?.eol;
  if (typeof eol !== 'string') return undefined;
  return { date: eol, reached: eol <= bundle.info.builtAt.slice(0, 10) };
}

/** The cycle with the longest run of version parts in common: `3.18.4` belongs to `3.18`, `8.9` to `8`. */
function cycleOf(cycles: readonly ReleaseCycle[], version: string): ReleaseCycle | undefined {
  return cycles
    .filter(({ cycle }) => version === cycle || version.startsWith(`${cycle}.`))
    .sort((left, right) => right.cycle.length - left.cycle.length)[0];
}
