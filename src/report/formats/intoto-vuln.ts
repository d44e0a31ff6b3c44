import type { Analysis } from '../../model/analysis.ts';
import type { ReportFormat, ReportOptions } from '../format.ts';
import { writeStatement } from '../intoto-statement.ts';
import { jsonText } from '../json-text.ts';
import { documentTime } from '../sbom/document-time.ts';
import { STATEMENT_TYPE } from '../signed-statement.ts';
import { suppressionMeaning } from '../suppression.ts';

/** https://github.com/in-toto/attestation/blob/main/spec/predicates/vulns_02.md */
export const format: ReportFormat = {
  id: 'intoto-vuln',
  title: 'in-toto statement of vulnerabilities',
  mediaType: STATEMENT_TYPE,
  write: (analysis, sink, options) =>
    writeStatement(
      {
        analysis,
        options,
        predicateType: 'https://in-toto.io/attestation/vulns/v0.2',
        writePredicate: (inner) => inner.write(jsonText(predicate(analysis, options))),
      },
      sink,
    ),
};

function predicate(analysis: Analysis, options: ReportOptions): object {
  const { bundle, tool } = analysis;
  const time = documentTime(analysis, options);
  const database =
    bundle === undefined
      ? { lastUpdate: time }
      : {
          uri: `urn:plimsoll:bundle:${bundle.contentId}`,
          version: `${bundle.channel} ${bundle.sequence}`,
          lastUpdate: bundle.builtAt,
        };
  const stated = analysis.vulnerabilities.filter(
    ({ suppressed, status }) =>
      suppressed === undefined || !['notAffected', 'fixed'].includes(suppressionMeaning(suppressed, status)),
  );
  return {
    scanner: {
      uri: `pkg:generic/${tool.name}@${tool.version}`,
      version: tool.version,
      db: database,
      result: stated.map((finding) => ({
        id: finding.id,
        severity: [
          { method: 'plimsoll', score: finding.severity },
          ...(finding.cvss ?? []).map(({ version, score }) => ({ method: `cvss_${version}`, score: String(score) })),
        ],
        annotations: [
          { package: finding.packageId, state: finding.state, status: finding.status, layer: String(finding.layer) },
        ],
      })),
    },
    metadata: { scanStartedOn: time, scanFinishedOn: time },
  };
}
