import { describe, expect, it } from 'vitest';
import type { DiffSide, ImageDiff, VulnerabilityDifference } from '../../../src/model/image-diff.ts';
import { writeDiffMarkdown } from '../../../src/report/diff/diff-markdown.ts';
import { writeDiffTable } from '../../../src/report/diff/diff-table.ts';

function side(fields: Partial<DiffSide> = {}): DiffSide {
  return {
    location: 'app.tar',
    image: {
      ref: 'app:1',
      kind: 'oci-archive',
      configDigest: 'sha256:c',
      platform: { os: 'linux', architecture: 'amd64' },
      os: { id: 'debian', prettyName: 'Debian 12' },
    },
    bundle: { contentId: 'b1', channel: 'main', sequence: 7, builtAt: '2026-11-01T00:00:00Z' },
    ...fields,
  };
}

function row(id: string, fields: Partial<VulnerabilityDifference> = {}): VulnerabilityDifference {
  return {
    id,
    aliases: [],
    advisories: [],
    severity: 'high',
    fixedIn: ['1.2'],
    package: { type: 'deb', namespace: 'debian', name: 'openssl' },
    versions: { before: ['1.0'], after: ['1.1'] },
    before: [],
    after: [],
    ...fields,
  };
}

const instance = {
  packageId: 'p',
  version: '1.0',
  state: 'present',
  severity: 'high',
  status: 'fixed',
  fixedIn: ['1.2'],
} as const;
const NONE = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, unknown: 0 };

const DIFF: ImageDiff = {
  schemaVersion: 1,
  tool: { name: 'plimsoll', version: '1' },
  before: side(),
  after: side({
    image: { ...side().image, ref: 'app:2' },
    unjudged: { count: 1, total: 9, missing: ['NuGet'] },
  }),
  vulnerabilities: {
    new: [
      row('CVE-2', {
        severity: 'critical',
        kev: true,
        package: { type: 'pypi', name: 'Pillow' },
        versions: { before: [], after: ['8.0'] },
      }),
      row('CVE-3', { fixedIn: [] }),
    ],
    fixed: [row('CVE-1', { after: [{ ...instance, state: 'overwritten' }] })],
    changed: [
      row('CVE-4', {
        before: [instance],
        after: [{ ...instance, severity: 'low', fixedIn: [] }],
        changes: ['severity', 'fixedIn'],
      }),
    ],
    unjudged: [row('CVE-5', { before: [instance] })],
    unchanged: 4,
    severities: { before: { ...NONE, high: 7 }, after: { ...NONE, critical: 1, high: 5, low: 1 } },
  },
  secrets: {
    new: [
      {
        ruleId: 'npm-token',
        title: 'npm access token',
        verdict: 'proven',
        match: 'npm_***',
        fingerprint: 'f',
        before: [],
        after: [{ source: 'file', path: '/app/.npmrc', line: 2, state: 'deleted', verdict: 'proven' }],
      },
    ],
    fixed: [],
    changed: [],
    unchanged: 0,
  },
  misconfigurations: {
    new: [{ id: 'PLM-C005', title: 'Runs with rights', severity: 'low', evidence: '4755', path: '/bin/su' }],
    fixed: [{ id: 'PLM-C001', title: 'Runs as root', severity: 'medium', evidence: 'no user' }],
    changed: [],
    unchanged: 0,
  },
  privileged: [{ path: '/bin/su', kind: 'setuid', change: 'added', after: '4755 setuid' }],
  configuration: [
    { field: 'user', change: 'changed', before: 'root', after: 'app' },
    { field: 'env', name: 'TOKEN', change: 'added' },
  ],
  licenses: [{ license: 'MIT', change: 'added', packageIds: ['p', 'q'] }],
  packages: [{ type: 'deb', name: 'openssl', change: 'changed', before: ['1.0'], after: ['1.1'] }],
  notCompared: [{ part: 'files', why: 'a report holds none before' }],
  policy: {
    verdict: 'fail',
    gates: [
      {
        id: 'fail-on-new',
        action: 'fail',
        passed: false,
        message: 'new, severity high or worse (2 found)',
        findings: [],
      },
    ],
  },
  problems: [
    { code: 'PLM_FILE_DAMAGED', path: '/a', detail: 'the file is cut off', side: 'before' },
    { code: 'PLM_FILE_DAMAGED', path: '/a', detail: 'the file is cut off', side: 'after' },
  ],
};

const TABLE = `- app:1  Debian 12
+ app:2  Debian 12
FAILED   fail-on-new: new, severity high or worse (2 found)
Mind  after: 1 of 9 packages could not be judged (no data for NuGet).
Mind  before: 1 problem cost coverage; what is called new may have been there.
Mind  after: 1 problem cost coverage; what is called fixed or removed may still
      be there.

Vulnerabilities: 2 new, 1 fixed, 1 changed, 4 unchanged, 1 could not be told
          critical  high   low
  before         0     7     0
  after          1     5     1
  New (2)
  + Pillow 8.0 (new package)
    critical   CVE-2 EXPLOITED (fixed in 1.2)
  + openssl 1.0 -> 1.1
    high       CVE-3
  Could not tell (1)
  ? openssl 1.0 -> 1.1
    high       CVE-5 (after could not be judged)
  Changed (1)
  ~ openssl 1.0 -> 1.1
    high       CVE-4 (severity high -> low, fixed in 1.2 -> none)
  Fixed (1)
  - openssl 1.0 -> 1.1
    high       CVE-1 (still in a lower layer)

Secrets: 1 new, none removed, 0 unchanged
  + proven      npm access token  /app/.npmrc:2 (deleted)

Image checks: 1 new, 1 resolved, 0 unchanged
  + low         PLM-C005 /bin/su  Runs with rights
  - medium      PLM-C001  Runs as root: no user

Privileged files: 1 difference
  + /bin/su  4755 setuid

Configuration: 2 differences
  ~ user: root -> app
  + variable TOKEN

Licences: 1 difference
  + MIT  2 packages

Packages: 1 difference
  ~ deb      openssl 1.0 -> 1.1

Not compared
  files (a report holds none before)

Problems
  PLM_FILE_DAMAGED  before and after: /a: the file is cut off
`;

