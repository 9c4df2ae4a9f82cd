import { describe, expect, it, test } from 'vitest'
import { functionProblems } from '../../../src/policy/jmespath/evaluate.js'
import { functionNames } from '../../../src/policy/jmespath/functions.js'
import { parseExpression } from '../../../src/policy/jmespath/parse.js'
import { ask } from './ask.js'

const type = { failed: 'type' }
const invalid = { failed: 'invalid-value' }

describe('standard functions', () => {
  test.each<[string, unknown]>([
    ['abs(`-2`)', 2],
    ["abs('2')", type],
    ['abs()', type],
    ['abs(`1`, `2`)', type],
    ['avg(`[1, 2, 6]`)', 3],
    ['avg(`[]`)', null],
    ['avg(`[1, "2"]`)', type],
    ['ceil(`1.2`)', 2],
    ['floor(`-1.2`)', -2],
    ["contains('foobar', 'oba')", true],
    ["contains('foobar', `1`)", false],
    ['contains(`[1, {"a": 2}]`, `{"a": 2}`)', true],
    ['contains(`{}`, `1`)', type],
    ["ends_with('abc', 'bc')", true],
    ["starts_with('abc', 'bc')", false],
    ['join(\'-\', `["a", "b"]`)', 'a-b'],
    ["join('-', `[]`)", ''],
    ["join('-', `[1]`)", type],
    ['keys(`{"b": 1, "a": 2}`)', ['b', 'a']],
    ['values(`{"b": 1, "a": 2}`)', [1, 2]],
    ["length('a😀')", 2],
    ['length(`[1, 2]`)', 2],
    ['length(`{"a": 1}`)', 1],
    ['length(`1`)', type],
    ['map(&a, `[{"a": 1}, {}]`)', [1, null]],
    ['map(`1`, `[]`)', type],
    ['max(`[1, 3, 2]`)', 3],
    ['max(`["a", "c"]`)', 'c'],
    ['max(`[]`)', null],
    ['max(`[1, "a"]`)', type],
    ['min(`[2, 1]`)', 1],
    ['max_by(`[{"a": 1}, {"a": 3}]`, &a)', { a: 3 }],
    ['min_by(`[{"a": 1}, {"a": 3}]`, &a)', { a: 1 }],
    ['min_by(`[]`, &a)', null],
    ['max_by(`[{"a": 1}, {"a": "x"}]`, &a)', type],
    ['max_by(`[{"a": 1}, {}]`, &a)', type],
    ['merge(`{"a": 1, "b": 1}`, `{"b": 2}`)', { a: 1, b: 2 }],
    ['merge()', type],
    ['not_null(`null`, `0`)', 0],
    ['not_null(`null`)', null],
    ['reverse(`[1, 2]`)', [2, 1]],
    ["reverse('a😀')", '😀a'],
    ['sort(`[10, 9, 1]`)', [1, 9, 10]],
    ['sort(`["b", "B", "a"]`)', ['B', 'a', 'b']],
    ['sort(`[true]`)', type],
    ['sort_by(`[{"a": 2}, {"a": 1}]`, &a)[*].a', [1, 2]],
    ['sum(`[1, 2]`)', 3],
    ['to_array(`1`)', [1]],
    ['to_array(`[1]`)', [1]],
    ["to_number('1.5e3')", 1500],
    ["to_number('x')", null],
    ['to_number(`true`)', null],
    ["to_string('a')", 'a'],
    ['to_string(`{"b": [1, null, true], "a": "<&>"}`)', '{"a":"\\u003c\\u0026\\u003e","b":[1,null,true]}'],
    ['type(`null`)', 'null'],
    ['type(`[]`)', 'array'],
    ['type(@.a || `{}`)', 'object'],
    ['type(&a)', type],
    ['&a', type],
    ['[&a]', type],
    ['nosuch(`1`)', { failed: 'unknown-function' }],
    ['constructor(`1`)', { failed: 'unknown-function' }],
    ['`1` || nosuch(`1`)', 1],
  ])('%s', (text, wanted) => {
    expect(ask(text, {})).toEqual(wanted)
  })
})

