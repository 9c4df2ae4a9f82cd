import { describe, expect, it, test } from 'vitest'
import { usualLimits } from '../../../src/policy/jmespath/meter.js'
import { OpenPart } from '../../../src/policy/jmespath/stop.js'
import { ask } from './ask.js'

const limit = expect.objectContaining({ failed: 'limit-exceeded' }) as unknown

function nested(depth: number): unknown {
  let value: unknown = 'end'
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

describe('a hostile expression ends', () => {
  const doubled = Array.from({ length: 40 }, () => '[@, @]').join(' | ')
  test.each<[string, string]>([
    ['too long', `a${' '.repeat(40_000)}`],
    ['nested brackets', '['.repeat(5000)],
    ['nested parentheses', `${'('.repeat(5000)}a${')'.repeat(5000)}`],
    ['nested nots', `${'!'.repeat(5000)}a`],
    ['nested references', '& '.repeat(5000)],
    ['a long chain', `a${'.a'.repeat(5000)}`],
    ['many ors', `a${'||a'.repeat(5000)}`],
    ['a result that doubles', doubled],
    ['a text that doubles', `${doubled} | to_string(@)`],
    ['a comparison that doubles', `${doubled} | @ == @`],
    [
      'a text that squares',
      `replace_all(join('', split('${'a'.repeat(20_000)}', '')), 'a', '${'b'.repeat(5000)}')`,
    ],
    ['a huge quantity', "add('1e9999', '1e-9999')"],
    ['a deep literal', `\`${'['.repeat(2000)}${']'.repeat(2000)}\``],
    ['a long pattern', `regex_match('${'a'.repeat(3000)}', 'a')`],
    ['deep JSON', `parse_json('${'['.repeat(2000)}${']'.repeat(2000)}')`],
  ])('%s', (name, text) => {
    const started = performance.now()
    const answer = ask(text, { a: 1 })
    expect(performance.now() - started).toBeLessThan(8000)
    if (name === 'a deep literal') expect(answer).toMatchObject({ failed: 'syntax' })
    else if (name === 'a huge quantity') expect(typeof answer).toBe('string')
    else expect(answer).toEqual(limit)
  })
})

describe('a hostile document ends', () => {
  test.each<[string, string, unknown]>([
    ['deep result', '@', nested(3000)],
    ['deep text', 'to_string(@)', nested(3000)],
    ['deep comparison', '@ == @', nested(3000)],
    ['wide', 'length(map(&map(&@, $all), @))'.replace('$all', '`[1,2,3]`'), Array(2_000_000).fill(0)],
    ['a wildcard that goes back', `pattern_match('*${'a'.repeat(5000)}b', @)`, 'a'.repeat(30_000)],
  ])('%s', (_, text, data) => {
    const started = performance.now()
    expect(ask(text, data)).toEqual(limit)
    expect(performance.now() - started).toBeLessThan(8000)
  })

  it('counts steps', () => {
    expect(ask('[*]', [1, 2, 3], { limits: { ...usualLimits, steps: 3 } })).toEqual(limit)
    expect(ask('[*]', [1, 2, 3], { limits: { ...usualLimits, values: 3 } })).toEqual(limit)
    expect(ask("join('', @)", ['abc'], { limits: { ...usualLimits, characters: 2 } })).toEqual(limit)
  })
})

describe('a part that is not known yet', () => {
  const data = {
    known: 1,
    part: new OpenPart('attestation sbom'),
    list: [1, new OpenPart('second')],
    no: false,
  }
  const open = { open: 'attestation sbom' }
  test.each<[string, unknown]>([
    ['known', 1],
    ['part', open],
    ['part.deeper[0]', open],
    ['part || known', open],
    ['known || part', 1],
    ['no && part', false],
    ['known && part', open],
    ['nosuch || part', open],
    ['!part', open],
    ['part == `1`', open],
    ['[known, part]', open],
    ['{a: part}', open],
    ['@', open],
    ['to_string(@)', { open: 'second' }],
    ['@ == @', open],
    ['part[]', open],
    ['part[*].x', open],
    ['part[?x]', open],
    ['part.*', open],
    ['list', { open: 'second' }],
    ['list[0]', 1],
    ['list[1]', { open: 'second' }],
    ['length(list)', 2],
    ['list[?@ == `1`]', { open: 'second' }],
    ['sort(list)', { open: 'second' }],
    ['contains(list, `1`)', true],
    ['contains(list, `2`)', { open: 'second' }],
    ['not_null(part, `1`)', open],
    ["lookup(@, 'part')", open],
    ['keys(@)', ['known', 'part', 'list', 'no']],
    ['values(@)', open],
    ['nosuch', { failed: 'not-found' }],
  ])('%s', (text, wanted) => {
    expect(ask(text, data)).toEqual(wanted)
  })
})
