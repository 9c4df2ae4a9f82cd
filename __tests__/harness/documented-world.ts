import { createPublicKey } from 'node:crypto'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { seal, type Signer, signerOf } from '../verify/sealed.js'
import { azureConnection, azureKey, openAzureServer } from './azure.js'
import { sealKey } from './cosign-key.js'
import { layDocumentedPolicies } from './documented-policies.js'
import { type Certified, type Instance, newInstance, signedAt } from './forged-instance.js'
import { bodies } from './forged-log.js'
import { openGcsServer } from './gcs.js'
import { openGithub } from './github.js'
import { bundleWith, layBundle, laySignature, loggedEnvelope, simplySigned } from './laid-pieces.js'
import type { Holdings } from './registry-answers.js'
import { putImage, signSimply } from './registry-images.js'
import { openRegistry } from './registry.js'
import { dist, type Ran, temporaryFolder } from './run.js'
import { openS3Server } from './s3.js'
import { runShell } from './shell.js'
import { digestOf, type KeyPair, manifest, newKey, signedImage } from './store.js'
import { openTufRepository } from './tuf-repository.js'
import { openWeb } from './web.js'

/**
 * Everything that the command lines of the pages speak of: registries, buckets, a key service, an instance of sigstore,
 * GitHub, and a folder with the files. `org/app`, `org/web`, `team/app` and `app` are signed in every way that a page asks
 * for; nobody signed what is named `unsigned` instead.
 */
export interface DocumentedWorld {
  readonly folder: string
  /** Runs a line as it stands on a page, in that folder, the names of its hosts led to this machine. */
  readonly type: (line: string, env?: Readonly<Record<string, string>>) => Promise<Ran>
  readonly stop: () => Promise<void>
}

const issuer = 'https://token.actions.githubusercontent.com'
const repository = 'https://github.com/org/app'
const ofWorkflow = (ref: string): string => `${repository}/.github/workflows/release.yml@${ref}`
const generator =
  'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/v2.1.0'
const types = {
  signature: 'https://sigstore.dev/cosign/sign/v1',
  provenance: 'https://slsa.dev/provenance/v1',
  vuln: 'https://cosign.sigstore.dev/attestation/vuln/v1',
}

/** Provenance of a build of the repository, of a branch or a tag. */
function provenanceOf(ref: string): object {
  const workflow = { repository, ref, path: '.github/workflows/release.yml' }
  return {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: { workflow },
      resolvedDependencies: [{ uri: `git+${repository}@${ref}`, digest: { gitCommit: 'ab'.repeat(20) } }],
    },
    runDetails: { builder: { id: 'https://github.com/actions/runner' } },
  }
}

