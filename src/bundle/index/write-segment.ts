import { compareText } from '../../bytes/compare-text.ts';
import { schemeOfEcosystem } from '../../versions/ecosystem.ts';
import { compareKeys } from '../../versions/version-key.ts';
import type { AffectedRow } from './affected-rows.ts';
import { writeTable } from './byte-table.ts';
import { numberColumn, writeColumns } from './columns.ts';
import { KEY_GENERATION, NONE, nameKey, ROW, SEGMENT_MAGIC } from './segment-format.ts';

/** A row with what it is about. */
export interface SegmentRow extends AffectedRow {
  readonly name: string;
  readonly advisory: string;
  readonly source: string;
  /** Canonical JSON. */
  readonly qualifiers: string;
}

interface VersionColumns {
  readonly idOf: ReadonlyMap<string, number>;
  readonly keyed: (version: string | undefined) => boolean;
  readonly columns: readonly Uint8Array[];
}

const encoder = new TextEncoder();

/** The bytes of one segment; the same for any order of rows. */
export function writeSegment(ecosystem: string, rows: readonly SegmentRow[]): Uint8Array {
  const scheme = schemeOfEcosystem(ecosystem);
  const header = encoder.encode(JSON.stringify({ ecosystem, scheme: scheme.id, keys: KEY_GENERATION }));
  const versions = versionColumns(ecosystem, rows);
  const advisories = new Interned(rows.map((row) => `${row.advisory}\0${row.source}`));
  const sources = new Interned(rows.map((row) => row.source));
  const qualifiers = new Interned(['{}', ...rows.map((row) => row.qualifiers)], '{}');
  const names = namesOf(ecosystem, rows);
  const id = (version: string | undefined) => (version === undefined ? NONE : (versions.idOf.get(version) ?? NONE));
  const sorted = sortRows(rows, names.keyOf, id);
  const flags = sorted.map(
    ({ row }) => row.flags | (versions.keyed(row.low) && versions.keyed(row.high) ? 0 : ROW.runtime),
  );
  return writeColumns(SEGMENT_MAGIC, [
    header,
    ...writeTable(names.keys),
    numberColumn(
      rowStarts(
        sorted.map(({ key }) => key),
        names.keys,
      ),
    ),
    numberColumn(sorted.map(({ row }) => id(row.low))),
    numberColumn(sorted.map(({ row }) => id(row.high))),
    numberColumn(sorted.map(({ row }) => id(row.fixed))),
    Uint8Array.from(flags),
    numberColumn(sorted.map(({ row }) => advisories.id(`${row.advisory}\0${row.source}`))),
    numberColumn(sorted.map(({ row }) => qualifiers.id(row.qualifiers))),
    ...versions.columns,
    ...writeTable(advisories.texts.map((text) => encoder.encode(text.slice(0, text.indexOf('\0'))))),
    numberColumn(advisories.texts.map((text) => sources.id(text.slice(text.indexOf('\0') + 1)))),
    ...writeTable(sources.texts.map((text) => encoder.encode(text))),
    ...writeTable(qualifiers.texts.map((text) => encoder.encode(text))),
  ]);
}

/** Distinct texts in order, with their numbers; `first` is put before all. */
class Interned {
  readonly texts: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;

  constructor(texts: readonly string[], first?: string) {
    const rest = [...new Set(texts)].filter((text) => text !== first).sort(compareText);
    this.texts = first === undefined ? rest : [first, ...rest];
    this.#ids = new Map(this.texts.map((text, index) => [text, index]));
  }

  id(text: string): number {
    return this.#ids.get(text) ?? NONE;
  }
}

function namesOf(ecosystem: string, rows: readonly SegmentRow[]) {
  const keyOf = new Map<string, Uint8Array>();
  for (const { name } of rows) if (!keyOf.has(name)) keyOf.set(name, nameKey(ecosystem, name));
  const sorted = [...keyOf.values()].sort(compareKeys);
  const keys = sorted.filter((key, index) => index === 0 || compareKeys(sorted[index - 1] ?? key, key) !== 0);
  return { keys, keyOf };
}

function versionColumns(ecosystem: string, rows: readonly SegmentRow[]): VersionColumns {
  const scheme = schemeOfEcosystem(ecosystem);
  const texts = new Set<string>();
  for (const { low, high, fixed } of rows) {
    for (const version of [low, high, fixed]) if (version !== undefined) texts.add(version);
  }
  const versions = [...texts].map((text) => ({ text, key: scheme.encode?.(text) }));
  versions.sort((a, b) => compareVersions(a, b));
  const keys: Uint8Array[] = [];
  const keyIds = versions.map(({ key }) => {
    const last = keys.at(-1);
    if (key === undefined) return NONE;
    if (last === undefined || compareKeys(last, key) !== 0) keys.push(key);
    return keys.length - 1;
  });
  const keyedTexts = new Set(versions.filter(({ key }) => key !== undefined).map(({ text }) => text));
  return {
    idOf: new Map(versions.map(({ text }, index) => [text, index])),
    keyed: (version) => version === undefined || keyedTexts.has(version),
    columns: [
      ...writeTable(versions.map(({ text }) => encoder.encode(text))),
      numberColumn(keyIds),
      ...writeTable(keys),
    ],
  };
}

interface EncodedVersion {
  readonly text: string;
  readonly key: Uint8Array | undefined;
}

function compareVersions(a: EncodedVersion, b: EncodedVersion): number {
  if (a.key === undefined || b.key === undefined) {
    return Number(a.key === undefined) - Number(b.key === undefined) || compareText(a.text, b.text);
  }
  return compareKeys(a.key, b.key) || compareText(a.text, b.text);
}

interface KeyedRow {
  readonly row: SegmentRow;
  readonly key: Uint8Array;
}

function sortRows(
  rows: readonly SegmentRow[],
  keyOf: ReadonlyMap<string, Uint8Array>,
  id: (version: string | undefined) => number,
): readonly KeyedRow[] {
  const keyed = rows.map((row) => ({ row, key: keyOf.get(row.name) ?? new Uint8Array() }));
  keyed.sort(
    (a, b) =>
      compareKeys(a.key, b.key) ||
      compareText(a.row.advisory, b.row.advisory) ||
      compareText(a.row.source, b.row.source) ||
      compareText(a.row.qualifiers, b.row.qualifiers) ||
      a.row.flags - b.row.flags ||
      id(a.row.low) - id(b.row.low) ||
      id(a.row.high) - id(b.row.high) ||
      id(a.row.fixed) - id(b.row.fixed),
  );
  return keyed.filter((current, index) => index === 0 || !sameRow(keyed[index - 1], current));
}

function sameRow(a: KeyedRow | undefined, b: KeyedRow): boolean {
  if (a === undefined || compareKeys(a.key, b.key) !== 0) return false;
  const x = a.row;
  const y = b.row;
  return (
    x.advisory === y.advisory &&
    x.source === y.source &&
    x.qualifiers === y.qualifiers &&
    x.flags === y.flags &&
    x.low === y.low &&
    x.high === y.high &&
    x.fixed === y.fixed
  );
}

function rowStarts(rowNames: readonly Uint8Array[], names: readonly Uint8Array[]): number[] {
  const starts: number[] = [];
  let row = 0;
  for (const name of names) {
    starts.push(row);
    for (
      let current = rowNames[row];
      current !== undefined && compareKeys(current, name) === 0;
      current = rowNames[row]
    )
      row++;
  }
  starts.push(row);
  return starts;
}
