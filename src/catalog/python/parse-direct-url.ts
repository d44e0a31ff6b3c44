import { isRecord, parseJson, recordField, textField } from '../../bytes/json.ts';

/**
 * Where a distribution came from that was not taken from an index, as a purl `vcs_url` or `download_url` would name it
 * (https://packaging.python.org/en/latest/specifications/direct-url/). Credentials in the address are left out.
 */
export function parseDirectUrl(text: string, depth: number): string | undefined {
  const document = parseJson(text, depth);
  if (!isRecord(document)) return undefined;
  const url = textField(document, 'url')?.replace(/^([a-z+]+:\/\/)[^/@]*@/, '$1');
  const vcs = recordField(document, 'vcs_info');
  if (url === undefined || vcs === undefined) return url;
  const commit = textField(vcs, 'commit_id');
  return `${textField(vcs, 'vcs') ?? 'git'}+${url}${commit === undefined ? '' : `@${commit}`}`;
}
