import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlimsollError } from '../../../src/errors.ts';
import { DEFAULT_LIMITS, withLimits } from '../../../src/limits.ts';
import { readSbom } from '../../../src/report/read-sbom/read-sbom.ts';
import { analysisFixture } from '../../support/analysis-fixture.ts';
import { reportText } from '../../support/report-text.ts';

const invalid = (text: string | Uint8Array) => () =>
  readSbom(typeof text === 'string' ? Buffer.from(text) : text, DEFAULT_LIMITS);

describe('what is no SBOM', () => {
  it.each([
    ['empty', ''],
    ['text', 'hello'],
    ['other JSON', '{"a":1}'],
    ['cut JSON', '{"bomFormat":"CycloneDX","components":['],
    ['JSON nested too deep', `{"bomFormat":"CycloneDX","components":${'['.repeat(100_000)}`],
    ['other XML', '<a/>'],
    ['cut XML', '<bom><components>'],
    ['XML with a document type', '<!DOCTYPE bom [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><bom>&b;</bom>'],
    ['XML nested too deep', `${'<bom>'.repeat(50_000)}${'</bom>'.repeat(50_000)}`],
    ['XML with a name of Object.prototype', '<bom><__proto__>1</__proto__></bom>'],
  ])('%s is refused', (_, text) => {
    expect(invalid(text)).toThrow(expect.objectContaining({ code: 'PLM_SBOM_INVALID' }));
  });

  it('bytes that are not UTF-8 are refused', () => {
    expect(invalid(Uint8Array.of(0x7b, 0xff, 0xfe))).toThrow(expect.objectContaining({ code: 'PLM_SBOM_INVALID' }));
  });

  it('more bytes than the limit are refused before they are read', () => {
    expect(() => readSbom(new Uint8Array(11), withLimits({ sbomBytes: 10 }))).toThrow(
      expect.objectContaining({ code: 'PLM_LIMIT' }),
    );
  });
});

describe('an SBOM of more than is kept', () => {
  const component = { type: 'library', name: 'a', purl: 'pkg:npm/a@1' };
  const document = (...components: readonly object[]): Uint8Array =>
    Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components }));

  it.each([
    ['values', { sbomValues: 10 }, document(component, component, component)],
    ['components', { imagePackages: 1 }, document(component, component)],
    ['lines', { sbomValues: 8 }, Buffer.from('SPDXVersion: SPDX-2.3\n\n\n\n\n')],
    ['packages', { imagePackages: 1 }, Buffer.from('SPDXVersion: SPDX-2.3\nPackageName: a\nPackageName: b\n')],
    [
      'lines of a text in a statement',
      { sbomValues: 10 },
      Buffer.from(
        JSON.stringify({
          _type: 'https://in-toto.io/Statement/v1',
          predicate: 'SPDXVersion: SPDX-2.3\n\n\n\n\n\n',
        }),
      ),
    ],
    ['elements', { sbomValues: 8 }, Buffer.from('<bom><a/><a/><a/></bom>')],
  ] as const)('is refused: %s', (_, limits, bytes) => {
    expect(() => readSbom(bytes, withLimits(limits))).toThrow(expect.objectContaining({ code: 'PLM_LIMIT' }));
  });

  it('does not count the properties of other tools that nothing is read from', () => {
    const properties = Array.from({ length: 20 }, (_, number) => ({ name: `syft:cpe${number}`, value: 'x' }));
    const bytes = document({ ...component, properties }, { ...component, properties }, { ...component, properties });
    expect(readSbom(bytes, withLimits({ sbomValues: 100 })).packages).toHaveLength(3);
  });

  it('loses components whose name or purl is no name', () => {
    const { packages, problems } = readSbom(
      document({ ...component, purl: `pkg:npm/${'a'.repeat(5000)}@1` }),
      DEFAULT_LIMITS,
    );
    expect({ packages, problems }).toEqual({
      packages: [],
      problems: [
        {
          code: 'PLM_SBOM_COMPONENT',
          detail: '1 component of the SBOM without a usable package URL: not matched',
        },
      ],
    });
  });
});

describe('a damaged SBOM', () => {
  it('holds fields of the wrong type without effect', () => {
    const document = {
      bomFormat: 'CycloneDX',
      specVersion: 1,
      metadata: [],
      components: [
        null,
        1,
        [],
        {
          type: 'library',
          name: 3,
          purl: 'pkg:npm/a@1',
          licenses: [1, {}],
          hashes: 'x',
          properties: [{ name: 'plimsoll:type', value: 'npm' }, {}],
        },
      ],
      dependencies: { ref: 1 },
    };
    expect(readSbom(Buffer.from(JSON.stringify(document)), DEFAULT_LIMITS).packages).toEqual([
      {
        id: 'pkg:npm/a@1',
        type: 'npm',
        name: 'a',
        version: '1',
        purl: 'pkg:npm/a@1',
        licenses: [],
        locations: [{ path: '', layer: 0 }],
        state: 'present',
      },
    ]);
  });

  it.each(['cyclonedx-json', 'cyclonedx-xml', 'spdx-json', 'spdx-tag-value', 'spdx3-json'])(
    '%s with any bytes changed is read or refused, never a defect',
    async (format) => {
      const original = Buffer.from(await reportText(format, analysisFixture()));
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
          fc.nat(original.length),
          (changes, length) => {
            const bytes = Buffer.from(original);
            for (const [at, value] of changes) bytes[at] = value;
            try {
              readSbom(bytes.subarray(0, length < 40 ? length : original.length), DEFAULT_LIMITS);
            } catch (error) {
              if (!(error instanceof PlimsollError)) throw error;
            }
          },
        ),
        { numRuns: 150 },
      );
    },
  );
});
