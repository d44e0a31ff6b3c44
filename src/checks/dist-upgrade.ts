import { atInstruction, buildInstructions, shellCommands } from './build-instructions.ts';
import type { ImageCheck } from './image-check.ts';

const UPGRADE = /^(?:sudo )?(?:apt|apt-get) (?:-\S+ )*(?:dist-upgrade|full-upgrade)\b/;

export const check: ImageCheck = {
  id: 'PLM-C019',
  aliases: ['DKL-DI-0003', 'DS-0024'],
  title: 'The build upgrades the whole distribution',
  severity: 'low',
  remediation: 'Take a newer base image instead: an upgraded one differs with every build.',
  run({ config }) {
    return buildInstructions(config)
      .filter(({ keyword, text }) => keyword === 'RUN' && shellCommands(text).some((command) => UPGRADE.test(command)))
      .map((instruction) => atInstruction(instruction));
  },
};
