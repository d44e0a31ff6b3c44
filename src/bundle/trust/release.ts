import { PlimsollError } from '../../errors.ts';
import type { BundleSource, SectionType } from '../advisory-bundle.ts';
import { BUNDLE_LIMITS, CHUNK_BYTES } from '../bundle-limits.ts';
import { encodeCanonical, type Json, parseCanonical } from '../canonical-json.ts';
import { DocumentReader, SHA256_HEX } from '../document.ts';
import type { SignedDocument } from './dsse.ts';

export const RELEASE_TYPE = 'application/vnd.plimsoll.release.v1+json';

/** What this reader understands; a release with a higher `minimumReader` is refused. */
export const READER_VERSION = 1;

/** Features a release may declare critical; any other name there is refused. */
const KNOWN_CRITICAL: ReadonlySet<string> = new Set([]);

const SECTION_TYPES = ['segment', 'advisories', 'kev', 'epss', 'endoflife', 'classifiers', 'bases'] as const;

/** Where and how a section lies in the bundle file. Offsets count from the start of the section area. */
export interface StoredSection {
  readonly codec: 'none' | 'zstd';
  readonly offset: number;
  readonly size: number;
  readonly sha256: string;
  /** SHA-256 of every MiB; empty where the section is no longer than one. */
  readonly chunks: readonly string[];
}

export interface SectionEntry {
  readonly type: SectionType;
  readonly key: string;
  /** Of the raw bytes. */
  readonly size: number;
  readonly sha256: string;
  /** Absent in a delta for a section taken from its base. */
  readonly stored?: StoredSection;
}

/** A package version that the bundle must report; tried on the staged index before an import is final. */
export interface Canary {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly advisory: string;
}

/** What one ecosystem holds: advisories, and (package, advisory) rows. */
export interface EcosystemCount {
  readonly advisories: number;
  readonly rows: number;
}

/** The signed statement about a bundle (docs/bundle-format.md lists every field). */
export interface Release {
  readonly channel: string;
  readonly epoch: number;
  readonly sequence: number;
  readonly kind: 'full' | 'delta';
  /** Of a delta: the content it is applied to. */
  readonly base?: { readonly sequence: number; readonly contentId: string };
  readonly builtAt: string;
  readonly staleAfter: string;
  readonly expires?: string;
  readonly rootVersion: number;
  readonly minimumReader: number;
  readonly critical: readonly string[];
  readonly contentId: string;
  readonly starter: boolean;
  readonly sources: readonly BundleSource[];
  readonly counts: ReadonlyMap<string, EcosystemCount>;
  /** Ecosystems that may shrink by more than the drop guard allows. */
  readonly dropAllowed: readonly string[];
  readonly canaries: readonly Canary[];
  readonly sections: readonly SectionEntry[];
}

/**
 * Reads a release whose signatures were already checked. Throws PLM_BUNDLE_CANONICAL, PLM_BUNDLE_FORMAT,
 * PLM_BUNDLE_READER or PLM_BUNDLE_CRITICAL.
 */
export function parseRelease(document: SignedDocument): Release {
  const fields = new DocumentReader(parseCanonical(document.payload, 'the release'), 'the release');
  const minimumReader = fields.integer('minimumReader', 1);
  if (minimumReader > READER_VERSION) {
    throw new PlimsollError(
      'PLM_BUNDLE_READER',
      `the bundle needs reader ${minimumReader}, this is reader ${READER_VERSION}`,
      {
        hint: 'update plimsoll on this machine',
      },
    );
  }
  const critical = fields.texts('critical', 64);
  const unknown = critical.find((feature) => !KNOWN_CRITICAL.has(feature));
  if (unknown !== undefined) {
    throw new PlimsollError('PLM_BUNDLE_CRITICAL', `the bundle demands ${unknown}, which this version does not know`);
  }
  const expires = fields.optionalTime('expires');
  const kind = fields.text('kind', /^(?:full|delta)$/) === 'delta' ? 'delta' : 'full';
  return {
    channel: fields.text('channel', CHANNEL),
    epoch: fields.integer('epoch', 1),
    sequence: fields.integer('sequence'),
    kind,
    ...(kind === 'delta' ? { base: parseBase(fields.record('base')) } : {}),
    builtAt: fields.time('builtAt'),
    staleAfter: fields.time('staleAfter'),
    ...(expires === undefined ? {} : { expires }),
    rootVersion: fields.integer('rootVersion', 1),
    minimumReader,
    critical,
    contentId: fields.text('contentId', SHA256_HEX),
    starter: fields.integer('starter', 0, 1) === 1,
    sources: fields.records('sources', BUNDLE_LIMITS.sections).map(parseSource),
    counts: parseCounts(fields.record('counts')),
    dropAllowed: fields.texts('dropAllowed', BUNDLE_LIMITS.sections),
    canaries: fields.records('canaries', BUNDLE_LIMITS.canaries).map(parseCanary),
    sections: parseSections(fields.records('sections', BUNDLE_LIMITS.sections), kind),
  };
}

