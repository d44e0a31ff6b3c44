import { PlimsollError } from '../../errors.ts';
import { BUNDLE_LIMITS } from '../bundle-limits.ts';
import { encodeCanonical, type Json, parseCanonical } from '../canonical-json.ts';
import { DocumentReader } from '../document.ts';
import { assertSigned, parseSignedDocument, type SignedDocument, signedDocumentJson } from './dsse.ts';
import { parseRoot, ROOT_TYPE, type Root } from './root.ts';

/** A root together with the document it was read from. */
export interface RootRecord {
  readonly root: Root;
  readonly document: SignedDocument;
}

/** The `root.json` file: every root from the first to the newest. Throws PLM_TRUST_ROOT. */
export function parseRootFile(bytes: Uint8Array, path: string): readonly RootRecord[] {
  try {
    const end = bytes.at(-1) === 0x0a ? -1 : undefined;
    const fields = new DocumentReader(parseCanonical(bytes.subarray(0, end), 'it'), 'the document');
    return parseRootList(fields.list('roots', BUNDLE_LIMITS.rootChain));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PlimsollError('PLM_TRUST_ROOT', `this is no root file: ${reason}`, { path, cause });
  }
}

/** The bytes of a `root.json`: `{"roots": [DOCUMENT, …]}`, oldest first. */
export function encodeRootFile(chain: readonly RootRecord[]): Uint8Array {
  return Buffer.concat([encodeCanonical({ roots: rootListJson(chain) }), Buffer.from('\n')]);
}

/** The chain as a list of signed documents, oldest first. */
export function rootListJson(chain: readonly RootRecord[]): Json {
  return chain.map((record) => signedDocumentJson(record.document));
}

/** Roots with consecutive versions. Signatures are not judged. */
export function parseRootList(documents: readonly Json[]): readonly RootRecord[] {
  if (documents.length === 0) throw new PlimsollError('PLM_BUNDLE_ROOT', 'there is no root document');
  const chain = documents.map((value, at) => {
    const document = parseSignedDocument(value, `root ${at + 1}`);
    return { root: parseRoot(document), document };
  });
  for (const [at, record] of chain.entries()) {
    const expected = (chain[0]?.root.version ?? 1) + at;
    if (record.root.version !== expected) {
      throw new PlimsollError('PLM_BUNDLE_ROOT', `root version ${record.root.version} stands where ${expected} must`);
    }
  }
  return chain;
}

/**
 * Refuses a chain of which a link is not signed as TUF section 5.3 demands: the first by itself, each next one by the root
 * role of its predecessor and by its own. Throws PLM_BUNDLE_ROOT.
 */
export function assertRootChain(chain: readonly RootRecord[]): RootRecord {
  const [first, ...successors] = chain;
  if (first === undefined) throw new PlimsollError('PLM_BUNDLE_ROOT', 'there is no root document');
  assertSignedByRoot(first, first.root, 'itself');
  let last = first;
  for (const next of successors) {
    assertSuccessor(last.root, next);
    last = next;
  }
  return last;
}

/**
 * The roots of `offered` that follow the trusted one, each accepted by the one before it (empty where nothing is newer).
 * An offered root of the trusted version must be the trusted document itself. Throws PLM_BUNDLE_ROOT.
 */
export function acceptNewerRoots(trusted: RootRecord, offered: readonly RootRecord[]): readonly RootRecord[] {
  const accepted: RootRecord[] = [];
  let last = trusted;
  for (const next of offered) {
    if (next.root.version < trusted.root.version) continue;
    if (next.root.version === trusted.root.version) {
      assertSameRoot(trusted, next);
      continue;
    }
    assertSuccessor(last.root, next);
    accepted.push(next);
    last = next;
  }
  return accepted;
}

function assertSameRoot(trusted: RootRecord, offered: RootRecord): void {
  if (Buffer.compare(trusted.document.payload, offered.document.payload) === 0) return;
  const reason =
    trusted.root.authority === offered.root.authority
      ? `root version ${trusted.root.version} differs from the one that is trusted`
      : `it is signed under ${offered.root.authority}, this store trusts ${trusted.root.authority}`;
  throw new PlimsollError('PLM_BUNDLE_ROOT', reason, {
    hint: 'compare the fingerprints with the publisher (trust show)',
  });
}

function assertSuccessor(before: Root, next: RootRecord): void {
  const { root } = next;
  if (root.authority !== before.authority) {
    throw new PlimsollError(
      'PLM_BUNDLE_ROOT',
      `root ${root.version} belongs to ${root.authority}, not ${before.authority}`,
    );
  }
  if (root.version !== before.version + 1) {
    throw new PlimsollError('PLM_BUNDLE_ROOT', `root ${root.version} cannot follow root ${before.version}`);
  }
  if (root.epoch < before.epoch) throw new PlimsollError('PLM_BUNDLE_ROOT', `root ${root.version} lowers the epoch`);
  assertSignedByRoot(next, before, `root ${before.version}`);
  assertSignedByRoot(next, root, 'itself');
}

function assertSignedByRoot(record: RootRecord, signer: Root, by: string): void {
  const what = `root ${record.root.version}`;
  try {
    assertSigned(record.document, signer.rootRole, { payloadType: ROOT_TYPE, what });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PlimsollError('PLM_BUNDLE_ROOT', `${what} is not accepted by ${by}: ${reason}`, { cause });
  }
}
