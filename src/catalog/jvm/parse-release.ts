import { lines } from '../../bytes/lines.ts';

/** A Java installation as its `release` file states it. */
export interface JavaRelease {
  readonly version: string;
  readonly implementor?: string;
  readonly imageType?: string;
}

/**
 * Reads `KEY="value"` lines (JEP 223 and 322 define the versions: https://openjdk.org/jeps/322); undefined where the
 * file is no Java release file.
 */
export function parseRelease(text: string): JavaRelease | undefined {
  const values = new Map<string, string>();
  for (const line of lines(text)) {
    const match = /^([A-Z_]{1,60})="?([^"]*)"?$/.exec(line.trim());
    if (match?.[1] !== undefined && match[2]) values.set(match[1], match[2]);
  }
  const version = values.get('JAVA_RUNTIME_VERSION') ?? values.get('JAVA_VERSION');
  if (version === undefined || !/^\d/.test(version)) return undefined;
  const implementor = values.get('IMPLEMENTOR');
  const imageType = values.get('IMAGE_TYPE');
  return { version, ...(implementor && { implementor }), ...(imageType && { imageType }) };
}
