import { aboutFile, type ErrorCode } from '../errors.ts';

const COPY_AGAIN = 'it was damaged on the way: copy it again and compare its size';
const BUILD_AGAIN = 'do not use it: it was built wrongly or starved on the way';

/** What to do about a bundle file that is refused, where the refusal does not say it. */
const HINTS: Partial<Readonly<Record<ErrorCode, string>>> = {
  PLM_INPUT_NOT_FOUND: 'check the path',
  PLM_BUNDLE_FORMAT: 'plimsoll db build writes such files',
  PLM_BUNDLE_TRUNCATED: COPY_AGAIN,
  PLM_BUNDLE_TRAILING: COPY_AGAIN,
  PLM_BUNDLE_DIGEST: COPY_AGAIN,
  PLM_BUNDLE_CANONICAL: BUILD_AGAIN,
  PLM_BUNDLE_UNSIGNED: 'plimsoll db sign adds a signature',
  PLM_BUNDLE_SIGNATURE: 'compare its keys with those of the trusted root: plimsoll trust show',
  PLM_BUNDLE_THRESHOLD: 'compare its keys with those of the trusted root: plimsoll trust show',
  PLM_BUNDLE_ROOT: 'compare the fingerprints with the publisher: plimsoll trust show',
  PLM_BUNDLE_REVOKED: 'get a newer bundle',
  PLM_BUNDLE_EXPIRED: 'get a newer bundle',
  PLM_BUNDLE_CHANNEL: 'a store follows one channel: keep the other one in a store of its own (--db)',
  PLM_BUNDLE_CRITICAL: 'a newer plimsoll may read it',
  PLM_BUNDLE_READER: 'a newer plimsoll reads it',
  PLM_BUNDLE_INDEX: BUILD_AGAIN,
  PLM_BUNDLE_COUNTS: BUILD_AGAIN,
  PLM_BUNDLE_CANARY: BUILD_AGAIN,
  PLM_BUNDLE_BASE: 'import the full bundle it is based on first',
  PLM_BUNDLE_SOURCE_CHANGED: 'call again once it is copied to its end',
  PLM_TRUST_ROOT: 'take the root.json that the publisher of the bundles gave out',
};

/** Runs what reads a bundle or root file; its failures name the file and say what to do. */
export function inBundleFile<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw aboutFile(error, path, (code) => HINTS[code]);
  }
}
