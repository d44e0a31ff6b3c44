import { isRecord, type JsonRecord, textField } from '../bytes/json.ts';

/** A text of a document and the field it stands in. */
export interface DocumentText {
  readonly name: string;
  readonly text: string;
}

/**
 * The texts of a statement about a build, in order: build arguments stand as fields, and the fullest form carries every
 * command and variable, and the Dockerfile as base64 beside its name
 * (https://docs.docker.com/build/metadata/attestations/slsa-definitions/).
 */
export function* documentTexts(document: JsonRecord): Generator<DocumentText> {
  const waiting: { readonly name: string; readonly value: unknown }[] = [{ name: '', value: document }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, value } = next;
    if (typeof value === 'string') yield { name, text: value };
    else if (Array.isArray(value)) for (const item of value.toReversed()) waiting.push({ name, value: item });
    else if (isRecord(value)) {
      const source = sourceOf(value);
      for (const [field, item] of Object.entries(value).reverse())
        waiting.push(field === 'data' && source !== undefined ? source : { name: field, value: item });
    }
  }
}

function sourceOf(record: JsonRecord): { readonly name: string; readonly value: string } | undefined {
  const [name, data] = [textField(record, 'filename'), textField(record, 'data')];
  if (name === undefined || data === undefined) return undefined;
  return { name, value: Buffer.from(data, 'base64').toString() };
}
