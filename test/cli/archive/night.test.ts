import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type NightScene, nightScene } from './night-scene.ts';

// Each test starts several processes.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SCHEMA = join(import.meta.dirname, '..', '..', '..', 'schema', 'affected-1.schema.json');
const ARCHIVE = ['--archive', 'archive'];
let scene: NightScene;

beforeAll(() => {
  scene = nightScene();
  scene.importBundle(1, [{ id: 'NSWG-ECO-1', name: 'left-pad', aliases: ['CVE-2026-0001'] }]);
  const image = scene.fileSystem('app', ['left-pad', '@scope/kit']);
  const added = scene.plimsoll('archive', 'add', image, '--name', 'shop:1', '--db', 'db', '--quiet', ...ARCHIVE);
  if (added.status !== 0) throw new Error(added.stderr);
});
afterAll(() => scene.remove());

describe('a night without --db', () => {
  it('does not match an archive of a full bundle with the starter set', () => {
    const before = scene.plimsoll('archive', 'history', 'shop:1', ...ARCHIVE).stdout;
    expect(scene.plimsoll('archive', 'rematch', ...ARCHIVE)).toEqual({
      status: 4,
      stdout: '',
      stderr:
        'PLM_BUNDLE_MISSING: the archive was matched with main 1, and no database but the starter set is here [archive]; name the database: --db DIR\n',
    });
    expect(scene.plimsoll('archive', 'history', 'shop:1', ...ARCHIVE).stdout).toBe(before);
  });

  it.each([
    ['export', ['export', 'shop:1', '-o', 'json=shop.json']],
    ['add', ['add', 'dir:app', '--name', 'shop:1']],
  ])('%s warns that it knows less than the archive', (_, words) => {
    const { status, stderr } = scene.plimsoll('archive', ...words, ...ARCHIVE);
    expect([status, stderr.split('\n')[0]]).toEqual([
      0,
      'warning: the archive was matched with main 1, and no database but the starter set is here; name it: --db DIR',
    ]);
  });
});

describe('show', () => {
  const shown = (image: string, ...words: readonly string[]): string =>
    scene.plimsoll('archive', 'show', image, ...words, ...ARCHIVE).stdout;

  it('tells what could be judged, where the bundle of the archive is at hand', () => {
    expect(shown('shop:1', '--db', 'db')).toMatch(
      /\nfindings {6}0 critical, .*1 unknown\njudged {8}2 packages could be judged\nbundle {8}main 1\.1 of /,
    );
    expect(JSON.parse(shown('shop:1', '--db', 'db', '--format', 'json'))).toMatchObject({ unjudged: 0, unmatched: 0 });
  });

  it('does not know it without that bundle, and says so', () => {
    expect(shown('shop:1')).toContain(
      '\njudged        not known: --db names the database the archive was matched with\n',
    );
    expect(JSON.parse(shown('shop:1', '--format', 'json'))).toMatchObject({ unjudged: null });
  });

  it('counts what no bundle has looked at', () => {
    const image = scene.fileSystem('bare', ['left-pad']);
    scene.plimsoll('archive', 'add', image, '--archive', 'bare-archive', '--db', 'none', '--quiet');
    const { stdout } = scene.plimsoll('archive', 'show', 'bare', '--archive', 'bare-archive');
    expect(stdout).toContain(
      'judged        1 of 1 package could not be judged (no advisory database); 1 wait for the next re-match\nbundle        none yet\n',
    );
  });
});

describe('add', () => {
  it('archives what can be read where something cannot, names both, and ends with 3', () => {
    const images = [scene.fileSystem('till', ['left-pad']), 'nowhere.tar', scene.fileSystem('pump', ['@scope/kit'])];
    const run = scene.plimsoll('archive', 'add', ...images, 'sbom:nowhere', '--db', 'db', '--archive', 'several');
    const errors = run.stderr.split('\n').filter((line) => line.startsWith('PLM_'));
    expect([run.status, run.stdout.replaceAll(/record:\w+/g, 'KEY'), errors]).toEqual([
      3,
      'added   till  KEY  dir:till\nadded   pump  KEY  dir:pump\n',
      [
        expect.stringMatching(/^PLM_INPUT_NOT_FOUND: .*\[nowhere\.tar\]/),
        expect.stringMatching(/^PLM_INPUT_NOT_FOUND: .*\[nowhere\]/),
      ],
    ]);
    expect(run.stderr.match(/^warning: source osv\/npm is .* days old/gm)).toHaveLength(1);
  });

  it('tells in JSON what was added, what failed, and what nobody could judge', () => {
    const [image, other] = [scene.fileSystem('kiosk', ['left-pad']), 'nowhere.tar'];
    const run = scene.plimsoll(
      'archive',
      'add',
      image,
      other,
      '--archive',
      'kiosks',
      '--db',
      'none',
      '--format',
      'json',
    );
    expect([run.status, JSON.parse(run.stdout)]).toEqual([
      4,
      {
        schemaVersion: 1,
        images: [
          {
            location: image,
            image: expect.stringMatching(/^record:/),
            key: expect.stringMatching(/^record:/),
            ref: 'kiosk',
            result: 'added',
            unjudged: 1,
          },
        ],
        failures: [{ location: other, code: 'PLM_INPUT_NOT_FOUND', message: expect.any(String) }],
      },
    ]);
    expect(run.stderr).toContain('warning: 1 of 1 package could not be judged (no advisory database)\n');
  });
});

