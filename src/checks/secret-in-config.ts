import type { ImageCheck } from './image-check.ts';

const OUTSIDE_CONFIG: ReadonlySet<string> = new Set(['file', 'history', 'attestation']);

export const check: ImageCheck = {
  id: 'PLM-C003',
  aliases: ['CIS-DI-0010', 'DS-0031'],
  title: 'A secret lies in the image configuration',
  severity: 'critical',
  remediation: 'Revoke the secret, remove it from ENV, LABEL or CMD, and hand it to the container when it starts.',
  run({ secrets }) {
    return secrets
      .filter((secret) => !OUTSIDE_CONFIG.has(secret.source) && secret.suppressed === undefined)
      .map((secret) => ({
        evidence: `${secret.source} ${secret.name ?? ''}`.trimEnd().concat(` holds what rule ${secret.ruleId} finds`),
        secret: secret.fingerprint,
      }));
  },
};
