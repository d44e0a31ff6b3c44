import { isRecord, type JsonRecord, listField, textField } from '../../bytes/json.ts';
import { lines } from '../../bytes/lines.ts';
import type { SbomComponent, SbomContent } from './parse-component.ts';

const NO_LICENSE = ['NOASSERTION', 'NONE'];

/** Packages of an SPDX 2 document in JSON (https://spdx.github.io/spdx-spec/v2.3/); undefined for any other. */
export function parseSpdxJson(document: JsonRecord): SbomContent | undefined {
  const version = textField(document, 'spdxVersion');
  if (version === undefined) return undefined;
  const components: SbomComponent[] = [];
  let unnamed = 0;
  for (const item of listField(document, 'packages').filter(isRecord)) {
    const references = listField(item, 'externalRefs').filter(isRecord);
    const purl = references.find((reference) => textField(reference, 'referenceType') === 'purl');
    const locator = purl === undefined ? undefined : textField(purl, 'referenceLocator');
    if (locator === undefined) {
      if (textField(item, 'versionInfo')) unnamed += 1;
      continue;
    }
    const license = [textField(item, 'licenseConcluded'), textField(item, 'licenseDeclared')].find(isLicense);
    components.push({ purl: locator, licenses: license === undefined ? [] : [license], hashes: checksums(item) });
  }
  return { format: version, components, unnamed };
}

function checksums(item: JsonRecord): SbomComponent['hashes'] {
  return listField(item, 'checksums')
    .filter(isRecord)
    .flatMap((checksum) => {
      const algorithm = textField(checksum, 'algorithm');
      const value = textField(checksum, 'checksumValue');
      return algorithm === undefined || value === undefined ? [] : [{ algorithm: algorithm.toLowerCase(), value }];
    });
}

function isLicense(text: string | undefined): text is string {
  return text !== undefined && text !== '' && !NO_LICENSE.includes(text);
}

/** The same from the tag-value form: `PackageName` begins a package. */
export function parseSpdxTags(text: string): SbomContent | undefined {
  let version: string | undefined;
  let unnamed = 0;
  let current: { purl?: string | undefined; license?: string; version?: string } | undefined;
  const components: SbomComponent[] = [];
  const finish = (): void => {
    if (current?.purl !== undefined) {
      components.push({
        purl: current.purl,
        licenses: current.license === undefined ? [] : [current.license],
        hashes: [],
      });
    } else if (current?.version !== undefined) unnamed += 1;
  };
  for (const line of lines(text)) {
    const [, tag, value = ''] = /^([A-Za-z]+): *(.*)$/.exec(line) ?? [];
    if (tag === 'SPDXVersion') version = value;
    else if (tag === 'PackageName') {
      finish();
      current = {};
    } else if (current !== undefined && tag === 'PackageVersion') current.version = value;
    else if (current !== undefined && tag === 'ExternalRef')
      current.purl ??= /^PACKAGE[-_]MANAGER purl (\S+)/.exec(value)?.[1];
    else if (current !== undefined && /^PackageLicense(?:Concluded|Declared)$/.test(tag ?? '') && isLicense(value))
      current.license ??= value;
  }
  finish();
  return version === undefined ? undefined : { format: version, components, unnamed };
}
