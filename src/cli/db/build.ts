import { readFileSync } from 'node:fs';
import type { Arguments } from 'yargs';
import { type BuildRequest, type BuiltBundle, buildBundle } from '../../bundle/build/build-bundle.ts';
import type { Json } from '../../bundle/canonical-json.ts';
import { documentTime } from '../../bundle/document.ts';
import { readRelease, readRootFile } from '../../bundle/open-bundle.ts';
import { NODE_FILE_SYSTEM } from '../../bundle/store/file-system.ts';
import { assertCountedKeys } from '../../bundle/trust/assert-counted-keys.ts';
import { CHANNEL } from '../../bundle/trust/release.ts';
import { KNOWN_PROGRAMS } from '../../catalog/binary/known-programs.ts';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { flagOf, stringOf, stringsOf } from '../arguments.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { builtAtOf, integerOf, keyOptions, required, signingKeysOf, timeOf } from './db-arguments.ts';
import { writeFile } from './write-file.ts';

/** `plimsoll db build`: feeds to a signed bundle. */
export const build: Subcommand = {
  usage: 'build',
  summary: 'make a signed bundle from feeds',
  options: (argv) =>
    keyOptions(argv)
      .option('feeds', {
        type: 'string',
        describe: 'folder with osv/<Ecosystem>/all.zip, kev.json, epss.csv[.gz], endoflife.json',
      })
      .option('out', { type: 'string', describe: 'bundle to write' })
      .option('channel', { type: 'string', default: 'main', describe: 'channel a store follows' })
      .option('sequence', { type: 'number', describe: 'rises with every release (default: seconds of --built-at)' })
      .option('built-at', { type: 'string', describe: 'RFC 3339 time (default SOURCE_DATE_EPOCH, else now)' })
      .option('expires', {
        type: 'string',
        describe: 'RFC 3339 time after which the bundle is refused (default never)',
      })
      .option('stale-days', { type: 'number', describe: 'days until readers warn (default 7)' })
      .option('root', { type: 'string', describe: 'root.json with the chain of roots' })
      .option('since', { type: 'string', describe: 'earlier bundle: write a delta that reuses its sections' })
      .option('drop-allowed', {
        type: 'string',
        array: true,
        describe: 'ecosystem that may shrink, repeatable; * for all',
      })
      .option('classifiers', {
        type: 'string',
        describe: 'JSON file with binary classifiers (default: those of this version)',
      })
      .option('bases', { type: 'string', describe: 'JSON file with known base images to include' })
      .option('starter', { type: 'boolean', hidden: true })
      .option('report', { type: 'string', describe: 'JSON file to write what was read and skipped to' }),
  run(args) {
    const out = required(args, 'out');
    const request = buildRequest(args);
    const built = buildBundle(request);
    writeFile(out, built.parts);
    const report = stringOf(args, 'report');
    if (report !== undefined)
      writeFile(report, [Buffer.from(`${JSON.stringify({ sources: built.report }, null, 2)}\n`)]);
    describeBuild(built, out);
    sayWhoMustSign(request);
    return 0;
  },
};

function sayWhoMustSign({ keys, roots }: BuildRequest): void {
  const demanded = roots.at(-1)?.root.releaseRole.threshold ?? 0;
  const signed = new Set(keys.map(({ publicKey }) => publicKey.id)).size;
  if (signed < demanded)
    process.stderr.write(
      `not valid yet: signed by ${signed} of ${demanded} keys demanded; plimsoll db sign adds one\n`,
    );
}

function buildRequest(args: Arguments): BuildRequest {
  const builtAt = builtAtOf(args);
  const channel = required(args, 'channel');
  if (!CHANNEL.test(channel)) throw new PlimsollError('PLM_USAGE', `"${channel}" cannot name a channel`);
  const expires = timeOf(args, 'expires');
  const staleDays = integerOf(args, 'stale-days');
  const classifiers = jsonFile(stringOf(args, 'classifiers')) ?? builtInClassifiers();
  const bases = jsonFile(stringOf(args, 'bases'));
  const since = stringOf(args, 'since');
  const roots = readRootFile(required(args, 'root'));
  const keys = stringsOf(args, 'key');
  if (keys.length === 0) throw new PlimsollError('PLM_USAGE', '--key is missing', { hint: 'name a release key file' });
  if (expires !== undefined && expires <= builtAt)
    throw new PlimsollError('PLM_USAGE', `--expires lies before ${documentTime(builtAt)}, when the bundle is built`, {
      hint: 'no store would accept it',
    });
  const signers = signingKeysOf(args, keys);
  const root = roots.at(-1)?.root;
  if (root !== undefined) assertCountedKeys(signers, root.releaseRole.keys, 'releases under this root');
  return {
    fs: NODE_FILE_SYSTEM,
    feeds: required(args, 'feeds'),
    channel,
    sequence: integerOf(args, 'sequence') ?? Math.floor(builtAt / 1000),
    builtAt,
    ...(expires === undefined ? {} : { expires: documentTime(expires) }),
    ...(staleDays === undefined ? {} : { staleDays }),
    starter: flagOf(args, 'starter'),
    dropAllowed: stringsOf(args, 'drop-allowed'),
    roots,
    keys: signers,
    classifiers,
    ...(bases === undefined ? {} : { bases }),
    ...(since === undefined ? {} : { since: readRelease(since, roots) }),
  };
}

/** What this version knows, so that an older program on the other side learns it. */
function builtInClassifiers(): Json {
  return JSON.parse(JSON.stringify(KNOWN_PROGRAMS));
}

function jsonFile(path: string | undefined): Json | undefined {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const code = systemErrorCode(cause);
    const message = code === undefined ? 'the file is not JSON' : `the file cannot be read (${code})`;
    throw new PlimsollError('PLM_FEED_INVALID', message, { path, cause });
  }
}

function describeBuild({ release, report, parts }: BuiltBundle, out: string): void {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const stored = release.sections.filter((entry) => entry.stored !== undefined).length;
  const lines = report.flatMap((source) => [
    `${source.id}: ${source.records} records`,
    ...source.skipped.map(
      ({ reason, count, names }) =>
        `  ${count} skipped, ${reason}: ${names.slice(0, 3).join(', ')}${count > 3 ? ', …' : ''}`,
    ),
  ]);
  process.stderr.write(`${lines.map(printable).join('\n')}\n`);
  process.stdout.write(
    `${printable(out)}: ${release.kind}, channel ${release.channel}, sequence ${release.epoch}.${release.sequence}, ` +
      `${stored} of ${counted(release.sections.length, 'section')} stored, ${counted(size, 'byte')}, ${counted(release.canaries.length, 'canary', 'canaries')}\n` +
      `contentId ${release.contentId}\n`,
  );
}
