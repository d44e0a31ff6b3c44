import type { AdvisoryRecord } from '../bundle/index/open-advisories.ts';
import { mayHold } from '../bytes/text-filter.ts';
import type { LinkedCode, VulnerableImport } from '../model/linked-code.ts';
import type { Hit } from './look-up.ts';

/** How nearly all functions and methods are called; linkers write others (`init#1`, `Größe`) in ways of their own. */
const PLAIN = /^\w+(?:\.\w+)?$/;
/** Systems that also take what is written for another one (https://pkg.go.dev/cmd/go#hdr-Build_constraints). */
const TAKES_AFTER: ReadonlyMap<string, string> = new Map([
  ['android', 'linux'],
  ['illumos', 'solaris'],
  ['ios', 'darwin'],
]);

/**
 * What an advisory is about that the programs of a package hold, functions or whole packages, sorted; none where the
 * linker left all of it out. Undefined where that cannot be told: a program does not say what it holds, or the record says
 * no more than the name of the module, of which a program may use nothing but data.
 */
export function linkedFunctions(
  { candidate: { segment, name } }: Hit,
  record: AdvisoryRecord | undefined,
  programs: readonly LinkedCode[] | undefined,
): readonly string[] | undefined {
  if (record === undefined || programs === undefined) return undefined;
  const imports = record.affected.find((named) => named.ecosystem === segment && named.name === name)?.imports;
  if (imports === undefined) return undefined;
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
    (os === undefined || goos === undefined || goos.includes(os) || goos.includes(TAKES_AFTER.get(os) ?? os)) &&
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
