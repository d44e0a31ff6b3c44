import {
  ASSIGNMENT_AFTER,
  ASSIGNMENT_BEFORE,
  type Assignment,
  assignedName,
  assignedValue,
  assignmentAt,
} from '../assignment.ts';
import { distinct, entropy, isReference, plausibility } from '../plausible.ts';
import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';

const drawn = sampleOf([run(BASE62, 24)], 'generic');

export const rules: readonly SecretRule[] = [
  genericRule(
    'generic-password',
    'Password given to a name',
    [
      'passw',
      'passwd',
      'pwd',
      'passphrase',
      'pass=',
      'pass:',
      "pass'",
      'pass"',
      '_pass ',
      'passcode',
      '_pw=',
      '_pw:',
      'bindpw',
      '_psk',
    ],
    'DB_PASSWORD',
  ),
  genericRule(
    'generic-secret',
    'Secret given to a name',
    [
      'secret',
      'credential',
      'private_key',
      'privatekey',
      'encryption_key',
      'signing_key',
      'master_key',
      '_salt',
      'auth_key',
      'secure_auth_key',
      'logged_in_key',
      'nonce_key',
    ],
    'CLIENT_SECRET',
  ),
  genericRule('generic-token', 'Token given to a name', ['token', 'bearer'], 'ACCESS_TOKEN'),
  genericRule(
    'generic-api-key',
    'API key given to a name',
    [
      'api_key',
      'apikey',
      'api-key',
      'access_key',
      'accesskey',
      'access-key',
      'app_key',
      'appkey',
      'auth=',
      'auth"',
      'consumer_key',
      'account_key',
      'license_key',
      '_key',
      'key=',
      '-key',
    ],
    'SERVICE_API_KEY',
  ),
];

function genericRule(id: string, title: string, words: readonly string[], name: string): AnchoredRule {
  return {
    id,
    title,
    severity: 'medium',
    words,
    reach: { before: ASSIGNMENT_BEFORE, after: ASSIGNMENT_AFTER },
    inspect,
    samples: {
      hits: () => [
        `${name}=${drawn}\n`,
        `const config = { ${name.toLowerCase()}: "${drawn}" };\n`,
        `"${name}": "${drawn}",\n`,
      ],
      misses: () => [
        `${name}=\${${name}}\n`,
        `${name}=changeme\n`,
        `${name.toLowerCase()} = get_it()\n`,
        `${name}_FILE=/run/secrets/x1y2z3\n`,
        `"${name}": "Enter your value"\n`,
      ],
    },
  };
}

function inspect(site: Site): Found | undefined {
  const assignment = assignmentAt(site.bytes, site, site.at, site.length);
  if (assignment === undefined) return undefined;
  const length = assignment.end - assignment.start;
  if (length < SHORTEST || length > LONGEST) return undefined;
  if (isWithinPath(site, assignment)) return undefined;
  // asked first: names and values need not be read of most places
  const config = isConfig(site.path);
  if (!assignment.quoted && (!config || assignment.separator === '')) return undefined;
  const name = assignedName(site.bytes, assignment);
  const value = assignedValue(site.bytes, assignment);
  if (!isCandidate({ ...assignment, name, value }, config)) return undefined;
  const plausible = plausibility(value);
  if (plausible === 'placeholder' || plausible === 'reference') return undefined;
  return { verdict: 'generic', start: assignment.start, end: assignment.end, name: name.slice(0, 80) };
}

/** Whether the name is a part of an ARN or URN (`…:secret:shop`), or says what a digest was made of (`checksum/secret`). */
function isWithinPath({ bytes, start }: Site, { nameStart, separator }: Assignment): boolean {
  if (separator !== ':' || nameStart <= start) return false;
  const before = bytes[nameStart - 1];
  return (
    before === COLON ||
    (before === SLASH && /(?:sum|hash)\/$/.test(latin1(bytes, Math.max(start, nameStart - 9), nameStart)))
  );
}

const SLASH = 0x2f;
const COLON = 0x3a;

/** Bytes of a value. */
const SHORTEST = 6;
const LONGEST = 256;

