import type { Section } from '../advisory-bundle.ts';
import { parseCanonical } from '../canonical-json.ts';
import { validateIndexSection } from '../index/validate-index-section.ts';
import { parseEndOfLife } from './end-of-life.ts';
import { validateEpss } from './epss.ts';
import { parseKev } from './kev.ts';

/** One linear pass over a section of any type, so that readers can trust offsets, order and form. Throws PLM_BUNDLE_INDEX. */
export function validateSection(section: Section): void {
  const { type, bytes } = section;
  switch (type) {
    case 'segment':
    case 'advisories':
      validateIndexSection(section);
      return;
    case 'kev':
      parseKev(bytes);
      return;
    case 'epss':
      validateEpss(bytes);
      return;
    case 'endoflife':
      parseEndOfLife(bytes);
      return;
    case 'classifiers':
    case 'bases':
      parseCanonical(bytes, `section ${type}`, 'PLM_BUNDLE_INDEX');
  }
}
