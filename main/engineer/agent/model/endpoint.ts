/**
 * Where a model may be reached: this machine, or a host that a person wrote down and that is in their own network. Decided for
 * the address that is connected to, not for the name alone: a name that leads elsewhere leads nowhere.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { ArtificerError } from '../../../../preload/contract/index.ts';
import type { ModelEndpoint } from './settings.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** RFC 1918, RFC 6598 (shared address space, used by private overlays), RFC 4193. */
const OWN_NETWORK = new BlockList();
OWN_NETWORK.addSubnet('10.0.0.0', 8);
OWN_NETWORK.addSubnet('172.16.0.0', 12);
OWN_NETWORK.addSubnet('192.168.0.0', 16);
OWN_NETWORK.addSubnet('100.64.0.0', 10);
OWN_NETWORK.addSubnet('fc00::', 7, 'ipv6');

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

export interface Endpoint {
  /** Of the call itself. */
  url: URL;
  mayConnectTo(address: string): boolean;
  answer_ms: number;
}

const refused = (message: string, hint: string): ArtificerError =>
  new ArtificerError({ code: 'agent.model-host', category: 'refused', message, hint });

/** @throws ArtificerError `agent.model-host` where it may not be reached */
export function endpointOf({ url: said, hosts, answer_s }: ModelEndpoint): Endpoint {
  const url = URL.canParse(said) ? new URL(said) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw refused(
      "The model's address is not one of an endpoint.",
      'It looks like http://127.0.0.1:8080/v1, without a name, a password or a question mark in it.',
    );
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const here = host === 'localhost' || (isIP(host) !== 0 && LOOPBACK.check(host, family(host)));
  const listed = hosts.some((each) => each.toLowerCase() === host);
  if (!here && !listed)
    throw refused(
      `The model's host ${host} is not on the list of hosts that may be reached.`,
      'Nothing leaves this machine unless you write its host down in the settings yourself.',
    );
  const mayConnectTo = (address: string): boolean =>
    LOOPBACK.check(address, family(address)) || (listed && OWN_NETWORK.check(address, family(address)));
  if (isIP(host) !== 0 && !mayConnectTo(host)) throw outside(host);
  const call = new URL(url);
  call.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`;
  return { url: call, mayConnectTo, answer_ms: answer_s * 1000 };
}

const outside = (host: string): ArtificerError =>
  refused(
    `The model's host ${host} is outside of your own network.`,
    'A model is reached on this machine or in a private network; addresses of the internet are never connected to.',
  );

/** For sockets: names are looked up here, and only addresses that may be connected to come back. */
export const lookupWithin =
  (endpoint: Endpoint) =>
  (
    host: string,
    options: { all?: boolean | undefined; family?: number | 'IPv4' | 'IPv6' | undefined },
    answer: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
  ): void => {
    lookup(host, { all: true }, (error, addresses) => {
      if (error) return answer(error, '');
      const allowed = addresses.filter(({ address }) => endpoint.mayConnectTo(address));
      const [first] = allowed;
      if (!first) return answer(outside(host), '');
      if (options.all) return answer(null, allowed);
      answer(null, first.address, first.family);
    });
  };
