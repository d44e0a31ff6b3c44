import type { ReportFormat, TextSink } from '../format.ts';
import { jsonText } from '../json-text.ts';
import { buildSpdxDocument } from '../spdx/spdx-document.ts';
import { DOCUMENT_ID } from '../spdx/spdx-ids.ts';

/** https://spdx.github.io/spdx-spec/v2.3/ in JSON, one list item a line. */
export const format: ReportFormat = {
  id: 'spdx-json',
  title: 'SPDX 2.3 bill of materials, JSON',
  mediaType: 'application/spdx+json',
  write: (analysis, sink, options) => {
    const document = buildSpdxDocument(analysis, options, 'spdx-json');
    const head = {
      spdxVersion: 'SPDX-2.3',
      dataLicense: 'CC0-1.0',
      SPDXID: DOCUMENT_ID,
      name: document.name,
      documentNamespace: document.namespace,
      creationInfo: { created: document.created, creators: document.creators },
    };
    sink.write(jsonText(head, 2).slice(0, -2));
    writeList('packages', document.packages, sink);
    const texts = document.licenceTexts.extracted();
    if (texts.length > 0) writeList('hasExtractedLicensingInfos', texts, sink);
    writeList('relationships', document.relationships, sink);
    sink.write('\n}\n');
  },
};

function writeList(name: string, items: Iterable<object>, sink: TextSink): void {
  let separator = `,\n  "${name}": [\n    `;
  for (const item of items) {
    sink.write(`${separator}${jsonText(item)}`);
    separator = ',\n    ';
  }
  sink.write('\n  ]');
}
