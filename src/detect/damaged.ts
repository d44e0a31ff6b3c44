import type { Observation } from './detector.ts';

/** A file that could not be read as its format: the sentence names the cause and what is not listed because of it. */
export function damaged(detail: string): Observation {
  return { kind: 'problem', problem: { code: 'PLM_FILE_UNREADABLE', detail } };
}
