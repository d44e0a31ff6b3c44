import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/limits.ts';
import { checkSbom, elementsBelow } from '../../../src/report/check-sbom/check-sbom.ts';
import { SBOM_STANDARDS } from '../../../src/report/check-sbom/standards.ts';
import { readSbomDocument } from '../../../src/report/read-sbom/read-sbom.ts';
import { analysisFixture } from '../../support/analysis-fixture.ts';
import { reportText } from '../../support/report-text.ts';

function check(text: string, standard: 'ntia' | 'cisa' = 'ntia'): ReturnType<typeof checkSbom> {
  return checkSbom(readSbomDocument(new TextEncoder().encode(text), DEFAULT_LIMITS), SBOM_STANDARDS[standard]);
}

function counts(text: string, standard: 'ntia' | 'cisa' = 'ntia'): readonly string[] {
  return check(text, standard).map(({ element, stated, of }) => `${element} ${stated}/${of}`);
}

describe('checkSbom on our own SBOMs', () => {
  it.each([
    'cyclonedx-json',
    'cyclonedx-json@1.4',
    'cyclonedx-xml',
    'spdx-json',
    'spdx-json@2.2',
    'spdx-tag-value',
    'spdx-tag-value@2.2',
    'spdx3-json',
    'intoto-spdx',
  ])('finds the same in %s', async (name) => {
    const text = await reportText(name, analysisFixture(), { created: '2026-01-31T00:00:00Z' });
    expect(counts(text)).toEqual([
      'author 1/1',
      'timestamp 1/1',
      'supplier 3/7',
      'name 7/7',
      'version 7/7',
      'identifier 6/7',
      'relationship 7/7',
    ]);
  });
});

describe('checkSbom on SBOMs of others', () => {
  it('counts what each component leaves out, and names it', () => {
    const bom = {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { timestamp: 'yesterday', tools: { components: [{ type: 'application', name: 'maker' }] } },
      components: [
        { type: 'library', 'bom-ref': 'a', name: 'a', version: '1', purl: 'pkg:npm/a@1', supplier: { name: 'A' } },
        { type: 'library', 'bom-ref': 'b', group: 'g', name: 'b', cpe: 'cpe:2.3:a:g:b:2:*:*:*:*:*:*:*', version: '2' },
        { type: 'library', 'bom-ref': 'c', name: 'c', components: [{ type: 'library', 'bom-ref': 'd', name: 'd' }] },
        { type: 'file', 'bom-ref': 'f', name: '/etc/passwd' },
      ],
      dependencies: [{ ref: 'a', dependsOn: ['b'] }],
    };
    expect(check(JSON.stringify(bom))).toEqual([
      { element: 'author', stated: 1, of: 1, missing: [] },
      { element: 'timestamp', stated: 0, of: 1, missing: [] },
      { element: 'supplier', stated: 1, of: 4, missing: ['c', 'd', 'g/b 2'] },
      { element: 'name', stated: 4, of: 4, missing: [] },
      { element: 'version', stated: 2, of: 4, missing: ['c', 'd'] },
      { element: 'identifier', stated: 2, of: 4, missing: ['c', 'd'] },
      { element: 'relationship', stated: 4, of: 4, missing: [] },
    ]);
  });

  it('takes NOASSERTION for nothing, and a source package for none of the components', () => {
    const spdx = {
      spdxVersion: 'SPDX-2.3',
      creationInfo: { created: '2026-01-31T00:00:00Z', creators: ['Tool: maker'] },
      packages: [
        { SPDXID: 'a', name: 'a', versionInfo: 'NOASSERTION', supplier: 'NOASSERTION', licenseDeclared: 'MIT' },
        { SPDXID: 's', name: 'src', primaryPackagePurpose: 'SOURCE' },
      ],
      relationships: [{ spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'a' }],
    };
    expect(counts(JSON.stringify(spdx), 'cisa')).toEqual([
      'author 1/1',
      'timestamp 1/1',
      'supplier 0/1',
      'name 1/1',
      'version 0/1',
      'identifier 0/1',
      'relationship 1/1',
      'primary component 1/1',
      'hash 0/1',
      'licence 1/1',
      'copyright 0/1',
    ]);
  });
});

it('elementsBelow names the elements that too few components state, to the digit', () => {
  const results = [
    { element: 'name', stated: 100, of: 100, missing: [] },
    { element: 'supplier', stated: 55, of: 100, missing: ['a'] },
  ];
  expect([55, 55.1, 100].map((percentage) => elementsBelow(results, percentage))).toEqual([
    [],
    ['supplier'],
    ['supplier'],
  ]);
});

it('elementsBelow takes an SBOM without components for none that states everything', () => {
  const results = [{ element: 'supplier', stated: 0, of: 0, missing: [] }];
  expect([0, 1, 100].map((percentage) => elementsBelow(results, percentage))).toEqual([[], ['supplier'], ['supplier']]);
});
