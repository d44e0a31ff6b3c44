import { expect, it } from 'vitest';
import { documentTexts } from '../../src/secrets/document-texts.ts';

it('gives the texts of a statement in order, each with its field, and files decoded', () => {
  const document = {
    args: { 'build-arg:A': 'one', more: ['two', ['three', 4, null]] },
    infos: [{ filename: 'Dockerfile', data: Buffer.from('FROM a').toString('base64') }, { data: 'as it is' }],
  };
  expect([...documentTexts(document)]).toEqual([
    { name: 'build-arg:A', text: 'one' },
    { name: 'more', text: 'two' },
    { name: 'more', text: 'three' },
    { name: 'filename', text: 'Dockerfile' },
    { name: 'Dockerfile', text: 'FROM a' },
    { name: 'data', text: 'as it is' },
  ]);
});
