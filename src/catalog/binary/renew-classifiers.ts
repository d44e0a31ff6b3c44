import { isRecord, listField, parseJson } from '../../bytes/json.ts';
import { type Classifier, parseClassifiers } from './classifier.ts';
import { KNOWN_PROGRAMS } from './known-programs.ts';

/** A list of classifiers nests five deep. */
const NESTING = 16;

export interface RenewedClassifiers {
  readonly classifiers: readonly Classifier[];
  /** Ids of classifiers of the section that were left out for their shape or their patterns. */
  readonly refused: readonly string[];
}

/**
 * The built-in classifiers, those with an id in the section replaced and new ones added. The section is a JSON list of
 * classifiers, or an object with `classifiers`; undefined where it is no JSON.
 */
export function renewClassifiers(section: Uint8Array): RenewedClassifiers | undefined {
  const document = parseJson(new TextDecoder().decode(section), NESTING);
  const list = isRecord(document) ? listField(document, 'classifiers') : document;
  if (!Array.isArray(list)) return undefined;
  const { classifiers, refused } = parseClassifiers(list);
  const renewed = new Set(classifiers.map(({ id }) => id));
  return { classifiers: [...KNOWN_PROGRAMS.filter(({ id }) => !renewed.has(id)), ...classifiers], refused };
}
