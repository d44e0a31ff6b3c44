import type { ReportFormat } from '../format.ts';
import { buildSpdxDocument } from '../spdx/spdx-document.ts';
import { DOCUMENT_ID } from '../spdx/spdx-ids.ts';
import type { SpdxPackage } from '../spdx/spdx-package.ts';
import { packageOfVersion, SPDX2_VERSIONS, spdx2Version } from '../spdx/spdx2-version.ts';

/** https://spdx.github.io/spdx-spec/v2.3/conformance/#44-standard-data-format-requirements, one `Tag: value` a line. */
export const format: ReportFormat = {
  id: 'spdx-tag-value',
  title: 'SPDX 2.3 or 2.2 bill of materials, tag-value',
  mediaType: 'text/spdx',
  versions: SPDX2_VERSIONS,
  write: (analysis, sink, options) => {
    const version = spdx2Version(options.version);
    const id = version === '2.3' ? 'spdx-tag-value' : `spdx-tag-value@${version}`;
    const document = buildSpdxDocument(analysis, options, id);
    sink.write(`SPDXVersion: SPDX-${version}\nDataLicense: CC0-1.0\n`);
    sink.write(
      `SPDXID: ${DOCUMENT_ID}\nDocumentName: ${line(document.name)}\nDocumentNamespace: ${document.namespace}\n`,
    );
    for (const creator of document.creators) sink.write(`Creator: ${line(creator)}\n`);
    sink.write(`Created: ${document.created}\n`);
    for (const item of document.packages) sink.write(packageTags(packageOfVersion(item, version)));
    for (const { licenseId, extractedText } of document.licenceTexts.extracted()) {
      sink.write(`\nLicenseID: ${licenseId}\nExtractedText: ${text(extractedText)}\n`);
    }
    sink.write('\n');
    for (const { spdxElementId, relationshipType, relatedSpdxElement } of document.relationships) {
      sink.write(`Relationship: ${spdxElementId} ${relationshipType} ${relatedSpdxElement}\n`);
    }
  },
};

/** One package; its annotation follows it with a reference back, as the format wants. */
function packageTags(item: SpdxPackage): string {
  const tags = [
    '',
    `PackageName: ${line(item.name)}`,
    `SPDXID: ${item.SPDXID}`,
    ...(item.versionInfo === undefined ? [] : [`PackageVersion: ${line(item.versionInfo)}`]),
    `PackageSupplier: ${item.supplier}`,
    `PackageDownloadLocation: ${item.downloadLocation}`,
    ...(item.primaryPackagePurpose === undefined
      ? []
      : [`PrimaryPackagePurpose: ${item.primaryPackagePurpose.replace('_', '-')}`]),
    'FilesAnalyzed: false',
    ...(item.checksums ?? []).map(({ algorithm, checksumValue }) => `PackageChecksum: ${algorithm}: ${checksumValue}`),
    ...(item.sourceInfo === undefined ? [] : [`PackageSourceInfo: ${text(item.sourceInfo)}`]),
    `PackageLicenseConcluded: ${item.licenseConcluded}`,
    `PackageLicenseDeclared: ${item.licenseDeclared}`,
    `PackageCopyrightText: ${item.copyrightText}`,
    ...(item.description === undefined ? [] : [`PackageDescription: ${text(item.description)}`]),
    ...(item.externalRefs ?? []).map(
      (ref) => `ExternalRef: ${ref.referenceCategory} ${ref.referenceType} ${ref.referenceLocator}`,
    ),
    ...(item.annotations ?? []).flatMap((note) => [
      '',
      `Annotator: ${line(note.annotator)}`,
      `AnnotationDate: ${note.annotationDate}`,
      `AnnotationType: ${note.annotationType}`,
      `SPDXREF: ${item.SPDXID}`,
      `AnnotationComment: ${text(note.comment)}`,
    ]),
    '',
  ];
  return tags.join('\n');
}

/** Control characters would end or corrupt a line; the exact text is in the annotation. */
function line(value: string): string {
  return value.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trim();
}

/** A text over several lines; the format has no escape for its own end mark. */
function text(value: string): string {
  const safe = value.replace(/[^\P{Cc}\n]+|[\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').replaceAll('</text>', '</ text>');
  return `<text>${safe}</text>`;
}
