import { commonShare, isUncommon } from './words.ts';

/**
 * Whether a password is made of words, as those of examples, manuals and tests are: `super_secret`, `P@ssw0rd1`,
 * `MagicWord`, `shop123` of the user `shop`. Somebody may mean it; nothing tells that anybody does.
 */
export function isWordy(password: string, user = ''): boolean {
  const name = user.toLowerCase();
  const rest = password.toLowerCase();
  if (name.length >= 3 && rest.startsWith(name) && /^[\W_]?\d{0,4}!?$/.test(rest.slice(name.length))) return true;
  if ((WORDS.test(password) || CAMEL_WORDS.test(password)) && !isUncommon(password)) return true;
  return TELLING.test(plain(password)) || isSpelledWithDigits(password);
}

/** Lower-case words joined by signs, a short number after the last one. */
const WORDS = /^[a-z]{2,20}(?:[-_.][a-z]{2,20}){1,6}[-_.]?\d{0,3}!?$/;
const CAMEL_WORDS = /^[A-Z]?[a-z]{3,16}(?:[A-Z][a-z]{1,16}){0,4}\d{0,3}!?$/;
/** Words that nobody draws, spelled in any way. */
const TELLING = /pass(?:w|phrase|code)|secret|qwerty|letmein|welcome|foobar|^foo|^bar|test|dummy|token|abc12|1234567/;

/** A word in which one or two digits stand for letters: `pers0n`. */
function isSpelledWithDigits(password: string): boolean {
  if (!/^[a-z]{1,12}[013457][a-z]{1,12}(?:[013457][a-z]{0,12})?$/i.test(password)) return false;
  return commonShare(plain(password).split(' ')[0] ?? '') >= 0.6;
}

/** The letters that digits and signs stand for. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[013457@$]/g, (sign) => LETTERS[sign] ?? sign)
    .concat(' ', text.toLowerCase());
}

const LETTERS: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' };
