import {
  fieldsOf,
  isThere,
  type Place,
  placeOf,
  problemAt,
  readChoice,
  readFlag,
  readList,
  readRaw,
  readText,
  readTexts,
  readWhole,
  type Reading,
  required,
} from '../fields.js'
import type { Located } from '../located.js'
import type { FailureAction, FailureActionOverride, KyvernoPolicy, Note } from './model.js'
import { readMetadata } from './read-metadata.js'
import { readRule } from './read-rule.js'
import { readSelector } from './read-match.js'

const versions = ['kyverno.io/v1', 'kyverno.io/v2beta1'] as const

const specFields = [
  'rules',
  'applyRules',
  'failurePolicy',
  'validationFailureAction',
  'validationFailureActionOverrides',
  'emitWarning',
  'auditWarning',
  'admission',
  'background',
  'schemaValidation',
  'webhookTimeoutSeconds',
  'webhookConfiguration',
  'mutateExistingOnPolicyUpdate',
  'generateExistingOnPolicyUpdate',
  'generateExisting',
  'useServerSideApply',
] as const

/**
 * Reads a ClusterPolicy or Policy by Kyverno's schema and its checks at load (api/kyverno/v1 at v1.19). What Kyverno's
 * CLI drops in silence, an unknown field or value, is a problem here.
 *
 * @returns undefined when the document is no mapping; else a policy that counts only without problems
 */
export function readPolicy(reading: Reading, document: Located): KyvernoPolicy | undefined {
  const whole = placeOf(reading, document)
  const top = fieldsOf(whole, ['apiVersion', 'kind', 'metadata', 'spec', 'status'])
  if (document.kind !== 'map') return undefined
  const version = readChoice(top('apiVersion'), versions)
  const kind = readChoice(top('kind'), ['ClusterPolicy', 'Policy']) ?? 'ClusterPolicy'
  const metadata = readMetadata(top('metadata'))
  const notes: Note[] = []
  const origin = { file: reading.file, line: document.line }

  const spec = top('spec')
  required(spec)
  const at = fieldsOf(spec, specFields)
  const failureAction = readAction(at('validationFailureAction')) ?? 'Audit'
  const webhook = readWebhook(at('webhookConfiguration'), notes)
  const timeout = readWhole(at('webhookTimeoutSeconds'), 1, 30)
  const failurePolicy = readChoice(at('failurePolicy'), ['Fail', 'Ignore'])
  if (timeout !== undefined && webhook.timeout !== undefined)
    problemAt(
      at('webhookTimeoutSeconds'),
      'spec.webhookTimeoutSeconds: given in spec.webhookConfiguration too',
    )
  if (failurePolicy !== undefined && webhook.failurePolicy !== undefined)
    problemAt(at('failurePolicy'), 'spec.failurePolicy: given in spec.webhookConfiguration too')
  if (readFlag(at('admission')) === false)
    notes.push({
      kind: 'not-evaluated',
      loud: true,
      message: `policy ${metadata.name} has admission: false, so a cluster only reports with it; here it counts`,
      origin,
    })
  readFlag(at('background'))
  for (const name of ['emitWarning', 'auditWarning', 'schemaValidation'] as const) readFlag(at(name))

  const overrides = at('validationFailureActionOverrides')
  if (kind === 'Policy' && isThere(overrides))
    problemAt(overrides, `${overrides.path}: only a ClusterPolicy may have overrides`)

  const rules = readList(at('rules')).map((rule) =>
    readRule(rule, {
      oldForms: version !== 'kyverno.io/v2beta1',
      namespaced: kind === 'Policy',
      failureAction,
      notes,
    }),
  )
  const names = new Set<string>()
  for (const rule of rules) {
    if (names.has(rule.name))
      problemAt(
        { reading, path: `${rule.path}.name`, line: rule.origin.line, node: undefined },
        `${rule.path}.name: another rule of the policy is called ${JSON.stringify(rule.name)}`,
      )
    names.add(rule.name)
  }
  const actionTimeout = webhook.timeout ?? timeout
  return {
    kind,
    name: metadata.name,
    ...(kind === 'Policy' && { namespace: metadata.namespace ?? 'default' }),
    origin,
    annotations: metadata.annotations,
    rules,
    applyRules: readChoice(at('applyRules'), ['All', 'One']) ?? 'All',
    failureAction,
    failureActionOverrides: readList(overrides).map(readOverride),
    failurePolicy: webhook.failurePolicy ?? failurePolicy ?? 'Fail',
    ...(actionTimeout !== undefined && { timeoutSeconds: actionTimeout }),
    scored: metadata.annotations.get('policies.kyverno.io/scored') !== 'false',
    notes,
  }
}

/** `enforce` and `audit` are older spellings. */
export function readAction(place: Place): FailureAction | undefined {
  const text = readChoice(place, ['Audit', 'Enforce', 'audit', 'enforce'])
  if (text === undefined) return undefined
  return text.toLowerCase() === 'enforce' ? 'Enforce' : 'Audit'
}

function readOverride(place: Place): FailureActionOverride {
  const at = fieldsOf(place, ['action', 'namespaces', 'namespaceSelector'])
  const namespaceSelector = readSelector(at('namespaceSelector'))
  return {
    action: readAction(at('action')) ?? 'Audit',
    namespaces: readTexts(at('namespaces')),
    ...(namespaceSelector && { namespaceSelector }),
  }
}

function readWebhook(
  place: Place,
  notes: Note[],
): { readonly timeout: number | undefined; readonly failurePolicy: 'Fail' | 'Ignore' | undefined } {
  const at = fieldsOf(place, ['failurePolicy', 'timeoutSeconds', 'matchConditions'])
  for (const condition of readList(at('matchConditions'))) {
    const of = fieldsOf(condition, ['name', 'expression'])
    notes.push({
      kind: 'not-evaluated',
      loud: true,
      message: `${condition.path} ${readText(of('name')) ?? ''}: a cluster calls the policy only where this CEL condition holds; here the policy covers the rest too`,
      origin: { file: place.reading.file, line: condition.line },
    })
    readRaw(of('expression'))
  }
  return {
    timeout: readWhole(at('timeoutSeconds'), 1, 30),
    failurePolicy: readChoice(at('failurePolicy'), ['Fail', 'Ignore']),
  }
}
