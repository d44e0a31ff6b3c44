import { entropy } from '../plausible.ts';
import type { SecretRule } from '../rule.ts';
import { commandRule } from '../shapes/command.ts';

/** The key that every guide to one-time passwords shows. */
const PUBLISHED = 'JBSWY3DPEHPK3PXP';

export const rules: readonly SecretRule[] = [
  commandRule({
    id: 'one-time-password-key',
    title: 'Key of one-time passwords',
    specification: 'https://github.com/google/google-authenticator/wiki/Key-Uri-Format',
    anchors: ['otpauth://'],
    pattern: /^[th]otp\/[^\s"'<>]{0,300}?[?&]secret=([A-Za-z2-7]{16,128})(?![A-Za-z0-9])/,
    accepts: (value) => !value.toUpperCase().startsWith(PUBLISHED) && entropy(value) >= 3,
    hit: 'otpauth://totp/Shop:admin?secret=MZXW6YTBOJ2GK4TTNVSXG5DJ&issuer=Shop',
    miss: 'otpauth://totp/Example:alice@google.com?secret=JBSWY3DPEHPK3PXP&issuer=Example',
  }),
];
