/** What a check asks, in words for people; a check that is not here (a rule, a step) bears a name that somebody gave it. */
const words: ReadonlyMap<string, string> = new Map(
  Object.entries({
    annotation: 'The signature carries the annotations',
    'attestation-conditions': 'The conditions on what is attested hold',
    'attestation-found': 'The attestation is there',
    'attestation-policy': 'What is attested satisfies the policy',
    attested: 'Attested',
    build: 'How it was built',
    'build-policy': 'The steps of the build policy',
    bundle: 'The bundle can be read',
    'bundle-read': 'The bundle can be read',
    certificate: 'The certificate is trusted',
    'certificate-log': 'The certificate is logged',
    'certificate-source': 'The certificate names the source',
    chunk: 'A chunk is what was signed',
    deep: 'All parts are what was signed',
    'digest-signed': 'This digest is what was signed',
    'evidence-read': 'The evidence can be read',
    'expected-digest': 'The digest is the expected one',
    freshness: 'New enough',
    identity: 'The identity is the demanded one',
    image: 'All that is asked of the image',
    'image-bound': 'The build is that of this image',
    'image-found': 'The image is there',
    inputs: 'The inputs of the step',
    'key-loaded': 'The key can be read',
    layer: 'A layer is what was signed',
    'log-entry': 'The transparency log has it',
    manifest: 'A manifest is what was signed',
    platforms: 'The platforms',
    policies: 'Policies',
    policy: 'The policy itself',
    'policy-current': 'The policy has not expired',
    'policy-read': 'The policy can be read',
    'policy-signed': 'The policy is signed',
    'predicate-type': 'The type is the demanded one',
    'provenance-branch': 'Provenance names the branch',
    'provenance-builder': 'Provenance names the builder',
    'provenance-source': 'Provenance names the source',
    'provenance-tag': 'Provenance names the tag',
    recipe: 'A recipe is what was signed',
    'record-found': 'A signature record is there',
    'record-read': 'The signature record can be read',
    reference: 'The reference can be read',
    'reference-read': 'The reference can be read',
    run: 'The run',
    'run-finished': 'The run came to its end',
    shard: 'The shard',
    'shard-merged': 'The shard has a result',
    'signature-valid': 'The signature is valid',
    signed: 'Signed',
    'signed-by-all': 'Signed by every signer',
    'signed-by-any': 'Signed by one of the signers',
    signer: 'The signer is the demanded one',
    'store-opened': 'The store can be opened',
    subjects: 'The digests',
    timestamp: 'The timestamp is valid',
    trust: 'The trusted root can be read',
    'vouched-for': 'Everything that was demanded of it',
  }),
)

const someSigners = /^signed-by-(\d+)$/

/** @returns the words for a check, or its own name */
export function checkWords(check: string): string {
  const count = someSigners.exec(check)?.[1]
  return words.get(check) ?? (count === undefined ? check : `Signed by ${count} of the signers`)
}

/** Whether a name was given by whoever wrote the policy; `.attestors[0]` is a place in it. */
export function isOwnName(check: string): boolean {
  return !words.has(check) && !someSigners.test(check) && !check.startsWith('.')
}
