import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keylessFolder, keylessPieces, keylessSigner, putKeyless } from '../harness/keyless-pieces.js'
import { hangs } from '../harness/registry-faults.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runAction, type RanAction, runCli, temporaryFolder } from '../harness/run.js'
import { openTufRepository, soon, type TufRepository } from '../harness/tuf-repository.js'

const day = 24 * 3_600_000
const trustedRoot = (name = 'root'): Buffer => readFileSync(path.join(keylessFolder, `${name}.json`))

let registry: LoopbackRegistry
let repository: TufRepository
let cache: string
let firstRoot: string
beforeEach(async () => {
  registry = await openRegistry()
  repository = await openTufRepository()
  cache = temporaryFolder()
  firstRoot = path.join(temporaryFolder(), 'root.json')
  writeFileSync(firstRoot, repository.root)
  putKeyless(registry.holdings, 'app', keylessPieces.bundle)
})
afterEach(async () => {
  await registry.stop()
  await repository.stop()
})

async function verify(inputs: Readonly<Record<string, string>> = {}): Promise<RanAction> {
  return runAction(
    {
      image: `${registry.host}/app:v1`,
      ...keylessSigner,
      'tuf-mirror': repository.url,
      'tuf-root': firstRoot,
      retries: '0',
      timeout: '20s',
      ...inputs,
    },
    { env: { XDG_CACHE_HOME: cache } },
  )
}

function expectVerified(ran: RanAction): void {
  expect(ran.outputs['message'], ran.stdout).toContain('is verified')
  expect(ran.outputs['verdict']).toBe('verified')
  expect(ran.exit).toBe(0)
}

function expectUndetermined(ran: RanAction, code: string): void {
  expect(ran.outputs['verdict'], ran.stdout).toBe('undetermined')
  expect(ran.outputs['failure-code'], ran.outputs['message']).toBe(code)
  expect(ran.document?.failure?.service).toBe('trust')
  expect(ran.document?.failure?.class).toBe('infrastructure')
  expect(ran.outputs['images']).toBe('[]')
  expect(ran.exit).toBe(2)
}

const asked = (): readonly string[] => repository.requests.map(({ target }) => target)
const kept = (): string => {
  const [folder = ''] = readdirSync(path.join(cache, 'verify-image', 'tuf'))
  return path.join(cache, 'verify-image', 'tuf', folder)
}
/** As if what is kept had been kept so long ago. */
const age = (ms: number): void => {
  const then = new Date(Date.now() - ms)
  for (const name of readdirSync(kept())) utimesSync(path.join(kept(), name), then, then)
}
const dead = (): void => {
  repository.fault = (_, response) => {
    response.socket?.destroy()
    return true
  }
}

