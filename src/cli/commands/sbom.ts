import type { Scanner } from '../../pipeline/scanner.ts';
import { formatIds } from '../../report/load-format.ts';
import type { CliCommand } from '../command.ts';
import { imageArgument, runAnalysis } from '../run-analysis.ts';
import { imageOptions, outputOptions, scannersOf, scannersOption } from '../scan-options.ts';
import { outputsOf, reportOptionsOf, writeReports } from '../write-outputs.ts';

/** A bill of materials needs no findings; `--scanners` adds them. */
const SBOM_SCANNERS: ReadonlySet<Scanner> = new Set<Scanner>(['license']);

export const command: CliCommand = {
  name: 'sbom',
  summary: 'Write the bill of materials of an image, or convert one (sbom:FILE)',
  usage: 'sbom IMAGE [options]',
  options: (argv) => imageArgument(outputOptions(scannersOption(imageOptions(argv), 'license'), formatIds())),
  run: async (args) => {
    const outputs = await outputsOf(args, 'cyclonedx-json');
    const reportOptions = reportOptionsOf(args);
    const run = await runAnalysis(args, args['scanners'] === undefined ? SBOM_SCANNERS : scannersOf(args));
    await writeReports(run.analyses, outputs, reportOptions);
    if (run.bundleFailure !== undefined) throw run.bundleFailure;
    return 0;
  },
};
