import { describe, expect, it } from 'vitest'
import { toAnnotations } from '../../src/action/annotations.js'
import { endingOf, type Leniency } from '../../src/verdict/ending.js'
import { failure, type Result } from '../../src/verdict/result.js'
import { aside, no, yes } from '../harness/findings.js'
import { hostileTexts, origin, registryImage, registryName, row, runOver } from '../report/results.js'

const strict: Leniency = { mode: 'enforce', onInfrastructureError: 'fail' }
const annotate = (result: Result, leniency = strict): ReturnType<typeof toAnnotations> =>
  toAnnotations(result, endingOf(result, leniency))

const policyFiles = [{ file: 'policies/check.yaml', language: 'policy', sha256: 'ab'.repeat(32) }]
const pinned = [{ file: 'deploy/web.yaml', text: '', changed: 0 }]
const bad = registryImage(no, { origins: [origin, { ...origin, line: 30 }] })

describe('the annotations of images in manifests', () => {
  it('stand at the first place of the image, and name the others', () => {
    const [only, ...others] = annotate(runOver([bad], { policies: [row], pinned }))
    expect(others).toEqual([])
    expect(only).toMatchObject({
      level: 'error',
      title: 'Rejected: supply chain',
      place: { file: 'deploy/web.yaml', startLine: 18 },
    })
    expect(only?.message.split('\n')).toEqual([
      `${registryName}: proven false`,
      'at deploy/web.yaml:18 Deployment/shop/web, container app',
      'at deploy/web.yaml:30 Deployment/shop/web, container app',
      expect.stringMatching(/^Sign the image/),
    ])
  })

  it('bound the places', () => {
    const [only] = annotate(runOver([{ ...bad, origins: Array.from({ length: 50 }, () => origin) }]))
    expect(only?.message).toContain('\nand 45 more places\n')
  })

  it('have no place without a manifest, from standard input, or where the name hides something', () => {
    const places = [
      undefined,
      [{ ...origin, file: 'standard input' }],
      [{ ...origin, file: 'a\u202eb.yaml' }],
    ]
    for (const origins of places) {
      const [only] = annotate(runOver([registryImage(no, { ...(origins && { origins }) })]))
      expect(only).toBeDefined()
      expect(only).not.toHaveProperty('place')
    }
  })

  it('leave out images that nothing covers, where that is allowed', () => {
    expect(annotate(runOver([registryImage(yes), registryImage(aside, { allowed: true })]))).toEqual([])
  })

  it('say a failure of the run beside those of images, at its place', () => {
    const broken = failure('policy-invalid', 'policies/check.yaml:7: unknown field spec.rulez')
    const all = annotate(runOver([bad], { failure: broken, verdict: 'undetermined', policyFiles }))
    expect(all).toHaveLength(2)
    expect(all[0]).toMatchObject({
      title: 'Undetermined: configuration',
      place: { file: 'policies/check.yaml', startLine: 7 },
    })
  })
})

describe('the annotations of what nobody checks', () => {
  const warnings = [
    'deploy/web.yaml:40: Deployment/shop/web: "app:v1" looks like an image that nobody checks here',
    'policies/check.yaml:12: key is read as an attestor',
    'elsewhere.yaml:3: a file that the run did not read',
    'no rule is about Deployment/shop/web',
  ]

  it('are warnings, at the place that they name if the run read that file', () => {
    const all = annotate(runOver([registryImage(yes)], { warnings, pinned, policyFiles }))
    expect(all.map(({ level, message, place }) => [level, message, place])).toEqual([
      ['warning', warnings[0], { file: 'deploy/web.yaml', startLine: 40 }],
      ['warning', warnings[1], { file: 'policies/check.yaml', startLine: 12 }],
      ['warning', warnings[2], undefined],
      ['warning', warnings[3], undefined],
    ])
  })

  it('are none in a run without policies and manifests, whose warnings the summary has', () => {
    expect(annotate(runOver([registryImage(yes)], { warnings }))).toEqual([])
  })

  it('are at most ten, the last of which speaks for the rest', () => {
    const many = Array.from({ length: 30 }, (_, at) => `warning ${at}`)
    const all = annotate(runOver([registryImage(yes)], { warnings: many, policyFiles }))
    expect(all).toHaveLength(10)
    expect(all.at(-1)?.message).toBe('21 more warnings: see the job summary and the result file')
  })

  it('never push out failures that were let pass as warnings', () => {
    const images = Array.from({ length: 7 }, (_, at) => ({ ...bad, reference: `registry.example/${at}:v1` }))
    const result = runOver(images, { warnings: ['one', 'two', 'three', 'four'], policyFiles })
    const all = annotate(result, { ...strict, mode: 'audit' })
    expect(all.every(({ level }) => level === 'warning')).toBe(true)
    expect(all).toHaveLength(10)
    expect(all.slice(0, 7).map(({ title }) => title)).toEqual(Array(7).fill('Rejected: supply chain'))
    expect(all.at(-1)?.message).toBe('2 more warnings: see the job summary and the result file')
    const crowd = runOver([...images, ...images], { warnings: ['one'], policyFiles })
    expect(annotate(crowd, { ...strict, mode: 'audit' })).toHaveLength(10)
  })
})

describe('hostile texts in annotations', () => {
  it.each(hostileTexts)('%j is no command and no line of its own', (text) => {
    const resource = { kind: text, namespace: text, name: text }
    const image = registryImage(no, {
      reference: text,
      origins: [{ file: text, line: 1, resource, container: text }],
    })
    const all = annotate(
      runOver([image], { warnings: [`${text}:1: ${text}`], pinned: [{ file: text, text: '', changed: 0 }] }),
    )
    expect(all).toHaveLength(2)
    expect(all[0]?.message.split('\n')).toHaveLength(3)
    for (const { message } of all)
      for (const one of message.split('\n'))
        expect(one).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|##\[|^\s*::/u)
    for (const { place } of all)
      if (place) expect(place.file).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u)
  })
})
