import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { OwnFinding, SharedFinding } from './component-finding.ts';
import { isComponentFinding, isNumber, isText, listOf, readStored, shapeOf } from './stored-shapes.ts';

/** Findings by component, as one batch of a re-match gave them. */
export type FindingBatch = ReadonlyMap<number, readonly OwnFinding[]>;

/** Batches kept as they are: what an ordinary night changes is never packed. */
const KEPT_OPEN = 6;

/** A batch as lists: a row is component, position of the shared text or -1 for none, and version. */
interface Rows {
  readonly texts: readonly string[];
  readonly components: readonly number[];
  readonly shared: readonly number[];
  readonly versions: readonly string[];
  /** Rows whose finding has no version of its own. */
  readonly versionless: readonly number[];
}

const isRows = shapeOf<Rows>({
  texts: listOf(isText),
  components: listOf(isNumber),
  shared: listOf(isNumber),
  versions: listOf(isText),
  versionless: listOf(isNumber),
});

/**
 * Findings waiting for the one transaction that stores them: a bundle that changes fifty thousand names gives half a
 * million, which are much alike and take a fiftieth of their memory compressed.
 */
export class PackedFindings implements Iterable<FindingBatch> {
  readonly #packed: Uint8Array[] = [];
  readonly #open: FindingBatch[] = [];

  add(batch: FindingBatch): void {
    if (batch.size === 0) return;
    this.#open.push(batch);
    const [oldest] = this.#open;
    if (this.#open.length <= KEPT_OPEN || oldest === undefined) return;
    this.#open.shift();
    this.#packed.push(zstdCompressSync(JSON.stringify(toRows(oldest))));
  }

  *[Symbol.iterator](): Generator<FindingBatch> {
    for (const packed of this.#packed)
      yield fromRows(readStored(zstdDecompressSync(packed).toString(), isRows, { what: 'a packed batch' }));
    yield* this.#open;
  }
}

function toRows(batch: FindingBatch): Rows {
  const texts = new Map<string, number>();
  const components: number[] = [];
  const shared: number[] = [];
  const versions: string[] = [];
  const versionless: number[] = [];
  for (const [component, findings] of batch) {
    // A component without findings has a row too: those it had are closed.
    for (const finding of findings.length === 0 ? [undefined] : findings) {
      if (finding !== undefined && finding.version === undefined) versionless.push(components.length);
      components.push(component);
      versions.push(finding?.version ?? '');
      const text = finding?.shared.text;
      const position = text === undefined ? -1 : (texts.get(text) ?? texts.size);
      if (text !== undefined) texts.set(text, position);
      shared.push(position);
    }
  }
  return { texts: [...texts.keys()], components, shared, versions, versionless };
}

function fromRows({ texts, components, shared, versions, versionless }: Rows): FindingBatch {
  const findings = texts.map(
    (text): SharedFinding => ({ text, finding: readStored(text, isComponentFinding, { what: 'a packed finding' }) }),
  );
  const without = new Set(versionless);
  const batch = new Map<number, OwnFinding[]>();
  for (const [row, component] of components.entries()) {
    const list = batch.get(component) ?? [];
    batch.set(component, list);
    const found = findings[shared[row] ?? -1];
    if (found === undefined) continue;
    list.push(without.has(row) ? { shared: found } : { shared: found, version: versions[row] ?? '' });
  }
  return batch;
}
