import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/detect/assemble.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { claim, layerDetections, ownedFiles } from './detections-fixture.ts';

const PIP = '/venv/pip-26.3.dist-info/METADATA';
const NUMPY = '/venv/numpy-2.3.dist-info/METADATA';
const VENDORED = '/venv/pip/_vendor/bom.cdx.json';
const CACHED = '/cache/archive-v0/x/pip/_vendor/bom.cdx.json';
const AUDITED = '/venv/numpy-2.3.dist-info/sboms/auditwheel.cdx.json';

describe('bundlesOf', () => {
  it('gives copies to the package beside whose metadata, or in whose file list, their list is', () => {
    const fact = (path: string, value: string) => ({
      detector: 'embedded-sbom/document',
      path,
      name: 'bundles',
      value,
    });
    const layer = layerDetections({
      visited: [PIP, NUMPY, VENDORED, AUDITED, '/nobody.cdx.json', CACHED].map((path, entry) => ({ path, entry })),
      packages: [
        claim(PIP, { type: 'pypi', name: 'pip', version: '26.3' }),
        claim('/cache/archive-v0/x/pip-26.3.dist-info/METADATA', {
          type: 'pypi',
          name: 'pip',
          version: '26.3',
          onlyLinked: true,
        }),
        claim(NUMPY, { type: 'pypi', name: 'numpy', version: '2.3' }),
      ],
      owned: [ownedFiles('/venv/pip-26.3.dist-info/RECORD', { owner: { evidence: PIP }, paths: [VENDORED] })],
      facts: [
        fact(VENDORED, 'pkg:pypi/urllib3@2.8.0'),
        fact(VENDORED, 'pkg:pypi/idna@3.20'),
        fact(AUDITED, 'pkg:rpm/almalinux/libgfortran@8.5.0'),
        fact('/nobody.cdx.json', 'pkg:pypi/lost@1'),
        fact(CACHED, 'pkg:pypi/idna@3.20'),
      ],
    });
    const { packages, problems } = assemble({
      layers: [layer],
      detectors: [],
      removedIn: () => undefined,
      resolveDirectory: (directory) => directory,
      limits: DEFAULT_LIMITS,
    });
    expect(packages.map(({ name, properties }) => [name, properties])).toEqual([
      ['numpy', { bundles: 'pkg:rpm/almalinux/libgfortran@8.5.0' }],
      ['pip', { bundles: 'pkg:pypi/idna@3.20 pkg:pypi/urllib3@2.8.0' }],
    ]);
    expect(problems).toEqual([
      {
        code: 'PLM_SBOM_COMPONENT',
        layer: 0,
        path: '/nobody.cdx.json',
        detail: '1 copy bundled with a package that nothing names: not in this report',
      },
    ]);
  });
});
