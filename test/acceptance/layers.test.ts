import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRecord, type JsonRecord, listField, recordField, textField } from '../../src/bytes/json.ts';
import { PlimsollError } from '../../src/errors.ts';
import { reportFiles } from '../../src/layers/file-report.ts';
import { ENTRY_KIND } from '../../src/layers/layer-index.ts';
import { measureWaste } from '../../src/layers/waste.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { readHistory } from '../support/read-history.ts';
import { HOSTILE_OUTCOMES } from './hostile-outcomes.ts';
import { REAL_OUTCOMES } from './real-outcomes.ts';

const root = join(import.meta.dirname, '..', '..');
const images = join(root, '..', 'shared', 'images');
if (!existsSync(images)) console.log('acceptance/layers: the shared images are not here, skipped');

function truthOf(name: string): JsonRecord {
  const document: unknown = JSON.parse(readFileSync(join(images, `${name}.truth.json`), 'utf8'));
  if (!isRecord(document)) throw new Error(`${name}: no truth`);
  return document;
}

function records(document: JsonRecord, field: string): readonly JsonRecord[] {
  return listField(document, field).filter(isRecord);
}

/** `path layer size removedIn how`, as the truth files write it. */
async function hiddenRows(name: string): Promise<readonly string[]> {
  const { history } = await readHistory(join(images, `${name}.tar`));
  const { deleted, overwritten } = reportFiles(history, DEFAULT_LIMITS).files;
  return [...deleted, ...overwritten]
    .map(({ path, addedIn, size, removedIn, how }) => `${path}\t${addedIn}\t${size}\t${removedIn}\t${how}`)
    .sort();
}

describe.skipIf(!existsSync(images)).each(['small/many-layers.oci', 'small/many-layers.docker'])('%s', (name) => {
  it('hides what the truth says, file by file', async () => {
    const truth = records(truthOf(name), 'deleted_or_overwritten').map(
      (file) => `${file['path']}\t${file['layer']}\t${file['size']}\t${file['removed_in']}\t${file['how']}`,
    );
    expect(await hiddenRows(name)).toEqual(truth.sort());
  });

  it('shows the final files of the truth with their layer', async () => {
    const { history } = await readHistory(join(images, `${name}.tar`));
    const files = [...history.view().entries()].filter((file) => file.kind === ENTRY_KIND.file);
    const truth = records(truthOf(name), 'final_files').map(
      (file) => `${file['path']} ${file['layer']} ${file['size']}`,
    );
    expect(files.map((file) => `${file.path} ${file.layer} ${file.size}`).sort()).toEqual(truth.sort());
  });
});

describe.skipIf(!existsSync(images))('mid/shop', () => {
  it('hides what the table of removed files says', async () => {
    const table = gunzipSync(readFileSync(join(images, 'mid/shop.removed-files.tsv.gz'))).toString();
    expect(await hiddenRows('mid/shop.oci')).toEqual(table.trim().split('\n').slice(1).sort());
  });

  it('counts final files, links, directories and wasted bytes as the truth does', async () => {
    const { history } = await readHistory(join(images, 'mid/shop.oci.tar'));
    const summary = recordField(truthOf('mid/shop.oci'), 'summary') ?? {};
    const all = [...history.view().entries()];
    const count = (kind: number): number => all.filter((file) => file.kind === kind && file.entry >= 0).length;
    expect({
      final_files: count(ENTRY_KIND.file),
      final_bytes: all.reduce((sum, file) => sum + file.size, 0),
      final_dirs: count(ENTRY_KIND.directory),
      final_symlinks: count(ENTRY_KIND.symlink),
      final_hardlinks: count(ENTRY_KIND.hardLink),
      wasted_bytes: measureWaste(history).bytes,
    }).toEqual({
      final_files: summary['final_files'],
      final_bytes: summary['final_bytes'],
      final_dirs: summary['final_dirs'],
      final_symlinks: summary['final_symlinks'],
      final_hardlinks: summary['final_hardlinks'],
      wasted_bytes: summary['wasted_bytes'],
    });
  });

  it('finds setuid files, capabilities and world-writable paths', async () => {
    const { history } = await readHistory(join(images, 'mid/shop.oci.tar'));
    const truth = truthOf('mid/shop.oci');
    const { setuid, capabilities, worldWritable } = reportFiles(history, DEFAULT_LIMITS).files;
    expect(setuid.map((file) => `${file.path} 0o${file.mode} ${file.layer}`)).toEqual(
      records(truth, 'suid').map((file) => `${file['path']} ${file['mode']} ${file['layer']}`),
    );
    expect(capabilities.map((file) => `${file.path} ${file.detail} ${file.layer}`)).toEqual(
      records(truth, 'file_capabilities').map((file) => `${file['path']} ${file['caps']} ${file['layer']}`),
    );
    expect(worldWritable.map((file) => file.path)).toEqual(listField(truth, 'world_writable'));
  });

  it('reports layers with the digests, sizes and compression of the truth', async () => {
    const { history } = await readHistory(join(images, 'mid/shop.oci.tar'));
    const layers = history.layers.map((layer) => [
      layer.diffId,
      layer.digest,
      layer.size,
      layer.uncompressedSize,
      layer.compression,
    ]);
    expect(layers).toEqual(
      records(truthOf('mid/shop.oci'), 'layers').map((layer) => [
        layer['diff_id'],
        layer['blob_digest'],
        layer['blob_size'],
        layer['uncompressed_size'],
        layer['compression'],
      ]),
    );
  });
});

