import { existsSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { chooseBundle } from '../../bundle/choose-bundle.ts';
import { PlimsollError } from '../../errors.ts';
import { createMemory, instantiateKernel, KERNELS } from '../../wasm/load.ts';
import type { CliCommand } from '../command.ts';
import { defaultStore } from '../db/store-context.ts';
import { printable } from '../printable.ts';
import { VERSION } from '../version.ts';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

export const command: CliCommand = {
  name: 'doctor',
  summary: 'Check runtime, WebAssembly kernels, database and temporary folder',
  usage: 'doctor',
  options: (argv) => argv.option('db', { type: 'string', describe: 'advisory store folder to check' }),
  run: async (args) => {
    const db = typeof args['db'] === 'string' ? args['db'] : undefined;
    const findings = [runtime(), zstd(), kernels(), temporary(), database(db), await archiveDatabase()];
    for (const { what, ok, detail } of findings) {
      process.stdout.write(`${ok ? 'ok  ' : 'BAD '} ${what.padEnd(18)} ${printable(detail)}\n`);
    }
    return findings.every((finding) => finding.ok) ? 0 : 2;
  },
};

function runtime(): Finding {
  const detail = `plimsoll ${VERSION} on Node ${process.versions.node}, ${process.platform}-${process.arch}, ${availableParallelism()} cores`;
  return { what: 'runtime', ok: true, detail };
}

function zstd(): Finding {
  const text = Buffer.from('plimsoll');
  const ok = zstdDecompressSync(zstdCompressSync(text)).equals(text);
  return {
    what: 'zstd',
    ok,
    detail: ok ? 'built into the runtime' : 'the runtime does not give back what it compressed',
  };
}

function kernels(): Finding {
  try {
    for (const name of KERNELS) instantiateKernel(name, createMemory(1 << 20));
    return { what: 'WebAssembly', ok: true, detail: `kernels load: ${KERNELS.join(', ')}` };
  } catch (error) {
    return { what: 'WebAssembly', ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function temporary(): Finding {
  const folder = tmpdir();
  const ok = existsSync(folder) && statSync(folder).isDirectory();
  return {
    what: 'temporary folder',
    ok,
    detail: `${folder}${ok ? ' (used for standard input only)' : ' is no folder'}`,
  };
}

function database(db: string | undefined): Finding {
  try {
    const { bundle, warnings } = chooseBundle({
      defaultStore: defaultStore(),
      now: Date.now(),
      ...(db === undefined ? {} : { db }),
    });
    const { channel, sequence, builtAt, starter } = bundle.info;
    const name = starter ? 'starter set only' : `${channel} ${sequence} of ${builtAt}`;
    return { what: 'advisory database', ok: true, detail: [name, ...warnings].join('; ') };
  } catch (error) {
    if (!(error instanceof PlimsollError)) throw error;
    return { what: 'advisory database', ok: false, detail: `${error.code}: ${error.message}` };
  }
}

async function archiveDatabase(): Promise<Finding> {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(':memory:');
  const row: unknown = database.prepare('SELECT sqlite_version() AS version').get();
  database.close();
  const version = typeof row === 'object' && row !== null && 'version' in row ? String(row.version) : 'unknown';
  return { what: 'archive database', ok: true, detail: `SQLite ${version}` };
}
