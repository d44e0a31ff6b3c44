import { describeUnjudged } from '../../match/unjudged.ts';
import type { Analysis } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import type { FixStep } from '../../model/finding.ts';
import { signerName } from '../../model/signer.ts';
import { groupChecks } from '../check-groups.ts';
import { imageName, packageLabel, platformName } from '../describe.ts';
import { builtText, notices, unjudgedPresent, verdictReason, verdictWord, wasLookedFor } from '../notices.ts';
import { printable } from '../printable.ts';
import { openFixes, packagesById, type Summary } from '../summary.ts';
import { html, type Markup } from './markup.ts';
import { severityBar, tiles } from './tiles.ts';

/** Upgrades and list rows written into the page itself, readable without its script. */
const SHOWN_FIXES = 15;
const SHOWN_FINDINGS = 3;
const SHOWN_PLACES = 20;

/** The mark on a hull: a circle with the load line through it. */
const MARK = html`<svg class="mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false"><circle cx="32" cy="32" r="20" fill="none" stroke="currentColor" stroke-width="5"/><path d="M4 32h56" stroke="currentColor" stroke-width="5"/></svg>`;

/** Image, platform and verdict. */
export function header(analysis: Analysis): Markup {
  const { image, policy } = analysis;
  const word = verdictWord(analysis);
  const built = builtText(image);
  return html`<header class="hero"><div class="wide">${MARK}<div>
<h1>${printable(imageName(image))}</h1>
<p class="sub">${printable(image.os.prettyName)} · ${printable(platformName(image))} · ${counted(image.layers.length, 'layer')}${image.created === undefined ? '' : ` · built ${printable(image.created.slice(0, 10))}`}</p>
<p class="digest">${printable(image.manifestDigest ?? image.configDigest)}${image.signer === undefined ? '' : ` · ${image.kind === 'sbom' ? 'SBOM signed' : 'signed'} by ${printable(signerName(image.signer))}`}</p>${built === undefined ? '' : html`<p class="digest">built from ${printable(built)}</p>`}
</div><div class="verdict ${word === 'NOT JUDGED' ? 'unjudged' : policy.verdict}"><strong>${word}</strong><span>${verdictReason(analysis)}</span></div></div></header>`;
}

/** Links to the parts of the page, with how much each lists. */
export function navigation(analysis: Analysis, summary: Summary): Markup {
  const findings = analysis.vulnerabilities.length - summary.suppressed;
  const parts: readonly (readonly [string, string, number | undefined])[] = [
    ['overview', 'Overview', undefined],
    ['findings', 'Vulnerabilities', findings],
    ['secrets', 'Secrets', summary.openSecrets],
    ['layers', 'Layers', analysis.image.layers.length],
    ['files', 'Hidden files', analysis.files.deleted.length + analysis.files.overwritten.length],
    ['configuration', 'Configuration', summary.misconfigurations],
    ['packages', 'Packages', summary.packages],
    ['licences', 'Licences', analysis.licenses.length],
    ['about', 'About this run', undefined],
  ];
  const links = parts.map(
    ([id, title, count]) =>
      html`<a href="#${id}">${title}${count === undefined ? '' : html` <b>${count.toLocaleString('en-US')}</b>`}</a>`,
  );
  return html`<nav aria-label="Parts of the report"><div class="wide">${links}<button type="button" id="theme" hidden aria-label="Switch between light and dark">◐</button></div></nav>`;
}

/** All parts but the last: what the script does not fill reads without it. */
export function bodySections(analysis: Analysis, summary: Summary): readonly Markup[] {
  const part = (id: string, title: string, note: string): Markup =>
    html`<section id="${id}"><h2>${title}</h2>${note === '' ? '' : html`<p class="dim">${note}</p>`}<div id="${id}-${id === 'layers' ? 'list' : 'table'}"></div></section>`;
  const none = (empty: boolean, text: string): string => (empty ? text : '');
  return [
    html`<section id="overview"><h2>Overview</h2>${noticeList(analysis)}${tiles(analysis, summary)}${severityBar(summary)}${gates(analysis)}${fixPlan(analysis)}</section>`,
    part(
      'findings',
      'Vulnerabilities',
      analysis.bundle === undefined
        ? 'Not looked for: no advisory database was given.'
        : none(analysis.vulnerabilities.length === 0, noVulnerabilities(analysis)),
    ),
    part(
      'secrets',
      'Secrets',
      none(
        analysis.secrets.length === 0,
        wasLookedFor(analysis, 'secret')
          ? 'None found in any layer, variable, label or history entry.'
          : 'Not looked for.',
      ),
    ),
    part(
      'layers',
      'Layers',
      'Oldest first, as the Dockerfile reads. Violet is what later layers hide: it is still in the image.',
    ),
    part(
      'files',
      'Deleted and overwritten files',
      none(
        analysis.files.deleted.length + analysis.files.overwritten.length === 0,
        wasLookedFor(analysis, 'file')
          ? 'None: every file of every layer is in the final file system.'
          : 'Not looked for.',
      ),
    ),
    configuration(analysis),
    part('packages', 'Packages', none(analysis.packages.length === 0, 'None found.')),
    part('licences', 'Licences', none(analysis.licenses.length === 0, 'None declared.')),
  ];
}

