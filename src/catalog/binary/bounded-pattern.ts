/** Steps one pattern may cost at one place of the input, as the product of its nested repeats. */
const MAX_STEPS = 20_000;
const MAX_REPEAT = 200;

/**
 * True for a pattern that cannot run away on hostile bytes: every repeat has a small upper bound, nested repeats
 * multiply to little, and there are no look-behinds and no references to groups. Not a full parser of patterns: what it
 * does not know, it refuses.
 */
export function isBoundedPattern(source: string): boolean {
  try {
    new RegExp(source);
  } catch {
    // Not a pattern at all.
    return false;
  }
  const open: number[] = [1];
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (char === '\\') {
      if (/[1-9kpP]/.test(source.charAt(at + 1))) return false;
      at += 1;
    } else if (char === '[') at = endOfClass(source, at);
    else if (char === '(') {
      if (/^\(\?(?!:|=|!)/.test(source.slice(at, at + 3))) return false;
      open.push(1);
    } else if (char === ')') {
      const inner = open.pop() ?? 1;
      const repeat = repeatAt(source, at + 1);
      if (repeat === undefined || !grow(open, inner * repeat)) return false;
    } else if (char === '*' || char === '+') return false;
    else if (char === '{' || char === '?') continue;
    const repeat = char === '(' || char === ')' ? 1 : repeatAt(source, at + 1);
    if (repeat === undefined || !grow(open, repeat)) return false;
  }
  return true;
}

/** The upper bound of the repeat that begins here, 1 where none does; undefined where it is unbounded or too large. */
function repeatAt(source: string, at: number): number | undefined {
  const bounds = /^\{(\d+)(?:(,)(\d*))?\}/.exec(source.slice(at, at + 12));
  if (bounds === null) return /[*+]/.test(source.charAt(at)) ? undefined : 1;
  const most = bounds[2] === undefined ? Number(bounds[1]) : bounds[3] === '' ? Infinity : Number(bounds[3]);
  return most <= MAX_REPEAT ? Math.max(1, most) : undefined;
}

/** Alternatives and parts of one group add nothing to each other's cost beyond the largest. */
function grow(open: number[], steps: number): boolean {
  const last = open.length - 1;
  open[last] = Math.max(open[last] ?? 1, steps);
  return steps <= MAX_STEPS;
}

function endOfClass(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source.charAt(at) === '\\') at += 1;
    else if (source.charAt(at) === ']') return at;
  }
  return source.length;
}