describe('search and history', () => {
  const found = (...words: readonly string[]): string => {
    const { stdout, stderr } = scene.plimsoll('archive', 'search', ...words, ...ARCHIVE);
    return stdout + stderr;
  };
  const LEFT_PAD = 'shop:1  pkg:npm/left-pad@1.0.0  layer 0, present\n';
  const KIT = 'shop:1  pkg:npm/%40scope/kit@1.0.0  layer 0, present\n';
  const NOTHING = 'no archived image has it; a name must be written exactly\n';

  it.each([
    ['the id of the feed that reported it', 'NSWG-ECO-1', LEFT_PAD],
    ['its CVE in small letters', 'cve-2026-0001', LEFT_PAD],
    ['a purl', 'pkg:npm/left-pad', LEFT_PAD],
    ['a purl with a version', 'pkg:npm/left-pad@1.0.0', LEFT_PAD],
    ['a purl with another version', 'pkg:npm/left-pad@2.0.0', NOTHING],
    ['a purl with a namespace', 'pkg:npm/%40scope/kit', KIT],
    ['a name with its namespace', '@scope/kit', KIT],
    ['a name with another namespace', '@other/kit < 2', NOTHING],
  ])('finds by %s', (_, query, answer) => expect(found(query)).toBe(answer));

  it('refuses half a digest instead of finding nothing', () => {
    expect(found('sha256:94be26')).toBe(
      'PLM_USAGE: "sha256:94be26" is no whole digest; after sha256: come 64 digits\n',
    );
  });
});

describe('after the next bundle', () => {
  beforeAll(() => {
    scene.importBundle(2, [
      { id: 'NSWG-ECO-1', name: 'left-pad', aliases: ['CVE-2026-0001'] },
      { id: 'OURS-2026-2', name: '@scope/kit', aliases: ['CVE-2026-0002'] },
    ]);
    scene.plimsoll('archive', 'rematch', '--db', 'db', ...ARCHIVE);
  });

  it.each(['CVE-2026-0002', 'OURS-2026-2', 'cve-2026-0002'])('history knows the flaw as %s', (id) => {
    expect(scene.plimsoll('archive', 'history', id, ...ARCHIVE)).toEqual({
      status: 0,
      stdout: expect.stringMatching(
        /^\S+ {2}added +new-advisory +CVE-2026-0002 {2}pkg:npm\/%40scope\/kit@1.0.0 {2}unknown\n$/,
      ),
      stderr: '',
    });
  });

  it('what changed fits the schema, from a re-match and from the events', () => {
    const schema: unknown = JSON.parse(readFileSync(SCHEMA, 'utf8'));
    const fits = new Ajv2020().compile(Object(schema));
    const told = [
      ['affected', '--since', '7d'],
      ['rematch', '--db', 'db', '--fail-on', 'low'],
    ].map((words) => JSON.parse(scene.plimsoll('archive', ...words, '--format', 'json', ...ARCHIVE).stdout));
    expect(told.map((report) => [fits(report), fits.errors, report.images.length, report.policies?.length])).toEqual([
      [true, null, 1, undefined],
      [true, null, 0, 1],
    ]);
  });

  it('history says what it does not know instead of being silent', () => {
    expect(scene.plimsoll('archive', 'history', 'CVE-1999-0001', ...ARCHIVE)).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'PLM_NOT_FOUND: the archive knows no image and no event of an advisory "CVE-1999-0001"; plimsoll archive list shows the images, plimsoll archive search the places of a flaw\n',
    });
  });
});

