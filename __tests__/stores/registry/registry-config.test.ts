import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { signInsOf } from '../../../src/stores/registry/docker-config.js'
import { readRegistryConfig } from '../../../src/stores/registry/registry-config.js'
import { temporaryFolder } from '../../harness/run.js'

const { signal } = new AbortController()
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const auth = (login: string): object => ({ auth: base64(login) })
const login = (username: string, password: string): object => ({ kind: 'login', username, password })
const anonymous = { kind: 'anonymous' }

/** Who signs in; the code of a failure. */
async function find(given: string, registry = 'registry.example', repository = 'team/app'): Promise<unknown> {
  const read = await readRegistryConfig(given)
  if (read.kind !== 'found') return read.kind === 'failed' ? read.problem.code : read.kind
  const all = await signInsOf({ ...read.value, file: 'registry-config' }, registry, signal)
  const one = all.kind === 'found' ? all.value(repository) : all
  return one.kind === 'found' ? one.value : one
}

interface SecretFields {
  readonly type?: string
  readonly data?: object
  readonly stringData?: object
}
const secret = (auths: object, fields: SecretFields = {}): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'regcred' },
  type: 'kubernetes.io/dockerconfigjson',
  data: { '.dockerconfigjson': base64(JSON.stringify({ auths })) },
  ...fields,
})
const known = { 'registry.example': auth('a:b') }

/** As `kubectl create secret docker-registry regcred --dry-run=client --output yaml` prints it. */
const regcred = `apiVersion: v1
data:
  .dockerconfigjson: ${base64(JSON.stringify({ auths: { 'registry.example': { username: 'a', password: 'b', auth: base64('a:b') } } }))}
kind: Secret
metadata:
  creationTimestamp: null
  name: regcred
type: kubernetes.io/dockerconfigjson
`

describe('registry-config may be', () => {
  it.each([
    ["docker's configuration", JSON.stringify({ auths: known })],
    ['the same with space around', `\n  ${JSON.stringify({ auths: known }, null, 2)}\n`],
    ['a pull secret of kubectl', regcred],
    ['a pull secret of Windows', `\uFEFF${regcred.replaceAll('\n', '\r\n')}`],
    ['a pull secret in JSON', JSON.stringify(secret(known))],
    [
      'one in clear',
      JSON.stringify(secret({}, { stringData: { '.dockerconfigjson': JSON.stringify({ auths: known }) } })),
    ],
    [
      'one in clear as a block',
      `kind: Secret\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: |\n    {\n      "auths": ${JSON.stringify(known)}\n    }\n`,
    ],
    [
      'one of the old type',
      JSON.stringify(
        secret(
          {},
          { type: 'kubernetes.io/dockercfg', data: { '.dockercfg': base64(JSON.stringify(known)) } },
        ),
      ),
    ],
    [
      'base64 in lines',
      regcred.replace(
        /json: (.*)\n/,
        (_, text: string) => `json: |\n    ${text.match(/.{1,60}/g)?.join('\n    ') ?? ''}\n`,
      ),
    ],
    ['a list', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [secret(known)] })],
    [
      'one document among others',
      `---\n# none\n---\nkind: ConfigMap\ndata:\n  a: b\n---\n${regcred}---\nkind: Secret\ntype: Opaque\n`,
    ],
    ['the same secret twice', `${regcred}---\n${regcred}`],
  ])('%s, as text or as a file', async (_, text) => {
    const file = path.join(temporaryFolder(), 'regcred')
    writeFileSync(file, text)
    expect(await find(text)).toEqual(login('a', 'b'))
    expect(await find(file)).toEqual(login('a', 'b'))
  })

  it('several pull secrets for several places', async () => {
    const text = `${regcred}---\n${JSON.stringify(secret({ 'other.example': auth('c:d') }))}`
    expect(await find(text)).toEqual(login('a', 'b'))
    expect(await find(text, 'other.example')).toEqual(login('c', 'd'))
  })

  it.each([
    ['registrytoken', { registrytoken: 'r' }, { kind: 'registry-token', token: 'r' }],
    [
      'identitytoken',
      { ...auth('00000000-0000-0000-0000-000000000000:'), identitytoken: 'i' },
      { kind: 'identity-token', token: 'i' },
    ],
    ['nothing', {}, anonymous],
  ])('a configuration with %s', async (_, entry, credential) => {
    expect(await find(JSON.stringify({ auths: { 'registry.example': entry } }))).toEqual(credential)
  })
})

