import { type NumericOrder, numericScheme } from './numeric.ts';

const order: NumericOrder = {
  id: 'hackage',
  title: 'Haskell package versions: numbers between dots',
  specification: 'https://hackage.haskell.org/package/base/docs/Data-Version.html',
  pattern: /^\d+(?:\.\d+)*$/,
};

export const scheme = numericScheme(order);
