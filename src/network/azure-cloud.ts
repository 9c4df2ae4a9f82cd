/** One of Azure's clouds. */
interface Cloud {
  /** As `AZURE_ENVIRONMENT` names it, in capitals. */
  readonly names: readonly string[]
  readonly authority: string
  /** Ends of the hosts of its vaults. */
  readonly vaults: readonly string[]
  /** End of the hosts of its storage accounts. */
  readonly blobs: string
}

/** Endpoints as Azure's documentation of national clouds lists them. */
const clouds: readonly Cloud[] = [
  {
    names: ['AZURECLOUD', 'AZUREPUBLICCLOUD', 'AZUREPUBLIC'],
    authority: 'https://login.microsoftonline.com',
    vaults: ['.vault.azure.net', '.managedhsm.azure.net'],
    blobs: '.blob.core.windows.net',
  },
  {
    names: ['AZUREUSGOVERNMENT', 'AZUREUSGOVERNMENTCLOUD'],
    authority: 'https://login.microsoftonline.us',
    vaults: ['.vault.usgovcloudapi.net', '.managedhsm.usgovcloudapi.net'],
    blobs: '.blob.core.usgovcloudapi.net',
  },
  {
    names: ['AZURECHINACLOUD', 'AZURECHINA'],
    authority: 'https://login.chinacloudapi.cn',
    vaults: ['.vault.azure.cn', '.managedhsm.azure.cn'],
    blobs: '.blob.core.chinacloudapi.cn',
  },
]

export type Authority =
  | { readonly kind: 'authority'; readonly url: string }
  /** The environment names none that there is. */
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Who gives out tokens for a vault or a storage account: `AZURE_AUTHORITY_HOST`, else the cloud that
 * `AZURE_ENVIRONMENT` names, else the one that the host belongs to, else the public one.
 */
export function azureAuthority(
  host: string,
  environment: Readonly<Record<string, string | undefined>>,
): Authority {
  const { AZURE_AUTHORITY_HOST: authority = '', AZURE_ENVIRONMENT: name = '' } = environment
  if (authority !== '') {
    const url = authority.includes('://') ? authority : `https://${authority}`
    return URL.canParse(url) && new URL(url).protocol === 'https:'
      ? { kind: 'authority', url: new URL(url).origin }
      : { kind: 'refused', reason: `AZURE_AUTHORITY_HOST: expected an https URL, got ${authority}` }
  }
  const named = clouds.find(({ names }) => names.includes(name.toUpperCase()))
  if (name !== '' && !named) {
    const known = clouds.map(({ names }) => names[0]).join(', ')
    return { kind: 'refused', reason: `AZURE_ENVIRONMENT: expected one of ${known}, got ${name}` }
  }
  const own = clouds.find(({ vaults, blobs }) => [...vaults, blobs].some((end) => host.endsWith(end)))
  return { kind: 'authority', url: (named ?? own ?? clouds[0])?.authority ?? '' }
}

/**
 * The scope of tokens for a vault: its own domain (`https://vault.azure.net/.default`). A token for one domain is never
 * sent to a host of another. A host without a domain above it stands for itself.
 */
export function azureScope(host: string): string {
  const name = host.replace(/:\d+$/, '')
  const parent = /^[^.[\]]+\.([^.]+\..+)$/.exec(name)?.[1]
  const isAddress = /^[\d.]+$/.test(name)
  return `https://${parent === undefined || isAddress ? host : parent}/.default`
}
