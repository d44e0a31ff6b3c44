import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OutputFile } from '../../src/cli/output-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-output-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Names in the folder, and what the file `name` says. */
function state(name: string): { readonly names: readonly string[]; readonly content: string } {
  return { names: readdirSync(folder).sort(), content: readFileSync(join(folder, name), 'utf8') };
}

it('replaces a file once all is written', () => {
  writeFileSync(join(folder, 'report'), 'old');
  const file = new OutputFile(join(folder, 'report'));
  file.write(Buffer.from('new'));
  expect(readFileSync(join(folder, 'report'), 'utf8')).toBe('old');
  file.finish();
  expect(state('report')).toEqual({ names: ['report'], content: 'new' });
});

it('leaves the file as it was where the output is abandoned', () => {
  writeFileSync(join(folder, 'report'), 'old');
  const file = new OutputFile(join(folder, 'report'));
  file.write(Buffer.from('half'));
  file.abandon();
  expect(state('report')).toEqual({ names: ['report'], content: 'old' });
});

it('writes the target of a link, which stays a link', () => {
  writeFileSync(join(folder, 'target'), 'old');
  symlinkSync('target', join(folder, 'link'));
  const file = new OutputFile(join(folder, 'link'));
  file.write(Buffer.from('new'));
  file.finish();
  expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  expect(state('target')).toEqual({ names: ['link', 'target'], content: 'new' });
});

it.skipIf(process.platform === 'win32')('writes into a pipe, which stays one', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] });
  const read = text(reader.stdout);
  const ended = once(reader, 'close');
  const file = new OutputFile(pipe);
  file.write(Buffer.from('through'));
  file.finish();
  await ended;
  expect({ read: await read, isPipe: lstatSync(pipe).isFIFO() }).toEqual({ read: 'through', isPipe: true });
});
