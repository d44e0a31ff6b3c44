import { isRecord, optional } from '../../bytes/json.ts';
import type { Advisory, AffectedPackage } from '../../model/advisory.ts';
import type { Section } from '../advisory-bundle.ts';
import { affectedRows } from './affected-rows.ts';
import { type BorrowedSeverity, SeverityLender } from './borrow-severity.ts';
import type { AdvisoryRecord } from './open-advisories.ts';
import { type WrittenRecord, writeAdvisories } from './write-advisories.ts';
import { type SegmentRow, writeSegment } from './write-segment.ts';

interface KeptAdvisory {
  readonly modified: string;
  readonly json: Uint8Array;
  /** What other records may borrow, where it states a severity. */
  readonly lends?: Pick<Advisory, 'id' | 'aliases' | 'severity'>;
}

/**
 * Collects advisories and writes the sections of a bundle that hold them: one `segment` for each OSV ecosystem and one
 * `advisories` section for each feed. The sections do not depend on the order of insertion.
 */
export class IndexBuilder {
  readonly #kept = new Map<string, KeptAdvisory>();
  readonly #encoder = new TextEncoder();

  /** Withdrawn records are left out. Of two records of one feed with one id the one modified last is kept. */
  add(advisory: Advisory): void {
    if (advisory.withdrawn !== undefined) return;
    const key = `${advisory.source}\0${advisory.id}`;
    const json = this.#encoder.encode(JSON.stringify(advisory));
    const before = this.#kept.get(key);
    if (before === undefined || isNewer(advisory.modified, json, before)) {
      const { id, aliases, severity } = advisory;
      const lends = severity.length > 0 ? { lends: { id, aliases, severity } } : {};
      this.#kept.set(key, { modified: advisory.modified, json, ...lends });
    }
  }

  /** The sections, sorted by type and key. */
  finish(): readonly Section[] {
    const rows = new Map<string, SegmentRow[]>();
    const records = new Map<string, WrittenRecord[]>();
    const decoder = new TextDecoder();
    const lender = this.#lender();
    for (const [key, { json }] of this.#kept) {
      const advisory: unknown = JSON.parse(decoder.decode(json));
      if (!isAdvisory(advisory)) throw new Error('a kept advisory is not the one that was added');
      this.#kept.delete(key);
      list(records, advisory.source).push(this.#record(advisory, lender.lend(advisory)));
      for (const affected of advisory.affected) {
        const segment = list(rows, affected.ecosystem);
        const qualifiers = canonicalQualifiers(affected.qualifiers);
        for (const row of affectedRows(affected)) {
          segment.push({ ...row, name: affected.name, advisory: advisory.id, source: advisory.source, qualifiers });
        }
      }
    }
    const sections: Section[] = [];
    for (const source of [...records.keys()].sort()) {
      sections.push({ type: 'advisories', key: source, bytes: writeAdvisories(records.get(source) ?? []) });
    }
    for (const ecosystem of [...rows.keys()].sort()) {
      sections.push({ type: 'segment', key: ecosystem, bytes: writeSegment(ecosystem, rows.get(ecosystem) ?? []) });
    }
    return sections;
  }

  #lender(): SeverityLender {
    const lender = new SeverityLender();
    for (const { lends } of this.#kept.values()) if (lends !== undefined) lender.add(lends);
    return lender;
  }

  /**
   * Ranges are in the segments; the record keeps which packages it names. Of the long text only a title stays where the
   * feed has no summary: reports show nothing more, and it is most of every feed.
   */
  #record({ affected, details, ...rest }: Advisory, borrowed: readonly BorrowedSeverity[]): WrittenRecord {
    const summary = rest.summary ?? titleOf(details);
    const record = {
      ...rest,
      ...(summary === undefined ? {} : { summary }),
      ...(borrowed.length === 0 ? {} : { borrowedSeverity: borrowed }),
      affected: [...Map.groupBy(affected, ({ ecosystem, name }) => `${ecosystem}\0${name}`).values()].flatMap(named),
    };
    const near = affected[0] === undefined ? '' : `${affected[0].ecosystem}\0${affected[0].name}`;
    return { id: rest.id, near, json: this.#encoder.encode(JSON.stringify(record)) };
  }
}

/** A package and its vulnerable parts in all ranges; all of it where one range does not name them. */
function named(ranges: readonly AffectedPackage[]): AdvisoryRecord['affected'] {
  const [first] = ranges;
  if (first === undefined) return [];
  const { ecosystem, name } = first;
  const imports = ranges.some((range) => range.imports === undefined)
    ? undefined
    : ranges.flatMap((range) => range.imports ?? []);
  return [{ ecosystem, name, ...optional('imports', imports) }];
}

const TITLE_LENGTH = 160;

/** The first line of a text, cut at a word. */
function titleOf(details: string | undefined): string | undefined {
  const line = details
    ?.split('\n')
    .map((text) => text.trim())
    .find((text) => text !== '');
  if (line === undefined || line.length <= TITLE_LENGTH) return line;
  return `${line.slice(0, line.lastIndexOf(' ', TITLE_LENGTH) + 1 || TITLE_LENGTH).trimEnd()} …`.toWellFormed();
}

function isNewer(modified: string, json: Uint8Array, before: KeptAdvisory): boolean {
  if (modified !== before.modified) return modified > before.modified;
  return Buffer.compare(json, before.json) > 0;
}

function canonicalQualifiers(qualifiers: Readonly<Record<string, string>> | undefined): string {
  const entries = Object.entries(qualifiers ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
}

function list<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const found = lists.get(key);
  if (found !== undefined) return found;
  const made: Item[] = [];
  lists.set(key, made);
  return made;
}

/** What `add` encoded; the fields that are read here stand for the others. */
function isAdvisory(value: unknown): value is Advisory {
  return isRecord(value) && typeof value['source'] === 'string' && Array.isArray(value['affected']);
}
