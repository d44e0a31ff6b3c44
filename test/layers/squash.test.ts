import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportFiles } from '../../src/layers/file-report.ts';
import { squash } from '../../src/layers/squash.ts';
import { measureWaste } from '../../src/layers/waste.ts';
import { DEFAULT_LIMITS, withLimits } from '../../src/limits.ts';
import type { LayerLiteral } from '../support/image-builder.ts';
import { historyOf } from '../support/read-history.ts';

/** `path layer` of what the view shows, and `path added removed how` of what is hidden. */
async function outcome(
  ...layers: readonly LayerLiteral[]
): Promise<{ readonly shown: string[]; readonly hidden: string[] }> {
  const history = await historyOf(layers);
  const { deleted, overwritten } = reportFiles(history, DEFAULT_LIMITS).files;
  return {
    shown: [...history.view().entries()].filter((file) => file.entry >= 0).map((file) => `${file.path} ${file.layer}`),
    hidden: [...deleted, ...overwritten].map((file) => `${file.path} ${file.addedIn} ${file.removedIn} ${file.how}`),
  };
}

describe('whiteouts', () => {
  it('hide a file of a lower layer', async () => {
    expect(await outcome({ '/a': '1', '/b': '2' }, { '/.wh.a': '' })).toEqual({
      shown: ['/b 0'],
      hidden: ['/a 0 1 whiteout'],
    });
  });

  it('hide a directory with everything in it', async () => {
    expect(await outcome({ '/d/': '', '/d/x': '1', '/d/e/y': '2' }, { '/.wh.d': '' })).toEqual({
      shown: [],
      hidden: ['/d/e/y 0 1 whiteout', '/d/x 0 1 whiteout'],
    });
  });

  it('do not hide what their own layer adds, before or after them', async () => {
    expect(await outcome({ '/z': 'old' }, { '/z': 'new', '/.wh.z': '' })).toEqual({
      shown: ['/z 1'],
      hidden: ['/z 0 1 whiteout'],
    });
    expect(await outcome({ '/z': 'old' }, { '/.wh.z': '', '/z': 'new' })).toEqual({
      shown: ['/z 1'],
      hidden: ['/z 0 1 whiteout'],
    });
  });

  it('are what the archive says in its order: a file in place of a directory that fills again', async () => {
    expect(await outcome({ '/a/a': '1', '/a': '2', '/a/b': '3' })).toEqual({
      shown: ['/a/b 0'],
      hidden: ['/a 0 0 replaced', '/a/a 0 0 replaced'],
    });
  });

  it('follow a link that their own layer turns', async () => {
    const turned = { '/l/a': '1', '/l': { symlink: 'y' }, '/l/b': '1' };
    expect((await outcome({ '/l': { symlink: 'x' } }, turned)).shown).toEqual(['/l 1', '/x/a 1', '/y/b 1']);
  });

  it('of nothing hide nothing', async () => {
    expect(await outcome({ '/a': '1' }, { '/.wh.b': '', '/no/such/.wh.c': '' })).toEqual({
      shown: ['/a 0'],
      hidden: [],
    });
  });

  it('named by dots do not hide the directory they are in', async () => {
    expect(await outcome({ '/etc/a': '1' }, { '/etc/.wh.': '', '/etc/.wh..': '', '/etc/.wh...': '' })).toEqual({
      shown: ['/etc/a 0'],
      hidden: [],
    });
  });

  it('are no whiteouts in the middle of a name', async () => {
    expect(await outcome({ '/real.wh.file': '1' })).toEqual({ shown: ['/real.wh.file 0'], hidden: [] });
  });
});

describe('opaque directories', () => {
  it.each([
    ['before its siblings', { '/d/.wh..wh..opq': '', '/d/new': '2' }],
    ['after its siblings', { '/d/new': '2', '/d/.wh..wh..opq': '' }],
  ])('hide what lies below and not what their layer adds (%s)', async (_name, layer) => {
    expect(await outcome({ '/d/': '', '/d/old': '1', '/d/s/older': '1' }, layer)).toEqual({
      shown: ['/d 0', '/d/new 1'],
      hidden: ['/d/old 0 1 opaque', '/d/s/older 0 1 opaque'],
    });
  });

  it('can be the root', async () => {
    expect(await outcome({ '/a': '1' }, { '/.wh..wh..opq': '', '/b': '2' })).toEqual({
      shown: ['/b 1'],
      hidden: ['/a 0 1 opaque'],
    });
  });
});

