import type { FileReport } from '../../model/analysis.ts';
import type { GateConditions } from './policy.ts';

/** The part of a report whose files a check is about that fails nowhere unless these were looked at again. */
export type OnDemandPart = 'integrity' | 'known';

const ON_DEMAND: ReadonlyMap<string, { readonly part: OnDemandPart; readonly why: string }> = new Map([
  ['PLM-C025', { part: 'integrity', why: 'files of packages were not verified (--verify-files)' }],
  ['PLM-C026', { part: 'known', why: 'known bad files were not looked for (--known-bad)' }],
]);

/** The part that a check is made of on demand; undefined for those of every run. */
export function onDemandPart(check: string): OnDemandPart | undefined {
  return ON_DEMAND.get(check)?.part;
}

/** Why nothing can be said of the checks a gate names, where they are made on demand only and none of them was. */
export function whyNotMade({ ids = [] }: GateConditions, files: FileReport): string | undefined {
  const reasons = ids.map(({ source }) => {
    const check = ON_DEMAND.get(source);
    return check !== undefined && files[check.part] === undefined ? check.why : undefined;
  });
  return reasons.every((why) => why !== undefined) ? reasons[0] : undefined;
}
