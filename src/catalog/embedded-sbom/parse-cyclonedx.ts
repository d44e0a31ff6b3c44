import { isRecord, type JsonRecord, listField, recordField, textField } from '../../bytes/json.ts';
import type { SbomComponent, SbomContent } from './parse-component.ts';

/** Kinds of component that are packages; files, devices and systems are not. */
const PACKAGE_KINDS = ['application', 'framework', 'library', 'container'];

/** Components of a CycloneDX document, nested ones too (https://cyclonedx.org/docs/1.6/json/); undefined for any other. */
export function parseCyclonedx(document: JsonRecord): SbomContent | undefined {
  if (textField(document, 'bomFormat') !== 'CycloneDX') return undefined;
  const components: SbomComponent[] = [];
  let unnamed = 0;
  const waiting = listField(document, 'components').filter(isRecord);
  for (let component = waiting.pop(); component !== undefined; component = waiting.pop()) {
    for (const inner of listField(component, 'components')) if (isRecord(inner)) waiting.push(inner);
    const purl = textField(component, 'purl');
    if (purl !== undefined) components.push({ purl, licenses: licensesOf(component), hashes: hashesOf(component) });
    else if (PACKAGE_KINDS.includes(textField(component, 'type') ?? '') && textField(component, 'version'))
      unnamed += 1;
  }
  return { format: `CycloneDX ${textField(document, 'specVersion') ?? ''}`.trim(), components, unnamed };
}

function licensesOf(component: JsonRecord): string[] {
  return listField(component, 'licenses')
    .filter(isRecord)
    .flatMap((choice) => {
      const license = recordField(choice, 'license') ?? {};
      const text = textField(choice, 'expression') ?? textField(license, 'id') ?? textField(license, 'name');
      return text === undefined ? [] : [text];
    });
}

function hashesOf(component: JsonRecord): SbomComponent['hashes'] {
  return listField(component, 'hashes')
    .filter(isRecord)
    .flatMap((hash) => {
      const algorithm = textField(hash, 'alg');
      const value = textField(hash, 'content');
      return algorithm === undefined || value === undefined
        ? []
        : [{ algorithm: algorithm.toLowerCase().replace('sha-', 'sha'), value }];
    });
}
