import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C004',
  aliases: ['CIS-DI-0010'],
  title: 'A secret lies in the build history',
  severity: 'critical',
  remediation:
    'Revoke the secret and rebuild; give it to the build as a secret mount (RUN --mount=type=secret), never as ARG or in a command.',
  run({ secrets }) {
    return secrets
      .filter((secret) => secret.source === 'history' && secret.suppressed === undefined)
      .map((secret) => ({
        evidence: `${secret.name === undefined ? 'the history' : `history ${secret.name}`} holds what rule ${secret.ruleId} finds`,
        secret: secret.fingerprint,
        ...(secret.layer === undefined ? {} : { layer: secret.layer }),
      }));
  },
};
