import { readSourceUri } from '../evidence/git-source.js'
import type { Demand, NonEmpty, Platforms, ProvenanceDemand } from '../verdict/request.js'
import { isRefused, readList, type Refused, type Wrong } from './values.js'

/** Reads `name=value` a line; a value may hold anything, an equals sign too. */
export function readAnnotations(lines: readonly string[]): Readonly<Record<string, string>> | Refused {
  const entries: [string, string][] = []
  for (const text of lines) {
    const equals = text.indexOf('=')
    if (equals <= 0) return { expected: 'name=value on each line' }
    entries.push([text.slice(0, equals), text.slice(equals + 1)])
  }
  const names = new Set(entries.map(([name]) => name))
  if (names.size < entries.length)
    return { expected: 'each name once: one signature cannot carry two values' }
  return Object.fromEntries(entries)
}

/** `index`, `all`, or platforms as `os/architecture[/variant]`, by line or comma. */
export function readPlatforms(lines: readonly string[]): Platforms | Refused {
  const items = lines.flatMap(commas)
  if (items.length === 0 || (items.length === 1 && items[0] === 'index')) return 'index'
  if (items.length === 1 && items[0] === 'all') return 'all'
  const known = items.every((item) => item === 'index' || /^[a-z0-9]+(\/[a-z0-9_.-]+){1,2}$/.test(item))
  return known ? [...new Set(items)] : { expected: 'index, all, or platforms such as linux/amd64' }
}

export function commas(text: string): readonly string[] {
  return readList(text.replaceAll(',', '\n'))
}

/** What provenance must say. */
export function readProvenanceDemand(
  text: (name: 'source-uri' | 'source-branch' | 'source-tag' | 'builder-id') => string,
): ProvenanceDemand | Wrong {
  const [sourceUri, sourceBranch] = [text('source-uri'), text('source-branch')]
  const [sourceTag, builderId] = [text('source-tag'), text('builder-id')]
  if (sourceUri !== '' && readSourceUri(sourceUri)?.repository === undefined)
    return {
      input: 'source-uri',
      expected: 'a repository such as github.com/owner/repository',
      got: sourceUri,
    }
  return {
    ...(sourceUri !== '' && { sourceUri }),
    ...(sourceBranch !== '' && { sourceBranch }),
    ...(sourceTag !== '' && { sourceTag }),
    ...(builderId !== '' && { builderId }),
  }
}

/** What the signers must have made. */
export function readDemand(
  annotations: Readonly<Record<string, string>> | Refused,
  attestationTypes: readonly string[],
  requireSignature: boolean,
  provenance: ProvenanceDemand,
  policies: readonly string[],
): Demand | Refused {
  if (isRefused(annotations)) return annotations
  const isProvenanceAsked = Object.keys(provenance).length > 0
  const attested = attestationTypes.length > 0 || isProvenanceAsked
  if (attested && !requireSignature && Object.keys(annotations).length > 0) {
    return {
      expected:
        'no annotations with attestation-type (they are of signatures; require-signature asks for both)',
    }
  }
  return {
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(attestationTypes.length > 0 && { attestationTypes: [...new Set(attestationTypes)] }),
    ...(isProvenanceAsked && { provenance }),
    ...(isNonEmpty(policies) && { policies }),
    ...(requireSignature && { requireSignature }),
  }
}

/** Files with a policy about attestations. */
export function readPolicies(paths: readonly string[], isAttestationAsked: boolean): Refused | undefined {
  const odd = paths.find((path) => !/\.(rego|cue)$/.test(path))
  if (odd !== undefined) return { expected: 'files that end in .rego or .cue' }
  if (paths.length > 0 && !isAttestationAsked)
    return { expected: 'attestation-type beside it, which says what it is about (custom in cosign)' }
  return undefined
}

function isNonEmpty<Item>(items: readonly Item[]): items is NonEmpty<Item> {
  return items.length > 0
}
