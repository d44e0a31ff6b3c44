/** Passwords tried on encrypted keys and keystores: the defaults of tools and tutorials. Kept few, for each costs a key derivation. */
export const COMMON_PASSWORDS: readonly string[] = [
  'changeit',
  'password',
  '',
  'changeme',
  'secret',
  'test',
  '123456',
  'admin',
];
