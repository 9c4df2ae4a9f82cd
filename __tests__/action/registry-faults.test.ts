import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newCertificate } from '../harness/certificate.js'
import { expectEnding } from '../harness/endings.js'
import {
  breaksOff,
  flipsByte,
  hangs,
  loops,
  neverEnds,
  page,
  resets,
  says,
  sendsTo,
} from '../harness/registry-faults.js'
import { type FaultyImage, faultyImages, newRegistries, rightKey } from '../harness/registry-faulty.js'
import type { Fault, Kind } from '../harness/registry.js'
import { runAction, type RanAction } from '../harness/run.js'
import { openWeb, type Web } from '../harness/web.js'

type Endings = Readonly<Record<string, string>>

interface Row {
  readonly fault: () => Fault
  /** What a call that ends like this comes to where it decides. */
  readonly code: string
  /** What it comes to for some kinds of call. */
  readonly but?: Partial<Record<Kind, string>>
  /** It goes better the second time, and that is written down where it took another attempt. */
  readonly passes?: true | 'silently'
  /** The registry's own word that there is nothing: it decides as nothing does. */
  readonly absent?: true
  /** There has to be something that it can do this to. */
  readonly changes?: true
  /** A listing of referrers that ends like this is none: the fallback tag is asked. */
  readonly noListing?: true
  readonly inputs?: Readonly<Record<string, string>>
}

let stranger: Web
beforeAll(async () => {
  stranger = await openWeb((_request, response) => void response.end('{}'), newCertificate())
})
afterAll(async () => stranger.stop())

const html = '<html><body>404 not found {"errors":[{"code":"MANIFEST_UNKNOWN"}]}</body></html>'
const invalid = 'response-invalid'

const rows: Readonly<Record<string, Row>> = {
  // The token service must answer itself; where it may be sent on to is none of its business.
  'a host that refuses': {
    fault: () => sendsTo('http://127.0.0.1:1'),
    code: 'unreachable',
    but: { token: invalid },
    passes: true,
  },
  'a host without an address': {
    fault: () => sendsTo('https://registry.invalid'),
    code: 'unreachable',
    but: { token: invalid },
    passes: true,
  },
  'an authority that nobody knows': {
    fault: () => sendsTo(stranger.url),
    code: 'tls-failed',
    but: { token: invalid },
  },
  '401': { fault: () => says(401, 'UNAUTHORIZED'), code: 'denied' },
  '401 that asks for a password': {
    fault: () => says(401, 'UNAUTHORIZED', { 'www-authenticate': 'Basic realm="registry"' }),
    code: 'denied',
  },
  '403': { fault: () => says(403, 'DENIED'), code: 'denied' },
  '404': {
    fault: () => says(404, 'MANIFEST_UNKNOWN'),
    code: invalid,
    but: { tag: 'not-found', head: 'not-found' },
    absent: true,
    noListing: true,
  },
  '404 that is a page': { fault: () => page(404, html), code: invalid, noListing: true },
  '429': { fault: () => says(429, 'TOOMANYREQUESTS'), code: 'rate-limited', passes: true },
  '429 with Retry-After': {
    fault: () => says(429, 'TOOMANYREQUESTS', { 'retry-after': '1' }),
    code: 'rate-limited',
    passes: true,
  },
  '500': { fault: () => says(500, 'UNKNOWN'), code: 'server-error', passes: true },
  '503 that is a page': { fault: () => page(503, html), code: 'server-error', passes: true },
  'a connection that is reset': { fault: () => resets, code: 'unreachable', passes: true },
  'no answer': { fault: () => hangs, code: 'timeout', inputs: { timeout: '4s' } },
  'a body that breaks off': { fault: () => breaksOff, code: 'unreachable', passes: true },
  'a page with 200': { fault: () => page(200, html), code: invalid, noListing: true },
  'a byte that flips': { fault: () => flipsByte, code: invalid, but: { token: 'denied' }, changes: true },
  'a body without end': {
    fault: () => neverEnds,
    code: 'limit-exceeded',
    // A blob is as long as its manifest says.
    but: { head: 'verified', blob: invalid },
  },
  // Sent on to itself once, the call arrives.
  'a redirect to itself': {
    fault: () => loops,
    code: invalid,
    but: { token: invalid },
    passes: 'silently',
  },
}

