/** Where a key of Google Cloud KMS is asked for. */
export interface GcpKeyName {
  /** Resource name of the key: `projects/…/locations/…/keyRings/…/cryptoKeys/…`. */
  readonly key: string
  /** The one version that may have signed; undefined: any that is enabled. */
  readonly version?: string
}

const wanted =
  'expected gcpkms://projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>, with /cryptoKeyVersions/<number> or /versions/<number> for one version'

/** A project may lie below a domain: `example.com:name`. */
const shape =
  /^gcpkms:\/\/(projects\/[a-z0-9][a-z0-9.:-]{0,99}\/locations\/[a-z0-9-]{1,63}\/keyRings\/[\w-]{1,63}\/cryptoKeys\/[\w-]{1,63})(?:\/(?:cryptoKeyVersions|versions)\/([1-9][0-9]{0,9}))?$/

/**
 * Reads a `gcpkms:` reference (sigstore's form, `kms/gcp/client.go`, and the API's own resource name).
 *
 * @returns the reason as a string when it cannot be read
 */
export function gcpKeyName(reference: string): GcpKeyName | string {
  const [, key, version] = shape.exec(reference) ?? []
  if (key === undefined) {
    const slashes = /^gcpkms:\/{3,}projects\//.test(reference) ? '; write two slashes, not three' : ''
    return `${wanted}${slashes}`
  }
  return { key, ...(version !== undefined && { version }) }
}
