import { readBundle, readLines, unwrapAttached } from '../../../src/policy/witness/containers.js'
import { readCertificates } from '../../../src/policy/witness/certificate.js'
import { readPayload } from '../../../src/policy/witness/collection.js'
import { readDigests } from '../../../src/policy/witness/digests.js'
import { compileGlob } from '../../../src/policy/witness/glob.js'
import { goTime, parseDuration, parseMoment, rfc3339 } from '../../../src/policy/witness/go-time.js'
import { billNames } from '../../../src/policy/witness/bill-names.js'
import { bindingsOf } from '../../../src/policy/witness/image.js'
import { itemsOf, jsonProblem, membersOf, structOf } from '../../../src/policy/witness/json-text.js'
import { readVerifyingKey } from '../../../src/policy/witness/policy-key.js'
import { readPolicy } from '../../../src/policy/witness/policy.js'
import { profiles } from '../../../src/policy/witness/profile.js'
import { hasDeny, inputFields, readModule } from '../../../src/policy/witness/rego-text.js'
import { readEnvelope } from '../../../src/policy/witness/signed-envelope.js'
import { timeOfToken } from '../../../src/policy/witness/stamp.js'
import type { Parser } from '../harness/fuzz-attack.js'
import { ownCases } from '../harness/own-cases.js'

const built = ownCases().filter(({ kind }) => kind === 'build-policy')
const policies = built.flatMap(({ parts }) => parts['policy'] ?? [])
const envelopes = built.flatMap(({ parts }) => Object.values(parts))
const payloadOf = (envelope: string): Buffer =>
  Buffer.from((JSON.parse(envelope) as { payload: string }).payload, 'base64')
const collections = built.flatMap(({ parts }) =>
  Object.entries(parts).flatMap(([name, text]) => (name === 'policy' ? [] : [payloadOf(text)])),
)
const signature = (
  JSON.parse(envelopes.find((text) => text.includes('timestamps')) ?? '{}') as {
    signatures: { certificate: string; timestamps: { data: string }[] }[]
  }
).signatures[0]
const certificate = Buffer.from(signature?.certificate ?? '', 'base64')
const token = Buffer.from(signature?.timestamps[0]?.data ?? '', 'base64')
const json = '{"a":[1,{"b":null}],"A":"c","\\u0061":1e5}'
const key = pemOf(payloadOf(policies[0] ?? '{}').toString('utf8'))
const { cilock, witness } = profiles

/** The key in a policy. */
function pemOf(policy: string): Buffer {
  const { publickeys } = JSON.parse(policy) as { publickeys: Record<string, { key: string }> }
  return Buffer.from(Object.values(publickeys)[0]?.key ?? '', 'base64')
}

export const witnessParsers: readonly Parser[] = [
  { name: 'an envelope', bytes: envelopes, read: readEnvelope },
  {
    name: "cilock's policy",
    bytes: policies.map(payloadOf),
    read: (bytes: Uint8Array): unknown => readPolicy(bytes, 'p.json', cilock).problems,
  },
  {
    name: "witness's policy",
    bytes: policies.map(payloadOf),
    read: (bytes: Uint8Array): unknown => readPolicy(bytes, 'p.json', witness).problems,
  },
  {
    name: 'a collection',
    bytes: collections,
    read: (bytes: Uint8Array): unknown => readPayload(bytes, cilock),
  },
  {
    name: 'a file of lines',
    bytes: [envelopes.join('\n')],
    read: (bytes: Uint8Array): unknown => readLines(bytes, 'l', 'given').problems,
  },
  {
    name: 'a bundle',
    bytes: [
      Buffer.alloc(2048),
      Buffer.from(`bundle.json${'\0'.repeat(113)}00000000002\0`.padEnd(257, '\0') + 'ustar'),
    ],
    read: (bytes: Uint8Array): unknown => readBundle(bytes, 'b').problems,
  },
  {
    name: 'an envelope in a statement',
    bytes: [`{"predicate":${envelopes[0] ?? ''}}`, '{"predicate":{"Data":"{}"}}'],
    read: unwrapAttached,
  },
  {
    name: 'the letters of JSON',
    texts: [json, ...envelopes],
    read: (text: string): unknown =>
      jsonProblem(text) === undefined ? [membersOf(text), itemsOf(text), structOf(text)] : 'none',
  },
  {
    name: 'digests',
    texts: ['{"sha256":"ab","gitoid:sha1":"x","dirHash":"h1:x"}'],
    read: (text: string): unknown => (jsonProblem(text) === undefined ? readDigests(text, 'known') : ''),
  },
  {
    name: 'an attestation of an image',
    texts: ['{"imageid":{"sha256":"ab"},"manifestdigest":{"sha256":"cd"},"tardigest":{"sha256":"ef"}}'],
    read: (text: string): unknown =>
      jsonProblem(text) === undefined
        ? bindingsOf({ type: 'https://witness.dev/attestations/oci/v0.1', json: text })
        : '',
  },
  {
    name: 'names in a bill',
    texts: ['{"metadata":{"component":{"name":"a","version":"sha256:b"}},"components":[{"name":"c"}]}'],
    read: (text: string): unknown =>
      jsonProblem(text) === undefined ? billNames({ type: 'https://cyclonedx.org/bom', json: text }) : '',
  },
  {
    name: 'certificates',
    bytes: [certificate],
    read: (bytes: Uint8Array): unknown => {
      const read = readCertificates(bytes)
      return typeof read === 'string' ? read : read.length
    },
  },
  {
    name: 'a timestamp',
    bytes: [token],
    read: (bytes: Uint8Array): unknown =>
      timeOfToken(bytes, new Uint8Array(8), { anchors: [], name: '' } as never, cilock),
  },
  { name: 'a key', bytes: [key], read: (bytes: Uint8Array): unknown => typeof readVerifyingKey(bytes) },
  {
    name: 'a glob',
    texts: ['a*b[!c-d]?', '{a,b}*', '\\*'],
    read: (text: string): unknown => compileGlob(text)?.('ab'),
  },
  { name: 'a duration', texts: ['1h2m', '1.5s', '-3ns'], read: parseDuration },
  {
    name: 'a moment',
    texts: ['2035-01-01T00:00:00Z', '2026-11-21T02:15:30.738360592+01:00'],
    read: (text: string): unknown => {
      const moment = parseMoment(text)
      return moment === undefined ? '' : [goTime(moment), rfc3339(moment)]
    },
  },
  {
    name: 'a module of Rego',
    texts: ['package a\ndeny[msg] { input.b.c == 1; msg := "x" }'],
    read: (text: string): unknown => {
      const read = readModule('m', text)
      return [read, hasDeny(read), inputFields(read)]
    },
  },
]
