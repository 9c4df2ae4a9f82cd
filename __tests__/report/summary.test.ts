import { describe, expect, it } from 'vitest'
import { summaryLimit, toSummary } from '../../src/report/summary.js'
import { all } from '../../src/verdict/algebra.js'
import { endingOf, type Leniency } from '../../src/verdict/ending.js'
import { met, unknown, unmet } from '../../src/verdict/finding.js'
import { failure, type ImageResult, type Result } from '../../src/verdict/result.js'
import { no, open, yes } from '../harness/findings.js'
import { imageWith, someDigest } from '../harness/results.js'
import {
  hostileTexts,
  keyId,
  record,
  registryImage,
  registryName,
  runOver,
  simpleSigning,
} from './results.js'

const strict: Leniency = { mode: 'enforce', onInfrastructureError: 'fail' }

function summarise(result: Result, leniency = strict): string {
  return toSummary(result, endingOf(result, leniency))
}

const good = registryImage(yes, { signatures: [simpleSigning] })
const missed = unmet('signed', 'unsigned', 'nobody signed', { nearMisses: [{ message: 'key 21b4 did' }] })
const bad = registryImage(missed, { reference: 'registry.example/bad:v1' })
const lost = registryImage(open, { reference: 'registry.example/lost:v1', digest: null, pinned: null })

/** The rows of the table of images, without head and rule. */
function rowsOf(page: string): readonly string[] {
  return page.split('\n').filter((row) => /^\| (✅|❌|⚠️)/.test(row))
}

describe('the summary of a verified image', () => {
  const page = summarise(runOver([good]))

  it('says the verdict first, and that it is nobody’s turn', () => {
    expect(page.split('\n')[0]).toBe('## ✅ Verified')
    expect(page).toContain('**Whose turn:** Nobody: the image may be promoted.')
  })

  it('says what to deploy, by whole digest', () => {
    expect(page).toContain(`### Deploy by digest\n\n<pre><code>${registryName}@${someDigest}</code></pre>`)
  })

  it('names the image, its signer and its digest in a row', () => {
    expect(rowsOf(page)).toEqual([
      `| ✅&nbsp;verified | <code>${registryName}</code> | <code>keys/alice.pub</code> (<code>${keyId}</code>) | <code>sha256:abababababab…</code> |`,
    ])
  })

  it('says how that is known: checks, keys and hosts', () => {
    expect(page).toContain('<li>✅ <b>yes</b>: proven</li>')
    expect(page).toContain(
      `**Keys asked for:** <code>keys/alice.pub</code> (ecdsa-p256, <code>${keyId}</code>)`,
    )
    expect(page).toContain('**Hosts contacted:** <code>registry.example</code> ×4')
  })

  it('mentions no failure and ends its last line', () => {
    expect(page).not.toMatch(/What failed|Next:|\[!WARNING\]/)
    expect(page.endsWith('×4\n')).toBe(true)
  })

  it('calls the time of a record a claim', () => {
    const claimed = summarise(runOver([{ ...imageWith(yes), signatures: [record] }]))
    expect(claimed).toContain('signed at 2026-11-21T02:36:03Z. That time is a claim: nothing signs it.')
    expect(page).not.toContain('a claim')
  })

  it('says that no host was contacted where that is so, and lists no keys where none were asked for', () => {
    const alone = summarise(runOver([good], { calls: [], keys: [] }))
    expect(alone).toContain('**Hosts contacted:** none')
    expect(alone).not.toContain('Keys asked for')
  })
})

