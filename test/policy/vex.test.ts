import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlimsollError } from '../../src/errors.ts';
import { applyVex } from '../../src/policy/vex/apply-vex.ts';
import { parseVex } from '../../src/policy/vex/parse-vex.ts';
import { unjudged } from './judged-analysis.ts';

const PURL = 'pkg:deb/debian/openssl@1.0';
const IMAGE = `pkg:oci/shop@sha256%3A${'a'.repeat(64)}`;

interface Statement {
  readonly status?: string;
  readonly product?: unknown;
  readonly author?: string;
  readonly timestamp?: string;
  readonly justification?: string | null;
}

function openVex({
  status = 'not_affected',
  product = PURL,
  author = 'vendor',
  timestamp = '2026-01-01T00:00:00Z',
  justification = 'component_not_present',
}: Statement): string {
  return JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    author,
    timestamp,
    statements: [
      {
        vulnerability: { name: 'CVE-1' },
        products: [product],
        status,
        ...(justification === null ? {} : { justification }),
      },
    ],
  });
}

function judge(...documents: readonly string[]): readonly unknown[] {
  const parsed = documents.map((text, index) => parseVex(text, `v${index}.json`));
  const judged = applyVex(
    unjudged(),
    parsed.flatMap((document) => document.statements),
  );
  return [
    judged.vulnerabilities[0]?.suppressed?.rule,
    ...[...parsed.flatMap((document) => document.problems), ...judged.problems].map((problem) => problem.code),
  ];
}

const HELD = ['v0.json: not_affected, component_not_present'];

describe('OpenVEX', () => {
  it('the package itself', () => expect(judge(openVex({ product: { '@id': PURL } }))).toEqual(HELD));
  it('a package of this image', () =>
    expect(judge(openVex({ product: { '@id': IMAGE, subcomponents: [{ '@id': PURL }] } }))).toEqual(HELD));
  it('a package of another image', () =>
    expect(
      judge(openVex({ product: { '@id': IMAGE.replace('aaa', 'bbb'), subcomponents: [{ '@id': PURL }] } })),
    ).toEqual([undefined, 'PLM_VEX_UNUSED']));
  it('the image by reference and tag', () =>
    expect(judge(openVex({ product: 'pkg:oci/shop?repository_url=registry.local/prod/shop&tag=1.0' }))).toEqual(HELD));
  it('another version', () =>
    expect(judge(openVex({ product: 'pkg:deb/debian/openssl@2.0' }))).toEqual([undefined, 'PLM_VEX_UNUSED']));
  it('a star in a product is no pattern', () =>
    expect(judge(openVex({ product: 'pkg:deb/*' }))).toEqual([undefined, 'PLM_VEX_UNUSED']));
  it('says which product of a statement about a flaw of the image is not here', () => {
    const { statements } = parseVex(openVex({ product: 'pkg:docker/shop@1.0' }), 'v.json');
    expect(applyVex(unjudged(), statements).problems).toEqual([
      {
        code: 'PLM_VEX_UNUSED',
        path: 'v.json',
        detail:
          'the statement that CVE-1 is not_affected accepts no finding: pkg:docker/shop@1.0 is neither this image nor a package that has the flaw',
      },
    ]);
  });
  it('says nothing of statements about flaws that the image does not have', () => {
    const { statements } = parseVex(openVex({ product: 'pkg:deb/debian/bash@1' }).replace('CVE-1', 'CVE-9'), 'v.json');
    expect(applyVex(unjudged(), statements).problems).toEqual([]);
  });
  it('"not affected" without a reason suppresses nothing', () =>
    expect(judge(openVex({ justification: null }))).toEqual([undefined, 'PLM_VEX_STATEMENT']));
  it('an empty product list suppresses nothing', () =>
    expect(judge(openVex({ product: {} }))).toEqual([undefined, 'PLM_VEX_STATEMENT']));
  it('under investigation suppresses nothing', () =>
    expect(judge(openVex({ status: 'under_investigation' }))).toEqual([undefined]));
  it('the later statement of one author holds', () => {
    expect(judge(openVex({}), openVex({ status: 'affected', timestamp: '2026-02-01T00:00:00Z' }))).toEqual([undefined]);
    expect(judge(openVex({ timestamp: '2026-03-01T00:00:00Z' }), openVex({ status: 'affected' }))).toEqual(HELD);
  });
  it('authors that disagree are reported and suppress nothing', () => {
    expect(judge(openVex({}), openVex({ author: 'other', status: 'affected' }))).toEqual([
      undefined,
      'PLM_VEX_CONFLICT',
    ]);
  });
});

describe('CSAF', () => {
  const csaf = (flags: readonly unknown[]): string =>
    JSON.stringify({
      document: { publisher: { name: 'vendor' }, tracking: { current_release_date: '2026-01-01T00:00:00Z' } },
      product_tree: {
        branches: [{ branches: [{ product: { product_id: 'ossl', product_identification_helper: { purl: PURL } } }] }],
        full_product_names: [{ product_id: 'img', product_identification_helper: { purl: IMAGE } }],
        relationships: [
          {
            product_reference: 'ossl',
            relates_to_product_reference: 'img',
            full_product_name: { product_id: 'img:ossl' },
          },
        ],
      },
      vulnerabilities: [{ cve: 'CVE-1', product_status: { known_not_affected: ['img:ossl'] }, flags }],
    });

  it('a component of this image, with its flag', () => {
    expect(judge(csaf([{ label: 'component_not_present', product_ids: ['img:ossl'] }]))).toEqual(HELD);
  });
  it('the flag of another product is no reason', () => {
    expect(judge(csaf([{ label: 'component_not_present', product_ids: ['x'] }]))).toEqual([
      undefined,
      'PLM_VEX_STATEMENT',
    ]);
  });
});

describe('CycloneDX', () => {
  const cyclonedx = (state: string, ref: string): string =>
    JSON.stringify({
      bomFormat: 'CycloneDX',
      components: [{ 'bom-ref': 'c1', purl: PURL }],
      vulnerabilities: [
        { id: 'CVE-1', analysis: { state, justification: 'component_not_present' }, affects: [{ ref }] },
      ],
    });
  it('a component of the document', () => expect(judge(cyclonedx('not_affected', 'c1'))).toEqual(HELD));
  it('a BOM-Link', () =>
    expect(judge(cyclonedx('false_positive', `urn:cdx:x/1#${encodeURIComponent(PURL)}`))).toEqual(HELD));
  it('in triage suppresses nothing', () => expect(judge(cyclonedx('in_triage', 'c1'))).toEqual([undefined]));
});

describe('hostile VEX', () => {
  it('any JSON is read or refused with the code', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.constantFrom(
          { '@context': 'https://openvex.dev/ns' },
          { document: {}, product_tree: {} },
          { bomFormat: 'CycloneDX' },
        ),
        (text, head) => {
          try {
            parseVex(
              JSON.stringify({ ...head, vulnerabilities: JSON.parse(text), statements: JSON.parse(text) }),
              'v.json',
            );
            return true;
          } catch (error) {
            return error instanceof PlimsollError && error.code === 'PLM_VEX_INVALID';
          }
        },
      ),
    );
  });
  it('a document nested past the limit is refused', () => {
    expect(() => parseVex('['.repeat(100_000), 'v.json')).toThrow(PlimsollError);
  });
});
