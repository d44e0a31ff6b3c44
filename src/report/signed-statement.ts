import { sign } from 'node:crypto';
import { preAuthEncoding } from '../bundle/trust/dsse.ts';
import type { SigningKey } from '../bundle/trust/signing-key.ts';
import type { TextSink } from './format.ts';

/** Payload type of in-toto statements: https://github.com/in-toto/attestation/blob/main/spec/v1/envelope.md */
export const STATEMENT_TYPE = 'application/vnd.in-toto+json';

/**
 * Writes what `write` writes as payload of a DSSE envelope (https://github.com/secure-systems-lab/dsse), signed with
 * every half of the key. The payload is held whole: its length stands before it in what is signed. Unlike in bundles,
 * ECDSA signatures are DER: verifiers of attestations expect that.
 */
export async function writeSigned(
  key: SigningKey,
  sink: TextSink,
  write: (inner: TextSink) => void | Promise<void>,
): Promise<void> {
  const parts: string[] = [];
  await write({ write: (text) => parts.push(text) });
  const payload = Buffer.from(parts.join(''), 'utf8');
  const message = preAuthEncoding(STATEMENT_TYPE, payload);
  const signatures = [...key.privateHalves].map(([algorithm, half]) => ({
    keyid: key.publicKey.id,
    sig: sign(algorithm === 'ecdsa-p256' ? 'sha256' : null, message, half).toString('base64'),
  }));
  sink.write(`{\n  "payloadType": ${JSON.stringify(STATEMENT_TYPE)},\n  "payload": "`);
  sink.write(payload.toString('base64'));
  sink.write(`",\n  "signatures": [\n    ${signatures.map((item) => JSON.stringify(item)).join(',\n    ')}\n  ]\n}\n`);
}
