import type { NoticePackage, Notices, NoticeText } from '../../model/notices.ts';
import { imageName, platformName } from '../describe.ts';
import type { TextSink } from '../format.ts';
import { printable } from '../printable.ts';
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

const RULE = '='.repeat(80);

/** Notices as plain text: the packages, then each text with the packages it stands for, then what is missing. */
export function writeNoticesText(notices: Notices, sink: TextSink): void {
  const sections = noticeSections(notices);
  sink.write(
    `THIRD-PARTY NOTICES\n\n${printable(imageName(notices.image))}  ${printable(platformName(notices.image))}\n`,
  );
  sink.write(`${noticesSummary(notices, sections)}\n`);
  writePackages(HEADINGS.packages, notices.packages, sink, (found) => packageLine(found, sections));
  writePackages(HEADINGS.declaredOnly, sections.declaredOnly, sink, (found) => printable(declaredLine(found)));
  writePackages(HEADINGS.unknown, sections.unknown, sink, (found) => printable(noticeLabel(found)));
  writeTexts(HEADINGS.texts, sections.claimed, sink, sections);
  writeTexts(HEADINGS.unclaimed, sections.unclaimed, sink, sections);
}

function packageLine(found: NoticePackage, { numberOf }: NoticeSections): string {
  const texts = found.texts.length === 0 ? '' : ` [${found.texts.map(numberOf).join(', ')}]`;
  const includes = (found.includes ?? []).map((purl) => `\n    includes ${printable(purl)}`).join('');
  return `${printable(declaredLine(found))}${texts}${includes}`;
}

function declaredLine(found: NoticePackage): string {
  return `${noticeLabel(found)}: ${licensesText(found)}`;
}

function writePackages(
  heading: string,
  packages: readonly NoticePackage[],
  sink: TextSink,
  lineOf: (found: NoticePackage) => string,
): void {
  if (packages.length === 0) return;
  sink.write(`\n${heading.toUpperCase()}\n\n`);
  for (const found of packages) sink.write(`  ${lineOf(found)}\n`);
}

function writeTexts(
  heading: string,
  texts: readonly NoticeText[],
  sink: TextSink,
  { numberOf, labelOf }: NoticeSections,
): void {
  if (texts.length === 0) return;
  sink.write(`\n${heading.toUpperCase()}\n`);
  for (const text of texts) {
    sink.write(`\n${RULE}\n[${numberOf(text.id)}] ${printable(filesText(text))}\n`);
    for (const id of text.packages) sink.write(`  ${printable(labelOf(id))}\n`);
    sink.write(`${RULE}\n\n${safeText(text.text)}\n`);
  }
}
