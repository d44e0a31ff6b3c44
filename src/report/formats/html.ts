import { hash } from 'node:crypto';
import { imageName } from '../describe.ts';
import type { ReportFormat } from '../format.ts';
import { aboutSection } from '../html/about-section.ts';
import { SCRIPT, STYLE } from '../html/browser.generated.ts';
import { html, trusted } from '../html/markup.ts';
import { reportData } from '../html/report-data.ts';
import { bodySections, header, navigation } from '../html/sections.ts';
import { jsonText } from '../json-text.ts';
import { verdictWord } from '../notices.ts';
import { printable } from '../printable.ts';
import { summarize } from '../summary.ts';

/**
 * One self-contained page. Its content security policy allows exactly this script and this style, by hash, and no
 * request at all; everything from the image is text.
 */
export const format: ReportFormat = {
  id: 'html',
  title: 'Interactive report, one file',
  mediaType: 'text/html; charset=utf-8',
  write: (analysis, sink) => {
    const summary = summarize(analysis);
    const policy = `default-src 'none'; script-src '${hashOf(SCRIPT)}'; style-src '${hashOf(STYLE)}'; base-uri 'none'; form-action 'none'`;
    sink.write(
      html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="plimsoll ${analysis.tool.version}">
<title>${printable(imageName(analysis.image))}: ${verdictWord(analysis).toLowerCase()}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the findings</a>
${header(analysis)}
${navigation(analysis, summary)}
<main id="main" class="wide">
${bodySections(analysis, summary)}
${aboutSection(analysis)}
</main>
<dialog id="panel" aria-labelledby="panel-title"></dialog>
<script type="application/json" id="data">`.markup,
    );
    sink.write(jsonText(reportData(analysis)).replaceAll('<', '\\u003c'));
    // A plain text: bundlers call a package of theirs for tagged templates that hold an end tag of a script.
    sink.write(`</script>\n<script>${SCRIPT}</script>\n</body>\n</html>\n`);
  },
};

/** A source of the policy: https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function hashOf(text: string): string {
  return `sha256-${hash('sha256', text, 'base64')}`;
}
