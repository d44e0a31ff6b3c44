import { describeUnjudged } from '../../match/unjudged.ts';
import type { Analysis } from '../../model/analysis.ts';
import { describeLayer, imageName, packageLabel, secretPlace } from '../describe.ts';
import type { ReportFormat } from '../format.ts';
import { NOT_LOOKED_FOR, unjudgedPresent, wasLookedFor } from '../notices.ts';
import { printable, printableLines } from '../printable.ts';
import { secretSeverity } from '../secret-severity.ts';
import { packagesById } from '../summary.ts';
import { suppressionText } from '../suppression.ts';
import { renderXml, type XmlElement } from '../xml.ts';

/** The JUnit XML that Jenkins, GitLab and Azure read: one suite for each kind of finding, a failure for each open one. */
export const format: ReportFormat = {
  id: 'junit',
  title: 'JUnit XML',
  mediaType: 'application/xml',
  write: (analysis, sink) => {
    const suites = [
      suite('vulnerabilities', [...vulnerabilityCases(analysis), ...coverageCases(analysis)], analysis),
      suite('secrets', [...secretCases(analysis), ...notLookedFor(analysis, 'secret')], analysis),
      suite('configuration', [...configurationCases(analysis), ...notLookedFor(analysis, 'config')], analysis),
      suite('gates', gateCases(analysis), analysis),
    ];
    const root: XmlElement = {
      name: 'testsuites',
      attributes: { name: `plimsoll ${imageName(analysis.image)}`, ...totals(suites.flatMap((item) => item.cases)) },
      children: suites.map((item) => item.element),
    };
    sink.write(`<?xml version="1.0" encoding="UTF-8"?>\n${renderXml(root)}`);
  },
};

interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly failure?: { readonly message: string; readonly text: string };
  readonly skipped?: string;
}

/** A suite without findings gets one passing case: runners take an empty suite for a run that broke. */
function suite(
  kind: string,
  found: readonly TestCase[],
  analysis: Analysis,
): { readonly element: XmlElement; readonly cases: readonly TestCase[] } {
  const cases = found.length > 0 ? found : [{ classname: imageName(analysis.image), name: `no ${kind} reported` }];
  const children: XmlElement[] = [
    { name: 'properties', children: [{ name: 'property', attributes: { name: 'type', value: kind } }] },
    ...cases.map(caseElement),
  ];
  return {
    element: {
      name: 'testsuite',
      attributes: { name: `${kind} of ${imageName(analysis.image)}`, ...totals(cases), time: 0 },
      children,
    },
    cases,
  };
}

function totals(cases: readonly TestCase[]): Readonly<Record<string, number>> {
  return {
    tests: cases.length,
    failures: cases.filter((item) => item.failure !== undefined).length,
    errors: 0,
    skipped: cases.filter((item) => item.skipped !== undefined).length,
  };
}

function caseElement({ classname, name, failure, skipped }: TestCase): XmlElement {
  const children: XmlElement[] = [];
  if (failure !== undefined)
    children.push({
      name: 'failure',
      attributes: { message: printable(failure.message), type: 'finding' },
      children: printableLines(failure.text),
    });
  if (skipped !== undefined) children.push({ name: 'skipped', attributes: { message: printable(skipped) } });
  return {
    name: 'testcase',
    attributes: { classname: printable(classname), name: printable(name), time: 0 },
    children,
  };
}

function vulnerabilityCases(analysis: Analysis): readonly TestCase[] {
  const packages = packagesById(analysis);
  return analysis.vulnerabilities.map((finding): TestCase => {
    const item = packages.get(finding.packageId);
    const label = item === undefined ? finding.packageId : `${packageLabel(item)}-${item.version}`;
    const base = { classname: label, name: `[${finding.severity.toUpperCase()}] ${finding.id}` };
    if (finding.suppressed !== undefined) return { ...base, skipped: suppressionText(finding.suppressed) };
    if (finding.state !== 'present') return { ...base, skipped: `only in the image's history (${finding.state})` };
    const fix = finding.fixedIn.length === 0 ? 'no fixed version is known' : `fixed in ${finding.fixedIn.join(', ')}`;
    return {
      ...base,
      failure: {
        message: finding.title ?? finding.id,
        text: `${label}: ${fix}\n${describeLayer(analysis.image, finding.layer)}`,
      },
    };
  });
}

/** A suite that could not look must not read as one that found nothing. */
function coverageCases(analysis: Analysis): readonly TestCase[] {
  const base = { classname: imageName(analysis.image), name: 'coverage' };
  if (analysis.bundle === undefined) return [{ ...base, skipped: 'not looked for: no advisory database' }];
  const unjudged = unjudgedPresent(analysis);
  return unjudged.count === 0 ? [] : [{ ...base, skipped: describeUnjudged(unjudged) }];
}

function notLookedFor(analysis: Analysis, scanner: 'secret' | 'config'): readonly TestCase[] {
  if (wasLookedFor(analysis, scanner)) return [];
  return [{ classname: imageName(analysis.image), name: 'coverage', skipped: NOT_LOOKED_FOR }];
}

function secretCases(analysis: Analysis): readonly TestCase[] {
  return analysis.secrets.map((secret): TestCase => {
    // The same place may hold one secret in several layers: runners merge cases of one name.
    const inLayer = secret.layer === undefined ? '' : ` in layer ${secret.layer}`;
    const name = `[${secretSeverity(secret).toUpperCase()}] ${secret.ruleId}${inLayer}`;
    const base = { classname: secretPlace(secret), name };
    if (secret.suppressed !== undefined) return { ...base, skipped: suppressionText(secret.suppressed) };
    const layer = secret.layer === undefined ? '' : `\n${describeLayer(analysis.image, secret.layer)}`;
    return {
      ...base,
      failure: { message: `${secret.title ?? secret.ruleId} (${secret.verdict})`, text: `${secret.match}${layer}` },
    };
  });
}

function configurationCases(analysis: Analysis): readonly TestCase[] {
  return analysis.misconfigurations.map((finding): TestCase => {
    const base = {
      classname: finding.path ?? 'image configuration',
      name: `[${finding.severity.toUpperCase()}] ${finding.id}${finding.path === undefined ? `: ${finding.evidence}` : ''}`,
    };
    if (finding.suppressed !== undefined) return { ...base, skipped: suppressionText(finding.suppressed) };
    return { ...base, failure: { message: finding.title, text: `${finding.evidence}\n${finding.remediation}` } };
  });
}

function gateCases(analysis: Analysis): readonly TestCase[] {
  return analysis.policy.gates.map((gate): TestCase => {
    const base = { classname: 'gate', name: gate.id };
    if (gate.passed) return base;
    return gate.action === 'fail'
      ? { ...base, failure: { message: gate.message, text: gate.findings.join('\n') } }
      : { ...base, skipped: `${gate.action}: ${gate.message}` };
  });
}
