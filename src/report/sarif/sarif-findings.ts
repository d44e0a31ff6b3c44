import type { Analysis } from '../../model/analysis.ts';
import type { Vulnerability } from '../../model/finding.ts';
import type { Package } from '../../model/package.ts';
import type { Secret } from '../../model/secret.ts';
import { sourceUrl } from '../advisory-url.ts';
import { describeLayer, isDistroType, packageLabel, secretPlace } from '../describe.ts';
import { secretSeverity } from '../secret-severity.ts';
import { packagesById } from '../summary.ts';
import { suppressionText } from '../suppression.ts';
import type { SarifFinding } from './sarif-result.ts';

/** Every finding of a report in the form SARIF needs, vulnerabilities first. */
export function sarifFindings(analysis: Analysis): readonly SarifFinding[] {
  const packages = packagesById(analysis);
  return [
    ...analysis.vulnerabilities.map((finding) => vulnerability(finding, packages.get(finding.packageId), analysis)),
    ...analysis.secrets.map((secret) => secretFinding(secret, analysis)),
    ...analysis.misconfigurations.map((finding) => misconfiguration(finding, analysis)),
  ];
}

function vulnerability(finding: Vulnerability, item: Package | undefined, analysis: Analysis): SarifFinding {
  const name = item === undefined ? finding.packageId : packageLabel(item);
  const fix = finding.fixedIn.length === 0 ? 'no fixed version is known' : `fixed in ${finding.fixedIn.join(', ')}`;
  const layer = describeLayer(analysis.image, finding.layer);
  const hidden = finding.state === 'present' ? '' : ` The package is only in the image's history (${finding.state}).`;
  const score = Math.max(...(finding.cvss ?? []).map((rating) => rating.score));
  const distro = item !== undefined && isDistroType(item.type);
  return {
    rule: {
      id: finding.id,
      name: distro ? 'OsPackageVulnerability' : 'LanguageSpecificPackageVulnerability',
      short: finding.title === undefined ? `${finding.id} in ${name}` : `${finding.id}: ${finding.title}`,
      help: `${finding.title ?? finding.id}\n\nAdvisories: ${finding.advisories.map((advisory) => advisory.id).join(', ')}`,
      helpUri: sourceUrl(finding.id),
      severity: finding.severity,
      ...(Number.isFinite(score) && { score }),
      tags: ['vulnerability', 'security', ...(finding.kev === undefined ? [] : ['known-exploited'])],
      precision: finding.status === 'undecided' ? 'medium' : 'very-high',
    },
    message: `${name} ${item?.version ?? ''} has ${finding.id} (${finding.severity}), ${fix}. Added by ${layer}.${hidden}`,
    path: item?.locations[0].path ?? '',
    layer,
    fingerprint: [finding.id, item?.type ?? '', name, item?.locations[0].path ?? ''],
    severity: finding.state === 'present' ? finding.severity : 'negligible',
    ...(finding.suppressed !== undefined && { suppressed: suppressionText(finding.suppressed) }),
  };
}

function secretFinding(secret: Secret, analysis: Analysis): SarifFinding {
  const title = secret.title ?? secret.ruleId;
  const layer = secret.layer === undefined ? undefined : describeLayer(analysis.image, secret.layer);
  const hidden =
    secret.state === undefined || secret.state === 'present'
      ? ''
      : ` The file looks ${secret.state} but can be read from the image.`;
  const severity = secretSeverity(secret);
  return {
    rule: {
      id: secret.ruleId,
      name: 'Secret',
      short: title,
      help: `${title}: revoke it, and build the image so that no layer holds it; deleting it in a later layer does not help.`,
      severity,
      tags: ['secret', 'security'],
      precision: ({ proven: 'very-high', structured: 'high', contextual: 'medium', generic: 'low' } as const)[
        secret.verdict
      ],
    },
    message: `${title} (${secret.verdict}) in ${secretPlace(secret)}: ${secret.match}.${layer === undefined ? '' : ` Added by ${layer}.`}${hidden}`,
    path: secret.path ?? `image-config/${secret.source}/${secret.name ?? ''}`,
    ...(secret.line !== undefined && { line: secret.line }),
    ...(secret.column !== undefined && { column: secret.column }),
    ...(layer !== undefined && { layer }),
    fingerprint: [secret.ruleId, secret.fingerprint, secret.path ?? secret.name ?? secret.source],
    severity,
    ...(secret.suppressed !== undefined && { suppressed: suppressionText(secret.suppressed) }),
  };
}

function misconfiguration(finding: Analysis['misconfigurations'][number], analysis: Analysis): SarifFinding {
  return {
    rule: {
      id: finding.id,
      name: 'Misconfiguration',
      short: finding.title,
      help: `${finding.title}\n\n${finding.remediation}`,
      severity: finding.severity,
      tags: ['misconfiguration', 'security', ...(finding.aliases ?? [])].slice(0, 10),
      precision: 'high',
    },
    message: `${finding.title}: ${finding.evidence}. ${finding.remediation}`,
    path: finding.path ?? 'image-config',
    ...(finding.layer !== undefined && { layer: describeLayer(analysis.image, finding.layer) }),
    fingerprint: [finding.id, finding.path ?? ''],
    severity: finding.severity,
    ...(finding.suppressed !== undefined && { suppressed: suppressionText(finding.suppressed) }),
  };
}
