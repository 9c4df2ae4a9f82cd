import type { Finding } from '../../src/verdict/finding.js'
import {
  type ImageResult,
  type Origin,
  type PolicyResult,
  type Result,
  type Signature,
  verdictOfRun,
} from '../../src/verdict/result.js'
import type { StatementSummary } from '../../src/verdict/statement-summary.js'
import { imageWith, someDigest } from '../harness/results.js'

export const keyId = '3b78a1c2d4e5f607'
export const registryName = 'registry.example/team/app:v1'

/** An image in a registry. */
export function registryImage(finding: Finding, changes: Partial<ImageResult> = {}): ImageResult {
  const reference = changes.reference ?? registryName
  return { ...imageWith(finding), reference, pinned: `${reference}@${someDigest}`, ...changes }
}

/** A finished run over these images, with the verdict that they have. */
export function runOver(images: readonly ImageResult[], changes: Partial<Result> = {}): Result {
  return {
    ...verdictOfRun(images),
    images,
    keys: [{ reference: 'keys/alice.pub', id: keyId, sha256: 'cd'.repeat(32), type: 'ecdsa-p256' }],
    calls: [{ host: 'registry.example', count: 4 }],
    warnings: [],
    startedAt: '2026-11-21T00:00:00.000Z',
    finishedAt: '2026-11-21T00:00:01.000Z',
    ...changes,
  }
}

const common = { verified: true, keyRef: 'keys/alice.pub', keyId, scheme: 'ecdsa-sha256' } as const

/** A record as s3lo keeps it. */
export const record: Signature = {
  ...common,
  format: 's3lo-record',
  where: `s3://bucket/manifests/app/v1/signatures/${keyId}.json`,
  claimed: { signedAt: '2026-11-21T02:36:03Z', keyRef: 'release.key' },
}

export const logEntry = {
  SignedEntryTimestamp: 'MEUCIQD',
  Payload: { body: 'eyJhIjoxfQ==', integratedTime: 1_795_000_000, logIndex: 7, logID: 'c0ffee' },
}

/** A signature as cosign 1 and 2 made it. */
export const simpleSigning: Signature = {
  ...common,
  format: 'simple-signing',
  where: `registry.example/team/app:sha256-${'ab'.repeat(32)}.sig`,
  claimed: {},
  payload: {
    dockerReference: 'registry.example/team/app',
    type: 'cosign container image signature',
    optional: null,
  },
}

/** A signature as cosign 3 makes it. */
export const bundle: Signature = {
  ...common,
  format: 'sigstore-bundle',
  where: `registry.example/team/app@sha256:${'ef'.repeat(32)}`,
  claimed: {},
  payload: { dockerReference: null, type: 'https://sigstore.dev/cosign/sign/v1', optional: {} },
}

export const envelope = '{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[]}'

/** An attestation, with the envelope that `cosign verify-attestation` prints. */
export const attestation: Signature = {
  ...common,
  format: 'dsse-envelope',
  where: `registry.example/team/app:sha256-${'ab'.repeat(32)}.att`,
  attests: 'https://slsa.dev/provenance/v1',
  claimed: {},
  payload: { dockerReference: null, type: 'https://slsa.dev/provenance/v1', optional: null, envelope },
}

/** Attestations that were read, one of each kind. */
export const statements: readonly StatementSummary[] = [
  {
    kind: 'provenance',
    version: '1',
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    builder: 'https://github.com/o/r/.github/workflows/ci.yml@refs/tags/v1',
    source: {
      uri: 'https://github.com/o/r',
      repository: 'github.com/o/r',
      ref: 'refs/tags/v1',
      digest: 'abc123def456'.padEnd(40, '0'),
    },
    sourceField: 'externalParameters.workflow',
    baseRef: 'refs/heads/main',
    workflow: '.github/workflows/ci.yml',
    invocation: 'https://github.com/o/r/actions/runs/1',
    workingCopy: { uri: 'x' },
    inconsistent: 'a names the ref x, b y',
  },
  {
    kind: 'bill-of-materials',
    format: 'CycloneDX',
    version: '1.5',
    name: 'app',
    components: 143,
    tool: 'syft 1.2',
    createdAt: '2026-01-01T00:00:00Z',
    about: 'image',
    subjectName: 'app:v1',
  },
  {
    kind: 'vulnerability-scan',
    scanner: 'trivy',
    scannerUri: 'pkg:github/aquasecurity/trivy@v0.50.0',
    scannerVersion: '0.50.0',
    databaseVersion: '2',
    startedAt: '2026-11-01T10:00:00Z',
    finishedAt: '2026-11-01T10:05:00Z',
    resultFormat: 'trivy',
    findings: { critical: 2, high: 5, medium: 0, low: 0, negligible: 0, unknown: 1 },
  },
  {
    kind: 'vex',
    author: 'Alice',
    createdAt: '2026-01-01T00:00:00Z',
    statements: { affected: 0, under_investigation: 1, fixed: 0, not_affected: 2, unknown: 0 },
  },
  { kind: 'unread', reason: 'there is no reader for this type' },
]

/** Where an image stands in a manifest. */
export const origin: Origin = {
  file: 'deploy/web.yaml',
  line: 18,
  resource: { kind: 'Deployment', namespace: 'shop', name: 'web' },
  container: 'app',
}

/** What a rule says to it. */
export const row: PolicyResult = {
  policy: 'check-image',
  rule: 'check',
  resource: { kind: 'Deployment', namespace: 'shop', name: 'web' },
  image: registryName,
  result: 'pass',
  message: `verified ${registryName}`,
}

/** Texts that want to be more than text, in a terminal, in a log that a runner reads, or on a page. */
export const hostileTexts: readonly string[] = [
  '\n::error::pwned',
  '\r\n::set-output name=verdict::verified',
  '  ::add-mask::a',
  '##[error]pwned',
  '###[group]x',
  '\u001b[2J\u001b[31mred',
  '\u0085::warning::next line of another alphabet',
  '\u202egnp.exe\u202c',
  'zero\u200bwidth\ufeff\u2060',
  'half\ud800a pair\udc00',
  'a | b | c | d',
  '\\| escaped |',
  '</code></summary></details><script>alert(1)</script>',
  '<img src=x onerror="alert(1)">',
  "'\"><a href='javascript:alert(1)'>x</a>",
  '[click](https://evil.example)',
  '![pixel](https://evil.example/x.png)',
  '<https://evil.example>',
  '1https://evil.example and HTTPS://EVIL.EXAMPLE',
  'www.evil.example',
  'mail someone@evil.example now',
  '`code` **bold** _em_ ~~gone~~ # head',
  '- item',
  '1. item',
  '    block of code',
  '&lt;script&gt; &#60;b&#62;',
  '-->\n\n## Verified',
]
