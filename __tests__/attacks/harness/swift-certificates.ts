import { ASN1Obj } from '@sigstore/core'

/** The library encodes the same trusted certificates again for every judgement: here each is encoded once. */
export function encodeOnce(): void {
  const encoded = new WeakMap<ASN1Obj, Buffer>()
  const encode = Object.getOwnPropertyDescriptor(ASN1Obj.prototype, 'toDER')?.value as (
    this: ASN1Obj,
  ) => Buffer
  ASN1Obj.prototype.toDER = function (this: ASN1Obj): Buffer {
    const known = encoded.get(this) ?? encode.call(this)
    encoded.set(this, known)
    return known
  }
}
