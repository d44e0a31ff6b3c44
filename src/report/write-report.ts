import { compareText } from '../bytes/compare-text.ts';
import { isRecord, type JsonRecord } from '../bytes/json.ts';
import type { Analysis } from '../model/analysis.ts';
import type { TextSink } from './format.ts';
import { jsonText } from './json-text.ts';
import { type ObjectShape, REPORT, type Shape } from './report-shape.ts';

/** Writes report version 1: fixed key order, one list item a line, a final line break. */
export function writeReport(analysis: Analysis, sink: TextSink): void {
  writeField(analysis, REPORT, sink, '');
  sink.write('\n');
}

function writeObject(value: JsonRecord, shape: ObjectShape, sink: TextSink, indent: string): void {
  const inner = `${indent}  `;
  let separator = '{\n';
  for (const [name, child] of shape.entries) {
    const field = value[name];
    if (field === undefined) continue;
    sink.write(`${separator}${inner}${JSON.stringify(name)}: `);
    writeField(field, child, sink, inner);
    separator = ',\n';
  }
  sink.write(separator === '{\n' ? '{}' : `\n${indent}}`);
}

function writeField(value: unknown, shape: Shape, sink: TextSink, indent: string): void {
  if (Array.isArray(value) && typeof shape !== 'string') writeList(value, shape, sink, indent);
  else if (isRecord(value) && typeof shape !== 'string' && !isFlat(shape)) writeObject(value, shape, sink, indent);
  else sink.write(jsonText(inShape(value, shape)));
}

/** An object of scalars only stays on one line. */
function isFlat(shape: ObjectShape): boolean {
  return shape.entries.every(([, child]) => child === 'value');
}

function writeList(items: readonly unknown[], shape: Shape, sink: TextSink, indent: string): void {
  if (items.length === 0) {
    sink.write('[]');
    return;
  }
  let separator = '[';
  for (const item of items) {
    sink.write(`${separator}\n${indent}  ${jsonText(inShape(item, shape))}`);
    separator = ',';
  }
  sink.write(`\n${indent}]`);
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
