import { isRecord, parseJson } from '../bytes/json.ts';
import { PlimsollError } from '../errors.ts';
import type { Distro } from '../model/distro.ts';
import type { MatchReason } from '../model/finding.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { Component, MatchedPackage } from './component.ts';
import type { ComponentFinding } from './component-finding.ts';

export type Guard<Type> = (value: unknown) => value is Type;

/** Deeper than anything the archive writes. */
const STORED_DEPTH = 32;

/**
 * A text of the archive as what it was written from. Throws PLM_ARCHIVE_DAMAGED where it is not that: `verify` finds
 * every text that was altered.
 */
export function readStored<Type>(
  text: string,
  guard: Guard<Type>,
  { what, path }: { readonly what: string; readonly path?: string },
): Type {
  const value = storedAs(text, guard);
  if (value !== undefined) return value;
  throw new PlimsollError('PLM_ARCHIVE_DAMAGED', `${what} of the archive is not what was written`, {
    ...(path === undefined ? {} : { path }),
    hint: 'run "plimsoll archive verify --repair", then do what it says',
  });
}

/** The same, undefined where it is not that. */
export function storedAs<Type>(text: string, guard: Guard<Type>): Type | undefined {
  const value = parseJson(text, STORED_DEPTH, Number.POSITIVE_INFINITY);
  return guard(value) ? value : undefined;
}

export const isText: Guard<string> = (value) => typeof value === 'string';
export const isNumber: Guard<number> = (value) => typeof value === 'number';
const isTrue: Guard<true> = (value) => value === true;
const isFlag: Guard<boolean> = (value) => typeof value === 'boolean';

export function listOf<Item>(guard: Guard<Item>): Guard<readonly Item[]> {
  return (value): value is readonly Item[] => Array.isArray(value) && value.every((item) => guard(item));
}

export function filledListOf<Item>(guard: Guard<Item>): Guard<readonly [Item, ...Item[]]> {
  return (value): value is readonly [Item, ...Item[]] => listOf(guard)(value) && value.length > 0;
}

export function oneOf<Item extends string>(items: readonly Item[]): Guard<Item> {
  const known = new Set<unknown>(items);
  return (value): value is Item => known.has(value);
}

export function mapOf<Item>(guard: Guard<Item>): Guard<Readonly<Record<string, Item>>> {
  return (value): value is Readonly<Record<string, Item>> =>
    isRecord(value) && Object.values(value).every((item) => guard(item));
}

type OptionalName<Type> = {
  [Name in keyof Type]-?: Record<never, never> extends Pick<Type, Name> ? Name : never;
}[keyof Type];

/** An object with these fields and no list for one; fields it has beyond them are not looked at. */
export function shapeOf<Type>(
  fields: { readonly [Name in keyof Type]-?: Guard<Type[Name]> },
  optional: readonly OptionalName<Type>[] = [],
): Guard<Type> {
  const left = new Set<unknown>(optional);
  const guards = Object.entries<Guard<unknown>>(fields);
  return (value): value is Type =>
    isRecord(value) &&
    guards.every(([name, guard]) => (Object.hasOwn(value, name) ? guard(value[name]) : left.has(name)));
}

const isNameAndVersion = shapeOf<NonNullable<MatchedPackage['source']>>({ name: isText, version: isText });
/** What a package is matched by, wherever one is stored. */
export const MATCHED_FIELDS = {
  type: isText,
  namespace: isText,
  name: isText,
  version: isText,
  arch: isText,
  purl: isText,
  source: isNameAndVersion,
  properties: mapOf(isText),
  linked: listOf(
    shapeOf<NonNullable<MatchedPackage['linked']>[number]>({ names: isText, os: isText, architecture: isText }, [
      'os',
      'architecture',
    ]),
  ),
};
const isMatchedPackage = shapeOf<MatchedPackage>(MATCHED_FIELDS, [
  'namespace',
  'arch',
  'source',
  'properties',
  'linked',
]);
const isDistro = shapeOf<Distro>(
  {
    id: isText,
    versionId: isText,
    codename: isText,
    idLike: listOf(isText),
    prettyName: isText,
    properties: mapOf(isText),
  },
  ['versionId', 'codename', 'properties'],
);
export const isComponent = shapeOf<Component>(
  { package: isMatchedPackage, owner: isMatchedPackage, distro: isDistro },
  ['owner', 'distro'],
);

const isReason = shapeOf<MatchReason>(
  {
    searched: oneOf(['name', 'source', 'origin', 'alias', 'stdlib', 'classifier']),
    name: isText,
    segment: isText,
    scheme: isText,
    version: isText,
    range: isText,
    advisory: isText,
    derivedFrom: isText,
    linked: listOf(isText),
  },
  ['derivedFrom', 'linked'],
);
export const isComponentFinding = shapeOf<ComponentFinding>(
  {
    id: isText,
    aliases: listOf(isText),
    advisories: listOf(shapeOf<ComponentFinding['advisories'][number]>({ id: isText, source: isText })),
    severity: oneOf(SEVERITIES),
    severitySource: isText,
    cvss: listOf(
      shapeOf<NonNullable<ComponentFinding['cvss']>[number]>({
        version: oneOf(['2.0', '3.0', '3.1', '4.0']),
        vector: isText,
        score: isNumber,
        source: isText,
      }),
    ),
    kev: shapeOf<NonNullable<ComponentFinding['kev']>>({ dateAdded: isText, ransomware: isFlag }, ['ransomware']),
    exploitLikely: isTrue,
    status: oneOf(['affected', 'fixed', 'wont-fix', 'deferred', 'end-of-life', 'undecided', 'not-affected']),
    fixedIn: listOf(isText),
    reasons: filledListOf(isReason),
    source: isText,
    title: isText,
    published: isText,
    modified: isText,
    references: listOf(isText),
    cwes: listOf(isText),
    suppressed: shapeOf<NonNullable<ComponentFinding['suppressed']>>(
      { reason: isText, rule: isText, justification: isText },
      ['rule', 'justification'],
    ),
  },
  [
    'severitySource',
    'cvss',
    'kev',
    'exploitLikely',
    'title',
    'published',
    'modified',
    'references',
    'cwes',
    'suppressed',
  ],
);
