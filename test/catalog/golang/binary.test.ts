import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/golang/detector.ts';
import { stampedVersion } from '../../../src/catalog/golang/main-version.ts';
import { parseModules } from '../../../src/catalog/golang/parse-modules.ts';
import type { PackageDraft } from '../../../src/model/package.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';
import { buildElf, buildMacho, buildPe } from '../../support/executable-builder.ts';
import { functionTable } from '../../support/go-program-builder.ts';

const PADDING = 64 * 1024;
const scan = (bytes: Uint8Array) => runDetectors(detectors, { '/usr/bin/program': bytes });
const names = (packages: readonly PackageDraft[]) =>
  packages.map(({ namespace, name, version }) => `${namespace === undefined ? '' : `${namespace}/`}${name}@${version}`);

const MODULES = [
  'path\texample.com/shop/agent',
  'mod\texample.com/shop/agent\t(devel)\t',
  'dep\tgithub.com/miekg/dns\tv1.1.15\th1:CSSA7WlcwGLMoA63jdKnaE6Tx6eVUxQ29LUgGetiDCI=',
  'dep\tgolang.org/x/xerrors\tv0.0.0-20200804184101-5ec99f83aff1\t',
  '=>\tgithub.com/golang/xerrors\tv0.0.0-20220907171357-04be3eba64a2\t',
  'dep\texample.com/local\tv1.0.0',
  '=>\t../local\t(devel)\t',
  'build\tGOOS=linux',
  'build\tvcs.revision=abc',
  '',
].join('\n');

/** The header of Go 1.18 and newer: both texts follow it. */
function inlineInfo(version: string, modules: string): Uint8Array {
  const framed = modules === '' ? '' : `${'\x30'.repeat(16)}${modules}${'\x31'.repeat(16)}`;
  return Buffer.concat([header(8, 2), prefixed(version), prefixed(framed)]);
}

function header(pointerSize: number, flags: number): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.write('\xff Go buildinf:', 'latin1');
  bytes[14] = pointerSize;
  bytes[15] = flags;
  return bytes;
}

function prefixed(text: string): Buffer {
  const length: number[] = [];
  let rest = Buffer.byteLength(text);
  for (; rest > 127; rest >>= 7) length.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([...length, rest]), Buffer.from(text)]);
}

