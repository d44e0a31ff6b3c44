import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/detect/assemble.ts';
import type { LayerDetections } from '../../src/detect/detection.ts';
import type { Detector } from '../../src/detect/detector.ts';
import { DETECTORS } from '../../src/detect/registry.generated.ts';
import { DetectionCollector } from '../../src/detect/run-detectors.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { packagesOf, problemsOf, runDetector } from '../support/detector-harness.ts';
import { layerDetections } from './detections-fixture.ts';
import { SAMPLES } from './detector-samples.ts';

/** Those without a sample fail by name in a case of their own. */
const CASES = DETECTORS.flatMap((detector) => {
  const sample = SAMPLES[detector.id];
  return sample === undefined ? [] : [[detector.id, detector, sample] as const];
});

/** Contents that no format foresees; each must end in observations or problems, quickly. */
const HOSTILE: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  'one byte': Buffer.of(0x7b),
  zeroes: Buffer.alloc(70_000),
  ones: Buffer.alloc(70_000, 0xff),
  'broken UTF-8': Buffer.from('c328a0a1e28ff0288cbcfe0a'.repeat(2000), 'hex'),
  'one long line': Buffer.alloc(1_000_000, 'a'),
  'short lines': Buffer.from('a\n'.repeat(50_000)),
  'blank lines': Buffer.from('\r\n'.repeat(50_000)),
  'open brackets': Buffer.from('['.repeat(100_000)),
  'open objects': Buffer.from('{"a":'.repeat(50_000)),
  'open tags': Buffer.from('<a>'.repeat(50_000)),
  'quotes and escapes': Buffer.from('"\\'.repeat(50_000)),
  'colons and equals': Buffer.from(':=: ='.repeat(30_000)),
  'keys of the prototype': Buffer.from(
    '{"__proto__":{"constructor":{"name":"x","version":"1"}},"name":"x","version":"1"}',
  ),
};

describe('every detector', () => {
  it('has an id of its own', () => {
    const ids = DETECTORS.map((detector) => detector.id);
    expect([...new Set(ids)]).toEqual(ids);
    expect(ids.filter((id) => !/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id))).toEqual([]);
  });

  it.each(DETECTORS.map((detector) => [detector.id, detector] as const))(
    '%s has a title, a specification and a selector',
    (_, detector) => {
      expect(detector.title).not.toBe('');
      expect(detector.specification).toMatch(/^https:\/\//);
      expect(detector.select.length).toBeGreaterThan(0);
    },
  );

  it('has a sample', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(DETECTORS.map((detector) => detector.id).sort());
  });

  it.each(DETECTORS.map((detector) => [detector.id, detector] as const))(
    '%s survives hostile content',
    (_, detector) => {
      for (const bytes of Object.values(HOSTILE)) {
        const collector = new DetectionCollector(0, DEFAULT_LIMITS);
        collector.run(detector, { path: pathFor(detector.select), mode: 0o644, bytes }, () => undefined);
        for (const problem of collector.result().problems) {
          expect(problem.code).toMatch(/^PLM_/);
          expect(problem.detail.length).toBeLessThan(600);
        }
      }
    },
  );

  it.each(CASES)('%s speaks about its sample, in the package types it declares', (_, detector, sample) => {
    const found = runDetector(detector, { [sample.path]: sample.content });
    expect(problemsOf(found)).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
    const undeclared = packagesOf(found).filter((one) => !detector.packageTypes.includes(one.type));
    expect(detector.packageTypes.length === 0 ? [] : undeclared).toEqual([]);
  });

  it.each(CASES)('%s survives cuts and changed bytes of its sample', (_, detector, sample) => {
    const whole = Buffer.from(sample.content);
    const variants = [...Array(16).keys()].map((part) => whole.subarray(0, Math.floor((whole.length * part) / 16)));
    let state = 1;
    for (let round = 0; round < 60; round += 1) {
      const changed = Buffer.from(whole);
      for (let count = 0; count < 4; count += 1) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        changed[(state >>> 8) % Math.min(changed.length, round % 2 === 0 ? 256 : changed.length)] = state >>> 24;
      }
      variants.push(changed);
    }
    for (const bytes of variants) observe(detector, { path: sample.path, bytes });
  });

  it.each(CASES)('%s leaves packages of a lower layer present until the file is deleted', (_, detector, sample) => {
    const bytes = Buffer.from(sample.content);
    const states = (removedIn: number | undefined): string[] => {
      const first = observe(detector, { path: sample.path, bytes, entry: 0 });
      const { packages } = assemble({
        layers: [first, layerDetections()],
        detectors: [detector],
        removedIn: () => removedIn,
        resolveDirectory: (directory) => directory,
        limits: DEFAULT_LIMITS,
      });
      return [...new Set(packages.map((one) => `${one.state} ${one.removedIn ?? '-'} ${one.locations[0].layer}`))];
    };
    const hasPackages = packagesOf(runDetector(detector, { [sample.path]: sample.content })).length > 0;
    expect(states(undefined)).toEqual(hasPackages ? ['present - 0'] : []);
    expect(states(1)).toEqual(hasPackages ? ['deleted 1 0'] : []);
  });
});

/** One layer with one file, as the engine reads it; a detector with companions finds its bytes held. */
function observe(
  detector: Detector,
  file: { readonly path: string; readonly bytes: Buffer; readonly entry?: number },
): LayerDetections {
  const collector = new DetectionCollector(0, DEFAULT_LIMITS);
  const wanted = detector.companions === undefined ? { now: [detector], hold: false } : { now: [], hold: true };
  collector.visit({ ...file, mode: 0o644 }, wanted);
  const result = collector.result();
  for (const problem of result.problems) expect(problem.code).toMatch(/^PLM_/);
  return result;
}

/** A path that the first selector holds, as far as it says one. */
function pathFor([selector]: (typeof DETECTORS)[number]['select']): string {
  if (selector === undefined) return '/file';
  if ('path' in selector) return selector.path;
  if ('basename' in selector) return `/srv/${selector.basename}`;
  if ('suffix' in selector) return `/srv/x${selector.suffix}`;
  return '/srv/file-1.0.ko';
}
