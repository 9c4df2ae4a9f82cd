import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type About, htmlReport } from '../../../src/report/html/page.js'
import { palettes } from '../../../src/report/html/style.js'
import { all as allOf } from '../../../src/verdict/algebra.js'
import { endingOf, type Leniency } from '../../../src/verdict/ending.js'
import { met, unmet } from '../../../src/verdict/finding.js'
import { failure, type ImageResult, type Result } from '../../../src/verdict/result.js'
import { aside, no, open, yes } from '../../harness/findings.js'
import { all, type Element, readPage, rowsOf, sectionOf, textOf } from '../../harness/html.js'
import { someDigest } from '../../harness/results.js'
import {
  bundle,
  hostileTexts,
  origin,
  record,
  registryImage,
  registryName,
  row,
  runOver,
  simpleSigning,
} from '../results.js'

const strict: Leniency = { mode: 'enforce', onInfrastructureError: 'fail' }
const about: About = {
  inputs: { key: ['keys/alice.pub'], mode: 'enforce', offline: '' },
  tool: { name: 'verify-image', version: '1.2.3', sha256: 'fe'.repeat(32) },
}

function write(result: Result, leniency = strict, beside = about): string {
  return [...htmlReport(result, endingOf(result, leniency), beside)].join('')
}
const read = (result: Result, leniency = strict, beside = about): Element =>
  readPage(write(result, leniency, beside))
const headings = (page: Element): readonly string[] =>
  all(page, 'h1', 'h2', 'h3').map((one) => `${one.name} ${textOf(one)}`)
const sectionText = (page: Element, title: string): string => textOf(sectionOf(page, title) ?? page)

const named = (name: string, image: ImageResult): ImageResult => ({
  ...image,
  reference: `registry.example/${name}:v1`,
  pinned: image.pinned === null ? null : `registry.example/${name}:v1@${someDigest}`,
})
const good = registryImage(allOf('image', [met('image-found', 'there'), met('signed', 'signed by alice')]), {
  signatures: [
    { ...simpleSigning, times: [{ at: '2026-11-20T10:00:00.000Z', by: 'log-entry' }] },
    { ...bundle, verified: false, keyRef: 'keys/mallory.pub' },
  ],
})
const missed = unmet('signed', 'unsigned', 'nobody signed', { nearMisses: [{ message: 'key 21b4 did' }] })
const bad = named(
  'bad',
  registryImage(allOf('image', [met('image-found', 'there'), missed]), { origins: [origin] }),
)
const lost = named('lost', registryImage(open, { digest: null, pinned: null }))
const left = named('left', registryImage(aside, { allowed: true }))

describe('the page of a verified image', () => {
  const page = read(runOver([good]))

  it('says the verdict first, in its title and in a sentence, and that it is nobody’s turn', () => {
    expect(textOf(all(page, 'title')[0]!)).toBe('Verified · verify-image')
    expect(headings(page)[0]).toBe('h1 Verified')
    const banner = textOf(all(page, 'header')[0]!)
    expect(banner).toContain(`${registryName}: everything that was asked of it is proven.`)
    expect(banner).toContain('Whose turn: Nobody: the image may be promoted.')
  })

  it('says what to deploy, who vouched for it and how that is known, in this order', () => {
    expect(headings(page)).toEqual([
      'h1 Verified',
      'h2 Deploy by digest',
      'h2 Who vouched for it',
      'h2 How we know',
      'h2 The run',
    ])
    expect(textOf(all(sectionOf(page, 'Deploy by digest')!, 'pre')[0]!)).toBe(`${registryName}@${someDigest}`)
  })

  it('names signer, kind, proven time and place of what was verified, and nothing else', () => {
    expect(rowsOf(sectionOf(page, 'Who vouched for it')!)).toEqual([
      [
        'keys/alice.pub3b78a1c2d4e5f607',
        'cosign signature',
        '2026-11-20T10:00:00Z (transparency log)',
        simpleSigning.where,
      ],
    ])
  })

  it('calls a time that nothing proves a claim', () => {
    const claimed = read(runOver([{ ...good, signatures: [record] }]))
    expect(rowsOf(sectionOf(claimed, 'Who vouched for it')!)[0]?.[2]).toBe(
      'none proven; it claims 2026-11-21T02:36:03Z',
    )
  })

  it('draws the tree, says it in words to those who do not see it, and lists every check', () => {
    const known = sectionOf(page, 'How we know')!
    const [svg] = all(known, 'svg')
    expect(svg?.attributes['role']).toBe('img')
    const [title = '', text = ''] = (svg?.attributes['aria-labelledby'] ?? '').split(' ')
    expect(
      all(svg!, 'title', 'desc')
        .slice(0, 2)
        .map((one) => one.attributes['id']),
    ).toEqual([title, text])
    expect(textOf(all(svg!, 'desc')[0]!)).toBe('3 requirements: 3 met.')
    expect(all(svg!, 'text').map(textOf)).toEqual([
      ...['All that is asked of the image', '2 of 2 proven, all needed', 'met'],
      ...['The image is there', 'there', 'met'],
      ...['Signed', 'signed by alice', 'met'],
    ])
    expect(all(known, 'li').map((item) => textOf(all(item, 'strong')[0]!))).toEqual([
      'All that is asked of the image',
      'The image is there',
      'Signed',
    ])
  })

  it('says of the run what an auditor asks', () => {
    const text = sectionText(page, 'The run')
    for (const said of [
      'verify-image 1.2.3',
      'fe'.repeat(32),
      'cd'.repeat(32),
      'registry.example',
      'ecdsa-p256',
      'enforce',
    ])
      expect(text).toContain(said)
    expect(text).not.toContain('offline')
  })
})

