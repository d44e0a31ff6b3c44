import type { ImageCheck } from './image-check.ts';

const COMPILERS = ['gcc', 'g++', 'cc', 'c++', 'clang', 'make', 'cmake', 'ld', 'javac', 'rustc', 'cargo', 'go']
  .flatMap((name) => [`/usr/bin/${name}`, `/usr/local/bin/${name}`])
  .concat('/usr/local/go/bin/go', '/usr/local/cargo/bin/rustc');

export const check: ImageCheck = {
  id: 'PLM-C020',
  aliases: ['CIS-4.3'],
  title: 'A compiler or build tool is in the image',
  severity: 'negligible',
  remediation: 'Build in a first stage and copy only the result into the runtime image.',
  run({ hasPath }) {
    return COMPILERS.filter((path) => hasPath(path)).map((path) => ({ evidence: 'a build tool', path }));
  },
};
