import { describe, expect, test } from 'vitest';
import { IndexBuilder } from '../../src/bundle/index/build-index.ts';
import { hashText, textFilter } from '../../src/bytes/text-filter.ts';
import { matchPackages } from '../../src/match/match-packages.ts';
import type { Advisory, AffectedPackage } from '../../src/model/advisory.ts';
import type { LinkedCode, VulnerableImport } from '../../src/model/linked-code.ts';
import type { Package } from '../../src/model/package.ts';
import { advisory, affectedUntil, installed } from '../support/advisories.ts';
import { memoryBundle } from '../support/memory-bundle.ts';

const HTML = 'example.com/net/html';

function program(names: readonly string[], builtFor: Omit<LinkedCode, 'names'> = {}): LinkedCode {
  return { names: textFilter(new Set(names.map((name) => hashText(name)))), ...builtFor };
}

function record(imports?: readonly VulnerableImport[], id = 'GO-2026-1'): Advisory {
  const named: AffectedPackage = { ...affectedUntil('Go', 'example.com/net', '1.1.0'), ...(imports && { imports }) };
  return advisory({ id, aliases: ['CVE-2026-1'], source: 'osv/Go', affected: [named] });
}

/** What counts against the one finding of a module, and what of it was found in programs. */
function judge(linked: readonly LinkedCode[] | undefined, ...records: readonly Advisory[]) {
  const module: Package = installed({ type: 'golang', namespace: 'example.com', name: 'net', version: 'v1.0.0' });
  const builder = new IndexBuilder();
  for (const one of records) builder.add(one);
  const packages = [linked === undefined ? module : { ...module, linked }];
  const { vulnerabilities } = matchPackages({ packages, distro: undefined, bundle: memoryBundle(builder.finish()) });
  return vulnerabilities.map(
    ({ suppressed, reasons }) => suppressed ?? reasons.flatMap(({ linked: found }) => found ?? []),
  );
}

const NOT_LINKED = { reason: 'not-linked', rule: 'GO-2026-1', justification: 'vulnerable_code_not_present' };
const PARSE = record([{ path: HTML, symbols: ['Parse', 'Tokenizer.Next'] }]);

describe('functions that an advisory is about', () => {
  test('count where a program holds one of them', () =>
    expect(judge([program([HTML, `${HTML}.Escape`]), program([HTML, `${HTML}.Tokenizer.Next`])], PARSE)).toEqual([
      [`${HTML}.Tokenizer.Next`],
    ]));

  test('do not count where the linker left them out of every program', () =>
    expect(judge([program([HTML, `${HTML}.Escape`]), program([])], PARSE)).toEqual([NOT_LINKED]));

  test('count where a program does not say what it holds', () => expect(judge(undefined, PARSE)).toEqual([[]]));

  test('are all of a package where none is named', () => {
    const whole = record([{ path: HTML }]);
    expect(judge([program([HTML, `${HTML}.Escape`])], whole)).toEqual([[HTML]]);
    expect(judge([program(['example.com/net/http2'])], whole)).toEqual([NOT_LINKED]);
  });

  test('cannot be told where the record names no package: a module may be data alone', () => {
    expect(judge([program([HTML])], record())).toEqual([[]]);
    expect(judge([program([])], record())).toEqual([[]]);
  });

  test('count with their package where linkers call them otherwise', () => {
    const odd = record([{ path: HTML, symbols: ['init#1'] }]);
    expect(judge([program([HTML])], odd)).toEqual([[`${HTML}.init#1`]]);
    expect(judge([program([])], odd)).toEqual([NOT_LINKED]);
    const foreign = record([{ path: HTML, symbols: ['Größe'] }]);
    expect(judge([program([HTML, Buffer.from(`${HTML}.Größe`).toString('latin1')])], foreign)).toEqual([
      [`${HTML}.Größe`],
    ]);
  });

  test('do not count in programs for another system or machine', () => {
    const windows = record([{ path: HTML, symbols: ['Parse'], goos: ['windows'] }]);
    const arm = record([{ path: HTML, symbols: ['Parse'], goarch: ['arm64'] }]);
    const held = [HTML, `${HTML}.Parse`];
    expect(judge([program(held, { os: 'linux', architecture: 'amd64' })], windows)).toEqual([NOT_LINKED]);
    expect(judge([program(held, { os: 'linux', architecture: 'amd64' })], arm)).toEqual([NOT_LINKED]);
    expect(judge([program(held, { os: 'windows', architecture: 'arm64' })], windows)).toEqual([[`${HTML}.Parse`]]);
    expect(judge([program(held)], windows)).toEqual([[`${HTML}.Parse`]]);
  });

  test('count in programs for a system that takes what is written for another', () => {
    const linux = record([{ path: HTML, symbols: ['Parse'], goos: ['linux'] }]);
    expect(judge([program([HTML, `${HTML}.Parse`], { os: 'android' })], linux)).toEqual([[`${HTML}.Parse`]]);
  });

  test('do not count because another record of the flaw names none', () => {
    const other = advisory({ ...record(undefined, 'GHSA-1'), source: 'osv/GitHub' });
    expect(judge([program([HTML, `${HTML}.Escape`])], PARSE, other)).toEqual([NOT_LINKED]);
  });

  test('are told ten at most', () => {
    const symbols = Array.from({ length: 12 }, (_, index) => `F${index + 10}`);
    const all = program([HTML, ...symbols.map((symbol) => `${HTML}.${symbol}`)]);
    expect(judge([all], record([{ path: HTML, symbols }]))).toEqual([
      symbols.slice(0, 10).map((symbol) => `${HTML}.${symbol}`),
    ]);
  });
});
