import type { Analysis } from '../../model/analysis.ts';
import type { Suppression, Vulnerability } from '../../model/finding.ts';
import { sourceUrl } from '../advisory-url.ts';
import { imageName } from '../describe.ts';
import type { ReportFormat } from '../format.ts';
import { jsonText } from '../json-text.ts';
import { documentTime } from '../sbom/document-time.ts';
import { documentUuid } from '../sbom/document-uuid.ts';
import { imagePurl } from '../sbom/image-purl.ts';
import { packagesById } from '../summary.ts';
import { type SuppressionMeaning, suppressionMeaning, suppressionText } from '../suppression.ts';

/**
 * https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md: what is known about every finding. Not affected is said only
 * where the suppression says so; an accepted risk stays `affected` with the acceptance as its action, and a finding that
 * nobody decided on is under investigation: a version range alone does not tell whether the flaw can be reached.
 */
export const format: ReportFormat = {
  id: 'openvex',
  title: 'OpenVEX statements: what was decided about each finding',
  mediaType: 'application/json',
  write: (analysis, sink, options) => {
    const purls = new Map([...packagesById(analysis)].map(([id, item]) => [id, item.purl]));
    const statements = analysis.vulnerabilities.flatMap((finding) =>
      statementOf(finding, purls.get(finding.packageId), analysis),
    );
    const document = {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': `urn:uuid:${documentUuid(analysis, 'openvex', options)}`,
      author: options.author ?? `${analysis.tool.name} ${analysis.tool.version}`,
      timestamp: documentTime(analysis, options),
      version: 1,
      tooling: `${analysis.tool.name} ${analysis.tool.version}`,
      statements,
    };
    sink.write(`${jsonText(document, 2)}\n`);
  },
};

function statementOf(finding: Vulnerability, purl: string | undefined, { image }: Analysis): readonly object[] {
  const { suppressed } = finding;
  const meaning = suppressed === undefined ? undefined : suppressionMeaning(suppressed, finding.status);
  if (meaning === 'filtered') return [];
  const subcomponents = purl === undefined ? undefined : [{ '@id': purl }];
  return [
    {
      vulnerability: {
        '@id': sourceUrl(finding.id),
        name: finding.id,
        ...(finding.aliases.length > 0 && { aliases: finding.aliases }),
      },
      products: [{ '@id': imagePurl(image) ?? imageName(image), subcomponents }],
      ...(suppressed === undefined || meaning === undefined ? openVerdict(finding) : verdictOf(suppressed, meaning)),
    },
  ];
}

function openVerdict({ fixedIn }: Vulnerability): object {
  const notes = fixedIn.length === 0 ? 'no fixed version is known' : `fixed in ${fixedIn.join(' or ')}`;
  return { status: 'under_investigation', status_notes: notes };
}

function verdictOf(suppressed: Suppression, meaning: Exclude<SuppressionMeaning, 'filtered'>): object {
  const text = suppressionText(suppressed);
  switch (meaning) {
    case 'notAffected':
      // The schema takes a label or words, never both.
      return suppressed.justification === undefined
        ? { status: 'not_affected', impact_statement: text }
        : { status: 'not_affected', justification: suppressed.justification, status_notes: text };
    case 'fixed':
      return { status: 'fixed', status_notes: text };
    case 'accepted':
      return { status: 'affected', action_statement: `Accepted: ${text}` };
  }
}
