import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** Prints the numbers of one run and appends them to `bench/history.jsonl` with the machine and the commit. */
export function recordBench(subject: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) console.log(`${subject}  ${name.padEnd(40)} ${value}`);
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  }).trim();
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`;
  appendFileSync(
    join(import.meta.dirname, 'history.jsonl'),
    `${JSON.stringify({ subject, commit, machine, ...numbers })}\n`,
  );
}