describe.skipIf(!existsSync(images))('images/real', () => {
  const expected: unknown = existsSync(images)
    ? JSON.parse(readFileSync(join(images, 'real/EXPECTED.json'), 'utf8'))
    : {};

  it.each(Object.entries(isRecord(expected) ? expected : {}))('%s', async (name, expectation) => {
    const outcome = await outcomeOf(join(images, 'real', name));
    if (!isRecord(expectation) || typeof expectation['layers'] !== 'number') {
      expect(outcome).toEqual(REAL_OUTCOMES[name]);
      return;
    }
    expect(outcome).toEqual({
      kind: expectation['opens'],
      layers: expectation['layers'],
      platform: `${expectation['os']}/${expectation['architecture']}`,
    });
  });
});

async function outcomeOf(path: string): Promise<unknown> {
  try {
    const { image, history } = await readHistory(path);
    const { os, architecture } = image.platform;
    return { kind: image.kind, layers: history.layers.length, platform: `${os}/${architecture}` };
  } catch (error) {
    if (error instanceof PlimsollError) return error.code;
    throw error;
  }
}

describe.skipIf(!existsSync(images))('hostile inputs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-hostile-'));
  const temporary = join(folder, 'tmp');

  beforeAll(() => {
    const { status } = spawnSync('tar', ['--zstd', '-xf', join(images, 'hostile.tar.zst'), '-C', folder]);
    if (status !== 0) throw new Error('hostile.tar.zst cannot be unpacked');
    spawnSync('mkdir', [temporary]);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has an outcome of ours for every input', () => {
    const names = globSync('hostile/*.tar*', { cwd: folder }).map((path) => path.slice('hostile/'.length));
    expect(names.sort()).toEqual(Object.keys(HOSTILE_OUTCOMES).sort());
  });

  it.each(Object.entries(HOSTILE_OUTCOMES))('%s', (name, outcome) => {
    const run = spawnSync(
      process.execPath,
      ['src/cli/main.ts', 'layers', join(folder, 'hostile', name), '--format', 'json'],
      {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 2 ** 30,
        env: { ...process.env, TMPDIR: temporary },
      },
    );
    const codes = run.status === 0 ? problemCodes(run.stdout) : [/PLM_[A-Z_]+/.exec(run.stderr)?.[0] ?? run.stderr];
    expect({ exit: run.status, codes }).toEqual(outcome);
    expect(run.stderr).not.toContain('\n    at ');
    expect(readdirSync(temporary)).toEqual([]);
    expect(globSync('/tmp/pwned-*')).toEqual([]);
  });
});

function problemCodes(report: string): readonly string[] {
  const document: unknown = JSON.parse(report);
  const problems = isRecord(document) ? records(document, 'problems') : [];
  return [...new Set(problems.map((problem) => textField(problem, 'code') ?? ''))].sort();
}
