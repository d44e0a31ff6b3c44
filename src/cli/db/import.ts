import type { Arguments } from 'yargs';
import { readRootFile } from '../../bundle/open-bundle.ts';
import { type ImportOutcome, importBundle } from '../../bundle/store/import-bundle.ts';
import { PlimsollError } from '../../errors.ts';
import { printable } from '../printable.ts';
import { flagOf, stringOf, stringsOf } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { storeOf, storeOption } from './db-arguments.ts';
import { storeContext } from './store-context.ts';

/** `plimsoll db import`: verify a bundle and make it the database in use. */
export const importAction: Subcommand = {
  usage: 'import [file]',
  summary: 'verify a bundle and install it',
  options: (argv) =>
    storeOption(argv)
      .positional('file', { type: 'string', describe: 'bundle to import' })
      .option('root', { type: 'string', describe: 'root.json that a new store shall trust' })
      .option('allow-drop', {
        type: 'string',
        array: true,
        describe: 'ecosystem that may shrink, repeatable; * for all',
      })
      .option('clock-unreliable', { type: 'boolean', describe: 'accept a bundle that this clock calls future' }),
  run(args) {
    const file = stringOf(args, 'file');
    if (file === undefined) throw new PlimsollError('PLM_USAGE', 'name a bundle to import');
    describeImport(importBundle({ file, ...importOptions(args) }));
    return 0;
  },
};

function importOptions(args: Arguments) {
  const root = stringOf(args, 'root');
  return {
    context: storeContext(),
    store: storeOf(args),
    ...(root === undefined ? {} : { givenRoots: readRootFile(root) }),
    clockUnreliable: flagOf(args, 'clock-unreliable'),
    allowDrop: stringsOf(args, 'allow-drop'),
  };
}

function describeImport({ status, release, warnings }: ImportOutcome): void {
  for (const warning of warnings) process.stderr.write(`warning: ${printable(warning)}\n`);
  const what = `channel ${release.channel}, sequence ${release.epoch}.${release.sequence}, built ${release.builtAt}`;
  process.stdout.write(
    status === 'current' ? `already current: ${what}\n` : `imported: ${what}\ncontentId ${release.contentId}\n`,
  );
}
