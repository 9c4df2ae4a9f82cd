/** Where a key of a transit engine (Vault, OpenBao) is asked for. */
export interface TransitName {
  readonly scheme: 'hashivault' | 'openbao'
  readonly key: string
  /** Only where the reference names the whole address; else the environment does. */
  readonly address?: { readonly host: string; readonly mount: string }
}

const key = String.raw`\w(?:[\w.-]*\w)?`
const host = String.raw`(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?`
const mount = String.raw`\w[\w.-]*(?:/\w[\w.-]*)*`
const shape = new RegExp(`^(hashivault|openbao)://(?:(${host})/v1/(${mount})/keys/)?(${key})$`)
const mountShape = new RegExp(`^${mount}$`)

/**
 * Reads `hashivault://NAME` and `openbao://NAME` (sigstore's form, `kms/hashivault/client.go`, which knows no version
 * in it), and the whole address, `hashivault://host[:port]/v1/<mount>/keys/<name>`, that s3lo's documentation shows.
 *
 * @returns the reason as a string when it cannot be read
 */
export function transitName(reference: string): TransitName | string {
  const [, scheme, at, path, name] = shape.exec(reference) ?? []
  if ((scheme !== 'hashivault' && scheme !== 'openbao') || name === undefined) {
    const form = reference.startsWith('openbao:') ? 'openbao' : 'hashivault'
    return `expected ${form}://<key name> or ${form}://<host>[:<port>]/v1/<mount>/keys/<key name>`
  }
  if (at === undefined || path === undefined) return { scheme, key: name }
  if (!URL.canParse(`https://${at}`)) return `"${at}" is no host`
  return { scheme, key: name, address: { host: at, mount: path } }
}

/** Whether a text can be the path of a secrets engine: nothing else becomes a part of a URL. */
export function isMount(text: string): boolean {
  return mountShape.test(text)
}
