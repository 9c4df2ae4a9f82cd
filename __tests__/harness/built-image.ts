import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { base64, bom, docker, environment, envelope, type Maker, maker, oci } from '../policy/witness/made.js'
import { leafHash, rootHash } from './merkle-tree.js'
import { type Holdings, indexType, manifestType } from './registry-answers.js'
import { type LoopbackRegistry, openRegistry } from './registry.js'
import { type RanAction, runAction, temporaryFolder } from './run.js'

const aflock = 'https://aflock.ai/attestations'
export const git = `${aflock}/git/v0.1`
export const github = `${aflock}/github/v0.1`
export const githubAction = `${aflock}/github-action/v0.1`
export const materials = `${aflock}/material/v0.3`
export const products = `${aflock}/product/v0.3`
export { bom, docker, environment, oci }

/** Who signs what; the stranger is in no policy. */
export const hands = { policy: maker(), builder: maker(), biller: maker(), stranger: maker() } as const

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex')
export const bare = (digest: string): string => digest.replace('sha256:', '')

interface Blob {
  readonly digest: string
  readonly mediaType: string
  readonly bytes: Buffer
}

export interface Platform {
  readonly architecture: string
  /** `sha256:…`, as all digests here that registries have. */
  readonly manifest: string
  readonly config: string
  /** Of the layer that only it has, unpacked; bare, as those of files are. */
  readonly diffId: string
  /** What the attestors see of it: the tar that docker saves, and the manifest.json in that. */
  readonly tar: string
  readonly savedManifest: string
}

export interface BuiltImage {
  readonly digest: string
  readonly index: string | undefined
  readonly platforms: readonly [Platform, ...Platform[]]
  readonly base: string
  readonly sharedLayer: string
  readonly blobs: readonly Blob[]
}

export interface ImageShape {
  /** Makes it another image. */
  readonly salt?: string
  readonly architectures?: readonly [string, ...string[]]
  /** In an index even where it is alone. */
  readonly indexed?: boolean
  /** Makes another manifest of the same configuration. */
  readonly note?: string
}

export const tagText = 'ghcr.io/example/app:main'
const baseDigest = sha256('the base image that everything is built on')

/** An image as buildx makes it: layers with a shared one, configuration, manifest, and an index where it has platforms. */
export function newBuiltImage(shape: ImageShape = {}): BuiltImage {
  const { salt = '', architectures = ['amd64'], indexed = architectures.length > 1, note } = shape
  const blobs: Blob[] = []
  const put = (mediaType: string, content: string): { mediaType: string; digest: string; size: number } => {
    const bytes = Buffer.from(content)
    const digest = `sha256:${sha256(bytes)}`
    blobs.push({ digest, mediaType, bytes })
    return { mediaType, digest, size: bytes.length }
  }
  const layer = (content: string): ReturnType<typeof put> =>
    put('application/vnd.oci.image.layer.v1.tar', content)
  const shared = layer('the layer of the base image')
  const all = architectures.map((architecture) => {
    const own = layer(`the layer of ${architecture} ${salt}`)
    const config = put(
      'application/vnd.oci.image.config.v1+json',
      JSON.stringify({
        architecture,
        os: 'linux',
        rootfs: { type: 'layers', diff_ids: [shared.digest, own.digest] },
      }),
    )
    const listed = put(
      manifestType,
      JSON.stringify({
        schemaVersion: 2,
        mediaType: manifestType,
        config,
        layers: [shared, own],
        ...(note !== undefined && { annotations: { note } }),
      }),
    )
    const saved = JSON.stringify([{ Config: `blobs/sha256/${bare(config.digest)}`, RepoTags: [tagText] }])
    const platform: Platform = {
      architecture,
      manifest: listed.digest,
      config: config.digest,
      diffId: bare(own.digest),
      tar: sha256(`tar of ${config.digest}`),
      savedManifest: sha256(saved),
    }
    return { listed: { ...listed, platform: { os: 'linux', architecture } }, platform }
  })
  const [first, ...others] = all.map(({ platform }) => platform)
  if (!first) throw new Error('an image has a platform')
  const manifests = all.map(({ listed }) => listed)
  const index = indexed
    ? put(indexType, JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests })).digest
    : undefined
  const digest = index ?? first.manifest
  return {
    digest,
    index,
    platforms: [first, ...others],
    base: baseDigest,
    sharedLayer: bare(shared.digest),
    blobs,
  }
}

