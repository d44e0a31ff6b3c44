import type { TextSink } from '../report/format.ts';

/** Bytes that one system call writes: reports are made of hundreds of thousands of short pieces. */
export const SINK_BYTES = 64 * 1024;

/** A sink whose last bytes are out only after `flush`. */
export interface BufferedSink extends TextSink {
  flush(): void;
}

/** Encodes text as UTF-8 and passes it on in full blocks. `writeBytes` has done with the bytes when it returns. */
export function bufferedSink(writeBytes: (bytes: Uint8Array) => void): BufferedSink {
  const block = new Uint8Array(SINK_BYTES);
  const encoder = new TextEncoder();
  let used = 0;
  const flush = (): void => {
    if (used === 0) return;
    const bytes = block.subarray(0, used);
    used = 0;
    writeBytes(bytes);
  };
  return {
    write: (text) => {
      for (let rest = text; rest.length > 0; ) {
        const { read, written } = encoder.encodeInto(rest, block.subarray(used));
        used += written;
        if (read === rest.length) return;
        flush();
        rest = rest.slice(read);
      }
    },
    flush,
  };
}
