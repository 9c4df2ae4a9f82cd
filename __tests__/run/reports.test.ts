import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { withdrawReports } from '../../src/run/reports.js'
import { temporaryFolder } from '../harness/run.js'

describe('reports of an earlier run', () => {
  const none = { resultFile: '', policyReport: '', vsaFile: '', htmlReport: '', sarifReport: '' }

  it('are taken away, each of them, and nothing that is no file', async () => {
    const folder = temporaryFolder()
    for (const kind of Object.keys(none)) {
      const file = path.join(folder, kind)
      writeFileSync(file, '')
      await withdrawReports({ ...none, [kind]: file })
      expect(existsSync(file), kind).toBe(false)
    }
    mkdirSync(path.join(folder, 'a'))
    await withdrawReports({ ...none, resultFile: path.join(folder, 'a') })
    expect(existsSync(path.join(folder, 'a'))).toBe(true)
  })

  it('stay while they are still to be read, under whatever name', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'shard.json')
    writeFileSync(file, '')
    await withdrawReports({ ...none, resultFile: file }, [path.join(folder, 'x', '..', 'shard.json')])
    expect(existsSync(file)).toBe(true)
    await withdrawReports({ ...none, resultFile: file }, [path.join(folder, 'other.json')])
    expect(existsSync(file)).toBe(false)
  })
})
