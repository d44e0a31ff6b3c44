import { PlimsollError } from '../../errors.ts';
import { findEnvelope } from '../../image/signatures/dsse-envelope.ts';
import type { Signature } from '../../image/signatures/signature.ts';

/** The statement in a signed envelope. */
export interface SignedPayload {
  readonly payload: Uint8Array;
  /** Not verified yet. */
  readonly signatures: readonly Signature[];
}

/**
 * What a DSSE envelope holds, bare or in a sigstore bundle; undefined where the value is neither. Throws
 * PLM_SBOM_INVALID where the payload is damaged or no statement.
 */
export function openEnvelope(value: unknown): SignedPayload | undefined {
  const envelope = findEnvelope(value);
  if (envelope === undefined) return undefined;
  const { payloadType, payload, signatures } = envelope;
  if (!/^application\/(?:[\w.-]+\+)?json$|^application\/vnd\.in-toto\b/.test(payloadType))
    throw new PlimsollError('PLM_SBOM_INVALID', 'the signed envelope does not hold an in-toto statement');
  if (payload === undefined)
    throw new PlimsollError('PLM_SBOM_INVALID', 'the payload of the signed envelope is not base64');
  return { payload, signatures };
}
