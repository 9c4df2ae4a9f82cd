import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = path.resolve(import.meta.dirname, '../..')
const folder = path.join(root, 'examples/workflows')
const files = readdirSync(folder)

interface Step {
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string | number | boolean>>
}
interface Job {
  readonly if?: string
  readonly needs?: string | readonly string[]
  readonly uses?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  readonly outputs?: Readonly<Record<string, string>>
  readonly steps?: readonly Step[]
}
interface Workflow {
  readonly permissions?: unknown
  readonly concurrency?: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

const read = (name: string): Workflow => parse(readFileSync(path.join(folder, name), 'utf8')) as Workflow
const action = 'OWNER/verify-image@COMMIT'
/** Steps that come to a verdict. */
const judges = ({ uses, run = '' }: Step): boolean => uses === action || run.includes('cli.js merge ')
const is = ({ uses = '' }: Step, name: string): boolean => uses.startsWith(`actions/${name}@`)
const given = ({ with: inputs = {} }: Step, name: string): string => String(inputs[name] ?? '')

describe.each(files)('%s', (name) => {
  const workflow = read(name)
  const jobs = Object.entries(workflow.jobs)
  const steps = jobs.flatMap(([, { steps: list = [] }]) => list)
  const judging = jobs.filter(([, job]) => job.steps?.some(judges))

  it('begins without rights, and each job has those that it needs and an end', () => {
    expect(workflow.permissions).toEqual({})
    expect(workflow.concurrency).toBeDefined()
    for (const [id, job] of jobs) {
      expect(Object.keys(job.permissions ?? {}), id).not.toEqual([])
      if (job.uses === undefined) expect(job['timeout-minutes'], id).toBeGreaterThan(0)
    }
  })

  it('writes nothing that could be promoted where it judges', () => {
    expect(judging).not.toEqual([])
    for (const [id, { permissions = {} }] of judging)
      for (const right of ['contents', 'packages', 'attestations', 'deployments', 'actions'])
        expect([undefined, 'read'], `${id}: ${right}`).toContain(permissions[right])
  })

  it('pins what it uses by commit', () => {
    const named = [...steps, ...jobs.map(([, job]) => job)].flatMap(({ uses }) => uses ?? [])
    // Two that cannot be known here; the first lines say to put them in.
    const known = [action, 'aflock-ai/cilock-action@COMMIT']
    for (const one of named.filter((uses) => !known.includes(uses) && !uses.startsWith('./')))
      expect(one).toMatch(/^[\w-]+(?:\/[\w-]+)+@[0-9a-f]{40}$/)
  })

  it('takes what decides from the default or base branch, and leaves no token behind', () => {
    for (const step of steps.filter((one) => is(one, 'checkout')))
      expect(step.with?.['persist-credentials']).toBe(false)
    const taken = judging.flatMap(([, job]) => job.steps ?? []).filter((one) => is(one, 'checkout'))
    for (const step of taken) {
      if (given(step, 'repository') === 'OWNER/verify-image') expect(given(step, 'ref')).toBe('COMMIT')
      else if (given(step, 'path') === 'proposed')
        expect(given(step, 'sparse-checkout')).toBe('${{ env.MANIFESTS }}')
      else
        expect([
          '${{ github.event.repository.default_branch }}',
          '${{ github.event.pull_request.base.sha }}',
        ]).toContain(given(step, 'ref'))
    }
  })

  it('keeps the result and the report, whatever it came to', () => {
    for (const [id, { steps: list = [] }] of judging) {
      const after = list.slice(list.findIndex(judges) + 1).filter((one) => is(one, 'upload-artifact'))
      const kept = after.find((one) => given(one, 'path').includes('verify-result.json'))
      expect(kept?.if, id).toBe('always()')
      // Of a shard there is no report: the fleet has one.
      const judge = list.find(judges)
      if (judge && given(judge, 'shard') !== '') continue
      expect(kept && given(kept, 'path'), id).toContain('verify-report.html')
      expect(judge?.with?.['html-report'] ?? judge?.run, id).toContain('verify-report.html')
    }
  })

  it('tells who has the turn, rejected from undetermined', () => {
    for (const [id, { steps: list = [] }] of judging) {
      const judge = list.find(judges)
      if (judge && given(judge, 'shard') !== '') continue
      for (const verdict of ['rejected', 'undetermined']) {
        const asks = `!cancelled() && steps.${judge?.id ?? '?'}.outputs.verdict == '${verdict}'`
        expect(
          list.some((one) => one.if?.includes(asks)),
          `${id}: ${verdict}`,
        ).toBe(true)
      }
    }
  })

  it('goes on only with the digest of what is verified', () => {
    for (const [id, job] of jobs) {
      const [before] = judging.filter(([one]) => [job.needs].flat().includes(one))
      if (!before || job.steps?.some(judges)) continue
      if (job.permissions?.['security-events'] === 'write') {
        // Alerts are of what is not verified.
        expect(job.if, id).toBe(
          `\${{ !cancelled() && needs.${before[0]}.result != 'skipped' && needs.${before[0]}.outputs.verdict != '' }}`,
        )
        expect(
          Object.values(job.permissions).filter((right) => right === 'write'),
          id,
        ).toHaveLength(1)
        continue
      }
      expect(job.if, id).toBe(
        `\${{ needs.${before[0]}.outputs.verdict == 'verified' && needs.${before[0]}.outputs.digest != '' }}`,
      )
    }
  })

  it('is run by act, and listed in the examples', () => {
    const peers = path.join(root, '__tests__/peers')
    const acts = readdirSync(peers).filter((one) => one.startsWith('act-'))
    const texts = acts.map((one) => readFileSync(path.join(peers, one), 'utf8'))
    expect(texts.some((text) => text.includes(`'${name}'`))).toBe(true)
    expect(readFileSync(path.join(root, 'examples/README.md'), 'utf8')).toContain(`(workflows/${name})`)
  })
})
