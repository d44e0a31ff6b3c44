import { describe, expect, it } from 'vitest';
import { PlimsollError } from '../../src/errors.ts';
import type { Analysis } from '../../src/model/analysis.ts';
import { applyPolicy, type PolicyOptions } from '../../src/policy/apply-policy.ts';
import { parseBaseline } from '../../src/policy/baseline.ts';
import { parsePolicy } from '../../src/policy/gates/parse-policy.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { BUNDLE, debPackage, secret, unjudged, vulnerability } from './judged-analysis.ts';

const NOW = new Date('2026-02-01T00:00:00Z');

function judge(options: PolicyOptions, fields: Partial<Analysis> = {}): Analysis {
  return applyPolicy(unjudged(fields), options, NOW);
}

function failing(options: PolicyOptions, fields: Partial<Analysis> = {}): readonly string[] {
  return judge(options, fields)
    .policy.gates.filter((gate) => !gate.passed)
    .map((gate) => `${gate.id}: ${gate.findings.join(' ')}`);
}

function withPolicy(...gate: readonly string[]): PolicyOptions {
  return { policy: parsePolicy(`version: 1\ngates:\n  - ${gate.join('\n    ')}\n`, 'policy.yaml') };
}

describe('gates of options', () => {
  it('nothing asked passes', () => expect(judge({}).policy).toEqual({ verdict: 'pass', gates: [] }));
  it('severity at the threshold fails', () => expect(failing({ failOn: 'high' })).toEqual(['fail-on: CVE-1']));
  it('severity below the threshold passes', () => expect(failing({ failOn: 'critical' })).toEqual([]));
  it('unknown severity does not pass as low', () => {
    expect(
      failing({ failOn: 'high' }, { vulnerabilities: [vulnerability('CVE-1', 'zlib', { severity: 'unknown' })] }),
    ).toEqual(['fail-on: CVE-1']);
  });
  it('findings of unknown severity are told apart where they count', () => {
    const vulnerabilities = [
      vulnerability('CVE-1', 'zlib', { severity: 'unknown' }),
      vulnerability('CVE-2', 'zlib', { severity: 'high' }),
    ];
    expect(judge({ failOn: 'high' }, { vulnerabilities }).policy.gates[0]?.message).toBe(
      'severity high or worse (2 found, 1 of them of unknown severity, none allowed)',
    );
  });
  it('suppressed findings are not counted', () => {
    expect(
      failing(
        { failOn: 'low' },
        { vulnerabilities: [vulnerability('CVE-1', 'zlib', { suppressed: { reason: 'kernel-headers' } })] },
      ),
    ).toEqual([]);
  });
  it('what the linker left out counts where it is asked for, and can then be accepted', () => {
    const fields = { vulnerabilities: [vulnerability('CVE-1', 'zlib', { suppressed: { reason: 'not-linked' } })] };
    const policy = parsePolicy('version: 1\ncountNotLinked: true\ngates: []\n', 'policy.yaml');
    expect([
      failing({ failOn: 'low' }, fields),
      failing({ failOn: 'low', countNotLinked: true }, fields),
      failing({ failOn: 'low', policy }, fields),
      judge({ countNotLinked: true, ignoreUnfixed: true }, fields).vulnerabilities.map(({ suppressed }) => suppressed),
    ]).toEqual([[], ['fail-on: CVE-1'], ['fail-on: CVE-1'], [undefined]]);
  });
  it('what only history holds counts with --history only', () => {
    const fields = { vulnerabilities: [vulnerability('CVE-1', 'zlib', { state: 'deleted' })] };
    expect([failing({ failOn: 'low' }, fields), failing({ failOn: 'low', history: true }, fields)]).toEqual([
      [],
      ['fail-on: CVE-1'],
    ]);
  });
  it('a secret counts in every state: who pulls the image can read it', () => {
    const fields = {
      secrets: [secret({ ruleId: 'a', state: 'deleted' }), secret({ ruleId: 'b', state: 'overwritten' })],
    };
    expect(failing({ failOnSecrets: 'proven' }, fields)).toEqual(['fail-on-secrets: a b']);
  });
  it('no bundle is no pass', () => {
    const { bundle, ...rest } = unjudged();
    expect([bundle, applyPolicy({ ...rest, vulnerabilities: [] }, { failOn: 'critical' }, NOW).policy.verdict]).toEqual(
      [BUNDLE, 'fail'],
    );
  });
  it('an expired bundle fails every gate run', () => {
    expect(failing({ failOn: 'critical' }, { bundle: { ...BUNDLE, expired: true } })).toEqual([
      'database-expired: sha256:b1',
    ]);
  });
  it('data older than asked fails as a database gate', () => {
    const gates = judge({ maxDatabaseAgeDays: 30 }).policy.gates;
    expect(gates).toEqual([
      {
        id: 'max-db-age',
        action: 'fail',
        subject: 'database',
        passed: false,
        message: 'advisory data older than 30 days',
        findings: ['sha256:b1'],
      },
    ]);
  });
  it('only the sources that the image was judged by must be fresh', () => {
    const sources = [
      { id: 'osv/Debian', capturedAt: '2026-01-31', used: true },
      { id: 'osv/CRAN', capturedAt: '2020-01-01' },
    ];
    expect(failing({ maxDatabaseAgeDays: 30 }, { bundle: { ...BUNDLE, sources } })).toEqual([]);
  });
  it('one gate asked for is one gate judged', () => {
    expect(judge({ failOn: 'critical' }).policy).toEqual({
      verdict: 'pass',
      gates: [
        {
          id: 'fail-on',
          action: 'fail',
          subject: 'vulnerability',
          passed: true,
          message: 'severity critical or worse (0 found, 0 allowed)',
          findings: [],
        },
      ],
    });
  });
  it('secrets count where asked', () => {
    const fields = { secrets: [secret({ verdict: 'structured' })] };
    expect([failing({ failOnSecrets: 'proven' }, fields), failing({ failOnSecrets: 'structured' }, fields)]).toEqual([
      [],
      ['fail-on-secrets: aws-access-key'],
    ]);
  });
  it('what was not looked for does not pass', () => {
    const { verdict, gates } = judge(
      { failOnSecrets: 'proven', failOnChecks: 'low' },
      { scanners: ['vuln', 'license'] },
    ).policy;
    expect([verdict, gates.map(({ id, action, passed, message }) => [id, action, passed, message])]).toEqual([
      'warn',
      [
        ['fail-on-secrets', 'warn', false, 'secrets were not looked for'],
        ['fail-on-checks', 'warn', false, 'image checks were not run'],
      ],
    ]);
  });
  it('a policy judges what the run looked for, and says what it did not', () => {
    const policy = parsePolicy(
      [
        'version: 1',
        'gates:',
        "  - {id: v, on: vulnerability, when: {severity: '>=low'}}",
        "  - {id: d, on: database, when: {ageDays: '>1'}}",
        '  - {id: e, on: image, when: {osEndOfLife: true}}',
        '  - {id: r, on: image, when: {root: true}}',
        '  - {id: s, on: secret}',
      ].join('\n'),
      'policy.yaml',
    );
    const { bundle: _bundle, ...analysis } = unjudged({ scanners: ['secret'] });
    const { verdict, gates } = applyPolicy(analysis, { policy }, NOW).policy;
    expect([verdict, gates.map(({ id, action, passed, message }) => [id, action, passed, message])]).toEqual([
      'warn',
      [
        ['v', 'warn', false, 'vulnerabilities were not looked for'],
        ['d', 'warn', false, 'vulnerabilities were not looked for'],
        ['e', 'warn', false, 'vulnerabilities were not looked for'],
        ['r', 'warn', false, 'image checks were not run'],
        ['s', 'fail', true, '0 found, 0 allowed'],
      ],
    ]);
  });
  it('what was not looked for in files does not pass, where a gate asks for nothing else', () => {
    const policy = parsePolicy(
      [
        'version: 1',
        'gates:',
        '  - {id: changed, on: misconfiguration, when: {id: PLM-C025}}',
        '  - {id: bad, on: misconfiguration, when: {id: [PLM-C026, PLM-C025]}}',
        '  - {id: any, on: misconfiguration, when: {id: [PLM-C026, PLM-C001]}}',
      ].join('\n'),
      'policy.yaml',
    );
    const gatesOf = (more: Partial<Analysis['files']>) => {
      const analysis = unjudged({});
      const { gates } = applyPolicy({ ...analysis, files: { ...analysis.files, ...more } }, { policy }, NOW).policy;
      return gates.map(({ id, action, message }) => `${id} ${action}: ${message}`);
    };
    expect(gatesOf({})).toEqual([
      'changed warn: files of packages were not verified (--verify-files)',
      'bad warn: known bad files were not looked for (--known-bad)',
      'any fail: 0 found, 0 allowed',
    ]);
    const integrity = { checked: 0, withoutDigest: 0, modified: [] };
    expect(gatesOf({ integrity })).toEqual([
      'changed fail: 0 found, 0 allowed',
      'bad fail: 0 found, 0 allowed',
      'any fail: 0 found, 0 allowed',
    ]);
  });
  it('what only a bundle knows fails where it was looked for and there is none', () => {
    const { bundle: _bundle, ...analysis } = unjudged({ scanners: ['vuln'] });
    const { gates } = applyPolicy(analysis, { failOn: 'low', failOnEndOfLife: true }, NOW).policy;
    expect(gates.map(({ id, passed, message }) => [id, passed, message])).toEqual([
      ['fail-on', false, 'no advisory bundle was read: nothing can be said about vulnerabilities'],
      ['end-of-life', false, 'no advisory bundle was read: nothing can be said about the end of life of the distro'],
    ]);
  });
  it('a gate about the image or the database without a message says what it asks', () => {
    const gates = [
      '{id: r, on: image, when: {root: true, layers: "<5"}}',
      '{id: l, on: image, when: {missingLabels: [team, owner]}}',
      '{id: d, on: database, when: {ageDays: ">1"}}',
      '{id: e, on: database, when: {expired: true}}',
      '{id: x, on: image, expression: size(image.labels) > 0}',
    ];
    const policy = parsePolicy(`version: 1\ngates:\n${gates.map((gate) => `  - ${gate}\n`).join('')}`, 'policy.yaml');
    expect(judge({ policy }).policy.gates.map(({ id, passed, message }) => [id, passed, message])).toEqual([
      ['r', true, 'not the case: the container runs as root and layers <5 (it has 0)'],
      ['l', false, 'no label owner'],
      ['d', false, 'days since its oldest source was captured >1'],
      ['e', true, 'not the case: the bundle has expired'],
      ['x', false, 'the condition holds'],
    ]);
  });
  it('a build is what a signed provenance says', () => {
    const gates = [
      '{id: by, on: image, when: {notBuiltBy: "https://ci.example/*"}}',
      '{id: from, on: image, when: {notBuiltFrom: ["https://git.example/team/*", "https://git.example/old/*"]}}',
    ];
    const policy = parsePolicy(`version: 1\ngates:\n${gates.map((gate) => `  - ${gate}\n`).join('')}`, 'policy.yaml');
    const stated = {
      predicateType: 'p',
      builder: 'https://ci.example/7',
      source: { uri: 'https://git.example/other/app.git' },
      materials: [],
    };
    const messages = (signed: boolean) =>
      judge({ policy }, { image: { ...unjudged().image, provenance: [{ ...stated, signed }] } }).policy.gates.map(
        ({ id, passed, message }) => [id, passed, message],
      );
    expect(messages(true)).toEqual([
      ['by', true, 'not the case: not built by https://ci.example/* (signed provenance)'],
      ['from', false, 'not built from https://git.example/team/*, https://git.example/old/* (signed provenance)'],
    ]);
    expect(messages(false)[0]).toEqual(['by', false, 'not built by https://ci.example/* (no signed provenance)']);
  });
  it('wasted bytes and efficiency are judged, but not those of an SBOM', () => {
    const text =
      'version: 1\ngates:\n  - {id: w, on: image, when: {wastedBytes: ">1000"}}\n  - {id: e, on: image, when: {efficiency: "<0.9"}}\n';
    const policy = parsePolicy(text, 'policy.yaml');
    const waste = { bytes: 2000, efficiency: 0.95 };
    const { image } = unjudged();
    const results = (fields: Partial<Analysis>): readonly unknown[] =>
      judge({ policy }, { scanners: ['vuln'], waste, ...fields }).policy.gates.map(({ passed, action, message }) => [
        passed,
        action,
        message,
      ]);
    expect(results({})).toEqual([
      [false, 'fail', 'wasted bytes >1000 (it has 2000)'],
      [true, 'fail', 'not the case: efficiency <0.9 (it has 0.95)'],
    ]);
    expect(results({ image: { ...image, kind: 'sbom' } })).toEqual([
      [false, 'warn', 'an SBOM holds no layers to measure'],
      [false, 'warn', 'an SBOM holds no layers to measure'],
    ]);
  });
  it('layers and bytes of an SBOM that tells no layers are not judged: none are not few', () => {
    const text =
      'version: 1\ngates:\n  - {id: l, on: image, when: {layers: ">20"}}\n  - {id: b, on: image, when: {bytes: ">1000"}}\n';
    const policy = parsePolicy(text, 'policy.yaml');
    const { image } = unjudged();
    const results = (fields: Partial<Analysis['image']>): readonly unknown[] =>
      judge({ policy }, { scanners: ['vuln'], image: { ...image, kind: 'sbom', ...fields } }).policy.gates.map(
        ({ action, message }) => [action, message],
      );
    expect(results({ layers: [] })).toEqual([
      ['warn', 'the SBOM does not tell the layers'],
      ['warn', 'the SBOM does not tell the layers'],
    ]);
    expect(results({ layers: analysisFixture().image.layers })).toEqual([
      ['fail', 'not the case: layers >20 (it has 4)'],
      ['fail', 'bytes >1000 (it has 83002048)'],
    ]);
  });
  it('unfixed findings can be left out, undecided ones cannot', () => {
    const vulnerabilities = [
      vulnerability('CVE-1', 'zlib', { fixedIn: [], status: 'affected' }),
      vulnerability('CVE-2', 'zlib', { fixedIn: [], status: 'undecided' }),
    ];
    expect(failing({ failOn: 'low', ignoreUnfixed: true }, { vulnerabilities })).toEqual(['fail-on: CVE-2']);
  });
  it('--severity suppresses other severities and keeps unknown ones', () => {
    const vulnerabilities = [
      vulnerability('CVE-1', 'zlib', { severity: 'low' }),
      vulnerability('CVE-2', 'zlib', { severity: 'unknown' }),
    ];
    expect(
      judge({ severities: ['high', 'critical'] }, { vulnerabilities }).vulnerabilities.map(
        (finding) => finding.suppressed,
      ),
    ).toEqual([{ reason: 'severity' }, undefined]);
  });
  it('a baseline leaves only what is new', () => {
    const before = applyPolicy(unjudged(), {}, NOW);
    const baseline = parseBaseline(JSON.stringify(before), 'old.json');
    const vulnerabilities = [vulnerability('CVE-1', 'openssl'), vulnerability('CVE-1', 'zlib')];
    const judged = judge({ baseline, failOn: 'low' }, { vulnerabilities });
    expect(judged.vulnerabilities.map((finding) => finding.suppressed)).toEqual([
      { reason: 'baseline', rule: 'old.json' },
      undefined,
    ]);
  });
  it('a package that came back from a deleted layer is new to the baseline', () => {
    const deleted = applyPolicy(
      unjudged({ vulnerabilities: [vulnerability('CVE-1', 'openssl', { state: 'deleted' })] }),
      {},
      NOW,
    );
    expect(failing({ baseline: parseBaseline(JSON.stringify(deleted), 'old.json'), failOn: 'low' })).toEqual([
      'fail-on: CVE-1',
    ]);
  });
  it('a build with another line before what failed brings nothing new, one that fails once more does', () => {
    const failed = (...positions: readonly number[]) => ({
      misconfigurations: positions.map((position) => ({
        id: 'PLM-C010',
        title: 'ADD instead of COPY',
        severity: 'low' as const,
        evidence: `history entry ${position} (ADD)`,
        remediation: 'use COPY',
      })),
      secrets: [secret({ source: 'history', name: `${positions[0]} TOKEN` })],
    });
    const baseline = parseBaseline(JSON.stringify(applyPolicy(unjudged(failed(3)), {}, NOW)), 'old.json');
    const judged = judge({ baseline }, failed(4, 5));
    const known = { reason: 'baseline', rule: 'old.json' };
    expect(judged.misconfigurations.map(({ suppressed }) => suppressed)).toEqual([known, undefined]);
    expect(judged.secrets.map(({ suppressed }) => suppressed)).toEqual([known]);
  });
  it('another file is no baseline', () => expect(() => parseBaseline('{}', 'old.json')).toThrow(PlimsollError));
});

