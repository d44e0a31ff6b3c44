import type { Notices } from '../../model/notices.ts';
import { redactDocument } from '../../secrets/redact.ts';
import { HEADER_NAME } from '../../secrets/stream-scanner.ts';
import { pathHider } from '../hide-secret-paths.ts';

/** The notices with every path that holds a secret written as in reports; they are made without the secret scanner. */
export function hideTextPaths(notices: Notices): Notices {
  const { texts, problems } = notices;
  const paths = [...texts.flatMap(({ files }) => files), ...problems].flatMap(({ path }) => path ?? []);
  const secret = paths.filter((path) => redactDocument(path, path) !== path);
  const shown = pathHider(secret.map((path) => ({ path, name: HEADER_NAME })));
  if (shown === undefined) return notices;
  return {
    ...notices,
    texts: texts.map((text) => ({ ...text, files: text.files.map((file) => ({ ...file, path: shown(file.path) })) })),
    problems: problems.map((problem) =>
      problem.path === undefined ? problem : { ...problem, path: shown(problem.path) },
    ),
  };
}
