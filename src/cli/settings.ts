import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Argv } from 'yargs';
import { PlimsollError } from '../errors.ts';

/**
 * Options may also come from `PLIMSOLL_*` variables and from `plimsoll.yaml` in the working directory (or the file
 * `--config` names); the command line wins over variables, variables over the file.
 */
export function applySettings(parser: Argv, argv: readonly string[]): Argv {
  const file = settingsFile(argv);
  const withEnvironment = parser
    .env('PLIMSOLL')
    .option('config', { type: 'string', describe: 'settings file (default plimsoll.yaml)' });
  return file === undefined ? withEnvironment : withEnvironment.config(readSettings(file));
}

function settingsFile(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--config');
  const given = at >= 0 ? argv[at + 1] : argv.find((word) => word.startsWith('--config='))?.slice('--config='.length);
  if (given !== undefined) return given;
  return existsSync('plimsoll.yaml') ? 'plimsoll.yaml' : undefined;
}

/** The settings of a YAML file as option names and values. Throws PLM_CONFIG_INVALID. */
export function readSettings(path: string): Record<string, unknown> {
  let settings: unknown;
  try {
    settings = parse(readFileSync(path, 'utf8'), { maxAliasCount: 0 });
  } catch (cause) {
    throw new PlimsollError('PLM_CONFIG_INVALID', 'the settings file cannot be read as YAML', { path, cause });
  }
  if (settings === null || settings === undefined) return {};
  if (typeof settings !== 'object' || Array.isArray(settings)) {
    throw new PlimsollError('PLM_CONFIG_INVALID', 'the settings file must be a map of option names', { path });
  }
  return { ...settings };
}