describe('packages without advisories', () => {
  const bundle = {
    ...BUNDLE,
    coverage: {
      os: 'noData',
      unjudged: [
        { missing: 'Debian 12', packageIds: ['pkg:deb/debian/openssl@1.0', 'pkg:deb/debian/zlib@1.0'] },
        { missing: 'npm', packageIds: ['pkg:npm/lodash@4'] },
      ],
    },
  } as const;
  const lodash = debPackage('lodash', { id: 'pkg:npm/lodash@4', type: 'npm', purl: 'pkg:npm/lodash@4' });
  const packages = [debPackage('openssl'), debPackage('zlib'), lodash, debPackage('curl')];
  const fields = { bundle, packages, vulnerabilities: [] };
  const warning = (message: string) => ({
    id: 'coverage',
    action: 'warn',
    subject: 'database',
    passed: false,
    message,
    findings: ['sha256:b1'],
  });
  const tripped = (options: PolicyOptions, changed: Partial<Analysis> = {}) => {
    const { verdict, gates } = judge(options, { ...fields, ...changed }).policy;
    return [verdict, gates.filter((gate) => !gate.passed)];
  };

  it('a gate over vulnerabilities holds with a warning only', () =>
    expect(tripped({ failOn: 'low' })).toEqual([
      'warn',
      [warning('3 of 4 packages could not be judged (no data for Debian 12, npm)')],
    ]));
  it('a gate over secrets does not ask for them', () =>
    expect(tripped({ failOnSecrets: 'proven' })).toEqual(['pass', []]));
  it('a gate over some packages asks for those', () =>
    expect(tripped(withPolicy('id: g', 'on: vulnerability', 'when: {type: npm}'))).toEqual([
      'warn',
      [warning('1 of 1 package could not be judged (no data for npm)')],
    ]));
  it('what only history holds counts with --history only', () => {
    const deleted = { packages: packages.map((found) => ({ ...found, state: 'deleted' as const })) };
    expect([tripped({ failOn: 'low' }, deleted), tripped({ failOn: 'low', history: true }, deleted)]).toEqual([
      ['pass', []],
      ['warn', [warning('3 of 4 packages could not be judged (no data for Debian 12, npm)')]],
    ]);
  });
  it('--require-coverage fails as a database gate', () =>
    expect(tripped({ failOn: 'low', requireCoverage: true })).toEqual([
      'fail',
      [{ ...warning('3 of 4 packages could not be judged (no data for Debian 12, npm)'), action: 'fail' }],
    ]));
  it('--require-coverage holds where all could be judged', () =>
    expect(judge({ requireCoverage: true }).policy).toMatchObject({
      verdict: 'pass',
      gates: [{ id: 'coverage', passed: true, message: '2 packages could be judged' }, { id: 'starter-set' }],
    }));
  it('a policy may set its own mark', () =>
    expect(
      tripped({
        policy: parsePolicy(
          'version: 1\ngates:\n  - {id: v, on: vulnerability}\n  - {id: c, on: database, when: {unjudged: ">3"}}\n',
          'policy.yaml',
        ),
      }),
    ).toEqual(['pass', []]));
  it('a starter set judges nothing for good', () =>
    expect(tripped({ failOn: 'low' }, { bundle: { ...BUNDLE, starter: true } })).toEqual([
      'warn',
      [
        {
          id: 'starter-set',
          action: 'warn',
          subject: 'database',
          passed: false,
          message: 'only the starter set of advisories was used',
          findings: ['sha256:b1'],
        },
      ],
    ]));
  it('an expired bundle fails a policy too', () =>
    expect(failing(withPolicy('id: g', 'on: secret'), { bundle: { ...BUNDLE, expired: true } })).toEqual([
      'database-expired: sha256:b1',
    ]));
});

