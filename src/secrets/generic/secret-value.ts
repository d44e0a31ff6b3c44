import { distinct, entropy, isReference } from '../plausible.ts';

/** Whether the value cannot be a secret: a reference, prose, code, a type, an address, the name of something. */
export function isHarmlessValue(value: string, quoted: boolean): boolean {
  if (isReference(value) || /\s/.test(value.trim()) || isForeignWord(value)) return true;
  if (HARMLESS_VALUE.test(value) || TECHNICAL_NAME.test(value) || isNaming(value)) return true;
  return !quoted && (CODE.test(value) || isVariable(value));
}

/** Whether the letters are words joined by capitals, as in the name of a variable; drawn letters have more capitals. */
function isVariable(value: string): boolean {
  return (
    /^[a-z]{1,255}[A-Z][A-Za-z_]{0,255}\d{0,2}$/.test(value) && value.replace(/[^A-Z]/g, '').length * 3 <= value.length
  );
}

/** A word of a translation: letters of UTF-8 beyond ASCII, and no digit. */
function isForeignWord(value: string): boolean {
  return /[\u00c2-\u00f4][\u0080-\u00bf]/.test(value) && !/[0-9]/.test(value);
}

/** Whether these are sixteen lower-case letters, or four times four, that make no words: so are the passwords that Google draws for programs. */
export function isDrawnLetters(value: string): boolean {
  return (
    /^(?:[a-z]{16}|[a-z]{4} [a-z]{4} [a-z]{4} [a-z]{4})$/.test(value) &&
    /[b-df-hj-np-tv-xz]{4}/.test(value.replaceAll(' ', '')) &&
    distinct(value) >= 9
  );
}

/** Letters of one kind alone are a word; a secret mixes kinds or is long and even. */
export function isMixed(value: string, config: boolean): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[!-,/:-@[-^`{-~]/].filter((kind) => kind.test(value)).length;
  if (distinct(value) < 5) return false;
  if (/[0-9]/.test(value) && kinds >= 2) return value.length >= 20 ? entropy(value) >= 3 : true;
  if (kinds >= 3) return entropy(value) >= 3;
  return (
    (config && value.length >= 8 && kinds >= 2 && /[^A-Za-z_.-]/.test(value)) ||
    (value.length >= 20 && entropy(value) >= 3.8 && !/[_.-]/.test(value))
  );
}

/** Whether the value of a key to nobody knows what looks drawn at random. */
export function isUnnamedKey(value: string): boolean {
  return (
    value.length >= 16 &&
    /[0-9]/.test(value) &&
    /[A-Za-z]/.test(value) &&
    /^[\w+/=-]+$/.test(value) &&
    entropy(value) >= 3.2
  );
}

/** Values that are code, types, addresses, or prose. */
const HARMLESS_VALUE =
  /^(?:true\|false|true|false|null|none|undefined|nil|yes|no|on|off|string|str|bytes?|int|integer|boolean|object|optional|required|unset|default|auto|empty|any|self|this|token|secret|password|bearer|basic|\d{1,9}|[0-9.]{1,255}|\/[\w./-]{0,255}|\.{1,2}\/.{0,255}|[a-z][\w+.-]{1,31}:\/\/.{0,255}|[\w.-]{1,255}\.(?:js|ts|py|rb|go|java|php|html?|json|ya?ml|xml|pem|key|crt|txt|png|md|sh)|sha\d{1,255}-.{0,255}|#[0-9a-f]{3,8}|[*•xX.#_-]{1,255}|%[sdvq].{0,255}|.{0,255}%[sdv].{0,255}|required\|.{0,255}|\{.{0,255}\}|\[.{0,255}|<.{0,255}|&.{0,255}|.{0,255}\\[wdsb].{0,255}|\(.{0,255}\)|[A-Z]\w{0,31}\[.{0,255}\]|.{0,255}\\u[0-9a-f]{4}.{0,255})$/i;

/** Calls, indices and members, where no quotes say that it is a text. */
const CODE = /[()[\]{}]|^[\w.]{1,255}\(|^self\.|->|::/;

/** Names of algorithms, encodings, media types, versions, regions, hosts, classes and places where secrets are kept. */
const TECHNICAL_NAME =
  /^(?:(?:scram-|hmac-?)?sha-?\d{1,3}(?:-plus)?|base(?:32|58|64)(?:url)?|utf-?\d{1,2}|argon2(?:id|i|d)?|pbkdf2\w{0,16}|aes-?\d{3}(?:-\w{3})?|(?:application|text)\/[\w.+-]{1,64}|v?\d{1,4}(?:\.\d{1,6}){1,3}(?:-[a-z]{1,8}\.?\d{0,4})?|[a-z]{2}(?:-[a-z]{3,12}){1,2}-\d|localhost:\d{1,5}|(?:[a-z][a-z0-9_]{0,31}\.){2,8}[A-Z]\w{0,63}|urn:[\w:.-]{1,120}|projects\/[^/]{1,64}\/secrets\/.{1,128}|not[-_]a[-_]real.{0,64}|test\d{0,4})$/;

/** Whether words joined by signs say what the whole names: `auth_token_v2`, `my-secret-name1`. */
export function isNaming(value: string): boolean {
  const parts = value.split(/[-_.:]/, MOST_WORDS + 1);
  if (parts.length < 2 || parts.length > MOST_WORDS || !/token|secret|passw|key|auth|cred/i.test(value)) return false;
  return parts.every((part, index) =>
    (index === parts.length - 1 ? /^[a-z]{0,32}\d{0,2}$/i : /^[a-z]{1,32}$/i).test(part),
  );
}

const MOST_WORDS = 7;
