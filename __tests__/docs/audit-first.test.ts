import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { inputTable } from '../../src/inputs/table.js'
import { outputTable } from '../../src/inputs/output-table.js'
import type { OpenReport } from '../../src/report/open-report.js'
import { type Job, filled, inputsOf, type Step } from '../harness/recipes.js'
import { openRegistry, type LoopbackRegistry } from '../harness/registry.js'
import { says } from '../harness/registry-faults.js'
import { signer } from '../harness/registry-guarded.js'
import { putImage, signSimply } from '../harness/registry-images.js'
import { type RanAction, runAction, temporaryFolder } from '../harness/run.js'
import { readSarif, type SarifRun } from '../harness/sarif.js'

const root = path.resolve(import.meta.dirname, '../..')
const text = readFileSync(path.join(root, 'examples/workflows/audit-first.yml'), 'utf8')
const { jobs, permissions } = parse(text) as {
  readonly permissions: object
  readonly jobs: {
    readonly audit: Job & { readonly env: Readonly<Record<string, string>> }
    readonly publish: Job & { readonly if: string }
  }
}
const { audit, publish } = jobs
const uses = (job: Job, name: string): Step => {
  const found = job.steps.find((step) => step.uses?.startsWith(name))
  if (!found) throw new Error(`no step uses ${name}`)
  return found
}
const verify = uses(audit, 'OWNER/verify-image@')

let registry: LoopbackRegistry
let folder = ''
beforeEach(async () => {
  registry = await openRegistry()
  folder = temporaryFolder()
  const manifest = (name: string, image: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers:\n    - {name: app, image: "${registry.host}/${image}:v1"}\n`
  const put = (name: string, content: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), content)
  }
  put('keys/cosign.pub', signer.publicPem)
  put('deploy/good.yaml', manifest('good', 'team/good'))
  put('deploy/more/bad.yaml', manifest('bad', 'team/bad'))
  signSimply(registry.holdings, 'team/good', putImage(registry.holdings, 'team/good'), signer)
  putImage(registry.holdings, 'team/bad')
})
afterEach(async () => registry.stop())

/** The step as a runner runs it, and what the other job publishes of it. */
async function run(more: Readonly<Record<string, string>> = {}): Promise<RanAction & { sarif: SarifRun }> {
  const places = Object.fromEntries(
    Object.entries(audit.env).map(([name, value]) => [`\${{ env.${name} }}`, value]),
  )
  const given = { ...inputsOf(verify, places), 'result-file': 'verify-result.json', retries: '0', ...more }
  const ran = await runAction(given, { cwd: folder, env: { GITHUB_WORKSPACE: folder } })
  const file = String(uses(publish, 'github/codeql-action/upload-sarif').with?.['sarif_file'])
  return { ...ran, sarif: readSarif(readFileSync(path.join(folder, file), 'utf8')) }
}

describe('what the workflow may and asks for', () => {
  it('is to read where it verifies, and to write alerts where it runs nothing of the repository', () => {
    expect(permissions).toEqual({})
    expect(audit.permissions).toEqual({ contents: 'read', packages: 'read' })
    expect(publish.permissions).toEqual({ actions: 'read', contents: 'read', 'security-events': 'write' })
    expect(publish.steps.every((step) => step.run === undefined && !step.uses?.includes('checkout'))).toBe(
      true,
    )
  })

  it('is what there is: inputs, outputs, and files that the artifact carries from job to job', () => {
    const names = new Set<string>(inputTable.map(({ name }) => name))
    for (const name of Object.keys(verify.with ?? {})) expect(names).toContain(name)
    const outputs = new Set<string>(outputTable.map(({ name }) => name))
    for (const [, name = ''] of text.matchAll(/steps\.verify\.outputs\.([\w-]+)/g))
      expect(outputs).toContain(name)
    const kept = uses(audit, 'actions/upload-artifact@').with
    const fetched = uses(publish, 'actions/download-artifact@').with
    expect(fetched?.['name']).toBe(kept?.['name'])
    const given = inputsOf(verify, { '${{ env.MANIFESTS }}': '', '${{ env.KEY }}': '' })
    expect(String(kept?.['path']).trim().split('\n')).toEqual([
      'verify-result.json',
      'verify-report.html',
      given['sarif-report'],
      given['policy-report'],
    ])
    expect(() => filled(String(kept?.['path']), {})).not.toThrow()
  })
})

describe('what the workflow says', () => {
  it('is what would have failed: the step passes, and all reports have it with its count', async () => {
    const ran = await run()
    expect([ran.exit, ran.outputs['verdict'], ran.outputs['failure-code']]).toEqual([
      0,
      'rejected',
      'unsigned',
    ])
    expect(ran.summary).toContain('1 of 2 images would have failed it: 1 rejected, 0 undetermined')
    expect(ran.sarif.results).toMatchObject([
      {
        ruleId: 'unsigned',
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'deploy/more/bad.yaml' },
              region: { startLine: 6 },
            },
            logicalLocations: [{ name: `${registry.host}/team/bad:v1` }],
          },
        ],
      },
    ])
    const report = parse(readFileSync(path.join(folder, 'policy-report.yaml'), 'utf8')) as OpenReport
    expect(report.summary).toMatchObject({ pass: 1, fail: 1, error: 0 })
    expect((await run({ mode: 'enforce' })).exit).toBe(1)
  })

  it('is the same alert after a new build under another tag', async () => {
    const before = (await run()).sarif.results[0]?.partialFingerprints
    putImage(registry.holdings, 'team/bad', 'v2')
    const file = path.join(folder, 'deploy/more/bad.yaml')
    writeFileSync(file, `# moved\n${readFileSync(file, 'utf8').replace('bad:v1', 'bad:v2')}`)
    const [later] = (await run()).sarif.results
    expect(later?.message.text).toContain('team/bad:v2')
    expect(later?.partialFingerprints).toEqual(before)
  })

  it('is of an outage neither that all is well nor a finding, while the step passes', async () => {
    for (const image of ['team/good', 'team/bad'])
      registry.fault(image, 'tag', 'always', says(503, 'UNAVAILABLE'))
    const { exit, outputs, sarif, summary } = await run()
    expect([exit, outputs['verdict']]).toEqual([0, 'undetermined'])
    expect(sarif.invocations[0]).toMatchObject({ executionSuccessful: false })
    expect(sarif.invocations[0].toolExecutionNotifications.map(({ level }) => level)).toEqual([
      'error',
      'error',
    ])
    expect(sarif.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['server-error', 'warning'],
      ['server-error', 'warning'],
    ])
    expect(summary).toContain('2 of 2 images would have failed it: 0 rejected, 2 undetermined')
  })

  it('is red of a typing error, and the other job still publishes that', async () => {
    const { exit, outputs, sarif } = await run({ key: 'keys/cosing.pub' })
    expect([exit, outputs['failure-code']]).toEqual([2, 'key-invalid'])
    expect(sarif.invocations[0].executionSuccessful).toBe(false)
    expect(publish.if).toBe(
      "${{ !cancelled() && needs.audit.result != 'skipped' && needs.audit.outputs.verdict != '' }}",
    )
  })
})
