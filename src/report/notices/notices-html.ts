import { hash } from 'node:crypto';
import type { NoticePackage, Notices, NoticeText } from '../../model/notices.ts';
import { imageName, platformName } from '../describe.ts';
import type { TextSink } from '../format.ts';
import { html, type Markup, trusted } from '../html/markup.ts';
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

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}pre{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid #8888;padding-left:1rem}li{overflow-wrap:anywhere}';

/** Notices as one page without a script, whose policy allows nothing but this style; everything from the image is text. */
export function writeNoticesHtml(notices: Notices, sink: TextSink): void {
  const sections = noticeSections(notices);
  const policy = `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; base-uri 'none'; form-action 'none'`;
  const name = printable(imageName(notices.image));
  sink.write(
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="plimsoll ${notices.tool.version}">
<title>Third-party notices of ${name}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<h1>Third-party notices</h1>
<p><code>${name}</code>, ${printable(platformName(notices.image))}</p>
<p>${noticesSummary(notices, sections)}</p>
`.markup,
  );
  writePackages(HEADINGS.packages, notices.packages, sink, (found) => packageItem(found, sections));
  writePackages(HEADINGS.declaredOnly, sections.declaredOnly, sink, declaredItem);
  writePackages(HEADINGS.unknown, sections.unknown, sink, (found) => html`${printable(noticeLabel(found))}`);
  writeTexts(HEADINGS.texts, sections.claimed, sink, sections);
  writeTexts(HEADINGS.unclaimed, sections.unclaimed, sink, sections);
  sink.write('</body>\n</html>\n');
}

function packageItem(found: NoticePackage, { numberOf }: NoticeSections): Markup {
  const links = found.texts.map((id) => html` <a href="#text-${numberOf(id)}">[${numberOf(id)}]</a>`);
  const includes = (found.includes ?? []).map((purl) => html`<br>includes <code>${printable(purl)}</code>`);
  return html`${declaredItem(found)}${links}${includes}`;
}

function declaredItem(found: NoticePackage): Markup {
  return html`${printable(noticeLabel(found))}: ${printable(licensesText(found))}`;
}

function writePackages(
  heading: string,
  packages: readonly NoticePackage[],
  sink: TextSink,
  itemOf: (found: NoticePackage) => Markup,
): void {
  if (packages.length === 0) return;
  sink.write(html`<h2>${heading}</h2>\n<ul>\n`.markup);
  for (const found of packages) sink.write(html`<li>${itemOf(found)}</li>\n`.markup);
  sink.write('</ul>\n');
}

function writeTexts(
  heading: string,
  texts: readonly NoticeText[],
  sink: TextSink,
  { numberOf, labelOf }: NoticeSections,
): void {
  if (texts.length === 0) return;
  sink.write(html`<h2>${heading}</h2>\n`.markup);
  for (const { id, packages, text, ...others } of texts) {
    const items = packages.map((owner) => html`<li>${printable(labelOf(owner))}</li>\n`);
    const path = printable(filesText({ id, packages, text, ...others }));
    sink.write(
      html`<h3 id="text-${numberOf(id)}">[${numberOf(id)}] <code>${path}</code></h3>\n<ul>\n${items}</ul>\n<pre>${safeText(text)}</pre>\n`
        .markup,
    );
  }
}