describe('Kyverno’s functions on texts', () => {
  test.each<[string, unknown]>([
    ["compare('a', 'b')", -1],
    ["compare('b', 'a')", 1],
    ["compare('a', 'a')", 0],
    ["compare('a', 'ab')", -1],
    ["equal_fold('Go', 'gO')", true],
    ["equal_fold('a', 'b')", false],
    ["replace('Lorem ipsum ipsum', 'ipsum', 'x', `1`)", 'Lorem x ipsum'],
    ["replace('Lorem ipsum ipsum', 'ipsum', 'x', `-1`)", 'Lorem x x'],
    ["replace('aa', 'a', 'b', `0`)", 'aa'],
    ["replace('ab', '', '-', `2`)", '-a-b'],
    ["replace('ab', '', '-', `-1`)", '-a-b-'],
    ["replace_all('a.b.c', '.', '-')", 'a-b-c'],
    ["to_upper('a#1ß')", 'A#1ß'],
    ["to_lower('ABC')", 'abc'],
    ["trim('¡¡¡Hello, Gophers!!!', '!¡')", 'Hello, Gophers'],
    ["trim_prefix('refs/tags/v1', 'refs/tags/')", 'v1'],
    ["trim_prefix('v1', 'x')", 'v1'],
    ["split('Hello, Gophers', ', ')", ['Hello', 'Gophers']],
    ["split('ab', '')", ['a', 'b']],
    ["truncate('Lorem ipsum', `2.6`)", 'Lo'],
    ["truncate('Lorem', `-1`)", ''],
    ["truncate('Lorem', `40`)", 'Lorem'],
    ["to_boolean('TRue')", true],
    ["to_boolean('FaLse')", false],
    ["to_boolean('no')", invalid],
    ["regex_match('12.*', 'x12')", true],
    ["regex_match('^12$', `12`)", true],
    ["regex_match('^16777217$', `16777217`)", true],
    ["regex_match('(', 'a')", invalid],
    ["regex_match('a', `null`)", type],
    ["regex_replace_all('([Hh]e|G)l', 'Hello world, helworldlo', '${2}G')", 'Glo world, Gworldlo'],
    ["regex_replace_all('(?P<y>\\d{4})-(\\d\\d)', '2026-11', '$2/${y}$$')", '11/2026$'],
    ["regex_replace_all('a', 'bab', '$1x')", 'bb'],
    ["regex_replace_all('x*', 'abc', '-')", '-a-b-c-'],
    ["regex_replace_all_literal('[Hh]el?', 'Hello, he', '$1')", '$1lo, $1'],
    ["pattern_match('prefix-*', 'prefix-foo')", true],
    ["pattern_match('12?', `123`)", true],
    ["pattern_match('a', 'A')", false],
    ["path_canonicalize('///')", '/'],
    ["path_canonicalize('/var/run///containerd////')", '/var/run/containerd'],
    ["path_canonicalize('/run/../etc')", '/etc'],
    ["path_canonicalize('/../../')", '/'],
    ["path_canonicalize('a/../..')", '..'],
    ["path_canonicalize('')", ''],
    ["image_normalize('nginx')", 'docker.io/nginx:latest'],
    ["image_normalize('ghcr.io/a/b')", 'ghcr.io/a/b:latest'],
    ["image_normalize('localhost/a:v1')", 'localhost/a:v1'],
    ["image_normalize('localhost:5000/a:v1')", 'localhost:5000/a:v1'],
    [`image_normalize('ghcr.io/a/b:v1@sha256:${'a'.repeat(64)}')`, `ghcr.io/a/b@sha256:${'a'.repeat(64)}`],
    ["image_normalize('a/B')", invalid],
  ])('%s', (text, wanted) => {
    expect(ask(text)).toEqual(wanted)
  })
})

