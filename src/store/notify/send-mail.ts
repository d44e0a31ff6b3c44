import type { Socket } from 'node:net';
import { PlimsollError } from '../../errors.ts';
import { connectLocal, SEND_AGAIN } from './connect-local.ts';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly date: Date;
}

const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$/;
const REPLY_LIMIT = 64 * 1024;

/** Hands a mail to a relay of the local network (RFC 5321, RFC 5322). Throws PLM_USAGE for bad addresses, PLM_OUTPUT_FAILED. */
export async function sendMail(relay: { readonly host: string; readonly port: number }, mail: Mail): Promise<void> {
  for (const address of [mail.from, ...mail.to]) {
    if (!ADDRESS.test(address)) throw new PlimsollError('PLM_USAGE', `"${address}" is no mail address`);
  }
  const socket = await connectLocal({ ...relay, tls: false });
  const replies = replyReader(socket);
  const say = async (command: string | undefined, expected: string): Promise<void> => {
    if (command !== undefined) socket.write(`${command}\r\n`);
    const { value: reply = '' } = await replies.next();
    if (!reply.startsWith(expected))
      throw new PlimsollError('PLM_OUTPUT_FAILED', `the mail relay refused: ${reply.trim() || 'no reply'}`, {
        path: relay.host,
        hint: SEND_AGAIN,
      });
  };
  try {
    await say(undefined, '220');
    await say('EHLO plimsoll.localdomain', '250');
    await say(`MAIL FROM:<${mail.from}>`, '250');
    for (const address of mail.to) await say(`RCPT TO:<${address}>`, '25');
    await say('DATA', '354');
    await say(`${message(mail)}\r\n.`, '250');
    socket.end('QUIT\r\n');
  } finally {
    socket.destroy();
  }
}

/** Whole replies: lines `250-…` go on, `250 …` ends one. */
async function* replyReader(socket: Socket): AsyncGenerator<string, undefined> {
  let pending = '';
  for await (const chunk of socket) {
    pending += String(chunk);
    if (pending.length > REPLY_LIMIT) return undefined;
    for (let end = endOfReply(pending); end > 0; end = endOfReply(pending)) {
      yield pending.slice(0, end);
      pending = pending.slice(end);
    }
  }
  return undefined;
}

function endOfReply(text: string): number {
  const last = /^\d{3}(?: [^\r\n]*)?\r?\n/m.exec(text);
  return last === null ? 0 : last.index + last[0].length;
}

/** Subject and body are encoded whole: no text of an image or a feed can end a header or the message. */
function message(mail: Mail): string {
  const body = Buffer.from(mail.text, 'utf8')
    .toString('base64')
    .replaceAll(/(.{76})/g, '$1\r\n');
  return [
    `From: ${mail.from}`,
    `To: ${mail.to.join(', ')}`,
    `Subject: =?UTF-8?B?${Buffer.from(mail.subject.slice(0, 40), 'utf8').toString('base64')}?=`,
    `Date: ${mail.date.toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    body,
  ].join('\r\n');
}
