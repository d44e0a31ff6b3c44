import { type NumericOrder, numericScheme } from './numeric.ts';

const order: NumericOrder = {
  id: 'cran',
  title: 'R package versions: numbers between dots and hyphens',
  specification: 'https://stat.ethz.ch/R-manual/R-devel/library/base/html/numeric_version.html',
  pattern: /^\d+(?:[.-]\d+)*$/,
};

export const scheme = numericScheme(order);
