import { type VersionRule, WINDOW_BYTES } from './classifier.ts';

/** Places of one anchor that are looked at: real programs repeat such a text a few times, text files may hold it anywhere. */
const MAX_ANCHORS = 2000;
/** The whole file is read as text in pieces of this size, which overlap by one window. */
const PIECE_BYTES = 1024 * 1024;

const patterns = new Map<string, RegExp>();

/** The version that the first matching rule finds in the bytes of a program. */
export function findVersion(bytes: Uint8Array, rules: readonly VersionRule[]): string | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const rule of rules) {
    const version = applyRule(buffer, rule);
    if (version !== undefined) return version;
  }
  return undefined;
}

function applyRule(buffer: Buffer, rule: VersionRule): string | undefined {
  const pattern = compiled(rule.pattern);
  const found = new Set<string>();
  for (const text of rule.anchor === undefined ? pieces(buffer) : windows(buffer, rule.anchor)) {
    for (const match of text.matchAll(pattern)) {
      if (match[1] === undefined) continue;
      if (rule.pick !== 'only') return match[1];
      found.add(match[1]);
      if (found.size > 1) return undefined;
    }
  }
  return found.values().next().value;
}

function* windows(buffer: Buffer, anchor: string): Generator<string> {
  let count = 0;
  for (let at = buffer.indexOf(anchor, 0, 'latin1'); at >= 0; at = buffer.indexOf(anchor, at + 1, 'latin1')) {
    count += 1;
    if (count > MAX_ANCHORS) return;
    yield buffer.toString('latin1', Math.max(0, at - WINDOW_BYTES), at + anchor.length + WINDOW_BYTES);
  }
}

function* pieces(buffer: Buffer): Generator<string> {
  for (let at = 0; at < buffer.length; at += PIECE_BYTES) {
    yield buffer.toString('latin1', at, at + PIECE_BYTES + WINDOW_BYTES);
  }
}

function compiled(source: string): RegExp {
  const known = patterns.get(source);
  if (known !== undefined) return known;
  const pattern = new RegExp(source, 'g');
  patterns.set(source, pattern);
  return pattern;
}
