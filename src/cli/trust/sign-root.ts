import { readFileSync } from 'node:fs';
import { parseRootFile, type RootRecord } from '../../bundle/trust/root-chain.ts';
import { signRoot } from '../../bundle/trust/rotate-root.ts';
import type { SigningKey } from '../../bundle/trust/signing-key.ts';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { keyOptions, required, signingKeysOf } from '../db/db-arguments.ts';
import { stringOf, stringsOf } from '../scan-options.ts';
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
    assertRootKeys(keys, chain);
    writeChain(stringOf(args, 'out') ?? file, signRoot(chain, keys));
    return 0;
  },
};

/** Only the root roles of the newest root and of the one before it are counted. Throws PLM_TRUST_KEY. */
function assertRootKeys(keys: readonly SigningKey[], chain: readonly RootRecord[]): void {
  const counted = new Set(chain.slice(-2).flatMap(({ root }) => root.rootRole.keys.map(({ id }) => id)));
  const foreign = keys.find(({ publicKey }) => !counted.has(publicKey.id));
  if (foreign === undefined) return;
  throw new PlimsollError('PLM_TRUST_KEY', `key ${foreign.publicKey.id.slice(0, 12)} may not sign this root`, {
    hint: 'plimsoll trust show --root root.json names the keys of the root role',
  });
}

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
