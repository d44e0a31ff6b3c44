import type { Analysis } from '../../model/analysis.ts';
import type { Location } from '../../model/evidence.ts';
import type { Package } from '../../model/package.ts';
import { hasOs, imageName, packageLabel } from '../describe.ts';
import { fact, factLines, identityFacts, packageFacts } from '../sbom/facts.ts';
import { imageFacts } from '../sbom/image-facts.ts';
import { imagePurl } from '../sbom/image-purl.ts';
import { isOrganization, supplierName } from '../sbom/supplier.ts';
import { IMAGE_ID, OS_ID, packageSpdxId, shortHash, supplierSpdxId } from './spdx-ids.ts';
import { spdxAlgorithm, spdxOnlyFacts } from './spdx-package.ts';

/** One object of the graph, with the property names of the SPDX 3 JSON-LD context. */
export type Spdx3Element = Readonly<Record<string, unknown>>;

type Completeness = 'complete' | 'incomplete' | 'noAssertion';

/** Makes elements whose ids lie below one document address. */
export interface Spdx3Elements {
  iri(id: string): string;
  element(id: string, type: string, fields: Readonly<Record<string, unknown>>): Spdx3Element;
  relationship(type: string, from: string, to: readonly string[], completeness?: Completeness): Spdx3Element;
  image(analysis: Analysis): Spdx3Element;
  annotationOfImage(analysis: Analysis): Spdx3Element;
  os(analysis: Analysis): Spdx3Element | undefined;
  package(item: Package): Spdx3Element;
  supplier(item: Package, id: string): Spdx3Element;
  annotationOf(item: Package): Spdx3Element;
  source(item: Package, id: string): Spdx3Element;
  file(id: string, location: Location): Spdx3Element;
}

export function createSpdx3Elements(address: string): Spdx3Elements {
  const iri = (id: string): string => `${address}#${id}`;
  const element = (id: string, type: string, fields: Readonly<Record<string, unknown>>): Spdx3Element => ({
    type,
    spdxId: iri(id),
    creationInfo: '_:creationInfo',
    ...fields,
  });
  const annotation = (subject: string, statement: string): Spdx3Element =>
    element(`${subject}-annotation`, 'Annotation', {
      annotationType: 'other',
      subject: iri(subject),
      contentType: 'text/plain',
      statement,
    });
  return {
    iri,
    element,
    relationship: (relationshipType, from, to, completeness) =>
      element(`SPDXRef-Relationship-${shortHash(JSON.stringify([relationshipType, from, to]))}`, 'Relationship', {
        relationshipType,
        from: iri(from),
        to: to.map(iri),
        ...(completeness !== undefined && { completeness }),
      }),
    image: (analysis) => element(IMAGE_ID, 'software_Package', imageFields(analysis)),
    annotationOfImage: (analysis) => annotation(IMAGE_ID, factLines(imageFacts(analysis))),
    os: ({ image, image: { os } }) =>
      !hasOs(image)
        ? undefined
        : element(OS_ID, 'software_Package', {
            name: os.id,
            software_primaryPurpose: 'operatingSystem',
            description: os.prettyName,
            ...(os.versionId !== undefined && { software_packageVersion: os.versionId }),
          }),
    package: (item) => {
      const supplier = supplierSpdxId(item);
      return element(packageSpdxId(item), 'software_Package', {
        ...packageFields(item),
        ...(supplier !== undefined && { suppliedBy: iri(supplier) }),
      });
    },
    supplier: (item, id) => element(id, isOrganization(item) ? 'Organization' : 'Person', { name: supplierName(item) }),
    annotationOf: (item) =>
      annotation(
        packageSpdxId(item),
        factLines([fact('id', item.id), ...packageFacts(item), ...identityFacts(item, true), ...spdxOnlyFacts(item)]),
      ),
    source: (item, id) =>
      element(id, 'software_Package', {
        name: item.source?.name,
        software_packageVersion: item.source?.version,
        software_primaryPurpose: 'source',
      }),
    file: (id, { path, digest }) =>
      element(id, 'software_File', {
        name: path,
        ...(digest?.startsWith('sha256:') === true && { verifiedUsing: [hash('sha256', digest.slice(7))] }),
      }),
  };
}

function imageFields({ image }: Analysis): Readonly<Record<string, unknown>> {
  const digest = image.manifestDigest ?? image.configDigest;
  const purl = imagePurl(image);
  return {
    name: imageName(image),
    software_primaryPurpose: 'container',
    ...(digest !== '' && { software_packageVersion: digest }),
    ...(purl !== undefined && { software_packageUrl: purl }),
    ...(image.manifestDigest?.startsWith('sha256:') === true && {
      verifiedUsing: [hash('sha256', image.manifestDigest.slice(7))],
    }),
  };
}

function packageFields(item: Package): Readonly<Record<string, unknown>> {
  const hashes = (item.hashes ?? []).flatMap(({ algorithm, value }) => {
    const name = spdxAlgorithm(algorithm)?.toLowerCase().replace('-', '_');
    return name === undefined || !/^[0-9a-f]+$/.test(value) ? [] : [hash(name, value)];
  });
  return {
    name: packageLabel(item),
    ...(item.version !== '' && { software_packageVersion: item.version }),
    software_packageUrl: item.purl,
    software_primaryPurpose: ['binary', 'generic'].includes(item.type) ? 'application' : 'library',
    externalIdentifier: [{ type: 'ExternalIdentifier', externalIdentifierType: 'packageUrl', identifier: item.purl }],
    ...(hashes.length > 0 && { verifiedUsing: hashes }),
  };
}

function hash(algorithm: string, hashValue: string): Spdx3Element {
  return { type: 'Hash', algorithm, hashValue };
}