export function putBuilt(holdings: Holdings, repository: string, image: BuiltImage, tag = 'v1'): string {
  for (const { digest, mediaType, bytes } of image.blobs) {
    if (mediaType !== manifestType && mediaType !== indexType) holdings.putBlob(repository, mediaType, bytes)
    else {
      const held = holdings.putManifest(
        repository,
        JSON.parse(bytes.toString('utf8')) as object,
        digest === image.digest ? tag : undefined,
      )
      if (held !== digest) throw new Error(`${held} is not ${digest}`)
    }
  }
  return image.digest
}

/** The image as an OCI layout. */
export function layBuilt(folder: string, image: BuiltImage, tag = 'v1'): void {
  mkdirSync(path.join(folder, 'blobs/sha256'), { recursive: true })
  for (const { digest, bytes } of image.blobs)
    writeFileSync(path.join(folder, 'blobs/sha256', bare(digest)), bytes)
  const root = image.blobs.find(({ digest }) => digest === image.digest)
  const entry = {
    mediaType: root?.mediaType,
    digest: image.digest,
    size: root?.bytes.length,
    annotations: { 'org.opencontainers.image.ref.name': tag },
  }
  writeFileSync(path.join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  writeFileSync(path.join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [entry] }))
}

type Digests = Readonly<Record<string, string>>
type Names = Readonly<Record<string, Digests>>

/** What one attestor said, with the subjects and the references back that it adds to its collection. */
export interface Said {
  readonly type: string
  readonly attestation: unknown
  readonly subjects?: Names
  /** Those among the subjects that lead on. */
  readonly backRefs?: readonly string[]
}

const text = (value: string): Digests => ({ sha256: sha256(value) })

export function sayGit(branch = 'main', commit = '3f0c6c0b9229d702f482b2ced68e372c3ed68e78'): Said {
  return {
    type: git,
    attestation: {
      commithash: commit,
      branch,
      authoremail: 'dev@example.com',
      commitdigest: { sha1: commit },
    },
    subjects: {
      [`commithash:${commit}`]: { sha1: commit },
      'authoremail:dev@example.com': text('dev@example.com'),
      [`refnameshort:${branch}`]: text(branch),
    },
    backRefs: [`commithash:${commit}`],
  }
}

export function sayGithub(ref = 'refs/heads/main', run = '4242'): Said {
  const project = 'https://github.com/example/app'
  const pipeline = `${project}/actions/runs/${run}`
  return {
    type: github,
    attestation: {
      jwt: { claims: { ref, repository: 'example/app', runner_environment: 'github-hosted', run_id: run } },
      pipelineid: run,
      pipelineurl: pipeline,
      projecturl: project,
    },
    subjects: { [`pipelineurl:${pipeline}`]: text(pipeline), [`projecturl:${project}`]: text(project) },
    backRefs: [`pipelineurl:${pipeline}`],
  }
}

export const pinnedAction = 'docker/build-push-action@0adf9959216b96bec444f325f1e493d4aa344497'

export function sayAction(actionref = pinnedAction): Said {
  const pinned = /@[0-9a-f]{40}$/.test(actionref)
  return {
    type: githubAction,
    attestation: { actionref, actiontype: 'javascript', ...(pinned && { refpinned: true }) },
    subjects: { [`actionref:${actionref}`]: text(actionref) },
  }
}

