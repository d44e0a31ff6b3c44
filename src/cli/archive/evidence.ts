import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { applyPolicy } from '../../policy/apply-policy.ts';
import { loadFormat } from '../../report/load-format.ts';
import type { ArchiveStore } from '../../store/archive-store.ts';
import { evidenceFiles } from '../../store/evidence.ts';
import { stringOf } from '../arguments.ts';
import { signingKeysOf } from '../db/db-arguments.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, endOf, filterOf, filterOptions, timeOf, withArchive } from './archive-arguments.ts';
import { matchedAnalysis } from './matched-analysis.ts';

/** `plimsoll archive evidence`: SBOMs, findings and decisions of a period with a signed manifest. */
export const evidence: Subcommand = {
  usage: 'evidence',
  summary: 'export SBOMs, findings, decisions and events of a period with a signed manifest',
  options: (argv) =>
    filterOptions(archiveOption(argv))
      .option('since', { type: 'string', demandOption: true, describe: 'first day of the period' })
      .option('until', { type: 'string', describe: 'end of the period (default now)' })
      .option('key', { type: 'string', demandOption: true, describe: 'key file to sign the manifest with' })
      .option('passphrase-file', { type: 'string', describe: 'file with the pass phrase of the key (first line)' })
      .option('passphrase-fd', { type: 'number', describe: 'file descriptor to read the pass phrase from' })
      .option('out', { type: 'string', demandOption: true, describe: 'folder to write to; must not exist' }),
  run: (args) =>
    withArchive(args, async (store) => {
      const now = new Date();
      const [key] = signingKeysOf(args, [stringOf(args, 'key') ?? '']);
      if (key === undefined) throw new PlimsollError('PLM_USAGE', 'name a key with --key');
      const out = stringOf(args, 'out') ?? '';
      const files = evidenceFiles(store, {
        since: timeOf(stringOf(args, 'since') ?? '', now),
        until: endOf(stringOf(args, 'until') ?? now.toISOString(), now),
        filter: filterOf(args),
        key,
        sbom: (image) => sbomOf(store, image, now),
      });
      makeFolder(out);
      let count = 0;
      for await (const { path, content } of files) {
        const target = join(out, path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, content, { flag: 'wx' });
        count += 1;
      }
      process.stdout.write(`${counted(count, 'file')} in ${out}\n`);
      return 0;
    }),
};

function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (cause) {
    throw new PlimsollError('PLM_OUTPUT_FAILED', 'the folder cannot be made', {
      path,
      hint: 'name one that does not exist yet',
      cause,
    });
  }
}

async function sbomOf(store: ArchiveStore, key: string, now: Date): Promise<string> {
  const [image] = await store.images({ keys: [key] });
  if (image === undefined) throw new PlimsollError('PLM_NOT_FOUND', `image ${key} left the archive meanwhile`);
  const analysis = applyPolicy(await matchedAnalysis(store, image, undefined), {}, now);
  const { format } = await loadFormat('cyclonedx-json');
  const parts: string[] = [];
  const sink = { write: (part: string) => void parts.push(part) };
  await format.write(analysis, sink, { color: false, showSuppressed: true, history: true });
  return parts.join('');
}
