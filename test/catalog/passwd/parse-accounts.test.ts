import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAccounts } from '../../../src/catalog/passwd/parse-accounts.ts';

describe('account files', () => {
  it('locked accounts are no finding', () => {
    expect([...parseAccounts('/etc/shadow', 'root:*:1::::::\nbob:!:1::::::\n')]).toEqual([]);
  });

  it('an empty password field', () => {
    expect([...parseAccounts('/etc/shadow', 'root::1::::::\n')]).toEqual([
      { name: 'account-empty-password', value: 'root' },
    ]);
  });

  it('an empty group password is no open account', () => {
    expect([...parseAccounts('/etc/group', 'wheel::10:root\n')]).toEqual([]);
  });

  it('a second account with number 0', () => {
    expect([...parseAccounts('/etc/passwd', 'root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n')]).toEqual([
      { name: 'account-duplicate', value: 'accounts root and toor share number 0' },
    ]);
  });

  it('a name listed twice', () => {
    expect([...parseAccounts('/etc/group', 'a:x:1:\na:x:2:\n')]).toEqual([
      { name: 'account-duplicate', value: 'group a is listed twice' },
    ]);
  });

  it('accounts listed again and again are told once', () => {
    const text = 'root::0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n'.repeat(3);
    expect([...parseAccounts('/etc/passwd', text)]).toEqual([
      { name: 'account-empty-password', value: 'root' },
      { name: 'account-duplicate', value: 'accounts root and toor share number 0' },
      { name: 'account-duplicate', value: 'account root is listed twice' },
      { name: 'account-duplicate', value: 'account toor is listed twice' },
    ]);
  });

  it('truncated and binary lines are skipped', () => {
    expect([...parseAccounts('/etc/passwd', 'root\n\u0000\u0001::\n:::\n')]).toEqual([]);
  });

  it('never throws and never repeats a password field', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 8 }), (noise, hash) => {
        const password = `$6$${hash.replaceAll(/[:\n]/g, '')}`;
        const facts = [...parseAccounts('/etc/shadow', `${noise}\nroot:${password}:1::::::\n`)];
        return !facts.some((fact) => fact.value.includes(password));
      }),
    );
  });
});
