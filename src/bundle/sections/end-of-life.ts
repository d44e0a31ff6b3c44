import { encodeCanonical, parseCanonical } from '../canonical-json.ts';
import { DocumentReader } from '../document.ts';

/** A release cycle of a product, as endoflife.date names it. */
export interface ReleaseCycle {
  readonly cycle: string;
  readonly codename?: string;
  readonly released?: string;
  /** Last day of security support: a date, or whether it has passed where no date is known. */
  readonly eol: string | boolean;
  /** Last day of paid or long-term support. */
  readonly extended?: string | boolean;
  readonly lts: boolean;
}

const PRODUCTS = 10_000;
const CYCLES = 1000;

/** Section `endoflife`: `{"debian":[{"cycle":"12","eol":"2026-06-10",…},…],…}` in canonical JSON. */
export function encodeEndOfLife(products: ReadonlyMap<string, readonly ReleaseCycle[]>): Uint8Array {
  const rows = [...products].map(([product, cycles]) => [product, cycles.map((cycle) => ({ ...cycle }))] as const);
  return encodeCanonical(Object.fromEntries(rows));
}

/** Throws PLM_BUNDLE_INDEX. */
export function parseEndOfLife(bytes: Uint8Array): ReadonlyMap<string, readonly ReleaseCycle[]> {
  const what = 'section endoflife';
  const fields = new DocumentReader(parseCanonical(bytes, what, 'PLM_BUNDLE_INDEX'), what, 'PLM_BUNDLE_INDEX');
  return new Map(
    fields
      .names()
      .slice(0, PRODUCTS)
      .map((product) => [product, fields.records(product, CYCLES).map(parseCycle)]),
  );
}

function parseCycle(fields: DocumentReader): ReleaseCycle {
  const codename = fields.optionalText('codename');
  const released = fields.optionalText('released');
  return {
    cycle: fields.text('cycle'),
    ...(codename === undefined ? {} : { codename }),
    ...(released === undefined ? {} : { released }),
    eol: dateOrFlag(fields, 'eol'),
    ...(fields.has('extended') ? { extended: dateOrFlag(fields, 'extended') } : {}),
    lts: fields.has('lts') && fields.value('lts') === true,
  };
}

function dateOrFlag(fields: DocumentReader, name: string): string | boolean {
  const value = fields.value(name);
  return typeof value === 'boolean' ? value : fields.text(name, /^\d{4}-\d\d-\d\d$/);
}
