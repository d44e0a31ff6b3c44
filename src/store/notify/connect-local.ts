import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { PlimsollError } from '../../errors.ts';
import { isLocalAddress } from './local-address.ts';

const TIMEOUT_MS = 15_000;

/** What to do where a report was not sent. */
export const SEND_AGAIN = 'nothing is lost: call again with the same report';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/**
 * A connection to a host of the site. The address that was really reached is judged before a byte is sent: names may
 * resolve to anything. Throws PLM_OUTPUT_FAILED.
 */
export function connectLocal(endpoint: Endpoint): Promise<Socket> {
  const { host, port, tls } = endpoint;
  return new Promise((resolve, reject) => {
    const fail = (reason: string, cause?: unknown): void => {
      socket.destroy();
      reject(
        new PlimsollError('PLM_OUTPUT_FAILED', `cannot notify: ${reason}`, {
          path: `${host}:${port}`,
          hint: SEND_AGAIN,
          cause,
        }),
      );
    };
    const socket = tls ? connectTls({ host, port, servername: host }) : connectPlain({ host, port });
    socket.setTimeout(TIMEOUT_MS, () => fail('no answer in time'));
    socket.once('error', (error) => fail(error.message, error));
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      if (isLocalAddress(socket.remoteAddress ?? '')) resolve(socket);
      else fail(`${socket.remoteAddress} is no address of the local network`);
    });
  });
}
