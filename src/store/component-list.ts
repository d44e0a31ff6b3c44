/** Numbers of components in rising order as differences, each an unsigned LEB128: two bytes each where a thousand share an event. */
export function encodeComponents(components: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let last = 0;
  for (const component of components) {
    let rest = component - last;
    if (rest < 0) throw new Error('components are listed in rising order');
    last = component;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
}

/** A number that the bytes end in is left out: the event's hash tells that they were altered. */
export function decodeComponents(bytes: Uint8Array): readonly number[] {
  const components: number[] = [];
  let [last, rest, factor] = [0, 0, 1];
  for (const byte of bytes) {
    rest += (byte & 0x7f) * factor;
    factor *= 0x80;
    if (byte >= 0x80) continue;
    last += rest;
    components.push(last);
    [rest, factor] = [0, 1];
  }
  return components;
}