describe('a trusted root from a TUF repository', () => {
  it('is fetched once, verified from its first root, and named in the report', async () => {
    repository.publish({ trustedRoot: trustedRoot() })
    const ran = await verify()
    expectVerified(ran)
    expect(asked()).toHaveLength(5)
    const { trust, calls = [] } = ran.document ?? {}
    expect(trust).toMatchObject({ name: `TUF repository ${repository.url}/` })
    expect(Date.parse(String(trust?.checkedAt))).toBeGreaterThan(Date.now() - 60_000)
    expect(Date.parse(String(trust?.expires))).toBeGreaterThan(Date.now())
    expect(calls.find(({ host }) => repository.url.endsWith(host))?.count).toBe(5)
    expect(ran.summary).toMatch(/Trusted root:.*TUF repository.*asked at \d{4}-/)

    expectVerified(await verify())
    expect(asked()).toHaveLength(5)
  })

  it('costs no request more than a key once it is kept', async () => {
    repository.publish({ trustedRoot: trustedRoot() })
    expectVerified(await verify())
    const requestsOf = async (inputs: Readonly<Record<string, string>>): Promise<number> => {
      const before = registry.requests.length
      expectVerified(await verify(inputs))
      return registry.requests.length - before
    }
    putKeyless(registry.holdings, 'keyed', keylessPieces.keyed)
    putKeyless(registry.holdings, 'legacy', keylessPieces.legacy)
    const nobody = { 'certificate-identity': '', 'certificate-oidc-issuer': '' }
    const key = { ...nobody, key: path.join(keylessFolder, 'k1.pub'), image: `${registry.host}/keyed:v1` }
    expect(await requestsOf({ image: `${registry.host}/legacy:v1` })).toBe(await requestsOf(key))
    expect(asked()).toHaveLength(5)
  })

  it('is found by the names that cosign has for it', async () => {
    repository.publish({ trustedRoot: trustedRoot() })
    const flags = Object.entries(keylessSigner).flatMap(([name, value]) => [`--${name}`, value])
    const ran = await runCli(['verify', `${registry.host}/app:v1`, ...flags, '--output', 'text'], {
      env: { TUF_MIRROR: repository.url, TUF_ROOT_JSON: firstRoot, TUF_ROOT: cache },
    })
    expect(ran.stderr).toBe('')
    expect(ran.exit).toBe(0)
    expect(readdirSync(kept())).toContain('timestamp.json')
  })

  it('is asked for again after a day, and for a root whose keys were changed', async () => {
    repository.publish({ trustedRoot: trustedRoot() })
    expectVerified(await verify())
    repository.rotate()
    repository.publish({ trustedRoot: trustedRoot() })
    age(day + 1000)
    expectVerified(await verify())
    expect(asked().slice(5)).toContain('/2.root.json')
    // What is kept is verified through both roots.
    const before = asked().length
    expectVerified(await verify())
    expect(asked()).toHaveLength(before)
  })

  it('that no longer trusts a log rejects what only that log proves', async () => {
    repository.publish({ trustedRoot: trustedRoot() })
    expectVerified(await verify())
    repository.publish({ trustedRoot: trustedRoot('other-rekor') })
    age(day + 1000)
    const ran = await verify()
    expect(ran.outputs['failure-code']).toBe('log-entry-invalid')
    expect(ran.exit).toBe(1)
  })

  it('is kept by steps that run at the same time, each with its own answer', async () => {
    repository.publish({ trustedRoot: trustedRoot() })
    const runs = await Promise.all(Array.from({ length: 6 }, async () => verify()))
    for (const ran of runs) expectVerified(ran)
    expect(readdirSync(kept()).filter((name) => name.endsWith('.tmp'))).toEqual([])
    dead()
    expectVerified(await verify())
  })
})

