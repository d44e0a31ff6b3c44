import { isRecord, type JsonRecord, listField, recordField, textField, textList } from '../../bytes/json.ts';
import { counted } from '../../model/counted.ts';
import { parseSeverity, type Severity, severityRank } from '../../model/severity.ts';

/** A re-match's report in words for a mail. */
export interface Summary {
  /** At most 40 characters. */
  readonly subject: string;
  /** The bundles, then a line for each image that changed and each verdict that did; empty where nothing did. */
  readonly lines: readonly string[];
}

/** What is told of one image; the rest is counted. */
const TOLD = 5;

/** Sums up the JSON of `archive rematch`: what is new comes first, the worst of it before the rest. */
export function summarize(report: JsonRecord): Summary {
  const images = listField(report, 'images').filter(isRecord);
  const verdicts = listField(report, 'policies')
    .filter(isRecord)
    .filter((policy) => listField(policy, 'changes').length > 0);
  const added = images.flatMap((image) => changesOf(image).filter(({ kind }) => kind === 'added'));
  const [worst] = added.toSorted(byUrgency);
  const count = counted(images.length, 'image');
  const lines = [...images.map(imageLine), ...verdicts.map(verdictLine)];
  return {
    subject:
      images.length === 0 && verdicts.length > 0
        ? `plimsoll: ${counted(verdicts.length, 'verdict')} changed`
        : `plimsoll: ${count}, ${worst === undefined ? 'nothing new' : `new: ${worst.severity}`}`,
    lines: lines.length === 0 ? [] : [`bundle ${bundleName(report, 'from')} -> ${bundleName(report, 'to')}`, ...lines],
  };
}

interface Change {
  readonly kind: string;
  readonly vulnerability: string;
  readonly severity: Severity;
}

/** Changes of an image, the most urgent first; one flaw of several packages is one change. */
function changesOf(image: JsonRecord): readonly Change[] {
  const changes = new Map<string, Change>();
  for (const event of listField(image, 'events').filter(isRecord)) {
    const kind = textField(event, 'kind') ?? 'changed';
    const vulnerability = textField(event, 'vulnerability') ?? '';
    const severity = parseSeverity(textField(event, 'severity') ?? '') ?? 'unknown';
    changes.set(`${kind} ${vulnerability} ${severity}`, { kind, vulnerability, severity });
  }
  return [...changes.values()].toSorted(byUrgency);
}

/** Added findings, then what became worse or otherwise different, then what is gone. */
const KINDS = ['added', 'kev', 'severity', 'epss', 'status', 'fix', 'alias', 'changed', 'removed'];

function byUrgency(left: Change, right: Change): number {
  return (
    KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind) ||
    weight(left.severity) - weight(right.severity) ||
    (left.vulnerability < right.vulnerability ? -1 : 1)
  );
}

/** Unknown counts as high, as in every gate; the known ones come before it. */
function weight(severity: Severity): number {
  return severity === 'unknown' ? severityRank('high') + 0.5 : severityRank(severity);
}

function imageLine(image: JsonRecord): string {
  const changes = changesOf(image);
  const words = changes
    .slice(0, TOLD)
    .map(({ kind, vulnerability, severity }) => `${kind} ${vulnerability} (${severity})`);
  const more = changes.length > words.length ? ` and ${changes.length - words.length} more` : '';
  return `${nameOf(image)}: ${words.join(', ')}${more}`;
}

function verdictLine(policy: JsonRecord): string {
  const gates = textList(policy, 'failedGates');
  return `${nameOf(policy)}: policy ${textField(policy, 'verdict') ?? ''}${gates.length === 0 ? '' : ` (${gates.join(', ')})`}`;
}

function nameOf(image: JsonRecord): string {
  return textField(image, 'ref') ?? textField(image, 'image') ?? '';
}

function bundleName(report: JsonRecord, end: 'from' | 'to'): string {
  const bundle = recordField(report, end);
  return bundle === undefined ? 'none' : `${textField(bundle, 'channel') ?? ''} ${String(bundle['sequence'] ?? '')}`;
}
