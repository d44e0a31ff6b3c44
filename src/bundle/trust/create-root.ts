import { PlimsollError } from '../../errors.ts';
import type { Algorithm } from './algorithms.ts';
import type { Role } from './dsse.ts';
import { parseRoot, rootDocument } from './root.ts';
import type { RootRecord } from './root-chain.ts';
import { type SigningKey, signDocument } from './signing-key.ts';
import type { TrustedKey } from './trusted-key.ts';

export interface NewAuthority {
  readonly authority: string;
  readonly channels: readonly string[];
  readonly rootKeys: readonly SigningKey[];
  readonly rootThreshold: number;
  readonly releaseKeys: readonly TrustedKey[];
  readonly releaseThreshold: number;
  readonly issued: string;
  readonly expires: string;
}

/** The first root of an authority, signed by all its root keys. Throws PLM_BUNDLE_ROOT for thresholds out of reach. */
export function createRoot(request: NewAuthority): RootRecord {
  const { authority, channels, issued, expires } = request;
  const unsigned = rootDocument({
    authority,
    channels,
    version: 1,
    issued,
    expires,
    epoch: 1,
    rootRole: roleOf(
      request.rootKeys.map((key) => key.publicKey),
      request.rootThreshold,
    ),
    releaseRole: roleOf(request.releaseKeys, request.releaseThreshold),
    revoked: [],
    minimumSequence: 0,
    minimumReader: 1,
  });
  const document = request.rootKeys.reduce(signDocument, unsigned);
  return { root: parseRoot(document), document };
}

/** A role of keys that all have the same halves; every half must sign. */
export function roleOf(keys: readonly TrustedKey[], threshold: number): Role {
  const algorithms: readonly Algorithm[] = [...(keys[0]?.halves.keys() ?? [])].sort();
  const alike = keys.every((key) => [...key.halves.keys()].sort().join() === algorithms.join());
  if (algorithms.length === 0 || !alike)
    throw new PlimsollError('PLM_TRUST_KEY', 'the keys of a role must be of one kind');
  return { keys, threshold, algorithms };
}
