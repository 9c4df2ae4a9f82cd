import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { UnknownCode } from '../../../src/verdict/codes.js'
import { newCertificate } from '../../harness/certificate.js'
import { runAction, runCli } from '../../harness/run.js'
import { sendsTo } from '../../harness/registry-faults.js'
import type { RegistryRequest } from '../../harness/registry.js'
import { openWeb } from '../../harness/web.js'
import { type HttpFault, httpFaults } from './faults.js'
import { fileFaults, variableFaults } from './file-faults.js'
import { type Detour, type Interference, openFront, type Spoil } from './front.js'
import { disagreement, type Outcome, readOutcome } from './outcome.js'
import type { FilePlace, HttpPlace, ImageKind, Place, ProcessPlace, Run, VariablePlace } from './place.js'
import { onceOnly, processFaults } from './process-faults.js'
import type { Judged } from './rule.js'

export type When = 'once' | 'always'

/** What is played: a fault of the kind of its place, or none. */
export interface Scene {
  readonly place: Place
  /** Undefined: nothing goes wrong. */
  readonly fault: string | undefined
  readonly image: ImageKind
  readonly when: When
  /** By the command too. */
  readonly bothFaces: boolean
}

export interface Played {
  readonly outcome: Outcome
  /** How often the place was asked, and how often something went wrong; undefined where nobody counts. */
  readonly asked?: number
  readonly played?: number
  /** Who is to be named for it. */
  readonly names: readonly string[]
}

/** Hosts that nobody gets anything from. */
export interface Nowhere {
  readonly stranger: number
  readonly stop: () => Promise<void>
}

/** Nobody listens here. */
const closedPort = 1
const unknownHost = 'nowhere.invalid'
const patience = '25s'

export async function openNowhere(): Promise<Nowhere> {
  const stranger = await openWeb((_request, response) => void response.end('{}'), newCertificate())
  return { stranger: Number(new URL(stranger.url).port), stop: stranger.stop }
}

/** The faults that a place can have. */
export function faultsOf(
  place: Place,
): readonly Pick<Judged & HttpFault, 'name' | 'manner' | 'codes' | 'passes' | 'stays'>[] {
  switch (place.kind) {
    case 'http':
      return httpFaults
        .filter(({ way }) => (way === undefined ? !place.wayOnly : place.reached !== 'not alone'))
        .map((fault) => ({ ...fault, codes: [...fault.codes, ...proxyCodes(fault, place)] }))
    case 'file':
      return fileFaults.map((fault) => ({ ...fault, codes: [], stays: true }))
    case 'variable':
      return variableFaults.map((fault) => ({ ...fault, codes: [], stays: true }))
    case 'process':
      return processFaults.map((fault) => ({ ...fault, codes: [] }))
  }
}

/** A proxy says with a status of its own that it knows no such host. */
function proxyCodes({ way }: HttpFault, { reached }: HttpPlace): readonly UnknownCode[] {
  return way === 'no such host' && reached === 'by proxy' ? ['server-error'] : []
}

/** @returns why it cannot be one outcome, where the reports of the run disagree */
export async function play(scene: Scene, nowhere: Nowhere): Promise<Played | string> {
  const { place } = scene
  switch (place.kind) {
    case 'http':
      return playHttp(place, scene, nowhere)
    case 'file':
      return playFile(place, scene)
    case 'variable':
      return playVariable(place, scene)
    case 'process':
      return playProcess(place, scene)
  }
}

async function playHttp(
  place: HttpPlace,
  { fault: name, image, when, bothFaces }: Scene,
  nowhere: Nowhere,
): Promise<Played | string> {
  const fault = httpFaults.find((one) => one.name === name)
  const once = async (face: Face): Promise<Played | string> => {
    const way = fault?.way && wayOf(fault.way, place, nowhere)
    const spoil = way?.spoil ?? fault?.spoil?.(place)
    const interference: Interference | undefined = spoil && { matches: place.matches, when, spoil }
    const upstream = typeof place.upstream === 'function' ? place.upstream(image) : place.upstream
    const front = await openFront(upstream, { interference, detour: way?.detour, own: way?.realm })
    try {
      const reach = way?.url === undefined ? front : { ...front, url: way.url, host: new URL(way.url).host }
      // A login comes before: what hangs has to be reached.
      const isFar = place.reached === 'by proxy' || place.hostname !== undefined
      const timeout = fault?.timeout !== undefined && isFar ? '20s' : fault?.timeout
      const outcome = await face(place.run(image, reach), timeout)
      if (typeof outcome === 'string') return outcome
      return {
        outcome,
        asked: front.asked.filter(place.matches).length,
        ...(interference && { played: front.played() }),
        names: [
          front.host,
          ...(way?.names ?? []),
          ...(place.hostname ? [place.hostname] : []),
          ...(place.named ?? []),
        ],
      }
    } finally {
      await front.stop()
    }
  }
  return facesOf(once, bothFaces)
}

