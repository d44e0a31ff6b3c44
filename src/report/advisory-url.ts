/** Where people read about an advisory: the page of the authority that issued the id. */
export function sourceUrl(id: string): string {
  if (/^CVE-\d{4}-\d+$/.test(id)) return `https://nvd.nist.gov/vuln/detail/${id}`;
  if (/^GHSA(?:-[0-9a-z]{4}){3}$/.test(id)) return `https://github.com/advisories/${id}`;
  return `https://osv.dev/vulnerability/${encodeURIComponent(id)}`;
}

/** Whether a reference may be offered as a link: http(s) only, since feeds and images are not ours. */
export function advisoryUrl(url: string): boolean {
  return /^https?:\/\/[^\s<>"'\\^`{|}\p{Cc}\p{Cf}]+$/u.test(url) && url.length <= 2000 && URL.canParse(url);
}
