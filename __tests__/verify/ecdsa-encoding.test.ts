import { describe, expect, it } from 'vitest'
import { readEcdsaSignature } from '../../src/verify/ecdsa-encoding.js'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')
const fill = (byte: string, count: number): string => byte.repeat(count)

function formOf(text: string): string {
  const read = readEcdsaSignature(hex(text))
  return read.form === 'neither' ? read.form : `${read.form} ${Buffer.from(read.der).toString('hex')}`
}
const isDer = (text: string): boolean => formOf(text).startsWith('der ')

describe('an ECDSA signature', () => {
  it.each([
    ['two small numbers', '3006 020101 020102'],
    ['bytes after the sequence, and after s', '3008 020101 020102 0000 ff'],
    ['a number with its highest bit, behind a zero', '3008 02020080 02020080'],
    ['zero', '3006 020100 020100'],
    ['a number below zero', '3007 0202ff7f 020101'],
    ['minus one', '3006 0201ff 020101'],
    ['a length of 127', `307f 0201 01 027a 01${fill('00', 121)}`],
    ['a length of 128, in two bytes', `308180 0201 01 027b 01${fill('00', 122)}`],
    ['a length of 256, in three', `30820100 0201 01 0281f9 01${fill('00', 248)}0000`.slice(0, 2 * 260 + 30)],
  ])('that begins as DER is DER: %s', (_, text) => {
    expect(isDer(text)).toBe(true)
    expect(formOf(text)).toBe(`der ${text.replaceAll(' ', '')}`)
  })

  it.each([
    ['nothing', ''],
    ['one number', '3003 020101'],
    ['a number that is padded', '3008 02020001 020101 00'],
    ['one below zero that is padded', '3008 0202ff80 020101 00'],
    ['one that is padded at the boundary', '3008 0202ffff 020101 00'],
    ['a number without digits', '3005 0200 020101 00'],
    ['another tag', '3106 020101 020102'],
    ['another tag of a number', '3006 030101 020102'],
    ['a length without an end', '3080 020101 020102 0000'],
    ['a length without an end, and as many bytes as it would say', `3080 0201 01 027b 01${fill('00', 122)}`],
    ['a length in more bytes than it needs', '308106 020101 020102 00'],
    ['a length that begins with zero', `30820080 0201 01 027b 01${fill('00', 122)}`],
    ['a length of 127 in two bytes', `30817f 0201 01 027a 01${fill('00', 121)}`],
    ['a length that breaks off', '3084 ffff'],
    ['a length beyond the bytes', '3007 020101 020102'],
    ['a very long length', '3088 ffffffffffffffff 0201'],
    ['the longest length', `30ff ${fill('ff', 127)} 0201`],
    ['a length of nothing', '3081 020101 020102'],
    ['a tag alone', '30'],
    ['a second number beyond the sequence', '3005 020101 020102'],
  ])('is not DER that begins with %s', (_, text) => {
    expect(isDer(text)).toBe(false)
  })

  it.each([
    ['small halves', '0102', '3006 020101 020102'],
    ['zeros', '0000', '3006 020100 020100'],
    ['many zeros', '00000000', '3006 020100 020100'],
    ['zeros before a number', '00010002', '3006 020101 020102'],
    ['the highest bit', '7f80', '3007 02017f 02020080'],
    ['128 bytes of content', fill('01', 124), `308180 023e ${fill('01', 62)} 023e ${fill('01', 62)}`],
    ['127 bytes of content', `00${fill('01', 123)}`, `307f 023d ${fill('01', 61)} 023e ${fill('01', 62)}`],
    ['the longest', fill('01', 132), `308188 0242 ${fill('01', 66)} 0242 ${fill('01', 66)}`],
  ])('in halves is written as DER: %s', (_, text, der) => {
    expect(formOf(text)).toBe(`p1363 ${der.replaceAll(' ', '')}`)
  })

  it.each([
    ['nothing', ''],
    ['an odd number of bytes', '010203'],
    ['too many', fill('01', 134)],
  ])('is neither: %s', (_, text) => {
    expect(formOf(text)).toBe('neither')
  })
})
