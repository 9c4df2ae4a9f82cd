import { Environment } from '@marcbachmann/cel-js'
import type { CelFunction } from './functions.js'
import { CelImage, imageFunctions } from './image-functions.js'
import { listFunctions, SetsLibrary } from './list-functions.js'
import { textFunctions } from './text-functions.js'

/** A variable of expressions; `dyn` may hold anything. */
export interface Variable {
  readonly name: string
  readonly type: string
}

/** What expressions of one place can use. */
export interface Language {
  readonly environment: Environment
  readonly variables: ReadonlySet<string>
  /** Methods and functions of the engine that ours stand in for, with the number of arguments: `matches/1`. */
  readonly replaced: ReadonlySet<string>
}

/** Put behind the name of a function of ours that the engine has too and that it would not let us replace. */
export const ownSuffix = '__re2'

const limits = {
  maxAstNodes: 5000,
  maxDepth: 100,
  maxListElements: 1000,
  maxMapEntries: 1000,
  maxCallArguments: 32,
}

/**
 * Makes the language of the expressions of one place: Kubernetes' CEL with optional syntax, its functions on texts and
 * lists, Kyverno's on images, and what the place adds. A list may hold elements of several types: a type that is only
 * known when it is evaluated is no error here.
 */
export function makeLanguage(variables: readonly Variable[], functions: readonly CelFunction[]): Language {
  const environment = new Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits,
  })
  environment.registerType('Image', CelImage)
  environment.registerType('SetsLibrary', SetsLibrary)
  environment.registerConstant('sets', 'SetsLibrary', new SetsLibrary())
  const replaced = new Set<string>()
  for (const { signature, run } of [...textFunctions, ...listFunctions, ...imageFunctions, ...functions]) {
    const own = nameInEngine(signature)
    if (own !== signature) replaced.add(nameOf(signature))
    environment.registerFunction(own, run as (...args: unknown[]) => unknown, { async: false })
  }
  for (const { name, type } of variables) environment.registerVariable(name, type)
  return { environment, variables: new Set(variables.map(({ name }) => name)), replaced }
}

const inEngine = new Set('matches lowerAscii upperAscii substring indexOf lastIndexOf split join'.split(' '))

const nameOf = (signature: string): string => /(\w+)\(/.exec(signature)?.[1] ?? ''

function nameInEngine(signature: string): string {
  const name = nameOf(signature)
  return inEngine.has(name) ? signature.replace(`${name}(`, `${name}${ownSuffix}(`) : signature
}
