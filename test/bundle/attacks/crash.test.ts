import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { AdvisoryBundle, SectionType } from '../../../src/bundle/advisory-bundle.ts';
import { sha256Hex } from '../../../src/bundle/content-id.ts';
import { openStore } from '../../../src/bundle/open-bundle.ts';
import { NODE_FILE_SYSTEM } from '../../../src/bundle/store/file-system.ts';
import { importBundle } from '../../../src/bundle/store/import-bundle.ts';
import { rollBack } from '../../../src/bundle/store/rollback.ts';
import { bundleName } from '../../../src/bundle/store/store-layout.ts';
import {
  Lab,
  MEMORY_FOLDER,
  makeBundle,
  refusalOf,
  snapshot,
  someAdvisories,
  TODAY,
} from '../../support/bundle/bundle-lab.ts';
import {
  Killed,
  systemError,
  UNFLUSHED_FILE_SYSTEM,
  watchedFileSystem,
} from '../../support/bundle/watched-file-system.ts';

const older = makeBundle({ sequence: 1, advisories: someAdvisories(1) });
const newer = makeBundle({ sequence: 2, advisories: someAdvisories(2) });

/** The sequence a reader sees, after reading every section: whole, or an error. */
function wholeSequence(store: string): number {
  const { bundle } = openStore(store, { now: TODAY });
  for (const [type, key] of sectionNames(bundle)) bundle.section(type, key);
  return bundle.info.sequence;
}

function sectionNames(bundle: AdvisoryBundle): readonly (readonly [SectionType, string])[] {
  return (['segment', 'advisories', 'kev'] as const).flatMap((type) =>
    bundle.keys(type).map((key) => [type, key] as const),
  );
}

/** Calls of the file system that one import of `newer` over `older` makes. */
function callsOfImport(): readonly string[] {
  using lab = new Lab();
  lab.import(older);
  const calls: string[] = [];
  lab.fs = watchedFileSystem((call) => calls.push(call));
  lab.import(newer);
  return calls;
}

const CALLS = callsOfImport();

/** A store with `older` in it, copied: a fault needs no import of its own to start from. */
const template = new Lab(MEMORY_FOLDER);
template.import(older);
afterAll(() => template[Symbol.dispose]());

function labWithOlder(): Lab {
  const lab = new Lab(MEMORY_FOLDER);
  cpSync(template.store, lab.store, { recursive: true });
  return lab;
}

/** The sequence in use once another process, after the first is gone, has imported `newer` again. */
function importAfterReboot(lab: Lab): number {
  lab.fs = UNFLUSHED_FILE_SYSTEM;
  const context = { ...lab.context(), pid: 2, isAlive: () => false };
  importBundle({ context, store: lab.store, file: lab.write('again.plb', newer), givenRoots: [lab.root] });
  return wholeSequence(lab.store);
}