const MARKDOWN = `## Plimsoll: ❌ failed

<code>app:1</code> (Debian 12) → <code>app:2</code> (Debian 12)

> after: 1 of 9 packages could not be judged (no data for NuGet).

> before: 1 problem cost coverage; what is called new may have been there.

> after: 1 problem cost coverage; what is called fixed or removed may still be there.

| | |
|---|---|
| Vulnerabilities | 2 new, 1 fixed, 1 changed, 4 unchanged, 1 could not be told |
| By severity | critical 0 → **1**, high 7 → **5**, low 0 → **1** |
| Secrets | 1 new, none removed, 0 unchanged |
| Image checks | 1 new, 1 resolved, 0 unchanged |
| Packages | 1 difference |

### Gates

|  | Gate | Why |
| --- | --- | --- |
| fail | fail-on-new | new, severity high or worse (2 found) |

### New vulnerabilities

| Severity | Id | Package | Before | After | Note |
| --- | --- | --- | --- | --- | --- |
| critical | CVE-2 🔥 | Pillow |  | 8.0 | fixed in 1.2 |
| high | CVE-3 | openssl | 1.0 | 1.1 |  |

### Could not tell

| Severity | Id | Package | Before | After | Note |
| --- | --- | --- | --- | --- | --- |
| high | CVE-5 | openssl | 1.0 | 1.1 | after could not be judged |

### Changed vulnerabilities

| Severity | Id | Package | Before | After | Note |
| --- | --- | --- | --- | --- | --- |
| high | CVE-4 | openssl | 1.0 | 1.1 | severity high -&#62; low, fixed in 1.2 -&#62; none |

<details><summary>Fixed vulnerabilities (1)</summary>

### Fixed vulnerabilities

| Severity | Id | Package | Before | After | Note |
| --- | --- | --- | --- | --- | --- |
| high | CVE-1 | openssl | 1.0 | 1.1 | still in a lower layer |

</details>

### Secrets

|  | Verdict | Kind | Place |
| --- | --- | --- | --- |
| new | proven | npm access token | <code>/app/.npmrc:2 (deleted)</code> |

### Image checks

|  | Severity | Check | Place |
| --- | --- | --- | --- |
| new | low | PLM-C005 Runs with rights | /bin/su |
| resolved | medium | PLM-C001 Runs as root | no user |

### Privileged files

|  | Path | Before | After |
| --- | --- | --- | --- |
| added | <code>/bin/su</code> |  | 4755 setuid |

### Configuration

|  | What |
| --- | --- |
| changed | user: root -&#62; app |
| added | variable TOKEN |

### Licences

|  | Licence | Packages |
| --- | --- | --- |
| added | MIT | 2 |

<details><summary>Packages (1)</summary>

### Packages

| Package | Type | Before | After |
| --- | --- | --- | --- |
| openssl | deb | 1.0 | 1.1 |

</details>

Not compared: files (a report holds none before)

### Problems

| Code | Side | Path | What |
| --- | --- | --- | --- |
| <code>PLM_FILE_DAMAGED</code> | before and after | /a | the file is cut off |

`;

function tableOf(diff: ImageDiff): string {
  const parts: string[] = [];
  writeDiffTable(diff, { write: (text) => parts.push(text) }, { color: false, showSuppressed: false, history: true });
  return parts.join('');
}

function markdownOf(diff: ImageDiff): string {
  const parts: string[] = [];
  writeDiffMarkdown(diff, { write: (text) => parts.push(text) });
  return parts.join('');
}

describe('a comparison', () => {
  it('as a table of 80 columns', () => expect(tableOf(DIFF)).toBe(TABLE));
  it('as Markdown for a pull request', () => expect(markdownOf(DIFF).replaceAll('\\', '')).toBe(MARKDOWN));

  it('says that the platforms differ', () => {
    const image = { ...DIFF.after.image, platform: { os: 'linux', architecture: 'arm64' } };
    expect(tableOf({ ...DIFF, after: { ...DIFF.after, image } })).toContain(
      'Mind  The platforms differ: linux/amd64 before, linux/arm64 after.\n',
    );
  });

  it('keeps hostile names text', () => {
    const name = 'x\u001b[2J\n| [a](http://b) <img> @all';
    const hostile: ImageDiff = {
      ...DIFF,
      packages: [{ type: 'npm', name, change: 'added', before: [], after: [name] }],
      configuration: [{ field: 'label', name, change: 'added', after: name }],
      privileged: [{ path: name, kind: 'setuid', change: 'added', after: name }],
      licenses: [{ license: name, change: 'added', packageIds: [] }],
      problems: [{ code: 'PLM_X', path: name, detail: name, side: 'after' }],
    };
    const [table, markdown] = [tableOf(hostile), markdownOf(hostile)];
    expect([table, markdown].map((text) => text.includes('\u001b'))).toEqual([false, false]);
    expect(markdown.match(/\n\| \[|<img|@all|http:\/\//g)).toBe(null);
    expect(table.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
