export { printable } from '../report/printable.ts';
