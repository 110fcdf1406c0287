/** Hosts that a model may be on, and addresses that are connected to: a wrong yes here is data that leave the machine. */
import { expect, it } from 'vitest';
import { ArtificerError } from '../../../../preload/contract/index.ts';
import { type Endpoint, endpointOf, lookupWithin } from './endpoint.ts';
import { unfoundedFigures } from './told-figures.ts';

const of = (url: string, ...hosts: string[]): Endpoint =>
  endpointOf({ kind: 'endpoint', url, model: 'm', hosts, answer_s: 1 });
const isRefused = (url: string, ...hosts: string[]): boolean => {
  try {
    of(url, ...hosts);
    return false;
  } catch (thrown) {
    return thrown instanceof ArtificerError && thrown.code === 'agent.model-host';
  }
};

it.each(['http://127.0.0.1:8080/v1', 'http://localhost:11434/v1', 'http://[::1]:8000/v1/', 'https://127.8.8.8'])(
  'lets this machine be asked: %s',
  (url) => {
    expect(of(url).url.pathname).toMatch(/^(\/v1)?\/chat\/completions$/);
  },
);

it.each([
  'http://192.168.1.5/v1',
  'http://model.example/v1',
  'http://127.0.0.1.evil.example/v1',
  'http://localhost@evil.example/v1',
  'http://user:word@127.0.0.1/v1',
  'http://0.0.0.0/v1',
  'http://[::ffff:8.8.8.8]/v1',
  'http://127.0.0.1/v1?to=elsewhere',
  'file:///etc/passwd',
  'ftp://127.0.0.1',
  'nonsense',
])('asks nobody else: %s', (url) => {
  expect(isRefused(url)).toBe(true);
});

it('asks a listed host in a private network, and none of the internet although it is listed', () => {
  for (const address of ['10.1.2.3', '172.16.0.9', '192.168.1.5', '100.64.0.1'])
    expect(of(`http://${address}/v1`, address).mayConnectTo(address)).toBe(true);
  for (const address of ['8.8.8.8', '172.32.0.1', '169.254.169.254', '0.0.0.0'])
    expect(isRefused(`http://${address}/v1`, address)).toBe(true);
  expect(isRefused('http://10.1.2.3/v1', '10.1.2.4')).toBe(true);
  const named = of('http://GPU-box.lan:8000/v1', 'gpu-box.lan');
  expect([named.mayConnectTo('10.1.2.3'), named.mayConnectTo('93.184.216.34')]).toEqual([true, false]);
  // This machine's own name leads to this machine, whatever a hosts file says.
  expect(of('http://localhost/v1').mayConnectTo('10.1.2.3')).toBe(false);
});

it('connects only to addresses that it may, whatever a name leads to', async () => {
  const addressOf = (endpoint: Endpoint, host: string) =>
    new Promise((resolve) =>
      lookupWithin(endpoint)(host, { all: false }, (error, address) => resolve(error ?? address)),
    );
  expect(await addressOf(of('http://localhost/v1'), 'localhost')).toMatch(/^(127\.0\.0\.1|::1)$/);
  const nowhere = { ...of('http://localhost/v1'), mayConnectTo: () => false };
  expect(await addressOf(nowhere, 'localhost')).toMatchObject({ code: 'agent.model-host' });
});

it('names figures that nothing bears out', () => {
  const sources = ['{"mass_kg": 0.29213, "safety_factor": 1.873, "error_percent": 3.4}', 'at least 2.5'];
  expect(unfoundedFigures('It weighs 292.1 g or 0.29 kg; safety 1.9, not 2.5; error 3.4 %; 3 parts.', sources)).toEqual(
    [],
  );
  expect(unfoundedFigures('It weighs 0.31 kg and bears 263 MPa, 1.8.', sources)).toEqual(['0.31', '263', '1.8']);
});
