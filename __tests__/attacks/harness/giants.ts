import { extent } from './extent.js'

/** A text that is long, deep or often, and what of. */
export interface Giant {
  readonly name: string
  readonly text: () => string
}

const deep = extent(10_000, 100_000)
const many = extent(20_000, 1_000_000)
const long = extent(1024 * 1024, 10 * 1024 * 1024)
/** Where a pattern is quadratic this takes minutes, else nothing. */
const row = extent(10_000, 150_000)

/** Names that all fall into one bucket where a table is made badly, and that no two are the same. */
const members = (count: number): string =>
  Array.from({ length: count }, (_, at) => `"k${at}":${at}`).join(',')
const doubled = ['&a0 [x]', ...Array.from({ length: 40 }, (_, at) => `&a${at + 1} [*a${at}, *a${at}]`)]

export const giants: readonly Giant[] = [
  { name: 'lists in lists', text: () => '['.repeat(deep) + ']'.repeat(deep) },
  { name: 'objects in objects', text: () => '{"a":'.repeat(deep) + '1' + '}'.repeat(deep) },
  { name: 'lists that do not end', text: () => '['.repeat(many) },
  { name: 'many members', text: () => `{${members(many)}}` },
  { name: 'many elements', text: () => `[${'1,'.repeat(many)}1]` },
  { name: 'one name many times', text: () => `{${'"__proto__":1,'.repeat(many)}"a":1}` },
  { name: 'a long string', text: () => JSON.stringify('x'.repeat(long)) },
  { name: 'a long number', text: () => `{"schemaVersion":${'9'.repeat(many)}}` },
  { name: 'a long exponent', text: () => `[1e${'9'.repeat(many)}]` },
  { name: 'nothing but space', text: () => ' '.repeat(long) },
  { name: 'zero bytes', text: () => '\0'.repeat(long) },
  { name: 'many lines', text: () => '\n'.repeat(many) },
  { name: 'many documents', text: () => '---\n'.repeat(many) },
  { name: 'aliases that double', text: () => doubled.map((line, at) => `k${at}: ${line}`).join('\n') },
  { name: 'aliases without end', text: () => `a: &a [${'*a, '.repeat(row)}*a]` },
  {
    name: 'steps inwards',
    text: () => Array.from({ length: extent(500, 3000) }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  },
  { name: 'dashes inwards', text: () => '- '.repeat(row) },
  { name: 'beginnings of PEM', text: () => '-----BEGIN CERTIFICATE-----\n'.repeat(row / 5) },
  {
    name: 'empty PEM',
    text: () => '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'.repeat(row / 5),
  },
  { name: 'the head of a long DER', text: () => '\x30\x84\xff\xff\xff\xff'.repeat(row) },
  { name: 'DER in DER', text: () => '\x30\x80'.repeat(row) },
  { name: 'brackets of an expression', text: () => '('.repeat(row) + 'a' + ')'.repeat(row) },
  { name: 'variables in variables', text: () => '{{'.repeat(row) + '}}'.repeat(row) },
  { name: 'a pattern that doubles', text: () => `^${'(a+)+'.repeat(5000)}$` },
  { name: 'stars', text: () => '*a'.repeat(row) },
  ...[
    'a',
    ' ',
    '\t',
    '\n',
    '\r',
    ',',
    ';',
    ':',
    '=',
    '/',
    '\\',
    '.',
    '-',
    '@',
    '"',
    "'",
    '<',
    '&',
    '$(',
    '|',
    '%',
    '0',
    '_',
    '#',
    '!',
    'é',
  ].map((letter) => ({
    name: `a row of ${JSON.stringify(letter)}`,
    text: () => `${letter.repeat(row)}${letter === '!' ? '?' : '!'}`,
  })),
]
