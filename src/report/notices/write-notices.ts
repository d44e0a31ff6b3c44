import type { NoticePackage, Notices, NoticeText } from '../../model/notices.ts';
import type { TextSink } from '../format.ts';
import { HEADINGS, type NoticeSections, noticeSections, noticesSummary } from './notice-words.ts';

/** How a format writes the parts of notices; it escapes what comes from the image. */
export interface NoticesForm {
  /** What stands before the packages; `summary` in words. */
  begin(notices: Notices, summary: string): string;
  packagesHeading(heading: string): string;
  /** A package with its licences and texts. */
  packageItem(found: NoticePackage, sections: NoticeSections): string;
  /** A package with its licences. */
  declaredItem(found: NoticePackage): string;
  /** A package alone. */
  nameItem(found: NoticePackage): string;
  /** What ends a list of packages. */
  readonly packagesEnd: string;
  textsHeading(heading: string): string;
  text(text: NoticeText, sections: NoticeSections): string;
  /** What ends the document. */
  readonly end: string;
}

/** Writes notices: the packages, those that lack a text or a licence, then each text with the packages it stands for. */
export function writeNotices(notices: Notices, sink: TextSink, form: NoticesForm): void {
  const sections = noticeSections(notices);
  const writePackages = (
    heading: string,
    packages: readonly NoticePackage[],
    itemOf: (found: NoticePackage) => string,
  ): void => {
    if (packages.length === 0) return;
    sink.write(form.packagesHeading(heading));
    for (const found of packages) sink.write(itemOf(found));
    sink.write(form.packagesEnd);
  };
  const writeTexts = (heading: string, texts: readonly NoticeText[]): void => {
    if (texts.length === 0) return;
    sink.write(form.textsHeading(heading));
    for (const text of texts) sink.write(form.text(text, sections));
  };
  sink.write(form.begin(notices, noticesSummary(notices, sections)));
  writePackages(HEADINGS.packages, notices.packages, (found) => form.packageItem(found, sections));
  writePackages(HEADINGS.declaredOnly, sections.declaredOnly, (found) => form.declaredItem(found));
  writePackages(HEADINGS.unknown, sections.unknown, (found) => form.nameItem(found));
  writeTexts(HEADINGS.texts, sections.claimed);
  writeTexts(HEADINGS.unclaimed, sections.unclaimed);
  sink.write(form.end);
}
