import type { PackageDraft } from '../../model/package.ts';
import type { PerlDistribution } from './parse-install.ts';

export function toPackage({ name, version, modules }: PerlDistribution): PackageDraft {
  return { type: 'cpan', name, version, ...(modules.length > 0 && { provides: modules }) };
}
