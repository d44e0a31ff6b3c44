import { describe, expect, it } from 'vitest';
import { parseCanonical } from '../../src/bundle/canonical-json.ts';
import { assertSigned, parseSignedDocument } from '../../src/bundle/trust/dsse.ts';
import { generateSigningKey } from '../../src/bundle/trust/signing-key.ts';
import { applyPolicy } from '../../src/policy/apply-policy.ts';
import { parseIgnores } from '../../src/policy/ignores/parse-ignores.ts';
import type { ArchiveStore } from '../../src/store/archive-store.ts';
import { currentAnalysis } from '../../src/store/current-analysis.ts';
import { EVIDENCE_TYPE, evidenceFiles } from '../../src/store/evidence.ts';
import { rememberDecisions } from '../../src/store/judge-archive.ts';
import { knownAt } from '../../src/store/known-at.ts';
import { rematch } from '../../src/store/rematch.ts';
import { affectedJson } from '../../src/store/reports/affected-json.ts';
import { renderAffected } from '../../src/store/reports/render-affected.ts';
import { renderTrends } from '../../src/store/reports/render-trends.ts';
import { trends } from '../../src/store/reports/trends.ts';
import { expiredImages } from '../../src/store/retention.ts';
import { archive, bundleOf, emptyArchive, imageOf, npmPackage } from './archive-fixtures.ts';

const LODASH = {
  id: 'GHSA-1',
  aliases: ['CVE-2026-1001'],
  ecosystem: 'npm',
  name: 'lodash',
  fixed: '4.17.21',
  severity: 'LOW',
};

/** One image; a finding opened on the 2nd, made worse on the 4th, withdrawn on the 6th. */
async function story(): Promise<{ readonly store: ArchiveStore; readonly key: string }> {
  const store = emptyArchive();
  const bundles = [
    bundleOf(1, []),
    bundleOf(2, [LODASH]),
    bundleOf(3, [{ ...LODASH, severity: 'CRITICAL' }]),
    bundleOf(4, []),
  ];
  const image = imageOf('shop:1', [npmPackage('lodash', '4.17.10')]);
  await archive(store, image, bundles[0], '2026-01-01T10:00:00Z');
  for (const [index, day] of ['02', '04', '06'].entries()) {
    const bundle = bundles[index + 1];
    if (bundle !== undefined)
      await rematch({ store, bundle, at: `2026-01-${day}T10:00:00Z`, earlier: () => bundles[index] });
  }
  return { store, key: image.image.configDigest };
}

describe('what was known on a day', () => {
  for (const [day, findings] of [
    ['2026-01-01', []],
    ['2026-01-03', [['CVE-2026-1001', 'low']]],
    ['2026-01-05', [['CVE-2026-1001', 'critical']]],
    ['2026-01-07', []],
  ] as const) {
    it(day, async () => {
      const { store, key } = await story();
      const known = await knownAt(store, key, `${day}T12:00:00Z`);
      expect(known.findings.map((finding) => [finding.vulnerability, finding.severity])).toEqual(findings);
    });
  }

  it('with the bundle in use then', async () => {
    const { store, key } = await story();
    expect((await knownAt(store, key, '2026-01-03T12:00:00Z')).bundle).toBe('content-2');
  });
});

describe('trends', () => {
  it('open, new and fixed by day', async () => {
    const { store } = await story();
    const groups = await trends(store, { since: '2026-01-01', until: '2026-01-07', by: 'image', filter: {} });
    expect(
      groups.map(({ group, days, meanDaysToFix }) => [
        group,
        days.map((day) => [day.open, day.new, day.fixed].join()),
        meanDaysToFix,
      ]),
    ).toEqual([['shop:1', ['0,0,0', '1,1,0', '1,0,0', '1,0,0', '1,0,0', '0,0,1', '0,0,0'], 4]]);
  });

  it('names cannot become formulas, cells or markup', () => {
    const groups = [{ group: '=cmd|"x"<script>', days: [{ day: '2026-01-01', open: 1, new: 1, fixed: 0 }] }];
    expect(renderTrends(groups, 'csv')).toBe(
      'group,day,open,new,fixed,mean days to fix\r\n"\'=cmd|""x""<script>",2026-01-01,1,1,0,\r\n',
    );
    expect(renderTrends(groups, 'html')).not.toContain('<script>');
  });
});

describe('digests of changes', () => {
  const event = {
    kind: 'added',
    cause: 'new-advisory',
    advisory: 'GHSA-1',
    aliases: [],
    packageId: 'pkg:npm/a@1',
    purl: 'pkg:npm/a@1',
    state: 'deleted',
    layer: 2,
    severity: 'high',
    fixedIn: ['2'],
    vulnerability: 'CVE-1',
    at: '2026-01-01T00:00:00Z',
  } as const;
  const report = { from: null, to: null, images: [{ image: 'sha256:a', ref: 'x|<b>\u001b[31m', events: [event] }] };

  it('table', () => {
    expect(renderAffected(report, 'table')).toBe(
      '1 archived image, 1 change.\n\nx|<b>\\x1b[31m (sha256:a)\n  added     high       CVE-1  pkg:npm/a@1  layer 2, deleted  new-advisory, fixed in 2\n',
    );
  });
  it('Markdown without markup of its own', () =>
    expect(renderAffected(report, 'markdown')).toContain('### x\\|\\<b\\>\\\\x1b\\[31m \\(sha256:a\\)'));
  it('HTML without markup of its own', () => expect(renderAffected(report, 'html')).not.toContain('<b>'));
});

