import { dirname, join, parse } from 'node:path';
import type { Arguments } from 'yargs';
import { aboutFile, PlimsollError, systemErrorCode } from '../errors.ts';
import type { Analysis } from '../model/analysis.ts';
import type { ImageReport } from '../model/image.ts';
import { platformName } from '../report/describe.ts';
import type { ReportOptions, TextSink } from '../report/format.ts';
import { type ChosenFormat, loadFormat } from '../report/load-format.ts';
import { STATEMENT_TYPE } from '../report/signed-statement.ts';
import { parseTemplate } from '../report/template/parse-template.ts';
import { flagOf, stringOf, stringsOf } from './arguments.ts';
import { bufferedSink } from './buffered-sink.ts';
import { signingKeysOf } from './db/db-arguments.ts';
import { OutputFile } from './output-file.ts';
import { readText } from './read-text.ts';
import { createdOf } from './scan-options.ts';

/** A report to write: to stdout where `file` is absent. */
export interface Output extends ChosenFormat {
  readonly file?: string;
  /** Every platform gets a file of its own. */
  readonly perPlatform?: boolean;
}

/** The outputs asked for by `--format` and `-o`, loaded before any work is done. Throws PLM_USAGE. */
export async function outputsOf(args: Arguments, defaultFormat: string): Promise<readonly Output[]> {
  const outputs = [...(await filesOf(args))];
  const format = stringOf(args, 'format') ?? (outputs.length === 0 ? defaultFormat : undefined);
  if (format !== undefined) outputs.push(await loadFormat(format));
  return withoutIdleKey(args, outputs);
}

/** The outputs asked for by `-o` alone, for commands whose stdout is no report. Throws PLM_USAGE. */
export async function fileOutputsOf(args: Arguments): Promise<readonly Output[]> {
  return withoutIdleKey(args, await filesOf(args));
}

function withoutIdleKey(args: Arguments, outputs: readonly Output[]): readonly Output[] {
  if (stringOf(args, 'sign-key') === undefined) return outputs;
  if (outputs.some((output) => output.format.mediaType === STATEMENT_TYPE)) return outputs;
  throw new PlimsollError('PLM_USAGE', '--sign-key signs in-toto statements, and none is written', {
    hint: 'write one, as -o intoto-vuln=FILE',
  });
}

async function filesOf(args: Arguments): Promise<readonly Output[]> {
  const outputs: Output[] = [];
  const perPlatform = flagOf(args, 'all-platforms');
  for (const { name, file } of namedFilesOf(args)) outputs.push({ ...(await loadFormat(name)), file, perPlatform });
  return outputs;
}

/** The formats and files that `-o NAME=FILE` names. Throws PLM_USAGE. */
export function namedFilesOf(args: Arguments): readonly { readonly name: string; readonly file: string }[] {
  return stringsOf(args, 'o').map((pair) => {
    const cut = pair.indexOf('=');
    if (cut <= 0 || cut === pair.length - 1) {
      throw new PlimsollError('PLM_USAGE', `"${pair}" is no output`, {
        hint: 'write NAME=FILE, as -o sarif=report.sarif',
      });
    }
    return { name: pair.slice(0, cut), file: pair.slice(cut + 1) };
  });
}

/** Report options of a command line. Throws PLM_USAGE, PLM_TEMPLATE_INVALID, PLM_TRUST_KEY. */
export function reportOptionsOf(args: Arguments): ReportOptions {
  const columns = process.stdout.isTTY ? process.stdout.columns : undefined;
  const created = createdOf(args, process.env);
  const author = stringOf(args, 'author');
  if (author?.trim() === '') throw new PlimsollError('PLM_USAGE', '--author names nobody');
  const template = stringOf(args, 'template');
  const keyFile = stringOf(args, 'sign-key');
  const [signingKey] = signingKeysOf(args, keyFile === undefined ? [] : [keyFile]);
  return {
    ...(columns === undefined ? {} : { columns }),
    color: process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb',
    showSuppressed: flagOf(args, 'show-suppressed'),
    history: args['history'] !== false,
    ...(created === undefined ? {} : { created }),
    ...(author === undefined ? {} : { author }),
    ...(template === undefined ? {} : { template: readTemplate(template) }),
    ...(signingKey === undefined ? {} : { signingKey }),
  };
}

/** The text of a template, which is parsed once before any work is done: its faults then name the file. */
function readTemplate(path: string): string {
  const text = readText(path, 'PLM_TEMPLATE_INVALID');
  try {
    parseTemplate(text);
  } catch (error) {
    throw aboutFile(error, path, () => 'docs/reports.md tells what a template may hold');
  }
  return text;
}

/** Writes the reports of all analyses of a run. */
export async function writeReports(
  analyses: readonly Analysis[],
  outputs: readonly Output[],
  options: ReportOptions,
): Promise<void> {
  const taken = new Set<string>();
  for (const analysis of analyses) {
    const placed = outputs.map((output) =>
      output.file === undefined || output.perPlatform !== true
        ? output
        : { ...output, file: platformFile(output.file, analysis.image, taken) },
    );
    await writeOutputs(analysis, placed, options);
  }
}

/** `out/r.json` as `out/r.linux-arm64-v8.json`, or as it is for a folder, which has no platform; what an archive says must not lead elsewhere. */
function platformFile(file: string, image: ImageReport, taken: Set<string>): string {
  const { dir, name, ext } = parse(file);
  const platform = image.platform.architecture === 'unknown' ? '' : `.${platformName(image)}`;
  const stem = join(dir, `${name}${platform.replaceAll(/[^\w.-]+/g, '-')}`);
  let path = `${stem}${ext}`;
  for (let number = 2; taken.has(path); number += 1) path = `${stem}-${number}${ext}`;
  taken.add(path);
  return path;
}

/** Writes every output: files atomically, then stdout. All are written before any exit code is chosen. */
export async function writeOutputs(
  analysis: Analysis,
  outputs: readonly Output[],
  options: ReportOptions,
): Promise<void> {
  for (const output of outputs) {
    const { format, version, file } = output;
    const chosen = version === undefined ? options : { ...options, version };
    if (file === undefined) {
      // The stream may keep what it is given; the block is written over.
      const sink = bufferedSink((bytes) => process.stdout.write(Buffer.from(bytes)));
      await format.write(analysis, sink, chosen);
      sink.flush();
    } else {
      await writeAtomically(file, (sink) => format.write(analysis, sink, { ...chosen, color: false }));
    }
  }
}

/** Writes a file whole or not at all. Throws PLM_OUTPUT_FAILED. */
export async function writeAtomically(path: string, write: (sink: TextSink) => void | Promise<void>): Promise<void> {
  let file: OutputFile | undefined;
  try {
    const open = new OutputFile(path);
    file = open;
    const sink = bufferedSink((bytes) => open.write(bytes));
    await write(sink);
    sink.flush();
    open.finish();
  } catch (cause) {
    file?.abandon();
    const code = systemErrorCode(cause);
    if (code === undefined) throw cause;
    throw new PlimsollError('PLM_OUTPUT_FAILED', `the report cannot be written (${code})`, {
      path,
      hint: `check that ${dirname(path)} exists and may be written`,
      cause,
    });
  }
}
