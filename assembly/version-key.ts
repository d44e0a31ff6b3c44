/**
 * Order-preserving version keys: the encoders of src/versions/{dpkg,rpm,apk,semver,pep440}.ts on ASCII bytes. Each writes the key
 * to `out` and returns its length, or -1 where the text is none of these versions or not plain enough for the kernel: the
 * caller then asks the scheme itself.
 */
const NO: i32 = -1;
const LONGEST_NUMBER: u32 = 250;

/** Where the key goes on. */
let cursor: usize = 0;
let sound: bool = true;

// @ts-ignore: decorator
@inline
function put(value: u32): void {
  store<u8>(cursor++, <u8>value);
}

// @ts-ignore: decorator
@inline
function isDigit(code: u32): bool {
  return code - 48 < 10;
}

// @ts-ignore: decorator
@inline
function isLetter(code: u32): bool {
  return (code | 32) - 97 < 26;
}

function digitsEnd(at: usize, end: usize): usize {
  while (at < end && isDigit(load<u8>(at))) at++;
  return at;
}

/** Count of significant digits, then the digits. */
function putNumber(at: usize, end: usize): void {
  while (at < end && load<u8>(at) == 48) at++;
  const length = <u32>(end - at);
  if (length > LONGEST_NUMBER) {
    sound = false;
    return;
  }
  put(length);
  for (; at < end; at++) put(load<u8>(at));
}

function putText(at: usize, end: usize): void {
  for (; at < end; at++) put(load<u8>(at));
  put(0);
}

/** Only printable ASCII is read here. */
function isPlain(at: usize, end: usize): bool {
  if (at == end) return false;
  for (; at < end; at++) if (<u32>load<u8>(at) - 33 > 93) return false;
  return true;
}

function indexOf(code: u32, at: usize, end: usize): usize {
  while (at < end && load<u8>(at) != code) at++;
  return at;
}

function lastIndexOf(code: u32, at: usize, end: usize): usize {
  for (let last = end; last > at; last--) if (load<u8>(last - 1) == code) return last - 1;
  return end;
}

function start(out: usize): void {
  cursor = out;
  sound = true;
}

function finish(out: usize): i32 {
  return sound ? <i32>(cursor - out) : NO;
}

export function encodeDpkg(at: usize, length: u32, out: usize): i32 {
  let end = at + length;
  if (!isPlain(at, end)) return NO;
  start(out);
  const colon = indexOf(58, at, end);
  if (colon < end) {
    if (colon == at || digitsEnd(at, colon) != colon) return NO;
    putNumber(at, colon);
    at = colon + 1;
    if (at == end) return NO;
  } else put(0);
  const dash = lastIndexOf(45, at, end);
  putDebianRuns(at, dash);
  putDebianRuns(dash < end ? dash + 1 : end, end);
  return finish(out);
}

const DEBIAN_END: u32 = 2;

function putDebianRuns(at: usize, end: usize): void {
  let rest = at;
  while (rest < end && load<u8>(rest) == 48) rest++;
  if (rest < end) {
    while (at < end) {
      for (; at < end && !isDigit(load<u8>(at)); at++) {
        const code = <u32>load<u8>(at);
        put(code == 126 ? 1 : isLetter(code) ? code : code + 128);
      }
      const next = digitsEnd(at, end);
      put(DEBIAN_END);
      putNumber(at, next);
      at = next;
    }
  }
  put(DEBIAN_END);
  put(0);
  put(DEBIAN_END);
}

export function encodeRpm(at: usize, length: u32, out: usize): i32 {
  const end = at + length;
  if (!isPlain(at, end)) return NO;
  start(out);
  const colon = indexOf(58, at, end);
  if (colon < end && colon > at && digitsEnd(at, colon) == colon) {
    putNumber(at, colon);
    at = colon + 1;
    if (at == end) return NO;
  } else put(0);
  const dash = lastIndexOf(45, at, end);
  putRpmSegments(at, dash);
  if (dash == end) put(0);
  else {
    put(1);
    putRpmSegments(dash + 1, end);
  }
  return finish(out);
}

