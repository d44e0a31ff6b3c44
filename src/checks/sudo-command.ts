import { atInstruction, buildInstructions, shellCommands } from './build-instructions.ts';
import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C011',
  aliases: ['DKL-DI-0001', 'DS-0010'],
  title: 'The build uses sudo',
  severity: 'medium',
  remediation: 'Run the command as root before USER switches, or use gosu; sudo keeps a way back to root in the image.',
  run({ config }) {
    return buildInstructions(config)
      .filter(
        ({ keyword, text }) => keyword === 'RUN' && shellCommands(text).some((command) => /^sudo\b/.test(command)),
      )
      .map((instruction) => atInstruction(instruction));
  },
};
