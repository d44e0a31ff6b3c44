import type { Analysis } from '../../model/analysis.ts';
import type { Vulnerability } from '../../model/finding.ts';
import type { Secret } from '../../model/secret.ts';
import { advisoryUrl, sourceUrl } from '../advisory-url.ts';
import { instructionOf, packageLabel, secretPlace } from '../describe.ts';
import { printable } from '../printable.ts';
import { secretSeverity } from '../secret-severity.ts';
import { suppressionText } from '../suppression.ts';

/** What the page's script works on: texts ready to show (control characters made visible), packages by position. */
export interface ReportData {
  readonly layers: readonly LayerRow[];
  readonly packages: readonly PackageRow[];
  readonly findings: readonly FindingRow[];
  readonly fixes: readonly FixRow[];
  readonly secrets: readonly SecretRow[];
  readonly files: readonly FileRow[];
  readonly licenses: readonly {
    readonly license: string;
    readonly packages: readonly number[];
    readonly files: readonly string[];
  }[];
}

export interface LayerRow {
  readonly index: number;
  readonly instruction: string;
  readonly line?: number;
  readonly base: boolean;
  readonly digest: string;
  readonly size: number;
  readonly uncompressedSize: number;
  readonly files: number;
  readonly hiddenBytes: number;
}

export interface PackageRow {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly purl: string;
  readonly layer: number;
  readonly state: string;
  readonly removedIn?: number;
  readonly licenses: readonly string[];
  readonly places: readonly string[];
  readonly source?: string;
}

export interface FindingRow {
  readonly id: string;
  readonly also: readonly string[];
  /** Position in `packages`, or -1. */
  readonly package: number;
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly severity: string;
  readonly score?: number;
  readonly kev?: string;
  readonly epss?: number;
  readonly status: string;
  readonly fixedIn: string;
  readonly layer: number;
  readonly state: string;
  readonly inBase: boolean;
  readonly title: string;
  readonly links: readonly string[];
  readonly why: readonly string[];
  readonly suppressed?: string;
}

export interface FixRow {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly layer: number;
  readonly clears: readonly string[];
}

export interface SecretRow {
  readonly title: string;
  readonly verdict: string;
  readonly severity: string;
  readonly place: string;
  readonly layer?: number;
  readonly state: string;
  readonly removedIn?: number;
  readonly match: string;
  readonly proof: string;
  readonly suppressed?: string;
}

export interface FileRow {
  readonly path: string;
  readonly size: number;
  readonly addedIn: number;
  readonly removedIn: number;
  readonly how: string;
}

export function reportData(analysis: Analysis): ReportData {
  const positions = new Map(analysis.packages.map((item, index) => [item.id, index]));
  const packages = analysis.packages.map(packageRow);
  return {
    layers: analysis.image.layers.map((layer) => ({
      index: layer.index,
      instruction: printable(instructionOf(layer) ?? ''),
      ...(layer.dockerfileLine !== undefined && { line: layer.dockerfileLine }),
      base: layer.base === true,
      digest: layer.digest,
      size: layer.size,
      uncompressedSize: layer.uncompressedSize,
      files: layer.files,
      hiddenBytes: layer.hiddenBytes,
    })),
    packages,
    findings: analysis.vulnerabilities.map((finding) => {
      const position = positions.get(finding.packageId) ?? -1;
      return findingRow(finding, position, packages[position]);
    }),
    fixes: (analysis.fixPlan ?? []).map(({ packageId, from, to, layer, clears }) => ({
      name: packages[positions.get(packageId) ?? -1]?.name ?? printable(packageId),
      from: printable(from),
      to: printable(to),
      layer,
      clears,
    })),
    secrets: analysis.secrets.map(secretRow),
    files: [...analysis.files.deleted, ...analysis.files.overwritten].map(
      ({ path, size, addedIn, removedIn, how }) => ({ path: printable(path), size, addedIn, removedIn, how }),
    ),
    licenses: analysis.licenses.map(({ license, packageIds, files }) => ({
      license: printable(license),
      packages: packageIds.map((id) => positions.get(id) ?? -1).filter((position) => position >= 0),
      files: (files ?? []).map(printable),
    })),
  };
}

function packageRow(item: Analysis['packages'][number]): PackageRow {
  return {
    name: printable(packageLabel(item)),
    version: printable(item.version),
    type: printable(item.type),
    purl: printable(item.purl),
    layer: item.locations[0].layer,
    state: item.state,
    ...(item.removedIn !== undefined && { removedIn: item.removedIn }),
    licenses: item.licenses.map(printable),
    places: item.locations.map(({ path, layer }) => `${printable(path)} (layer ${layer})`),
    ...(item.source !== undefined && { source: printable(`${item.source.name} ${item.source.version}`) }),
  };
}

function findingRow(finding: Vulnerability, position: number, item: PackageRow | undefined): FindingRow {
  const score = Math.max(...(finding.cvss ?? []).map((rating) => rating.score));
  const references = [sourceUrl(finding.id), ...(finding.references ?? [])].filter(advisoryUrl);
  return {
    id: printable(finding.id),
    also: finding.aliases.map(printable),
    package: position,
    name: item?.name ?? printable(finding.packageId),
    version: item?.version ?? '',
    type: item?.type ?? '',
    severity: finding.severity,
    ...(Number.isFinite(score) && { score }),
    ...(finding.kev !== undefined && { kev: printable(finding.kev.dateAdded) }),
    ...(finding.epss !== undefined && { epss: finding.epss.score }),
    status: finding.status,
    fixedIn: printable(finding.fixedIn.join(', ')),
    layer: finding.layer,
    state: finding.state,
    inBase: finding.inBase === true,
    title: printable(finding.title ?? ''),
    links: [...new Set(references)].slice(0, 12),
    why: finding.reasons.map((reason) =>
      printable(
        `${reason.advisory}: ${reason.name} ${reason.version} is in ${reason.range} of ${reason.segment} (${reason.searched}, compared as ${reason.scheme})`,
      ),
    ),
    ...(finding.suppressed !== undefined && { suppressed: printable(suppressionText(finding.suppressed)) }),
  };
}

function secretRow(secret: Secret): SecretRow {
  return {
    title: printable(secret.title ?? secret.ruleId),
    verdict: secret.verdict,
    severity: secretSeverity(secret),
    place: printable(secretPlace(secret)),
    ...(secret.layer !== undefined && { layer: secret.layer }),
    state: secret.state ?? '',
    ...(secret.removedIn !== undefined && { removedIn: secret.removedIn }),
    match: printable(secret.match),
    proof: printable(secret.proof ?? ''),
    ...(secret.suppressed !== undefined && { suppressed: printable(suppressionText(secret.suppressed)) }),
  };
}