describe('crash and refusal by the operating system', () => {
  it('45 leaves the old or the new database whole when it is killed before any step of an import, and the next import succeeds', () => {
    const seen = new Set<number>();
    for (const [step, name] of CALLS.entries()) {
      using lab = labWithOlder();
      let call = 0;
      lab.fs = watchedFileSystem(() => {
        if (call++ >= step) throw new Killed();
      });
      expect(() => lab.import(newer), `step ${step}: ${name}`).toThrow(Killed);
      seen.add(wholeSequence(lab.store));
      expect(importAfterReboot(lab), `step ${step}: ${name}`).toBe(2);
    }
    expect(seen).toEqual(new Set([1, 2]));
  }, 120_000);

  it.each(['ENOSPC', 'EIO', 'EROFS'])(
    '45 refuses with one code and keeps a whole database when any step of an import ends with %s, and the next import succeeds',
    (code) => {
      const seen = new Set<number>();
      for (const [step, name] of CALLS.entries()) {
        using lab = labWithOlder();
        let call = 0;
        lab.fs = watchedFileSystem(() => {
          if (call++ === step) throw systemError(code);
        });
        const refusal = refusalOf(() => lab.import(newer));
        const sequence = wholeSequence(lab.store);
        const where = `step ${step}: ${name}, ${refusal}`;
        expect(refusal, where).toMatch(/^(?:PLM_BUNDLE_STORE|PLM_INPUT_UNREADABLE|PLM_TRUST_ROOT|accepted)$/);
        expect(sequence, where).toBeOneOf(refusal === 'accepted' ? [2] : [1, 2]);
        seen.add(sequence);
        expect(importAfterReboot(lab), where).toBe(2);
      }
      expect(seen).toEqual(new Set([1, 2]));
    },
    120_000,
  );

  it('45 leaves no lock behind when a step fails, so that the next import can run', () => {
    using lab = new Lab();
    lab.import(older);
    lab.fs = watchedFileSystem((call, args) => {
      if (call === 'renameSync' && String(args[1]).includes('bundles')) throw systemError('EIO');
    });
    expect(refusalOf(() => lab.import(newer))).toBe('PLM_BUNDLE_STORE');
    lab.fs = NODE_FILE_SYSTEM;
    expect(lab.import(newer).status).toBe('imported');
  });

  it('45 flushes files before their folder gets its name, and the folder before CURRENT names it', () => {
    using lab = new Lab();
    lab.import(older);
    const names = new Map<unknown, string>();
    const order: string[] = [];
    const watched = watchedFileSystem((call, args) => {
      if (call === 'fsyncSync') order.push(`flush ${names.get(args[0])}`);
      if (call === 'renameSync') order.push(`rename ${last(args[1])}`);
    });
    lab.fs = new Proxy(watched, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (name !== 'openSync' || typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          const fd: unknown = Reflect.apply(value, target, args);
          names.set(fd, last(args[0]));
          return fd;
        };
      },
    });
    lab.import(newer);
    const steps = order.filter((step) => !step.includes('lock'));
    const name = steps.find((step) => step.startsWith('rename 1.2-'))?.slice('rename '.length) ?? '';
    expect(steps.slice(0, 8)).toEqual([
      'flush sections.bin',
      'flush envelope.json',
      `flush ${name}`,
      `rename ${name}`,
      'flush bundles',
      'flush CURRENT.new',
      'rename CURRENT',
      'flush db',
    ]);
  });

  it('45 keeps a reader on the version it opened, with every section, through three imports that remove its files', () => {
    using lab = new Lab();
    lab.import(older);
    const { bundle } = openStore(lab.store, { now: TODAY });
    const names = sectionNames(bundle);
    lab.import(newer);
    for (const sequence of [3, 4]) lab.import({ sequence, advisories: someAdvisories(sequence) });
    expect(readdirSync(join(lab.store, 'bundles')).map((name) => name.split('-')[0])).toEqual(['1.2', '1.3', '1.4']);
    const digests = names.map(([type, key]) => sha256Hex(bundle.section(type, key) ?? new Uint8Array()));
    const before = openStore(template.store, { now: TODAY }).bundle;
    expect(digests).toEqual(names.map(([type, key]) => sha256Hex(before.section(type, key) ?? new Uint8Array())));
    expect(names).toHaveLength(5);
    expect(bundle.info.sequence).toBe(1);
    expect(wholeSequence(lab.store)).toBe(4);
  });

  it('45 opens the version in use where the one that CURRENT named was removed before it was opened', () => {
    using lab = new Lab();
    lab.import(older);
    let overtaken = false;
    const fs = watchedFileSystem((call, args) => {
      if (overtaken || call !== 'readFileSync' || last(args[0]) !== 'envelope.json') return;
      overtaken = true;
      for (const sequence of [2, 3, 4]) lab.import({ sequence, advisories: someAdvisories(sequence) });
    });
    expect(openStore(lab.store, { now: TODAY, fs }).bundle.info.sequence).toBe(4);
  });

  it('45 says that the store is damaged where the sections of the version in use are gone', () => {
    using lab = new Lab();
    lab.import(older);
    const name = readdirSync(join(lab.store, 'bundles'))[0] ?? '';
    rmSync(join(lab.store, 'bundles', name, 'sections.bin'));
    expect(refusalOf(() => openStore(lab.store, { now: TODAY }))).toBe('PLM_BUNDLE_STORE');
  });

  it('45 lets one of two importers through: a living lock stops the other, a dead one does not', () => {
    using lab = new Lab();
    lab.import(older);
    const boot = NODE_FILE_SYSTEM.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    writeFileSync(join(lab.store, 'lock'), `77 ${boot}\n`);
    const file = lab.write('next.plb', newer);
    const as = (isAlive: boolean) => ({
      context: { ...lab.context(), isAlive: () => isAlive },
      store: lab.store,
      file,
      givenRoots: [lab.root],
    });
    expect(refusalOf(() => importBundle(as(true)))).toBe('PLM_BUNDLE_LOCKED');
    expect(importBundle(as(false)).status).toBe('imported');
    writeFileSync(join(lab.store, 'lock'), '1 another-boot\n');
    expect(lab.import({ sequence: 3, advisories: someAdvisories(42) }).status).toBe('imported');
  });

  it('45 survives two processes that import at once', async () => {
    using lab = new Lab();
    lab.import(older);
    const main = join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'main.ts');
    const file = lab.write('next.plb', makeBundle({ sequence: 2, change: { builtAt: '2020-01-01T00:00:00Z' } }));
    const run = () =>
      new Promise<number | null>((resolve) => {
        spawn(process.execPath, [main, 'db', 'import', file, '--db', lab.store], { stdio: 'ignore' }).on(
          'exit',
          resolve,
        );
      });
    const codes = await Promise.all([run(), run()]);
    expect(codes).toContain(0);
    expect(codes.every((code) => code === 0 || code === 4)).toBe(true);
    expect(wholeSequence(lab.store)).toBe(2);
  });
});

