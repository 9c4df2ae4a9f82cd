import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { outputTable } from '../../src/inputs/output-table.js'
import type { InputEntry } from '../../src/inputs/entry.js'
import { inputTable } from '../../src/inputs/table.js'

interface ActionFile {
  readonly inputs: Readonly<Record<string, { description: string; required: boolean; default: string }>>
  readonly outputs: Readonly<Record<string, { description: string }>>
  readonly runs: Readonly<Record<string, string>>
}

const action = parse(
  readFileSync(path.resolve(import.meta.dirname, '../../action.yml'), 'utf8'),
) as ActionFile
const rows: readonly InputEntry[] = inputTable
const names = rows.map(({ name }) => name)

/** Every name of the contract (design, section 4, and what came to it since), copied by hand. */
const contract =
  `image images-file plan shard manifests key certificate-identity certificate-identity-regexp certificate-oidc-issuer
  certificate-oidc-issuer-regexp certificate-github-workflow-trigger certificate-github-workflow-sha
  certificate-github-workflow-name certificate-github-workflow-repository certificate-github-workflow-ref require
  annotations attestation-type attestation-policy require-signature policy no-match-policy audit-warn policy-values policy-key
  policy-ca-roots policy-profile attestations subjects archivista-url archivista-headers vsa-outfile policy-ca-intermediates policy-timestamp-servers
  policy-commonname policy-dns-names policy-emails policy-organizations policy-uris policy-hardening
  policy-fulcio-oidc-issuer policy-fulcio-build-trigger policy-fulcio-source-repository-digest
  policy-fulcio-source-repository-identifier policy-fulcio-source-repository-ref policy-fulcio-source-repository-uri
  policy-fulcio-build-config-uri policy-fulcio-run-invocation-uri policy-fulcio-runner-environment expected-digest platforms trusted-root ca-roots
  ca-intermediates offline insecure-ignore-tlog insecure-ignore-sct use-signed-timestamps registry-username
  registry-password registry-cacert allow-http-registry allow-insecure-registry signature-repository
  attachment-tag-prefix endpoint mode on-infrastructure-error wait timeout retries concurrency result-file summary install
  pinned-manifests policy-report html-report sarif-report tuf-mirror tuf-root github-attestations github-token source-uri source-branch source-tag builder-id max-age signed-location recheck-tag
  insecure-accept-unbound-records registry-config deep
  certificate-build-signer-uri certificate-build-signer-digest certificate-runner-environment certificate-source-repository-uri certificate-source-repository-digest certificate-source-repository-ref certificate-source-repository-identifier certificate-source-repository-owner-uri certificate-source-repository-owner-identifier certificate-build-config-uri certificate-build-trigger certificate-source-repository-visibility`.split(
    /\s+/,
  )

