import type { BundleInfo } from '../bundle/advisory-bundle.ts';
import type { State } from '../model/evidence.ts';
import type { ArchiveEvent, EventDraft, EventFilter } from './archive-event.ts';
import type { Component } from './component.ts';
import type { OwnFinding } from './component-finding.ts';

/**
 * Everything the archive asks of a database. SQLite implements it; a PostgreSQL twin passes the same suite
 * (test/store/archive-conformance.ts). Every method that changes something is one transaction: after a crash it has
 * happened whole or not at all.
 */
export interface ArchiveStore {
  /** Archives an image, or adds its names and labels where it is known with the same record. */
  add(image: NewImage): Promise<AddResult>;
  images(filter: ImageFilter): Promise<readonly ArchivedImage[]>;
  /** Uncompressed content by digest, hashed on every read. Throws PLM_ARCHIVE_DAMAGED. */
  blob(digest: string): Promise<Uint8Array | undefined>;
  /** Sets labels; an empty value removes one. */
  label(key: string, labels: Readonly<Record<string, string>>, at: string): Promise<void>;
  /** Keeps the image and leaves it out of re-matches' reports from now on, or takes that back. */
  retire(keys: readonly string[], retired: boolean, at: string): Promise<void>;
  /** Removes images and what only they use. Each leaves an event with its reason. */
  prune(keys: readonly string[], reason: string, at: string): Promise<void>;

  /** The bundle that the findings are the matches of. */
  current(): Promise<BundleMark | undefined>;
  /** Components that may be meant by a lookup name, by folded name (see `foldName`), in order of number. */
  componentsNamed(names: readonly string[]): Promise<ReadonlyMap<string, readonly NamedComponent[]>>;
  /** Components with an open finding that has one of the ids. */
  componentsWithFindings(ids: readonly string[]): Promise<readonly number[]>;
  /** Components not matched by the current bundle: archived without one, or with another; by content id, `''` for none. */
  componentsElsewhere(): Promise<ReadonlyMap<string, readonly number[]>>;
  /** The highest number of a component, 0 where there is none. */
  lastComponent(): Promise<number>;
  /** Numbers of components in order, those after one. */
  allComponents(after: number, limit: number): Promise<readonly number[]>;
  /** Components of one image. */
  componentsOf(key: string): Promise<readonly number[]>;
  components(ids: readonly number[]): Promise<readonly StoredComponent[]>;
  findings(ids: readonly number[]): Promise<readonly StoredFinding[]>;
  /**
   * Replaces findings of components, appends the events and makes `bundle` the current one. Throws PLM_ARCHIVE_BUSY
   * where another re-match was faster.
   */
  commitRematch(change: RematchChange): Promise<void>;

  /** The last event a re-match has told of: what came after a crash is told by the next one. */
  told(): Promise<number>;
  setTold(sequence: number): Promise<void>;
  /** Where components lie: one entry for each instance in each image. */
  usages(ids: readonly number[], filter?: ImageFilter): Promise<readonly Usage[]>;
  /** The same for a page of the images that have any of the components, in the order of `images`. */
  usagePage(ids: readonly number[], filter: ImageFilter, page: Page): Promise<UsagePage>;
  /** All images of such a list, `size` at a time: which they are is asked once, for all pages. */
  usagePages(ids: readonly number[], filter: ImageFilter, size: number): AsyncIterable<readonly Usage[]>;
  events(filter: EventFilter): Promise<readonly ArchiveEvent[]>;
  append(events: readonly EventDraft[], at: string): Promise<void>;
  decisions(keys: readonly string[]): Promise<ReadonlyMap<string, Decision>>;
  decide(
    decisions: readonly (Decision & { readonly key: string })[],
    events: readonly EventDraft[],
    at: string,
  ): Promise<void>;
  search(query: ArchiveQuery): Promise<readonly SearchHit[]>;
  /** When each finding that counts was open; of some components, or of all. */
  findingSpans(ids?: readonly number[]): Promise<readonly FindingSpan[]>;
  /** Re-hashes everything; with `repair` rebuilds what can be derived from intact content. */
  verify(repair: boolean, onProgress?: (progress: VerifyProgress) => void): Promise<readonly ArchiveFault[]>;
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Writes a copy of the archive as of one moment to a file that is not there yet, while others may write to the archive. Throws PLM_ARCHIVE_DAMAGED, and what SQLite says of the copy as it is. */
  backup(path: string): Promise<void>;
  close(): void;
}

export type AddResult = 'added' | 'updated' | 'known';

/** A group of packages found together; its content is the interned part of every image that has it. */
interface NewGroup {
  readonly digest: string;
  readonly content: Uint8Array;
  readonly components: readonly number[];
  /** Digests of the files that were the evidence. */
  readonly files: readonly { readonly digest: string; readonly path: string }[];
}

