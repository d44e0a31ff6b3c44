import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Arguments, Argv } from 'yargs';
import { PlimsollError } from '../../errors.ts';
import type { AffectedImage } from '../../store/reports/affected-images.ts';
import { affectedJson } from '../../store/reports/affected-json.ts';
import {
  type AffectedReport,
  DIGEST_FORMATS,
  type DigestFormat,
  renderAffected,
} from '../../store/reports/render-affected.ts';
import { flagOf, stringOf, stringsOf } from '../arguments.ts';
import { writeAtomically } from '../write-outputs.ts';
import { type ImageVerdict, nameVerdicts } from './judge-images.ts';

/** What is told of an archive's changes. */
export interface Digest {
  /** What table, Markdown and HTML show. */
  readonly report: AffectedReport;
  /** The images of the JSON form; each call begins anew. */
  readonly pages: () => AsyncIterable<readonly AffectedImage[]>;
  /** How many images there are, where the JSON form says it. */
  readonly total?: number;
  readonly policies: readonly ImageVerdict[];
}

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

/** The files of `-o`, asked for before the work begins: a slip of the pen costs no re-match. Throws PLM_USAGE. */
export function digestFiles(args: Arguments): readonly { readonly format: DigestFormat; readonly path: string }[] {
  return stringsOf(args, 'o').map((pair) => {
    const equals = pair.indexOf('=');
    const format = formatNamed(equals === -1 ? pair : pair.slice(0, equals));
    const path = equals === -1 ? '' : pair.slice(equals + 1);
    if (path === '')
      throw new PlimsollError('PLM_USAGE', `-o ${pair} names no file`, { hint: `write -o ${format}=FILE` });
    return { format, path };
  });
}

/** Writes the report to files and stdout, then runs the hook. Throws PLM_OUTPUT_FAILED where the hook fails. */
export async function writeDigest(args: Arguments, digest: Digest): Promise<void> {
  for (const { format, path } of digestFiles(args)) {
    await writeAtomically(path, async (sink) => {
      for await (const text of textOf(digest, format)) sink.write(text);
    });
  }
  const format = formatNamed(stringOf(args, 'format') ?? 'table');
  for await (const text of textOf(digest, format)) if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  const { report, policies } = digest;
  if (format === 'table') nameVerdicts(policies, process.stdout);
  else if (!flagOf(args, 'quiet')) nameVerdicts(policies, process.stderr);
  const command = stringOf(args, 'run');
  const changed = report.images.length > 0 || policies.some((policy) => policy.changes.length > 0);
  if (command !== undefined && changed) await runHook(command, digest);
}

async function* textOf(digest: Digest, format: DigestFormat): AsyncGenerator<string> {
  if (format !== 'json') {
    yield renderAffected(digest.report, format);
    return;
  }
  const { report, pages, total, policies } = digest;
  const frame = {
    from: report.from,
    to: report.to,
    ...(total === undefined ? {} : { total }),
    ...(policies.length === 0 ? {} : { policies }),
  };
  yield* affectedJson(frame, pages());
}

function formatNamed(name: string): DigestFormat {
  const format = DIGEST_FORMATS.find((known) => known === name);
  if (format === undefined)
    throw new PlimsollError('PLM_USAGE', `no report is called "${name}"`, {
      hint: `known: ${DIGEST_FORMATS.join(', ')}; write NAME=FILE`,
    });
  return format;
}

/** The hook reads the JSON from a file that only this user may read, so that it is never held whole. */
async function runHook(command: string, digest: Digest): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-hook-'));
  try {
    const file = join(folder, 'affected.json');
    await writeAtomically(file, async (sink) => {
      for await (const text of textOf(digest, 'json')) sink.write(text);
    });
    const input = openSync(file, 'r');
    const { status, signal, error } = spawnSync(command, { shell: true, stdio: [input, 2, 2] });
    closeSync(input);
    if (status === 0) return;
    const reason = error?.message ?? (signal === null ? `exit code ${status}` : `signal ${signal}`);
    throw new PlimsollError('PLM_OUTPUT_FAILED', `the hook failed (${reason})`, {
      path: command,
      hint: 'the events are stored; the next re-match tells them again',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