/** What going to a version did, and what its receipt says. */
function goBack(lab: Lab, sequence: number): readonly unknown[] {
  const { status, release } = rollBack({ context: lab.context(), store: lab.store, sequence });
  const receipt = readFileSync(join(lab.store, 'receipts', `${bundleName(release)}.json`), 'utf8');
  return [status, JSON.parse(receipt).verdict];
}

describe('versions kept', () => {
  it('goes back to a version in the store, says so, and still refuses to import it', () => {
    using lab = new Lab();
    for (const sequence of [1, 2, 3, 4]) lab.import({ sequence, advisories: someAdvisories(40 + sequence) });
    const context = lab.context();
    expect(refusalOf(() => rollBack({ context, store: lab.store, sequence: 1 }))).toBe('PLM_BUNDLE_MISSING');
    expect(goBack(lab, 2)).toEqual(['rolled back', 'rolled back']);
    const { info } = openStore(lab.store, { now: TODAY }).bundle;
    expect([info.sequence, info.rolledBack]).toEqual([2, true]);
    expect(lab.refusal({ sequence: 3, advisories: someAdvisories(43) })).toBe('PLM_BUNDLE_ROLLBACK');
    expect(goBack(lab, 4)).toEqual(['restored', 'restored']);
    expect(openStore(lab.store, { now: TODAY }).bundle.info.rolledBack).toBe(false);
  });

  it('changes nothing where the version is in use already', () => {
    using lab = new Lab();
    for (const sequence of [1, 2]) lab.import({ sequence, advisories: someAdvisories(40 + sequence) });
    const before = snapshot(lab.store);
    expect(goBack(lab, 2)).toEqual(['current', 'imported']);
    expect(snapshot(lab.store)).toEqual(before);
  });

  it('goes back among versions of one content', () => {
    using lab = new Lab();
    for (const sequence of [1, 2]) lab.import({ sequence, advisories: someAdvisories(40) });
    expect(goBack(lab, 1)).toEqual(['rolled back', 'rolled back']);
    expect(openStore(lab.store, { now: TODAY }).bundle.info.rolledBack).toBe(true);
  });

  it('finds a byte of the installed database that was changed', () => {
    using lab = new Lab();
    lab.import(older);
    const [name = ''] = readdirSync(join(lab.store, 'bundles'));
    const path = join(lab.store, 'bundles', name, 'sections.bin');
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
    writeFileSync(path, bytes);
    expect(refusalOf(() => wholeSequence(lab.store))).toBe('PLM_BUNDLE_DIGEST');
  });
});

function last(path: unknown): string {
  return String(path).split('/').at(-1) ?? '';
}
