import { mayCarry, shown } from '../../network/url.js'

/** Where the blobs of a storage account are, and how one signs in there. */
export interface AzureAccount {
  readonly name: string
  /** `https://<name>.blob.core.windows.net/`, or what a connection string says instead; a slash at the end. */
  readonly endpoint: URL
  readonly access: AzureAccess
}

/** An account's key, a shared access signature (a query, without its question mark), or a login with Microsoft Entra ID. */
export type AzureAccess =
  | { readonly kind: 'shared-key'; readonly key: string }
  | { readonly kind: 'sas'; readonly query: string }
  | { readonly kind: 'login' }

const accountName = /^[a-z0-9]{3,24}$/
const suffixPattern = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/
const base64 = /^[A-Za-z0-9+/]+={0,2}$/
const usualSuffix = 'core.windows.net'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the variables of Azure's own command line: `AZURE_STORAGE_CONNECTION_STRING`, else `AZURE_STORAGE_ACCOUNT` with
 * `AZURE_STORAGE_KEY` or `AZURE_STORAGE_SAS_TOKEN`. The account alone means a login, which is all that s3lo knows.
 *
 * @returns what is missing or wrong, without any secret
 */
export function readAzureAccount(environment: Environment = process.env): AzureAccount | string {
  const connection = environment['AZURE_STORAGE_CONNECTION_STRING'] ?? ''
  if (connection !== '') return readConnection(connection)
  const name = environment['AZURE_STORAGE_ACCOUNT'] ?? ''
  if (name === '') return 'AZURE_STORAGE_ACCOUNT environment variable not set'
  if (!accountName.test(name))
    return `AZURE_STORAGE_ACCOUNT: expected 3 to 24 lower-case letters and digits, got "${name}"`
  const [key = '', sas = ''] = [environment['AZURE_STORAGE_KEY'], environment['AZURE_STORAGE_SAS_TOKEN']]
  const access = accessOf('AZURE_STORAGE_KEY', key, sas)
  if (typeof access === 'string') return access
  return { name, endpoint: new URL(`https://${name}.blob.${usualSuffix}/`), access }
}

/** `Name=Value;…` ("Configure Azure Storage connection strings"). */
function readConnection(text: string): AzureAccount | string {
  const fields = new Map(
    text
      .split(';')
      .filter((one) => one.trim() !== '')
      .map((one) => {
        const equals = one.indexOf('=')
        return [one.slice(0, equals).trim().toLowerCase(), one.slice(equals + 1).trim()] as const
      }),
  )
  const wrong = (why: string): string => `AZURE_STORAGE_CONNECTION_STRING: ${why}`
  const name = fields.get('accountname') ?? ''
  const blobs = fields.get('blobendpoint')
  const suffix = fields.get('endpointsuffix') ?? usualSuffix
  if (name !== '' && !accountName.test(name))
    return wrong('AccountName: expected 3 to 24 lower-case letters and digits')
  if (name === '' && blobs === undefined) return wrong('expected AccountName or BlobEndpoint')
  if (!suffixPattern.test(suffix)) return wrong('EndpointSuffix: expected a domain')
  const scheme = (fields.get('defaultendpointsprotocol') ?? 'https').toLowerCase()
  const written = blobs ?? `${scheme}://${name}.blob.${suffix}`
  if (!URL.canParse(written)) return wrong('BlobEndpoint: expected a URL')
  const given = new URL(written)
  const endpoint = new URL(given.pathname.replace(/\/*$/, '/'), given.origin)
  if (!mayCarry(endpoint)) return wrong(`expected https, or http on this machine, got ${shown(endpoint)}`)
  const key = fields.get('accountkey') ?? ''
  if (key !== '' && name === '') return wrong('AccountKey without AccountName')
  const access = accessOf(wrong('AccountKey'), key, fields.get('sharedaccesssignature') ?? '')
  return typeof access === 'string' ? access : { name, endpoint, access }
}

function accessOf(keyName: string, key: string, sas: string): AzureAccess | string {
  if (key !== '') return base64.test(key) ? { kind: 'shared-key', key } : `${keyName}: expected base64`
  if (sas === '') return { kind: 'login' }
  return { kind: 'sas', query: sas.replace(/^\?/, '') }
}
