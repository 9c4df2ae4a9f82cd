import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { OpenEngine } from '../../src/engine/engine.js'
import type { Answer, Question } from '../../src/engine/question.js'
import { bundledEngine, cue, patient, rego, valuesOf } from '../harness/policy-engine.js'
import { dist, temporaryFolder } from '../harness/run.js'

const open: OpenEngine[] = []
afterEach(() => {
  for (const engine of open.splice(0)) engine.close()
})

function newEngine(...options: Parameters<typeof bundledEngine>): OpenEngine {
  const engine = bundledEngine(...options)
  open.push(engine)
  return engine
}

const fine = rego('package m\ndeny = input.a', [{ a: 1 }])
const endless = `package m
xs := numbers.range(1, 3000)
deny { a := xs[_]; b := xs[_]; c := xs[_]; d := xs[_]; a + b + c + d == 0 }`
/** Each line is ten times the one before: half a gigabyte within a second. */
const doubling = (line: (at: number) => string): string =>
  Array.from({ length: 8 }, (_, at) => line(at)).join('\n')
const bomb = `package m
s0 = sprintf("%1000d", [1])
${doubling((at) => `s${at + 1} = concat("", [${Array<string>(10).fill(`s${at}`).join(',')}])`)}
deny { count(s8) > 0 }`
const cueBomb = `import "strings"
s0: strings.Repeat("x", 1000)
${doubling((at) => `s${at + 1}: "${`\\(s${at})`.repeat(10)}"`)}`
const cueEndless = `xs: [1,2,3,4,5,6,7,8,9,10]
a: [for a in xs for b in xs for c in xs for d in xs for e in xs for f in xs for g in xs for h in xs if a+b+c+d+e+f+g+h == 0 {a}]`
const deep = rego('package m\ndeny = input', [])
const deepInput = `${'['.repeat(9000)}${']'.repeat(9000)}`

function problemOf(answer: Answer): string {
  if (answer.kind !== 'failed')
    throw new Error(`expected a failure, got ${JSON.stringify(answer).slice(0, 300)}`)
  return `${answer.problem.code} ${answer.problem.service ?? ''}`
}

async function timed<Value>(run: () => Promise<Value>): Promise<readonly [Value, number]> {
  const start = performance.now()
  return [await run(), performance.now() - start]
}

describe('limits', () => {
  it.each<[string, Question]>([
    ['an endless rule', rego(endless)],
    ['an endless comprehension in CUE', cue(cueEndless)],
  ])('%s ends at its time, once', async (_, question) => {
    const engine = newEngine({ answerMs: 3000 })
    // Starting is no part of the time.
    expect(valuesOf(await engine.ask(fine, patient))).toEqual([1])
    const [answer, ms] = await timed(async () => engine.ask(question, patient))
    expect(problemOf(answer)).toBe('timeout engine')
    expect(ms).toBeGreaterThan(2900)
    const [again, short] = await timed(async () => engine.ask({ ...question, inputs: ['[]'] }, patient))
    expect(again).toEqual(answer)
    expect(short).toBeLessThan(50)
    // Whatever asks with other policies has an answer.
    expect(valuesOf(await engine.ask(fine, patient))).toEqual([1])
  })

  it.each<[string, Question, string]>([
    ['a memory bomb in Rego', rego(bomb), 'the policy needs more than 512 MiB of memory'],
    ['a memory bomb in CUE', cue(cueBomb), 'the policy needs more than 512 MiB of memory'],
    [
      'a deep input',
      { ...deep, inputs: [deepInput] },
      'the policy, or what it is asked about, is nested too deep',
    ],
    [
      'a deep input for CUE',
      { ...cue('a?: int'), inputs: [`${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`] },
      'the policy, or what it is asked about, is nested too deep',
    ],
  ])(
    '%s ends at its limit, once',
    async (_, question, message) => {
      const engine = newEngine()
      const answer = await engine.ask(question, patient)
      expect(answer).toEqual({
        kind: 'failed',
        problem: { code: 'limit-exceeded', service: 'engine', message },
      })
      const [again, short] = await timed(async () => engine.ask(question, patient))
      expect(again).toEqual(answer)
      expect(short).toBeLessThan(50)
      expect(valuesOf(await engine.ask(fine, patient))).toEqual([1])
    },
    120_000,
  )

  it('the memory of the module stays below its limit and what a thread costs', async () => {
    const engine = newEngine()
    await engine.ask(fine, patient)
    const before = process.memoryUsage().rss
    let most = 0
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 10)
    expect(problemOf(await engine.ask(rego(bomb), patient))).toBe('limit-exceeded engine')
    clearInterval(timer)
    expect((most - before) / 2 ** 20).toBeLessThan(700)
  }, 120_000)

  it('structural cycles are a fault, and large repetitions too', async () => {
    const engine = newEngine()
    for (const text of [
      'a: {b: a}',
      'a: [a]',
      'import "strings"\na: strings.Repeat("x", 2000000000)',
      `a: ${'('.repeat(50_000)}1${')'.repeat(50_000)}`,
    ])
      expect((await engine.ask(cue(text), patient)).kind).toBe('refused')
  })

  it('what brings a builtin down is a failure of the engine, and it answers on', async () => {
    const engine = newEngine()
    const answer = await engine.ask(rego('package m\ndeny = bits.lsh(1, 100000000000)'), patient)
    expect(problemOf(answer)).toBe('internal-error engine')
    expect(valuesOf(await engine.ask(fine, patient))).toEqual([1])
  })
})

