import { readFileSync } from 'node:fs';
import type { Arguments } from 'yargs';
import type { Analysis } from '../../model/analysis.ts';
import { flagOf, stringsOf } from '../arguments.ts';
import { bundleFor } from '../bundle-options.ts';
import { printable } from '../printable.ts';
import { archiveAnalysis, KEPT_NOTE, nameOfLocation } from './archive-analysis.ts';
import { labelsOf, withArchive } from './archive-arguments.ts';

/** `scan --archive DIR`: remembers what was just analyzed. */
export async function archiveRun(args: Arguments, analyses: readonly Analysis[]): Promise<void> {
  const now = new Date();
  const location = String(args._[0]);
  const chosen = bundleFor(args, now);
  const labels = labelsOf(stringsOf(args, 'label'));
  const source = location.startsWith('sbom:') ? readFileSync(location.slice('sbom:'.length)) : undefined;
  await withArchive(
    args,
    async (store) => {
      for (const analysis of analyses) {
        const { key, result } = await archiveAnalysis(store, analysis, {
          name: nameOfLocation(location),
          labels,
          at: now.toISOString(),
          bundle: 'chosen' in chosen ? chosen.chosen.bundle : undefined,
          source,
        });
        if (result === 'kept' && !flagOf(args, 'quiet'))
          process.stderr.write(`warning: ${printable(`${analysis.image.ref ?? key} ${KEPT_NOTE}`)}\n`);
      }
    },
    true,
  );
}
