import { lines } from '../bytes/lines.ts';

/**
 * The assignments of os-release(5): shell syntax without expansion
 * (https://www.freedesktop.org/software/systemd/man/latest/os-release.html). The last assignment of a name holds; what is no
 * assignment is skipped.
 */
export function parseOsRelease(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines(text)) {
    const match = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) fields.set(match[1], unquote(match[2].trim()));
  }
  return fields;
}

function unquote(value: string): string {
  const quote = value.charAt(0);
  if (quote === "'") return value.endsWith("'") && value.length > 1 ? value.slice(1, -1) : value.slice(1);
  if (quote !== '"') return value.replace(/\\(.)/g, '$1');
  const inner = value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value.slice(1);
  return inner.replace(/\\(["$`\\])/g, '$1');
}
