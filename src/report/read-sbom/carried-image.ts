import { isRecord, type JsonRecord, parseJson, textField } from '../../bytes/json.ts';
import type { FactMap } from './fact-map.ts';

/** JSON values inside facts nest no deeper. */
export const FACT_DEPTH = 6;

/** The `image` part of the report, as one of our SBOMs carries it; undefined in those of other tools. */
export function carriedImage(facts: FactMap): JsonRecord | undefined {
  const carried = parseJson(facts.first('image') ?? 'null', FACT_DEPTH);
  return isRecord(carried) ? carried : undefined;
}

/** Those of the named fields that hold text. */
export function texts<K extends string>(record: JsonRecord, names: readonly K[]): Partial<Record<K, string>> {
  const fields: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = textField(record, name);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}
