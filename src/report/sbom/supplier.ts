import type { Package } from '../../model/package.ts';
import { isDistroType } from '../describe.ts';

/**
 * Who supplied a package, where that is known: the vendor its database names, else the distribution of an OS package.
 * Registries of language packages do not say it, and a guess would be worse than none.
 */
export function supplierName(item: Package): string | undefined {
  return item.properties?.['vendor'] ?? (isDistroType(item.type) ? item.namespace : undefined);
}
