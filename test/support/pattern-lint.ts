/** Most repetitions, and most bytes of a text that a pattern which may go back is run on. */
export const LONGEST_WINDOW = 1024;

interface Piece {
  /** Source of one character or class; undefined for a group or an assertion. */
  readonly atom?: string;
  readonly alternatives?: readonly (readonly Piece[])[];
  readonly assertion?: boolean;
  readonly min: number;
  readonly max: number;
}

/** What makes a pattern unfit for hostile text; empty where nothing does. */
export function lintPattern({ source, flags }: { source: string; flags: string }): string[] {
  const faults: string[] = [];
  const anchored = source.startsWith('^');
  visit(parse(source), { inside: 1, flags, anchored, faults, after: [] });
  return faults;
}

/** Whether the pattern never tries a second way: every run is followed by what it cannot contain. */
export function isCertain({ source, flags }: { source: string; flags: string }): boolean {
  return source.startsWith('^') && parse(source).length === 1 && certain(parse(source)[0] ?? [], flags);
}

function certain(sequence: readonly Piece[], flags: string): boolean {
  return sequence.every(
    (piece, index) =>
      piece.alternatives === undefined &&
      (piece.min === piece.max || disjoint(piece, sequence.slice(index + 1), flags)),
  );
}

interface Visit {
  /** Repetitions of the groups around. */
  readonly inside: number;
  readonly flags: string;
  readonly anchored: boolean;
  readonly faults: string[];
  readonly after: readonly Piece[];
}

function visit(alternatives: readonly (readonly Piece[])[], given: Visit): void {
  for (const sequence of alternatives) {
    sequence.forEach((piece, index) => {
      const after = [...sequence.slice(index + 1), ...given.after];
      const repeats = piece.max === piece.min ? 1 : piece.max;
      if (repeats > 1 && given.inside > 1 && !disjoint(piece, after, given.flags))
        given.faults.push('a repetition within a repetition');
      if (piece.max > LONGEST_WINDOW && !(given.anchored && disjoint(piece, after, given.flags))) {
        const kind = piece.max === Number.POSITIVE_INFINITY ? 'an unbounded' : `a more than ${LONGEST_WINDOW}-fold`;
        given.faults.push(`${kind} repetition of ${piece.atom ?? 'a group'}`);
      }
      if (piece.alternatives !== undefined)
        visit(piece.alternatives, {
          ...given,
          inside: Math.max(given.inside, repeats),
          after: repeats > 1 ? [{ ...piece, min: 0 }, ...after] : after,
        });
    });
  }
}

/** Whether what follows can begin with no character of the piece. */
function disjoint(piece: Piece, after: readonly Piece[], flags: string): boolean {
  if (piece.atom === undefined) return false;
  const own = characters(piece.atom, flags);
  for (const [index, next] of after.entries()) {
    if (next.assertion === true) continue;
    if (next.alternatives !== undefined) {
      const rest = after.slice(index + 1);
      if (!next.alternatives.every((sequence) => disjoint(piece, [...sequence, ...rest], flags))) return false;
    } else if (characters(next.atom ?? '', flags).some((character) => own.includes(character))) return false;
    if (next.min > 0) return true;
  }
  return true;
}

const known = new Map<string, readonly number[]>();

function characters(atom: string, flags: string): readonly number[] {
  const key = `${flags}/${atom}`;
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const pattern = new RegExp(`^(?:${atom})$`, flags.replace(/[gy]/g, ''));
  const list = Array.from({ length: 256 }, (_, code) => code).filter((code) => pattern.test(String.fromCharCode(code)));
  known.set(key, list);
  return list;
}

/** A group that is neither repeated nor has a choice is what it holds. */
function inlined(piece: Piece): readonly Piece[] {
  const [only, ...others] = piece.alternatives ?? [];
  const plain = piece.assertion !== true && piece.min === 1 && piece.max === 1;
  return plain && only !== undefined && others.length === 0 ? only : [piece];
}

function parse(source: string): readonly (readonly Piece[])[] {
  let at = 0;
  const group = (): Piece[][] => {
    const alternatives: Piece[][] = [[]];
    while (at < source.length && source[at] !== ')') {
      if (source[at] === '|') {
        at++;
        alternatives.push([]);
      } else alternatives.at(-1)?.push(...inlined(piece()));
    }
    return alternatives;
  };
  const piece = (): Piece => {
    const begin = at;
    const letter = source[at++] ?? '';
    if (letter === '^' || letter === '$') return { assertion: true, min: 1, max: 1 };
    if (letter === '(') {
      const kind = /^\?(?::|<?[=!]|<\w+>)/.exec(source.slice(at))?.[0] ?? '';
      at += kind.length;
      const alternatives = group();
      at++;
      const assertion = kind.includes('=') || kind.includes('!');
      return { alternatives, ...(assertion ? { assertion } : {}), ...quantifier() };
    }
    if (letter === '[') while (source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
    if (letter === '[') at++;
    if (letter === '\\') {
      const escaped = /^(?:x[0-9a-f]{2}|u[0-9a-f]{4}|.)/i.exec(source.slice(at))?.[0] ?? '';
      at += escaped.length;
      if (escaped === 'b' || escaped === 'B') return { assertion: true, min: 1, max: 1 };
    }
    const atom = source.slice(begin, at);
    return { atom, ...quantifier() };
  };
  const quantifier = (): { min: number; max: number } => {
    const match = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(at));
    if (match === null) return { min: 1, max: 1 };
    at += match[0].length;
    const [, sign, low, comma, high] = match;
    if (sign !== undefined) return { min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Number.POSITIVE_INFINITY };
    const min = Number(low);
    return { min, max: comma === '' ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high) };
  };
  return group();
}
