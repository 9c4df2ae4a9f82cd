import type { Service, UnknownCode } from '../../../src/verdict/codes.js'
import type { WebRequest } from '../../harness/web.js'
import type { Manner } from './faults.js'
import type { Answer } from '../../harness/registry-answers.js'

/** `signed` is verified when nothing goes wrong, `other` is rejected: signed by somebody else, or by nobody. */
export type ImageKind = 'signed' | 'other'
export const imageKinds: readonly ImageKind[] = ['signed', 'other']

/** What a run of the program is given. */
export interface Run {
  readonly inputs: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Of the image. */
  readonly digest: string
}

/** A request as a place is told by it. */
export interface Asked extends WebRequest {
  readonly url: URL
}

interface Common {
  /** Title of its column. */
  readonly name: string
  /** Who is to blame when it goes wrong. */
  readonly service: Service
  /** What a failure may be named by instead of the host: a key reference, say. */
  readonly named?: readonly string[]
  /** What it holds, or points to, is the choice of the pipeline's owner: what is there and no use is a wrong setting. */
  readonly chosen?: true
  /** That there is nothing here is what unsigned means: the word of the one who keeps the evidence decides. */
  readonly absence?: true
  /** Nothing on the way seals the evidence: another byte is other evidence. */
  readonly unsealed?: true
  /** It gives a credential, which others refuse once it is another. */
  readonly credential?: true
  /** Other names that a fault may have here, by its manner, with the reason where it is laid down. */
  readonly also?: Partial<Record<Manner, readonly UnknownCode[]>>
}

/** One kind of request to one service. */
export interface HttpPlace extends Common {
  readonly kind: 'http'
  readonly upstream: Upstream | ((image: ImageKind) => Upstream)
  readonly matches: (asked: Asked) => boolean
  /** How this service words a status. */
  readonly words: (status: number) => Answer
  /** How it can come that nobody reaches the host: another address, one that the call is sent on to, or a proxy's. */
  readonly reached: 'by address' | 'by redirect' | 'by realm' | 'by proxy' | 'not alone'
  /** It is spoken to in the clear: a certificate it can only have where it sends on to. */
  readonly isPlain?: true
  /** Another place has all else of it: here nothing but the way to the host goes wrong. */
  readonly wayOnly?: true
  /** By which the proxy knows it. */
  readonly hostname?: string
  /** Where the byte lies that flips: after this in the answer. */
  readonly flips?: RegExp
  readonly run: (image: ImageKind, reach: Reach) => Run
}

/** A file, or a text of the environment. */
export interface FilePlace extends Common {
  readonly kind: 'file'
  /** Below the working directory; one that is named by its bytes has another name for another image. */
  readonly file: string | ((image: ImageKind) => string)
  readonly flips?: RegExp
  /** Its own limit, bytes. */
  readonly limit: number
  /** Lays everything anew. */
  readonly run: (image: ImageKind) => Run & { readonly cwd: string }
}

export interface VariablePlace extends Common {
  readonly kind: 'variable'
  readonly variable: string
  readonly run: (image: ImageKind) => Run & { readonly env: Readonly<Record<string, string>> }
}

/** A program that is started. */
export interface ProcessPlace extends Common {
  readonly kind: 'process'
  /** What it does, as shell. */
  readonly shell: (image: ImageKind) => string
  /** @param shell what it does this time; undefined: there is no such program */
  readonly run: (image: ImageKind, shell: string | undefined) => Run
}

export type Place = HttpPlace | FilePlace | VariablePlace | ProcessPlace

/** What stands behind the front. */
export interface Upstream {
  /** `http://127.0.0.1:port` or `https://…`, by request. */
  readonly urlOf: (asked: Asked) => string
  /** URLs in its answers that lead back to it. */
  readonly own: readonly string[]
  /** Also in bodies. */
  readonly ownInBodies?: true
  /** Hosts that it plays by their names, behind a proxy. */
  readonly names?: readonly string[]
}

/** How a run gets to the service. */
export interface Reach {
  /** `http://127.0.0.1:port`, where the fault is one of the address another. */
  readonly url: string
  readonly host: string
  /** What leads to hosts that are played by their names. */
  readonly env: Readonly<Record<string, string>>
}

export interface OpenFamily {
  readonly places: readonly Place[]
  readonly stop: () => Promise<void>
}

/** Places that are shown in one table. */
export interface Family {
  readonly name: string
  readonly title: string
  /** One sentence: what is verified here. */
  readonly about: string
  readonly open: () => Promise<OpenFamily>
}
