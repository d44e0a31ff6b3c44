import { entropy, plausibility } from '../plausible.ts';
import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { commandRule, isPassword } from '../shapes/command.ts';
import { latin1 } from '../shapes/latin1.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { isUncommon } from '../words.ts';
import { isWordy } from '../wordy-password.ts';

const drawn = sampleOf([run(BASE62, 14)], 'url');

export const rules: readonly SecretRule[] = [
  urlRule(),
  connectionStringRule(),
  keywordStringRule(),
  cacheStringRule(),
  oracleRule(),
];

/** `scheme://user:password@host` (RFC 3986 section 3.2.1). */
function urlRule(): AnchoredRule {
  return {
    id: 'connection-url-password',
    title: 'Password in a URL',
    severity: 'high',
    specification: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
    anchors: ['://'],
    reach: { before: 24, after: 320 },
    inspect: inspectUrl,
    samples: {
      hits: () => [
        `DATABASE_URL=postgres://shop:${drawn}@db.intern:5432/shop\n`,
        `url = https://deploy:${drawn}@git.intern/x.git\n`,
      ],
      misses: () => [
        'postgres://user:password@localhost/db',
        'https://user:${TOKEN}@git.intern/x',
        'https://user@git.intern/x',
        'http://a.b/c:d@e',
        'https://<user>:<pass>@host.intern/',
      ],
    },
  };
}

