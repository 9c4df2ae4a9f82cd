import { describe, expect, it } from 'vitest'
import { placeText, ruleText, whyNotChecked } from '../../src/report/place.js'
import { countOutcomes, countsText, worstFirst } from '../../src/report/policy-results.js'
import { toSummary } from '../../src/report/summary.js'
import { toText } from '../../src/report/text.js'
import { message } from '../../src/report/words.js'
import { all } from '../../src/verdict/algebra.js'
import { endingOf } from '../../src/verdict/ending.js'
import {
  failure,
  type ImageResult,
  type Origin,
  type PolicyResult,
  type Result,
} from '../../src/verdict/result.js'
import { aside, no, open, yes } from '../harness/findings.js'
import { someDigest } from '../harness/results.js'
import { hostileTexts, origin, registryImage, registryName, row, runOver } from './results.js'

const strict = { mode: 'enforce', onInfrastructureError: 'fail' } as const
const summarise = (result: Result, pinnedTo?: string): string =>
  toSummary(result, endingOf(result, strict), pinnedTo)

const bare: Origin = { file: 'list.json', line: 3 }
const named = (name: string, image: ImageResult): ImageResult => ({
  ...image,
  reference: `registry.example/${name}:v1`,
})
const good = registryImage(yes, { origins: [origin, bare] })
const bad = named('bad', registryImage(all('image', [no]), { origins: [origin] }))
const lost = named('lost', registryImage(open, { origins: [bare] }))
const left = named('left', registryImage(aside, { origins: [bare], allowed: true }))

const rows: readonly PolicyResult[] = [
  { ...row, image: left.reference, result: 'skip', message: 'skipping image reference (left*)' },
  row,
  { ...row, image: bad.reference, result: 'fail', message: 'proven false' },
  { ...row, rule: '', policy: 'signed', image: lost.reference, result: 'error', message: 'no answer' },
  { ...row, rule: 'late', image: good.reference, result: 'warn', message: 'only a warning: old' },
]
const mixed = runOver([good, bad, lost, left], {
  policies: rows,
  pinned: [
    { file: 'deploy/web.yaml', text: '', changed: 1 },
    { file: 'list.json', text: '', changed: 0 },
  ],
  policyFiles: [{ file: 'policies/check.yaml', language: 'policy', sha256: '12'.repeat(32) }],
  warnings: ['deploy/job.yaml:4: nobody checks it'],
})

describe('places and rules in words', () => {
  it.each([
    [origin, 'deploy/web.yaml:18 Deployment/shop/web, container app'],
    [bare, 'list.json:3'],
    [{ ...bare, container: 'c' }, 'list.json:3, container c'],
  ])('%o is %s', (place, text) => {
    expect(placeText(place)).toBe(text)
  })

  it('names a policy once where it has no rule of another name', () => {
    expect(ruleText(row)).toBe('check-image/check')
    expect(ruleText({ policy: 'signed', rule: '' })).toBe('signed')
    expect(ruleText({ policy: 'signed', rule: 'signed' })).toBe('signed')
  })

  it('says why nobody checked an image: the rule that leaves it out, or that nothing covers it', () => {
    expect(whyNotChecked(left, rows)).toBe(
      'check-image/check leaves it out: skipping image reference (left*)',
    )
    expect(whyNotChecked(good, rows)).toBe('no policy covers it')
  })

  it('counts every outcome, and sorts the worst first without losing any', () => {
    expect(countsText(countOutcomes(rows))).toBe('1 pass, 1 fail, 1 warn, 1 error, 1 skip')
    expect(countOutcomes([])).toEqual({ pass: 0, fail: 0, warn: 0, error: 0, skip: 0 })
    expect(worstFirst(rows).map(({ result }) => result)).toEqual(['fail', 'error', 'warn', 'skip', 'pass'])
  })
})

