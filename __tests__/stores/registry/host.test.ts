import { describe, expect, it } from 'vitest'
import { allows, apiHost, schemesOf, speaksOther } from '../../../src/stores/registry/host.js'
import type { RegistryAccess } from '../../../src/verdict/request.js'

const access = (changes: Partial<RegistryAccess> = {}): RegistryAccess => ({
  allowHttp: 'none',
  allowInsecure: 'none',
  tagPrefix: '',
  ...changes,
})

describe('the host that answers', () => {
  it('is the registry itself, but for the one whose name is another', () => {
    expect(apiHost('docker.io')).toBe('registry-1.docker.io')
    for (const registry of ['registry.example', 'registry.example:5000', 'localhost:5000', 'index.docker.io'])
      expect(apiHost(registry)).toBe(registry)
  })
})

describe('the schemes that are spoken', () => {
  it('are https alone where nothing else is allowed', () => {
    for (const registry of [
      'registry.example',
      'registry.example:80',
      '127.0.0.1.example',
      'localhost.example',
      '10.0.0.1',
    ])
      expect(schemesOf(registry, access())).toEqual(['https'])
  })

  it.each(['localhost', 'localhost:5000', '127.0.0.1:5000', '127.1.2.3', '[::1]:5000'])(
    'are http first on this machine: %s',
    (registry) => {
      expect(schemesOf(registry, access())).toEqual(['http', 'https'])
    },
  )

  it('are https alone on this machine where its authority is given', () => {
    expect(schemesOf('localhost:5000', access({ cacert: 'ca.pem' }))).toEqual(['https'])
  })

  it('are http too, after https, for the hosts that are allowed and no other', () => {
    const listed = access({ allowHttp: ['registry.example:5000'] })
    expect(schemesOf('registry.example:5000', listed)).toEqual(['https', 'http'])
    expect(schemesOf('registry.example', listed)).toEqual(['https'])
    expect(schemesOf('other.example:5000', listed)).toEqual(['https'])
    expect(schemesOf('other.example', access({ allowHttp: 'all' }))).toEqual(['https', 'http'])
  })

  it('are https alone where the leave is another one', () => {
    expect(schemesOf('registry.example', access({ allowInsecure: 'all' }))).toEqual(['https'])
  })

  it('are https for what is no host at all', () => {
    expect(schemesOf('re gistry', access())).toEqual(['https'])
  })
})

describe('the other scheme', () => {
  it.each([
    ['https', { code: 'tls-failed', message: 'write EPROTO … wrong version number' }],
    ['https', { code: 'tls-failed', message: 'packet length too long' }],
    ['http', { message: 'Client sent an HTTP request to an HTTPS server.' }],
    ['http', { message: 'The plain HTTP request was sent to HTTPS port' }],
  ] as const)('is spoken where %s is answered with %o', (scheme, said) => {
    expect(speaksOther(scheme, said)).toBe(true)
  })

  it.each([
    ['https', { code: 'tls-failed', message: 'self-signed certificate' }],
    ['https', { code: 'tls-failed', message: 'certificate has expired' }],
    ['https', { code: 'unreachable', message: 'connect ECONNREFUSED' }],
    ['https', { code: 'unreachable', message: 'read EPROTO' }],
    ['https', { message: 'HTTP request to an HTTPS server' }],
    ['http', { code: 'unreachable', message: 'socket hang up' }],
    ['http', { message: '' }],
  ] as const)('is not spoken where %s is answered with %o', (scheme, said) => {
    expect(speaksOther(scheme, said)).toBe(false)
  })
})

describe('a leave', () => {
  it('holds for all, for none, or for hosts by their whole name', () => {
    expect(allows('all', 'registry.example')).toBe(true)
    expect(allows('none', 'none')).toBe(false)
    expect(allows(['registry.example'], 'registry.example')).toBe(true)
    expect(allows(['registry.example'], 'registry.example:443')).toBe(false)
    expect(allows(['registry.example'], 'example')).toBe(false)
    expect(allows([], 'registry.example')).toBe(false)
  })
})