describe('Go programs', () => {
  const info = inlineInfo('go1.26.8', MODULES);
  const expected = [
    'example.com/shop/agent@(devel)',
    'github.com/miekg/dns@v1.1.15',
    'github.com/golang/xerrors@v0.0.0-20220907171357-04be3eba64a2',
    'example.com/local@(devel)',
    'stdlib@1.26.8',
  ];
  const programs: readonly (readonly [title: string, bytes: Uint8Array])[] = [
    ['ELF, in its own section', buildElf({ '.text': new Uint8Array(40), '.go.buildinfo': info }, { padding: PADDING })],
    ['32-bit big-endian ELF', buildElf({ '.go.buildinfo': info }, { bits: 32, big: true, padding: PADDING })],
    ['ELF without section table', buildElf({ data: info }, { withoutSectionTable: true, padding: PADDING })],
    ['PE, in its data section', buildPe({ '.text': new Uint8Array(600), '.data': info }, PADDING)],
    ['Mach-O', buildMacho({ __text: new Uint8Array(40), __go_buildinfo: info }, PADDING)],
  ];
  for (const [title, bytes] of programs) {
    it(`lists the modules of ${title}`, () => expect(names(packagesOf(scan(bytes)))).toEqual(expected));
  }

  it('says what the linker left of each module, but of one that stands in for another', () => {
    const table = functionTable(['runtime.goexit', 'github.com/miekg/dns.Exchange', 'golang.org/x/xerrors.New']);
    const program = buildElf({ '.go.buildinfo': info, '.gopclntab': table }, { padding: PADDING });
    expect(
      packagesOf(scan(program)).map(({ name, linked }) => [name, linked && { ...linked, names: linked.names.length }]),
    ).toEqual([
      ['agent', { names: 0, os: 'linux' }],
      ['dns', { names: 8, os: 'linux' }],
      ['xerrors', undefined],
      ['local', { names: 0, os: 'linux' }],
      ['stdlib', { names: 8, os: 'linux' }],
    ]);
  });

  it.each(['./lib\t', '../lib\t(devel)\t', '/src/lib\t(devel)\t', 'C:\\lib\t(devel)\t', '..\t'])(
    'keeps the name of a module replaced by the directory %s',
    (directory) => {
      const modules = parseModules(`dep\texample.com/lib\tv1.2.0\n=>\t${directory}\n`);
      expect(modules.dependencies).toEqual([
        { path: 'example.com/lib', version: '', replaces: { path: 'example.com/lib', version: 'v1.2.0' } },
      ]);
    },
  );

  it('says what each module is, what it replaces and what the program needs', () => {
    const packages = packagesOf(scan(buildElf({ '.go.buildinfo': info }, { padding: PADDING })));
    expect(packages[0]).toEqual({
      type: 'golang',
      namespace: 'example.com/shop',
      name: 'agent',
      version: '(devel)',
      provides: ['example.com/shop/agent@(devel)'],
      dependsOn: expected.slice(1).sort(),
      properties: { main: 'true', toolchain: 'go1.26.8', 'vcs.revision': 'abc', GOOS: 'linux' },
    });
    expect(packages[2]?.properties).toEqual({ replaces: 'golang.org/x/xerrors@v0.0.0-20200804184101-5ec99f83aff1' });
  });

  for (const [pointerSize, big] of [
    [8, false],
    [4, true],
  ] as const) {
    it(`follows ${pointerSize}-byte pointers of toolchains before 1.18`, () => {
      const version = Buffer.from('go1.15.2');
      const modules = Buffer.from(`${'\0'.repeat(16)}mod\texample.com/old\tv1.2.3\t\n${'\0'.repeat(16)}`);
      const build = (addresses: readonly number[]): Uint8Array => {
        const pointers = (values: readonly number[]): Buffer => {
          const bytes = Buffer.alloc(values.length * pointerSize);
          values.forEach((value, index) => {
            const at = index * pointerSize + (big ? pointerSize - 4 : 0);
            if (big) bytes.writeUInt32BE(value, at);
            else bytes.writeUInt32LE(value, at);
          });
          return bytes;
        };
        const [a = 0, b = 0, c = 0] = addresses;
        const top = Buffer.concat([
          header(pointerSize, big ? 1 : 0).subarray(0, 16),
          pointers([a, a + 2 * pointerSize]),
          Buffer.alloc(16),
        ]);
        const sections = {
          '.go.buildinfo': top,
          strings: pointers([b, version.length, c, modules.length]),
          version,
          modules,
        };
        return buildElf(sections, { bits: pointerSize === 8 ? 64 : 32, big, padding: PADDING });
      };
      const layout = build([]);
      const base = 0x400000;
      const find = (text: Uint8Array): number => base + Buffer.from(layout).indexOf(text);
      const strings = find(version) - Math.ceil((4 * pointerSize) / 16) * 16;
      expect(names(packagesOf(scan(build([strings, find(version), find(modules)]))))).toEqual([
        'example.com/old@v1.2.3',
        'stdlib@1.15.2',
      ]);
    });
  }

  const toolchains: readonly (readonly [toolchain: string, version: string | undefined])[] = [
    ['go1.20.6 X:boringcrypto', '1.20.6'],
    ['go1.26.0-X:nodwarf5', '1.26.0'],
    ['go1.21rc2', '1.21rc2'],
    ['devel go1.22-3f2b', undefined],
  ];
  for (const [toolchain, version] of toolchains) {
    it(`reads the standard library of ${toolchain}`, () => {
      const packages = packagesOf(scan(buildElf({ '.go.buildinfo': inlineInfo(toolchain, '') }, { padding: PADDING })));
      expect(packages.map((found) => found.version)).toEqual(version === undefined ? [] : [version]);
    });
  }

  it('says so when a program is packed', () => {
    const packed = [
      buildElf({ data: Buffer.from('UPX!') }, { withoutSectionTable: true, padding: PADDING }),
      buildPe({ UPX1: new Uint8Array(9) }, PADDING),
    ];
    for (const bytes of packed) {
      expect(problemsOf(scan(bytes))).toEqual([
        'PLM_FILE_UNREADABLE: packed with UPX: packages built into this program are not listed',
      ]);
    }
  });

  it('finds nothing in a program of another language', () => {
    expect(scan(buildElf({ '.text': new Uint8Array(100) }, { padding: PADDING }))).toEqual([]);
  });

  it('says so when the texts reach past the end', () => {
    const cut = buildElf({ '.go.buildinfo': inlineInfo('go1.26.8', MODULES).subarray(0, 60) }, { padding: PADDING });
    expect(problemsOf(scan(cut))).toEqual([
      'PLM_FILE_UNREADABLE: the build information of this Go program is damaged: the modules built into it are not listed',
    ]);
  });

  it('survives any damage to the file', () => {
    const whole = buildElf({ '.go.buildinfo': info }, { padding: PADDING });
    const size = whole.length - PADDING;
    fc.assert(
      fc.property(fc.nat(size - 1), fc.nat(255), fc.nat(size), (at, byte, cut) => {
        const damaged = whole.slice();
        damaged[at] = byte;
        scan(damaged);
        scan(damaged.subarray(0, PADDING + cut));
      }),
    );
  });
});

describe('Go module lists', () => {
  it('reads quoted settings', () => {
    expect([...parseModules('build\t-ldflags="-X main.v=\\"1\\" -s"\nbuild\t"a b"="c"\nbuild\tx\n').settings]).toEqual([
      ['-ldflags', '-X main.v="1" -s'],
      ['a b', 'c'],
    ]);
  });

  const flags: readonly (readonly [flags: string, version: string | undefined])[] = [
    ['-s -w -X main.version=1.2.3', 'v1.2.3'],
    ['-X=example.com/x/internal.Version=v2.0.0-rc.1', 'v2.0.0-rc.1'],
    ["-X 'main.Version=1.2.3'", 'v1.2.3'],
    ['-X main.goVersion=1.21.0', undefined],
    ['-X k8s.io/client-go/pkg/version.gitVersion=v1.2.3', undefined],
    ['-X main.version=dev', undefined],
    ['', undefined],
  ];
  for (const [text, version] of flags) {
    it(`takes ${version ?? 'nothing'} from "${text}"`, () => {
      expect(stampedVersion({ path: 'example.com/x', version: '(devel)' }, text)).toBe(version);
    });
  }
});