function putRpmSegments(at: usize, end: usize): void {
  while (at < end) {
    const code = <u32>load<u8>(at);
    if (code == 126) {
      put(1);
      at++;
    } else if (code == 94) {
      put(3);
      at++;
    } else if (isDigit(code)) {
      const next = digitsEnd(at, end);
      put(5);
      putNumber(at, next);
      at = next;
    } else if (isLetter(code)) {
      let next = at;
      while (next < end && isLetter(load<u8>(next))) next++;
      put(4);
      putText(at, next);
      at = next;
    } else at++;
  }
  put(2);
}

export function encodeSemver(at: usize, length: u32, out: usize): i32 {
  const end = at + length;
  if (!isPlain(at, end)) return NO;
  start(out);
  const first = <u32>load<u8>(at);
  if (first == 118 || first == 86 || first == 61) at++;
  let parts = 0;
  for (;;) {
    const next = digitsEnd(at, end);
    if (next == at) return NO;
    if (parts++ < 3) putNumber(at, next);
    at = next;
    if (at + 1 >= end || load<u8>(at) != 46 || !isDigit(load<u8>(at, 1))) break;
    at++;
  }
  for (; parts < 3; parts++) put(0);
  const beforeBuild = indexOf(43, at, end);
  if (at == beforeBuild) {
    put(3);
    return finish(out);
  }
  if (load<u8>(at) != 45) return NO;
  return putPrerelease(at + 1, beforeBuild) ? finish(out) : NO;
}

function putPrerelease(at: usize, end: usize): bool {
  for (;;) {
    const next = indexOf(46, at, end);
    if (next == at) return false;
    let numeric = true;
    for (let i = at; i < next; i++) {
      const code = <u32>load<u8>(i);
      if (isDigit(code)) continue;
      if (code != 45 && !isLetter(code)) return false;
      numeric = false;
    }
    put(numeric ? 1 : 2);
    if (numeric) putNumber(at, next);
    else putText(at, next);
    if (next == end) break;
    at = next + 1;
  }
  put(0);
  return true;
}

/** Kinds of what follows a value, with their ranks as in src/versions/apk.ts. */
const INVALID: u32 = 0;
const PRE_SUFFIX: u32 = 1;
const END: u32 = 2;
const REVISION: u32 = 3;
const HASH: u32 = 4;
const SUFFIX_NUMBER: u32 = 5;
const POST_SUFFIX: u32 = 6;
const EMPTY_PART: u32 = 7;
const LETTER: u32 = 8;
const DIGIT: u32 = 9;
const DIGIT_OR_ZERO: u32 = 10;
const APK_NUMBER: u32 = 128;

export function encodeApk(at: usize, length: u32, out: usize): i32 {
  const end = at + length;
  if (!isPlain(at, end)) return NO;
  start(out);
  let kind = DIGIT;
  while (kind != END && kind != INVALID) {
    let known = false;
    let valid = true;
    let hash: usize = 0;
    let digits = at;
    let rank = APK_NUMBER;
    if (kind == PRE_SUFFIX || kind == POST_SUFFIX) {
      const suffix = suffixAt(at, end);
      valid = suffix != 0;
      rank = valid ? suffix & 0xff : APK_NUMBER - 1;
      at += suffix >> 8;
      digits = at;
    } else if (kind == LETTER) {
      rank = load<u8>(at++);
      digits = at;
    } else if (kind == HASH) {
      hash = at;
      while (at < end && (isDigit(load<u8>(at)) || <u32>load<u8>(at) - 97 < 6)) at++;
      valid = at > hash;
      digits = at;
    } else if (kind == DIGIT_OR_ZERO && load<u8>(at) == 48) {
      while (at < end && load<u8>(at) == 48) at++;
      rank = APK_NUMBER - min(<u32>(at - digits), 100);
      digits = at;
      known = true;
    } else at = digitsEnd(at, end);
    put(rank);
    putNumber(digits, at);
    if (hash != 0) putText(hash, at);
    else put(0);
    if (known) kind = DIGIT;
    if (!valid) kind = INVALID;
    else if (at >= end) kind = END;
    else if (!known) {
      const next = follow(at, end, kind);
      kind = next & 0xff;
      at += next >> 8;
    }
    put(kind);
  }
  return finish(out);
}

