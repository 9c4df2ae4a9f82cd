import type { ASTNode } from '@marcbachmann/cel-js'

/** A node of the engine's syntax tree, as far as it is used here. */
export interface Node {
  readonly op: string
  args: unknown
  readonly start: number
}

export function nodeOf(ast: ASTNode): Node {
  return ast
}

/** The nodes below a node, in the order of the text. */
export function childrenOf({ args }: Node): readonly Node[] {
  return nodesIn(args)
}

function nodesIn(args: unknown): readonly Node[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn)
  return isNode(args) ? [args] : []
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value && 'start' in value
}

/** All nodes of a tree. The engine has bounded their number and depth. */
export function* nodesOf(root: Node): Generator<Node> {
  yield root
  for (const child of childrenOf(root)) yield* nodesOf(child)
}

/** A call, of a function or of a method, with the name in it. */
export interface Call extends Node {
  args: [name: string, ...rest: unknown[]]
}

export function isCall(node: Node): node is Call {
  return (
    (node.op === 'call' || node.op === 'rcall') &&
    Array.isArray(node.args) &&
    typeof node.args[0] === 'string'
  )
}

/** What a method is called on. */
export function receiverOf(call: Call): Node | undefined {
  return call.op === 'rcall' && isNode(call.args[1]) ? call.args[1] : undefined
}

export function argumentsOf(call: Call): readonly Node[] {
  return nodesIn(call.args.at(-1))
}
