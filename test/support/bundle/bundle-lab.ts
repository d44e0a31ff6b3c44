import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Section } from '../../../src/bundle/advisory-bundle.ts';
import { encodeCanonical, type Json, parseCanonical } from '../../../src/bundle/canonical-json.ts';
import { encodeEnvelope } from '../../../src/bundle/container/envelope.ts';
import { containerParts, packSection, placeSections } from '../../../src/bundle/container/write-container.ts';
import { contentIdOf, sha256Hex } from '../../../src/bundle/content-id.ts';
import { DocumentReader } from '../../../src/bundle/document.ts';
import { IndexBuilder } from '../../../src/bundle/index/build-index.ts';
import { encodeKev } from '../../../src/bundle/sections/kev.ts';
import { countSegments } from '../../../src/bundle/segment-counts.ts';
import type { FileSystem, StoreContext } from '../../../src/bundle/store/file-system.ts';
import { type ImportOutcome, type ImportRequest, importBundle } from '../../../src/bundle/store/import-bundle.ts';
import { roleOf } from '../../../src/bundle/trust/create-root.ts';
import type { SignedDocument } from '../../../src/bundle/trust/dsse.ts';
import { compareSections, type Release, releaseDocument } from '../../../src/bundle/trust/release.ts';
import { parseRoot, type Root, rootDocument } from '../../../src/bundle/trust/root.ts';
import type { RootRecord } from '../../../src/bundle/trust/root-chain.ts';
import { generateSigningKey, type SigningKey, signDocument } from '../../../src/bundle/trust/signing-key.ts';
import { PlimsollError } from '../../../src/errors.ts';
import type { Advisory } from '../../../src/model/advisory.ts';
import { UNFLUSHED_FILE_SYSTEM } from './watched-file-system.ts';

/** The day on which all tests happen. */
export const TODAY = Date.parse('2026-11-22T12:00:00Z');
export const BUILT = '2026-11-22T00:00:00Z';

/** Keys are costly to make and say nothing: every lab uses the same. */
export const ROOT_KEYS = [generateSigningKey(), generateSigningKey(), generateSigningKey()] as const;
export const RELEASE_KEYS = [generateSigningKey(), generateSigningKey()] as const;
export const FOREIGN_KEY = generateSigningKey();

export interface RootSpec {
  readonly signers?: readonly SigningKey[];
  readonly rootKeys?: readonly SigningKey[];
  readonly rootThreshold?: number;
  readonly releaseKeys?: readonly SigningKey[];
  readonly releaseThreshold?: number;
  readonly change?: Partial<Root>;
  /** Changes the document before it is signed. */
  readonly edit?: (document: Record<string, Json>) => Json;
}

/** A root document: two of three root keys, one of two release keys, unless said otherwise. */
export function makeRootDocument(spec: RootSpec = {}): SignedDocument {
  const { rootKeys = ROOT_KEYS, releaseKeys = RELEASE_KEYS, signers = rootKeys } = spec;
  const unsigned = rootDocument({
    authority: 'lab',
    channels: ['*'],
    version: 1,
    issued: '2026-01-01T00:00:00Z',
    expires: '2027-12-31T00:00:00Z',
    epoch: 1,
    rootRole: roleOf(publicKeys(rootKeys), spec.rootThreshold ?? 2),
    releaseRole: roleOf(publicKeys(releaseKeys), spec.releaseThreshold ?? 1),
    revoked: [],
    minimumSequence: 0,
    minimumReader: 1,
    ...spec.change,
  });
  const edited =
    spec.edit === undefined ? unsigned : { ...unsigned, payload: encodeCanonical(spec.edit(recordOf(unsigned))) };
  return signers.reduce(signDocument, edited);
}

export function makeRoot(spec: RootSpec = {}): RootRecord {
  const document = makeRootDocument(spec);
  return { document, root: parseRoot(document) };
}

function publicKeys(keys: readonly SigningKey[]) {
  return keys.map((key) => key.publicKey);
}

function recordOf(document: SignedDocument): Record<string, Json> {
  const fields = new DocumentReader(parseCanonical(document.payload, 'a test document'), 'a test document');
  return Object.fromEntries(fields.names().map((name) => [name, fields.value(name)]));
}

/** An advisory of one package. */
export function advisory(
  id: string,
  change: Partial<Advisory> & { readonly ecosystem?: string; readonly name?: string } = {},
): Advisory {
  const { ecosystem = 'npm', name = 'left-pad', ...rest } = change;
  const range = { type: 'SEMVER' as const, events: [{ introduced: '0' }, { fixed: '1.3.0' }] };
  return {
    id,
    source: `osv/${ecosystem.split(':')[0]}`,
    aliases: [],
    related: [],
    upstream: [],
    modified: '2026-11-01T00:00:00Z',
    summary: `about ${id}`,
    severity: [],
    cwes: [],
    references: [],
    affected: [{ ecosystem, name, versions: [], ranges: [range] }],
    ...rest,
  };
}

