import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayHold } from '../../../src/bytes/text-filter.ts';
import { linkedModules } from '../../../src/catalog/golang/linked-code.ts';
import { parseModules } from '../../../src/catalog/golang/parse-modules.ts';
import { buildElf, buildMacho, buildPe } from '../../support/executable-builder.ts';
import { functionTable, type TableShape } from '../../support/go-program-builder.ts';

const MODULES = parseModules(
  [
    'path\texample.com/shop/cmd/agent',
    'mod\texample.com/shop\t(devel)\t',
    'dep\tgopkg.in/yaml.v3\tv3.0.1',
    'dep\texample.com/old\tv1.0.0',
    '=>\texample.com/fork\tv1.2.0',
    'dep\tgolang.org/x/net\tv0.30.0',
    'build\tGOOS=linux',
    'build\tGOARCH=arm64',
  ].join('\n'),
);

const FUNCTIONS = [
  'go:buildid',
  'runtime.goexit',
  'net/http.(*Transport).RoundTrip.func1',
  'vendor/golang.org/x/net/idna.(*Profile).ToASCII',
  'main.main',
  'example.com/shop/pricing.Sum[go.shape.struct { A [2]int }]',
  'gopkg.in/yaml%2ev3.(*Decoder[go.shape.int]).Decode',
  'example.com/old/part.F',
  'crypto/internal/fips140/v1.0.0-c2097c7c/nistec.(*P256Point).SetBytes',
];

/** Which of the names each module of a program holds. */
function held(program: Uint8Array, names: readonly string[]) {
  const linked = linkedModules(program, MODULES);
  return (
    linked &&
    Object.fromEntries([...linked].map(([path, code]) => [path, names.filter((name) => mayHold(code.names, name))]))
  );
}

const ASKED = [
  'runtime.goexit',
  'net/http',
  'net/http.Transport',
  'net/http.Transport.RoundTrip',
  'net/http.Transport.RoundTrip.func1',
  'net/http.Get',
  'golang.org/x/net/idna.Profile.ToASCII',
  'example.com/shop/cmd/agent.main',
  'example.com/shop/pricing.Sum',
  'gopkg.in/yaml.v3.Decoder.Decode',
  'example.com/old/part.F',
  'crypto/internal/fips140/nistec.P256Point.SetBytes',
];

const HELD = {
  '': [
    'runtime.goexit',
    'net/http',
    'net/http.Transport',
    'net/http.Transport.RoundTrip',
    'golang.org/x/net/idna.Profile.ToASCII',
    'crypto/internal/fips140/nistec.P256Point.SetBytes',
  ],
  'example.com/shop': ['example.com/shop/cmd/agent.main', 'example.com/shop/pricing.Sum'],
  'gopkg.in/yaml.v3': ['gopkg.in/yaml.v3.Decoder.Decode'],
  'example.com/old': ['example.com/old/part.F'],
  'golang.org/x/net': [],
};

