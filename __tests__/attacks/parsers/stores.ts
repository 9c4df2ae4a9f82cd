import { claimedIdentity, cosignClaims } from '../../../src/verify/identity.js'
import { certificateKey } from '../../../src/verify/certificate.js'
import { readEcdsaSignature } from '../../../src/verify/ecdsa-encoding.js'
import {
  publicKeyFromCertificate,
  publicKeyFromPkcs1,
  publicKeyFromPkcs8,
  publicKeyFromSpki,
} from '../../../src/verify/public-key.js'
import { beginningOf } from '../../../src/verify/sigstore.js'
import { parseTrustedRoot, withAuthorities } from '../../../src/verify/trust-material.js'
import { awsKeyName } from '../../../src/keys/aws-kms-name.js'
import { readAzureKey } from '../../../src/keys/azure-json-web-key.js'
import { azureKeyName } from '../../../src/keys/azure-key-name.js'
import { openCosignKey } from '../../../src/keys/cosign-key.js'
import { gcpKeyName } from '../../../src/keys/gcp-kms-name.js'
import { readGcpPublicKey } from '../../../src/keys/gcp-public-key.js'
import { readPem } from '../../../src/keys/pem.js'
import { transitName } from '../../../src/keys/transit-name.js'
import { readTransitKey } from '../../../src/keys/transit-versions.js'
import { regionName } from '../../../src/network/aws.js'
import { redirectTarget } from '../../../src/network/https.js'
import { readRefusal } from '../../../src/network/refusal.js'
import { retryAfter } from '../../../src/network/status.js'
import { isObject } from '../../../src/evidence/json.js'
import { takeManifest } from '../../../src/stores/manifest.js'
import { nextPage } from '../../../src/stores/next-page.js'
import { credentialsIn, placeOf, readEntry } from '../../../src/stores/registry/auth-entry.js'
import { parseChallenge } from '../../../src/stores/registry/challenge.js'
import { apiHost, allows } from '../../../src/stores/registry/host.js'
import { isManifest, loginsIn } from '../../../src/stores/registry/pull-secret.js'
import { yamlDocuments } from '../../../src/stores/registry/yaml-documents.js'
import { elementText, readBlobList } from '../../../src/stores/s3lo/azure-xml.js'
import { ownCases } from '../harness/own-cases.js'
import type { Parser } from '../harness/fuzz-attack.js'

