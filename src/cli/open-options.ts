import type { Arguments } from 'yargs';
import { PlimsollError } from '../errors.ts';
import type { OpenImageOptions } from '../image/open-image.ts';
import { readDetachedSignatures } from '../image/signatures/detached-signatures.ts';
import { type ImageKey, parseImageKey } from '../image/signatures/image-key.ts';
import type { ImageSignature } from '../image/signatures/signature.ts';
import type { SignatureDemand } from '../image/signatures/signature-demand.ts';
import type { Limits } from '../limits.ts';
import { stringOf, stringsOf } from './arguments.ts';
import { readText } from './read-text.ts';
import { limitsOf, platformOf } from './scan-options.ts';

/** Which image to open, and who must have signed it. Throws PLM_USAGE. */
export function openOptionsOf(args: Arguments): OpenImageOptions {
  const limits = limitsOf(args);
  const platform = platformOf(args);
  const ref = stringOf(args, 'ref');
  const signed = signatureDemandOf(args, limits);
  return {
    limits,
    stdin: process.stdin,
    ...(platform === undefined ? {} : { platform }),
    ...(ref === undefined ? {} : { ref }),
    ...(signed === undefined ? {} : { signed }),
  };
}

function signatureDemandOf(args: Arguments, limits: Limits): SignatureDemand | undefined {
  const keys = stringsOf(args, 'image-key').map(readKey);
  const files = stringsOf(args, 'image-signature');
  if (keys.length === 0 && files.length > 0) {
    throw new PlimsollError('PLM_USAGE', '--image-signature needs the key that signed the image', {
      hint: 'name it: --image-key FILE',
    });
  }
  if (keys.length === 0) return undefined;
  return { keys, detached: files.flatMap((path) => readSignatures(path, limits)) };
}

function readKey(path: string): ImageKey {
  const key = parseImageKey(readText(path, 'PLM_USAGE'));
  if (typeof key !== 'string') return key;
  throw new PlimsollError('PLM_USAGE', `the file is no key that signs images: ${key}`, {
    path,
    hint: 'cosign generate-key-pair writes it to cosign.pub',
  });
}

function readSignatures(path: string, limits: Limits): readonly ImageSignature[] {
  const signatures = readDetachedSignatures(readText(path, 'PLM_USAGE'), limits);
  if (signatures.length > 0) return signatures;
  throw new PlimsollError('PLM_USAGE', 'the file holds no signature of an image', {
    path,
    hint: 'a sigstore bundle of cosign sign, or what cosign download signature writes, is one',
  });
}
