import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Notices } from '../../../src/model/notices.ts';
import type { TextSink } from '../../../src/report/format.ts';
import { writeJsonLists } from '../../../src/report/json-lists.ts';
import { writeNoticesHtml } from '../../../src/report/notices/notices-html.ts';
import { writeNoticesMarkdown } from '../../../src/report/notices/notices-markdown.ts';
import { writeNoticesText } from '../../../src/report/notices/notices-text.ts';
import { HOSTILE } from '../../support/analysis-fixture.ts';

function written(write: (notices: Notices, sink: TextSink) => void, notices: Notices): string {
  const parts: string[] = [];
  write(notices, { write: (text) => void parts.push(text) });
  return parts.join('');
}

/** One package with one text, and one of each section. */
function notices({
  name,
  path,
  text,
}: {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}): Notices {
  const about = { type: 'npm', version: '1', licenses: [name], texts: [] };
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: '1' },
    image: { ref: name, configDigest: '', platform: { os: 'linux', architecture: 'amd64' } },
    packages: [
      { ...about, id: name, name, purls: [name], texts: ['sha256:1'], includes: [name] },
      { ...about, id: 'b', name, purls: ['b'] },
      { ...about, id: 'c', name, purls: ['c'], licenses: [] },
    ],
    texts: [
      { id: 'sha256:1', kind: 'license', files: [{ path, layer: 0 }], packages: [name], text },
      { id: 'sha256:2', kind: 'notice', files: [{ path, layer: 0 }], packages: [], text },
    ],
    gates: [],
    problems: [],
  };
}

/** All but line breaks, and the tabs and joiners of texts. */
const UNSAFE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const tags = (page: string): readonly string[] =>
  (page.match(/<[a-z!/][^>]*>/gi) ?? []).map((tag) => tag.replace(/ .*/s, ''));
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constant(HOSTILE),
  fc.constant('```\n</pre>\n~~~~\n# x'),
);

describe('notices with hostile names and texts', () => {
  const plain = notices({ name: 'a', path: '/a', text: 'a' });

  it.each([
    ['text', writeNoticesText],
    ['markdown', writeNoticesMarkdown],
    ['html', writeNoticesHtml],
    ['json', writeJsonLists],
  ] as const)('are safe to look at as %s', (_, write) => {
    fc.assert(
      fc.property(anything, anything, anything, (name, path, text) => {
        expect(written(write, notices({ name, path, text }))).not.toMatch(UNSAFE);
      }),
    );
  });

  it('have the same markup as a page with others', () => {
    fc.assert(
      fc.property(anything, anything, anything, (name, path, text) => {
        expect(tags(written(writeNoticesHtml, notices({ name, path, text })))).toEqual(
          tags(written(writeNoticesHtml, plain)),
        );
      }),
    );
  });

  it('stay in their fences in Markdown', () => {
    const text = fc.string({ unit: fc.constantFrom('`', '\n', 'a', '~', '#', ' '), maxLength: 60 });
    fc.assert(
      fc.property(text, (content) => {
        const page = written(writeNoticesMarkdown, notices({ name: 'a', path: '/a', text: content }));
        expect(outsideFences(page)).toEqual(outsideFences(written(writeNoticesMarkdown, plain)));
      }),
    );
  });

  it('keep every character of a text in JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read: Notices = JSON.parse(written(writeJsonLists, notices({ name: 'a', path: '/a', text })));
        expect(read.texts[0]?.text).toBe(text);
      }),
    );
  });
});

/** The lines that a reader of CommonMark takes for no part of a code block (section 4.5). */
function outsideFences(page: string): readonly string[] {
  const outside: string[] = [];
  let fence: string | undefined;
  for (const line of page.split('\n')) {
    const mark = /^ {0,3}(`{3,})(.*)$/.exec(line);
    if (fence === undefined) {
      if (mark?.[2]?.includes('`') === false) fence = mark[1];
      else outside.push(line);
    } else if (mark?.[1] !== undefined && mark[1].length >= fence.length && mark[2]?.trim() === '') fence = undefined;
  }
  return outside;
}

describe('the text of a licence', () => {
  it('keeps its lines, tabs and joiners, loses its page breaks, and shows what hides in it', () => {
    const page = written(
      writeNoticesText,
      notices({ name: 'a', path: '/a', text: '\n\fGNU\n\tv2\u001b[1m\u202e\n\n' }),
    );
    expect(page.split('\n').slice(-4)).toEqual(['', 'GNU', '\tv2\\x1b[1m\\u202e', '']);
  });
});
