import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { Key, Metadata, MetadataKind, Signature } from '@tufjs/models';
import fc from 'fast-check';
import { TrustedMetadataStore } from 'tuf-js/dist/store.js';
import { describe, expect, it } from 'vitest';
import { rawPublicKey } from '../../../src/bundle/trust/algorithms.ts';
import { acceptNewerRoots, assertRootChain } from '../../../src/bundle/trust/root-chain.ts';
import { parseKeyFile } from '../../../src/bundle/trust/signing-key.ts';
import { makeRoot, refusalOf } from '../../support/bundle/bundle-lab.ts';

/** The same Ed25519 keys in the form of both implementations. */
const KEYS = Array.from({ length: 4 }, (_, at) => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const ours = parseKeyFile(String(privateKey.export({ format: 'pem', type: 'pkcs8' })), { path: `key ${at}` });
  const hex = Buffer.from(rawPublicKey(privateKey).raw).toString('hex');
  const theirs = new Key({ keyID: `key-${at}`, keyType: 'ed25519', scheme: 'ed25519', keyVal: { public: hex } });
  return { privateKey, ours, theirs };
});

interface Plan {
  readonly version: number;
  readonly members: readonly number[];
  readonly threshold: number;
  readonly signers: readonly number[];
}

function chosen(numbers: readonly number[]) {
  return numbers.flatMap((number) => KEYS[number] ?? []);
}

function ourRoot({ version, members, threshold, signers }: Plan) {
  const [release] = KEYS;
  return makeRoot({
    rootKeys: chosen(members).map((key) => key.ours),
    rootThreshold: threshold,
    releaseKeys: release === undefined ? [] : [release.ours],
    signers: chosen(signers).map((key) => key.ours),
    change: { version },
  });
}

function tufRoot({ version, members, threshold, signers }: Plan): Buffer {
  const other = { keyids: ['key-0'], threshold: 1 };
  const keyids = chosen(members).map((key) => key.theirs.keyID);
  const metadata = Metadata.fromJSON(MetadataKind.Root, {
    signatures: [],
    signed: {
      _type: 'root',
      spec_version: '1.0.31',
      version,
      expires: '2099-01-01T00:00:00Z',
      consistent_snapshot: true,
      keys: Object.fromEntries(KEYS.map((key) => [key.theirs.keyID, key.theirs.toJSON()])),
      roles: { root: { keyids, threshold }, timestamp: other, snapshot: other, targets: other },
    },
  });
  for (const { privateKey, theirs } of chosen(signers)) {
    metadata.sign((data) => signatureOf(privateKey, theirs.keyID, data), true);
  }
  return Buffer.from(JSON.stringify(metadata.toJSON()));
}

function signatureOf(privateKey: KeyObject, keyID: string, data: Buffer): Signature {
  return new Signature({ keyID, sig: sign(null, data, privateKey).toString('hex') });
}

function weAccept(first: Plan, second: Plan): boolean {
  return (
    refusalOf(() => {
      const trusted = assertRootChain([ourRoot(first)]);
      if (acceptNewerRoots(trusted, [ourRoot(second)]).length !== 1) throw new Error('not accepted');
    }) === 'accepted'
  );
}

function tufAccepts(first: Plan, second: Plan): boolean {
  const [before, after] = [tufRoot(first), tufRoot(second)];
  try {
    new TrustedMetadataStore(before).updateRoot(after);
    return true;
  } catch (error) {
    if (error instanceof Error && /signed by|Expected version/.test(error.message)) return false;
    throw error;
  }
}

const plan = (version: fc.Arbitrary<number>): fc.Arbitrary<Plan> =>
  fc.subarray([0, 1, 2, 3], { minLength: 1 }).chain((members) =>
    fc.record({
      version,
      members: fc.constant(members),
      threshold: fc.integer({ min: 1, max: members.length }),
      signers: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
    }),
  );

describe('root rotation', () => {
  it('accepts and refuses what tuf-js does, for any keys, thresholds, signers and versions', () => {
    const verdicts = new Set<boolean>();
    fc.assert(
      fc.property(plan(fc.constant(5)), plan(fc.constantFrom(6, 6, 6, 7)), (first, second) => {
        const ours = weAccept(first, second);
        verdicts.add(ours);
        expect(ours).toBe(tufAccepts(first, second));
      }),
      { numRuns: 400 },
    );
    expect(verdicts).toEqual(new Set([true, false]));
  });

  it.each([
    ['all sign both', [0, 1], [0, 1], [0, 1], true],
    ['the new keys alone', [0, 1], [2, 3], [2, 3], false],
    ['the old keys alone', [0, 1], [2, 3], [0, 1], false],
    ['old and new keys', [0, 1], [2, 3], [0, 1, 2, 3], true],
  ])('agrees with tuf-js when %s', (_, before, after, signers, accepted) => {
    const first = { version: 1, members: before, threshold: 2, signers: before };
    const second = { version: 2, members: after, threshold: 2, signers };
    expect([weAccept(first, second), tufAccepts(first, second)]).toEqual([accepted, accepted]);
  });
});
