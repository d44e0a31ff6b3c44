import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import { chooseBundle } from '../../bundle/choose-bundle.ts';
import type { AdvisoryRecord } from '../../bundle/index/open-advisories.ts';
import { ROW } from '../../bundle/index/segment-format.ts';
import { type PackageHit, searchAdvisory, searchPackage } from '../../bundle/search-bundle.ts';
import { stringOf } from '../arguments.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { required, storeOption } from './db-arguments.ts';
import { defaultStore } from './store-context.ts';

/** `plimsoll db search`: an advisory by any of its ids, or what is filed against a package. */
export const search: Subcommand = {
  usage: 'search <term>',
  summary: 'find an advisory by id or alias, or the advisories of a package',
  options: (argv) =>
    jsonOption(storeOption(argv))
      .positional('term', { type: 'string', describe: 'CVE-…, GHSA-…, DSA-…, or a package name' })
      .option('ecosystem', { type: 'string', describe: 'npm, Debian, Debian:12, …' })
      .option('root', { type: 'string', describe: 'root.json to trust where --db names a file' }),
  run(args) {
    const term = required(args, 'term');
    const db = stringOf(args, 'db');
    const root = stringOf(args, 'root');
    const { bundle } = chooseBundle({
      ...(db === undefined ? {} : { db }),
      ...(root === undefined ? {} : { root }),
      defaultStore: defaultStore(),
      now: Date.now(),
    });
    const packages = [...searchPackage(bundle, term, stringOf(args, 'ecosystem'))];
    const advisories = packages.length === 0 ? [...searchAdvisory(bundle, term)] : [];
    if (args['format'] === 'json') writeJson({ packages: packages.map(hitJson), advisories });
    else process.stdout.write(searchTable({ bundle, term, packages, advisories }));
    return 0;
  },
};

function hitJson({ flags, ...row }: PackageHit) {
  return { ...row, highInclusive: (flags & ROW.highInclusive) !== 0 };
}

interface Found {
  readonly bundle: AdvisoryBundle;
  readonly term: string;
  readonly packages: readonly PackageHit[];
  readonly advisories: readonly AdvisoryRecord[];
}

function searchTable({ bundle, term, packages, advisories }: Found): string {
  if (packages.length + advisories.length === 0) {
    const { channel, epoch, sequence, builtAt } = bundle.info;
    return `${printable(term)}: nothing in ${channel} ${epoch}.${sequence} built ${builtAt}; a name must be written exactly\n`;
  }
  const rows = packages.map((hit) => [hit.ecosystem, hit.advisory, rangeText(hit), fixText(hit)]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => printable(cell).padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${[...table, ...advisories.flatMap(advisoryLines)].join('\n')}\n`;
}

function rangeText({ low, high, flags }: PackageHit): string {
  if ((flags & ROW.exact) !== 0) return `= ${low}`;
  const from = low === undefined || low === '0' ? '' : `>= ${low} `;
  if (high === undefined) return `${from}all`.trim();
  return `${from}${(flags & ROW.highInclusive) === 0 ? '<' : '<='} ${high}`;
}

function fixText({ fixed }: PackageHit): string {
  return fixed === undefined ? 'no fix' : `fixed in ${fixed}`;
}

function advisoryLines({
  id,
  source,
  aliases,
  upstream,
  related,
  summary,
  severity,
  modified,
  affected,
}: AdvisoryRecord): string[] {
  const names = affected.map(({ ecosystem, name }) => `${ecosystem} ${name}`);
  const rows = [
    ['aliases', aliases.join(', ')],
    ['upstream', upstream.join(', ')],
    ['related', related.join(', ')],
    ['severity', severity.map(({ score }) => score).join(', ')],
    ['summary', summary ?? ''],
    ['affects', `${names.slice(0, 10).join(', ')}${names.length > 10 ? `, … (${names.length})` : ''}`],
  ].filter(([, value]) => value !== '');
  return [
    `${printable(id)} (${source}, modified ${modified})`,
    ...rows.map(([name, value = '']) => `  ${name}: ${printable(value)}`),
  ];
}