describe('arithmetic on numbers, quantities and durations', () => {
  test.each<[string, unknown]>([
    ['add(`12`, `13`)', 25],
    ["add('12', '13s')", type],
    ["add(`12`, '13Ki')", type],
    ["add('12Ki', '13Ki')", '25Ki'],
    ["add('12Ki', '13')", '12301'],
    ["add('12s', '13s')", '25s'],
    ["add('12s', `13`)", type],
    ["add('1h', '5m')", '1h5m0s'],
    ["add('5m', '5m')", '10m'],
    ["add('x', '1')", invalid],
    ['add(`true`, `1`)', type],
    ["add('0', '1Ki')", '1Ki'],
    ["add('100m', '900m')", '1'],
    ["sum(['12Ki', '13Ki', '1Ki', '4Ki'])", '30Ki'],
    ["sum(['12s', '13s', '1s', '4s'])", '30s'],
    ['sum(`[]`)', invalid],
    ["sum([`12`, '13'])", type],
    ["subtract('12Ki', '13Ki')", '-1Ki'],
    ["subtract('12Ki', '13')", '12275'],
    ["subtract('12s', '13s')", '-1s'],
    ['subtract(`12`, `13`)', -1],
    ["multiply('12Ki', `2`)", '24Ki'],
    ["multiply('12Ki', '12')", type],
    ["multiply('12s', `2`)", '24s'],
    ["multiply('12s', '12')", type],
    ["multiply(`2.5`, '12Ki')", '30Ki'],
    ["multiply(`2.5`, '40s')", '1m40s'],
    ['multiply(`2.5`, `2.5`)', 6.25],
    ['multiply(`1e300`, `1e300`)', invalid],
    ["multiply('290h', `1e9`)", invalid],
    ["divide('512M', '256M')", 2],
    ["divide('8', '3')", 8 / 3],
    ["divide('12Ki', `3`)", '4Ki'],
    ["divide('12Ki', '200')", 61.44],
    ["divide('12Ki', '2s')", type],
    ["divide('12s', `3`)", '4s'],
    ["divide('12s', '5s')", 2.4],
    ["divide(`14`, '5Ki')", type],
    ['divide(`14`, `0`)', invalid],
    ["divide('4', '0')", invalid],
    ["divide('4s', '0s')", invalid],
    ["divide('10', `3`)", '3'],
    ["modulo('12Ki', '5Ki')", '2Ki'],
    ["modulo('13s', '2s')", '1s'],
    ['modulo(`13`, `5`)', 3],
    ['modulo(`-13`, `5`)', -3],
    ['modulo(`14`, `0`)', invalid],
    ["modulo('4', '1.5')", invalid],
    ['modulo(`14.5`, `2`)', invalid],
    ["modulo('13s', `2`)", type],
    ['round(`3.14159`, `2`)', 3.14],
    ['round(`-2.5`, `0`)', -3],
    ['round(`1`, `-1`)', invalid],
    ['round(`1`, `1.5`)', invalid],
    ["semver_compare('4.1.3', '>=4.1.x')", true],
    ["semver_compare('4.1.3', '!4.x.x')", false],
    ["semver_compare('5.0.0', '!4.x.x')", false],
    ["semver_compare('5.0.0', '!4.0.0')", true],
    ["semver_compare('4.2.0', '4.x')", true],
    ["semver_compare('4.2.0', '4.x.x')", false],
    ["semver_compare('4.2.9', '4.2.x')", true],
    ["semver_compare('4.3.0', '<=4.2.x')", false],
    ["semver_compare('4.3.0', '>4.2.x')", true],
    ["semver_compare('1.8.6', '>1.0.0 <2.0.0')", true],
    ["semver_compare('2.1.5', '<2.0.0 || >=3.0.0')", false],
    ["semver_compare('1.0.0-alpha', '<1.0.0')", true],
    ["semver_compare('v1.0.0', '<0.0.1')", true],
    ["semver_compare('1.0.0', '> = 1')", invalid],
    ["semver_compare('1.0.0', '|| 1.0.0')", invalid],
  ])('%s', (text, wanted) => {
    expect(ask(text)).toEqual(wanted)
  })
})

