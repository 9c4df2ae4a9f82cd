/** Where an AWS key is asked for. */
export interface AwsKeyName {
  /** Host of another endpoint than AWS's own; always https. */
  readonly host?: string
  /** What GetPublicKey takes: a key id, `alias/…` or an ARN. */
  readonly keyId: string
  /** The region that an ARN names. */
  readonly region?: string
}

const wanted =
  'expected awskms:///<key id>, awskms:///alias/<name> or awskms:///arn:aws:kms:<region>:<account>:(key/<id>|alias/<name>), with a host before the third slash for another endpoint'

const id = '(?:mrk-)?[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}'
const alias = 'alias/[a-zA-Z0-9/_-]{1,250}'
const shape = new RegExp(
  `^awskms://([^/?#@]*)/((?:arn:aws(?:-[a-z]+)*:kms:([a-z0-9-]+):[0-9]{12}:(?:key/${id}|${alias}))|${id}|${alias})$`,
)
const hostShape = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/

/**
 * Reads an `awskms:` reference (sigstore's form, `kms/aws/client.go`; ids with or without dashes, `mrk-` too).
 *
 * @returns the reason as a string when it cannot be read
 */
export function awsKeyName(reference: string): AwsKeyName | string {
  const parts = shape.exec(reference)
  const [, host = '', keyId, region] = parts ?? []
  if (keyId === undefined) {
    const twoSlashes = /^awskms:\/\/(?=alias\/|arn:|mrk-|[0-9a-f]{8}-)/.exec(reference)
    const remedy = twoSlashes
      ? `; did you mean awskms:///${reference.slice(twoSlashes[0].length)} (three slashes)?`
      : ''
    return `${wanted}${remedy}`
  }
  if (host === 'alias' || host.startsWith('arn:'))
    return `${wanted}; did you mean awskms:///${host}/${keyId} (three slashes)?`
  if (host !== '' && !hostShape.test(host)) return `"${host}" is no host; ${wanted}`
  return { keyId, ...(host !== '' && { host }), ...(region !== undefined && { region }) }
}