describe('the summary of an image that is not verified', () => {
  it('says of a rejected one what failed, who it was nearly, and what to do', () => {
    const page = summarise(runOver([bad]))
    expect(page.split('\n')[0]).toBe('## ❌ Rejected: supply chain')
    expect(page).toContain('**Whose turn:** The owner of the image')
    expect(page).toContain(
      '### What failed\n\n- <code>registry.example/bad:v1</code> `unsigned`: nobody signed',
    )
    expect(page).toContain('\n  - Near miss: key 21b4 did\n  - **Next:** Sign the image')
    expect(page).not.toContain('Deploy by digest')
    expect(rowsOf(page)[0]).toMatch(/^\| ❌&nbsp;rejected \|.*\| – \| <code>sha256:/)
  })

  it('says of an undetermined one that nothing is known of the image', () => {
    const page = summarise(runOver([lost]))
    expect(page.split('\n')[0]).toBe('## ⚠️ Undetermined: infrastructure')
    expect(page).toContain('**Whose turn:** The owner of the pipeline: a service did not give what is needed')
    expect(page).toContain('`timeout`: no answer')
    expect(rowsOf(page)[0]).toMatch(/^\| ⚠️&nbsp;undetermined \|.*\| – \| – \|$/)
  })

  it('says of a run without an image what is wrong with its inputs', () => {
    const wrong = failure('input-invalid', 'mode: expected enforce, got "adit"')
    const page = summarise(runOver([], { verdict: 'undetermined', failure: wrong }))
    expect(page.split('\n')[0]).toBe('## ⚠️ Undetermined: configuration')
    expect(page).toContain(
      '### What failed\n\n`input-invalid`: mode: expected enforce, got &#34;adit&#34;\n\n**Next:** Correct',
    )
    expect(page).not.toContain('### Images')
  })

  it('lists only signatures that were verified as signers', () => {
    const page = summarise(
      runOver([registryImage(no, { signatures: [{ ...simpleSigning, verified: false }] })]),
    )
    expect(rowsOf(page)[0]).not.toContain('alice')
  })
})

describe('the summary of several images', () => {
  it('hands on the verified ones only, and says so', () => {
    const page = summarise(runOver([good, bad, lost]))
    expect(page.split('\n')[0]).toBe('## ❌ Rejected: supply chain')
    expect(page).toContain('### Deploy by digest (the verified ones only)')
    const block = /<pre><code>([^<]*)<\/code><\/pre>/.exec(page)?.[1]
    expect(block).toBe(`${registryName}@${someDigest}`)
    expect(rowsOf(page)).toHaveLength(3)
    expect(page.match(/<details>/g)).toHaveLength(3)
  })

  it('names both signers of an image in one row', () => {
    const second = { ...simpleSigning, keyRef: 'keys/bob.pub' }
    const [row] = rowsOf(summarise(runOver([registryImage(yes, { signatures: [simpleSigning, second] })])))
    expect(row).toMatch(/alice\.pub.*<br><code>keys\/bob\.pub/)
  })
})

describe('the summary of what was let pass', () => {
  it('says in an audit that the image is not verified', () => {
    const page = summarise(runOver([bad]), { ...strict, mode: 'audit' })
    expect(page).toContain('> [!WARNING]')
    expect(page).toContain('**Not everything is verified:**')
    expect(page.split('\n')[0]).toBe('## ❌ Rejected: supply chain')
  })

  it('hands nothing on after an outage', () => {
    const outage = runOver([good, registryImage(open)])
    const page = summarise(outage, { ...strict, onInfrastructureError: 'warn' })
    expect(page).toContain('**Not everything is verified:**')
    expect(page).not.toContain('Deploy by digest')
    expect(page).not.toContain(`@${someDigest}`)
  })

  it('shows warnings below the verdict, in one quote', () => {
    const page = summarise(runOver([good], { warnings: ['no anchor', '*two*'] }))
    expect(page).toContain(
      `## ✅ Verified\n\n${registryName}: everything that was asked of it is proven.\n\n> [!WARNING]\n> - no anchor\n> - &#42;two&#42;\n\n**Whose turn:**`,
    )
  })
})

