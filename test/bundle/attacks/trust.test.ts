import { describe, expect, it } from 'vitest';
import { assertSoundPublicKey } from '../../../src/bundle/trust/algorithms.ts';
import { RELEASE_TYPE } from '../../../src/bundle/trust/release.ts';
import { parseRoot, ROOT_TYPE } from '../../../src/bundle/trust/root.ts';
import { generateSigningKey } from '../../../src/bundle/trust/signing-key.ts';
import { keyDocument, keyId } from '../../../src/bundle/trust/trusted-key.ts';
import {
  FOREIGN_KEY,
  Lab,
  makeBundle,
  makeRoot,
  makeRootDocument,
  RELEASE_KEYS,
  ROOT_KEYS,
  refusalOf,
} from '../../support/bundle/bundle-lab.ts';

const NEW_ROOT_KEYS = [generateSigningKey(), generateSigningKey(), generateSigningKey()] as const;

describe('signatures', () => {
  it('1 refuses an unsigned bundle', () => {
    using lab = new Lab();
    expect(lab.refusal({ editSigned: (document) => ({ ...document, signatures: [] }) })).toBe('PLM_BUNDLE_UNSIGNED');
  });

  it('2 refuses a signature by an unknown key', () => {
    using lab = new Lab();
    expect(lab.refusal({ signers: [FOREIGN_KEY] })).toBe('PLM_BUNDLE_SIGNATURE');
  });

  it('3 refuses a root key where a release key must sign, and the other way round', () => {
    using lab = new Lab();
    expect(lab.refusal({ signers: [...ROOT_KEYS] })).toBe('PLM_BUNDLE_SIGNATURE');
    const second = makeRoot({ change: { version: 2 }, signers: [...RELEASE_KEYS] });
    expect(lab.refusal({ roots: [lab.root, second] })).toBe('PLM_BUNDLE_ROOT');
  });

  it('4 counts a key once, however often it signs', () => {
    using lab = new Lab();
    const root = makeRoot({ releaseThreshold: 2 });
    const twice = makeBundle({
      roots: [root],
      editSigned: (document) => ({ ...document, signatures: [...document.signatures, ...document.signatures] }),
    });
    expect(lab.refusal(twice, { givenRoots: [root] })).toBe('PLM_BUNDLE_THRESHOLD');
    expect(lab.import(makeBundle({ roots: [root], signers: [...RELEASE_KEYS] }), { givenRoots: [root] }).status).toBe(
      'imported',
    );
  });

  it('4 refuses a root that lists one public key under two ids, and one role that lists an id twice', () => {
    const doubled = makeRootDocument({
      edit: (document) => {
        const first = keyDocument(RELEASE_KEYS[0].publicKey.halves);
        const again = { ...Object(first), note: 'the same key, another id' };
        return { ...document, keys: { ...Object(document['keys']), [keyId(again)]: again } };
      },
    });
    expect(refusalOf(() => parseRoot(doubled))).toBe('PLM_BUNDLE_ROOT');
    const repeated = makeRootDocument({
      edit: (document) => {
        const id = RELEASE_KEYS[0].publicKey.id;
        const release = { keys: [id, id], threshold: 2, algorithms: ['ed25519', 'ml-dsa-65'] };
        return { ...document, roles: { ...Object(document['roles']), release } };
      },
    });
    expect(refusalOf(() => parseRoot(repeated))).toBe('PLM_BUNDLE_ROOT');
  });

  it('5 takes a key id for a hint: a signature under another id counts for nobody, a key under another id is refused', () => {
    using lab = new Lab();
    const relabelled = makeBundle({
      signers: [FOREIGN_KEY],
      editSigned: (document) => ({
        ...document,
        signatures: document.signatures.map((signature) => ({ ...signature, keyId: RELEASE_KEYS[0].publicKey.id })),
      }),
    });
    expect(lab.refusal(relabelled)).toBe('PLM_BUNDLE_SIGNATURE');
    const pointing = makeRootDocument({
      edit: (document) => ({
        ...document,
        keys: {
          ...Object(document['keys']),
          [RELEASE_KEYS[0].publicKey.id]: keyDocument(FOREIGN_KEY.publicKey.halves),
        },
      }),
    });
    expect(refusalOf(() => parseRoot(pointing))).toBe('PLM_BUNDLE_ROOT');
  });

  it('6 refuses a document of one type in the place of another', () => {
    using lab = new Lab();
    expect(lab.refusal({ editSigned: (document) => ({ ...document, payloadType: ROOT_TYPE }) })).toBe(
      'PLM_BUNDLE_FORMAT',
    );
    const asRelease = { ...makeRootDocument(), payloadType: RELEASE_TYPE };
    expect(refusalOf(() => parseRoot(asRelease))).toBe('PLM_BUNDLE_ROOT');
  });

  it('7 refuses more signatures than a release can need', () => {
    using lab = new Lab();
    const many = makeBundle({
      editSigned: (document) => ({
        ...document,
        signatures: Array.from({ length: 65 }, () => ({ keyId: 'x', algorithm: 'ed25519', bytes: new Uint8Array(64) })),
      }),
    });
    expect(lab.refusal(many)).toBe('PLM_BUNDLE_FORMAT');
  });

  it('8 refuses small-order and unreduced Ed25519 keys, which fit signatures over any message', () => {
    const weak = [
      '0000000000000000000000000000000000000000000000000000000000000000',
      '0000000000000000000000000000000000000000000000000000000000000080',
      '0100000000000000000000000000000000000000000000000000000000000000',
      '0100000000000000000000000000000000000000000000000000000000000080',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    ];
    for (const hex of weak)
      expect(
        refusalOf(() => assertSoundPublicKey('ed25519', Buffer.from(hex, 'hex'))),
        hex,
      ).toBe('PLM_BUNDLE_ROOT');
  });

  it('9 refuses a malleated Ed25519 signature, and ECDSA in DER or with zeros', () => {
    using lab = new Lab();
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const malleated = makeBundle({
      editSigned: (document) => ({
        ...document,
        signatures: document.signatures.map((signature) =>
          signature.algorithm === 'ed25519' ? { ...signature, bytes: addOrder(signature.bytes, order) } : signature,
        ),
      }),
    });
    expect(lab.refusal(malleated)).toBe('PLM_BUNDLE_SIGNATURE');
    const ecdsa = generateSigningKey('ecdsa-p256');
    const root = makeRoot({ releaseKeys: [ecdsa] });
    for (const bytes of [new Uint8Array(64), new Uint8Array(70)]) {
      const broken = makeBundle({
        roots: [root],
        signers: [ecdsa],
        editSigned: (document) => ({
          ...document,
          signatures: document.signatures.map((signature) => ({ ...signature, bytes })),
        }),
      });
      expect(lab.refusal(broken, { givenRoots: [root] })).toBe('PLM_BUNDLE_SIGNATURE');
    }
    expect(lab.import(makeBundle({ roots: [root], signers: [ecdsa] }), { givenRoots: [root] }).status).toBe('imported');
  });

  it('10 never counts an unknown algorithm, nor one half of a hybrid key', () => {
    using lab = new Lab();
    const renamed = (wanted: string) =>
      makeBundle({
        editSigned: (document) => ({
          ...document,
          signatures: document.signatures.map((signature) =>
            signature.algorithm === wanted ? { ...signature, algorithm: 'rot13' } : signature,
          ),
        }),
      });
    expect(lab.refusal(renamed('ed25519'))).toBe('PLM_BUNDLE_SIGNATURE');
    expect(lab.refusal(renamed('ml-dsa-65'))).toBe('PLM_BUNDLE_SIGNATURE');
  });
});

