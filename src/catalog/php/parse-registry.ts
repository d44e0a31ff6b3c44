import { BoundsError } from '../../bytes/cursor.ts';
import { parseSerialized, type SerializedMap, type SerializedValue } from './parse-serialized.ts';

/** A package of the PEAR or PECL registry. */
export interface PearPackage {
  readonly channel: string;
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** Reads one `.reg` file: package.xml as a PHP array, of version 1 or 2 (https://pear.php.net/manual/en/guide.developers.package2.php). Undefined where it names no package. */
export function parseRegistry(bytes: Uint8Array): PearPackage | undefined {
  const root = toMap(serialized(bytes));
  if (root === undefined) return undefined;
  const name = text(root.get('name')) ?? text(root.get('package'));
  const release = root.get('version');
  const version = text(toMap(release)?.get('release')) ?? text(release);
  if (!name || !version) return undefined;
  const declared = root.get('license') ?? root.get('release_license');
  const license = text(toMap(declared)?.get('_content')) ?? text(declared);
  return { channel: text(root.get('channel')) ?? 'pear.php.net', name, version, ...(license && { license }) };
}

function serialized(bytes: Uint8Array): SerializedValue {
  try {
    return parseSerialized(bytes);
  } catch (error) {
    if (error instanceof BoundsError) return null;
    throw error;
  }
}

function toMap(value: SerializedValue | undefined): SerializedMap | undefined {
  return value instanceof Map ? value : undefined;
}

function text(value: SerializedValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
