import type { Analysis, BundleReport, Coverage } from '../../model/analysis.ts';
import { describeBytes } from '../describe.ts';
import { baseText } from '../notices.ts';
import { printable } from '../printable.ts';
import { type ProblemGroup, problemGroups } from '../problem-groups.ts';
import { html, type Markup } from './markup.ts';

/** Which data judged the image, and what could not be looked at. */
export function aboutSection(analysis: Analysis): Markup {
  const { coverage, policy } = problemGroups(analysis.problems);
  const facts = factsOf(analysis)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${printable(value)}</dd></div>`);
  const withoutEffect = policy.problems.length === 0 ? html`` : problemTable(policy);
  const lost =
    coverage.problems.length === 0
      ? html`<h3>${coverage.heading}</h3><p class="dim">Nothing: every layer and file could be read.</p>`
      : problemTable(coverage);
  return html`<section id="about"><h2>About this run</h2><dl class="facts columns">${facts}</dl>${withoutEffect}${lost}${sourceTable(analysis.bundle)}</section>`;
}

/** Names and values; a fact without a value is not shown. */
function factsOf(analysis: Analysis): readonly (readonly [string, string])[] {
  const { bundle, image, tool, waste } = analysis;
  const { config } = image;
  const { eol } = image.os;
  return [
    ['Tool', `${tool.name} ${tool.version}`],
    ['Database', databaseText(bundle)],
    ['Content of the database', bundle?.contentId ?? ''],
    ['This system', bundle === undefined ? '' : COVERAGE_TEXT[bundle.coverage.os]],
    ['Base image', baseText(analysis) ?? ''],
    ['End of life', eol === undefined ? '' : `${eol.date}${eol.reached ? ' (reached)' : ''}`],
    ['Wasted bytes', `${describeBytes(waste.bytes)}, efficiency ${(waste.efficiency * 100).toFixed(1)} %`],
    ['Image configuration', image.configDigest],
    ['User', config.user ?? ''],
    ['Ports', config.ports.join(', ')],
    ['Variables (names only)', config.envNames.join(', ')],
  ];
}

const COVERAGE_TEXT: Readonly<Record<Coverage, string>> = {
  covered: 'covered by the database',
  endOfLife: 'past its end of life',
  noData: 'no data in the database',
};

function databaseText(bundle: BundleReport | undefined): string {
  if (bundle === undefined) return 'none';
  const notes = [
    bundle.starter === true ? 'starter set only' : '',
    bundle.expired === true ? 'expired' : '',
    bundle.rolledBack === true ? 'rolled back' : '',
  ].filter((note) => note !== '');
  const remarks = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  return `${bundle.channel} ${bundle.sequence}, built ${bundle.builtAt}${remarks}`;
}

function sourceTable(bundle: BundleReport | undefined): Markup {
  const rows = (bundle?.sources ?? [])
    .filter((source) => source.used !== false)
    .map((source) => html`<tr><td>${printable(source.id)}</td><td>${printable(source.capturedAt)}</td></tr>`);
  return rows.length === 0
    ? html``
    : html`<h3>Sources of the database</h3><table class="plain"><thead><tr><th scope="col">Source</th><th scope="col">As of</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function problemTable({ heading, tells, problems }: ProblemGroup): Markup {
  const rows = problems.map(
    (problem) =>
      html`<tr><td><code>${problem.code}</code></td><td>${problem.layer ?? ''}</td><td>${printable(problem.path ?? '')}</td><td>${printable(problem.detail)}</td></tr>`,
  );
  return html`<h3>${heading}</h3><table class="plain"><thead><tr><th scope="col">Code</th><th scope="col">Layer</th><th scope="col">Path</th><th scope="col">${tells}</th></tr></thead><tbody>${rows}</tbody></table>`;
}
