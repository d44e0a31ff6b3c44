/**
 * Where Debian and its children keep the texts that most packages only name
 * (https://www.debian.org/doc/debian-policy/ch-docs.html#copyright-information).
 */
const FOLDER = '/usr/share/common-licenses/';
const FILE = /\/usr\/share\/common-licenses\/[^/]+$/;
const REFERENCE = /\/usr\/share\/common-licenses\/([A-Za-z][A-Za-z0-9.+-]{0,100})/g;

export function isCommonLicense(path: string): boolean {
  return FILE.test(path);
}

/** The files that a text refers to, as paths of its root file system; sorted, each once, `most` at most. */
export function commonLicensesOf(text: string, most: number): readonly string[] {
  const names = new Set<string>();
  if (!text.includes(FOLDER)) return [];
  for (const [, name = ''] of text.matchAll(REFERENCE)) {
    if (names.size >= most) break;
    names.add(name.replace(/[.+-]+$/, ''));
  }
  return [...names].sort().map((name) => `${FOLDER}${name}`);
}
