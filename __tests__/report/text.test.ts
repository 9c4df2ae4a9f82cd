import { describe, expect, it } from 'vitest'
import { toText } from '../../src/report/text.js'
import { all } from '../../src/verdict/algebra.js'
import { type Finding, unknown, unmet } from '../../src/verdict/finding.js'
import { codes } from '../../src/verdict/codes.js'
import { failure, type ImageResult } from '../../src/verdict/result.js'
import { no, open, yes } from '../harness/findings.js'
import { imageWith, someDigest } from '../harness/results.js'
import {
  attestation,
  bundle,
  hostileTexts,
  record,
  registryImage,
  registryName,
  runOver,
  simpleSigning,
} from './results.js'

const verified = { ...imageWith(yes), signatures: [record] }

/** What follows the lines that the peer prints too: ours are indented and begin with the verdict. */
function peersPart(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((one) => one.startsWith('  Verdict: '))
  return end < 0 ? lines : lines.slice(0, end)
}

describe('an s3lo image, in the words of s3lo', () => {
  it('is verified on stdout, with nothing on stderr', () => {
    expect(toText(runOver([verified]))).toEqual({
      stdout: [
        '✓ Verified app:v1',
        `  Digest:  ${someDigest}`,
        '  Signed:  2026-11-21T02:36:03Z',
        '  Key:     keys/alice.pub',
      ],
      stderr: [],
    })
  })

  it('is verified without a time where the record names none', () => {
    const signatures = [{ ...record, claimed: {} }]
    expect(toText(runOver([{ ...verified, signatures }])).stdout[2]).toBe('  Signed:  ')
  })

  it('has a line for each key that signed, and none for one that did not', () => {
    const signatures = [
      record,
      { ...record, keyRef: 'bob.pub' },
      { ...record, verified: false, keyRef: 'eve' },
    ]
    const { stdout } = toText(runOver([{ ...verified, signatures }]))
    expect(stdout.filter((one) => one.includes('Key:'))).toEqual([
      '  Key:     keys/alice.pub',
      '  Key:     bob.pub',
    ])
  })

  it.each([
    'no signature found for key keys/alice.pub',
    'manifest changed: signed sha256:aa, current sha256:bb',
    'invalid signature: invalid signature when validating ASN.1 encoded signature',
    'malformed signature record: unexpected end of JSON input',
    'unsupported signature schema version 1 (this build verifies version 2); re-sign the image',
  ])('is rejected on stderr: %s', (peerReason) => {
    const finding = all('image', [all('signed', [unmet('record', 'unsigned', 'our words', { peerReason })])])
    const { stdout, stderr } = toText(runOver([imageWith(finding)]))
    expect(stdout).toEqual([])
    expect(peersPart(stderr)).toEqual(['✗ Verification FAILED for app:v1', `  ${peerReason}`])
  })

  it.each([
    ['image-found', 'not-found', 'read manifest: '],
    ['record-read', 'denied', 'read signature: '],
    ['key-loaded', 'key-invalid', 'load verification key: '],
    ['store-opened', 'unsupported', 'create storage client: '],
    ['something-else', 'timeout', ''],
  ] as const)('is an error that says where it stopped: %s', (check, code, step) => {
    const finding = all('image', [unknown(check, { code, message: 'the reason' })])
    const { stdout, stderr } = toText(runOver([imageWith(finding, null)]))
    expect(stdout).toEqual([])
    expect(peersPart(stderr)).toEqual([`Error: ${step}the reason`])
  })

  it('keeps our own words where s3lo has none', () => {
    expect(toText(runOver([imageWith(no)])).stderr[1]).toBe('  proven false')
  })
})

describe('what may follow below', () => {
  it('is the verdict with class, code and service, and what to do', () => {
    const outage = unknown('image-found', { code: 'timeout', service: 'storage', message: 'no answer' })
    expect(toText(runOver([imageWith(outage)])).stderr.slice(1)).toEqual([
      '  Verdict: undetermined (infrastructure, timeout, service storage)',
      `  Next:    ${codes.timeout.remedy}`,
    ])
    expect(toText(runOver([imageWith(no)])).stderr.slice(2)).toEqual([
      '  Verdict: rejected (supply-chain, unsigned)',
      `  Next:    ${codes.unsigned.remedy}`,
    ])
  })

  it.each([
    ['rejected', unmet('a', 'unsigned', 'x', { nearMisses: [{ message: 'bob signed' }] })],
    [
      'undetermined',
      unknown('a', { code: 'timeout', message: 'x' }, { nearMisses: [{ message: 'bob signed' }] }),
    ],
  ] as const)('is a near miss where the image is %s', (verdict, finding) => {
    const { stderr } = toText(runOver([imageWith(finding)]))
    const at = stderr.indexOf('  Near miss: bob signed')
    expect(at).toBeGreaterThan(0)
    expect(stderr[at + 1]).toContain(`Verdict: ${verdict}`)
  })

  it('are warnings, whatever the verdict', () => {
    for (const finding of [yes, no, open]) {
      const { stderr } = toText(runOver([imageWith(finding)], { warnings: ['one', 'two'] }))
      expect(stderr.slice(-2)).toEqual(['Warning: one', 'Warning: two'])
    }
  })
})

