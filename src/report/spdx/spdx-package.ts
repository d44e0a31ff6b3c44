import type { Analysis } from '../../model/analysis.ts';
import type { Package } from '../../model/package.ts';
import { hasOs, imageName, packageLabel } from '../describe.ts';
import { printable } from '../printable.ts';
import { type Fact, fact, factLines, identityFacts, packageFacts } from '../sbom/facts.ts';
import { imageFacts } from '../sbom/image-facts.ts';
import { imagePurl } from '../sbom/image-purl.ts';
import { isOrganization, supplierName } from '../sbom/supplier.ts';
import type { LicenceTexts } from './licence-texts.ts';
import { IMAGE_ID, OS_ID, packageSpdxId } from './spdx-ids.ts';

/** https://spdx.github.io/spdx-spec/v2.3/package-information/ with the field names of its JSON form. */
export interface SpdxPackage {
  readonly SPDXID: string;
  readonly name: string;
  readonly versionInfo?: string;
  readonly supplier: string;
  readonly downloadLocation: 'NOASSERTION';
  readonly filesAnalyzed: false;
  /** Since 2.3. */
  readonly primaryPackagePurpose?: 'CONTAINER' | 'OPERATING_SYSTEM' | 'LIBRARY' | 'APPLICATION' | 'SOURCE';
  readonly checksums?: readonly { readonly algorithm: string; readonly checksumValue: string }[];
  readonly sourceInfo?: string;
  readonly licenseConcluded: 'NOASSERTION';
  readonly licenseDeclared: string;
  readonly copyrightText: 'NOASSERTION';
  readonly description?: string;
  readonly externalRefs?: readonly {
    readonly referenceCategory: string;
    readonly referenceType: string;
    readonly referenceLocator: string;
  }[];
  readonly annotations?: readonly {
    readonly annotationDate: string;
    readonly annotationType: 'OTHER';
    readonly annotator: string;
    readonly comment: string;
  }[];
}

/** What every element of a document shares. */
export interface ElementContext {
  readonly annotator: string;
  readonly date: string;
  readonly licenceTexts: LicenceTexts;
}

/** The texts that say "this tool makes no statement" (SPDX 2.3 section 7). */
const UNSTATED = { downloadLocation: 'NOASSERTION', filesAnalyzed: false } as const;
const NO_LICENCE = {
  licenseConcluded: 'NOASSERTION',
  licenseDeclared: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
} as const;

export function packageElement(item: Package, context: ElementContext): SpdxPackage {
  const facts = [fact('id', item.id), ...packageFacts(item), ...identityFacts(item, true), ...spdxOnlyFacts(item)];
  const checksums = spdxChecksums(item.hashes ?? []);
  return {
    SPDXID: packageSpdxId(item),
    name: packageLabel(item),
    ...(item.version !== '' && { versionInfo: item.version }),
    supplier: spdxSupplier(item),
    ...UNSTATED,
    primaryPackagePurpose: ['binary', 'generic'].includes(item.type) ? 'APPLICATION' : 'LIBRARY',
    ...(checksums.length > 0 && { checksums }),
    sourceInfo: item.locations
      .map(
        ({ path, layer, detector }) =>
          `${printable(path)} of layer ${layer}${detector === undefined ? '' : `, read by ${detector}`}`,
      )
      .join('; '),
    ...NO_LICENCE,
    licenseDeclared: context.licenceTexts.expressionOf(item.licenses),
    externalRefs: [purlReference(item.purl)],
    annotations: [annotation(facts, context)],
  };
}

export function imagePackage(analysis: Analysis, context: ElementContext): SpdxPackage {
  const { image } = analysis;
  const digest = image.manifestDigest ?? image.configDigest;
  const purl = imagePurl(image);
  return {
    SPDXID: IMAGE_ID,
    name: imageName(image),
    ...(digest !== '' && { versionInfo: digest }),
    supplier: 'NOASSERTION',
    ...UNSTATED,
    primaryPackagePurpose: 'CONTAINER',
    ...(image.manifestDigest?.startsWith('sha256:') === true && {
      checksums: [{ algorithm: 'SHA256', checksumValue: image.manifestDigest.slice(7) }],
    }),
    ...NO_LICENCE,
    ...(purl !== undefined && { externalRefs: [purlReference(purl)] }),
    annotations: [annotation(imageFacts(analysis), context)],
  };
}

/** The operating system the image says it is; undefined for images without one. */
export function osPackage(analysis: Analysis): SpdxPackage | undefined {
  const { os } = analysis.image;
  if (!hasOs(analysis.image)) return undefined;
  return {
    SPDXID: OS_ID,
    name: os.id,
    ...(os.versionId !== undefined && { versionInfo: os.versionId }),
    supplier: 'NOASSERTION',
    ...UNSTATED,
    primaryPackagePurpose: 'OPERATING_SYSTEM',
    ...NO_LICENCE,
    description: os.prettyName,
  };
}

/** The source package that distributions file advisories against. */
export function sourceElement(item: Package, SPDXID: string): SpdxPackage {
  return {
    SPDXID,
    name: item.source?.name ?? '',
    versionInfo: item.source?.version ?? '',
    supplier: spdxSupplier(item),
    ...UNSTATED,
    primaryPackagePurpose: 'SOURCE',
    ...NO_LICENCE,
  };
}

function spdxSupplier(item: Package): string {
  const supplier = supplierName(item)
    ?.replace(/\p{Cc}+/gu, ' ')
    .trim();
  return supplier === undefined || supplier === ''
    ? 'NOASSERTION'
    : `${isOrganization(item) ? 'Organization' : 'Person'}: ${supplier}`;
}

/** Checksum names of SPDX 2.3 section 7.10 for those of package databases; unknown ones are carried as facts. */
function spdxChecksums(
  hashes: readonly { readonly algorithm: string; readonly value: string }[],
): { algorithm: string; checksumValue: string }[] {
  return hashes.flatMap(({ algorithm, value }) => {
    const name = spdxAlgorithm(algorithm);
    return name === undefined || !/^[0-9a-f]+$/.test(value) ? [] : [{ algorithm: name, checksumValue: value }];
  });
}

/** The name SPDX 2.3 has for a hash algorithm, undefined where it has none. */
export function spdxAlgorithm(name: string): string | undefined {
  const wanted = name.toUpperCase().replace(/^SHA-(\d+)$/, 'SHA$1');
  return ['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'MD5', 'SHA3-256', 'SHA3-384', 'SHA3-512', 'BLAKE3'].find(
    (known) => known === wanted,
  );
}

/** Hashes and licences as they were: the fields of SPDX spell algorithms otherwise and hold one expression. */
export function spdxOnlyFacts(item: Package): readonly Fact[] {
  return [
    ...(item.hashes ?? []).map(({ algorithm, value }) => fact('hash', `${algorithm}:${value}`)),
    ...item.licenses.map((licence) => fact('license', licence)),
    ...(item.dependsOn === undefined ? [] : [fact('dependencies', 'known')]),
  ];
}

function purlReference(purl: string): { referenceCategory: string; referenceType: string; referenceLocator: string } {
  return { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl };
}

function annotation(
  facts: readonly Fact[],
  { annotator, date }: ElementContext,
): NonNullable<SpdxPackage['annotations']>[number] {
  return { annotationDate: date, annotationType: 'OTHER', annotator, comment: factLines(facts) };
}
