import { PlimsollError } from '../../errors.ts';
import { applyPolicy } from '../../policy/apply-policy.ts';
import { formatIds } from '../../report/load-format.ts';
import { flagOf, stringOf } from '../arguments.ts';
import { bundleFor, bundleOptions } from '../bundle-options.ts';
import { policyOptions, policyOptionsOf } from '../policy-options.ts';
import { reportGates } from '../report-gates.ts';
import { exitCodeOf } from '../run-analysis.ts';
import { outputOptions } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { outputsOf, reportOptionsOf, writeOutputs } from '../write-outputs.ts';
import { archiveOption, oneImage, withArchive } from './archive-arguments.ts';
import { matchedAnalysis } from './matched-analysis.ts';
import { missedBundle, warnOfStarter } from './starter-only.ts';

/** `plimsoll archive export`: any report of an archived image, without the image. */
export const exportAction: Subcommand = {
  usage: 'export <image>',
  summary: 'write a report or SBOM of an archived image, or the original SBOM byte for byte',
  options: (argv) =>
    policyOptions(bundleOptions(outputOptions(archiveOption(argv), formatIds())))
      .positional('image', { type: 'string', demandOption: true })
      .option('quiet', { type: 'boolean', describe: 'no warnings and failed gates on stderr: errors only' })
      .option('format', {
        type: 'string',
        describe: `what to write to stdout (default cyclonedx-json): ${formatIds().join(', ')}`,
      })
      .option('original', { type: 'boolean', describe: 'the SBOM as it was added' }),
  run: (args) =>
    withArchive(args, async (store) => {
      const image = await oneImage(store, stringOf(args, 'image') ?? '');
      if (flagOf(args, 'original')) {
        const source = image.source === undefined ? undefined : await store.blob(image.source);
        if (source === undefined) throw new PlimsollError('PLM_NOT_FOUND', 'the image was not added as an SBOM');
        process.stdout.write(source);
        return 0;
      }
      const outputs = await outputsOf(args, 'cyclonedx-json');
      const now = new Date();
      const policy = await policyOptionsOf(args);
      const chosen = bundleFor(args, now);
      const analysis = await matchedAnalysis(store, image, 'chosen' in chosen ? chosen.chosen.bundle : undefined);
      const judged = applyPolicy(
        { ...analysis, problems: [...policy.problems, ...chosen.problems, ...analysis.problems] },
        policy.options,
        now,
      );
      await writeOutputs(judged, outputs, reportOptionsOf(args));
      if ('failure' in chosen) throw chosen.failure;
      if (!flagOf(args, 'quiet')) {
        warnOfStarter(await missedBundle(store, chosen.chosen.bundle));
        reportGates([judged], outputs, process.stderr);
      }
      return exitCodeOf([judged]);
    }),
};
