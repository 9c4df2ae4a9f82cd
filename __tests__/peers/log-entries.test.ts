import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStage, type StagedImage } from '../harness/attack-stage.js'
import { openCosign } from '../harness/cosign.js'
import { mayIssue, mayNotIssue, pemOf, spkiOf, usages } from '../harness/forged-certificate.js'
import { type Certified, type Changes, oidcIssuer, signedAt, workflow } from '../harness/forged-instance.js'
import { bodies } from '../harness/forged-log.js'
import { newTimestampAuthority, type TimestampAuthority } from '../harness/forged-timestamp.js'
import { bundleWith, layBundle, layEnvelope, laySignature } from '../harness/laid-pieces.js'
import { type RanAction, temporaryFolder } from '../harness/run.js'
import { askOn, type Path, provenance, signOn } from '../harness/signing-paths.js'
import { newSigner, type Signer } from '../verify/sealed.js'

const stage = openStage()
const cosign = openCosign()
const folder = temporaryFolder()

interface Row extends Path {
  readonly log: 'log' | 'newerLog'
  /** Who says when it saw the signature. */
  readonly stamps?: TimestampAuthority
}

/** What an image whose signature has such an entry comes to, here and with the real cosign. */
async function judge(row: Row, changes: Changes = {}): Promise<readonly [ours: RanAction, theirs: string]> {
  const image = stage.image()
  const signer: Signer | Certified = row.keyless ? stage.instance.certify() : newSigner()
  lay(row, signer, image)
  return [await askOn(row, signer, image, stage, {}, changes), await askCosign(row, signer, image, changes)]
}

function lay(row: Row, signer: Signer | Certified, image: StagedImage): void {
  const { holdings, repository, digest } = image
  const piece = signOn(row, signer, image)
  const recorded = stage.instance[row.log].record(bodies[row.kind](piece.logged), signedAt)
  const timestamp = row.stamps?.stamp(piece.logged.signature, signedAt)
  const beside = {
    entry: recorded.annotation,
    ...('pem' in signer && { certificate: signer.pem }),
    ...(timestamp && { timestamp }),
  }
  if ('signed' in piece) laySignature(holdings, repository, digest, piece.signed, beside)
  else if (row.form === 'att') layEnvelope(holdings, repository, digest, piece.envelope, beside)
  else {
    const material = {
      ...('certificate' in signer && { certificate: signer.certificate }),
      entries: [recorded.entry],
      timestamps: timestamp ? [timestamp] : [],
    }
    layBundle(holdings, repository, digest, bundleWith(piece.envelope, material))
  }
}

async function askCosign(
  { form, keyless }: Row,
  signer: Signer,
  image: StagedImage,
  changes: Changes,
): Promise<string> {
  const [root, key] = [path.join(folder, 'root.json'), path.join(folder, 'key.pub')]
  writeFileSync(root, stage.instance.trustedRoot(changes))
  writeFileSync(key, pemOf('PUBLIC KEY', spkiOf(signer.pair.publicKey)))
  const by = keyless
    ? ['--certificate-identity', workflow, '--certificate-oidc-issuer', oidcIssuer]
    : ['--key', key]
  const asked = form === 'att' ? ['verify-attestation', '--type', provenance] : ['verify']
  const ran = await cosign.run(
    ...asked,
    ...by,
    '--trusted-root',
    root,
    '--allow-http-registry',
    image.reference,
  )
  return ran.exit === 0 ? 'verified' : ran.stderr
}

describe('an entry of a log', () => {
  const kinds = Object.keys(bodies) as readonly Path['kind'][]
  const rows = (['sig', 'att', 'bundle'] as const).flatMap((form) =>
    kinds.flatMap((kind) =>
      [true, false].flatMap((keyless) =>
        (['log', 'newerLog'] as const).flatMap((log) => {
          // Who signs no envelope has none to tell a log of.
          if (form === 'sig' && !kind.startsWith('hashedrekord')) return []
          // The older format has promises alone, which the newer log gives none of.
          if (form !== 'bundle' && log === 'newerLog') return []
          const name = `${form}, ${kind}, ${keyless ? 'by an identity' : 'by a key'}, ${log}`
          return [{ name, form, kind, keyless, log }]
        }),
      ),
    ),
  )

  it.each(rows)('counts where cosign counts it: $name', { timeout: 30_000 }, async (row) => {
    const [ours, theirs] = await judge({ ...row, stamps: stage.instance.timestamps })
    expect(ours.exit === 0, `cosign: ${theirs}; here: ${String(ours.outputs['message'])}`).toBe(
      theirs === 'verified',
    )
    // One that does not count is no entry at all, and nobody's outage.
    if (ours.exit !== 0) expect([ours.exit, ours.outputs['failure-code']]).toEqual([1, 'log-entry-invalid'])
  })

  it('counts in seven of these ways, whoever signed', async () => {
    const verified = []
    for (const row of rows.filter(({ keyless }) => keyless)) {
      const [ours] = await judge({ ...row, stamps: stage.instance.timestamps })
      if (ours.exit === 0) verified.push(`${row.form} ${row.kind} ${row.log}`)
    }
    expect(verified).toEqual([
      'sig hashedrekord 0.0.1 log',
      'att dsse 0.0.1 log',
      'att intoto 0.0.1 log',
      'att intoto 0.0.2 log',
      'bundle dsse 0.0.1 log',
      'bundle intoto 0.0.2 log',
      'bundle hashedrekord 0.0.2 newerLog',
    ])
  }, 60_000)
})

describe('a timestamp by an authority whose certificate', () => {
  const row = {
    name: '',
    form: 'bundle',
    kind: 'hashedrekord 0.0.2',
    keyless: true,
    log: 'newerLog',
  } as const

  it.each([
    ['is for timestamps alone', [usages([8], true)]],
    ['is no issuer', [usages([8], true), mayNotIssue]],
    ['says nothing', []],
    ['is for signing code', [usages([3], true)]],
    ['is for timestamps and more', [usages([8, 3], true)]],
    ['does not say so critically', [usages([8])]],
    ['issues others', [usages([8], true), mayIssue]],
  ])('%s proves a time where it does for cosign', { timeout: 30_000 }, async (name, extensions) => {
    const stamps = newTimestampAuthority('stamps', { extensions })
    const [ours, theirs] = await judge({ ...row, stamps }, { timestamps: [stamps] })
    expect(ours.exit === 0, `cosign: ${theirs}; here: ${String(ours.outputs['message'])}`).toBe(
      theirs === 'verified',
    )
    expect(ours.exit === 0).toBe(name === 'is for timestamps alone' || name === 'is no issuer')
    if (ours.exit !== 0) expect(ours.outputs['failure-code']).toBe('timestamp-invalid')
  })

  it('is for timestamps and what nobody knows proves none, as of timestamp-authority 2.1.3', async () => {
    // RFC 3161, 2.3: it must be for nothing else. The cosign of today has 2.1.2.
    const stamps = newTimestampAuthority('stamps', { extensions: [usages([8, 4711], true)] })
    const [ours, theirs] = await judge({ ...row, stamps }, { timestamps: [stamps] })
    expect([ours.exit, ours.outputs['failure-code']]).toEqual([1, 'timestamp-invalid'])
    expect(theirs).toBe('verified')
  })
})
