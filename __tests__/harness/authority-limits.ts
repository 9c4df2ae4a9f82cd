import { der } from '../verify/der.js'
import {
  anyUsage,
  extension,
  integer,
  mayIssue,
  mayNotIssue,
  octets,
  oid,
  sequence,
  usages,
} from './forged-certificate.js'
import { workflow } from './forged-instance.js'

/** A general name (RFC 5280, 4.2.1.6): the tag that it has, and its bytes. */
export type Name = readonly [tag: number, text: string | readonly number[]]
export const [email, domain, uri, address] = [0x81, 0x82, 0x86, 0x87]

export function bytesOf([, text]: Name): Uint8Array {
  return typeof text === 'string' ? Buffer.from(text) : Uint8Array.from(text)
}

/** That an authority may issue, and how many authorities may be below it. */
export function issues(length?: number): Uint8Array {
  const below = length === undefined ? [] : [integer(length)]
  return extension('2.5.29.19', sequence(der(0x01, [0xff]), ...below), true)
}

const mayUse = (bits: number, unused: number): Uint8Array =>
  extension('2.5.29.15', der(0x03, [unused, bits]), true)
export const unknown = extension('1.2.3.4.5', sequence(), true)
export const unimportant = extension('1.2.3.4.5', sequence())
/** The same in so many words. */
const uncritical = sequence(oid('1.2.3.4.5'), der(0x01, [0]), octets(sequence()))

/** Constraints of names (RFC 5280, 4.2.1.10). */
export function limits(
  permitted: readonly Name[],
  excluded: readonly Name[] = [],
  critical = true,
): Uint8Array {
  const trees = (tag: number, some: readonly Name[]): readonly Uint8Array[] =>
    some.length === 0 ? [] : [der(tag, ...some.map((name) => sequence(der(name[0], bytesOf(name)))))]
  return extension('2.5.29.30', sequence(...trees(0xa0, permitted), ...trees(0xa1, excluded)), critical)
}

/** That a certificate is of these, too. */
export function alternativeNames(...some: readonly Name[]): Uint8Array {
  return extension('2.5.29.17', sequence(...some.map((name) => der(name[0], bytesOf(name)))))
}

/** Whom a certificate names. */
export const people = {
  'a workflow': [uri, workflow],
  'a person': [email, 'Ada@Team.example'],
  'a host': [domain, 'build.team.example'],
  'a machine': [address, [10, 1, 2, 3]],
} as const satisfies Readonly<Record<string, Name>>

export interface Limited {
  /** What an authority says of itself. */
  readonly what: string
  readonly extensions: readonly Uint8Array[]
  /** Whom the certificate below it names. */
  readonly who: keyof typeof people
  /** Why that certificate leads nowhere; undefined: it leads to the root. */
  readonly why?: string
}

const [noAuthority, otherUse, names, critical] = [
  'Failed to verify certificate chain',
  'an authority above the certificate issues none for this use',
  'an authority above the certificate may not certify ',
  'a certificate on the way has the critical extension 1.2.3.4.5, which is not known',
]

const anyAuthority: readonly (readonly [what: string, extensions: readonly Uint8Array[], why?: string])[] = [
  ['may issue', [issues()]],
  ['may issue, and says so not critically', [mayIssue]],
  ['may sign certificates', [issues(), mayUse(0x04, 2)]],
  ['may sign lists of revoked ones', [issues(), mayUse(0x02, 1)], noAuthority],
  ['may sign messages', [issues(), mayUse(0x80, 7)], noAuthority],
  ['may not issue', [mayNotIssue], noAuthority],
  ['does not say that it may issue', [], noAuthority],
  ['may issue to no further authority', [issues(0)]],
  ['is for signing code', [issues(), usages([3])]],
  ['is for signing code among others', [issues(), usages([1, 3, 8])]],
  ['is for servers', [issues(), usages([1])], otherUse],
  ['is for timestamps', [issues(), usages([8])], otherUse],
  ['is for what nobody knows', [issues(), usages([4711])], otherUse],
  ['is for anything', [issues(), anyUsage]],
  ['has something critical that nobody knows', [issues(), unknown], critical],
  ['has something else that nobody knows', [issues(), unimportant]],
  ['has something that says it is not critical', [issues(), uncritical]],
]

