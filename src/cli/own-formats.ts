import type { Arguments, Argv } from 'yargs';
import { PlimsollError } from '../errors.ts';
import type { ReportOptions, TextSink } from '../report/format.ts';
import { stringOf } from './arguments.ts';
import { bufferedSink } from './buffered-sink.ts';
import { outputFileOption } from './scan-options.ts';
import { namedFilesOf, writeAtomically } from './write-outputs.ts';

/** The formats that a command writes what it made in, by name. */
export type OwnFormats<Made> = Readonly<Record<string, (made: Made, sink: TextSink, options: ReportOptions) => void>>;

/** A format to write: to stdout where `file` is absent. */
export interface OwnOutput<Made> {
  readonly name: string;
  readonly format: OwnFormats<Made>[string];
  readonly file?: string;
}

/** `--format` and `-o` of a command with formats of its own. */
export function ownFormatOptions(argv: Argv, formats: OwnFormats<never>): Argv {
  const describe = `what to write to stdout: ${Object.keys(formats).join(', ')}`;
  return outputFileOption(argv.option('format', { type: 'string', describe }));
}

/** The outputs asked for by `--format` and `-o`, the first format to stdout where none is. Throws PLM_USAGE. */
export function ownOutputsOf<Made>(args: Arguments, formats: OwnFormats<Made>): readonly OwnOutput<Made>[] {
  const [byDefault] = Object.keys(formats);
  const outputs: OwnOutput<Made>[] = namedFilesOf(args).map(({ name, file }) => ({ ...named(name, formats), file }));
  const format = stringOf(args, 'format') ?? (outputs.length === 0 ? byDefault : undefined);
  return format === undefined ? outputs : [...outputs, named(format, formats)];
}

/** Writes every output: files whole or not at all, then stdout. Throws PLM_OUTPUT_FAILED. */
export async function writeOwnOutputs<Made>(
  made: Made,
  outputs: readonly OwnOutput<Made>[],
  options: ReportOptions,
): Promise<void> {
  for (const { format, file } of outputs) {
    if (file === undefined) {
      const sink = bufferedSink((bytes) => process.stdout.write(Buffer.from(bytes)));
      format(made, sink, options);
      sink.flush();
    } else await writeAtomically(file, (sink) => format(made, sink, { ...options, color: false }));
  }
}

function named<Made>(name: string, formats: OwnFormats<Made>): OwnOutput<Made> {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format !== undefined) return { name, format };
  throw new PlimsollError('PLM_USAGE', `this command has no format "${name}"`, {
    hint: `known: ${Object.keys(formats).join(', ')}`,
  });
}
