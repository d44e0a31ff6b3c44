import { gunzipSync } from 'node:zlib';
import { BoundsError, Cursor } from '../../bytes/cursor.ts';

/*
 * x86 boot protocol (https://www.kernel.org/doc/html/latest/arch/x86/boot.html): "HdrS" at 0x202, and at 0x20e the offset
 * of the version text, counted from 0x200.
 */
const HEADER_MAGIC_OFFSET = 0x202;
const HEADER_MAGIC = 0x53726448;
const VERSION_POINTER_OFFSET = 0x20e;
const SETUP_BASE = 0x200;
const VERSION_BYTES = 512;

const BANNER = Buffer.from('Linux version ', 'latin1');
const RELEASE = /^[0-9]+\.[0-9][\w.+~-]*/;

/** The release of a kernel image (`6.1.0-18-amd64`): from the boot header, else from the banner in the code. */
export function kernelRelease(image: Uint8Array, maxBytes: number): string | undefined {
  return fromBootHeader(image) ?? fromBanner(image) ?? fromGzip(image, maxBytes);
}

function fromBootHeader(image: Uint8Array): string | undefined {
  try {
    const cursor = new Cursor(image, 'little').seek(HEADER_MAGIC_OFFSET);
    if (cursor.u32() !== HEADER_MAGIC) return undefined;
    const pointer = cursor.seek(VERSION_POINTER_OFFSET).u16();
    const text = cursor.seek(SETUP_BASE + pointer).zeroTerminated(VERSION_BYTES);
    return RELEASE.exec(Buffer.from(text).toString('latin1'))?.[0];
  } catch (error) {
    if (error instanceof BoundsError) return undefined;
    throw error;
  }
}

function fromBanner(image: Uint8Array): string | undefined {
  const bytes = Buffer.from(image.buffer, image.byteOffset, image.length);
  for (let at = bytes.indexOf(BANNER); at >= 0; at = bytes.indexOf(BANNER, at + 1)) {
    const start = at + BANNER.length;
    const release = RELEASE.exec(bytes.toString('latin1', start, start + 128))?.[0];
    if (release !== undefined) return release;
  }
  return undefined;
}

/** Images for ARM are often nothing but gzip. */
function fromGzip(image: Uint8Array, maxBytes: number): string | undefined {
  if (image[0] !== 0x1f || image[1] !== 0x8b) return undefined;
  try {
    return fromBanner(gunzipSync(image, { maxOutputLength: maxBytes }));
  } catch {
    // Bytes that only begin like gzip, or more than any kernel: the image states no release.
    return undefined;
  }
}
