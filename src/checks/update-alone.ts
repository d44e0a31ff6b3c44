import { atInstruction, buildInstructions, shellCommands } from './build-instructions.ts';
import type { ImageCheck } from './image-check.ts';

const UPDATE = /^(?:sudo )?(?:apt|apt-get|yum|dnf|microdnf|apk|zypper) (?:-\S+ )*(?:update|makecache|refresh)\b/;
const INSTALL =
  /^(?:sudo )?(?:apt|apt-get|yum|dnf|microdnf|apk|zypper) (?:-\S+ )*(?:install|add|upgrade|dist-upgrade|in)\b/;

export const check: ImageCheck = {
  id: 'PLM-C009',
  aliases: ['CIS-DI-0007', 'DS-0017'],
  title: 'Package lists are updated in an instruction of their own',
  severity: 'medium',
  remediation: 'Join update and install in one RUN instruction: a cached update layer installs old packages.',
  run({ config }) {
    return buildInstructions(config)
      .filter(({ keyword, text }) => {
        if (keyword !== 'RUN') return false;
        const commands = shellCommands(text);
        return commands.some((command) => UPDATE.test(command)) && !commands.some((command) => INSTALL.test(command));
      })
      .map((instruction) => atInstruction(instruction, 'update without install'));
  },
};
