import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlimsollError } from '../../src/errors.ts';
import type { Analysis } from '../../src/model/analysis.ts';
import { applyIgnores } from '../../src/policy/ignores/apply-ignores.ts';
import { parseIgnores } from '../../src/policy/ignores/parse-ignores.ts';
import { debPackage, secret, unjudged, vulnerability } from './judged-analysis.ts';

const NOW = new Date('2026-06-01T12:00:00Z');

function apply(text: string, path: string, fields: Partial<Analysis> = {}): readonly unknown[] {
  const marked = applyIgnores(unjudged(fields), parseIgnores(text, path).rules, NOW);
  return [...marked.vulnerabilities, ...marked.secrets, ...marked.misconfigurations].map(
    (finding) => finding.suppressed?.rule,
  );
}

function own(...lines: readonly string[]): string {
  return `ignores:\n  - ${lines.join('\n    ')}\n    reason: accepted\n    owner: sec@example.org\n    expires: 2026-12-31\n`;
}

function codeOf(text: string, path: string): string | undefined {
  try {
    parseIgnores(text, path);
    return undefined;
  } catch (error) {
    return error instanceof PlimsollError ? error.code : String(error);
  }
}

const ACCEPTED = ['plimsoll-ignore.yaml#1: accepted'];
const OPEN = [undefined];

describe('our own ignore file', () => {
  for (const [name, rule, expected] of [
    ['by id', 'id: CVE-1', ACCEPTED],
    ['by advisory record', 'id: DSA-CVE-1', ACCEPTED],
    ['by other id', 'id: CVE-2', OPEN],
    ['by purl glob', 'purl: pkg:deb/debian/open*', ACCEPTED],
    ['by other purl', 'purl: pkg:npm/*', OPEN],
    ['by path', 'path: /var/lib/dpkg/**', ACCEPTED],
    ['by secret rule, which a vulnerability has none of', 'rule: "*"', OPEN],
  ] as const) {
    it(name, () => expect(apply(own(rule), 'plimsoll-ignore.yaml')).toEqual(expected));
  }

  it('all fields must hold', () => {
    expect(apply(own('id: CVE-1', 'image: registry.local/dev/*'), 'plimsoll-ignore.yaml')).toEqual(OPEN);
    expect(apply(own('id: CVE-1', 'image: registry.local/prod/*'), 'plimsoll-ignore.yaml')).toEqual(ACCEPTED);
  });

  it('untilFix falls away once a fix is known', () => {
    expect(apply(own('id: CVE-1', 'untilFix: true'), 'plimsoll-ignore.yaml')).toEqual(OPEN);
    expect(
      apply(own('id: CVE-1', 'untilFix: true'), 'plimsoll-ignore.yaml', {
        vulnerabilities: [vulnerability('CVE-1', 'openssl', { fixedIn: [], status: 'affected' })],
      }),
    ).toEqual(ACCEPTED);
  });

  it('a secret by fingerprint', () => {
    expect(
      apply(own('fingerprint: f1'), 'plimsoll-ignore.yaml', {
        vulnerabilities: [],
        secrets: [secret(), secret({ fingerprint: 'f2' })],
      }),
    ).toEqual([...ACCEPTED, undefined]);
  });

  it('a check about a secret that was accepted, unless that secret lies elsewhere too', () => {
    const check = { id: 'PLM-C003', title: 't', severity: 'critical', evidence: 'e', remediation: 'r' } as const;
    const { path: _path, ...outside } = secret({ source: 'env', name: 'TOKEN' });
    const inHistory = { ...outside, source: 'history', name: '2' } as const;
    const fields = { vulnerabilities: [], misconfigurations: [{ ...check, secret: 'f1' }, check] };
    const rule = own('fingerprint: f1');
    expect(apply(rule, 'plimsoll-ignore.yaml', { ...fields, secrets: [outside] })).toEqual([
      ...ACCEPTED,
      ...ACCEPTED,
      undefined,
    ]);
    const elsewhere = { ...fields, secrets: [outside, { ...inHistory, suppressed: { reason: 'baseline' } }] };
    expect(apply(rule, 'plimsoll-ignore.yaml', elsewhere)).toEqual([...ACCEPTED, undefined, undefined, undefined]);
  });

  it('an expired rule accepts nothing and says so', () => {
    const text = own('id: CVE-1').replace('2026-12-31', '2026-06-01');
    const marked = applyIgnores(unjudged(), parseIgnores(text, 'plimsoll-ignore.yaml').rules, NOW);
    expect(marked.vulnerabilities[0]?.suppressed).toBeUndefined();
    expect(marked.problems.map((problem) => problem.code)).toEqual(['PLM_IGNORE_EXPIRED']);
  });

  it('an unused rule says so', () => {
    const marked = applyIgnores(unjudged(), parseIgnores(own('id: CVE-9'), 'plimsoll-ignore.yaml').rules, NOW);
    expect(marked.problems).toEqual([
      { code: 'PLM_IGNORE_UNUSED', detail: 'rule plimsoll-ignore.yaml#1 accepts no finding of this image' },
    ]);
  });

  for (const [name, text] of [
    ['no reason', 'ignores:\n  - {id: CVE-1, owner: a, expires: 2026-12-31}\n'],
    ['no owner', 'ignores:\n  - {id: CVE-1, reason: a, expires: 2026-12-31}\n'],
    ['no expiry', 'ignores:\n  - {id: CVE-1, reason: a, owner: b}\n'],
    ['a day that does not exist', own('id: CVE-1').replace('2026-12-31', '2026-02-30')],
    ['nothing named', own('image: "*"')],
    ['an unknown field', own('cve: CVE-1')],
    ['no list', 'ignores: 5\n'],
    ['another document', 'a: 1\n'],
    ['no YAML', 'ignores: [\n'],
    ['an alias', 'ignores: [&a {id: x, reason: r, owner: o, expires: 2026-12-31}, *a]\n'],
    ['nested without end', '['.repeat(100_000)],
  ] as const) {
    it(`refuses ${name}`, () => expect(codeOf(text, 'plimsoll-ignore.yaml')).toBe('PLM_IGNORE_INVALID'));
  }

  it('any text parses or is refused with the code', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('a.yaml', '.trivyignore'), (text, path) => {
        const code = codeOf(text, path);
        return code === undefined || code === 'PLM_IGNORE_INVALID';
      }),
    );
  });
});

