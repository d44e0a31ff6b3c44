import { describe, expect, it } from 'vitest';
import { BASE62 } from '../../src/secrets/shapes/char-set.ts';
import { run } from '../../src/secrets/shapes/parts.ts';
import { sampleOf } from '../../src/secrets/shapes/sample.ts';
import { valuesIn } from '../support/found-values.ts';

const value = sampleOf([run(BASE62, 18)], 'assignments');

describe('names that say password', () => {
  it.each(['DB_PASS', 'APP_PASS', 'SMTP_PASS', 'db_pass', 'dbPass', 'PASS', 'ADMIN_PW', 'LDAP_BINDPW', 'WIFI_PSK'])(
    '%s',
    (name) => expect(valuesIn('/srv/app/.env', `A=b\n${name}=${value}\n`)).toEqual([value]),
  );

  it.each(['BYPASS', 'minipass', 'compass', 'encompass'])('but not %s', (name) =>
    expect(valuesIn('/srv/app/.env', `${name}=${value}\n`)).toEqual([]),
  );
});

describe('names and values that are written apart', () => {
  it.each([
    ['an entry of an env list', 'k.yaml', `env:\n  - name: DB_PASSWORD\n    value: "${value}"\n`],
    ['an entry without quotes', 'k.yaml', `env:\n  - name: DB_PASSWORD\n    value: ${value}\n`],
    ['a task definition', 't.json', `{"environment":[{"name":"DB_PASSWORD","value":"${value}"}]}`],
    ['an indented task definition', 't.json', `{\n  "name": "DB_PASSWORD",\n  "value": "${value}"\n}`],
    ['a stack parameter', 'p.json', `[{"ParameterKey":"DBPassword","ParameterValue":"${value}"}]`],
    ['a state output', 'x.tfstate', `"db_password": {\n  "value": "${value}",\n  "type": "string"\n}`],
    ['a variable with a default', 'v.tf', `variable "db_password" {\n  type = string\n  default = "${value}"\n}\n`],
    ['attributes key and value', 'web.config', `<add key="SmtpPassword" value="${value}" />`],
    ['attributes name and value', 'ctx.xml', `<property name="password" value="${value}"/>`],
    ['elements name and value', 'site.xml', `<name>db.ConnectionPassword</name>\n  <value>${value}</value>`],
    [
      'a setting with a value element',
      'app.config',
      `<setting name="ApiSecret" serializeAs="String"><value>${value}</value>`,
    ],
    ['a property list', 'x.plist', `<key>ApiSecret</key>\n\t<string>${value}</string>`],
  ])('%s', (_, file, text) => expect(valuesIn(`/srv/${file}`, text)).toEqual([value]));

  it.each([
    ['a reference', 'k.yaml', '- name: DB_PASSWORD\n  value: ${DB_PASSWORD}\n'],
    ['a value from elsewhere', 'k.yaml', '- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: db1\n'],
    ['a placeholder', 'web.config', '<add key="SmtpPassword" value="changeme" />'],
    ['the next name', 'k.yaml', `- name: DB_PASSWORD\n- name: VERSION\n  value: ${value}\n`],
  ])('but not %s', (_, file, text) => expect(valuesIn(`/srv/${file}`, text)).toEqual([]));
});

describe('values in source texts', () => {
  it.each([
    ['after ||', `const password = process.env.DB_PASSWORD || '${value}';`],
    ['after ??', `const password = process.env.DB_PASSWORD ?? "${value}";`],
    ['after ?:', `$x = getenv('DB_PASSWORD') ?: '${value}';`],
    ['given to a setter', `source.setPassword("${value}");`],
    ['given to a builder', `Source.builder().password("${value}").build();`],
  ])('%s', (_, text) => expect(valuesIn('/srv/app/A.java', text)).toEqual([value]));

  it.each([
    ['what is asked for', `find_by_password("${value}")`],
    ['what is compared', `validatePassword('${value}')`],
  ])('but not %s', (_, text) => expect(valuesIn('/srv/app/A.java', text)).toEqual([]));
});

describe('values in batch files', () => {
  it('with and without quotes', () =>
    expect(valuesIn('/srv/run.bat', `set DB_PASSWORD=${value}\r\nset "DB_PASSWORD=${value}x"\r\n`)).toEqual([
      value,
      `${value}x`,
    ]));
});

