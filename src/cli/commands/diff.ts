import type { Arguments, Argv } from 'yargs';
import { aboutFile, PlimsollError } from '../../errors.ts';
import type { ImageDiff } from '../../model/image-diff.ts';
import { composeDiff, type DiffInput, layerForDiff, readForDiff, sbomForDiff } from '../../pipeline/image-diff.ts';
import { type ReadHistoryOptions, withHistory } from '../../pipeline/layers-report.ts';
import { writeDiffTable } from '../../report/layers/diff-table.ts';
import { flagOf, stringOf } from '../arguments.ts';
import type { CliCommand } from '../command.ts';
import { formatOf, historyOptionsOf, readOptions, refuseSboms, write } from '../read-options.ts';
import { VERSION } from '../version.ts';
import { reportOptionsOf } from '../write-outputs.ts';

export const command: CliCommand = {
  name: 'diff',
  summary: 'Compare the files and packages of two images (sbom:FILE: packages only), or two layers of one',
  usage: 'diff BEFORE AFTER [options]  |  diff IMAGE --layers N:M [options]',
  options: diffOptions,
  run: async (args) => {
    const format = formatOf(args);
    const diff = await compare(args, historyOptionsOf(args));
    if (format === 'json') await write(`${JSON.stringify(diff, null, 2)}\n`);
    else writeDiffTable(diff, { write: (text) => process.stdout.write(text) }, reportOptionsOf(args));
    const isSame = (diff.files ?? []).length === 0 && (diff.packages ?? []).length === 0;
    return flagOf(args, 'exit-code') && !isSame ? 1 : 0;
  },
};

function diffOptions(argv: Argv): Argv {
  return readOptions(argv)
    .option('layers', { type: 'string', describe: 'N:M: compare one image as it was after layer N and after layer M' })
    .option('exit-code', { type: 'boolean', describe: 'exit 1 where anything differs' })
    .demandCommand(1, 2, 'name two images, or one with --layers N:M', 'name two images only');
}

async function compare(args: Arguments, options: ReadHistoryOptions): Promise<ImageDiff> {
  const [before, after] = args._.map(String);
  const layers = stringOf(args, 'layers');
  if (before !== undefined && after !== undefined && layers === undefined) {
    if (before === '-' && after === '-')
      throw new PlimsollError('PLM_USAGE', 'only one image can come from standard input');
    return composeDiff(await readSide(before, options), await readSide(after, options), VERSION);
  }
  const pair = /^(\d{1,6}):(\d{1,6})$/.exec(layers ?? '');
  if (before === undefined || after !== undefined || pair === null) {
    throw new PlimsollError('PLM_USAGE', 'name two images, or one image with --layers N:M');
  }
  refuseSboms(args);
  const [from, to] = [Number(pair[1]), Number(pair[2])];
  return withHistory(before, options, (read) => {
    const count = read.history.layers.length;
    if (from >= count || to >= count) {
      throw new PlimsollError('PLM_NOT_FOUND', `there is no layer ${Math.max(from, to)}`, {
        hint: `the image has layers 0 to ${count - 1}`,
      });
    }
    return composeDiff(layerForDiff(before, read, from), layerForDiff(before, read, to), VERSION);
  });
}

async function readSide(location: string, options: ReadHistoryOptions): Promise<DiffInput> {
  if (!location.startsWith('sbom:')) return readForDiff(location, options);
  const path = location.slice('sbom:'.length);
  const { analyzeSbom } = await import('../../analyze-sbom.ts');
  const analysis = await analyzeSbom(path, { ...options, scanners: new Set(), version: VERSION }).catch(
    (error: unknown) => {
      throw aboutFile(error, path);
    },
  );
  return sbomForDiff(location, analysis);
}
