// The five runs that the pictures in docs/ are of: what each is given, and what must come of it.
import fs from 'node:fs'
import path from 'node:path'
import { keyless, newKey } from './registry.js'

const bom = 'https://cyclonedx.org/bom'
const provenance = 'https://slsa.dev/provenance/v1'
const scan = 'https://cosign.sigstore.dev/attestation/vuln/v1'

const bomOf = (name) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: { component: { type: 'container', name }, tools: [{ name: 'syft', version: '1.20' }] },
  components: Array.from({ length: 143 }, (_, at) => ({
    type: 'library',
    name: `library-${at}`,
    version: '1.0',
  })),
})
const provenanceOf = (ref) => ({
  buildDefinition: {
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    externalParameters: {
      workflow: {
        repository: 'https://github.com/team/checkout',
        ref,
        path: '.github/workflows/release.yml',
      },
    },
    resolvedDependencies: [
      { uri: `git+https://github.com/team/checkout@${ref}`, digest: { gitCommit: 'c0ffee'.padEnd(40, '0') } },
    ],
  },
  runDetails: { builder: { id: 'https://github.com/actions/runner/github-hosted' } },
})
const scanOf = (critical) => ({
  invocation: { uri: '', event_id: '', 'builder.id': '' },
  scanner: {
    uri: 'pkg:github/aquasecurity/trivy@0.58.0',
    version: '0.58.0',
    db: { uri: '', version: '' },
    result: {
      SchemaVersion: 2,
      Results: [
        {
          Target: 'app',
          Vulnerabilities: Array.from({ length: critical }, (_, at) => ({
            VulnerabilityID: `CVE-2026-100${at}`,
            Severity: 'CRITICAL',
          })),
        },
      ],
    },
  },
  metadata: { scanStartedOn: '2026-11-20T10:00:00Z', scanFinishedOn: '2026-11-20T10:02:00Z' },
})

/** @returns the cases; files are written below the folder, images laid in the registry */
export function layCases(registry, folder) {
  const write = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), text)
    return name
  }
  const [release, quality, foreign] = [newKey(), newKey(), newKey()]
  const releaseFile = write('keys/release.pub', release.pem)
  const qualityFile = write('keys/quality.pub', quality.pem)
  const at = (name) => `${registry.host}/${name}:v1`
  fs.copyFileSync(keyless.inputs['trusted-root'], path.join(folder, 'trusted-root.json'))

  const app = registry.addImage('team/app', keyless.piece.manifest)
  app.putBundle(keyless.piece.bundle)

  const billing = registry.addImage('team/billing')
  billing.signBy(foreign)
  billing.signBy(quality)

  registry.addImage('team/search').signBy(release)
  registry.fail('team/search', 503)

  const checkout = registry.addImage('team/checkout')
  checkout.signSimplyBy(release)
  checkout.signSimplyBy(quality)
  checkout.attestSimplyBy(release, bom, bomOf('checkout'))
  checkout.attestSimplyBy(release, provenance, provenanceOf('refs/heads/main'))
  checkout.attestSimplyBy(quality, scan, scanOf(2))
  const policy = write('policies/release.yaml', twelveRules(registry.host, release.pem, quality.pem))
  const manifest = write('deploy/checkout.yaml', podOf(at('team/checkout')))

  const bySigner = { key: releaseFile, 'insecure-ignore-tlog': 'true', retries: '0' }
  return [
    {
      name: 'verified',
      verdict: 'verified',
      inputs: { image: at('team/app'), ...keyless.inputs, 'trusted-root': 'trusted-root.json' },
    },
    {
      name: 'rejected',
      verdict: 'rejected',
      inputs: { ...bySigner, image: at('team/billing'), key: `${releaseFile}\n${qualityFile}` },
    },
    { name: 'undetermined', verdict: 'undetermined', inputs: { ...bySigner, image: at('team/search') } },
    {
      name: 'fleet',
      verdict: 'rejected',
      inputs: {
        ...bySigner,
        'images-file': write('images.txt', fleet(registry, at, release, foreign).join('\n')),
      },
    },
    { name: 'twelve-rules', verdict: 'rejected', inputs: { policy, manifests: manifest, retries: '0' } },
  ]
}

