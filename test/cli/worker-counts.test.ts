import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_CONFIG, sampleLayers } from '../../scripts/sample/contents.ts';
import { writeOciArchive } from '../../scripts/sample/oci-archive.ts';
import { formatIds } from '../../src/report/load-format.ts';
import { type ProgramRun, runPlimsoll } from '../support/run-plimsoll.ts';

const TEMPLATE = '{{#packages}}{{id}} {{state}}\n{{/packages}}{{#problems}}{{code}} {{path}}\n{{/problems}}';
const WORKERS = ['0', '1', '2', '3'];

let folder = '';
let runs: readonly ProgramRun[] = [];

const fileOf = (workers: string, format: string): string => join(folder, `${workers}.${format}`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-workers-'));
  const image = join(folder, 'sample.oci.tar');
  writeFileSync(image, await writeOciArchive('harbour:1.4.0', sampleLayers(), SAMPLE_CONFIG));
  const template = join(folder, 'list.mustache');
  writeFileSync(template, TEMPLATE);
  runs = WORKERS.map((workers) =>
    runPlimsoll([
      ...['scan', image, '--workers', workers, '--include-files', '--template', template],
      ...formatIds().flatMap((format) => ['-o', `${format}=${fileOf(workers, format)}`]),
    ]),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('plimsoll scan --workers', () => {
  it('ends alike for any number of workers', () => {
    expect(runs.map(({ status, stdout, stderr }) => ({ status, stdout, stderr }))).toEqual(WORKERS.map(() => runs[0]));
  });

  it.each(formatIds())('writes %s as the same bytes for any number of workers', (format) => {
    const [first = '', ...others] = WORKERS.map((workers) => readFileSync(fileOf(workers, format), 'utf8'));
    expect(first).not.toBe('');
    expect(others).toEqual(others.map(() => first));
  });
});
