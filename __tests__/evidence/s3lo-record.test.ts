import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decodeBase64, parseRecord, recordName, recordPayload } from '../../src/evidence/s3lo-record.js'

const parse = (text: string): ReturnType<typeof parseRecord> => parseRecord(new TextEncoder().encode(text))
const reason = (text: string): string | undefined => {
  const parsed = parse(text)
  return parsed.kind === 'malformed' ? parsed.reason : undefined
}
const record = (text: string | Uint8Array): unknown => {
  const parsed = typeof text === 'string' ? parse(text) : parseRecord(text)
  return parsed.kind === 'record' ? parsed.record : parsed
}
const blank = {
  schemaVersion: 0,
  digest: '',
  keyRef: '',
  keyID: '',
  algorithm: '',
  signature: '',
  signedAt: '',
}

describe('a record as s3lo writes it', () => {
  it('gives every field', () => {
    const written = {
      schemaVersion: 2,
      digest: 'sha256:ab',
      keyRef: 'a<b>.key',
      keyID: 'b2fd99e1800720ec',
      algorithm: 'ECDSA_SHA_256',
      signature: 'AAAA',
      signedAt: '2026-11-21T02:36:03Z',
    }
    expect(record(JSON.stringify(written).replace('<', '\\u003c'))).toEqual(written)
  })
  it('has a name of 16 hex digits', () => {
    expect(recordName.test('b2fd99e1800720ec.json')).toBe(true)
    for (const name of [
      'B2fd99e1800720ec.json',
      '../b2fd99e1800720ec.json',
      'b2fd99e1800720ec.json\n',
      'x.json',
    ]) {
      expect(recordName.test(name)).toBe(false)
    }
  })
})

