export interface NugetReference {
  readonly id: string;
  readonly version: string;
  readonly development: boolean;
}

const PACKAGE = /<package\b([^<>]{1,2000})>/g;
const ATTRIBUTE = /\b(id|version|developmentDependency)\s*=\s*["']([^"'<>]{1,300})["']/g;

/** The rows of a `packages.config` (https://learn.microsoft.com/nuget/reference/packages-config); undefined where it has no `packages` element. */
export function parsePackagesConfig(text: string): readonly NugetReference[] | undefined {
  if (!/<packages[\s>/]/.test(text)) return undefined;
  const uncommented = withoutComments(text);
  const found: NugetReference[] = [];
  for (const [, attributes = ''] of uncommented.matchAll(PACKAGE)) {
    const values = new Map([...attributes.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, value]));
    const id = values.get('id');
    const version = values.get('version');
    if (id && version) found.push({ id, version, development: values.get('developmentDependency') === 'true' });
  }
  return found;
}

function withoutComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', at)) {
    parts.push(text.slice(at, start));
    const end = text.indexOf('-->', start);
    if (end < 0) return parts.join('');
    at = end + 3;
  }
  return parts.join('') + text.slice(at);
}
