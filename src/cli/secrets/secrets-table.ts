import type { Analysis } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import { SECRET_VERDICTS, type Secret } from '../../model/secret.ts';
import { secretPlace } from '../../report/describe.ts';
import type { ReportFormat } from '../../report/format.ts';
import { problemGroups } from '../../report/problem-groups.ts';
import { createPage, type Page } from '../../report/table/page.ts';

/** Every secret by verdict, the surest first, with its place, its state and why it is believed. */
export const secretsTable: ReportFormat = {
  id: 'secrets',
  title: 'Secrets for the terminal',
  mediaType: 'text/plain; charset=utf-8',
  write: (analysis, sink, options) => {
    const page = createPage(sink, options);
    const open = analysis.secrets.filter((secret) => secret.suppressed === undefined);
    const silent = analysis.secrets.filter((secret) => secret.suppressed !== undefined);
    for (const verdict of SECRET_VERDICTS)
      writeVerdict(
        verdict,
        open.filter((secret) => secret.verdict === verdict),
        page,
      );
    if (options.showSuppressed) writeVerdict('suppressed', silent, page);
    page.line(0, `\n${counted(open.length, 'secret')}${hiddenNote(open)}`.trim());
    writeSilent(silent, options.showSuppressed, page);
    writeProblems(analysis, page);
  },
};

function writeVerdict(heading: string, secrets: readonly Secret[], page: Page): void {
  if (secrets.length === 0) return;
  page.heading(`${heading} (${secrets.length})`);
  for (const secret of secrets) {
    const style = secret.severity === 'critical' ? page.colors.red : page.colors.yellow;
    page.line(
      2,
      { text: (secret.severity ?? '').padEnd(9), style },
      `${secret.title ?? secret.ruleId}  ${secret.match}`,
    );
    page.paragraph(11, `${secretPlace(secret)}${stateNote(secret)}`);
    const notes = [secret.proof, secret.suppressed?.reason, secret.suppressed?.rule].filter(
      (note) => note !== undefined,
    );
    page.paragraph(11, { text: [...notes, secret.fingerprint].join(' · '), style: page.colors.dim });
  }
}

function stateNote(secret: Secret): string {
  if (secret.layer === undefined) return '';
  const gone = secret.removedIn === undefined ? '' : ` in layer ${secret.removedIn}`;
  return secret.state === undefined || secret.state === 'present'
    ? `, layer ${secret.layer}`
    : `, layer ${secret.layer}, ${secret.state}${gone}: still readable`;
}

function hiddenNote(secrets: readonly Secret[]): string {
  const hidden = secrets.filter((secret) => secret.state === 'deleted' || secret.state === 'overwritten').length;
  return hidden === 0 ? '' : `, ${hidden} hidden by later layers and still readable`;
}

/** Suppressed findings are counted by reason: nothing is dropped in silence. */
function writeSilent(secrets: readonly Secret[], listed: boolean, page: Page): void {
  if (secrets.length === 0) return;
  const counts = new Map<string, number>();
  for (const { suppressed } of secrets)
    counts.set(suppressed?.reason ?? '', (counts.get(suppressed?.reason ?? '') ?? 0) + 1);
  const reasons = [...counts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([reason, count]) => `${reason} ${count}`);
  page.paragraph(0, {
    text: `${secrets.length} suppressed (${reasons.join(', ')})${listed ? '' : '; --show-suppressed lists them'}`,
    style: page.colors.dim,
  });
}

function writeProblems(analysis: Analysis, page: Page): void {
  const { coverage, policy } = problemGroups(analysis.problems);
  for (const { heading, problems } of [policy, coverage]) {
    if (problems.length === 0) continue;
    page.heading(heading);
    for (const { code, path, layer, detail } of problems) {
      const place = [path ?? '', layer === undefined ? '' : `(layer ${layer})`].filter((part) => part !== '').join(' ');
      page.paragraph(2, `${code}${place === '' ? '' : ` ${place}`}: ${detail}`);
    }
  }
}
