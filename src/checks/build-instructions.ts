import type { ImageConfig } from '../model/image.ts';

/** One instruction of the build history, freed from the wrapping of the builder that wrote it. */
export interface BuildInstruction {
  /** Dockerfile keyword in capitals; `RUN` for a bare command line. */
  readonly keyword: string;
  /** What follows the keyword. May hold secrets: never copy it into evidence. */
  readonly text: string;
  /** Position in the history, counted from 0, empty entries included. */
  readonly position: number;
  /** Layer it made; absent for instructions that only changed the configuration. */
  readonly layer?: number;
}

const KEYWORD =
  /^(ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\s+/i;
const BUILD_ARGUMENTS = /^\|\d+\s/;
const SHELL = '/bin/sh -c ';

/**
 * The build history as instructions (https://github.com/opencontainers/image-spec/blob/main/config.md, `created_by`).
 * Classic builders write `/bin/sh -c #(nop)  CMD …` and `/bin/sh -c command`, BuildKit `RUN /bin/sh -c … # buildkit`.
 */
export function buildInstructions(config: ImageConfig): readonly BuildInstruction[] {
  const instructions: BuildInstruction[] = [];
  let layer = 0;
  for (const [position, entry] of config.history.entries()) {
    const { keyword, text } = parseCreatedBy(entry.createdBy ?? '');
    instructions.push({ keyword, text, position, ...(entry.emptyLayer ? {} : { layer }) });
    if (!entry.emptyLayer) layer += 1;
  }
  return instructions;
}

function parseCreatedBy(createdBy: string): { readonly keyword: string; readonly text: string } {
  const line = createdBy.endsWith('# buildkit') ? createdBy.slice(0, -'# buildkit'.length).trimEnd() : createdBy.trim();
  const found = KEYWORD.exec(line);
  if (found !== null) {
    const keyword = (found[1] ?? '').toUpperCase();
    return {
      keyword,
      text: keyword === 'RUN' ? withoutShell(line.slice(found[0].length)) : line.slice(found[0].length),
    };
  }
  const command = withoutShell(line);
  if (!command.startsWith('#(nop)')) return { keyword: 'RUN', text: command };
  const nop = command.slice('#(nop)'.length).trim();
  const nopKeyword = KEYWORD.exec(nop);
  if (nopKeyword === null) return { keyword: '', text: nop };
  return { keyword: (nopKeyword[1] ?? '').toUpperCase(), text: nop.slice(nopKeyword[0].length) };
}

/** Build arguments stand before the shell as `|2 A=1 B=2 /bin/sh -c …`. */
function withoutShell(line: string): string {
  if (line.startsWith(SHELL)) return line.slice(SHELL.length).trim();
  if (!BUILD_ARGUMENTS.test(line)) return line;
  const at = line.indexOf(SHELL);
  return at < 0 ? line : line.slice(at + SHELL.length).trim();
}

/** The commands of a RUN line, split at `&&`, `||`, `;`, `|` and line breaks; each trimmed, empty ones left out. */
export function shellCommands(text: string): readonly string[] {
  return text
    .split(/&&|\|\||[;|\n]/)
    .map((command) => command.trim())
    .filter((command) => command !== '');
}

/** A check result that points at an instruction, without any of its text. */
export function atInstruction(
  instruction: BuildInstruction,
  what?: string,
): { readonly evidence: string; readonly layer?: number } {
  const place = `history entry ${instruction.position} (${instruction.keyword})`;
  return {
    evidence: what === undefined ? place : `${place}: ${what}`,
    ...(instruction.layer === undefined ? {} : { layer: instruction.layer }),
  };
}