function expectedOf(image: FaultyImage, row: Row, when: 'first' | 'always'): string {
  const { call, usual, beside, absent, nothing } = image
  if (beside || (row.changes && nothing)) return usual
  if (when === 'first' && row.passes && row.but?.[call] === undefined) return usual
  if (row.absent && absent !== undefined) return absent
  if (call === 'referrers' && row.noListing && image.fallback) return usual
  return row.but?.[call] ?? row.code
}

async function play(row: Row, when: 'first' | 'always'): Promise<RanAction> {
  const registries = await newRegistries()
  try {
    for (const { name, call } of faultyImages) registries.of(name).fault(name, call, when, row.fault())
    const { references } = registries
    const inputs = { image: references.join('\n'), key: rightKey.publicPem, 'insecure-ignore-tlog': 'true' }
    // What hangs keeps its connection: not all at the same time.
    const patience = { retries: '1', timeout: '20s', concurrency: '6' }
    return await runAction({ ...inputs, ...patience, ...row.inputs })
  } finally {
    await registries.stop()
  }
}

/** The code of each image; with its service where that is another than the registry. */
function endingsOf({ document }: RanAction): Endings {
  const images = document?.images ?? []
  return Object.fromEntries(
    faultyImages.map(({ name }, at) => {
      const { verdict, failure } = images[at] ?? {}
      if (failure === null) return [name, String(verdict)]
      const { code = 'none', service = 'none', class: of } = failure ?? {}
      const own = of === 'supply-chain' ? verdict === 'rejected' : verdict === 'undetermined'
      const from = (service === 'registry') === (of === 'infrastructure') ? '' : ` of ${service}`
      return [name, `${code}${from}${own ? '' : ` but ${String(verdict)}`}`]
    }),
  )
}

describe.concurrent('one call to a registry that goes wrong', () => {
  const cases = Object.keys(rows).flatMap((name) => [[name, 'first'] as const, [name, 'always'] as const])
  it.for(cases)('%s, %s', async ([name, when]) => {
    const row = rows[name]
    if (!row) throw new Error(`no such row: ${name}`)
    const ran = await play(row, when)
    const expected = faultyImages.map((image) => [image.name, expectedOf(image, row, when)])
    expect(endingsOf(ran), ran.stderr).toEqual(Object.fromEntries(expected))
    if (when === 'first' && row.passes === true) {
      // What healed is written down; a call beside the decision may not have come to it.
      for (const [at, { name: image, call, beside }] of faultyImages.entries()) {
        const attempts = ran.document?.images[at]?.attempts
        if (!beside && row.but?.[call] === undefined) {
          expect(attempts, image).toMatchObject([
            { attempt: 2, ended: expect.stringContaining(row.code) as string },
          ])
        }
      }
    }
    expect(ran.exit).toBe(ran.document?.verdict === 'rejected' ? 1 : 2)
  })
})

describe.concurrent('an image for which one call goes wrong', () => {
  it.for([
    ['401', 'denied registry'],
    ['404', 'unsigned'],
    ['404 that is a page', 'response-invalid registry'],
    ['429', 'rate-limited registry'],
    ['500', 'server-error registry'],
    ['a connection that is reset', 'unreachable registry'],
    ['an authority that nobody knows', 'tls-failed registry'],
    ['no answer', 'timeout registry'],
    ['a body without end', 'limit-exceeded registry'],
  ] as const)('says so everywhere: %s', async ([name, expected]) => {
    const row = rows[name]
    const registries = await newRegistries()
    try {
      const at = faultyImages.findIndex((one) => one.name === 'sig/sig')
      registries.of('sig/sig').fault('sig/sig', 'sig', 'always', row?.fault() ?? hangs)
      const inputs = { image: registries.references[at] ?? '', key: rightKey.publicPem, retries: '1' }
      expectEnding(await runAction({ ...inputs, 'insecure-ignore-tlog': 'true', timeout: '4s' }), expected)
    } finally {
      await registries.stop()
    }
  })
})

describe('a registry that nobody reaches', () => {
  it.for([
    ['a port that nobody listens on', '127.0.0.1:1', 'unreachable registry'],
    ['a host without an address', 'registry.invalid', 'unreachable registry'],
  ] as const)('%s', async ([, host, expected]) => {
    const inputs = { image: `${host}/app:v1`, key: rightKey.publicPem, retries: '1' }
    const ran = await runAction({ ...inputs, timeout: '20s' })
    expectEnding(ran, expected)
    expect(ran.document?.images[0]?.attempts).toHaveLength(1)
  })
})
