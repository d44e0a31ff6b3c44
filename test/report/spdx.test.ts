import { describe, expect, it } from 'vitest';
import { analysisFixture, HOSTILE } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';

describe('spdx-json', () => {
  it('describes a package with checksums, licence, purl and an annotation of what SPDX has no field for', async () => {
    const document = JSON.parse(await reportText('spdx-json', analysisFixture()));
    expect(document.packages.find((item: { name: string }) => item.name === 'lodash')).toEqual({
      SPDXID: 'SPDXRef-Package-npm-lodash-fc22e3b035d7471a',
      name: 'lodash',
      versionInfo: '4.17.15',
      supplier: 'NOASSERTION',
      downloadLocation: 'NOASSERTION',
      filesAnalyzed: false,
      primaryPackagePurpose: 'LIBRARY',
      checksums: [{ algorithm: 'SHA1', checksumValue: 'b447f6670a0455bbfeedd11392eff330ea097548' }],
      sourceInfo:
        '/app/node_modules/lodash/package.json of layer 2, read by npm/package-json; /opt/lodash/package.json of layer 2, read by npm/package-json',
      licenseConcluded: 'NOASSERTION',
      licenseDeclared: 'MIT',
      copyrightText: 'NOASSERTION',
      externalRefs: [
        { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:npm/lodash@4.17.15' },
      ],
      annotations: [
        {
          annotationDate: '2026-10-01T12:00:00Z',
          annotationType: 'OTHER',
          annotator: 'Tool: plimsoll-0.1.0',
          comment: [
            'plimsoll:id=pkg:npm/lodash@4.17.15',
            'plimsoll:type=npm',
            'plimsoll:state=present',
            'plimsoll:hidden=false',
            'plimsoll:layer=2',
            'plimsoll:scope=runtime',
            'plimsoll:location={"layer":2,"path":"/app/node_modules/lodash/package.json","detector":"npm/package-json"}',
            'plimsoll:location={"layer":2,"path":"/opt/lodash/package.json","detector":"npm/package-json"}',
            'plimsoll:name=lodash',
            'plimsoll:hash=SHA-1:b447f6670a0455bbfeedd11392eff330ea097548',
            'plimsoll:license=MIT',
          ].join('\n'),
        },
      ],
    });
  });

  it('leaves out of SPDX 2.2 what 2.3 brought, and nothing else', async () => {
    const [newer, older] = await Promise.all(
      ['2.3', '2.2'].map(async (version) => JSON.parse(await reportText(`spdx-json@${version}`, analysisFixture()))),
    );
    expect(older.spdxVersion).toBe('SPDX-2.2');
    expect(older.packages).toEqual(
      newer.packages.map(({ primaryPackagePurpose: _purpose, ...item }: { primaryPackagePurpose: string }) =>
        JSON.parse(JSON.stringify(item).replaceAll('PACKAGE-MANAGER', 'PACKAGE_MANAGER')),
      ),
    );
    const tags = await reportText('spdx-tag-value@2.2', analysisFixture());
    expect([tags.split('\n')[0], tags.includes('PrimaryPackagePurpose')]).toEqual(['SPDXVersion: SPDX-2.2', false]);
  });

  it('turns what is no licence expression into a reference with its text', async () => {
    const document = JSON.parse(await reportText('spdx-json', analysisFixture()));
    const [extracted] = document.hasExtractedLicensingInfos;
    expect(extracted).toEqual({
      licenseId: expect.stringMatching(/^LicenseRef-[0-9a-f]{16}$/),
      extractedText: HOSTILE,
    });
    expect(document.packages.at(-1).licenseDeclared).toBe(`${extracted.licenseId} AND (MIT OR Apache-2.0)`);
  });

  it('relates image, packages, dependencies and source packages', async () => {
    const document = JSON.parse(await reportText('spdx-json', analysisFixture()));
    const short = (id: string): string => id.replace(/^SPDXRef-/, '').replace(/-[0-9a-f]{16}$/, '');
    const rows = document.relationships.map(
      (row: Record<string, string>) =>
        `${short(row['spdxElementId'] ?? '')} ${row['relationshipType']} ${short(row['relatedSpdxElement'] ?? '')}`,
    );
    expect(rows).toEqual([
      'DOCUMENT DESCRIBES Image',
      'Image CONTAINS OperatingSystem',
      'Image CONTAINS Package-deb-openssl',
      'Package-deb-openssl DEPENDS_ON Package-deb-libssl3',
      'Image CONTAINS Package-deb-libssl3',
      'Package-deb-libssl3 GENERATED_FROM Source-deb-openssl',
      'Image CONTAINS Package-deb-curl',
      'Image CONTAINS Package-npm-lodash',
      'Image CONTAINS Package-npm-x',
    ]);
  });

  it('takes the time asked for, else the time of the image', async () => {
    const at = async (created?: string) =>
      JSON.parse(await reportText('spdx-json', analysisFixture(), created === undefined ? {} : { created }))
        .creationInfo.created;
    expect(await at()).toBe('2026-10-01T12:00:00Z');
    expect(await at('2026-11-22T08:00:00+01:00')).toBe('2026-11-22T07:00:00Z');
  });
});

describe('spdx-tag-value', () => {
  it('keeps hostile text inside its own tag', async () => {
    const fixture = analysisFixture();
    const [first, ...others] = fixture.packages;
    if (first === undefined) throw new Error('the fixture has packages');
    const path = '/a</text>\nPackageName: forged';
    const text = await reportText('spdx-tag-value', {
      ...fixture,
      packages: [{ ...first, name: 'x\nPackageName: forged', locations: [{ path, layer: 0 }] }, ...others],
    });
    expect(text.split('\n').filter((line) => line.startsWith('PackageName:'))).toEqual([
      'PackageName: registry.example/shop:1.4',
      'PackageName: debian',
      'PackageName: x PackageName: forged',
      'PackageName: openssl',
      'PackageName: libssl3',
      'PackageName: curl',
      'PackageName: lodash',
      'PackageName: @evil/x',
    ]);
  });
});

describe('spdx3-json', () => {
  it('gives every element the one creation info and an id below one address', async () => {
    const graph = JSON.parse(await reportText('spdx3-json', analysisFixture()))['@graph'];
    const [creation, ...elements] = graph;
    expect(creation).toMatchObject({ '@id': '_:creationInfo', type: 'CreationInfo', specVersion: '3.0.1' });
    expect(elements.filter((element: { creationInfo: string }) => element.creationInfo !== '_:creationInfo')).toEqual(
      [],
    );
    const ids = elements.map((element: { spdxId: string }) => element.spdxId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id: string) => !/^https:\/\/spdx\.org\/spdxdocs\/plimsoll-[0-9a-f-]{36}#/.test(id))).toEqual([]);
  });

  it('names who supplied the packages of the distribution, once each', async () => {
    const graph: { type: string; name: string; spdxId: string; suppliedBy?: string }[] = JSON.parse(
      await reportText('spdx3-json', analysisFixture()),
    )['@graph'];
    const names = new Map(
      graph.filter(({ type }) => type === 'Organization').map(({ spdxId, name }) => [spdxId, name]),
    );
    const supplied = graph.flatMap(({ name, suppliedBy }) =>
      suppliedBy === undefined ? [] : [[name, names.get(suppliedBy)]],
    );
    expect([[...names.values()], supplied]).toEqual([
      ['debian'],
      [
        ['openssl', 'debian'],
        ['libssl3', 'debian'],
        ['curl', 'debian'],
      ],
    ]);
  });

  it('states for every finding whether the package is affected', async () => {
    const graph = JSON.parse(await reportText('spdx3-json', analysisFixture()))['@graph'];
    const types = graph
      .map((element: { type: string }) => element.type)
      .filter((type: string) => type.includes('Assessment'));
    expect(types).toEqual([
      'security_VexAffectedVulnAssessmentRelationship',
      'security_VexAffectedVulnAssessmentRelationship',
      'security_VexAffectedVulnAssessmentRelationship',
      'security_VexAffectedVulnAssessmentRelationship',
      'security_VexAffectedVulnAssessmentRelationship',
      'security_VexNotAffectedVulnAssessmentRelationship',
    ]);
  });
});
