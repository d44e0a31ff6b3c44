import { isRecord, listField, ownField, textField } from '../../bytes/json.ts';
import { isBoundedPattern } from './bounded-pattern.ts';

/**
 * How a program that no package manager installed is told: by its file's name, then by a version near a fixed text in
 * it. JSON-safe, so that classifiers travel in the advisory bundle and are renewed with it.
 */
export interface Classifier {
  /** Names the classifier in evidence: `redis-server`. */
  readonly id: string;
  /** Base names of files; a `*` stands for any run of characters without a slash. */
  readonly files: readonly string[];
  /** Larger files are something else. Bytes. */
  readonly maxSize?: number;
  /** The package's name; its purl is `pkg:generic/name@version` unless `type` says otherwise. */
  readonly name: string;
  readonly type?: string;
  /** Tried in order; the first that finds a version decides. */
  readonly rules: readonly VersionRule[];
}

export interface VersionRule {
  /** A text (one character a byte) that stands near the version; without it the whole file is searched. */
  readonly anchor?: string;
  /** A pattern over the bytes around the anchor, one character a byte; group 1 is the version. Repeats are bounded. */
  readonly pattern: string;
  /** `only`: several different versions mean that none can be told. */
  readonly pick?: 'first' | 'only';
}

/** Bytes looked at on each side of an anchor. */
export const WINDOW_BYTES = 256;
const MAX_PATTERN = 600;
const MAX_CLASSIFIERS = 2000;

/** The classifiers of a bundle section; those of a wrong shape or with a pattern that could run away are left out and named. */
export function parseClassifiers(value: unknown): {
  readonly classifiers: readonly Classifier[];
  readonly refused: readonly string[];
} {
  const items = Array.isArray(value) ? value.slice(0, MAX_CLASSIFIERS) : [];
  const classifiers: Classifier[] = [];
  const refused: string[] = [];
  for (const item of items) {
    const classifier = toClassifier(item);
    if (classifier === undefined) refused.push((isRecord(item) && textField(item, 'id')) || 'unnamed');
    else classifiers.push(classifier);
  }
  return { classifiers, refused };
}

function toClassifier(item: unknown): Classifier | undefined {
  if (!isRecord(item)) return undefined;
  const [id, name, type] = ['id', 'name', 'type'].map((field) => textField(item, field));
  const files = listField(item, 'files').filter((file) => typeof file === 'string');
  const rules = listField(item, 'rules').map(toRule);
  const maxSize = ownField(item, 'maxSize');
  if (!id || !name || files.length === 0 || rules.length === 0 || rules.includes(undefined)) return undefined;
  return {
    id,
    name,
    files,
    rules: rules.filter((rule) => rule !== undefined),
    ...(type && { type }),
    ...(typeof maxSize === 'number' && { maxSize }),
  };
}

function toRule(item: unknown): VersionRule | undefined {
  if (!isRecord(item)) return undefined;
  const pattern = textField(item, 'pattern');
  const anchor = textField(item, 'anchor');
  if (!pattern || pattern.length > MAX_PATTERN || anchor === '' || !isBoundedPattern(pattern)) return undefined;
  const pick = textField(item, 'pick');
  return { pattern, ...(anchor && { anchor }), ...(pick === 'only' && { pick }) };
}