export interface NewImage {
  /** What identifies it: configuration digest, or the digest of its record. */
  readonly key: string;
  readonly name: string | undefined;
  readonly manifestDigest: string | undefined;
  readonly platform: string;
  readonly os: string;
  readonly at: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The analysis without packages and vulnerabilities. */
  readonly record: { readonly digest: string; readonly content: Uint8Array };
  /** The SBOM it came from, byte for byte. */
  readonly source: { readonly digest: string; readonly content: Uint8Array } | undefined;
  readonly components: readonly NewComponent[];
  /** `components` of a group are positions in the list above. */
  readonly groups: readonly (NewGroup & { readonly layer: number })[];
  readonly deviations: readonly Deviation[];
  readonly secrets: readonly ArchivedSecret[];
  readonly bundle: BundleMark | undefined;
}

/** An instance of a component that is not simply present under its purl. */
export interface Deviation {
  readonly component: number;
  readonly packageId: string;
  readonly layer: number;
  readonly state: State;
  readonly removedIn: number | undefined;
}

export interface NewComponent {
  readonly digest: string;
  readonly component: Component;
  readonly names: readonly ComponentName[];
  /** Findings under `bundle` of the image; absent where none was used. */
  readonly findings: readonly OwnFinding[] | undefined;
}

/** A folded name a component may be looked up by, and a version it is compared with then. */
export interface ComponentName {
  readonly name: string;
  readonly version: string;
}

export interface NamedComponent {
  readonly component: number;
  readonly version: string;
}

export interface StoredComponent {
  readonly id: number;
  readonly component: Component;
}

export interface StoredFinding extends OwnFinding {
  readonly component: number;
  readonly openedAt: string;
}

export interface ArchivedSecret {
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly place: string;
  readonly layer: number | undefined;
  readonly state: State | undefined;
}

export interface BundleMark extends Pick<BundleInfo, 'contentId' | 'channel' | 'epoch' | 'sequence' | 'builtAt'> {}

export interface ArchivedImage {
  readonly key: string;
  readonly names: readonly string[];
  readonly manifestDigest: string | undefined;
  readonly platform: string;
  readonly os: string;
  readonly addedAt: string;
  readonly seenAt: string;
  readonly retiredAt: string | undefined;
  readonly record: string;
  readonly source: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** All given conditions hold. `image` is a name, a name's beginning up to `:`, a key or a digest. */
export interface ImageFilter {
  readonly image?: string;
  readonly keys?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly retired?: boolean;
  /** Archived before this RFC 3339 time. */
  readonly before?: string;
}

export interface RematchChange {
  readonly at: string;
  readonly bundle: BundleMark;
  /** Content id of the bundle that was current when the re-match began. */
  readonly from: string | undefined;
  /** The highest component when it began: what came later was not looked at. */
  readonly lastComponent: number;
  /** New findings of each component whose findings differ, in batches; no component is in two of them. */
  readonly findings: Iterable<ReadonlyMap<number, readonly OwnFinding[]>>;
  readonly events: readonly EventDraft[];
}

/** One place where an image has a component. */
export interface Usage {
  readonly component: number;
  readonly image: string;
  readonly packageId: string;
  readonly purl: string;
  readonly layer: number;
  readonly state: State;
  readonly removedIn: number | undefined;
}

/** Part of a list of images. */
export interface Page {
  /** Images of the list before the page; 0 where absent. */
  readonly skip?: number;
  readonly limit: number;
}

export interface UsagePage {
  /** Images of all pages. */
  readonly total: number;
  readonly usages: readonly Usage[];
}

/** What a policy said about an image last, so that the next time's difference is an event. */
export interface Decision {
  readonly policyDigest: string;
  readonly bundle: string;
  readonly verdict: 'pass' | 'warn' | 'fail';
  /** Suppressed findings as `id packageId`, each with its rule. */
  readonly suppressed: Readonly<Record<string, string>>;
  readonly at: string;
}

export type ArchiveQuery =
  | { readonly kind: 'package'; readonly name: string; readonly type?: string }
  | { readonly kind: 'vulnerability'; readonly id: string }
  /** Of a file that was evidence, or of an image: its manifest's or its configuration's. */
  | { readonly kind: 'digest'; readonly digest: string }
  | { readonly kind: 'secret'; readonly fingerprint: string };

/** A place that answers a query; an image that was asked for itself is a hit without a path. */
export interface SearchHit {
  readonly image: string;
  readonly what: string;
  readonly version?: string;
  readonly packageId?: string;
  readonly path?: string;
  readonly layer?: number;
  readonly state?: State;
}

export interface FindingSpan {
  readonly component: number;
  readonly vulnerability: string;
  readonly severity: string;
  readonly openedAt: string;
  readonly closedAt: string | undefined;
}

/** How far a verification is, in rows; `pages` is one step of the database itself. */
export interface VerifyProgress {
  readonly step: 'pages' | 'contents' | 'components' | 'findings' | 'events' | 'images' | 'groups';
  readonly done: number;
  readonly total: number;
}

/** Something `verify` found. */
export interface ArchiveFault {
  readonly what: string;
  readonly detail: string;
  readonly repaired: boolean;
}
