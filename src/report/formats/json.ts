import type { ReportFormat } from '../format.ts';
import { writeReport } from '../write-report.ts';

/** The full report, `schema/report-1.schema.json`. */
export const format: ReportFormat = {
  id: 'json',
  title: 'Plimsoll report, version 1',
  mediaType: 'application/vnd.plimsoll.report+json; version=1',
  write: writeReport,
};
