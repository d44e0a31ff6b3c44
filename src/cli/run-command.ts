import yargs from 'yargs';
import type { CliCommand } from './command.ts';
import { COMMANDS } from './commands.generated.ts';
import { grouped } from './option-groups.ts';
import { applySettings, type CommandLoader, checkSettingsFile, settingsFile } from './settings.ts';
import { usageError } from './usage-error.ts';

/** Runs the command that the first word names and returns its exit code. */
export async function runCommand(load: CommandLoader, argv: readonly string[]): Promise<number> {
  const command = await load();
  const empty = yargs(argv.slice(1)).scriptName('plimsoll').usage(`plimsoll ${command.usage}\n\n${command.summary}`);
  const parser = grouped(command.options(empty))
    .parserConfiguration({ 'camel-case-expansion': false, 'boolean-negation': true, 'greedy-arrays': false })
    .strictOptions()
    .help()
    .version(false)
    .fail((message, error) => {
      throw error ?? misuse(asWritten(message, argv), command, argv[1]);
    })
    .exitProcess(false);
  if (command.name !== 'config') await checkSettingsFile(settingsFile(argv), [load, ...Object.values(COMMANDS)]);
  const args = await applySettings(parser, argv.slice(1)).parseAsync();
  if (args['help'] === true) return 0;
  const bare = argv.slice(1).find((word) => isEmptyList(args[/^--?([^=]+)/.exec(word)?.[1] ?? '']));
  if (bare !== undefined) throw misuse(`${bare} needs a value`, command, argv[1]);
  return command.run(args);
}

/** A repeatable option without a value: as good as not given, and a demand would not be made. */
function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Yargs names `--no-passphrase` by what it negates. */
function asWritten(message: string, argv: readonly string[]): string {
  const name = /^Unknown argument: (\S+)$/.exec(message)?.[1];
  return name !== undefined && argv.includes(`--no-${name}`) ? `Unknown argument: no-${name}` : message;
}

/** What yargs found wrong, with the action's own usage where one was named. */
function misuse(message: string, command: CliCommand, word: string | undefined): Error {
  const action = command.actions?.find(({ usage }) => word !== undefined && usage.split(' ')[0] === word);
  const help = `see "plimsoll ${command.name}${action === undefined ? '' : ` ${word}`} --help"`;
  if (action !== undefined && message.startsWith('Not enough non-option arguments'))
    return usageError(`write plimsoll ${command.name} ${action.usage}; ${help}`);
  return usageError(`${message}; ${help}`);
}
