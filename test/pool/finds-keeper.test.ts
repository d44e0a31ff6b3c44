import { randomFillSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeldInputs, heldSize } from '../../src/detect/held-file.ts';
import { type Limits, withLimits } from '../../src/limits.ts';
import { type Finds, FindsKeeper, joinLost, lossProblems } from '../../src/pool/finds-keeper.ts';
import type { SecretDraft } from '../../src/secrets/draft.ts';
import { claim, layerDetections, ownedFiles } from '../detect/detections-fixture.ts';

interface Part extends Finds {
  readonly position: number;
}

const secret = (path: string): SecretDraft => ({
  entry: 0,
  path,
  ruleId: 'github-token',
  title: 'GitHub token',
  verdict: 'proven',
  severity: 'critical',
  offset: 0,
  length: 40,
  match: 'ghp_…',
  fingerprint: path,
});

function part(position: number, finds: Partial<Finds> = {}): Part {
  return { position, detections: layerDetections(), secrets: [], ...finds };
}

/** What is kept of the parts, added in this order. */
function kept(parts: readonly Part[], limits: Partial<Limits>): readonly Part[] {
  const keeper = new FindsKeeper<Part>(withLimits(limits), (left, right) => left.position - right.position);
  for (const one of parts) keeper.add(one);
  return keeper.finish();
}

const orders = (parts: readonly [Part, Part, Part]): (readonly Part[])[] =>
  [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ].map((order) => order.flatMap((index) => parts[index] ?? []));

