import { existsSync } from 'node:fs';
import yargs, { type Argv } from 'yargs';
import { yaml } from '../bytes/yaml.ts';
import { PlimsollError } from '../errors.ts';
import type { CliCommand } from './command.ts';
import { readText } from './read-text.ts';

const PREFIX = 'PLIMSOLL_';
const DEFAULT_FILE = 'plimsoll.yaml';
const SETTINGS_HINT = 'a line is an option without its dashes, as in fail-on: high';

/** Imports a command. */
export type CommandLoader = () => Promise<CliCommand>;

/** A setting that did not come from the command line. */
export interface Setting {
  readonly value: unknown;
  /** The variable or the file it comes from. */
  readonly from: string;
}

/**
 * Options may also come from `PLIMSOLL_*` variables and from `plimsoll.yaml` in the working directory (or the file that
 * `--config` names); the command line wins over variables, variables over the file. Settings that the command does not
 * know are for other commands and are passed over.
 */
export function applySettings(parser: Argv, argv: readonly string[]): Argv {
  const withConfig = parser.option('config', { type: 'string', describe: `settings file (default ${DEFAULT_FILE})` });
  const known = knownOptions(withConfig);
  const settings: Record<string, unknown> = {};
  for (const [name, { value }] of readSettings(settingsFile(argv), process.env)) {
    if (known.has(name)) settings[name] = value;
  }
  return withConfig.config(settings);
}

/**
 * Refuses a settings file that names an option no command has: a gate with a misspelt name would be off in silence.
 * Variables are not held to it, since other programs set some with our prefix. Throws PLM_CONFIG_INVALID.
 */
export async function checkSettingsFile(file: string | undefined, commands: readonly CommandLoader[]): Promise<void> {
  if (file === undefined) return;
  const unknown = new Set(Object.keys(parseFile(file)));
  for (const load of commands) {
    if (unknown.size === 0) return;
    const command = await load();
    for (const source of [command, ...(command.actions ?? [])])
      for (const name of knownOptions(source.options(yargs([])))) unknown.delete(name);
  }
  const [name] = unknown;
  if (name !== undefined)
    throw new PlimsollError('PLM_CONFIG_INVALID', `no command has an option "${name}"`, {
      path: file,
      hint: SETTINGS_HINT,
    });
}

/** All settings by option name, whichever command they are for. Throws PLM_CONFIG_INVALID. */
export function readSettings(file: string | undefined, environment: NodeJS.ProcessEnv): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  if (file !== undefined)
    for (const [name, value] of Object.entries(parseFile(file))) settings.set(name, { value, from: file });
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(PREFIX) || value === undefined) continue;
    settings.set(name.slice(PREFIX.length).toLowerCase().replaceAll('_', '-'), { value, from: name });
  }
  return settings;
}

/** The settings file in force: the one `--config` names, else `plimsoll.yaml` where there is one. */
export function settingsFile(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--config');
  const given = at >= 0 ? argv[at + 1] : argv.find((word) => word.startsWith('--config='))?.slice('--config='.length);
  if (given !== undefined) return given;
  return existsSync(DEFAULT_FILE) ? DEFAULT_FILE : undefined;
}

function parseFile(path: string): Record<string, unknown> {
  const text = readText(path, 'PLM_CONFIG_INVALID');
  let settings: unknown;
  try {
    settings = yaml().parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new PlimsollError('PLM_CONFIG_INVALID', `the settings file cannot be read as YAML: ${reason}`, {
      path,
      hint: SETTINGS_HINT,
      cause,
    });
  }
  if (settings === null || settings === undefined) return {};
  if (typeof settings !== 'object' || Array.isArray(settings)) {
    throw new PlimsollError('PLM_CONFIG_INVALID', 'the settings file is no map of option names', {
      path,
      hint: SETTINGS_HINT,
    });
  }
  return { ...settings };
}

/** Names and aliases the parser has options for; its type declarations leave `getOptions` out. */
export function knownOptions(parser: Argv): ReadonlySet<string> {
  const options: unknown =
    'getOptions' in parser && typeof parser.getOptions === 'function' ? parser.getOptions() : undefined;
  const names = new Set<string>();
  if (typeof options !== 'object' || options === null) return names;
  if ('key' in options && typeof options.key === 'object' && options.key !== null) {
    for (const name of Object.keys(options.key)) names.add(name);
  }
  return names;
}
