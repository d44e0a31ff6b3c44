import { isRecord, type JsonRecord, listField, textField } from '../../bytes/json.ts';

/** Whether something of a report lies at a path; a folder's report writes paths without the slash in front. */
export function liesAt(item: JsonRecord, path: string): boolean {
  const places = [item, ...listField(item, 'locations').filter(isRecord)];
  return places.some((place) => withoutRoot(textField(place, 'path') ?? '') === withoutRoot(path));
}

function withoutRoot(path: string): string {
  return path.replace(/^\/+/, '');
}
