import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { isBundleType } from '../../../src/evidence/sigstore-bundle.js'
import {
  certificateAnnotation,
  chainAnnotation,
  logEntryAnnotation,
  signatureAnnotation,
  timestampAnnotation,
} from '../../../src/evidence/simple-signing.js'
import { predicateTypeOf } from '../../../src/evidence/statement.js'
import { readPem } from '../../../src/keys/pem.js'
import { certificateClaims, type IdentityDemand } from '../../../src/verdict/request.js'
import { inWorkspace, readRuns } from '../../evidence/as-run.js'
import { type JudgedCase, judgedCases } from '../../harness/judged-cases.js'
import { sharedFolder } from '../../harness/shared.js'
import { isThere as hasPolicies, peerCases, read as readPolicyFile } from '../../policy/witness/fixtures.js'
import { courtOf } from './court.js'
import type { EvidenceCase, Parts } from './evidence-case.js'

/** Whose fixtures. */
export type Origin = 'cosign' | 'public-good' | 'conformance' | 's3lo' | 'cilock'

const readers: Readonly<Record<Origin, () => readonly EvidenceCase[]>> = {
  cosign: () => registryCases('cosign'),
  'public-good': () => registryCases('public-good'),
  conformance: conformanceCases,
  s3lo: recordCases,
  cilock: policyCases,
}

/**
 * What the fixtures beside this checkout hold that is accepted, each piece of evidence and question once; nothing, and
 * said so, where they are not there.
 */
export async function casesFrom(origin: Origin): Promise<readonly EvidenceCase[]> {
  const seen = new Set<string>()
  const accepted: EvidenceCase[] = []
  for (const one of readers[origin]()) {
    const { name, ...asked } = one
    const id = createHash('sha256').update(JSON.stringify(asked)).digest('hex')
    if (seen.has(id)) continue
    seen.add(id)
    if ((await courtOf(one)(one.parts)) === undefined) continue
    accepted.push({ ...one, name: uniqueName(name, accepted) })
  }
  return accepted
}

function uniqueName(name: string, taken: readonly EvidenceCase[]): string {
  const same = taken.filter((one) => one.name === name || one.name.startsWith(`${name} #`)).length
  return same === 0 ? name : `${name} #${same + 1}`
}

interface Manifest {
  readonly artifactType?: string
  readonly subject?: { readonly digest: string }
  readonly layers?: readonly {
    readonly mediaType: string
    readonly digest: string
    readonly annotations?: Readonly<Record<string, string>>
  }[]
}

/** Every piece of evidence that lies in the repository of a case which is verified. */
function registryCases(from: 'cosign' | 'public-good'): readonly EvidenceCase[] {
  const judged = judgedCases(from)
  if (judged === undefined) return []
  const { folder } = judged
  const text = (file: string): string => readFileSync(path.join(folder, file), 'latin1')
  const repos = JSON.parse(text('repos.json')) as Readonly<
    Record<string, { readonly manifests: object; readonly tags: Readonly<Record<string, string>> }>
  >
  const blob = (digest: string): string => text(path.join('blobs', digest.replace(':', '/')))
  const asked = judged.cases.filter(
    ({ ours, options }) => ours === 'verified' && options['caRoots'] === undefined,
  )
  return asked.flatMap((one) => {
    const { repo, ref, options } = one
    const { manifests, tags } = repos[repo] ?? { manifests: {}, tags: {} }
    const digest = /sha256:.*$/.exec(ref)?.[0] ?? tags[ref] ?? ''
    const option = (name: string): string | undefined =>
      typeof options[name] === 'string' ? options[name] : undefined
    const { key, trustedRoot } = { key: option('key'), trustedRoot: option('trustedRoot') }
    const type =
      one.command === 'verify-attestation' ? predicateTypeOf(option('type') ?? 'custom') : undefined
    const identity = identityOf(one)
    const common = {
      digest,
      log: options['tlog'] === 'ignore' ? ('ignore' as const) : ('require' as const),
      ...(key !== undefined && { key: text(key) }),
      ...(identity && { identity }),
      ...(trustedRoot !== undefined && { root: text(trustedRoot) }),
      ...(options['sct'] === 'ignore' && { sct: 'ignore' as const }),
      ...(options['signedTimestamps'] === true && { stamped: true as const }),
      ...(type !== undefined && { type }),
      ...(options['annotations'] !== undefined && {
        annotations: options['annotations'] as Readonly<Record<string, string>>,
      }),
    }
    const beside = [...new Set([...Object.keys(manifests), ...Object.values(tags)])].map(
      (id) => [id, JSON.parse(blob(id)) as Manifest] as const,
    )
    const tagged = new Set(
      ['sig', 'att'].flatMap((ending) => tags[`${digest.replace(':', '-')}.${ending}`] ?? []),
    )
    return beside.flatMap(([id, { subject, layers = [] }]): EvidenceCase[] => {
      if (subject?.digest !== digest && !tagged.has(id)) return []
      return layers.flatMap(({ mediaType, digest: layer, annotations = {} }): EvidenceCase[] => {
        const evidence = blob(layer)
        const name = one.id
        if (isBundleType(mediaType))
          return [{ ...common, name, kind: 'sigstore-bundle', parts: { evidence } }]
        const kind = mediaType.includes('dsse') ? 'dsse-envelope' : 'simple-signing'
        return [{ ...common, name, kind, parts: { evidence, ...annotationParts(annotations) } }]
      })
    })
  })
}

