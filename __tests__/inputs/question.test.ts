import { describe, expect, it } from 'vitest'
import { readQuestion } from '../../src/inputs/question.js'
import { parseInputs } from '../../src/inputs/parse.js'
import { inputTable } from '../../src/inputs/table.js'

const messages = (question: unknown): readonly string[] =>
  readQuestion(question).problems.map(({ message }) => message)

/** What writes files for people, lets failures pass, or is about a step alone. */
const notAsked = [
  'html-report',
  'install',
  'mode',
  'on-infrastructure-error',
  'pinned-manifests',
  'policy-report',
  'result-file',
  'summary',
  'vsa-outfile',
]

describe('a question', () => {
  it.each(inputTable.map(({ name }) => [name]))('takes %s, or refuses it aloud', (name) => {
    const { given, problems } = readQuestion({ [name]: 'text' })
    if (notAsked.includes(name) || name.endsWith('-report')) {
      expect(given.size).toBe(0)
      expect(problems).toEqual([
        {
          code: 'input-invalid',
          message: expect.stringMatching(`^${name}: expected an input of this function, got one`) as string,
        },
      ])
    } else {
      expect(problems).toEqual([])
      expect([...given]).toEqual([[name, ['text']]])
    }
  })

  it('gives texts, lists, numbers and booleans as text', () => {
    const question = {
      image: ['a:v1', 'b:v1'],
      key: 'k.pub',
      retries: 0,
      offline: true,
      deep: false,
      timeout: '9s',
    }
    expect([...readQuestion(question).given]).toEqual([
      ['image', ['a:v1', 'b:v1']],
      ['key', ['k.pub']],
      ['retries', ['0']],
      ['offline', ['true']],
      ['deep', ['false']],
      ['timeout', ['9s']],
    ])
    expect(messages(question)).toEqual([])
  })

  it.each([
    [{ key: undefined }, 'key: expected a text or a list of texts, got undefined'],
    [{ key: null }, 'key: expected a text or a list of texts, got null'],
    [{ key: '' }, 'key: expected a text or a list of texts, got an empty text'],
    [{ key: [] }, 'key: expected a text or a list of texts, got a list'],
    [{ key: ['a.pub', ''] }, 'key: expected a text or a list of texts, got a list'],
    [{ key: ['a.pub', undefined] }, 'key: expected a text or a list of texts, got a list'],
    [{ key: true }, 'key: expected a text or a list of texts, got boolean'],
    [{ image: { name: 'a:v1' } }, 'image: expected a text or a list of texts, got object'],
    [{ 'expected-digest': undefined }, 'expected-digest: expected a text or a number, got undefined'],
    [{ 'expected-digest': ['sha256:'] }, 'expected-digest: expected a text or a number, got a list'],
    [{ timeout: Number.NaN }, 'timeout: expected a text or a number, got number'],
    [{ deep: 1 }, 'deep: expected a boolean or a text, got number'],
    [{ deep: undefined }, 'deep: expected a boolean or a text, got undefined'],
    [
      { imagee: 'a:v1' },
      'imagee: expected an input of this function, got an unknown name; did you mean image?',
    ],
    [
      { certificateOidcIssuer: 'https://a' },
      'certificateOidcIssuer: expected an input of this function, got an unknown name; did you mean certificate-oidc-issuer?',
    ],
    [{ xyzzy: 'a' }, 'xyzzy: expected an input of this function, got an unknown name'],
    [undefined, 'inputs: expected an object of inputs by their names, got undefined'],
    [null, 'inputs: expected an object of inputs by their names, got null'],
    ['a:v1', 'inputs: expected an object of inputs by their names, got string'],
    [['a:v1'], 'inputs: expected an object of inputs by their names, got a list'],
  ])('%j: %s', (question, message) => {
    expect(messages(question)).toEqual([message])
  })

  it('never repeats a value, which may be a secret', () => {
    expect(messages({ 'registry-password': ['of-the-registry'], key: 'k' })).toEqual([
      'registry-password: expected a text or a number, got a list',
    ])
  })

  it('may say that no issuer is demanded of a build policy, as cilock does', () => {
    expect([...readQuestion({ 'policy-fulcio-oidc-issuer': '' }).given]).toEqual([
      ['policy-fulcio-oidc-issuer', ['']],
    ])
  })

  it('takes only the names that it is told of', () => {
    const { given, problems } = readQuestion({ image: 'a:v1', deep: true }, ['image'])
    expect([...given.keys()]).toEqual(['image'])
    expect(problems.map(({ message }) => message)).toEqual([
      'deep: expected an input of this function, got one that it has no use for',
    ])
  })
})

describe('inputs of a program', () => {
  const read = (question: object): ReturnType<typeof parseInputs> =>
    parseInputs(readQuestion(question).given, 'program')

  it('count every key, as in a step, and unlike a repeated flag', () => {
    const { request, warnings } = read({ image: 'r.io/a:v1', key: ['a.pub', 'b.pub'] })
    expect(request?.signers).toEqual({ keys: ['a.pub', 'b.pub'], require: 'all' })
    expect(warnings).toEqual([])
  })

  it('do not split an image at a line feed: a second one would be judged unasked', () => {
    expect(read({ image: 'r.io/a:v1\nr.io/b:v1', key: 'a.pub' }).request?.images).toEqual([
      'r.io/a:v1\nr.io/b:v1',
    ])
  })

  it('write nothing by themselves', () => {
    expect(read({ image: 'r.io/a:v1', key: 'a.pub' }).reports).toMatchObject({
      resultFile: '',
      summary: false,
    })
  })
})
