import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ResultDocument } from '../../src/report/document.js'
import { dist, temporaryFolder } from '../harness/run.js'
import { expectCallsListed, watched } from '../harness/watched-calls.js'

const file = path.join(temporaryFolder(), 'calls')
const host = '127.0.0.1:1'
const listing = (...calls: ResultDocument['calls']): ResultDocument => ({ calls }) as ResultDocument

describe('the watch over the calls of a run', () => {
  it('writes down what the program asks for', () => {
    const key = path.resolve(import.meta.dirname, '../../examples/keys/release.pub')
    const args = ['verify', `${host}/app:v1`, '--key', key, '--insecure-ignore-tlog', '--retries', '0']
    spawnSync(process.execPath, [path.join(dist, 'cli.js'), ...args], { env: watched(file, {}) })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      requests: { [host]: 1 },
      connections: { [host]: 1 },
    })
  })

  it.each([
    ['a request of a host that is not listed', { requests: { [host]: 1 }, connections: {} }, []],
    ['one request more', { requests: { [host]: 2 }, connections: {} }, [{ host, count: 1 }]],
    ['a connection without a request', { requests: {}, connections: { 'other.example:443': 1 } }, []],
  ] as const)('fails a test for %s', (_what, seen, calls) => {
    writeFileSync(file, JSON.stringify(seen))
    expect(() => expectCallsListed(file, listing(...calls), {})).toThrow('not in calls')
  })

  it('is content with what is listed', () => {
    writeFileSync(file, JSON.stringify({ requests: { [host]: 1 }, connections: { [host]: 1 } }))
    expect(() => expectCallsListed(file, listing({ host, count: 2 }), {})).not.toThrow()
  })
})