describe('decisions', () => {
  it('an exception that runs out brings the finding back, with its cause', async () => {
    const store = emptyArchive();
    const bundle = bundleOf(1, [LODASH]);
    const image = imageOf('shop:1', [npmPackage('lodash', '4.17.10')]);
    await archive(store, image, bundle);
    const key = image.image.configDigest;
    const ignores = parseIgnores(
      'ignores:\n  - {id: CVE-2026-1001, reason: r, owner: o, expires: 2026-02-01}\n',
      'i.yaml',
    ).rules;
    const judge = async (at: string): Promise<readonly unknown[]> => {
      const analysis = await currentAnalysis(store, key);
      if (analysis === undefined) throw new Error('archived above');
      const judged = applyPolicy(
        {
          ...analysis,
          bundle: {
            contentId: 'content-1',
            channel: '',
            sequence: 1,
            builtAt: at,
            sources: [],
            coverage: { os: 'covered' },
          },
        },
        { failOn: 'low', ignores },
        new Date(at),
      );
      const changes = await rememberDecisions(store, [{ key, analysis: judged }], {
        policyDigest: 'p',
        bundle: 'content-1',
        at,
      });
      return [judged.policy.verdict, ...changes.map(({ kind, cause, detail }) => [kind, cause, detail])];
    };
    expect(await judge('2026-01-10T00:00:00Z')).toEqual(['pass']);
    expect(await judge('2026-02-10T00:00:00Z')).toEqual([
      'fail',
      ['suppression', 'ignore-expired', { finding: 'CVE-2026-1001 pkg:npm/lodash@4.17.10', rule: 'i.yaml#1: r' }],
      ['verdict', 'ignore-expired', { from: 'pass', to: 'fail' }],
    ]);
    expect(await judge('2026-02-11T00:00:00Z')).toEqual(['fail']);
  });
});

describe('retention', () => {
  const image = (name: string, seenAt: string, retiredAt?: string) => ({
    key: name,
    names: [name],
    manifestDigest: undefined,
    platform: '',
    os: '',
    addedAt: seenAt,
    seenAt,
    retiredAt,
    record: '',
    source: undefined,
    labels: {},
  });
  const images = [image('a:1', '2026-01-01'), image('a:2', '2026-01-02'), image('b:1', '2026-01-01', '2026-01-03')];
  for (const [name, rule, expected] of [
    ['no rule gives up nothing', {}, []],
    ['by age', { seenBefore: '2026-01-02' }, ['a:1', 'b:1']],
    ['all but the last of each repository', { keepLast: 1 }, ['a:1']],
    ['retired ones', { retiredOnly: true }, ['b:1']],
    ['all conditions must hold', { seenBefore: '2026-01-02', keepLast: 1 }, ['a:1']],
  ] as const) {
    it(name, () => expect(expiredImages(images, rule).map((found) => found.key)).toEqual(expected));
  }
});

describe('evidence', () => {
  it('the manifest is signed and names every file by digest', async () => {
    const { store } = await story();
    const key = generateSigningKey();
    const files = [];
    for await (const file of evidenceFiles(store, {
      since: '2026-01-01T00:00:00Z',
      until: '2026-01-31T00:00:00Z',
      filter: {},
      key,
      sbom: async () => '{}',
    }))
      files.push(file);
    const manifest = files.at(-1);
    const signed = parseSignedDocument(parseCanonical(manifest?.content ?? new Uint8Array(), 'manifest'), 'manifest');
    assertSigned(
      signed,
      { keys: [key.publicKey], threshold: 1, algorithms: ['ed25519', 'ml-dsa-65'] },
      { payloadType: EVIDENCE_TYPE, what: 'manifest' },
    );
    const { files: listed, chainBefore } = JSON.parse(Buffer.from(signed.payload).toString());
    expect(listed.map((entry: { path: string }) => entry.path)).toEqual(files.slice(0, -1).map((file) => file.path));
    expect(chainBefore).toBe('0'.repeat(64));
  });
});

describe('the JSON of changes', () => {
  const first = { image: 'sha256:a', ref: 'a:1', labels: { team: 'x\n"' }, events: [] };
  const second = { image: 'sha256:b', events: [] };
  const to = { contentId: 'c', sequence: 2, builtAt: '2026-01-02T00:00:00Z' };
  it.each([
    ['several pages', { from: null, to }, [[first], [], [second]]],
    ['no image', { from: null, to: null, total: 0 }, []],
    ['policies', { from: to, to, policies: [{ image: 'sha256:a', changes: [] }] }, [[first, second]]],
  ])('%s are one document', async (_name, frame, pages) => {
    async function* told() {
      yield* pages;
    }
    let text = '';
    for await (const piece of affectedJson(frame, told())) text += piece;
    const { from, to: target, ...rest } = frame;
    expect(text).toBe(
      `${JSON.stringify({ schemaVersion: 1, from, to: target, images: pages.flat(), ...rest }, undefined, 2)}\n`,
    );
  });
});