/** Letters, digits and `._-`: a channel also names files. */
export const CHANNEL = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

function parseBase(fields: DocumentReader): { readonly sequence: number; readonly contentId: string } {
  return { sequence: fields.integer('sequence'), contentId: fields.text('contentId', SHA256_HEX) };
}

function parseSource(fields: DocumentReader): BundleSource {
  return { id: fields.text('id'), capturedAt: fields.text('capturedAt'), records: fields.integer('records') };
}

function parseCounts(fields: DocumentReader): ReadonlyMap<string, EcosystemCount> {
  return new Map(
    fields.names().map((ecosystem) => {
      const count = fields.record(ecosystem);
      return [ecosystem, { advisories: count.integer('advisories'), rows: count.integer('rows') }] as const;
    }),
  );
}

function parseCanary(fields: DocumentReader): Canary {
  return {
    ecosystem: fields.text('ecosystem'),
    name: fields.text('name'),
    version: fields.text('version'),
    advisory: fields.text('advisory'),
  };
}

/** Sections stand sorted by type and key, each once: what a release says can be read in one way only. */
function parseSections(records: readonly DocumentReader[], kind: 'full' | 'delta'): readonly SectionEntry[] {
  const entries = records.map((fields) => parseSection(fields, kind));
  for (const [at, entry] of entries.entries()) {
    const before = entries[at - 1];
    if (before !== undefined && compareSections(before, entry) >= 0) {
      throw new PlimsollError(
        'PLM_BUNDLE_FORMAT',
        `section ${entry.type} "${entry.key}" is out of order or listed twice`,
      );
    }
  }
  return entries;
}

function parseSection(fields: DocumentReader, kind: 'full' | 'delta'): SectionEntry {
  const name = fields.text('type');
  const type = SECTION_TYPES.find((known) => known === name);
  if (type === undefined)
    throw new PlimsollError('PLM_BUNDLE_READER', `the bundle holds a section of unknown type ${name}`);
  const entry = {
    type,
    key: fields.text('key'),
    size: fields.integer('size', 0, BUNDLE_LIMITS.sectionBytes),
    sha256: fields.text('sha256', SHA256_HEX),
  };
  if (fields.has('stored')) return { ...entry, stored: parseStored(fields.record('stored')) };
  if (kind === 'delta') return entry;
  throw new PlimsollError('PLM_BUNDLE_FORMAT', `section ${type} "${entry.key}" is missing from a full bundle`);
}

function parseStored(fields: DocumentReader): StoredSection {
  const size = fields.integer('size', 0, BUNDLE_LIMITS.sectionBytes);
  const chunks = fields.texts('chunks', Math.ceil(BUNDLE_LIMITS.sectionBytes / CHUNK_BYTES));
  const wanted = size > CHUNK_BYTES ? Math.ceil(size / CHUNK_BYTES) : 0;
  if (chunks.length !== wanted || !chunks.every((chunk) => SHA256_HEX.test(chunk))) {
    throw new PlimsollError('PLM_BUNDLE_FORMAT', 'the chunk digests of a section do not fit its size');
  }
  return {
    codec: fields.text('codec', /^(?:none|zstd)$/) === 'zstd' ? 'zstd' : 'none',
    offset: fields.integer('offset'),
    size,
    sha256: fields.text('sha256', SHA256_HEX),
    chunks,
  };
}

/** Bytewise order of type, then key. */
export function compareSections(
  left: { readonly type: string; readonly key: string },
  right: { readonly type: string; readonly key: string },
): number {
  return (
    Buffer.compare(Buffer.from(left.type), Buffer.from(right.type)) ||
    Buffer.compare(Buffer.from(left.key), Buffer.from(right.key))
  );
}

/** The unsigned document of a release. */
export function releaseDocument(release: Release): SignedDocument {
  const payload = encodeCanonical({
    type: 'plimsoll-release',
    spec: 1,
    channel: release.channel,
    epoch: release.epoch,
    sequence: release.sequence,
    kind: release.kind,
    ...(release.base === undefined ? {} : { base: { ...release.base } }),
    builtAt: release.builtAt,
    staleAfter: release.staleAfter,
    ...(release.expires === undefined ? {} : { expires: release.expires }),
    rootVersion: release.rootVersion,
    minimumReader: release.minimumReader,
    critical: release.critical,
    contentId: release.contentId,
    starter: release.starter ? 1 : 0,
    sources: release.sources.map(({ id, capturedAt, records }) => ({ id, capturedAt, records })),
    counts: Object.fromEntries([...release.counts].map(([name, { advisories, rows }]) => [name, { advisories, rows }])),
    dropAllowed: release.dropAllowed,
    canaries: release.canaries.map((canary) => ({ ...canary })),
    sections: release.sections.map(sectionJson),
  });
  return { payloadType: RELEASE_TYPE, payload, signatures: [] };
}

function sectionJson({ type, key, size, sha256, stored }: SectionEntry): Json {
  return { type, key, size, sha256, ...(stored === undefined ? {} : { stored: { ...stored } }) };
}
