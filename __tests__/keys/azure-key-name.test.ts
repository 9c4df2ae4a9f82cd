import { describe, expect, it } from 'vitest'
import { azureKeyName } from '../../src/keys/azure-key-name.js'

const version = '0123456789abcdef0123456789abcdef'

describe('a reference to a key in Azure Key Vault', () => {
  it.each([
    ['azurekms://release.vault.azure.net/signer', { host: 'release.vault.azure.net', key: 'signer' }],
    ['azurekms://release.vault.azure.net/signer/', { host: 'release.vault.azure.net', key: 'signer' }],
    [
      `azurekms://Release.vault.azure.net/Signer-1/${version}`,
      { host: 'release.vault.azure.net', key: 'Signer-1', version },
    ],
    ['azurekms://hsm.managedhsm.azure.net/k', { host: 'hsm.managedhsm.azure.net', key: 'k' }],
    ['azurekms://localhost:8443/k', { host: 'localhost:8443', key: 'k' }],
    ['azurekms://[::1]:8443/k', { host: '[::1]:8443', key: 'k' }],
  ])('%s is read', (reference, name) => {
    expect(azureKeyName(reference)).toEqual(name)
  })

  it.each([
    'azurekms:',
    'azurekms://',
    'azurekms://release.vault.azure.net',
    'azurekms://release.vault.azure.net/',
    'azurekms:///release.vault.azure.net/signer',
    'azurekms://https://release.vault.azure.net/signer',
    'azurekms://user:word@release.vault.azure.net/signer',
    'azurekms://release.vault.azure.net/keys/signer/1',
    'azurekms://release.vault.azure.net/sign_er',
    'azurekms://release.vault.azure.net/signer?api-version=7.4',
    'azurekms://release.vault.azure.net/signer#a',
    'azurekms://release.vault.azure.net/..',
    'azurekms://release.vault.azure.net/signer/..',
    'azurekms://release.vault.azure.net:123456/signer',
    'azurekms://release.vault.azure.net:99999/signer',
    'azurekms://-release/signer',
    'azurekms://a b/signer',
    'azurekms://release.vault.azure.net/signer\n',
  ])('%j is refused, naming what is accepted', (reference) => {
    expect(azureKeyName(reference)).toMatch(/expected azurekms:\/\/<vault host>\/<key> or /)
  })
})
