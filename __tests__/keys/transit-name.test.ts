import { describe, expect, it } from 'vitest'
import { isMount, transitName } from '../../src/keys/transit-name.js'

describe('a reference to a transit key', () => {
  it.each([
    ['hashivault://release', { scheme: 'hashivault', key: 'release' }],
    ['openbao://release', { scheme: 'openbao', key: 'release' }],
    ['hashivault://a', { scheme: 'hashivault', key: 'a' }],
    ['hashivault://team.release-key_2', { scheme: 'hashivault', key: 'team.release-key_2' }],
    [
      'hashivault://vault.example/v1/transit/keys/ci-signer',
      { scheme: 'hashivault', key: 'ci-signer', address: { host: 'vault.example', mount: 'transit' } },
    ],
    [
      'openbao://[::1]:8200/v1/team-a/transit.eu/keys/r',
      { scheme: 'openbao', key: 'r', address: { host: '[::1]:8200', mount: 'team-a/transit.eu' } },
    ],
    // A mount may itself be called `keys`.
    [
      'hashivault://vault:8200/v1/keys/keys/keys',
      { scheme: 'hashivault', key: 'keys', address: { host: 'vault:8200', mount: 'keys' } },
    ],
  ])('%s is read', (reference, name) => {
    expect(transitName(reference)).toEqual(name)
  })

  it.each([
    'hashivault:',
    'hashivault://',
    'hashivault:release',
    'hashivault:///release',
    'hashivault://release/',
    'hashivault://-release',
    'hashivault://release-',
    'hashivault://.',
    'hashivault://..',
    'hashivault://release/versions/3',
    'hashivault://release?version=3',
    'hashivault://transit/keys/release',
    'hashivault://user:password@vault.example/v1/transit/keys/release',
    'hashivault://https://vault.example/v1/transit/keys/release',
    'hashivault://vault.example/v1/../keys/release',
    'hashivault://vault.example/v1/a/../b/keys/release',
    'hashivault://vault.example/v1/transit/keys/%2e%2e',
    'hashivault://vault.example/v1/transit/sign/release',
    'hashivault://vault.example/v1//keys/release',
    'hashivault://vault.example:/v1/transit/keys/release',
    'hashivault://vault.example/v1/transit/keys/release\n',
    'hashivault://rélease',
  ])('%s is refused, and the forms are named', (reference) => {
    expect(transitName(reference)).toBe(
      'expected hashivault://<key name> or hashivault://<host>[:<port>]/v1/<mount>/keys/<key name>',
    )
  })

  it.each(['vault:99999', '[::::]', '300.1.1.1'])('a host that is none is refused: %s', (host) => {
    expect(transitName(`openbao://${host}/v1/transit/keys/release`)).toBe(`"${host}" is no host`)
  })

  it('names its own scheme in a refusal', () => {
    expect(transitName('openbao://a/b')).toMatch(/^expected openbao:\/\/<key name> or openbao:/)
  })

  it('is read in linear time', () => {
    for (const part of ['a', 'a-', 'a.', 'a/', '/keys/']) {
      expect(typeof transitName(`hashivault://${part.repeat(100_000)}!`)).toBe('string')
      expect(typeof transitName(`hashivault://a/v1/${part.repeat(100_000)}!`)).toBe('string')
    }
  })
})

it('a mount is a path of plain names', () => {
  for (const good of ['transit', 'team/transit', 'a.b-c_d/e']) expect(isMount(good), good).toBe(true)
  for (const bad of ['', '/', '..', 'a/..', 'a//b', 'a?b', 'a%2f', '-a', 'a b'])
    expect(isMount(bad), bad).toBe(false)
})
