/** What the name of an assignment says of its value: a secret, a key to something, or nothing. */
export type NameKind = 'secret' | 'key' | 'harmless';

/** Judges the whole name, as in `spring.datasource.password`. */
export function kindOfName(name: string): NameKind {
  if (HARMLESS_NAME.test(name) || FLEETING_NAME.test(name)) return 'harmless';
  if (SECRET_WORD.test(name)) return 'secret';
  return LOOKUP_KEY_NAME.test(name) ? 'harmless' : 'key';
}

/** Whether the sign between name and value gives the one to the other. */
export function isGiven(name: string, separator: string, kind: NameKind): boolean {
  if (/pass$/i.test(name) && !PASS_NAME.test(name) && !/[a-z]Pass$/.test(name)) return false;
  if (separator === '(') return SETTER.test(name);
  // `token.FLOAT, "1e5"`: the word names where the member belongs, not what it holds.
  return separator !== ',' || kind !== 'secret' || SECRET_WORD.test(name.slice(name.lastIndexOf('.') + 1));
}

/** Names that hold the word but no secret: paths, addresses, counts, public halves, descriptions. */
const HARMLESS_NAME =
  /public_?key_?token$|(?:file|pem|crt|cert|encryption|tohashes|encoder|hasher|factory|ref|existing_?secret|fingerprint|path|dir|url|uri|endpoint|host|name|user|id|type|length|len|size|count|limit|min|max|expir\w{0,255}|ttl|timeout|interval|age|format|regex|pattern|policy|prompt|label|field|column|param|header|prefix|suffix|class|method|hint|help|text|title|message|msg|error|description|version|status|enabled|required|algorithm|alg|hash|public|endpoint|style|color|icon|index|position|offset|kind|scope|issuer|provider|manager|store|storage|service|handler|function|reset|change|strength|confirm\w{0,255}|validator|tokenizer|tokenize\w{0,255}|tokens)$/i;

/** What a form, a page of results or a single request is told apart by; and digests of secrets. */
const FLEETING_NAME =
  /csrf|xsrf|authenticity_?token$|(?:next|page|continuation|sync|cursor|utm)_?token$|idempotency-?key$|websocket-?key$|hashed_secret$/i;

/** Words of which one makes a name that of a secret, `key` only after what it is the key to. */
const SECRET_WORD =
  /pass|pwd|_pw$|bindpw|_psk|secret|token|credential|auth(?!or)|bearer|salt|(?:api|secret|access|auth|private|encrypt(?:ion|ing)?|sign(?:ing)?|master|app|account|licen[cs]e|consumer|client|service|logged_in|nonce|deploy|session|hmac|jwt|webhook)[_.-]?key(?![a-rt-z])/i;

/** Keys that are names: of rows, caches, events. */
const LOOKUP_KEY_NAME =
  /(?:public|pub|publishable|gpg|pgp|primary|foreign|cache|sort|partition|index|map|hash|lookup|route|row|col(?:umn)?|object|group|item|data|state|config|query|event|translation|i18n|lang|hot|shortcut|json|dict|site|context|module|storage|registry|part)[_.-]?keys?$/i;

/** `pass` as a word of its own or after what it belongs to, not the end of `bypass` or `minipass`. */
const PASS_NAME =
  /(?:^|[^a-z])(?:user|db|ssh|ftp|my|mysql|pg|sql|admin|root|smtp|mail|ldap|proxy|login|auth|key|store)?pass$/i;

/** Calls that take what their name says: `setPassword("…")`, `.password("…")`. */
const SETTER = /(?:^|[.>])(?:set|with)_?\w{1,40}$|\.(?:password|passwd|passphrase|secret|token|api_?key|access_?key)$/i;
