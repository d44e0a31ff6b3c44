import { hash } from 'node:crypto';
import type { Analysis } from '../../model/analysis.ts';
import { severityRank } from '../../model/severity.ts';
import { imageName, platformName } from '../describe.ts';
import type { ReportFormat } from '../format.ts';
import { jsonText } from '../json-text.ts';
import { sarifFindings } from '../sarif/sarif-findings.ts';
import {
  levelOf,
  limited,
  relativeUri,
  type SarifFinding,
  type SarifRule,
  securitySeverity,
} from '../sarif/sarif-result.ts';

/** GitHub refuses runs with more: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const MAX_RESULTS = 25_000;
const MAX_DESCRIPTION = 1024;
const MAX_NAME = 255;

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/ in the subset that GitHub code scanning takes. */
export const format: ReportFormat = {
  id: 'sarif',
  title: 'SARIF 2.1.0 for code scanning',
  mediaType: 'application/sarif+json',
  write: (analysis, sink, options) => {
    // Code scanning takes no notice of `suppressions`: https://github.com/github/codeql-action/issues/1230
    const findings = sarifFindings(analysis)
      .filter((finding) => options.showSuppressed || finding.suppressed === undefined)
      .sort((left, right) => severityRank(left.severity) - severityRank(right.severity));
    const shown = findings.slice(0, MAX_RESULTS);
    const rules = collectRules(shown);
    const run = {
      tool: {
        driver: {
          name: 'Plimsoll',
          version: analysis.tool.version,
          semanticVersion: analysis.tool.version,
          rules: [...rules.values()].map(({ rule }) => ruleObject(rule)),
        },
      },
      automationDetails: { id: `plimsoll/${repositoryName(analysis)}/` },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { ROOTPATH: { uri: 'file:///' } },
      invocations: [invocation(analysis, findings.length - shown.length)],
      properties: imageProperties(analysis),
      results: shown.map((finding) => resultObject(finding, rules.get(finding.rule.id)?.index ?? 0)),
    };
    sink.write(
      `${jsonText({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, 2)}\n`,
    );
  },
};

/** One rule for an id: the worst severity any finding gives it. Findings come worst first. */
function collectRules(
  findings: readonly SarifFinding[],
): ReadonlyMap<string, { readonly rule: SarifRule; readonly index: number }> {
  const rules = new Map<string, { rule: SarifRule; index: number }>();
  for (const { rule } of findings) {
    if (!rules.has(rule.id)) rules.set(rule.id, { rule, index: rules.size });
  }
  return rules;
}

function ruleObject(rule: SarifRule): object {
  const severity = securitySeverity(rule.severity, rule.score);
  return {
    id: limited(rule.id, MAX_NAME),
    name: limited(rule.name, MAX_NAME),
    shortDescription: { text: limited(rule.short, MAX_DESCRIPTION) },
    fullDescription: { text: limited(rule.help, MAX_DESCRIPTION) },
    defaultConfiguration: { level: levelOf(rule.severity) },
    helpUri: rule.helpUri,
    help: { text: limited(rule.help, MAX_DESCRIPTION) },
    properties: {
      precision: rule.precision,
      ...(severity !== undefined && { 'security-severity': severity }),
      tags: rule.tags,
    },
  };
}

function resultObject(finding: SarifFinding, ruleIndex: number): object {
  const line = finding.line ?? 1;
  const column = finding.column ?? 1;
  return {
    ruleId: limited(finding.rule.id, MAX_NAME),
    ruleIndex,
    level: levelOf(finding.severity),
    message: { text: limited(finding.message, MAX_DESCRIPTION) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: relativeUri(finding.path), uriBaseId: 'ROOTPATH' },
          region: { startLine: line, startColumn: column, endLine: line, endColumn: column },
        },
        ...(finding.layer !== undefined && { message: { text: limited(finding.layer, MAX_DESCRIPTION) } }),
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${fingerprint(finding)}:1` },
    ...(finding.suppressed !== undefined && {
      suppressions: [{ kind: 'external', status: 'accepted', justification: finding.suppressed }],
    }),
  };
}

/** Given by us, since code scanning would otherwise look for the file in the repository. */
function fingerprint(finding: SarifFinding): string {
  return hash('sha256', JSON.stringify(finding.fingerprint)).slice(0, 16);
}

/** The image without tag and digest, so that the results of the next build take the place of these. */
function repositoryName(analysis: Analysis): string {
  const name = analysis.image.ref?.replace(/@.*$/, '').replace(/:[\w.-]+$/, '') ?? 'image';
  return name === '' ? 'image' : name;
}

function imageProperties({ image }: Analysis): object {
  return {
    imageName: imageName(image),
    imageID: image.configDigest,
    platform: platformName(image),
    ...(image.manifestDigest !== undefined && { repoDigests: [image.manifestDigest] }),
  };
}

/** Lost coverage is said here: a result list alone would read as "nothing else is there". */
function invocation(analysis: Analysis, leftOut: number): object {
  const notes = analysis.problems.map(({ code, path, detail }) => ({
    level: 'warning',
    descriptor: { id: code },
    message: { text: path === undefined ? detail : `${path}: ${detail}` },
  }));
  if (leftOut > 0)
    notes.push({
      level: 'warning',
      descriptor: { id: 'PLM_SARIF_LIMIT' },
      message: { text: `${leftOut} less severe findings were left out: code scanning takes ${MAX_RESULTS}` },
    });
  return { executionSuccessful: true, ...(notes.length > 0 && { toolExecutionNotifications: notes }) };
}
