import type { ImageDiff } from '../../model/image-diff.ts';
import { writeDiffMarkdown } from '../../report/diff/diff-markdown.ts';
import { writeDiffTable } from '../../report/diff/diff-table.ts';
import { writeJsonLists } from '../../report/json-lists.ts';
import type { OwnFormats } from '../own-formats.ts';

/** Formats of a comparison; its JSON follows schema/diff-1.schema.json. */
export const DIFF_FORMATS: OwnFormats<ImageDiff> = {
  table: writeDiffTable,
  json: writeJsonLists,
  markdown: writeDiffMarkdown,
};
