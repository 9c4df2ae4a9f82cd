import { describe, expect, it } from 'vitest'
import { openSumming } from '../../../src/stores/s3lo/checksum.js'
import { crc32c } from '../../harness/gcs.js'

function crcOf(...pieces: readonly Uint8Array[]): string {
  const summing = openSumming()
  for (const piece of pieces) summing.add(piece)
  return Buffer.from(summing.sums().crc32c, 'base64').toString('hex')
}

describe('CRC-32C', () => {
  // RFC 3720, appendix B.4, the bytes of the sum in the order of the network; the last one is the usual check value.
  it.each([
    ['nothing', Buffer.alloc(0), '00000000'],
    ['32 zeros', Buffer.alloc(32), '8a9136aa'],
    ['32 ones', Buffer.alloc(32, 0xff), '62a8ab43'],
    ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, n) => n)), '46dd794e'],
    ['123456789', Buffer.from('123456789'), 'e3069283'],
  ])('of %s is the published one', (_, bytes, sum) => {
    expect(crcOf(bytes)).toBe(sum)
  })

  it('does not depend on how the bytes are cut, and is what the definition says', () => {
    const bytes = Buffer.from('any bytes at all, in whatever pieces'.repeat(50))
    expect(crcOf(bytes.subarray(0, 1), bytes.subarray(1, 700), bytes.subarray(700))).toBe(crcOf(bytes))
    expect(Buffer.from(crcOf(bytes), 'hex').toString('base64')).toBe(crc32c(bytes))
  })
})

it('MD5 is that of all bytes so far', () => {
  const summing = openSumming()
  expect(summing.sums().md5).toBe('1B2M2Y8AsgTpgAmY7PhCfg==')
  summing.add(Buffer.from('abc'))
  expect(summing.sums().md5).toBe('kAFQmDzST7DWlj99KOF/cg==')
})
