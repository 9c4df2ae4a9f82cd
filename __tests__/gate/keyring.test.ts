import { describe, expect, it } from 'vitest'
import { openKeyring } from '../../src/gate/keyring.js'
import type { Call } from '../../src/network/call.js'
import { openJournal } from '../../src/network/journal.js'
import { slowServer } from '../harness/slow-server.js'
import { newKey } from '../harness/store.js'

const alice = newKey()
const bob = newKey()
// The same key in other bytes: only the key itself tells that they are one.
const aliceAgain = `${alice.publicPem}\n# the release key`
const call: Call = { signal: new AbortController().signal, retries: 0, journal: openJournal() }

describe('a keyring', () => {
  it('loads each reference once, and gives everybody the same key', async () => {
    const keyring = openKeyring([alice.publicPem, alice.publicPem], call)
    expect(await keyring.load(alice.publicPem)).toBe(await keyring.load(alice.publicPem))
    expect(keyring.loaded()).toHaveLength(1)
  })

  it('tells what is loaded in the order given, whoever was first', async () => {
    const keyring = openKeyring([alice.publicPem, 'nope.pub', bob.publicPem], call)
    await Promise.all([keyring.load(bob.publicPem), keyring.load('nope.pub'), keyring.load(alice.publicPem)])
    expect(keyring.loaded()).toMatchObject([
      { reference: 'inline PEM', id: alice.id },
      { reference: 'inline PEM', id: bob.id },
    ])
  })

  it('says nothing of keys that are not loaded', () => {
    const keyring = openKeyring([alice.publicPem, aliceAgain], call)
    expect(keyring.loaded()).toEqual([])
    expect(keyring.sameAs(aliceAgain)).toBeUndefined()
  })

  it('gives a key that cannot be loaded as a failure, not as an error', async () => {
    const keyring = openKeyring(['nope.pub'], call)
    expect(await keyring.load('nope.pub')).toMatchObject({ kind: 'failed', problem: { code: 'key-invalid' } })
    expect(keyring.sameAs('nope.pub')).toBeUndefined()
  })

  it('does not load what it was not opened with', async () => {
    await expect(openKeyring([alice.publicPem], call).load(bob.publicPem)).rejects.toThrow(
      'not in the keyring',
    )
  })
})

describe('two references to one key', () => {
  it('are one signer: one of them counts, the other counts for it', async () => {
    const keyring = openKeyring([alice.publicPem, bob.publicPem, aliceAgain], call)
    await Promise.all([alice.publicPem, bob.publicPem, aliceAgain].map(keyring.load))
    expect(keyring.sameAs(alice.publicPem)).toBeUndefined()
    expect(keyring.sameAs(aliceAgain)).toBe(alice.publicPem)
    expect(keyring.sameAs(bob.publicPem)).toBeUndefined()
  })

  it('never both count, not even where the first one loads only after the second was counted', async () => {
    const server = await slowServer(alice.publicPem)
    try {
      const keyring = openKeyring([server.url, alice.publicPem], call)
      await keyring.load(alice.publicPem)
      expect(keyring.sameAs(alice.publicPem)).toBeUndefined()
      server.release()
      await keyring.load(server.url)
      expect(keyring.sameAs(server.url)).toBe(alice.publicPem)
      expect(keyring.sameAs(alice.publicPem)).toBeUndefined()
    } finally {
      server.close()
    }
  })
})
