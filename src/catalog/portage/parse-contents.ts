import { lines } from '../../bytes/lines.ts';

export interface PortageFile {
  readonly path: string;
  readonly md5: string | undefined;
}

/**
 * Files of a `CONTENTS` list: `obj path md5 mtime`, `sym path -> target mtime`; paths may hold blanks
 * (https://wiki.gentoo.org/wiki/Portage_TOC). Directories and devices are left out.
 */
export function* parseContents(text: string): Generator<PortageFile> {
  for (const line of lines(text)) {
    const object = /^obj (\/.*) ([0-9a-f]{32}) \d+$/.exec(line);
    if (object?.[1] !== undefined) yield { path: object[1], md5: object[2] };
    else if (line.startsWith('sym /')) {
      const arrow = line.indexOf(' -> ');
      if (arrow > 0) yield { path: line.slice(4, arrow), md5: undefined };
    }
  }
}

/**
 * `name-version[-rN]` (https://projects.gentoo.org/pms/8/pms.html#version-specifications): the version begins at the last
 * hyphen that a whole version follows.
 */
export function splitVersion(nameVersion: string): { readonly name: string; readonly version: string } | undefined {
  const match = /^(.+?)-(\d+(?:\.\d+)*[a-z]?(?:_(?:alpha|beta|pre|rc|p)\d*)*(?:-r\d+)?)$/.exec(nameVersion);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { name: match[1], version: match[2] };
}
