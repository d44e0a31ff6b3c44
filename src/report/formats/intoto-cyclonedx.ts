import { CYCLONEDX_VERSIONS } from '../cyclonedx/spec.ts';
import type { ReportFormat } from '../format.ts';
import { writeStatement } from '../intoto-statement.ts';
import { format as cyclonedx } from './cyclonedx-json.ts';

/** https://github.com/in-toto/attestation/blob/main/spec/predicates/cyclonedx.md */
export const format: ReportFormat = {
  id: 'intoto-cyclonedx',
  title: 'in-toto statement of a CycloneDX bill of materials, unsigned',
  mediaType: 'application/vnd.in-toto+json',
  versions: CYCLONEDX_VERSIONS,
  write: (analysis, sink, options) =>
    writeStatement(analysis, sink, 'https://cyclonedx.org/bom', (inner) => cyclonedx.write(analysis, inner, options)),
};
