import type { ImageCheck } from './image-check.ts';
import { shortDigest } from './short-digest.ts';

export const check: ImageCheck = {
  id: 'PLM-C026',
  aliases: [],
  title: 'A file is on a list of known bad files',
  severity: 'critical',
  remediation:
    'Treat the build and what ran the image as compromised: find what brought the file, rebuild without it, and rotate what it could reach.',
  run({ files }) {
    return (files.known ?? []).map(({ path, layer, state, algorithm, digest, name }) => ({
      evidence: `${name === '' ? 'listed' : name}, ${algorithm} ${shortDigest(digest)}${state === 'present' ? '' : `, ${state} later`}`,
      layer,
      path,
    }));
  },
};
