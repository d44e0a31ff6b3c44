import type { Analysis } from '../../model/analysis.ts';
import type { Location } from '../../model/evidence.ts';
import type { Package } from '../../model/package.ts';
import { hasOs, imageName } from '../describe.ts';
import type { ReportOptions } from '../format.ts';
import { listedPackages, neededIds } from '../sbom/components.ts';
import { documentTime } from '../sbom/document-time.ts';
import { documentUuid } from '../sbom/document-uuid.ts';
import { imageProblems } from '../sbom/image-problems.ts';
import { createLicenceTexts } from './licence-texts.ts';
import { DOCUMENT_ID, IMAGE_ID, OS_ID, packageSpdxId, shortHash, sourceSpdxId, supplierSpdxId } from './spdx-ids.ts';
import { createSpdx3Elements, type Spdx3Element, type Spdx3Elements } from './spdx3-elements.ts';
import { spdx3Vulnerabilities } from './spdx3-vulnerabilities.ts';

/**
 * The elements of an SPDX 3.0.1 graph (https://spdx.github.io/spdx-spec/v3.0.1/), one by one: creation, document,
 * packages with their licences and annotations, evidence files, relationships.
 */
export function* spdx3Graph(analysis: Analysis, options: ReportOptions): Generator<Spdx3Element> {
  const elements = createSpdx3Elements(
    `https://spdx.org/spdxdocs/plimsoll-${documentUuid(analysis, 'spdx3-json', options)}`,
  );
  yield* head(analysis, options, elements);
  const packages = listedPackages(analysis, options);
  yield elements.image(analysis);
  yield elements.annotationOfImage(analysis);
  const os = elements.os(analysis);
  if (os !== undefined) yield os;
  yield* packageElements(packages, elements);
  yield* evidence(packages, elements);
  yield* relationships(analysis, packages, elements);
  yield* spdx3Vulnerabilities(analysis, packages, elements);
}

function* head(analysis: Analysis, options: ReportOptions, elements: Spdx3Elements): Generator<Spdx3Element> {
  const tool = elements.iri('SPDXRef-Tool');
  yield {
    '@id': '_:creationInfo',
    type: 'CreationInfo',
    specVersion: '3.0.1',
    created: documentTime(analysis, options),
    createdBy: [elements.iri('SPDXRef-Agent')],
    createdUsing: [tool],
  };
  yield options.author === undefined
    ? elements.element('SPDXRef-Agent', 'SoftwareAgent', { name: analysis.tool.name })
    : elements.element('SPDXRef-Agent', 'Organization', { name: options.author });
  yield elements.element('SPDXRef-Tool', 'Tool', { name: `${analysis.tool.name}-${analysis.tool.version}` });
  yield elements.element(DOCUMENT_ID, 'SpdxDocument', {
    name: imageName(analysis.image),
    dataLicense: elements.iri('SPDXRef-DataLicense'),
    profileConformance: [
      'core',
      'software',
      'simpleLicensing',
      ...(analysis.vulnerabilities.length > 0 ? ['security'] : []),
    ],
    rootElement: [elements.iri('SPDXRef-Sbom')],
  });
  yield elements.element('SPDXRef-DataLicense', 'simplelicensing_LicenseExpression', {
    simplelicensing_licenseExpression: 'CC0-1.0',
  });
  yield elements.element('SPDXRef-Sbom', 'software_Sbom', {
    software_sbomType: ['analyzed'],
    rootElement: [elements.iri(IMAGE_ID)],
  });
}

function* packageElements(packages: readonly Package[], elements: Spdx3Elements): Generator<Spdx3Element> {
  const texts = createLicenceTexts();
  const expressions = new Map<string, string[]>();
  const others = new Set<string>();
  for (const item of packages) {
    const id = packageSpdxId(item);
    yield elements.package(item);
    yield elements.annotationOf(item);
    const expression = texts.expressionOf(item.licenses);
    const users = expressions.get(expression);
    if (users !== undefined) users.push(id);
    else if (expression !== 'NOASSERTION') expressions.set(expression, [id]);
    const source = sourceSpdxId(item);
    if (source !== undefined && !others.has(source)) yield elements.source(item, source);
    const supplier = supplierSpdxId(item);
    if (supplier !== undefined && !others.has(supplier)) yield elements.supplier(item, supplier);
    for (const other of [source, supplier]) if (other !== undefined) others.add(other);
  }
  yield* licences(
    expressions,
    new Map(texts.extracted().map(({ licenseId, extractedText }) => [licenseId, extractedText])),
    elements,
  );
}

function* licences(
  expressions: ReadonlyMap<string, readonly string[]>,
  texts: ReadonlyMap<string, string>,
  elements: Spdx3Elements,
): Generator<Spdx3Element> {
  for (const [id, text] of texts)
    yield elements.element(`SPDXRef-${id}`, 'simplelicensing_SimpleLicensingText', {
      simplelicensing_licenseText: text,
    });
  for (const [expression, users] of expressions) {
    const id = `SPDXRef-Licence-${shortHash(expression)}`;
    const custom = (expression.match(/LicenseRef-[0-9a-f]{16}/g) ?? []).map((ref) => ({
      type: 'DictionaryEntry',
      key: ref,
      value: elements.iri(`SPDXRef-${ref}`),
    }));
    yield elements.element(id, 'simplelicensing_LicenseExpression', {
      simplelicensing_licenseExpression: expression,
      ...(custom.length > 0 && { simplelicensing_customIdToUri: custom }),
    });
    for (const user of users) yield elements.relationship('hasDeclaredLicense', user, [id]);
  }
}

/** Evidence files: one element for a path of a layer. Their content hash is stated where the run hashed them. */
function* evidence(packages: readonly Package[], elements: Spdx3Elements): Generator<Spdx3Element> {
  const files = new Set<string>();
  for (const item of packages) {
    for (const location of item.locations) {
      const id = fileId(location);
      if (!files.has(id)) yield elements.file(id, location);
      files.add(id);
    }
    yield elements.relationship('hasEvidence', packageSpdxId(item), [...new Set(item.locations.map(fileId))]);
  }
}

function fileId(location: Location): string {
  return `SPDXRef-File-${shortHash(JSON.stringify([location.layer, location.path]))}`;
}

function* relationships(
  analysis: Analysis,
  packages: readonly Package[],
  elements: Spdx3Elements,
): Generator<Spdx3Element> {
  const ids = new Map(packages.map((item) => [item.id, packageSpdxId(item)]));
  const listed = new Set(ids.keys());
  const contained = [...(!hasOs(analysis.image) ? [] : [OS_ID]), ...ids.values()];
  if (contained.length > 0)
    yield elements.relationship(
      'contains',
      IMAGE_ID,
      contained,
      imageProblems(analysis).length === 0 ? 'complete' : 'incomplete',
    );
  for (const item of packages) {
    const needed = neededIds(item, listed);
    if (needed !== undefined && needed.length > 0) {
      yield elements.relationship(
        'dependsOn',
        packageSpdxId(item),
        needed.map((id) => ids.get(id) ?? ''),
        'incomplete',
      );
    }
    const source = sourceSpdxId(item);
    if (source !== undefined) yield elements.relationship('generates', source, [packageSpdxId(item)]);
  }
}
