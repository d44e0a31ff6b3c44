/**
 * Megabytes and packages a second of the language catalogs, and how that stands to hashing the same bytes with SHA-256:
 * what a scan pays for anyway. Run with `node bench/language-catalogs.bench.ts`.
 */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { detectors as binary } from '../src/catalog/binary/detector.ts';
import { detectors as dotnet } from '../src/catalog/dotnet/detector.ts';
import { detectors as golang } from '../src/catalog/golang/detector.ts';
import { detectors as java } from '../src/catalog/java/detector.ts';
import { detectors as licenseFile } from '../src/catalog/license-file/detector.ts';
import { detectors as npm } from '../src/catalog/npm/detector.ts';
import { detectors as php } from '../src/catalog/php/detector.ts';
import { detectors as python } from '../src/catalog/python/detector.ts';
import { detectors as ruby } from '../src/catalog/ruby/detector.ts';
import { detectors as rust } from '../src/catalog/rust/detector.ts';
import { type FileTree, packagesOf, runDetectors } from '../test/support/detector-harness.ts';
import { buildElf } from '../test/support/executable-builder.ts';
import { fastest } from './measure.ts';
import { recordBench } from './record.ts';

const PACKAGES = 500;
const ROUNDS = 7;
const PROGRAM_BYTES = 16 * 1024 * 1024;

const each = <T>(make: (index: number) => T): T[] => Array.from({ length: PACKAGES }, (_, index) => make(index));
const tree = (make: (index: number) => readonly [string, string | Uint8Array]): FileTree =>
  Object.fromEntries(each(make));
/** Bytes that look like code: no runs of zeros to skip. */
const code = Buffer.alloc(PROGRAM_BYTES, 'movq %rax, 8(%rsp); callq *0x20(%rbx)\n');
const readme = 'A paragraph of the description that is as long as such paragraphs are.\n'.repeat(80);
const licence =
  'Permission is hereby granted, free of charge, to any person obtaining a copy of this software. '.repeat(12);

function goProgram(): Uint8Array {
  const deps = each(
    (index) => `dep\texample.com/module/number${index}\tv1.2.${index}\th1:abcdefghijklmnopqrstuvwxyz=\n`,
  );
  const modules = Buffer.from(
    `${'0'.repeat(16)}path\tx\nmod\texample.com/x\t(devel)\t\n${deps.join('')}${'1'.repeat(16)}`,
  );
  const head = Buffer.alloc(32);
  head.write('\xff Go buildinf:', 'latin1');
  head[15] = 2;
  const size = [(modules.length & 127) | 128, ((modules.length >> 7) & 127) | 128, modules.length >> 14];
  const info = Buffer.concat([head, Buffer.from([8]), Buffer.from('go1.26.8'), Buffer.from(size), modules]);
  return buildElf({ '.text': code, '.go.buildinfo': info });
}

function jar(index: number): Uint8Array {
  const members = Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => [`org/x/y/Class${at}.class`, code.subarray(0, 2000)]),
  );
  const properties = `groupId=org.x\nartifactId=part${index}\nversion=1.${index}\n`;
  return zipSync({ ...members, [`META-INF/maven/org.x/part${index}/pom.properties`]: Buffer.from(properties) });
}

const crates = {
  packages: each((index) => ({
    name: `crate${index}`,
    version: '1.2.3',
    source: 'crates.io',
    dependencies: [index + 1],
  })),
};
const targets = Object.fromEntries(
  each((index) => [`Library.${index}/1.2.3`, { runtime: { 'lib/net8.0/x.dll': {} } }]),
);
const libraries = Object.fromEntries(each((index) => [`Library.${index}/1.2.3`, { type: 'package' }]));

