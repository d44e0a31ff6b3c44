import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import type { Distro } from '../model/distro.ts';

/**
 * End of life of a distro release by the bundle's own dates, judged on the day the bundle was built, so that the report
 * says the same tomorrow. Undefined where the bundle does not know the release.
 */
export function endOfLife(distro: Distro, bundle: AdvisoryBundle): { date: string; reached: boolean } | undefined {
  throw new Error(`not wired: ${distro.id} ${bundle.info.contentId}`);
}
