import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { imagesOf } from '../../../src/kubernetes/images.js'
import { parseManifest } from '../../../src/kubernetes/manifest.js'
import { coverageOf } from '../../../src/policy/kyverno/coverage.js'
import { type KyvernoFile, readKyverno } from '../../../src/policy/kyverno/read.js'
import { noSurroundings, titleOf } from '../../../src/policy/kyverno/resource.js'
import { readDocuments } from '../../../src/policy/documents.js'
import { sharedFolder } from '../../harness/shared.js'

interface Case {
  readonly id: string
  readonly engine: string
  readonly policy: string
  readonly resource: string
  readonly exceptions?: string
  readonly args?: readonly string[]
  readonly ours: string
  readonly expect: {
    readonly exit: number
    readonly rejected?: string
    readonly stderr?: string
    readonly results?: readonly {
      readonly policy: string
      readonly rule: string
      readonly resource: string
      readonly result: string
      readonly message?: string
    }[]
  }
}

const folder = sharedFolder('fixtures/kyverno')

/** Dropped in silence by Kyverno, problems here. */
const droppedByKyverno = new Set(['k-load-unknown', 'k-load-typevalue'])
/** Refused here when it is loaded; Kyverno loads it, and then every image fails. */
const refusedHere = new Set(['k-att-notype'])
/** Kyverno takes the last of two keys; which one runs is for nobody to guess. */
const refusedManifests = new Set(['k-edge-dupkey'])
/** A container that Kyverno stumbles over hides the others from it, not from us. */
const hiddenFromKyverno = new Set(['k-edge-badname', 'k-edge-noname', 'k-edge-yaml11', 'k-edge-list'])

describe.skipIf(folder === undefined)('Kyverno’s own answers', () => {
  const base = folder ?? ''
  const read = (file: string): KyvernoFile => {
    const { documents, problems } = readDocuments(file, readFileSync(path.join(base, file), 'utf8'))
    expect(problems, file).toEqual([])
    return readKyverno(file, documents)
  }
  const index = (folder === undefined
    ? { cases: [] }
    : JSON.parse(readFileSync(path.join(base, 'index.json'), 'utf8'))) as unknown as {
    cases: readonly Case[]
  }
  const cases = index.cases.filter(
    ({ engine, policy }) => engine === 'kyverno-verifyImages' && policy.startsWith('policies/k-'),
  )

  it('are there', () => {
    expect(cases.length).toBeGreaterThan(150)
  })

  it('every policy file is read to the end', () => {
    const files =
      folder === undefined
        ? []
        : readdirSync(path.join(base, 'policies')).filter((name) => name.startsWith('k-'))
    const refused = files.filter((name) => {
      const { policies, problems } = read(`policies/${name}`)
      expect(policies.length > 0, name).toBe(problems.length === 0)
      return problems.length > 0
    })
    expect(refused).toMatchInlineSnapshot(`
      [
        "k-alg-bad.yaml",
        "k-att-notype.yaml",
        "k-audit-md.yaml",
        "k-blob-count3.yaml",
        "k-load-empty-entry.yaml",
        "k-load-keyless-empty.yaml",
        "k-load-noentries.yaml",
        "k-load-norefs.yaml",
        "k-load-notary-keys.yaml",
        "k-load-two-kinds.yaml",
        "k-load-typevalue.yaml",
        "k-load-unknown.yaml",
        "k-load-varref.yaml",
      ]
    `)
  })

  it.each(cases.map((one) => [one.id, one] as const))('%s: loads or is refused', (id, one) => {
    const { policies, problems } = read(one.policy)
    const refused = one.expect.rejected !== undefined || droppedByKyverno.has(id) || refusedHere.has(id)
    expect(
      problems.map(({ message }) => message),
      id,
    ).toHaveLength(refused ? problems.length || 1 : 0)
    expect(policies).toHaveLength(refused ? 0 : policies.length)
    if (refused) expect(one.ours).not.toBe('verified')
  })

  it.each(
    cases
      .filter(
        ({ id, expect: { rejected } }) =>
          rejected === undefined && !droppedByKyverno.has(id) && !refusedHere.has(id),
      )
      .map((one) => [one.id, one] as const),
  )('%s: the same rules are about the same images', (id, one) => {
    const { policies } = read(one.policy)
    const file = one.exceptions === undefined ? undefined : read(one.exceptions)
    const manifest = parseManifest(one.resource, readFileSync(path.join(base, one.resource), 'utf8'))
    if ((one.expect.stderr !== undefined && !hiddenFromKyverno.has(id)) || refusedManifests.has(id)) {
      expect(manifest.problems, id).not.toEqual([])
      return
    }
    const coverages = manifest.resources.map((resource) => ({
      title: titleOf(resource),
      coverage: coverageOf(
        policies,
        file?.exceptions ?? [],
        resource,
        (extractors) => imagesOf(resource, extractors, (_, value) => value.replace('docker://', '')),
        noSurroundings,
      ),
    }))
    const said = one.expect.results ?? []
    const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort()
    const ours = unique(
      coverages.flatMap(({ title, coverage: { images } }) =>
        images.flatMap(({ duties, skips }) =>
          [...duties, ...skips].map(({ policy, rule }) => `${policy.name} ${rule.name} ${title}`),
        ),
      ),
    )
    const loud = coverages.flatMap(({ coverage }) => coverage.notes.filter((note) => note.loud))
    if (hiddenFromKyverno.has(id)) {
      expect(said).toEqual([])
      expect(ours).not.toEqual([])
      if (id !== 'k-edge-list') expect(loud).not.toEqual([])
      return
    }
    expect(ours).toEqual(unique(said.map(({ policy, rule, resource }) => `${policy} ${rule} ${resource}`)))
    if (said.length === 0) expect(loud, 'nothing is checked, and it is said').not.toEqual([])

    const skipped = coverages.flatMap(({ coverage: { images } }) =>
      images.flatMap(({ reference, skips }) =>
        reference.kind === 'unreadable' ? [] : skips.map((skip) => ({ ...skip, matched: reference.matched })),
      ),
    )
    const messages = said.map(({ message = '' }) => message)
    expect(
      unique(
        skipped
          .filter(({ reason }) => reason !== 'exception')
          .map(({ matched, rule }) => `${matched} ${rule.name}`),
      ),
    ).toEqual(
      unique(
        messages.flatMap((text) => {
          const found = /^skipping image reference image (\S+), policy \S+ ruleName (\S+)$/.exec(text)
          return found ? `${String(found[1])} ${String(found[2])}` : []
        }),
      ),
    )
    const withoutDigest = coverages.flatMap(({ coverage: { images } }) =>
      images.flatMap(({ reference, duties, skips }) =>
        [...duties, ...skips].some(({ missingDigest }) => missingDigest) && reference.kind === 'image'
          ? [reference.matched]
          : [],
      ),
    )
    for (const matched of withoutDigest) expect(messages).toContain(`missing digest for ${matched}`)
    // Where the digest could not be fetched, Kyverno misses it too.
    if (!messages.some((text) => text.startsWith('failed to')))
      expect(unique(withoutDigest).length).toBe(
        unique(messages.filter((text) => text.startsWith('missing digest'))).length,
      )
  })

  it('an exception file is there', () => {
    if (folder !== undefined) expect(existsSync(path.join(base, 'exceptions/k-exception.yaml'))).toBe(true)
    if (folder !== undefined) expect(read('exceptions/k-exception.yaml').exceptions).toHaveLength(1)
  })
})
