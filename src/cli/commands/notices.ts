import type { Arguments, Argv } from 'yargs';
import { withAnalysis } from '../../analyze.ts';
import { counted } from '../../model/counted.ts';
import type { Notices } from '../../model/notices.ts';
import { composeNotices } from '../../pipeline/notices/compose-notices.ts';
import { MISSING_GATES } from '../../pipeline/notices/judge-notices.ts';
import { writeJsonLists } from '../../report/json-lists.ts';
import { writeNoticesHtml } from '../../report/notices/notices-html.ts';
import { writeNoticesMarkdown } from '../../report/notices/notices-markdown.ts';
import { writeNoticesText } from '../../report/notices/notices-text.ts';
import { flagOf } from '../arguments.ts';
import type { CliCommand } from '../command.ts';
import { type OwnFormats, ownFormatOptions, ownOutputsOf, writeOwnOutputs } from '../own-formats.ts';
import { printable } from '../printable.ts';
import { refuseSboms, threadOptions } from '../read-options.ts';
import { nameTrippedGates } from '../report-gates.ts';
import { analyzeOptionsOf, imageArgument } from '../run-analysis.ts';
import { openOptions } from '../scan-options.ts';
import { showProgress } from '../show-progress.ts';
import { reportOptionsOf } from '../write-outputs.ts';

/** The JSON follows schema/notices-1.schema.json. */
const FORMATS: OwnFormats<Notices> = {
  text: writeNoticesText,
  markdown: writeNoticesMarkdown,
  html: writeNoticesHtml,
  json: writeJsonLists,
};

export const command: CliCommand = {
  name: 'notices',
  summary:
    'Write the third-party notices of an image: its packages, their licences, and the texts as the image holds them',
  usage: 'notices IMAGE [options]',
  options: (argv) => imageArgument(noticesOptions(argv)),
  run: async (args) => {
    refuseSboms(args);
    const outputs = ownOutputsOf(args, FORMATS);
    const notices = await readNotices(args);
    await writeOwnOutputs(notices, outputs, reportOptionsOf(args));
    if (!flagOf(args, 'quiet')) {
      if (outputs.every(({ name }) => name !== 'json')) warnOfProblems(notices);
      nameTrippedGates(notices.gates, process.stderr);
    }
    return notices.gates.every(({ passed }) => passed) ? 0 : 1;
  },
};

function noticesOptions(argv: Argv): Argv {
  return ownFormatOptions(threadOptions(openOptions(argv)), FORMATS).option('fail-on-missing', {
    choices: MISSING_GATES,
    describe:
      'exit 1 where a package has neither licence text nor declared licence (license), or no licence text (text)',
  });
}

async function readNotices(args: Arguments): Promise<Notices> {
  const options = await analyzeOptionsOf(args, new Set());
  const progress = await showProgress(args);
  try {
    return await withAnalysis(String(args._[0]), { ...options, onProgress: progress.onProgress }, (read) => {
      const missing = MISSING_GATES.find((gate) => gate === args['fail-on-missing']);
      return composeNotices(read, { limits: options.limits, ...(missing === undefined ? {} : { missing }) });
    });
  } finally {
    progress.stop();
  }
}

/** Problems told one by one; the rest is a number. */
const TOLD_PROBLEMS = 20;

/** A document that is handed on does not tell what is missing in it; whoever makes it must know. */
function warnOfProblems({ problems }: Notices): void {
  for (const { code, path, detail } of problems.slice(0, TOLD_PROBLEMS)) {
    process.stderr.write(`warning: ${printable(`${code}: ${path === undefined ? '' : `${path}: `}${detail}`)}\n`);
  }
  const rest = problems.length - TOLD_PROBLEMS;
  if (rest > 0) process.stderr.write(`warning: ${counted(rest, 'more problem')} (--format json lists all)\n`);
}
