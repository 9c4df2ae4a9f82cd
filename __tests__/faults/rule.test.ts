import { describe, expect, it } from 'vitest'
import type { Outcome } from './harness/outcome.js'
import { judge, type Judged, type Judgement } from './harness/rule.js'

const said = 'http://127.0.0.1:1/v2/: the server answered 500'
const verified: Outcome = { verdict: 'verified', message: '', again: false }
const unsigned: Outcome = { verdict: 'rejected', code: 'unsigned', message: 'none', again: false }
const outage: Outcome = {
  verdict: 'undetermined',
  code: 'server-error',
  service: 'registry',
  message: said,
  again: false,
}
const told: Judged = {
  manner: 'outage',
  codes: ['server-error'],
  passes: true,
  when: 'always',
  place: { service: 'registry' },
  names: ['127.0.0.1:1'],
  usual: verified,
}

function kindOf(judgement: Judgement): string {
  return judgement.kind === 'right' ? (judgement.exception ?? 'right') : judgement.why
}

describe('a cell is', () => {
  it.each<[string, Outcome, Partial<Judged>, string]>([
    ['right where the outage is named', outage, {}, 'right'],
    ['right where it does not matter', verified, {}, 'right'],
    ['right where the image is rejected anyhow', unsigned, { usual: unsigned }, 'right'],
    ['wrong where an image passes that does not', verified, { usual: unsigned }, 'it passes'],
    ['wrong where an outage rejects', unsigned, {}, 'it makes a rejection'],
    [
      'wrong where it rejects for another reason',
      { ...unsigned, code: 'signature-invalid' },
      { usual: unsigned },
      'it makes a rejection',
    ],
    [
      'an exception where the keeper says so',
      unsigned,
      { manner: 'absence', place: { ...told.place, absence: true } },
      'absence',
    ],
    [
      'wrong where an outage says so there',
      unsigned,
      { place: { ...told.place, absence: true } },
      'it makes a rejection',
    ],
    [
      'an exception where the evidence changed',
      unsigned,
      { manner: 'other bytes', place: { ...told.place, unsealed: true } },
      'other bytes',
    ],
    [
      'wrong where another service is blamed',
      { ...outage, service: 'storage' },
      {},
      'storage is blamed for registry',
    ],
    ['wrong where nobody is named', { ...outage, message: 'it failed' }, {}, 'it names nobody'],
    [
      'wrong where it has another name',
      { ...outage, code: 'timeout' },
      {},
      'timeout is the wrong name for it',
    ],
    [
      'wrong where an outage is a wrong setting',
      { ...outage, code: 'key-invalid' },
      { place: { ...told.place, chosen: true } },
      'key-invalid blames the setting',
    ],
    [
      'right where nonsense is, in what the owner chose',
      { ...outage, code: 'key-invalid' },
      { manner: 'nonsense', place: { ...told.place, chosen: true } },
      'right',
    ],
    [
      'wrong where the program itself failed',
      { ...outage, code: 'internal-error' },
      {},
      'nobody expected it',
    ],
    [
      'wrong where nobody asked again',
      outage,
      { when: 'once' },
      'it passes by itself, and was not asked again',
    ],
    [
      'wrong where nobody says that it was asked again',
      verified,
      { when: 'once', stayed: outage },
      'it was asked again, and the result does not say so',
    ],
    ['right where it is said', { ...verified, again: true }, { when: 'once', stayed: outage }, 'right'],
  ])('%s', (_, outcome, more, expected) => {
    expect(kindOf(judge(outcome, { ...told, ...more }))).toBe(expected)
  })
})
