import { atInstruction, buildInstructions } from './build-instructions.ts';
import type { ImageCheck } from './image-check.ts';

/** Base images start with `ADD rootfs.tar /`: there is no other instruction for it. */
const ROOT_FILE_SYSTEM_LAYER = 0;

export const check: ImageCheck = {
  id: 'PLM-C008',
  aliases: ['CIS-DI-0009', 'DS-0005'],
  title: 'ADD is used where COPY would do',
  severity: 'low',
  remediation: 'Use COPY; ADD unpacks archives and fetches addresses unasked.',
  run({ config }) {
    return buildInstructions(config)
      .filter(({ keyword, layer }) => keyword === 'ADD' && layer !== undefined && layer > ROOT_FILE_SYSTEM_LAYER)
      .map((instruction) => atInstruction(instruction));
  },
};
