import { lines, Stanza } from '../../bytes/lines.ts';

/** A DESCRIPTION file (https://cran.r-project.org/doc/manuals/r-release/R-exts.html#The-DESCRIPTION-file). */
export interface RDescription {
  readonly name: string;
  readonly version: string;
  /** Only an installed package says when it was built. */
  readonly installed: boolean;
  readonly license?: string;
  readonly repository?: string;
  /** Packages in `Depends`, `Imports` and `LinkingTo`, R itself left out. */
  readonly needs: readonly string[];
}

/** Undefined where name or version is missing. */
export function parseDescription(text: string): RDescription | undefined {
  const stanza = new Stanza(1);
  for (const line of lines(text)) if (line.trim() !== '') stanza.add(line);
  const name = stanza.get('Package');
  const version = stanza.get('Version');
  if (!name || !version) return undefined;
  const license = stanza.get('License');
  const repository = stanza.get('Repository');
  const needs = ['Depends', 'Imports', 'LinkingTo'].flatMap((field) => (stanza.get(field) ?? '').split(','));
  return {
    name,
    version,
    installed: stanza.get('Built') !== undefined,
    ...(license && { license }),
    ...(repository && { repository }),
    needs: needs
      .map((need) => /^[A-Za-z][A-Za-z0-9.]*/.exec(need.trim())?.[0] ?? '')
      .filter((need) => need !== '' && need !== 'R'),
  };
}