describe('what a linker left of the modules of a Go program', () => {
  const programs: readonly (readonly [title: string, bytes: Uint8Array])[] = [
    ['ELF, Go 1.20 and newer', buildElf({ '.gopclntab': functionTable(FUNCTIONS) })],
    ['ELF, Go 1.18', buildElf({ '.gopclntab': functionTable(FUNCTIONS, { magic: 0xfffffff0 }) })],
    ['ELF, Go 1.16', buildElf({ '.gopclntab': functionTable(FUNCTIONS, { magic: 0xfffffffa }) })],
    ['ELF that can be loaded anywhere', buildElf({ '.data.rel.ro.gopclntab': functionTable(FUNCTIONS) })],
    [
      '32-bit big-endian ELF',
      buildElf({ '.gopclntab': functionTable(FUNCTIONS, { wordSize: 4, big: true }) }, { bits: 32, big: true }),
    ],
    ['ELF without section table', buildElf({ data: functionTable(FUNCTIONS) }, { withoutSectionTable: true })],
    ['PE, among other constants', buildPe({ '.rdata': Buffer.concat([Buffer.alloc(40), functionTable(FUNCTIONS)]) })],
    ['Mach-O', buildMacho({ __gopclntab: functionTable(FUNCTIONS) })],
  ];
  for (const [title, bytes] of programs) {
    it(`is read from ${title}`, () => expect(held(bytes, ASKED)).toEqual(HELD));
  }

  it('says what the program was built for', () =>
    expect(
      linkedModules(buildElf({ '.gopclntab': functionTable(FUNCTIONS) }), MODULES)?.get('golang.org/x/net'),
    ).toEqual({
      names: '',
      os: 'linux',
      architecture: 'arm64',
    }));

  const untold: readonly (readonly [title: string, functions: readonly string[], shape?: TableShape])[] = [
    ['takes the runtime from a shared library', ['main.main', 'net/http.Get']],
    ['has type arguments without an end', ['runtime.goexit', 'main.F[go.shape.struct { A int "[" }]']],
    ['was built by Go 1.15', FUNCTIONS, { magic: 0xfffffffb }],
    ['names packages below more directories than any', ['runtime.goexit', `${'a/'.repeat(100)}b.F`]],
    ['names more functions than any', ['runtime.goexit', ...Array<string>(1_000_000).fill('')]],
    [
      'names more packages than any',
      ['runtime.goexit', ...Array.from({ length: 100_010 }, (_, index) => `p${index}.F`)],
    ],
  ];
  for (const [title, functions, shape] of untold) {
    it(`is unknown of a program that ${title}`, () =>
      expect(linkedModules(buildElf({ '.gopclntab': functionTable(functions, shape) }), MODULES)).toBeUndefined());
  }

  const carried: readonly (readonly [title: string, own: TableShape, bytes: (own: Buffer) => Uint8Array])[] = [
    ['among its data', {}, (own) => buildPe({ '.rdata': Buffer.concat([functionTable(['runtime.goexit']), own]) })],
    ['behind it', {}, (own) => Buffer.concat([buildPe({ '.rdata': own }), functionTable(['runtime.goexit'])])],
    [
      'while its own table is older than such names',
      { magic: 0xfffffffb },
      (own) => buildPe({ '.rdata': Buffer.concat([functionTable(['runtime.goexit']), own]) }),
    ],
  ];
  for (const [title, own, build] of carried) {
    it(`is unknown where a program carries another one ${title}`, () =>
      expect(linkedModules(build(functionTable(FUNCTIONS, own)), MODULES)).toBeUndefined());
  }

  it('is unknown of a program in which a table could begin in too many places', () => {
    const beginnings = Buffer.alloc(900_000, functionTable(FUNCTIONS).subarray(0, 8));
    const bytes = buildPe({ '.rdata': Buffer.concat([functionTable(FUNCTIONS), beginnings]) });
    expect(linkedModules(bytes, MODULES)).toBeUndefined();
  });

  it('is unknown of a file with programs for several machines, of which one is read', () => {
    const fat = Buffer.alloc(4096);
    for (const [index, word] of [0xcafebabe, 2, 0x01000007, 3, 4096].entries()) fat.writeUInt32BE(word, index * 4);
    const program = buildMacho({ __gopclntab: functionTable(FUNCTIONS) });
    expect(linkedModules(Buffer.concat([fat, program]), MODULES)).toBeUndefined();
  });

  it('is unknown where the table is cut or damaged, whatever its bytes', () => {
    const whole = functionTable(FUNCTIONS);
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(whole.length), fc.nat(255)), { maxLength: 8 }),
        (end, changes) => {
          const bytes = Uint8Array.from(whole.subarray(0, end));
          for (const [at, value] of changes) bytes[at] = value;
          const linked = linkedModules(buildElf({ '.gopclntab': bytes }), MODULES);
          return linked === undefined || linked.size === 5;
        },
      ),
    );
  });
});
