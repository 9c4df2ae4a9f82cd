import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStage } from '../harness/attack-stage.js'
import { openCosign } from '../harness/cosign.js'
import {
  anyUsage,
  decades,
  extension,
  integer,
  type Issuer,
  mayIssue,
  mayNotIssue,
  newIssuer,
  pemOf,
  sequence,
  usages,
} from '../harness/forged-certificate.js'
import { type Claims, oidcIssuer, workflow } from '../harness/forged-instance.js'
import { laySignature, simplySigned } from '../harness/laid-pieces.js'
import { runAction, temporaryFolder } from '../harness/run.js'
import { der } from '../verify/der.js'

const stage = openStage()
const cosign = openCosign()
const folder = temporaryFolder()
const file = (name: string, ...certificates: readonly Uint8Array[]): string => {
  const target = path.join(folder, name)
  writeFileSync(target, certificates.map((one) => pemOf('CERTIFICATE', one)).join(''))
  return target
}

type Name = readonly [tag: number, text: string | readonly number[]]
const [email, domain, uri, address] = [0x81, 0x82, 0x86, 0x87]
const bytesOf = ([, text]: Name): Uint8Array =>
  typeof text === 'string' ? Buffer.from(text) : Uint8Array.from(text)
const issues = (length?: number): Uint8Array =>
  extension(
    '2.5.29.19',
    sequence(der(0x01, [0xff]), ...(length === undefined ? [] : [integer(length)])),
    true,
  )
const mayUse = (bits: number, unused: number): Uint8Array =>
  extension('2.5.29.15', der(0x03, [unused, bits]), true)
const unknown = extension('1.2.3.4.5', sequence(), true)
const unimportant = extension('1.2.3.4.5', sequence())

/** Constraints of names (RFC 5280, 4.2.1.10). */
function limits(permitted: readonly Name[], excluded: readonly Name[] = [], critical = true): Uint8Array {
  const trees = (tag: number, names: readonly Name[]): readonly Uint8Array[] =>
    names.length === 0 ? [] : [der(tag, ...names.map((name) => sequence(der(name[0], bytesOf(name)))))]
  return extension('2.5.29.30', sequence(...trees(0xa0, permitted), ...trees(0xa1, excluded)), critical)
}

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

const names = {
  'a workflow': [[uri, workflow]],
  'a person': [[email, 'Ada@Team.example']],
  'a host': [[domain, 'build.team.example']],
  'a machine': [[address, [10, 1, 2, 3]]],
} as const satisfies Readonly<Record<string, readonly Name[]>>
type Who = keyof typeof names

const middles: readonly (readonly [string, readonly Uint8Array[], Who?])[] = [
  ['may issue', [issues()]],
  ['may issue, and says so not critically', [mayIssue]],
  ['may sign certificates', [issues(), mayUse(0x04, 2)]],
  ['may sign lists of revoked ones', [issues(), mayUse(0x02, 1)]],
  ['may sign messages', [issues(), mayUse(0x80, 7)]],
  ['may not issue', [mayNotIssue]],
  ['does not say that it may issue', []],
  ['may issue to no further authority', [issues(0)]],
  ['is for signing code', [issues(), usages([3])]],
  ['is for signing code among others', [issues(), usages([1, 3, 8])]],
  ['is for servers', [issues(), usages([1])]],
  ['is for timestamps', [issues(), usages([8])]],
  ['is for what nobody knows', [issues(), usages([4711])]],
  ['is for anything', [issues(), anyUsage]],
  ['has something critical that nobody knows', [issues(), unknown]],
  ['has something else that nobody knows', [issues(), unimportant]],
  ['may certify the host', [issues(), limits([[uri, 'github.com']])]],
  ['may certify another host', [issues(), limits([[uri, 'other.example']])]],
  [
    'may certify another host, and says so not critically',
    [issues(), limits([[uri, 'other.example']], [], false)],
  ],
  [
    'may certify the host among others',
    [
      issues(),
      limits([
        [uri, 'other.example'],
        [uri, 'GitHub.com'],
      ]),
    ],
  ],
  ['may certify what is below the host', [issues(), limits([[uri, '.github.com']])]],
  ['may certify all of the domain', [issues(), limits([[uri, '.com']])]],
  ['may not certify the host', [issues(), limits([], [[uri, 'github.com']])]],
  ['may not certify another host', [issues(), limits([], [[uri, 'hub.com']])]],
  ['may certify a domain, of which nothing is said here', [issues(), limits([[domain, 'other.example']])]],
  ['may certify names of another kind', [issues(), limits([[0x88, [0x2a, 3]]])]],
  ['may certify the domain of the person', [issues(), limits([[email, 'team.example']])], 'a person'],
  ['may certify the person', [issues(), limits([[email, 'Ada@team.example']])], 'a person'],
  ['may certify the person in small letters', [issues(), limits([[email, 'ada@team.example']])], 'a person'],
  ['may certify another domain of persons', [issues(), limits([[email, 'eam.example']])], 'a person'],
  ['may not certify the domain of the person', [issues(), limits([], [[email, 'example']])], 'a person'],
  ['may certify hosts alone, and it is a person', [issues(), limits([[domain, 'x.example']])], 'a person'],
  ['may certify the domain of the host', [issues(), limits([[domain, 'team.example']])], 'a host'],
  [
    'may certify what is below the domain of the host',
    [issues(), limits([[domain, '.team.example']])],
    'a host',
  ],
  ['may certify what is below the host', [issues(), limits([[domain, '.build.team.example']])], 'a host'],
  ['may certify another domain of hosts', [issues(), limits([[domain, 'am.example']])], 'a host'],
  ['may certify every host', [issues(), limits([[domain, '']])], 'a host'],
  ['may not certify the domain of the host', [issues(), limits([], [[domain, 'team.example']])], 'a host'],
  ['may certify the net', [issues(), limits([[address, [10, 1, 0, 0, 255, 255, 0, 0]]])], 'a machine'],
  ['may certify another net', [issues(), limits([[address, [10, 2, 0, 0, 255, 255, 0, 0]]])], 'a machine'],
  ['may not certify the net', [issues(), limits([], [[address, [10, 0, 0, 0, 255, 0, 0, 0]]])], 'a machine'],
]

describe('an authority between a certificate and the root', () => {
  it.each(middles.map(([what, extensions, who = 'a workflow']) => ({ what, extensions, who })))(
    'that $what is one where it is one for cosign',
    { timeout: 30_000 },
    async ({ extensions, who }) => {
      const root = newIssuer('root')
      const middle = newIssuer('middle', { above: root, extensions })
      const claims = { names: names[who].map((name) => [name[0], bytesOf(name)] as const) }
      for (const where of ['beside the signature', 'given by hand'] as const) {
        const [ours, theirs] = await judge(root, [middle], claims, where)
        expect(ours, `cosign, ${where}: ${theirs}`).toBe(
          theirs === 'verified' ? 'verified' : '1 certificate-untrusted',
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