/** Kind of the next token, and above the low byte how many bytes of separator come before it. */
function follow(at: usize, end: usize, last: u32): u32 {
  const code = <u32>load<u8>(at);
  const stage = stageOf(last);
  if (stage <= 1 && code - 97 < 26) return LETTER;
  if (last == LETTER && isDigit(code)) return DIGIT;
  if ((last == PRE_SUFFIX || last == POST_SUFFIX) && isDigit(code)) return SUFFIX_NUMBER;
  if (code == 46 && stage <= 1) return (at + 1 < end && isDigit(load<u8>(at, 1)) ? DIGIT_OR_ZERO : EMPTY_PART) | 256;
  if (code == 95 && stage <= 4) {
    const suffix = suffixAt(at + 1, end);
    return (suffix != 0 && (suffix & 0xff) >= APK_NUMBER ? POST_SUFFIX : PRE_SUFFIX) | 256;
  }
  if (code == 126 && stage <= 4) return HASH | 256;
  const revision = code == 45 && stage <= 5 && at + 1 < end && load<u8>(at, 1) == 114;
  return revision && !(at + 2 < end && isLetter(load<u8>(at, 2))) ? REVISION | 512 : INVALID;
}

function stageOf(kind: u32): u32 {
  if (kind == DIGIT_OR_ZERO || kind == EMPTY_PART) return 0;
  if (kind == DIGIT) return 1;
  if (kind == LETTER) return 2;
  if (kind == PRE_SUFFIX || kind == POST_SUFFIX) return 3;
  if (kind == SUFFIX_NUMBER) return 4;
  return kind == HASH ? 5 : 6;
}

/** Rank of the suffix and, above the low byte, its length; 0 for none that is known. */
function suffixAt(at: usize, end: usize): u32 {
  const room = <u32>(end - at);
  const a = room > 0 ? <u32>load<u8>(at) : 0;
  const b = room > 1 ? <u32>load<u8>(at, 1) : 0;
  const c = room > 2 ? <u32>load<u8>(at, 2) : 0;
  const d = room > 3 ? <u32>load<u8>(at, 3) : 0;
  const three = (a << 16) | (b << 8) | c;
  if (((a << 24) | (b << 16) | (c << 8) | d) == 0x616c7068 && room > 4 && load<u8>(at, 4) == 97) return (5 << 8) | 124;
  if (((a << 24) | (b << 16) | (c << 8) | d) == 0x62657461) return (4 << 8) | 125;
  if (three == 0x707265) return (3 << 8) | 126;
  if (((a << 8) | b) == 0x7263) return (2 << 8) | 127;
  if (three == 0x637673) return (3 << 8) | 128;
  if (three == 0x73766e) return (3 << 8) | 129;
  if (three == 0x676974) return (3 << 8) | 130;
  if (((a << 8) | b) == 0x6867) return (2 << 8) | 131;
  return a == 112 ? (1 << 8) | 132 : 0;
}

/** Lower-case letter at a place, or 0 beyond the end. */
// @ts-ignore: decorator
@inline
function lower(at: usize, end: usize): u32 {
  if (at >= end) return 0;
  const code = <u32>load<u8>(at);
  return code - 65 < 26 ? code | 32 : code;
}

// @ts-ignore: decorator
@inline
function isSeparator(code: u32): bool {
  return code == 45 || code == 95 || code == 46;
}

/** Length of the word of a pre-release at a place and, above the low byte, its phase; longer spellings first. */
function preWord(at: usize, end: usize): u32 {
  const a = lower(at, end);
  const b = lower(at + 1, end);
  const c = lower(at + 2, end);
  const d = lower(at + 3, end);
  const e = lower(at + 4, end);
  if (a == 97) return b == 108 && c == 112 && d == 104 && e == 97 ? 0x105 : 0x101;
  if (a == 98) return b == 101 && c == 116 && d == 97 ? 0x204 : 0x201;
  if (a == 99) return 0x301;
  if (a == 114 && b == 99) return 0x302;
  if (a != 112 || b != 114 || c != 101) return 0;
  const view = d == 118 && e == 105 && lower(at + 5, end) == 101 && lower(at + 6, end) == 119;
  return view ? 0x307 : 0x303;
}

