// Which identity providers the server may call, by where the call that adds one came to and from.
import { expect, test } from 'vitest';
import { Refusal } from '../../contract/errors.ts';
import { type CalledAt, refuseUnsafeIssuer } from './refuse-unsafe-issuer.ts';

const here: CalledAt = { host: 'localhost:8080', address: '127.0.0.1' };
const city: CalledAt = { host: 'wutong.example', address: '203.0.113.9' };

function codeFor(issuer: string, calledAt: CalledAt): string {
  try {
    refuseUnsafeIssuer(issuer, calledAt);
    return 'passes';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

test.each(['https://id.example', 'https://id.example:8443/realms/city', 'https://8.8.8.8', 'https://[2400:3200::1]', 'https://[::ffff:8.8.8.8]'])('%s passes', (issuer) => {
  expect([codeFor(issuer, city), codeFor(issuer, here)]).toEqual(['passes', 'passes']);
});

test.each(['http://localhost:9000', 'http://127.0.0.1:9', 'http://127.8.8.8', 'http://[::1]:9', 'https://localhost', 'https://127.0.0.1', 'http://id.localhost', 'http://localhost.'])(
  '%s passes for a call from this machine to itself alone',
  (issuer) => {
    for (const calledAt of [here, { host: '127.0.0.1', address: '127.0.0.1' }, { host: '[::1]:8080', address: '0:0:0:0::/64' }]) expect(codeFor(issuer, calledAt)).toBe('passes');
    // A caller elsewhere may write localhost as the host; the address says otherwise.
    for (const calledAt of [city, { ...city, host: 'localhost' }, { ...here, host: 'wutong.example' }, { ...here, address: '2001:db8:0:0::/64' }]) {
      expect(codeFor(issuer, calledAt)).toBe('provider-issuer-unfit');
    }
  },
);

test.each(['http://id.example', 'http://8.8.8.8', 'https://10.1.2.3', 'https://[::ffff:127.0.0.1]', 'https://0x7f000001', 'https://0', 'https://[fec0::1]', 'https://localhost.', 'https://[2002:a00:1::]'])(
  '%s is refused in a city',
  (issuer) => {
    expect(codeFor(issuer, city)).toBe('provider-issuer-unfit');
  },
);