describe('replacements', () => {
  it('overwrite a file, in a later layer or in the same one', async () => {
    expect(await outcome({ '/a': '1' }, { '/a': '2' })).toEqual({ shown: ['/a 1'], hidden: ['/a 0 1 overwritten'] });
    expect(await outcome({ a: '1', './a': '2' })).toEqual({ shown: ['/a 0'], hidden: ['/a 0 0 overwritten'] });
  });

  it('keep the content of a directory that is stated again', async () => {
    expect(await outcome({ '/d/': '', '/d/x': '1' }, { '/d/': { mode: 0o700 } })).toEqual({
      shown: ['/d 1', '/d/x 0'],
      hidden: [],
    });
  });

  it('hide the content of a directory that becomes a symlink or a file', async () => {
    expect(await outcome({ '/d/x': '1' }, { '/d': { symlink: '/e' } })).toEqual({
      shown: ['/d 1'],
      hidden: ['/d/x 0 1 replaced'],
    });
    expect(await outcome({ '/d/': '', '/d/x': '1' }, { '/d': 'file' })).toEqual({
      shown: ['/d 1'],
      hidden: ['/d/x 0 1 replaced'],
    });
  });

  it('hide a file that becomes a directory, stated or implied', async () => {
    expect(await outcome({ '/f': '1' }, { '/f/': '', '/f/x': '2' })).toEqual({
      shown: ['/f 1', '/f/x 1'],
      hidden: ['/f 0 1 replaced'],
    });
    expect(await outcome({ '/f': '1' }, { '/f/x': '2' })).toEqual({ shown: ['/f/x 1'], hidden: ['/f 0 1 replaced'] });
  });

  it('go where a symlinked parent leads', async () => {
    expect(
      await outcome({ '/lib': { symlink: 'usr/lib' }, '/usr/lib/a': '1' }, { '/lib/b': '2', '/lib/.wh.a': '' }),
    ).toEqual({
      shown: ['/lib 0', '/usr/lib/b 1'],
      hidden: ['/usr/lib/a 0 1 whiteout'],
    });
  });

  it('end where links into links lead deeper than any path', async () => {
    const steps = Array.from({ length: 30 }, (_, index) => index);
    const below = `${'d/'.repeat(99)}d`;
    const layer = Object.fromEntries(
      steps.flatMap((step) => [
        [`/l${step}`, { symlink: step === 0 ? below : `l${step - 1}/${below}` }],
        [`/l${step}/${below}/f`, ''],
      ]),
    );
    const depths = [...(await historyOf([layer])).view().entries()].map(({ path }) => path.split('/').length - 1);
    expect(Math.max(...depths)).toBeLessThanOrEqual(4 * DEFAULT_LIMITS.pathDepth + 1);
    expect(Math.max(...depths)).toBeGreaterThan(1800);
  });

  it('end where symlinked parents run in a circle', async () => {
    expect((await outcome({ '/a': { symlink: 'b' }, '/b': { symlink: 'a' } }, { '/a/x': '1' })).hidden).toEqual([]);
  });
});

