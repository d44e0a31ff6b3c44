/** What a report shows of a value: its public prefix and the class of its length, as in `ghp_*** (32-63)`. */
export function mask(length: number, publicPrefix = ''): string {
  const low = LENGTHS.findLast((limit) => length >= limit) ?? 0;
  const high = LENGTHS.find((limit) => length < limit);
  return `${publicPrefix}*** (${low}${high === undefined ? '+' : `-${high - 1}`} bytes)`;
}

const LENGTHS = [0, 8, 16, 32, 64, 128, 256, 1024, 4096] as const;
