import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/swift/detector.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const scan = (content: unknown) =>
  runDetectors(detectors, {
    '/src/.build/workspace-state.json': typeof content === 'string' ? content : JSON.stringify(content),
  });
const dependency = (location: string, checkoutState: unknown) => ({
  packageRef: { identity: 'x', location },
  state: { checkoutState },
});

describe('Swift packages', () => {
  it('names what SwiftPM fetched by host and path', () => {
    const dependencies = [
      dependency('https://github.com/apple/swift-nio.git', { version: '2.40.0', revision: 'abc' }),
      dependency('git@github.com:vapor/vapor.git', { version: '4.0.0' }),
      dependency('https://user:secret@example.org/x', { version: '1.0.0' }),
    ];
    expect(packagesOf(scan({ object: { dependencies }, version: 6 }))).toEqual([
      {
        type: 'swift',
        namespace: 'github.com/apple',
        name: 'swift-nio',
        version: '2.40.0',
        properties: { revision: 'abc' },
      },
      { type: 'swift', namespace: 'github.com/vapor', name: 'vapor', version: '4.0.0' },
      { type: 'swift', namespace: 'example.org', name: 'x', version: '1.0.0' },
    ]);
  });

  it('says which packages have no version', () => {
    expect(problemsOf(scan({ object: { dependencies: [dependency('https://a/b', { branch: 'main' }), 7] } }))).toEqual([
      'PLM_FILE_UNREADABLE: 1 Swift packages were fetched without a version and are not listed',
    ]);
  });

  for (const content of ['', '{', [], { object: 1 }]) {
    it(`says what is lost when the record is ${JSON.stringify(content)}`, () => {
      expect(problemsOf(scan(content))).toEqual([
        'PLM_FILE_UNREADABLE: not a record of SwiftPM: the Swift packages it fetched are not listed',
      ]);
    });
  }

  it('finds nothing in an empty record', () => expect(scan({ object: { dependencies: [] } })).toEqual([]));
});
