import { PlimsollError } from '../../errors.ts';
import type { ReportFormat } from '../format.ts';
import { packagesById, summarize } from '../summary.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { renderTemplate } from '../template/render-template.ts';

/** The user's own Mustache template over report version 1, with `summary` and the `package` of every finding added. */
export const format: ReportFormat = {
  id: 'template',
  title: 'A template of your own',
  mediaType: 'text/plain; charset=utf-8',
  write: (analysis, sink, options) => {
    if (options.template === undefined)
      throw new PlimsollError('PLM_USAGE', 'the format "template" needs a template', {
        hint: 'give one with --template FILE',
      });
    const parts = parseTemplate(options.template);
    const packages = packagesById(analysis);
    const { severities, secrets, ...counts } = summarize(analysis);
    const context = {
      ...analysis,
      summary: {
        ...counts,
        severities: severities.map(([severity, count]) => ({ severity, count })),
        secrets: secrets.map(([verdict, count]) => ({ verdict, count })),
      },
      vulnerabilities: analysis.vulnerabilities.map((finding) => ({
        ...finding,
        package: packages.get(finding.packageId),
      })),
    };
    renderTemplate(parts, context, sink);
  },
};
