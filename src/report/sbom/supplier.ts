import type { Package } from '../../model/package.ts';
import { isDistroType } from '../describe.ts';

/**
 * Who supplied a package, where that is known: the vendor that its files or its database name, the distribution of an OS
 * package, else who made it: for the minimum elements of an SBOM a supplier is "an entity that creates, defines, and
 * identifies components" (https://www.ntia.gov/page/software-bill-materials). A name without address.
 */
export function supplierName(item: Package): string | undefined {
  return organizationName(item) ?? authorName(item);
}

/** False where only the person who made it is known. */
export function isOrganization(item: Package): boolean {
  return organizationName(item) !== undefined;
}

function organizationName(item: Package): string | undefined {
  return item.properties?.['vendor'] ?? (isDistroType(item.type) ? item.namespace : undefined);
}

/** `Name <address>` without the address, where there is a name. */
function authorName(item: Package): string | undefined {
  const author = item.properties?.['author'];
  return author?.replace(/\s*<[^<>]*>|"/g, '').trim() || author;
}
