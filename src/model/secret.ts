import type { State } from './evidence.ts';

/**
 * How sure a secret is. `proven`: checksum right, key parses and is consistent, decrypts, or pairs with something else
 * in the image; `structured`: the whole vendor structure holds, no checksum exists; `contextual`: shape and context;
 * `generic`: a name that says secret and a value that looks like one.
 */
export const SECRET_VERDICTS = ['proven', 'structured', 'contextual', 'generic'] as const;
export type SecretVerdict = (typeof SECRET_VERDICTS)[number];

/** A secret as reported. Its value is not in here in any form but the redacted match and a keyed fingerprint. */
export interface Secret {
  readonly ruleId: string;
  readonly title?: string;
  readonly verdict: SecretVerdict;
  readonly severity?: 'critical' | 'high' | 'medium' | 'low';
  readonly source:
    | 'file'
    | 'env'
    | 'label'
    | 'history'
    | 'cmd'
    | 'entrypoint'
    | 'healthcheck'
    | 'onbuild'
    | 'annotation'
    | 'attestation'
    | 'config';
  /** Variable or label name, history index, annotation key. */
  readonly name?: string;
  readonly path?: string;
  readonly layer?: number;
  /** Only for secrets in files. */
  readonly state?: State;
  readonly removedIn?: number;
  /** Counted from 1; byte columns. Absent in binary files. */
  readonly line?: number;
  readonly column?: number;
  /** Redacted: at most a public prefix and the length class. */
  readonly match: string;
  /** Stable keyed hash of rule and value: equal for equal secrets wherever they lie. */
  readonly fingerprint: string;
  /** Why the verdict holds: `crc32`, `rsa n=p*q`, `pairs with /etc/ssl/cert.pem`. */
  readonly proof?: string;
  readonly suppressed?: { readonly reason: string; readonly rule?: string };
}
