import { PlimsollError } from '../../errors.ts';
import { DAY } from '../../model/day.ts';
import type { AdvisoryBundle, Section } from '../advisory-bundle.ts';
import { isReported } from '../canary.ts';
import { encodeCanonical, type Json } from '../canonical-json.ts';
import { encodeEnvelope } from '../container/envelope.ts';
import {
  containerParts,
  type PackedSection,
  packSection,
  placeSections,
  sectionName,
} from '../container/write-container.ts';
import { contentIdOf } from '../content-id.ts';
import { documentTime } from '../document.ts';
import type { SourceReport } from '../feeds/feed-report.ts';
import { IndexBuilder } from '../index/build-index.ts';
import { sectionsBundle } from '../sections-bundle.ts';
import { countSegments } from '../segment-counts.ts';
import type { FileSystem } from '../store/file-system.ts';
import { type Canary, compareSections, READER_VERSION, type Release, releaseDocument } from '../trust/release.ts';
import type { RootRecord } from '../trust/root-chain.ts';
import { type SigningKey, signDocument } from '../trust/signing-key.ts';
import { CanaryCandidates } from './canary-candidates.ts';
import { readFeeds } from './read-feeds.ts';

const STALE_DAYS = 7;
const CANARIES_PER_ECOSYSTEM = 2;

export interface BuildRequest {
  readonly fs: FileSystem;
  readonly feeds: string;
  readonly channel: string;
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly builtAt: number;
  readonly expires?: string;
  readonly staleDays?: number;
  readonly starter?: boolean;
  readonly dropAllowed?: readonly string[];
  /** The whole chain; the release belongs to the last. */
  readonly roots: readonly RootRecord[];
  readonly keys: readonly SigningKey[];
  /** Other sections as JSON: binary classifiers, known base images. */
  readonly classifiers?: Json;
  readonly bases?: Json;
  /** Release of an earlier bundle: sections it already has are not stored again. */
  readonly since?: Release;
}

export interface BuiltBundle {
  readonly release: Release;
  readonly report: readonly SourceReport[];
  /** The file, part by part. */
  readonly parts: readonly Uint8Array[];
}

/** Builds and signs a bundle. Equal feeds give an equal `contentId`, whatever their order, place or time zone. */
export function buildBundle(request: BuildRequest): BuiltBundle {
  const builtAt = documentTime(request.builtAt);
  const candidates = new CanaryCandidates();
  const index = new IndexBuilder();
  const reading = readFeeds({
    fs: request.fs,
    feeds: request.feeds,
    builtAt,
    onAdvisory(advisory) {
      candidates.add(advisory);
      index.add(advisory);
    },
  });
  const sections = [...index.finish(), ...reading.sections, ...extraSections(request)].sort(compareSections);
  const packed = sections.map(packSection);
  const reused = reusedSections(packed, request.since);
  const release: Release = {
    ...signedTerms(request, builtAt),
    ...(request.since === undefined ? { kind: 'full' as const } : deltaOf(request.since)),
    contentId: contentIdOf(packed),
    sources: reading.sources,
    counts: countSegments(sections),
    canaries: chooseCanaries(candidates, sectionsBundle(sections)),
    sections: placeSections(packed, reused),
  };
  const stored = packed.filter((section) => !reused.has(sectionName(section)));
  return { release, report: reading.report, parts: signedParts(request, release, stored) };
}

function signedTerms(request: BuildRequest, builtAt: string) {
  const root = request.roots.at(-1)?.root;
  if (root === undefined) throw new PlimsollError('PLM_TRUST_ROOT', 'a bundle needs a root');
  const { channel, sequence, expires } = request;
  return {
    channel,
    epoch: root.epoch,
    sequence,
    builtAt,
    staleAfter: documentTime(request.builtAt + (request.staleDays ?? STALE_DAYS) * DAY),
    ...(expires === undefined ? {} : { expires }),
    rootVersion: root.version,
    minimumReader: READER_VERSION,
    critical: [],
    starter: request.starter ?? false,
    dropAllowed: [...(request.dropAllowed ?? [])].sort(),
  };
}

function deltaOf(since: Release) {
  return { kind: 'delta' as const, base: { sequence: since.sequence, contentId: since.contentId } };
}

function extraSections({ classifiers, bases }: BuildRequest): readonly Section[] {
  const sections: Section[] = [];
  if (classifiers !== undefined) sections.push({ type: 'classifiers', key: '', bytes: encodeCanonical(classifiers) });
  if (bases !== undefined) sections.push({ type: 'bases', key: '', bytes: encodeCanonical(bases) });
  return sections;
}

function reusedSections(packed: readonly PackedSection[], since: Release | undefined): ReadonlySet<string> {
  const before = new Map(since?.sections.map((entry) => [sectionName(entry), entry.sha256]));
  return new Set(packed.filter((section) => before.get(sectionName(section)) === section.sha256).map(sectionName));
}

/** The first candidates of each ecosystem that this very build reports. */
function chooseCanaries(candidates: CanaryCandidates, bundle: AdvisoryBundle): readonly Canary[] {
  return candidates
    .byEcosystem()
    .flatMap((list) => list.filter((canary) => isReported(bundle, canary)).slice(0, CANARIES_PER_ECOSYSTEM));
}

function signedParts(request: BuildRequest, release: Release, stored: readonly PackedSection[]): readonly Uint8Array[] {
  let document = releaseDocument(release);
  for (const key of request.keys) document = signDocument(document, key);
  const envelope = encodeEnvelope(request.roots, document);
  return [
    ...containerParts(
      envelope,
      stored.map((section) => section.stored),
    ),
  ];
}
