import { describe, expect, it } from 'vitest'
import { unknownInputs } from '../../src/action/inputs.js'
import { parseInputs } from '../../src/inputs/parse.js'
import { type InputName, inputTable } from '../../src/inputs/table.js'
import { given } from '../harness/given.js'

const digest = `sha256:${'ab'.repeat(32)}`
const least = { image: 's3://b/app:v1', key: 'a.pub\nb.pub' }
const duration = 'a duration such as 90s, 5m or 1h30m, at most 24h'

const forBuild = 'policy, with a signed build policy that it is for'

/** For each input what it expects, and values that are not that. Inputs that take any text have none. */
const refused: Readonly<Record<InputName, readonly [string, readonly string[]] | undefined>> = {
  image: undefined,
  // What is wrong with these is found where the files are read.
  'images-file': undefined,
  plan: undefined,
  shard: undefined,
  key: undefined,
  'certificate-identity': undefined,
  'certificate-identity-regexp': undefined,
  'certificate-oidc-issuer': undefined,
  'certificate-oidc-issuer-regexp': undefined,
  'certificate-github-workflow-trigger': undefined,
  'certificate-github-workflow-sha': undefined,
  'certificate-github-workflow-name': undefined,
  'certificate-github-workflow-repository': undefined,
  'certificate-github-workflow-ref': undefined,
  'certificate-build-signer-uri': undefined,
  'certificate-build-signer-digest': undefined,
  'certificate-runner-environment': undefined,
  'certificate-source-repository-uri': undefined,
  'certificate-source-repository-digest': undefined,
  'certificate-source-repository-ref': undefined,
  'certificate-source-repository-identifier': undefined,
  'certificate-source-repository-owner-uri': undefined,
  'certificate-source-repository-owner-identifier': undefined,
  'certificate-build-config-uri': undefined,
  'certificate-build-trigger': undefined,
  'certificate-source-repository-visibility': undefined,
  offline: ['true or false', ['yes', '1']],
  'trusted-root': undefined,
  'tuf-mirror': ['an https URL', ['mirror.example', 'ftp://mirror.example', 'file:///etc']],
  'tuf-root': undefined,
  'ca-roots': undefined,
  'ca-intermediates': undefined,
  'insecure-ignore-sct': ['true or false', ['yes', '1']],
  'use-signed-timestamps': ['true or false', ['yes', '1']],
  require: ['all, any or a number from 1 to 2', ['0', '3', '-1', '1.5', 'ALL', 'both', 'all any', '2 of 2']],
  'expected-digest': [
    'sha256: and 64 lower-case hex digits',
    [digest.slice(7), digest.toUpperCase(), `${digest}0`, `${digest}\n${digest}`, 'latest', `app@${digest}`],
  ],
  endpoint: undefined,
  'github-attestations': ['owner/repository', ['repository', 'a/b/c', 'https://github.com/a/b', 'a /b']],
  'github-token': undefined,
  annotations: ['name=value on each line', ['env', '=prod', 'env: prod']],
  manifests: undefined,
  policy: undefined,
  'no-match-policy': ['deny or warn or allow', ['Deny', 'reject', 'yes']],
  'policy-values': ['policy, whose variables it gives', ['values.yaml']],
  'audit-warn': ['true or false', ['yes', '1']],
  'policy-report': undefined,
  'pinned-manifests': ['manifests, which are written there with digests', ['pinned']],
  'policy-key': [forBuild, ['x']],
  'policy-ca-roots': [forBuild, ['x']],
  'policy-ca-intermediates': [forBuild, ['x']],
  'policy-timestamp-servers': [forBuild, ['x']],
  'policy-commonname': [forBuild, ['x']],
  'policy-dns-names': [forBuild, ['x']],
  'policy-emails': [forBuild, ['x']],
  'policy-organizations': [forBuild, ['x']],
  'policy-uris': [forBuild, ['x']],
  'policy-fulcio-oidc-issuer': [forBuild, ['x']],
  'policy-fulcio-build-trigger': [forBuild, ['x']],
  'policy-fulcio-source-repository-digest': [forBuild, ['x']],
  'policy-fulcio-source-repository-identifier': [forBuild, ['x']],
  'policy-fulcio-source-repository-ref': [forBuild, ['x']],
  'policy-fulcio-source-repository-uri': [forBuild, ['x']],
  'policy-fulcio-build-config-uri': [forBuild, ['x']],
  'policy-fulcio-run-invocation-uri': [forBuild, ['x']],
  'policy-fulcio-runner-environment': [forBuild, ['x']],
  'policy-profile': [forBuild, ['x']],
  'policy-hardening': [forBuild, ['x']],
  attestations: [forBuild, ['x']],
  subjects: [forBuild, ['x']],
  'archivista-url': [forBuild, ['x']],
  // What it holds is never shown; see below.
  'archivista-headers': undefined,
  'vsa-outfile': ['policy, which a verification summary names', ['vsa.jsonl']],
  'attestation-policy': ['files that end in .rego or .cue', ['policy.yaml', 'rego', 'a.rego.txt']],
  'attestation-type': [
    'a predicate type or a short name such as slsaprovenance1',
    ['slsaprovenence1', 'slsaprovenance_1'],
  ],
  'source-uri': [
    'a repository such as github.com/owner/repository',
    ['repository', 'owner/repository', 'https://', 'github.com'],
  ],
  'source-branch': undefined,
  'source-tag': undefined,
  'builder-id': undefined,
  'max-age': ['an age such as 12h or 30d', ['0', '0d', '-1h', '30', '4000d', 'a week']],
  'signed-location': ['bucket/image:tag', ['release', 'release/app', '/app:v1']],
  'recheck-tag': ['true or false', ['yes', '1']],
  'insecure-accept-unbound-records': ['true or false', ['yes', '1']],
  'require-signature': ['true or false', ['yes', '1']],
  deep: ['true or false', ['yes', '1']],
  platforms: ['index, all, or platforms such as linux/amd64', ['linux', 'LINUX/AMD64', 'every', 'index all']],
  'insecure-ignore-tlog': ['true or false', ['yes', '1']],
  'registry-username': undefined,
  'registry-config': undefined,
  'registry-password': undefined,
  'registry-cacert': undefined,
  'allow-http-registry': ['true, false or a list of hosts', ['http://registry.example', 'a b', '*']],
  'allow-insecure-registry': ['true, false or a list of hosts', ['https://registry.example', 'a/b']],
  'signature-repository': ['registry/repository without a tag', ['host/UPPER', 'host/a:v1', 'host/a b']],
  'attachment-tag-prefix': ['at most 41 characters of a tag', ['-', 'a b', 'a/b', 'x'.repeat(42)]],
  mode: ['enforce or audit', ['Audit', 'warn', 'true', 'audit\nenforce']],
  'on-infrastructure-error': ['fail or warn', ['ignore', 'WARN', 'false', 'continue']],
  wait: [duration, ['5', '-5s', '5 minutes', '25h', 'forever']],
  timeout: [duration, ['5', '-5s', '5 minutes', '25h', 'never']],
  retries: ['a whole number from 0 to 20', ['21', '-1', '3.5', 'three']],
  concurrency: ['a whole number from 1 to 100', ['0', '101', '-1', '1e2', 'all']],
  'result-file': undefined,
  'html-report': undefined,
  'sarif-report': undefined,
  summary: ['true or false', ['yes', '1', 'on', 'off']],
  install: ['true or false', ['yes', '1', 'on', 'off']],
}
const cases = inputTable.flatMap(({ name }) => {
  const [expected, values] = refused[name] ?? ['', []]
  return values.map((value) => ({ name, value, expected }))
})

