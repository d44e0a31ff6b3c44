/** A fault that costs coverage and not the run: which file or layer, and what was not looked at because of it. */
export interface Problem {
  /** Stable code, `PLM_…`. */
  readonly code: string;
  readonly layer?: number;
  readonly path?: string;
  /** One sentence for a person: the cause and the coverage lost. */
  readonly detail: string;
}

/** A problem as a detector states it; the engine adds layer and path. */
export interface ProblemDraft {
  readonly code: string;
  readonly detail: string;
}