describe('whoever does not wait any longer', () => {
  it('is told so, and the next is answered', async () => {
    const engine = newEngine()
    await engine.ask(fine, patient)
    const leaving = new AbortController()
    const [answer, ms] = await timed(async () => {
      const asked = engine.ask(rego(endless), leaving.signal)
      setTimeout(() => leaving.abort(), 300)
      return asked
    })
    expect(problemOf(answer)).toBe('timeout engine')
    expect(ms).toBeLessThan(5000)
    expect(problemOf(await engine.ask(fine, leaving.signal))).toBe('timeout engine')
    expect(valuesOf(await engine.ask(fine, patient))).toEqual([1])
    // It was not the policy's fault: it may be asked again.
    const brief = new AbortController()
    const again = engine.ask(rego(endless), brief.signal)
    const [, waited] = await timed(async () => {
      setTimeout(() => brief.abort(), 300)
      return again
    })
    expect(waited).toBeGreaterThan(250)
  })

  it('is told so while the engine starts, which others still wait for', async () => {
    const engine = newEngine()
    const leaving = new AbortController()
    const [answers, ms] = await timed(async () => {
      const asked = engine.ask(fine, leaving.signal)
      setTimeout(() => leaving.abort(), 20)
      return asked
    })
    expect(problemOf(answers)).toBe('timeout engine')
    expect(ms).toBeLessThan(400)
    expect(valuesOf(await engine.ask(fine, patient))).toEqual([1])
  })

  it('nobody is answered once it is closed', async () => {
    const engine = newEngine()
    await engine.ask(fine, patient)
    engine.close()
    expect(problemOf(await engine.ask(fine, patient))).toBe('timeout engine')
  })
})

describe('many questions at once', () => {
  it('each has its own answer', async () => {
    const engine = newEngine()
    const asked = Array.from({ length: 60 }, async (_, at) =>
      engine.ask(
        at % 3 === 0
          ? cue(`a: ${at}`, [{ a: at }, { a: -1 }])
          : rego('package m\ndeny = input.a', [{ a: at }]),
        patient,
      ),
    )
    const answers = await Promise.all(asked)
    for (const [at, answer] of answers.entries()) {
      if (answer.kind !== 'answered') throw new Error(JSON.stringify(answer))
      if (at % 3 !== 0) expect(valuesOf(answer)).toEqual([at])
      else expect(answer.results.map(({ faults = [] }) => faults.length)).toEqual([0, 1])
    }
  })

  it('one that ends at a limit takes no other with it', async () => {
    const engine = newEngine({ answerMs: 3000 })
    const answers = await Promise.all([
      engine.ask(fine, patient),
      engine.ask(rego(endless), patient),
      engine.ask(rego(endless, [{}, {}]), patient),
      engine.ask(fine, patient),
    ])
    expect(answers.map(({ kind }) => kind)).toEqual(['answered', 'failed', 'failed', 'answered'])
  })
})

