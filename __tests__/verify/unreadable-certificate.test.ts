import { describe, expect, it } from 'vitest'
import { failureOf } from '../../src/verdict/result.js'
import { all } from '../../src/verdict/algebra.js'
import { checkKeyless, type KeylessDemand } from '../../src/verify/cosign.js'
import { parseTrustedRoot } from '../../src/verify/trust-material.js'
import { newInstance, oidcIssuer, signedAt, workflow } from '../harness/forged-instance.js'
import { bundleWith } from '../harness/laid-pieces.js'
import { seal, signatureStatement, someDigest, toBytes } from './sealed.js'

const instance = newInstance('unreadable.example')
const signer = instance.certify()
const type = 'https://slsa.dev/provenance/v1'
const predicate = {
  buildDefinition: {
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    externalParameters: { workflow: { repository: 'https://github.com/team/app', ref: 'refs/heads/main' } },
  },
  runDetails: { builder: { id: 'https://github.com/actions/runner' } },
}

/** Evidence that anybody can lay beside an image: well signed, and stamped, by a certificate with a byte too many. */
function evidence(): Parameters<typeof checkKeyless>[0] {
  const envelope = seal(signatureStatement({ predicateType: type, predicate }), [signer])
  const timestamps = [instance.timestamps.stamp(Buffer.from(envelope.signatures[0]!.sig, 'base64'), signedAt)]
  const certificate = Buffer.concat([signer.certificate, Buffer.from([0])])
  return {
    format: 'sigstore-bundle',
    where: 'app',
    bytes: toBytes(bundleWith(envelope, { certificate, timestamps })),
  }
}

async function judge(demand: Partial<KeylessDemand>, maxAgeMs?: number): Promise<string | undefined> {
  const trust = parseTrustedRoot(Buffer.from(instance.trustedRoot()), 'root')
  if (typeof trust === 'string') throw new Error(trust)
  const check = await checkKeyless(evidence(), {
    keyRef: 'an identity',
    digest: someDigest,
    annotations: {},
    log: 'ignore',
    predicateType: type,
    vouching: {
      trust,
      now: signedAt,
      sct: 'require',
      signedTimestamps: false,
      identity: { subject: workflow, issuer: oidcIssuer },
      ...(maxAgeMs !== undefined && { maxAgeMs }),
    },
    ...demand,
  })
  return check.kind === 'checked' ? failureOf(all('attested', check.findings))?.code : check.kind
}

describe('a certificate that can be used and not be read', () => {
  it('proves nothing, and ends nothing else', async () => {
    expect(await judge({})).toBe('certificate-untrusted')
  })

  it('is nobody’s where provenance has to be of a source', async () => {
    expect(await judge({ provenance: { sourceUri: 'github.com/team/app' } })).toMatch(/untrusted|denied/)
  })

  it('makes no signature younger', async () => {
    expect(await judge({}, 1000)).toBe('certificate-untrusted')
  })
})
