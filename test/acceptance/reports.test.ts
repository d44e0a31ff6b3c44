import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyzeImage } from '../../src/analyze.ts';
import { analyzeSbom } from '../../src/analyze-sbom.ts';
import { chooseBundle } from '../../src/bundle/choose-bundle.ts';
import { PlimsollError } from '../../src/errors.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import type { Analysis } from '../../src/model/analysis.ts';
import { rematchReport } from '../../src/pipeline/rematch-report.ts';
import { applyPolicy } from '../../src/policy/apply-policy.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';
import { hasShared, SHARED } from '../support/shared-data.ts';

const VERSIONS = [
  ['1.4', Spec.Version.v1dot4],
  ['1.5', Spec.Version.v1dot5],
  ['1.6', Spec.Version.v1dot6],
  ['1.7', Spec.Version.v1dot7],
] as const;
const SBOMS = ['cyclonedx-json', 'cyclonedx-xml', 'spdx-json', 'spdx-tag-value', 'spdx3-json'] as const;

const isThere = hasShared('schemas', 'reports');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

function readJson(path: string): Record<string, unknown> {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof value !== 'object' || value === null) throw new Error(`${path} holds no object`);
  return { ...value };
}

/** Archives of the acceptance data that hold at least an image. */
function archives(): readonly string[] {
  return ['small', 'mid', 'real'].flatMap((set) => {
    const path = join(SHARED, 'images', set);
    return readdirSync(path)
      .filter((name) => /\.tar(?:\.gz)?$/.test(name))
      .map((name) => join(path, name));
  });
}

const options: AnalyzeOptions = {
  limits: DEFAULT_LIMITS,
  scanners: new Set(['vuln', 'secret', 'config', 'license', 'file']),
  workers: 0,
  version: '0.1.0',
  bundle: chooseBundle({ defaultStore: join(folder, 'no-store'), now: Date.parse('2026-11-22T00:00:00Z') }).bundle,
};

/** The judged analysis of an archive, or undefined where it is refused as no image. */
async function analyze(path: string): Promise<Analysis | undefined> {
  try {
    return applyPolicy(await analyzeImage(path, options), { failOn: 'critical' }, new Date('2026-11-22T00:00:00Z'));
  } catch (error) {
    if (error instanceof PlimsollError) return undefined;
    throw error;
  }
}

function spdxValidator() {
  return new Ajv({ strict: false, allErrors: true }).compile(
    readJson(join(SHARED, 'schemas/spdx/spdx-schema-2.3.json')),
  );
}

/** The SARIF schema is of draft 4, which differs only in the name of its id as far as it uses it. */
function sarifValidator() {
  const { $schema, id, ...schema } = readJson(join(SHARED, 'schemas/sarif/sarif-schema-2.1.0.json'));
  expect($schema).toContain('draft-04');
  return new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile({ ...schema, $id: String(id) });
}

describe.runIf(isThere)('every image that opens', () => {
  const spdx = isThere ? spdxValidator() : undefined;
  const sarif = isThere ? sarifValidator() : undefined;
  const report = new Ajv2020({ allErrors: true }).compile(
    readJson(join(import.meta.dirname, '../../schema/report-1.schema.json')),
  );

  it.each(isThere ? archives().map((path) => [basename(path), path] as const) : [])(
    '%s: reports are valid and SBOMs match like the image',
    async (name, path) => {
      const analysis = await analyze(path);
      if (analysis === undefined) return;
      report(JSON.parse(await reportText('json', analysis)));
      expect(report.errors).toBeNull();
      for (const [version, spec] of VERSIONS) {
        expect(
          await new Validation.JsonStrictValidator(spec).validate(
            await reportText(`cyclonedx-json@${version}`, analysis),
          ),
        ).toBeNull();
      }
      spdx?.(JSON.parse(await reportText('spdx-json', analysis)));
      expect(spdx?.errors).toBeNull();
      sarif?.(JSON.parse(await reportText('sarif', analysis)));
      expect(sarif?.errors).toBeNull();
      const packages = analysis.packages.map(({ linked, ...carried }) => carried);
      const expected = rematchReport({ ...analysis, packages, vulnerabilities: [] }, options.bundle);
      for (const format of SBOMS) {
        const file = join(folder, `${name}.${format}`);
        writeFileSync(file, await reportText(format, analysis));
        const again = await analyzeSbom(file, options);
        expect(again.packages, format).toEqual(packages);
        expect(
          again.vulnerabilities.map(({ suppressed, ...finding }) => finding),
          format,
        ).toEqual(expected.vulnerabilities.map(({ suppressed, ...finding }) => finding));
        expect(again.fixPlan, format).toEqual(expected.fixPlan);
        expect({ ...again.image, kind: '' }, format).toEqual({ ...analysis.image, kind: '' });
      }
    },
  );
});

