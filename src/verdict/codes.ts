/**
 * Every code a verdict can carry: one closed union, each with the class that says whose turn it is.
 * The pages under docs/ are generated from this file.
 */
export type FailureClass = 'supply-chain' | 'infrastructure' | 'configuration'

/** The party that failed to answer, for codes of class infrastructure. */
export type Service = 'registry' | 'storage' | 'key' | 'trust' | 'github' | 'archivista' | 'engine'

interface CodeEntry {
  readonly class: FailureClass
  /** One line: what is the case. */
  readonly meaning: string
  /** One line: what to do next. */
  readonly remedy: string
}

export const codes = {
  unsigned: {
    class: 'supply-chain',
    meaning: 'No signature by the demanded signer is there.',
    remedy:
      'Sign the image with the demanded key, or check that the key and the reference are the intended ones.',
  },
  'signature-invalid': {
    class: 'supply-chain',
    meaning: 'A signature is there, but it does not verify over this image at this place.',
    remedy: 'Find out who wrote it: sign the image anew where it lies now, or treat it as forged.',
  },
  'digest-mismatch': {
    class: 'supply-chain',
    meaning: 'The signed or expected digest is not the digest of the image, or of a part of it.',
    remedy: 'The image changed after it was signed or chosen: promote the signed one, or sign the new one.',
  },
  'key-mismatch': {
    class: 'supply-chain',
    meaning: 'The evidence was made with another key than the demanded one.',
    remedy: 'Compare the key ids; give the right key, or have the image signed by the demanded one.',
  },
  'identity-mismatch': {
    class: 'supply-chain',
    meaning: 'The certificate names another identity than the demanded one.',
    remedy: 'Compare identity and issuer; correct the demand, or have the right workflow sign.',
  },
  'certificate-untrusted': {
    class: 'supply-chain',
    meaning: 'The certificate does not lead to a trusted root.',
    remedy: 'Give the trusted root of the instance that signed, or reject the signer.',
  },
  'certificate-expired': {
    class: 'supply-chain',
    meaning: 'The certificate was not valid at the proven time.',
    remedy: 'Sign again with a valid certificate and a log entry or a timestamp.',
  },
  'log-entry-missing': {
    class: 'supply-chain',
    meaning: 'The evidence carries no transparency log entry although one is demanded.',
    remedy: 'Sign with a log entry, or waive it with insecure-ignore-tlog where a key alone is enough.',
  },
  'log-entry-invalid': {
    class: 'supply-chain',
    meaning: 'The transparency log entry does not prove this signature.',
    remedy: 'Sign again; an entry that belongs to something else is a sign of tampering.',
  },
  'timestamp-invalid': {
    class: 'supply-chain',
    meaning: 'The signed timestamp does not prove a time for this signature.',
    remedy: 'Sign again with a trusted timestamp authority.',
  },
  'annotation-mismatch': {
    class: 'supply-chain',
    meaning: 'The signature does not carry a demanded annotation.',
    remedy: 'Sign with the demanded annotations, or correct the demand.',
  },
  'attestation-missing': {
    class: 'supply-chain',
    meaning: 'No attestation of the demanded type by the demanded signer is there.',
    remedy: 'Attest the image, or correct the demanded type.',
  },
  'attestation-invalid': {
    class: 'supply-chain',
    meaning: 'An attestation is there, but it does not verify for this image.',
    remedy: 'Attest the image anew, or treat the attestation as forged.',
  },
  'policy-denied': {
    class: 'supply-chain',
    meaning: 'A policy was evaluated and says no.',
    remedy: 'Read the message of the rule that denied, and mend the image or its evidence.',
  },
  'policy-untrusted': {
    class: 'supply-chain',
    meaning: 'The policy itself is not signed by the demanded signer.',
    remedy: 'Sign the policy, or give the key that signed it.',
  },
  'policy-expired': {
    class: 'supply-chain',
    meaning: 'The signed policy is past its expiry.',
    remedy: 'Renew and sign the policy.',
  },
  'record-malformed': {
    class: 'supply-chain',
    meaning: 'A signature record is there but cannot be one.',
    remedy: 'Sign the image again; somebody or something overwrote the record.',
  },
  unreachable: {
    class: 'infrastructure',
    meaning: 'The service could not be reached.',
    remedy: 'Check the address and the network, then run again: nothing was found out about the image.',
  },
  'tls-failed': {
    class: 'infrastructure',
    meaning: 'No trusted TLS connection could be made.',
    remedy: 'Give the certificate authority of the service, or repair its certificate.',
  },
  denied: {
    class: 'infrastructure',
    meaning: 'The service refused the credentials or the right.',
    remedy: 'Check the credentials of the step and the rights they have.',
  },
  'not-found': {
    class: 'infrastructure',
    meaning: 'The image itself is not there.',
    remedy: 'Check the reference, and that the push came before this step.',
  },
  'rate-limited': {
    class: 'infrastructure',
    meaning: 'The service answered that it gets too many requests.',
    remedy: 'Run again later, sign in, or lower the concurrency.',
  },
  'server-error': {
    class: 'infrastructure',
    meaning: 'The service failed.',
    remedy: 'Run again later; the status page of the service may know more.',
  },
  timeout: {
    class: 'infrastructure',
    meaning: 'The service did not answer in time.',
    remedy: 'Run again, or give more time.',
  },
  'response-invalid': {
    class: 'infrastructure',
    meaning: 'The service answered something that cannot be the answer.',
    remedy: 'Look for a proxy or a login page in between, and at the service itself.',
  },
  'limit-exceeded': {
    class: 'infrastructure',
    meaning: 'Something was larger than this tool reads.',
    remedy: 'Look at what lies there: it is no usual signature, key or manifest.',
  },
  'internal-error': {
    class: 'infrastructure',
    meaning: 'The tool itself failed or was stopped.',
    remedy: 'Run again; if it stays, report it with the message.',
  },
  'input-invalid': {
    class: 'configuration',
    meaning: 'An input of the step or a flag cannot be used.',
    remedy: 'Correct the input that the message names.',
  },
  'reference-invalid': {
    class: 'configuration',
    meaning: 'The image reference cannot be read.',
    remedy:
      'Write registry/name:tag, s3://bucket/name:tag, local://store/name:tag or oci-layout://dir[:tag].',
  },
  'key-invalid': {
    class: 'configuration',
    meaning: 'The key reference leads to no usable public key.',
    remedy:
      'Give a PEM public key, a cosign.key with COSIGN_PASSWORD, or one of the references that docs/keys.md lists.',
  },
  'policy-invalid': {
    class: 'configuration',
    meaning: 'The policy cannot be read.',
    remedy: 'Correct the policy file that the message names.',
  },
  'trust-root-invalid': {
    class: 'configuration',
    meaning: 'The trusted root cannot be read.',
    remedy: 'Give a trusted_root.json of the instance that signed.',
  },
  'nothing-to-verify': {
    class: 'configuration',
    meaning: 'There is no image or no requirement, so nothing could be decided.',
    remedy: 'Name at least one image and at least one key, identity or policy.',
  },
  uncovered: {
    class: 'configuration',
    meaning: 'No policy covers the image.',
    remedy: 'Add a policy for it, or say with no-match-policy what shall happen then.',
  },
  'output-unwritable': {
    class: 'configuration',
    meaning: 'A report could not be written.',
    remedy: 'Check the path and its rights.',
  },
  unsupported: {
    class: 'configuration',
    meaning: 'This version cannot do what was asked.',
    remedy: 'See the documentation for what is supported, or use a newer version.',
  },
} as const satisfies Record<string, CodeEntry>

export type Code = keyof typeof codes

type CodeOf<Class extends FailureClass> = {
  [Name in Code]: (typeof codes)[Name]['class'] extends Class ? Name : never
}[Code]

/** Codes of what is proven false. */
export type UnmetCode = CodeOf<'supply-chain'>
/** Codes of what could not be found out. */
export type UnknownCode = CodeOf<'infrastructure' | 'configuration'>

export function classOf(code: Code): FailureClass {
  return codes[code].class
}

/** The higher class speaks for the whole: what is proven comes first, then what the pipeline's owner can mend. */
export const classOrder: readonly FailureClass[] = ['supply-chain', 'configuration', 'infrastructure']
