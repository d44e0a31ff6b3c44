import { readFileSync } from 'node:fs';
import type { Arguments, Argv } from 'yargs';
import { parseCanonical } from '../../bundle/canonical-json.ts';
import { documentTime, SHA256_HEX } from '../../bundle/document.ts';
import { readRootFile } from '../../bundle/open-bundle.ts';
import type { Revocation } from '../../bundle/trust/root.ts';
import { encodeRootFile, type RootRecord } from '../../bundle/trust/root-chain.ts';
import { type RoleChange, rootSigning, rotateRoot } from '../../bundle/trust/rotate-root.ts';
import { keyId, parseTrustedKey, type TrustedKey } from '../../bundle/trust/trusted-key.ts';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { DAY } from '../../model/day.ts';
import { flagOf, stringOf, stringsOf } from '../arguments.ts';
import { integerOf, keyOptions, required, signingKeysOf } from '../db/db-arguments.ts';
import { writeFile } from '../db/write-file.ts';
import type { Subcommand } from '../subcommand.ts';

/** `plimsoll trust rotate`: the next root, signed by who is at hand. */
export const rotate: Subcommand = {
  usage: 'rotate',
  summary: 'write the next root: other keys, thresholds, epoch, revocations',
  options: (argv) =>
    roleOptions(roleOptions(keyOptions(argv), 'root'), 'release')
      .option('root', { type: 'string', describe: 'root.json with the chain so far' })
      .option('out', { type: 'string', describe: 'file to write (default: the root file itself)' })
      .option('new-epoch', {
        type: 'boolean',
        describe: 'start a new epoch: no release of the old one is accepted any more',
      })
      .option('revoke', {
        type: 'string',
        array: true,
        describe: 'FROM-TO (sequences of this epoch) or a content id, repeatable',
      })
      .option('minimum-sequence', { type: 'number', describe: 'lowest sequence accepted' })
      .option('valid-days', { type: 'number', default: 1095, describe: 'days until the new root expires' }),
  run(args) {
    const file = required(args, 'root');
    const chain = readRootFile(file);
    const before = chain.at(-1);
    if (before === undefined) throw new Error('a root file has at least one root');
    const keys = signingKeysOf(args, stringsOf(args, 'key'));
    if (keys.length === 0)
      throw new PlimsollError('PLM_USAGE', '--key is missing', { hint: 'at least one root key must sign' });
    const minimumSequence = integerOf(args, 'minimum-sequence');
    const next = rotateRoot(before, {
      root: roleChange(args, 'root'),
      release: roleChange(args, 'release'),
      issued: documentTime(Date.now()),
      expires: documentTime(Date.now() + (integerOf(args, 'valid-days') ?? 0) * DAY),
      newEpoch: flagOf(args, 'new-epoch'),
      revoke: stringsOf(args, 'revoke').map((text) => parseRevocation(text, before.root.epoch)),
      ...(minimumSequence === undefined ? {} : { minimumSequence }),
      keys,
    });
    writeChain(stringOf(args, 'out') ?? file, [...chain, next]);
    return 0;
  },
};

function roleOptions(argv: Argv, role: string): Argv {
  return argv
    .option(`add-${role}-key`, {
      type: 'string',
      array: true,
      describe: `public key file (.pub) to add to the ${role} role`,
    })
    .option(`remove-${role}-key`, {
      type: 'string',
      array: true,
      describe: `id of a key to take from the ${role} role`,
    })
    .option(`${role}-threshold`, { type: 'number', describe: `keys of the ${role} role that must sign` });
}

function roleChange(args: Arguments, role: string): RoleChange {
  const threshold = integerOf(args, `${role}-threshold`);
  return {
    add: stringsOf(args, `add-${role}-key`).map(readPublicKey),
    remove: stringsOf(args, `remove-${role}-key`),
    ...(threshold === undefined ? {} : { threshold }),
  };
}

function readPublicKey(path: string): TrustedKey {
  try {
    const document = parseCanonical(readFileSync(path).subarray(0, -1), 'the public key', 'PLM_TRUST_KEY');
    return parseTrustedKey(keyId(document), document);
  } catch (cause) {
    const reason = cause instanceof PlimsollError ? cause.message : systemErrorCode(cause);
    throw new PlimsollError('PLM_TRUST_KEY', `this is no public key file: ${reason}`, { path, cause });
  }
}

function parseRevocation(text: string, epoch: number): Revocation {
  if (SHA256_HEX.test(text)) return { contentId: text };
  const range = /^(\d{1,15})-(\d{1,15})$/.exec(text);
  if (range === null) throw new PlimsollError('PLM_USAGE', `"${text}" names no sequences (FROM-TO) and no content id`);
  return { epoch, from: Number(range[1]), to: Number(range[2]) };
}

/** Writes the chain and says who must still sign its newest root. */
export function writeChain(path: string, chain: readonly RootRecord[]): void {
  writeFile(path, [encodeRootFile(chain)]);
  const { own, before } = rootSigning(chain);
  const parts = [`${own.signed} of ${own.threshold} of its own role`];
  if (before !== undefined) parts.push(`${before.signed} of ${before.threshold} of the root before it`);
  const missing = own.signed < own.threshold || (before !== undefined && before.signed < before.threshold);
  process.stdout.write(
    `${path}: root version ${chain.at(-1)?.root.version}, signed by ${parts.join(', ')}${missing ? '; not valid yet: plimsoll trust sign-root' : ''}\n`,
  );
}