/** Runs a program; undefined (and a line on the console) where it is not installed. */
function runTool(
  program: string,
  args: readonly string[],
): { readonly status: number | null; readonly text: string } | undefined {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error === undefined) return { status, text: `${stdout}${stderr}` };
  console.log(`acceptance: ${program} is not installed, its validation is left out`);
  return undefined;
}

async function written(format: string, name: string): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, await reportText(format, analysisFixture()));
  return file;
}

describe.runIf(isThere)('independent validators', () => {
  it.each(VERSIONS)('xmllint holds CycloneDX %s to the official XSD', async (version) => {
    const schemas = join(SHARED, 'schemas/cyclonedx');
    for (const name of [`bom-${version}.xsd`, 'spdx.xsd']) {
      // The licence list is beside it; its published address is not reachable here.
      const text = readFileSync(join(schemas, name), 'utf8').replace(
        'schemaLocation="http://cyclonedx.org/schema/spdx"',
        'schemaLocation="spdx.xsd"',
      );
      writeFileSync(join(folder, name), text);
    }
    const file = await written(`cyclonedx-xml@${version}`, `fixture-${version}.xml`);
    const run = runTool('xmllint', ['--nonet', '--noout', '--schema', join(folder, `bom-${version}.xsd`), file]);
    if (run !== undefined) expect(run).toEqual({ status: 0, text: `${file} validates\n` });
  });

  it.each([
    ['spdx-json', 'fixture.spdx.json'],
    ['spdx-tag-value', 'fixture.spdx'],
  ])('spdx-tools of Python accept %s', async (format, name) => {
    const run = runTool('pyspdxtools', ['-i', await written(format, name)]);
    if (run !== undefined) expect(run.status, run.text).toBe(0);
  });

  it.each([
    ['spdx-json', 'java.spdx.json', 'JSON'],
    ['spdx-tag-value', 'java.spdx', 'TAG'],
    ['spdx3-json', 'java.spdx3.json', 'JSONLD'],
  ])('the SPDX Java tools accept %s', async (format, name, type) => {
    const jar = process.env['SPDX_TOOLS_JAR'];
    if (jar === undefined) {
      console.log('acceptance: SPDX_TOOLS_JAR names no org.spdx:tools-java jar, its validation is left out');
      return;
    }
    const run = runTool('java', ['-jar', jar, 'Verify', await written(format, name), type]);
    if (run !== undefined) expect(run.text).toContain('This SPDX Document is valid.');
  });

  it.each([
    ['spdx-json', 'spdx2', 'ntia.spdx.json'],
    ['spdx3-json', 'spdx3', 'ntia.spdx3.json'],
  ])('ntia-conformance-checker misses only suppliers that nothing names in %s', async (format, spec, name) => {
    const run = runTool('ntia-checker', ['-s', spec, await written(format, name)]);
    if (run === undefined) return;
    const missing = run.text.split('\n').filter((line) => /\?\s+\| False/.test(line));
    expect(missing.map((line) => line.replace(/\s+\|.*/, ''))).toEqual(['All component suppliers provided?']);
  });
});