interface Way {
  readonly names: readonly string[]
  /** The address that is given to the program. */
  readonly url?: string
  /** The address that the service gives. */
  readonly realm?: string
  readonly spoil?: Spoil
  readonly detour?: Detour
}

function wayOf(way: NonNullable<HttpFault['way']>, place: HttpPlace, { stranger }: Nowhere): Way {
  const url = {
    refuses: `http://127.0.0.1:${closedPort}`,
    'no such host': `https://${unknownHost}`,
    stranger: `https://127.0.0.1:${stranger}`,
  }[way]
  const names = [new URL(url).host]
  const port = { refuses: closedPort, 'no such host': undefined, stranger }[way]
  switch (way === 'stranger' && place.isPlain ? 'by redirect' : place.reached) {
    case 'by address':
      return { names, url }
    case 'by realm':
      return { names, realm: url }
    case 'by redirect':
      return {
        names,
        spoil: (response, usual, { method, target }) =>
          sendsTo(url)(response, usual, { method, target } as RegistryRequest),
      }
    case 'by proxy':
      return { names: [], detour: { name: place.hostname ?? '', port } }
    case 'not alone':
      throw new Error(`${place.name}: its host is that of another place`)
  }
}

async function playFile(
  place: FilePlace,
  { fault: name, image, bothFaces }: Scene,
): Promise<Played | string> {
  const fault = fileFaults.find((one) => one.name === name)
  const own = typeof place.file === 'string' ? place.file : place.file(image)
  const once = async (face: Face): Promise<Played | string> => {
    const run = place.run(image)
    const file = path.join(run.cwd, own)
    fault?.spoil(file, place)
    try {
      const outcome = await face(run)
      const names = [own, path.basename(own), ...(place.named ?? [])]
      return typeof outcome === 'string' ? outcome : { outcome, names }
    } finally {
      // What is larger than is read would fill the disk of whoever copies the folder.
      if (readdirSync(path.dirname(file)).includes(path.basename(file))) rmSync(file, { recursive: true })
    }
  }
  return facesOf(once, bothFaces)
}

async function playVariable(
  place: VariablePlace,
  { fault: name, image, bothFaces }: Scene,
): Promise<Played | string> {
  const fault = variableFaults.find((one) => one.name === name)
  const once = async (face: Face): Promise<Played | string> => {
    const run = place.run(image)
    const { [place.variable]: usual = '', ...others } = run.env
    const text = fault ? fault.spoil(usual) : usual
    const env = { ...others, ...(text !== undefined && { [place.variable]: text }) }
    const outcome = await face({ ...run, env })
    return typeof outcome === 'string' ? outcome : { outcome, names: [place.variable] }
  }
  return facesOf(once, bothFaces)
}

async function playProcess(
  place: ProcessPlace,
  { fault: name, image, when, bothFaces }: Scene,
): Promise<Played | string> {
  const fault = processFaults.find((one) => one.name === name)
  const once = async (face: Face): Promise<Played | string> => {
    const usual = place.shell(image)
    const spoiled = fault ? fault.spoil(usual) : usual
    const shell = spoiled !== undefined && when === 'once' ? onceOnly(spoiled, usual) : spoiled
    const outcome = await face(place.run(image, shell), fault?.timeout)
    return typeof outcome === 'string' ? outcome : { outcome, names: [place.name, ...(place.named ?? [])] }
  }
  return facesOf(once, bothFaces)
}

/** Runs the program with one of its faces. */
type Face = (run: Run, timeout?: string) => Promise<Outcome | string>

const byAction: Face = async ({ inputs, digest, ...options }, timeout = patience) =>
  readOutcome(await runAction({ retries: '1', timeout, ...inputs }, options), digest)

function byCommand(like: Outcome): Face {
  return async ({ inputs, ...options }, timeout = patience) => {
    const given: Readonly<Record<string, string>> = { retries: '1', timeout, ...inputs }
    const { image = '', ...others } = given
    const flags = Object.entries(others).map(([name, value]) => `--${name}=${value}`)
    const images = image === '' ? [] : image.split('\n')
    const ran = await runCli(['verify', ...images, ...flags, '--output=json'], options)
    return disagreement(ran, like) ?? like
  }
}

async function facesOf(
  once: (face: Face) => Promise<Played | string>,
  bothFaces: boolean,
): Promise<Played | string> {
  const played = await once(byAction)
  if (typeof played === 'string' || !bothFaces) return played
  const again = await once(byCommand(played.outcome))
  return typeof again === 'string' ? again : played
}
