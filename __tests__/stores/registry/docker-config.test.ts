import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Lookup } from '../../../src/network/lookup.js'
import type { Credential } from '../../../src/stores/registry/credential.js'
import { readDockerConfig } from '../../../src/stores/registry/docker-config.js'
import { temporaryFolder } from '../../harness/run.js'

const { signal } = new AbortController()
const anonymous = { kind: 'anonymous' }
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const login = (username: string, password: string): object => ({ kind: 'login', username, password })

const variables = ['DOCKER_CONFIG', 'HOME', 'PATH'] as const
const before = variables.map((name) => [name, process.env[name]] as const)
const usualPath = process.env['PATH'] ?? ''
let folder = ''
beforeEach(() => {
  folder = temporaryFolder()
  process.env['DOCKER_CONFIG'] = folder
  process.env['HOME'] = path.join(folder, 'home')
})
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
})

function write(config: object | string, into = folder): void {
  mkdirSync(into, { recursive: true })
  writeFileSync(path.join(into, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config))
}

/** What is found for a registry; the code of a failure. */
async function find(registry: string, repository = 'app'): Promise<unknown> {
  const all = await readDockerConfig(registry, signal)
  const answer: Lookup<Credential> = all.kind === 'found' ? all.value(repository) : all
  if (answer.kind === 'failed') return answer.problem.code
  return answer.kind === 'found' ? answer.value : answer.kind
}

/** A helper that knows these servers; for every other it says that it has none. */
function installHelper(name: string, known: Readonly<Record<string, readonly [string, string]>>): void {
  const cases = Object.entries(known).map(
    ([server, [Username, Secret]]) =>
      `  '${server}') printf '%s' '${JSON.stringify({ Username, Secret })}' ;;`,
  )
  const lines = ['#!/bin/sh', 'read -r server', 'case "$server" in', ...cases]
  const none = "  *) echo 'credentials not found in native keychain'; exit 1 ;;"
  writeFileSync(path.join(folder, `docker-credential-${name}`), [...lines, none, 'esac', ''].join('\n'), {
    mode: 0o755,
  })
  process.env['PATH'] = `${folder}${path.delimiter}${usualPath}`
}

describe('where nothing is configured', () => {
  it('nobody signs in', async () => {
    expect(await find('registry.example')).toEqual(anonymous)
    write({})
    expect(await find('registry.example')).toEqual(anonymous)
    write({ auths: { 'other.example': { auth: base64('u:p') } }, credHelpers: { 'other.example': 'x' } })
    expect(await find('registry.example')).toEqual(anonymous)
  })
})

describe('an entry of the file', () => {
  it.each([
    ['user and password in one', { auth: base64('user:pass') }, login('user', 'pass')],
    ['a password with colons', { auth: base64('user:p:a:ss') }, login('user', 'p:a:ss')],
    ['an empty password', { auth: base64('user:') }, login('user', '')],
    ['zeros after the password', { auth: base64('user:pass\0\0') }, login('user', 'pass')],
    ['user and password by name', { username: 'user', password: 'pass' }, login('user', 'pass')],
    ['both: the one text decides', { auth: base64('a:b'), username: 'c', password: 'd' }, login('a', 'b')],
    [
      'an identity token',
      { identitytoken: 't', auth: base64('user:') },
      { kind: 'identity-token', token: 't' },
    ],
    ['a registry token', { registrytoken: 't', identitytoken: 'i' }, { kind: 'registry-token', token: 't' }],
    ['empty tokens', { registrytoken: '', identitytoken: '', auth: base64('a:b') }, login('a', 'b')],
    ['nothing', {}, anonymous],
    ['a user without a password', { username: 'user' }, anonymous],
    ['something of another type', 'user:pass', anonymous],
  ])('may hold %s', async (_, entry, credential) => {
    write({ auths: { 'registry.example': entry } })
    expect(await find('registry.example')).toEqual(credential)
  })

  it.each([
    'registry.example:5000',
    'https://registry.example:5000',
    'http://registry.example:5000/v1/',
    'registry.example:5000/team',
  ])('may be named %s', async (name) => {
    write({ auths: { [name]: { auth: base64('a:b') } } })
    expect(await find('registry.example:5000')).toEqual(login('a', 'b'))
  })

  it.each([
    'registry.example',
    'registry.example:500',
    'x.registry.example:5000',
    'https://evil.example/registry.example:5000',
  ])('named %s is for another registry', async (name) => {
    write({ auths: { [name]: { auth: base64('a:b') } } })
    expect(await find('registry.example:5000')).toEqual(anonymous)
  })

  it('of the registry that is meant by default has a name of its own', async () => {
    for (const name of ['https://index.docker.io/v1/', 'docker.io', 'registry-1.docker.io']) {
      write({ auths: { [name]: { auth: base64('a:b') } } })
      expect(await find('docker.io')).toEqual(login('a', 'b'))
      expect(await find('registry.example')).toEqual(anonymous)
    }
  })

  it.each(['constructor', '__proto__'])(
    'is not found for a registry called %s where there is none',
    async (name) => {
      write({ auths: {}, credHelpers: {} })
      expect(await find(name)).toEqual(anonymous)
    },
  )

  it('that cannot be read is a failure that does not show it', async () => {
    write({ auths: { 'registry.example': { auth: base64('secret without a colon') } } })
    const all = await readDockerConfig('registry.example', signal)
    const answer = all.kind === 'found' ? all.value('app') : all
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'input-invalid' } })
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(JSON.stringify(answer)).not.toContain(base64('secret without a colon'))
  })
})

