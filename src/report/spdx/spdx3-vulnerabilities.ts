import type { Analysis } from '../../model/analysis.ts';
import type { Vulnerability } from '../../model/finding.ts';
import type { Package } from '../../model/package.ts';
import { sourceUrl } from '../advisory-url.ts';
import { utcSeconds } from '../sbom/document-time.ts';
import { suppressionMeaning, suppressionText } from '../suppression.ts';
import { packageSpdxId, shortHash } from './spdx-ids.ts';
import type { Spdx3Element, Spdx3Elements } from './spdx3-elements.ts';

/** Findings in the security profile: a vulnerability, and for every package whether it is affected (VEX). */
export function* spdx3Vulnerabilities(
  analysis: Analysis,
  packages: readonly Package[],
  elements: Spdx3Elements,
): Generator<Spdx3Element> {
  const ids = new Map(packages.map((item) => [item.id, packageSpdxId(item)]));
  const written = new Set<string>();
  for (const finding of analysis.vulnerabilities) {
    const affected = ids.get(finding.packageId);
    if (affected === undefined) continue;
    const id = `SPDXRef-Vulnerability-${shortHash(finding.id)}`;
    if (!written.has(id)) yield vulnerability(id, finding, elements);
    written.add(id);
    yield assessment(finding, { vulnerabilityId: id, packageId: affected }, elements);
  }
}

function vulnerability(id: string, finding: Vulnerability, elements: Spdx3Elements): Spdx3Element {
  const published = utcSeconds(finding.published);
  const modified = utcSeconds(finding.modified);
  return elements.element(id, 'security_Vulnerability', {
    name: finding.id,
    ...(finding.title !== undefined && { summary: finding.title }),
    ...(published !== undefined && { security_publishedTime: published }),
    ...(modified !== undefined && { security_modifiedTime: modified }),
    externalIdentifier: [finding.id, ...finding.aliases].map((name) => ({
      type: 'ExternalIdentifier',
      externalIdentifierType: /^CVE-/.test(name) ? 'cve' : 'securityOther',
      identifier: name,
      identifierLocator: [sourceUrl(name)],
    })),
  });
}

function assessment(
  finding: Vulnerability,
  { vulnerabilityId, packageId }: { readonly vulnerabilityId: string; readonly packageId: string },
  elements: Spdx3Elements,
): Spdx3Element {
  const id = `SPDXRef-Assessment-${shortHash(JSON.stringify([vulnerabilityId, packageId]))}`;
  const common = { from: elements.iri(vulnerabilityId), to: [elements.iri(packageId)] };
  const { suppressed } = finding;
  const meaning = suppressed === undefined ? undefined : suppressionMeaning(suppressed, finding.status);
  if (suppressed !== undefined && meaning === 'notAffected') {
    return elements.element(id, 'security_VexNotAffectedVulnAssessmentRelationship', {
      relationshipType: 'doesNotAffect',
      ...common,
      ...(suppressed.justification !== undefined && {
        security_justificationType: camelCase(suppressed.justification),
      }),
      security_impactStatement: suppressionText(suppressed),
    });
  }
  if (suppressed !== undefined && meaning === 'fixed') {
    return elements.element(id, 'security_VexFixedVulnAssessmentRelationship', {
      relationshipType: 'fixedIn',
      ...common,
      security_statusNotes: suppressionText(suppressed),
    });
  }
  if (finding.status === 'undecided') {
    return elements.element(id, 'security_VexUnderInvestigationVulnAssessmentRelationship', {
      relationshipType: 'underInvestigationFor',
      ...common,
    });
  }
  return elements.element(id, 'security_VexAffectedVulnAssessmentRelationship', {
    relationshipType: 'affects',
    ...common,
    security_actionStatement:
      suppressed !== undefined && meaning === 'accepted'
        ? `Accepted: ${suppressionText(suppressed)}`
        : actionOf(finding),
  });
}

/** SPDX 3 writes the labels of VEX as one word: https://spdx.github.io/spdx-spec/v3.0.1/model/Security/Vocabularies/VexJustificationType/ */
function camelCase(label: string): string {
  return label.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function actionOf(finding: Vulnerability): string {
  return finding.fixedIn.length === 0 ? 'No fixed version is known' : `Upgrade to ${finding.fixedIn.join(' or ')}`;
}