const families: readonly { readonly name: string; readonly detectors: typeof npm; readonly files: FileTree }[] = [
  {
    name: 'npm',
    detectors: npm,
    files: tree((index) => [
      `/app/node_modules/package${index}/package.json`,
      JSON.stringify({
        name: `package${index}`,
        version: '1.2.3',
        license: 'MIT',
        dependencies: { a: '1', b: '2' },
        readme: readme.slice(0, 2000),
      }),
    ]),
  },
  {
    name: 'python metadata',
    detectors: python,
    files: tree((index) => [
      `/site-packages/p${index}.dist-info/METADATA`,
      `Metadata-Version: 2.1\nName: p${index}\nVersion: 1.2.3\nLicense: MIT\n${'Requires-Dist: other>=1\n'.repeat(10)}\n${readme}`,
    ]),
  },
  {
    name: 'python record',
    detectors: python,
    files: tree((index) => [
      `/site-packages/p${index}.dist-info/RECORD`,
      `package/module.py,sha256=${'A'.repeat(43)},1234\n`.repeat(60),
    ]),
  },
  {
    name: 'java',
    detectors: java,
    files: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`/l/part${index}.jar`, jar(index)])),
  },
  { name: 'golang', detectors: golang, files: { '/usr/bin/program': goProgram() } },
  {
    name: 'rust',
    detectors: rust,
    files: { '/usr/bin/program': buildElf({ '.text': code, '.dep-v0': deflateSync(JSON.stringify(crates)) }) },
  },
  {
    name: 'other executables',
    detectors: [...golang, ...rust],
    files: { '/usr/bin/program': buildElf({ '.text': code }) },
  },
  {
    name: 'ruby',
    detectors: ruby,
    files: tree((index) => [
      `/gems/specifications/g${index}.gemspec`,
      `# stub: g${index} 1.2.3 ruby lib\nGem::Specification.new do |s|\n${'  s.add_runtime_dependency(%q<other>.freeze, [">= 1"])\n'.repeat(10)}end\n`,
    ]),
  },
  {
    name: 'php',
    detectors: php,
    files: {
      '/srv/vendor/composer/installed.json': JSON.stringify(
        each((index) => ({
          name: `vendor/package${index}`,
          version: '1.2.3',
          license: ['MIT'],
          require: { php: '*', 'a/b': '1' },
          description: readme.slice(0, 1500),
        })),
      ),
    },
  },
  {
    name: 'dotnet',
    detectors: dotnet,
    files: { '/app/x.deps.json': JSON.stringify({ targets: { x: targets }, libraries }) },
  },
  {
    name: 'programs by anchor',
    detectors: binary,
    files: { '/usr/local/bin/node': Buffer.concat([code, Buffer.from('\0node.js/v20.1.2\0')]) },
  },
  {
    name: 'programs without anchor',
    detectors: binary,
    files: { '/usr/local/bin/traefik': Buffer.concat([code, Buffer.from('\0' + '3.6.5\0\0')]) },
  },
  {
    name: 'licence texts',
    detectors: licenseFile,
    files: tree((index) => [`/app/node_modules/p${index}/LICENSE`, licence]),
  },
];

const numbers: Record<string, number> = {};
for (const { name, detectors, files } of families) {
  const contents = Object.values(files).map((content) =>
    typeof content === 'string' ? Buffer.from(content) : content,
  );
  const bytes = contents.reduce((sum, content) => sum + (content?.length ?? 0), 0);
  let packages = 0;
  const milliseconds = fastest(ROUNDS, () => {
    packages = packagesOf(runDetectors(detectors, files)).length;
  });
  const hashing = fastest(ROUNDS, () => {
    for (const content of contents)
      createHash('sha256')
        .update(content ?? '')
        .digest();
  });
  numbers[`${name}: MB/s`] = Math.round(bytes / 1000 / milliseconds);
  if (packages > 1) numbers[`${name}: packages/s`] = Math.round((packages * 1000) / milliseconds);
  numbers[`${name}: time over SHA-256`] = Number((milliseconds / hashing).toFixed(2));
}
recordBench('language-catalogs', numbers);
