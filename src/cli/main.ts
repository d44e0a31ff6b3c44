import { COMMAND_SUMMARIES, COMMANDS } from './commands.generated.ts';
import { renderError } from './render-error.ts';
import { usageError } from './usage-error.ts';
import { VERSION } from './version.ts';

/** Runs the command line and sets the exit code; never throws for what a user can reach. */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  process.stdout.on('error', endQuietlyOnClosedPipe);
  try {
    process.exitCode = await runOrHelp(argv);
  } catch (error) {
    process.exitCode = renderError(error, process.stderr);
  }
}

async function runOrHelp(argv: readonly string[]): Promise<number> {
  const name = argv[0] ?? '';
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) return showHelp(name);
  // the parser of command lines is loaded only where there is a command
  const { runCommand } = await import('./run-command.ts');
  return runCommand(load, argv);
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
