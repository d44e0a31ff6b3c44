import { isRecord } from '../bytes/json.ts';
import type { Location, State } from '../model/evidence.ts';
import type { Package } from '../model/package.ts';
import type { UnjudgedAnalysis } from '../policy/gates/evaluate.ts';
import {
  filledListOf,
  type Guard,
  isNumber,
  isText,
  listOf,
  MATCHED_FIELDS,
  mapOf,
  oneOf,
  shapeOf,
} from './stored-shapes.ts';

/** The analysis as archived: packages moved to groups, findings to components. */
export interface ArchiveRecord {
  readonly version: 1;
  readonly analysis: Omit<UnjudgedAnalysis, 'packages' | 'vulnerabilities' | 'fixPlan' | 'bundle' | 'createdAt'>;
  readonly groups: readonly { readonly digest: string; readonly layer: number }[];
  /** Ids of all packages in the order of the report, without what the groups' own order gives. */
  readonly order: readonly (readonly [group: number, member: number])[];
  /** Packages that are not simply present. */
  readonly states: Readonly<Record<string, { readonly state: State; readonly removedIn?: number }>>;
}

/** A package as its group holds it: layers counted from the group's own, so that the group fits any base below it. */
export type GroupMember = Omit<Package, 'state' | 'removedIn'>;

const isLocation = shapeOf<Location>({ path: isText, layer: isNumber, detector: isText, digest: isText }, [
  'detector',
  'digest',
]);

export const isGroup = listOf(
  shapeOf<GroupMember>(
    {
      ...MATCHED_FIELDS,
      id: isText,
      licenses: listOf(isText),
      locations: filledListOf(isLocation),
      ownedBy: isText,
      scope: oneOf<NonNullable<Package['scope']>>(['runtime', 'development', 'optional']),
      hashes: listOf(shapeOf<NonNullable<Package['hashes']>[number]>({ algorithm: isText, value: isText })),
      dependsOn: listOf(isText),
    },
    ['namespace', 'arch', 'source', 'ownedBy', 'scope', 'hashes', 'properties', 'linked', 'dependsOn'],
  ),
);

/** An object that is only told on: its content was hashed as it was read, and nothing here looks into it. */
function anObject<Type>(): Guard<Type> {
  return (value): value is Type => isRecord(value);
}

function objects<Type>(): Guard<readonly Type[]> {
  return listOf(anObject<Type>());
}

const isPosition: Guard<readonly [number, number]> = (value): value is readonly [number, number] =>
  listOf(isNumber)(value) && value.length === 2;

type Part = ArchiveRecord['analysis'];

export const isArchiveRecord = shapeOf<ArchiveRecord>({
  version: (value): value is 1 => value === 1,
  analysis: shapeOf<Part>(
    {
      schemaVersion: (value): value is 1 => value === 1,
      tool: anObject<Part['tool']>(),
      scanners: listOf(isText),
      image: anObject<Part['image']>(),
      secrets: objects<Part['secrets'][number]>(),
      files: anObject<Part['files']>(),
      waste: anObject<Part['waste']>(),
      misconfigurations: objects<Part['misconfigurations'][number]>(),
      licenses: objects<Part['licenses'][number]>(),
      problems: objects<Part['problems'][number]>(),
    },
    ['scanners'],
  ),
  groups: listOf(shapeOf<ArchiveRecord['groups'][number]>({ digest: isText, layer: isNumber })),
  order: listOf(isPosition),
  states: mapOf(
    shapeOf<ArchiveRecord['states'][string]>(
      { state: oneOf(['present', 'overwritten', 'deleted']), removedIn: isNumber },
      ['removedIn'],
    ),
  ),
});
