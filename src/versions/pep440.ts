import { compareText } from '../bytes/compare-text.ts';
import { allDigits, compareDigits, orderOf } from './digits.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VersionKey } from './version-key.ts';

const PATTERN =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

interface PythonVersion {
  readonly epoch: string;
  /** Without trailing zeros. */
  readonly release: readonly string[];
  /** Phase 0: only a development release; 1 a, 2 b, 3 rc; 4: none. */
  readonly phase: number;
  readonly pre: string;
  readonly post: string | undefined;
  readonly dev: string | undefined;
  readonly local: readonly string[] | undefined;
}

export const scheme: VersionScheme = {
  id: 'pep440',
  title: 'Python versions',
  specification: 'https://packaging.python.org/en/latest/specifications/version-specifiers/',
  compare(left, right) {
    const a = parse(left);
    const b = parse(right);
    if (a !== undefined && b !== undefined) return compareVersions(a, b);
    if (left.trim() === '' || right.trim() === '') return undefined;
    if (a !== undefined || b !== undefined) return a === undefined ? -1 : 1;
    return compareLegacy(left, right);
  },
  encode(version) {
    const parsed = parse(version);
    if (parsed === undefined) return undefined;
    const key = new VersionKey().number(parsed.epoch);
    for (const part of parsed.release) key.byte(1).number(part);
    key.byte(0).byte(parsed.phase).number(parsed.pre);
    encodeOptional(key, parsed.post, 0, 1);
    encodeOptional(key, parsed.dev, 1, 0);
    encodeLocal(key, parsed.local);
    return key.finish();
  },
};

function parse(version: string): PythonVersion | undefined {
  const match = PATTERN.exec(version.trim().toLowerCase());
  if (match === null) return undefined;
  const [, epoch, release = '', preName, pre, implicitPost, postName, post, devName, dev, local] = match;
  const parts = release.split('.');
  while (parts.length > 0 && Number(parts.at(-1)) === 0) parts.pop();
  const isPost = implicitPost !== undefined || postName !== undefined;
  return {
    epoch: epoch ?? '0',
    release: parts,
    phase: preName !== undefined ? phaseOf(preName) : !isPost && devName !== undefined ? 0 : 4,
    pre: pre ?? '',
    post: isPost ? (implicitPost ?? post ?? '') : undefined,
    dev: devName === undefined ? undefined : (dev ?? ''),
    local: local?.split(/[-_.]/),
  };
}

function phaseOf(name: string): number {
  if (name.startsWith('a')) return 1;
  return name.startsWith('b') ? 2 : 3;
}

function compareVersions(a: PythonVersion, b: PythonVersion): Order {
  return (
    compareDigits(a.epoch, b.epoch) ||
    compareReleases(a.release, b.release) ||
    orderOf(a.phase - b.phase) ||
    compareDigits(a.pre, b.pre) ||
    compareOptional(a.post, b.post, -1) ||
    compareOptional(a.dev, b.dev, 1) ||
    compareLocal(a.local, b.local)
  );
}

function compareReleases(left: readonly string[], right: readonly string[]): Order {
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareDigits(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** `absent` is the order of a missing number against any number. */
function compareOptional(left: string | undefined, right: string | undefined, absent: Order): Order {
  if (left === undefined) return right === undefined ? 0 : absent;
  if (right === undefined) return orderOf(-absent);
  return compareDigits(left, right);
}

/** No local part is first; words before numbers; more segments after fewer. */
function compareLocal(left: readonly string[] | undefined, right: readonly string[] | undefined): Order {
  if (left === undefined || right === undefined)
    return orderOf(Number(left !== undefined) - Number(right !== undefined));
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const a = left[i] ?? '';
    const b = right[i] ?? '';
    const numberA = allDigits(a);
    const numberB = allDigits(b);
    if (numberA !== numberB) return numberA ? 1 : -1;
    const order = numberA ? compareDigits(a, b) : compareText(a, b);
    if (order !== 0) return order;
  }
  return orderOf(left.length - right.length);
}

function encodeOptional(key: VersionKey, digits: string | undefined, absent: number, present: number): void {
  if (digits === undefined) key.byte(absent);
  else key.byte(present).number(digits);
}

function encodeLocal(key: VersionKey, local: readonly string[] | undefined): void {
  if (local === undefined) {
    key.byte(0);
    return;
  }
  key.byte(1);
  for (const segment of local) {
    if (allDigits(segment)) key.byte(2).number(segment);
    else key.byte(1).text(segment);
  }
  key.byte(0);
}

/**
 * Versions that are not PEP 440 sort before all that are, among themselves as setuptools did
 * (https://setuptools.pypa.io/en/latest/pkg_resources.html#parsing-utilities): numbers padded, words between stars.
 */
function compareLegacy(left: string, right: string): Order {
  const a = legacyParts(left);
  const b = legacyParts(right);
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareText(a[i] ?? '', b[i] ?? '');
    if (order !== 0) return order;
  }
  return orderOf(a.length - b.length);
}

const LEGACY_WORDS = new Map([
  ['pre', 'c'],
  ['preview', 'c'],
  ['-', 'final-'],
  ['rc', 'c'],
  ['dev', '@'],
]);

function legacyParts(version: string): string[] {
  const parts: string[] = [];
  for (const piece of version.toLowerCase().match(/\d+|[a-z]+|\.|-/g) ?? []) {
    const part = LEGACY_WORDS.get(piece) ?? piece;
    if (part === '.') continue;
    if (allDigits(part)) {
      parts.push(part.padStart(8, '0'));
      continue;
    }
    if (part < 'final') while (parts.at(-1) === '*final-') parts.pop();
    while (parts.at(-1) === '00000000') parts.pop();
    parts.push(`*${part}`);
  }
  parts.push('*final');
  return parts;
}