describe('.trivyignore', () => {
  it('ids with comments, expiry and the older check prefix', () => {
    const text = '# accepted\nCVE-1 # not reachable\n\nAVD-DS-0002\nCVE-2 exp:2026-01-01\n';
    const misconfigurations = [
      { id: 'PLM-C001', aliases: ['DS-0002'], title: '', severity: 'low', evidence: '', remediation: '' },
    ] as const;
    const vulnerabilities = [vulnerability('CVE-1', 'openssl'), vulnerability('CVE-2', 'zlib')];
    expect(apply(text, '.trivyignore', { vulnerabilities, misconfigurations })).toEqual([
      '.trivyignore:2: not reachable',
      undefined,
      '.trivyignore:4: listed in the ignore file',
    ]);
  });

  it('a date that is none is refused', () =>
    expect(codeOf('CVE-1 exp:soon\n', '.trivyignore')).toBe('PLM_IGNORE_INVALID'));

  it('the YAML form by kind, path and purl', () => {
    const text =
      'vulnerabilities:\n  - id: CVE-1\n    purls: ["pkg:deb/debian/zlib", "pkg:deb/debian/openssl"]\n    paths: ["var/lib/**"]\n    expired_at: 2026-07-01\n    statement: vendor says no\nsecrets:\n  - id: CVE-1\n';
    expect(apply(text, '.trivyignore.yaml')).toEqual(['.trivyignore.yaml#vulnerabilities.1: vendor says no']);
  });
});

describe('grype ignores', () => {
  for (const [name, rule, expected] of [
    ['vulnerability', '{vulnerability: CVE-1, reason: r}', ['.grype.yaml#ignore.1: r']],
    ['package name and type', '{package: {name: open.*, type: deb}, reason: r}', ['.grype.yaml#ignore.1: r']],
    ['another version', '{package: {name: openssl, version: 2.0}, reason: r}', OPEN],
    ['fix state', '{fix-state: fixed, reason: r}', ['.grype.yaml#ignore.1: r']],
    ['match through the source', '{vulnerability: CVE-1, match-type: exact-indirect-match, reason: r}', OPEN],
  ] as const) {
    it(name, () => expect(apply(`ignore:\n  - ${rule}\n`, '.grype.yaml')).toEqual(expected));
  }

  it('a rule that cannot be honoured is reported and not applied', () => {
    const parsed = parseIgnores(
      'ignore:\n  - {vulnerability: CVE-1, namespace: "debian:distro:debian:12"}\n',
      '.grype.yaml',
    );
    expect([parsed.rules, parsed.problems.map((problem) => problem.code)]).toEqual([[], ['PLM_IGNORE_UNSUPPORTED']]);
  });
});

describe('kinds of packages', () => {
  it('a rule for a package does not reach another one', () => {
    const text = own('id: CVE-1', 'purl: pkg:deb/debian/zlib');
    const vulnerabilities = [vulnerability('CVE-1', 'openssl'), vulnerability('CVE-1', 'zlib')];
    expect(
      apply(text, 'plimsoll-ignore.yaml', { vulnerabilities, packages: [debPackage('openssl'), debPackage('zlib')] }),
    ).toEqual([undefined, ...ACCEPTED]);
  });
});
