import { join } from 'node:path';
import { encodeCanonical } from '../canonical-json.ts';
import { replaceFile } from './durable-write.ts';
import type { FileSystem } from './file-system.ts';
import type { AcceptedRelease } from './remembered.ts';
import type { StorePaths } from './store-layout.ts';

export const RECEIPT_TYPE = 'application/vnd.plimsoll.receipt.v1+json';

/** What a closed site carries back to say that a bundle arrived. */
export interface Receipt extends AcceptedRelease {
  readonly name: string;
  /** `restored`: the highest release was taken again after going back. */
  readonly verdict: 'imported' | 'rolled back' | 'restored';
  readonly at: string;
}

/** Writes the receipt of a bundle, in the place of an earlier one of the same bundle. */
export function writeReceipt(fs: FileSystem, paths: StorePaths, receipt: Receipt): void {
  fs.mkdirSync(paths.receipts, { recursive: true });
  replaceFile(
    fs,
    join(paths.receipts, `${receipt.name}.json`),
    Buffer.concat([encodeCanonical({ ...receipt }), Buffer.from('\n')]),
  );
}
