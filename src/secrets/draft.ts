import type { SecretVerdict } from '../model/secret.ts';
import type { JoinKey, SecretSeverity, SuppressionReason } from './rule.ts';

/**
 * A secret as one layer or one member shows it, before the layers are put together. Structured-cloneable; holds no
 * value but `opens`, only what the report may show and digests of public halves.
 */
export interface SecretDraft {
  /** Entry of the layer's file table; -1 for members of archives and plain files. */
  readonly entry: number;
  readonly path: string;
  readonly ruleId: string;
  readonly title: string;
  readonly verdict: SecretVerdict;
  readonly severity: SecretSeverity;
  /** Within the file, in bytes. */
  readonly offset: number;
  readonly length: number;
  /** Counted from 1; absent in binary files. */
  readonly line?: number;
  readonly column?: number;
  readonly match: string;
  readonly fingerprint: string;
  readonly proof?: string;
  readonly name?: string;
  readonly suppressed?: SuppressionReason;
  readonly join?: readonly JoinKey[];
  /** Only feeds cross-file proof. */
  readonly witness?: true;
  /**
   * A key, in hex, that may open a sealed text of another layer. The only value a draft carries, from the thread that
   * found it to the one that joins the layers; SealProver takes it off.
   */
  readonly opens?: string;
}