export async function openDocumentedWorld(): Promise<DocumentedWorld> {
  const folder = temporaryFolder()
  const instance = newInstance('documented.example')
  const pair = newKey()
  const signer = signerOf({ ...pair, publicKey: createPublicKey(pair.publicPem) }, 'sha256')
  const [registry, github, s3, gcs] = [
    await openRegistry(),
    await openGithub(),
    await openS3Server(),
    await openGcsServer(),
  ]
  const azure = await openAzureServer('account')
  const tuf = await openTufRepository()
  tuf.publish({ trustedRoot: Buffer.from(instance.trustedRoot()) })
  const kms = await openWeb((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(kmsAnswer(pair)))
  })

  const { holdings } = registry
  for (const name of ['org/app', 'org/web', 'team/app']) {
    const digest = putImage(holdings, name)
    signEverything(instance, holdings, name, digest, signer)
    if (name === 'org/app') {
      const bundle = attested(
        instance,
        digest,
        workflowSigner(instance),
        types.provenance,
        provenanceOf('refs/heads/main'),
      )
      github.repositories.set('org/app', new Map([[digest, [{ bundle }]]]))
      laySigned(instance, holdings, 'org/signatures', digest, signer)
    }
  }
  for (const name of ['org/unsigned', 'team/unsigned']) putImage(holdings, name)
  layDocumentedPolicies(folder, registry)

  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  const script = (name: string, line: string): void => {
    write(`bin/${name}`, `#!/bin/sh\n${line}\n`)
    chmodSync(path.join(folder, 'bin', name), 0o755)
  }
  for (const [bucket, put] of [
    ['bucket', s3.put],
    ['bucket', gcs.put],
    ['container', azure.put],
  ] as const)
    put(bucket, { ...signedImage(pair, bucket), 'manifests/unsigned/v1/manifest.json': manifest })
  for (const [name, content] of Object.entries({
    ...signedImage(pair, 'store'),
    'manifests/unsigned/v1/manifest.json': manifest,
  }))
    write(`store/${name}`, content)
  write('cosign.pub', pair.publicPem)
  write('cosign.key', sealKey(pair, 'P'))
  write('trusted_root.json', instance.trustedRoot())
  write('tuf-root.json', tuf.root)
  write(
    'p.rego',
    'package signature\nimport rego.v1\ndefault allow := false\nallow if input.predicate.scanner.uri == "trivy"\n',
  )
  write('app.tar.gz', 'what was built')
  write('unsigned.tar.gz', 'something else')
  write('app.sigstore.json', JSON.stringify(attestedFile(instance, 'what was built', signer)))
  write('regcred.yaml', pullSecret(registry.host))
  layFleet(holdings, pair, (lines) =>
    write('images.txt', lines.map((name) => `${registry.host}/${name}\n`).join('')),
  )
  script('verify-image', `exec node ${JSON.stringify(path.join(dist, 'cli.js'))} "$@"`)
  script('jq', `exec node ${JSON.stringify(path.join(folder, 'jq.mjs'))} "$@"`)
  write('jq.mjs', jq)

  const digest = holdings.repository('org/app').tags.get('v1') ?? ''
  const here = (line: string): string =>
    line
      .replaceAll(/\b(?:ghcr\.io|registry\.example)\//g, `${registry.host}/`)
      .replaceAll('https://s3.example.com', s3.url)
      .replaceAll('sha256:…', digest)
  return {
    folder,
    type: async (line, env = {}) =>
      runShell(`PATH="$PWD/bin:$PATH"\n${here(line)}`, folder, {
        TUF_MIRROR: tuf.url,
        TUF_ROOT_JSON: path.join(folder, 'tuf-root.json'),
        TUF_ROOT: path.join(folder, 'tuf'),
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'reader',
        AWS_SECRET_ACCESS_KEY: 'of-the-reader',
        AWS_ENDPOINT_URL_S3: s3.url,
        AWS_ENDPOINT_URL_KMS: kms.url,
        STORAGE_EMULATOR_HOST: gcs.url,
        AZURE_STORAGE_CONNECTION_STRING: azureConnection(azure, 'account', `AccountKey=${azureKey}`),
        GITHUB_API_URL: github.url,
        RELEASE_KEY: pair.publicPem,
        ...env,
      }),
    stop: async () => {
      for (const one of [registry, github, s3, gcs, azure, tuf, kms]) await one.stop()
    },
  }
}

function workflowSigner(instance: Instance, ref = 'refs/heads/main', name = ofWorkflow(ref)): Certified {
  return instance.certify({
    names: [[0x86, name]],
    issuer,
    said: { 5: 'org/app', 11: 'github-hosted', 12: repository, 14: ref, 16: 'https://github.com/org' },
  })
}

