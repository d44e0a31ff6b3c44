import type { NoticePackage, Notices } from '../../model/notices.ts';
import { imageName, platformName } from '../describe.ts';
import type { TextSink } from '../format.ts';
import { printable } from '../printable.ts';
import { filesText, licensesText, noticeLabel } from './notice-words.ts';
import { safeText } from './safe-text.ts';
import { type NoticesForm, writeNotices } from './write-notices.ts';

const RULE = '='.repeat(80);

/** Notices as plain text. */
export function writeNoticesText(notices: Notices, sink: TextSink): void {
  writeNotices(notices, sink, FORM);
}

const FORM: NoticesForm = {
  begin: ({ image }, summary) =>
    `THIRD-PARTY NOTICES\n\n${printable(imageName(image))}  ${printable(platformName(image))}\n${summary}\n`,
  packagesHeading: (heading) => `\n${heading.toUpperCase()}\n\n`,
  packageItem: (found, { numberOf }) => {
    const texts = found.texts.length === 0 ? '' : ` [${found.texts.map(numberOf).join(', ')}]`;
    const includes = (found.includes ?? []).map((purl) => `\n    includes ${printable(purl)}`).join('');
    return `  ${declared(found)}${texts}${includes}\n`;
  },
  declaredItem: (found) => `  ${declared(found)}\n`,
  nameItem: (found) => `  ${printable(noticeLabel(found))}\n`,
  packagesEnd: '',
  textsHeading: (heading) => `\n${heading.toUpperCase()}\n`,
  text: (found, { numberOf, labelOf }) => {
    const owners = found.packages.map((id) => `  ${printable(labelOf(id))}\n`).join('');
    return `\n${RULE}\n[${numberOf(found.id)}] ${printable(filesText(found))}\n${owners}${RULE}\n\n${safeText(found.text)}\n`;
  },
  end: '',
};

function declared(found: NoticePackage): string {
  return printable(`${noticeLabel(found)}: ${licensesText(found)}`);
}
