import { createDecipheriv } from 'node:crypto';

/** A text encrypted with AES-128-GCM as Rails stores its credentials; parts in base64. Worthless without the key. */
export interface SealedText {
  readonly data: string;
  readonly iv: string;
  readonly tag: string;
}

/** Sealed files that are larger prove no key. */
export const SEALED_BYTES = 64 * 1024;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Reads `data--iv--tag`; undefined where it is something else.
 * https://api.rubyonrails.org/classes/ActiveSupport/MessageEncryptor.html
 */
export function readSealed(bytes: Uint8Array): SealedText | undefined {
  if (bytes.length > SEALED_BYTES) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').trim();
  const [data, iv, tag, ...more] = text.split('--');
  if (data === undefined || iv === undefined || tag === undefined || more.length > 0) return undefined;
  if (![data, iv, tag].every(isBase64)) return undefined;
  return bytesOf(iv).length === IV_BYTES && bytesOf(tag).length === TAG_BYTES ? { data, iv, tag } : undefined;
}

/** Whether the key, 32 hex digits, is the one the text was sealed with. */
export function opensSealed(key: string, { data, iv, tag }: SealedText): boolean {
  const decipher = createDecipheriv('aes-128-gcm', bytesOf(key, 'hex'), bytesOf(iv), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytesOf(tag));
  decipher.update(bytesOf(data));
  try {
    decipher.final();
    return true;
  } catch {
    // A wrong tag is how the cipher says "another key".
    return false;
  }
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function bytesOf(text: string, encoding: 'base64' | 'hex' = 'base64'): Buffer {
  return Buffer.from(text, encoding);
}
