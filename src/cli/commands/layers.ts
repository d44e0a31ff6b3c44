import type { Arguments, Argv } from 'yargs';
import { canonicalPath } from '../../archive-formats/entry.ts';
import { PlimsollError } from '../../errors.ts';
import { findContent } from '../../layers/find-content.ts';
import { readContent } from '../../layers/read-content.ts';
import type { LayerHistory } from '../../layers/squash.ts';
import { composeLayersReport, type ReadHistory, withHistory } from '../../pipeline/layers-report.ts';
import { jsonText } from '../../report/json-text.ts';
import { writeLayersTable } from '../../report/layers/table.ts';
import { flagOf, stringOf, stringsOf } from '../arguments.ts';
import type { CliCommand } from '../command.ts';
import { formatOf, historyOptionsOf, readOptions, refuseSboms, write } from '../read-options.ts';
import { nameTrippedGates } from '../report-gates.ts';
import { imageArgument } from '../run-analysis.ts';
import { byteCount, limitsOf } from '../scan-options.ts';
import { showProgress } from '../show-progress.ts';
import { VERSION } from '../version.ts';
import { reportOptionsOf } from '../write-outputs.ts';

export const command: CliCommand = {
  name: 'layers',
  summary: 'Show what each layer added, changed and deleted, and what it hides',
  usage: 'layers IMAGE [options]',
  options: (argv) => imageArgument(layerOptions(argv)),
  run: async (args) => {
    refuseSboms(args);
    const format = formatOf(args);
    const gates = gatesOf(args);
    const progress = await showProgress(args);
    try {
      const options = await historyOptionsOf(args);
      return await withHistory(String(args._[0]), { ...options, onProgress: progress.onProgress }, async (read) => {
        progress.stop();
        const path = stringOf(args, 'extract');
        if (path !== undefined) return extract(read, path, args);
        const report = composeLayersReport(read, {
          version: VERSION,
          limits: options.limits,
          listed: layersOf(args, read),
          ...gates,
        });
        if (format === 'json') {
          await write(`${jsonText(report, 2)}\n`);
          if (!flagOf(args, 'quiet')) nameTrippedGates(report.gates, process.stderr);
        } else writeLayersTable(report, { write: (text) => process.stdout.write(text) }, reportOptionsOf(args));
        return report.gates.every((gate) => gate.passed) ? 0 : 1;
      });
    } finally {
      progress.stop();
    }
  },
};

function layerOptions(argv: Argv): Argv {
  return readOptions(argv)
    .option('layer', {
      type: 'number',
      array: true,
      describe: 'list every change of this layer, repeatable; with --extract: the instance of this layer',
    })
    .option('changes', { type: 'boolean', describe: 'list every change of every layer' })
    .option('extract', {
      type: 'string',
      describe: 'write the bytes of this file to stdout, also where a later layer hides it',
    })
    .option('min-efficiency', { type: 'number', describe: 'exit 1 below this efficiency, 0 to 1' })
    .option('max-wasted', { type: 'string', describe: 'exit 1 above this many hidden bytes, as 20M' });
}

function gatesOf(args: Arguments): { readonly minEfficiency?: number; readonly maxWasted?: number } {
  const efficiency = args['min-efficiency'];
  const wasted = stringOf(args, 'max-wasted');
  if (efficiency !== undefined && !(typeof efficiency === 'number' && efficiency >= 0 && efficiency <= 1)) {
    throw new PlimsollError('PLM_USAGE', '--min-efficiency takes a number from 0 to 1');
  }
  return {
    ...(typeof efficiency === 'number' ? { minEfficiency: efficiency } : {}),
    ...(wasted === undefined ? {} : { maxWasted: byteCount(wasted) }),
  };
}

function layersOf(args: Arguments, { history }: ReadHistory): readonly number[] {
  const all = [...history.layers.keys()];
  const listed = flagOf(args, 'changes') ? all : stringsOf(args, 'layer').map(Number);
  for (const layer of listed) {
    if (!all.includes(layer)) throw noSuchLayer(layer, all.length);
  }
  return listed;
}

function noSuchLayer(layer: number, count: number): PlimsollError {
  return new PlimsollError('PLM_NOT_FOUND', `there is no layer ${layer}`, {
    hint: `the image has layers 0 to ${count - 1}`,
  });
}

async function extract({ image, history }: ReadHistory, path: string, args: Arguments): Promise<number> {
  const [layer] = stringsOf(args, 'layer').map(Number);
  if (layer !== undefined && history.layers[layer] === undefined) throw noSuchLayer(layer, history.layers.length);
  const found = findContent(history, canonicalPath(path), layer);
  const source = found === undefined ? undefined : image.layers[found.layer];
  const index = found === undefined ? undefined : history.layers[found.layer];
  if (found === undefined || source === undefined || index === undefined) {
    const where = layer === undefined ? 'the final file system' : `layer ${layer}`;
    throw new PlimsollError('PLM_NOT_FOUND', `no regular file ${path} in ${where}`, {
      hint: whereToFind(history, canonicalPath(path)),
    });
  }
  for await (const chunk of readContent(source, index, { entry: found.entry, limits: limitsOf(args) }))
    await write(chunk);
  return 0;
}

/** The layers that hold the file, although the one asked for does not. */
function whereToFind(history: LayerHistory, path: string): string {
  const [layer, ...others] = [...history.layers.keys()].filter(
    (index) => findContent(history, path, index) !== undefined,
  );
  if (layer === undefined) return 'no layer holds one; plimsoll layers IMAGE --changes lists what each layer holds';
  const named = others.length === 0 ? `layer ${layer} holds it` : `layers ${[layer, ...others].join(', ')} hold it`;
  return `${named}: add --layer ${others.at(-1) ?? layer}`;
}