function inspectUrl(site: Site): Found | undefined {
  const from = site.at + 3;
  const at = atSign(site, from);
  if (at < 0) return undefined;
  const userinfo = latin1(site.bytes, from, at);
  const colon = userinfo.indexOf(':');
  if (colon < 0) return undefined;
  const [user, password] = [decoded(userinfo.slice(0, colon)), decoded(userinfo.slice(colon + 1))];
  const scheme = /[a-zA-Z][a-zA-Z0-9+.-]{1,20}$/.exec(latin1(site.bytes, site.start, site.at))?.[0].toLowerCase();
  const host = /^[^\s/?#"'<>,;\\]*/.exec(latin1(site.bytes, at + 1, Math.min(site.end, at + 80)))?.[0] ?? '';
  if (scheme === undefined || password.length < 3 || !isHost(host)) return undefined;
  const plausible = plausibility(password);
  if (plausible === 'reference' || isTemplate(user, password)) return undefined;
  const place = { start: from + colon + 1, end: at, ...(user === '' ? {} : { name: user.slice(0, 60) }) };
  if (plausible === 'placeholder' || DOCUMENTED_HOST.test(host))
    return { verdict: 'contextual', ...place, suppressed: 'placeholder' };
  const weak =
    plausible === 'weak' ||
    TRIVIAL.test(password) ||
    (user === '' && !/^redis|^amqp/.test(scheme)) ||
    /^(?:host|hostname|server|ip|domain|address|url)\b/i.test(host) ||
    password.length < 6 ||
    isWordy(password, user) ||
    /\s|&\w{1,40}=|%/.test(password) ||
    entropy(password) < 2.2 ||
    (!/[0-9A-Z\W_]/.test(password) && !isUncommon(password));
  return { verdict: weak ? 'generic' : 'contextual', ...place };
}

/** Hosts of documentation and tests (RFC 2606, RFC 6761). */
const DOCUMENTED_HOST = /(?:^|\.)example(?:\.(?:com|org|net))?(?::\d{1,255})?$|\.(?:invalid|faketld)$/;

/** The letters that percent signs stand for; the text itself where they stand for none. */
function decoded(text: string): string {
  return /%[0-9a-f]{2}/i.test(text)
    ? text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

/** Where the user part ends; the last `@` before the host's end, or -1. */
function atSign(site: Site, from: number): number {
  let found = -1;
  for (let at = from; at < site.end; at++) {
    const byte = site.bytes[at] ?? 0;
    if (byte === 0x40) found = at;
    else if (byte <= 0x20 || byte >= 0x7f || STOPS.has(byte)) break;
  }
  return found;
}

const STOPS = new Set([...'/?#"\'<>`|^\\,;()'].map((letter) => letter.charCodeAt(0)));

function isHost(host: string): boolean {
  return /^(?:\[[0-9A-Fa-f:.]{2,}|[A-Za-z0-9_.-][A-Za-z0-9_.:%-]{1,})/.test(host) && !/^\$|[{}]/.test(host);
}

/** Passwords that nobody means: reported as generic at most. */
const TRIVIAL =
  /^(?:secret|token|tiger|root|admin|test|guest|postgres|mysql|mongo|redis|hunter2|changeit|foo|bar|baz|abc|123\d{0,255}|p4ss\w{0,255}|p@ss\w{0,255}|(?:my|some|the)[a-z_]{0,40}\d{0,3}|db\w{0,6}|[\w.-]{0,255}password\w{0,4}|\w{0,255}pass\d{0,4})$/i;

/** Words of templates and documentation. */
const TEMPLATE =
  /^(?:pass(?:word|wd|wort|phrase)?|pwd|pw|user(?:name)?|x-oauth-basic|x|[*x.]+|%s|%40|null|none|string|port|\d{1,5}|[A-Z_]+)$/;

function isTemplate(user: string, password: string): boolean {
  return (
    password === user ||
    TEMPLATE.test(password) ||
    /^[[{<$%]/.test(password) ||
    /[{}\]]/.test(password) ||
    user.startsWith('[')
  );
}

/** `Server=…;Password=…;` of ADO, ODBC and JDBC. */
function connectionStringRule(): AnchoredRule {
  return {
    id: 'connection-string-password',
    title: 'Password in a connection string',
    severity: 'high',
    words: ['password=', 'pwd=', 'password ='],
    reach: { before: 240, after: 160 },
    inspect: inspectConnectionString,
    samples: {
      hits: () => [`"Server=db.intern;Database=shop;User Id=shop;Password=${drawn};"\n`],
      misses: () => [
        '"Server=db;Uid=shop;Pwd={0};"\n',
        `password=${drawn}\n`,
        '"Data Source=db;User Id=sa;Password=yourpassword;"\n',
      ],
    },
  };
}

/** Where the line begins when fields that end in semicolons come before the password in it, else -1. */
function fieldsBefore({ bytes, start, at }: Site): number {
  let hasField = false;
  let from = at;
  for (; from > start && bytes[from - 1] !== LINE_FEED; from--) if (bytes[from - 1] === SEMICOLON) hasField = true;
  return hasField ? from : -1;
}

const LINE_FEED = 0x0a;
const SEMICOLON = 0x3b;

function inspectConnectionString(site: Site): Found | undefined {
  const from = fieldsBefore(site);
  if (from < 0) return undefined;
  const line = latin1(site.bytes, from, site.at);
  if (
    !/(?:server|data source|host|addr(?:ess)?|driver|provider|user ?id|uid|username)\s?=[^;]{1,80};[^\n]{0,255}$/i.test(
      line,
    )
  )
    return undefined;
  const start = site.at + site.length + (site.bytes[site.at + site.length] === 0x20 ? 1 : 0);
  const value = /^[^;"'\s<>&]*/.exec(latin1(site.bytes, start, site.end))?.[0] ?? '';
  const plausible = plausibility(value);
  if (
    value.length < 6 ||
    plausible === 'reference' ||
    plausible === 'placeholder' ||
    isTemplate('', value) ||
    TRIVIAL.test(value)
  )
    return undefined;
  const mixed = /[0-9]/.test(value) && /[A-Za-z]/.test(value) && value.length >= 8 && !isWordy(value);
  return { verdict: mixed && plausible === 'plausible' ? 'contextual' : 'generic', start, end: start + value.length };
}

/** `host=… user=… password=…` with blanks between the fields, as PostgreSQL's library and its heirs take it. */
function keywordStringRule(): AnchoredRule {
  return commandRule({
    id: 'keyword-string-password',
    title: 'Password in a connection string of keywords',
    specification: 'https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE',
    words: ['password='],
    lead: /(?:^|["'`=:\s])(?:host(?:addr)?|user|dbname|port)=[^\s"'`;]{1,64} {1,2}(?:\w{2,16}=[^\s"'`;]{1,40} {1,2}){0,3}$/,
    pattern: /^([^\s"'`;&]{6,80})(?=[\s"'`]|$)/,
    accepts: (value) => isPassword(value) && !isTemplate('', value) && !TRIVIAL.test(value),
    hit: `dsn := "host=db.intern user=shop password=${drawn} dbname=shop"`,
    miss: 'dsn := "host=localhost user=gorm password=gorm dbname=gorm"',
  });
}

/** `host:port,password=…,ssl=True` of StackExchange.Redis. */
function cacheStringRule(): AnchoredRule {
  return commandRule({
    id: 'redis-string-password',
    title: 'Password in a Redis connection string',
    specification: 'https://stackexchange.github.io/StackExchange.Redis/Configuration.html',
    words: ['password='],
    lead: /[\w.-]{2,60}:\d{2,5},(?:\w{2,20}=[^,"'\s]{1,30},){0,3}$/,
    pattern: /^([^,"'\s;]{6,100})(?=[,"'\s]|$)/,
    accepts: (value) => isPassword(value) && !isTemplate('', value) && !TRIVIAL.test(value),
    hit: `"Redis": "cache.intern:6380,ssl=True,password=${drawn},abortConnect=False"`,
    miss: '"Redis": "cache.intern:6380,password={0},ssl=True"',
  });
}

/** `jdbc:oracle:thin:user/password@host`, which is no URL. */
function oracleRule(): AnchoredRule {
  return commandRule({
    id: 'oracle-url-password',
    title: 'Password in an Oracle address',
    specification: 'https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/data-sources-and-URLs.html',
    anchors: ['oracle:thin:'],
    pattern: /^["']?[\w$#.]{1,64}\/["']?([^\s"'@/]{4,64})["']?@/,
    accepts: (value) => plausibility(value) === 'plausible' && !isTemplate('', value) && !TRIVIAL.test(value),
    hit: `url=jdbc:oracle:thin:shop/${drawn}@//db.intern:1521/shop`,
    miss: 'url=jdbc:oracle:thin:scott/tiger@//localhost:1521/x?password=password',
  });
}
