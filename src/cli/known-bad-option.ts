import type { Arguments, Argv } from 'yargs';
import { type HashList, parseHashLists } from '../pipeline/known-files/hash-list.ts';
import { stringsOf } from './arguments.ts';
import { readText } from './read-text.ts';

export function knownBadOption(argv: Argv): Argv {
  return argv.option('known-bad', {
    type: 'string',
    array: true,
    describe: 'list of digests, as sha256sum writes them, that no file of any layer may have (PLM-C026), repeatable',
  });
}

/** The lists `--known-bad` names; nothing where it was not given. Throws PLM_USAGE. */
export function knownBadOf(args: Arguments): { readonly knownBad?: HashList } {
  const paths = stringsOf(args, 'known-bad');
  if (paths.length === 0) return {};
  return { knownBad: parseHashLists(paths.map((path) => ({ path, text: readText(path, 'PLM_USAGE') }))) };
}
