import { describe, expect, it } from 'vitest'
import { parseInputs } from '../../src/inputs/parse.js'
import { type InputName, inputTable } from '../../src/inputs/table.js'
import { certificateClaims } from '../../src/verdict/request.js'
import { given } from '../harness/given.js'
import { newKey } from '../harness/store.js'

const digest = `sha256:${'ab'.repeat(32)}`
const least = { image: 's3://b/app:v1', key: 'a.pub' }
const { publicPem } = newKey()

describe('an image and a key', () => {
  it('are all that a request needs; the rest is as the table says', () => {
    const parsed = parseInputs(given(least), 'action')
    expect(parsed.problems).toEqual([])
    expect(parsed.warnings).toEqual([])
    expect(parsed.request).toEqual({
      images: ['s3://b/app:v1'],
      signers: { keys: ['a.pub'], require: 'all' },
      trust: { sct: 'require', signedTimestamps: false },
      log: 'require',
      registry: { allowHttp: 'none', allowInsecure: 'none', tagPrefix: '' },
      patience: { waitMs: 0, timeoutMs: 300_000, retries: 3, concurrency: 10 },
    })
    expect(parsed.leniency).toEqual({ mode: 'enforce', onInfrastructureError: 'fail' })
    expect(parsed.reports).toEqual({
      resultFile: 'verify-result.json',
      summary: true,
      install: false,
      pinnedManifests: '',
      policyReport: '',
      vsaFile: '',
      htmlReport: '',
      sarifReport: '',
    })
  })

  it('write no file on the command line, where nobody asked for one', () => {
    const { reports } = parseInputs(given(least), 'command')
    expect(reports).toEqual({
      resultFile: '',
      summary: false,
      install: false,
      pinnedManifests: '',
      policyReport: '',
      vsaFile: '',
      htmlReport: '',
      sarifReport: '',
    })
  })

  it.each(inputTable.map(({ name }) => name).filter((name) => name !== 'image' && name !== 'key'))(
    'and an empty %s, as a workflow gives it, are the default',
    (name) => {
      const plain = parseInputs(given(least), 'action')
      for (const text of ['', '  ', '\n']) {
        expect(parseInputs(given({ ...least, [name]: text }), 'action')).toEqual(plain)
      }
    },
  )
})

