import type { Argv } from 'yargs';
import { formatIds } from '../../report/load-format.ts';
import { flagOf } from '../arguments.ts';
import { bundleOptions } from '../bundle-options.ts';
import type { CliCommand } from '../command.ts';
import { knownBadOption } from '../known-bad-option.ts';
import { assertAnswerable, policyOptions } from '../policy-options.ts';
import { reportGates } from '../report-gates.ts';
import { exitCodeOf, imageArgument, runAnalysis } from '../run-analysis.ts';
import { imageOptions, outputOptions, scannersOption, verifyFilesOption } from '../scan-options.ts';
import { ownRulesOption } from '../secrets/own-rules-option.ts';
import { outputsOf, reportOptionsOf, writeReports } from '../write-outputs.ts';

export const command: CliCommand = {
  name: 'scan',
  summary: 'Analyze an image: packages, vulnerabilities, secrets, checks, hidden files',
  usage: 'scan IMAGE [options]',
  options: (argv) =>
    imageArgument(policyOptions(bundleOptions(outputOptions(analysisOptions(argv), formatIds()))))
      .option('archive', { type: 'string', describe: 'folder of an archive to remember the image in' })
      .option('label', { type: 'string', array: true, describe: 'NAME=VALUE for the archive, repeatable' }),
  run: async (args) => {
    const outputs = await outputsOf(args, 'table');
    const reportOptions = reportOptionsOf(args);
    assertAnswerable(args);
    const run = await runAnalysis(args);
    await writeReports(run.analyses, outputs, reportOptions);
    // SQLite is loaded only where it is used.
    if (args['archive'] !== undefined) await (await import('../archive/archive-run.ts')).archiveRun(args, run.analyses);
    if (run.bundleFailure !== undefined) throw run.bundleFailure;
    if (!flagOf(args, 'quiet')) reportGates(run.analyses, outputs, process.stderr);
    return exitCodeOf(run.analyses);
  },
};

function analysisOptions(argv: Argv): Argv {
  return knownBadOption(verifyFilesOption(ownRulesOption(scannersOption(imageOptions(argv), 'all'))));
}
