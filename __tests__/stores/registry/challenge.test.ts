import { describe, expect, it } from 'vitest'
import { parseChallenge } from '../../../src/stores/registry/challenge.js'

const realm = 'https://auth.example/token'

describe('a registry that wants a token', () => {
  it.each([
    ['as usual', `Bearer realm="${realm}",service="registry.example",scope="repository:app:pull"`],
    ['with blanks', `Bearer realm = "${realm}" ,  service="registry.example", scope="repository:app:pull"`],
    ['in another case', `bEARER REALM="${realm}",Service="registry.example",SCOPE="repository:app:pull"`],
    ['in another order', `Bearer scope="repository:app:pull",service="registry.example",realm="${realm}"`],
    ['with more', `Bearer realm="${realm}",service="registry.example",scope="repository:app:pull",error="x"`],
    [
      'after basic',
      `Basic realm="x", Bearer realm="${realm}",service="registry.example",scope="repository:app:pull"`,
    ],
    [
      'before basic',
      `Bearer realm="${realm}",service="registry.example",scope="repository:app:pull", Basic realm="x"`,
    ],
  ])('says so %s', (_, header) => {
    expect(parseChallenge(header)).toEqual({
      scheme: 'bearer',
      realm,
      service: 'registry.example',
      scope: 'repository:app:pull',
    })
  })

  it('may name no service and no scope', () => {
    expect(parseChallenge(`Bearer realm="${realm}"`)).toEqual({ scheme: 'bearer', realm })
    expect(parseChallenge(`Bearer realm="${realm}",scope=""`)).toEqual({ scheme: 'bearer', realm })
    expect(parseChallenge(`Bearer realm=${realm},service=x`)).toEqual({
      scheme: 'bearer',
      realm,
      service: 'x',
    })
  })

  it('may quote', () => {
    expect(parseChallenge('Bearer realm="https://a/\\"b\\\\",scope="repository:a:pull,push"')).toEqual({
      scheme: 'bearer',
      realm: 'https://a/"b\\',
      scope: 'repository:a:pull,push',
    })
  })

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer service="x"',
    'Bearer realm=""',
    'Bearer realm',
    `Bearerrealm="${realm}"`,
    `realm="${realm}"`,
  ])('does not say so with %j', (header) => {
    expect(parseChallenge(header)).toBeUndefined()
  })
})

describe('a registry that wants a user and a password', () => {
  it.each([
    'Basic',
    'Basic realm="x"',
    'basic REALM=x',
    'Negotiate, Basic realm="x"',
    'BASIC realm="x",charset="UTF-8"',
  ])('says so with %j', (header) => {
    expect(parseChallenge(header)).toEqual({ scheme: 'basic' })
  })

  it.each(['Basically', 'Digest realm="x"', 'Negotiate', 'NTLM', '', 'x-basic'])(
    'does not with %j',
    (header) => {
      expect(parseChallenge(header)).toBeUndefined()
    },
  )
})

describe('a registry that says nothing that can be read', () => {
  it('gets no credentials', () => {
    expect(parseChallenge(undefined)).toBeUndefined()
    expect(parseChallenge(`Bearer realm="${realm}",x="${'a'.repeat(5000)}"`)).toBeUndefined()
  })

  it.each(['a', ' ', ',', 'a=', '"', '\\', 'a="\\', 'Bearer '])(
    'is read to its end when it repeats %j',
    (part) => {
      // As long as a header may be: an answer at all is what is asked for.
      const header = `Bearer ${part.repeat(Math.floor(4000 / part.length))}`
      expect(parseChallenge(header)).toBeUndefined()
    },
  )
})