/** Names that hold the word but no secret: paths, addresses, counts, public halves, descriptions. */
const HARMLESS_NAME =
  /public_?key_?token$|(?:file|pem|crt|cert|encryption|tohashes|encoder|hasher|factory|ref|existing_?secret|fingerprint|path|dir|url|uri|endpoint|host|name|user|id|type|length|len|size|count|limit|min|max|expir\w{0,255}|ttl|timeout|interval|age|format|regex|pattern|policy|prompt|label|field|column|param|header|prefix|suffix|class|method|hint|help|text|title|message|msg|error|description|version|status|enabled|required|algorithm|alg|hash|public|endpoint|style|color|icon|index|position|offset|kind|scope|issuer|provider|manager|store|storage|service|handler|function|reset|change|strength|confirm\w{0,255}|validator|tokenizer|tokenize\w{0,255}|tokens)$/i;

const CONFIG_PATH =
  /(?:^|\/)(?:\.?env[^/]{0,255}|[^/]{0,255}\.(?:env|ini|conf|cfg|cnf|properties|ya?ml|toml|json|xml|tfvars|tfstate|tf|hcl|plist|reg|txt|sh|bat|cmd|ps1|ovpn|nmconnection|envrc|bash|zsh|profile|rc|config|credentials|service|htpasswd|sql)|\.[a-z_]{1,255}(?:rc|profile|credentials|config)?|credentials?|creds|secrets?|config|hosts|inventory|fstab|environment|Dockerfile[^/]{0,255})$|^$/i;

/** The last path asked for: a file is asked about many times in a row. */
let known = { path: '', isConfig: true };

function isConfig(path: string): boolean {
  if (known.path !== path) known = { path, isConfig: CONFIG_PATH.test(path) };
  return known.isConfig;
}

