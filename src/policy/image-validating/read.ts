import {
  flagOf,
  has,
  objectOf,
  openResource,
  refuse,
  startReading,
  textOf,
  textsOf,
  valueOf,
  warn,
  type Fields,
  type Reading,
} from '../cluster-image/fields.js'
import type { PolicyNote } from '../problem.js'
import { readMetadata } from '../cluster-image/read-metadata.js'
import { type Located, topText } from '../located.js'
import { problemsOf } from './compile.js'
import { type ExpressionException, readExpressionException } from './exception.js'
import { canGenerate, knownControllers, readMatchConstraints } from './match-constraints.js'
import type { ImageValidatingPolicy } from './model.js'
import { readAttestations, readAttestors } from './read-attestor.js'
import { readImageMatches, readNamed, readValidations } from './read-expressions.js'

const group = 'policies.kyverno.io'
const kinds = ['ImageValidatingPolicy', 'NamespacedImageValidatingPolicy'] as const
const versions = ['v1', 'v1beta1', 'v1alpha1'] as const

/** The ImageValidatingPolicies of a file. With a problem in it nothing is given. */
export interface ImageValidatingFile {
  readonly policies: readonly ImageValidatingPolicy[]
  readonly exceptions: readonly ExpressionException[]
  /** Documents that are something else. */
  readonly others: readonly { readonly apiVersion: string; readonly kind: string; readonly line: number }[]
  readonly problems: readonly PolicyNote[]
  readonly warnings: readonly PolicyNote[]
}

/** Reads the ImageValidatingPolicies of a file; every expression of them must compile. */
export function readImageValidatingFile(file: string, documents: readonly Located[]): ImageValidatingFile {
  const reading = startReading(file)
  const policies: ImageValidatingPolicy[] = []
  const exceptions: ExpressionException[] = []
  const others: { apiVersion: string; kind: string; line: number }[] = []
  for (const node of documents) {
    const apiVersion = topText(node, 'apiVersion') ?? ''
    const said = topText(node, 'kind') ?? ''
    const kind = kinds.find((one) => one === said)
    if (said === 'PolicyException' && apiVersion.startsWith(`${group}/`)) {
      const exception = readExpressionException(reading, node)
      if (exception) exceptions.push(exception)
      continue
    }
    if (kind === undefined || !apiVersion.startsWith(`${group}/`)) {
      others.push({ apiVersion, kind: said, line: node.line })
      continue
    }
    const version = versions.find((one) => apiVersion === `${group}/${one}`)
    if (version === undefined) {
      const message = `expected ${versions.map((one) => `${group}/${one}`).join(', ')}, got ${apiVersion}`
      reading.problems.push({ file, line: node.line, field: 'apiVersion', message })
      continue
    }
    const policy = readPolicy(reading, node, kind, version)
    if (policy) policies.push(policy)
  }
  const { problems, warnings } = reading
  const isWhole = problems.length === 0
  return {
    policies: isWhole ? policies : [],
    exceptions: isWhole ? exceptions : [],
    others,
    problems,
    warnings,
  }
}

const fieldsOfSpec = [
  'matchConstraints',
  'matchConditions',
  'variables',
  'validationActions',
  'failurePolicy',
  'validationConfigurations',
  'matchImageReferences',
  'credentials',
  'images',
  'attestors',
  'attestations',
  'validations',
  'auditAnnotations',
  'autogen',
  'evaluation',
  'webhookConfiguration',
]

