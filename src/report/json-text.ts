/**
 * JSON (RFC 8259) in which control and format characters beyond ASCII, bidirectional overrides among them, are written
 * as escapes: the same document, safe to look at on a terminal. `undefined` fields are left out.
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, index) => escapeUnit(character.charCodeAt(index))).join(''),
  );
}

/** U+FFFE and U+FFFF are no XML characters, and JSON is carried inside XML too. */
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
