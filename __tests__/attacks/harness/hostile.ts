import fc from 'fast-check'

/** Texts that parsers stumble over. */
const tokens = [
  '__proto__',
  'constructor',
  '"__proto__":{"polluted":1}',
  '"constructor":{"prototype":{"polluted":1}}',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '\\',
  '\\u0000',
  '\\ud800',
  '\ud800',
  '\u2028',
  '\ufeff',
  '\0',
  '\r\n',
  '\n---\n',
  '- ',
  ': ',
  '&a [*a]',
  '*a',
  '!!js/function x',
  '<<: *a',
  '#',
  '%',
  '%00',
  '..',
  '/',
  '@',
  '@sha256:',
  ':',
  '::',
  '$(',
  '{{',
  '}}',
  '$',
  '^',
  '(?=a)',
  '(a+)+$',
  '.*',
  '1e999',
  '-0',
  '9'.repeat(400),
  '0x1p-1074',
  'null',
  'true',
  '-----BEGIN CERTIFICATE-----',
  '-----END CERTIFICATE-----',
  '='.repeat(3),
]

/** A change of a text; where is a share of its length. */
interface Mutation {
  readonly how: 'flip' | 'cut' | 'drop' | 'double' | 'insert' | 'nest' | 'many'
  readonly at: number
  readonly to: number
  readonly token: string
  readonly byte: number
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  how: fc.constantFrom('flip', 'flip', 'cut', 'drop', 'double', 'insert', 'insert', 'nest', 'many'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  token: fc.oneof(fc.constantFrom(...tokens), fc.string({ unit: 'binary', maxLength: 20 })),
  byte: fc.nat(0xff),
})

function mutate(text: string, { how, at, to, token, byte }: Mutation): string {
  const [from, until] = [at, Math.min(1, at + to * to)].map((share) => Math.floor(share * text.length))
  const [head, middle, tail] = [text.slice(0, from), text.slice(from, until), text.slice(until)]
  switch (how) {
    case 'flip':
      return `${head}${String.fromCharCode((text.charCodeAt(from ?? 0) || 0) ^ (byte || 1))}${text.slice((from ?? 0) + 1)}`
    case 'cut':
      return head
    case 'drop':
      return head + tail
    case 'double':
      return head + middle + middle.slice(0, 4000) + tail
    case 'insert':
      return head + token + text.slice(from)
    case 'nest':
      return `${head}${(byte % 2 ? '[' : '{"a":').repeat(byte * 40)}${text.slice(from)}`
    case 'many':
      return head + (token === '' ? ',' : token).repeat(byte % 60) + text.slice(from)
  }
}

/** Texts of every sort, most of them close to what is meant to be read. */
export function texts(samples: readonly string[]): fc.Arbitrary<string> {
  const near = fc
    .tuple(fc.constantFrom(...samples), fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([sample, mutations]) => mutations.reduce(mutate, sample))
  const words = samples.flatMap((sample) => sample.split(/\b|(?<=[^\w\s])/)).slice(0, 400)
  const mixed = fc
    .array(fc.constantFrom(...words, ...tokens), { maxLength: 30 })
    .map((pieces) => pieces.join(''))
  return fc.oneof(
    { weight: 6, arbitrary: near },
    { weight: 2, arbitrary: mixed },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    { weight: 1, arbitrary: fc.json().map((text) => text.replaceAll('"a"', '"__proto__"')) },
  )
}

/** The same as bytes, with such as are no text. */
export function bytes(samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const letters = samples.map((sample) => Buffer.from(sample).toString('latin1'))
  return fc.oneof(
    { weight: 7, arbitrary: texts(letters).map((text) => new Uint8Array(Buffer.from(text, 'latin1'))) },
    { weight: 1, arbitrary: texts(letters).map((text) => new Uint8Array(Buffer.from(text, 'utf8'))) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  )
}

/** Values as JSON gives them: own members called `__proto__`, deep ones, and samples with other values in them. */
export function values(samples: readonly unknown[]): fc.Arbitrary<unknown> {
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>(null, '', -0, 1e308, 2 ** 53, [], {}, [[]], 'x'.repeat(5000)),
    fc.constantFrom(...tokens),
    fc
      .integer({ min: 1, max: 800 })
      .map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown),
    fc.jsonValue({ maxDepth: 1 }).map((value) =>
      fromEntries([
        ['__proto__', value],
        ['constructor', value],
      ]),
    ),
  )
  const near = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(), odd, fc.option(fc.constantFrom(...tokens, 'x'))), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([sample, changes]) =>
      changes.reduce((value, [at, other, name]) => withChange(value, at, other, name), sample),
    )
  return fc.oneof({ weight: 5, arbitrary: near }, { weight: 2, arbitrary: odd })
}

/** Another value, or another name, at one of the places of a tree. */
function withChange(tree: unknown, at: number, other: unknown, name: string | null): unknown {
  let places = 0
  const count = (value: unknown): void => {
    places++
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(count)
  }
  count(tree)
  let left = at % Math.max(1, places)
  const walk = (value: unknown): unknown => {
    if (left-- === 0) return other
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(walk)
    return fromEntries(
      Object.entries(value).map(([key, member]) => {
        const changed = walk(member)
        return [left === -1 && changed === other && name !== null ? name : key, changed]
      }),
    )
  }
  return walk(tree)
}

function fromEntries(entries: readonly (readonly [string, unknown])[]): unknown {
  // As JSON.parse does: a member called `__proto__` is one like any other.
  return Object.fromEntries(entries)
}
