import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';

const EXPIRED = { code: 'PLM_IGNORE_EXPIRED', detail: 'rule a.yaml:1 ran out' };
const STATEMENT = { code: 'PLM_VEX_STATEMENT', path: 'a.json', detail: 'the statement is not applied' };

function withProblems(problems: Analysis['problems']): Analysis {
  return { ...analysisFixture(), problems };
}

/** From a heading on. */
function endOf(text: string, heading: string): string {
  return text.slice(text.lastIndexOf(heading));
}

describe('rules and statements without effect', () => {
  it('are no lost coverage in the terminal', async () => {
    const text = await reportText('table', withProblems([EXPIRED, STATEMENT]));
    expect(text).toContain('Mind             2 problems with ignore rules or VEX files: see "Policy files".');
    expect(endOf(text, '\n\n')).toBe(`

Policy files
  PLM_IGNORE_EXPIRED
    rule a.yaml:1 ran out
  PLM_VEX_STATEMENT  a.json
    the statement is not applied
`);
  });

  it('have a list of their own before lost coverage', async () => {
    const text = await reportText('table', withProblems([...analysisFixture().problems, EXPIRED]));
    expect(endOf(text, 'Policy files')).toBe(`Policy files
  PLM_IGNORE_EXPIRED
    rule a.yaml:1 ran out

Coverage lost
  PLM_JAR_DAMAGED  layer 2 /app/broken.jar
    the central directory is cut off: packages inside were not read
`);
  });

  it('are no lost coverage on the page', async () => {
    const page = await reportText('html', withProblems([EXPIRED]));
    expect(page).toContain('<h3>Policy files</h3><table');
    expect(page).toContain('<h3>Coverage lost</h3><p class="dim">Nothing');
  });

  it('are no lost coverage in pull requests', async () => {
    const text = await reportText('markdown', withProblems([EXPIRED]));
    expect(text).toContain('### Policy files\n\n| Code | Path | What has no effect |');
    expect(text).not.toContain('Coverage lost');
  });
});
