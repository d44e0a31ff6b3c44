import { builtInScan } from './built-in-scan.ts';
import { FileGaps } from './file-gaps.ts';
import { scanWhole } from './scan-bytes.ts';
import type { Sighting } from './sighting.ts';

/**
 * The text with everything that looks like a secret, suppressed findings included, replaced by `***`; all of it where
 * not all of it could be looked at. For labels, history and commands in reports; it does not depend on which scanners
 * run.
 */
export function redact(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  const gaps = new FileGaps();
  const sightings = scanWhole(builtInScan(), '/.env', bytes, { gaps, depth: 0 });
  return gaps.isEmpty ? masked(text, bytes, sightings) : '***';
}

/**
 * As redact for a document whose words count: generic findings, which prose has too, are left. Undefined where not all of it
 * could be looked at.
 */
export function redactDocument(text: string, path: string): string | undefined {
  const bytes = Buffer.from(text, 'utf8');
  const gaps = new FileGaps();
  const sightings = scanWhole(builtInScan(), path, bytes, { gaps, depth: 0 });
  if (!gaps.isEmpty) return undefined;
  return masked(
    text,
    bytes,
    sightings.filter(({ found }) => found.verdict !== 'generic'),
  );
}

function masked(text: string, bytes: Buffer, sightings: readonly Sighting[]): string {
  const ranges = sightings
    .filter(({ found }) => found.witness !== true)
    .map(({ offset, length }) => ({ from: offset, to: offset + length }))
    .sort((left, right) => left.from - right.from || right.to - left.to);
  if (ranges.length === 0) return text;
  const parts: Buffer[] = [];
  let at = 0;
  for (const { from, to } of ranges) {
    if (to <= at) continue;
    if (from > at) parts.push(bytes.subarray(at, from));
    if (from >= at) parts.push(STARS);
    at = to;
  }
  parts.push(bytes.subarray(at));
  return Buffer.concat(parts).toString('utf8');
}

const STARS = Buffer.from('***');
