import { isRecord } from '../../bytes/json.ts';
import type { ReleaseCycle } from '../sections/end-of-life.ts';
import type { SourceTally } from './feed-report.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Products of endoflife.date: `{"debian":[{"releaseCycle" or "cycle", "eol", …}]}` (https://endoflife.date/docs/api). */
export function readEndOfLifeFeed(feed: unknown, tally: SourceTally): ReadonlyMap<string, readonly ReleaseCycle[]> {
  const products = new Map<string, readonly ReleaseCycle[]>();
  for (const [product, cycles] of Object.entries(isRecord(feed) ? feed : {}).sort()) {
    if (!Array.isArray(cycles)) {
      tally.skip('no list of cycles', product);
      continue;
    }
    const read = cycles.flatMap((cycle) => readCycle(isRecord(cycle) ? cycle : {}, { product, tally }));
    if (read.length > 0) products.set(product, read);
  }
  return products;
}

function readCycle(
  fields: { readonly [name: string]: unknown },
  { product, tally }: { readonly product: string; readonly tally: SourceTally },
): ReleaseCycle[] {
  const name = fields['cycle'] ?? fields['releaseCycle'];
  const eol = dateOrFlag(fields['eol']);
  if ((typeof name !== 'string' && typeof name !== 'number') || eol === undefined) {
    tally.skip('no cycle name or end of life', product);
    return [];
  }
  const released = fields['releaseDate'];
  const codename = fields['codename'];
  const extended = dateOrFlag(fields['extendedSupport'] ?? fields['eoes']);
  const isDay = typeof released === 'string' && DAY.test(released);
  tally.read(isDay ? `${released}T00:00:00Z` : '');
  return [
    {
      cycle: String(name),
      ...(typeof codename === 'string' ? { codename } : {}),
      ...(isDay ? { released } : {}),
      eol,
      ...(extended === undefined ? {} : { extended }),
      lts: fields['lts'] === true || (typeof fields['lts'] === 'string' && DAY.test(fields['lts'])),
    },
  ];
}

function dateOrFlag(value: unknown): string | boolean | undefined {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' && DAY.test(value) ? value : undefined;
}