describe('a wrong input is', () => {
  const folder = temporaryFolder()
  mkdirSync(path.join(folder, 'folder'))
  const deep = 100_000
  const twice = (other: object): string =>
    JSON.stringify({ kind: 'List', items: [secret(known), secret(other)] })
  const cases: readonly (readonly [string, string])[] = [
    ['a file that is not there', path.join(folder, 'none')],
    ['a folder', path.join(folder, 'folder')],
    ['a password that was pasted', 'sesame-open/'.repeat(400)],
    ['half of JSON', '{"auths": {"registry.example": {"auth": "'],
    ['text', 'sesame-open\nsesame-open\n'],
    ['a list', '- auths: {}\n- {}\n'],
    ['nothing in it', '{}'],
    ['another file', '{"type": "service_account", "private_key": "sesame-open"}'],
    ['no objects', '{"auths": ["sesame-open"]}'],
    ['an entry that is none', '{"auths": {"registry.example": "sesame-open"}}'],
    ['an entry of another type', '{"auths": {"registry.example": {"auth": 7}}}'],
    ['an entry without a colon', JSON.stringify({ auths: { 'registry.example': auth('sesame-open') } })],
    [
      'a token that no header can hold',
      JSON.stringify({ auths: { 'registry.example': { registrytoken: 'sesame-open\r\nx: y' } } }),
    ],
    ['another secret', 'kind: Secret\ntype: Opaque\nstringData:\n  password: sesame-open\n'],
    ['an external secret', 'kind: ExternalSecret\nspec:\n  name: sesame-open\n'],
    ['a secret without its entry', JSON.stringify(secret({}, { data: { config: 'c2VzYW1lLW9wZW4=' } }))],
    [
      'a secret that is no base64',
      JSON.stringify(secret({}, { data: { '.dockerconfigjson': 'sesame-open!' } })),
    ],
    [
      'a secret that is no configuration',
      JSON.stringify(secret({}, { data: { '.dockerconfigjson': base64('sesame-open') } })),
    ],
    ['a secret without logins', JSON.stringify(secret({}, { data: { '.dockerconfigjson': base64('{}') } }))],
    ['two logins for one registry', twice({ 'registry.example': auth('a:sesame-open') })],
    [
      'two logins for one registry under two names',
      twice({ 'https://registry.example/v1/': auth('a:sesame-open') }),
    ],
    ['the same key twice', `${regcred}kind: Secret\n`],
    ['more than a MiB', `{"auths": {"registry.example": {"auth": "${'A'.repeat(1024 * 1024)}"}}}`],
    ['deep', '['.repeat(deep)],
    ['deeper than it is long', '- '.repeat(deep)],
    ['wide', `${' '.repeat(deep)}a: b\n`],
    ['a million keys', `a: b\n${Array.from({ length: deep }, (_, key) => `k${key}: v\n`).join('')}`],
    [
      'a laugh',
      `a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: &d [*c, *c, *c, *c]\ne: [*d, *d, *d, *d]\nkind: Secret\n`,
    ],
  ]
  it.each(cases)('%s, and none of it is shown', async (_, text) => {
    const read = await readRegistryConfig(text)
    expect(read).toMatchObject({ kind: 'failed', problem: { code: 'input-invalid' } })
    const said = JSON.stringify(read)
    expect(said).toContain('registry-config: ')
    expect(said).not.toContain('sesame-open')
    expect(said.length).toBeLessThan(400)
  })

  it('a file larger than a MiB', async () => {
    const file = path.join(folder, 'large')
    writeFileSync(file, ' '.repeat(1024 * 1024 + 1))
    expect(await find(file)).toBe('input-invalid')
  })
})

