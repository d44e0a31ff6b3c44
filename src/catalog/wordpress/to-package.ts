import { normalizeLicenses } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import type { WordpressHeader } from './parse-header.ts';

/** Plugins and themes are named by their directory, as wordpress.org does. */
export function toPackage(
  type: 'wordpress-plugin' | 'wordpress-theme',
  name: string,
  header: WordpressHeader,
): PackageDraft {
  const licenses = normalizeLicenses(header.license === undefined ? [] : [header.license]);
  return {
    type,
    name,
    version: header.version,
    ...(licenses.length > 0 && { licenses }),
    properties: { title: header.title, ...(header.author && { author: header.author }) },
  };
}

export function toCore(version: string): PackageDraft {
  return { type: 'generic', name: 'wordpress', version };
}
