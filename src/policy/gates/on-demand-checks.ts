import type { FileReport } from '../../model/analysis.ts';
import type { GateConditions } from './policy.ts';

/** Checks that fail nowhere unless files were looked at again. */
const ON_DEMAND: ReadonlyMap<string, { readonly part: 'integrity' | 'known'; readonly why: string }> = new Map([
  ['PLM-C025', { part: 'integrity', why: 'files of packages were not verified (--verify-files)' }],
  ['PLM-C026', { part: 'known', why: 'known bad files were not looked for (--known-bad)' }],
]);

/** Why nothing can be said of the checks a gate names, where they are made on demand only and none of them was. */
export function whyNotMade({ ids = [] }: GateConditions, files: FileReport): string | undefined {
  const reasons = ids.map(({ source }) => {
    const check = ON_DEMAND.get(source);
    return check !== undefined && files[check.part] === undefined ? check.why : undefined;
  });
  return reasons.every((why) => why !== undefined) ? reasons[0] : undefined;
}
