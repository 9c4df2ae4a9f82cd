import { readTokens, type Token } from './lexer.js'
import { type Failure, Stop } from './stop.js'
import type { Bare, Comparator, Node } from './syntax.js'

/** Longer than any expression that somebody writes, short enough that all work on it is quick. */
const longest = 32_768
/** Levels of a tree; each `.name` and each bracket is one. */
const deepest = 250

/** An expression that was parsed: made by {@link parseExpression} only. */
export interface Expression {
  readonly text: string
  readonly root: Node
}

/** How strongly a sign binds what stands before it (go-jmespath and the reference implementation agree). */
const bindings: Readonly<Record<string, number>> = {
  '|': 1,
  '||': 2,
  '&&': 3,
  '==': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '[]': 9,
  '*': 20,
  '[?': 21,
  '.': 40,
  '!': 45,
  '{': 50,
  '[': 55,
  '(': 60,
}
/** What binds weaker than this ends a projection. */
const projectionEnd = 10

/**
 * Reads a JMESPath expression. Functions are looked up when they are called: what is never reached is never asked for.
 *
 * @returns the code `syntax` or `limit-exceeded`, with the place, for what is no expression
 */
export function parseExpression(text: string): { kind: 'parsed'; expression: Expression } | Failure {
  if (text.length > longest)
    return failure('limit-exceeded', `an expression longer than ${longest} characters`, 0)
  try {
    const tokens = readTokens(text)
    return { kind: 'parsed', expression: { text, root: readAll(tokens) } }
  } catch (error) {
    if (error instanceof Stop) return failure(error.code, error.message, error.at ?? 0)
    throw error
  }
}

function failure(code: Failure['code'], message: string, at: number): Failure {
  return { kind: 'failed', code, message, at }
}

