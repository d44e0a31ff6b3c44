import type { ImageDiff } from '../../model/image-diff.ts';
import type { TextSink } from '../format.ts';
import { jsonText } from '../json-text.ts';

/** A comparison as JSON (schema/diff-1.schema.json), an item of a list each line: lists of files are too long for one string. */
export function writeDiffJson(diff: ImageDiff, sink: TextSink): void {
  let separator = '{';
  for (const [name, value] of Object.entries(diff)) {
    sink.write(`${separator}\n  ${JSON.stringify(name)}: `);
    if (Array.isArray(value)) writeItems(value, sink);
    else sink.write(jsonText(value));
    separator = ',';
  }
  sink.write('\n}\n');
}

function writeItems(items: readonly unknown[], sink: TextSink): void {
  for (const [index, item] of items.entries()) sink.write(`${index === 0 ? '[' : ','}\n    ${jsonText(item)}`);
  sink.write(items.length === 0 ? '[]' : '\n  ]');
}
