import { escapeHtml } from '../../report/html/markup.ts';
import { printable } from '../../report/printable.ts';

/** A page of its own: no script, no address, so that it opens the same from a mail, a share or a USB stick. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>${htmlText(title)}</title><style>
body{font:15px/1.4 system-ui,sans-serif;margin:2rem;max-width:80rem;color:#1b1f24}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #d8dee4;overflow-wrap:anywhere}
tr.critical td:nth-child(2){color:#a40e26;font-weight:600}tr.high td:nth-child(2){color:#bc4c00;font-weight:600}
svg{max-width:100%;height:auto}h2{font-size:1.05rem;margin-top:1.5rem}
</style></head><body><h1>${htmlText(title)}</h1>
${body}
</body></html>
`;
}

/** Text from feeds and images as it stands between tags and in attributes; what would hide or reorder letters is spelled out. */
export function htmlText(text: string): string {
  return escapeHtml(printable(text));
}