describe('objects, encodings and hashes', () => {
  test.each<[string, unknown]>([
    ['label_match(`{"a": "1"}`, `{"a": "1", "b": "2"}`)', true],
    ['label_match(`{"a": "1"}`, `{"a": "2"}`)', false],
    ['label_match(`{"a": "1"}`, `{}`)', false],
    ['lookup(`{"k": [7]}`, `"k"`)', [7]],
    ['lookup(`{}`, `"k"`)', null],
    ['lookup(`{}`, `1`)', type],
    ['lookup(`["a", "b"]`, `1`)', 'b'],
    ['lookup(`["a"]`, `-1`)', null],
    ['lookup(`["a"]`, `1.5`)', invalid],
    ['lookup(`["a"]`, `"x"`)', type],
    [
      'items(`{"b": 1, "a": 2}`, \'k\', \'v\')',
      [
        { k: 'a', v: 2 },
        { k: 'b', v: 1 },
      ],
    ],
    ["items(`[\"A\"]`, 'k', 'v')", [{ k: 0, v: 'A' }]],
    ['object_from_lists(`["a", 1, true]`, `["x", "y"]`)', { a: 'x', '1': 'y', true: null }],
    ['object_from_lists(`[null]`, `[1]`)', type],
    ["base64_encode('Hello, world!')", 'SGVsbG8sIHdvcmxkIQ=='],
    ["base64_decode('SGVsbG8sIHdvcmxkIQ==')", 'Hello, world!'],
    ["base64_decode('SGVsbG8')", invalid],
    ["base64_decode('a-b_')", invalid],
    ["md5('')", 'd41d8cd98f00b204e9800998ecf8427e'],
    ["sha1('')", 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['parse_json(\'{"a": [1, 2]}\').a[1]', 2],
    ["parse_json('{')", invalid],
    ["parse_yaml('a: b\nk: 1')", { a: 'b', k: 1 }],
    ["parse_yaml('name: n')", { name: false }],
    ["parse_yaml('on: yes\nd: 2020-01-02')", { true: true, d: '2020-01-02' }],
    ["parse_yaml('a: [')", invalid],
    ["parse_yaml('foo: ~')", { foo: null }],
    ["is_external_url('https://8.8.8.8/x')", true],
    ["is_external_url('https://10.0.0.1:80/x')", false],
    ["is_external_url('http://127.1.2.3')", false],
    ["is_external_url('http://[::1]/')", false],
    ["is_external_url('https://example.com')", { failed: 'unsupported-function' }],
    ["random('[a-z]{3}')", { failed: 'unsupported-function' }],
    ["x509_decode('x')", { failed: 'unsupported-function' }],
  ])('%s', (text, wanted) => {
    expect(ask(text)).toEqual(wanted)
  })

  it('hashes as anybody does', () => {
    expect(ask("sha256('')")).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
})

describe('time', () => {
  test.each<[string, unknown]>([
    ["time_since('', '2021-01-02T15:04:05-07:00', '2021-01-10T03:14:05-07:00')", '180h10m0s'],
    [
      "time_since('Mon Jan _2 15:04:05 MST 2006', 'Mon Jan 02 15:04:05 MST 2021', 'Mon Jan 10 03:14:16 MST 2021')",
      '180h10m11s',
    ],
    ["time_since('', '2026-11-21T14:04:04.5Z', '')", '1h0m0.5s'],
    ["time_since('', 'yesterday', '')", invalid],
    ['time_now()', '2026-11-21T15:04:05Z'],
    ['time_now_utc()', '2026-11-21T15:04:05Z'],
    ["time_add('2021-01-02T15:04:05-07:00', '3h')", '2021-01-02T18:04:05-07:00'],
    [
      "time_add(time_parse('Mon Jan 02 15:04:05 -0700 2006', 'Sat Jan 02 15:04:05 -0700 2021'), '5h30m40s')",
      '2021-01-02T20:34:45-07:00',
    ],
    ["time_add('2021-01-02T15:04:05Z', '3 hours')", invalid],
    ["time_parse('1702691171', '1702691171')", '2023-12-16T01:46:11Z'],
    ["time_parse('02.01.2006', '29.02.2024')", '2024-02-29T00:00:00Z'],
    ["time_parse('02.01.2006', '29.02.2023')", invalid],
    ["time_parse('3:04PM', '12:30AM')", '0000-01-01T00:30:00Z'],
    ["time_to_cron('2023-02-02T15:04:05Z')", '4 15 2 2 4'],
    ["time_to_cron(time_utc('2023-02-02T15:04:05-07:00'))", '4 22 2 2 4'],
    ["time_utc('2023-02-02T15:04:05-07:00')", '2023-02-02T22:04:05Z'],
    ["time_diff('2021-01-02T15:04:05-07:00', '2021-01-10T03:14:05-07:00')", '180h10m0s'],
    ["time_before('2021-01-02T15:04:05Z', '2021-01-02T16:04:05Z')", true],
    ["time_before('2021-01-02T15:04:05Z', '2021-01-02T15:04:05Z')", false],
    ["time_after('2021-01-02T16:04:05Z', '2021-01-02T15:04:05Z')", true],
    ["time_between('2021-01-02T17:00:00Z', '2021-01-02T15:00:00Z', '2021-01-02T18:00:00Z')", true],
    ["time_between('2021-01-02T15:00:00Z', '2021-01-02T15:00:00Z', '2021-01-02T18:00:00Z')", false],
    ["time_truncate('2021-01-02T17:04:05Z', '1h')", '2021-01-02T17:00:00Z'],
    ["time_truncate('2021-01-02T17:04:05Z', '0s')", '2021-01-02T17:04:05Z'],
  ])('%s', (text, wanted) => {
    expect(ask(text)).toEqual(wanted)
  })
})

it('names the functions of an expression that there are not, or not here', () => {
  const read = parseExpression("nosuch(@) || map(&random('x'), @) || length(@)")
  expect(
    read.kind === 'parsed' && functionProblems(read.expression).map(({ code, at }) => [code, at]),
  ).toEqual([
    ['unknown-function', 0],
    ['unsupported-function', 18],
  ])
})

it('has every function of the specification and of Kyverno, but two', () => {
  const standard =
    'abs avg ceil contains ends_with floor join keys length map max max_by merge min min_by not_null reverse sort sort_by starts_with sum to_array to_number to_string type values'
  const kyverno =
    'compare equal_fold replace replace_all to_upper to_lower trim trim_prefix split truncate to_boolean regex_replace_all regex_replace_all_literal regex_match pattern_match label_match add subtract multiply divide modulo round base64_encode base64_decode sha256 sha1 md5 path_canonicalize parse_json parse_yaml lookup items object_from_lists semver_compare image_normalize is_external_url time_since time_now time_now_utc time_add time_parse time_to_cron time_utc time_diff time_before time_after time_between time_truncate'
  expect(functionNames).toEqual([...standard.split(' '), ...kyverno.split(' ')].sort())
})
