import { describe, expect, it } from 'vitest'
import { absent, failed, found } from '../../src/network/lookup.js'

describe('what asking came to', () => {
  it('is one of three, and a failure is never an absence', () => {
    expect(found(undefined)).toEqual({ kind: 'found', value: undefined })
    expect(absent('not there')).toEqual({ kind: 'absent', message: 'not there' })
    expect(failed('timeout', 'no answer', 'key')).toEqual({
      kind: 'failed',
      problem: { code: 'timeout', message: 'no answer', service: 'key' },
    })
  })

  it('names no service where none failed', () => {
    const answer = failed('input-invalid', 'expected https')
    expect(answer).toEqual({
      kind: 'failed',
      problem: { code: 'input-invalid', message: 'expected https' },
    })
    expect(answer.kind === 'failed' && 'service' in answer.problem).toBe(false)
  })
})
