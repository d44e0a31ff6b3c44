import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.ts';
import type { Secret } from '../../src/model/secret.ts';
import { type ObjectShape, REPORT } from '../../src/report/report-shape.ts';
import { inShape } from '../../src/report/write-report.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { completeAnalysis } from '../support/complete-analysis.ts';
import { reportText } from '../support/report-text.ts';

const schema: unknown = JSON.parse(readFileSync(new URL('../../schema/report-1.schema.json', import.meta.url), 'utf8'));

function validator() {
  if (typeof schema !== 'object' || schema === null) throw new Error('the schema is no object');
  return new Ajv2020({ strict: true, allErrors: true }).compile(schema);
}

describe('json', () => {
  it('is valid under the published schema', async () => {
    const validate = validator();
    validate(JSON.parse(await reportText('json', analysisFixture())));
    expect(validate.errors).toBeNull();
  });

  it('holds every field of the model, and the schema describes them all', () => {
    const complete = completeAnalysis();
    expect(inShape(complete, REPORT)).toEqual(complete);
    const validate = validator();
    validate(complete);
    expect(validate.errors).toBeNull();
    expect(undescribed(REPORT, schema, schema)).toEqual([]);
  });

  it('may name every place of a secret', () => {
    const sources: Readonly<Record<Secret['source'], true>> = {
      file: true,
      env: true,
      label: true,
      history: true,
      cmd: true,
      entrypoint: true,
      healthcheck: true,
      onbuild: true,
      annotation: true,
      attestation: true,
      config: true,
    };
    const { secrets, ...analysis } = completeAnalysis();
    const places = Object.keys(sources).flatMap((source) => secrets.map((secret) => ({ ...secret, source })));
    const validate = validator();
    validate({ ...analysis, secrets: places });
    expect(validate.errors).toBeNull();
  });

  it('leaves out what the report version does not name', async () => {
    const leaky: Analysis = { ...analysisFixture(), ...{ environment: { GH_TOKEN: 'value' } } };
    expect(await reportText('json', leaky)).toBe(await reportText('json', analysisFixture()));
  });

  it('writes fields in one order, whatever order they were made in', async () => {
    const analysis = analysisFixture();
    const turned: Analysis = { ...Object.fromEntries(Object.entries(analysis).reverse()), ...analysis };
    const shuffled = {
      ...turned,
      packages: analysis.packages.map((item) => {
        const { id, ...others } = item;
        return { ...others, id };
      }),
    };
    expect(await reportText('json', shuffled)).toBe(await reportText('json', analysis));
  });

  it('writes no control or bidirectional character raw', async () => {
    expect((await reportText('json', analysisFixture())).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('sorts free keys and ends with a line break', async () => {
    const text = await reportText('json', analysisFixture());
    expect(text.indexOf('"maintainer"')).toBeLessThan(text.indexOf('"org.opencontainers.image.title"'));
    expect(text.endsWith('}\n')).toBe(true);
  });
});

/** Names of the shape that the schema says nothing about. */
function undescribed(shape: ObjectShape, part: unknown, root: unknown, path = ''): string[] {
  const described = follow(part, root);
  const properties = field(described, 'properties');
  return Object.entries(shape.fields).flatMap(([name, child]) => {
    const own = field(properties, name);
    if (own === undefined) return [`${path}/${name}`];
    return typeof child === 'string' ? [] : undescribed(child, own, root, `${path}/${name}`);
  });
}

function follow(part: unknown, root: unknown): unknown {
  const reference = field(part, '$ref');
  if (typeof reference === 'string')
    return follow(field(field(root, '$defs'), reference.replace('#/$defs/', '')), root);
  const items = field(part, 'items');
  return items === undefined ? part : follow(items, root);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;
}
