import { SEVERITIES } from '../../model/severity.ts';
import { currentAnalysis } from '../../store/current-analysis.ts';
import { printable } from '../printable.ts';
import { stringOf } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, jsonOption, oneImage, withArchive, writeJson } from './archive-arguments.ts';
import { describeImage } from './describe-image.ts';

export const show: Subcommand = {
  usage: 'show <image>',
  summary: 'one archived image and its findings under the current bundle',
  options: (argv) => jsonOption(archiveOption(argv)).positional('image', { type: 'string', demandOption: true }),
  run: (args) =>
    withArchive(args, async (store) => {
      const image = await oneImage(store, stringOf(args, 'image') ?? '');
      const analysis = await currentAnalysis(store, image.key);
      const open = (analysis?.vulnerabilities ?? []).filter((finding) => finding.suppressed === undefined);
      const counts = Object.fromEntries(
        SEVERITIES.map((severity) => [severity, open.filter((finding) => finding.severity === severity).length]),
      );
      const facts = {
        ...describeImage(image),
        packages: analysis?.packages.length ?? 0,
        findings: counts,
        bundle: (await store.current()) ?? null,
      };
      if (args['format'] === 'json') writeJson({ ...facts, vulnerabilities: open });
      else {
        for (const [name, value] of Object.entries(facts)) {
          process.stdout.write(
            `${name.padEnd(14)}${printable(typeof value === 'string' ? value : JSON.stringify(value))}\n`,
          );
        }
      }
      return 0;
    }),
};
