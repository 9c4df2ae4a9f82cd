import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { sharedFolder } from './shared.js'

/** A case that cosign itself judged, and what we say to it. */
export interface JudgedCase {
  readonly id: string
  readonly repo: string
  readonly ref: string
  readonly command: 'verify' | 'verify-attestation'
  readonly options: Readonly<Record<string, unknown>>
  readonly expect: { readonly cosign?: string }
  readonly ours: 'verified' | 'rejected' | 'undetermined' | 'unsupported' | 'free'
}

export interface JudgedCases {
  readonly folder: string
  readonly cases: readonly JudgedCase[]
  /** Starts the registry that holds the images. @returns `host:port`, and what stops it */
  readonly serve: () => Promise<{ readonly registry: string; readonly stop: () => void }>
}

/** @returns undefined, and says so, when the cases are not beside this checkout */
export function judgedCases(name: 'cosign' | 'public-good'): JudgedCases | undefined {
  const folder = sharedFolder(`fixtures/${name}`)
  const server = sharedFolder('fixtures/cosign')
  if (folder === undefined || server === undefined) return undefined
  const index = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as {
    cases: readonly JudgedCase[]
  }
  return {
    folder,
    cases: index.cases,
    serve: async () => {
      const { serve } = (await import(pathToFileURL(path.join(server, 'serve.mjs')).href)) as {
        serve: (options: { dir: string }) => Promise<Server>
      }
      const running = await serve({ dir: folder })
      const { port } = running.address() as AddressInfo
      return { registry: `127.0.0.1:${String(port)}`, stop: () => void running.close() }
    },
  }
}

const fileFlags: Readonly<Record<string, string>> = {
  key: '--key',
  trustedRoot: '--trusted-root',
  caRoots: '--ca-roots',
  caIntermediates: '--ca-intermediates',
}
const textFlags: Readonly<Record<string, string>> = {
  identity: '--certificate-identity',
  identityRegexp: '--certificate-identity-regexp',
  issuer: '--certificate-oidc-issuer',
  issuerRegexp: '--certificate-oidc-issuer-regexp',
  githubTrigger: '--certificate-github-workflow-trigger',
  githubSha: '--certificate-github-workflow-sha',
  githubName: '--certificate-github-workflow-name',
  githubRepository: '--certificate-github-workflow-repository',
  githubRef: '--certificate-github-workflow-ref',
  tagPrefix: '--attachment-tag-prefix',
}

/** The flags that the neutral options of a case mean; undefined where this tool has none on purpose. */
export function flagsOf(
  { options, command }: JudgedCase,
  folder: string,
  registry: string,
): readonly string[] | undefined {
  if (options['checkClaims'] === false || options['certificateChain'] !== undefined) return undefined
  const text = (name: string): string | undefined => {
    const value = options[name]
    return typeof value === 'string' ? value : undefined
  }
  const flag = (
    names: Readonly<Record<string, string>>,
    read: (value: string) => string,
  ): readonly string[] =>
    Object.entries(names).flatMap(([option, name]) => {
      const value = text(option)
      return value === undefined ? [] : [name, read(value)]
    })
  const annotations = Object.entries((options['annotations'] ?? {}) as Readonly<Record<string, string>>)
  const repository = text('signatureRepository')
  return [
    ...flag(fileFlags, (value) => path.join(folder, value)),
    ...flag(textFlags, (value) => value),
    ...(options['tlog'] === 'ignore' ? ['--insecure-ignore-tlog'] : []),
    ...(options['sct'] === 'ignore' ? ['--insecure-ignore-sct'] : []),
    ...(options['signedTimestamps'] === true ? ['--use-signed-timestamps'] : []),
    ...(command === 'verify-attestation' ? ['--attestation-type', text('type') ?? 'custom'] : []),
    ...annotations.flatMap(([name, value]) => ['-a', `${name}=${value}`]),
    ...(repository === undefined ? [] : ['--signature-repository', `${registry}/${repository}`]),
  ]
}

export function referenceOf({ repo, ref }: JudgedCase, registry: string): string {
  return `${registry}/${repo}${ref.startsWith('sha256:') ? '@' : ':'}${ref}`
}
