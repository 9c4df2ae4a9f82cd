import type { Journal } from '../network/journal.js'
import type { Ask } from '../requirement/leaves.js'
import type { Requirement } from '../requirement/requirement.js'
import type { Joint } from '../policy/part.js'
import type { Archivista } from '../stores/archivista/archivista.js'
import type { Stores } from '../stores/open.js'
import type { LogDemand, Patience, Platforms } from '../verdict/request.js'
import type { Vouching } from '../verify/keyless.js'
import type { Clock } from './clock.js'
import type { Keyring } from './keyring.js'
import type { Manners } from './manners.js'
import type { Turns } from './turns.js'

/** What every image of a run is judged with. */
export interface Bench {
  readonly requirement: Requirement
  readonly asks: readonly Ask[]
  /** Policies that are evaluated by themselves. */
  readonly joints?: readonly Joint[]
  /** What is judged is no image, but digests that policies about builds are asked about. */
  readonly isSubjects?: boolean
  /** A store of attestations about builds; undefined: there is none to ask. */
  readonly archivista?: Archivista | undefined
  /** A static policy may decide before anything is asked of a store. */
  readonly mayBeStatic?: boolean
  readonly keyring: Keyring
  readonly stores: Stores
  /** What is opened for policies that have their own way; undefined: none has. */
  readonly manners?: Manners
  readonly patience: Patience
  readonly clock: Clock
  /** Of the run: what an image asks for is written into it too. */
  readonly journal?: Journal
  /** Ends what is still asked for. */
  readonly stop?: AbortSignal
  readonly log: LogDemand
  /** s3lo records of schema 1 count too. */
  readonly acceptUnbound: boolean
  readonly maxAgeMs?: number
  /** A tag is resolved once more at the end. */
  readonly recheckTag?: boolean
  /** What identities and logs are checked with, loaded once. */
  readonly vouching: () => Promise<Vouching>
  readonly platforms: Platforms
  /** Everything that a pull would read is read too, so many parts at a time; undefined: the manifest alone. */
  readonly deep?: Turns
  /** Reads all evidence even when the first piece settles it, for reports that list it. */
  readonly thorough: boolean
}