/** Length of `post`, `rev` or `r`, or 0. */
function postWord(at: usize, end: usize): u32 {
  const a = lower(at, end);
  const b = lower(at + 1, end);
  const c = lower(at + 2, end);
  if (a == 112 && b == 111 && c == 115 && lower(at + 3, end) == 116) return 4;
  if (a != 114) return 0;
  return b == 101 && c == 118 ? 3 : 1;
}

function isDev(at: usize, end: usize): bool {
  return lower(at, end) == 100 && lower(at + 1, end) == 101 && lower(at + 2, end) == 118;
}

/** The number after a word, which one separator may precede; either may be missing. */
let numberStart: usize = 0;
function numberAfter(at: usize, end: usize): usize {
  numberStart = at < end && isSeparator(load<u8>(at)) ? at + 1 : at;
  return digitsEnd(numberStart, end);
}

/** PEP 440, as src/versions/pep440.ts reads it. */
export function encodePep440(at: usize, length: u32, out: usize): i32 {
  const end = at + length;
  if (!isPlain(at, end)) return NO;
  start(out);
  if (lower(at, end) == 118) at++;
  let next = digitsEnd(at, end);
  if (next == at) return NO;
  if (next < end && load<u8>(next) == 33) {
    putNumber(at, next);
    at = next + 1;
    next = digitsEnd(at, end);
    if (next == at) return NO;
  } else put(0);
  at = putRelease(at, end);
  let phase: u32 = 4;
  let preStart = at;
  let preEnd = at;
  let skip: usize = at < end && isSeparator(load<u8>(at)) ? 1 : 0;
  const pre = preWord(at + skip, end);
  if (pre != 0) {
    phase = pre >> 8;
    preEnd = numberAfter(at + skip + (pre & 0xff), end);
    preStart = numberStart;
    at = preEnd;
  }
  let post = false;
  let postStart = at;
  let postEnd = at;
  if (at + 1 < end && load<u8>(at) == 45 && isDigit(load<u8>(at, 1))) {
    post = true;
    postStart = at + 1;
    postEnd = at = digitsEnd(postStart, end);
  } else {
    skip = at < end && isSeparator(load<u8>(at)) ? 1 : 0;
    const word = postWord(at + skip, end);
    if (word != 0) {
      post = true;
      postEnd = numberAfter(at + skip + word, end);
      postStart = numberStart;
      at = postEnd;
    }
  }
  skip = at < end && isSeparator(load<u8>(at)) ? 1 : 0;
  const dev = isDev(at + skip, end);
  let devStart = at;
  let devEnd = at;
  if (dev) {
    devEnd = numberAfter(at + skip + 3, end);
    devStart = numberStart;
    at = devEnd;
  }
  if (phase == 4 && !post && dev) phase = 0;
  put(phase);
  putNumber(preStart, preEnd);
  put(post ? 1 : 0);
  if (post) putNumber(postStart, postEnd);
  put(dev ? 0 : 1);
  if (dev) putNumber(devStart, devEnd);
  return putLocal(at, end) ? finish(out) : NO;
}

/** Release numbers without trailing zeros; returns where the release ends. */
function putRelease(at: usize, end: usize): usize {
  let kept = cursor;
  for (;;) {
    const next = digitsEnd(at, end);
    put(1);
    const before = cursor;
    putNumber(at, next);
    if (load<u8>(before) != 0) kept = cursor;
    at = next;
    if (at + 1 >= end || load<u8>(at) != 46 || !isDigit(load<u8>(at, 1))) break;
    at++;
  }
  cursor = kept;
  put(0);
  return at;
}

function putLocal(at: usize, end: usize): bool {
  if (at == end) {
    put(0);
    return true;
  }
  if (load<u8>(at) != 43) return false;
  at++;
  put(1);
  for (;;) {
    let next = at;
    let numeric = true;
    while (next < end && (isDigit(load<u8>(next)) || isLetter(load<u8>(next)))) {
      if (!isDigit(load<u8>(next))) numeric = false;
      next++;
    }
    if (next == at) return false;
    put(numeric ? 2 : 1);
    if (numeric) putNumber(at, next);
    else {
      for (let i = at; i < next; i++) put(lower(i, end));
      put(0);
    }
    if (next == end) break;
    if (!isSeparator(load<u8>(next))) return false;
    at = next + 1;
  }
  put(0);
  return true;
}
