import { describe, expect, it } from 'vitest'
import { azureAuthority, azureScope } from '../../src/network/azure-cloud.js'

const url = (host: string, environment: Readonly<Record<string, string>> = {}): string => {
  const authority = azureAuthority(host, environment)
  return authority.kind === 'authority' ? authority.url : authority.reason
}

describe('who gives out tokens for a vault', () => {
  it.each([
    ['a.vault.azure.net', {}, 'https://login.microsoftonline.com'],
    ['a.vault.usgovcloudapi.net', {}, 'https://login.microsoftonline.us'],
    ['a.managedhsm.azure.cn', {}, 'https://login.chinacloudapi.cn'],
    ['localhost:8443', {}, 'https://login.microsoftonline.com'],
    ['a.vault.azure.net', { AZURE_ENVIRONMENT: 'azureusgovernment' }, 'https://login.microsoftonline.us'],
    ['a.vault.azure.net', { AZURE_ENVIRONMENT: 'AZURECHINACLOUD' }, 'https://login.chinacloudapi.cn'],
    ['a.vault.azure.net', { AZURE_ENVIRONMENT: '' }, 'https://login.microsoftonline.com'],
    ['a.vault.azure.net', { AZURE_AUTHORITY_HOST: 'https://login.test/' }, 'https://login.test'],
    ['a.vault.azure.net', { AZURE_AUTHORITY_HOST: 'login.test' }, 'https://login.test'],
  ])('%s with %o is %s', (host, environment, expected) => {
    expect(url(host, environment)).toBe(expected)
  })

  it.each([
    [{ AZURE_ENVIRONMENT: 'AzureGermanCloud' }, 'AZURE_ENVIRONMENT: expected one of'],
    [{ AZURE_AUTHORITY_HOST: 'http://login.test' }, 'AZURE_AUTHORITY_HOST: expected an https URL'],
  ])('is refused with %o', (environment, reason) => {
    expect(url('a.vault.azure.net', environment)).toContain(reason)
  })
})

describe('the scope of tokens for a vault', () => {
  it.each([
    ['release.vault.azure.net', 'https://vault.azure.net/.default'],
    ['hsm.managedhsm.azure.net', 'https://managedhsm.azure.net/.default'],
    ['release.vault.azure.cn', 'https://vault.azure.cn/.default'],
    // Whoever else stands there gets no token that a vault would take.
    ['release.vault.azure.net.evil.test', 'https://vault.azure.net.evil.test/.default'],
    ['evil.test', 'https://evil.test/.default'],
    ['localhost:8443', 'https://localhost:8443/.default'],
    ['127.0.0.1:8443', 'https://127.0.0.1:8443/.default'],
    ['[::1]:8443', 'https://[::1]:8443/.default'],
  ])('%s is %s', (host, scope) => {
    expect(azureScope(host)).toBe(scope)
  })
})
