import type { Analysis } from '../../model/analysis.ts';
import type { Vulnerability } from '../../model/finding.ts';
import type { Package } from '../../model/package.ts';
import type { Severity } from '../../model/severity.ts';
import { advisoryUrl, sourceUrl } from '../advisory-url.ts';
import { describeLayer, imageName, packageLabel } from '../describe.ts';
import type { ReportFormat, ReportOptions } from '../format.ts';
import { jsonText } from '../json-text.ts';
import { limited } from '../sarif/sarif-result.ts';
import { documentTime } from '../sbom/document-time.ts';
import { itemUuid } from '../sbom/document-uuid.ts';
import { packagesById } from '../summary.ts';

/** Version of https://gitlab.com/gitlab-org/security-products/security-report-schemas that is written. */
const SCHEMA_VERSION = '15.0.7';

/** GitLab's container scanning report: open vulnerabilities of the final file system. */
export const format: ReportFormat = {
  id: 'gitlab',
  title: 'GitLab container scanning report',
  mediaType: 'application/json',
  write: (analysis, sink, options) => {
    const packages = packagesById(analysis);
    const open = analysis.vulnerabilities.filter(
      (finding) => finding.suppressed === undefined && finding.state === 'present',
    );
    const report = {
      version: SCHEMA_VERSION,
      scan: scanObject(analysis, options),
      vulnerabilities: open.map((finding) => vulnerability(finding, packages.get(finding.packageId), analysis)),
    };
    sink.write(`${jsonText(report, 2)}\n`);
  },
};

function scanObject(analysis: Analysis, options: ReportOptions): object {
  const tool = { id: 'plimsoll', name: 'Plimsoll', vendor: { name: 'Plimsoll' }, version: analysis.tool.version };
  // The schema wants a time without zone and fraction.
  const time = documentTime(analysis, options).slice(0, 19);
  const messages = analysis.problems.map(({ code, path, detail }) => ({
    level: 'warn',
    value: [code, path, detail].filter((part) => part !== undefined).join(' '),
  }));
  return {
    analyzer: tool,
    scanner: tool,
    ...(messages.length > 0 && { messages }),
    start_time: time,
    end_time: time,
    status: 'success',
    type: 'container_scanning',
  };
}

function vulnerability(finding: Vulnerability, item: Package | undefined, analysis: Analysis): object {
  const name = item === undefined ? finding.packageId : packageLabel(item);
  const version = item?.version ?? '';
  const links = (finding.references ?? []).filter(advisoryUrl).map((url) => ({ url }));
  return {
    id: itemUuid('gitlab', finding.id, finding.packageId),
    name: limited(`${finding.id} in ${name}`, 255),
    description: limited(finding.title ?? `${name} ${version} has ${finding.id}`, 100_000),
    severity: SEVERITY[finding.severity],
    solution: limited(
      finding.fixedIn.length === 0 ? 'No fixed version is known' : `Upgrade ${name} to ${finding.fixedIn.join(' or ')}`,
      7000,
    ),
    identifiers: identifiers(finding),
    ...(links.length > 0 && { links }),
    location: {
      dependency: { package: { name: limited(name, 255) }, version: limited(version, 255) },
      operating_system: operatingSystem(analysis),
      image: imageName(analysis.image),
    },
    details: { layer: { type: 'text', name: 'Layer', value: describeLayer(analysis.image, finding.layer) } },
  };
}

function identifiers(finding: Vulnerability): readonly object[] {
  return [finding.id, ...finding.aliases.filter((alias) => alias !== finding.id)].map((id) => ({
    type: /^CVE-/.test(id) ? 'cve' : /^GHSA-/.test(id) ? 'ghsa' : 'advisory',
    name: id,
    value: id,
    url: sourceUrl(id),
  }));
}

const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  negligible: 'Info',
  unknown: 'Unknown',
};

/** Never empty: images built from scratch have no operating system, and GitLab refuses the whole report then. */
function operatingSystem({ image }: Analysis): string {
  const name = [image.os.id, image.os.versionId].filter((part) => part !== undefined && part !== '').join(':');
  return name === '' ? 'unknown' : name;
}
