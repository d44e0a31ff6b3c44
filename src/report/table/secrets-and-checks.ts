import type { Analysis } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import type { Secret } from '../../model/secret.ts';
import { groupChecks } from '../check-groups.ts';
import { secretPlace } from '../describe.ts';
import { writeRest } from './findings.ts';
import { severityColor } from './overview.ts';
import { type Page, shortenPath } from './page.ts';

const SHOWN_SECRETS = 15;
const SHOWN_CHECKS = 15;
const SHOWN_PLACES = 3;

/** Secrets, the surest first; where a later layer hides one, the line says so. */
export function writeSecrets(analysis: Analysis, page: Page): void {
  const order = ['proven', 'structured', 'contextual', 'generic'];
  const secrets = analysis.secrets
    .filter((secret) => secret.suppressed === undefined)
    .sort((left, right) => order.indexOf(left.verdict) - order.indexOf(right.verdict));
  if (secrets.length === 0) return;
  page.heading('Secrets');
  for (const secret of secrets.slice(0, SHOWN_SECRETS)) {
    const style = secret.verdict === 'proven' ? page.colors.red : page.colors.yellow;
    page.line(2, { text: secret.verdict.padEnd(11), style }, `${secret.title ?? secret.ruleId}  ${secret.match}`);
    page.line(13, shortenPath(secretPlace(secret), page.columns - 13));
    const history = secretHistory(secret);
    if (history !== '')
      page.line(13, { text: history, style: secret.state === 'present' ? page.colors.dim : page.colors.cyan });
  }
  writeRest(secrets.length - SHOWN_SECRETS, 'secret', page);
}

function secretHistory(secret: Secret): string {
  if (secret.layer === undefined) return '';
  if (secret.state === undefined || secret.state === 'present') return `layer ${secret.layer}`;
  const hidden = secret.removedIn === undefined ? '' : ` in layer ${secret.removedIn}`;
  return `layer ${secret.layer}, ${secret.state}${hidden}: still readable in the image`;
}

/** One entry for each check that failed: its places and what to do, said once. */
export function writeMisconfigurations(analysis: Analysis, page: Page): void {
  const groups = groupChecks(analysis.misconfigurations.filter((finding) => finding.suppressed === undefined));
  if (groups.length === 0) return;
  page.heading('Configuration');
  for (const { first, places } of groups.slice(0, SHOWN_CHECKS)) {
    const style = severityColor(first.severity, page.colors);
    page.line(2, { text: first.severity.padEnd(11), style }, `${first.id}  ${first.title}`);
    for (const place of places.slice(0, SHOWN_PLACES)) page.line(13, shortenPath(place, page.columns - 13));
    const rest = places.length - SHOWN_PLACES;
    if (rest > 0) page.line(13, `and ${counted(rest, 'more place')}`);
    page.paragraph(13, { text: first.remediation, style: page.colors.dim });
  }
  writeRest(groups.length - SHOWN_CHECKS, 'check', page);
}
