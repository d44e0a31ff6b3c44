import { describe, expect, it } from 'vitest';
import { BASE62, HEX, HEX_UPPER } from '../../src/secrets/shapes/char-set.ts';
import { run } from '../../src/secrets/shapes/parts.ts';
import { sampleOf } from '../../src/secrets/shapes/sample.ts';
import { foundIn, verdictsIn } from '../support/found-values.ts';

const token = sampleOf([run(BASE62, 32)], 'requests');
const hex = sampleOf([run(HEX, 40)], 'requests');
const password = sampleOf([run(BASE62, 12)], 'requests');
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('secrets in calls and settings', () => {
  it.each([
    ['jwt-signing-secret', `const token = jwt.sign({ id: user.id }, '${password}1');`],
    ['go-database-login', `sql.Open("mysql", "shop:${password}1@tcp(db.intern:3306)/shop")`],
    ['xml-login', `<server>\n  <username>ci</username>\n  <password>${password}1</password>\n</server>`],
    ['machine-key', `<machineKey decryptionKey="${sampleOf([run(HEX_UPPER, 48)], 'machine')}" />`],
    ['redis-string-password', `"cache.intern:6380,password=${password}1,ssl=True"`],
    ['sudo-password', `echo ${password}1 | sudo -S apt-get update`],
    ['telegram-bot-address', `https://api.telegram.org/bot213568346:AA${token}/sendMessage`],
    ['database-connect-password', `DBI->connect("dbi:mysql:shop", "shop", "${password}1");`],
    ['request-header-secret', `proxy_set_header X-Api-Key "${token}";`],
    ['keyword-string-password', `dsn := "host=db.intern user=shop password=${password}1 port=5432"`],
    ['connection-url-password', `redis://:My4${password}@cache.intern:6379/0`],
  ])('%s: %s', (ruleId, text) =>
    expect(verdictsIn('/srv/notes', `${text}\n`)).toEqual([{ ruleId, verdict: 'contextual' }]),
  );

  it.each([
    'jwt.verify(token, process.env.JWT_SECRET1)',
    "jwt.verify(token, publicHalf, 'shopFrontend')",
    'fmt.Sprintf("%s:%s@tcp(%s)/shop", user1, pass1, host1)',
    '<username>ci</username><password>${env.PASS1}</password>',
    '<machineKey validationKey="AutoGenerate,IsolateApps" />',
    `<machineKey validationKey="${'0'.repeat(64)}" />`,
    'cache.intern:6380,password={0},ssl=True',
    'echo "$PASS1234" | sudo -S apt-get update',
    'host=localhost user=gorm password=gorm dbname=gorm',
    'redis://:my_password1@cache.intern:6379/0',
  ])('but not %s', (text) =>
    expect(verdictsIn('/srv/notes', `${text}\n`).filter(({ verdict }) => verdict !== 'generic')).toEqual([]),
  );
});

describe('secrets of a request', () => {
  it.each([
    ['a parameter of a URL', `curl https://api.intern/v1/me?access_token=${token}`, token],
    ['a later parameter', `fetch("https://api.intern/v1/me?lang=en&api_key=${hex}")`, hex],
    ['a parameter in HTML', `<a href="https://api.intern/v1?x=1&amp;apikey=${hex}">`, hex],
    ['a parameter in JSON', `{"url":"https://api.intern/v1?x=1\\u0026client_secret=${token}"}`, token],
    ['a header', `X-Api-Key: ${token}`, token],
    ['a header of hex digits, eight letters in a row', `X-Api-Key: 9bdeafcce7${hex}`, `9bdeafcce7${hex}`],
    ['a header given to curl', `curl --header "PRIVATE-TOKEN: ${token}" https://git.intern/api`, token],
    ['a header in a map', `headers = {'X-Auth-Token': '${hex}'}`, hex],
    ['a header given to a call', `req.Header.Set("X-Api-Key", "${token}")`, token],
    ['a header in a collection', `{ "key": "X-Api-Key", "value": "${token}", "type": "text" }`, token],
    ['a scheme of its own in a map', `headers={'Authorization': 'Token ${hex}'}`, hex],
    ['no scheme', `"Authorization": "${hex}"`, hex],
    ['a header of .NET', `new AuthenticationHeaderValue("Bearer", "${token}")`, token],
    ['a login of a call', `requests.get(url, auth=('deploy', '${password}1'))`, `${password}1`],
    ['a login of a request', `req.SetBasicAuth("deploy", "${password}1")`, `${password}1`],
    [
      'a login kept for a header',
      `const basic = 'Basic ${base64(`deploy:${password}1`)}';`,
      base64(`deploy:${password}1`),
    ],
  ])('%s', (_, text, value) => {
    expect(foundIn('/srv/notes', `first\n${text}\nlast\n`).map((found) => found.value)).toEqual([value]);
    expect(verdictsIn('/srv/notes', `${text}\n`).map(({ verdict }) => verdict)).toEqual(['contextual']);
  });

  it.each([
    'https://api.intern/v1/me?access_token=YOUR_ACCESS_TOKEN_HERE1',
    'https://api.intern/v1/me?access_token=abcdef1234567890abcdef1234567890',
    'https://api.intern/v1/me?api_key=$API_KEY1234567890ab',
    'https://api.intern/v1/me?access_token={token1}&x=1',
    `https://api.intern/v1/me?page_token=${token}`,
    `https://ci.intern/badge.svg?token=${token}`,
    'X-Api-Key: <your-api-key-1>',
    'X-Api-Key: my-secret-api-key-123456',
    'X-Auth-Token: ${AUTH_TOKEN1234567}',
    `X-CSRF-Token: ${token}`,
    `Idempotency-Key: ${token}`,
    `Sec-WebSocket-Key: ${base64(token)}`,
    `"X-Api-Key", "required1234567890"`,
    `"AWS::ApiGateway::ApiKey": "${hex}"`,
    'Authorization: Token 0123456789abcdef0123456789abcdef',
    'Authorization: AWS4-HMAC-SHA256 Credential=x',
    "auth=('deploy', 'password1')",
    'req.SetBasicAuth("client_id_1", "client_secret_1")',
    'docker swarm join --token SWMTKN-1-aabbccdd00112233-aabbccdd00112233... 192.168.99.100:2377',
    `const basic = 'Basic ${base64('user:password')}';`,
    `title = 'Basic understanding1 of things';`,
  ])('but not %s', (text) =>
    expect(verdictsIn('/srv/notes', `first\n${text}\nlast\n`).filter(({ verdict }) => verdict !== 'generic')).toEqual(
      [],
    ),
  );
});
