import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPeVersion } from '../../../src/bytes/executable/pe-version.ts';
import { detectors } from '../../../src/catalog/dotnet/detector.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';
import { buildPe } from '../../support/executable-builder.ts';
import { versionResource } from '../../support/version-resource.ts';

const scan = (path: string, content: string | Uint8Array) => runDetectors(detectors, { [path]: content });
const deps = (target: unknown, libraries: unknown) =>
  packagesOf(
    scan('/app/Shop.deps.json', JSON.stringify({ runtimeTarget: { name: 'x' }, targets: { x: target }, libraries })),
  );
const dll = (version: readonly [number, number, number, number], strings: Readonly<Record<string, string>>) =>
  buildPe({ '.rsrc': versionResource(0x400, version, strings) });

describe('deps.json', () => {
  it('lists packages that put files beside the application, with what they need', () => {
    const sha512 = Buffer.alloc(64, 0xab).toString('base64');
    const target = {
      'Shop/1.0.0': { dependencies: { 'Newtonsoft.Json': '12.0.3' }, runtime: { 'Shop.dll': {} } },
      'Newtonsoft.Json/12.0.3': {
        dependencies: { 'System.Text.Json': '8.0.0' },
        runtime: { 'lib/net6.0/Newtonsoft.Json.dll': {} },
      },
      'Libuv/1.9.1': { runtimeTargets: { 'runtimes/debian-x64/native/libuv.so': {} } },
      'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.0': { runtime: { 'System.Private.CoreLib.dll': {} } },
    };
    const libraries = {
      'Shop/1.0.0': { type: 'project' },
      'Newtonsoft.Json/12.0.3': { type: 'package', sha512: `sha512-${sha512}` },
      'Libuv/1.9.1': { type: 'package' },
      'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.0': { type: 'runtimepack' },
    };
    expect(deps(target, libraries)).toEqual([
      {
        type: 'nuget',
        name: 'Newtonsoft.Json',
        version: '12.0.3',
        provides: ['Newtonsoft.Json/12.0.3'],
        dependsOn: ['System.Text.Json/8.0.0'],
        hashes: [{ algorithm: 'sha512', value: 'ab'.repeat(64) }],
      },
      { type: 'nuget', name: 'Libuv', version: '1.9.1', provides: ['Libuv/1.9.1'] },
      {
        type: 'nuget',
        name: 'Microsoft.NETCore.App.Runtime.linux-x64',
        version: '8.0.0',
        provides: ['Microsoft.NETCore.App.Runtime.linux-x64/8.0.0'],
      },
    ]);
  });

  it('owns the files of packages where publishing puts them', () => {
    const target = {
      'Polly/7.2.1': {
        runtime: { 'lib/netstandard2.0/Polly.dll': {} },
        native: { 'runtimes/linux-x64/native/libpolly.so': {} },
        resources: { 'lib/netstandard2.0/de/Polly.resources.dll': { locale: 'de' } },
        runtimeTargets: { 'runtimes/unix/lib/net6.0/Polly.Unix.dll': {}, '../../etc/passwd': {} },
      },
    };
    const document = { targets: { x: target }, libraries: { 'Polly/7.2.1': { type: 'package' } } };
    const owner = { identity: { type: 'nuget', name: 'Polly' } };
    expect(scan('/app/Shop.deps.json', JSON.stringify(document)).slice(1)).toEqual(
      ['Polly.dll', 'libpolly.so', 'de/Polly.resources.dll', 'runtimes/unix/lib/net6.0/Polly.Unix.dll'].map((path) => ({
        kind: 'owned-file',
        owner,
        path: `/app/${path}`,
      })),
    );
  });

  it('leaves out what was needed to compile only', () => {
    const target = {
      'NETStandard.Library/1.6.0': {},
      'Microsoft.CSharp/4.7.0': { compile: { 'ref/x.dll': {} } },
      'System.IO/4.3.0': { runtime: { 'lib/netcore50/_._': {} } },
    };
    const libraries = Object.fromEntries(Object.keys(target).map((key) => [key, { type: 'package' }]));
    expect(deps(target, libraries)).toEqual([]);
  });

  it('lists all packages of a document without targets', () => {
    const document = { libraries: { 'Newtonsoft.Json/9.0.1': { type: 'package' }, 'Own/1.0.0': { type: 'project' } } };
    expect(packagesOf(scan('/app/x.deps.json', JSON.stringify(document))).map((found) => found.name)).toEqual([
      'Newtonsoft.Json',
    ]);
  });

  it('tells packages from projects by their folders where there are no libraries', () => {
    const target = {
      'Own/1.0.0': { runtime: { 'Own.dll': {} } },
      'Dapper/2.0.0': { runtime: { 'lib/net6.0/Dapper.dll': {} } },
    };
    expect(deps(target, undefined).map((found) => found.name)).toEqual(['Dapper']);
  });

  for (const text of ['', '[]', '{"targets":', 'bogus']) {
    it(`says what is lost when the document is ${JSON.stringify(text)}`, () => {
      expect(problemsOf(scan('/app/x.deps.json', text))).toEqual([
        'PLM_FILE_UNREADABLE: not a JSON object: the NuGet packages of this application are not listed',
      ]);
    });
  }

  it('survives fields of the wrong kind', () => {
    expect(deps({ 'a/1': 5, '/1': {}, 'a/': { runtime: { 'lib/a.dll': {} } }, b: [] }, { 'a/1': 'package' })).toEqual(
      [],
    );
  });
});

