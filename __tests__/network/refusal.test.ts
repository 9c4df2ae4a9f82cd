import { describe, expect, it } from 'vitest'
import { readRefusal } from '../../src/network/refusal.js'

const read = (text: string): unknown => readRefusal(Buffer.from(text))

describe('what an error says of itself', () => {
  it.each([
    ['{"error":"invalid_grant","error_description":"a\\n b"}', { code: 'invalid_grant', message: 'a b' }],
    ['{"error":"invalid_grant"}', { code: 'invalid_grant', message: '' }],
    [
      '{"error":{"code":403,"message":"no","status":"PERMISSION_DENIED"}}',
      { code: 'PERMISSION_DENIED', message: 'no' },
    ],
    [
      '{"error":{"code":"Forbidden","message":"no","innererror":{"code":"KeyDisabled"}}}',
      { code: 'Forbidden', message: 'no', detail: 'KeyDisabled' },
    ],
  ])('%s', (text, refusal) => {
    expect(read(text)).toEqual(refusal)
  })

  it.each(['', 'no', '[]', '{}', '{"error":1}', '{"error":{"code":403}}', '{"error":null}'])(
    '%j is none',
    (text) => {
      expect(read(text)).toBeUndefined()
    },
  )

  it('is bounded', () => {
    expect(read(`{"error":"e","error_description":"${'a'.repeat(5000)}"}`)).toMatchObject({
      message: 'a'.repeat(600),
    })
  })
})
