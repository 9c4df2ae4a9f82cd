import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { leafHash, pathTo, rootHash } from './merkle-tree.js'
import { openWeb, type Web } from './web.js'

/** A transparency log as Rekor 1 is: every entry gets a promise, a proof and a signed state of the tree. */
export interface RekorV1 extends Pick<Web, 'url' | 'stop'> {
  readonly publicKey: KeyObject
  /** When the entries to come are made, in the log's own words; undefined: when they are. */
  readonly setClock: (time: Date | undefined) => void
}

/** The name in the log's checkpoints; the trusted root knows the log by it. */
export const rekorV1Name = 'rekor.keyless.example'
const tree = '1193050959916656506'

export async function openRekorV1(): Promise<RekorV1> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
  const leaves: Buffer[] = []
  let clock: Date | undefined

  const checkpoint = (): string => {
    const note = `${rekorV1Name} - ${tree}\n${leaves.length}\n${rootHash(leaves).toString('base64')}\n`
    const signature = Buffer.concat([id.subarray(0, 4), sign('sha256', Buffer.from(note), privateKey)])
    return `${note}\n\u2014 ${rekorV1Name} ${signature.toString('base64')}\n`
  }

  const add = (proposed: Proposed): { uuid: string; entry: object } => {
    const bytes = Buffer.from(JSON.stringify(canonical(proposed)))
    const logIndex = leaves.push(leafHash(bytes)) - 1
    // The order of the names is that of canonical JSON (RFC 8785): the promise is signed over these bytes.
    const promised = {
      body: bytes.toString('base64'),
      integratedTime: Math.floor((clock?.getTime() ?? Date.now()) / 1000),
      logID: id.toString('hex'),
      logIndex,
    }
    const promise = sign('sha256', Buffer.from(JSON.stringify(promised)), privateKey)
    const inclusionProof = {
      checkpoint: checkpoint(),
      hashes: pathTo(logIndex, leaves).map((one) => one.toString('hex')),
      logIndex,
      rootHash: rootHash(leaves).toString('hex'),
      treeSize: leaves.length,
    }
    return {
      uuid: BigInt(tree).toString(16).padStart(16, '0') + String(leaves.at(-1)?.toString('hex')),
      entry: {
        ...promised,
        verification: { inclusionProof, signedEntryTimestamp: promise.toString('base64') },
      },
    }
  }

  const web = await openWeb(({ method, target, body }, response) => {
    if (method !== 'POST' || target !== '/api/v1/log/entries') {
      response.writeHead(404).end()
      return
    }
    const { uuid, entry } = add(JSON.parse(body) as Proposed)
    response.writeHead(201, {
      'content-type': 'application/json',
      etag: uuid,
      location: `/api/v1/log/entries/${uuid}`,
    })
    response.end(JSON.stringify({ [uuid]: entry }))
  })
  return { url: web.url, stop: web.stop, publicKey, setClock: (time) => (clock = time) }
}

/** What a client sends, as far as cosign's signatures and attestations need it. */
type Proposed =
  | { kind: 'hashedrekord'; spec: { data: { hash: Hash }; signature: HashedSignature } }
  | { kind: 'dsse'; spec: { proposedContent: { envelope: string; verifiers: readonly string[] } } }

interface Hash {
  readonly algorithm: string
  readonly value: string
}

interface HashedSignature {
  readonly content: string
  readonly publicKey: { readonly content: string }
}

/** What the log keeps of it (rekor, pkg/types), the names in the order of canonical JSON. */
function canonical(proposed: Proposed): object {
  const apiVersion = '0.0.1'
  const { kind } = proposed
  if (proposed.kind === 'hashedrekord') {
    const { data, signature } = proposed.spec
    const { algorithm, value } = data.hash
    const { content, publicKey } = signature
    return {
      apiVersion,
      kind,
      spec: {
        data: { hash: { algorithm, value } },
        signature: { content, publicKey: { content: publicKey.content } },
      },
    }
  }
  const { envelope, verifiers } = proposed.spec.proposedContent
  const { payload, signatures } = JSON.parse(envelope) as {
    payload: string
    signatures: readonly { sig: string }[]
  }
  return {
    apiVersion,
    kind,
    spec: {
      envelopeHash: sha256(Buffer.from(envelope)),
      payloadHash: sha256(Buffer.from(payload, 'base64')),
      signatures: signatures.map(({ sig }) => ({ signature: sig, verifier: verifiers[0] })),
    },
  }
}

function sha256(bytes: Uint8Array): Hash {
  return { algorithm: 'sha256', value: createHash('sha256').update(bytes).digest('hex') }
}
