import { isRecord, type JsonRecord, listField, ownField, recordField, textField, textList } from '../../bytes/json.ts';
import { parseVexStatus, type VexProduct, type VexStatement } from './vex-statement.ts';

/** Statements of an OpenVEX 0.2.0 document (https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md); 0.0.x names are read too. */
export function parseOpenVex(document: JsonRecord, path: string): readonly VexStatement[] {
  return listField(document, 'statements')
    .filter(isRecord)
    .flatMap((statement) => {
      const status = parseVexStatus(textField(statement, 'status'));
      if (status === undefined) return [];
      const justification = textField(statement, 'justification') ?? textField(statement, 'impact_statement');
      return {
        document: path,
        author: textField(document, 'author') ?? '',
        timestamp: textField(statement, 'timestamp') ?? textField(document, 'timestamp') ?? '',
        ids: vulnerabilityIds(statement),
        status,
        ...(justification === undefined ? {} : { justification }),
        products: listField(statement, 'products').flatMap(toProduct),
      };
    });
}

function vulnerabilityIds(statement: JsonRecord): readonly string[] {
  const vulnerability = ownField(statement, 'vulnerability');
  if (typeof vulnerability === 'string') return [vulnerability];
  if (!isRecord(vulnerability)) return [];
  const name = textField(vulnerability, 'name') ?? textField(vulnerability, '@id');
  return [...(name === undefined ? [] : [name]), ...textList(vulnerability, 'aliases')];
}

function toProduct(product: unknown): readonly VexProduct[] {
  if (typeof product === 'string') return [{ id: product, subcomponents: [] }];
  if (!isRecord(product)) return [];
  const id = componentId(product);
  if (id === undefined) return [];
  return [{ id, subcomponents: listField(product, 'subcomponents').flatMap((part) => componentIds(part)) }];
}

function componentIds(part: unknown): readonly string[] {
  if (typeof part === 'string') return [part];
  const id = isRecord(part) ? componentId(part) : undefined;
  return id === undefined ? [] : [id];
}

function componentId(component: JsonRecord): string | undefined {
  const identifiers = recordField(component, 'identifiers');
  const purl = identifiers === undefined ? undefined : textField(identifiers, 'purl');
  return purl ?? textField(component, '@id');
}
