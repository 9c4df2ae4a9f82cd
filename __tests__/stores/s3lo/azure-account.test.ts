import { describe, expect, it } from 'vitest'
import { readAzureAccount } from '../../../src/stores/s3lo/azure-account.js'

const sas = 'sv=2021-08-06&sig=c2ln%3D'

/** What was read, in short: the endpoint and the way to sign in; or what is wrong. */
function read(environment: Readonly<Record<string, string>>): string {
  const account = readAzureAccount(environment)
  if (typeof account === 'string') return account
  const { name, endpoint, access } = account
  const how =
    access.kind === 'sas'
      ? `sas ${access.query}`
      : access.kind === 'shared-key'
        ? `key ${access.key}`
        : 'login'
  return `${name} ${endpoint.href} ${how}`
}

describe('a storage account', () => {
  const name = { AZURE_STORAGE_ACCOUNT: 'stores123' }
  const usual = 'stores123 https://stores123.blob.core.windows.net/'
  it.each([
    ['the account alone', name, `${usual} login`],
    ['its key', { ...name, AZURE_STORAGE_KEY: 'a2V5' }, `${usual} key a2V5`],
    ['a signature', { ...name, AZURE_STORAGE_SAS_TOKEN: sas }, `${usual} sas ${sas}`],
    [
      'a signature with a question mark',
      { ...name, AZURE_STORAGE_SAS_TOKEN: `?${sas}` },
      `${usual} sas ${sas}`,
    ],
    [
      'key and signature',
      { ...name, AZURE_STORAGE_KEY: 'a2V5', AZURE_STORAGE_SAS_TOKEN: sas },
      `${usual} key a2V5`,
    ],
    [
      'empty variables',
      { ...name, AZURE_STORAGE_KEY: '', AZURE_STORAGE_CONNECTION_STRING: '' },
      `${usual} login`,
    ],
  ])('is named by %s', (_, environment, expected) => {
    expect(read(environment)).toBe(expected)
  })

  it.each([
    ['no account', {}, 'AZURE_STORAGE_ACCOUNT environment variable not set'],
    ['an empty one', { AZURE_STORAGE_ACCOUNT: '' }, 'AZURE_STORAGE_ACCOUNT environment variable not set'],
    [
      'another host',
      { AZURE_STORAGE_ACCOUNT: 'evil.example/' },
      'expected 3 to 24 lower-case letters and digits',
    ],
    ['capitals', { AZURE_STORAGE_ACCOUNT: 'Stores' }, 'expected 3 to 24 lower-case letters and digits'],
    [
      'a key that is no base64',
      { ...name, AZURE_STORAGE_KEY: '%%secret%%' },
      'AZURE_STORAGE_KEY: expected base64',
    ],
  ])('is not named by %s, and no secret is said', (_, environment, expected) => {
    expect(read(environment)).toContain(expected)
    expect(read(environment)).not.toContain('secret')
  })
})

describe('a connection string', () => {
  const from = (text: string): string =>
    read({ AZURE_STORAGE_CONNECTION_STRING: text, AZURE_STORAGE_ACCOUNT: 'other' })
  it.each([
    [
      'DefaultEndpointsProtocol=https;AccountName=stores123;AccountKey=a2V5Cg==;EndpointSuffix=core.windows.net',
      'stores123 https://stores123.blob.core.windows.net/ key a2V5Cg==',
    ],
    [
      'AccountName=stores123;AccountKey=a2V5;EndpointSuffix=core.usgovcloudapi.net;',
      'stores123 https://stores123.blob.core.usgovcloudapi.net/ key a2V5',
    ],
    [
      'AccountName=dev123;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:10000/dev123',
      'dev123 http://127.0.0.1:10000/dev123/ key a2V5',
    ],
    [
      `BlobEndpoint=https://stores123.blob.core.windows.net/;SharedAccessSignature=${sas}`,
      ` https://stores123.blob.core.windows.net/ sas ${sas}`,
    ],
    [
      'accountname = stores123 ; ACCOUNTKEY = a2V5',
      'stores123 https://stores123.blob.core.windows.net/ key a2V5',
    ],
    ['AccountName=stores123', 'stores123 https://stores123.blob.core.windows.net/ login'],
  ])('is read before all else: %s', (text, expected) => {
    expect(from(text)).toBe(expected)
  })

  it.each([
    ['UseDevelopmentStorage=true', 'expected AccountName or BlobEndpoint'],
    ['DefaultEndpointsProtocol=http;AccountName=stores123;AccountKey=a2V5', 'expected https'],
    ['AccountName=x.evil.example#;AccountKey=a2V5', 'AccountName: expected'],
    ['AccountName=stores123;EndpointSuffix=evil.example/#', 'EndpointSuffix: expected a domain'],
    ['BlobEndpoint=nothing', 'BlobEndpoint: expected a URL'],
    ['BlobEndpoint=http://blobs.example/;AccountName=stores123', 'expected https'],
    ['BlobEndpoint=https://blobs.example/;AccountKey=a2V5', 'AccountKey without AccountName'],
    ['AccountName=stores123;AccountKey=%%secret%%', 'AccountKey: expected base64'],
  ])('is refused, without a secret in the words: %s', (text, expected) => {
    expect(from(text)).toMatch(/^AZURE_STORAGE_CONNECTION_STRING: /)
    expect(from(text)).toContain(expected)
    expect(from(text)).not.toContain('secret')
  })
})
