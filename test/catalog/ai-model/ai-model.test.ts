import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/ai-model/detector.ts';
import { parseGguf } from '../../../src/catalog/ai-model/parse-gguf.ts';
import { parseSafetensors } from '../../../src/catalog/ai-model/parse-safetensors.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const LOST = 'PLM_FILE_UNREADABLE: the header of this model file is damaged: the model is not listed';
const scan = (path: string, content: Uint8Array) => runDetectors(detectors, { [path]: content });

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

const text = (value: string): Buffer => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

function gguf(texts: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(texts).map(([key, value]) => Buffer.concat([text(key), u32(8), text(value)]));
  const list = Buffer.concat([text('general.tags'), u32(9), u32(8), u64(2), text('a'), text('b')]);
  const number = Buffer.concat([text('general.file_type'), u32(4), u32(15)]);
  const head = [Buffer.from('GGUF'), u32(3), u64(0), u64(pairs.length + 2)];
  return Buffer.concat([...head, list, number, ...pairs]);
}

function safetensors(header: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  return Buffer.concat([u64(json.length), json, Buffer.alloc(16)]);
}

describe('model files', () => {
  it('reads what a GGUF header says about the model', () => {
    const facts = {
      'general.architecture': 'llama',
      'general.name': 'Tiny Llama',
      'general.version': 'v1.0',
      'general.license': 'apache-2.0',
    };
    expect(packagesOf(scan('/models/tiny.gguf', gguf(facts)))).toEqual([
      {
        type: 'generic',
        name: 'Tiny Llama',
        version: 'v1.0',
        licenses: ['Apache-2.0'],
        properties: { model: 'gguf', architecture: 'llama' },
      },
    ]);
  });

  it('reads the metadata of safetensors, the file name standing in', () => {
    const header = {
      __metadata__: { format: 'pt', 'modelspec.author': 'someone' },
      weight: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
    };
    expect(packagesOf(scan('/models/model-00001.safetensors', safetensors(header)))).toEqual([
      { type: 'generic', name: 'model-00001', version: '', properties: { model: 'safetensors', author: 'someone' } },
    ]);
  });

  const broken: readonly (readonly [title: string, path: string, content: Uint8Array])[] = [
    ['an empty file', '/m/x.gguf', new Uint8Array(0)],
    ['a cut GGUF header', '/m/x.gguf', gguf({ 'general.name': 'x' }).subarray(0, 60)],
    [
      'a GGUF list without end',
      '/m/x.gguf',
      Buffer.concat([Buffer.from('GGUF'), u32(3), u64(0), u64(1), text('a'), u32(9), u32(8), u64(2 ** 40)]),
    ],
    ['another version of GGUF', '/m/x.gguf', Buffer.concat([Buffer.from('GGUF'), u32(9), u64(0), u64(0)])],
    ['an empty safetensors file', '/m/x.safetensors', new Uint8Array(0)],
    ['a safetensors header larger than the file', '/m/x.safetensors', u64(1000)],
    ['a safetensors header that is no JSON', '/m/x.safetensors', Buffer.concat([u64(4), Buffer.from('{{{{')])],
  ];
  for (const [title, path, content] of broken) {
    it(`says that a model is lost for ${title}`, () => expect(problemsOf(scan(path, content))).toEqual([LOST]));
  }

  it('survives any damage', () => {
    const whole = gguf({ 'general.name': 'x', 'general.version': '1' });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Uint8Array.from(whole);
        damaged[at] = byte;
        parseGguf(damaged);
        parseSafetensors(damaged, 64);
      }),
    );
  });
});
