import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BASE62, BASE64, BASE64URL, UPPER_ALNUM } from '../../src/secrets/shapes/char-set.ts';
import { run } from '../../src/secrets/shapes/parts.ts';
import { sampleOf } from '../../src/secrets/shapes/sample.ts';
import { verdictsIn } from '../support/found-values.ts';

const value = sampleOf([run(BASE62, 14)], 'commands');
const key = sampleOf([run(BASE64URL, 43)], 'statements');

const wholeKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

describe('secrets in statements, options and headers', () => {
  it.each([
    ['sql-role-password', `CREATE USER shop WITH ENCRYPTED PASSWORD '${value}' CREATEDB;`],
    ['sql-role-password', `ALTER ROLE shop PASSWORD '${value}';`],
    ['sql-role-password', `psql -c "CREATE ROLE shop login password '${value}'"`],
    ['sql-role-password', `CREATE ROLE shop WITH LOGIN PASSWORD ${value};`],
    ['sql-plugin-password', `ALTER USER 'root'@'%' IDENTIFIED WITH mysql_native_password BY '${value}';`],
    ['sql-bare-password', `CREATE USER shop IDENTIFIED BY ${value};`],
    ['sql-bare-password', `sh -c 'echo CREATE USER shop IDENTIFIED BY ${value}\\; >>a.sql;'`],
    ['sql-hashed-password', `UPDATE mysql.user SET authentication_string = PASSWORD ('${value}') WHERE User = 'a';`],
    ['sql-hashed-password', `insert into mysql.user values(PASSWORD('${value}') );`],
    ['option-secret', `gpg --decrypt --passphrase ${value} a.gpg`],
    ['option-secret', `wget --http-user=bob --http-password=${value} https://ci.intern`],
    ['option-secret', `Add-Computer -Domain 'ci.intern' -Password '${value}'`],
    ['option-secret', `curl \\\n  --oauth2-bearer "${value}==" \\\n  https://ci.intern`],
    ['option-token', `Connect-Service -Token ${value}${value}`],
    ['secure-string-argument', `$p = ConvertTo-SecureString -String -Force ${value}`],
    ['secure-string-argument', `ConvertTo-SecureString ${value} -AsPlainText -Force`],
    ['secure-string-argument', `ConvertTo-SecureString -String "rT$k${value}" -AsPlainText -Force`],
    ['authorization-token', `curl -H 'Authorization: token ${value}${value}' https://git.intern`],
    ['authorization-token', `Authorization: ApiKey ${value}${value}`],
    ['jwk-private-key', `{"kty": "oct", "kid": "a", "k": "${key.slice(0, 22)}"}`],
    ['jwk-private-key', `{"alg":"HS256","k":"${key}","kty":"oct"}`],
    ['jwk-private-key', `{"d":"${key}","kty":"EC","crv":"P-256"}`],
    ['jwk-private-key', `{"kty": "OKP", "crv": "Ed25519", "use": "sig", "d": "${key}"}`],
    ['jwk-private-key', JSON.stringify({ keys: [wholeKey] }, null, 2)],
    ['facebook-explorer-token', `token = "EAACEdEose0cBA${sampleOf([run(BASE62, 60)], 'explorer')}"`],
    ['bedrock-re-drawn-key', `ABSK${sampleOf([run(BASE64, 128)], 'bedrock')}`],
    [
      'defined-networking-key',
      `dnkey-${sampleOf([run(UPPER_ALNUM, 26)], 'dn').replace(/[0189]/g, 'Q')}-${sampleOf([run(UPPER_ALNUM, 52)], 'dn').replace(/[0189]/g, 'R')}`,
    ],
  ])('%s: %s', (rule, text) => {
    const found = verdictsIn('/srv/notes', `first\n${text}\nlast\n`);
    expect(found.map(({ ruleId, verdict }) => [ruleId, verdict === 'generic'])).toEqual([[rule, false]]);
  });

  it.each([
    "CREATE USER shop WITH ENCRYPTED PASSWORD '$SHOP_PASS1';",
    "ALTER ROLE shop PASSWORD 'password';",
    'CREATE ROLE shop WITH LOGIN PASSWORD NULL;',
    'CREATE USER shop IDENTIFIED BY password_of_the_user;',
    'the user is IDENTIFIED BY rfc2617 and more',
    "SELECT user FROM u WHERE hash = PASSWORD('none');",
    `curl --oauth2-bearer "${['mF_9.B5f', '4.1JqM'].join('-')}" https://ci.intern`,
    'gpg --passphrase-fd 0 --passphrase "$PASS1"',
    'Connect-Service -Token $env:TOKEN1234',
    'the -token option2 takes one of them',
    "jwt.sign(payload, 'my-secret-key-1')",
    'wget --http-password=PASSWORD https://ci.intern',
    'ConvertTo-SecureString -String $env:PASS1 -AsPlainText -Force',
    'ConvertTo-SecureString $Password1 -AsPlainText -Force',
    'Authorization: token <your-token-1>',
    'Authorization: Token in the header, see section12345678901234567890',
    '{"kty":"oct","k":"$KEY"}',
    `{"kty":"EC","x":"${key}"},{"d":"${key}"}`,
    '{"id":"a1","kty":"EC","crv":"P-256"}',
  ])('but not %s', (text) =>
    expect(verdictsIn('/srv/notes', `first\n${text}\nlast\n`).filter(({ verdict }) => verdict !== 'generic')).toEqual(
      [],
    ),
  );
});
