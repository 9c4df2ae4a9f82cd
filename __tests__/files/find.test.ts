import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFiles, splitPattern } from '../../src/files/find.js'
import { temporaryFolder } from '../harness/run.js'

const folder = temporaryFolder()
const before = process.cwd()

beforeAll(() => {
  for (const name of [
    'a.yaml',
    'b.yml',
    'B.yaml',
    '.hidden.yaml',
    'k/a.yaml',
    'k/deep/er/a.yaml',
    'k/.dot/a.yaml',
    'k/.dot/inner/b.yaml',
    'node/x.yaml',
    'odd/[a].yaml',
    'odd/a{b}.yaml',
    'odd/with space.yaml',
    'odd/-dash.yaml',
    'odd/__proto__.yaml',
    'odd/constructor',
    'odd/line\nfeed.yaml',
    'odd/ünï.yaml',
    'odd/$(touch x).yaml',
    'empty.d/only.json',
  ]) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), '')
  }
  const outside = temporaryFolder()
  writeFileSync(path.join(outside, 'out.yaml'), '')
  symlinkSync(outside, path.join(folder, 'k/linked'))
  symlinkSync('..', path.join(folder, 'k/up'))
  symlinkSync(path.join(outside, 'out.yaml'), path.join(folder, 'k/link.yaml'))
  process.chdir(folder)
})
afterAll(() => process.chdir(before))

describe('files that a pattern means', () => {
  it.each<[string, readonly string[]]>([
    ['*.yaml', ['B.yaml', 'a.yaml']],
    ['?.y?ml', ['B.yaml', 'a.yaml']],
    ['?.yml', ['b.yml']],
    ['./*.yml', ['b.yml']],
    ['.*.yaml', ['.hidden.yaml']],
    ['*', ['B.yaml', 'a.yaml', 'b.yml']],
    ['*/a.yaml', ['k/a.yaml']],
    ['k/*', ['k/a.yaml', 'k/link.yaml']],
    ['k/**/a.yaml', ['k/a.yaml', 'k/deep/er/a.yaml']],
    ['**/a.yaml', ['a.yaml', 'k/a.yaml', 'k/deep/er/a.yaml']],
    ['**/er/**/*.yaml', ['k/deep/er/a.yaml']],
    ['k/**', ['k/a.yaml', 'k/deep/er/a.yaml', 'k/link.yaml']],
    ['**/**/a.yaml', ['a.yaml', 'k/a.yaml', 'k/deep/er/a.yaml']],
    ['k/.dot/*.yaml', ['k/.dot/a.yaml']],
    ['k/.d*/*.yaml', ['k/.dot/a.yaml']],
    ['k/../a.y*', ['a.yaml']],
    ['odd/[a].y*', ['odd/[a].yaml']],
    ['odd/a{b}*', ['odd/a{b}.yaml']],
    ['odd/* *.yaml', ['odd/$(touch x).yaml', 'odd/with space.yaml']],
    ['odd/-*', ['odd/-dash.yaml']],
    ['odd/__proto__.*', ['odd/__proto__.yaml']],
    ['odd/constructo?', ['odd/constructor']],
    ['odd/line*', ['odd/line\nfeed.yaml']],
    ['odd/?n?.yaml', ['odd/ünï.yaml']],
    ['nosuch/*.yaml', []],
    ['a.yaml/*', []],
    ['**/nosuch', []],
    ['*.d/*.json', ['empty.d/only.json']],
    ['A.*', []],
  ])('%j', async (pattern, files) => {
    expect(await findFiles(pattern)).toEqual(files)
  })

  it('by absolute patterns, absolute names', async () => {
    expect(await findFiles(path.join(folder, 'k/*.yaml'))).toEqual(
      ['k/a.yaml', 'k/link.yaml'].map((name) => path.join(folder, name)),
    )
  })

  it('from above', async () => {
    expect(await findFiles(`../${path.basename(folder)}/*.yml`)).toEqual([
      `../${path.basename(folder)}/b.yml`,
    ])
  })

  it.each(['a.yaml', 'nosuch.yaml', 'odd/[a].yaml', '', '-', '../x', 'a{b,c}.yaml'])(
    'without a wildcard %j is itself, there or not',
    async (pattern) => {
      expect(await findFiles(pattern)).toEqual([pattern])
    },
  )

  it('folders that links lead to are not entered, so that no circle is walked', async () => {
    expect(await findFiles('k/*/out.yaml')).toEqual([])
    expect(await findFiles('k/**/out.yaml')).toEqual([])
    expect(await findFiles('k/**/up*')).toEqual([])
    // By its own name a link is a folder like others.
    expect(await findFiles('k/linked/*')).toEqual(['k/linked/out.yaml'])
    expect(await findFiles('k/up/*.yml')).toEqual(['k/up/b.yml'])
  })

  it('takes a name a linear time, whatever the pattern', async () => {
    writeFileSync(path.join(folder, 'node', 'a'.repeat(240)), '')
    const start = Date.now()
    expect(await findFiles(`node/${'*a'.repeat(120)}b`)).toEqual([])
    expect(await findFiles(`${'**/'.repeat(12)}nosuch*`)).toEqual([])
    expect(Date.now() - start).toBeLessThan(2000)
  })

  it('many stars cost no more than few', async () => {
    const start = Date.now()
    expect(await findFiles(`${'**/'.repeat(100)}a.yaml`)).toEqual(await findFiles('**/a.yaml'))
    expect(await findFiles('**/k/**/deep/**/er/**/*.yaml')).toEqual(['k/deep/er/a.yaml'])
    expect(Date.now() - start).toBeLessThan(5000)
  })

  it('ends with a text where too much lies in its way', async () => {
    const wide = path.join(folder, 'wide')
    mkdirSync(wide)
    for (let index = 0; index < 500; index++) writeFileSync(path.join(wide, `f${index}`), '')
    const deep = Array.from({ length: 20 }, () => 'x').join('/')
    mkdirSync(path.join(wide, deep), { recursive: true })
    expect(await findFiles('wide/**', 400)).toBe('more than 400 files and folders are in its way')
    expect(await findFiles('wide/**', 1000)).toHaveLength(500)
  })

  it('a link that leads nowhere is told when it is read', async () => {
    symlinkSync('nowhere.yaml', path.join(folder, 'odd/broken.yaml'))
    expect(await findFiles('odd/brok*')).toEqual(['odd/broken.yaml'])
  })

  it('tells of a folder that cannot be looked into: what is in it would go unchecked', async () => {
    const found = await findFiles(`${'x'.repeat(300)}/*.yaml`)
    expect(found).toMatch(/^x{300}: /)
  })
})

describe('the folder that a pattern begins at', () => {
  it.each<[string, 'posix' | 'win32', string, readonly string[]]>([
    ['deploy/*.yaml', 'posix', '.', ['deploy', '*.yaml']],
    ['./deploy/*.yaml', 'posix', '.', ['deploy', '*.yaml']],
    ['/srv/deploy/*.yaml', 'posix', '/', ['srv', 'deploy', '*.yaml']],
    ['deploy\\*.yaml', 'win32', '.', ['deploy', '*.yaml']],
    ['C:\\srv\\*.yaml', 'win32', 'C:\\', ['srv', '*.yaml']],
    ['C:/srv/*.yaml', 'win32', 'C:\\', ['srv', '*.yaml']],
    ['\\\\host\\share\\deploy\\*.yaml', 'win32', '\\\\host\\share\\', ['deploy', '*.yaml']],
  ])('of %s (%s)', (pattern, system, top, segments) => {
    expect(splitPattern(pattern, path[system])).toEqual({ top, segments })
  })
})
