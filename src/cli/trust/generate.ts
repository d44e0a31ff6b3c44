import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Arguments } from 'yargs';
import { encodeCanonical } from '../../bundle/canonical-json.ts';
import { documentTime } from '../../bundle/document.ts';
import { createRoot } from '../../bundle/trust/create-root.ts';
import { rootFingerprint } from '../../bundle/trust/root.ts';
import { encodeRootFile } from '../../bundle/trust/root-chain.ts';
import { encodeKeyFile, generateSigningKey, type SigningKey } from '../../bundle/trust/signing-key.ts';
import { keyDocument } from '../../bundle/trust/trusted-key.ts';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { DAY } from '../../model/day.ts';
import { flagOf, stringOf, stringsOf } from '../arguments.ts';
import { integerOf, passphraseOf, promptHidden, required } from '../db/db-arguments.ts';
import { writeFile } from '../db/write-file.ts';
import type { Subcommand } from '../subcommand.ts';

/** `plimsoll trust generate`: keys and the first root of a new authority. */
export const generate: Subcommand = {
  usage: 'generate',
  summary: 'make keys and the first root of a new authority',
  options: (argv) =>
    argv
      .option('out', { type: 'string', describe: 'folder for root.json and the key files' })
      .option('authority', {
        type: 'string',
        describe: 'name of the authority (default: plimsoll- and part of the key id)',
      })
      .option('channel', {
        type: 'string',
        array: true,
        describe: 'channel its releases may use, repeatable (default any)',
      })
      .option('root-keys', { type: 'number', default: 3, describe: 'root keys to make' })
      .option('root-threshold', { type: 'number', default: 2, describe: 'root keys that must sign a root' })
      .option('release-keys', { type: 'number', default: 2, describe: 'release keys to make' })
      .option('release-threshold', { type: 'number', default: 1, describe: 'release keys that must sign a release' })
      .option('algorithm', {
        type: 'string',
        default: 'hybrid',
        choices: ['hybrid', 'ecdsa-p256'],
        describe: 'kind of keys',
      })
      .option('valid-days', { type: 'number', default: 1095, describe: 'days until the root expires' })
      .option('passphrase', {
        type: 'boolean',
        default: true,
        describe: 'encrypt the key files (--no-passphrase: for tests)',
      })
      .option('passphrase-file', { type: 'string', describe: 'file with the pass phrase (first line)' })
      .option('passphrase-fd', { type: 'number', describe: 'file descriptor to read the pass phrase from' }),
  run(args) {
    const out = required(args, 'out');
    makeKeyFolder(out);
    if (readdirSync(out).some((name) => name.endsWith('.key') || name === 'root.json')) {
      throw new PlimsollError('PLM_TRUST_KEY', 'the folder already holds keys; they are not overwritten', {
        path: out,
      });
    }
    const passphrase = newPassphrase(args);
    const kind = stringOf(args, 'algorithm') === 'ecdsa-p256' ? 'ecdsa-p256' : 'hybrid';
    const rootKeys = makeKeys(count(args, 'root-keys'), kind);
    const releaseKeys = makeKeys(count(args, 'release-keys'), kind);
    const authority = stringOf(args, 'authority') ?? `plimsoll-${rootKeys[0]?.publicKey.id.slice(0, 16)}`;
    const channels = stringsOf(args, 'channel');
    const root = createRoot({
      authority,
      channels: channels.length === 0 ? ['*'] : channels,
      rootKeys,
      rootThreshold: count(args, 'root-threshold'),
      releaseKeys: releaseKeys.map((key) => key.publicKey),
      releaseThreshold: count(args, 'release-threshold'),
      issued: documentTime(Date.now()),
      expires: documentTime(Date.now() + count(args, 'valid-days') * DAY),
    });
    writeFile(join(out, 'root.json'), [encodeRootFile([root])]);
    writeKeys(join(out, 'root'), rootKeys, passphrase);
    writeKeys(join(out, 'release'), releaseKeys, passphrase);
    process.stdout.write(
      `${join(out, 'root.json')}: authority ${authority}\nfingerprint ${rootFingerprint(root.document)}\n`,
    );
    return 0;
  },
};

/** Throws PLM_OUTPUT_FAILED. */
function makeKeyFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (code === undefined) throw cause;
    throw new PlimsollError('PLM_OUTPUT_FAILED', `the folder for the keys cannot be made (${code})`, { path, cause });
  }
}

function count(args: Arguments, name: string): number {
  const value = integerOf(args, name) ?? 0;
  if (value >= 1 && value <= 10_000) return value;
  throw new PlimsollError('PLM_USAGE', `--${name} must be at least 1`);
}

function makeKeys(howMany: number, kind: 'hybrid' | 'ecdsa-p256'): readonly SigningKey[] {
  return Array.from({ length: howMany }, () => generateSigningKey(kind));
}

/** Key files are encrypted unless that is refused in so many words. */
function newPassphrase(args: Arguments): string | undefined {
  if (!flagOf(args, 'passphrase')) return undefined;
  const passphrase = passphraseOf(args) ?? typedTwice();
  if (passphrase !== undefined && passphrase !== '') return passphrase;
  throw new PlimsollError('PLM_TRUST_KEY', 'no pass phrase was given', {
    hint: 'give --passphrase-file FILE or --passphrase-fd N; --no-passphrase leaves the keys open',
  });
}

/** What is typed without being seen is typed twice: nobody could ever read the keys after a slip. */
function typedTwice(): string | undefined {
  const first = promptHidden('new pass phrase: ');
  if (first === undefined || first === '' || promptHidden('the same again: ') === first) return first;
  throw new PlimsollError('PLM_TRUST_KEY', 'the two pass phrases differ', { hint: 'nothing was written; try again' });
}

/** Key files `START-1.key`, `START-2.key` …, each with its public half beside it. */
function writeKeys(start: string, keys: readonly SigningKey[], passphrase: string | undefined): void {
  for (const [at, key] of keys.entries()) {
    const path = `${start}-${at + 1}.key`;
    writeFile(path, [Buffer.from(encodeKeyFile(key, passphrase))], 0o600);
    writeFile(path.replace(/key$/, 'pub'), [encodeCanonical(keyDocument(key.publicKey.halves)), Buffer.from('\n')]);
  }
}
