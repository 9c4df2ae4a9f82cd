/** Where a key of Azure Key Vault is asked for. */
export interface AzureKeyName {
  /** Host of the vault or of the managed HSM, with its port if one is given; always https. */
  readonly host: string
  readonly key: string
  /** The one version that may have signed; undefined: any that is enabled. */
  readonly version?: string
}

const wanted =
  'expected azurekms://<vault host>/<key> or azurekms://<vault host>/<key>/<version>, such as azurekms://release.vault.azure.net/signer'

/** Names as Key Vault allows them; a slash at the end means no version. */
const shape = /^azurekms:\/\/([^/?#@]+)\/([0-9a-zA-Z-]{1,127})(?:\/([0-9a-zA-Z]{0,64}))?$/
const hostShape = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/

/**
 * Reads an `azurekms:` reference (sigstore's form, `kms/azure/client.go`).
 *
 * @returns the reason as a string when it cannot be read
 */
export function azureKeyName(reference: string): AzureKeyName | string {
  const [, host = '', key, version = ''] = shape.exec(reference) ?? []
  if (key === undefined) {
    const url = /^azurekms:\/\/https?:\/\//.test(reference) ? '; the host stands there without https://' : ''
    return `${wanted}${url}`
  }
  if (!hostShape.test(host) || !URL.canParse(`https://${host}/`)) return `"${host}" is no host; ${wanted}`
  return { host: host.toLowerCase(), key, ...(version !== '' && { version }) }
}
