import { describe, expect, it } from 'vitest'
import { isHexDigest, parseRecipe } from '../../src/evidence/recipe.js'

const hex = (letter: string): string => letter.repeat(64)
const chunk = (letter: string, size = 10, compressedSize = 4): object => ({
  digest: hex(letter),
  size,
  compressedSize,
})
const recipe = {
  layer: hex('a'),
  size: 30,
  compressedDigest: hex('b'),
  compressedSize: 12,
  chunks: [chunk('c'), chunk('d'), chunk('c')],
}

/** The recipe that was read, or why it is none. */
function parse(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const parsed = parseRecipe(Buffer.from(text))
  return parsed.kind === 'recipe' ? parsed.recipe : parsed.reason
}
const changed = (changes: object): object => ({ ...recipe, ...changes })
const chunks = (...of: readonly unknown[]): object => changed({ chunks: of })

describe('a recipe', () => {
  it('is read as s3lo writes it', () => expect(parse(recipe)).toEqual(recipe))

  it('may be spaced, and may hold fields that nobody knows', () => {
    expect(parse(JSON.stringify(recipe, undefined, '\t'))).toEqual(recipe)
    expect(parse(changed({ comment: 'x' }))).toEqual(recipe)
  })

  it('may have very many chunks', () => {
    const many = Array.from({ length: 40_000 }, () => chunk('c', 10, 4))
    const read = parse(changed({ size: 400_000, compressedSize: 160_000, chunks: many }))
    expect(read).toHaveProperty('chunks.length', 40_000)
  })
})

const paths = [
  '../../../../ESCAPED',
  `../${hex('a')}`,
  `${hex('a')}/`,
  `${hex('a').slice(1)}/`,
  '',
  '/etc/passwd',
]
const notHex = [
  ...paths,
  hex('A'),
  hex('g'),
  `${hex('a')}a`,
  `${hex('a')}\n`,
  `sha256:${hex('a')}`,
  7,
  null,
  [hex('a')],
]
const notSize = [0, -1, 1.5, 2 ** 53, 1e300, '30', null, [30], true]

describe('what no recipe is', () => {
  it.for(notHex)('a name of a layer or a chunk like %j', (name) => {
    expect(parse(changed({ layer: name }))).toMatch(/^layer: expected 64 lower-case hex digits, got /)
    expect(parse(changed({ compressedDigest: name }))).toMatch(/^compressedDigest: expected 64 /)
    expect(parse(chunks({ ...chunk('c'), digest: name }))).toMatch(/^chunk 1: digest: expected 64 /)
    expect(isHexDigest(name)).toBe(false)
  })

  it.for(notSize)('a size like %j', (size) => {
    expect(parse(changed({ size }))).toMatch(/^size: expected bytes, got /)
    expect(parse(changed({ compressedSize: size }))).toMatch(/^compressedSize: expected bytes, got /)
    expect(parse(chunks(chunk('c'), { ...chunk('c'), size }))).toMatch(/^chunk 2: size: expected bytes/)
    expect(parse(chunks({ ...chunk('c'), compressedSize: size }))).toMatch(
      /^chunk 1: compressedSize: expected bytes, got /,
    )
  })

  it.for([[], {}, 'c', null, [7], [[]], [null]])('a list of chunks like %j', (list) => {
    expect(parse(changed({ chunks: list }))).toMatch(/^chunk/)
  })

  it.for(Object.keys(recipe))('one without %s', (name) => {
    expect(parse(changed({ [name]: undefined }))).toMatch(/got nothing$/)
  })

  it('one whose chunks do not add up', () => {
    expect(parse(changed({ size: 31 }))).toBe('size: its chunks add up to 30, got 31')
    expect(parse(changed({ compressedSize: 11 }))).toBe('compressedSize: its chunks add up to 12, got 11')
    const huge = [chunk('c', 2 ** 53 - 1), chunk('d', 2 ** 53 - 1)]
    expect(parse(changed({ size: 2 ** 53 - 1, compressedSize: 8, chunks: huge }))).toMatch(/^size: /)
  })

  const text = JSON.stringify(recipe)
  it.for([
    '',
    'null',
    '[]',
    `${text}x`,
    `\ufeff${text}`,
    text.slice(0, -1),
    '{'.repeat(100_000),
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    text.replace('{', `{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)},`),
    // Go takes the last of several, and a name however it is spelled: another recipe than the one that was checked.
    text.replace('{', `{"layer":"${hex('e')}",`),
    text.replace('"size":30', '"size":99,"size":30'),
    text.replace('"digest":', `"digest":"${hex('e')}","digest":`),
    text.replace('"layer"', '"\\u006cayer"'),
    text.replace('"size":30', '"size":3e1'),
    text.replace('"size":30', '"size":30.0'),
  ])('%# what two readers could take for two', (given) => {
    expect(parse(given)).toMatch(/^it is no JSON object, or can be read in two ways$/)
  })

  it.for(['Layer', 'SIZE', 'Chunks', 'compresseddigest', '\u017fize'])(
    'one that spells a field %s',
    (name) => {
      expect(parse(changed({ [name]: recipe.layer }))).toBe(
        `${JSON.stringify(name)} is no spelling of a field`,
      )
    },
  )

  it('one that spells a field of a chunk otherwise', () => {
    const given = chunks(chunk('c'), { ...chunk('d'), Digest: hex('e') })
    expect(parse(given)).toBe('chunk 2: "Digest" is no spelling of a field')
  })

  it('says what was expected, and what it got', () => {
    const reason = (value: object): unknown => parseRecipe(Buffer.from(JSON.stringify(value)))
    expect(reason(changed({ layer: 'x' }))).toEqual({
      kind: 'malformed',
      reason: 'layer: expected 64 lower-case hex digits, got "x"',
    })
    expect(reason(changed({ size: undefined }))).toEqual({
      kind: 'malformed',
      reason: 'size: expected bytes, got nothing',
    })
  })

  it('says no more than a line of what it got', () => {
    expect(String(parse(changed({ layer: 'x'.repeat(100_000) }))).length).toBeLessThan(200)
  })
})
