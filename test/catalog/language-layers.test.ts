import { deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { analyzeImage } from '../../src/analyze.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { buildElf, buildPe } from '../support/executable-builder.ts';
import { archive, ociLayout, temporaryFolder } from '../support/image-builder.ts';
import { versionResource } from '../support/version-resource.ts';

/** Where one version of a package is stated, below a root of its own. */
type Evidence = (name: string, version: string) => readonly [path: string, content: string | Uint8Array];

const PADDING = 64 * 1024;
const header = (name: string, version: string): string => `Name: ${name}\nVersion: ${version}\n`;

const DETECTORS: Readonly<Record<string, Evidence>> = {
  'npm/package-json': (name, version) => [`node_modules/${name}/package.json`, JSON.stringify({ name, version })],
  'python/metadata': (name, version) => [`site-packages/${name}.dist-info/METADATA`, header(name, version)],
  'java/archive': (name, version) => {
    const properties = `groupId=org.x\nartifactId=${name}\nversion=${version}\n`;
    return [`${name}.jar`, zipSync({ [`META-INF/maven/org.x/${name}/pom.properties`]: Buffer.from(properties) })];
  },
  'golang/binary': (name, version) => {
    const text = `${'0'.repeat(16)}path\tx\nmod\texample.com/${name}\tv${version}\t\n${'1'.repeat(16)}`;
    const head = Buffer.alloc(32);
    head.write('\xff Go buildinf:', 'latin1');
    head[15] = 2;
    const toolchain = 'devel x';
    const info = Buffer.concat([
      head,
      Buffer.from([toolchain.length]),
      Buffer.from(toolchain),
      Buffer.from([text.length]),
      Buffer.from(text),
    ]);
    return [`bin/${name}`, buildElf({ '.go.buildinfo': info }, { padding: PADDING })];
  },
  'rust/auditable': (name, version) => {
    const list = deflateSync(JSON.stringify({ packages: [{ name, version, source: 'crates.io' }] }));
    return [`bin/${name}`, buildElf({ '.dep-v0': list }, { padding: PADDING })];
  },
  'ruby/gemspec': (name, version) => [`specifications/${name}.gemspec`, `# stub: ${name} ${version} ruby lib\n`],
  'php/composer': (name, version) => [
    'vendor/composer/installed.json',
    JSON.stringify([{ name: `x/${name}`, version }]),
  ],
  'php/pear': (name, version) => [
    `php/.registry/${name}.reg`,
    `a:2:{s:4:"name";s:${name.length}:"${name}";s:7:"version";s:${version.length}:"${version}";}`,
  ],
  'dotnet/deps': (name, version) => {
    const key = `${name}/${version}`;
    const targets = { x: { [key]: { runtime: { 'lib/x.dll': {} } } } };
    return ['app/x.deps.json', JSON.stringify({ targets, libraries: { [key]: { type: 'package' } } })];
  },
  'dotnet/packages-config': (name, version) => [
    'packages.config',
    `<packages><package id="${name}" version="${version}"/></packages>`,
  ],
  'conda/record': (name, version) => [`conda-meta/${name}.json`, JSON.stringify({ name, version })],
  'r/description': (name, version) => [
    `library/${name}/DESCRIPTION`,
    `Package: ${name}\nVersion: ${version}\nBuilt: R 4\n`,
  ],
  'lua/rockspec': (name, version) => [
    `rocks/${name}/x/${name}.rockspec`,
    `package = "${name}"\nversion = "${version}"\n`,
  ],
  'perl/install': (name, version) => [
    `.meta/${name}/install.json`,
    JSON.stringify({ dist: `${name}-${version}`, version }),
  ],
  'perl/local-pod': (name, version) => [
    'perllocal.pod',
    `=head2 now: C<Module> L<${name}|${name}>\n\nC<VERSION: ${version}>\n`,
  ],
  'erlang/app': (name, version) => [`lib/${name}/ebin/${name}.app`, `{application, ${name}, [{vsn, "${version}"}]}.`],
  'conan/conaninfo': (name, version) => ['conaninfo.txt', `[full_requires]\n    ${name}/${version}:id\n`],
  'julia/environment': (name, version) => ['Manifest.toml', `[[${name}]]\nversion = "${version}"\n`],
  'julia/depot': (name, version) => [
    `packages/${name}/a1b2C/Project.toml`,
    `name = "${name}"\nversion = "${version}"\n`,
  ],
  'swift/workspace-state': (name, version) => {
    const dependency = { packageRef: { location: `https://x.org/${name}` }, state: { checkoutState: { version } } };
    return ['.build/workspace-state.json', JSON.stringify({ object: { dependencies: [dependency] } })];
  },
  'wordpress/extension': (name, version) => [
    `wp-content/plugins/${name}/x.php`,
    `<?php\n/*\nPlugin Name: x\nVersion: ${version}\n*/`,
  ],
  'ai-model/safetensors': (name, version) => {
    const json = Buffer.from(JSON.stringify({ __metadata__: { name, version } }));
    const size = Buffer.alloc(8);
    size.writeUInt32LE(json.length);
    return ['models/m.safetensors', Buffer.concat([size, json])];
  },
};

/** Detectors that can name one package only, wherever it lies. */
const FIXED: Readonly<Record<string, { readonly name: string; readonly at: Evidence }>> = {
  'binary/classifier': { name: 'busybox', at: (_, version) => ['bin/busybox', `BusyBox v${version} (`] },
  'jvm/release': { name: 'java', at: (_, version) => ['jdk/release', `JAVA_VERSION="${version}"\n`] },
  'dotnet/assembly': {
    name: 'log4net',
    at: (_, version) => [
      'app/log4net.dll',
      buildPe({ '.rsrc': versionResource(0x400, [2, 0, Number(version.at(-1)), 0], { ProductVersion: version }) }),
    ],
  },
};

async function scan(...layers: readonly Readonly<Record<string, string | Uint8Array>>[]): Promise<readonly string[]> {
  using folder = temporaryFolder();
  const image = folder.write('image.tar', archive(ociLayout({ layers, compression: 'none' })));
  const options = { scanners: new Set<never>(), workers: 0, limits: DEFAULT_LIMITS, version: '0' };
  const { packages } = await analyzeImage(image, options);
  return packages.map((one) => {
    const { path, layer, detector } = one.locations[0];
    const removed = one.removedIn === undefined ? '' : ` in ${one.removedIn}`;
    return `${one.name} ${one.version.replace(/^v/, '')} ${one.state}${removed} ${path}@${layer} ${detector}`;
  });
}

function whiteout(path: string): Readonly<Record<string, string>> {
  const cut = path.lastIndexOf('/') + 1;
  return { [`${path.slice(0, cut)}.wh.${path.slice(cut)}`]: '' };
}

describe('language packages across layers', () => {
  it.each(Object.entries(DETECTORS))('%s: one package renewed, another deleted', async (detector, evidence) => {
    const [kept, first] = evidence('kept', '1.0.1');
    const [, second] = evidence('kept', '1.0.2');
    const [gone, only] = evidence('gone', '1.0.3');
    const found = await scan(
      { [`a/${kept}`]: first, [`b/${gone}`]: only },
      { [`a/${kept}`]: second },
      whiteout(`b/${gone}`),
    );
    expect(found).toEqual([
      `gone 1.0.3 deleted in 2 /b/${gone}@0 ${detector}`,
      `kept 1.0.1 overwritten in 1 /a/${kept}@0 ${detector}`,
      `kept 1.0.2 present /a/${kept}@1 ${detector}`,
    ]);
  });

  it.each(Object.entries(FIXED))('%s: renewed, then deleted', async (detector, { name, at }) => {
    const [path, first] = at('', '2.0.1');
    const [, second] = at('', '2.0.2');
    expect(await scan({ [`a/${path}`]: first }, { [`a/${path}`]: second })).toEqual([
      `${name} 2.0.1 overwritten in 1 /a/${path}@0 ${detector}`,
      `${name} 2.0.2 present /a/${path}@1 ${detector}`,
    ]);
    expect(await scan({ [`a/${path}`]: first }, whiteout(`a/${path}`))).toEqual([
      `${name} 2.0.1 deleted in 1 /a/${path}@0 ${detector}`,
    ]);
  });

  it('one package by two proofs is one package with two places', async () => {
    const [path, content] = DETECTORS['npm/package-json']?.('twice', '1.0.0') ?? ['', ''];
    expect((await scan({ [`a/${path}`]: content, [`b/${path}`]: content })).length).toBe(1);
  });

  it('finds a package in an archive within an archive', async () => {
    const [, inner] = DETECTORS['java/archive']?.('deep', '1.0.0') ?? ['', ''];
    const bytes = typeof inner === 'string' ? Buffer.from(inner) : inner;
    const outer = zipSync({ 'WEB-INF/lib/middle.jar': zipSync({ 'lib/deep.jar': bytes }) });
    expect(await scan({ 'app.war': outer })).toEqual([
      'deep 1.0.0 present /app.war!/WEB-INF/lib/middle.jar!/lib/deep.jar@0 java/archive',
    ]);
  });
});
