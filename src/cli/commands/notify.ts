import type { Arguments } from 'yargs';
import { isRecord, type JsonRecord, parseJson } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import { postWebhook } from '../../store/notify/post-webhook.ts';
import { sendMail } from '../../store/notify/send-mail.ts';
import { summarize } from '../../store/notify/summarize.ts';
import { flagOf, stringOf, stringsOf } from '../arguments.ts';
import type { CliCommand } from '../command.ts';
import { printable } from '../printable.ts';
import { readReportText } from '../read-text.ts';

export const command: CliCommand = {
  name: 'notify',
  summary: 'Send what a re-match wrote to a webhook or mail relay of the local network',
  usage: 'notify REPORT.json [options]',
  options: (argv) =>
    argv
      .demandCommand(1, 1, 'name the JSON that "archive rematch -o json=FILE" wrote')
      .option('webhook', { type: 'string', describe: 'http(s) address on the local network' })
      .option('smtp', { type: 'string', describe: 'mail relay on the local network: HOST[:PORT]' })
      .option('mail-from', { type: 'string', describe: 'address the mail comes from' })
      .option('mail-to', { type: 'string', array: true, describe: 'address to send it to, repeatable' })
      .option('even-empty', { type: 'boolean', describe: 'also where nothing changed' }),
  run: async (args) => {
    const webhook = stringOf(args, 'webhook');
    const mail = mailOf(args);
    if (webhook === undefined && mail === undefined)
      throw new PlimsollError('PLM_USAGE', 'say where to send it: --webhook or --smtp');
    const path = String(args._[0]);
    const json = readReportText(path);
    const { subject, lines } = summarize(rematchReport(json, path));
    if (lines.length === 0 && !flagOf(args, 'even-empty')) {
      process.stderr.write('nothing changed: nothing was sent (--even-empty sends it all the same)\n');
      return 0;
    }
    if (webhook !== undefined) {
      await postWebhook(webhook, json);
      process.stderr.write(`sent to ${printable(new URL(webhook).host)}\n`);
    }
    if (mail !== undefined) {
      const { relay, from, to } = mail;
      await sendMail(relay, { from, to, subject, text: `${lines.map(printable).join('\n')}\n`, date: new Date() });
      process.stderr.write(`sent to ${printable(to.join(', '))}\n`);
    }
    return 0;
  },
};

/** Throws PLM_REPORT_INVALID. */
function rematchReport(json: string, path: string): JsonRecord {
  const report = parseJson(json, DEFAULT_LIMITS.jsonDepth, Number.POSITIVE_INFINITY);
  if (isRecord(report) && Array.isArray(report['images']) && Object.hasOwn(report, 'to')) return report;
  throw new PlimsollError('PLM_REPORT_INVALID', 'this is no report of a re-match', {
    path,
    hint: 'write one with: plimsoll archive rematch -o json=FILE',
  });
}

interface MailTerms {
  readonly relay: { readonly host: string; readonly port: number };
  readonly from: string;
  readonly to: readonly string[];
}

/** Throws PLM_USAGE. */
function mailOf(args: Arguments): MailTerms | undefined {
  const smtp = stringOf(args, 'smtp');
  if (smtp === undefined) return undefined;
  const from = stringOf(args, 'mail-from');
  const to = stringsOf(args, 'mail-to');
  if (from === undefined || to.length === 0)
    throw new PlimsollError('PLM_USAGE', 'mail needs --mail-from and --mail-to');
  return { relay: relayOf(smtp), from, to };
}

function relayOf(text: string): { readonly host: string; readonly port: number } {
  const found = /^(\[[0-9a-f:.]+\]|[^:\s]+)(?::(\d{1,5}))?$/i.exec(text);
  if (found?.[1] === undefined)
    throw new PlimsollError('PLM_USAGE', `"${text}" is no mail relay`, { hint: 'write HOST or HOST:PORT' });
  return { host: found[1].replace(/^\[|\]$/g, ''), port: Number(found[2] ?? 25) };
}
