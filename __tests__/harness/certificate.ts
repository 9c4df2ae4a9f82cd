import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { der } from '../verify/der.js'

export interface Certificate {
  readonly cert: string
  readonly key: string
}

const sequence = (...parts: Uint8Array[]): Uint8Array => der(0x30, ...parts)
const text = (tag: number, content: string): Uint8Array => der(tag, Buffer.from(content))
const oid = (...bytes: number[]): Uint8Array => der(0x06, bytes)
const yes = der(0x01, [0xff])

const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))
const commonName = oid(0x55, 0x04, 0x03)
const basicConstraints = oid(0x55, 0x1d, 0x13)
const alternativeName = oid(0x55, 0x1d, 0x11)

/** A new certificate for this machine that is its own authority: trusted by whom it is given to, by nobody else. */
export function newCertificate(): Certificate {
  return newCertificateFor(['localhost'])
}

/** The same for hosts of these names, and for this machine by its address. */
export function newCertificateFor(names: readonly string[], subject = 'verify-image test'): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(der(0x31, sequence(commonName, text(0x0c, subject))))
  const validity = sequence(text(0x17, '200101000000Z'), text(0x18, '20991231235959Z'))
  const hosts = sequence(...names.map((host) => text(0x82, host)), der(0x87, [127, 0, 0, 1]))
  const extensions = sequence(
    sequence(basicConstraints, yes, der(0x04, sequence(yes))),
    sequence(alternativeName, der(0x04, hosts)),
  )
  const signed = sequence(
    der(0xa0, der(0x02, [2])),
    der(0x02, [1], randomBytes(8)),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const whole = sequence(signed, ecdsaWithSha256, der(0x03, [0], sign('sha256', signed, privateKey)))
  const lines =
    Buffer.from(whole)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
