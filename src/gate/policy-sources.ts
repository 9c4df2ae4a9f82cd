import { findFiles } from '../files/find.js'
import { readWhole } from '../files/read.js'
import { type Manifest, parseManifest } from '../kubernetes/manifest.js'
import { noValues, type PolicyValues, readPolicyValues } from '../policy/kyverno/values.js'
import { type PolicySet, readPolicySet } from '../policy/policy-set.js'
import type { Problem } from '../verdict/finding.js'
import type { PolicyFile } from '../verdict/result.js'
import { isSignedDocument } from '../policy/witness/containers.js'
import type { SignedFile } from './build/policies.js'
import { fileOf, readPolicy } from './statement-policy.js'

const mostManifestBytes = 16 * 1024 * 1024

/** Policies of clusters, and signed ones about builds; they are told apart by content. */
export interface ReadPolicies {
  /** Undefined: there is none. */
  readonly set: PolicySet | undefined
  readonly signed: readonly SignedFile[]
}

/** @param buildsWanted somebody says how policies about builds are signed: whatever is no resource of a cluster is one */
export async function readPolicies(
  patterns: readonly string[],
  buildsWanted: boolean,
  files: PolicyFile[],
  problems: Problem[],
): Promise<ReadPolicies> {
  const texts: { file: string; text: string }[] = []
  const signed: SignedFile[] = []
  for (const pattern of patterns)
    for (const file of await expand(pattern, 'policy', problems)) {
      const bytes = await readPolicy(file)
      if ('code' in bytes) {
        problems.push(bytes)
        continue
      }
      const text = Buffer.from(bytes).toString()
      const isBuild = isSignedDocument(bytes) || (buildsWanted && !/\bapiVersion\b/.test(text))
      if (isBuild) signed.push({ file, bytes })
      else texts.push({ file, text })
      files.push(fileOf(file, isBuild ? 'build-policy' : 'policy', bytes))
    }
  if (texts.length === 0) return { set: undefined, signed }
  const set = readPolicySet(texts)
  problems.push(...set.problems.map((message): Problem => ({ code: 'policy-invalid', message })))
  return { set, signed }
}

export async function readManifests(
  patterns: readonly string[],
  problems: Problem[],
): Promise<readonly Manifest[]> {
  const manifests: Manifest[] = []
  for (const pattern of patterns) {
    if (pattern === '-') {
      const text = await readStandardInput()
      if (text !== undefined) manifests.push(parseManifest('standard input', text))
      else
        problems.push({
          code: 'limit-exceeded',
          message: `manifests: expected at most ${mostManifestBytes} bytes on standard input, got more`,
        })
      continue
    }
    for (const file of await expand(pattern, 'manifests', problems)) {
      const bytes = await readWhole(file, mostManifestBytes, 'engine')
      if (bytes.kind === 'found') manifests.push(parseManifest(file, decode(bytes.value)))
      else
        problems.push({
          code: 'input-invalid',
          message:
            bytes.kind === 'absent' ? `manifests: no file ${file}` : `manifests: ${bytes.problem.message}`,
        })
    }
  }
  return manifests
}

/** What is no UTF-8 becomes a character that no manifest may hold where it matters. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

async function expand(pattern: string, input: string, problems: Problem[]): Promise<readonly string[]> {
  const found = await findFiles(pattern)
  if (typeof found === 'string')
    problems.push({ code: 'input-invalid', message: `${input}: ${pattern}: ${found}` })
  else if (found.length === 0)
    problems.push({
      code: 'input-invalid',
      message: `${input}: ${pattern}: expected at least one file, got none`,
    })
  return typeof found === 'string' ? [] : found
}

/** Undefined: there is more than is read, and half of it must not pass for the whole. */
async function readStandardInput(): Promise<string | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of process.stdin) {
    parts.push(part as Buffer)
    size += (part as Buffer).length
    if (size > mostManifestBytes) return undefined
  }
  return decode(Buffer.concat(parts))
}

export async function readValues(
  file: string | undefined,
  files: PolicyFile[],
  problems: Problem[],
): Promise<PolicyValues> {
  if (file === undefined) return noValues
  const bytes = await readPolicy(file)
  if ('code' in bytes) {
    problems.push(bytes)
    return noValues
  }
  files.push(fileOf(file, 'values', bytes))
  const values = readPolicyValues(file, Buffer.from(bytes).toString())
  if (typeof values !== 'string') return values
  problems.push({ code: 'policy-invalid', message: values })
  return noValues
}