/** permitted and excluded names, and whether that is critical */
type Limits = Parameters<typeof limits>
const constrained: readonly (readonly [
  what: string,
  who: keyof typeof people,
  limited: Limits,
  outside?: 'outside' | 'unknown',
])[] = [
  ['may certify the host', 'a workflow', [[[uri, 'github.com']]]],
  ['may certify another host', 'a workflow', [[[uri, 'other.example']]], 'outside'],
  [
    'may certify another host, not critically',
    'a workflow',
    [[[uri, 'other.example']], [], false],
    'outside',
  ],
  [
    'may certify the host among others',
    'a workflow',
    [
      [
        [uri, 'other.example'],
        [uri, 'GitHub.com'],
      ],
    ],
  ],
  ['may certify what is below the host', 'a workflow', [[[uri, '.github.com']]], 'outside'],
  ['may certify what is below the domain', 'a workflow', [[[uri, '.com']]]],
  ['may not certify the host', 'a workflow', [[], [[uri, 'github.com']]], 'outside'],
  ['may not certify another host', 'a workflow', [[], [[uri, 'hub.com']]]],
  ['may certify a domain', 'a workflow', [[[domain, 'other.example']]]],
  ['may certify names of another kind', 'a workflow', [[[0x88, [0x2a, 3]]]], 'unknown'],
  [
    'may certify the host and names of another kind',
    'a workflow',
    [
      [
        [uri, 'github.com'],
        [0x88, [0x2a, 3]],
      ],
    ],
    'unknown',
  ],
  ['may certify the domain of the person', 'a person', [[[email, 'team.example']]]],
  ['may certify the person', 'a person', [[[email, 'Ada@team.example']]]],
  ['may certify the person in small letters', 'a person', [[[email, 'ada@team.example']]], 'outside'],
  ['may certify the same name elsewhere', 'a person', [[[email, 'Ada@eam.example']]], 'outside'],
  ['may certify another domain of persons', 'a person', [[[email, 'eam.example']]], 'outside'],
  ['may not certify the domain of the person', 'a person', [[], [[email, 'example']]], 'outside'],
  ['may certify hosts alone', 'a person', [[[domain, 'x.example']]]],
  ['may certify the domain of the host', 'a host', [[[domain, 'Team.example']]]],
  ['may certify what is below the domain of the host', 'a host', [[[domain, '.team.example']]]],
  ['may certify what is below the host itself', 'a host', [[[domain, '.build.team.example']]], 'outside'],
  ['may certify what has a longer name', 'a host', [[[domain, 'a.build.team.example']]], 'outside'],
  ['may certify another domain of hosts', 'a host', [[[domain, 'am.example']]], 'outside'],
  ['may certify every host', 'a host', [[[domain, '']]]],
  ['may not certify the domain of the host', 'a host', [[], [[domain, 'team.example']]], 'outside'],
  ['may certify the net', 'a machine', [[[address, [10, 1, 0, 0, 255, 255, 0, 0]]]]],
  ['may certify another net', 'a machine', [[[address, [10, 2, 0, 0, 255, 255, 0, 0]]]], 'outside'],
  [
    'may certify a net of the newer kind',
    'a machine',
    [[[address, [...Array<number>(32).fill(0)]]]],
    'outside',
  ],
  ['may not certify the net', 'a machine', [[], [[address, [10, 0, 0, 0, 255, 0, 0, 0]]]], 'outside'],
]

/** What an authority may say of itself, with what comes of it; the real cosign is held against it. */
export const authorities: readonly Limited[] = [
  ...anyAuthority.map(([what, extensions, why]): Limited => ({
    what,
    extensions,
    who: 'a workflow',
    ...(why !== undefined && { why }),
  })),
  ...constrained.map(([what, who, limited, outside]): Limited => {
    const shown = who === 'a machine' ? 'an IP address' : Buffer.from(bytesOf(people[who])).toString()
    const why =
      outside === 'unknown'
        ? 'an authority above the certificate constrains names of a kind that is not known'
        : `${names}${shown}`
    return { what, extensions: [issues(), limits(...limited)], who, ...(outside && { why }) }
  }),
]
