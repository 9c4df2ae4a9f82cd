import { readPredicate } from '../../../src/evidence/predicate.js'
import { parseEnvelope } from '../../../src/evidence/dsse.js'
import { readSourceUri } from '../../../src/evidence/git-source.js'
import { scanJson } from '../../../src/evidence/go-json.js'
import { parseManifest } from '../../../src/evidence/oci-manifest.js'
import { parseRecipe } from '../../../src/evidence/recipe.js'
import { decodeBase64, parseRecord } from '../../../src/evidence/s3lo-record.js'
import { severityOf } from '../../../src/evidence/severity.js'
import { parseBundle } from '../../../src/evidence/sigstore-bundle.js'
import { parseLogEntry, parseSimpleSigning } from '../../../src/evidence/simple-signing.js'
import { parseStatement } from '../../../src/evidence/statement.js'
import {
  companionsOfAnnotations,
  companionsOfBundle,
  verifierOf,
} from '../../../src/evidence/transparency.js'
import type { Parser } from '../harness/fuzz-attack.js'
import { ownCases } from '../harness/own-cases.js'

const digest = `sha256:${'ab'.repeat(32)}`
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  subject: { mediaType: 'x', digest, size: 2 },
  manifests: [
    {
      mediaType: 'y',
      digest,
      size: 7,
      platform: { os: 'linux', architecture: 'arm64' },
      annotations: { a: 'b' },
    },
  ],
  layers: [
    { mediaType: 'z', digest, size: 1, annotations: { 'dev.cosignproject.cosign/signature': 'AA==' } },
  ],
})
const statement = JSON.stringify({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'a', digest: { sha256: 'ab' }, annotations: { env: 'prod' } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: { buildDefinition: {} },
})
const recipe = JSON.stringify({ version: 1, size: 3, chunks: [{ digest: 'ab'.repeat(32), size: 3 }] })

const of = (kind: string, part: string): readonly string[] =>
  ownCases().flatMap((one) => (one.kind === kind ? (one.parts[part] ?? []) : []))
const bundles = [...of('sigstore-bundle', 'evidence'), ...of('artifact-bundle', 'evidence')]

const predicates: readonly (readonly [string, unknown])[] = [
  [
    'https://slsa.dev/provenance/v1',
    {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: {
          workflow: { ref: 'refs/heads/main', repository: 'https://github.com/a/b', path: 'x.yml' },
        },
        resolvedDependencies: [
          { uri: 'git+https://github.com/a/b@refs/heads/main', digest: { gitCommit: 'a'.repeat(40) } },
        ],
      },
      runDetails: { builder: { id: 'https://github.com/actions/runner' }, metadata: { invocationId: 'x' } },
    },
  ],
  [
    'https://slsa.dev/provenance/v0.2',
    {
      builder: { id: 'x' },
      buildType: 'y',
      invocation: {
        configSource: {
          uri: 'git+https://github.com/a/b',
          digest: { sha1: 'a'.repeat(40) },
          entryPoint: 'z',
        },
      },
      materials: [{ uri: 'git+https://github.com/a/b', digest: { sha1: 'a'.repeat(40) } }],
    },
  ],
  [
    'https://cyclonedx.org/bom',
    {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: {
        component: { name: 'app', version: '1', hashes: [{ alg: 'SHA-256', content: 'ab' }] },
        tools: { components: [{ name: 't' }] },
      },
      components: [{ type: 'library', name: 'a', licenses: [{ license: { id: 'MIT' } }] }],
      vulnerabilities: [{ id: 'CVE-1', ratings: [{ severity: 'high' }] }],
    },
  ],
  [
    'https://spdx.dev/Document',
    {
      spdxVersion: 'SPDX-2.3',
      name: 'app',
      documentDescribes: ['SPDXRef-a'],
      packages: [
        {
          SPDXID: 'SPDXRef-a',
          name: 'a',
          versionInfo: '1',
          checksums: [{ algorithm: 'SHA256', checksumValue: 'ab' }],
        },
      ],
      relationships: [
        { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-a' },
      ],
    },
  ],
  [
    'https://cosign.sigstore.dev/attestation/vuln/v1',
    {
      scanner: {
        uri: 'pkg:x',
        version: '1',
        result: { Results: [{ Vulnerabilities: [{ VulnerabilityID: 'CVE-1', Severity: 'HIGH' }] }] },
      },
      metadata: { scanStartedOn: '2026-01-01T00:00:00Z', scanFinishedOn: '2026-01-01T00:00:00Z' },
    },
  ],
  [
    'https://openvex.dev/ns',
    {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      author: 'a',
      statements: [{ vulnerability: { name: 'CVE-1' }, status: 'fixed' }],
    },
  ],
]

export const evidenceParsers: readonly Parser[] = [
  { name: 'a manifest', bytes: [manifest], read: parseManifest },
  { name: 'a bundle', bytes: bundles, read: parseBundle },
  {
    name: 'what a bundle carries, and whom its entries name',
    bytes: bundles,
    read: (bytes: Uint8Array): unknown => {
      const companions = companionsOfBundle(bytes)
      return typeof companions === 'string' ? companions : [companions, companions.logEntries.map(verifierOf)]
    },
  },
  {
    name: 'the annotations beside a signature',
    texts: [...of('simple-signing', 'entry'), ...of('simple-signing', 'certificate')],
    read: (text: string): unknown => {
      const logEntry = parseLogEntry(text)
      const companions = companionsOfAnnotations({
        certificate: text,
        chain: text,
        timestamp: text,
        ...(logEntry && { logEntry }),
      })
      return [companions, companions.logEntries.map(verifierOf)]
    },
  },
  { name: 'a simple signing payload', bytes: of('simple-signing', 'evidence'), read: parseSimpleSigning },
  { name: 'an envelope', bytes: of('dsse-envelope', 'evidence'), read: parseEnvelope },
  { name: 'a statement', bytes: [statement], read: parseStatement },
  { name: 'an s3lo record', bytes: of('s3lo-record', 'evidence'), read: parseRecord },
  {
    name: 'JSON as Go reads it',
    bytes: [...of('s3lo-record', 'evidence'), manifest, '{"A":[1,{"b":null}]}'],
    read: scanJson,
  },
  { name: 'base64', texts: ['aGVsbG8=', 'aGVs\nbG8=', 'AA=='], read: decodeBase64 },
  { name: 'a recipe', bytes: [recipe], read: parseRecipe },
  {
    name: 'a source',
    texts: [
      'git+https://github.com/a/b@refs/heads/main',
      'https://user@host.example:8080/x.git',
      'git@github.com:a/b.git',
    ],
    read: readSourceUri,
  },
  { name: 'a severity', values: ['HIGH', 7.5, { score: 9 }], read: severityOf },
  ...predicates.map(([type, sample]) => ({
    name: `a predicate ${type}`,
    values: [sample],
    read: (value: unknown) => readPredicate(type, value),
  })),
]
