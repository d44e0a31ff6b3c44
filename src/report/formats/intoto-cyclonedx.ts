import { CYCLONEDX_VERSIONS } from '../cyclonedx/spec.ts';
import type { ReportFormat } from '../format.ts';
import { writeStatement } from '../intoto-statement.ts';
import { STATEMENT_TYPE } from '../signed-statement.ts';
import { format as cyclonedx } from './cyclonedx-json.ts';

/** https://github.com/in-toto/attestation/blob/main/spec/predicates/cyclonedx.md */
export const format: ReportFormat = {
  id: 'intoto-cyclonedx',
  title: 'in-toto statement of a CycloneDX bill of materials',
  mediaType: STATEMENT_TYPE,
  versions: CYCLONEDX_VERSIONS,
  write: (analysis, sink, options) =>
    writeStatement(
      {
        analysis,
        options,
        predicateType: 'https://cyclonedx.org/bom',
        writePredicate: (inner) => cyclonedx.write(analysis, inner, options),
      },
      sink,
    ),
};
