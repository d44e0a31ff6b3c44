import type { ReportFormat, TextSink } from '../format.ts';
import { jsonText } from '../json-text.ts';
import { buildSpdxDocument } from '../spdx/spdx-document.ts';
import { DOCUMENT_ID } from '../spdx/spdx-ids.ts';
import type { SpdxPackage } from '../spdx/spdx-package.ts';
import { packageOfVersion, SPDX2_VERSIONS, type Spdx2Version, spdx2Version } from '../spdx/spdx2-version.ts';

/** https://spdx.github.io/spdx-spec/v2.3/ in JSON, one list item a line. */
export const format: ReportFormat = {
  id: 'spdx-json',
  title: 'SPDX 2.3 or 2.2 bill of materials, JSON',
  mediaType: 'application/spdx+json',
  versions: SPDX2_VERSIONS,
  write: (analysis, sink, options) => {
    const version = spdx2Version(options.version);
    const document = buildSpdxDocument(analysis, options, version === '2.3' ? 'spdx-json' : `spdx-json@${version}`);
    const head = {
      spdxVersion: `SPDX-${version}`,
      dataLicense: 'CC0-1.0',
      SPDXID: DOCUMENT_ID,
      name: document.name,
      documentNamespace: document.namespace,
      creationInfo: { created: document.created, creators: document.creators },
    };
    sink.write(jsonText(head, 2).slice(0, -2));
    writeList('packages', packagesOf(document.packages, version), sink);
    const texts = document.licenceTexts.extracted();
    if (texts.length > 0) writeList('hasExtractedLicensingInfos', texts, sink);
    writeList('relationships', document.relationships, sink);
    sink.write('\n}\n');
  },
};

/** The schema of 2.2 writes the category of a purl with another stroke than that of 2.3. */
function* packagesOf(packages: Iterable<SpdxPackage>, version: Spdx2Version): Generator<SpdxPackage> {
  for (const item of packages) {
    const { externalRefs } = item;
    if (version === '2.3' || externalRefs === undefined) yield packageOfVersion(item, version);
    else yield { ...packageOfVersion(item, version), externalRefs: externalRefs.map(withUnderscore) };
  }
}

function withUnderscore<Reference extends { readonly referenceCategory: string }>(reference: Reference): Reference {
  return { ...reference, referenceCategory: reference.referenceCategory.replace('-', '_') };
}

function writeList(name: string, items: Iterable<object>, sink: TextSink): void {
  let separator = `,\n  "${name}": [\n    `;
  for (const item of items) {
    sink.write(`${separator}${jsonText(item)}`);
    separator = ',\n    ';
  }
  sink.write('\n  ]');
}
