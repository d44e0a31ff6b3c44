import { PlimsollError } from '../../errors.ts';
import { roleOf } from './create-root.ts';
import { countSigners, type Role } from './dsse.ts';
import { parseRoot, type Revocation, rootDocument } from './root.ts';
import type { RootRecord } from './root-chain.ts';
import { type SigningKey, signDocument } from './signing-key.ts';
import type { TrustedKey } from './trusted-key.ts';

/** What changes in one role. */
export interface RoleChange {
  readonly add: readonly TrustedKey[];
  /** Ids, or beginnings of ids of at least eight letters. */
  readonly remove: readonly string[];
  readonly threshold?: number;
}

export interface Rotation {
  readonly root: RoleChange;
  readonly release: RoleChange;
  readonly issued: string;
  readonly expires: string;
  /** Starts a new epoch: releases of the old one are no longer accepted, whatever their sequence. */
  readonly newEpoch: boolean;
  readonly revoke: readonly Revocation[];
  readonly minimumSequence?: number;
  readonly keys: readonly SigningKey[];
}

/** The successor of a root, signed by the given keys; more signers follow with `signRoot`. Throws PLM_TRUST_KEY. */
export function rotateRoot(before: RootRecord, rotation: Rotation): RootRecord {
  const { root } = before;
  const unsigned = rootDocument({
    ...root,
    version: root.version + 1,
    issued: rotation.issued,
    expires: rotation.expires,
    epoch: rotation.newEpoch ? root.epoch + 1 : root.epoch,
    rootRole: changeRole(root.rootRole, rotation.root),
    releaseRole: changeRole(root.releaseRole, rotation.release),
    revoked: [...root.revoked, ...rotation.revoke],
    minimumSequence: rotation.minimumSequence ?? (rotation.newEpoch ? 0 : root.minimumSequence),
  });
  const document = rotation.keys.reduce(signDocument, unsigned);
  return { root: parseRoot(document), document };
}

function changeRole(role: Role, { add, remove, threshold }: RoleChange): Role {
  const removed = remove.map((id) => keyById(role, id).id);
  const kept = role.keys.filter((key) => !removed.includes(key.id) && !add.some((added) => added.id === key.id));
  return roleOf([...kept, ...add], threshold ?? role.threshold);
}

function keyById(role: Role, id: string): TrustedKey {
  const found = id.length < 8 ? [] : role.keys.filter((key) => key.id.startsWith(id));
  const [key] = found;
  if (key !== undefined && found.length === 1) return key;
  throw new PlimsollError('PLM_TRUST_KEY', `the role has no key ${id}`, { hint: 'plimsoll trust show lists them' });
}

/** Adds signatures to the newest root of a chain. */
export function signRoot(chain: readonly RootRecord[], keys: readonly SigningKey[]): readonly RootRecord[] {
  return chain.map((record, at) =>
    at === chain.length - 1 ? { ...record, document: keys.reduce(signDocument, record.document) } : record,
  );
}

/** How many of the keys that must sign the newest root have: those of its own role, and of the root before it. */
export interface RootSigning {
  readonly own: { readonly signed: number; readonly threshold: number };
  readonly before?: { readonly signed: number; readonly threshold: number };
}

/** How far the last root of a chain is signed, by its own root role and by that of the root before. */
export function rootSigning(chain: readonly RootRecord[]): RootSigning {
  const last = chain.at(-1);
  const before = chain.at(-2);
  if (last === undefined) throw new Error('a chain has at least one root');
  const count = (role: Role) => ({ signed: countSigners(last.document, role), threshold: role.threshold });
  return {
    own: count(last.root.rootRole),
    ...(before === undefined ? {} : { before: count(before.root.rootRole) }),
  };
}
