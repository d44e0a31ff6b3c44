import { Enums, Models } from '@cyclonedx/cyclonedx-library';
import type { Analysis } from '../../model/analysis.ts';
import type { Location } from '../../model/evidence.ts';
import { hasOs } from '../describe.ts';
import type { ReportOptions } from '../format.ts';
import { listedPackages, neededIds, rootIds } from '../sbom/components.ts';
import { utcSeconds } from '../sbom/document-time.ts';
import { documentUuid } from '../sbom/document-uuid.ts';
import { imageProblems } from '../sbom/image-problems.ts';
import { imageComponent, osComponent, packageComponent } from './component.ts';
import { IMAGE_REF, OS_REF } from './refs.ts';
import { vulnerabilityModel } from './vulnerability.ts';

/** A library model with what the library has no model for: where the component was seen. */
export interface SeenComponent {
  readonly model: Models.Component;
  readonly occurrences: readonly Location[];
}

export interface DependencyRow {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

/** What a set of parts is known to be: https://cyclonedx.org/docs/1.6/json/#compositions */
export interface Composition {
  readonly aggregate: 'complete' | 'incomplete' | 'unknown';
  readonly assemblies?: readonly string[];
  readonly dependencies?: readonly string[];
}

/** A bill of materials in the order its parts are written; lists are produced item by item, so nothing is held twice. */
export interface Bom {
  readonly serialNumber: string;
  readonly metadata: Models.Metadata;
  readonly components: Iterable<SeenComponent>;
  readonly dependencies: readonly DependencyRow[];
  readonly compositions: readonly Composition[];
  readonly vulnerabilities: Iterable<Models.Vulnerability.Vulnerability>;
}

/** What CycloneDX says of an analysis, in either form; `format` names the document in its serial number. */
export function buildBom(analysis: Analysis, options: ReportOptions, format: string): Bom {
  const packages = listedPackages(analysis, options);
  const listed = new Set(packages.map((item) => item.id));
  const dependencies = packages.flatMap((item): DependencyRow[] => {
    const dependsOn = neededIds(item, listed);
    return dependsOn === undefined ? [] : [{ ref: item.id, dependsOn }];
  });
  return {
    serialNumber: `urn:uuid:${documentUuid(analysis, format, options)}`,
    metadata: metadata(analysis, options),
    components: components(analysis, options),
    dependencies: [
      { ref: IMAGE_REF, dependsOn: [...(hasOs(analysis.image) ? [OS_REF] : []), ...rootIds(packages)] },
      ...dependencies,
    ],
    compositions: compositions(analysis, options, dependencies),
    vulnerabilities: vulnerabilities(analysis, listed),
  };
}

function metadata(analysis: Analysis, options: ReportOptions): Models.Metadata {
  const model = new Models.Metadata({ component: imageComponent(analysis) });
  const time = utcSeconds(options.created ?? analysis.createdAt);
  if (time !== undefined) model.timestamp = new Date(time);
  const { name, version } = analysis.tool;
  if (options.author !== undefined) model.authors.add(new Models.OrganizationalContact({ name: options.author }));
  model.tools.components.add(new Models.Component(Enums.ComponentType.Application, name, { version }));
  return model;
}

function* components(analysis: Analysis, options: ReportOptions): Generator<SeenComponent> {
  const os = osComponent(analysis);
  if (os !== undefined) yield { model: os, occurrences: [] };
  for (const item of listedPackages(analysis, options))
    yield { model: packageComponent(item), occurrences: item.locations };
}

/** The packages are complete unless a problem says otherwise; dependencies name only what was found in the image. */
function compositions(
  analysis: Analysis,
  options: ReportOptions,
  rows: readonly DependencyRow[],
): readonly Composition[] {
  const known = new Set(rows.map((row) => row.ref));
  const unknown = listedPackages(analysis, options)
    .filter((item) => !known.has(item.id))
    .map((item) => item.id);
  const parts: Composition[] = [
    { aggregate: imageProblems(analysis).length === 0 ? 'complete' : 'incomplete', assemblies: [IMAGE_REF] },
  ];
  if (known.size > 0) parts.push({ aggregate: 'incomplete', dependencies: [...known] });
  if (unknown.length > 0) parts.push({ aggregate: 'unknown', dependencies: unknown });
  return parts;
}

function* vulnerabilities(
  analysis: Analysis,
  listed: ReadonlySet<string>,
): Generator<Models.Vulnerability.Vulnerability> {
  const versions = new Map(analysis.packages.map((item) => [item.id, item.version]));
  for (const finding of analysis.vulnerabilities) {
    if (listed.has(finding.packageId)) yield vulnerabilityModel(finding, versions.get(finding.packageId) ?? '');
  }
}