describe('syntax errors, in the words of Go', () => {
  it.each([
    ['', 'unexpected end of JSON input'],
    ['  \n', 'unexpected end of JSON input'],
    ['{"a":1', 'unexpected end of JSON input'],
    ['["a', 'unexpected end of JSON input'],
    ['not json', "invalid character 'o' in literal null (expecting 'u')"],
    ['nul', "invalid character ' ' in literal null (expecting 'l')"],
    ['trUe', "invalid character 'U' in literal true (expecting 'u')"],
    ['\ufeff{}', "invalid character 'ï' looking for beginning of value"],
    ["'", "invalid character '\\'' looking for beginning of value"],
    ['\\', "invalid character '\\\\' looking for beginning of value"],
    ['\0', "invalid character '\\x00' looking for beginning of value"],
    ['\u007f', "invalid character '\\x7f' looking for beginning of value"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['{}{', "invalid character '{' after top-level value"],
    ['01', "invalid character '1' after top-level value"],
    ['{,}', "invalid character ',' looking for beginning of object key string"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
    ['[1 2]', "invalid character '2' after array element"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['[}', "invalid character '}' looking for beginning of value"],
    ['{]', "invalid character ']' looking for beginning of object key string"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.', "invalid character ' ' after decimal point in numeric literal"],
    ['1e+', "invalid character ' ' in exponent of numeric literal"],
    ['"\n"', "invalid character '\\n' in string literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
  ])('%j', (text, expected) => {
    expect(reason(text)).toBe(expected)
  })

  it('come before type errors', () => {
    expect(reason('{"digest":1')).toBe('unexpected end of JSON input')
  })
  it('name a byte in the middle of UTF-8 by its number', () => {
    expect(parseRecord(Uint8Array.of(0xa0))).toEqual({
      kind: 'malformed',
      reason: "invalid character '\\u00a0' looking for beginning of value",
    })
  })
  it('include nesting beyond 10,000, whatever the size', () => {
    expect(reason(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)).toBe(
      'json: cannot unmarshal array into Go value of type image.SignatureRecord',
    )
    expect(reason('['.repeat(10_001))).toBe("invalid character '[' exceeded max depth")
    expect(reason('{"a":'.repeat(200_000))).toBe("invalid character '{' exceeded max depth")
    expect(record(`{"x":${'['.repeat(9_999)}${']'.repeat(9_999)}}`)).toEqual(blank)
  })
  it('are found in linear time', () => {
    expect(
      record(`{${'"digest":"\\u00e9",'.repeat(60_000)}"digest":"${'é'.repeat(500_000)}"}`),
    ).toMatchObject({
      digest: 'é'.repeat(500_000),
    })
    expect(record(`{"schemaVersion":2${','.padEnd(1_000_000)}"digest":"d"}`)).toMatchObject({ digest: 'd' })
  })
})

describe('type errors, in the words of Go', () => {
  it.each([
    ['[]', 'array into Go value of type image.SignatureRecord'],
    ['"x"', 'string into Go value of type image.SignatureRecord'],
    ['12', 'number into Go value of type image.SignatureRecord'],
    ['true', 'bool into Go value of type image.SignatureRecord'],
    ['{"schemaVersion":2.0}', 'number 2.0 into Go struct field SignatureRecord.schemaVersion of type int'],
    ['{"schemaVersion":2e0}', 'number 2e0 into Go struct field SignatureRecord.schemaVersion of type int'],
    ['{"SCHEMAVERSION":"2"}', 'string into Go struct field SignatureRecord.schemaVersion of type int'],
    ['{"schemaVersion":[2]}', 'array into Go struct field SignatureRecord.schemaVersion of type int'],
    [
      '{"schemaVersion":9223372036854775808}',
      'number 9223372036854775808 into Go struct field SignatureRecord.schemaVersion of type int',
    ],
    ['{"digest":{"digest":"x"}}', 'object into Go struct field SignatureRecord.digest of type string'],
    ['{"KEYid":2.5}', 'number into Go struct field SignatureRecord.keyID of type string'],
    ['{"signature":false}', 'bool into Go struct field SignatureRecord.signature of type string'],
    [
      '{"keyRef":1,"digest":[],"digest":"x"}',
      'number into Go struct field SignatureRecord.keyRef of type string',
    ],
  ])('%s', (text, expected) => {
    expect(reason(text)).toBe(`json: cannot unmarshal ${expected}`)
  })
})

describe('what Go lets pass', () => {
  it('null and nothing are zero values', () => {
    expect(record(' null\n')).toEqual(blank)
    expect(record('{"schemaVersion":null,"digest":null}')).toEqual(blank)
    expect(record('{"digest":"x","digest":null}')).toEqual({ ...blank, digest: 'x' })
  })
  it('names fold as Go folds them, no further', () => {
    expect(record('{"DIGEST":"a","\u212aeyId":"b","\\u017fIGNATURE":"c"}')).toEqual({
      ...blank,
      digest: 'a',
      keyID: 'b',
      signature: 'c',
    })
    expect(record('{"dıgest":"a","d\u0130gest":"b","digest ":"c"}')).toEqual(blank)
  })
  it('the last duplicate wins, whatever its spelling', () => {
    expect(record('{"digest":"a","DIGEST":"b"}')).toEqual({ ...blank, digest: 'b' })
  })
  it('members of inner objects and unknown names do not count', () => {
    expect(record('{"x":{"digest":"a"},"y":[{"digest":"b"}],"":"c"}')).toEqual(blank)
    const parsed = record('{"__proto__":{"schemaVersion":2},"constructor":1,"toString":"x"}')
    expect(parsed).toEqual(blank)
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype)
  })
  it('integers are never rounded into others', () => {
    expect(parse('{"schemaVersion":9007199254740993}')).toMatchObject({
      schemaVersionText: '9007199254740993',
    })
    expect(parse('{"schemaVersion":-0}')).toMatchObject({
      schemaVersionText: '0',
      record: { schemaVersion: 0 },
    })
    for (const two of ['18446744073709551618', '4294967298', '2.0000000000000000001']) {
      expect(record(`{"schemaVersion":${two}}`)).not.toMatchObject({ schemaVersion: 2 })
    }
  })
  it('escapes, surrogates and bad UTF-8 decode as in Go', () => {
    expect(record('{"keyRef":"\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00\\u00E9"}')).toMatchObject({
      keyRef: '"\\/\b\f\n\r\t😀é',
    })
    expect(record('{"keyRef":"\\ud800\\ud83d\\ude00\\udc00x\\ud800\\u0041\\ud800"}')).toMatchObject({
      keyRef: '\ufffd😀\ufffdx\ufffdA\ufffd',
    })
    // One U+FFFD for each byte: TextDecoder would give fewer.
    const bytes = [0xe2, 0x82, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x98, 0xc0, 0xaf, 0xff, 0x41]
    const text = new TextEncoder().encode('{"keyRef":""}')
    expect(record(Uint8Array.from([...text.slice(0, 11), ...bytes, ...text.slice(11)]))).toMatchObject({
      keyRef: `${'\ufffd'.repeat(11)}A`,
    })
  })
})

describe('the signed bytes', () => {
  const manifest = '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[]}'
  const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`

  it('are those that s3lo signs', () => {
    expect(digest).toBe('sha256:b0ff67b72a1d087090ad4fe635c35ad2752dd27d26f9435bb7877f40ecdc0bc3')
    const local = recordPayload({ bucket: './mystore', image: 'myapp', tag: 'v1.0' }, digest)
    expect(local).toHaveLength(111)
    expect(createHash('sha256').update(local).digest('hex')).toBe(
      '33d3d690c335c788dd58ab5a77c56ad122e2defbb5b51f8ec8a9de8e8ebfbbe2',
    )
    const s3 = recordPayload({ bucket: 'my-bucket', image: 'org/app', tag: 'v1.0' }, digest)
    expect(s3).toHaveLength(113)
    expect(createHash('sha256').update(s3).digest('hex')).toBe(
      '2bbec61d6eeec4bd40c2fe3f69b0a54cf867aeb95ca4317b0edafd2ee8e2b21f',
    )
  })
})

describe('base64 as strict as Go', () => {
  it.each([
    ['', ''],
    ['aGk=', 'hi'],
    ['aG\r\nk\n=\n', 'hi'],
    ['aA=\n=\r', 'h'],
    ['aB==', 'h'],
    ['\n', ''],
    ['aGVs\nbG8h', 'hello!'],
  ])('takes %j', (text, expected) => {
    expect(Buffer.from(decodeBase64(text) as Uint8Array).toString()).toBe(expected)
  })
  it.each([
    ['aGk', 0],
    ['aGVsbG8', 4],
    ['aGk-', 3],
    ['aGk_', 3],
    [' aGk=', 0],
    ['aGk= ', 4],
    ['aGk=aGk=', 4],
    ['=', 0],
    ['a=', 1],
    ['aA=', 3],
    ['aA=A', 2],
    ['aA==A', 4],
    ['aGké', 3],
    ['A\nB\n', 2],
  ])('refuses %j at byte %i', (text, illegalAt) => {
    expect(decodeBase64(text)).toEqual({ illegalAt })
  })
})
