import type { LayerReport } from '../model/image.ts';

/** Instructions that make a layer with content. */
const LAYER_INSTRUCTION = /^(RUN|COPY|ADD|WORKDIR)\b\s*(.*)$/i;
const COMPARED_LETTERS = 60;

interface Instruction {
  readonly line: number;
  readonly word: string;
  readonly rest: string;
}

/**
 * The line of the Dockerfile that made each layer, by layer index. Instructions and history are walked from the end of
 * both, since the layers of the base image come first and have no line; an instruction counts where its text is found in
 * the history of the layer.
 */
export function dockerfileLines(
  dockerfile: string | undefined,
  layers: readonly LayerReport[],
): ReadonlyMap<number, number> {
  const lines = new Map<number, number>();
  if (dockerfile === undefined) return lines;
  const instructions = lastStage(dockerfile);
  let next = instructions.length - 1;
  for (const layer of [...layers].reverse()) {
    const made = normalize(layer.createdBy ?? '');
    const at = instructions.findLastIndex((instruction, index) => index <= next && explains(instruction, made));
    if (at < 0) continue;
    const instruction = instructions[at];
    if (instruction !== undefined) lines.set(layer.index, instruction.line);
    next = at - 1;
  }
  return lines;
}

/** The instructions of the last build stage that make layers, with continuation lines joined. */
function lastStage(dockerfile: string): readonly Instruction[] {
  let stage: Instruction[] = [];
  let joined = '';
  let start = 0;
  for (const [index, text] of dockerfile.split(/\r?\n/).entries()) {
    const line = text.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (joined === '') start = index + 1;
    if (line.endsWith('\\')) {
      joined += `${line.slice(0, -1).trim()} `;
      continue;
    }
    const whole = `${joined}${line}`;
    joined = '';
    if (/^FROM\b/i.test(whole)) stage = [];
    const parts = LAYER_INSTRUCTION.exec(whole);
    if (parts?.[1] !== undefined)
      stage.push({ line: start, word: parts[1].toUpperCase(), rest: normalize(parts[2] ?? '') });
  }
  return stage;
}

/** BuildKit writes `COPY src dst # buildkit`, docker `/bin/sh -c #(nop) COPY file:… in dst` and `/bin/sh -c command`. */
function explains(instruction: Instruction, made: string): boolean {
  const rest = instruction.rest.replace(/^--\S+\s+/, '');
  if (made.includes(rest.slice(0, COMPARED_LETTERS)) && rest !== '') return true;
  if (instruction.word === 'RUN') return false;
  const target = rest.split(' ').at(-1) ?? '';
  return made.includes(`${instruction.word} `) && target !== '' && made.includes(` in ${target}`);
}

function normalize(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