const services = 'cart catalog checkout email gateway identity invoices payments search shipping'.split(' ')

/** Two hundred images: most of them signed, nine not, six by somebody else, five that cannot be looked at. */
function fleet(registry, at, release, foreign) {
  return Array.from({ length: 200 }, (_, n) => {
    const name = `shop/${services[n % services.length]}-${String(Math.floor(n / services.length) + 1).padStart(2, '0')}`
    // An image that is not there.
    if (n % 97 === 60) return at(name)
    const image = registry.addImage(name)
    if (n % 47 === 5) registry.fail(name, n % 2 === 0 ? 403 : 503)
    if (n % 31 === 11) image.signBy(foreign)
    else if (n % 23 !== 8) image.signBy(release)
    return at(name)
  })
}

function podOf(image) {
  return `apiVersion: v1
kind: Pod
metadata:
  name: checkout
  namespace: shop
  labels: { tier: front }
spec:
  containers:
    - name: app
      image: ${image}
`
}

/** Each rule is a demand of its own; what the scan says is denied, one rule is about other images. */
function twelveRules(host, release, quality) {
  const keys = (pem) => [
    { keys: { publicKeys: pem, rekor: { ignoreTlog: true }, ctlog: { ignoreSCT: true } } },
  ]
  const signed = (entries, count) => ({ attestors: [{ ...(count && { count }), entries }] })
  const attested = (type, pem, conditions) => ({
    attestations: [
      { type, attestors: [{ entries: keys(pem) }], ...(conditions && { conditions: [{ all: conditions }] }) },
    ],
  })
  const rules = {
    'release-signature': signed(keys(release)),
    'quality-signature': signed(keys(quality)),
    'two-of-two-signers': signed([...keys(release), ...keys(quality)], 2),
    'either-signer': signed([...keys(release), ...keys(quality)], 1),
    'bill-of-materials': attested(bom, release),
    'bill-is-cyclonedx': attested(bom, release, [
      { key: '{{ bomFormat }}', operator: 'Equals', value: 'CycloneDX' },
    ]),
    'bill-lists-something': attested(bom, release, [
      { key: '{{ components[] | length(@) }}', operator: 'GreaterThan', value: 0 },
    ]),
    provenance: attested(provenance, release),
    'built-from-main': attested(provenance, release, [
      {
        key: '{{ buildDefinition.externalParameters.workflow.ref }}',
        operator: 'Equals',
        value: 'refs/heads/main',
      },
    ]),
    'built-by-github': attested(provenance, release, [
      {
        key: '{{ runDetails.builder.id }}',
        operator: 'Equals',
        value: 'https://github.com/actions/runner/github-hosted',
      },
    ]),
    'scan-by-quality': attested(scan, quality),
    'no-critical-finding': attested(scan, quality, [
      {
        key: "{{ scanner.result.Results[].Vulnerabilities[] | [?Severity == 'CRITICAL'] | length(@) }}",
        operator: 'Equals',
        value: 0,
      },
    ]),
  }
  // JSON is YAML.
  return JSON.stringify(
    {
      apiVersion: 'kyverno.io/v1',
      kind: 'ClusterPolicy',
      metadata: { name: 'release' },
      spec: {
        background: false,
        rules: Object.entries(rules).map(([name, demand]) => ({
          name,
          match: { any: [{ resources: { kinds: ['Pod'] } }] },
          verifyImages: [{ imageReferences: [`${host}/team/*`], failureAction: 'Enforce', ...demand }],
        })),
      },
    },
    null,
    2,
  )
}
