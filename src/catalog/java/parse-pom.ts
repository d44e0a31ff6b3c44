import { authorText } from '../../detect/author.ts';

/** Coordinates as a `pom.xml` states them (https://maven.apache.org/pom.html#maven-coordinates). */
export interface PomCoordinates {
  readonly groupId?: string;
  readonly artifactId?: string;
  readonly version?: string;
  readonly licenses: readonly string[];
  /** The organization that made it. */
  readonly organization?: string;
  /** Its first developer. */
  readonly developer?: string;
}

/** Elements whose direct children are read; everything else is skipped by counting tags. */
const WANTED = new Set([
  'project/groupId',
  'project/artifactId',
  'project/version',
  'project/parent/groupId',
  'project/parent/version',
  'project/licenses/license/name',
  'project/organization/name',
  'project/developers/developer/name',
]);
const MAX_DEPTH = 64;

/**
 * Reads the few elements that name a project, its parent's group and version standing in where it has none of its
 * own. Expressions (`${revision}`) are not resolved: what holds one is left out.
 */
export function parsePom(text: string): PomCoordinates {
  const found = new Map<string, string[]>();
  const path: string[] = [];
  for (const { name, closing, selfClosing, content } of tags(text)) {
    if (closing) path.pop();
    else if (!selfClosing) {
      path.push(name);
      if (path.length > MAX_DEPTH) break;
      const key = path.join('/');
      const value = content.trim();
      if (WANTED.has(key) && value !== '' && !value.includes('${')) found.set(key, [...(found.get(key) ?? []), value]);
    }
  }
  const first = (key: string): string | undefined => found.get(`project/${key}`)?.[0];
  const groupId = first('groupId') ?? first('parent/groupId');
  const artifactId = first('artifactId');
  const version = first('version') ?? first('parent/version');
  return {
    ...(groupId && { groupId }),
    ...(artifactId && { artifactId }),
    ...(version && { version }),
    ...parties(first),
    licenses: found.get('project/licenses/license/name') ?? [],
  };
}

function parties(first: (key: string) => string | undefined): Pick<PomCoordinates, 'organization' | 'developer'> {
  const organization = authorText(first('organization/name'));
  const developer = authorText(first('developers/developer/name'));
  return { ...(organization !== undefined && { organization }), ...(developer !== undefined && { developer }) };
}

interface Tag {
  readonly name: string;
  readonly closing: boolean;
  readonly selfClosing: boolean;
  /** Text up to the next tag. */
  readonly content: string;
}

function* tags(text: string): Generator<Tag> {
  let at = text.indexOf('<');
  while (at >= 0) {
    const end = endOf(text, at);
    if (end < 0) return;
    const next = text.indexOf('<', end + 1);
    const inner = text.slice(at + 1, end);
    if (!inner.startsWith('?') && !inner.startsWith('!')) {
      const closing = inner.startsWith('/');
      const name = /^\/?([^\s/>]*)/.exec(inner)?.[1] ?? '';
      yield {
        name,
        closing,
        selfClosing: inner.endsWith('/'),
        content: text.slice(end + 1, next < 0 ? undefined : next),
      };
    }
    at = next;
  }
}

/** Where a tag ends; comments and CDATA may hold `>`. */
function endOf(text: string, start: number): number {
  if (text.startsWith('<!--', start)) return after(text, '-->', start);
  if (text.startsWith('<![CDATA[', start)) return after(text, ']]>', start);
  return text.indexOf('>', start);
}

function after(text: string, mark: string, start: number): number {
  const found = text.indexOf(mark, start);
  return found < 0 ? -1 : found + mark.length - 1;
}