describe('a value that cannot be used', () => {
  it.each(cases)(
    'is refused with what was expected and what was got: $name $value',
    ({ name, value, expected }) => {
      for (const face of ['action', 'command'] as const) {
        const parsed = parseInputs(given({ ...least, require: 'all', [name]: value }), face)
        expect(parsed.request).toBeUndefined()
        expect(parsed.problems).toEqual([
          { code: 'input-invalid', message: `${name}: expected ${expected}, got ${JSON.stringify(value)}` },
        ])
      }
    },
  )

  it('is a timeout that leaves no time at all', () => {
    for (const timeout of ['0', '0s', '0h0m', '0.0001ms']) {
      const { request, problems } = parseInputs(given({ ...least, timeout }), 'action')
      expect(request).toBeUndefined()
      expect(problems).toEqual([
        {
          code: 'input-invalid',
          message: `timeout: expected a duration above 0s, got ${JSON.stringify(timeout)}`,
        },
      ])
    }
  })

  it('is one digest for several images', () => {
    const { request, problems } = parseInputs(
      given({ ...least, image: 's3://b/a:1\ns3://b/b:1', 'expected-digest': digest }),
      'action',
    )
    expect(request).toBeUndefined()
    expect(problems).toEqual([
      { code: 'input-invalid', message: 'expected-digest: expected one image for it, got "2 images"' },
    ])
  })
})

describe('what must be there', () => {
  it.each(['image', 'key'] as const)('is %s: none, or only blank lines, is no request', (name) => {
    for (const text of [undefined, '', ' \n ']) {
      const inputs = { ...least, ...(text === undefined ? {} : { [name]: text }) }
      const rest = new Map(given(inputs))
      if (text === undefined) rest.delete(name)
      const { request, problems } = parseInputs(rest, 'action')
      expect(request).toBeUndefined()
      expect(problems).toHaveLength(1)
      expect(problems[0]).toMatchObject({ code: 'input-invalid' })
      expect(problems[0]?.message).toMatch(new RegExp(`^${name}: expected at least one .*, got nothing$`))
    }
  })
})

