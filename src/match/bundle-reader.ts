import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import { type AdvisoryReader, type AdvisoryRecord, openAdvisories } from '../bundle/index/open-advisories.ts';
import { openSegment, type Segment } from '../bundle/index/open-segment.ts';
import { parseEndOfLife, type ReleaseCycle } from '../bundle/sections/end-of-life.ts';
import { type EpssScore, findEpss } from '../bundle/sections/epss.ts';
import { type KevEntry, parseKev } from '../bundle/sections/kev.ts';

/** Records kept parsed, twice: packages of one name are matched one after the other, and ask for the same ones. */
const RECORDS_KEPT = 2048;

/** Opens what one match needs of a bundle, each part once; of the records only the last ones are kept. */
export class BundleReader {
  readonly bundle: AdvisoryBundle;
  readonly #segments = new Map<string, Segment | undefined>();
  readonly #feeds = new Map<string, AdvisoryReader | undefined>();
  #records = new Map<string, AdvisoryRecord>();
  #olderRecords: ReadonlyMap<string, AdvisoryRecord> = new Map();
  #segmentKeys: readonly string[] | undefined;
  #kev: ReadonlyMap<string, KevEntry> | undefined;
  #endOfLife: ReadonlyMap<string, readonly ReleaseCycle[]> | undefined;

  constructor(bundle: AdvisoryBundle) {
    this.bundle = bundle;
  }

  segmentKeys(): readonly string[] {
    this.#segmentKeys ??= this.bundle.keys('segment');
    return this.#segmentKeys;
  }

  segment(key: string): Segment | undefined {
    if (!this.#segments.has(key)) {
      const bytes = this.bundle.section('segment', key);
      this.#segments.set(key, bytes === undefined ? undefined : openSegment(bytes));
    }
    return this.#segments.get(key);
  }

  record(source: string, id: string): AdvisoryRecord | undefined {
    const place = `${source}\0${id}`;
    const known = this.#records.get(place) ?? this.#olderRecords.get(place);
    const record = known ?? this.#read(source, id);
    if (record === undefined) return undefined;
    if (this.#records.size >= RECORDS_KEPT) {
      this.#olderRecords = this.#records;
      this.#records = new Map();
    }
    this.#records.set(place, record);
    return record;
  }

  #read(source: string, id: string): AdvisoryRecord | undefined {
    if (!this.#feeds.has(source)) {
      const bytes = this.bundle.section('advisories', source);
      this.#feeds.set(source, bytes === undefined ? undefined : openAdvisories(bytes));
    }
    return this.#feeds.get(source)?.read(id);
  }

  kev(cve: string): KevEntry | undefined {
    if (this.#kev === undefined) {
      const bytes = this.bundle.section('kev', '');
      this.#kev = bytes === undefined ? new Map() : parseKev(bytes);
    }
    return this.#kev.get(cve);
  }

  epss(cve: string): EpssScore | undefined {
    const bytes = this.bundle.section('epss', '');
    return bytes === undefined ? undefined : findEpss(bytes, cve);
  }

  cycles(product: string): readonly ReleaseCycle[] {
    if (this.#endOfLife === undefined) {
      const bytes = this.bundle.section('endoflife', '');
      this.#endOfLife = bytes === undefined ? new Map() : parseEndOfLife(bytes);
    }
    return this.#endOfLife.get(product) ?? [];
  }
}