describe('the page of what is not verified', () => {
  const page = read(runOver([bad]))

  it('says what failed, why, where, by how little, and what next and by whom', () => {
    expect(headings(page).slice(0, 3)).toEqual([
      'h1 Rejected: supply chain',
      'h2 What failed',
      'h3 ✗ rejected 1 image: unsigned',
    ])
    const text = sectionText(page, 'What failed')
    expect(text).toContain('registry.example/bad:v1: nobody signed')
    expect(text).toContain('At deploy/web.yaml:18 Deployment/shop/web, container app')
    expect(text).toContain('Near miss: key 21b4 did')
    expect(text).toContain('Next, the owner of the image: Sign the image with the demanded key')
  })

  it('has nothing to deploy', () => {
    expect(sectionOf(page, 'Deploy by digest')).toBeUndefined()
  })

  it('says of an outage who can look at the other end', () => {
    const text = sectionText(read(runOver([lost])), 'What failed')
    expect(text).toContain('Next, the owner of the pipeline, then who runs the storage: Run again')
  })

  it('says of a run without an image what is wrong with its inputs', () => {
    const wrong = failure('input-invalid', 'mode: expected enforce, got "adit"')
    const empty = read(runOver([], { verdict: 'undetermined', failure: wrong, keys: [], calls: [] }))
    expect(headings(empty)).toEqual([
      'h1 Undetermined: configuration',
      'h2 What failed',
      'h3 ? undetermined The run: input-invalid',
      'h2 The run',
    ])
    expect(textOf(empty)).toContain('mode: expected enforce, got "adit"')
  })

  it('says aloud that an audit lets pass what is not verified', () => {
    const text = textOf(read(runOver([bad]), { ...strict, mode: 'audit' }))
    expect(text).toContain('The step passes because its inputs ask for that. Not everything is verified: ')
    expect(textOf(page)).not.toContain('The step passes')
  })
})