describe('the text of a run over manifests and policies', () => {
  const { stdout, stderr } = toText(mixed, 'out')

  it('names images whole, with their places', () => {
    expect(stdout.slice(0, 4)).toEqual([
      `✓ Verified ${registryName}`,
      `  Digest:  ${someDigest}`,
      '  At:      deploy/web.yaml:18 Deployment/shop/web, container app',
      '  At:      list.json:3',
    ])
    expect(stderr).toContain('✗ Verification FAILED for registry.example/bad:v1')
    expect(stderr).toContain('Error: registry.example/lost:v1: no answer')
  })

  it('says of an image that nobody checked that it is so, and why', () => {
    const at = stderr.indexOf('– Not checked: registry.example/left:v1')
    expect(stderr.slice(at + 1, at + 3)).toEqual([
      '  check-image/check leaves it out: skipping image reference (left*)',
      '  At:      list.json:3',
    ])
    expect(stderr.filter((one) => one.includes('nothing-to-verify'))).toEqual([])
  })

  it('lists what each rule says, the worst first, and counts', () => {
    const at = stderr.indexOf('Policies: 1 pass, 1 fail, 1 warn, 1 error, 1 skip')
    expect(stderr.slice(at + 1, at + 7)).toEqual([
      '  fail  check-image/check Deployment/shop/web registry.example/bad:v1: proven false',
      '  error signed Deployment/shop/web registry.example/lost:v1: no answer',
      `  warn  check-image/late Deployment/shop/web ${registryName}: only a warning: old`,
      '  skip  check-image/check Deployment/shop/web registry.example/left:v1: skipping image reference (left*)',
      `  pass  check-image/check Deployment/shop/web ${registryName}`,
      'rejected: 4 images, 1 verified, 1 rejected, 1 undetermined, 1 not checked',
    ])
  })

  it('ends with what nobody checked, and lists the manifests that came out', () => {
    expect(stderr.at(-1)).toBe('Warning: deploy/job.yaml:4: nobody checks it')
    expect(stdout.slice(-3)).toEqual([
      'Manifests with digests, in out:',
      '  deploy/web.yaml: 1 written',
      '  list.json: none written',
    ])
    expect(toText(mixed).stdout.join('\n')).not.toContain('Manifests with digests')
  })

  it('has the policies on stdout when all is verified', () => {
    const fine = toText(runOver([good], { policies: [row] }))
    expect(fine.stdout).toContain('Policies: 1 pass, 0 fail, 0 warn, 0 error, 0 skip')
    expect(fine.stderr).toEqual([])
  })

  it('says an error of the run beside images that failed otherwise', () => {
    const broken = failure('policy-invalid', 'p.yaml:3: unknown field')
    const lines = toText(runOver([bad], { failure: broken })).stderr
    expect(lines).toContain('Error: p.yaml:3: unknown field')
    // Of an image that nobody checked it is not said what it lacks: the run's own failure must not vanish behind it.
    expect(toText(runOver([left])).stderr).toContain('Error: does not count')
  })

  it('does not call admitted what nobody looked at verified by digest', () => {
    const admitted = toText(runOver([registryImage(yes, { digest: null, pinned: null })]))
    expect(admitted.stdout[1]).toBe('  Digest:  none: a static policy admits it, nothing was looked at')
  })

  it('is bounded: places, rows and manifests', () => {
    const many = toText(
      runOver([registryImage(yes, { origins: Array.from({ length: 500 }, () => origin) })], {
        policies: Array.from({ length: 5000 }, () => row),
        pinned: Array.from({ length: 5000 }, () => ({ file: 'a.yaml', text: '', changed: 1 })),
      }),
      'out',
    ).stdout
    expect(many.length).toBeLessThan(450)
    expect(many).toContain('  At:      … and 490 more places')
    expect(many).toContain('  … and 4800 more in the result document')
    expect(many).toContain('  … and 4800 more')
  })
})

describe('the sentence about a run with images that nobody checked', () => {
  it('does not call them verified', () => {
    expect(message(runOver([good, left]))).toBe(
      `${registryName} is verified: ${someDigest}; 1 that no policy covers is not checked`,
    )
    expect(message(runOver([good, good, left, left]))).toBe(
      '2 images are verified; 2 that no policy covers are not checked',
    )
  })

  it('says that a static policy admits what was not looked at', () => {
    expect(message(runOver([registryImage(yes, { digest: null })]))).toBe(
      `${registryName} is admitted by a static policy: nothing was looked at`,
    )
  })

  it('names the image that speaks for the run, not one that nobody checked', () => {
    const uncovered = named('bare', registryImage(aside))
    expect(message(runOver([left, uncovered, good]))).toBe(
      'undetermined: registry.example/bare:v1: does not count',
    )
  })
})

