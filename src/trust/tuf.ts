import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type Fetcher, Updater } from 'tuf-js'
import { objectField, readObject, textField } from '../evidence/json.js'
import type { Call } from '../network/call.js'
import { describe } from '../network/fault.js'
import type { Problem } from '../verdict/finding.js'
import { openTufCache } from './tuf-cache.js'
import { cachedFiles, mirrorFiles } from './tuf-fetcher.js'

/** A repository of The Update Framework that hands out a trusted root. */
export interface TufRepository {
  /** URL of the mirror: metadata directly below it, the files themselves below `targets/`. */
  readonly mirror: string
  /** The `root.json` that everything is verified from. */
  readonly firstRoot: Uint8Array
}

export interface TrustedRootFile {
  readonly bytes: Uint8Array
  /** When the mirror was asked last. */
  readonly checkedAt: Date
  /** Until when what it said holds. */
  readonly expires: string
  /** Why the mirror could not be asked this time: what is kept still holds. */
  readonly stale?: Problem
}

const target = 'trusted_root.json'
const timestamp = 'timestamp.json'
/** What is kept and holds is used without asking for this long; after that the mirror is asked, if it answers. */
const freshMs = 24 * 3_600_000
/** A step beside this one may have kept it a moment from now. */
const skewMs = 5 * 60_000

/** The runner has one in every container, also where the image has none that can be written. */
function temporaryFolder(): string {
  const { RUNNER_TEMP: folder } = process.env
  return folder !== undefined && path.isAbsolute(folder) ? folder : os.tmpdir()
}

/**
 * The trusted root of a TUF repository (TUF specification 1.0, section 5), verified from the first root on: from the
 * cache while what is kept holds and is fresh, else from the mirror. A mirror that does not answer is passed over only
 * while what is kept has not expired.
 */
export async function updateTrustedRoot(
  { mirror, firstRoot }: TufRepository,
  now: Date,
  call: Call,
): Promise<TrustedRootFile | Problem> {
  const cache = openTufCache(mirror, firstRoot)
  // Its own folder for the library, which is not made for several processes in one.
  const folder = await mkdtemp(path.join(temporaryFolder(), 'verify-image-tuf-'))
  try {
    await writeFile(path.join(folder, 'root.json'), firstRoot)
    const warm = openUpdater(mirror, folder, cachedFiles(cache, folder))
    if ('code' in warm) return warm
    const kept = await fetchTarget(warm, folder).catch(() => undefined)
    const keptAt = kept && (await cache.keptAt(timestamp))
    const age = keptAt === undefined ? Number.NaN : now.getTime() - keptAt.getTime()
    if (kept && keptAt && age >= -skewMs && age < freshMs) return { ...kept, checkedAt: keptAt }

    // Also one that has expired says what a mirror must not fall behind of.
    const before = await cache.read(timestamp)
    if (before) await writeFile(path.join(folder, timestamp), before)
    const files = mirrorFiles(call, folder)
    const updater = openUpdater(mirror, folder, files.fetcher)
    if ('code' in updater) return updater
    const fetched = await fetchTarget(updater, folder).catch((error: unknown) => ({ error }))
    if ('bytes' in fetched) {
      // The timestamp comes last: it makes the others count.
      for (const [name, bytes] of files.came) if (name !== timestamp) await cache.keep(name, bytes)
      await cache.keep(timestamp, await readFile(path.join(folder, timestamp)))
      return { ...fetched, checkedAt: now }
    }
    const problem = files.problem() ?? refused(mirror, fetched.error)
    return kept && keptAt ? { ...kept, checkedAt: keptAt, stale: problem } : problem
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

function openUpdater(mirror: string, folder: string, fetcher: Fetcher): Updater | Problem {
  const base = mirror.replace(/\/+$/, '')
  try {
    return new Updater({
      metadataDir: folder,
      metadataBaseUrl: base,
      targetDir: folder,
      targetBaseUrl: `${base}/targets`,
      fetcher,
    })
  } catch (error) {
    const message = `tuf-root: expected a root.json that is signed by its own keys: ${describe(error)}`
    return { code: 'trust-root-invalid', message }
  }
}

async function fetchTarget(
  updater: Updater,
  folder: string,
): Promise<Pick<TrustedRootFile, 'bytes' | 'expires'>> {
  await updater.refresh()
  const info = await updater.getTargetInfo(target)
  if (info === undefined) throw new Error(`it hands out no ${target}`)
  const place = path.join(folder, target)
  const file = (await updater.findCachedTarget(info, place)) ?? (await updater.downloadTarget(info, place))
  const signed = objectField(readObject(await readFile(path.join(folder, timestamp))), 'signed')
  return { bytes: await readFile(file), expires: textField(signed, 'expires') ?? '' }
}

/** The mirror answered, and what it said does not verify. */
function refused(mirror: string, error: unknown): Problem {
  const message = `expected a trusted root from ${mirror}, got what does not verify: ${describe(error)}`
  return { code: 'response-invalid', service: 'trust', message }
}
