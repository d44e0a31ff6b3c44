/** The comment at the top of a plugin or theme (https://developer.wordpress.org/plugins/plugin-basics/header-requirements/). */
export interface WordpressHeader {
  readonly title: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string;
}

/** WordPress itself reads no further. */
const HEADER_LENGTH = 8192;

/** Undefined where the file has no such comment; `title` is the field that makes it one. */
export function parseHeader(text: string, title: 'Plugin Name' | 'Theme Name'): WordpressHeader | undefined {
  const head = text.slice(0, HEADER_LENGTH);
  const name = field(head, title);
  const version = field(head, 'Version');
  if (name === undefined || version === undefined) return undefined;
  const license = field(head, 'License');
  const author = field(head, 'Author');
  return { title: name, version, ...(license && { license }), ...(author && { author }) };
}

/** The version of WordPress itself, from `wp-includes/version.php`. */
export function parseCoreVersion(text: string): string | undefined {
  return /^\$wp_version[ \t]{0,20}=[ \t]{0,20}'([^'\n]{1,60})'/m.exec(text.slice(0, HEADER_LENGTH))?.[1];
}

function field(head: string, name: string): string | undefined {
  const value = new RegExp(`^[ \\t/*#@]{0,60}${name}:([^\\n]{0,500})$`, 'mi').exec(head)?.[1];
  return value?.replace(/\s*(?:\*\/|\?>).*$/, '').trim() || undefined;
}
