import { describe, expect, it } from 'vitest'
import { isThere, read, sourcesOf, verify } from './fixtures.js'
import { agreeable } from './made.js'

const { ask } = agreeable()
const own = 'sha256:13095839d01955a62fc5b008f96c38eeb38740e1477e1962d1ba168266ddf2b9'
const one = {
  policy: 'policies/c-main.json',
  policyPublicKey: 'keys/policy.pub',
  attestations: ['attestations/c-docker-build.json', 'attestations/c-docker-sbom.json'],
  subjects: [own],
}
const places = 250

/** The same bytes with one bit changed, at places all over; those in a field that nobody looks at left out. */
function flipped(bytes: Buffer): readonly Buffer[] {
  const text = bytes.toString('latin1')
  const ignored = text.indexOf('"keyid"')
  const end = !text.includes(',', ignored) ? text.length : text.indexOf(',', ignored)
  const step = Math.max(1, Math.floor(bytes.length / places))
  const changed: Buffer[] = []
  for (let at = 0; at < bytes.length; at += step) {
    if (at >= ignored && at <= end) continue
    for (const bit of [1, 4]) {
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] ?? 0) ^ bit
      changed.push(copy)
    }
  }
  return changed
}

describe.runIf(isThere)('one bit changed', () => {
  it('passes where none is', async () => {
    expect((await verify(one, 'cilock', ask)).finding.status).toBe('met')
  })

  it.each(['cilock', 'witness'] as const)('of the policy: never passes (%s)', async (profile) => {
    const codes = new Set<string>()
    const [letter] = profile
    const policy = `policies/${letter ?? ''}-main.json`
    const attestations = ['docker-build', 'docker-sbom'].map(
      (name) => `attestations/${letter ?? ''}-${name}.json`,
    )
    for (const policyBytes of flipped(read(policy))) {
      const { finding } = await verify({ ...one, policy, attestations }, profile, ask, { policyBytes })
      expect(finding.status).not.toBe('met')
      codes.add('code' in finding ? finding.code : '')
    }
    expect([...codes].sort()).toEqual(['policy-invalid', 'policy-untrusted'])
  })

  it('of an attestation: never passes', async () => {
    const [build, bill] = sourcesOf(one.attestations)
    const codes = new Set<string>()
    for (const bytes of flipped(Buffer.from(build!.bytes))) {
      const { finding } = await verify(one, 'cilock', ask, { envelopes: [{ ...build!, bytes }, bill!] })
      expect(finding.status).not.toBe('met')
      codes.add('code' in finding ? finding.code : '')
    }
    expect(codes).toContain('attestation-invalid')
    expect(codes).toContain('input-invalid')
  })

  it('of a certificate, its token or its signature: never passes', async () => {
    const signed = { ...one, policy: 'policies/x-main.json', attestations: ['attestations/x-leaf.json'] }
    expect((await verify(signed, 'cilock', ask)).finding.status).toBe('met')
    const text = read('attestations/x-leaf.json').toString('utf8')
    const parsed = JSON.parse(text) as {
      signatures: {
        sig: string
        certificate: string
        intermediates: string[]
        timestamps: { data: string }[]
      }[]
    }
    const [signature] = parsed.signatures
    const fields = {
      sig: signature!.sig,
      certificate: signature!.certificate,
      token: signature!.timestamps[0]!.data,
    }
    for (const [name, value] of Object.entries(fields)) {
      // What is written around a PEM says nothing, so its bytes are changed inside.
      const pem = name === 'certificate'
      const inside = Buffer.from(value, 'base64')
      const bytes = pem
        ? Buffer.from(inside.toString('latin1').replace(/-----[^-]+-----/g, ''), 'base64')
        : inside
      let passes = 0
      for (let at = 0; at < bytes.length; at += Math.max(1, Math.floor(bytes.length / 150))) {
        const copy = Buffer.from(bytes)
        copy[at] = (copy[at] ?? 0) ^ 1
        const body = copy.toString('base64')
        const block = Buffer.from(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`)
        const changed = Buffer.from(text.replace(value, pem ? block.toString('base64') : body))
        const envelopes = [{ bytes: changed, where: name, origin: 'given' as const }]
        const { finding } = await verify(signed, 'cilock', ask, { envelopes })
        if (finding.status === 'met') passes += 1
      }
      // A few bytes of a token are signed by nobody: versions, and names of algorithms beside others.
      expect(passes, name).toBeLessThanOrEqual(name === 'token' ? 12 : 0)
    }
  })

  it.each([
    ['a certificate that has expired since', 'attestations/x-expin.json', 'met'],
    ['a certificate that had expired', 'attestations/x-expout.json', 'unmet'],
  ])('%s', async (_, file, status) => {
    const signed = { ...one, policy: 'policies/x-main.json', attestations: [file] }
    expect((await verify(signed, 'cilock', ask)).finding.status).toBe(status)
  })

  it('the time decides whether a policy has expired, to the millisecond', async () => {
    const end = Date.UTC(2035, 0, 1)
    expect((await verify(one, 'cilock', ask, { now: end })).finding.status).toBe('met')
    const { finding } = await verify(one, 'cilock', ask, { now: end + 1 })
    expect('code' in finding && finding.code).toBe('policy-expired')
  })

  it('leaves of older builds are read, and said to be; wrong ones are refused', async () => {
    const older = {
      ...one,
      attestations: ['attestations/c-oldleaves.json', 'attestations/c-docker-sbom.json'],
    }
    const { finding } = await verify(older, 'cilock', ask)
    expect(finding.status).toBe('met')
    expect(finding.children?.map(({ facts }) => facts?.['leaves'])).toEqual([
      'digest, path-and-digest',
      'digest',
    ])
    const wrong = { ...one, attestations: ['attestations/c-badleaf.json', 'attestations/c-docker-sbom.json'] }
    const { finding: refused, reasons } = await verify(wrong, 'cilock', ask)
    expect('code' in refused && refused.code).toBe('attestation-invalid')
    expect(reasons.join()).toContain('reconstruct to root')
  })
})
