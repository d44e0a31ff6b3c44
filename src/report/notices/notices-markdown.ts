import type { NoticePackage, Notices, NoticeText } from '../../model/notices.ts';
import { imageName, platformName } from '../describe.ts';
import type { TextSink } from '../format.ts';
import { code, text as markdownText } from '../markdown-text.ts';
import {
  filesText,
  HEADINGS,
  licensesText,
  type NoticeSections,
  noticeLabel,
  noticeSections,
  noticesSummary,
} from './notice-words.ts';
import { safeText } from './safe-text.ts';

/** Notices as Markdown (CommonMark); texts stand in fences that nothing in them closes. */
export function writeNoticesMarkdown(notices: Notices, sink: TextSink): void {
  const sections = noticeSections(notices);
  sink.write(
    `# Third-party notices\n\n${code(imageName(notices.image))}, ${markdownText(platformName(notices.image))}\n\n`,
  );
  sink.write(`${markdownText(noticesSummary(notices, sections))}\n`);
  writePackages(HEADINGS.packages, notices.packages, sink, (found) => packageItem(found, sections));
  writePackages(HEADINGS.declaredOnly, sections.declaredOnly, sink, declaredItem);
  writePackages(HEADINGS.unknown, sections.unknown, sink, (found) => markdownText(noticeLabel(found)));
  writeTexts(HEADINGS.texts, sections.claimed, sink, sections);
  writeTexts(HEADINGS.unclaimed, sections.unclaimed, sink, sections);
}

function packageItem(found: NoticePackage, { numberOf }: NoticeSections): string {
  const texts = found.texts.map((id) => `[${numberOf(id)}](#text-${numberOf(id)})`).join(', ');
  const includes = (found.includes ?? []).map((purl) => `\n  - includes ${code(purl)}`).join('');
  return `${declaredItem(found)}${texts === '' ? '' : `, texts ${texts}`}${includes}`;
}

function declaredItem(found: NoticePackage): string {
  return `${markdownText(noticeLabel(found))}: ${markdownText(licensesText(found))}`;
}

function writePackages(
  heading: string,
  packages: readonly NoticePackage[],
  sink: TextSink,
  itemOf: (found: NoticePackage) => string,
): void {
  if (packages.length === 0) return;
  sink.write(`\n## ${heading}\n\n`);
  for (const found of packages) sink.write(`- ${itemOf(found)}\n`);
}

function writeTexts(
  heading: string,
  texts: readonly NoticeText[],
  sink: TextSink,
  { numberOf, labelOf }: NoticeSections,
): void {
  if (texts.length === 0) return;
  sink.write(`\n## ${heading}\n`);
  for (const found of texts) {
    sink.write(`\n### Text ${numberOf(found.id)}\n\n${code(filesText(found))}\n\n`);
    for (const id of found.packages) sink.write(`- ${markdownText(labelOf(id))}\n`);
    const shown = safeText(found.text);
    const fence = fenceFor(shown);
    sink.write(`${found.packages.length > 0 ? '\n' : ''}${fence}text\n${shown}\n${fence}\n`);
  }
}

/** Longer than any run of backticks in the text (https://spec.commonmark.org/0.31.2/#fenced-code-blocks). */
function fenceFor(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return '`'.repeat(longest + 1);
}
