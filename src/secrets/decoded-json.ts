/** The object that base64 or base64url text decodes to; undefined where it is no JSON object. */
export function decodedJson(text: string): Readonly<Record<string, unknown>> | undefined {
  const decoded = Buffer.from(
    text.replace(/[-_]/g, (letter) => (letter === '-' ? '+' : '/')),
    'base64',
  ).toString('utf8');
  try {
    const value: unknown = JSON.parse(decoded);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // not JSON: the caller's answer to "is it one?"
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
