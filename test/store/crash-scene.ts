import type { AdvisoryBundle } from '../../src/bundle/advisory-bundle.ts';
import type { UnjudgedAnalysis } from '../../src/policy/gates/evaluate.ts';
import { bundleOf, debOf, imageOf, npmPackage } from './archive-content.ts';

/** What parent and child of the crash tests agree on. */
export function crashBundles(): { readonly before: AdvisoryBundle; readonly after: AdvisoryBundle } {
  const old = { id: 'GHSA-1', ecosystem: 'npm', name: 'lodash', fixed: '4.17.21' };
  return {
    before: bundleOf(1, [old]),
    after: bundleOf(2, [
      { ...old, fixed: '5.0.0' },
      { id: 'GHSA-2', ecosystem: 'npm', name: 'left-pad' },
    ]),
  };
}

export function crashImages(): { readonly first: UnjudgedAnalysis; readonly second: UnjudgedAnalysis } {
  const base = [debOf('openssl', '3.0.1'), debOf('zlib', '1.2')];
  return {
    first: imageOf('a:1', [...base, npmPackage('lodash', '4.17.10')]),
    second: imageOf('b:1', [...base, npmPackage('left-pad', '1.0.0'), npmPackage('lodash', '4.17.22')]),
  };
}
