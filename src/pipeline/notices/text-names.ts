import type { NoticeKind } from '../../model/notices.ts';

/** `LICENSE`, `LICENSE-MIT.txt`, `MIT-LICENSE`, `COPYING.LESSER`, `COPYING3`, `UNLICENSE`, `copyright`. */
const LICENSE =
  /^(?:[a-z0-9.+]{1,40}[-_.])?(?:(?:un)?licen[cs](?:e|es|ing)|copying(?:lib|v?\d)?|copyrights?)(?:[-_. ].{0,80})?$/i;
/** `NOTICE.md`, `ThirdPartyNotices.txt`, `THIRD_PARTY_LICENSES`. */
const NOTICE =
  /^(?:(?:[a-z0-9.+]{1,40}[-_.])?(?:notices?|patents)|third[-_. ]?party(?:[-_. ]?(?:notices?|licen[cs]es?))?)(?:[-_. ].{0,80})?$/i;
const AUTHORS = /^authors(?:[-_. ].{0,80})?$/i;
/** Folders in which every text is a licence, whatever its name. */
const FOLDER = /\/(?:licen[cs]es?|legal)\//i;

/** What is a program, data, a picture, or a key that unlocks a product, and no text to hand on. */
const NO_TEXT =
  /\.(?:[cm]?[jt]sx?|py[cio]?|rb|rbs|erb|go|rs|c|h|cc|cpp|hpp|cs|java|class|kt|scala|php|phpt|pl|pm|lua|sh|bash|ps1|bat|cmd|r|swift|vue|css|s[ac]ss|less|json[5l]?|xml|xsl|xsd|ya?ml|toml|ini|cfg|conf|properties|csv|tsv|sql|map|lock|tt|tmpl|po|mo|pot|sig|asc\.sig|key|lic|dat|bin|db|pem|crt|p12|jks|enc|exe|dll|so|a|o|jar|war|zip|tar|tgz|bz2|xz|zst|whl|pdf|docx?|odt|rtf|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|otf|eot|beam|elc?|ri|md5|sha\d{1,3})$/i;

/**
 * What kind of text a file holds, by its path below the folder it belongs to (`/LICENSE`, `/licenses/zlib.txt`).
 * Undefined for what is no licence, notice or list of authors.
 */
export function textKind(path: string): NoticeKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (NO_TEXT.test(name)) return undefined;
  if (NOTICE.test(name)) return 'notice';
  if (AUTHORS.test(name)) return 'authors';
  return LICENSE.test(name) || FOLDER.test(path) ? 'license' : undefined;
}
