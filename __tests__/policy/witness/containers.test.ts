import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readBundle, readLines, unwrapAttached } from '../../../src/policy/witness/containers.js'
import { isThere, read, verify } from './fixtures.js'
import { agreeable } from './made.js'

describe.runIf(isThere)('a bundle of cilock', () => {
  const tar = isThere ? gunzipSync(read('bundles/c-main.tar.gz')) : Buffer.alloc(0)
  it('holds what it lists', async () => {
    const { sources, problems } = readBundle(tar, 'b.tar.gz')
    expect(problems).toEqual([])
    expect(sources.map(({ where }) => where)).toEqual(['b.tar.gz:1', 'b.tar.gz:2'])
    const one = {
      policy: 'policies/c-main.json',
      policyPublicKey: 'keys/policy.pub',
      attestations: [],
      subjects: ['13095839d01955a62fc5b008f96c38eeb38740e1477e1962d1ba168266ddf2b9'],
    }
    expect((await verify(one, 'cilock', agreeable().ask, { envelopes: sources })).finding.status).toBe('met')
  })

  it.each<[string, (bytes: Buffer) => Buffer, string]>([
    ['cut off', (bytes) => bytes.subarray(0, 3000), 'it is cut off'],
    ['something else', () => Buffer.from('x'.repeat(2000)), 'it is no tar'],
    ['empty', () => Buffer.alloc(1024), 'got another archive'],
    [
      'changed',
      (bytes) => Buffer.from(bytes.toString('latin1').replace('{"payload":"ey', '{"payload":"eY'), 'latin1'),
      'that bundle.json lists',
    ],
  ])('that is %s is refused', (_, change, problem) => {
    const { sources, problems } = readBundle(change(tar), 'b')
    expect(sources).toEqual([])
    expect(problems.join()).toContain(problem)
  })

  it('never throws, whatever byte is changed in its headers', () => {
    for (let at = 0; at < 512; at++) {
      const copy = Buffer.from(tar)
      copy[at] = 0xff - (copy[at] ?? 0)
      expect(() => readBundle(copy, 'b')).not.toThrow()
    }
  })

  it('lines are envelopes, empty ones are nothing', () => {
    const { sources } = readLines(Buffer.from('\n{"a":1}\r\n\n{"b":2}'), 'f.jsonl', 'found')
    expect(sources.map(({ where, bytes }) => [where, Buffer.from(bytes).toString('utf8').trim()])).toEqual([
      ['f.jsonl:2', '{"a":1}'],
      ['f.jsonl:4', '{"b":2}'],
    ])
    expect(readLines(Buffer.from('\n\n'), 'f', 'given').problems).toEqual(['f: it holds no envelope'])
  })

  it('an envelope inside a statement of cosign is found', () => {
    const outer = JSON.parse(read('attestations/w-wrapped.json').toString('utf8')) as { payload: string }
    const inner = unwrapAttached(Buffer.from(outer.payload, 'base64'))
    expect(JSON.parse(Buffer.from(inner!).toString('utf8'))).toEqual(
      JSON.parse(read('attestations/w-docker-build.json').toString('utf8')),
    )
    const custom = {
      predicate: { Data: read('attestations/w-docker-build.json').toString('utf8'), Timestamp: 'x' },
    }
    expect(unwrapAttached(Buffer.from(JSON.stringify(custom)))).toEqual(
      read('attestations/w-docker-build.json'),
    )
    for (const text of ['{}', '[]', '{"predicate":{"payload":1}}', '{"predicate":{"Data":"{"}}', 'x']) {
      expect(unwrapAttached(Buffer.from(text))).toBeUndefined()
    }
  })
})
