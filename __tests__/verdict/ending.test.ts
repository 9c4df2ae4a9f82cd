import { describe, expect, it } from 'vitest'
import { endingOf, type Leniency, type Mode, type OnInfrastructureError } from '../../src/verdict/ending.js'
import { unknown } from '../../src/verdict/finding.js'
import { no, open, yes } from '../harness/findings.js'
import { imageWith, resultWith } from '../harness/results.js'

const verified = resultWith('verified', undefined, [imageWith(yes)])
const rejected = resultWith('rejected', 'unsigned', [imageWith(no)])
const outage = resultWith('undetermined', 'timeout', [imageWith(open)], 'storage')
const unresolved = resultWith('undetermined', 'timeout', [imageWith(open, null)], 'storage')
const misspelt = resultWith('undetermined', 'input-invalid', [])

const modes: readonly Mode[] = ['enforce', 'audit']
const wishes: readonly OnInfrastructureError[] = ['fail', 'warn']
const leniencies: readonly Leniency[] = modes.flatMap((mode) =>
  wishes.map((onInfrastructureError) => ({ mode, onInfrastructureError })),
)
const strict: Leniency = { mode: 'enforce', onInfrastructureError: 'fail' }
const audit: Leniency = { ...strict, mode: 'audit' }
const warn: Leniency = { ...strict, onInfrastructureError: 'warn' }

describe('however lenient a run is', () => {
  it.each(leniencies)('verified is 0 and lets nothing pass (%o)', (leniency) => {
    expect(endingOf(verified, leniency)).toEqual({ exit: 0, letPass: false, handOn: true })
  })

  it.each(leniencies)(
    'a configuration failure is 2: a typing error never switches the gate off (%o)',
    (leniency) => {
      expect(endingOf(misspelt, leniency)).toEqual({ exit: 2, letPass: false, handOn: true })
    },
  )

  it.each(leniencies)('exit 1 is for a finished rejection alone (%o)', (leniency) => {
    for (const result of [verified, outage, unresolved, misspelt]) {
      expect(endingOf(result, leniency).exit).not.toBe(1)
    }
  })

  it.each(leniencies)('exit 0 without a proof is marked as let pass (%o)', (leniency) => {
    for (const result of [rejected, outage, unresolved, misspelt]) {
      const { exit, letPass } = endingOf(result, leniency)
      expect(letPass).toBe(exit === 0)
    }
  })
})

describe('a strict run', () => {
  it('is 1 when rejected and 2 when undetermined', () => {
    expect(endingOf(rejected, strict)).toEqual({ exit: 1, letPass: false, handOn: true })
    expect(endingOf(outage, strict)).toEqual({ exit: 2, letPass: false, handOn: true })
    expect(endingOf(unresolved, strict)).toEqual({ exit: 2, letPass: false, handOn: true })
  })
})

describe('mode audit', () => {
  it.each([
    ['a rejection', rejected],
    ['an outage', outage],
    ['an image that did not resolve', unresolved],
  ])('lets %s pass, and says that it did', (_, result) => {
    expect(endingOf(result, audit)).toEqual({ exit: 0, letPass: true, handOn: true })
  })
})

describe('mode audit beside other wishes and failures', () => {
  it('fails for a configuration failure of one image, whatever became of the others', () => {
    const unread = imageWith(unknown('reference-read', { code: 'reference-invalid', message: 'why' }), null)
    const mixed = { ...rejected, images: [imageWith(no), unread] }
    expect(endingOf(mixed, audit)).toEqual({ exit: 1, letPass: false, handOn: true })
  })

  it('hands nothing on after an outage where warn is asked for too', () => {
    const both: Leniency = { mode: 'audit', onInfrastructureError: 'warn' }
    expect(endingOf(outage, both)).toEqual({ exit: 0, letPass: true, handOn: false })
  })
})

describe('on-infrastructure-error warn', () => {
  it('lets an outage pass once the image was resolved, and hands nothing on', () => {
    expect(endingOf(outage, warn)).toEqual({ exit: 0, letPass: true, handOn: false })
  })

  it('lets no rejection pass', () => {
    expect(endingOf(rejected, warn)).toEqual({ exit: 1, letPass: false, handOn: true })
  })

  it('lets nothing pass while any image is unresolved', () => {
    expect(endingOf(unresolved, warn).exit).toBe(2)
    const mixed = resultWith('undetermined', 'timeout', [imageWith(open), imageWith(open, null)], 'storage')
    expect(endingOf(mixed, warn).exit).toBe(2)
  })

  it('lets nothing pass without any image', () => {
    expect(endingOf(resultWith('undetermined', 'internal-error', []), warn).exit).toBe(2)
  })
})

describe('an image that nothing has to cover', () => {
  const misread = unknown('policy', { code: 'uncovered', message: 'no policy covers it' })
  const allowed = { ...imageWith(misread, null), allowed: true } as const

  it('neither fails a lenient run nor keeps it from being lenient', () => {
    const beside = { ...outage, images: [imageWith(open), allowed] }
    expect(endingOf(beside, warn)).toEqual({ exit: 0, letPass: true, handOn: false })
    expect(endingOf({ ...rejected, images: [imageWith(no), allowed] }, audit)).toEqual({
      exit: 0,
      letPass: true,
      handOn: true,
    })
  })

  it('is none that was resolved', () => {
    expect(endingOf({ ...outage, images: [allowed] }, warn).exit).toBe(2)
  })

  it('is beside others no excuse for them', () => {
    const unread = imageWith(unknown('reference-read', { code: 'reference-invalid', message: 'why' }), null)
    const mixed = { ...rejected, images: [imageWith(yes), allowed, unread] }
    expect(endingOf(mixed, audit)).toEqual({ exit: 1, letPass: false, handOn: true })
  })
})
