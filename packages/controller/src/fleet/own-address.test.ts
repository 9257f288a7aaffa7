import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ownAddress } from './own-address.ts';

const LOOPBACK = { address: '127.0.0.1', family: 'IPv4', internal: true } as const;
const V4 = { address: '10.1.2.3', family: 'IPv4', internal: false } as const;
const V6 = { address: 'fd00::3', family: 'IPv6', internal: false, scopeid: 0 } as const;
const LINK = { address: 'fe80::1', family: 'IPv6', internal: false, scopeid: 2 } as const;

describe('the own address of a controller', () => {
  for (const [name, listening, host, interfaces, address] of [
    ['is where it listens', 'http://127.0.0.1:8080', '127.0.0.1', { eth0: [V4] }, 'http://127.0.0.1:8080'],
    // As Fastify tells it of a server that listens on all.
    [
      'is the first of the machine where it listens on all',
      'https://127.0.0.1:8443',
      '0.0.0.0',
      { lo: [LOOPBACK], eth0: [LINK, V6, V4] },
      'https://10.1.2.3:8443',
    ],
    ['is one of IPv6 where there is no other', 'http://[::1]:8080', '::', { eth0: [LINK, V6] }, 'http://[fd00::3]:8080'],
    ['is the loopback where the machine has nothing else', 'http://127.0.0.1:8080', '0.0.0.0', { lo: [LOOPBACK] }, 'http://127.0.0.1:8080'],
  ] as const)
    it(name, () => {
      assert.equal(ownAddress(listening, host, interfaces), address);
    });
});