describe('the summary of a run over manifests and policies', () => {
  const page = summarise(mixed, 'out')
  const section = (title: string): string => page.split('### ').find((part) => part.startsWith(title)) ?? ''

  it('says what nobody checked right below the verdict', () => {
    expect(page).toMatch(
      /^## ❌ Rejected: supply chain\n\n4 images: 1 rejected, 1 undetermined, 1 not checked, 1 verified\.\n\n> \[!WARNING\]\n> - deploy\/job\.yaml:4: nobody checks it\n\n\*\*Whose turn/,
    )
  })

  it('says what failed and where it stands, before what may be deployed', () => {
    expect(page.indexOf('### What failed')).toBeLessThan(page.indexOf('### Deploy by digest'))
    expect(section('What failed')).toContain(
      '- <code>registry.example/bad:v1</code> `unsigned`: proven false\n  - At <code>deploy/web.yaml:18 Deployment/shop/web, container app</code>\n',
    )
  })

  it('lists what nobody checked apart from what failed', () => {
    expect(section('Not checked')).toBe(
      'Not checked\n\n- <code>registry.example/left:v1</code> at <code>list.json:3</code>: check-image/check leaves it out: skipping image reference (left&#42;)\n\n',
    )
    expect(section('What failed')).not.toContain('left')
    expect(section('Images')).toContain(
      '| ➖&nbsp;not&nbsp;checked | <code>registry.example/left:v1</code> |',
    )
  })

  it('lists the manifests that came out, where they were asked for', () => {
    expect(section('Manifests with digests')).toContain(
      '- <code>deploy/web.yaml</code>: 1 digest written\n- <code>list.json</code>: no digest written',
    )
    expect(summarise(mixed)).not.toContain('### Manifests with digests')
  })

  it('has the places of an image in its row, and no such column without manifests', () => {
    expect(section('Images')).toContain('| Verdict | Image | Where | Signed by |')
    expect(section('Images')).toContain(
      '| <code>deploy/web.yaml:18</code><br>Deployment/shop/web (app)<br><code>list.json:3</code> |',
    )
    expect(summarise(runOver([registryImage(yes)]))).toContain('| Verdict | Image | Signed by | Digest |')
  })

  it('has a row for each rule, resource and image, the worst first', () => {
    const table = section('What the policies say')
      .split('\n')
      .filter((one) => one.startsWith('| '))
    expect(table.slice(2).map((one) => /&nbsp;(\w+)/.exec(one)?.[1])).toEqual([
      'fail',
      'error',
      'warn',
      'skip',
      'pass',
    ])
    expect(table[2]).toBe(
      '| ❌&nbsp;fail | <code>check-image/check</code> | <code>Deployment/shop/web</code><br><code>registry.example/bad:v1</code> | proven false |',
    )
    expect(section('What the policies say')).toContain('1 pass, 1 fail, 1 warn, 1 error, 1 skip')
  })

  it('names the files of policies with their hashes', () => {
    expect(page).toContain(
      '**Policies read:** <code>policies/check.yaml</code> (SHA-256 <code>121212121212</code>…)',
    )
  })

  it('is bounded, and says how much is not shown', () => {
    const origins = Array.from({ length: 100 }, () => origin)
    const big = summarise(
      runOver(
        Array.from({ length: 300 }, () => ({ ...bad, origins })),
        {
          policies: Array.from({ length: 10_000 }, () => row),
          pinned: Array.from({ length: 1000 }, () => ({ file: 'a.yaml', text: '', changed: 2 })),
        },
      ),
      'out',
    )
    expect(Buffer.byteLength(big)).toBeLessThan(1024 * 1024)
    expect(big).toContain('… and 9900 more in the result file')
    expect(big).toContain('- … and 900 more')
    expect(big).toContain('  - … and at 95 more places')
    expect(big).toContain('<br>… and 97 more |')
  })
})

describe('hostile names in manifests and policies', () => {
  const own = /<\/?(code|pre|details|summary|ul|li|b|p)>|<br>|<!-- -->/g
  const everywhere = (text: string): Result => {
    const resource = { kind: text, namespace: text, name: text }
    const place = { file: text, line: 1, resource, container: text }
    const about = { reference: text, origins: [place] }
    return runOver(
      [yes, no, open]
        .map((finding) => registryImage(finding, about))
        .concat(registryImage(aside, { ...about, allowed: true })),
      {
        policies: (['pass', 'fail', 'warn', 'error', 'skip'] as const).map((result) => ({
          policy: text,
          rule: `${text}x`,
          resource,
          image: text,
          result,
          message: text,
        })),
        pinned: [{ file: text, text: '', changed: 1 }],
        policyFiles: [{ file: text, language: 'policy', sha256: 'ab'.repeat(32) }],
        warnings: [text],
      },
    )
  }

  it.each(hostileTexts)('%j opens no tag, link, cell, line or command', (text) => {
    const page = summarise(everywhere(text), text)
    const calm = summarise(everywhere('calm'), 'calm')
    expect(page.replace(own, '')).not.toMatch(/[<>](?! )|https?:|ftp:|www\.|\]\(/i)
    expect(page.match(own)?.filter((tag) => tag !== '<!-- -->')).toEqual(calm.match(own))
    expect(page.split('\n')).toHaveLength(calm.split('\n').length)
    expect(page).not.toMatch(/##\[|^\s*::/m)
    const { stdout, stderr } = toText(everywhere(text), text)
    const lines = toText(everywhere('calm'), 'calm')
    expect([stdout.length, stderr.length]).toEqual([lines.stdout.length, lines.stderr.length])
    for (const one of [...stdout, ...stderr])
      expect(one).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|##\[|^\s*::/u)
  })
})
