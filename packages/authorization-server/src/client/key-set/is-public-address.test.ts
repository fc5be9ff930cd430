import { requirement } from '@keybound/testkit'
import { expect } from 'vitest'
import { isLoopbackAddress, isPublicAddress } from './is-public-address.ts'

requirement('G-005', 'only addresses of the open Internet are public', () => {
  for (const address of [
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '172.32.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ])
    expect(isPublicAddress(address), address).toBe(true)
  for (const address of [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.9.9.9',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    'fe80::1%eth0',
    '0x7f.1',
    '127.1',
    'localhost',
    '',
  ])
    expect(isPublicAddress(address), address).toBe(false)
  expect(['127.0.0.1', '127.1.1.1', '::1'].every(isLoopbackAddress)).toBe(true)
  expect(['10.0.0.1', '::', 'localhost', '::2'].some(isLoopbackAddress)).toBe(false)
})
