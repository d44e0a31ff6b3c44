import { hash } from 'node:crypto';
import type { NoticePackage, Notices } from '../../model/notices.ts';
import { imageName, platformName } from '../describe.ts';
import type { TextSink } from '../format.ts';
import { html, type Markup, trusted } from '../html/markup.ts';
import { printable } from '../printable.ts';
import { filesText, licensesText, noticeLabel } from './notice-words.ts';
import { safeText } from './safe-text.ts';
import { type NoticesForm, writeNotices } from './write-notices.ts';

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}pre{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid #8888;padding-left:1rem}li{overflow-wrap:anywhere}';

/** Notices as one page without a script, whose policy allows nothing but this style; everything from the image is text. */
export function writeNoticesHtml(notices: Notices, sink: TextSink): void {
  writeNotices(notices, sink, FORM);
}

const FORM: NoticesForm = {
  begin: ({ image, tool }, summary) => {
    const policy = `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; base-uri 'none'; form-action 'none'`;
    const name = printable(imageName(image));
    return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="plimsoll ${tool.version}">
<title>Third-party notices of ${name}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<h1>Third-party notices</h1>
<p><code>${name}</code>, ${printable(platformName(image))}</p>
<p>${summary}</p>
`.markup;
  },
  packagesHeading: (heading) => html`<h2>${heading}</h2>\n<ul>\n`.markup,
  packageItem: (found, { numberOf }) => {
    const links = found.texts.map((id) => html` <a href="#text-${numberOf(id)}">[${numberOf(id)}]</a>`);
    const includes = (found.includes ?? []).map((purl) => html`<br>includes <code>${printable(purl)}</code>`);
    return item(html`${declared(found)}${links}${includes}`);
  },
  declaredItem: (found) => item(declared(found)),
  nameItem: (found) => item(html`${printable(noticeLabel(found))}`),
  packagesEnd: '</ul>\n',
  textsHeading: (heading) => html`<h2>${heading}</h2>\n`.markup,
  text: (found, { numberOf, labelOf }) => {
    const number = numberOf(found.id);
    const owners = found.packages.map((id) => html`<li>${printable(labelOf(id))}</li>\n`);
    const path = printable(filesText(found));
    return html`<h3 id="text-${number}">[${number}] <code>${path}</code></h3>\n<ul>\n${owners}</ul>\n<pre>${safeText(found.text)}</pre>\n`
      .markup;
  },
  end: '</body>\n</html>\n',
};

function item(content: Markup): string {
  return html`<li>${content}</li>\n`.markup;
}

function declared(found: NoticePackage): Markup {
  return html`${printable(noticeLabel(found))}: ${printable(licensesText(found))}`;
}
