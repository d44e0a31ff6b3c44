import yargs from 'yargs';
import type { CliCommand } from './command.ts';
import { COMMAND_SUMMARIES, COMMANDS } from './commands.generated.ts';
import { renderError } from './render-error.ts';
import { applySettings, checkSettingsFile, settingsFile } from './settings.ts';
import { VERSION } from './version.ts';

/** Runs the command line and sets the exit code; never throws for what a user can reach. */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  process.stdout.on('error', endQuietlyOnClosedPipe);
  try {
    process.exitCode = await runCommand(argv);
  } catch (error) {
    process.exitCode = renderError(error, process.stderr);
  }
}

async function runCommand(argv: readonly string[]): Promise<number> {
  const name = argv[0] ?? '';
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) return showHelp(name);
  const command = await load();
  const parser = command
    .options(yargs(argv.slice(1)).scriptName('plimsoll').usage(`plimsoll ${command.usage}\n\n${command.summary}`))
    .parserConfiguration({ 'camel-case-expansion': false, 'boolean-negation': true })
    .strictOptions()
    .help()
    .version(false)
    .fail((message, error) => {
      throw error ?? misuse(message, command, argv[1]);
    })
    .exitProcess(false);
  if (name !== 'config') await checkSettingsFile(settingsFile(argv), [load, ...Object.values(COMMANDS)]);
  const args = await applySettings(parser, argv.slice(1)).parseAsync();
  if (args['help'] === true) return 0;
  return command.run(args);
}

/** What yargs found wrong, with the action's own usage where one was named. */
function misuse(message: string, command: CliCommand, word: string | undefined): Error {
  const action = command.actions?.find(({ usage }) => word !== undefined && usage.split(' ')[0] === word);
  const help = `see "plimsoll ${command.name}${action === undefined ? '' : ` ${word}`} --help"`;
  if (action !== undefined && message.startsWith('Not enough non-option arguments'))
    return usageError(`write plimsoll ${command.name} ${action.usage}; ${help}`);
  return usageError(`${message}; ${help}`);
}

function usageError(message: string): Error {
  return Object.assign(new Error(message), { usage: true });
}

function showHelp(name: string): number {
  if (name === '--version' || name === '-v' || name === 'version') {
    process.stdout.write(`plimsoll ${VERSION}\n`);
    return 0;
  }
  const width = Math.max(...COMMAND_SUMMARIES.map(([command]) => command.length));
  const rows = COMMAND_SUMMARIES.map(([command, summary]) => `  ${command.padEnd(width)}  ${summary}`);
  const text = `plimsoll <command> [options]\n\n${rows.join('\n')}\n\nplimsoll <command> --help tells the options of one command.\n`;
  if (name === '' || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(text);
    return 0;
  }
  throw usageError(`no command is called "${name}"; see "plimsoll --help"`);
}

/** A closed pipe (`plimsoll … | head`) is how a reader says that it has enough. */
function endQuietlyOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) await main();
