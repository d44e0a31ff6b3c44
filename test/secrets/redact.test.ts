import { describe, expect, it } from 'vitest';
import { redactDocument } from '../../src/secrets/redact.ts';

const key = ['AKIA', 'QYLPMN5HHHFPZAM2'].join('');

describe('redactDocument', () => {
  it.each([
    ['a key of a known form', `Use ${key} for this.`, 'Use *** for this.'],
    ['two of them', `${key}\n${key}\n`, '***\n***\n'],
    [
      'no address with a password, as read-only repositories have',
      'cvs -d :pserver:anoncvs@example.org:/src',
      undefined,
    ],
    ['no prose about passwords', 'The password: is hunter2hunter2.', undefined],
    ['nothing in a licence', 'Permission is hereby granted, free of charge ©', undefined],
  ])('hides %s', (_, text, shown) => {
    expect(redactDocument(text, '/LICENSE')).toBe(shown ?? text);
  });

  it('says where a text could not be searched whole', () => {
    expect(redactDocument(`${key}\n`.repeat(3000), '/LICENSE')).toBe(undefined);
  });
});