describe('FindsKeeper', () => {
  it('puts parts in order and leaves them alone while they fit', () => {
    const [first, second] = [part(0, { secrets: [secret('/a')] }), part(1, { secrets: [secret('/b')] })];
    expect(kept([second, first], { layerSecrets: 2 })).toEqual([first, second]);
  });

  it('keeps the first secrets, whatever the order in which parts come', () => {
    const of = (letter: string): SecretDraft[] => [1, 2, 3].map((index) => secret(`/${letter}${index}`));
    for (const parts of orders([
      part(0, { secrets: of('a') }),
      part(1, { secrets: of('b') }),
      part(2, { secrets: of('c') }),
    ])) {
      const found = kept(parts, { layerSecrets: 4 });
      expect(found.map(({ secrets, lost }) => [secrets.map(({ path }) => path), lost?.secrets])).toEqual([
        [['/a1', '/a2', '/a3'], undefined],
        [['/b1'], 2],
        [[], 3],
      ]);
    }
  });

  it('keeps what the first packages need', () => {
    const needing = (name: string): Partial<Finds> => ({
      detections: layerDetections({ packages: [claim('/s', { name, version: '1', dependsOn: ['x', 'y'] })] }),
    });
    const found = kept([part(1, needing('b')), part(0, needing('a'))], { imageRelations: 3 });
    expect(found.map(({ detections, lost }) => [detections.packages.map(({ draft }) => draft), lost])).toEqual([
      [[{ type: 'npm', name: 'a', version: '1', dependsOn: ['x', 'y'] }], undefined],
      [[{ type: 'npm', name: 'b', version: '1' }], { secrets: 0, relations: 2, owned: 0, held: 0 }],
    ]);
  });

  it('keeps the first file lists', () => {
    const lists = { owner: { evidence: '/s' }, paths: ['/usr/bin/a', '/usr/bin/b'] };
    const listing = { detections: layerDetections({ owned: [ownedFiles('/s', lists)] }) };
    const found = kept([part(1, listing), part(0, listing)], { ownedFilesBytes: 700 });
    expect(found.map(({ detections, lost }) => [detections.owned.length, lost])).toEqual([
      [1, undefined],
      [0, { secrets: 0, relations: 0, owned: 2, held: 0 }],
    ]);
  });

  describe('keeps the same', () => {
    const sizes = fc.record({
      secrets: fc.nat({ max: 4 }),
      needs: fc.nat({ max: 4 }),
      files: fc.nat({ max: 4 }),
    });
    const count = (length: number): number[] => Array.from({ length }, (_, index) => index);
    const build = (
      { secrets, needs, files }: { secrets: number; needs: number; files: number },
      position: number,
    ): Part => {
      const dependsOn = count(needs).map((index) => `n${index}`);
      const paths = count(files).map((index) => `/f${index}`);
      return part(position, {
        secrets: count(secrets).map((index) => secret(`/${position}/${index}`)),
        detections: layerDetections({
          packages: [claim('/s', { name: `p${position}`, version: '1', dependsOn })],
          owned: files === 0 ? [] : [ownedFiles('/s', { owner: { evidence: '/s' }, paths })],
        }),
      });
    };
    const limits = { layerSecrets: 6, imageRelations: 6, ownedFilesBytes: 1200 };
    const parts = fc.array(sizes, { maxLength: 7 }).map((all) => all.map(build));

    it('whatever the order in which parts come', () => {
      const scrambled = parts.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      );
      fc.assert(
        fc.property(scrambled, ([inOrder, shuffled]) => {
          expect(kept(shuffled, limits)).toEqual(kept(inOrder, limits));
        }),
      );
    });

    it('whichever parts another keeper held before, as that of a thread does', () => {
      const sides = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 });
      fc.assert(
        fc.property(parts, sides, (all, isElsewhere) => {
          const elsewhere = all.filter(({ position }) => isElsewhere[position] === true);
          const here = all.filter((one) => !elsewhere.includes(one));
          expect(kept([...kept(elsewhere, limits), ...here], limits)).toEqual(kept(all, limits));
        }),
        { numRuns: 1000 },
      );
    });
  });

  it('packs held files where they take too much, and gives those up that come last', () => {
    const megabytes = 1024 * 1024;
    const holding = (bytes: Uint8Array): Partial<Finds> => ({
      detections: layerDetections({ held: [{ path: '/var/lib/rpm/rpmdb.sqlite', mode: 0o644, bytes }] }),
    });
    const [zeros, noise] = [new Uint8Array(40 * megabytes), randomFillSync(new Uint8Array(70 * megabytes))];
    const found = kept([part(1, holding(noise)), part(2, holding(noise)), part(0, holding(zeros))], {});
    expect(found.map(({ detections, lost }) => [detections.held.map(heldSize), lost?.held])).toEqual([
      [[40 * megabytes], undefined],
      [[70 * megabytes], undefined],
      [[], 1],
    ]);
    const inputs = new HeldInputs();
    const files = found.flatMap(({ detections }) => detections.held.map((file) => inputs.of(file)));
    expect(files.map(({ bytes }) => bytes.length)).toEqual([40 * megabytes, 70 * megabytes]);
    expect(Buffer.compare(files[1]?.bytes ?? zeros, noise)).toBe(0);
    inputs.release();
    expect(files.map(({ bytes }) => bytes.length)).toEqual([0, 0]);
  });

  it('refuses more packages than an image may have', () => {
    const one = { detections: layerDetections({ packages: [claim('/s', { name: 'a', version: '1' })] }) };
    expect(() => kept([part(0, one), part(1, one)], { imagePackages: 1 })).toThrow(
      'the layers name packages in more than 1 places',
    );
  });
});

describe('what is not kept', () => {
  it('is summed up over parts', () => {
    const lost = { secrets: 1, relations: 2, owned: 3, held: 4 };
    expect([joinLost([part(0), part(1)]), joinLost([part(0, { lost }), part(1), part(2, { lost })])]).toEqual([
      {},
      { lost: { secrets: 2, relations: 4, owned: 6, held: 8 } },
    ]);
  });

  it('is told', () =>
    expect(lossProblems({ secrets: 1, relations: 2, owned: 3, held: 4 })).toEqual([
      { code: 'PLM_SECRET_LIMIT', detail: '1 finding in this layer, beyond what is kept of an image' },
      {
        code: 'PLM_LIMIT',
        detail: 'what packages of this layer need of each other is beyond what is kept of an image: it is not known',
      },
      {
        code: 'PLM_LIMIT',
        detail:
          'file lists of this layer with 3 files are beyond what is kept of an image: who owns these is not known',
      },
      {
        code: 'PLM_LIMIT',
        detail:
          '4 package databases of this layer are beyond what is kept of an image: packages named there are missing',
      },
    ]));
});