describe('policy files', () => {
  const cases: readonly (readonly [string, readonly string[], Partial<Analysis>, readonly string[]])[] = [
    [
      'severity and fix',
      ['id: g', 'on: vulnerability', 'when: {severity: ">=high", fix: available}'],
      {},
      ['g: CVE-1'],
    ],
    ['no fix', ['id: g', 'on: vulnerability', 'when: {fix: none}'], {}, []],
    ['budget', ['id: g', 'on: vulnerability', 'max: 1'], {}, []],
    [
      'known exploited',
      ['id: g', 'on: vulnerability', 'when: {kev: true}'],
      { vulnerabilities: [vulnerability('CVE-1', 'zlib', { kev: { dateAdded: '2026-01-01' } })] },
      ['g: CVE-1'],
    ],
    ['epss that nobody states', ['id: g', 'on: vulnerability', 'when: {epss: ">=0.1"}'], {}, []],
    [
      'age',
      ['id: g', 'on: vulnerability', 'when: {ageDays: ">14"}'],
      { vulnerabilities: [vulnerability('CVE-1', 'zlib', { published: '2026-01-01T00:00:00Z' })] },
      ['g: CVE-1'],
    ],
    [
      'CEL',
      ['id: g', 'on: vulnerability', `expression: 'finding.package.name == "openssl" && image.labels.team == "shop"'`],
      {},
      ['g: CVE-1'],
    ],
    ['CEL without an answer fails', ['id: g', 'on: vulnerability', `expression: 'finding.nothing == 1'`], {}, ['g: ']],
    ['other images', ['id: g', 'on: vulnerability', 'images: ["*/dev/*"]'], {}, []],
    [
      'denied package',
      ['id: g', 'on: package', 'when: {purl: "pkg:deb/debian/zlib"}'],
      {},
      ['g: pkg:deb/debian/zlib@1.0'],
    ],
    [
      'denied licence',
      ['id: g', 'on: license', 'when: {denied: [AGPL-3.0-only]}'],
      {
        packages: [
          debPackage('a', { licenses: ['AGPL-3.0-only'] }),
          debPackage('b', { licenses: ['MIT OR AGPL-3.0-only'] }),
        ],
      },
      ['g: pkg:deb/debian/a@1.0'],
    ],
    [
      'allowed licences',
      ['id: g', 'on: license', 'when: {allowed: [MIT]}'],
      {
        packages: [
          debPackage('a', { licenses: ['MIT OR GPL-2.0-only'] }),
          debPackage('b', { licenses: ['odd words'] }),
        ],
      },
      ['g: pkg:deb/debian/b@1.0'],
    ],
    [
      'lost coverage',
      ['id: g', 'on: problem', 'when: {code: "PLM_*"}'],
      { problems: [{ code: 'PLM_X', detail: '' }] },
      ['g: PLM_X'],
    ],
    ['stale data', ['id: g', 'on: database', 'when: {ageDays: ">30"}'], {}, ['g: sha256:b1']],
    [
      'missing label',
      ['id: g', 'on: image', 'when: {missingLabels: [owner]}'],
      {},
      ['g: registry.local/prod/shop:1.0'],
    ],
    [
      'secrets of the final file system',
      ['id: g', 'on: secret', 'when: {state: present}'],
      { secrets: [secret(), secret({ ruleId: 'b', state: 'deleted' })] },
      ['g: aws-access-key'],
    ],
    [
      'deleted secrets',
      ['id: g', 'on: secret', 'when: {verdict: ">=structured", state: deleted}'],
      { secrets: [secret(), secret({ ruleId: 'b', state: 'deleted' })] },
      ['g: b'],
    ],
  ];
  for (const [name, gate, fields, expected] of cases)
    it(name, () => expect(failing(withPolicy(...gate), fields)).toEqual(expected));

  it('a gate that only warns gives the verdict warn', () => {
    expect(judge(withPolicy('id: g', 'on: vulnerability', 'action: warn')).policy.verdict).toBe('warn');
  });

  for (const [name, gate] of [
    ['a word of another subject', ['id: g', 'on: secret', 'when: {fix: available}']],
    ['an unknown subject', ['id: g', 'on: everything']],
    ['an unknown severity', ['id: g', 'on: vulnerability', 'when: {severity: ">=bad"}']],
    ['a broken expression', ['id: g', 'on: vulnerability', `expression: 'finding.'`]],
    ['an expression over unknown names', ['id: g', 'on: vulnerability', `expression: 'process.exit'`]],
    ['a backtracking pattern', ['id: g', 'on: vulnerability', `expression: 'finding.id.matches("(a+)+$")'`]],
    ['no truth value', ['id: g', 'on: vulnerability', `expression: '1 + 1'`]],
    ['two gates of one name', ['id: g', 'on: vulnerability', '', '- {id: g, on: secret}'.padStart(0)]],
    ['a database gate without condition', ['id: g', 'on: database']],
  ] as const) {
    it(`refuses ${name}`, () => {
      const text =
        gate.length === 4
          ? 'version: 1\ngates: [{id: g, on: vulnerability}, {id: g, on: secret}]\n'
          : `version: 1\ngates:\n  - ${gate.join('\n    ')}\n`;
      expect(() => parsePolicy(text, 'policy.yaml')).toThrow(expect.objectContaining({ code: 'PLM_POLICY_INVALID' }));
    });
  }
});