/** Forty rows of npm and four of PyPI. */
export function someAdvisories(npm = 40): readonly Advisory[] {
  const many = Array.from({ length: npm }, (_, at) => advisory(`GHSA-${at}`, { name: `package-${at}` }));
  const few = ['PYSEC-1', 'PYSEC-2', 'PYSEC-3', 'PYSEC-4'].map((id) =>
    advisory(id, { ecosystem: 'PyPI', name: id.toLowerCase() }),
  );
  return [...many, ...few];
}

export function indexOf(advisories: readonly Advisory[]): readonly Section[] {
  const builder = new IndexBuilder();
  for (const item of advisories) builder.add(item);
  return builder.finish();
}

export const KEV: Section = {
  type: 'kev',
  key: '',
  bytes: encodeKev([{ cve: 'CVE-2021-44228', added: '2021-12-10', ransomware: true }]),
};

export interface BundleSpec {
  readonly sequence?: number;
  readonly advisories?: readonly Advisory[];
  readonly sections?: readonly Section[];
  readonly roots?: readonly RootRecord[];
  readonly signers?: readonly SigningKey[];
  /** Names of sections left to the base (`segment npm`). */
  readonly reused?: readonly string[];
  readonly change?: Partial<Release>;
  /** Changes the release document before it is signed; bytes are taken as they are. */
  readonly edit?: (document: Record<string, Json>) => Json | Uint8Array;
  /** Changes the signed release. */
  readonly editSigned?: (document: SignedDocument) => SignedDocument;
}

/** The bytes of a bundle, sound unless the spec breaks it. */
export function makeBundle(spec: BundleSpec = {}): Buffer {
  const roots = spec.roots ?? [makeRoot()];
  const sections = [...(spec.sections ?? [...indexOf(spec.advisories ?? someAdvisories()), KEV])].sort(compareSections);
  const packed = sections.map(packSection);
  const reused = new Set(spec.reused);
  const release: Release = {
    channel: 'lab',
    epoch: roots.at(-1)?.root.epoch ?? 1,
    sequence: spec.sequence ?? 1,
    kind: 'full',
    builtAt: BUILT,
    staleAfter: '2026-11-29T00:00:00Z',
    rootVersion: roots.at(-1)?.root.version ?? 1,
    minimumReader: 1,
    critical: [],
    starter: false,
    contentId: contentIdOf(packed),
    sources: [{ id: 'osv/npm', capturedAt: '2026-11-21', records: 40 }],
    counts: safeCounts(sections),
    dropAllowed: [],
    canaries: [],
    sections: placeSections(packed, reused),
    ...spec.change,
  };
  const unsigned = releaseDocument(release);
  const edited = spec.edit?.(recordOf(unsigned));
  const payload =
    edited === undefined ? unsigned.payload : edited instanceof Uint8Array ? edited : encodeCanonical(edited);
  const signed = (spec.signers ?? [RELEASE_KEYS[0]]).reduce(signDocument, { ...unsigned, payload });
  const stored = packed.filter(({ type, key }) => !reused.has(`${type} ${key}`)).map((section) => section.stored);
  return Buffer.concat([...containerParts(encodeEnvelope(roots, spec.editSigned?.(signed) ?? signed), stored)]);
}

/** Broken segments cannot be counted; the release then states nothing about them. */
function safeCounts(sections: readonly Section[]) {
  try {
    return countSegments(sections);
  } catch {
    return new Map<string, { advisories: number; rows: number }>();
  }
}

/** A folder in memory where the system has one, for tests that make hundreds of small stores. */
export const MEMORY_FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder with a store, thrown away at the end of a test. */
export class Lab {
  readonly folder: string;
  readonly store: string;
  readonly root = makeRoot();
  now = TODAY;
  fs: FileSystem = UNFLUSHED_FILE_SYSTEM;

  constructor(parent = tmpdir()) {
    this.folder = mkdtempSync(join(parent, 'plimsoll-lab-'));
    this.store = join(this.folder, 'db');
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  context(): StoreContext {
    return { fs: this.fs, now: () => this.now, pid: 1, isAlive: () => true };
  }

  write(name: string, bytes: Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, bytes);
    return path;
  }

  import(bundle: Uint8Array | BundleSpec, options: Partial<ImportRequest> = {}): ImportOutcome {
    const bytes = bundle instanceof Uint8Array ? bundle : makeBundle({ roots: [this.root], ...bundle });
    const file = options.file ?? this.write('candidate.plb', bytes);
    return importBundle({ context: this.context(), store: this.store, givenRoots: [this.root], ...options, file });
  }

  /** The code an import is refused with; fails where it is accepted, or where it changed the database. */
  refusal(bundle: Uint8Array | BundleSpec, options: Partial<ImportRequest> = {}): string {
    const before = snapshot(this.store);
    const code = refusalOf(() => this.import(bundle, options));
    const after = snapshot(this.store);
    if (JSON.stringify(before) !== JSON.stringify(after))
      throw new Error(`refused with ${code}, but the store changed`);
    return code;
  }
}

/** The code of the PlimsollError an action ends with, or `accepted`. */
export function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof PlimsollError) return error.code;
    throw error;
  }
  return 'accepted';
}

/** Digest of every file below a folder. */
export function snapshot(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const path of list(folder)) files[path] = sha256Hex(readFileSync(join(folder, path)));
  return files;
}

function list(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  } catch {
    return [];
  }
}
