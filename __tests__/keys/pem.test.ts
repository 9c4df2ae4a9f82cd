import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readPem } from '../../src/keys/pem.js'

const toPem = (key: KeyObject, type: 'spki' | 'pkcs1' | 'pkcs8'): string =>
  key.export({ format: 'pem', type }).toString()
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = toPem(pair.publicKey, 'spki')
const other = toPem(generateKeyPairSync('ed25519').publicKey, 'spki')

const type = (text: string): string => {
  const outcome = readPem(text)
  return outcome.kind === 'key' ? outcome.key.type : outcome.kind
}
const reason = (text: string): string => {
  const outcome = readPem(text)
  return outcome.kind === 'refused' ? outcome.reason : outcome.kind
}

describe('where a block may stand', () => {
  it.each([
    ['as it is', pem],
    ['without the last line end', pem.trimEnd()],
    ['with CRLF', pem.replaceAll('\n', '\r\n')],
    ['after other text', `Key of the release team\n\n${pem}`],
    ['before other text', `${pem}the end`],
    ['with blanks at the ends of lines', pem.replaceAll('\n', ' \t\n')],
    ['with headers', pem.replace('-----\n', '-----\nComment: none\n\n')],
    ['after a BEGIN without END', `-----BEGIN PUBLIC KEY-----\nAAAA\n${pem}`],
    ['after a block that is no base64', `-----BEGIN X-----\n!!!!\n-----END X-----\n${pem}`],
    ['after a block whose labels differ', `-----BEGIN X-----\nAAAA\n-----END Y-----\n${pem}`],
    ['before another key', `${pem}${other}`],
  ])('%s', (_name, text) => {
    expect(type(text)).toBe('ecdsa-p256')
  })

  it('the first block decides, whatever it is', () => {
    expect(type(`${other}${pem}`)).toBe('ed25519')
    expect(reason(`-----BEGIN X-----\nAAAA\n-----END X-----\n${pem}`)).toContain('got a PEM block X')
  })

  it.each([
    ['nothing', '', 'an empty file'],
    ['blanks', ' \n\n', 'an empty file'],
    ['text', 'hello', 'text without a PEM block'],
    ['an indented block', pem.replaceAll(/^/gm, '  '), 'an indented PEM block'],
    ['a byte order mark', `\ufeff${pem}`, 'a byte order mark'],
    ['a JWK', JSON.stringify(pair.publicKey.export({ format: 'jwk' })), 'JSON (a JWK?)'],
    ['DER', pair.publicKey.export({ format: 'der', type: 'spki' }).toString('latin1'), 'binary data (DER?)'],
    [
      'DER read as UTF-8',
      rsa.publicKey.export({ format: 'der', type: 'spki' }).toString(),
      'binary data (DER?)',
    ],
    ['a block cut off', pem.slice(0, -20), 'cut off'],
    ['bad base64', pem.replace(/\n./, '\n!'), 'not in base64'],
    ['unpadded base64', '-----BEGIN PUBLIC KEY-----\nAAA\n-----END PUBLIC KEY-----\n', 'not in base64'],
    ['text after END on its line', pem.replace(/\n$/, ' x\n'), 'cut off'],
  ])('not with %s', (_name, text, got) => {
    expect(reason(text)).toMatch(/^expected a PEM block PUBLIC KEY, .*, got /)
    expect(reason(text)).toContain(got)
  })

  it('is found in linear time', () => {
    const started = performance.now()
    expect(reason('-----BEGIN \n-----END '.repeat(50_000))).toContain('got a PEM block that is cut off')
    expect(reason(`-----BEGIN X-----\n${'a:\n'.repeat(300_000)}-----END X-----`)).toContain('got')
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('what a block may hold', () => {
  it('a PKCS#1 key', () => {
    expect(type(toPem(rsa.publicKey, 'pkcs1'))).toBe('rsa')
  })
  it.each(['ENCRYPTED SIGSTORE PRIVATE KEY', 'ENCRYPTED COSIGN PRIVATE KEY'])('%s, still closed', (label) => {
    const text = `-----BEGIN ${label}-----\n${Buffer.from('{}').toString('base64')}\n-----END ${label}-----\n`
    expect(readPem(text)).toEqual({ kind: 'encrypted', body: new TextEncoder().encode('{}') })
  })
  it.each([
    ['CERTIFICATE', 'openssl x509 -pubkey'],
    ['PRIVATE KEY', 'public half only'],
    ['EC PRIVATE KEY', 'public half only'],
    ['RSA PRIVATE KEY', 'public half only'],
    ['EC PARAMETERS', 'got a PEM block EC PARAMETERS'],
    ['public key', 'got a PEM block public key'],
  ])('not %s', (label, got) => {
    expect(reason(`-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`)).toContain(got)
  })
  it('not an empty or foreign body', () => {
    expect(reason('-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n')).toMatch(
      /^PEM block PUBLIC KEY: expected/,
    )
    const swapped = toPem(rsa.publicKey, 'pkcs1').replaceAll('RSA PUBLIC', 'PUBLIC')
    expect(reason(swapped)).toMatch(/^PEM block PUBLIC KEY: expected/)
  })
  it('and a private key is never quoted', () => {
    const secret = toPem(pair.privateKey, 'pkcs8')
    const body = secret.split('\n')[1] ?? ''
    expect(reason(secret)).not.toContain(body)
    expect(reason(body)).not.toContain(body)
  })
})
