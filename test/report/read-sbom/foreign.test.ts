import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/limits.ts';
import { readSbom } from '../../../src/report/read-sbom/read-sbom.ts';

const read = (document: unknown) =>
  readSbom(Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)), DEFAULT_LIMITS);

describe('SBOMs of other tools', () => {
  it('keeps components apart that have no reference, or share one', () => {
    const { packages } = read({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      components: [
        { type: 'library', name: 'rack', version: '2.0.5', purl: 'pkg:gem/rack@2.0.5' },
        { type: 'library', name: 'lodash', version: '4.17.4', purl: 'pkg:npm/lodash@4.17.4' },
        { type: 'library', name: 'lodash', version: '4.17.4', purl: 'pkg:npm/lodash@4.17.4' },
        { 'bom-ref': 'x', type: 'library', name: 'ejs', version: '2.6.1', purl: 'pkg:npm/ejs@2.6.1' },
        { 'bom-ref': 'x', type: 'library', name: 'vm2', version: '3.9.5', purl: 'pkg:npm/vm2@3.9.5' },
      ],
      dependencies: [{ ref: '', dependsOn: ['x'] }],
    });
    expect(packages.map(({ id, name, dependsOn }) => [id, name, dependsOn])).toEqual([
      ['pkg:gem/rack@2.0.5', 'rack', undefined],
      ['pkg:npm/lodash@4.17.4', 'lodash', undefined],
      ['pkg:npm/lodash@4.17.4#2', 'lodash', undefined],
      ['pkg:npm/ejs@2.6.1', 'ejs', undefined],
      ['pkg:npm/vm2@3.9.5', 'vm2', undefined],
    ]);
  });

  it('reads a CycloneDX document in the manner of Trivy: source, layer, path, epoch', () => {
    const { packages, distro, problems } = read({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: {
        component: {
          'bom-ref': 'r',
          type: 'container',
          name: 'img',
          properties: [
            { name: 'aquasecurity:trivy:DiffID', value: 'sha256:aa' },
            { name: 'aquasecurity:trivy:DiffID', value: 'sha256:bb' },
          ],
        },
      },
      components: [
        { 'bom-ref': 'os', type: 'operating-system', name: 'redhat', version: '8.9' },
        {
          'bom-ref': 'p1',
          type: 'library',
          name: 'perl-libs',
          version: '5.26.3-420.el8',
          purl: 'pkg:rpm/redhat/perl-libs@5.26.3-420.el8?arch=x86_64&distro=redhat-8.9&epoch=4',
          licenses: [{ license: { name: 'GPL+' } }],
          properties: [
            { name: 'aquasecurity:trivy:SrcName', value: 'perl' },
            { name: 'aquasecurity:trivy:SrcVersion', value: '5.26.3' },
            { name: 'aquasecurity:trivy:SrcRelease', value: '420.el8' },
            { name: 'aquasecurity:trivy:SrcEpoch', value: '4' },
            { name: 'aquasecurity:trivy:LayerDiffID', value: 'sha256:bb' },
            { name: 'aquasecurity:trivy:FilePath', value: 'var/lib/rpm/Packages' },
          ],
        },
        { 'bom-ref': 'p2', type: 'library', name: 'nameless' },
      ],
      dependencies: [{ ref: 'p1', dependsOn: ['os'] }],
    });
    expect(packages).toEqual([
      {
        id: 'pkg:rpm/redhat/perl-libs@5.26.3-420.el8?arch=x86_64&distro=redhat-8.9&epoch=4',
        type: 'rpm',
        namespace: 'redhat',
        name: 'perl-libs',
        version: '4:5.26.3-420.el8',
        arch: 'x86_64',
        purl: 'pkg:rpm/redhat/perl-libs@5.26.3-420.el8?arch=x86_64&distro=redhat-8.9&epoch=4',
        source: { name: 'perl', version: '4:5.26.3-420.el8' },
        licenses: ['GPL+'],
        locations: [{ path: '/var/lib/rpm/Packages', layer: 1 }],
        state: 'present',
        dependsOn: [],
      },
    ]);
    expect(distro).toEqual({ id: 'redhat', versionId: '8.9', idLike: [], prettyName: 'redhat 8.9' });
    expect(problems).toEqual([
      { code: 'PLM_SBOM_COMPONENT', detail: '1 component of the SBOM without a usable package URL: not matched' },
    ]);
  });

  it('reads an SPDX document in the manner of Syft: upstream of the purl, distro of the purl, reversed dependencies', () => {
    const reference = (locator: string) => [
      { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: locator },
    ];
    const { packages, distro } = read({
      spdxVersion: 'SPDX-2.3',
      packages: [
        {
          SPDXID: 'a',
          name: 'libssl3',
          versionInfo: '3.0.11-1',
          externalRefs: reference('pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl'),
        },
        {
          SPDXID: 'b',
          name: 'Jinja2',
          versionInfo: '2.10',
          licenseDeclared: 'LicenseRef-x',
          externalRefs: reference('pkg:pypi/jinja2@2.10'),
        },
        { SPDXID: 'c', name: 'Jinja2', versionInfo: '2.10', externalRefs: reference('pkg:pypi/jinja2@2.10') },
      ],
      hasExtractedLicensingInfos: [{ licenseId: 'LicenseRef-x', extractedText: 'BSD-like' }],
      relationships: [{ spdxElementId: 'a', relationshipType: 'DEPENDENCY_OF', relatedSpdxElement: 'b' }],
    });
    expect(
      packages.map(({ id, name, version, source, licenses, dependsOn }) => ({
        id,
        name,
        version,
        source,
        licenses,
        dependsOn,
      })),
    ).toEqual([
      {
        id: 'pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl',
        name: 'libssl3',
        version: '3.0.11-1',
        source: { name: 'openssl', version: '3.0.11-1' },
        licenses: [],
        dependsOn: undefined,
      },
      {
        id: 'pkg:pypi/jinja2@2.10',
        name: 'Jinja2',
        version: '2.10',
        source: undefined,
        licenses: ['BSD-like'],
        dependsOn: ['pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl'],
      },
      {
        id: 'pkg:pypi/jinja2@2.10#2',
        name: 'Jinja2',
        version: '2.10',
        source: undefined,
        licenses: [],
        dependsOn: undefined,
      },
    ]);
    expect(distro).toEqual({ id: 'debian', versionId: '12', idLike: [], prettyName: 'debian 12' });
  });

  it('reads CycloneDX XML with prefixes, entities, CDATA and nested components', () => {
    const { packages, format } = read(
      '<?xml version="1.0"?><c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.5"><c:components><c:component type="library" bom-ref="a"><c:name>a&amp;b</c:name><c:version><![CDATA[1.0]]></c:version><c:purl>pkg:npm/a%26b@1.0</c:purl><c:components><c:component type="library"><c:name>inner</c:name><c:version>2</c:version><c:purl>pkg:npm/%40s/inner@2</c:purl></c:component></c:components></c:component></c:components></c:bom>',
    );
    expect(format).toBe('CycloneDX 1.5');
    expect(packages.map(({ namespace, name, version }) => ({ namespace, name, version }))).toEqual([
      { namespace: undefined, name: 'a&b', version: '1.0' },
      { namespace: '@s', name: 'inner', version: '2' },
    ]);
  });

  it('keeps names exactly as the SBOM has them', () => {
    const names = [
      'pkg:npm/JSONStream@1.3.5',
      'pkg:golang/github.com/Azure/go-autorest@v1',
      'pkg:composer/Symfony/Yaml@1',
      'pkg:npm/@Scope/Name@1',
    ].map((purl) => ({ type: 'library', 'bom-ref': purl, name: '', purl }));
    const { packages } = read({ bomFormat: 'CycloneDX', specVersion: '1.6', components: names });
    expect(packages.map(({ namespace, name, version }) => [namespace, name, version])).toEqual([
      [undefined, 'JSONStream', '1.3.5'],
      ['github.com/Azure', 'go-autorest', 'v1'],
      ['Symfony', 'Yaml', '1'],
      ['@Scope', 'Name', '1'],
    ]);
  });
});