describe('values without quotes', () => {
  it.each([
    ['Makefile', `DOCKER_PASSWORD ?= ${value}`],
    ['user-data', `password: ${value}`],
    ['a.properties', 'key-store-password=cDPyIWxqZfwr3'],
  ])('in %s', (file, text) => expect(valuesIn(`/srv/${file}`, `${text}\n`)).toEqual([text.split(/[=:] ?/).at(-1)]));

  it.each([
    ['the name of a variable', 'password = dbPasswordValue1'],
    ['a word of a translation', 'token: Zugangsschl\u00c3\u00bcssel'],
    ['what a form requires', "password => 'required|min:8|confirmed'"],
  ])('but not %s', (_, text) => expect(valuesIn('/srv/x.yml', `${text}\n`)).toEqual([]));
});

describe('names that only look like those of secrets', () => {
  it.each([
    ['key codes', 'lk', 'xkb_keycodes "digital_vndr/lk" {'],
    [
      'titles of a search index',
      'searchindex.js',
      '"new-keywords":3,"storing-keys-in-hash-maps":"ch08-03.html#Keys2x"',
    ],
    ['kinds of tokens of a compiler', 'scan_test.go', 'token.FLOAT, "1.2e5x"; {token.IMAG, "0.0i1a"}'],
    ['a strong name of an assembly', 'app.manifest', `publicKeyToken="${'6a95b641c4ccf1df'}"`],
    [
      'a method of hashing',
      'postgresql.conf',
      'password_encryption = scram-sha-256\n# "password", "scram-sha-256", "gss"\n',
    ],
    [
      'a choice',
      'management.properties',
      '# jmxremote.ssl.need.client.auth=true|false\n# x.password.toHashes = true|false\n',
    ],
    [
      'names mapped to themselves',
      'Names.java',
      'add(DES3_KEY_GEN, "DES3_KEY_GEN"); x = { AUTH_TOKEN_V2: "AUTH_TOKEN_V2" }',
    ],
    ['an algorithm of a provider', 'Provider.java', 'put("SecretKeyFactory", "PBEWithMD5AndDES");'],
    ['a file of a key', 'make.py', 'with open("ssl_key.passwd.pem", "w3x") as f:'],
  ])('%s', (_, file, text) => expect(valuesIn(`/etc/${file}`, text)).toEqual([]));
});

describe('values that are no secrets', () => {
  it.each([
    'file:///etc/secret1',
    'sm://project/secret1',
    'keyvault://shop/password1',
    'projects/1/secrets/shop/versions/1',
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-abc123',
    'urn:ietf:params:oauth:token-type:jwt1',
    'base64',
    'argon2id',
    'application/json',
    'v1.2.3',
    '1.0.0-rc1',
    'us-east-1',
    'localhost:5432',
    'com.intern.SecretManager1',
    'auth_token_v2',
    'app:token:v1',
    'my-secret-name1',
    'not-a-real-secret-1',
    'Passw\\u00f6rter1',
  ])('%s', (harmless) => {
    expect(valuesIn('/srv/app/.env', `API_TOKEN=${harmless}\n`)).toEqual([]);
    expect(valuesIn('/srv/app/a.js', `const DB_PASSWORD = "${harmless}";\n`)).toEqual([]);
  });

  it.each([
    ['the fingerprint of a signing key', 'GPG_KEY=7A6C5F62C751356D054A26A821E680E5FA6305AB'],
    ['a key that is published', `STRIPE_PUBLISHABLE_KEY=pk_live_${value}${value}`],
    ['the digest of a secret', `  checksum/secret: ${'4ea5a88aad772cfd'.repeat(4)}`],
    ['the name of a secret', 'existingSecret: shop-db1'],
    ['what a form is told apart by', `csrf_token: ${value}`],
    ['the place of a page', `next_page_token: ${value}`],
    ['the digest of a secret that was found', `hashed_secret: ${value}`],
    ['a reference to a secret', 'tokenSecretRef: shop-db1'],
  ])('%s', (_, text) => expect(valuesIn('/srv/app/values.yaml', `${text}\n`)).toEqual([]));
});
