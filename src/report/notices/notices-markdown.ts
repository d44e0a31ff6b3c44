import type { NoticePackage, Notices } from '../../model/notices.ts';
import { imageName, platformName } from '../describe.ts';
import type { TextSink } from '../format.ts';
import { code, text as markdownText } from '../markdown-text.ts';
import { filesText, licensesText, noticeLabel } from './notice-words.ts';
import { safeText } from './safe-text.ts';
import { type NoticesForm, writeNotices } from './write-notices.ts';

/** Notices as Markdown (CommonMark); texts stand in fences that nothing in them closes. */
export function writeNoticesMarkdown(notices: Notices, sink: TextSink): void {
  writeNotices(notices, sink, FORM);
}

const FORM: NoticesForm = {
  begin: ({ image }, summary) =>
    `# Third-party notices\n\n${code(imageName(image))}, ${markdownText(platformName(image))}\n\n${markdownText(summary)}\n`,
  packagesHeading: (heading) => `\n## ${heading}\n\n`,
  packageItem: (found, { numberOf }) => {
    const texts = found.texts.map((id) => `[${numberOf(id)}](#text-${numberOf(id)})`).join(', ');
    const includes = (found.includes ?? []).map((purl) => `\n  - includes ${code(purl)}`).join('');
    return `- ${declared(found)}${texts === '' ? '' : `, texts ${texts}`}${includes}\n`;
  },
  declaredItem: (found) => `- ${declared(found)}\n`,
  nameItem: (found) => `- ${markdownText(noticeLabel(found))}\n`,
  packagesEnd: '',
  textsHeading: (heading) => `\n## ${heading}\n`,
  text: (found, { numberOf, labelOf }) => {
    const owners = found.packages.map((id) => `- ${markdownText(labelOf(id))}\n`).join('');
    const shown = safeText(found.text);
    const fence = fenceFor(shown);
    const head = `\n### Text ${numberOf(found.id)}\n\n${code(filesText(found))}\n\n`;
    return `${head}${owners}${owners === '' ? '' : '\n'}${fence}text\n${shown}\n${fence}\n`;
  },
  end: '',
};

function declared(found: NoticePackage): string {
  return `${markdownText(noticeLabel(found))}: ${markdownText(licensesText(found))}`;
}

/** Longer than any run of backticks in the text (https://spec.commonmark.org/0.31.2/#fenced-code-blocks). */
function fenceFor(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return '`'.repeat(longest + 1);
}
