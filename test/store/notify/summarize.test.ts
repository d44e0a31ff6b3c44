import { expect, it } from 'vitest';
import { summarize } from '../../../src/store/notify/summarize.ts';

const BUNDLES = { from: { channel: 'main', sequence: 1 }, to: { channel: 'main', sequence: 2 } };

function event(kind: string, vulnerability: string, severity: string) {
  return { kind, vulnerability, severity };
}

it('tells what is new and worst first, however long the list is, and a flaw of several packages once', () => {
  const events = [
    ...['1', '2', '3', '4', '5'].map((id) => event('removed', `CVE-2009-${id}`, 'critical')),
    event('added', 'CVE-2026-3', 'unknown'),
    event('added', 'CVE-2026-2', 'low'),
    event('added', 'CVE-2026-9', 'critical'),
    event('added', 'CVE-2026-9', 'critical'),
    event('kev', 'CVE-2019-1', 'high'),
  ];
  expect(summarize({ ...BUNDLES, images: [{ image: 'sha256:a', ref: 'shop:1', events }] })).toEqual({
    subject: 'plimsoll: 1 image, new: critical',
    lines: [
      'bundle main 1 -> main 2',
      'shop:1: added CVE-2026-9 (critical), added CVE-2026-3 (unknown), added CVE-2026-2 (low), kev CVE-2019-1 (high), removed CVE-2009-1 (critical) and 4 more',
    ],
  });
});

it('says that nothing is new where findings only went', () => {
  const images = [{ image: 'sha256:a', events: [event('removed', 'CVE-1', 'high')] }];
  expect(summarize({ from: null, to: BUNDLES.to, images })).toEqual({
    subject: 'plimsoll: 1 image, nothing new',
    lines: ['bundle none -> main 2', 'sha256:a: removed CVE-1 (high)'],
  });
});

it('tells verdicts that changed though no finding did', () => {
  const policies = [
    { image: 'sha256:a', ref: 'shop:1', verdict: 'fail', failedGates: ['kev'], changes: [{ kind: 'verdict' }] },
    { image: 'sha256:b', ref: 'till:1', verdict: 'fail', failedGates: ['kev'], changes: [] },
  ];
  expect(summarize({ ...BUNDLES, images: [], policies })).toEqual({
    subject: 'plimsoll: 1 verdict changed',
    lines: ['bundle main 1 -> main 2', 'shop:1: policy fail (kev)'],
  });
});

it('has no line where nothing changed, and takes fields that are missing or of another kind', () => {
  expect(summarize({ images: [] }).lines).toEqual([]);
  expect(summarize({ images: [3, { events: [{ kind: 1 }, null] }] }).lines).toEqual([
    'bundle none -> none',
    ': changed  (unknown)',
  ]);
});