describe('views', () => {
  it('show the file system as it was after each layer', async () => {
    const history = await historyOf([{ '/a': '1' }, { '/.wh.a': '', '/b': '1' }, { '/a': '2' }]);
    const views = [0, 1, 2].map((layer) =>
      [...history.view(layer).entries()].filter((file) => file.entry >= 0).map((file) => `${file.path} ${file.layer}`),
    );
    expect(views).toEqual([['/a 0'], ['/b 1'], ['/a 2', '/b 1']]);
  });

  it('follow symlinks through layers and tell the trail', async () => {
    const history = await historyOf([
      { '/etc/os-release': { symlink: '../usr/lib/os-release' }, '/usr/lib/os-release': '1' },
      { '/lib': { symlink: 'usr/lib' } },
    ]);
    expect(history.view().resolve('/etc/os-release')).toMatchObject({
      file: { path: '/usr/lib/os-release', layer: 0 },
      trail: ['/etc/os-release'],
      loop: false,
    });
    expect(history.view().resolve('/lib/os-release')).toMatchObject({
      file: { path: '/usr/lib/os-release' },
      trail: ['/lib'],
    });
  });

  it('end on circles and on links that lead nowhere', async () => {
    const tree = (
      await historyOf([{ '/a': { symlink: 'b' }, '/b': { symlink: 'a' }, '/d': { symlink: '/none' } }])
    ).view();
    expect(tree.resolve('/a').loop).toBe(true);
    expect(tree.resolve('/d')).toEqual({ file: undefined, trail: ['/d'], loop: false });
  });

  it('find the bytes of hard links, also where the target was deleted later', async () => {
    const history = await historyOf([{ '/target': 'abc', '/link': { hardLink: '/target' } }, { '/.wh.target': '' }]);
    const tree = history.view();
    const link = tree.lookup('/link');
    expect(link && tree.content(link)).toMatchObject({ path: '/target', layer: 0, size: 3 });
  });

  it('find what a hard link was made of where its target was written many times before and after', async () => {
    const layers = Array.from({ length: 300 }, (_, layer): LayerLiteral => {
      if (layer === 100) return { '/link': { hardLink: '/target' } };
      return { '/target': `version ${layer}`, ...(layer === 0 ? { '/early': { hardLink: '/target' } } : {}) };
    });
    const tree = (await historyOf(layers)).view();
    const contents = ['/link', '/early'].map((path) => tree.lookup(path)).map((file) => file && tree.content(file));
    expect(contents).toMatchObject([
      { path: '/target', layer: 99 },
      { path: '/target', layer: 0 },
    ]);
  });

  it('find no bytes behind hard links in a circle or to nothing', async () => {
    const tree = (
      await historyOf([{ '/a': { hardLink: '/b' }, '/b': { hardLink: '/a' }, '/c': { hardLink: '/none' } }])
    ).view();
    expect(['/a', '/b', '/c'].map((path) => tree.lookup(path)).map((file) => file && tree.content(file))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('list directories in byte order, implied ones included', async () => {
    const tree = (await historyOf([{ '/b/x': '1', '/a': '1', '/B': '1' }])).view();
    expect([tree.list('/'), tree.list('/b'), tree.list('/none')]).toEqual([['B', 'a', 'b'], ['x'], []]);
  });
});

describe('waste', () => {
  it('is dive’s score: rewrites and removed files count against it', async () => {
    expect(
      measureWaste(await historyOf([{ '/a': '12345678', '/b': '12' }, { '/a': '1234' }, { '/.wh.b': '' }])),
    ).toEqual({ bytes: 10, efficiency: 4 / 14 });
  });

  it('gives an empty image full marks', async () => {
    expect(measureWaste(await historyOf([{}]))).toEqual({ bytes: 0, efficiency: 1 });
  });
});

describe('a view', () => {
  it('gives the regular files with a mode bit, in the order of its entries', async () => {
    const history = await historyOf([
      { '/b/run': { content: 'x', mode: 0o755 }, '/a/run': { content: 'x', mode: 0o555 }, '/a/text': 'x' },
      { '/b/link': { symlink: 'run' }, '/gone': { content: 'x', mode: 0o755 }, '/a/z': { content: 'x', mode: 0o644 } },
      { '/.wh.gone': '' },
    ]);
    expect([...history.view().filesWithMode(0o111)].map(({ path, layer }) => `${path} ${layer}`)).toEqual([
      '/a/run 0',
      '/b/run 0',
    ]);
  });
});

/** The rules once more, as plainly as they can be said: a map of paths that every layer edits. */
function model(layers: readonly LayerLiteral[]): readonly string[] {
  let shown = new Map<string, number>();
  for (const [layer, literal] of layers.entries()) {
    const before = new Map(shown);
    for (const path of Object.keys(literal)) {
      const hidden = path.endsWith('/.wh..wh..opq')
        ? path.slice(0, -'.wh..wh..opq'.length)
        : path.replace('/.wh.', '/');
      if (hidden === path) continue;
      for (const known of before.keys()) {
        if (known.startsWith(hidden.endsWith('/') ? hidden : `${hidden}/`) || known === hidden) shown.delete(known);
      }
    }
    for (const path of Object.keys(literal)) {
      if (path.includes('/.wh.')) continue;
      shown = new Map([...shown].filter(([known]) => !known.startsWith(`${path}/`) && !path.startsWith(`${known}/`)));
      shown.set(path, layer);
    }
  }
  return [...shown].map(([path, layer]) => `${path} ${layer}`).sort();
}

describe('any layers', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const directory = fc.array(name, { maxLength: 2 }).map((parts) => parts.map((part) => `/${part}`).join(''));
  const path = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(directory, name).map(([parent, last]) => `${parent}/${last}`) },
    { weight: 2, arbitrary: fc.tuple(directory, name).map(([parent, last]) => `${parent}/.wh.${last}`) },
    { weight: 1, arbitrary: directory.map((parent) => `${parent}/.wh..wh..opq`) },
  );
  const layer = fc
    .uniqueArray(path, { maxLength: 5 })
    .map((paths) => Object.fromEntries(paths.map((entry) => [entry, entry])));

  it('show what the plain rules say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(layer, { minLength: 1, maxLength: 4 }), async (layers) => {
        expect((await outcome(...layers)).shown.sort()).toEqual(model(layers));
      }),
      { numRuns: 150 },
    );
  });
});

