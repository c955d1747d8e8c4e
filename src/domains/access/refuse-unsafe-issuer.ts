// Refuses identity providers that the server must not call: without TLS, on this machine, or at a private address.
import { BlockList, isIP } from 'node:net';
import { Refusal } from '../../contract/errors.ts';

/** ::1 as calls are counted: by the first 64 bits. */
const LOOPBACK_NETWORK = '0:0:0:0::/64';
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Addresses that are no public host: RFC 6890, and what carries an IPv4 address inside an IPv6 one (NAT64, 6to4). */
const inner = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3],
] as const) inner.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [['::', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['2002::', 16], ['fc00::', 7], ['fe80::', 9], ['ff00::', 8]] as const) inner.addSubnet(network, bits, 'ipv6');

const isListed = (list: BlockList, address: string): boolean => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** The host of an address without brackets and a last dot. */
const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

function isLoopback(host: string): boolean {
  return isIP(host) === 0 ? host === 'localhost' || host.endsWith('.localhost') : isListed(loopback, host);
}

/** Where a call came to, and from. */
export interface CalledAt {
  /** The host that the call names, with its port. */
  readonly host: string;
  /** The caller's address; of IPv6 its network, as 0:0:0:0::/64. */
  readonly address: string;
}

/**
 * Lets an issuer pass that is reached by https:// at a public host; one on this machine only for a call from this machine to itself.
 * Names are not looked up: what they stand for may change at any time, and a city's own network is a fair place for its provider.
 * @throws Refusal provider-issuer-unfit
 */
export function refuseUnsafeIssuer(issuer: string, calledAt: CalledAt): void {
  const url = new URL(issuer);
  const host = bareHost(url);
  if (isLoopback(host)) {
    // The host is what the caller says; the address is not, so that no remote caller makes itself local.
    if (isOwnMachine(calledAt)) return;
  } else if (url.protocol === 'https:' && (isIP(host) === 0 || !isListed(inner, host))) {
    return;
  }
  throw new Refusal('provider-issuer-unfit');
}

function isOwnMachine({ host, address }: CalledAt): boolean {
  const isFromHere = address === LOOPBACK_NETWORK || (isIP(address) === 4 && isListed(loopback, address));
  return isFromHere && URL.canParse(`http://${host}`) && isLoopback(bareHost(new URL(`http://${host}`)));
}
