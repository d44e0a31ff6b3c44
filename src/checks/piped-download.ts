import { atInstruction, buildInstructions } from './build-instructions.ts';
import type { ImageCheck } from './image-check.ts';

function pipesDownloadIntoShell(line: string): boolean {
  const [download, ...receivers] = line.split('|').map((command) => command.trim());
  if (download === undefined || !/^(?:sudo )?(?:curl|wget)\b/.test(download)) return false;
  return receivers.some((receiver) => /^(?:sudo )?(?:-\S+ )*(?:\/(?:usr\/)?bin\/)?(?:ba|da|a|z)?sh\b/.test(receiver));
}

export const check: ImageCheck = {
  id: 'PLM-C022',
  aliases: ['CIS-DI-0011'],
  title: 'The build runs a download without checking it',
  severity: 'medium',
  remediation: 'Save the download, compare its SHA-256 with a known value, then run it.',
  run({ config }) {
    return buildInstructions(config)
      .filter(({ keyword, text }) => keyword === 'RUN' && text.split(/&&|;|\n/).some(pipesDownloadIntoShell))
      .map((instruction) => atInstruction(instruction, 'a download is piped into a shell'));
  },
};
