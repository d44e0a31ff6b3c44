import type { Arguments, Argv } from 'yargs';

/**
 * One subcommand: `src/cli/commands/<name>.ts` exports it as `command`. `run` returns the exit code; it throws
 * PlimsollError for what a user can reach. Data goes to stdout, progress and messages to stderr.
 */
export interface CliCommand {
  readonly name: string;
  readonly summary: string;
  /** Positional and options in yargs' terms, as in `scan <image>`. */
  readonly usage: string;
  readonly options: (argv: Argv) => Argv;
  /** What the first word after the name chooses from, each with options of its own. */
  readonly actions?: readonly { readonly usage: string; readonly options: (argv: Argv) => Argv }[];
  readonly run: (args: Arguments) => Promise<number>;
}
