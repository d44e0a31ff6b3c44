import { PlimsollError } from '../errors.ts';
import type { ReportFormat } from './format.ts';
import { FORMATS } from './registry.generated.ts';

/** A format chosen by `--format`, with the version asked for where it has several. */
export interface ChosenFormat {
  readonly format: ReportFormat;
  readonly version?: string;
}

/** The ids of all formats, sorted: what help texts and error hints list. */
export function formatIds(): readonly string[] {
  return Object.keys(FORMATS).sort();
}

/**
 * Loads the format that `id` or `id@version` names. Throws PLM_USAGE for an unknown format or version, before any
 * image is opened.
 */
export async function loadFormat(name: string): Promise<ChosenFormat> {
  const at = name.indexOf('@');
  const id = at < 0 ? name : name.slice(0, at);
  const load = Object.hasOwn(FORMATS, id) ? FORMATS[id] : undefined;
  if (load === undefined) {
    throw new PlimsollError('PLM_USAGE', `no report format is called "${id}"`, {
      hint: `known formats: ${formatIds().join(', ')}`,
    });
  }
  const format = await load();
  if (at < 0) return { format };
  const version = name.slice(at + 1);
  if (format.versions?.includes(version) !== true) {
    const known = format.versions === undefined ? 'it has one version only' : `it writes ${format.versions.join(', ')}`;
    throw new PlimsollError('PLM_USAGE', `format "${id}" has no version "${version}"`, { hint: known });
  }
  return { format, version };
}
