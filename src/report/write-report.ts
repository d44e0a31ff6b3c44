import type { Analysis } from '../model/analysis.ts';
import type { TextSink } from './format.ts';
import { jsonText } from './json-text.ts';
import { type ObjectShape, REPORT, type Shape } from './report-shape.ts';
import { compareText } from './summary.ts';

/** Writes report version 1: fixed key order, one list item a line, a final line break. */
export function writeReport(analysis: Analysis, sink: TextSink): void {
  writeObject(analysis, REPORT, sink, '');
  sink.write('\n');
}

function writeObject(value: object, shape: ObjectShape, sink: TextSink, indent: string): void {
  const inner = `${indent}  `;
  let separator = '{\n';
  for (const [name, field] of presentFields(value, shape)) {
    sink.write(`${separator}${inner}${JSON.stringify(name)}: `);
    writeField(field, shape.fields[name] ?? 'value', sink, inner);
    separator = ',\n';
  }
  sink.write(separator === '{\n' ? '{}' : `\n${indent}}`);
}

function writeField(value: unknown, shape: Shape, sink: TextSink, indent: string): void {
  if (typeof shape === 'string' || !isObject(value)) {
    sink.write(jsonText(inShape(value, shape)));
  } else if (Array.isArray(value)) {
    writeList(value, shape, sink, indent);
  } else if (Object.values(shape.fields).every((field) => field === 'value')) {
    sink.write(jsonText(inShape(value, shape)));
  } else {
    writeObject(value, shape, sink, indent);
  }
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
  if (shape === 'value' || !isObject(value)) return value;
  if (Array.isArray(value)) return value.map((item) => inShape(item, shape));
  if (shape === 'map')
    return Object.fromEntries(Object.entries(value).sort(([left], [right]) => compareText(left, right)));
  return Object.fromEntries(
    presentFields(value, shape).map(([name, field]) => [name, inShape(field, shape.fields[name] ?? 'value')]),
  );
}

function presentFields(value: object, shape: ObjectShape): [string, unknown][] {
  const given = new Map<string, unknown>(Object.entries(value));
  return Object.keys(shape.fields)
    .map((name): [string, unknown] => [name, given.get(name)])
    .filter(([, field]) => field !== undefined);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
