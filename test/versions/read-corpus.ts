import { readFileSync } from 'node:fs';
import type { Order } from '../../src/versions/scheme.ts';

export interface VersionFact {
  readonly left: string;
  readonly order: Order;
  readonly right: string;
}

const ORDERS: Readonly<Record<string, Order>> = { '<': -1, '=': 0, '>': 1 };

/** Lines `LEFT <|=|> RIGHT` of a corpus; a version may hold single spaces. Others are comments. */
export function readCorpus(path: string | URL): readonly VersionFact[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const match = /^([^\s#/][^<=>]*|\/?[^\s<=>/#]+) ([<=>]) (\S.*)$/.exec(line.trim());
      const order = ORDERS[match?.[2] ?? ''];
      return match?.[1] === undefined || match[3] === undefined || order === undefined
        ? []
        : [{ left: match[1], order, right: match[3] }];
    });
}