describe('hostile texts on the page', () => {
  /** Every tag that the summary itself writes. */
  const own = /<\/?(code|pre|details|summary|ul|li|b|p)>|<br>|<!-- -->/g

  const everywhere = (text: string): Result => {
    const finding = unmet(text, 'unsigned', text, {
      nearMisses: [{ message: text }],
      children: [met(text, text)],
    })
    const signature = { ...record, keyRef: text, keyId: text, claimed: { signedAt: text } }
    const place = { reference: text, pinned: `${text}@${someDigest}`, digest: text, signatures: [signature] }
    return runOver([registryImage(finding, place), registryImage(yes, place)], {
      keys: [{ reference: text, id: text, sha256: text, type: text }],
      calls: [{ host: text, count: 1 }],
      warnings: [text],
    })
  }

  it.each(hostileTexts)('%j opens no tag, no link, no cell and no line', (text) => {
    const page = summarise(everywhere(text))
    const calm = summarise(everywhere('calm'))
    expect(page.replace(own, '')).not.toMatch(/[<>](?! )|https?:|ftp:|www\.|\]\(/i)
    expect(page.match(own)?.filter((tag) => tag !== '<!-- -->')).toEqual(calm.match(own))
    expect(page.split('\n')).toHaveLength(calm.split('\n').length)
    expect(page).not.toMatch(/##\[|^\s*::/m)
    expect(rowsOf(page).map((row) => row.split('|').length)).toEqual([6, 6])
  })
})

describe('the bounds of the summary', () => {
  const whole = (result: Result): string => {
    const page = summarise(result)
    expect(Buffer.byteLength(page)).toBeLessThan(summaryLimit)
    expect(page).toMatch(/^## ❌ Rejected: supply chain\n/)
    expect(page.match(/<details>/g)?.length ?? 0).toBe(page.match(/<\/details>/g)?.length ?? 0)
    return page
  }
  const many = (count: number, make: (at: number) => ImageResult): readonly ImageResult[] =>
    Array.from({ length: count }, (_, at) => make(at))

  it('hold for 10,000 images with short names, whose table ends with how many more there are', () => {
    const images = many(10_000, (at) => (at % 2 === 0 ? good : bad))
    const page = whole(runOver(images))
    expect(rowsOf(page)).toHaveLength(100)
    expect(page).toContain('… and 9900 more in the result file')
    expect(page).toContain('… and 4900 more in the result file')
    expect(page).toContain('… and 4980 more in the result file')
    expect(page).not.toContain('This summary was cut')
  })

  it('hold for 10,000 images with long hostile names, and a row stays a row of four cells', () => {
    const images = many(10_000, (at) => {
      const text = hostileTexts[at % hostileTexts.length]!.repeat(100)
      const signature = { ...simpleSigning, keyRef: text }
      return registryImage(at % 2 === 0 ? yes : unmet(text, 'unsigned', text), {
        reference: text,
        pinned: text,
        signatures: [signature],
      })
    })
    const rows = rowsOf(whole(runOver(images)))
    expect(rows).toHaveLength(100)
    for (const row of rows) expect(row.split('|'), row).toHaveLength(6)
  })

  it('hold where every character takes ten, and say that something was left out', () => {
    const wide = '\u2028'.repeat(2000)
    const nearMisses = many(50, () => bad).map((_, at) => ({ message: `${at}${wide}` }))
    const finding = unmet('signed', 'unsigned', wide, { nearMisses })
    const page = whole(runOver(many(10_000, () => registryImage(finding, { reference: wide }))))
    expect(page).toContain('*This summary was cut; the result file has all of it.*')
  })

  it('hold for a deep and a broad tree of findings', () => {
    let deep = all('leaf', [no])
    for (let depth = 0; depth < 1000; depth++) deep = unmet('deep', 'unsigned', 'x', { children: [deep] })
    const broad = unmet('broad', 'unsigned', 'x', { children: Array.from({ length: 30_000 }, () => no) })
    const cut = whole(runOver([registryImage(deep)]))
    expect(cut).not.toContain('This summary was cut')
    expect(cut.match(/<li>/g)).toHaveLength(22)
    expect(whole(runOver([registryImage(broad)]))).toContain('This summary was cut')
  })

  it('hold for warnings, which never push the verdict off the page', () => {
    whole(runOver([bad], { warnings: ['x'.repeat(2 * summaryLimit)] }))
    const many = whole(
      runOver([bad], { warnings: Array.from({ length: 100_000 }, (_, at) => `warning ${at}`) }),
    )
    expect(many).toContain('> - … and 99980 more warnings in the result file')
  })

  it('count bytes, not characters', () => {
    const name = '文'.repeat(590)
    const images = many(100, (at) =>
      registryImage(unknown('a', { code: 'timeout', message: `${name}${at}` })),
    )
    whole(runOver([bad, ...images]))
  })
})
