import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeImage } from '../../src/analyze.ts';
import { DETECTORS } from '../../src/detect/registry.generated.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import type { Package, PackageDraft } from '../../src/model/package.ts';
import { type FileTree, packagesOf, problemsOf, runDetectors } from '../support/detector-harness.ts';

const SHARED = join(import.meta.dirname, '../../../shared');
const isThere = existsSync(SHARED);
if (!isThere) console.log('skipped: the acceptance data is not beside the repository');

/** Ecosystems of the package lists that come with an image, and the purl type each of them is. */
const TYPES: Readonly<Record<string, string>> = {
  npm: 'npm',
  PyPI: 'pypi',
  Maven: 'maven',
  RubyGems: 'gem',
  Packagist: 'composer',
};
const LISTS = isThere
  ? readdirSync(join(SHARED, 'matching')).filter((name) =>
      /^(?:npm|pypi|maven|rubygems|packagist)-.*\.oci\.tar$/.test(name),
    )
  : [];

async function packagesIn(image: string): Promise<readonly Package[]> {
  const options = { scanners: new Set<never>(), workers: 0, limits: DEFAULT_LIMITS, version: '0' };
  return (await analyzeImage(join(SHARED, image), options)).packages;
}

/** `type name version`, the name as its ecosystem writes it. */
function label({
  type,
  namespace,
  name,
  version,
}: Pick<PackageDraft, 'type' | 'namespace' | 'name' | 'version'>): string {
  const separator = type === 'maven' ? ':' : '/';
  return `${type} ${spelled(type, namespace === undefined ? name : `${namespace}${separator}${name}`)} ${version}`;
}

/** PyPI and Packagist know names in one spelling only. */
function spelled(type: string, name: string): string {
  if (type === 'pypi') return name.toLowerCase().replace(/[-_.]+/g, '-');
  return type === 'composer' ? name.toLowerCase() : name;
}

/** The files of a fixture folder, each where an image would have it. */
function fixtures(folder: string, place: (name: string) => string): FileTree {
  const base = join(SHARED, 'fixtures', folder);
  return Object.fromEntries(
    readdirSync(base).map((name) => [place(name.replace(/^[0-9a-f]{6}-/, '')), readFileSync(join(base, name))]),
  );
}

function found(tree: FileTree): { readonly packages: readonly string[]; readonly problems: readonly string[] } {
  const observations = runDetectors(DETECTORS, tree);
  return { packages: [...new Set(packagesOf(observations).map(label))].sort(), problems: problemsOf(observations) };
}

describe.runIf(isThere)('language packages of images', () => {
  it.each(LISTS)('of %s are exactly those of the list', async (name) => {
    const rows = readFileSync(join(SHARED, 'matching', name.replace('.oci.tar', '.packages.tsv')), 'utf8')
      .trim()
      .split('\n');
    const expected = rows.map((row) => {
      const [ecosystem = '', , , display = '', version = ''] = row.split('\t');
      const type = TYPES[ecosystem] ?? ecosystem;
      return `${type} ${spelled(type, display)} ${version}`;
    });
    const types = new Set(Object.values(TYPES));
    const packages = await packagesIn(join('matching', name));
    const reported = packages.filter(({ type }) => types.has(type)).map(label);
    expect([...new Set(reported)].sort()).toEqual([...new Set(expected)].sort());
  });

  it('of the shop image are exactly those of the truth, by type', async () => {
    const { packages: truth } = JSON.parse(readFileSync(join(SHARED, 'images/mid/shop.oci.truth.json'), 'utf8'));
    const packages = await packagesIn('images/mid/shop.oci.tar');
    const reported = (type: string): string[] =>
      packages
        .filter((one) => one.type === type)
        .map(label)
        .sort();
    const expected = (type: string): string[] =>
      [...new Set<string>(truth[type].map((one: PackageDraft) => label({ ...one, type })))].sort();
    for (const type of ['npm', 'pypi', 'gem', 'composer', 'nuget']) expect(reported(type)).toEqual(expected(type));
    const java = truth.java.components.map((one: Record<string, string>) =>
      label({
        type: 'maven',
        namespace: one['group'] ?? '',
        name: one['artifact'] ?? '',
        version: one['version'] ?? '',
      }),
    );
    expect(reported('maven')).toEqual(java.sort());
    const [agent] = Object.values<{ deps: { module: string; version: string }[] }>(truth.go);
    const modules = agent?.deps.map(({ module, version }) => `golang ${module} ${version}`) ?? [];
    expect(reported('golang')).toEqual(
      [...modules, 'golang example.com/shop/agent (devel)', 'golang stdlib 1.26.8'].sort(),
    );
    const [worker] = Object.values<{ lockfile: { name: string; version: string }[] }>(truth.cargo);
    expect(reported('cargo')).toEqual(worker?.lockfile.map(({ name, version }) => `cargo ${name} ${version}`).sort());
  });
});