describe('a bundle with something missing', () => {
  const worker = 'policy-engine.js'
  const module = 'policy-engines.wasm.br'
  const record = 'policy-engines.sha256'
  const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }

  /** A copy of the bundle with only what the engine needs. */
  function copied(change: (folder: string) => void): string {
    const folder = temporaryFolder()
    cpSync(dist, folder, { recursive: true, filter: (file) => !file.endsWith('.br') })
    copyFileSync(path.join(dist, module), path.join(folder, module))
    change(folder)
    return folder
  }

  it.each<[string, (folder: string) => void]>([
    ['no worker', (folder) => rmSync(path.join(folder, worker))],
    ['no module', (folder) => rmSync(path.join(folder, module))],
    ['no main file', (folder) => rmSync(path.join(folder, 'main.js'))],
    ['no record of the module', (folder) => rmSync(path.join(folder, record))],
    [
      'a module that is another one, which would run',
      (folder) => {
        const bytes = brotliDecompressSync(readFileSync(path.join(folder, module)))
        writeFileSync(path.join(folder, module), brotliCompressSync(bytes, fast))
      },
    ],
    ['an empty module', (folder) => writeFileSync(path.join(folder, module), '')],
    ['a module that is no brotli', (folder) => writeFileSync(path.join(folder, module), 'wasm')],
    [
      'a worker that does not load',
      (folder) => writeFileSync(path.join(folder, worker), 'import "./none.js"'),
    ],
    ['a worker that is silent', (folder) => writeFileSync(path.join(folder, worker), '')],
    ['a worker that ends itself', (folder) => writeFileSync(path.join(folder, worker), 'process.exit(0)')],
    [
      'a folder where the module is',
      (folder) => {
        rmSync(path.join(folder, module))
        mkdirSync(path.join(folder, module))
      },
    ],
  ])('%s: the engine says that it did not start, each time', async (_, change) => {
    const engine = newEngine({}, copied(change))
    for (const question of [fine, cue('a: int'), fine]) {
      const answer = await engine.ask(question, patient)
      expect(problemOf(answer)).toBe('internal-error engine')
      expect(answer).toMatchObject({
        problem: { message: expect.stringMatching(/did not start: ./) as string },
      })
    }
  })

  it('a folder that is not there', async () => {
    expect(problemOf(await newEngine({}, '/nonexistent').ask(fine, patient))).toBe('internal-error engine')
    expect(problemOf(await newEngine({}, 'relative').ask(fine, patient))).toBe('internal-error engine')
  })

  it('a worker that starts too slowly is left', async () => {
    const folder = copied((at) => writeFileSync(path.join(at, worker), 'setInterval(() => {}, 1000)'))
    const engine = newEngine({ startMs: 300 }, folder)
    expect(problemOf(await engine.ask(fine, patient))).toBe('timeout engine')
  })

  it('a worker that answers what is no answer is no pass', async () => {
    const answers = [
      '"{}"',
      '"{\\"results\\":[{},{}]}"',
      '"{\\"faults\\":[{\\"code\\":\\"engine_panic\\",\\"message\\":\\"x\\"}]}"',
      '"null"',
      '"no"',
      '7',
      'undefined',
    ]
    for (const text of answers) {
      const folder = copied((at) =>
        writeFileSync(
          path.join(at, worker),
          `import { parentPort } from 'node:worker_threads'
parentPort.on('message', () => parentPort.postMessage({ kind: 'answer', text: ${text} }))
parentPort.postMessage({ kind: 'ready' })`,
        ),
      )
      expect(problemOf(await newEngine({}, folder).ask(fine, patient)), text).toBe('internal-error engine')
    }
  })

  it('the worker gets nothing of what the program was started with', async () => {
    process.env['POLICY_ENGINE_SECRET'] = 'do not tell'
    const folder = copied((at) =>
      writeFileSync(
        path.join(at, worker),
        `import { parentPort, workerData } from 'node:worker_threads'
const stdin = process.stdin.read()
const message = JSON.stringify([process.env, process.argv.slice(2), process.execArgv, stdin, workerData])
parentPort.postMessage({ kind: 'ended', why: 'defect', message })`,
      ),
    )
    const answer = await newEngine({}, folder).ask(fine, patient)
    delete process.env['POLICY_ENGINE_SECRET']
    const known = JSON.stringify([{}, [], [], null, path.join(folder, module)])
    expect(answer).toMatchObject({ problem: { message: `the policy engine did not start: ${known}` } })
  })
})
