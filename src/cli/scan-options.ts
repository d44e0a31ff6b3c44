import { availableParallelism } from 'node:os';
import type { Arguments, Argv } from 'yargs';
import { PlimsollError } from '../errors.ts';
import { DEFAULT_LIMITS, type LimitName, type Limits, withLimits } from '../limits.ts';
import type { Platform } from '../model/image.ts';
import { SCANNERS, type Scanner } from '../pipeline/scanner.ts';
import { stringOf, stringsOf } from './arguments.ts';

/** Options that say which image to open. */
export function openOptions(argv: Argv): Argv {
  return argv
    .option('platform', { type: 'string', describe: 'os/arch[/variant] to take from an index (default linux/amd64)' })
    .option('ref', {
      type: 'string',
      describe: 'image to take where the archive holds several: a tag, a full reference or a manifest digest',
    })
    .option('image-key', {
      type: 'string',
      array: true,
      describe: 'public key in PEM, repeatable: exit 5 unless one of them signed the image or SBOM (cosign)',
    })
    .option('image-identity', {
      type: 'string',
      array: true,
      describe:
        'address of mail or URI that a certificate names, repeatable, * spans anything: exit 5 unless one of them signed the image or SBOM',
    })
    .option('image-issuer', { type: 'string', describe: 'who must have vouched for it: the OpenID Connect issuer' })
    .option('trusted-root', {
      type: 'string',
      describe: 'trusted_root.json of sigstore: the authorities and logs that certificates are held to',
    })
    .option('image-signature', {
      type: 'string',
      array: true,
      describe:
        'signature that lies beside the archive or SBOM, repeatable: a sigstore bundle, or what cosign download signature writes',
    })
    .option('limit', {
      type: 'string',
      array: true,
      describe: 'override a resource limit: NAME=VALUE, repeatable (see docs/limits.md)',
    });
}

/** Options of every command that analyzes an image. */
export function imageOptions(argv: Argv): Argv {
  return openOptions(argv)
    .option('all-platforms', {
      type: 'boolean',
      describe:
        'analyze every platform of the index, with one file of -o for each (r.linux-arm64.json); shared layers are read once',
    })
    .option('workers', { type: 'number', describe: 'threads that read layers (default one per core; 0 = none)' })
    .option('max-memory', {
      type: 'string',
      describe: 'bytes a detector may hold at once, as 256M: sets the capture limits',
    })
    .option('dockerfile', { type: 'string', describe: 'Dockerfile of the image: findings then name its lines' })
    .option('include-files', { type: 'boolean', describe: 'list every file of the final file system in the report' })
    .option('bases', { type: 'string', describe: 'catalogue of known base images (see plimsoll base)' })
    .option('quiet', { type: 'boolean', describe: 'no progress, warnings or failed gates on stderr: errors only' })
    .option('progress', {
      type: 'boolean',
      default: true,
      describe: 'progress on a terminal (--no-progress turns it off)',
    });
}

/** Whether files of packages are held against their digests. */
export function verifyFilesOption(argv: Argv): Argv {
  return argv.option('verify-files', {
    type: 'boolean',
    describe: 'hold files of packages against the digests of the package databases (PLM-C025); layers are read twice',
  });
}

/** What to look for, for commands that look for more than one thing. */
export function scannersOption(argv: Argv, byDefault: string): Argv {
  return argv.option('scanners', {
    type: 'string',
    describe: `comma list of ${SCANNERS.join(',')} (default ${byDefault})`,
  });
}

/** Options of the outputs of a command. */
export function outputOptions(argv: Argv, formats: readonly string[]): Argv {
  return fileOptions(argv)
    .option('format', { type: 'string', describe: `what to write to stdout: ${formats.join(', ')}` })
    .option('history', {
      type: 'boolean',
      describe: 'let gates count packages that only history holds (--no-history leaves them out of SBOMs)',
    });
}

/** `-o` of commands that write several formats. */
export function outputFileOption(argv: Argv): Argv {
  return argv.option('o', {
    alias: 'output',
    type: 'string',
    array: true,
    describe: 'NAME=FILE, repeatable: write a format to a file; stdout then only has what --format names',
  });
}

