import type { ReportFormat } from '../format.ts';
import { jsonText } from '../json-text.ts';
import { spdx3Graph } from '../spdx/spdx3-graph.ts';

/** https://spdx.github.io/spdx-spec/v3.0.1/serializations/ as JSON-LD, one element a line. */
export const format: ReportFormat = {
  id: 'spdx3-json',
  title: 'SPDX 3.0.1 bill of materials, JSON-LD',
  mediaType: 'application/spdx+json; version=3.0.1',
  write: (analysis, sink, options) => {
    sink.write('{\n  "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",\n  "@graph": [');
    let separator = '\n    ';
    for (const element of spdx3Graph(analysis, options)) {
      sink.write(`${separator}${jsonText(element)}`);
      separator = ',\n    ';
    }
    sink.write('\n  ]\n}\n');
  },
};
