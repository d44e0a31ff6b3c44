import { expect, it } from 'vitest';
import { runPlimsoll, runSources } from '../support/run-plimsoll.ts';

it('tells the options of the secrets command without an image', () => {
  const { status, stdout, stderr } = runPlimsoll(['secrets', '--help']);
  expect({ status, first: stdout.split('\n')[0], stderr }).toEqual({
    status: 0,
    first: 'plimsoll secrets IMAGE [options]',
    stderr: '',
  });
});

it('calls a secrets command without an image wrong usage', () => {
  expect(runPlimsoll(['secrets'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'PLM_USAGE: name one image: a path, "-" or dir:PATH; plimsoll secrets --help tells the options\n',
  });
});

it('leads from a mistake in an action to the help of that action', () => {
  const messages = [
    ['ignore', 'lint'],
    ['ignore', 'add', '--id', 'CVE-2024-1'],
    ['archive', 'trends', '--archive', 'a', '-o', 'html=x'],
  ].map((words) => runPlimsoll(words).stderr);
  expect(messages).toEqual([
    'PLM_USAGE: write plimsoll ignore lint <files..>; see "plimsoll ignore lint --help"\n',
    'PLM_USAGE: Missing required arguments: reason, owner, expires; see "plimsoll ignore add --help"\n',
    'PLM_USAGE: Unknown argument: o; see "plimsoll archive trends --help"\n',
  ]);
});

it('refuses words that an action has no place for', () => {
  expect(runPlimsoll(['db', 'import', 'a.plb', 'b.plb'])).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'PLM_USAGE: "b.plb" is one word too many; write plimsoll db import [file]; see "plimsoll db import --help"\n',
  });
});

it('lists actions with the command they belong to', () => {
  const { stdout } = runPlimsoll(['ignore', '--help']);
  expect(stdout.match(/^ {2}plimsoll ignore \w+/gm)).toEqual(['  plimsoll ignore lint', '  plimsoll ignore add']);
});

it('sorts many options under headings, those of the verdict first', () => {
  const headings = (command: string): readonly string[] | null =>
    runSources([command, '--help']).stdout.match(/^\S.*:$/gm);
  expect([headings('scan'), headings('explain')]).toEqual([
    ['Verdict:', 'Reports:', 'Image:', 'Who signed it:', 'What is looked for:', 'Archive:', 'Options:'],
    ['Options:'],
  ]);
});

it('names a negated option as it was written', () => {
  expect(runSources(['explain', '--no-passphrase', 'a', 'b']).stderr).toBe(
    'PLM_USAGE: Unknown argument: no-passphrase; see "plimsoll explain --help"\n',
  );
});