describe('roots', () => {
  const first = makeRoot();

  it('11 refuses root N+2 without N+1', () => {
    using lab = new Lab();
    const third = makeRoot({ change: { version: 3 } });
    expect(lab.refusal({ roots: [first, third] })).toBe('PLM_BUNDLE_ROOT');
    expect(lab.refusal({ roots: [third] })).toBe('PLM_BUNDLE_ROOT');
  });

  it('12 refuses a root signed only by its new keys', () => {
    using lab = new Lab();
    const next = makeRoot({ change: { version: 2 }, rootKeys: NEW_ROOT_KEYS });
    expect(lab.refusal({ roots: [lab.root, next] })).toBe('PLM_BUNDLE_ROOT');
  });

  it('13 refuses a root signed only by the old keys, and accepts one signed by both', () => {
    using lab = new Lab();
    const spec = { change: { version: 2 }, rootKeys: NEW_ROOT_KEYS };
    expect(lab.refusal({ roots: [lab.root, makeRoot({ ...spec, signers: ROOT_KEYS })] })).toBe('PLM_BUNDLE_ROOT');
    const both = makeRoot({ ...spec, signers: [...ROOT_KEYS, ...NEW_ROOT_KEYS] });
    expect(lab.import({ roots: [lab.root, both] }).release.rootVersion).toBe(2);
  });

  it('14 refuses another root of the version it trusts', () => {
    using lab = new Lab();
    lab.import({ roots: [lab.root] });
    const other = makeRoot({ change: { expires: '2030-01-01T00:00:00Z' } });
    expect(lab.refusal({ roots: [other], sequence: 2 })).toBe('PLM_BUNDLE_ROOT');
  });

  it('15 refuses a chain longer than any history', () => {
    using lab = new Lab();
    const small = generateSigningKey('ecdsa-p256');
    const root = makeRoot({ rootKeys: [small], rootThreshold: 1, releaseKeys: [small] });
    expect(lab.refusal({ roots: Array.from({ length: 1025 }, () => root), signers: [small] })).toBe(
      'PLM_BUNDLE_FORMAT',
    );
    expect(lab.refusal({ roots: Array.from({ length: 500 }, () => first) })).toBe('PLM_BUNDLE_FORMAT');
  });

  it('16 refuses a successor that belongs to another authority', () => {
    using lab = new Lab();
    const foreign = makeRoot({ change: { version: 2, authority: 'someone-else' } });
    expect(lab.refusal({ roots: [lab.root, foreign] })).toBe('PLM_BUNDLE_ROOT');
  });

  it('17 refuses an expired last root, and passes through an expired one in the middle', () => {
    using lab = new Lab();
    const expired = { expires: '2026-06-01T00:00:00Z' };
    const old = makeRoot({ change: expired });
    expect(lab.refusal({ roots: [old] }, { givenRoots: [old] })).toBe('PLM_BUNDLE_ROOT_EXPIRED');
    const middle = makeRoot({ change: { version: 2, ...expired } });
    const last = makeRoot({ change: { version: 3 } });
    expect(lab.import({ roots: [lab.root, middle, last] }).status).toBe('imported');
  });

  it('18 refuses a release key that a newer root dropped, also when the newer root is left out next time', () => {
    using lab = new Lab();
    lab.import({ roots: [lab.root] });
    const without = makeRoot({ change: { version: 2 }, releaseKeys: [RELEASE_KEYS[1]] });
    const stolen = { sequence: 2, signers: [RELEASE_KEYS[0]] };
    expect(refusalOf(() => lab.import({ roots: [lab.root, without], ...stolen }))).toBe('PLM_BUNDLE_SIGNATURE');
    expect(lab.refusal({ roots: [lab.root], ...stolen })).toBe('PLM_BUNDLE_SIGNATURE');
  });

  it('19 refuses revoked sequences and revoked contents', () => {
    using lab = new Lab();
    const revoking = makeRoot({ change: { version: 2, revoked: [{ epoch: 1, from: 5, to: 9 }] } });
    expect(lab.refusal({ roots: [lab.root, revoking], sequence: 7 })).toBe('PLM_BUNDLE_REVOKED');
    expect(lab.import({ roots: [lab.root, revoking], sequence: 10 }).status).toBe('imported');
  });

  it('20 recovers from a poisoned sequence by a new epoch', () => {
    using lab = new Lab();
    lab.import({ roots: [lab.root], sequence: Number.MAX_SAFE_INTEGER });
    expect(lab.refusal({ roots: [lab.root], sequence: 8 })).toBe('PLM_BUNDLE_ROLLBACK');
    const recovery = makeRoot({ change: { version: 2, epoch: 2 } });
    const outcome = lab.import({ roots: [lab.root, recovery], sequence: 8 });
    expect([outcome.release.epoch, outcome.release.sequence]).toEqual([2, 8]);
    expect(
      lab.refusal({ roots: [lab.root, recovery], sequence: 9, edit: (document) => ({ ...document, epoch: 1 }) }),
    ).toBe('PLM_BUNDLE_REVOKED');
  });

  it('keeps to the root a store was given, whatever root is given later', () => {
    using lab = new Lab();
    lab.import({ roots: [lab.root] });
    const other = makeRoot({ rootKeys: NEW_ROOT_KEYS, change: { authority: 'other' } });
    expect(lab.refusal({ roots: [other], sequence: 2 }, { givenRoots: [other] })).toBe('PLM_TRUST_ROOT');
  });
});

function addOrder(signature: Uint8Array, order: bigint): Uint8Array {
  const scalar = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order;
  const bytes = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse();
  return Buffer.concat([signature.subarray(0, 32), bytes]);
}
