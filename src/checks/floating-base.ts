import type { ImageCheck } from './image-check.ts';

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md */
const BASE_LABELS = ['org.opencontainers.image.base.name'];

function isFloating(reference: string): boolean {
  if (reference.includes('@sha256:')) return false;
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const tag = name.includes(':') ? name.slice(name.indexOf(':') + 1) : 'latest';
  return tag === 'latest' || tag === 'edge' || tag === 'rolling';
}

export const check: ImageCheck = {
  id: 'PLM-C012',
  aliases: ['DKL-DI-0006', 'DS-0001'],
  title: 'The base image is named without a fixed version',
  severity: 'low',
  remediation: 'Name the base image by version and digest, so that two builds start from the same bytes.',
  run({ config }) {
    return BASE_LABELS.flatMap((label) => {
      const reference = Object.hasOwn(config.labels, label) ? config.labels[label] : undefined;
      return reference !== undefined && reference !== '' && isFloating(reference)
        ? [{ evidence: `label ${label} names no fixed version` }]
        : [];
    });
  },
};