describe('the file itself', () => {
  it.each(['', 'hello', '[]', '{"auths":'])(
    'with %j in it is a failure: a sign-in may be missing',
    async (text) => {
      write(text)
      expect(await find('registry.example')).toBe('input-invalid')
    },
  )

  it('that is a folder or too large is a failure', async () => {
    mkdirSync(path.join(folder, 'config.json'))
    expect(await find('registry.example')).toBe('response-invalid')
    process.env['DOCKER_CONFIG'] = path.join(folder, 'large')
    write(JSON.stringify({ x: 'x'.repeat(4 * 1024 * 1024) }), path.join(folder, 'large'))
    expect(await find('registry.example')).toBe('limit-exceeded')
  })

  it('lies in the home folder where no other is named', async () => {
    write({ auths: { 'registry.example': { auth: base64('home:b') } } }, path.join(folder, 'home', '.docker'))
    expect(await find('registry.example')).toEqual(anonymous)
    for (const unset of [true, false]) {
      // A variable that is empty is one that is not set: the working directory is no place for credentials.
      if (unset) Reflect.deleteProperty(process.env, 'DOCKER_CONFIG')
      else process.env['DOCKER_CONFIG'] = ''
      expect(await find('registry.example')).toEqual(login('home', 'b'))
    }
  })
})

describe('helpers', () => {
  const server = 'registry.example'

  it('of the registry come before the common store, and that before the file', async () => {
    const auths = { [server]: { auth: base64('file:b') } }
    installHelper('own', { [server]: ['own', 'a'] })
    installHelper('common', { [server]: ['common', 'a'] })
    write({ auths, credsStore: 'common', credHelpers: { [server]: 'own' } })
    expect(await find(server)).toEqual(login('own', 'a'))
    write({ auths, credsStore: 'common', credHelpers: { 'other.example': 'own' } })
    expect(await find(server)).toEqual(login('common', 'a'))
    write({ auths, credsStore: '' })
    expect(await find(server)).toEqual(login('file', 'b'))
  })

  it('that have nothing leave it to the file', async () => {
    installHelper('common', {})
    write({ auths: { [server]: { auth: base64('file:b') } }, credsStore: 'common' })
    expect(await find(server)).toEqual(login('file', 'b'))
    write({ credsStore: 'common' })
    expect(await find(server)).toEqual(anonymous)
  })

  it('are asked for the default registry by the name that it has there', async () => {
    installHelper('common', { 'https://index.docker.io/v1/': ['hub', 'a'] })
    write({ credsStore: 'common' })
    expect(await find('docker.io')).toEqual(login('hub', 'a'))
  })

  it('that fail are a failure, whatever the file has', async () => {
    write({ auths: { [server]: { auth: base64('file:b') } }, credsStore: 'not-installed-anywhere' })
    expect(await find(server)).toBe('input-invalid')
  })
})
