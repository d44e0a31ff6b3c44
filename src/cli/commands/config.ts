import { PlimsollError } from '../../errors.ts';
import type { CliCommand } from '../command.ts';
import { printable } from '../printable.ts';
import { readSettings, settingsFile } from '../settings.ts';

/** Variables whose values may be credentials are shown by name only. */
const HIDDEN = /pass|secret|token|key/i;

export const command: CliCommand = {
  name: 'config',
  summary: 'Show the settings in force and where each comes from',
  usage: 'config show',
  options: (argv) => argv.demandCommand(1, 1, 'say what to do: show'),
  run: async (args) => {
    if (args._[0] !== 'show')
      throw new PlimsollError('PLM_USAGE', `config has no action "${String(args._[0])}"`, { hint: 'known: show' });
    const file = settingsFile(process.argv.slice(2));
    const settings = [...readSettings(file, process.env)].sort(([left], [right]) => (left < right ? -1 : 1));
    for (const [name, { value, from }] of settings) {
      process.stdout.write(`${printable(`${name}: ${shown(name, value)}   (${from})`)}\n`);
    }
    if (settings.length === 0) process.stderr.write('no settings: no plimsoll.yaml here and no PLIMSOLL_ variables\n');
    return 0;
  },
};

function shown(name: string, value: unknown): string {
  return HIDDEN.test(name) ? '(hidden)' : JSON.stringify(value);
}
