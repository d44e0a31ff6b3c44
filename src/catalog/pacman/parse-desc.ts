import { lines } from '../../bytes/lines.ts';

/**
 * The blocks of a local database file: `%NAME%`, values one a line, a blank line
 * (https://man.archlinux.org/man/core/pacman/alpm-db-desc.5). What stands before the first name is left out.
 */
export function parseBlocks(text: string): ReadonlyMap<string, readonly string[]> {
  const blocks = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of lines(text)) {
    const name = /^%([A-Z0-9]+)%$/.exec(line)?.[1];
    if (name !== undefined) {
      current = [];
      blocks.set(name, current);
    } else if (line !== '') current?.push(line);
  }
  return blocks;
}

/** Names of a relation list without versions: `glibc>=2.38`, `libfoo.so=1-64`. */
export function relationNames(relations: readonly string[]): string[] {
  return [...new Set(relations.map((relation) => relation.replace(/[<>=:].*$/s, '')))].filter((name) => name !== '');
}
