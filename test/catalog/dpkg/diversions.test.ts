import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDiversions } from '../../../src/catalog/dpkg/parse-diversions.ts';

it('reads three lines a diversion, those of the administrator without a package', () => {
  const text = '/bin/sh\n/bin/sh.distrib\ndash\n/sbin/init\n/sbin/init.off\n:\n';
  expect([...parseDiversions(text)]).toEqual([
    { from: '/bin/sh', to: '/bin/sh.distrib', owner: 'dash' },
    { from: '/sbin/init', to: '/sbin/init.off', owner: undefined },
  ]);
});

it.each(['', '/bin/sh\n/bin/sh.distrib\n', 'bin/sh\n/bin/x\ndash\n', '\n\n\n'])('finds none in %j', (text) => {
  expect([...parseDiversions(text)]).toEqual([]);
});

it('gives absolute paths whatever the text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const { from, to } of parseDiversions(text)) expect([from[0], to[0]]).toEqual(['/', '/']);
    }),
  );
});
