import { expect, test } from 'vitest';
import { type Interval, intervalsOf } from '../../../src/bundle/index/intervals.ts';
import type { RangeEvent } from '../../../src/model/advisory.ts';
import { schemeById } from '../../../src/versions/ecosystem.ts';

const semver = schemeById('semver');

function words(events: readonly RangeEvent[]): string[] {
  return intervalsOf({ type: 'SEMVER', events }, semver).map(inWords);
}

function inWords({ low, high, highInclusive, fixed, sorted }: Interval): string {
  const upper = high === undefined ? 'end' : `${highInclusive ? '<=' : '<'}${high}`;
  return `${low ?? 'start'}..${upper}${fixed === undefined ? '' : ' fixed'}${sorted ? '' : ' as listed'}`;
}

const CASES: readonly (readonly [string, readonly RangeEvent[], readonly string[]])[] = [
  [
    'introduced 0 is the beginning, fixed is exclusive',
    [{ introduced: '0' }, { fixed: '1.2.0' }],
    ['start..<1.2.0 fixed'],
  ],
  ['last affected is inclusive and no fix', [{ introduced: '1.0.0' }, { lastAffected: '1.5.0' }], ['1.0.0..<=1.5.0']],
  ['without an end it goes on', [{ introduced: '2.0.0' }], ['2.0.0..end']],
  [
    'events in any order',
    [{ fixed: '2.1.0' }, { introduced: '2.0.0' }, { fixed: '1.1.0' }, { introduced: '0' }],
    ['start..<1.1.0 fixed', '2.0.0..<2.1.0 fixed'],
  ],
  [
    'a second introduction changes nothing',
    [{ introduced: '1.0.0' }, { introduced: '1.1.0' }, { fixed: '1.2.0' }],
    ['1.0.0..<1.2.0 fixed'],
  ],
  ['a fix before any introduction changes nothing', [{ fixed: '0.9.0' }, { introduced: '1.0.0' }], ['1.0.0..end']],
  ['events at one version keep their order', [{ introduced: '1.0.0' }, { lastAffected: '1.0.0' }], ['1.0.0..<=1.0.0']],
  ['a limit cuts off what lies behind it', [{ introduced: '1.0.0' }, { limit: '3.0.0' }], ['1.0.0..<3.0.0']],
  [
    'the highest limit counts',
    [
      { introduced: '0' },
      { fixed: '1.0.0' },
      { introduced: '2.0.0' },
      { fixed: '4.0.0' },
      { limit: '1.5.0' },
      { limit: '3.0.0' },
    ],
    ['start..<1.0.0 fixed', '2.0.0..<3.0.0'],
  ],
  ['an interval behind the limit is gone', [{ introduced: '3.0.0' }, { limit: '2.0.0' }], []],
  ['limit * is none', [{ introduced: '1.0.0' }, { limit: '*' }], ['1.0.0..end']],
  [
    'what cannot be compared stays in the order listed',
    [{ introduced: '0' }, { fixed: 'soon' }],
    ['start..<soon fixed as listed'],
  ],
  ['no events, no interval', [], []],
];

test.each(CASES)('%s', (_, events, expected) => {
  expect(words(events)).toEqual(expected);
});
