import { requirement } from '@keybound/testkit'
import { describe, expect } from 'vitest'
import { judged, url, withClaims } from '../../test/judged.ts'

async function against(htu: unknown, configured = url): Promise<string> {
  return judged(withClaims({ htu }), { url: configured })
}

describe('(9): htu', () => {
  requirement(
    ['DPOP-4.3-09', 'P-062', 'P-063', 'P-061'],
    'refuses another scheme, host, port or path, a prefix, a suffix, and what is no URL',
    async () => {
      for (const htu of [
        'http://api.example/api/profile',
        'https://other.example/api/profile',
        'https://api.example:8443/api/profile',
        'https://api.example/api/orders',
        'https://api.example/api/profile2',
        'https://api.example/api/profil',
        'https://api.example/api',
        'https://api.example.evil.test/api/profile',
        '/api/profile',
        '//api.example/api/profile',
        'https:api.example/api/profile',
        'https:///api/profile',
        'not a url',
        ' https://api.example/api/profile',
        'https://api.example/api/profile ',
        'ftp://api.example/api/profile',
      ])
        expect(await against(htu), htu).toBe('htu.match')
      for (const htu of [undefined, '', 1, {}, null])
        expect(await against(htu), String(htu)).toBe('claims.required')
    },
  )

  requirement(['DPOP-4.3-09', 'P-064'], 'ignores query and fragment on either side', async () => {
    for (const end of ['?a=b', '#c', '?a=b#c', '?', '#']) {
      expect(await against(`${url}${end}`), end).toBe('accepted')
      expect(await against(url, `${url}${end}`), end).toBe('accepted')
    }
    expect(await against(`${url}?a=/../..`)).toBe('accepted')
  })

  requirement(
    ['DPOP-4.3-13', 'P-065', 'P-069', 'P-071'],
    'normalises syntax: case of scheme, host and hex, needless escapes, dot segments',
    async () => {
      for (const htu of [
        'HTTPS://API.Example/api/profile',
        'https://api.example/api/%70rofile',
        'https://api.example/%61pi/profile',
        'https://api.example/api/./profile',
        'https://api.example/x/../api/profile',
        'https://api.example/../api/profile',
        'https://api.example/x/%2e%2E/api/profile',
        'https://%61pi.example/api/profile',
      ])
        expect(await against(htu), htu).toBe('accepted')
      expect(await against('https://api.example/a%2fb', 'https://api.example/a%2Fb')).toBe('accepted')
      expect(await against('https://api.example/~u', 'https://api.example/%7Eu')).toBe('accepted')
    },
  )

  requirement(
    ['DPOP-4.3-14', 'P-065'],
    'normalises by scheme: default and empty port, empty path',
    async () => {
      for (const htu of ['https://api.example:443/api/profile', 'https://api.example:/api/profile'])
        expect(await against(htu), htu).toBe('accepted')
      expect(await against('http://api.example:80/', 'http://api.example')).toBe('accepted')
      expect(await against('https://api.example', 'https://api.example/')).toBe('accepted')
      expect(await against('https://api.example:80/', 'https://api.example/')).toBe('htu.match')
      expect(await against('http://api.example:443/', 'http://api.example/')).toBe('htu.match')
    },
  )

  requirement(
    'DPOP-4.3-15',
    'keeps unequal resources unequal: case and trailing slash of the path, an encoded separator, double slashes',
    async () => {
      for (const htu of [
        'https://api.example/api/Profile',
        'https://api.example/api/profile/',
        'https://api.example/api%2Fprofile',
        'https://api.example//api/profile',
        'https://api.example/api//profile',
        'https://api.example/api/profile/.',
        'https://api.example/api/profile;x',
        'https://api.example/api/profile%00',
        'https://api.example/api/profile%20',
      ])
        expect(await against(htu), htu).toBe('htu.match')
    },
  )

  requirement(
    ['P-066', 'P-068'],
    'refuses userinfo, other spellings of a host and whatever a browser would repair',
    async () => {
      for (const htu of [
        'https://user@api.example/api/profile',
        'https://@api.example/api/profile',
        'https://api.example./api/profile',
        'https:\\\\api.example\\api\\profile',
        'https://api.example/api\\profile',
        'https://api.example/\tapi/profile',
        'https://api.example/api/pröfile',
        'https://äpi.example/api/profile',
        'https://xn--pi-uia.example/api/profile',
        'https://api.example/%',
        'https://api.example/%zz',
        'https://api.example:0443x/',
      ])
        expect(await against(htu), htu).toBe('htu.match')
      for (const htu of [
        'https://0x7f.1/',
        'https://2130706433/',
        'https://127.1/',
        'https://localhost/',
        'https://[::1]/',
      ])
        expect(await against(htu, 'https://127.0.0.1/'), htu).toBe('htu.match')
      expect(await against('https://[::1]:8443/x', 'https://[::1]:8443/x')).toBe('accepted')
    },
  )
})