const page = new URL('https://registry.example/v2/a/referrers/sha256:ab?n=1')
const auth = Buffer.from('user:word').toString('base64')
const config = {
  auths: {
    'registry.example/team': { auth },
    'https://index.docker.io/v1/': { username: 'a', password: 'b' },
  },
  credHelpers: { 'x.example': 'y' },
}
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'kubernetes.io/dockerconfigjson',
  data: { '.dockerconfigjson': Buffer.from(JSON.stringify(config)).toString('base64') },
}
const old = {
  kind: 'Secret',
  type: 'kubernetes.io/dockercfg',
  data: { '.dockercfg': Buffer.from(JSON.stringify(config.auths)).toString('base64') },
}
const pem = ownCases().flatMap((one) => ('key' in one ? one.key : []))
const der = pem.map((text) => Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64'))
const certificates = ownCases().flatMap(({ parts }) => parts['certificate'] ?? [])
const certificateDer = certificates.map((text) =>
  Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64'),
)
const roots = ownCases().flatMap((one) => ('root' in one ? Buffer.from(one.root, 'latin1') : []))
const signatures = ownCases().flatMap(({ parts }) => Buffer.from(parts['signature'] ?? '', 'base64'))
const sealed = JSON.stringify({
  kdf: { name: 'scrypt', params: { N: 2, r: 8, p: 1 }, salt: 'AAAA' },
  cipher: { name: 'nacl/secretbox', nonce: 'AAAA' },
  ciphertext: 'AAAA',
})

export const storesParsers: readonly Parser[] = [
  {
    name: 'the challenge of a registry',
    texts: [
      'Bearer realm="https://auth.example/token",service="r",scope="repository:a:pull"',
      'Basic realm=x, Bearer realm=y',
    ],
    read: parseChallenge,
  },
  {
    name: 'the entry of a login',
    values: [{ auth }, { identitytoken: 'x' }, { username: 'a', password: 'b' }],
    read: readEntry,
  },
  {
    name: 'logins by place',
    values: [config.auths],
    read: (value: unknown): unknown =>
      credentialsIn(isObject(value) ? value : undefined, 'registry.example', 'kubernetes', 'f')('team/a'),
  },
  {
    name: 'the place of a login',
    texts: ['https://index.docker.io/v1/', 'registry.example:5000/a'],
    read: placeOf,
  },
  {
    name: 'pull secrets',
    values: [[secret], [old, { kind: 'List', items: [secret] }]],
    read: (value: unknown): unknown => (Array.isArray(value) ? [loginsIn(value), value.map(isManifest)] : []),
  },
  {
    name: 'YAML of a configuration',
    texts: [JSON.stringify(config), 'a: &x [b]\nc: *x\n---\nd: |\n  e\n'],
    read: yamlDocuments,
  },
  {
    name: 'a host',
    texts: ['docker.io', 'registry.example:5000'],
    read: (text: string): unknown => [apiHost(text), allows([text], text)],
  },
  {
    name: 'the next page',
    texts: [
      '</v2/a/referrers/x?n=1&last=y>; rel="next"',
      '<https://other.example/>; rel=next, <x>; rel="prev"',
    ],
    read: (text: string): unknown => nextPage(text, page),
  },
  {
    name: 'a manifest that was fetched',
    bytes: ['{"schemaVersion":2,"manifests":[]}'],
    read: (bytes: Uint8Array): unknown => takeManifest(bytes, 'here'),
  },
  {
    name: 'a list of blobs',
    texts: [
      '<?xml version="1.0"?><EnumerationResults><Blobs><Blob><Name>a&amp;b</Name></Blob></Blobs><NextMarker>x</NextMarker></EnumerationResults>',
    ],
    read: (text: string): unknown => [readBlobList(text), elementText(text, 'Code')],
  },
  {
    name: 'a refusal',
    bytes: ['{"errors":[{"code":"DENIED","message":"m","detail":{"a":1}}]}'],
    read: readRefusal,
  },
  {
    name: 'a time to wait',
    texts: ['120', 'Sat, 21 Nov 2026 18:00:00 GMT'],
    read: (text: string): unknown => retryAfter(text, 0),
  },
  { name: 'a region', texts: ['eu-west-1'], read: regionName },
  {
    name: 'a redirect',
    texts: ['/a', 'https://other.example/b', '//c', 'http://127.0.0.1/'],
    read: (text: string): unknown => String(redirectTarget(page, text)),
  },
  { name: 'a key in PEM', texts: pem, read: readPem },
  {
    name: 'a key in DER',
    bytes: der,
    read: (bytes: Uint8Array): unknown =>
      [publicKeyFromSpki, publicKeyFromPkcs1, publicKeyFromPkcs8].map((read) => read(bytes).kind),
  },
  {
    name: 'the key of a certificate',
    bytes: certificateDer,
    read: (bytes: Uint8Array): unknown => publicKeyFromCertificate(bytes).kind,
  },
  { name: 'a certificate in PEM', texts: certificates, read: certificateKey },
  { name: 'the claims of a certificate', bytes: certificateDer, read: cosignClaims },
  { name: 'the identity that a certificate claims', bytes: certificateDer, read: claimedIdentity },
  { name: 'the beginning of a certificate', bytes: certificateDer, read: beginningOf },
  { name: 'an ECDSA signature', bytes: signatures, read: readEcdsaSignature },
  {
    name: 'a trusted root',
    bytes: roots,
    read: (bytes: Uint8Array): unknown => {
      const trust = parseTrustedRoot(bytes, 'root')
      return typeof trust === 'string' ? trust : [trust.sha256, trust.newestPart]
    },
  },
  {
    name: 'authorities of the user',
    bytes: certificates,
    read: (bytes: Uint8Array): unknown => {
      const trust = withAuthorities(undefined, { name: 'roots', bytes }, bytes)
      return typeof trust === 'string' ? trust : trust.material.certificateAuthorities.length
    },
  },
  {
    name: "cosign's encrypted key",
    bytes: [sealed],
    read: async (bytes: Uint8Array): Promise<unknown> => (await openCosignKey(bytes, 'word')).kind,
  },
  {
    name: 'a key of AWS',
    texts: [
      'awskms:///arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      'awskms:///alias/a',
    ],
    read: awsKeyName,
  },
  { name: 'a key of Azure', texts: ['azurekms://v.vault.azure.net/k/1'], read: azureKeyName },
  {
    name: 'a key of Google',
    texts: ['gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1'],
    read: gcpKeyName,
  },
  { name: 'a key of a transit engine', texts: ['hashivault://k', 'openbao://mount/k'], read: transitName },
  {
    name: "Azure's answer",
    values: [
      { key: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: 'k' } },
      { key: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } },
    ],
    read: (value: unknown): unknown => (isObject(value) ? readAzureKey('1', value).kind : ''),
  },
  {
    name: "Google's answer",
    values: [
      { pem: pem[0], algorithm: 'EC_SIGN_P256_SHA256', pemCrc32c: '1', name: 'n', protectionLevel: 'HSM' },
    ],
    read: (value: unknown): unknown => (isObject(value) ? readGcpPublicKey('1', value).kind : ''),
  },
  {
    name: "a transit engine's answer",
    values: [
      {
        data: {
          type: 'ecdsa-p256',
          latest_version: 2,
          keys: { '1': { public_key: pem[0] }, '2': { public_key: 'x' } },
        },
      },
    ],
    read: (value: unknown): unknown => (isObject(value) ? readTransitKey('k', value).kind : ''),
  },
]
