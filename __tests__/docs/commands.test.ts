import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandsOf, pages } from '../harness/documented-commands.js'
import { type DocumentedWorld, openDocumentedWorld } from '../harness/documented-world.js'
import type { Ran } from '../harness/run.js'

/** Pages whose lines are all run by a test of their own, beside what they are about. */
const elsewhere: Readonly<Record<string, string>> = {
  'docs/attestation-policy.md': 'attestation-policy.test.ts',
  'docs/build-policies.md': 'build-policies.test.ts',
  'docs/coming-from-cilock.md': 'build-policies.test.ts',
  'docs/coming-from-kyverno.md': 'policies.test.ts',
  'docs/coming-from-policy-controller.md': 'policies.test.ts',
  'docs/command.md': 'command.test.ts',
  'docs/manifests.md': 'policies.test.ts',
  'docs/policies.md': 'policies.test.ts',
  'docs/recipes-networks.md': 'recipes-networks.test.ts',
  'docs/recipes.md': 'recipes.test.ts',
  'examples/README.md': 'policies.test.ts',
}
/** Each shows one line and what it says, which `codes.test.ts` runs; other lines there only have to exist. */
const isCode = (page: string): boolean => page.startsWith('docs/codes/')

/** The lines whose order counts, and those of a fresh clone (`readme.test.ts`). */
const together = 'docs/fleet.md'
const here = pages.filter((page) => !isCode(page) && page !== together && elsewhere[page] === undefined)
const lines = here
  .flatMap((page) => commandsOf(page))
  .filter(({ line }) => !line.startsWith('node dist/cli.js'))

/** What a line comes to where that is more than a verdict: for an image that is signed, and for one that is not. */
const shown: readonly (readonly [end: string, signed: RegExp, unsigned: RegExp | undefined])[] = [
  ['echo "Deploy blocked"', /\nDeploy approved\n$/, /^Deploy blocked\n$/],
  ['| jq .verdict', /^"verified"\n$/, /^"rejected"\n$/],
  ['| jq .verified', /^true\n$/, /^false\n$/],
  ['| jq .', /^\[\{"critical":/, /^$/],
  ['--pinned-manifests pinned', /✓ Verified/, undefined],
]

let world: DocumentedWorld
beforeAll(async () => {
  world = await openDocumentedWorld()
}, 60_000)
afterAll(async () => world.stop())

/** The same line about what nobody signed. */
const unsigned = (line: string): string =>
  line
    .replaceAll(/(ghcr\.io\/org|registry\.example\/team)\/(?:app|web)\b(?!\/)/g, '$1/unsigned')
    .replaceAll(/\b((?:s3|gs|az|local):\/\/\w+)\/app\b/g, '$1/unsigned')
    .replace(/@sha256:…/, ':v1')
    .replaceAll('app.tar.gz', 'unsigned.tar.gz')

const verified = ({ exit, stdout, stderr }: Ran): void => {
  expect(exit, stderr).toBe(0)
  expect(stdout + stderr).toMatch(/Verified|verified|"critical":|Verification for/)
}

describe('the documented lines', () => {
  it('of every page are run: here, or by the test of that page', () => {
    const open = pages.filter((page) => commandsOf(page).length > 0 && !isCode(page) && !here.includes(page))
    for (const page of open.filter((one) => one !== together)) {
      const test = readFileSync(path.join(import.meta.dirname, elsewhere[page] ?? ''), 'utf8')
      const stem = path.basename(page, '.md')
      expect(test, page).toMatch(new RegExp(`\\b${stem === 'README' ? 'examples/README' : stem}\\b`))
    }
    expect(lines.length).toBeGreaterThan(35)
  })

  it('of a fresh clone are those of the README', () => {
    const fresh = (page: string): readonly string[] =>
      commandsOf(page).flatMap(({ line }) =>
        /^node dist\/cli\.js verify local:\S+ --key \S+$/.test(line) ? [line] : [],
      )
    expect(fresh('README.md')).toHaveLength(2)
    expect(fresh('README.md')).toEqual(fresh('examples/README.md'))
  })

  it.each(lines)('$page: $line', { timeout: 60_000 }, async ({ line }) => {
    const [end, signed, not] = shown.find(([one]) => line.endsWith(one)) ?? []
    const ran = await world.type(line)
    if (signed) expect(ran.stdout, ran.stderr).toMatch(signed)
    else if (line.includes('verify-image inspect')) {
      expect(ran.exit, ran.stderr).toBe(0)
      expect(ran.stdout).toMatch(/Signatures:\n(?: .*\n)+/)
    } else verified(ran)
    if (end !== undefined && not === undefined) return
    const other = unsigned(line)
    expect(other).not.toBe(line)
    const refused = await world.type(other)
    if (not) expect(refused.stdout, refused.stderr).toMatch(not)
    else if (line.includes('verify-image inspect'))
      expect(refused.stdout).not.toMatch(/Signatures:\n .*verified/)
    else {
      expect(refused.exit, refused.stderr).toBe(1)
      expect(refused.stderr).toMatch(/Verdict: rejected|Verification FAILED/)
    }
  })
})

describe('the lines about fleets, in their order', { timeout: 120_000 }, () => {
  it('judge all images at once, and in three shards that are merged', async () => {
    const [all = '', plan = '', shard = '', merge = '', ...others] = commandsOf(together).map(
      ({ line }) => line,
    )
    expect(others).toEqual([])
    verified(await world.type(all))
    const planned = await world.type(plan)
    expect(JSON.parse(planned.stdout)).toMatchObject({
      include: [{ shard: 1, of: 3 }, { shard: 2 }, { shard: 3 }],
    })
    for (const number of ['1', '2', '3']) {
      verified(await world.type(shard.replace('--shard 3', `--shard ${number}`)))
      const results = path.join(world.folder, 'results', number)
      mkdirSync(results, { recursive: true })
      cpSync(path.join(world.folder, 'verify-result.json'), path.join(results, 'verify-result.json'))
    }
    const merged = await world.type(merge)
    verified(merged)
    const document = JSON.parse(readFileSync(path.join(world.folder, 'verify-result.json'), 'utf8')) as {
      images: unknown[]
    }
    expect(document.images).toHaveLength(1001)
    // A shard is lost: the line that merges must not pass.
    cpSync(
      path.join(world.folder, 'results/1/verify-result.json'),
      path.join(world.folder, 'results/3/verify-result.json'),
    )
    expect((await world.type(merge)).exit).toBe(2)
  })
})
