import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/pipeline/notices/decode-text.ts';

describe('decodeText', () => {
  it.each<readonly [string, Uint8Array, string | undefined]>([
    ['UTF-8', Buffer.from('© Ünal\n'), '© Ünal\n'],
    ['UTF-8 with its mark', Buffer.from('\ufeffMIT'), 'MIT'],
    ['UTF-16, little endian', Buffer.from('\ufeffMIT ©', 'utf16le'), 'MIT ©'],
    ['UTF-16, big endian', Buffer.from('\ufeffMIT ©', 'utf16le').swap16(), 'MIT ©'],
    ['Windows-1252', Buffer.from([0xa9, 0x20, 0x93, 0x41, 0x94]), '© “A”'],
    ['line ends of Windows and of old Macs', Buffer.from('a\r\nb\rc\n\r\n'), 'a\nb\nc\n\n'],
    ['zero bytes', Buffer.from('MIT\0'), undefined],
    ['half a pair of UTF-16', Buffer.from([0xff, 0xfe, 0x41, 0, 0x42]), 'A\ufffd'],
    ['nothing', Buffer.alloc(0), ''],
  ])('reads %s', (_, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it('never throws, and lets no carriage return or zero byte through', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeText(bytes) ?? '').not.toMatch(/[\r\0]/);
      }),
    );
  });
});
