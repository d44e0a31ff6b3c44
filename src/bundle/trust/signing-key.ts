import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { PlimsollError } from '../../errors.ts';
import { type Algorithm, rawPublicKey, signBytes } from './algorithms.ts';
import { preAuthEncoding, type SignedDocument } from './dsse.ts';
import { type TrustedKey, trustedKey } from './trusted-key.ts';

/** A private key: the halves of one `.key` file. */
export interface SigningKey {
  readonly publicKey: TrustedKey;
  readonly privateHalves: ReadonlyMap<Algorithm, KeyObject>;
}

/** Makes a new key: hybrid by default, or a lone ECDSA key for hardware that knows nothing else. */
export function generateSigningKey(kind: 'hybrid' | 'ecdsa-p256' = 'hybrid'): SigningKey {
  if (kind === 'ecdsa-p256') return signingKey([generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey]);
  return signingKey([generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ml-dsa-65').privateKey]);
}

function signingKey(privateKeys: readonly KeyObject[]): SigningKey {
  const privateHalves = new Map<Algorithm, KeyObject>();
  const halves = new Map<Algorithm, Uint8Array>();
  for (const key of privateKeys) {
    const { algorithm, raw } = rawPublicKey(key);
    if (halves.has(algorithm)) throw new PlimsollError('PLM_TRUST_KEY', `the key file holds two ${algorithm} keys`);
    privateHalves.set(algorithm, key);
    halves.set(algorithm, raw);
  }
  if (halves.size === 0) throw new PlimsollError('PLM_TRUST_KEY', 'the key file holds no private key');
  return { publicKey: trustedKey(halves), privateHalves };
}

/** The `.key` file: one PKCS#8 block per half (RFC 5958, RFC 7468), encrypted where a pass phrase is given. */
export function encodeKeyFile(key: SigningKey, passphrase?: string): string {
  const blocks = [...key.privateHalves.values()].map((half) =>
    passphrase === undefined
      ? half.export({ format: 'pem', type: 'pkcs8' })
      : half.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase }),
  );
  return blocks.join('');
}

const PEM_BLOCK =
  /-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----\r?\n[A-Za-z0-9+/=\r\n]+-----END (?:ENCRYPTED )?PRIVATE KEY-----/g;

/** Whether the key file can only be read with a pass phrase. */
export function isEncryptedKeyFile(text: string): boolean {
  return text.includes('BEGIN ENCRYPTED PRIVATE KEY');
}

/** Throws PLM_TRUST_KEY where the file is no key file or the pass phrase is wrong. */
export function parseKeyFile(
  text: string,
  options: { readonly path: string; readonly passphrase?: string },
): SigningKey {
  const { path, passphrase } = options;
  const blocks = text.match(PEM_BLOCK) ?? [];
  // A half that is not read must not go unnoticed: a hybrid key would become a lone one.
  if (blocks.length === 0 || text.replaceAll(PEM_BLOCK, '').trim() !== '')
    throw new PlimsollError('PLM_TRUST_KEY', 'this is no key file (PKCS#8 PEM)', { path });
  if (isEncryptedKeyFile(text) && passphrase === undefined) {
    throw new PlimsollError('PLM_TRUST_KEY', 'the key file is encrypted and no pass phrase was given', {
      path,
      hint: 'give --passphrase-file FILE or --passphrase-fd N',
    });
  }
  try {
    return signingKey(blocks.map((key) => createPrivateKey(passphrase === undefined ? key : { key, passphrase })));
  } catch (cause) {
    if (cause instanceof PlimsollError) throw cause;
    throw new PlimsollError('PLM_TRUST_KEY', 'the key file cannot be read: damaged, or a wrong pass phrase', {
      path,
      cause,
    });
  }
}

/** The document with this key's signatures added; those it had from the same key are replaced. */
export function signDocument(document: SignedDocument, key: SigningKey): SignedDocument {
  const message = preAuthEncoding(document.payloadType, document.payload);
  const keyId = key.publicKey.id;
  const added = [...key.privateHalves].map(([algorithm, half]) => ({
    keyId,
    algorithm,
    bytes: signBytes(algorithm, half, message),
  }));
  const kept = document.signatures.filter((signature) => signature.keyId !== keyId);
  return { ...document, signatures: [...kept, ...added] };
}
