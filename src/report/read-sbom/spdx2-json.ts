import { isRecord, type JsonRecord, listField, recordField, textField, textList } from '../../bytes/json.ts';
import type { SbomDocument } from './sbom-document.ts';
import { type Spdx2Package, type Spdx2Relationship, spdx2Document } from './spdx2-document.ts';

/** An SPDX 2.x document in JSON (https://spdx.github.io/spdx-spec/v2.3/). */
export function readSpdx2Json(document: JsonRecord): SbomDocument {
  const described = textList(document, 'documentDescribes').map(
    (related): Spdx2Relationship => ({ from: 'SPDXRef-DOCUMENT', type: 'DESCRIBES', to: related }),
  );
  const creation = recordField(document, 'creationInfo') ?? {};
  return spdx2Document({
    version: textField(document, 'spdxVersion') ?? '',
    packages: listField(document, 'packages').flatMap((item) => (isRecord(item) ? [packageOf(item)] : [])),
    relationships: [
      ...described,
      ...listField(document, 'relationships').flatMap((item) => (isRecord(item) ? [relationshipOf(item)] : [])),
    ],
    extracted: new Map(
      listField(document, 'hasExtractedLicensingInfos').flatMap((item) => (isRecord(item) ? [extractedOf(item)] : [])),
    ),
    creators: textList(creation, 'creators'),
    created: textField(creation, 'created') ?? '',
  });
}

function packageOf(item: JsonRecord): Spdx2Package {
  return {
    id: textField(item, 'SPDXID') ?? '',
    name: textField(item, 'name') ?? '',
    version: textField(item, 'versionInfo') ?? '',
    purpose: textField(item, 'primaryPackagePurpose') ?? '',
    licence: textField(item, 'licenseDeclared') ?? '',
    checksums: listField(item, 'checksums').flatMap((sum) =>
      isRecord(sum)
        ? [{ algorithm: textField(sum, 'algorithm') ?? '', value: textField(sum, 'checksumValue') ?? '' }]
        : [],
    ),
    references: listField(item, 'externalRefs').flatMap((ref) =>
      isRecord(ref)
        ? [{ type: textField(ref, 'referenceType') ?? '', locator: textField(ref, 'referenceLocator') ?? '' }]
        : [],
    ),
    comments: [
      ...listField(item, 'annotations').flatMap((note) => (isRecord(note) ? [textField(note, 'comment') ?? ''] : [])),
      ...listField(item, 'attributionTexts').filter((text) => typeof text === 'string'),
    ],
    sourceInfo: textField(item, 'sourceInfo') ?? '',
    supplier: textField(item, 'supplier') ?? '',
    copyright: textField(item, 'copyrightText') ?? '',
  };
}

function relationshipOf(item: JsonRecord): Spdx2Relationship {
  return {
    from: textField(item, 'spdxElementId') ?? '',
    type: textField(item, 'relationshipType') ?? '',
    to: textField(item, 'relatedSpdxElement') ?? '',
  };
}

function extractedOf(item: JsonRecord): [string, string] {
  return [textField(item, 'licenseId') ?? '', textField(item, 'extractedText') ?? ''];
}
