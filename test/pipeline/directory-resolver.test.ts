import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileTree } from '../../src/layers/file-tree.ts';
import { directoryResolver } from '../../src/pipeline/directory-resolver.ts';
import type { LayerLiteral } from '../support/image-builder.ts';
import { historyOf } from '../support/read-history.ts';

async function treeOf(layer: LayerLiteral): Promise<FileTree> {
  return (await historyOf([layer])).view();
}

const path = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
  .map((names) => `/${names.join('/')}`);

describe('directoryResolver', () => {
  it('follows merged directories', async () => {
    const resolve = directoryResolver(await treeOf({ '/lib': { symlink: 'usr/lib' }, '/usr/lib/x/y': '' }));
    expect(['/usr/lib/x', '/lib/x', '/lib', '/none/x', '/'].map(resolve)).toEqual([
      '/usr/lib/x',
      '/usr/lib/x',
      '/usr/lib',
      '/none/x',
      '/',
    ]);
  });

  it('is done at the first part that is not there, however many follow', async () => {
    const resolve = directoryResolver(await treeOf({ '/lib': { symlink: 'usr/lib' }, '/usr/lib/x/y': '' }));
    const missing = `/usr/none${'/x'.repeat(300_000)}`;
    const behindLink = `/lib${'/x'.repeat(300_000)}`;
    expect([resolve(missing) === missing, resolve(behindLink) === behindLink]).toEqual([true, true]);
  });

  it('says of any directories, in any order, what the tree says', async () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(path, fc.option(fc.tuple(path, fc.boolean()))),
        fc.array(path, { maxLength: 20 }),
        async (entries, asked) => {
          const layer = Object.entries(entries).map(([name, link]) =>
            link === null ? [name, 'text'] : [name, { symlink: link[1] ? link[0] : link[0].slice(1) }],
          );
          const tree = await treeOf(Object.fromEntries(layer));
          const resolve = directoryResolver(tree);
          expect(asked.map(resolve)).toEqual(asked.map((name) => tree.resolve(name).file?.path ?? name));
        },
      ),
      { numRuns: 100 },
    ));
});