describe('notify', () => {
  const CLOSED = 'http://127.0.0.1:1/';

  it('says that nothing was sent where nothing changed', () => {
    scene.plimsoll('archive', 'rematch', '--db', 'db', '-o', 'json=quiet.json', ...ARCHIVE);
    expect(scene.plimsoll('notify', 'quiet.json', '--webhook', CLOSED)).toEqual({
      status: 0,
      stdout: '',
      stderr: 'nothing changed: nothing was sent (--even-empty sends it all the same)\n',
    });
  });

  it('refuses half an address of a mail before anything is sent', () => {
    const run = scene.plimsoll('notify', 'quiet.json', '--webhook', CLOSED, '--smtp', '127.0.0.1:1', '--even-empty');
    expect([run.status, run.stderr]).toEqual([2, 'PLM_USAGE: mail needs --mail-from and --mail-to\n']);
  });

  it('takes no other report, and says which command writes one', () => {
    const scan = scene.plimsoll('scan', scene.fileSystem('app', []), '-o', 'json=scan.json', '--db', 'db');
    expect([scan.status, scene.plimsoll('notify', 'scan.json', '--webhook', CLOSED).stderr]).toEqual([
      0,
      'PLM_REPORT_INVALID: this is no report of a re-match [scan.json]; write one with: plimsoll archive rematch -o json=FILE\n',
    ]);
  });
});

describe('events that nobody was told', () => {
  it('are told by the next re-match, which says where they come from', () => {
    scene.importBundle(3, [{ id: 'OURS-2026-3', name: 'left-pad' }]);
    const rematch = ['archive', 'rematch', '--db', 'db', ...ARCHIVE];
    expect(scene.plimsoll(...rematch, '--run', 'exit 9')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('PLM_OUTPUT_FAILED: the hook failed (exit code 9)'),
    });
    const again = scene.plimsoll(...rematch);
    expect([again.stderr, again.stdout.split('\n')[0]]).toEqual([
      '0 changed names, 0 components matched, 0 events\n3 events of earlier runs, which ended before they were told\n',
      '1 archived image, 3 changes (bundle 3 to 3).',
    ]);
    expect(scene.plimsoll(...rematch).stderr).toBe('0 changed names, 0 components matched, 0 events\n');
  });
});

describe('a slip of the pen', () => {
  beforeAll(() => scene.importBundle(4, [{ id: 'OURS-2026-4', name: 'left-pad' }]));

  it.each([
    ['bogus=x', 'no report is called "bogus"; known: table, json, markdown, html; write NAME=FILE'],
    ['json', '-o json names no file; write -o json=FILE'],
    ['json=', '-o json= names no file; write -o json=FILE'],
  ])('-o %s is refused before anything is matched', (output, message) => {
    const before = scene.plimsoll('archive', 'show', 'shop:1', '--format', 'json', ...ARCHIVE).stdout;
    expect(scene.plimsoll('archive', 'rematch', '--db', 'db', '-o', output, ...ARCHIVE)).toEqual({
      status: 2,
      stdout: '',
      stderr: `PLM_USAGE: ${message}\n`,
    });
    expect(scene.plimsoll('archive', 'show', 'shop:1', '--format', 'json', ...ARCHIVE).stdout).toBe(before);
  });
});

describe('prune and evidence', () => {
  it('removes an image by its name, and history still knows it by its key', () => {
    const image = scene.fileSystem('old', ['left-pad']);
    scene.plimsoll('archive', 'add', image, '--name', 'old:1', '--label', 'team=a', '--archive', 'small', '--db', 'db');
    const prune = (...words: readonly string[]) => scene.plimsoll('archive', 'prune', '--archive', 'small', ...words);
    expect(prune('--label', 'team=b').stderr).toBe('0 images would be removed; repeat with --yes\n');
    const listed = prune('--label', 'team=a').stdout;
    expect(listed).toMatch(/^would remove old:1 record:\w+, last seen /);
    expect(prune('--image', 'old:1', '--yes').stderr).toBe('1 image removed\n');
    const [key = ''] = /record:\w+/.exec(listed) ?? [];
    const { stdout } = scene.plimsoll('archive', 'history', key, '--archive', 'small');
    expect(stdout.split('\n').map((line) => line.split(/ +/)[1])).toEqual(['image-added', 'image-pruned', undefined]);
  });

  it('evidence takes the pass phrase as every command that signs does', () => {
    const key = ['--key', 'trust/release-1.key', '--passphrase-fd', '0'];
    const run = scene.plimsoll('archive', 'evidence', '--since', '2026-01-01', ...key, '--out', 'evidence', ...ARCHIVE);
    expect([run.status, run.stderr]).toEqual([0, '']);
  });
});