/** A tree of files as cilock 4 signs it, by its root and with its leaves; of none the root that all empty ones share. */
export function sayTree(
  type: typeof materials | typeof products,
  files: Readonly<Record<string, string>>,
): Said {
  const sorted = Object.entries(files).sort(([, a], [, b]) => (a < b ? -1 : 1))
  const hashes = sorted.map(([, digest]) =>
    leafHash(createHash('sha256').update(Buffer.from(digest, 'hex')).digest()),
  )
  const merkleRoot = hashes.length === 0 ? sha256('') : rootHash(hashes).toString('hex')
  const name = `tree:${type === materials ? 'materials' : 'products'}`
  return {
    type,
    attestation: {
      merkleRoot,
      treeSize: hashes.length,
      hashAlgorithm: 'sha256',
      construction: 'RFC6962',
      leaves: sorted.map(([file, fileDigest], at) => ({
        path: file,
        fileDigest,
        leafHash: hashes[at]?.toString('hex'),
      })),
    },
    subjects: { [name]: { sha256: merkleRoot } },
    backRefs: [name],
  }
}

export function sayDocker(...digests: readonly string[]): Said {
  const material = { uri: 'pkg:docker/base@1', architecture: 'linux/amd64', digest: { sha256: baseDigest } }
  return {
    type: docker,
    attestation: {
      products: Object.fromEntries(
        digests.map((digest) => [
          bare(digest),
          {
            materials: { 'linux/amd64': [material] },
            imagereferences: [tagText],
            imagedigest: { sha256: bare(digest) },
          },
        ]),
      ),
    },
    subjects: {
      ...Object.fromEntries(digests.map((one) => [`imagedigest:${bare(one)}`, { sha256: bare(one) }])),
      [`imagereference:${tagText}`]: text(tagText),
      [`materialdigest:${baseDigest}`]: { sha256: baseDigest },
    },
  }
}

export function sayOci({ config, tar, savedManifest, diffId }: Platform, sharedLayer: string): Said {
  const imageid = bare(config)
  const own = [`manifestdigest:${savedManifest}`, `imageid:${imageid}`, `imagetag:${tagText}`]
  return {
    type: oci,
    attestation: {
      tardigest: { sha256: tar },
      manifest: [{ Config: `blobs/sha256/${imageid}`, RepoTags: [tagText], Layers: [] }],
      imagetags: [tagText],
      diffids: [{ sha256: sharedLayer }, { sha256: diffId }],
      imageid: { sha256: imageid },
      manifestraw: '',
      manifestdigest: { sha256: savedManifest },
    },
    subjects: {
      [`manifestdigest:${savedManifest}`]: { sha256: savedManifest },
      [`tardigest:${tar}`]: { sha256: tar },
      [`imageid:${imageid}`]: { sha256: imageid },
      [`imagetag:${tagText}`]: text(tagText),
      [`layerdiffid00:${sharedLayer}`]: { sha256: sharedLayer },
      [`layerdiffid01:${diffId}`]: { sha256: diffId },
    },
    backRefs: own,
  }
}

export function sayBill(named: string | undefined, components: readonly object[] = [{ name: 'musl' }]): Said {
  return {
    type: bom,
    attestation: {
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { component: { type: 'container', name: 'image.tar', ...(named && { version: named }) } },
      components,
    },
    subjects: { 'file:bom.cdx.json': text('bom'), 'name:image.tar': text('image.tar') },
    backRefs: ['name:image.tar'],
  }
}

const sayEnvironment: Said = {
  type: environment,
  attestation: { os: 'linux', hostname: 'runner', username: 'runner', variables: { CI: 'true' } },
}

export interface BuildPieces {
  readonly ref?: string
  readonly run?: string
  readonly action?: string
  /** Types that the collection lacks. */
  readonly without?: readonly string[]
  /** In place of what it says of that type. */
  readonly instead?: readonly Said[]
}

function piecesOf(said: readonly Said[], { without = [], instead = [] }: BuildPieces): readonly Said[] {
  return said
    .filter(({ type }) => !without.includes(type))
    .map((one) => instead.find(({ type }) => type === one.type) ?? one)
}

/** What cilock says of the step that builds the image. */
export function buildOf(image: BuiltImage, pieces: BuildPieces = {}): object {
  const [platform] = image.platforms
  const said = [
    sayEnvironment,
    sayGit((pieces.ref ?? 'refs/heads/main').replace('refs/heads/', '')),
    sayGithub(pieces.ref, pieces.run),
    sayTree(materials, { Dockerfile: sha256('FROM base') }),
    sayAction(pieces.action),
    sayTree(products, { 'image.tar': platform.tar, 'docker-metadata.json': sha256(image.digest) }),
    sayDocker(image.digest),
    sayOci(platform, image.sharedLayer),
  ]
  return collectionOf('docker-build', piecesOf(said, pieces))
}

