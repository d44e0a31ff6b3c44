import type { JsonRecord } from '../../bytes/json.ts';
import type { Digest } from '../../model/digest.ts';

/** A statement of the builder about an image, as the index beside the image lists it. */
export interface Attestation {
  readonly predicateType: string;
  readonly predicate: JsonRecord;
  /** The indexes that lead to it: who signed one of them signed it. */
  readonly indexes: ReadonlySet<Digest>;
}

/** The provenance predicates of SLSA, of any version. */
export function isProvenance(predicateType: string): boolean {
  return predicateType.startsWith('https://slsa.dev/provenance/');
}
