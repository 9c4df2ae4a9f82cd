import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { der } from '../verify/der.js'
import type { Cosign } from './cosign.js'
import { type CtLog, promises } from './ct-log.js'
import {
  type Authority,
  authorityKey,
  bodyOf,
  codeSigning,
  digitalSignature,
  extension,
  nameless,
  newSerial,
  pemOf,
  seal,
  subjectKey,
  text,
  type Window,
} from './issued-certificate.js'
import { temporaryFolder } from './run.js'

/** A key and the certificate of it, in files, as cosign takes them. */
export interface MintedLeaf {
  readonly key: string
  readonly certificate: string
  readonly valid: Required<Window>
}

export interface LeafDemand {
  readonly identity: string
  readonly issuer: string
  readonly valid: Required<Window>
}

/** What Fulcio says of an identity token: its issuer, bare and as DER (fulcio, docs/oid-info.md). */
const issuerIds = { bare: '1.3.6.1.4.1.57264.1.1', der: '1.3.6.1.4.1.57264.1.8' }
const alternativeName = '2.5.29.17'

/**
 * A certificate as Fulcio's, by Fulcio's own key and known to its log, that is valid when the test wants it to be:
 * Fulcio itself gives ten minutes from now.
 */
export async function mintLeaf(
  name: string,
  { identity, issuer, valid }: LeafDemand,
  authority: Authority,
  logs: readonly Pick<CtLog, 'promise'>[],
  cosign: Cosign,
): Promise<MintedLeaf> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const extensions = [
    digitalSignature,
    codeSigning,
    subjectKey(spki),
    authorityKey(authority),
    extension(alternativeName, der(0x30, text(0x86, identity)), true),
    extension(issuerIds.bare, Buffer.from(issuer)),
    extension(issuerIds.der, text(0x0c, issuer)),
  ]
  const subject = { name: nameless, spki, valid, serial: newSerial() }
  // The logs promise what is signed without their promises.
  const known = bodyOf({ ...subject, extensions }, authority.name)
  const list = logs.map((log) => log.promise(known, authority.spki))
  const promised = list.length === 0 ? [] : [promises(...list)]
  const body = bodyOf({ ...subject, extensions: [...extensions, ...promised] }, authority.name)
  const certificate = path.join(temporaryFolder(), `${name}.pem`)
  writeFileSync(certificate, pemOf(seal(body, authority.privateKey)))
  const { key } = await cosign.importKey(name, privateKey)
  return { key, certificate, valid }
}
