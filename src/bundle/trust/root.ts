import { hash } from 'node:crypto';
import { PlimsollError } from '../../errors.ts';
import { BUNDLE_LIMITS } from '../bundle-limits.ts';
import { encodeCanonical, type Json, parseCanonical } from '../canonical-json.ts';
import { DocumentReader, SHA256_HEX } from '../document.ts';
import { type Algorithm, isAlgorithm } from './algorithms.ts';
import type { Role, SignedDocument } from './dsse.ts';
import { keyDocument, parseTrustedKey, type TrustedKey } from './trusted-key.ts';

export const ROOT_TYPE = 'application/vnd.plimsoll.root.v1+json';

/** What a root takes back: a range of sequences of one epoch, or one content wherever it appears. */
export type Revocation =
  | { readonly epoch: number; readonly from: number; readonly to: number }
  | { readonly contentId: string };

/**
 * Who may sign what (the root role of TUF, https://theupdateframework.github.io/specification/v1.0.34/#file-formats-root).
 * Root N+1 is accepted when the root role of N and of N+1 have both signed it.
 */
export interface Root {
  /** Name of the authority, equal in all its roots: a root of someone else is never a successor. */
  readonly authority: string;
  /** Channels its releases may use; `*` allows any. */
  readonly channels: readonly string[];
  readonly version: number;
  readonly issued: string;
  readonly expires: string;
  /** Releases carry the epoch of their root. A higher one makes a poisoned sequence harmless. */
  readonly epoch: number;
  readonly rootRole: Role;
  readonly releaseRole: Role;
  readonly revoked: readonly Revocation[];
  /** Releases of this epoch below it are refused. */
  readonly minimumSequence: number;
  /** Lowest reader version that understands releases of this root. */
  readonly minimumReader: number;
}

/** SHA-256 of the root document: what a person compares before trusting it. */
export function rootFingerprint(document: SignedDocument): string {
  return hash('sha256', document.payload);
}

/** Reads a root document; its signatures are judged elsewhere. Throws PLM_BUNDLE_ROOT or PLM_BUNDLE_CANONICAL. */
export function parseRoot(document: SignedDocument): Root {
  if (document.payloadType !== ROOT_TYPE) {
    throw new PlimsollError('PLM_BUNDLE_ROOT', `a root document has the type ${document.payloadType}`);
  }
  if (document.payload.length > BUNDLE_LIMITS.rootBytes)
    throw new PlimsollError('PLM_BUNDLE_ROOT', 'a root is too large');
  const fields = new DocumentReader(parseCanonical(document.payload, 'the root'), 'the root', 'PLM_BUNDLE_ROOT');
  const keys = parseKeys(fields.record('keys'));
  const roles = fields.record('roles');
  return {
    authority: fields.text('authority', /^[^\s]{1,200}$/),
    channels: fields.texts('channels', 256),
    version: fields.integer('version', 1),
    issued: fields.time('issued'),
    expires: fields.time('expires'),
    epoch: fields.integer('epoch', 1),
    rootRole: parseRole(roles.record('root'), keys, 'root'),
    releaseRole: parseRole(roles.record('release'), keys, 'release'),
    revoked: fields.records('revoked', 1024).map(parseRevocation),
    minimumSequence: fields.integer('minimumSequence'),
    minimumReader: fields.integer('minimumReader', 1),
  };
}

/** No raw public key may appear under two ids: it would count twice. */
function parseKeys(fields: DocumentReader): ReadonlyMap<string, TrustedKey> {
  const names = fields.names();
  if (names.length > BUNDLE_LIMITS.keys) throw new PlimsollError('PLM_BUNDLE_ROOT', 'the root lists too many keys');
  const keys = new Map<string, TrustedKey>();
  const seen = new Set<string>();
  for (const id of names) {
    const key = parseTrustedKey(id, fields.value(id));
    for (const raw of key.halves.values()) {
      const hex = Buffer.from(raw).toString('hex');
      if (seen.has(hex)) throw new PlimsollError('PLM_BUNDLE_ROOT', 'the root lists one public key twice');
      seen.add(hex);
    }
    keys.set(id, key);
  }
  return keys;
}

function parseRole(fields: DocumentReader, keys: ReadonlyMap<string, TrustedKey>, name: string): Role {
  const algorithms = fields.texts('algorithms', 8).map((algorithm): Algorithm => {
    if (isAlgorithm(algorithm)) return algorithm;
    throw new PlimsollError('PLM_BUNDLE_READER', `the ${name} role demands the unknown algorithm ${algorithm}`);
  });
  if (algorithms.length === 0) throw new PlimsollError('PLM_BUNDLE_ROOT', `the ${name} role demands no signature`);
  const ids = fields.texts('keys', BUNDLE_LIMITS.keys);
  if (new Set(ids).size !== ids.length)
    throw new PlimsollError('PLM_BUNDLE_ROOT', `the ${name} role lists a key twice`);
  const members = ids.map((id) => roleKey(keys.get(id), { id, name, algorithms }));
  const threshold = fields.integer('threshold', 1);
  if (threshold > members.length) {
    throw new PlimsollError('PLM_BUNDLE_ROOT', `the ${name} role demands ${threshold} of ${members.length} keys`);
  }
  return { keys: members, threshold, algorithms };
}

function roleKey(
  key: TrustedKey | undefined,
  wanted: { readonly id: string; readonly name: string; readonly algorithms: readonly Algorithm[] },
): TrustedKey {
  if (key === undefined)
    throw new PlimsollError('PLM_BUNDLE_ROOT', `the ${wanted.name} role names the unlisted key ${wanted.id}`);
  const missing = wanted.algorithms.find((algorithm) => !key.halves.has(algorithm));
  if (missing === undefined) return key;
  throw new PlimsollError(
    'PLM_BUNDLE_ROOT',
    `key ${wanted.id} has no ${missing} half, which the ${wanted.name} role demands`,
  );
}

function parseRevocation(fields: DocumentReader): Revocation {
  if (fields.has('contentId')) return { contentId: fields.text('contentId', SHA256_HEX) };
  return { epoch: fields.integer('epoch', 1), from: fields.integer('from'), to: fields.integer('to') };
}

/** The unsigned document of a root. */
export function rootDocument(root: Root): SignedDocument {
  const keys = new Map(
    [...root.rootRole.keys, ...root.releaseRole.keys].map((key) => [key.id, keyDocument(key.halves)]),
  );
  const payload = encodeCanonical({
    type: 'plimsoll-root',
    spec: 1,
    authority: root.authority,
    channels: root.channels,
    version: root.version,
    issued: root.issued,
    expires: root.expires,
    epoch: root.epoch,
    keys: Object.fromEntries(keys),
    roles: { root: roleJson(root.rootRole), release: roleJson(root.releaseRole) },
    revoked: root.revoked.map((revocation) => ({ ...revocation })),
    minimumSequence: root.minimumSequence,
    minimumReader: root.minimumReader,
  });
  return { payloadType: ROOT_TYPE, payload, signatures: [] };
}

function roleJson(role: Role): Json {
  return { keys: role.keys.map((key) => key.id).sort(), threshold: role.threshold, algorithms: role.algorithms };
}
