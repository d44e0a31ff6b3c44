import { isRecord, listField, parseJson, textField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import { counted } from '../../model/counted.ts';
import { postWebhook } from '../../store/notify/post-webhook.ts';
import { sendMail } from '../../store/notify/send-mail.ts';
import type { CliCommand } from '../command.ts';
import { printable } from '../printable.ts';
import { readText } from '../read-text.ts';
import { flagOf, stringOf, stringsOf } from '../scan-options.ts';

export const command: CliCommand = {
  name: 'notify',
  summary: 'Send what a re-match wrote to a webhook or mail relay of the local network',
  usage: 'notify REPORT.json [options]',
  options: (argv) =>
    argv
      .demandCommand(1, 1, 'name the JSON that "archive rematch -o json=FILE" wrote')
      .option('webhook', { type: 'string', describe: 'http(s) address on the local network' })
      .option('smtp', { type: 'string', describe: 'mail relay on the local network: HOST[:PORT]' })
      .option('mail-from', { type: 'string' })
      .option('mail-to', { type: 'string', array: true })
      .option('even-empty', { type: 'boolean', describe: 'also where nothing changed' }),
  run: async (args) => {
    const path = String(args._[0]);
    const json = readText(path, 'PLM_REPORT_INVALID', DEFAULT_LIMITS.sbomBytes);
    const lines = summaryOf(json, path);
    const webhook = stringOf(args, 'webhook');
    const relay = stringOf(args, 'smtp');
    if (webhook === undefined && relay === undefined)
      throw new PlimsollError('PLM_USAGE', 'say where to send it: --webhook or --smtp');
    if (lines.length === 0 && !flagOf(args, 'even-empty')) return 0;
    if (webhook !== undefined) await postWebhook(webhook, json);
    if (relay !== undefined) {
      const { host, port } = relayOf(relay);
      const from = stringOf(args, 'mail-from');
      const to = stringsOf(args, 'mail-to');
      if (from === undefined || to.length === 0)
        throw new PlimsollError('PLM_USAGE', 'mail needs --mail-from and --mail-to');
      const subject = `plimsoll: ${counted(lines.length, 'image')} affected`;
      await sendMail({ host, port }, { from, to, subject, text: `${lines.join('\n')}\n`, date: new Date() });
    }
    return 0;
  },
};

/** One line for each image with events. Throws PLM_REPORT_INVALID. */
function summaryOf(json: string, path: string): readonly string[] {
  const report = parseJson(json, DEFAULT_LIMITS.jsonDepth);
  if (!isRecord(report) || !Array.isArray(report['images']))
    throw new PlimsollError('PLM_REPORT_INVALID', 'this is no report of a re-match', { path });
  return listField(report, 'images')
    .filter(isRecord)
    .map((image) => {
      const events = listField(image, 'events').filter(isRecord);
      const words = events
        .slice(0, 5)
        .map(
          (event) =>
            `${textField(event, 'kind')} ${textField(event, 'vulnerability')} (${textField(event, 'severity')})`,
        );
      const more = events.length > words.length ? ` and ${events.length - words.length} more` : '';
      return printable(`${textField(image, 'ref') ?? textField(image, 'image') ?? ''}: ${words.join(', ')}${more}`);
    });
}

function relayOf(text: string): { readonly host: string; readonly port: number } {
  const found = /^(\[[0-9a-f:.]+\]|[^:\s]+)(?::(\d{1,5}))?$/i.exec(text);
  if (found?.[1] === undefined)
    throw new PlimsollError('PLM_USAGE', `"${text}" is no mail relay`, { hint: 'write HOST or HOST:PORT' });
  return { host: found[1].replace(/^\[|\]$/g, ''), port: Number(found[2] ?? 25) };
}