describe.runIf(isThere)('fixtures of language packages', () => {
  it('in Go programs', () => {
    expect(found(fixtures('go', (name) => `/usr/bin/${name}`)).packages).toEqual([
      'golang binary_with_module_replacement (devel)',
      'golang github.com/aquasecurity/go-pep440-version v0.0.0-20210121094942-22b2f8951d46',
      'golang github.com/aquasecurity/go-version v0.0.0-20210121072130-637058cfe492',
      'golang github.com/aquasecurity/test (devel)',
      'golang github.com/golang/xerrors v0.0.0-20220907171357-04be3eba64a2',
      'golang golang.org/x/xerrors v0.0.0-20200804184101-5ec99f83aff1',
      'golang stdlib 1.15.2',
      'golang stdlib 1.22.0',
    ]);
  });

  it('in Rust programs', () => {
    expect(found(fixtures('rust', (name) => `/usr/bin/${name}`)).packages).toEqual([
      'cargo crate_with_features 0.1.0',
      'cargo library_crate 0.1.0',
    ]);
  });

  it('in Python metadata', () => {
    const { packages, problems } = found(
      fixtures('python', (name) => `/usr/lib/${name.replace('-METADATA', '/METADATA')}`),
    );
    expect(packages).toEqual([
      'pypi annotated-types 0.7.0',
      'pypi click 8.0.0',
      'pypi distlib 0.3.1',
      'pypi flask 2.0.0',
      'pypi pygments 2.6.1',
      'pypi setuptools 51.3.3',
      'pypi somerequests 3.22.0',
    ]);
    expect(problems).toEqual([
      'PLM_FILE_UNREADABLE: no name and version in it: this Python distribution is not listed',
    ]);
  });

  it('in gem specifications, those without a written version as problems', () => {
    const { packages, problems } = found(fixtures('gemspec', (name) => `/usr/lib/ruby/specifications/${name}`));
    expect(packages).toEqual(GEMS);
    expect(new Set(problems)).toEqual(
      new Set(['PLM_FILE_UNREADABLE: name or version is not written out in it: this Ruby gem is not listed']),
    );
  });

  it('in conda records', () => {
    expect(found(fixtures('conda', (name) => `/opt/conda/conda-meta/${name}`))).toEqual({
      packages: [
        'conda _libgcc_mutex 0.1',
        'conda bzip2 1.0.8',
        'conda jupyterlab 4.4.3',
        'conda openssl 1.1.1q',
        'conda pip 22.2.2',
        'conda zlib 1.2.11',
      ],
      problems: ['PLM_FILE_UNREADABLE: no name and version in it: this conda package is not listed'],
    });
  });

  it('in programs nobody packaged', () => {
    const base = join(SHARED, 'fixtures/binaries');
    const snippets = readdirSync(base, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const told = snippets.map((entry) => {
      const path = join(entry.parentPath, entry.name).slice(base.length);
      const packages = packagesOf(runDetectors(DETECTORS, { [path]: readFileSync(join(base, path)) }));
      const version = path.split('/')[2] ?? '';
      return {
        path,
        isRight: packages.some((one) => one.version === version),
        versions: packages.map((one) => one.version),
      };
    });
    const differing = told
      .filter(({ isRight }) => !isRight)
      .map(({ path, versions }) => `${path} ${versions.join(' ')}`.trim());
    expect(differing.sort()).toEqual(UNTOLD);
  });
});

const GEMS: readonly string[] = [
  'gem async 1.25.0',
  'gem bundler 2.1.4',
  'gem formatador 1.1.0',
  'gem rake 13.0.3',
  'gem rss 0.2.9',
  'gem test-unit 3.3.7',
  'gem unbundler 2.1.4',
  'gem yaml 0.2.1',
];

/** Snippets whose folder does not name what they hold: another spelling of the version, or no version at all in them. */
const UNTOLD: readonly string[] = [
  '/erlang/26.2.0.0/linux-amd64/erlexec 26.2',
  '/firefox/151.0/linux-amd64/firefox',
  '/fluent-bit/1.7.0-dev-3/linux-amd64/fluent-bit 1.7.0',
  '/go-version-hint/1.15-dev/any/VERSION 1.15',
  '/go-version-hint/1.15-dev/any/bin/go',
  '/go-version-hint/1.15/any/bin/go',
  '/go-version-hint/1.15w/any/VERSION 1.15',
  '/go-version-hint/1.15w/any/bin/go.exe',
  '/go-version-hint/1.21/any/go',
  '/go-version-hint/1.25/any/bin/go',
  '/go-version-hint/1.25w/any/VERSION 1.25-d524e1e',
  '/go-version-hint/1.25w/any/go.exe',
  '/java-jre-openjdk-arm64-eclipse/11.0.22/linux-arm64/java 11.0.22+7',
  '/java-jre-openjdk-eclipse/11.0.22/linux-amd64/java 11.0.22+7',
  '/java-jre-openjdk/11.0.17/linux-amd64/java 11.0.17+8-LTS',
  '/java-jre-oracle/19.0.1/darwin/java 19.0.1+10-21',
  '/java-jre-oracle/19.0.1/linux-amd64/java 19.0.1+10-21',
  '/python-duplicates/3.8.16/linux-amd64/patchlevel.h',
];
