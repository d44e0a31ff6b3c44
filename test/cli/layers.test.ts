import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { archive, type LayerLiteral, ociLayout, temporaryFolder } from '../support/image-builder.ts';
import { type ProgramRun, ROOT, runSources } from '../support/run-plimsoll.ts';

const LAYERS: readonly LayerLiteral[] = [
  { '/etc/': '', '/etc/secret': 'hunter2', '/bin/su': { content: 'su', mode: 0o4755 }, '/keep': 'same' },
  { '/etc/.wh.secret': '', '/new': 'n', '/keep': 'same' },
];

function plimsoll(layers: readonly LayerLiteral[], ...args: readonly string[]): ProgramRun {
  using folder = temporaryFolder();
  const image = folder.write('image.tar', archive(ociLayout({ layers, tag: 'app:1' })));
  return runSources(args.map((word) => (word === 'IMAGE' ? image : word)));
}

function validate(schema: string, report: string): unknown {
  const document: unknown = JSON.parse(readFileSync(join(ROOT, 'schema', schema), 'utf8'));
  if (typeof document !== 'object' || document === null) throw new Error(`${schema} is no schema`);
  const check = new Ajv2020({ allErrors: true }).compile(document);
  check(JSON.parse(report));
  return check.errors ?? [];
}

describe('plimsoll layers', () => {
  it('says in JSON what each layer did, by its schema', () => {
    const { stdout } = plimsoll(LAYERS, 'layers', 'IMAGE', '--format', 'json', '--changes');
    expect(validate('layers-1.schema.json', stdout)).toEqual([]);
    const { layers, files } = JSON.parse(stdout);
    expect(layers[1]).toMatchObject({
      added: { files: 1, bytes: 1 },
      rewritten: { files: 1, bytes: 4 },
      deleted: { files: 1, bytes: 7 },
      changes: [
        { path: '/etc/secret', change: 'deleted', type: 'file', size: 7 },
        { path: '/keep', change: 'rewritten', type: 'file', size: 4 },
        { path: '/new', change: 'added', type: 'file', size: 1 },
      ],
    });
    expect(files.deleted).toEqual([{ path: '/etc/secret', size: 7, addedIn: 0, removedIn: 1, how: 'whiteout' }]);
    expect(files.setuid).toEqual([{ path: '/bin/su', layer: 0, state: 'present', mode: '4755', detail: 'setuid' }]);
  });

  it('escapes in JSON what a path would do to a terminal', () => {
    const { stdout } = plimsoll([{ '/a\u202e\u009b31m': 'a' }], 'layers', 'IMAGE', '--format', 'json', '--changes');
    expect(stdout).toContain('"/a\\u202e\\u009b31m"');
  });

  it('draws a table that fits 80 columns', () => {
    const { stdout, status } = plimsoll(LAYERS, 'layers', 'IMAGE', '--layer', '1');
    expect(status).toBe(0);
    expect(stdout).toContain('- etc/secret');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('extracts the bytes of a file that a later layer deleted', () => {
    expect(plimsoll(LAYERS, 'layers', 'IMAGE', '--extract', '/etc/secret', '--layer', '0').stdout).toBe('hunter2');
    const missing = ['/etc/secret', '/etc/nothing'].map((path) =>
      plimsoll(LAYERS, 'layers', 'IMAGE', '--extract', path),
    );
    expect(missing.map(({ status, stderr }) => [status, stderr])).toEqual([
      [2, 'PLM_NOT_FOUND: no regular file /etc/secret in the final file system; layer 0 holds it: add --layer 0\n'],
      [
        2,
        'PLM_NOT_FOUND: no regular file /etc/nothing in the final file system; no layer holds one; plimsoll layers IMAGE --changes lists what each layer holds\n',
      ],
    ]);
  });

  it.each([
    ['--min-efficiency', '0.1', 0],
    ['--min-efficiency', '0.99', 1],
    ['--max-wasted', '1K', 0],
    ['--max-wasted', '10', 1],
    ['--min-efficiency', '7', 2],
    ['--layer', '9', 2],
  ])('%s %s ends with %d', (option, value, status) => {
    expect(plimsoll(LAYERS, 'layers', 'IMAGE', option, value).status).toBe(status);
  });

  it('shows names that would move the cursor as text', () => {
    const { stdout } = plimsoll(
      [{ '/a\u001b[2J': 'x'.repeat(10) }, { '/.wh.a\u001b[2J': '' }],
      'layers',
      'IMAGE',
      '--changes',
    );
    expect(stdout).not.toContain('\u001b');
  });
});

describe('plimsoll diff', () => {
  it('compares two layers of an image, by its schema', () => {
    const { stdout } = plimsoll(LAYERS, 'diff', 'IMAGE', '--layers', '0:1', '--format', 'json');
    expect(validate('diff-1.schema.json', stdout)).toEqual([]);
    expect(JSON.parse(stdout).files).toEqual([
      { path: '/etc/secret', type: 'file', change: 'removed', sizeBefore: 7, layerBefore: 0 },
      { path: '/new', type: 'file', change: 'added', sizeAfter: 1, layerAfter: 1 },
    ]);
  });

  it('finds no difference between an image and itself', () => {
    const { stdout, status } = plimsoll(LAYERS, 'diff', 'IMAGE', 'IMAGE', '--format', 'json', '--exit-code');
    expect(validate('diff-1.schema.json', stdout)).toEqual([]);
    expect([status, JSON.parse(stdout).files, JSON.parse(stdout).packages]).toEqual([0, [], []]);
  });

  it.each([[['diff', 'IMAGE']], [['diff', 'IMAGE', '--layers', 'x']], [['diff', 'IMAGE', '--layers', '0:7']]])(
    '%j is wrong usage',
    (words) => {
      expect(plimsoll(LAYERS, ...words).status).toBe(2);
    },
  );
});
