import { lines } from '../../bytes/lines.ts';

/** A file of packages that lies elsewhere, so that another one can stand in its place. */
export interface Diversion {
  readonly from: string;
  readonly to: string;
  /** The package whose own file stays at `from`; undefined for a diversion of the administrator. */
  readonly owner: string | undefined;
}

/** `/var/lib/dpkg/diversions`: three lines each, the path, where it went, and the package or a colon. */
export function* parseDiversions(text: string): Generator<Diversion> {
  let told: string[] = [];
  for (const line of lines(text)) {
    told.push(line);
    const [from = '', to = '', owner] = told;
    if (owner === undefined) continue;
    if (from.startsWith('/') && to.startsWith('/')) yield { from, to, owner: owner === ':' ? undefined : owner };
    told = [];
  }
}
