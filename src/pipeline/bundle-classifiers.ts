import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import type { Classifier } from '../catalog/binary/classifier.ts';
import { renewClassifiers } from '../catalog/binary/renew-classifiers.ts';
import type { Problem } from '../model/problem.ts';

/** The program classifiers a bundle brings, none where it brings none; what of them cannot be used is a problem. */
export function bundleClassifiers(bundle: AdvisoryBundle | undefined): {
  readonly classifiers?: readonly Classifier[];
  readonly problems: readonly Problem[];
} {
  const section = bundle?.section('classifiers', '');
  if (section === undefined) return { problems: [] };
  const renewed = renewClassifiers(section);
  if (renewed === undefined) return { problems: [lost('its section is no list of classifiers')] };
  const { classifiers, refused } = renewed;
  return { classifiers, problems: refused.length === 0 ? [] : [lost(`these are not sound: ${refused.join(', ')}`)] };
}

function lost(reason: string): Problem {
  return {
    code: 'PLM_CLASSIFIER_REFUSED',
    detail: `program classifiers of the bundle were not used, ${reason}; the built-in ones were used in their place`,
  };
}
