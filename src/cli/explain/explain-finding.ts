import { isRecord, type JsonRecord, listField, recordField, textField, textList } from '../../bytes/json.ts';
import { fullName } from './full-name.ts';
import { layerLine, remedyLines, STATES, suppressedLine } from './place-lines.ts';
import { advisoryIds, type ReportIndex } from './report-index.ts';

/** One vulnerability in words: what was found where, why it matched, how bad it is, and what to do. Lines without breaks. */
export function explainFinding(finding: JsonRecord, report: ReportIndex): readonly string[] {
  const pkg = report.packages.get(textField(finding, 'packageId') ?? '') ?? {};
  return [
    ...heading(finding),
    ...place(finding, pkg, report),
    '',
    'Why it was reported',
    ...listField(finding, 'reasons')
      .filter(isRecord)
      .map((reason) => `  ${whyMatched(reason, report)}`),
    ...verdictLines(finding),
    '',
    'How bad it is',
    ...severityLines(finding).map((line) => `  ${line}`),
    '',
    'What to do',
    ...remedyLines(finding, remedy(finding, pkg)),
    ...referenceLines(finding),
  ];
}

function heading(finding: JsonRecord): string[] {
  const aliases = textList(finding, 'aliases');
  const also = aliases.length === 0 ? '' : ` (also ${aliases.join(', ')})`;
  const title = textField(finding, 'title');
  return [`${textField(finding, 'id') ?? 'a finding'}${also}`, ...(title === undefined ? [] : [title]), ''];
}

function place(finding: JsonRecord, pkg: JsonRecord, report: ReportIndex): string[] {
  const location = listField(pkg, 'locations').find(isRecord);
  const path = location === undefined ? undefined : textField(location, 'path');
  const source = recordField(pkg, 'source');
  const built = source === undefined ? '' : `, built from ${textField(source, 'name')} ${textField(source, 'version')}`;
  return [
    `Package    ${fullName(pkg)} ${textField(pkg, 'version') ?? ''} (${textField(pkg, 'type') ?? 'unknown type'})${built}`,
    ...(path === undefined || path === '' ? [] : [`Read from  ${path}`]),
    ...layerLine(finding, report),
    `State      ${STATES.get(textField(finding, 'state') ?? '') ?? 'unknown'}`,
  ];
}

function whyMatched(reason: JsonRecord, report: ReportIndex): string {
  const field = (name: string) => textField(reason, name) ?? '';
  const searched = SEARCHED.get(field('searched')) ?? 'name';
  const captured = [...report.captured].find(([id]) => id === `osv/${field('segment').split(':', 1)[0]}`)?.[1];
  const date = captured === undefined ? '' : `, captured ${captured}`;
  const version = field('range').startsWith('not comparable')
    ? `version ${field('version')} is ${field('range')} (${field('scheme')} rules)`
    : `version ${field('version')} lies in: ${field('range')} (${field('scheme')} rules)`;
  const parent = textField(reason, 'derivedFrom');
  const derived = parent === undefined ? '' : ` These are advisories of ${parent}, which this system derives from.`;
  return `${field('advisory')}: looked up the ${searched} "${field('name')}" in ${field('segment')}${date}; ${version}.${derived}${linkedText(reason)}`;
}

function linkedText(reason: JsonRecord): string {
  const linked = textList(reason, 'linked');
  return linked.length === 0 ? '' : ` The program holds functions it is about: ${linked.join(', ')}.`;
}

const SEARCHED: ReadonlyMap<string, string> = new Map([
  ['source', 'source package'],
  ['origin', 'origin'],
  ['stdlib', 'standard library'],
  ['classifier', 'component'],
  ['alias', 'alias'],
  ['name', 'package name'],
]);

function verdictLines(finding: JsonRecord): string[] {
  const count = new Set(advisoryIds(finding)).size;
  const lines = count > 1 ? [`  ${count} records speak about the same flaw and are reported once.`] : [];
  return [...lines, ...suppressedLine(finding)];
}

function severityLines(finding: JsonRecord): string[] {
  const source = textField(finding, 'severitySource');
  const severity = textField(finding, 'severity') ?? 'unknown';
  const lines = [
    severity === 'unknown'
      ? 'Severity unknown: no record states one.'
      : `Severity ${severity}, stated by ${source ?? 'the record'}.`,
  ];
  for (const score of listField(finding, 'cvss').filter(isRecord)) {
    lines.push(
      `CVSS ${textField(score, 'version')} ${numberField(score, 'score')}: ${textField(score, 'vector')} (${textField(score, 'source')})`,
    );
  }
  const kev = recordField(finding, 'kev');
  if (kev !== undefined) {
    const ransomware = kev['ransomware'] === true ? ', also by ransomware' : '';
    lines.push(`Known to be exploited since ${textField(kev, 'dateAdded')}${ransomware} (CISA KEV).`);
  }
  const epss = recordField(finding, 'epss');
  if (epss !== undefined) {
    const percent = ((numberField(epss, 'score') ?? 0) * 100).toFixed(2);
    lines.push(`Chance of exploitation within 30 days ${percent} % (EPSS of ${textField(epss, 'date')}).`);
  }
  return lines;
}

function remedy(finding: JsonRecord, pkg: JsonRecord): string {
  const fixes = textList(finding, 'fixedIn');
  const name = fullName(pkg);
  if (textField(finding, 'status') === 'undecided')
    return `Find out by hand whether ${name} ${textField(pkg, 'version')} is affected: its version could not be compared.`;
  const source = recordField(pkg, 'source');
  const builtFrom = source === undefined ? undefined : textField(source, 'name');
  const target = builtFrom === undefined || builtFrom === textField(pkg, 'name') ? '' : `the build of ${builtFrom} `;
  if (fixes.length > 0) return `Upgrade ${name} to ${target}${fixes.join(' or ')} or later.`;
  return (
    ADVICE.get(textField(finding, 'status') ?? '') ??
    'No fix is known: remove the package, or accept the risk with a reason and an end date.'
  );
}

const ADVICE: ReadonlyMap<string, string> = new Map([
  ['wont-fix', 'The distribution will not fix it in this release: move to a newer release, or remove the package.'],
  ['end-of-life', 'The release gets no fixes any more: move to a newer one.'],
  ['deferred', 'The distribution will fix it in a later update: accept it until then with an end date.'],
]);

function referenceLines(finding: JsonRecord): string[] {
  const references = textList(finding, 'references');
  return references.length === 0 ? [] : ['', 'References', ...references.map((reference) => `  ${reference}`)];
}

function numberField(record: JsonRecord, name: string): number | undefined {
  const value = record[name];
  return typeof value === 'number' ? value : undefined;
}
