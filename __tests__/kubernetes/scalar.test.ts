import { describe, expect, it } from 'vitest'
import { readPlainScalar } from '../../src/kubernetes/scalar.js'

describe('a scalar without quotes, as Kubernetes reads it', () => {
  const yes = 'y Y yes Yes YES on On ON true True TRUE'.split(' ')
  const no = 'n N no No NO off Off OFF false False FALSE'.split(' ')
  const texts =
    'yES oN nULL tRUE nop app:v1 - + . -. 1.2.3 0x 08a 1e = << 12:30 2001-12-14 sha256:12 1e999'.split(' ')

  it.each(yes)('%j is true', (text) => expect(readPlainScalar(text)).toBe(true))
  it.each(no)('%j is false', (text) => expect(readPlainScalar(text)).toBe(false))
  it.each(['', '~', 'null', 'Null', 'NULL'])('%j is null', (text) => expect(readPlainScalar(text)).toBeNull())
  it.each(texts)('%j is a text', (text) => expect(readPlainScalar(text)).toBe(text))
  it.each(['.inf', '+.INF', '-.Inf', '.NaN', '.nan'])('%j is nothing that JSON has', (text) =>
    expect(readPlainScalar(text)).toBeUndefined(),
  )

  it.each([
    ['0', 0],
    ['12', 12],
    ['-12', -12],
    ['+12', 12],
    ['1_000', 1000],
    ['010', 8],
    ['-010', -8],
    ['0o10', 8],
    ['0x1F', 31],
    ['0b101', 5],
    ['-0b101', -5],
    ['08', 8],
    ['1.10', 1.1],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1E-2', 0.01],
  ])('%j is %j', (text, value) => {
    expect(readPlainScalar(text)).toBe(value)
  })
})