describe('of several entries', () => {
  const auths = {
    'registry.example': auth('all:1'),
    'registry.example/team': auth('team:2'),
    'registry.example/team/app': auth('app:3'),
    'registry.example/other/': auth('other:4'),
  }
  const docker = JSON.stringify({ auths })
  const kubernetes = JSON.stringify(secret(auths))

  it.each([
    ['team/app', 'app', '3'],
    ['team/app/part', 'app', '3'],
    ['team/app2', 'team', '2'],
    ['team2/app', 'all', '1'],
    ['other', 'other', '4'],
    ['library', 'all', '1'],
  ])('the most specific one is for %s', async (repository, username, password) => {
    for (const config of [docker, kubernetes])
      expect(await find(config, 'registry.example', repository)).toEqual(login(username, password))
  })

  it('one with a path limits a pull secret to it, and docker to its registry', async () => {
    const only = { 'registry.example/team': auth('team:2') }
    expect(await find(JSON.stringify(secret(only)), 'registry.example', 'team2/app')).toEqual(anonymous)
    expect(await find(JSON.stringify({ auths: only }), 'registry.example', 'team2/app')).toEqual(
      login('team', '2'),
    )
  })

  it.each([
    ['*.example', 'registry.example', true],
    ['reg*.exam*le', 'registry.example', true],
    ['*.*', 'registry.example', true],
    ['*.example:5000', 'registry.example:5000', true],
    ['*.example/team', 'registry.example', true],
    ['*.example', 'registry.example:5000', false],
    ['*.example', 'a.registry.example', false],
    ['*.example', 'example', false],
    ['*.example', 'registry.example.evil', false],
    ['*', 'registry.example', false],
    ['registryx*xregistry.example', 'registry.example', false],
    ['*.example/other', 'registry.example', false],
  ])('a pull secret for %s is for %s: %s', async (name, registry, isMeant) => {
    const found = await find(JSON.stringify(secret({ [name]: auth('a:b') })), registry)
    expect(found).toEqual(isMeant ? login('a', 'b') : anonymous)
    // docker knows no patterns.
    expect(await find(JSON.stringify({ auths: { [name]: auth('a:b') } }), registry)).toEqual(anonymous)
  })

  it('the exact name comes before a pattern', async () => {
    const both = { '*.example': auth('any:1'), 'registry.example': auth('a:b') }
    expect(await find(JSON.stringify(secret(both)))).toEqual(login('a', 'b'))
  })

  it("docker's own registry has a name of its own, in a pull secret too", async () => {
    const config = JSON.stringify(secret({ 'https://index.docker.io/v1/': auth('a:b') }))
    expect(await find(config, 'docker.io', 'library/app')).toEqual(login('a', 'b'))
  })
})

it('a pull secret starts no program', async () => {
  const config = JSON.stringify({
    auths: known,
    credsStore: 'none-such',
    credHelpers: { 'registry.example': 'none-such' },
  })
  const text = JSON.stringify(secret({}, { data: { '.dockerconfigjson': base64(config) } }))
  expect(await find(text)).toEqual(login('a', 'b'))
  expect(await find(config)).toMatchObject({ kind: 'failed', problem: { code: 'input-invalid' } })
})

it('knows every secret in it, used or not', async () => {
  const read = await readRegistryConfig(
    JSON.stringify({
      auths: {
        a: { auth: base64('u:one'), username: 'u', password: 'two' },
        b: { identitytoken: 'three', auth: base64('0:four') },
        c: { registrytoken: 'five' },
      },
    }),
  )
  const secrets = read.kind === 'found' ? new Set(read.value.secrets) : new Set<string>()
  const wanted = ['one', 'two', 'three', 'four', 'five', base64('u:one'), base64('u:two'), base64('0:four')]
  expect([...secrets].toSorted()).toEqual(wanted.toSorted())
})
