import type { Arguments, Argv } from 'yargs';
import type { CliCommand } from './command.ts';
import { applySettings } from './settings.ts';

/** One action of a command with several: `plimsoll db import`. */
export interface Subcommand {
  /** Name and positionals in yargs' terms: `import [file]`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: (argv: Argv) => Argv;
  readonly run: (args: Arguments) => Promise<number> | number;
}

/** Joins actions into one command; the first word after its name chooses. */
export function commandOf(
  name: string,
  about: { readonly summary: string; readonly actions: readonly Subcommand[] },
): CliCommand {
  const byName = new Map(about.actions.map((action) => [nameOf(action), action]));
  return {
    name,
    summary: about.summary,
    usage: `${name} <action>`,
    actions: about.actions,
    options: (argv) =>
      about.actions
        .reduce(
          (parser, action) =>
            parser.command(action.usage, action.summary, (own: Argv) =>
              applySettings(action.options(own), process.argv.slice(2)),
            ),
          argv.scriptName(`plimsoll ${name}`),
        )
        .demandCommand(1, `say what to do: ${[...byName.keys()].join(', ')}`),
    run: async (args) => {
      const chosen = String(args._[0] ?? '');
      const action = byName.get(chosen);
      if (action === undefined) {
        const known = [...byName.keys()].join(', ');
        throw Object.assign(new Error(`${name} has no action "${chosen}" (known: ${known})`), { usage: true });
      }
      // What an action has no place for would be ignored: `db import A B` would import A alone.
      const extra = args._[1];
      if (extra !== undefined) {
        const hint = `write plimsoll ${name} ${action.usage}; see "plimsoll ${name} ${chosen} --help"`;
        throw Object.assign(new Error(`"${extra}" is one word too many; ${hint}`), { usage: true });
      }
      return action.run(args);
    },
  };
}

function nameOf(action: Subcommand): string {
  return action.usage.split(' ')[0] ?? action.usage;
}
