import type { Arguments } from 'yargs';
import { PlimsollError } from '../errors.ts';
import type { OpenImageOptions } from '../image/open-image.ts';
import { readDetachedSignatures } from '../image/signatures/detached-signatures.ts';
import { type ImageKey, parseImageKey } from '../image/signatures/image-key.ts';
import type { DetachedSignature } from '../image/signatures/signature.ts';
import type { CertificateCheck, SignatureDemand } from '../image/signatures/signature-demand.ts';
import type { Limits } from '../limits.ts';
import { compileGlob, type Glob } from '../policy/glob.ts';
import { stringOf, stringsOf } from './arguments.ts';
import { readText } from './read-text.ts';
import { limitsOf, platformOf } from './scan-options.ts';

/** Which image to open, and who must have signed it. Throws PLM_USAGE. */
export async function openOptionsOf(args: Arguments): Promise<OpenImageOptions> {
  const limits = limitsOf(args);
  const platform = platformOf(args);
  const ref = stringOf(args, 'ref');
  const signed = await signatureDemandOf(args, limits);
  return {
    limits,
    stdin: process.stdin,
    ...(platform === undefined ? {} : { platform }),
    ...(ref === undefined ? {} : { ref }),
    ...(signed === undefined ? {} : { signed }),
  };
}

async function signatureDemandOf(args: Arguments, limits: Limits): Promise<SignatureDemand | undefined> {
  const keys = stringsOf(args, 'image-key').map(readKey);
  const certificates = await certificateCheckOf(args, limits);
  const files = stringsOf(args, 'image-signature');
  if (keys.length === 0 && certificates === undefined) {
    if (files.length === 0) return undefined;
    throw new PlimsollError('PLM_USAGE', '--image-signature needs to know who may have signed the image', {
      hint: 'name the key: --image-key FILE, or whom the certificate names: --image-identity',
    });
  }
  const detached = files.flatMap((path) => readSignatures(path, limits));
  return { keys, detached, ...(certificates === undefined ? {} : { certificates }) };
}

async function certificateCheckOf(args: Arguments, limits: Limits): Promise<CertificateCheck | undefined> {
  const identities = stringsOf(args, 'image-identity');
  const issuer = stringOf(args, 'image-issuer');
  const path = stringOf(args, 'trusted-root');
  if (identities.length === 0 && issuer === undefined && path === undefined) return undefined;
  if (identities.length === 0 || issuer === undefined || path === undefined) {
    throw new PlimsollError('PLM_USAGE', '--image-identity, --image-issuer and --trusted-root go together', {
      hint: 'who signed, who vouched for that, and which authorities and logs are trusted: docs/signatures.md',
    });
  }
  const globs = identities.map(identityGlob);
  const isWanted = (identity: string): boolean => globs.some((glob) => glob.matches(identity));
  const { checkCertificates } = await import('../image/signatures/certificate-trust.ts');
  const check = checkCertificates(readText(path, 'PLM_USAGE'), { isWanted, issuer }, limits);
  if (typeof check !== 'string') return check;
  throw new PlimsollError('PLM_USAGE', `the file is no trusted root of sigstore: ${check}`, {
    path,
    hint: 'cosign trusted-root create writes one; that of the public instance is fetched where there is a network',
  });
}

function identityGlob(source: string): Glob {
  const glob = compileGlob(source, 'name');
  if (glob !== undefined) return glob;
  throw new PlimsollError('PLM_USAGE', `"${source}" is too long or has too many alternatives for an --image-identity`);
}

function readKey(path: string): ImageKey {
  const key = parseImageKey(readText(path, 'PLM_USAGE'));
  if (typeof key !== 'string') return key;
  throw new PlimsollError('PLM_USAGE', `the file is no key that signs images: ${key}`, {
    path,
    hint: 'cosign generate-key-pair writes it to cosign.pub',
  });
}

function readSignatures(path: string, limits: Limits): readonly DetachedSignature[] {
  const signatures = readDetachedSignatures(readText(path, 'PLM_USAGE'), limits);
  if (signatures.length > 0) return signatures;
  throw new PlimsollError('PLM_USAGE', 'the file holds no signature of an image or a file', {
    path,
    hint: 'a sigstore bundle of cosign sign or sign-blob, or what cosign download signature writes, is one',
  });
}
