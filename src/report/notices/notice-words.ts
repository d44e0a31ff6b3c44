import { counted } from '../../model/counted.ts';
import { hasLicenseText, type NoticePackage, type Notices, type NoticeText } from '../../model/notices.ts';
import { packageLabel } from '../describe.ts';

/** Notices by what a reader looks for. */
export interface NoticeSections {
  /** Declare a licence whose text is not there. */
  readonly declaredOnly: readonly NoticePackage[];
  /** Neither declare a licence nor come with a text of one. */
  readonly unknown: readonly NoticePackage[];
  readonly claimed: readonly NoticeText[];
  /** Texts of no package that was found. */
  readonly unclaimed: readonly NoticeText[];
  /** Number of a text in the document, from 1. */
  readonly numberOf: (id: string) => number;
  readonly labelOf: (id: string) => string;
}

export function noticeSections({ packages, texts }: Notices): NoticeSections {
  const byId = new Map(texts.map((text) => [text.id, text]));
  const numbers = new Map(texts.map(({ id }, index) => [id, index + 1]));
  const labels = new Map(packages.map((found) => [found.id, noticeLabel(found)]));
  const textless = packages.filter((found) => !hasLicenseText(found, (id) => byId.get(id)));
  return {
    declaredOnly: textless.filter(({ licenses }) => licenses.length > 0),
    unknown: textless.filter(({ licenses }) => licenses.length === 0),
    claimed: texts.filter((text) => text.packages.length > 0),
    unclaimed: texts.filter((text) => text.packages.length === 0),
    numberOf: (id) => numbers.get(id) ?? 0,
    labelOf: (id) => labels.get(id) ?? id,
  };
}

/** `@scope/name 1.2.3 (npm)`. */
export function noticeLabel(found: NoticePackage): string {
  return `${packageLabel(found)} ${found.version} (${found.type})`;
}

export function licensesText({ licenses }: NoticePackage): string {
  return licenses.length === 0 ? 'no licence declared' : licenses.join('; ');
}

/** How much of the image the texts cover. */
export function noticesSummary({ packages, texts }: Notices, { declaredOnly, unknown }: NoticeSections): string {
  const covered = packages.length - declaredOnly.length - unknown.length;
  return `${counted(packages.length, 'package')}: ${covered} with a licence text, ${declaredOnly.length} with a declared licence only, ${unknown.length} of unknown licence. ${counted(texts.length, 'different text')}.`;
}

/** Where a text lies: its first file, and how many more hold the same. */
export function filesText({ files }: NoticeText): string {
  const more = files.length - 1;
  return `${files[0]?.path ?? ''}${more > 0 ? ` and ${counted(more, 'other file')}` : ''}`;
}

export const HEADINGS = {
  packages: 'Packages',
  texts: 'Texts',
  declaredOnly: 'Packages without a licence text in the image',
  unknown: 'Packages whose licence is not known',
  unclaimed: 'Texts of no package that was found',
} as const;
