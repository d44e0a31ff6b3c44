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

/** The files that a text at `path` refers to, as paths of its root file system; sorted, each once. */
export function commonLicensesOf(text: string, path: string): readonly string[] {
  if (!text.includes(FOLDER)) return [];
  const at = path.indexOf('/usr/share/');
  const root = at < 0 || path.includes('!/') ? '' : path.slice(0, at);
  const names = [...text.matchAll(REFERENCE)].map(([, name = '']) => name.replace(/[.+-]+$/, ''));
  return [...new Set(names)].sort().map((name) => `${root}${FOLDER}${name}`);
}