/** Options of commands that write reports to files. */
export function fileOptions(argv: Argv): Argv {
  return outputFileOption(argv)
    .option('template', { type: 'string', describe: 'template file for the format "template"' })
    .option('sign-key', { type: 'string', describe: 'key file that signs in-toto statements (DSSE envelope)' })
    .option('passphrase-file', { type: 'string', describe: 'file with the pass phrase of the key (first line)' })
    .option('passphrase-fd', { type: 'number', describe: 'file descriptor to read the pass phrase from' })
    .option('show-suppressed', { type: 'boolean', describe: 'list suppressed findings in table and sarif too' })
    .option('author', {
      type: 'string',
      describe: 'organization that answers for SBOMs and VEX statements (default: only the program is named)',
    })
    .option('created', {
      type: 'string',
      describe: 'RFC 3339 time to put into reports (default SOURCE_DATE_EPOCH, else none)',
    });
}

/** The scanners asked for. Throws PLM_USAGE for an unknown name. */
export function scannersOf(args: Arguments): ReadonlySet<Scanner> {
  const text = stringOf(args, 'scanners');
  if (text === undefined) return new Set(SCANNERS);
  const chosen = new Set<Scanner>();
  for (const name of text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')) {
    const scanner = SCANNERS.find((known) => known === name);
    if (scanner === undefined) {
      throw new PlimsollError('PLM_USAGE', `no scanner is called "${name}"`, {
        hint: `known scanners: ${SCANNERS.join(', ')}`,
      });
    }
    chosen.add(scanner);
  }
  return chosen;
}

/** `linux/arm64/v8` as a platform. Throws PLM_USAGE. */
export function platformOf(args: Arguments): Platform | undefined {
  const text = stringOf(args, 'platform');
  if (text === undefined) return undefined;
  const [os, architecture, variant] = text.split('/');
  if (os === undefined || architecture === undefined || os === '' || architecture === '') {
    throw new PlimsollError('PLM_USAGE', `"${text}" is no platform`, {
      hint: 'write os/arch or os/arch/variant, as linux/arm64',
    });
  }
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

/** The limits with `--limit` and `--max-memory` applied. Throws PLM_USAGE. */
export function limitsOf(args: Arguments): Limits {
  const overrides: Partial<Record<LimitName, number>> = {};
  const memory = stringOf(args, 'max-memory');
  if (memory !== undefined) {
    overrides.capturedFileBytes = byteCount(memory);
    overrides.nestedMemberBytes = byteCount(memory);
  }
  for (const pair of stringsOf(args, 'limit')) {
    const [name = '', value = ''] = pair.split('=', 2);
    if (!isLimitName(name)) {
      throw new PlimsollError('PLM_USAGE', `no limit is called "${name}"`, {
        hint: `known limits: ${Object.keys(DEFAULT_LIMITS).join(', ')}`,
      });
    }
    overrides[name] = byteCount(value);
  }
  return withLimits(overrides);
}

function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(DEFAULT_LIMITS, name);
}

/** `512`, `64K`, `256M`, `4G` as bytes (powers of 1024). Throws PLM_USAGE. */
export function byteCount(text: string): number {
  const parts = /^(\d{1,15})([KMGT]?)(?:i?B)?$/i.exec(text.trim());
  if (parts?.[1] === undefined)
    throw new PlimsollError('PLM_USAGE', `"${text}" is no size`, { hint: 'write a number with K, M or G, as 256M' });
  const power = ['', 'K', 'M', 'G', 'T'].indexOf((parts[2] ?? '').toUpperCase());
  return Number(parts[1]) * 1024 ** power;
}

/** Threads to use. Throws PLM_USAGE for a negative or broken number. */
export function workersOf(args: Arguments): number | undefined {
  const workers = args['workers'];
  if (workers === undefined) return undefined;
  if (
    typeof workers !== 'number' ||
    !Number.isInteger(workers) ||
    workers < 0 ||
    workers > 8 * availableParallelism() + 64
  ) {
    throw new PlimsollError('PLM_USAGE', '--workers takes a whole number of threads, 0 for none');
  }
  return workers;
}

/** The time to put into reports: `--created`, else SOURCE_DATE_EPOCH, else none. Throws PLM_USAGE. */
export function createdOf(args: Arguments, environment: NodeJS.ProcessEnv): string | undefined {
  const text = stringOf(args, 'created');
  const epoch = environment['SOURCE_DATE_EPOCH'];
  const time = text === undefined ? (epoch === undefined ? undefined : Number(epoch) * 1000) : Date.parse(text);
  if (time === undefined) return undefined;
  if (!Number.isFinite(time))
    throw new PlimsollError('PLM_USAGE', `"${text ?? epoch}" is no time`, {
      hint: 'write RFC 3339, as 2026-01-31T00:00:00Z',
    });
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
