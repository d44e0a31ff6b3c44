import { lines, stanzas } from '../../bytes/lines.ts';
import { normalizeCompound } from '../../detect/compound-license.ts';

/** Longer names are sentences. */
const NAME_LENGTH = 120;
const MACHINE_READABLE = /^\s*Format(?:-Specification)?:\s*\S*(?:copyright-format|dep5|DEP5|dep-5)/i;

/**
 * Licences a `copyright` file declares, each once, sorted: the short names of its paragraphs where it is machine-readable
 * (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/), else the common licences it refers to.
 */
export function parseCopyright(text: string): string[] {
  const isMachineReadable = MACHINE_READABLE.test(text.slice(0, 2048));
  const names = isMachineReadable ? [...shortNames(text)].map(normalizeCompound) : commonLicenses(text);
  return [...new Set(names)].sort();
}

/** Paragraphs about files and about the whole; those about the packaging alone, and those that only quote a text, do not count. */
function* shortNames(text: string): Generator<string> {
  for (const stanza of stanzas(text)) {
    const files = stanza.get('files');
    if (files === undefined && stanza.get('format') === undefined) continue;
    if (files?.split(/\s+/).every((pattern) => pattern.startsWith('debian/')) === true) continue;
    const name = stanza.get('license')?.split('\n', 1)[0]?.trim();
    if (name !== undefined && name !== '' && name.length <= NAME_LENGTH) yield name;
  }
}

/**
 * `/usr/share/common-licenses/GPL-2`; a name without version is a link to the newest one and says little. Whether a GNU
 * licence holds in later versions too stands in the prose: its name is kept as it is.
 */
function* commonLicenses(text: string): Generator<string> {
  for (const line of lines(text)) {
    for (const [, name = ''] of line.matchAll(/\/usr\/share\/common-licenses\/([A-Za-z][A-Za-z0-9.+-]*)/g)) {
      const trimmed = name.replace(/[.+-]+$/, '');
      if (/^(?:A?GPL|LGPL|GFDL)-\d/.test(trimmed)) yield trimmed;
      else if (/\d/.test(trimmed) || trimmed === 'Artistic' || trimmed === 'BSD') yield normalizeCompound(trimmed);
    }
  }
}
