import { readAnnotations, readPlatforms } from '../../../src/inputs/demand.js'
import { readIdentities } from '../../../src/inputs/identity.js'
import { nearestName } from '../../../src/reference/nearest.js'
import { readHosts } from '../../../src/inputs/registry.js'
import { inputTable } from '../../../src/inputs/table.js'
import { isHttpUrl, withoutUser } from '../../../src/inputs/url.js'
import {
  readAge,
  readChoice,
  readDuration,
  readList,
  readSwitch,
  readWhole,
} from '../../../src/inputs/values.js'
import { patternProblem } from '../../../src/verify/identity.js'
import { readArguments } from '../../../src/cli/arguments.js'
import type { Parser } from '../harness/fuzz-attack.js'

export const inputNames = inputTable.map(({ name }) => name)
const pem = '-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n'
export const inputLines = [
  'registry.example/a:v1\nregistry.example/b:v2',
  pem,
  `${pem}${pem}key.pub`,
  'a=b, c=d\ne=f',
  'linux/amd64,linux/arm64/v8',
  '10.0.0.1, registry.example:5000',
  '1h30m',
  '90s',
  'true',
  '^https://github.com/team/(app|ci)$',
]

export const inputsParsers: readonly Parser[] = [
  { name: 'a duration', texts: ['1h30m', '90s', '1.5h', '0'], read: readDuration },
  { name: 'an age', texts: ['7d', '36h'], read: readAge },
  {
    name: 'a whole number',
    texts: ['3', '0', '20'],
    read: (text: string): unknown => readWhole(text, 0, 20),
  },
  { name: 'a switch', texts: ['true', 'FALSE'], read: readSwitch },
  {
    name: 'a choice',
    texts: ['audit', 'enforce'],
    read: (text: string): unknown => readChoice(text, ['audit', 'enforce']),
  },
  { name: 'a list', texts: inputLines, read: readList },
  { name: 'hosts', texts: inputLines, read: readHosts },
  {
    name: 'annotations',
    texts: inputLines,
    read: (text: string): unknown => readAnnotations(readList(text)),
  },
  { name: 'platforms', texts: inputLines, read: (text: string): unknown => readPlatforms(readList(text)) },
  {
    name: 'the nearest name',
    texts: inputNames,
    read: (text: string): unknown => nearestName(text, inputNames),
  },
  {
    name: 'a URL',
    texts: ['https://user:word@host.example:8443/x?y=z'],
    read: (text: string): unknown => [isHttpUrl(text), withoutUser(text)],
  },
  { name: 'a pattern', texts: inputLines, read: patternProblem },
  {
    name: 'identities',
    texts: inputLines,
    read: (text: string): unknown =>
      readIdentities(
        (name) => (name.startsWith('certificate-oidc') ? text : ''),
        (name) => (name === 'certificate-identity-regexp' ? readList(text) : []),
      ),
  },
  {
    name: 'arguments of the command',
    texts: ['verify a:1 --key=k.pub -a x=y --output json', 'verify --image --key', '-- --key -k'],
    read: (text: string): unknown =>
      readArguments(
        // No system hands over more.
        text.slice(0, 100_000).split(' '),
        inputNames.map((name) => ({ name, short: name.slice(0, 1) })),
      ),
  },
]
