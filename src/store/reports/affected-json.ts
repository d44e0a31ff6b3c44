import type { AffectedImage } from './affected-images.ts';
import type { AffectedReport } from './render-affected.ts';

/** What goes into the document around the images. */
export interface AffectedFrame extends Pick<AffectedReport, 'from' | 'to' | 'total'> {
  /** Left out where a run judged nothing. */
  readonly policies?: readonly unknown[];
}

/** The JSON form of a report piece by piece: a bundle that changes fifty thousand names makes gigabytes of it. */
export async function* affectedJson(
  { from, to, total, policies }: AffectedFrame,
  pages: AsyncIterable<readonly AffectedImage[]>,
): AsyncGenerator<string> {
  yield `{\n  "schemaVersion": 1,\n  "from": ${indented(from, 2)},\n  "to": ${indented(to, 2)},\n  "images": [`;
  let first = true;
  for await (const images of pages) {
    for (const image of images) {
      yield `${first ? '' : ','}\n    ${indented(image, 4)}`;
      first = false;
    }
  }
  yield first ? ']' : '\n  ]';
  if (total !== undefined) yield `,\n  "total": ${total}`;
  if (policies !== undefined) yield `,\n  "policies": ${indented(policies, 2)}`;
  yield '\n}\n';
}

function indented(value: unknown, depth: number): string {
  return JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${' '.repeat(depth)}`);
}
