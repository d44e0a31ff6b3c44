import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProgramRun, runSources } from '../../support/run-plimsoll.ts';

/** An advisory of the feed, for an npm package below 9.0.0. */
export interface Flaw {
  readonly id: string;
  readonly name: string;
  readonly aliases?: readonly string[];
}

/** An operator's folder: keys, a store and an archive of their own, and no database installed elsewhere. */
export interface NightScene {
  readonly folder: string;
  plimsoll(...args: readonly string[]): ProgramRun;
  /** Builds a bundle of these advisories and imports it into the store `db`. */
  importBundle(sequence: number, flaws: readonly Flaw[]): void;
  /** A root file system with npm packages at version 1.0.0, as `dir:NAME`. */
  fileSystem(name: string, packages: readonly string[]): string;
  remove(): void;
}

export function nightScene(): NightScene {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-night-'));
  const plimsoll = (...args: readonly string[]): ProgramRun =>
    runSources(args, { cwd: folder, env: { XDG_DATA_HOME: join(folder, 'home') } });
  const must = (...args: readonly string[]): void => {
    const { status, stderr } = plimsoll(...args);
    if (status !== 0) throw new Error(stderr);
  };
  must('trust', 'generate', '--out', 'trust', '--no-passphrase');
  return {
    folder,
    plimsoll,
    importBundle(sequence, flaws) {
      const [feeds, bundle, root] = [`feeds-${sequence}`, `${sequence}.plb`, 'trust/root.json'];
      const osv = join(folder, feeds, 'osv', 'npm');
      mkdirSync(osv, { recursive: true });
      for (const flaw of flaws) writeFileSync(join(osv, `${flaw.id}.json`), JSON.stringify(record(flaw)));
      const terms = ['--channel', 'main', '--sequence', String(sequence), '--key', 'trust/release-1.key'];
      must('db', 'build', '--feeds', feeds, '--out', bundle, '--root', root, ...terms);
      must('db', 'import', bundle, '--db', 'db', '--root', root);
    },
    fileSystem(name, packages) {
      for (const found of packages) {
        const place = join(folder, name, 'node_modules', found);
        mkdirSync(place, { recursive: true });
        writeFileSync(join(place, 'package.json'), JSON.stringify({ name: found, version: '1.0.0' }));
      }
      return `dir:${name}`;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function record({ id, name, aliases = [] }: Flaw): unknown {
  const range = { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '9.0.0' }] };
  return {
    id,
    aliases,
    modified: '2026-11-01T00:00:00Z',
    affected: [{ package: { ecosystem: 'npm', name }, ranges: [range] }],
  };
}
