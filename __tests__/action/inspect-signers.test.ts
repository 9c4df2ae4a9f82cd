import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keylessFolder, keylessPieces, keylessSigner, putKeyless } from '../harness/keyless-pieces.js'
import { signByBundle } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runCli } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const key = newKey()
const root = path.join(keylessFolder, 'root.json')
const subject = keylessSigner['certificate-identity']
const issuer = keylessSigner['certificate-oidc-issuer']

let registry: LoopbackRegistry
beforeAll(async () => {
  registry = await openRegistry()
  putKeyless(registry.holdings, 'app', keylessPieces.bundle)
  signByBundle(registry.holdings, 'app', keylessPieces.bundle.digest, key)
})
afterAll(async () => registry.stop())

interface Shown {
  readonly status: string
  readonly identity?: { readonly subject: string; readonly issuer: string }
  readonly key_id: string
  readonly key_ref: string
  readonly reason?: string
}

/** @returns the keyless signature and the one by a key, as they are shown */
async function inspect(...flags: readonly string[]): Promise<readonly (Shown | undefined)[]> {
  const ran = await runCli(['inspect', `${registry.host}/app:v1`, ...flags, '--output', 'json'])
  expect(ran.exit, ran.stderr).toBe(0)
  const { signatures } = JSON.parse(ran.stdout) as { signatures: readonly Shown[] }
  expect(signatures).toHaveLength(2)
  return [signatures.find(({ identity }) => identity), signatures.find(({ identity }) => !identity)]
}

const asked = (changes: Readonly<Record<string, string>> = {}): readonly string[] =>
  Object.entries({ ...keylessSigner, 'trusted-root': root, ...changes }).map(
    ([name, value]) => `--${name}=${value}`,
  )

describe('who signed an image', () => {
  it('is a claim for everybody who was not given', async () => {
    const [keyless, keyed] = await inspect()
    expect(keyless).toMatchObject({ status: 'claimed', identity: { subject, issuer } })
    expect(keyed).toMatchObject({ status: 'claimed', key_id: '' })
  })

  it('is verified for those who were given, and a claim for the others', async () => {
    const [keyless, keyed] = await inspect(...asked())
    expect(keyless?.status).toBe('verified')
    expect(keyed?.status).toBe('claimed')
    const [claimed, verified] = await inspect('--key', key.publicPem)
    expect(claimed?.status).toBe('claimed')
    expect(verified).toMatchObject({ status: 'verified', key_id: key.id })
    expect((await inspect('--key', key.publicPem, ...asked())).map((one) => one?.status)).toEqual([
      'verified',
      'verified',
    ])
  })

  it('is still a claim where somebody else was given, and invalid where nobody trusted vouches for it', async () => {
    const [other] = await inspect(...asked({ 'certificate-identity': `${subject}x` }))
    expect(other?.status).toBe('claimed')
    const [untrusted] = await inspect(...asked({ 'trusted-root': path.join(keylessFolder, 'other-ca.json') }))
    expect(untrusted?.status).toBe('invalid')
    expect(untrusted?.reason).toContain('certificate')
  })

  it('is a claim where the trusted root could not be had, and the reason is said', async () => {
    const flags = Object.entries(keylessSigner).map(([name, value]) => `--${name}=${value}`)
    const [unknown] = await inspect(...flags, '--retries', '0')
    expect(unknown?.status).toBe('claimed')
    expect(unknown?.reason).toMatch(/127\.0\.0\.1:9/)
  })

  it('is printed for people', async () => {
    const ran = await runCli(['inspect', `${registry.host}/app:v1`, ...asked()])
    expect(ran.stdout).toContain(`by ${subject} (issuer ${issuer}))  verified for the given identity`)
    expect(ran.stdout).toContain('a claim, not verified')
  })
})
