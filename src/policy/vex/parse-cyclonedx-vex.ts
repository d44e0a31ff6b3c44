import { isRecord, type JsonRecord, listField, recordField, textField } from '../../bytes/json.ts';
import { decodePercent } from '../../bytes/percent.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import type { VexProduct, VexStatement, VexStatus } from './vex-statement.ts';

/** Analysis states (https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis_state) in the words of OpenVEX. */
const STATUSES: Readonly<Record<string, VexStatus>> = {
  not_affected: 'not_affected',
  false_positive: 'not_affected',
  exploitable: 'affected',
  resolved: 'fixed',
  resolved_with_pedigree: 'fixed',
  in_triage: 'under_investigation',
};

/** Statements of the `vulnerabilities` of a CycloneDX document. */
export function parseCycloneDxVex(document: JsonRecord, path: string): readonly VexStatement[] {
  const metadata = recordField(document, 'metadata') ?? {};
  const purls = componentPurls(document);
  return listField(document, 'vulnerabilities')
    .filter(isRecord)
    .flatMap((vulnerability) => {
      const analysis = recordField(vulnerability, 'analysis') ?? {};
      const state = textField(analysis, 'state') ?? '';
      const status = Object.hasOwn(STATUSES, state) ? STATUSES[state] : undefined;
      if (status === undefined) return [];
      const falsePositive = state === 'false_positive' ? state : undefined;
      const justification = textField(analysis, 'justification') ?? textField(analysis, 'detail') ?? falsePositive;
      const id = textField(vulnerability, 'id');
      return {
        document: path,
        author: textField(recordField(metadata, 'supplier') ?? {}, 'name') ?? textField(document, 'serialNumber') ?? '',
        timestamp: textField(analysis, 'lastUpdated') ?? textField(metadata, 'timestamp') ?? '',
        ids: [...(id === undefined ? [] : [id]), ...referenceIds(vulnerability)],
        status,
        ...(justification === undefined ? {} : { justification }),
        products: listField(vulnerability, 'affects')
          .filter(isRecord)
          .flatMap((target) => toProduct(textField(target, 'ref') ?? '', purls)),
      };
    });
}

function referenceIds(vulnerability: JsonRecord): readonly string[] {
  return listField(vulnerability, 'references')
    .filter(isRecord)
    .flatMap((reference) => textField(reference, 'id') ?? []);
}

/** A reference is a bom-ref of the document, a purl, or a BOM-Link `urn:cdx:serial/version#ref`. */
function toProduct(reference: string, purls: ReadonlyMap<string, string>): readonly VexProduct[] {
  const target = reference.startsWith('urn:cdx:') && reference.includes('#') ? decodedFragment(reference) : reference;
  const id = purls.get(target) ?? (target.startsWith('pkg:') ? target : undefined);
  return id === undefined ? [] : [{ id, subcomponents: [] }];
}

/** The fragment of a BOM-Link; one that is not well encoded stands for itself. */
function decodedFragment(link: string): string {
  const fragment = link.slice(link.indexOf('#') + 1);
  return decodePercent(fragment) ?? fragment;
}

function componentPurls(document: JsonRecord): ReadonlyMap<string, string> {
  const purls = new Map<string, string>();
  const root = recordField(recordField(document, 'metadata') ?? {}, 'component');
  const open = [...(root === undefined ? [] : [root]), ...listField(document, 'components').filter(isRecord)].map(
    (component) => ({ component, depth: 0 }),
  );
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const reference = textField(next.component, 'bom-ref');
    const purl = textField(next.component, 'purl');
    if (reference !== undefined && purl !== undefined) purls.set(reference, purl);
    if (next.depth >= DEFAULT_LIMITS.jsonDepth) continue;
    for (const component of listField(next.component, 'components').filter(isRecord))
      open.push({ component, depth: next.depth + 1 });
  }
  return purls;
}