function noVulnerabilities(analysis: Analysis): string {
  const unjudged = unjudgedPresent(analysis);
  if (unjudged.count === 0) return 'The database knows none for these packages.';
  const rest = unjudged.count === unjudged.total ? '' : ' It knows none for the others.';
  return `${describeUnjudged(unjudged)}.${rest}`;
}

function noticeList(analysis: Analysis): Markup {
  const rows = notices(analysis).map((notice) => html`<li>${printable(notice)}</li>`);
  return rows.length === 0 ? html`` : html`<ul class="notices">${rows}</ul>`;
}

function gates(analysis: Analysis): Markup {
  const shown = analysis.policy.gates;
  if (shown.length === 0) return html``;
  const rows = shown.map((gate) => {
    const result = gate.passed ? 'pass' : gate.action;
    return html`<tr><td><span class="badge ${result}">${result}</span></td><td>${printable(gate.id)}</td><td>${printable(gate.message)}</td></tr>`;
  });
  return html`<h3>Gates</h3><table class="plain"><thead><tr><th scope="col">Result</th><th scope="col">Gate</th><th scope="col">Why</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** What to do first: one upgrade a row, the one that clears most on top. */
function fixPlan(analysis: Analysis): Markup {
  const steps = openFixes(analysis);
  if (steps.length === 0) return html``;
  const packages = packagesById(analysis);
  const row = (step: FixStep): Markup => {
    const item = packages.get(step.packageId);
    const shown = step.clears.slice(0, SHOWN_FINDINGS).join(', ');
    const more = step.clears.length > SHOWN_FINDINGS ? ` and ${step.clears.length - SHOWN_FINDINGS} more` : '';
    return html`<tr><td>${printable(item === undefined ? step.packageId : packageLabel(item))}</td><td>${printable(step.from)}<span class="arrow">→</span><span class="to">${printable(step.to)}</span></td><td>${step.clears.length}</td><td>${printable(shown)}${more}</td><td>${step.layer}</td></tr>`;
  };
  const rest =
    steps.length > SHOWN_FIXES
      ? html`<p class="dim">${counted(steps.length - SHOWN_FIXES, 'more upgrade')}; every finding below names its fix.</p>`
      : html``;
  return html`<h3>Fix first</h3><table class="plain fixes"><thead><tr><th scope="col">Upgrade</th><th scope="col">From and to</th><th scope="col">Clears</th><th scope="col">Findings</th><th scope="col">Layer</th></tr></thead><tbody>${steps.slice(0, SHOWN_FIXES).map(row)}</tbody></table>${rest}`;
}

function configuration(analysis: Analysis): Markup {
  const rows = groupChecks(analysis.misconfigurations).map(({ first, places }) => {
    const shown = places.slice(0, SHOWN_PLACES).map((place) => html`${printable(place)}<br>`);
    const rest = places.length - SHOWN_PLACES;
    const more = rest > 0 ? html`and ${counted(rest, 'more place')}<br>` : html``;
    const suppressed = first.suppressed === undefined ? '' : ` (suppressed: ${printable(first.suppressed.reason)})`;
    return html`<tr><td><span class="badge ${first.severity}">${first.severity}</span></td><td class="check">${printable(first.id)}</td><td><b>${printable(first.title)}</b><br>${shown}${more}<span class="dim">${printable(first.remediation)}${suppressed}</span></td></tr>`;
  });
  const body =
    rows.length === 0
      ? html`<p class="dim">${wasLookedFor(analysis, 'config') ? 'No check failed.' : 'Not looked for.'}</p>`
      : html`<table class="plain"><thead><tr><th scope="col">Severity</th><th scope="col">Check</th><th scope="col">Finding</th></tr></thead><tbody>${rows}</tbody></table>`;
  return html`<section id="configuration"><h2>Configuration</h2>${body}</section>`;
}