describe('a TUF repository that does not answer', () => {
  it('is not missed while what is kept holds, and the report says so', async () => {
    repository.publish({ trustedRoot: trustedRoot() })
    expectVerified(await verify())
    dead()
    age(2 * day)
    const ran = await verify()
    expectVerified(ran)
    expect(ran.document?.warnings.join()).toMatch(/could not be asked \(unreachable/)
    expect(ran.summary).toMatch(/could not be asked/)
  })

  it('is missed when what is kept has expired', async () => {
    repository.publish({ trustedRoot: trustedRoot(), timestampExpires: soon(2500) })
    expectVerified(await verify())
    dead()
    await new Promise((resolve) => setTimeout(resolve, 2600))
    expectUndetermined(await verify(), 'unreachable')
  })

  it('is missed when nothing is kept: an unsigned image, too, is not rejected for it', async () => {
    repository.publish({ trustedRoot: trustedRoot() })
    dead()
    expectUndetermined(await verify(), 'unreachable')
  })

  it.each([
    [500, 'server-error'],
    [403, 'denied'],
    [429, 'rate-limited'],
    [404, 'response-invalid'],
  ] as const)('answers %i: %s', async (status, code) => {
    repository.fault = (_, response) => {
      response.writeHead(status).end()
      return true
    }
    expectUndetermined(await verify(), code)
  })

  it('hangs: timeout', async () => {
    repository.fault = () => true
    expectUndetermined(await verify({ timeout: '3s' }), 'timeout')
  })
})

describe('a TUF repository that says what does not verify', () => {
  it('is not believed: metadata by other keys', async () => {
    repository.publish({ trustedRoot: trustedRoot(), forged: true })
    expectUndetermined(await verify(), 'response-invalid')
  })

  it('is not believed: metadata that has expired', async () => {
    repository.publish({ trustedRoot: trustedRoot(), timestampExpires: soon(-day) })
    expectUndetermined(await verify(), 'response-invalid')
  })

  it('is not believed: another file than was signed', async () => {
    repository.publish({ trustedRoot: trustedRoot() })
    repository.fault = ({ target }, response) => {
      if (!target.startsWith('/targets/')) return false
      response.writeHead(200).end(trustedRoot('other-rekor'))
      return true
    }
    expectUndetermined(await verify(), 'response-invalid')
  })

  it('is not believed: an older version than was seen, also when that has expired', async () => {
    repository.publish({ trustedRoot: trustedRoot() })
    const answers = new Map(repository.files)
    repository.publish({ trustedRoot: trustedRoot(), timestampExpires: soon(2500) })
    expectVerified(await verify())
    await new Promise((resolve) => setTimeout(resolve, 2600))
    repository.fault = ({ target }, response) => {
      const bytes = answers.get(target)
      if (bytes === undefined) return false
      response.writeHead(200).end(bytes)
      return true
    }
    expectUndetermined(await verify(), 'response-invalid')
  })

  it('does not get worse by a cache that somebody wrote over', async () => {
    repository.publish({ trustedRoot: trustedRoot() })
    expectVerified(await verify())
    for (const name of readdirSync(kept())) writeFileSync(path.join(kept(), name), '{"signed":{}}')
    expectVerified(await verify())
    for (const name of readdirSync(kept())) writeFileSync(path.join(kept(), name), trustedRoot('other-rekor'))
    expectVerified(await verify())
  })
})

describe('what is wrong with the inputs', () => {
  it.each([
    ['a first root that is none', '{}'],
    ['a first root that is no JSON', 'x'],
    ['a first root that its own keys did not sign', undefined],
  ])('%s is trust-root-invalid', async (_, text) => {
    repository.publish({ trustedRoot: trustedRoot() })
    const forged = repository.root.replace(/"expires":"\d/, '"expires":"9')
    writeFileSync(firstRoot, text ?? forged)
    const ran = await verify()
    expect(ran.outputs['failure-code']).toBe('trust-root-invalid')
    expect(ran.exit).toBe(2)
    expect(asked()).toEqual([])
  })

  it.each([
    ['trusted-root', path.join(keylessFolder, 'root.json')],
    ['offline', 'true'],
  ])('a mirror beside %s is refused', async (name, value) => {
    const ran = await verify({ [name]: value })
    expect(ran.outputs['failure-code']).toBe('input-invalid')
    expect(ran.exit).toBe(2)
  })
})

describe('a run that needs no trusted root', () => {
  it('asks for none: a key without a log', async () => {
    putKeyless(registry.holdings, 'keyed', keylessPieces.keyed)
    dead()
    const ran = await verify({
      'certificate-identity': '',
      'certificate-oidc-issuer': '',
      image: `${registry.host}/keyed:v1`,
      key: path.join(keylessFolder, 'k1.pub'),
      'insecure-ignore-tlog': 'true',
    })
    expectVerified(ran)
    expect(asked()).toEqual([])
    expect(ran.document?.trust).toBeNull()
  })

  it('does not wait for one that hangs once the image turns out to be missing', async () => {
    registry.fault('app', 'sig', 'always', hangs)
    repository.fault = () => true
    const ran = await verify({ image: `${registry.host}/app:v2`, timeout: '20s' })
    expect(ran.outputs['failure-code']).toBe('not-found')
  })
})
