import { describe, expect, it } from 'vitest';
import { HEX, LOWER_ALNUM } from '../../src/secrets/shapes/char-set.ts';
import { run } from '../../src/secrets/shapes/parts.ts';
import { sampleOf } from '../../src/secrets/shapes/sample.ts';
import { verdictsIn } from '../support/found-values.ts';

const value = sampleOf([run(HEX, 32)], 'surroundings');

describe('a value that only its vendor names', () => {
  it.each([
    ['run.sh', `: "\${DATADOG_API_KEY:-${value}}"`],
    ['env.json', `{"name": "DATADOG_API_KEY", "value": "${value}"}`],
    ['pod.yaml', `- name: DATADOG_API_KEY\n  value: ${value}`],
    ['web.config', `<add key="DatadogApiKey" value="${value}" />`],
    ['app.plist', `<key>DatadogApiKey</key>\n<string>${value}</string>`],
    ['Keys.cs', `const string DatadogApiKey = @"${value}";`],
    ['keys.py', `keys = {'datadog_api_key': u'${value}'}`],
    ['Keys.kt', `const val DATADOG_API_KEY: String = "${value}"`],
    ['Keys.swift', `let datadogApiKey: String = "${value}"`],
    ['Keys.m', `#define DATADOG_API_KEY @"${value}"`],
    ['keys.rs', `const DATADOG_API_KEY: &str = "${value}";`],
    ['keys.ino', `const char datadogApiKey[] = "${value}";`],
    ['keys.c', `static char datadog_api_key[33] = "${value}";`],
    ['keys.vb', `Dim datadogApiKey As String = "${value}"`],
    ['keys.pl', `$config{datadog_api_key} = '${value}';`],
    ['keys.erl', `{datadog_api_key, <<"${value}">>}.`],
    ['page.html', `<pre>datadog_api_key=&quot;${value}&quot;</pre>`],
    ['page.xml', `&#34;datadog_api_key&#34;: &#34;${value}&#34;`],
    ['v.tf', `variable "datadog_api_key" {\n  default = "${value}"\n}`],
  ])('in %s: %s', (file, text) =>
    expect(verdictsIn(`/srv/${file}`, `${text}\n`)).toEqual([{ ruleId: 'datadog-api-key', verdict: 'contextual' }]),
  );

  it.each([
    ['Keys.java', 'SecretKey generateSecretKeyForSchemeTwo2(Helper helper)'],
    ['models.go', 'datadogKey SharedAuthorizationRuleListResult'],
    ['keys.c', 'char datadog_api_key[33];'],
    ['page.html', 'datadog_api_key=&quot;<b>yours</b>&quot;'],
  ])('but not in %s: %s', (file, text) => expect(verdictsIn(`/srv/${file}`, `${text}\n`)).toEqual([]));
});

describe('a token of letters and digits', () => {
  const id = `LTAI${sampleOf([run(HEX, 20)], 'middle')}`;

  it('is found in a path', () =>
    expect(verdictsIn('/srv/a.txt', `Credential=${id}/20240101/cn/oss\n`)).toEqual([
      { ruleId: 'alibaba-access-key-id', verdict: 'structured' },
    ]));

  it('is none in the middle of base64', () =>
    expect(verdictsIn('/srv/a.txt', `${id}/${value}+${value}\n`)).toEqual([]));
});

describe('a token whose letters were changed before publishing', () => {
  const changed = ['xkeysib', `9${sampleOf([run(LOWER_ALNUM, 63)], 'changed')}`, sampleOf([run(HEX, 16)], 'end')];

  it('keeps its prefix and its lengths', () =>
    expect(verdictsIn('/srv/a.txt', `x ${changed.join('-')}\n`)).toEqual([
      { ruleId: 'brevo-api-key', verdict: 'contextual' },
    ]));

  it.each([
    ['of another length', changed.join('-').slice(0, -9)],
    ['of words', `xkeysib-${'transactional'.repeat(5).slice(1)}-0123456789abcdef`],
  ])('and is none %s', (_, text) => expect(verdictsIn('/srv/a.txt', `x ${text}\n`)).toEqual([]));
});
