import { describe, expect, it } from 'vitest'
import { isLoopback, isMetadataServer, mayCarry, shown } from '../../src/network/url.js'

describe('a URL that is shown', () => {
  it('has neither user nor password nor query nor fragment', () => {
    const text = 'https://user:secret@service.example:8443/a/b?token=secret#secret'
    expect(shown(new URL(text))).toBe('https://service.example:8443/a/b')
    expect(shown(new URL('https://secret@service.example'))).toBe('https://service.example/')
  })
})

describe('this machine', () => {
  it.each(['localhost', '127.0.0.1', '127.255.0.9', '[::1]', '0x7f.1', '2130706433', 'LOCALHOST'])(
    'is %s',
    (host) => {
      expect(isLoopback(new URL(`http://${host}:5000`))).toBe(true)
    },
  )

  it.each([
    'localhost.example',
    'my-localhost',
    '127.0.0.1.example',
    '128.0.0.1',
    '10.0.0.1',
    '0.0.0.0',
    '[::2]',
    '[::ffff:7f00:1]',
    'service.example',
  ])('is not %s', (host) => {
    expect(isLoopback(new URL(`http://${host}`))).toBe(false)
  })

  it('is not a text around its name', () => {
    for (const hostname of ['', 'localhost\n', ' localhost', 'a@localhost', '127.1'])
      expect(isLoopback({ hostname })).toBe(false)
  })
})

describe('secrets', () => {
  it('go over https to anybody, over http to this machine only', () => {
    const may = (text: string): boolean => mayCarry(new URL(text))
    expect(may('https://service.example')).toBe(true)
    expect(may('http://127.0.0.1:8080')).toBe(true)
    for (const text of [
      'http://service.example',
      'http://localhost@evil.example',
      'ftp://localhost',
      'ws://localhost',
      'file:///x',
    ])
      expect(may(text), text).toBe(false)
  })
})

describe('a metadata server', () => {
  it.each(['169.254.169.254', '169.254.170.2', 'metadata.google.internal', 'metadata.google.internal.'])(
    'is %s',
    (host) => {
      expect(isMetadataServer(new URL(`http://${host}/`))).toBe(true)
    },
  )

  it.each([
    '169.254.169.254.example',
    '169.255.169.254',
    'my-metadata.google.internal',
    'metadata.google.internal.example',
  ])('is not %s', (host) => {
    expect(isMetadataServer(new URL(`http://${host}/`))).toBe(false)
  })
})
