import type { Secret } from '../model/secret.ts';
import type { SecretDraft } from './draft.ts';

/** A draft as reported, at the place given. */
export function toSecret(draft: SecretDraft, place: Pick<Secret, 'source'> & Partial<Secret>): Secret {
  return {
    ruleId: draft.ruleId,
    title: draft.title,
    verdict: draft.verdict,
    severity: draft.severity,
    ...(draft.name === undefined ? {} : { name: draft.name }),
    ...(draft.line === undefined || place.source !== 'file' ? {} : { line: draft.line }),
    ...(draft.column === undefined || place.source !== 'file' ? {} : { column: draft.column }),
    match: draft.match,
    fingerprint: draft.fingerprint,
    ...(draft.proof === undefined ? {} : { proof: draft.proof }),
    ...(draft.suppressed === undefined ? {} : { suppressed: { reason: draft.suppressed } }),
    ...place,
  };
}
