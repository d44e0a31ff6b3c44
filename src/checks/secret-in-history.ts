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
      .filter(({ source, suppressed }) => BUILD.has(source) && suppressed === undefined)
      .map(({ source, name, ruleId, fingerprint, layer }) => ({
        evidence: `${name === undefined ? `the ${source}` : `${source} ${name}`} holds what rule ${ruleId} finds`,
        secret: fingerprint,
        ...(layer === undefined ? {} : { layer }),
      }));
  },
};

const BUILD: ReadonlySet<string> = new Set(['history', 'attestation']);
