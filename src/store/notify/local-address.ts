import { BlockList, isIPv6 } from 'node:net';

/** Loopback, private, link-local and unique local ranges (RFC 1918, RFC 3927, RFC 4193, RFC 4291, RFC 6598). */
const LOCAL = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  LOCAL.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::1', 128],
  ['fe80::', 10],
  ['fc00::', 7],
] as const) {
  LOCAL.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address cannot be routed to from outside the site. */
export function isLocalAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return LOCAL.check(mapped, 'ipv4');
  return LOCAL.check(address.replace(/%.*$/, ''), isIPv6(address.replace(/%.*$/, '')) ? 'ipv6' : 'ipv4');
}