describe('an endpoint', () => {
  it.each(['http://127.0.0.1:9000', 'https://s3.example', 'https://s3.example/base', 'http://[::1]:9000'])(
    'is a full URL: %s',
    (endpoint) => {
      expect(parseInputs(given({ ...least, endpoint }), 'action').request).toMatchObject({ endpoint })
    },
  )

  it.each([
    's3.example',
    's3.example:9000',
    '//s3.example',
    'ftp://s3.example',
    'https://',
    'HTTPS//x',
    'http:/x',
  ])('is not %s, and that is said as s3lo says it', (endpoint) => {
    const { request, problems } = parseInputs(given({ ...least, endpoint }), 'action')
    expect(request).toBeUndefined()
    expect(problems).toEqual([
      {
        code: 'input-invalid',
        message: `endpoint: invalid endpoint ${JSON.stringify(endpoint)}: must be a full URL with http:// or https:// scheme (e.g. https://s3.example.com)`,
      },
    ])
  })

  it.each([
    'https://me:pass@s3.example',
    'https://me:pa@ss@s3.example',
    'https://me:pa/ss@s3.example',
    'http://pass@x',
  ])('with a password in it is refused, and the password is shown nowhere: %s', (endpoint) => {
    const parsed = parseInputs(given({ ...least, endpoint }), 'action')
    expect(parsed.request).toBeUndefined()
    expect(parsed.problems).toHaveLength(1)
    expect(JSON.stringify([parsed.problems, parsed.effective])).not.toMatch(/ss@|pa[/@]|me:/)
  })
})

describe('what is said of build policies', () => {
  const policy = { image: 'host/app:v1', policy: 'policy.json' }

  it.each([
    ['policy-profile', 'gowitness', 'cilock or witness'],
    ['policy-hardening', 'off', 'enforce or warn'],
    ['archivista-url', 'archivista.example', 'a URL with https://'],
    ['archivista-url', 'https://me:secret@archivista.example', 'a URL with https://'],
  ])('%s is not %s', (name, value, expected) => {
    const { request, problems, effective } = parseInputs(given({ ...policy, [name]: value }), 'action')
    expect(request).toBeUndefined()
    expect(problems).toMatchObject([{ code: 'input-invalid' }])
    expect(problems[0]?.message).toContain(`${name}: expected ${expected}, got `)
    expect(JSON.stringify([problems, effective])).not.toContain('secret')
  })

  it.each(['Bearer secret', 'a b: secret', 'X: ', 'X:secret\u0007'])(
    'a header that is none is refused, and shown nowhere: %s',
    (header) => {
      const inputs = {
        ...policy,
        'archivista-url': 'https://archivista.example',
        'archivista-headers': header,
      }
      const parsed = parseInputs(given(inputs), 'action')
      expect(parsed.request).toBeUndefined()
      expect(JSON.stringify(parsed)).not.toContain('secret')
    },
  )

  it('headers without a server, and a server with offline, are refused', () => {
    const headers = parseInputs(given({ ...policy, 'archivista-headers': 'Authorization: secret' }), 'action')
    expect(headers.problems[0]?.message).toBe(
      'archivista-headers: expected archivista-url, which they are for, got "***"',
    )
    const distant = parseInputs(
      given({ ...policy, 'archivista-url': 'https://archivista.example', offline: 'true' }),
      'action',
    )
    expect(distant.problems[0]?.message).toContain('archivista-url: expected no other host')
    const key = parseInputs(
      given({ ...policy, 'policy-key': 'awskms:///alias/x', offline: 'true' }),
      'action',
    )
    expect(key.problems[0]?.message).toContain('offline: expected keys that lie on this machine')
  })

  it('subjects stand for an image only where no key or identity asks for one', () => {
    const alone = { policy: 'policy.json', subjects: 'sha256:ab' }
    expect(parseInputs(given(alone), 'action').request).toMatchObject({ images: [], subjects: ['sha256:ab'] })
    const { request, problems } = parseInputs(given({ ...alone, key: 'a.pub' }), 'action')
    expect(request).toBeUndefined()
    expect(problems[0]?.message).toContain(
      'image: expected an image that a key or an identity may have signed',
    )
  })
})

describe('inputs that this version does not have', () => {
  it('fail the step under any other name, with the name that was meant', () => {
    expect(unknownInputs({ 'INPUT_EXPECTED-DIGST': digest, INPUT_NONSENSE: 'x' })).toEqual([
      {
        code: 'input-invalid',
        message:
          'expected-digst: expected an input of this action, got an unknown name; did you mean expected-digest?',
      },
      { code: 'input-invalid', message: 'nonsense: expected an input of this action, got an unknown name' },
    ])
  })

  it('are not the inputs it has, nor what else is in the environment', () => {
    const known = Object.fromEntries(inputTable.map(({ name }) => [`INPUT_${name.toUpperCase()}`, 'x']))
    expect(unknownInputs({ ...known, PATH: '/bin', MY_INPUT_X: 'y', INPUT_: 'z' })).toEqual([])
  })
})
