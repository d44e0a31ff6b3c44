import { describe, expect, it } from 'vitest';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';

const render = (template: string): Promise<string> => reportText('template', analysisFixture(), { template });

describe('template', () => {
  it('repeats sections, looks outwards and shows inverted sections', async () => {
    expect(
      await render(
        '{{#policy.gates}}{{id}}:{{#passed}}ok{{/passed}}{{^passed}}{{image.os.id}}{{/passed}} {{/policy.gates}}',
      ),
    ).toBe('severity:debian secrets:debian db-ok '.replace('db-ok', 'db-age:ok'));
  });

  it('offers the summary and the package of a finding', async () => {
    expect(await render('{{summary.open}} {{#summary.severities}}{{severity}}={{count}},{{/summary.severities}}')).toBe(
      '3 critical=1,high=1,medium=0,low=0,negligible=0,unknown=1,',
    );
    expect(await render('{{#vulnerabilities}}{{package.name}} {{/vulnerabilities}}')).toBe(
      'openssl lodash openssl curl lodash lodash ',
    );
  });

  it('escapes markup in double braces and control characters everywhere', async () => {
    const [, , , , evil] = (await render('{{#packages}}{{licenses}}\n{{/packages}}')).split('\n');
    expect(evil).toContain('&#60;img src&#61;x');
    expect(await render('{{#vulnerabilities}}{{{title}}}{{/vulnerabilities}}')).toContain(
      '<img src=x onerror=alert(1)>\\x1b[31m\\u202e',
    );
  });

  it('reaches no inherited field', async () => {
    expect(await render('[{{constructor.name}}{{__proto__.x}}{{image.toString}}]')).toBe('[]');
  });

  it.each([
    ['{{open', 'line 1 of the template: a tag is not closed'],
    ['a\n{{#x}}', 'line 2 of the template: the section "x" is not closed'],
    ['{{/x}}', 'line 1 of the template: "x" ends no open section'],
    ['{{#x}}{{/y}}', 'line 1 of the template: "y" ends no open section'],
    ['{{> partial}}', 'line 1 of the template: "> partial" is no name'],
    ['{{#a}}'.repeat(30), 'line 1 of the template: too many sections within sections'],
  ])('refuses %j', async (template, message) => {
    await expect(render(template)).rejects.toMatchObject({ code: 'PLM_TEMPLATE_INVALID', message });
  });

  it('asks for a template where none was given', async () => {
    await expect(reportText('template', analysisFixture())).rejects.toMatchObject({ code: 'PLM_USAGE' });
  });
});