describe('every input that is given', () => {
  it('reaches the request, the leniency or the reports', () => {
    const parsed = parseInputs(
      given({
        image: 'registry.example/b/app:v1',
        key: 'a.pub\nb.pub',
        'certificate-identity': 'https://github.com/o/r/.github/workflows/w.yml@refs/heads/main',
        'certificate-oidc-issuer': 'https://issuer.example',
        'certificate-oidc-issuer-regexp': '^https://issuer',
        ...Object.fromEntries(certificateClaims.map((claim) => [`certificate-${claim}`, `the ${claim}`])),
        'tuf-mirror': 'https://mirror.example/tuf',
        'tuf-root': 'root.json',
        'github-attestations': 'owner/repository',
        'github-token': 'ghs_token',
        'source-uri': 'github.com/owner/repository',
        'source-branch': 'main',
        'source-tag': 'v1',
        'builder-id': 'https://builder.example/b@v1',
        'max-age': '30d',
        'recheck-tag': 'true',
        'insecure-accept-unbound-records': 'true',
        'ca-roots': 'roots.pem',
        'ca-intermediates': 'between.pem',
        'insecure-ignore-sct': 'true',
        'use-signed-timestamps': 'true',
        require: '2',
        'expected-digest': digest,
        endpoint: 'http://127.0.0.1:9000',
        annotations: 'env=prod\nquery=a=b,c',
        'attestation-type': 'slsaprovenance1\nhttps://example.com/type',
        'require-signature': 'true',
        platforms: 'linux/amd64,linux/arm64/v8',
        'insecure-ignore-tlog': 'true',
        'registry-username': 'robot',
        'registry-password': 'pa55word',
        'registry-config': 'regcred.yaml',
        'registry-cacert': 'ca.pem',
        'allow-http-registry': 'a.example,b.example:5000',
        'allow-insecure-registry': 'true',
        'signature-repository': 'registry.example/b/signatures',
        'attachment-tag-prefix': 'x-',
        mode: 'audit',
        'on-infrastructure-error': 'warn',
        wait: '90s',
        timeout: '1m30s',
        retries: '0',
        concurrency: '100',
        'result-file': 'out/r.json',
        summary: 'false',
        install: 'false',
        manifests: 'deploy/*.yaml\n-',
        policy: 'policies/*.yaml',
        'no-match-policy': 'warn',
        'policy-values': 'values.yaml',
        'audit-warn': 'true',
        'pinned-manifests': 'out/pinned',
        'policy-report': 'out/report.yaml',
        'policy-key': 'a.pub,b.pub\nenv://KEY',
        'policy-ca-roots': 'root.pem',
        'policy-ca-intermediates': 'between.pem',
        'policy-timestamp-servers': 'tsa.pem',
        'policy-commonname': 'signer',
        'policy-dns-names': '*',
        'policy-emails': 'a@example.com,b@example.com',
        'policy-organizations': '"Example, Inc."',
        'policy-uris': 'https://example.com/signer',
        'policy-fulcio-oidc-issuer': 'https://issuer.example',
        'policy-fulcio-build-trigger': 'push',
        'policy-fulcio-source-repository-digest': 'abc',
        'policy-fulcio-source-repository-identifier': '1',
        'policy-fulcio-source-repository-ref': 'refs/heads/main',
        'policy-fulcio-source-repository-uri': 'https://example.com/o/r',
        'policy-fulcio-build-config-uri': 'https://example.com/o/r/b.yml',
        'policy-fulcio-run-invocation-uri': 'https://example.com/o/r/1',
        'policy-fulcio-runner-environment': 'github-hosted',
        'policy-profile': 'witness',
        'policy-hardening': 'warn',
        attestations: 'a.json,b.json\nout/*.jsonl',
        subjects: 'sha256:ab,cd',
        'archivista-url': 'https://archivista.example',
        'archivista-headers': 'Authorization: Bearer a, b\nX-Tenant: t',
        'vsa-outfile': 'out/vsa.jsonl',
        'html-report': 'out/report.html',
        'sarif-report': 'out/report.sarif',
      }),
      'action',
    )
    expect(parsed.problems).toEqual([])
    expect(parsed.request).toEqual({
      images: ['registry.example/b/app:v1'],
      manifests: ['deploy/*.yaml', '-'],
      policies: { files: ['policies/*.yaml'], auditWarns: true, noMatch: 'warn', values: 'values.yaml' },
      signers: {
        keys: ['a.pub', 'b.pub'],
        identities: [
          {
            subject: 'https://github.com/o/r/.github/workflows/w.yml@refs/heads/main',
            issuer: 'https://issuer.example',
            issuerRegexp: '^https://issuer',
            claims: Object.fromEntries(certificateClaims.map((claim) => [claim, `the ${claim}`])),
          },
        ],
        require: 2,
      },
      trust: {
        tufMirror: 'https://mirror.example/tuf',
        tufRoot: 'root.json',
        caRoots: 'roots.pem',
        caIntermediates: 'between.pem',
        maxAgeMs: 30 * 24 * 3_600_000,
        sct: 'ignore',
        signedTimestamps: true,
      },
      demand: {
        annotations: { env: 'prod', query: 'a=b,c' },
        attestationTypes: ['slsaprovenance1', 'https://example.com/type'],
        requireSignature: true,
        provenance: {
          sourceUri: 'github.com/owner/repository',
          sourceBranch: 'main',
          sourceTag: 'v1',
          builderId: 'https://builder.example/b@v1',
        },
      },
      github: { repository: 'owner/repository', token: 'ghs_token' },
      records: { acceptUnbound: true },
      recheckTag: true,
      platforms: ['linux/amd64', 'linux/arm64/v8'],
      log: 'ignore',
      registry: {
        login: { username: 'robot', password: 'pa55word' },
        config: 'regcred.yaml',
        cacert: 'ca.pem',
        allowHttp: ['a.example', 'b.example:5000'],
        allowInsecure: 'all',
        signatureRepository: 'registry.example/b/signatures',
        tagPrefix: 'x-',
      },
      build: {
        profile: 'witness',
        lenient: true,
        keys: ['a.pub', 'b.pub', 'env://KEY'],
        caRoots: ['root.pem'],
        caIntermediates: ['between.pem'],
        timestampAuthorities: ['tsa.pem'],
        signer: {
          commonName: 'signer',
          dnsNames: ['*'],
          emails: ['a@example.com', 'b@example.com'],
          organizations: ['Example, Inc.'],
          uris: ['https://example.com/signer'],
          extensions: new Map([
            ['Issuer', 'https://issuer.example'],
            ['BuildTrigger', 'push'],
            ['SourceRepositoryDigest', 'abc'],
            ['SourceRepositoryIdentifier', '1'],
            ['SourceRepositoryRef', 'refs/heads/main'],
            ['SourceRepositoryURI', 'https://example.com/o/r'],
            ['BuildConfigURI', 'https://example.com/o/r/b.yml'],
            ['RunInvocationURI', 'https://example.com/o/r/1'],
            ['RunnerEnvironment', 'github-hosted'],
          ]),
        },
        attestations: ['a.json', 'b.json', 'out/*.jsonl'],
        subjects: ['sha256:ab', 'cd'],
        archivista: {
          url: 'https://archivista.example',
          headers: { Authorization: 'Bearer a, b', 'X-Tenant': 't' },
        },
      },
      expectedDigest: digest,
      endpoint: 'http://127.0.0.1:9000',
      patience: { waitMs: 90_000, timeoutMs: 90_000, retries: 0, concurrency: 100 },
    })
    expect(parsed.leniency).toEqual({ mode: 'audit', onInfrastructureError: 'warn' })
    expect(parsed.reports).toEqual({
      resultFile: 'out/r.json',
      summary: false,
      install: false,
      pinnedManifests: 'out/pinned',
      policyReport: 'out/report.yaml',
      vsaFile: 'out/vsa.jsonl',
      htmlReport: 'out/report.html',
      sarifReport: 'out/report.sarif',
    })
  })

  it('reaches the records of one image: where they were signed for', () => {
    const at = (image: string, signed: string): unknown => {
      const { request, problems } = parseInputs(
        given({ ...least, image, 'signed-location': signed }),
        'action',
      )
      return request?.records?.signedLocation ?? problems[0]?.message
    }
    const place = { bucket: 'release', image: 'org/app', tag: 'v1' }
    expect(at('s3://b/app:v2', 'release/org/app:v1')).toEqual(place)
    expect(at('local://./store/app:v2', './release/org/app:v1')).toEqual({ ...place, bucket: './release' })
    for (const wrong of [
      'release',
      'release/app',
      '/app:v1',
      'release/../app:v1',
      `release/app:v1@${digest}`,
    ])
      expect(at('s3://b/app:v2', wrong)).toMatch(/^signed-location: expected bucket\/image:tag/)
    expect(at('s3://b/app:v2\ns3://b/app:v3', 'release/org/app:v1')).toMatch(/expected one image for it/)
  })

  it('reaches the trust: a root of its own, and no call for it', () => {
    const parsed = parseInputs(given({ ...least, offline: 'true', 'trusted-root': 'root.json' }), 'action')
    expect(parsed.problems).toEqual([])
    expect(parsed.request?.trust).toMatchObject({ root: 'root.json', offline: true })
  })

  it('is shown as it took effect, a key given inline by its name only', () => {
    const { effective } = parseInputs(given({ ...least, key: `${publicPem}b.pub`, retries: ' 5 ' }), 'action')
    expect(Object.keys(effective)).toEqual(inputTable.map(({ name }) => name))
    expect(effective).toMatchObject({
      image: ['s3://b/app:v1'],
      key: ['inline PEM', 'b.pub'],
      retries: '5',
      timeout: '5m',
    })
  })

  it('counts with its last value when a flag is repeated', () => {
    const parsed = parseInputs(
      given({ ...least, mode: ['audit', 'enforce'], retries: ['1', '2'] }),
      'command',
    )
    expect(parsed.leniency.mode).toBe('enforce')
    expect(parsed.request?.patience.retries).toBe(2)
  })
})

