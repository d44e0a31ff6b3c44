import { PlimsollError } from '../errors.ts';
import { DAY } from '../model/day.ts';
import type { Envelope } from './container/envelope.ts';
import { assertSigned } from './trust/dsse.ts';
import { parseRelease, READER_VERSION, RELEASE_TYPE, type Release } from './trust/release.ts';
import type { Root } from './trust/root.ts';
import { acceptNewerRoots, type RootRecord } from './trust/root-chain.ts';

/** A release whose signatures lead back to a trusted root. */
export interface VerifiedRelease {
  readonly release: Release;
  /** The root whose release role has signed. */
  readonly root: RootRecord;
  /** Roots learned on the way, oldest first. */
  readonly newerRoots: readonly RootRecord[];
}

/**
 * Follows the chain of trust from the trusted root to the release: newer roots, the release role's signatures, canonical
 * form, channel, epoch, revocations. Nothing here looks at a clock. Throws PLM_BUNDLE_… by cause.
 */
export function verifyEnvelope(
  envelope: Envelope,
  trusted: RootRecord,
  onNewerRoots: (roots: readonly RootRecord[]) => void = () => undefined,
): VerifiedRelease {
  const newerRoots = acceptNewerRoots(trusted, envelope.roots);
  onNewerRoots(newerRoots);
  const root = newerRoots.at(-1) ?? trusted;
  assertSigned(envelope.release, root.root.releaseRole, { payloadType: RELEASE_TYPE, what: 'the release' });
  const release = parseRelease(envelope.release);
  assertAllowed(release, root.root);
  return { release, root, newerRoots };
}

function assertAllowed(release: Release, root: Root): void {
  if (root.minimumReader > READER_VERSION) {
    throw new PlimsollError(
      'PLM_BUNDLE_READER',
      `the root needs reader ${root.minimumReader}, this is ${READER_VERSION}`,
    );
  }
  if (!root.channels.includes('*') && !root.channels.includes(release.channel)) {
    throw new PlimsollError('PLM_BUNDLE_CHANNEL', `the root does not speak for channel ${release.channel}`);
  }
  if (release.epoch !== root.epoch) {
    throw new PlimsollError(
      'PLM_BUNDLE_REVOKED',
      `the release is of epoch ${release.epoch}, the root is of ${root.epoch}`,
    );
  }
  if (release.sequence < root.minimumSequence) {
    throw new PlimsollError('PLM_BUNDLE_REVOKED', `sequences below ${root.minimumSequence} are withdrawn`);
  }
  assertNotRevoked(release, root);
}

/** Throws PLM_BUNDLE_REVOKED where the root takes the release back. */
export function assertNotRevoked(release: Release, root: Root): void {
  for (const revocation of root.revoked) {
    const hit =
      'contentId' in revocation
        ? revocation.contentId === release.contentId
        : revocation.epoch === release.epoch &&
          release.sequence >= revocation.from &&
          release.sequence <= revocation.to;
    if (hit)
      throw new PlimsollError('PLM_BUNDLE_REVOKED', `sequence ${release.sequence} is revoked by root ${root.version}`);
  }
}

/** How far a bundle may be ahead of this machine's clock before it counts as made in the future. */
export const FUTURE_TOLERANCE = DAY;

/** The clock rules of an import. `now` is the later of the clock and the newest time a signed bundle has shown. */
export function assertTimely({ release, root }: VerifiedRelease, now: number): void {
  if (Date.parse(root.root.expires) < now) {
    throw new PlimsollError('PLM_BUNDLE_ROOT_EXPIRED', `root ${root.root.version} expired at ${root.root.expires}`, {
      hint: 'import a bundle that carries a newer root',
    });
  }
  if (Date.parse(release.builtAt) > now + FUTURE_TOLERANCE) {
    throw new PlimsollError(
      'PLM_BUNDLE_FUTURE',
      `the bundle says it was built at ${release.builtAt}, which is in the future`,
      {
        hint: 'check the clock of this machine; --clock-unreliable imports nevertheless',
      },
    );
  }
  if (release.expires !== undefined && Date.parse(release.expires) < now) {
    throw new PlimsollError('PLM_BUNDLE_EXPIRED', `the bundle expired at ${release.expires}`);
  }
}
