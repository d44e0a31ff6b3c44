import type { Arguments } from 'yargs';
import { aboutFile, PlimsollError } from '../../errors.ts';
import { readSbomFile } from '../../read-sbom-file.ts';
import { checkSbom, type ElementResult, elementsBelow } from '../../report/check-sbom/check-sbom.ts';
import { SBOM_STANDARDS } from '../../report/check-sbom/standards.ts';
import { readSbomDocument } from '../../report/read-sbom/read-sbom.ts';
import { createPage } from '../../report/table/page.ts';
import { flagOf, stringOf } from '../arguments.ts';
import type { CliCommand } from '../command.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import { limitsOf } from '../scan-options.ts';
import { reportOptionsOf } from '../write-outputs.ts';

export const command: CliCommand = {
  name: 'check-sbom',
  summary: 'Say what an SBOM of any tool leaves out of the minimum elements, and gate on it',
  usage: 'check-sbom FILE [options]',
  options: (argv) =>
    jsonOption(argv)
      .option('standard', {
        choices: ['ntia', 'cisa'] as const,
        default: 'ntia',
        describe: 'minimum elements of NTIA (2021), or the baseline attributes of CISA (2024)',
      })
      .option('min', {
        type: 'number',
        describe: 'exit 1 where an element is stated by fewer than this percentage of the components',
      })
      .option('missing', { type: 'boolean', describe: 'list every component that leaves an element out' })
      .option('limit', { type: 'string', array: true, describe: 'NAME=SIZE, as sbomBytes=1G (docs/limits.md)' })
      .demandCommand(1, 1, 'name one SBOM file', 'name one SBOM file only'),
  run: async (args) => {
    const minimum = minimumOf(args);
    const path = String(args._[0]).replace(/^sbom:/, '');
    const document = readDocument(path, args);
    const standard = SBOM_STANDARDS[stringOf(args, 'standard') === 'cisa' ? 'cisa' : 'ntia'];
    const elements = checkSbom(document, standard);
    const about = { sbom: path, format: document.format, standard: standard.title };
    if (args['format'] === 'json') writeJson({ ...about, elements });
    else writeTable(elements, about, args);
    const below = minimum === undefined ? [] : elementsBelow(elements, minimum);
    if (below.length === 0) return 0;
    process.stderr.write(`failed: less than ${minimum} % state ${below.join(', ')}\n`);
    return 1;
  },
};

function minimumOf(args: Arguments): number | undefined {
  const { min } = args;
  if (min === undefined || (typeof min === 'number' && min >= 0 && min <= 100)) return min;
  throw new PlimsollError('PLM_USAGE', '--min takes a percentage from 0 to 100');
}

function readDocument(path: string, args: Arguments): ReturnType<typeof readSbomDocument> {
  const limits = limitsOf(args);
  try {
    return readSbomDocument(readSbomFile(path, limits.sbomBytes), limits);
  } catch (cause) {
    throw aboutFile(cause, path);
  }
}

/** Components that are named where not all were asked for. */
const NAMED = 3;

function writeTable(
  elements: readonly ElementResult[],
  { sbom, format, standard }: { readonly sbom: string; readonly format: string; readonly standard: string },
  args: Arguments,
): void {
  const page = createPage(process.stdout, reportOptionsOf(args));
  page.line(0, `${sbom} (${format})`);
  page.line(0, standard);
  page.line(0);
  const width = Math.max(...elements.map(({ element }) => element.length)) + 2;
  for (const { element, stated, of, missing } of elements) {
    const share = of === 1 && missing.length === 0 ? (stated === 1 ? 'yes' : 'no') : `${stated} of ${of}`;
    page.line(2, element.padEnd(width), stated === of ? share : { text: share, style: page.colors.yellow });
    const shown = flagOf(args, 'missing') ? missing : missing.slice(0, NAMED);
    // Whole, however narrow the terminal is: a name that is cut cannot be looked for.
    for (const name of shown) process.stdout.write(`${' '.repeat(width + 4)}${printable(name)}\n`);
    if (missing.length > shown.length) page.line(width + 4, `and ${missing.length - shown.length} more (--missing)`);
  }
  const whole = elements.length - elementsBelow(elements, 100).length;
  page.line(0);
  page.line(0, `${whole} of ${elements.length} elements are stated in full`);
}
