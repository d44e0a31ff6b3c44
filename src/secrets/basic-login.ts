import { isDrawn, plausibility } from './plausible.ts';
import { isUncommon } from './words.ts';
import { isWordy } from './wordy-password.ts';

/** Logins of RFC 6749, RFC 7617 and their copies. */
const PUBLISHED = /^(?:s6BhdRkqt3:|Aladdin:|user\w*:pass|test:|foo:|admin:admin|client:|clientid:|id:secret)/i;
/** Words that stand for a password. */
const TEMPLATE = /^(?:(?:my)?pass\w*|pwd|(?:my)?secret|test)$/i;

/** Whether the login is one of words, as in manuals and tests: `admin:secret123`. */
export function isWordyLogin(value: string): boolean {
  const { login } = decoded(value);
  if (login === undefined) return false;
  const { user, password } = login;
  return isWordy(password, user) || (/^[\W_]?[A-Za-z_]{0,40}[\d?]{0,2}$/.test(password) && !isUncommon(password));
}

/**
 * Whether the value is base64 of a user and a password (RFC 7617) that nobody made up. What decodes to no text may be a
 * login that somebody changed before publishing: it must have the length of base64 and look drawn.
 */
export function isBasicLogin(value: string): boolean {
  const { text, login } = decoded(value);
  if (login === undefined) return !/^[\x20-\x7e\r\n]*$/.test(text) && value.length % 4 === 0 && isDrawn(value);
  const { user, password } = login;
  return (
    !PUBLISHED.test(text) && plausibility(password) !== 'placeholder' && !TEMPLATE.test(password) && user !== password
  );
}

/** What base64 stands for, and the user and the password where it is a login. */
function decoded(value: string): {
  readonly text: string;
  readonly login?: { readonly user: string; readonly password: string };
} {
  const text = Buffer.from(value, 'base64').toString('latin1');
  const [, user, password] = /^([\x20-\x39\x3b-\x7e]*):([\x20-\x7e]{3,})$/.exec(text) ?? [];
  return user === undefined || password === undefined ? { text } : { text, login: { user, password } };
}
