import type { Arguments } from 'yargs';
import { readRootFile } from '../../bundle/open-bundle.ts';
import { type ImportOutcome, importBundle } from '../../bundle/store/import-bundle.ts';
import { type InboxOutcome, importInbox } from '../../bundle/store/import-inbox.ts';
import { PlimsollError } from '../../errors.ts';
import { alarmOptions, rematch } from '../archive/rematch.ts';
import { flagOf, stringOf, stringsOf } from '../arguments.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { storeOf, storeOption } from './db-arguments.ts';
import { releaseJson, releaseText } from './describe-release.ts';
import { storeContext } from './store-context.ts';

/** `plimsoll db import`: verify a bundle and make it the database in use. */
export const importAction: Subcommand = {
  usage: 'import [file]',
  summary: 'verify a bundle and install it',
  options: (argv) =>
    jsonOption(alarmOptions(storeOption(argv)))
      .positional('file', { type: 'string', describe: 'bundle to import' })
      .option('inbox', { type: 'string', describe: 'folder to take the best bundle from, for a timer' })
      .option('root', { type: 'string', describe: 'root.json that a new store shall trust' })
      .option('allow-drop', {
        type: 'string',
        array: true,
        describe: 'ecosystem that may shrink, repeatable; * for all',
      })
      .option('archive', { type: 'string', describe: 'archive to bring to the database in use, after the import' })
      .option('clock-unreliable', { type: 'boolean', describe: 'accept a bundle that this clock calls future' }),
  run(args) {
    const file = stringOf(args, 'file');
    const inbox = stringOf(args, 'inbox');
    if ((file === undefined) === (inbox === undefined)) {
      throw new PlimsollError('PLM_USAGE', 'name a bundle to import, or a folder with --inbox');
    }
    if (args['format'] === 'json' && namesArchive(args))
      throw new PlimsollError(
        'PLM_USAGE',
        '--format json tells of the import alone, and an archive is to be re-matched',
        {
          hint: 'leave it out and write the re-match with -o json=FILE, or re-match apart: plimsoll archive rematch',
        },
      );
    return importThenRematch(args, inbox === undefined ? () => runFile(args, file ?? '') : () => runInbox(args, inbox));
  },
};

/**
 * The import stands whatever becomes of the re-match: the next one brings the archive to it, also where nothing new was
 * imported. Of two exit codes that of the import counts.
 */
async function importThenRematch(args: Arguments, runImport: () => number): Promise<number> {
  const imported = runImport();
  if (!namesArchive(args)) return imported;
  const { root: _, ...others } = args;
  const rematched = await rematch.run({ ...others, db: storeOf(args) });
  return imported === 0 ? rematched : imported;
}

function namesArchive(args: Arguments): boolean {
  return (stringOf(args, 'archive') ?? '') !== '';
}

function runFile(args: Arguments, file: string): number {
  const outcome = importBundle({ file, ...importOptions(args) });
  if (args['format'] === 'json') writeJson({ imports: [importJson(outcome)] });
  else describeImport(outcome);
  return 0;
}

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

function importJson({ status, release, warnings }: ImportOutcome) {
  return { status, bundle: releaseJson(release), warnings };
}

function describeImport({ status, release, warnings }: ImportOutcome): void {
  for (const warning of warnings) process.stderr.write(`warning: ${printable(warning)}\n`);
  const what = releaseText(release);
  process.stdout.write(
    status === 'current' ? `already current: ${what}\n` : `imported: ${what}\ncontentId ${release.contentId}\n`,
  );
}

/** 0 where something was imported or nothing new was there; 4 where only refused files were. */
function runInbox(args: Arguments, inbox: string): number {
  const outcome = importInbox({ inbox, ...importOptions(args) });
  if (args['format'] === 'json') writeJson({ imports: outcome.imported.map(importJson), files: outcome.entries });
  else describeInbox(outcome);
  const { imported, entries } = outcome;
  return imported.length === 0 && entries.some((entry) => entry.verdict === 'quarantined') ? 4 : 0;
}

function describeInbox({ imported, entries }: InboxOutcome): void {
  for (const { file, verdict, code, reason } of entries) {
    const why = [code, reason].filter((part) => part !== undefined).join(': ');
    process.stderr.write(`${printable(file)}: ${verdict}${why === '' ? '' : ` (${printable(why)})`}\n`);
  }
  for (const outcome of imported) describeImport(outcome);
  if (entries.length === 0) process.stdout.write('nothing new\n');
}
