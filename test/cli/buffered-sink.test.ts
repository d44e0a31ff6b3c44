import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bufferedSink, SINK_BYTES } from '../../src/cli/buffered-sink.ts';

function collect(pieces: readonly string[]): { readonly text: string; readonly sizes: readonly number[] } {
  const blocks: Buffer[] = [];
  const sink = bufferedSink((bytes) => blocks.push(Buffer.from(bytes)));
  for (const piece of pieces) sink.write(piece);
  sink.flush();
  sink.flush();
  return { text: Buffer.concat(blocks).toString('utf8'), sizes: blocks.map((block) => block.length) };
}

describe('bufferedSink', () => {
  it('passes on full blocks and the rest at the end', () => {
    const pieces = Array.from({ length: SINK_BYTES / 16 + 1 }, () => '0123456789abcdef');
    expect(collect(pieces)).toEqual({ text: pieces.join(''), sizes: [SINK_BYTES, 16] });
  });

  it('writes nothing where there is nothing', () => {
    expect(collect(['', ''])).toEqual({ text: '', sizes: [] });
  });

  it('keeps a character whole that does not fit any more', () => {
    const text = `${'a'.repeat(SINK_BYTES - 2)}\u{1f6a2}b`;
    expect(collect([text])).toEqual({ text, sizes: [SINK_BYTES - 2, 5] });
  });

  it('splits a text longer than many blocks', () => {
    const text = 'plimsoll €'.repeat(40_000);
    expect(collect([text]).text).toBe(text);
  });

  it('writes the bytes of any pieces in order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (pieces) => {
        expect(collect(pieces).text).toBe(pieces.join(''));
      }),
    );
  });
});