describe('the page of several images', () => {
  const page = read(
    runOver([good, bad, lost, left], {
      policies: [row, { ...row, image: bad.reference, result: 'fail', message: 'proven false' }],
      policyFiles: [{ file: 'policies/check.yaml', language: 'policy', sha256: '12'.repeat(32) }],
      pinned: [{ file: 'deploy/web.yaml', text: '', changed: 1 }],
      warnings: ['no anchor'],
    }),
    strict,
    { ...about, pinnedTo: 'out', plan: { sha256: 'aa'.repeat(32), of: 3 } },
  )

  it('counts what they came to, what failed first, with code, whose turn and what next', () => {
    const rows = rowsOf(sectionOf(page, 'At a glance')!)
    expect(rows.map((cells) => cells.slice(0, 4))).toEqual([
      ['✗ rejected', '1', 'unsigned', 'the owner of the image'],
      ['? undetermined', '1', 'timeout', 'the owner of the pipeline, then who runs the storage'],
      ['– not checked', '1', '–', 'who writes the policies'],
      ['✓ verified', '1', '–', 'nobody'],
    ])
    expect(textOf(all(page, 'header')[0]!)).toContain(
      'Also: the owner of the pipeline, then who runs the storage (1 image).',
    )
  })

  it('lists every image with its answer and a link to its checks', () => {
    const rows = rowsOf(sectionOf(page, 'Images')!)
    expect(rows.map((cells) => cells.slice(0, 2))).toEqual([
      ['registry.example/bad:v1', '✗ rejectedunsigned'],
      ['registry.example/lost:v1', '? undeterminedtimeout'],
      ['registry.example/left:v1', '– not checked'],
      [registryName, '✓ verified'],
    ])
    const ids = new Set(all(page, 'div', 'h2', 'title', 'desc').flatMap((one) => one.attributes['id'] ?? []))
    const links = all(page, 'a').map((one) => one.attributes['href'] ?? '')
    expect(links.length).toBeGreaterThanOrEqual(4)
    for (const link of links) expect(ids, link).toContain(link.replace(/^#/, ''))
  })

  it('hands on the verified one alone', () => {
    expect(all(sectionOf(page, 'Deploy by digest')!, 'pre').map(textOf)).toEqual([
      `${registryName}@${someDigest}`,
    ])
  })

  it('has what nobody checked, policies, manifests, warnings and the plan', () => {
    expect(sectionText(page, 'Not checked')).toContain('registry.example/left:v1: no policy covers it')
    expect(rowsOf(sectionOf(page, 'What the policies say')!).map(([rule, result]) => [rule, result])).toEqual(
      [
        ['check-image/check', '✗ fail'],
        ['check-image/check', '✓ pass'],
      ],
    )
    expect(rowsOf(sectionOf(page, 'Manifests with digests')!)).toEqual([['deploy/web.yaml', '1 written']])
    expect(textOf(all(page, 'main')[0]!)).toContain('no anchor')
    expect(sectionText(page, 'The run')).toContain(`${'aa'.repeat(32)}, all 3 shards`)
  })
})

describe('a page for everybody', () => {
  const text = write(runOver([good, bad, lost, left], { policies: [row], warnings: ['one'] }))
  const page = readPage(text)

  it('is in a language, has one first heading, and skips no level', () => {
    expect(all(page, 'html')[0]?.attributes['lang']).toBe('en')
    const levels = all(page, 'h1', 'h2', 'h3', 'h4').map(({ name }) => Number(name.slice(1)))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1)
  })

  it('gives every table a caption and every head a scope', () => {
    expect(all(page, 'table').length).toBeGreaterThan(4)
    for (const table of all(page, 'table')) {
      expect(all(table, 'caption')).toHaveLength(1)
      for (const head of all(table, 'th')) expect(head.attributes['scope']).toMatch(/^(col|row)$/)
    }
  })

  it('has no id twice', () => {
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says every answer in a word, not by colour alone', () => {
    for (const pill of all(page, 'span').filter(
      ({ attributes }) => attributes['class']?.startsWith('pill') === true,
    ))
      expect(textOf(pill)).toMatch(/^[✓✗?–] [a-z ]+$/)
  })

  it.each(Object.entries(palettes))('can be read in %s: at least 4.5 to 1', (_, palette) => {
    const pairs = [
      ...['ink', 'muted', 'link'].flatMap((ink) => [
        [ink, 'page'],
        [ink, 'panel'],
      ]),
      ...['met', 'unmet', 'unknown', 'exempt'].flatMap((name) => [
        [`${name}-ink`, `${name}-ground`],
        [`${name}-ink`, 'page'],
        ['ink', `${name}-ground`],
        ['muted', `${name}-ground`],
      ]),
    ] as [keyof typeof palette, keyof typeof palette][]
    for (const [ink, ground] of pairs)
      expect(contrast(palette[ink], palette[ground]), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  })

  it('loads nothing, runs nothing, and allows itself one style by its hash', () => {
    const style = textOf(all(page, 'style')[0]!)
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = all(page, 'meta').find(
      ({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy',
    )
    expect(policy?.attributes['content']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    )
    expect(all(page, 'script', 'img', 'link', 'iframe', 'object', 'image', 'use', 'form', 'base')).toEqual([])
    expect(text).not.toMatch(/ style=| on[a-z]+=|url\(|@import|src=/)
    for (const { attributes } of all(page, 'a')) expect(attributes['href']).toMatch(/^#[a-z0-9-]+$/)
    expect(style).toContain('prefers-color-scheme:dark')
    expect(style).toContain('@media print')
  })
})

/** WCAG 2.2, relative luminance. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe('hostile texts on the page', () => {
  const everywhere = (text: string): Result => {
    const finding = unmet(text, 'unsigned', text, {
      nearMisses: [{ message: text }],
      children: [met(text, text), no],
    })
    const resource = { kind: text, namespace: text, name: text }
    const signature = { ...record, where: text, keyRef: text, keyId: text, claimed: { signedAt: text } }
    const identity = { subject: text, issuer: text, claims: {} }
    const attested = {
      ...signature,
      identity,
      attests: text,
      statement: { kind: 'unread', reason: text } as const,
    }
    const place = {
      reference: text,
      pinned: `${text}@${someDigest}`,
      digest: text,
      signatures: [signature, attested],
      origins: [{ file: text, line: 1, resource, container: text }],
    }
    return runOver(
      [finding, yes, open]
        .map((one) => registryImage(one, place))
        .concat(registryImage(aside, { ...place, allowed: true })),
      {
        keys: [{ reference: text, id: text, sha256: text, type: text, version: text }],
        calls: [{ host: text, count: 1 }],
        warnings: [text],
        policies: [{ policy: text, rule: `${text}x`, resource, image: text, result: 'fail', message: text }],
        policyFiles: [{ file: text, language: text, sha256: text }],
        pinned: [{ file: text, text: '', changed: 1 }],
        trust: { name: text, sha256: text, newestPart: text, checkedAt: text, expires: text },
      },
    )
  }
  const writeAll = (text: string): string =>
    write(everywhere(text), strict, {
      inputs: { key: [text], [text]: text },
      tool: { name: text, version: text, sha256: text },
      pinnedTo: text,
    })
  const shape = (element: Element): string =>
    `${element.name}(${element.children.map((child) => (typeof child === 'string' ? '' : shape(child))).join(' ')})`
  const calm = writeAll('calm')

  it.each([
    ...hostileTexts,
    '</title></svg><script>alert(1)</script>',
    '</style><style>*{display:none}',
    '" onmouseover="alert(1)',
    '<!-- <script>',
    '%%{init}%%',
    '&amp;#60;script&#62;',
    '\0\x1b[31m\u202e\u2066',
    'x'.repeat(100_000),
  ])('%j opens no tag, no attribute and no link', (text) => {
    const page = writeAll(text)
    expect(shape(readPage(page))).toBe(shape(readPage(calm)))
    expect(page).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Cs}\u2028\u2029]/u)
    expect(page.match(/ href="[^"]*"/g)).toEqual(calm.match(/ href="[^"]*"/g))
  })
})

describe('the bounds of the page', () => {
  const many = (count: number): readonly ImageResult[] =>
    Array.from({ length: count }, (_, at) =>
      named(`app-${at}`, at % 10 === 3 ? bad : at % 50 === 7 ? lost : good),
    )

  it('hold for a thousand images, of which each is there', () => {
    const result = runOver(many(1000))
    const text = write(result)
    expect(Buffer.byteLength(text)).toBeLessThan(4 * 1024 * 1024)
    const page = readPage(text)
    expect(rowsOf(sectionOf(page, 'Images')!)).toHaveLength(1000)
    expect(
      all(sectionOf(page, 'Deploy by digest')!, 'pre').flatMap((one) => textOf(one).split('\n')),
    ).toHaveLength(880)
    // One picture for all that have the same: verified, rejected, undetermined.
    expect(all(page, 'svg').filter(({ attributes }) => attributes['role'] === 'img')).toHaveLength(3)
    const folds = all(page, 'summary').map(textOf)
    expect(folds).toContain('880 verified images')
    expect(rowsOf(sectionOf(page, 'Who vouched for it')!).map((cells) => cells.slice(1, 3))).toEqual([
      ['880 ✓ verified', 'cosign signature'],
    ])
    expect(sectionText(page, 'What failed')).not.toContain('more in the result file')
  })

  it('hold for 20,000 images with long names, and say how many are not there', () => {
    const images = Array.from({ length: 20_000 }, (_, at) =>
      named(`${'long-'.repeat(100)}${at}`, at % 2 === 0 ? good : bad),
    )
    const text = write(runOver(images))
    expect(Buffer.byteLength(text)).toBeLessThan(40 * 1024 * 1024)
    expect(text).toContain('… and 15000 more in the result file')
    expect(text.endsWith('</html>\n')).toBe(true)
  }, 60_000)

  it('hold for a deep and a broad tree of findings', () => {
    let deep = allOf('leaf', [no])
    for (let depth = 0; depth < 1000; depth++) deep = unmet('deep', 'unsigned', 'x', { children: [deep] })
    const broad = unmet('broad', 'unsigned', 'x', { children: Array.from({ length: 30_000 }, () => no) })
    expect(Buffer.byteLength(write(runOver([registryImage(deep)])))).toBeLessThan(100_000)
    const page = write(runOver([registryImage(broad)]))
    expect(Buffer.byteLength(page)).toBeLessThan(300_000)
    expect(page).toContain('… and 29601 more checks or more in the result file.')
    readPage(page)
  })
})
