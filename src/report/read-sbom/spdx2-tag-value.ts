import type { SbomDocument } from './sbom-document.ts';
import { type Spdx2Package, type Spdx2Relationship, spdx2Document } from './spdx2-document.ts';

interface Draft {
  readonly tags: Map<string, string>;
  readonly checksums: { algorithm: string; value: string }[];
  readonly references: { type: string; locator: string }[];
  readonly comments: string[];
}

/** An SPDX 2.x document in tag-value form: `Tag: value` a line, texts of several lines in `<text>…</text>`. */
export function readSpdx2TagValue(text: string): SbomDocument {
  const packages: Draft[] = [];
  const byId = new Map<string, Draft>();
  const relationships: Spdx2Relationship[] = [];
  const extracted = new Map<string, string>();
  const creators: string[] = [];
  let created = '';
  let version = '';
  let licenceId = '';
  let annotated = '';
  for (const [tag, value] of tagValues(text)) {
    const current = packages.at(-1);
    if (tag === 'SPDXVersion') version = value;
    else if (tag === 'Creator') creators.push(value);
    else if (tag === 'Created') created = value;
    else if (tag === 'PackageName') packages.push(draft(value));
    else if (tag === 'SPDXID' && current !== undefined && !current.tags.has('SPDXID')) {
      current.tags.set(tag, value);
      byId.set(value, current);
    } else if (tag === 'LicenseID') licenceId = value;
    else if (tag === 'ExtractedText') extracted.set(licenceId, value);
    else if (tag === 'Relationship') relationships.push(relationship(value));
    else if (tag === 'SPDXREF') annotated = value;
    else if (tag === 'AnnotationComment') byId.get(annotated)?.comments.push(value);
    else if (current !== undefined) addTag(current, tag, value);
  }
  return spdx2Document({ version, packages: packages.map(packageOf), relationships, extracted, creators, created });
}

function draft(name: string): Draft {
  return { tags: new Map([['PackageName', name]]), checksums: [], references: [], comments: [] };
}

function addTag(item: Draft, tag: string, value: string): void {
  if (tag === 'PackageChecksum') {
    const at = value.indexOf(':');
    item.checksums.push({ algorithm: value.slice(0, Math.max(at, 0)), value: value.slice(at + 1).trim() });
  } else if (tag === 'ExternalRef') {
    const [, type = '', ...locator] = value.split(' ');
    item.references.push({ type, locator: locator.join(' ') });
  } else if (tag === 'PackageAttributionText') item.comments.push(value);
  else if (!item.tags.has(tag)) item.tags.set(tag, value);
}

function packageOf({ tags, checksums, references, comments }: Draft): Spdx2Package {
  const tag = (name: string): string => tags.get(name) ?? '';
  return {
    id: tag('SPDXID'),
    name: tag('PackageName'),
    version: tag('PackageVersion'),
    purpose: tag('PrimaryPackagePurpose'),
    licence: tag('PackageLicenseDeclared'),
    checksums,
    references,
    comments,
    sourceInfo: tag('PackageSourceInfo'),
    supplier: tag('PackageSupplier'),
    copyright: tag('PackageCopyrightText'),
  };
}

function relationship(value: string): Spdx2Relationship {
  const [from = '', type = '', to = ''] = value.split(' ');
  return { from, type, to };
}

/** The pairs of a document in order. A text that is never closed ends with the document. */
function* tagValues(text: string): Generator<readonly [string, string]> {
  let at = 0;
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const line = text.slice(at, end).replace(/\r$/, '');
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).trim();
    at = end + 1;
    if (colon <= 0 || line.startsWith('#')) continue;
    const tag = line.slice(0, colon).trim();
    if (!value.startsWith('<text>')) {
      yield [tag, value];
      continue;
    }
    const start = text.indexOf('<text>', end - line.length - 1) + '<text>'.length;
    const close = text.indexOf('</text>', start);
    yield [tag, text.slice(start, close < 0 ? text.length : close)];
    const after = close < 0 ? -1 : text.indexOf('\n', close);
    at = after < 0 ? text.length : after + 1;
  }
}
