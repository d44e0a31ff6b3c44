import { spawnSync } from 'node:child_process';
import type { Arguments, Argv } from 'yargs';
import { PlimsollError } from '../../errors.ts';
import {
  type AffectedReport,
  DIGEST_FORMATS,
  type DigestFormat,
  renderAffected,
} from '../../store/reports/render-affected.ts';
import { stringOf, stringsOf } from '../scan-options.ts';
import { writeAtomically } from '../write-outputs.ts';
import type { ImageVerdict } from './judge-images.ts';

export function hookOptions(argv: Argv): Argv {
  return argv
    .option('o', {
      alias: 'output',
      type: 'string',
      array: true,
      describe: `NAME=FILE, repeatable: ${DIGEST_FORMATS.join(', ')}`,
    })
    .option('run', {
      type: 'string',
      describe: 'command to run where something changed; it reads the JSON on its standard input',
    });
}

/** Writes the report to files and stdout, then runs the hook. Throws PLM_OUTPUT_FAILED where the hook fails. */
export async function writeDigest(
  args: Arguments,
  report: AffectedReport,
  policies: readonly ImageVerdict[],
): Promise<void> {
  const json = `${JSON.stringify({ ...report, ...(policies.length === 0 ? {} : { policies }) }, undefined, 2)}\n`;
  const text = (format: DigestFormat): string => (format === 'json' ? json : renderAffected(report, format));
  for (const pair of stringsOf(args, 'o')) {
    const equals = pair.indexOf('=');
    await writeAtomically(pair.slice(equals + 1), (sink) =>
      sink.write(text(formatNamed(pair.slice(0, Math.max(equals, 0))))),
    );
  }
  process.stdout.write(text(formatNamed(stringOf(args, 'format') ?? 'table')));
  if ((args['format'] ?? 'table') === 'table') {
    for (const policy of policies)
      if (policy.verdict !== 'pass')
        process.stdout.write(`${policy.verdict} ${policy.ref ?? policy.image}: ${policy.failedGates.join(', ')}\n`);
  }
  const command = stringOf(args, 'run');
  const changed = report.images.length > 0 || policies.some((policy) => policy.changes.length > 0);
  if (command !== undefined && changed) runHook(command, json);
}

function formatNamed(name: string): DigestFormat {
  const format = DIGEST_FORMATS.find((known) => known === name);
  if (format === undefined)
    throw new PlimsollError('PLM_USAGE', `no report is called "${name}"`, {
      hint: `known: ${DIGEST_FORMATS.join(', ')}; write NAME=FILE`,
    });
  return format;
}

function runHook(command: string, input: string): void {
  const { status, signal, error } = spawnSync(command, { shell: true, input, stdio: ['pipe', 2, 2] });
  if (status === 0) return;
  const reason = error?.message ?? (signal === null ? `exit code ${status}` : `signal ${signal}`);
  throw new PlimsollError('PLM_OUTPUT_FAILED', `the hook failed (${reason})`, {
    path: command,
    hint: 'the events are stored; the next re-match tells them again',
  });
}
