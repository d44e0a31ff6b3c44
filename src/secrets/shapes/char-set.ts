/** A set of bytes that a part of a token is made of. */
export interface CharSet {
  readonly name: string;
  /** 1 where the byte belongs, indexed by byte. */
  readonly has: Uint8Array;
  /** The members in order, for generating samples. */
  readonly letters: string;
}

/** A set from its members; `a-z` spells a range. */
export function charSet(name: string, members: string): CharSet {
  const has = new Uint8Array(256);
  let letters = '';
  for (const code of expand(members)) {
    if (has[code] === 1) continue;
    has[code] = 1;
    letters += String.fromCharCode(code);
  }
  return { name, has, letters };
}

function* expand(members: string): Generator<number> {
  for (let index = 0; index < members.length; index++) {
    const first = members.charCodeAt(index);
    if (members[index + 1] === '-' && index + 2 < members.length) {
      for (let code = first; code <= members.charCodeAt(index + 2); code++) yield code;
      index += 2;
    } else yield first;
  }
}

export const DIGIT = charSet('digit', '0-9');
export const HEX = charSet('hex', '0-9a-f');
export const HEX_UPPER = charSet('upper-case hex', '0-9A-F');
export const HEX_ANY = charSet('hex of any case', '0-9a-fA-F');
export const LOWER = charSet('lower', 'a-z');
export const ALPHA = charSet('alpha', 'A-Za-z');
export const LOWER_ALNUM = charSet('lower-case alphanumeric', '0-9a-z');
export const UPPER_ALNUM = charSet('upper-case alphanumeric', '0-9A-Z');
export const BASE32 = charSet('base32', 'A-Z2-7');
export const BASE58 = charSet('base58', '1-9A-HJ-NP-Za-km-z');
export const BASE62 = charSet('base62', '0-9A-Za-z');
export const BASE64 = charSet('base64', '0-9A-Za-z+/');
export const BASE64_PADDED = charSet('base64 with padding', '0-9A-Za-z+/=');
export const BASE64URL = charSet('base64url', '0-9A-Za-z_-');
export const WORD = charSet('word', '0-9A-Za-z_');
