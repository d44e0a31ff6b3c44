import { PlimsollError } from '../../errors.ts';
import type { Envelope } from '../container/envelope.ts';
import { documentTime } from '../document.ts';
import type { Release } from '../trust/release.ts';
import { assertRootChain, type RootRecord } from '../trust/root-chain.ts';
import { assertTimely, type VerifiedRelease, verifyEnvelope } from '../verify-envelope.ts';
import type { Remembered } from './remembered.ts';
import { compareReleases } from './store-layout.ts';

export interface AdmissionRequest {
  readonly envelope: Envelope;
  readonly remembered: Remembered;
  /** Chain of a `root.json` the operator gave: pins a new store, must agree with an old one. */
  readonly givenRoots: readonly RootRecord[] | undefined;
  readonly now: number;
  /** Skips the one rule that needs a right clock: builds from the future. */
  readonly clockUnreliable: boolean;
  readonly onNewerRoots: (roots: readonly RootRecord[]) => void;
}

export interface Admission {
  readonly verified: VerifiedRelease;
  readonly trusted: RootRecord;
  readonly warnings: readonly string[];
}

/** All rules a release must pass before a byte of its sections is looked at. Throws PLM_BUNDLE_… by cause. */
export function admitRelease(request: AdmissionRequest): Admission {
  const { envelope, remembered, now } = request;
  const trusted = trustedRoot(remembered.roots, request.givenRoots);
  const verified = verifyEnvelope(envelope, trusted, request.onNewerRoots);
  const { release } = verified;
  assertChannel(release, remembered);
  assertNotLower(release, remembered);
  const time = Math.max(now, remembered.floor);
  assertTimely(verified, request.clockUnreliable ? Math.max(time, Date.parse(release.builtAt)) : time);
  return { verified, trusted, warnings: [...remembered.warnings, ...clockWarnings(now, remembered.floor)] };
}

/** The root to start from: the store's newest, else the newest of the given file. Throws PLM_TRUST_ROOT. */
function trustedRoot(kept: readonly RootRecord[], given: readonly RootRecord[] | undefined): RootRecord {
  const newest = kept.at(-1);
  if (given === undefined) {
    if (newest !== undefined) return newest;
    throw new PlimsollError('PLM_TRUST_ROOT', 'this store trusts no root yet', {
      hint: 'give --root root.json, or run plimsoll trust init',
    });
  }
  const pinned = assertRootChain(given);
  if (newest === undefined) return pinned;
  for (const record of given) {
    const known = kept.find((other) => other.root.version === record.root.version);
    if (known !== undefined && Buffer.compare(known.document.payload, record.document.payload) !== 0) {
      throw new PlimsollError(
        'PLM_TRUST_ROOT',
        `the given root ${record.root.version} is not the one this store trusts`,
        {
          hint: 'compare the fingerprints: plimsoll trust show',
        },
      );
    }
  }
  if (pinned.root.authority === newest.root.authority) return newest;
  throw new PlimsollError(
    'PLM_TRUST_ROOT',
    `the store trusts ${newest.root.authority}, the given root is of ${pinned.root.authority}`,
  );
}

function assertChannel(release: Release, { highest }: Remembered): void {
  if (highest === undefined || highest.channel === release.channel) return;
  throw new PlimsollError(
    'PLM_BUNDLE_CHANNEL',
    `the store follows channel ${highest.channel}, the bundle is of ${release.channel}`,
  );
}

function assertNotLower(release: Release, { highest }: Remembered): void {
  if (highest === undefined) return;
  const order = compareReleases(release, highest);
  if (order < 0) {
    const detail = `${release.epoch}.${release.sequence} is older than ${highest.epoch}.${highest.sequence}`;
    throw new PlimsollError('PLM_BUNDLE_ROLLBACK', `${detail}, which this store has accepted`, {
      hint: 'to go back to a version still in the store: plimsoll db rollback --to SEQUENCE',
    });
  }
  if (order === 0 && release.contentId !== highest.contentId) {
    throw new PlimsollError(
      'PLM_BUNDLE_EQUIVOCATION',
      `two different bundles carry sequence ${release.epoch}.${release.sequence}`,
      {
        hint: 'keep this file as evidence and ask the publisher: a key may be stolen',
      },
    );
  }
}

function clockWarnings(now: number, floor: number): readonly string[] {
  if (now >= floor) return [];
  return [
    `the clock says ${documentTime(now)}, but a signed bundle was built at ${documentTime(floor)}; that time is used`,
  ];
}
