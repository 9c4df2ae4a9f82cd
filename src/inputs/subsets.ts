import { certificateClaims } from '../verdict/request.js'

const signers = [
  'key',
  'certificate-identity',
  'certificate-identity-regexp',
  'certificate-oidc-issuer',
  'certificate-oidc-issuer-regexp',
  ...certificateClaims.map((claim) => `certificate-${claim}` as const),
] as const

const trust = [
  'trusted-root',
  'tuf-mirror',
  'tuf-root',
  'ca-roots',
  'ca-intermediates',
  'offline',
  'insecure-ignore-tlog',
  'insecure-ignore-sct',
  'use-signed-timestamps',
] as const

/** Inputs that say how an image is reached and what is checked of its signatures. */
export const inspected = [
  ...signers,
  ...trust,
  'endpoint',
  'timeout',
  'retries',
  'registry-username',
  'registry-password',
  'registry-config',
  'registry-cacert',
  'allow-http-registry',
  'allow-insecure-registry',
  'signature-repository',
  'attachment-tag-prefix',
] as const

/** Inputs that a bundle is judged with. */
export const bundled = [...signers, ...trust, 'timeout', 'retries'] as const

/** Inputs that say what is made of a verdict: all that is left to ask where the results of shards are merged. */
export const merged = [
  'mode',
  'on-infrastructure-error',
  'result-file',
  'html-report',
  'sarif-report',
  'policy-report',
  'summary',
] as const
