import { describe, expect, it } from 'vitest'
import { pemBlocks } from '../../src/policy/pem-blocks.js'
import { newKey } from '../harness/store.js'

const [one, two] = [newKey().publicPem.trim(), newKey().publicPem.trim()]

describe('blocks of PEM', () => {
  it.each<[string, string, readonly string[]]>([
    ['one', one, [one]],
    ['two, one after the other', `${one}\n${two}`, [one, two]],
    ['two on one line', `${one}${two}`, [one, two]],
    ['with Windows line ends', one.replaceAll('\n', '\r\n'), [one.replaceAll('\n', '\r\n')]],
    ['with text around', `# first\n${one}\nand\n${two}\nend`, [one, two]],
    ['of the kind alone', `-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n${one}`, [one]],
    ['with a longer label', one.replaceAll('PUBLIC', 'RSA PUBLIC'), [one.replaceAll('PUBLIC', 'RSA PUBLIC')]],
    ['none', 'awskms:///alias/x', []],
    ['none in an empty text', '', []],
    ['one that does not end', one.slice(0, 60), []],
    ['one that ends without dashes', '-----BEGIN PUBLIC KEY-----\nAA\n-----END PUBLIC KEY', []],
  ])('%s', (_, text, blocks) => {
    expect(pemBlocks(text, 'PUBLIC KEY')).toEqual(blocks)
  })

  it.each([
    '-----BEGIN PUBLIC KEY-----\n'.repeat(40_000),
    '-----BEGIN '.repeat(100_000),
    '-----BEGIN PUBLIC KEY-----\n-----END \n'.repeat(20_000),
    `-----BEGIN ${'A'.repeat(1_000_000)}`,
  ])('takes a text once, whatever it is (%#)', (text) => {
    const start = Date.now()
    pemBlocks(text, 'PUBLIC KEY')
    expect(Date.now() - start).toBeLessThan(1000)
  })
})
