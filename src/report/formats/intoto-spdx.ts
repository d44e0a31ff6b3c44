import type { ReportFormat } from '../format.ts';
import { writeStatement } from '../intoto-statement.ts';
import { STATEMENT_TYPE } from '../signed-statement.ts';
import { format as spdx } from './spdx-json.ts';

/** https://github.com/in-toto/attestation/blob/main/spec/predicates/spdx2.md */
export const format: ReportFormat = {
  id: 'intoto-spdx',
  title: 'in-toto statement of an SPDX 2.3 bill of materials',
  mediaType: STATEMENT_TYPE,
  write: (analysis, sink, options) =>
    writeStatement(
      {
        analysis,
        options,
        predicateType: 'https://spdx.dev/Document/v2.3',
        writePredicate: (inner) => spdx.write(analysis, inner, options),
      },
      sink,
    ),
};
