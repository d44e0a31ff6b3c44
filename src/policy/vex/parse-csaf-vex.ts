import { isRecord, type JsonRecord, listField, recordField, textField, textList } from '../../bytes/json.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import type { VexProduct, VexStatement, VexStatus } from './vex-statement.ts';

const STATUSES: readonly (readonly [string, VexStatus])[] = [
  ['known_not_affected', 'not_affected'],
  ['known_affected', 'affected'],
  ['fixed', 'fixed'],
  ['under_investigation', 'under_investigation'],
];

/** Statements of a CSAF 2.0 VEX document (https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html#45-profile-5-vex). */
export function parseCsafVex(document: JsonRecord, path: string): readonly VexStatement[] {
  const meta = recordField(document, 'document') ?? {};
  const author = textField(recordField(meta, 'publisher') ?? {}, 'name') ?? '';
  const timestamp = textField(recordField(meta, 'tracking') ?? {}, 'current_release_date') ?? '';
  const products = productTree(recordField(document, 'product_tree') ?? {});
  return listField(document, 'vulnerabilities')
    .filter(isRecord)
    .flatMap((vulnerability) => {
      const ids = vulnerabilityIds(vulnerability);
      const status = recordField(vulnerability, 'product_status') ?? {};
      return STATUSES.flatMap(([key, meaning]) =>
        textList(status, key).map((productId) => {
          const justification = meaning === 'not_affected' ? reasonFor(vulnerability, productId) : undefined;
          return {
            document: path,
            author,
            timestamp,
            ids,
            status: meaning,
            ...(justification === undefined ? {} : { justification }),
            products: products.get(productId) ?? [],
          };
        }),
      );
    });
}

function vulnerabilityIds(vulnerability: JsonRecord): readonly string[] {
  const cve = textField(vulnerability, 'cve');
  const others = listField(vulnerability, 'ids')
    .filter(isRecord)
    .map((id) => textField(id, 'text'));
  return [cve, ...others].filter((id) => id !== undefined);
}

/** The flag label, or the impact statement among the threats, that is about the product. */
function reasonFor(vulnerability: JsonRecord, productId: string): string | undefined {
  const about = (entry: JsonRecord): boolean =>
    textList(entry, 'product_ids').includes(productId) || listField(entry, 'product_ids').length === 0;
  const flag = listField(vulnerability, 'flags').filter(isRecord).find(about);
  if (flag !== undefined) return textField(flag, 'label');
  const impact = listField(vulnerability, 'threats')
    .filter(isRecord)
    .find((threat) => textField(threat, 'category') === 'impact' && about(threat));
  return impact === undefined ? undefined : textField(impact, 'details');
}

/** Purls of each product id; a component "of" a product becomes that product's subcomponent. */
function productTree(tree: JsonRecord): ReadonlyMap<string, readonly VexProduct[]> {
  const purls = new Map<string, string>();
  const record = (product: JsonRecord | undefined): void => {
    const id = product === undefined ? undefined : textField(product, 'product_id');
    const purl =
      product === undefined
        ? undefined
        : textField(recordField(product, 'product_identification_helper') ?? {}, 'purl');
    if (id !== undefined && purl !== undefined) purls.set(id, purl);
  };
  for (const product of listField(tree, 'full_product_names').filter(isRecord)) record(product);
  const branches: { readonly branch: JsonRecord; readonly depth: number }[] = [{ branch: tree, depth: 0 }];
  for (let next = branches.pop(); next !== undefined; next = branches.pop()) {
    record(recordField(next.branch, 'product'));
    if (next.depth >= DEFAULT_LIMITS.jsonDepth) continue;
    for (const branch of listField(next.branch, 'branches').filter(isRecord))
      branches.push({ branch, depth: next.depth + 1 });
  }
  const products = new Map(
    [...purls].map(([id, purl]): [string, readonly VexProduct[]] => [id, [{ id: purl, subcomponents: [] }]]),
  );
  for (const relationship of listField(tree, 'relationships').filter(isRecord)) {
    const id = textField(recordField(relationship, 'full_product_name') ?? {}, 'product_id');
    const component = purls.get(textField(relationship, 'product_reference') ?? '');
    const product = purls.get(textField(relationship, 'relates_to_product_reference') ?? '');
    // A distribution is named by CPE, not by purl: then the component's own purl says it all.
    if (id === undefined || component === undefined) continue;
    products.set(id, [
      product === undefined ? { id: component, subcomponents: [] } : { id: product, subcomponents: [component] },
    ]);
  }
  return products;
}
