import { hash } from 'node:crypto';
import type { Package } from '../../model/package.ts';
import { supplierName } from '../sbom/supplier.ts';

export const DOCUMENT_ID = 'SPDXRef-DOCUMENT';
export const IMAGE_ID = 'SPDXRef-Image';
export const OS_ID = 'SPDXRef-OperatingSystem';

/** Letters of a name kept in an id, so that people can follow a relationship. */
const READABLE = 40;

/** An id from content: type, readable name and a hash of the package id. */
export function packageSpdxId(item: Package): string {
  return `SPDXRef-Package-${readable(item.type)}-${readable(item.name)}-${shortHash(item.id)}`;
}

/** The id of the source package, where it is another than the package itself. */
export function sourceSpdxId(item: Package): string | undefined {
  const { source } = item;
  if (source === undefined || (source.name === item.name && source.version === item.version)) return undefined;
  return `SPDXRef-Source-${readable(item.type)}-${readable(source.name)}-${shortHash(JSON.stringify([item.type, item.namespace, source.name, source.version]))}`;
}

/** The id of the organization that supplied a package; undefined where nobody says who did. */
export function supplierSpdxId(item: Package): string | undefined {
  const name = supplierName(item);
  return name === undefined || name === '' ? undefined : `SPDXRef-Supplier-${shortHash(name)}`;
}

/** Sixteen hex digits: 64 bits hold a million ids apart. */
export function shortHash(text: string): string {
  return hash('sha256', text).slice(0, 16);
}

function readable(text: string): string {
  return text.replace(/[^A-Za-z0-9.]+/g, '-').slice(0, READABLE);
}
