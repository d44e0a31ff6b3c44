import type { AdvisoryRecord } from '../bundle/index/open-advisories.ts';
import { mayHold } from '../bytes/text-filter.ts';
import type { LinkedCode, VulnerableImport } from '../model/linked-code.ts';
import type { Hit } from './look-up.ts';

/** How functions and methods are called; linkers write anything else (`init#1`) in ways of their own. */
const PLAIN = /^[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)?$/u;

/**
 * What an advisory is about that the programs of a package hold, functions or whole packages, sorted; none where the
 * linker left all of it out. Undefined where that cannot be told: a program does not say what it holds, or the record says
 * no more than the name, and of that something is there.
 */
export function linkedFunctions(
  { candidate: { segment, name } }: Hit,
  record: AdvisoryRecord | undefined,
  programs: readonly LinkedCode[] | undefined,
): readonly string[] | undefined {
  if (record === undefined || programs === undefined) return undefined;
  const imports = record.affected.find((named) => named.ecosystem === segment && named.name === name)?.imports;
  if (imports === undefined) return programs.some(({ names }) => names !== '') ? undefined : [];
  const found = new Set<string>();
  for (const program of programs) {
    for (const part of imports.filter((one) => isBuiltFor(program, one))) {
      for (const held of heldParts(program, part)) found.add(held);
    }
  }
  return [...found].sort();
}

function isBuiltFor({ os, architecture }: LinkedCode, { goos, goarch }: VulnerableImport): boolean {
  return (
    (os === undefined || goos === undefined || goos.includes(os)) &&
    (architecture === undefined || goarch === undefined || goarch.includes(architecture))
  );
}

function heldParts({ names }: LinkedCode, { path, symbols }: VulnerableImport): readonly string[] {
  if (!mayHold(names, path)) return [];
  if (symbols === undefined) return [path];
  return symbols
    .map((symbol) => ({ symbol, name: `${path}.${symbol}` }))
    .filter(({ symbol, name }) => !PLAIN.test(symbol) || mayHold(names, name))
    .map(({ name }) => name);
}
