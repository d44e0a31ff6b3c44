import { isRecord, textField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';

/**
 * The payload of a DSSE envelope (https://github.com/secure-systems-lab/dsse); undefined where the value is none. No
 * signature is looked at. Throws PLM_SBOM_INVALID where the payload is damaged or no statement.
 */
export function openEnvelope(value: unknown): Uint8Array | undefined {
  if (!isRecord(value)) return undefined;
  const type = textField(value, 'payloadType');
  const payload = textField(value, 'payload');
  if (type === undefined || payload === undefined) return undefined;
  if (!/^application\/(?:[\w.-]+\+)?json$|^application\/vnd\.in-toto\b/.test(type))
    throw new PlimsollError('PLM_SBOM_INVALID', 'the signed envelope does not hold an in-toto statement');
  // Both alphabets are allowed; node decodes either and skips what is in none, so the length tells damage.
  const digits = payload.replace(/=+$/, '');
  const bytes = Buffer.from(digits, 'base64');
  if (bytes.length !== Math.floor((digits.length * 3) / 4) || digits.length % 4 === 1)
    throw new PlimsollError('PLM_SBOM_INVALID', 'the payload of the signed envelope is not base64');
  return bytes;
}
