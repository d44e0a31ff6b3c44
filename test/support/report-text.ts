import type { Analysis } from '../../src/model/analysis.ts';
import type { ReportOptions } from '../../src/report/format.ts';
import { loadFormat } from '../../src/report/load-format.ts';

/** A report of one format as text, without colour unless asked for. */
export async function reportText(
  name: string,
  analysis: Analysis,
  options: Partial<ReportOptions> = {},
): Promise<string> {
  const { format, version } = await loadFormat(name);
  const parts: string[] = [];
  const chosen = { color: false, showSuppressed: false, history: true, ...options };
  await format.write(
    analysis,
    { write: (text) => parts.push(text) },
    version === undefined ? chosen : { ...chosen, version },
  );
  return parts.join('');
}
