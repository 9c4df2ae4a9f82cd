import { describe, expect, it } from 'vitest'
import { failed, found, type Lookup } from '../../../src/network/lookup.js'
import { openShelf } from '../../../src/stores/archivista/shelf.js'
import { newCall } from '../../harness/call.js'

describe('envelopes that are kept', () => {
  it('count once, also where several had to read the same one', async () => {
    const asked: string[] = []
    const fetch = async (gitoid: string): Promise<Lookup<Uint8Array>> => {
      asked.push(gitoid)
      await Promise.resolve()
      return asked.length === 1 ? failed('server-error', 'oops', 'archivista') : found(new Uint8Array(10))
    }
    const get = openShelf(fetch, 20)
    const answers = await Promise.all([1, 2, 3].map(async () => get('one', newCall())))
    expect(answers.map(({ kind }) => kind)).toEqual(['failed', 'found', 'found'])
    await get('two', newCall())
    expect(asked).toEqual(['one', 'one', 'one', 'two'])
    for (const gitoid of ['one', 'two']) expect(await get(gitoid, newCall())).toMatchObject({ kind: 'found' })
    expect(asked).toHaveLength(4)
    await get('three', newCall())
    await get('three', newCall())
    expect(asked).toHaveLength(6)
  })
})
