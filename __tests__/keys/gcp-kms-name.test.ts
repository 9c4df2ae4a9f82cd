import { describe, expect, it } from 'vitest'
import { gcpKeyName } from '../../src/keys/gcp-kms-name.js'

const key = 'projects/release/locations/europe-west3/keyRings/images/cryptoKeys/signer_1'

describe('a reference to a key in Google Cloud KMS', () => {
  it.each([
    [`gcpkms://${key}`, { key }],
    [`gcpkms://${key}/versions/1`, { key, version: '1' }],
    [`gcpkms://${key}/cryptoKeyVersions/27`, { key, version: '27' }],
    [
      'gcpkms://projects/example.com:release/locations/global/keyRings/r/cryptoKeys/K-1',
      { key: 'projects/example.com:release/locations/global/keyRings/r/cryptoKeys/K-1' },
    ],
  ])('%s is read', (reference, name) => {
    expect(gcpKeyName(reference)).toEqual(name)
  })

  it.each([
    'gcpkms:',
    'gcpkms://',
    `gcpkms:///${key}`,
    `gcpkms://${key}/`,
    `gcpkms://${key}/versions`,
    `gcpkms://${key}/versions/`,
    `gcpkms://${key}/versions/0`,
    `gcpkms://${key}/versions/latest`,
    `gcpkms://${key}/versions/1/publicKey`,
    `gcpkms://${key}/other/1`,
    `gcpkms://${key}?alt=media`,
    `gcpkms://${key}#a`,
    `gcpkms://${key}\n`,
    'gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/..',
    'gcpkms://projects/../locations/l/keyRings/r/cryptoKeys/k',
    'gcpkms://projects/p%2f/locations/l/keyRings/r/cryptoKeys/k',
    'gcpkms://projects/p/locations/l/keyRings/r',
    'gcpkms://projects/p/locations/l/keyRings/a b/cryptoKeys/k',
    `awskms://${key}`,
  ])('%j is refused, naming what is accepted', (reference) => {
    expect(gcpKeyName(reference)).toMatch(/^expected gcpkms:\/\/projects\/<project>\/.*\/cryptoKeyVersions\//)
  })

  it('with three slashes is answered with the remedy', () => {
    expect(gcpKeyName(`gcpkms:///${key}`)).toContain('write two slashes')
  })
})
