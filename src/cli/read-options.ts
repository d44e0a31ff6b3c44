import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { Arguments, Argv } from 'yargs';
import { PlimsollError } from '../errors.ts';
import type { ReadHistoryOptions } from '../pipeline/layers-report.ts';
import { stringOf } from './arguments.ts';
import { openOptionsOf } from './open-options.ts';
import { openOptions, workersOf } from './scan-options.ts';

/** Options of commands that read only the layers of an image. */
export function readOptions(argv: Argv): Argv {
  return threadOptions(openOptions(argv)).option('format', {
    type: 'string',
    default: 'table',
    describe: 'table or json',
  });
}

/** How layers are read, and whether progress is shown. */
export function threadOptions(argv: Argv): Argv {
  return argv
    .option('workers', { type: 'number', describe: 'threads that read layers (default one per core; 0 = none)' })
    .option('quiet', { type: 'boolean', describe: 'no progress' })
    .option('progress', { type: 'boolean', default: true, describe: 'progress on a terminal' });
}

/** How to open and read an image. Throws PLM_USAGE. */
export async function historyOptionsOf(args: Arguments): Promise<ReadHistoryOptions> {
  return {
    ...(await openOptionsOf(args)),
    workers: workersOf(args) ?? availableParallelism(),
  };
}

/** Throws PLM_USAGE where an SBOM stands in the place of an image whose layers are to be read. */
export function refuseSboms(args: Arguments): void {
  if (args._.some((location) => String(location).startsWith('sbom:')))
    throw new PlimsollError('PLM_USAGE', 'an SBOM has neither files nor layers to read', {
      hint: 'name an image; scan, sbom, diff and archive add take SBOMs',
    });
}

/** `table` or `json`. Throws PLM_USAGE. */
export function formatOf(args: Arguments): 'table' | 'json' {
  const format = stringOf(args, 'format') ?? 'table';
  if (format === 'table' || format === 'json') return format;
  throw new PlimsollError('PLM_USAGE', `this command has no format "${format}"`, { hint: 'known: table, json' });
}

/** Writes to stdout and waits where the reader is slower. */
export async function write(chunk: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
}