function readPolicy(
  reading: Reading,
  node: Located,
  kind: ImageValidatingPolicy['kind'],
  version: ImageValidatingPolicy['version'],
): ImageValidatingPolicy | undefined {
  const before = reading.problems.length
  const document = openResource(reading, node)
  if (document === undefined) return undefined
  const metadata = readMetadata(document)
  const spec = objectOf(document, 'spec', fieldsOfSpec)
  if (spec === undefined) {
    if (!has(document, 'spec')) refuse(document, undefined, { message: 'expected a spec' })
    return undefined
  }
  if (metadata === undefined) return undefined
  for (const name of ['attestors', 'validations']) {
    if (valueOf(spec, name) === undefined)
      refuse(spec, undefined, { message: `expected "${name}", got none` })
  }
  const configurations = objectOf(spec, 'validationConfigurations', [
    'mutateDigest',
    'verifyDigest',
    'required',
  ])
  const flag = (name: string): boolean => (configurations && flagOf(configurations, name)) ?? true
  const evaluation = objectOf(spec, 'evaluation', ['mode', 'admission', 'background'])
  const matchConstraints = readMatchConstraints(spec)
  const autogen = readAutogen(spec)
  const credentials = readCredentials(spec)
  const namespace =
    kind === 'NamespacedImageValidatingPolicy'
      ? (textOf(metadata.fields, 'namespace') ?? 'default')
      : undefined
  const policy: ImageValidatingPolicy = {
    kind,
    version,
    name: metadata.name,
    ...(namespace !== undefined && { namespace }),
    file: reading.file,
    line: node.line,
    mode: (evaluation && choice(evaluation, 'mode', ['Kubernetes', 'JSON'] as const)) ?? 'Kubernetes',
    ...(matchConstraints && { matchConstraints }),
    matchConditions: readNamed(spec, 'matchConditions'),
    variables: readNamed(spec, 'variables'),
    validationActions: readActions(spec),
    failurePolicy: choice(spec, 'failurePolicy', ['Fail', 'Ignore'] as const) ?? 'Fail',
    mutateDigest: flag('mutateDigest'),
    verifyDigest: flag('verifyDigest'),
    required: flag('required'),
    matchImageReferences: readImageMatches(spec),
    images: readNamed(spec, 'images'),
    attestors: readAttestors(spec),
    attestations: readAttestations(spec),
    validations: readValidations(spec),
    ...(autogen && { autogen }),
    ...(credentials && { credentials }),
  }
  warnOfSilence(spec, policy)
  if (reading.problems.length === before) {
    for (const { field, line, message } of problemsOf(policy)) {
      reading.problems.push({
        file: reading.file,
        line,
        field,
        message,
        peerReason: `failed to compile policy: ${message}`,
      })
    }
  }
  return reading.problems.length > before ? undefined : policy
}

function choice<Name extends string>(fields: Fields, name: string, of: readonly Name[]): Name | undefined {
  const said = textOf(fields, name)
  const found = of.find((one) => one === said)
  if (said !== undefined && found === undefined)
    refuse(fields, name, { message: `expected ${of.join(' or ')}, got "${said}"` })
  return found
}

function readActions(spec: Fields): ImageValidatingPolicy['validationActions'] {
  const known = ['Deny', 'Audit', 'Warn'] as const
  const said = textsOf(spec, 'validationActions')
  for (const one of said) {
    if (!known.some((action) => action === one)) {
      refuse(spec, 'validationActions', { message: `expected Deny, Audit or Warn, got "${one}"` })
    }
  }
  return said.length === 0 ? ['Deny'] : known.filter((action) => said.includes(action))
}

function readAutogen(spec: Fields): readonly string[] | undefined {
  const autogen = objectOf(spec, 'autogen', ['podControllers'])
  const controllers = autogen && objectOf(autogen, 'podControllers', ['controllers'])
  if (controllers === undefined || !has(controllers, 'controllers')) return undefined
  const names = textsOf(controllers, 'controllers')
  for (const name of names) {
    if (!knownControllers.includes(name)) {
      refuse(controllers, 'controllers', {
        message: `expected some of ${knownControllers.join(', ')}, got "${name}"`,
      })
    }
  }
  return names
}

function readCredentials(spec: Fields): ImageValidatingPolicy['credentials'] {
  const fields = objectOf(spec, 'credentials', ['allowInsecureRegistry', 'providers', 'secrets'])
  if (fields === undefined) return undefined
  const secrets = textsOf(fields, 'secrets')
  if (secrets.length > 0) {
    warn(fields, 'secrets', {
      message: 'the Secrets are in the cluster: the credentials of this step are used instead',
    })
  }
  return {
    allowInsecureRegistry: flagOf(fields, 'allowInsecureRegistry') ?? false,
    providers: textsOf(fields, 'providers'),
    secrets,
  }
}

function warnOfSilence(spec: Fields, policy: ImageValidatingPolicy): void {
  const { matchConstraints, validations, required, validationActions } = policy
  if (!required) {
    warn(spec, 'validationConfigurations', {
      message: 'required is off: an image that no expression verifies passes',
    })
  }
  if (validations.length === 0)
    warn(spec, 'validations', { message: 'without validations nothing is verified' })
  if (!validationActions.includes('Deny')) {
    warn(spec, 'validationActions', { message: 'without Deny a cluster admits what fails' })
  }
  if (has(spec, 'auditAnnotations'))
    warn(spec, 'auditAnnotations', { message: 'not evaluated here: nothing is audited' })
  if (policy.mode === 'Kubernetes' && matchConstraints === undefined) {
    warn(spec, undefined, { message: 'without matchConstraints the policy is for no resource' })
  }
  const pods = matchConstraints?.resourceRules.some(({ resources }) => resources.includes('pods')) === true
  if (matchConstraints && pods && !canGenerate(matchConstraints)) {
    warn(spec, 'matchConstraints', {
      message:
        'no rules are made for Deployments and other controllers of Pods: the match is more than Pods, or selects',
    })
  }
}
