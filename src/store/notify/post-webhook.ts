import { PlimsollError } from '../../errors.ts';
import { connectLocal, SEND_AGAIN } from './connect-local.ts';

const ANSWER_LIMIT = 64 * 1024;

/**
 * Posts JSON to a webhook on the local network by HTTP/1.1 (RFC 9112); no redirect is followed. Throws PLM_USAGE for
 * what is no address, PLM_OUTPUT_FAILED unless the answer is 2xx.
 */
export async function postWebhook(address: string, json: string): Promise<void> {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new PlimsollError('PLM_USAGE', `"${address}" is no http address`);
  const tls = url.protocol === 'https:';
  const socket = await connectLocal({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (tls ? 443 : 80),
    tls,
  });
  const body = Buffer.from(json, 'utf8');
  const head = [
    `POST ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    ...(url.username === ''
      ? []
      : [
          `Authorization: Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`,
        ]),
    'Connection: close',
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  let answer = '';
  for await (const chunk of socket) {
    answer += String(chunk);
    if (answer.length > ANSWER_LIMIT) socket.destroy();
  }
  const status = /^HTTP\/1\.[01] (\d{3})\b/.exec(answer)?.[1];
  if (status?.startsWith('2') === true) return;
  throw new PlimsollError('PLM_OUTPUT_FAILED', `the webhook answered ${status ?? 'no HTTP'}`, {
    path: url.host,
    hint: SEND_AGAIN,
  });
}
