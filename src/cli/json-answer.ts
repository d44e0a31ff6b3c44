import type { Argv } from 'yargs';
import { jsonText } from '../report/json-text.ts';

/** `--format` of commands that answer with a table or with JSON. */
export function jsonOption(argv: Argv): Argv {
  return argv.option('format', {
    choices: ['table', 'json'] as const,
    default: 'table',
    describe: 'what to write to stdout',
  });
}

/** Writes an answer as JSON of version 1, safe to look at on a terminal: later versions of the program add fields, and keep these. */
export function writeJson(answer: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${jsonText({ schemaVersion: 1, ...answer }, 2)}\n`);
}
