import { isRecord } from '../bytes/json.ts';
import type { Location } from '../model/evidence.ts';
import type { Package } from '../model/package.ts';
import type { ArchiveRecord, GroupMember } from './archive-record.ts';
import { filledListOf, type Guard, isNumber, isText, listOf, mapOf, oneOf, shapeOf } from './stored-shapes.ts';

const isLocation = shapeOf<Location>({ path: isText, layer: isNumber, detector: isText, digest: isText }, [
  'detector',
  'digest',
]);

export const isGroup = listOf(
  shapeOf<GroupMember>(
    {
      id: isText,
      type: isText,
      namespace: isText,
      name: isText,
      version: isText,
      arch: isText,
      purl: isText,
      source: shapeOf<NonNullable<Package['source']>>({ name: isText, version: isText }),
      licenses: listOf(isText),
      locations: filledListOf(isLocation),
      ownedBy: isText,
      scope: oneOf<NonNullable<Package['scope']>>(['runtime', 'development', 'optional']),
      hashes: listOf(shapeOf<NonNullable<Package['hashes']>[number]>({ algorithm: isText, value: isText })),
      properties: mapOf(isText),
      dependsOn: listOf(isText),
    },
    ['namespace', 'arch', 'source', 'ownedBy', 'scope', 'hashes', 'properties', 'dependsOn'],
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