describe('the table of inputs', () => {
  it('has the names of the contract', () => {
    expect(names.toSorted()).toEqual(contract.toSorted())
  })

  it('has each name once, spelled as a flag can be', () => {
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })

  it.each(rows)('says of $name on one line what it is', ({ description }) => {
    expect(description).toMatch(/^[^\n]{20,}$/)
    expect(description).not.toMatch(/\.$/)
  })

  it('has the defaults of the contract', () => {
    expect(Object.fromEntries(rows.map((row) => [row.name, row.default]))).toEqual({
      image: '',
      'images-file': '',
      plan: '',
      shard: '',
      key: '',
      'policy-key': '',
      'policy-ca-roots': '',
      'policy-ca-intermediates': '',
      'policy-timestamp-servers': '',
      'policy-commonname': '',
      'policy-dns-names': '',
      'policy-emails': '',
      'policy-organizations': '',
      'policy-uris': '',
      'policy-fulcio-oidc-issuer': '',
      'policy-fulcio-build-trigger': '',
      'policy-fulcio-source-repository-digest': '',
      'policy-fulcio-source-repository-identifier': '',
      'policy-fulcio-source-repository-ref': '',
      'policy-fulcio-source-repository-uri': '',
      'policy-fulcio-build-config-uri': '',
      'policy-fulcio-run-invocation-uri': '',
      'policy-fulcio-runner-environment': '',
      'policy-profile': 'cilock',
      'policy-hardening': 'enforce',
      attestations: '',
      subjects: '',
      'archivista-url': '',
      'archivista-headers': '',
      'vsa-outfile': '',
      'certificate-identity': '',
      'certificate-identity-regexp': '',
      'certificate-oidc-issuer': '',
      'certificate-oidc-issuer-regexp': '',
      'certificate-github-workflow-trigger': '',
      'certificate-github-workflow-sha': '',
      'certificate-github-workflow-name': '',
      'certificate-github-workflow-repository': '',
      'certificate-github-workflow-ref': '',
      'certificate-build-signer-uri': '',
      'certificate-build-signer-digest': '',
      'certificate-runner-environment': '',
      'certificate-source-repository-uri': '',
      'certificate-source-repository-digest': '',
      'certificate-source-repository-ref': '',
      'certificate-source-repository-identifier': '',
      'certificate-source-repository-owner-uri': '',
      'certificate-source-repository-owner-identifier': '',
      'certificate-build-config-uri': '',
      'certificate-build-trigger': '',
      'certificate-source-repository-visibility': '',
      'tuf-mirror': '',
      'tuf-root': '',
      'github-attestations': '',
      'github-token': '',
      'source-uri': '',
      'source-branch': '',
      'source-tag': '',
      'builder-id': '',
      'max-age': '',
      'signed-location': '',
      'recheck-tag': 'false',
      'insecure-accept-unbound-records': 'false',
      offline: 'false',
      'trusted-root': '',
      'ca-roots': '',
      'ca-intermediates': '',
      'insecure-ignore-sct': 'false',
      'use-signed-timestamps': 'false',
      require: 'all',
      'expected-digest': '',
      endpoint: '',
      annotations: '',
      'attestation-type': '',
      'require-signature': 'false',
      platforms: 'index',
      'insecure-ignore-tlog': 'false',
      'registry-username': '',
      'registry-password': '',
      'registry-config': '',
      'registry-cacert': '',
      'allow-http-registry': 'false',
      'allow-insecure-registry': 'false',
      'signature-repository': '',
      'attachment-tag-prefix': '',
      mode: 'enforce',
      'on-infrastructure-error': 'fail',
      wait: '0s',
      timeout: '5m',
      retries: '3',
      concurrency: '10',
      deep: 'false',
      'result-file': 'verify-result.json',
      'html-report': '',
      'sarif-report': '',
      summary: 'true',
      install: 'false',
      manifests: '',
      policy: '',
      'no-match-policy': '',
      'policy-values': '',
      'audit-warn': 'false',
      'pinned-manifests': '',
      'policy-report': '',
      'attestation-policy': '',
    })
  })

  it('writes files for the action alone, unless the command is asked to', () => {
    const other = rows.filter((row) => row.commandDefault !== undefined)
    expect(other).toMatchObject([
      { name: 'result-file', commandDefault: '' },
      { name: 'summary', commandDefault: 'false' },
    ])
  })
})

describe('action.yml', () => {
  it('has exactly these inputs, none required by the runner, with the same words and defaults', () => {
    // Required inputs are checked by the action itself: the runner only ever warns.
    const wanted = rows.map((row) => [
      row.name,
      { description: row.description, required: false, default: row.default },
    ])
    expect(action.inputs).toEqual(Object.fromEntries(wanted))
    expect(Object.keys(action.inputs)).toEqual(names)
  })

  it('has exactly the outputs of the table, in its words', () => {
    const wanted = outputTable.map(({ name, description }) => [name, { description }])
    expect(action.outputs).toEqual(Object.fromEntries(wanted))
  })

  it('runs the bundle on Node 24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' })
  })
})