function isCandidate(
  assignment: Assignment & { readonly name: string; readonly value: string },
  config: boolean,
): boolean {
  const { name, value, quoted, separator } = assignment;
  if (HARMLESS_NAME.test(name) || value === name) return false;
  if (isDrawnLetters(value)) return SECRET_WORD.test(name);
  if (isReference(value) || /\s/.test(value.trim()) || isTechnical(value)) return false;
  if (!quoted && /[()[\]{}]|^[\w.]{1,255}\(|^[a-z]{1,255}[A-Z][A-Za-z_]{0,255}\d{0,2}$|^self\.|->|::/.test(value))
    return false;
  if (/pass$/i.test(name) && !PASS_NAME.test(name) && !/[a-z]Pass$/.test(name)) return false;
  if (separator === '(' && !SETTER.test(name)) return false;
  if (!SECRET_WORD.test(name)) return isUnnamedKey(name, value);
  // `token.FLOAT, "1e5"`: the word names where the member belongs, not what it holds.
  if (separator === ',' && !SECRET_WORD.test(name.slice(name.lastIndexOf('.') + 1))) return false;
  return isMixed(value, config);
}

/** Calls that take what their name says: `setPassword("…")`, `.password("…")`. */
const SETTER = /(?:^|[.>])(?:set|with)_?\w{1,40}$|\.(?:password|passwd|passphrase|secret|token|api_?key|access_?key)$/i;

/** `pass` as a word of its own or after what it belongs to, not the end of `bypass` or `minipass`. */
const PASS_NAME =
  /(?:^|[^a-z])(?:user|db|ssh|ftp|my|mysql|pg|sql|admin|root|smtp|mail|ldap|proxy|login|auth|key|store)?pass$/i;

/** Words of which one makes a name that of a secret, `key` only after what it is the key to. */
const SECRET_WORD =
  /pass|pwd|_pw$|bindpw|_psk|secret|token|credential|auth(?!or)|bearer|salt|(?:api|secret|access|auth|private|encrypt(?:ion|ing)?|sign(?:ing)?|master|app|account|licen[cs]e|consumer|client|service|logged_in|nonce|deploy|session|hmac|jwt|webhook)[_.-]?key(?![a-rt-z])/i;

/** Keys that are names: of rows, caches, events. */
const LOOKUP_KEY_NAME =
  /(?:public|pub|publishable|gpg|pgp|primary|foreign|cache|sort|partition|index|map|hash|lookup|route|row|col(?:umn)?|object|group|item|data|state|config|query|event|translation|i18n|lang|hot|shortcut|json|dict|site|context|module|storage|registry|part)[_.-]?keys?$/i;

/** A key of nobody knows what must look drawn at random. */
function isUnnamedKey(name: string, value: string): boolean {
  return (
    !LOOKUP_KEY_NAME.test(name) &&
    value.length >= 16 &&
    /[0-9]/.test(value) &&
    /[A-Za-z]/.test(value) &&
    /^[\w+/=-]+$/.test(value) &&
    entropy(value) >= 3.2
  );
}

/** Sixteen lower-case letters, or four times four, that make no words: the passwords that Google draws for programs. */
function isDrawnLetters(value: string): boolean {
  return (
    /^(?:[a-z]{16}|[a-z]{4} [a-z]{4} [a-z]{4} [a-z]{4})$/.test(value) &&
    /[b-df-hj-np-tv-xz]{4}/.test(value.replaceAll(' ', '')) &&
    distinct(value) >= 9
  );
}

/** Values that are code, types, addresses, or prose. */
const HARMLESS_VALUE =
  /^(?:true\|false|true|false|null|none|undefined|nil|yes|no|on|off|string|str|bytes?|int|integer|boolean|object|optional|required|unset|default|auto|empty|any|self|this|token|secret|password|bearer|basic|\d{1,9}|[0-9.]{1,255}|\/[\w./-]{0,255}|\.{1,2}\/.{0,255}|[a-z][\w+.-]{1,31}:\/\/.{0,255}|[\w.-]{1,255}\.(?:js|ts|py|rb|go|java|php|html?|json|ya?ml|xml|pem|key|crt|txt|png|md|sh)|sha\d{1,255}-.{0,255}|#[0-9a-f]{3,8}|[*•xX.#_-]{1,255}|%[sdvq].{0,255}|.{0,255}%[sdv].{0,255}|\{.{0,255}\}|\[.{0,255}|<.{0,255}|&.{0,255}|.{0,255}\\[wdsb].{0,255}|\(.{0,255}\)|[A-Z]\w{0,31}\[.{0,255}\]|.{0,255}\\u[0-9a-f]{4}.{0,255})$/i;

function isTechnical(value: string): boolean {
  return HARMLESS_VALUE.test(value) || TECHNICAL_NAME.test(value) || isNaming(value);
}

/** Names of algorithms, encodings, media types, versions, regions, hosts, classes and places where secrets are kept. */
const TECHNICAL_NAME =
  /^(?:(?:scram-|hmac-?)?sha-?\d{1,3}(?:-plus)?|base(?:32|58|64)(?:url)?|utf-?\d{1,2}|argon2(?:id|i|d)?|pbkdf2\w{0,16}|aes-?\d{3}(?:-\w{3})?|(?:application|text)\/[\w.+-]{1,64}|v?\d{1,4}(?:\.\d{1,6}){1,3}(?:-[a-z]{1,8}\.?\d{0,4})?|[a-z]{2}(?:-[a-z]{3,12}){1,2}-\d|localhost:\d{1,5}|(?:[a-z][a-z0-9_]{0,31}\.){2,8}[A-Z]\w{0,63}|urn:[\w:.-]{1,120}|projects\/[^/]{1,64}\/secrets\/.{1,128}|not[-_]a[-_]real.{0,64}|test\d{0,4})$/;

/** Whether words joined by signs say what the whole names: `auth_token_v2`, `my-secret-name1`. */
function isNaming(value: string): boolean {
  const parts = value.split(/[-_.:]/, MOST_WORDS + 1);
  if (parts.length < 2 || parts.length > MOST_WORDS || !/token|secret|passw|key|auth|cred/i.test(value)) return false;
  return parts.every((part, index) =>
    (index === parts.length - 1 ? /^[a-z]{0,32}\d{0,2}$/i : /^[a-z]{1,32}$/i).test(part),
  );
}

const MOST_WORDS = 7;

/** Letters of one kind alone are a word; a secret mixes kinds or is long and even. */
function isMixed(value: string, config: boolean): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[!-,/:-@[-^`{-~]/].filter((kind) => kind.test(value)).length;
  if (distinct(value) < 5) return false;
  if (/[0-9]/.test(value) && kinds >= 2) return value.length >= 20 ? entropy(value) >= 3 : true;
  if (kinds >= 3) return entropy(value) >= 3;
  return (
    (config && value.length >= 8 && kinds >= 2 && /[^A-Za-z_.-]/.test(value)) ||
    (value.length >= 20 && entropy(value) >= 3.8 && !/[_.-]/.test(value))
  );
}