/** All that the lines about registries ask for, on one image. */
function signEverything(
  instance: Instance,
  holdings: Holdings,
  name: string,
  digest: string,
  signer: Signer,
): void {
  laySigned(instance, holdings, name, digest, signer)
  const [main, tag] = [workflowSigner(instance), workflowSigner(instance, 'refs/tags/v1.2.3')]
  const scan = { scanner: { uri: 'trivy' } }
  const statements: readonly (readonly [Signer | Certified, string, object])[] = [
    [signer, types.signature, {}],
    [main, types.signature, {}],
    [tag, types.signature, {}],
    [main, types.provenance, provenanceOf('refs/heads/main')],
    [
      workflowSigner(instance, 'refs/tags/v1.2.3', generator),
      types.provenance,
      provenanceOf('refs/tags/v1.2.3'),
    ],
    [signer, types.provenance, provenanceOf('refs/heads/main')],
    [signer, 'https://example.com/v1', {}],
    [signer, types.vuln, scan],
  ]
  for (const [by, type, predicate] of statements)
    layBundle(holdings, name, digest, attested(instance, digest, by, type, predicate))
}

/** A signature with an annotation and an entry in the log, under the usual tag and under the one with a prefix. */
function laySigned(
  instance: Instance,
  holdings: Holdings,
  name: string,
  digest: string,
  signer: Signer,
): void {
  const signed = simplySigned(signer, digest, { env: 'prod' })
  const { annotation: entry } = instance.log.record(bodies['hashedrekord 0.0.1'](signed.logged), signedAt)
  laySignature(holdings, name, digest, signed, { entry })
  const held = holdings.repository(name)
  const usual = `${digest.replace(':', '-')}.sig`
  held.tags.set(`x-${usual}`, held.tags.get(usual) ?? '')
}

/** A bundle with its entry in the log. */
function attested(
  instance: Instance,
  digest: string,
  by: Signer | Certified,
  predicateType: string,
  predicate: object,
): object {
  const annotations = { env: 'prod' }
  const subject = [{ name: 'image', digest: { sha256: digest.replace('sha256:', '') }, annotations }]
  const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate }
  const envelope = seal(statement, [by])
  const { entry } = instance.log.record(bodies['dsse 0.0.1'](loggedEnvelope(by, envelope)), signedAt)
  return bundleWith(envelope, {
    entries: [entry],
    ...('certificate' in by && { certificate: by.certificate }),
  })
}

function attestedFile(instance: Instance, text: string, signer: Signer): object {
  return attested(instance, digestOf(text), signer, 'https://example.com/v1', {})
}

/** GetPublicKey, as AWS's API reference has it. */
function kmsAnswer({ publicPem }: KeyPair): object {
  const der = createPublicKey(publicPem).export({ type: 'spki', format: 'der' }).toString('base64')
  return {
    KeyId: 'arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012',
    PublicKey: der,
    KeySpec: 'ECC_NIST_P256',
    KeyUsage: 'SIGN_VERIFY',
    SigningAlgorithms: ['ECDSA_SHA_256'],
  }
}

/** As many images as make three shards of at most 500. */
function layFleet(holdings: Holdings, pair: KeyPair, list: (names: readonly string[]) => void): void {
  const names = Array.from({ length: 1001 }, (_, at) => `fleet/app:v${at}`)
  for (const name of names) {
    const tag = name.slice(name.indexOf(':') + 1)
    signSimply(holdings, 'fleet/app', putImage(holdings, 'fleet/app', tag), pair)
  }
  list(names)
}

function pullSecret(host: string): string {
  const auth = Buffer.from('ci:of-the-registry').toString('base64')
  const config = Buffer.from(JSON.stringify({ auths: { [host]: { auth } } })).toString('base64')
  return `apiVersion: v1
kind: Secret
type: kubernetes.io/dockerconfigjson
metadata: { name: regcred }
data: { .dockerconfigjson: ${config} }
`
}

/** The few filters that the pages have; what goes wrong before it is its exit too. */
const jq = `
import { readFileSync } from 'node:fs'
const [filter] = process.argv.slice(2)
const text = readFileSync(0, 'utf8')
if (text.trim() === '') process.exit(1)
const it = JSON.parse(text)
const filters = { '.': () => it, '.verified': () => it.verified, '.verdict': () => it.verdict }
if (!filters[filter]) { console.error('no such filter: ' + filter); process.exit(3) }
console.log(JSON.stringify(filters[filter]()))
`
