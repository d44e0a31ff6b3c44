import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isLocalAddress } from '../../../src/store/notify/local-address.ts';
import { postWebhook } from '../../../src/store/notify/post-webhook.ts';
import { sendMail } from '../../../src/store/notify/send-mail.ts';

/** A server on the loopback address that answers each line of a conversation. */
async function serve(
  answer: (text: string, socket: Socket) => void,
  greeting = '',
): Promise<{ readonly port: number; readonly received: () => string }> {
  let received = '';
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.write(greeting);
    socket.on('data', (chunk) => {
      received += String(chunk);
      answer(String(chunk), socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port }: AddressInfo = address;
  return { port, received: () => received };
}

describe('webhook', () => {
  it('posts the report as JSON', async () => {
    const server = await serve((text, socket) => {
      if (text.includes('{"images":[]}')) socket.end('HTTP/1.1 204 No Content\r\n\r\n');
    });
    await postWebhook(`http://127.0.0.1:${server.port}/hook?x=1`, '{"images":[]}');
    expect(server.received().split('\r\n')).toEqual(
      expect.arrayContaining([
        'POST /hook?x=1 HTTP/1.1',
        'Content-Type: application/json',
        'Content-Length: 13',
        '{"images":[]}',
      ]),
    );
  });

  it('an answer other than 2xx is a failure; a redirect is not followed', async () => {
    const server = await serve((_, socket) =>
      socket.end('HTTP/1.1 302 Found\r\nLocation: http://example.org/\r\n\r\n'),
    );
    await expect(postWebhook(`http://127.0.0.1:${server.port}/`, '{}')).rejects.toMatchObject({
      code: 'PLM_OUTPUT_FAILED',
    });
  });

  it('a closed port is a failure with a code', async () => {
    await expect(postWebhook('http://127.0.0.1:1/', '{}')).rejects.toMatchObject({ code: 'PLM_OUTPUT_FAILED' });
  });

  for (const address of ['file:///etc/passwd', 'no address']) {
    it(`${address} is refused`, async () =>
      expect(postWebhook(address, '{}')).rejects.toMatchObject({ code: 'PLM_USAGE' }));
  }
});

describe('addresses of the site', () => {
  for (const [address, local] of [
    ['127.0.0.1', true],
    ['10.9.8.7', true],
    ['192.168.1.1', true],
    ['::1', true],
    ['fe80::1%eth0', true],
    ['::ffff:10.0.0.1', true],
    ['8.8.8.8', false],
    ['172.32.0.1', false],
    ['2001:db8::1', false],
    ['::ffff:8.8.8.8', false],
  ] as const) {
    it(`${address} is ${local ? 'local' : 'not local'}`, () => expect(isLocalAddress(address)).toBe(local));
  }
});

describe('mail', () => {
  const mail = {
    from: 'plimsoll@site.local',
    to: ['ops@site.local'],
    subject: 'x\r\nBcc: evil@example.org',
    text: 'line\n.\nQUIT',
    date: new Date(0),
  };

  it('hands one message to the relay, with nothing in it that ends a header or the message', async () => {
    const server = await serve((text, socket) => {
      if (text.startsWith('EHLO')) socket.write('250-relay\r\n250 SIZE\r\n');
      else if (text.startsWith('DATA')) socket.write('354 go\r\n');
      else if (text.startsWith('MAIL') || text.startsWith('RCPT') || text.endsWith('\r\n.\r\n'))
        socket.write('250 ok\r\n');
    }, '220 relay\r\n');
    await sendMail({ host: '127.0.0.1', port: server.port }, mail);
    const received = server.received();
    expect(received).toContain('RCPT TO:<ops@site.local>');
    expect(received).toContain(Buffer.from(mail.text).toString('base64'));
    expect(received).not.toContain('Bcc:');
  });

  it('a refusal of the relay is a failure', async () => {
    const server = await serve((_, socket) => void socket.write('550 no\r\n'), '220 relay\r\n');
    await expect(sendMail({ host: '127.0.0.1', port: server.port }, mail)).rejects.toMatchObject({
      code: 'PLM_OUTPUT_FAILED',
    });
  });

  it('an address with a line break is refused', async () => {
    await expect(sendMail({ host: '127.0.0.1', port: 1 }, { ...mail, to: ['a@b\r\nDATA'] })).rejects.toMatchObject({
      code: 'PLM_USAGE',
    });
  });
});
