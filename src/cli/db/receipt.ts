import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_FILE_SYSTEM } from '../../bundle/store/file-system.ts';
import { inspectStore } from '../../bundle/store/inspect-store.ts';
import { RECEIPT_TYPE } from '../../bundle/store/receipt.ts';
import { storePaths } from '../../bundle/store/store-layout.ts';
import { signedDocumentJson } from '../../bundle/trust/dsse.ts';
import { signDocument } from '../../bundle/trust/signing-key.ts';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { stringsOf } from '../arguments.ts';
import type { Subcommand } from '../subcommand.ts';
import { keyOptions, signingKeysOf, storeOf, storeOption } from './db-arguments.ts';

/** `plimsoll db receipt`: one line to carry back, for sites without a way out for data. */
export const receipt: Subcommand = {
  usage: 'receipt',
  summary: 'one line that says which bundle arrived here, to carry back',
  options: (argv) => keyOptions(storeOption(argv)),
  run(args) {
    const store = storeOf(args);
    const { name } = inspectStore(NODE_FILE_SYSTEM, store);
    const line = readReceipt(join(storePaths(store).receipts, `${name}.json`));
    const keys = signingKeysOf(args, stringsOf(args, 'key'));
    const unsigned = { payloadType: RECEIPT_TYPE, payload: Buffer.from(line), signatures: [] };
    const text = keys.length === 0 ? line : JSON.stringify(signedDocumentJson(keys.reduce(signDocument, unsigned)));
    process.stdout.write(`${text}\n`);
    return 0;
  },
};

function readReceipt(path: string): string {
  try {
    return readFileSync(path, 'utf8').trimEnd();
  } catch (cause) {
    throw new PlimsollError('PLM_BUNDLE_STORE', `the receipt cannot be read (${systemErrorCode(cause)})`, {
      path,
      cause,
    });
  }
}
