import type { Secret, SecretVerdict } from '../model/secret.ts';
import type { Severity } from '../model/severity.ts';

const VERDICT_SEVERITY: Readonly<Record<SecretVerdict, Severity>> = {
  proven: 'critical',
  structured: 'high',
  contextual: 'medium',
  generic: 'low',
};

/** How bad a secret is: as its rule says, else as sure as it is one. */
export function secretSeverity(secret: Secret): Severity {
  return secret.severity ?? VERDICT_SEVERITY[secret.verdict];
}
