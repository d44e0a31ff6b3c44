/** An application of Erlang or Elixir (https://www.erlang.org/doc/apps/kernel/app.html). */
export interface ErlangApplication {
  readonly name: string;
  readonly version: string;
  /** Applications that must run before it. */
  readonly applications: readonly string[];
}

const HEAD = /\{\s{0,40}application\s{0,40},\s{0,40}(?:'([^'\n]{1,200})'|([a-z][A-Za-z0-9_@]{0,200}))\s{0,40},/;
const VERSION = /\{\s{0,40}vsn\s{0,40},\s{0,40}"([^"\n]{1,200})"\s{0,40}\}/;
const APPLICATIONS = /\{\s{0,40}applications\s{0,40},\s{0,40}\[([^\]]{0,20000})\]/;

/** Reads the three facts out of the term; undefined where name or version is missing or not filled in. */
export function parseApp(text: string): ErlangApplication | undefined {
  const term = text.replace(/^[ \t]*%[^\n]*/gm, '');
  const head = HEAD.exec(term);
  const name = head?.[1] ?? head?.[2];
  const version = VERSION.exec(term)?.[1];
  if (name === undefined || version === undefined || version.startsWith('%')) return undefined;
  const list = APPLICATIONS.exec(term)?.[1] ?? '';
  const applications = list
    .split(',')
    .map((item) => item.trim().replace(/^'(.*)'$/, '$1'))
    .filter((item) => /^[a-z][\w@]*$/.test(item));
  return { name, version, applications };
}
