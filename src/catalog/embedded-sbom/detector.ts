import type { Detector } from '../../detect/detector.ts';
import { observeBitnamiComponents, observeSbom } from './observe-sbom.ts';

const MAX_BYTES = 64 << 20;

export const detectors: readonly Detector[] = [
  {
    id: 'embedded-sbom/document',
    title: 'SBOM files in the image (CycloneDX, SPDX)',
    specification: 'https://spdx.github.io/spdx-spec/v2.3/',
    packageTypes: [],
    select: [
      ...['.cdx.json', '.cyclonedx.json', '.spdx.json', '.cdx', '.spdx'].map((suffix) => ({
        suffix,
        maxSize: MAX_BYTES,
      })),
      ...['bom.json', 'sbom.json'].map((basename) => ({ basename, maxSize: MAX_BYTES })),
    ],
    detect: observeSbom,
  },
  {
    id: 'embedded-sbom/bitnami-components',
    title: 'Bitnami component list',
    specification: 'https://docs.bitnami.com/',
    packageTypes: ['bitnami'],
    select: [{ suffix: '/opt/bitnami/.bitnami_components.json', maxSize: MAX_BYTES }],
    detect: observeBitnamiComponents,
  },
];
