import { expect, it } from 'vitest';
import { runPlimsoll } from '../support/run-plimsoll.ts';

it('tells the options of the secrets command without an image', () => {
  const { code, stdout, stderr } = runPlimsoll(['secrets', '--help']);
  expect({ code, first: stdout.split('\n')[0], stderr }).toEqual({
    code: 0,
    first: 'plimsoll secrets IMAGE [options]',
    stderr: '',
  });
});

it('calls a secrets command without an image wrong usage', () => {
  expect(runPlimsoll(['secrets'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'PLM_USAGE: name one image: a path, "-" or dir:PATH; plimsoll secrets --help tells the options\n',
  });
});

it('lists actions with the command they belong to', () => {
  const { stdout } = runPlimsoll(['ignore', '--help']);
  expect(stdout.match(/^ {2}plimsoll ignore \w+/gm)).toEqual(['  plimsoll ignore lint', '  plimsoll ignore add']);
});
