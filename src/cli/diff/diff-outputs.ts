import type { Arguments } from 'yargs';
import { PlimsollError } from '../../errors.ts';
import type { ImageDiff } from '../../model/image-diff.ts';
import { writeDiffJson } from '../../report/diff/diff-json.ts';
import { writeDiffMarkdown } from '../../report/diff/diff-markdown.ts';
import { writeDiffTable } from '../../report/diff/diff-table.ts';
import type { ReportOptions, TextSink } from '../../report/format.ts';
import { stringOf } from '../arguments.ts';
import { bufferedSink } from '../buffered-sink.ts';
import { namedFilesOf, writeAtomically } from '../write-outputs.ts';

/** Formats of a comparison, by name. */
const FORMATS = {
  table: writeDiffTable,
  json: writeDiffJson,
  markdown: writeDiffMarkdown,
} as const satisfies Readonly<Record<string, (diff: ImageDiff, sink: TextSink, options: ReportOptions) => void>>;

export const DIFF_FORMATS: readonly string[] = Object.keys(FORMATS);

/** A comparison to write: to stdout where `file` is absent. */
export interface DiffOutput {
  readonly format: keyof typeof FORMATS;
  readonly file?: string;
}

/** The outputs asked for by `--format` and `-o`. Throws PLM_USAGE. */
export function diffOutputsOf(args: Arguments): readonly DiffOutput[] {
  const files = namedFilesOf(args).map(({ name, file }) => ({ format: knownFormat(name), file }));
  const format = stringOf(args, 'format') ?? (files.length === 0 ? 'table' : undefined);
  return format === undefined ? files : [...files, { format: knownFormat(format) }];
}

/** Writes every output: files whole or not at all, then stdout. Throws PLM_OUTPUT_FAILED. */
export async function writeDiff(
  diff: ImageDiff,
  outputs: readonly DiffOutput[],
  options: ReportOptions,
): Promise<void> {
  for (const { format, file } of outputs) {
    if (file === undefined) {
      const sink = bufferedSink((bytes) => process.stdout.write(Buffer.from(bytes)));
      FORMATS[format](diff, sink, options);
      sink.flush();
    } else await writeAtomically(file, (sink) => FORMATS[format](diff, sink, { ...options, color: false }));
  }
}

function knownFormat(name: string): DiffOutput['format'] {
  if (name === 'table' || name === 'json' || name === 'markdown') return name;
  throw new PlimsollError('PLM_USAGE', `this command has no format "${name}"`, {
    hint: `known: ${DIFF_FORMATS.join(', ')}`,
  });
}
