import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/embedded-sbom/detector.ts';
import { parseSpdxTags } from '../../../src/catalog/embedded-sbom/parse-spdx.ts';
import { packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';

const CYCLONEDX = '/usr/share/sbom/app.cdx.json';
const SPDX = '/opt/bitnami/postgresql/.spdx-postgresql.spdx';
const cyclonedx = (...components: readonly unknown[]): string =>
  JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components });
const lodash = { type: 'library', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/%40x/lodash@4.17.20' };

describe('embedded SBOM', () => {
  it('of CycloneDX gives nested components as hearsay', () => {
    const rpm = {
      purl: 'pkg:rpm/rhel/bash@5.1-2.el9?arch=x86_64&epoch=1&distro=rhel-9',
      components: [lodash],
      licenses: [{ license: { id: 'GPL-3.0-or-later' } }, { expression: 'MIT' }],
    };
    expect(
      packagesOf(
        runDetectors(detectors, { [CYCLONEDX]: cyclonedx(rpm, { type: 'file', name: '/etc/x', version: '1' }) }),
      ),
    ).toEqual([
      {
        type: 'rpm',
        hearsay: true,
        ofDistro: true,
        name: 'bash',
        version: '1:5.1-2.el9',
        arch: 'x86_64',
        licenses: ['GPL-3.0-or-later', 'MIT'],
        qualifiers: { epoch: '1' },
        properties: { trust: 'embedded-sbom', sbomFormat: 'CycloneDX 1.6' },
      },
      {
        type: 'npm',
        hearsay: true,
        namespace: '@x',
        name: 'lodash',
        version: '4.17.20',
        properties: { trust: 'embedded-sbom', sbomFormat: 'CycloneDX 1.6' },
      },
    ]);
  });

  it('of a Python wheel tells of crates as packages, and of copies that managers would have listed by name only', () => {
    const rpm = { purl: 'pkg:rpm/centos/krb5-libs@1.15.1-55.el7_9' };
    const crate = { purl: 'pkg:cargo/pem@3.0.5' };
    const copy = { purl: 'pkg:pypi/urllib3@2.8.0' };
    const found = runDetectors(detectors, {
      '/venv/psycopg2_binary-2.9.dist-info/sboms/auditwheel.cdx.json': cyclonedx(rpm, { purl: 'pkg:pypi/filelock' }),
      '/venv/cryptography-50.dist-info/sboms/cryptography-rust.cyclonedx.json': cyclonedx(crate),
      '/venv/pip/_vendor/bom.cdx.json': cyclonedx(copy),
    });
    const properties = { trust: 'embedded-sbom', sbomFormat: 'CycloneDX 1.6', bundled: 'true' };
    expect(found).toEqual([
      { kind: 'package', package: { type: 'cargo', hearsay: true, name: 'pem', version: '3.0.5', properties } },
      { kind: 'fact', name: 'bundles', value: copy.purl },
      { kind: 'fact', name: 'bundles', value: rpm.purl },
    ]);
  });

  it('of SPDX gives packages with a purl, as Bitnami writes them', () => {
    const text = JSON.stringify({
      spdxVersion: 'SPDX-2.3',
      packages: [
        {
          name: 'postgresql',
          versionInfo: '16.1.0-2',
          licenseConcluded: 'NOASSERTION',
          licenseDeclared: 'PostgreSQL',
          checksums: [{ algorithm: 'SHA256', checksumValue: 'ab' }],
          externalRefs: [
            { referenceCategory: 'SECURITY', referenceType: 'cpe23Type', referenceLocator: 'cpe:2.3:*' },
            {
              referenceCategory: 'PACKAGE-MANAGER',
              referenceType: 'purl',
              referenceLocator: 'pkg:bitnami/postgresql@16.1.0-2?arch=amd64&distro=debian-12',
            },
          ],
        },
      ],
    });
    expect(packagesOf(runDetectors(detectors, { [SPDX]: text }))).toEqual([
      {
        type: 'bitnami',
        hearsay: true,
        name: 'postgresql',
        version: '16.1.0-2',
        arch: 'amd64',
        licenses: ['PostgreSQL'],
        hashes: [{ algorithm: 'sha256', value: 'ab' }],
        properties: { trust: 'embedded-sbom', sbomFormat: 'SPDX-2.3' },
      },
    ]);
  });

  it('in SPDX tag-value form is read too', () => {
    const text =
      'SPDXVersion: SPDX-2.3\nPackageName: a\nPackageVersion: 1\nExternalRef: PACKAGE-MANAGER purl pkg:gem/a@1\nPackageLicenseConcluded: NONE\nPackageLicenseDeclared: MIT\n\nPackageName: b\nPackageVersion: 2\n';
    const found = runDetectors(detectors, { '/srv/x.spdx': text });
    expect(packagesOf(found).map((one) => [one.type, one.name, one.version, one.licenses])).toEqual([
      ['gem', 'a', '1', ['MIT']],
    ]);
    expect(problemsOf(found)).toEqual([
      'PLM_DATABASE_DAMAGED: 1 components without a purl and version: they are not in this report',
    ]);
  });

  it('of Bitnami is also a plain list', () => {
    const path = '/opt/bitnami/.bitnami_components.json';
    const found = runDetectors(detectors, { [path]: '{"nginx": {"arch": "amd64", "version": "1.25.3-1"}, "x": {}}' });
    expect(packagesOf(found)).toEqual([{ type: 'bitnami', name: 'nginx', version: '1.25.3-1', arch: 'amd64' }]);
    expect(problemsOf(found)).toEqual(['PLM_DATABASE_DAMAGED: component "x" has no version and is missing']);
    expect(problemsOf(runDetectors(detectors, { [path]: '' }))).toEqual([
      'PLM_DATABASE_DAMAGED: no JSON object: Bitnami components are missing',
    ]);
  });

  it.each([
    '/var/lib/db/sbom/glibc-2.38-r5.spdx.json',
    '/app/node_modules/x/bom.json',
    '/usr/lib/python3.13/ensurepip/_bundled/pip-26.whl!/pip/_vendor/bom.cdx.json',
  ])('is left alone where it describes another place: %s', (path) => {
    expect(runDetectors(detectors, { [path]: cyclonedx(lodash) })).toEqual([]);
  });

  it.each([
    ['empty', ''],
    ['truncated', cyclonedx(lodash).slice(0, -3)],
    ['something else', '{"bomFormat": "other"}'],
    ['nested without end', '{"a":'.repeat(50_000)],
  ])('is a problem by a name that promises one, and not by another, when it is %s', (_, text) => {
    expect(problemsOf(runDetectors(detectors, { [CYCLONEDX]: text }))).toEqual([
      'PLM_DATABASE_DAMAGED: neither CycloneDX nor SPDX: components it lists are not in this report',
    ]);
    expect(runDetectors(detectors, { '/x/LICENSE.spdx': text, '/x/bom.json': text })).toEqual([]);
  });

  it('names components it cannot identify', () => {
    const found = runDetectors(detectors, {
      [CYCLONEDX]: cyclonedx(
        { type: 'library', name: 'a', version: '1' },
        { purl: 'no purl' },
        { purl: 'pkg:npm/a' },
        null,
        lodash,
      ),
    });
    expect(packagesOf(found).map((one) => one.name)).toEqual(['lodash']);
    expect(problemsOf(found)).toEqual([
      'PLM_DATABASE_DAMAGED: 3 components without a purl and version: they are not in this report',
    ]);
  });

  it('is stated as of each layer', () => {
    const [detector] = detectors;
    if (detector === undefined) throw new Error('no detector');
    const layers = runLayers(detector, [
      { [CYCLONEDX]: cyclonedx(lodash) },
      { [CYCLONEDX]: cyclonedx({ ...lodash, purl: 'pkg:npm/lodash@5.0.0' }) },
      { [CYCLONEDX]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => one.version))).toEqual([['4.17.20'], ['5.0.0'], []]);
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => (parseSpdxTags(text)?.components.length ?? 0) >= 0));
    fc.assert(fc.property(fc.json(), (text) => Array.isArray(runDetectors(detectors, { [CYCLONEDX]: text }))));
    fc.assert(
      fc.property(fc.string(), (purl) => runDetectors(detectors, { [CYCLONEDX]: cyclonedx({ purl }) }).length === 1),
    );
  });
});