/** What cilock says of the step that lists what is in it. */
export function billOf(image: BuiltImage, pieces: BuildPieces = {}): object {
  const [{ tar, manifest }] = image.platforms
  const said = [
    sayEnvironment,
    sayGithub(pieces.ref, pieces.run),
    sayTree(materials, { 'image.tar': tar }),
    sayTree(products, { 'bom.cdx.json': sha256('bom') }),
    sayBill(manifest),
  ]
  return collectionOf('docker-sbom', piecesOf(said, pieces))
}

/** A statement as cilock 4 writes it. */
export function collectionOf(name: string, said: readonly Said[]): object {
  const named = said.flatMap(({ type, subjects = {}, backRefs = [] }) =>
    Object.entries(subjects).map(([subject, digest]) => ({
      name: `${type}/${subject}`,
      digest,
      leadsOn: backRefs.includes(subject),
    })),
  )
  const [starttime, endtime] = ['2026-11-21T00:00:00Z', '2026-11-21T00:00:01Z']
  return {
    _type: 'https://in-toto.io/Statement/v0.1',
    subject: named.map(({ name: subject, digest }) => ({ name: subject, digest })),
    predicateType: 'https://aflock.ai/attestation-collection/v0.1',
    predicate: {
      name,
      attestations: said.map(({ type, attestation }) => ({ type, attestation, starttime, endtime })),
      backrefs: Object.fromEntries(
        named.filter(({ leadsOn }) => leadsOn).map(({ name: subject, digest }) => [subject, digest]),
      ),
    },
  }
}

const branchRule = `package github.ref
import rego.v1
deny contains msg if {
  input.jwt.claims.ref != "refs/heads/main"
  msg := sprintf("wrong branch: built from %s", [input.jwt.claims.ref])
}`
const actionRule = `package action.source
import rego.v1
deny contains msg if {
  not input.refpinned
  msg := sprintf("action is not pinned to a commit: %s", [input.actionref])
}
deny contains msg if {
  not startswith(input.actionref, "docker/")
  msg := sprintf("action is of no approved source: %s", [input.actionref])
}`
const subjectRule = `package image.subject_match
import rego.v1
deny contains msg if {
  not input.image_digest == input.cosign_subject
  msg := sprintf("image digest mismatch: cilock has %s, cosign signed %s", [input.image_digest, input.cosign_subject])
}`
const billRule = `package sbom.rules
import rego.v1
deny contains "the bill lists nothing" if count(input.components) == 0`

export interface Demanded {
  readonly type: string
  readonly rules?: readonly string[]
}

export interface StepDemand {
  readonly by: readonly Maker[]
  readonly attestations: readonly Demanded[]
  readonly artifactsFrom?: readonly string[]
}

/** The policy of the tutorial: a build on the right branch by a pinned action, and a bill of what it built. */
export const tutorialSteps: Readonly<Record<string, StepDemand>> = {
  'docker-build': {
    by: [hands.builder],
    attestations: [
      { type: environment },
      { type: git },
      { type: github, rules: [branchRule] },
      { type: githubAction, rules: [actionRule] },
      { type: products },
      { type: docker },
      { type: oci, rules: [subjectRule] },
    ],
  },
  'docker-sbom': {
    by: [hands.biller],
    attestations: [
      { type: github, rules: [branchRule] },
      { type: bom, rules: [billRule] },
    ],
    artifactsFrom: ['docker-build'],
  },
}

/** The same without rules, which take an engine: only signatures, types and digests count. */
export function plainSteps(
  without: readonly string[] = [],
  isLoose = without.length > 0,
): Readonly<Record<string, StepDemand>> {
  return Object.fromEntries(
    Object.entries(tutorialSteps).map(([name, { by, attestations, artifactsFrom }]) => {
      const kept = attestations.filter(({ type }) => !without.includes(type)).map(({ type }) => ({ type }))
      return [name, { by, attestations: kept, ...(!isLoose && artifactsFrom && { artifactsFrom }) }]
    }),
  )
}

