import { createHash } from 'node:crypto';
import type { Analysis } from '../../model/analysis.ts';
import type { ReportOptions } from '../format.ts';
import { writeReport } from '../write-report.ts';

/** Namespace of our UUIDs, derived from the URL namespace of RFC 9562. */
const NAMESPACE = uuid5('6ba7b811-9dad-11d1-80b4-00c04fd430c8', 'urn:plimsoll:report');

/** UUID version 5 (RFC 9562 section 5.5): SHA-1 of namespace and name. */
function uuid5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The id of one document: the same report written in the same format with the same options always gets the same one. */
export function documentUuid(analysis: Analysis, format: string, options: ReportOptions): string {
  const hash = createHash('sha256');
  writeReport(listedParts(analysis), { write: (text) => hash.update(text) });
  const { history, created, author } = options;
  const parts = [format, history, created ?? null, hash.digest('hex'), ...(author === undefined ? [] : [author])];
  return uuid5(NAMESPACE, JSON.stringify(parts));
}

/** What SBOMs and statements speak about: hidden files, secrets and checks are in none of them. */
function listedParts(analysis: Analysis): Analysis {
  const { all } = analysis.files;
  const none = { deleted: [], overwritten: [], setuid: [], capabilities: [], worldWritable: [] };
  return { ...analysis, secrets: [], misconfigurations: [], files: { ...none, ...(all !== undefined && { all }) } };
}

/** A stable UUID for one thing inside a document. */
export function itemUuid(...parts: readonly string[]): string {
  return uuid5(NAMESPACE, JSON.stringify(parts));
}
