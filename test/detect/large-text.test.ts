import { describe, expect, it } from 'vitest';
import type { Detector } from '../../src/detect/detector.ts';
import { DetectionCollector } from '../../src/detect/run-detectors.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';

const detector: Detector = {
  id: 'test/reader',
  title: 'test',
  specification: 'https://example.org',
  packageTypes: ['deb'],
  select: [{ suffix: '/status' }],
  // biome-ignore lint/correctness/useYield: only the reading is of interest
  *detect(file) {
    file.text();
  },
};

describe('the text of a file', () => {
  it('is not made where it would take more memory than there may be', () => {
    const collector = new DetectionCollector(0, DEFAULT_LIMITS);
    const siblings = { find: () => undefined, below: () => [] };
    collector.run(detector, { path: '/var/status', mode: 0, bytes: new Uint8Array(96 * 1024 * 1024 + 1) }, siblings);
    expect(collector.result().problems).toEqual([
      {
        code: 'PLM_LIMIT',
        layer: 0,
        path: '/var/status',
        detail: 'a text of more than 100663296 bytes is not read: packages it names are missing',
      },
    ]);
  });
});
