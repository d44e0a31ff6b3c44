import { type JsonRecord, textField } from '../../bytes/json.ts';
import { layerLine, remedyLines, suppressedLine } from './place-lines.ts';
import type { ReportIndex } from './report-index.ts';

/** One secret in words: where it lies, how sure it is, what to do. Its value is in no report, and so not here. */
export function explainSecret(secret: JsonRecord, report: ReportIndex): readonly string[] {
  const field = (name: string): string => textField(secret, name) ?? '';
  const proof = textField(secret, 'proof');
  return [
    `${textField(secret, 'title') ?? field('ruleId')} (rule ${field('ruleId')})`,
    '',
    `Found in   ${placeOf(secret)}`,
    ...layerLine(secret, report),
    ...stateLine(secret),
    `Looks like ${field('match')}, fingerprint ${field('fingerprint')}`,
    '',
    'Why it was reported',
    `  ${VERDICTS.get(field('verdict')) ?? `Verdict ${field('verdict')}`}${proof === undefined ? '' : `: ${proof}`}.`,
    ...suppressedLine(secret),
    '',
    'What to do',
    ...remedyLines(
      secret,
      'Revoke it, then build the image so that no layer holds it: deleting it in a later layer does not help.',
    ),
  ];
}

const VERDICTS: ReadonlyMap<string, string> = new Map([
  ['proven', 'Proven by a checksum, by a key that works, or by what belongs to it in the image'],
  ['structured', 'Structured as its issuer writes it, in all parts; there is no checksum that would prove it'],
  ['contextual', 'Contextual: its form and its surroundings speak for it'],
  ['generic', 'Generic: a value beside a name that asks for a secret'],
]);

function placeOf(secret: JsonRecord): string {
  const path = textField(secret, 'path');
  const { line } = secret;
  if (path !== undefined) return typeof line === 'number' ? `${path}:${line}` : path;
  return `${textField(secret, 'source') ?? 'configuration'} ${textField(secret, 'name') ?? ''}`.trimEnd();
}

function stateLine(secret: JsonRecord): string[] {
  const state = textField(secret, 'state');
  if (state === undefined) return [];
  if (state === 'present') return ['State      in the final file system'];
  const { removedIn } = secret;
  const by = typeof removedIn === 'number' ? `layer ${removedIn}` : 'a later layer';
  return [`State      ${state} by ${by}, still readable in the image`];
}