/** A file with such a policy. */
export function plainPolicy(without?: readonly string[], isLoose?: boolean): Files {
  return { 'policy.json': signPolicy(policyOf(plainSteps(without, isLoose))) }
}

export function policyOf(
  steps: Readonly<Record<string, StepDemand>> = tutorialSteps,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const everybody = [hands.builder, hands.biller]
  return {
    expires: '2035-01-01T00:00:00Z',
    publickeys: Object.fromEntries(everybody.map(({ id, pem }) => [id, { keyid: id, key: base64(pem) }])),
    steps: Object.fromEntries(
      Object.entries(steps).map(([name, { by, attestations, artifactsFrom }]) => [
        name,
        {
          name,
          functionaries: by.map(({ id }) => ({ type: 'publickey', publickeyid: id })),
          ...(artifactsFrom && { artifactsFrom }),
          attestations: attestations.map(({ type, rules = [] }) => ({
            type,
            regopolicies: rules.map((module, at) => ({ name: `rule-${at}`, module: base64(module) })),
          })),
        },
      ]),
    ),
    ...more,
  }
}

export function signPolicy(policy: unknown = policyOf(), by: Maker = hands.policy): Buffer {
  return envelope(policy, by, 'https://witness.testifysec.com/policy/v0.1')
}

export const signBuild = (statement: object, by: Maker = hands.builder): Buffer => envelope(statement, by)
export const signBill = (statement: object, by: Maker = hands.biller): Buffer => envelope(statement, by)

export type Files = Readonly<Record<string, string | Buffer>>

/** A folder with what the image's promotion is decided by: `policy.json`, `policy.pub`, `build.json`, `sbom.json`. */
export function layEvidence(image: BuiltImage, more: Files = {}): string {
  const folder = temporaryFolder()
  const files: Files = {
    'policy.json': signPolicy(),
    'policy.pub': hands.policy.pem,
    'build.json': signBuild(buildOf(image)),
    'sbom.json': signBill(billOf(image)),
    ...more,
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content)
  return folder
}

/** The inputs for that folder. */
export const usualInputs: Readonly<Record<string, string>> = {
  policy: 'policy.json',
  'policy-key': 'policy.pub',
  attestations: 'build.json\nsbom.json',
  retries: '0',
}

/** What is changed of a build that passes. */
export interface Change {
  /** What is in the registry, where that is another image than the one the evidence is about. */
  readonly there?: BuiltImage
  readonly image?: BuiltImage
  readonly files?: (image: BuiltImage) => Files
  readonly inputs?: Readonly<Record<string, string>>
}

export interface Stage {
  readonly image: BuiltImage
  readonly repository: string
  /** Its reference. */
  readonly at: string
}

export interface Workshop {
  readonly registry: LoopbackRegistry
  /** One that no other test has. */
  readonly newImage: (shape?: ImageShape) => BuiltImage
  /** Puts it into a repository of its own. */
  readonly stage: (image: BuiltImage) => Stage
  /** Runs the action over it; the stage has what is in the registry. */
  readonly run: (change?: Change) => Promise<Stage & { readonly ran: RanAction; readonly cwd: string }>
}

export async function openWorkshop(): Promise<Workshop> {
  const registry = await openRegistry()
  let images = 0
  const newImage: Workshop['newImage'] = (shape) => newBuiltImage({ salt: String(images++), ...shape })
  const stage: Workshop['stage'] = (image) => {
    const repository = `built-${images++}`
    putBuilt(registry.holdings, repository, image)
    return { image, repository, at: `${registry.host}/${repository}:v1` }
  }
  return {
    registry,
    newImage,
    stage,
    run: async ({ there, image = newImage(), files, inputs = {} } = {}) => {
      const staged = stage(there ?? image)
      const cwd = layEvidence(image, files?.(image))
      return {
        ...staged,
        cwd,
        ran: await runAction({ image: staged.at, ...usualInputs, ...inputs }, { cwd }),
      }
    },
  }
}
