/** Longer texts name no person: whole files of contributors, or a licence. */
const MAX_LENGTH = 300;
/** What tools write where nobody said a name. */
const NOBODY = /^(?:unknown|none|n\/?a|todo:.*|undefined)$/i;

/**
 * Who made a package, in the one form of the property `author`: `Name <address>`, or the half of it that is known, on one
 * line; several are separated by commas. Undefined where nothing is said.
 */
export function authorText(name: string | undefined, email?: string): string | undefined {
  const [who, address] = [name, email].map((text) => {
    const plain = text === undefined || text.length > MAX_LENGTH ? '' : text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
    return NOBODY.test(plain) ? '' : plain;
  });
  if (!who) return address || undefined;
  return address && !who.includes('@') && !address.includes('<') ? `${who} <${address}>` : who;
}
