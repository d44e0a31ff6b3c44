import type { Analysis } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import type { ReportFormat } from '../format.ts';
import { summarize } from '../summary.ts';
import { writeFixPlan, writeSuppressed, writeWorstFindings } from '../table/findings.ts';
import { writeHiddenFiles, writeProblems } from '../table/hidden-and-coverage.ts';
import { writeOverview } from '../table/overview.ts';
import { createPage, type Page } from '../table/page.ts';
import { writeMisconfigurations, writeSecrets } from '../table/secrets-and-checks.ts';

/** What a person wants first: the verdict, then what to act on, then what could not be told. */
export const format: ReportFormat = {
  id: 'table',
  title: 'Summary for the terminal',
  mediaType: 'text/plain; charset=utf-8',
  write: (analysis, sink, options) => {
    const page = createPage(sink, options);
    const summary = summarize(analysis);
    writeOverview(analysis, summary, page);
    writeGates(analysis, page);
    writeFixPlan(analysis, page);
    writeWorstFindings(analysis, page);
    writeSecrets(analysis, page);
    writeHiddenFiles(analysis, page);
    writeMisconfigurations(analysis, page);
    if (options.showSuppressed) writeSuppressed(analysis, page);
    else writeSuppressedCount(summary.suppressed + summary.suppressedSecrets, page);
    writeProblems(analysis, page);
  },
};

function writeGates(analysis: Analysis, page: Page): void {
  const tripped = analysis.policy.gates.filter((gate) => !gate.passed);
  if (tripped.length === 0) return;
  page.heading('Gates');
  for (const gate of tripped) {
    const style = gate.action === 'fail' ? page.colors.red : page.colors.yellow;
    page.paragraph(8, `${gate.id}: ${gate.message}`, { text: `  ${gate.action.toUpperCase()}`, style });
  }
}

function writeSuppressedCount(count: number, page: Page): void {
  if (count === 0) return;
  page.line(0, '');
  page.line(0, {
    text: `${counted(count, 'finding')} suppressed; --show-suppressed lists them`,
    style: page.colors.dim,
  });
}