describe('packages.config', () => {
  it('lists its packages, development ones marked', () => {
    const text =
      '\ufeff<?xml version="1.0"?><packages><!-- <package id="No" version="1" /> -->' +
      '<package id="jQuery" version="3.1.1" targetFramework="net46" /><package version=\'2.0\' id=\'Lint\' developmentDependency="true"/></packages>';
    expect(packagesOf(scan('/inetpub/packages.config', text))).toEqual([
      { type: 'nuget', name: 'jQuery', version: '3.1.1' },
      { type: 'nuget', name: 'Lint', version: '2.0', scope: 'development' },
    ]);
  });

  it('is silent about files that only share the name', () => expect(scan('/etc/packages.config', 'a=1\n')).toEqual([]));
});

describe('.NET libraries by version resource', () => {
  it('takes the product version without the commit', () => {
    const strings = { ProductName: 'Json.NET', ProductVersion: '12.0.3+7c3d7f8da7e35dde8fa74188b0decff70f8f10e3' };
    expect(packagesOf(scan('/app/Newtonsoft.Json.dll', dll([12, 0, 3, 23909], strings)))).toEqual([
      {
        type: 'nuget',
        name: 'Newtonsoft.Json',
        version: '12.0.3',
        unlessOwned: true,
        properties: { identified: 'version resource' },
      },
    ]);
  });

  it('takes the file version where the product version is a name', () => {
    expect(
      packagesOf(scan('/app/log4net.dll', dll([2, 0, 8, 0], { ProductVersion: 'release' }))).map(
        (found) => found.version,
      ),
    ).toEqual(['2.0.8']);
  });

  it.each([
    ['7.2.1.0+52968c25', '7.2.1'],
    ['5.6.0.61018232319.2574f3cb', '5.6.0'],
    ['4.6.1.2', '4.6.1.2'],
  ])('takes from the product version %s what NuGet counts as version', (product, expected) => {
    const found = packagesOf(scan('/app/Polly.dll', dll([5, 6, 0, 61018], { ProductVersion: product })));
    expect(found.map(({ version }) => version)).toEqual([expected]);
  });

  it('finds nothing in a library that is not known or has no resource', () => {
    expect(scan('/app/System.Runtime.dll', dll([8, 0, 0, 0], {}))).toEqual([]);
    expect(scan('/app/log4net.dll', buildPe({ '.text': new Uint8Array(16) }))).toEqual([]);
  });

  it('survives any damage to the resource', () => {
    const whole = dll([2, 0, 8, 0], { ProductVersion: '2.0.8', CompanyName: 'x' });
    fc.assert(
      fc.property(fc.integer({ min: 0x80, max: whole.length - 1 }), fc.nat(255), (at, byte) => {
        const damaged = whole.slice();
        damaged[at] = byte;
        readPeVersion(damaged);
        readPeVersion(damaged.subarray(0, at));
      }),
    );
  });
});
