import { compareText } from '../bytes/compare-text.ts';
import { isRecord, type JsonRecord } from '../bytes/json.ts';
import type { Analysis } from '../model/analysis.ts';
import type { TextSink } from './format.ts';
import { jsonText } from './json-text.ts';
import { type ObjectShape, REPORT, type Shape } from './report-shape.ts';

/** Writes report version 1: fixed key order, one list item a line, a final line break. */
export function writeReport(analysis: Analysis, sink: TextSink): void {
  new ReportWriter(sink).field(analysis, REPORT, '');
  sink.write('\n');
}

class ReportWriter {
  readonly #sink: TextSink;

  constructor(sink: TextSink) {
    this.#sink = sink;
  }

  field(value: unknown, shape: Shape, indent: string): void {
    if (Array.isArray(value) && typeof shape !== 'string') this.#list(value, shape, indent);
    else if (isRecord(value) && typeof shape !== 'string' && !isFlat(shape)) this.#object(value, shape, indent);
    else this.#sink.write(jsonText(inShape(value, shape)));
  }

  #object(value: JsonRecord, shape: ObjectShape, indent: string): void {
    const inner = `${indent}  `;
    let separator = '{\n';
    for (const [name, child] of shape.entries) {
      const field = value[name];
      if (field === undefined) continue;
      this.#sink.write(`${separator}${inner}${JSON.stringify(name)}: `);
      this.field(field, child, inner);
      separator = ',\n';
    }
    this.#sink.write(separator === '{\n' ? '{}' : `\n${indent}}`);
  }

  #list(items: readonly unknown[], shape: Shape, indent: string): void {
    if (items.length === 0) {
      this.#sink.write('[]');
      return;
    }
    let separator = '[';
    for (const item of items) {
      this.#sink.write(`${separator}\n${indent}  ${jsonText(inShape(item, shape))}`);
      separator = ',';
    }
    this.#sink.write(`\n${indent}]`);
  }
}

/** An object of scalars only stays on one line. */
function isFlat(shape: ObjectShape): boolean {
  return shape.entries.every(([, child]) => child === 'value');
}

/** The value with the shape's fields only, in the shape's order. */
export function inShape(value: unknown, shape: Shape): unknown {
  if (shape === 'value') return value;
  if (Array.isArray(value)) return value.map((item) => inShape(item, shape));
  if (!isRecord(value)) return value;
  if (shape === 'map')
    return Object.fromEntries(Object.entries(value).sort(([left], [right]) => compareText(left, right)));
  const shaped: Record<string, unknown> = {};
  for (const [name, child] of shape.entries) {
    const field = value[name];
    if (field !== undefined) shaped[name] = child === 'value' ? field : inShape(field, child);
  }
  return shaped;
}