describe('an image in a registry, in our words', () => {
  it('says which evidence was found, and where', () => {
    const signatures = [simpleSigning, bundle, attestation]
    expect(toText(runOver([registryImage(yes, { signatures })])).stdout).toEqual([
      '✓ Verified app:v1',
      `  Digest:  ${someDigest}`,
      `  Found:   ${simpleSigning.where} (simple-signing)`,
      '  Key:     keys/alice.pub',
      `  Found:   ${bundle.where} (sigstore-bundle)`,
      '  Key:     keys/alice.pub',
      `  Found:   ${attestation.where} (dsse-envelope, https://slsa.dev/provenance/v1)`,
      '  Key:     keys/alice.pub',
    ])
  })

  it.each([registryName, 'oci-layout://folder:v1'])(
    '%s is rejected with our reason, not that of s3lo',
    (reference) => {
      const finding = unmet('record-found', 'unsigned', 'expected a signature, got none', {
        peerReason: 's3lo',
      })
      expect(toText(runOver([registryImage(finding, { reference })])).stderr[1]).toBe(
        '  expected a signature, got none',
      )
    },
  )

  it.each([registryName, 'oci-layout://folder:v1'])(
    '%s is an error without the steps of s3lo',
    (reference) => {
      const finding = unknown('image-found', { code: 'not-found', message: 'no such image' })
      expect(toText(runOver([registryImage(finding, { reference })])).stderr[0]).toBe('Error: no such image')
    },
  )

  it('says once that a reference is invalid', () => {
    const problem = { code: 'reference-invalid', message: 'invalid reference "s3://a": missing tag' } as const
    const image = { ...imageWith(unknown('reference-read', problem), null), reference: 's3://a' }
    expect(toText(runOver([image])).stderr[0]).toBe('Error: invalid reference "s3://a": missing tag')
  })
})

describe('several images', () => {
  const run = (...findings: readonly Finding[]): ReturnType<typeof toText> =>
    toText(runOver(findings.map((finding) => ({ ...verified, ...imageWith(finding) }))))

  it('each have their lines on their stream, and a tally where failures are', () => {
    const { stdout, stderr } = run(yes, no, open, yes)
    expect(stdout.filter((one) => one.startsWith('✓'))).toHaveLength(2)
    expect(stderr.filter((one) => one.startsWith('✗'))).toHaveLength(1)
    expect(stderr.filter((one) => one.startsWith('Error:'))).toHaveLength(1)
    expect(stderr.at(-1)).toBe('rejected: 4 images, 2 verified, 1 rejected, 1 undetermined')
  })

  it('have the tally on stdout when all are verified', () => {
    const { stdout, stderr } = run(yes, yes)
    expect(stdout.at(-1)).toBe('verified: 2 images, 2 verified, 0 rejected, 0 undetermined')
    expect(stderr).toEqual([])
  })
})

describe('a failure that is no image’s', () => {
  it('is an error of the run, without an image and beside one that is verified', () => {
    const wrong = { verdict: 'undetermined', failure: failure('input-invalid', 'mode: got "x"') } as const
    const images: readonly (readonly ImageResult[])[] = [[], [verified]]
    for (const list of images) {
      expect(toText(runOver(list, wrong)).stderr).toEqual([
        'Error: mode: got "x"',
        '  Verdict: undetermined (configuration, input-invalid)',
        `  Next:    ${codes['input-invalid'].remedy}`,
      ])
    }
  })
})

describe('hostile texts', () => {
  it.each(hostileTexts)('%j is no line, no sequence and no command', (text) => {
    const claims = { ...record, keyRef: text, where: text, claimed: { signedAt: text } }
    const signatures = [claims, { ...simpleSigning, keyRef: text, where: text, attests: text }]
    const nearMisses = [{ message: text }]
    const rejected = unmet('a', 'unsigned', text, { peerReason: text, nearMisses })
    const lost = unknown('image-found', { code: 'timeout', message: text }, { nearMisses })
    const images = [yes, rejected, lost].flatMap((finding) => [
      { ...imageWith(finding), reference: text, signatures },
      { ...imageWith(finding), signatures },
    ])
    const { stdout, stderr } = toText(runOver(images, { warnings: [text] }))
    for (const one of [...stdout, ...stderr]) {
      expect(one).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|##\[|^\s*::/u)
    }
    expect(stdout).toHaveLength(12)
  })
})
