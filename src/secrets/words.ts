/**
 * Pairs of letters that make up four fifths of the words in source texts and documentation, and one in six of the pairs
 * drawn at random.
 */
const COMMON_PAIRS: ReadonlySet<string> = new Set(
  (
    'ab ac ad ag ai al am an ar as at bl ca ce ch ck co cr ct de di ea ec ed ef el em en ep er es et ex fi fo ge gi ha ' +
    'he ho ic id ie ig il im in io ir is it iv ke la le li ll lo lt ly ma me mi mo mp na nc nd ne ng ni ns nt oc od ol ' +
    'om on op or ot ou pa pe pl po pp pr pt ra re ri rm rn ro rr rs rt se si sp ss st su ta te th ti to tr ts tt tu ul ' +
    'un ur us ut va ve'
  ).split(' '),
);

/** Share of common pairs from which on letters are words. */
const WORDS_SHARE = 0.55;

const LONG_TEXT = 16;

/**
 * Whether a run of eight or more letters of one case, or a text that is mostly letters, reads like words; hex digits
 * that spell eight letters do not.
 */
export function holdsWords(text: string): boolean {
  const letters = text.replace(/[^A-Za-z]/g, ' ').toLowerCase();
  if (
    letters.length >= LONG_TEXT &&
    letters.replaceAll(' ', '').length * 4 >= text.length * 3 &&
    commonShare(letters) >= WORDS_SHARE
  )
    return true;
  for (const run of text.match(/[a-z]{8,600}|[A-Z]{8,600}/g) ?? []) {
    if (!/^[a-f]{8,600}$/.test(run) && commonShare(run.toLowerCase()) >= WORDS_SHARE) return true;
  }
  return false;
}

/** Whether eight letters or more have a smaller share of common pairs than words: somebody drew them. Other signs do not count. */
export function isUncommon(text: string, share = UNCOMMON_SHARE): boolean {
  const letters = text.replace(/[^A-Za-z]/g, '').toLowerCase();
  return letters.length >= 8 && commonShare(letters) < share;
}

const UNCOMMON_SHARE = 0.4;

/** Share of the pairs of letters that words have. */
export function commonShare(letters: string): number {
  const pairs = letters.match(/[a-z](?=[a-z])/g)?.length ?? 0;
  let common = 0;
  for (let at = 0; at + 1 < letters.length; at++) if (COMMON_PAIRS.has(letters.slice(at, at + 2))) common++;
  return pairs === 0 ? 0 : common / pairs;
}
