import type { Arguments, Argv } from 'yargs';
import { PlimsollError } from '../../errors.ts';
import type { ImageDiff } from '../../model/image-diff.ts';
import { composeLayerDiff } from '../../pipeline/diff/compose-diff.ts';
import { isSame } from '../../pipeline/diff/is-same.ts';
import { withHistory } from '../../pipeline/layers-report.ts';
import { flagOf, stringOf } from '../arguments.ts';
import { bundleOptions } from '../bundle-options.ts';
import type { CliCommand } from '../command.ts';
import { compareImages } from '../diff/compare-images.ts';
import { DIFF_FORMATS } from '../diff/diff-formats.ts';
import { ownFormatOptions, ownOutputsOf, writeOwnOutputs } from '../own-formats.ts';
import { assertAnswerable, newcomerPolicyOptions } from '../policy-options.ts';
import { historyOptionsOf, refuseSboms, threadOptions } from '../read-options.ts';
import { nameTrippedGates } from '../report-gates.ts';
import { exitCodeOf } from '../run-analysis.ts';
import { openOptions, scannersOption, verifyFilesOption } from '../scan-options.ts';
import { ownRulesOption } from '../secrets/own-rules-option.ts';
import { VERSION } from '../version.ts';
import { reportOptionsOf } from '../write-outputs.ts';

export const command: CliCommand = {
  name: 'diff',
  summary:
    'Compare two images: what the second fixes and brings in vulnerabilities, secrets, checks, packages and files',
  usage:
    'diff BEFORE AFTER [options]  |  diff IMAGE --layers N:M [options]\n\nBEFORE and AFTER: what scan takes, or report:FILE (a JSON report of scan)',
  options: diffOptions,
  run: async (args) => (stringOf(args, 'layers') === undefined ? diffImages(args) : diffLayers(args)),
};

function diffOptions(argv: Argv): Argv {
  const analyzed = ownRulesOption(
    verifyFilesOption(newcomerPolicyOptions(bundleOptions(scannersOption(threadOptions(openOptions(argv)), 'all')))),
  );
  return ownFormatOptions(analyzed, DIFF_FORMATS)
    .option('history', { type: 'boolean', describe: 'compare vulnerabilities of packages that only history holds too' })
    .option('layers', { type: 'string', describe: 'N:M: files of one image as it was after layer N and after layer M' })
    .option('exit-code', { type: 'boolean', describe: 'exit 1 where anything differs' })
    .demandCommand(1, 2, 'name two images, or one with --layers N:M', 'name two images only');
}

async function diffImages(args: Arguments): Promise<number> {
  const [before, after] = args._.map(String);
  if (before === undefined || after === undefined) throw notTwoImages();
  if (before === '-' && after === '-')
    throw new PlimsollError('PLM_USAGE', 'only one image can come from standard input');
  const outputs = ownOutputsOf(args, DIFF_FORMATS);
  assertAnswerable(args);
  const { diff, judged, bundleFailure } = await compareImages(args, before, after);
  await writeOwnOutputs(diff, outputs, reportOptionsOf(args));
  if (bundleFailure !== undefined) throw bundleFailure;
  const isTold = outputs.some(({ name, file }) => name === 'table' && file === undefined);
  if (!isTold && !flagOf(args, 'quiet')) nameTrippedGates(judged.policy.gates, process.stderr);
  return exitCodeOf([judged]) || exitCodeOfDifference(args, diff);
}

async function diffLayers(args: Arguments): Promise<number> {
  const [image, other] = args._.map(String);
  const pair = /^(\d{1,6}):(\d{1,6})$/.exec(stringOf(args, 'layers') ?? '');
  if (image === undefined || other !== undefined || pair === null) throw notTwoImages();
  refuseSboms(args);
  if (image.startsWith('report:'))
    throw new PlimsollError('PLM_USAGE', 'a report holds no files of layers', {
      hint: 'name the image it was made of',
    });
  const gate = GATES.find((name) => args[name] !== undefined);
  if (gate !== undefined) throw new PlimsollError('PLM_USAGE', `--${gate} compares images, --layers files only`);
  const outputs = ownOutputsOf(args, DIFF_FORMATS);
  const [from, to] = [Number(pair[1]), Number(pair[2])];
  const diff = await withHistory(image, await historyOptionsOf(args), (read) => {
    const count = read.history.layers.length;
    if (from >= count || to >= count) {
      throw new PlimsollError('PLM_NOT_FOUND', `there is no layer ${Math.max(from, to)}`, {
        hint: `the image has layers 0 to ${count - 1}`,
      });
    }
    return composeLayerDiff(image, read, { from, to, version: VERSION });
  });
  await writeOwnOutputs(diff, outputs, reportOptionsOf(args));
  return exitCodeOfDifference(args, diff);
}

const GATES = ['fail-on-new', 'fail-on-new-secrets', 'fail-on-new-checks'] as const;

function notTwoImages(): PlimsollError {
  return new PlimsollError('PLM_USAGE', 'name two images, or one image with --layers N:M');
}

function exitCodeOfDifference(args: Arguments, diff: ImageDiff): number {
  return flagOf(args, 'exit-code') && !isSame(diff) ? 1 : 0;
}
