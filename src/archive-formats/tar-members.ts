import type { Limits } from '../limits.ts';
import type { ProblemDraft } from '../model/problem.ts';
import { memberPath } from './member-path.ts';
import { nestedProblem } from './nested.ts';
import { TarError } from './tar-header.ts';
import { TarWalker } from './tar-walker.ts';

/** A regular file of a tar in memory; the bytes are a view of the tar. */
export interface TarMember {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The regular files of a whole tar in memory, in archive order. Damage ends the list and goes to `onProblem`. */
export function tarMembers(
  tar: Uint8Array,
  limits: Limits,
  onProblem: (problem: ProblemDraft) => void,
): readonly TarMember[] {
  const members: TarMember[] = [];
  let path = '';
  const walker = new TarWalker(limits, {
    header: () => undefined,
    entry: (entry) => {
      path = memberPath(entry.path) ?? '';
      if (members.length > limits.nestedMembers) throw new TarError(`more than ${limits.nestedMembers} members`);
    },
    content: (start, end) => {
      members.push({ path, bytes: tar.subarray(start, end) });
    },
    problem: (_code, _path, detail) => onProblem(nestedProblem('PLM_NESTED_DAMAGED', `tar: ${detail}`)),
  });
  try {
    walker.push(tar);
    walker.finish();
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    onProblem(nestedProblem('PLM_NESTED_DAMAGED', `tar: ${error.message}; the rest was not looked into`));
  }
  return members;
}
