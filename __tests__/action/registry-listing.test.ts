import { afterEach, describe, expect, it } from 'vitest'
import { type Expected, expectEnding } from '../harness/endings.js'
import { hangs, loops, page, resets, says } from '../harness/registry-faults.js'
import { sendAnswer } from '../harness/registry-answers.js'
import { attestSimply, putImage, signByBundle, signSimply } from '../harness/registry-images.js'
import { type Fault, type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runAction, type RanAction } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const key = newKey()
const other = newKey()
const provenance = 'https://slsa.dev/provenance/v1'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(pageSize?: number): Promise<{ registry: LoopbackRegistry; digest: string }> {
  const registry = await openRegistry(pageSize === undefined ? {} : { pageSize })
  stops.push(registry.stop)
  return { registry, digest: putImage(registry.holdings, 'app') }
}

async function verify(
  { host }: LoopbackRegistry,
  inputs: Readonly<Record<string, string>> = {},
): Promise<RanAction> {
  const usual = { image: `${host}/app:v1`, key: key.publicPem, retries: '1', timeout: '4s' }
  return runAction({ ...usual, 'insecure-ignore-tlog': 'true', ...inputs })
}

/** Plays only for the pages after the first. */
const later =
  (fault: Fault): Fault =>
  (response, usual, request) => {
    if (request.target.includes('?from=')) fault(response, usual, request)
    else sendAnswer(response, usual, request.method)
  }
/** The next page lies at another place. */
const leadsTo =
  (target: string): Fault =>
  (response, usual, { method }) =>
    sendAnswer(response, { ...usual, headers: { ...usual.headers, link: `<${target}>; rel="next"` } }, method)

const faults: readonly (readonly [string, Fault, Expected])[] = [
  ['403', says(403, 'DENIED'), 'denied registry'],
  // A listing that begins does not end with "there is none".
  ['404', says(404, 'NAME_UNKNOWN'), 'response-invalid registry'],
  ['404 that is a page', page(404, '<html></html>'), 'response-invalid registry'],
  ['200 that is a page', page(200, '<html></html>'), 'response-invalid registry'],
  ['500', says(500, 'UNKNOWN'), 'server-error registry'],
  ['a connection that is reset', resets, 'unreachable registry'],
  ['no answer', hangs, 'timeout registry'],
  ['a redirect to itself', loops, 'response-invalid registry'],
]

describe('referrers on several pages', () => {
  it.for([
    ['the first', ['right', 'other', 'other', 'other']],
    ['the last', ['other', 'other', 'other', 'right']],
  ] as const)('are read to the end: the signature is on %s', async ([, signers]) => {
    const { registry, digest } = await start(1)
    for (const one of signers) signByBundle(registry.holdings, 'app', digest, one === 'right' ? key : other)
    expectEnding(await verify(registry), 'verified', digest)
  })

  it('are all read before an image is rejected', async () => {
    const { registry, digest } = await start(1)
    for (let count = 0; count < 4; count++) signByBundle(registry.holdings, 'app', digest, other)
    expectEnding(await verify(registry), 'signature-invalid')
    expect(registry.requests.filter(({ kind }) => kind === 'manifest')).toHaveLength(4)
  })

  it.for(faults)('settle nothing when a later page ends with %s', async ([, fault, expected]) => {
    for (const last of [key, other]) {
      const { registry, digest } = await start(1)
      signByBundle(registry.holdings, 'app', digest, other)
      signByBundle(registry.holdings, 'app', digest, last)
      registry.fault('app', 'referrers', 'always', later(fault))
      expectEnding(await verify(registry), expected)
    }
  })

  it.for([
    ['on another host', 'https://registry.invalid/v2/app/referrers/x', 'response-invalid registry'],
    ['beside the API', '/login', 'response-invalid registry'],
    ['nowhere', 'http://[', 'response-invalid registry'],
  ] as const)('settle nothing when the next page lies %s', async ([, target, expected]) => {
    const { registry, digest } = await start()
    signByBundle(registry.holdings, 'app', digest, other)
    registry.fault('app', 'referrers', 'always', leadsTo(target))
    const ran = await verify(registry)
    expectEnding(ran, expected)
    expect(ran.document?.calls.map(({ host }) => host)).toEqual([registry.host])
  })

  it('come to an end also when the registry knows none', async () => {
    const { registry, digest } = await start()
    signByBundle(registry.holdings, 'app', digest, other)
    registry.fault('app', 'referrers', 'always', leadsTo(`/v2/app/referrers/${digest}`))
    expectEnding(await verify(registry), 'limit-exceeded registry')
  })
})

describe('an attestation', () => {
  const wanted = { 'attestation-type': 'slsaprovenance1' }
  const formats = {
    'under its tag': attestSimply,
    'in a bundle': signByBundle,
  } as const
  const names = ['under its tag', 'in a bundle'] as const

  it.for(names)('%s is found', async (name) => {
    const { registry, digest } = await start()
    formats[name](registry.holdings, 'app', digest, key, provenance)
    expectEnding(await verify(registry, wanted), 'verified', digest)
  })

  it.for(names)('%s by another key proves nothing', async (name) => {
    const { registry, digest } = await start()
    formats[name](registry.holdings, 'app', digest, other, provenance)
    expectEnding(await verify(registry, wanted), 'attestation-invalid')
  })

  it.for(names)('%s of another type is none of this one, and a signature is none', async (name) => {
    const { registry, digest } = await start()
    formats[name](registry.holdings, 'app', digest, key, 'https://example.com/other')
    signSimply(registry.holdings, 'app', digest, key)
    expectEnding(await verify(registry, wanted), 'attestation-missing')
  })

  it.for(faults)('is not missing because of %s', async ([name, fault, expected]) => {
    const { registry } = await start()
    registry.fault('app', 'att', 'always', fault)
    // Here the registry itself says that there is nothing under the tag.
    expectEnding(await verify(registry, wanted), name === '404' ? 'attestation-missing' : expected)
  })
})
