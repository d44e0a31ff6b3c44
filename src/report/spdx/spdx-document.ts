import type { Analysis } from '../../model/analysis.ts';
import { hasOs, imageName } from '../describe.ts';
import type { ReportOptions } from '../format.ts';
import { listedPackages, neededIds } from '../sbom/components.ts';
import { documentTime } from '../sbom/document-time.ts';
import { documentUuid } from '../sbom/document-uuid.ts';
import { createLicenceTexts, type LicenceTexts } from './licence-texts.ts';
import { DOCUMENT_ID, IMAGE_ID, OS_ID, packageSpdxId, sourceSpdxId } from './spdx-ids.ts';
import {
  type ElementContext,
  imagePackage,
  osPackage,
  packageElement,
  type SpdxPackage,
  sourceElement,
} from './spdx-package.ts';

/** https://spdx.github.io/spdx-spec/v2.3/relationships-between-SPDX-elements/ */
interface SpdxRelationship {
  readonly spdxElementId: string;
  readonly relationshipType: 'DESCRIBES' | 'CONTAINS' | 'DEPENDS_ON' | 'GENERATED_FROM';
  readonly relatedSpdxElement: string;
}

/** An SPDX 2.3 document in the order it is written; `licenceTexts` is complete once all packages were taken. */
export interface SpdxDocument {
  readonly name: string;
  readonly namespace: string;
  readonly created: string;
  readonly creators: readonly string[];
  readonly packages: Iterable<SpdxPackage>;
  readonly licenceTexts: LicenceTexts;
  readonly relationships: Iterable<SpdxRelationship>;
}

/** Builds the document; `format` is part of its identity. */
export function buildSpdxDocument(analysis: Analysis, options: ReportOptions, format: string): SpdxDocument {
  const created = documentTime(analysis, options);
  const creator = `Tool: ${analysis.tool.name}-${analysis.tool.version}`;
  const licenceTexts = createLicenceTexts();
  return {
    name: imageName(analysis.image),
    namespace: `https://spdx.org/spdxdocs/plimsoll-${documentUuid(analysis, format, options)}`,
    created,
    creators: [creator, ...(options.author === undefined ? [] : [`Organization: ${options.author}`])],
    licenceTexts,
    packages: packages(analysis, options, { annotator: creator, date: created, licenceTexts }),
    relationships: relationships(analysis, options),
  };
}

function* packages(analysis: Analysis, options: ReportOptions, context: ElementContext): Generator<SpdxPackage> {
  yield imagePackage(analysis, context);
  const os = osPackage(analysis);
  if (os !== undefined) yield os;
  const sources = new Set<string>();
  for (const item of listedPackages(analysis, options)) {
    yield packageElement(item, context);
    const source = sourceSpdxId(item);
    if (source === undefined || sources.has(source)) continue;
    sources.add(source);
    yield sourceElement(item, source);
  }
}

function* relationships(analysis: Analysis, options: ReportOptions): Generator<SpdxRelationship> {
  yield { spdxElementId: DOCUMENT_ID, relationshipType: 'DESCRIBES', relatedSpdxElement: IMAGE_ID };
  if (hasOs(analysis.image)) yield { spdxElementId: IMAGE_ID, relationshipType: 'CONTAINS', relatedSpdxElement: OS_ID };
  const items = listedPackages(analysis, options);
  const ids = new Map(items.map((item) => [item.id, packageSpdxId(item)]));
  const listed = new Set(ids.keys());
  for (const item of items) {
    const own = ids.get(item.id) ?? '';
    yield { spdxElementId: IMAGE_ID, relationshipType: 'CONTAINS', relatedSpdxElement: own };
    for (const needed of neededIds(item, listed) ?? []) {
      yield { spdxElementId: own, relationshipType: 'DEPENDS_ON', relatedSpdxElement: ids.get(needed) ?? '' };
    }
    const source = sourceSpdxId(item);
    if (source !== undefined)
      yield { spdxElementId: own, relationshipType: 'GENERATED_FROM', relatedSpdxElement: source };
  }
}
