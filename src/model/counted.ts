/** Count with its noun: `1 finding`, `2 findings`, `1 library`, `2 libraries`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
