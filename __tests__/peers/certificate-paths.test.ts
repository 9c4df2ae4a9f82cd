import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStage } from '../harness/attack-stage.js'
import { openCosign } from '../harness/cosign.js'
import {
  authorities,
  bytesOf,
  domain,
  issues,
  limits,
  type Name,
  people,
  unimportant,
  unknown,
  uri,
} from '../harness/authority-limits.js'
import { decades, type Issuer, mayIssue, newIssuer, pemOf, usages } from '../harness/forged-certificate.js'
import { type Claims, oidcIssuer } from '../harness/forged-instance.js'
import { laySignature, simplySigned } from '../harness/laid-pieces.js'
import { runAction, temporaryFolder } from '../harness/run.js'

const stage = openStage()
const cosign = openCosign()
const folder = temporaryFolder()
const file = (name: string, ...certificates: readonly Uint8Array[]): string => {
  const target = path.join(folder, name)
  writeFileSync(target, certificates.map((one) => pemOf('CERTIFICATE', one)).join(''))
  return target
}

const nameOf = (name: Name): readonly [number, Uint8Array] => [name[0], bytesOf(name)]

/** What an image comes to whose signer's certificate leads over these authorities, here and with the real cosign. */
async function judge(
  root: Issuer,
  above: readonly Issuer[],
  claims: Claims,
  where: 'beside the signature' | 'given by hand',
): Promise<readonly [ours: string, theirs: string]> {
  const image = stage.image()
  const [by = root] = above
  const signer = stage.instance.certify({ by, valid: decades, sct: 'none', ...claims })
  const certificates = above.map(({ certificate }) => certificate)
  const chain = [...certificates, root.certificate].map((one) => pemOf('CERTIFICATE', one)).join('')
  const beside = where === 'beside the signature' ? { chain } : {}
  const signed = simplySigned(signer, image.digest)
  laySignature(image.holdings, image.repository, image.digest, signed, { certificate: signer.pem, ...beside })

  const given = {
    'certificate-oidc-issuer': oidcIssuer,
    'ca-roots': file('root.pem', root.certificate),
    ...(where === 'given by hand' && { 'ca-intermediates': file('middle.pem', ...certificates) }),
    'insecure-ignore-tlog': 'true',
    'insecure-ignore-sct': 'true',
  }
  const flags = Object.entries({ ...given, 'certificate-identity-regexp': '.*' })
  const inputs = { image: image.reference, retries: '0', timeout: '20s', 'certificate-identity-regexp': '.*' }
  const [ours, theirs] = [
    await runAction({ ...inputs, ...given }),
    await cosign.run(
      'verify',
      ...flags.map(([name, value]) => `--${name}=${value}`),
      ...['--allow-http-registry', image.reference],
    ),
  ]
  return [
    ours.exit === 0 ? 'verified' : `${String(ours.exit)} ${String(ours.outputs['failure-code'])}`,
    theirs.exit === 0 ? 'verified' : theirs.stderr,
  ]
}

describe('an authority between a certificate and the root', () => {
  it.each(authorities)(
    'that $what, for $who, is one where it is one for cosign',
    { timeout: 30_000 },
    async ({ extensions, who, why }) => {
      const root = newIssuer('root')
      const middle = newIssuer('middle', { above: root, extensions })
      const claims = { names: [nameOf(people[who])] }
      for (const where of ['beside the signature', 'given by hand'] as const) {
        const [ours, theirs] = await judge(root, [middle], claims, where)
        expect([ours, theirs === 'verified'], `cosign, ${where}: ${theirs}`).toEqual(
          why === undefined ? ['verified', true] : ['1 certificate-untrusted', false],
        )
      }
    },
  )

  it('may issue to as many below it as it says', async () => {
    const root = newIssuer('root')
    for (const [length, expected] of [
      [0, '1 certificate-untrusted'],
      [1, 'verified'],
    ] as const) {
      const upper = newIssuer('upper', { above: root, extensions: [issues(length)] })
      const lower = newIssuer('lower', { above: upper, extensions: [issues()] })
      const [ours, theirs] = await judge(root, [lower, upper], {}, 'given by hand')
      expect([ours, theirs === 'verified']).toEqual([expected, expected === 'verified'])
    }
  }, 30_000)
})

describe('a root', () => {
  it.each([
    ['is for servers', [issues(), usages([1])]],
    ['is for signing code', [issues(), usages([3])]],
    ['has something critical that nobody knows', [issues(), unknown]],
    ['may certify another host', [issues(), limits([[uri, 'other.example']])]],
    ['may certify the host', [issues(), limits([[uri, 'github.com']])]],
  ])('that %s is held to it where cosign holds it to it', { timeout: 30_000 }, async (_, extensions) => {
    const root = newIssuer('root', { extensions })
    const [ours, theirs] = await judge(root, [newIssuer('middle', { above: root })], {}, 'given by hand')
    expect(ours, `cosign: ${theirs}`).toBe(theirs === 'verified' ? 'verified' : '1 certificate-untrusted')
  })
})

describe('the certificate of a signer', () => {
  it.each([
    ['has something critical that nobody knows', { more: [unknown] }],
    ['has something else that nobody knows', { more: [unimportant] }],
    ['is for servers too', { usage: usages([1, 3]) }],
    ['may issue', { more: [mayIssue] }],
    ['names no host in its URI', { names: [[uri, 'urn:team']] }],
    ['names an address in its URI', { names: [[uri, 'https://10.1.2.3/team']] }],
    ['names a domain that is none', { names: [[domain, 'build..example']] }],
  ] as readonly (readonly [string, Claims])[])(
    'that %s counts where it does for cosign',
    { timeout: 30_000 },
    async (_, claims) => {
      const root = newIssuer('root')
      for (const extensions of [
        [issues()],
        [
          issues(),
          limits(
            [],
            [
              [uri, 'other.example'],
              [domain, 'other.example'],
            ],
          ),
        ],
      ]) {
        const middle = newIssuer('middle', { above: root, extensions })
        const [ours, theirs] = await judge(root, [middle], claims, 'given by hand')
        expect(ours, `cosign: ${theirs}`).toBe(theirs === 'verified' ? 'verified' : '1 certificate-untrusted')
      }
    },
  )
})
