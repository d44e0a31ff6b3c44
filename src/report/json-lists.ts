import type { TextSink } from './format.ts';
import { jsonText } from './json-text.ts';

/** An object as JSON, an item of each of its lists on a line of its own: some documents are too long for one string. */
export function writeJsonLists(document: object, sink: TextSink): void {
  let separator = '{';
  for (const [name, value] of Object.entries(document)) {
    if (value === undefined) continue;
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