function readAll(tokens: readonly Token[]): Node {
  let position = 0
  let level = 0

  const peek = (ahead = 0): Token => tokens[position + ahead] ?? { kind: 'end', at: 0 }
  const isSign = (text: string, ahead = 0): boolean => {
    const token = peek(ahead)
    return token.kind === 'sign' && token.text === text
  }
  const take = (): Token => {
    const token = peek()
    position++
    return token
  }
  const expect = (text: string): Token => {
    if (!isSign(text)) throw unexpected(peek(), `"${text}"`)
    return take()
  }
  const power = (): number => {
    const token = peek()
    return token.kind === 'sign' ? (bindings[token.text] ?? 0) : 0
  }

  const expression = (above: number): Node => {
    if (++level > deepest) throw new Stop('limit-exceeded', `nested deeper than ${deepest}`, peek().at)
    let left = prefix()
    while (above < power()) left = infix(left)
    level--
    return left
  }

  const prefix = (): Node => {
    const token = take()
    const { at } = token
    if (token.kind === 'literal') return node({ kind: 'literal', value: token.value, at })
    if (token.kind === 'name') {
      if (!isSign('(')) return node({ kind: 'field', name: token.text, at })
      if (token.quoted) throw new Stop('syntax', 'a quoted name is no name of a function', at)
      return call(token.text, at)
    }
    if (token.kind === 'sign') {
      switch (token.text) {
        case '@':
          return current(at)
        case '*':
          return node({ kind: 'members', left: current(at), each: projected(20), at })
        case '!':
          return node({ kind: 'not', of: expression(45), at })
        case '&':
          return node({ kind: 'reference', to: expression(0), at })
        case '(': {
          const inner = expression(0)
          expect(')')
          return inner
        }
        case '{':
          return hash(at)
        case '[]':
          return flattened(current(at), at)
        case '[?':
          return filtered(current(at), at)
        case '[':
          return isSign('*') && isSign(']', 1) ? bracket(current(at), at) : listOrBracket(at)
      }
    }
    throw unexpected(token, 'an expression')
  }

  const listOrBracket = (at: number): Node => {
    const token = peek()
    return token.kind === 'number' || isSign(':') ? bracket(current(at), at) : list(at)
  }

  const infix = (left: Node): Node => {
    const token = take()
    const { at } = token
    const sign = token.kind === 'sign' ? token.text : ''
    switch (sign) {
      case '.':
        if (isSign('*')) {
          take()
          return node({ kind: 'members', left, each: projected(20), at })
        }
        return node({ kind: 'chain', left, right: member(40), at })
      case '|':
        return node({ kind: 'pipe', left, right: expression(1), at })
      case '||':
        return node({ kind: 'or', left, right: expression(2), at })
      case '&&':
        return node({ kind: 'and', left, right: expression(3), at })
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return node({ kind: 'compare', by: sign satisfies Comparator, left, right: expression(5), at })
      case '[]':
        return flattened(left, at)
      case '[?':
        return filtered(left, at)
      case '[':
        return bracket(left, at)
    }
    throw unexpected(token, 'an operator or the end')
  }

  /** What may stand behind a dot. */
  const member = (above: number): Node => {
    const token = peek()
    if (token.kind === 'name' || isSign('*')) return expression(above)
    if (isSign('[')) {
      take()
      return list(token.at)
    }
    if (isSign('{')) {
      take()
      return hash(token.at)
    }
    throw unexpected(token, 'a name, "*", "[" or "{"')
  }

  /** What a projection is followed by: it applies to each element. */
  const projected = (above: number): Node => {
    const { at } = peek()
    if (power() < projectionEnd) return current(at)
    if (isSign('[') || isSign('[?')) return expression(above)
    if (isSign('.')) {
      take()
      return member(above)
    }
    throw unexpected(peek(), '".", "[" or the end of a projection')
  }

  const flattened = (left: Node, at: number): Node =>
    node({ kind: 'elements', left: node({ kind: 'flatten', left, at }), each: projected(9), at })

  const filtered = (left: Node, at: number): Node => {
    const condition = expression(0)
    expect(']')
    return node({ kind: 'filter', left, condition, each: isSign('[]') ? current(at) : projected(21), at })
  }

  /** An index, a slice or a star; the bracket has been taken. */
  const bracket = (left: Node, at: number): Node => {
    if (isSign('*')) {
      take()
      expect(']')
      return node({ kind: 'elements', left, each: projected(20), at })
    }
    const parts: (number | undefined)[] = [undefined]
    while (!isSign(']')) {
      const token = take()
      if (token.kind === 'number' && parts.at(-1) === undefined) parts[parts.length - 1] = token.value
      else if (token.kind === 'sign' && token.text === ':' && parts.length < 3) parts.push(undefined)
      else throw unexpected(token, 'an index, ":" or "]"')
    }
    take()
    const [start, stop, step = 1] = parts
    if (parts.length === 1) {
      if (start === undefined) throw new Stop('syntax', 'expected an index', at)
      const index = node({ kind: 'index', index: start, at })
      return left.kind === 'current' ? index : node({ kind: 'chain', left, right: index, at })
    }
    if (step === 0) throw new Stop('syntax', 'the step of a slice may not be 0', at)
    const slice = node({ kind: 'slice', start, stop, step, at })
    return node({
      kind: 'elements',
      left: left.kind === 'current' ? slice : node({ kind: 'chain', left, right: slice, at }),
      each: projected(20),
      at,
    })
  }

  const list = (at: number): Node => {
    const of = [expression(0)]
    while (isSign(',')) {
      take()
      of.push(expression(0))
    }
    expect(']')
    return node({ kind: 'list', of, at })
  }

  const hash = (at: number): Node => {
    const of: (readonly [string, Node])[] = []
    do {
      if (of.length > 0) take()
      const name = take()
      if (name.kind !== 'name') throw unexpected(name, 'a name')
      expect(':')
      of.push([name.text, expression(0)])
    } while (isSign(','))
    expect('}')
    return node({ kind: 'hash', of, at })
  }

  const call = (name: string, at: number): Node => {
    expect('(')
    const of: Node[] = []
    while (!isSign(')')) {
      if (of.length > 0) expect(',')
      of.push(expression(0))
    }
    take()
    return node({ kind: 'call', name, of, at })
  }

  const whole = expression(0)
  if (peek().kind !== 'end') throw unexpected(peek(), 'an operator or the end')
  return whole
}

function current(at: number): Node {
  return node({ kind: 'current', at })
}

function node(bare: Bare): Node {
  const depth = 1 + childrenOf(bare).reduce((most, one) => Math.max(most, one.depth), 0)
  if (depth > deepest) throw new Stop('limit-exceeded', `more than ${deepest} levels`, bare.at)
  return { ...bare, depth }
}

/** What a node is made of, in the order of the text. */
export function childrenOf(node: Bare): readonly Node[] {
  switch (node.kind) {
    case 'chain':
    case 'compare':
    case 'or':
    case 'and':
    case 'pipe':
      return [node.left, node.right]
    case 'elements':
    case 'members':
      return [node.left, node.each]
    case 'filter':
      return [node.left, node.condition, node.each]
    case 'flatten':
      return [node.left]
    case 'not':
      return [node.of]
    case 'list':
    case 'call':
      return node.of
    case 'hash':
      return node.of.map(([, value]) => value)
    case 'reference':
      return [node.to]
    case 'current':
    case 'field':
    case 'index':
    case 'slice':
    case 'literal':
      return []
  }
}

function unexpected(token: Token, wanted: string): Stop {
  const got =
    token.kind === 'end'
      ? 'the end'
      : token.kind === 'sign' || token.kind === 'name'
        ? JSON.stringify(token.text)
        : token.kind === 'number'
          ? String(token.value)
          : 'a literal'
  return new Stop('syntax', `expected ${wanted}, got ${got}`, token.at)
}
