import { hash } from 'node:crypto';
import { PlimsollError } from '../errors.ts';
import type { Analysis } from '../model/analysis.ts';
import type { Location } from '../model/evidence.ts';
import type { Package } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import type { UnjudgedAnalysis } from '../policy/gates/evaluate.ts';
import type { NewImage } from './archive-store.ts';
import { type ArchiveRecord, type GroupMember, isArchiveRecord, isGroup } from './record-shapes.ts';
import { readStored } from './stored-shapes.ts';

export interface RecordedAnalysis {
  readonly record: NewImage['record'];
  readonly groups: readonly {
    readonly digest: string;
    readonly content: Uint8Array;
    readonly layer: number;
    readonly packages: readonly Package[];
  }[];
}

/** Takes an analysis apart. A group holds the packages that one detector found in one layer: what images share is equal bytes. */
export function recordAnalysis(analysis: UnjudgedAnalysis): RecordedAnalysis {
  const { packages } = analysis;
  const members = Map.groupBy(packages, ({ locations: [first] }) => `${first.layer}\0${first.detector ?? ''}`);
  const groups = [...members.values()].map((list) => toGroup(list));
  const position = new Map(
    groups.flatMap((group, index) =>
      group.packages.map((found, member): [Package, readonly [number, number]] => [found, [index, member]]),
    ),
  );
  const record: ArchiveRecord = {
    version: 1,
    analysis: lastingPart(analysis),
    groups: groups.map(({ digest, layer }) => ({ digest, layer })),
    order: packages.map((found) => position.get(found) ?? [0, 0]),
    states: Object.fromEntries(
      packages
        .filter((found) => found.state !== 'present')
        .map((found) => [
          found.id,
          { state: found.state, ...(found.removedIn === undefined ? {} : { removedIn: found.removedIn }) },
        ]),
    ),
  };
  return {
    record: asContent(record),
    groups,
  };
}

/** Problems that matching states: they belong to the bundle of the day and are stated again by the next match. */
const OF_MATCHING = /^PLM_(?:COVERAGE|ADVISORY|BUNDLE)_/;

function lasting(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter((problem) => !OF_MATCHING.test(problem.code));
}

/** What stays true of the image whatever it is called and whichever bundle it is matched with. */
function lastingPart(analysis: UnjudgedAnalysis): ArchiveRecord['analysis'] {
  const {
    packages: _packages,
    vulnerabilities: _findings,
    fixPlan: _plan,
    bundle: _bundle,
    createdAt: _created,
    ...rest
  } = analysis;
  const { ref: _ref, ...image } = analysis.image;
  const { eol: _eol, ...os } = image.os;
  return { ...rest, image: { ...image, os }, problems: lasting(analysis.problems) };
}

function toGroup(packages: readonly Package[]): RecordedAnalysis['groups'][number] {
  const sorted = packages.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const layer = sorted[0]?.locations[0].layer ?? 0;
  const content = sorted.map(
    ({ state: _state, removedIn: _removed, ...found }): GroupMember => ({
      ...found,
      locations: shifted(found.locations, -layer),
    }),
  );
  return { ...asContent(content), layer, packages: sorted };
}

function shifted([first, ...others]: Package['locations'], by: number): readonly [Location, ...Location[]] {
  const move = (location: Location): Location => ({ ...location, layer: location.layer + by });
  return [move(first), ...others.map(move)];
}

/** JSON with its SHA-256. */
function asContent(value: unknown): { readonly digest: string; readonly content: Uint8Array } {
  const content = Buffer.from(JSON.stringify(value));
  return { digest: hash('sha256', content), content };
}

/** Puts an archived analysis together again, without vulnerabilities. Throws PLM_ARCHIVE_DAMAGED where content is missing. */
export async function restoreAnalysis(
  recordDigest: string,
  blob: (digest: string) => Promise<Uint8Array | undefined>,
): Promise<UnjudgedAnalysis> {
  const read = async (digest: string): Promise<string> => {
    const content = await blob(digest);
    if (content !== undefined) return new TextDecoder().decode(content);
    throw new PlimsollError('PLM_ARCHIVE_DAMAGED', `content ${digest} is missing from the archive`, {
      hint: 'run "plimsoll archive verify", then add the image again',
    });
  };
  const record = readStored(await read(recordDigest), isArchiveRecord, { what: `content ${recordDigest}` });
  const groups: (readonly Package[])[] = [];
  for (const { digest, layer } of record.groups) {
    const members = readStored(await read(digest), isGroup, { what: `content ${digest}` });
    groups.push(
      members.map((member) => ({
        ...member,
        locations: shifted(member.locations, layer),
        ...(record.states[member.id] ?? { state: 'present' }),
      })),
    );
  }
  const packages = record.order.flatMap(([group, member]) => groups[group]?.[member] ?? []);
  return { ...record.analysis, packages, vulnerabilities: [], problems: lasting(record.analysis.problems) };
}

/** What identifies an image: its configuration (which names platform and layers), or its record where it has none. */
export function imageKey(image: Analysis['image'], recordDigest: string): string {
  return image.configDigest === '' || image.kind === 'directory' ? `record:${recordDigest}` : image.configDigest;
}
