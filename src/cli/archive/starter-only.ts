import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import type { ArchiveStore } from '../../store/archive-store.ts';
import { printable } from '../printable.ts';

/**
 * What the archive was matched with, where only the starter set is at hand and that was more: a forgotten `--db`, which
 * would make most findings vanish. Undefined where the bundle will do.
 */
export async function missedBundle(store: ArchiveStore, bundle: AdvisoryBundle): Promise<string | undefined> {
  const before = await store.current();
  if (!bundle.info.starter || before === undefined || before.channel === bundle.info.channel) return undefined;
  return `${before.channel} ${before.sequence}`;
}

/** A line for those who go on all the same. */
export function warnOfStarter(missed: string | undefined): void {
  if (missed !== undefined)
    process.stderr.write(
      `warning: the archive was matched with ${printable(missed)}, and no database but the starter set is here; name it: --db DIR\n`,
    );
}
