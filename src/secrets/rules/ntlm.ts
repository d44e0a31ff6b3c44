import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { BASE64 } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';

const SPECIFICATION = 'https://learn.microsoft.com/openspecs/windows_protocols/ms-nlmp';

/** What base64 makes of `NTLMSSP\0` and message type 3; one letter of the type is shared with what follows. */
const AUTHENTICATE = 'TlRMTVNTUAADAAAA';

export const rules: readonly SecretRule[] = [ntlmRule()];

/** The answer to a challenge, from which the password can be guessed without asking the server. */
function ntlmRule(): AnchoredRule {
  return {
    id: 'ntlm-authenticate-message',
    title: 'NTLM answer to a challenge',
    severity: 'medium',
    specification: SPECIFICATION,
    anchors: [AUTHENTICATE],
    reach: { before: 0, after: 4096 },
    inspect,
    samples: {
      hits: () => [`Authorization: NTLM ${message(24, 24)}\n`, `Authorization: NTLM ${message(24, 200)}\n`],
      misses: () => [`${AUTHENTICATE}\n`, `${message(24, 24).slice(0, 100)}\n`, `${message(0, 0)}\n`],
    },
  };
}

function inspect(site: Site): Found | undefined {
  let end = site.at;
  while (end < site.end && BASE64.has[site.bytes[end] ?? 0] === 1) end++;
  const text = latin1(site.bytes, site.at, end);
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < HEADER || !holds(bytes, LM_RESPONSE) || !holds(bytes, NT_RESPONSE)) return undefined;
  if (bytes.readUInt16LE(NT_RESPONSE) < 24) return undefined;
  const proof = 'decodes to an NTLM AUTHENTICATE_MESSAGE';
  const madeUp = /example/i.test(text) ? ({ suppressed: 'placeholder' } as const) : {};
  return { verdict: 'structured', start: site.at, end, proof, publicPrefix: AUTHENTICATE, ...madeUp };
}

const HEADER = 64;
const LM_RESPONSE = 12;
const NT_RESPONSE = 20;

/** Whether the message holds the bytes that the field at `at` (length, room, offset) points at. */
function holds(bytes: Buffer, at: number): boolean {
  const length = bytes.readUInt16LE(at);
  const offset = bytes.readUInt32LE(at + 4);
  return length === 0 || (offset >= HEADER - 12 && offset + length <= bytes.length);
}

function message(lm: number, nt: number): string {
  const bytes = Buffer.alloc(HEADER + lm + nt);
  bytes.write('NTLMSSP\0', 'latin1');
  bytes.writeUInt32LE(3, 8);
  for (const [field, length, offset] of [
    [LM_RESPONSE, lm, HEADER],
    [NT_RESPONSE, nt, HEADER + lm],
  ] as const) {
    bytes.writeUInt16LE(length, field);
    bytes.writeUInt16LE(length, field + 2);
    bytes.writeUInt32LE(offset, field + 4);
  }
  for (let at = HEADER; at < bytes.length; at++) bytes[at] = (at * 167 + 41) & 0xff;
  return bytes.toString('base64');
}
