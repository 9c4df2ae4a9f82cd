import type { BuildDemand, PolicySignerDemand } from '../verdict/request.js'
import { isHttpUrl, withoutUser } from './url.js'
import { isRefused, readChoice, type Wrong } from './values.js'

/** Fulcio's claims as cilock's flags name them, and the name that they have in Go. */
const claims = {
  'policy-fulcio-build-trigger': 'BuildTrigger',
  'policy-fulcio-source-repository-digest': 'SourceRepositoryDigest',
  'policy-fulcio-source-repository-identifier': 'SourceRepositoryIdentifier',
  'policy-fulcio-source-repository-ref': 'SourceRepositoryRef',
  'policy-fulcio-source-repository-uri': 'SourceRepositoryURI',
  'policy-fulcio-build-config-uri': 'BuildConfigURI',
  'policy-fulcio-run-invocation-uri': 'RunInvocationURI',
  'policy-fulcio-runner-environment': 'RunnerEnvironment',
} as const
const lists = [
  'policy-key',
  'policy-ca-roots',
  'policy-ca-intermediates',
  'policy-timestamp-servers',
  'policy-dns-names',
  'policy-emails',
  'policy-organizations',
  'policy-uris',
  'attestations',
  'subjects',
  'archivista-headers',
] as const
const texts = [
  'policy-commonname',
  'policy-fulcio-oidc-issuer',
  'policy-profile',
  'policy-hardening',
  'archivista-url',
] as const

const secret = 'archivista-headers'

type List = (typeof lists)[number]
type Text = (typeof texts)[number] | keyof typeof claims
export type BuildInput = List | Text

const headerForm = /^([A-Za-z0-9!#$%&'*+.^_`|~-]{1,100})\s*:\s*([\t\x20-\x7e]{1,8192})$/

/**
 * Reads what is said of signed build policies; undefined when nothing is.
 *
 * @param isGiven also of a value that is empty: the issuer's means any, as in cilock
 */
export function readBuild(
  text: (name: Text) => string,
  list: (name: List) => readonly string[],
  isGiven: (name: BuildInput) => boolean,
  { isPolicyGiven, offline }: { readonly isPolicyGiven: boolean; readonly offline: boolean },
): BuildDemand | Wrong | undefined {
  const said = [...lists, ...texts, ...(Object.keys(claims) as (keyof typeof claims)[])].find(isGiven)
  if (said === undefined) return undefined
  const wrong = (input: BuildInput, expected: string, got: string): Wrong => ({ input, expected, got })
  if (!isPolicyGiven) {
    const isList = (name: BuildInput): name is List => (lists as readonly string[]).includes(name)
    const got = isList(said) ? list(said).join(', ') : text(said)
    return wrong(said, 'policy, with a signed build policy that it is for', said === secret ? '***' : got)
  }
  const items = (name: List): readonly string[] => list(name).flatMap(splitCommas)
  const profile = readChoice(text('policy-profile'), ['cilock', 'witness'])
  if (isRefused(profile)) return wrong('policy-profile', profile.expected, text('policy-profile'))
  const hardening = readChoice(text('policy-hardening'), ['enforce', 'warn'])
  if (isRefused(hardening)) return wrong('policy-hardening', hardening.expected, text('policy-hardening'))
  const url = text('archivista-url')
  if (url !== '' && !isHttpUrl(url)) return wrong('archivista-url', 'a URL with https://', withoutUser(url))
  if (url !== '' && offline)
    return wrong('archivista-url', "no other host than the image's own store with offline", url)
  const headers: [string, string][] = []
  for (const line of list(secret)) {
    const [, name, value] = headerForm.exec(line) ?? []
    // What it holds is secret, also where it is wrong.
    if (name === undefined || value === undefined) return wrong(secret, 'Name: value', 'something else')
    headers.push([name, value])
  }
  if (headers.length > 0 && url === '') return wrong(secret, 'archivista-url, which they are for', '***')
  const extensions = new Map<string, string>()
  if (isGiven('policy-fulcio-oidc-issuer')) {
    const issuer = text('policy-fulcio-oidc-issuer')
    extensions.set('Issuer', issuer === 'none' ? '' : issuer)
  }
  for (const [name, field] of Object.entries(claims) as [keyof typeof claims, string][])
    if (text(name) !== '') extensions.set(field, text(name))
  const names = (name: List): readonly string[] | undefined => {
    const given = items(name)
    return given.length > 0 ? given : undefined
  }
  const [commonName, dnsNames, emails] = [
    text('policy-commonname'),
    names('policy-dns-names'),
    names('policy-emails'),
  ]
  const [organizations, uris] = [names('policy-organizations'), names('policy-uris')]
  const signer: PolicySignerDemand = {
    ...(commonName !== '' && { commonName }),
    ...(dnsNames && { dnsNames }),
    ...(emails && { emails }),
    ...(organizations && { organizations }),
    ...(uris && { uris }),
    ...(extensions.size > 0 && { extensions }),
  }
  return {
    profile,
    ...(hardening === 'warn' && { lenient: true }),
    keys: [...new Set(items('policy-key'))],
    caRoots: items('policy-ca-roots'),
    caIntermediates: items('policy-ca-intermediates'),
    timestampAuthorities: items('policy-timestamp-servers'),
    signer,
    attestations: items('attestations'),
    subjects: [...new Set(items('subjects'))],
    ...(url !== '' && { archivista: { url, headers: Object.fromEntries(headers) } }),
  }
}

/** Items between commas, as cilock's flags have them (Go's encoding/csv); a comma within quotes is text, and PEM is one item. */
export function splitCommas(text: string): readonly string[] {
  if (text.startsWith('-----BEGIN')) return [text]
  const items = text.match(/"(?:[^"]|"")*"|[^,]+/g) ?? []
  return items
    .map((item) => (item.startsWith('"') ? item.slice(1, -1).replaceAll('""', '"') : item.trim()))
    .filter((item) => item !== '')
}