describe('more than is kept in memory', () => {
  const layers = [{ '/a/b': '1', '/c': '2' }, { '/c': '3' }] as const;

  it('is refused where the layers hold more entries', async () => {
    const history = await historyOf(layers);
    expect(() => squash(history.layers, withLimits({ imageEntries: 2 }))).toThrow(
      expect.objectContaining({ code: 'PLM_LIMIT' }),
    );
  });

  it('is refused where few entries make many paths', async () => {
    const history = await historyOf([
      { [`/x/${'d/'.repeat(400)}f`]: '', [`/y/${'d/'.repeat(400)}f`]: '', [`/z/${'d/'.repeat(400)}f`]: '' },
    ]);
    expect(() => squash(history.layers, withLimits({ imageEntries: 100 }))).toThrow(
      expect.objectContaining({ code: 'PLM_LIMIT' }),
    );
  });

  it('is refused where names are long', async () => {
    const name = 'n'.repeat(200);
    const history = await historyOf([
      Object.fromEntries(Array.from({ length: 1100 }, (_, number) => [`/${name}${number}`, ''])),
    ]);
    expect(() => squash(history.layers, withLimits({ nameBytes: 100_000 }))).toThrow(
      expect.objectContaining({ code: 'PLM_LIMIT' }),
    );
  });

  it('is left out of the lists of a report, which says how many', async () => {
    const history = await historyOf([
      { '/a': '1', '/b': '2', '/c': '3' },
      { '/a': '4', '/b': '5', '/c': '6' },
    ]);
    const { files, problems } = reportFiles(history, withLimits({ listedFiles: 1 }));
    expect({ overwritten: files.overwritten.map(({ path }) => path), problems }).toEqual({
      overwritten: ['/a'],
      problems: [
        {
          code: 'PLM_LIMIT',
          detail:
            '2 more files in files.overwritten than a report lists: they are not named there, their bytes are counted',
        },
      ],
    });
  });

  it('takes no room from the list of another kind', async () => {
    const folder = `/${'d'.repeat(250)}`.repeat(15);
    const open = Array.from({ length: 3400 }, (_, number) => [`${folder}/${number}`, { mode: 0o666 }] as const);
    const history = await historyOf([{ ...Object.fromEntries(open), '/z': { mode: 0o4755 } }]);
    const { files, problems } = reportFiles(history, DEFAULT_LIMITS);
    expect({ setuid: files.setuid.map(({ path }) => path), problems: problems.length }).toEqual({
      setuid: ['/z'],
      problems: 1,
    });
  });
});
