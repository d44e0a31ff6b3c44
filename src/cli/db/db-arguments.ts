import { readFileSync, readSync } from 'node:fs';
import type { Arguments, Argv } from 'yargs';
import { isEncryptedKeyFile, parseKeyFile, type SigningKey } from '../../bundle/trust/signing-key.ts';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { stringOf } from '../arguments.ts';
import { readByte, readHidden } from './read-hidden.ts';
import { defaultStore } from './store-context.ts';

export function storeOption(argv: Argv): Argv {
  return argv.option('db', { type: 'string', describe: 'folder of the installed database' });
}

/** The store named with `--db`, else the installed one. */
export function storeOf(args: Arguments): string {
  return stringOf(args, 'db') ?? defaultStore();
}

/** A positional or option that must be there. Throws PLM_USAGE. */
export function required(args: Arguments, name: string): string {
  const value = stringOf(args, name);
  if (value !== undefined && value !== '') return value;
  throw new PlimsollError('PLM_USAGE', `--${name} is missing`, { hint: 'see --help' });
}

/** A whole number option. Throws PLM_USAGE. */
export function integerOf(args: Arguments, name: string): number | undefined {
  const value = args[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new PlimsollError('PLM_USAGE', `--${name} must be a whole number`);
}

/** A time in milliseconds from RFC 3339 text. Throws PLM_USAGE. */
export function timeOf(args: Arguments, name: string): number | undefined {
  const text = stringOf(args, name);
  if (text === undefined) return undefined;
  const milliseconds = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(milliseconds))
    throw new PlimsollError('PLM_USAGE', `--${name} must be a time such as 2026-11-22T02:30:00Z`);
  return milliseconds;
}

/** The time a build is dated with: `--built-at`, else SOURCE_DATE_EPOCH, else the clock. */
export function builtAtOf(args: Arguments): number {
  const epoch = process.env['SOURCE_DATE_EPOCH'];
  const fromEnvironment = epoch !== undefined && /^\d{1,12}$/.test(epoch) ? Number(epoch) * 1000 : undefined;
  return timeOf(args, 'built-at') ?? fromEnvironment ?? Date.now();
}

export function keyOptions(argv: Argv): Argv {
  return argv
    .option('key', { type: 'string', array: true, describe: 'key file to sign with, repeatable' })
    .option('passphrase-file', { type: 'string', describe: 'file with the pass phrase of the keys (first line)' })
    .option('passphrase-fd', { type: 'number', describe: 'file descriptor to read the pass phrase from' });
}

/** The keys of `--key`, decrypted where they must be. Throws PLM_TRUST_KEY. */
export function signingKeysOf(args: Arguments, paths: readonly string[]): readonly SigningKey[] {
  let passphrase: string | undefined;
  return paths.map((path) => {
    const text = readKeyText(path);
    if (!isEncryptedKeyFile(text)) return parseKeyFile(text, { path });
    passphrase ??= passphraseOf(args) ?? promptHidden(`pass phrase for ${path}: `);
    return parseKeyFile(text, passphrase === undefined ? { path } : { path, passphrase });
  });
}

function readKeyText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = systemErrorCode(cause);
    const message = code === 'ENOENT' ? 'there is no such key file' : `the key file cannot be read (${code})`;
    throw new PlimsollError('PLM_TRUST_KEY', message, { path, hint: 'plimsoll trust generate makes keys', cause });
  }
}

/** The pass phrase from the file or descriptor that the command line names. */
export function passphraseOf(args: Arguments): string | undefined {
  const file = stringOf(args, 'passphrase-file');
  const fd = integerOf(args, 'passphrase-fd');
  if (file === undefined && fd === undefined) return undefined;
  try {
    return readFileSync(file ?? fd ?? 0, 'utf8').split(/\r?\n/)[0] ?? '';
  } catch (cause) {
    const path = file ?? `descriptor ${fd}`;
    const message = `the pass phrase cannot be read (${systemErrorCode(cause)})`;
    throw new PlimsollError('PLM_TRUST_KEY', message, { path, hint: 'its first line is the pass phrase', cause });
  }
}

/** Asks on a terminal without showing what is typed; undefined where there is no terminal. */
export function promptHidden(question: string): string | undefined {
  if (!process.stdin.isTTY) return undefined;
  process.stderr.write(question);
  process.stdin.setRawMode(true);
  let typed: string | undefined;
  try {
    typed = readHidden(() => readByte((into) => readSync(process.stdin.fd, into, 0, 1, null)));
  } finally {
    process.stdin.setRawMode(false);
    process.stderr.write('\n');
  }
  // In raw mode the terminal hands Ctrl-C over as a byte and interrupts nobody.
  if (typed === undefined) process.exit(EXIT_INTERRUPTED);
  return typed;
}

const EXIT_INTERRUPTED = 130;