describe('lists', () => {
  it('of the action are one item a line', () => {
    const parsed = parseInputs(
      given({ image: ' s3://b/a:1 \n\n s3://b/b:1', key: `a.pub\n${publicPem}` }),
      'action',
    )
    expect(parsed.request?.images).toEqual(['s3://b/a:1', 's3://b/b:1'])
    expect(parsed.request?.signers?.keys).toEqual(['a.pub', publicPem.trim()])
  })

  it('of images on the command line are the words as they are: a line feed in one does not make two', () => {
    const words = ['s3://b/a:1\ns3://b/b:1', ' s3://b/c:1']
    expect(parseInputs(given({ ...least, image: words }), 'command').request?.images).toEqual(words)
  })
})

describe('a repeated --key', () => {
  const keys = ['a.pub', 'b.pub']

  it('without --require means the last one, as in s3lo and cosign, and says so', () => {
    const parsed = parseInputs(given({ ...least, key: keys }), 'command')
    expect(parsed.request?.signers).toEqual({ keys: ['b.pub'], require: 'all' })
    expect(parsed.warnings).toHaveLength(1)
    expect(parsed.warnings[0]).toContain('--key was given 2 times without --require')
  })

  it.each([
    ['all', 'all'],
    ['any', 'any'],
    ['2', 2],
  ] as const)('with --require %s means several signers', (text, require) => {
    const parsed = parseInputs(given({ ...least, key: keys, require: text }), 'command')
    expect(parsed.request?.signers).toEqual({ keys, require })
    expect(parsed.warnings).toEqual([])
  })

  it('is no matter of the action: each line is a signer', () => {
    const parsed = parseInputs(given({ ...least, key: keys.join('\n') }), 'action')
    expect(parsed.request?.signers).toEqual({ keys, require: 'all' })
    expect(parsed.warnings).toEqual([])
  })
})

describe('inputs that cannot be used', () => {
  it('are all named, not only the first', () => {
    const { problems } = parseInputs(given({ mode: 'soft', retries: 'many', timeout: '0s' }), 'action')
    const named = problems.map(({ message }) => message.slice(0, message.indexOf(':')))
    expect(named.toSorted()).toEqual(['image', 'key', 'mode', 'retries', 'timeout'])
  })

  it('leave the reports and the leniency known, so that the failure is reported where it was asked for', () => {
    const parsed = parseInputs(
      given({ image: 's3://b/app:v1', mode: 'audit', 'result-file': 'here.json', retries: 'x' }),
      'action',
    )
    expect(parsed.request).toBeUndefined()
    expect(parsed.leniency.mode).toBe('audit')
    expect(parsed.reports.resultFile).toBe('here.json')
  })

  it.each(['mode', 'on-infrastructure-error'] satisfies InputName[])(
    'never make a run more lenient: %s',
    (name) => {
      const { leniency } = parseInputs(given({ ...least, [name]: 'Audit' }), 'action')
      expect(leniency).toEqual({ mode: 'enforce', onInfrastructureError: 'fail' })
    },
  )
})