function identityOf({ options }: JudgedCase): IdentityDemand | undefined {
  const option = (name: string): string | undefined =>
    typeof options[name] === 'string' ? options[name] : undefined
  const [subject, subjectRegexp, issuer, issuerRegexp] = [
    'identity',
    'identityRegexp',
    'issuer',
    'issuerRegexp',
  ].map(option)
  if (subject === undefined && subjectRegexp === undefined) return undefined
  const claims = certificateClaims.flatMap((claim) => {
    const last = claim.split('-').at(-1) ?? ''
    const wanted = option(`github${last.slice(0, 1).toUpperCase()}${last.slice(1)}`)
    return wanted === undefined ? [] : [[claim, wanted]]
  })
  return {
    ...(subject !== undefined && { subject }),
    ...(subjectRegexp !== undefined && { subjectRegexp }),
    ...(issuer !== undefined && { issuer }),
    ...(issuerRegexp !== undefined && { issuerRegexp }),
    ...(claims.length > 0 && { claims: Object.fromEntries(claims) as Record<string, string> }),
  }
}

const partOf: ReadonlyMap<string, string> = new Map([
  [signatureAnnotation, 'signature'],
  [certificateAnnotation, 'certificate'],
  [chainAnnotation, 'chain'],
  [logEntryAnnotation, 'entry'],
  [timestampAnnotation, 'timestamp'],
])

function annotationParts(annotations: Readonly<Record<string, string>>): Parts {
  return Object.fromEntries(
    Object.entries(annotations).flatMap(([name, value]) => {
      const part = partOf.get(name)
      return part === undefined || value === '' ? [] : [[part, value]]
    }),
  )
}

const beacon =
  'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main'

/** Bundles of sigstore's conformance suite, asked about the file's bytes. */
function conformanceCases(): readonly EvidenceCase[] {
  const folder = sharedFolder('conformance')
  const publicGood = sharedFolder('fixtures/public-good')
  if (folder === undefined || publicGood === undefined) return []
  return readdirSync(folder).flatMap((name): EvidenceCase[] => {
    const own = (file: string): string => path.join(folder, name, file)
    if (name.endsWith('_fail') || !statSync(path.join(folder, name)).isDirectory()) return []
    const text = (file: string): string | undefined =>
      existsSync(own(file)) ? readFileSync(own(file), 'latin1') : undefined
    const artifact = text('artifact') ?? readFileSync(path.join(folder, 'a.txt'), 'latin1')
    const key = text('key.pub')
    return [
      {
        name,
        kind: 'artifact-bundle',
        parts: { evidence: text('bundle.sigstore.json') ?? '' },
        digest: `sha256:${createHash('sha256').update(Buffer.from(artifact, 'latin1')).digest('hex')}`,
        artifact,
        log: 'require',
        root:
          text('trusted_root.json') ??
          readFileSync(path.join(publicGood, 'trust/public-good.json'), 'latin1'),
        ...(key === undefined
          ? {
              identity: {
                subject: text('identity')?.trim() ?? beacon,
                issuer: text('issuer')?.trim() ?? 'https://token.actions.githubusercontent.com',
              },
            }
          : { key }),
      },
    ]
  })
}

/** Records that s3lo made, by the public key in PEM. */
function recordCases(): readonly EvidenceCase[] {
  return readRuns().flatMap(({ id, ref, key, verdict, genuine }): EvidenceCase[] => {
    const [, bucket, image, tag] = /^local:\/\/((?:\.\.?\/)?[^/.][^/]*)\/(.+):([^:/]+)$/.exec(ref ?? '') ?? []
    if (bucket === undefined || image === undefined || tag === undefined) return []
    if (verdict !== 'verified' && genuine !== true) return []
    const file = inWorkspace(key ?? '')
    if (key === undefined || !existsSync(file) || !statSync(file).isFile()) return []
    const pem = readFileSync(file, 'latin1')
    const outcome = readPem(pem)
    if (outcome.kind !== 'key') return []
    const folder = inWorkspace(bucket, 'manifests', image, tag)
    const record = path.join(folder, 'signatures', `${outcome.key.id}.json`)
    if (!existsSync(record)) return []
    const manifest = readFileSync(path.join(folder, 'manifest.json'))
    return [
      {
        name: id,
        kind: 's3lo-record',
        parts: { evidence: readFileSync(record, 'latin1') },
        digest: `sha256:${createHash('sha256').update(manifest).digest('hex')}`,
        key: pem,
        location: { bucket, image, tag },
      },
    ]
  })
}

/** Build policies that are signed by a key and pass without further flags. */
function policyCases(): readonly EvidenceCase[] {
  if (!hasPolicies) return []
  const text = (file: string): string => readPolicyFile(file).toString('latin1')
  return peerCases().flatMap((one): EvidenceCase[] => {
    const { id, policy, policyPublicKey, attestations, subjects, flags, expected } = one
    if (flags !== undefined || policyPublicKey === undefined || attestations.length === 0) return []
    const profile = expected['cilock-4.1']?.verdict === 'pass' ? 'cilock' : 'witness'
    if (!Object.values(expected).some(({ verdict }) => verdict === 'pass')) return []
    return [
      {
        name: id,
        kind: 'build-policy',
        parts: {
          policy: text(policy),
          ...Object.fromEntries(attestations.map((file) => [path.basename(file), text(file)])),
        },
        profile,
        key: text(policyPublicKey),
        subjects,
      },
    ]
  })
}
