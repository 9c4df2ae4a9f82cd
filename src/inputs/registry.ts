import { parseReference } from '../reference/parse.js'
import type { Hosts, RegistryAccess } from '../verdict/request.js'
import { commas } from './demand.js'
import { isRefused, type Refused, type Wrong } from './values.js'

const host = /^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?)(:[0-9]{1,5})?$/

/** `true`, `false`, or hosts by line or comma. */
export function readHosts(text: string): Hosts | Refused {
  if (/^(true|True|TRUE)$/.test(text)) return 'all'
  if (text === '' || /^(false|False|FALSE)$/.test(text)) return 'none'
  const hosts = commas(text)
  return hosts.every((one) => host.test(one)) ? hosts : { expected: 'true, false or a list of hosts' }
}

/** Reads the inputs about registries; `text` gives the value of each. */
export function readRegistryAccess(
  text: (name: RegistryInput) => string,
  images: readonly string[],
): RegistryAccess | Wrong {
  const allowHttp = readHosts(text('allow-http-registry'))
  if (isRefused(allowHttp)) return wrong('allow-http-registry', allowHttp, text)
  const allowInsecure = readHosts(text('allow-insecure-registry'))
  if (isRefused(allowInsecure)) return wrong('allow-insecure-registry', allowInsecure, text)
  const repository = text('signature-repository')
  if (repository !== '' && parseReference(`${repository}:x`).kind !== 'registry') {
    return wrong('signature-repository', { expected: 'registry/repository without a tag' }, text)
  }
  const tagPrefix = text('attachment-tag-prefix')
  if (!/^(\w[\w.-]{0,40})?$/.test(tagPrefix)) {
    return wrong('attachment-tag-prefix', { expected: 'at most 41 characters of a tag' }, text)
  }
  const username = text('registry-username')
  const password = text('registry-password')
  if ((username === '') !== (password === '')) {
    const input = username === '' ? 'registry-username' : 'registry-password'
    return { input, expected: 'both registry-username and registry-password', got: 'one of them' }
  }
  const registries = registriesOf(images)
  if (username !== '' && registries.size > 1) {
    return { input: 'registry-username', expected: 'one registry for it', got: [...registries].join(', ') }
  }
  const config = text('registry-config')
  const cacert = text('registry-cacert')
  return {
    allowHttp,
    allowInsecure,
    tagPrefix,
    ...(repository !== '' && { signatureRepository: repository }),
    ...(config !== '' && { config }),
    ...(cacert !== '' && { cacert }),
    ...(username !== '' && { login: { username, password } }),
  }
}

export type RegistryInput =
  | 'registry-username'
  | 'registry-password'
  | 'registry-config'
  | 'registry-cacert'
  | 'allow-http-registry'
  | 'allow-insecure-registry'
  | 'signature-repository'
  | 'attachment-tag-prefix'

function wrong(input: RegistryInput, { expected }: Refused, text: (name: RegistryInput) => string): Wrong {
  return { input, expected, got: text(input) }
}

function registriesOf(images: readonly string[]): ReadonlySet<string> {
  return new Set(
    images.flatMap((image) => {
      const reference = parseReference(image)
      return reference.kind === 'registry' ? [reference.registry] : []
    }),
  )
}
