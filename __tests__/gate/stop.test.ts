import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decide } from '../../src/gate/gate.js'
import type { NonEmpty, Request } from '../../src/verdict/request.js'
import type { Result } from '../../src/verdict/result.js'
import { patient } from '../harness/bench.js'
import { systemClock } from '../../src/gate/clock.js'
import { manifest, newKey, signedImage, writeStore } from '../harness/store.js'
import { slowServer } from '../harness/slow-server.js'

const alice = newKey()
const home = process.cwd()
const good = 'local://store/app:v1'
const unsigned = 'local://store/unsigned:v1'

beforeAll(() => {
  process.chdir(mkdtempSync(path.join(tmpdir(), 'verify-image-stop-')))
  writeFileSync('alice.pub', alice.publicPem)
  writeStore('store', {
    ...signedImage(alice, 'store'),
    'manifests/unsigned/v1/manifest.json': manifest,
  })
})
afterAll(() => process.chdir(home))

/** A run that is ended once so many images are decided; a registry that never answers keeps the rest. */
async function stopped(names: readonly string[], after: number): Promise<Result> {
  const server = await slowServer('')
  const host = new URL(server.url).host
  const images = names.map((name) => name.replace('HANGING', host)) as unknown as NonEmpty<string>
  const stop = new AbortController()
  let decided = 0
  const request: Request = {
    images,
    signers: { keys: ['alice.pub'], require: 'all' },
    patience: { ...patient, concurrency: 1, timeoutMs: 3_600_000 },
  }
  const count = (): void => {
    if (++decided === after) setTimeout(() => stop.abort('stopped by SIGTERM'), 50)
  }
  try {
    return await decide(request, { clock: systemClock, stop: stop.signal, decided: count })
  } finally {
    server.close()
  }
}

describe('a run that is ended', () => {
  it('keeps the verdicts that it had, and leaves the rest open', async () => {
    const result = await stopped([good, unsigned, 'HANGING/app:v1', 'HANGING/app:v2'], 2)
    expect(result.images.map(({ verdict, failure }) => [verdict, failure?.code, failure?.message])).toEqual([
      ['verified', undefined, undefined],
      ['rejected', 'unsigned', expect.stringContaining('expected a signature')],
      ['undetermined', 'internal-error', 'the run was stopped by SIGTERM before this image was decided'],
      ['undetermined', 'internal-error', 'the run was stopped by SIGTERM before this image was decided'],
    ])
  })

  it('is not finished, so that not even a rejection speaks for it', async () => {
    const result = await stopped([good, unsigned, 'HANGING/app:v1'], 2)
    expect(result.verdict).toBe('undetermined')
    expect(result.failure).toMatchObject({
      class: 'infrastructure',
      code: 'internal-error',
      message: 'the run was stopped by SIGTERM when 2 of 3 images were decided, of which 1 is rejected',
    })
  })

  it('is what it is where everything was decided before', async () => {
    expect((await stopped([good, unsigned], 2)).verdict).toBe('rejected')
    expect((await stopped([good], 1)).verdict).toBe('verified')
  })
})
