import { readFileSync } from 'node:fs';
import { assertCountedKeys } from '../../bundle/trust/assert-counted-keys.ts';
import { parseRootFile } from '../../bundle/trust/root-chain.ts';
import { signRoot } from '../../bundle/trust/rotate-root.ts';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { stringOf, stringsOf } from '../arguments.ts';
import { keyOptions, required, signingKeysOf } from '../db/db-arguments.ts';
import type { Subcommand } from '../subcommand.ts';
import { writeChain } from './rotate.ts';

/** `plimsoll trust sign-root`: the next signer of a new root. */
export const signRootAction: Subcommand = {
  usage: 'sign-root <file>',
  summary: 'add signatures to the newest root of a root file',
  options: (argv) =>
    keyOptions(argv)
      .positional('file', { type: 'string', describe: 'root file' })
      .option('out', { type: 'string', describe: 'file to write (default: the same)' }),
  run(args) {
    const file = required(args, 'file');
    const keys = signingKeysOf(args, stringsOf(args, 'key'));
    if (keys.length === 0) throw new PlimsollError('PLM_USAGE', '--key is missing', { hint: 'name a root key file' });
    const chain = parseRootFile(readBytes(file), file);
    // Of a root, the signatures of its own root role and of the one before it count.
    const counted = chain.slice(-2).flatMap(({ root }) => root.rootRole.keys);
    assertCountedKeys(keys, counted, 'this root');
    writeChain(stringOf(args, 'out') ?? file, signRoot(chain, keys));
    return 0;
  },
};

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new PlimsollError('PLM_TRUST_ROOT', `the root file cannot be read (${systemErrorCode(cause)})`, {
      path,
      cause,
    });
  }
}
