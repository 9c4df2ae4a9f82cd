import { fieldsOfType, isRegistered, typeHint } from './attestation-types.js'
import type { Functionary } from './functionary.js'
import type { RequiredAttestation, Step, WitnessPolicy } from './policy-model.js'
import type { Profile } from './profile.js'
import { problemAt, type Reading, type Spot, warnAt } from './reading.js'
import { hasDeny, inputFields } from './rego-text.js'
import { subjectMatchFields, subjectMatchPackage } from './subject-match.js'

/** What the parts of a policy say of each other: names that lead nowhere, rules that never deny. */
export function lintPolicy(policy: WitnessPolicy, reading: Reading, profile: Profile): void {
  const spot = (path: string): Spot => ({ reading, path, values: [] })
  // Nothing to verify is no pass: witness passes such a policy.
  if (policy.steps.size === 0 && policy.externals.size === 0)
    problemAt(spot('steps'), 'policy has no steps or external attestations to verify')
  for (const step of policy.steps.values()) {
    lintNames(step, policy, spot)
    lintFunctionaries(step.functionaries, step.path, policy, spot)
    if (step.attestations.length === 0)
      warnAt(spot(`${step.path}.attestations`), `expected attestations: ${emptyMeans(profile)}`)
    const shaped = step.attestationsFrom.length > 0 || step.externalFrom.length > 0
    for (const rules of step.attestations) {
      const hint = typeHint(rules.type, profile)
      if (hint !== undefined) warnAt(spot(`${rules.path}.type`), `${rules.type}: ${hint}`)
      else if (profile.unregisteredTypes === 'refused' && !isRegistered(rules.type, profile))
        warnAt(spot(`${rules.path}.type`), `${rules.type}: ${profile.tool} reads no attestation of it`)
      lintRules(rules, shaped, spot, profile)
    }
  }
  for (const external of policy.externals.values()) {
    lintFunctionaries(external.functionaries, external.path, policy, spot)
    lintRules(external.rules, false, spot, profile)
  }
  const cycle = cycleIn(policy.steps)
  if (cycle) problemAt(spot('steps'), `circular dependency detected: ${cycle.join(' -> ')}`)
}

function emptyMeans({ noAttestations }: Profile): string {
  return noAttestations === 'reject' ? 'the step can never pass' : 'any collection of that name passes'
}

function lintNames(step: Step, { steps, externals }: WitnessPolicy, spot: (path: string) => Spot): void {
  for (const field of ['artifactsFrom', 'attestationsFrom'] as const) {
    for (const name of step[field]) {
      if (!steps.has(name))
        problemAt(
          spot(`${step.path}.${field}`),
          `step "${step.name}" references unknown step "${name}" in ${field}`,
        )
      else if (name === step.name && field === 'attestationsFrom')
        problemAt(spot(`${step.path}.${field}`), `step '${name}' cannot depend on itself`)
    }
  }
  for (const name of step.externalFrom) {
    if (!externals.has(name))
      problemAt(
        spot(`${step.path}.externalFrom`),
        `step "${step.name}" references unknown external "${name}"`,
      )
  }
}

function lintFunctionaries(
  functionaries: readonly Functionary[],
  path: string,
  { keys, roots }: WitnessPolicy,
  spot: (path: string) => Spot,
): void {
  functionaries.forEach(({ publicKeyId, constraint }, index) => {
    const at = `${path}.functionaries[${index}]`
    if (publicKeyId === '' && constraint === undefined)
      warnAt(spot(at), 'expected publickeyid or certConstraint: nobody is this functionary')
    // A certificate's key need not be listed.
    if (publicKeyId !== '' && roots.size === 0 && !keys.some(({ keyId }) => keyId === publicKeyId))
      warnAt(spot(`${at}.publickeyid`), `expected the id of one of publickeys, got ${publicKeyId}`)
    for (const id of constraint?.roots ?? []) {
      if (id !== '*' && !roots.has(id))
        warnAt(
          spot(`${at}.certConstraint.roots`),
          `expected the id of one of roots, got ${JSON.stringify(id)}`,
        )
    }
  })
}

function lintRules(
  { modules, type, path, aiPolicies }: RequiredAttestation,
  shaped: boolean,
  spot: (path: string) => Spot,
  profile: Profile,
): void {
  const names = new Set<string>()
  const packages = new Set<string>()
  const known = shaped ? new Set(['attestation', 'steps', 'external']) : fieldsOfType(type)
  modules.forEach((module, index) => {
    const at = spot(`${path}.regopolicies[${index}]`)
    if (names.has(module.name))
      warnAt(
        at,
        `the name ${JSON.stringify(module.name)} is given twice: the last module replaces the others`,
      )
    names.add(module.name)
    if (module.reference !== undefined && packages.has(module.reference))
      warnAt(at, `the package ${module.reference} is given twice`)
    packages.add(module.reference ?? '')
    if (!hasDeny(module)) warnAt(at, 'it has no rule deny, so that it never denies anything')
    for (const name of known === undefined ? [] : inputFields(module)) {
      const given = module.reference === subjectMatchPackage && subjectMatchFields.includes(name)
      if (!known?.has(name) && !given)
        warnAt(
          at,
          `input.${name} is never there (${shaped ? 'attestation, steps and external are' : type}): a rule about it never fires`,
        )
    }
  })
  if (aiPolicies > 0)
    warnAt(
      spot(`${path}.aipolicies`),
      profile.cilockFields
        ? 'rules in prose are not judged here: it can never pass'
        : `${profile.tool} passes over it`,
    )
}

/** A circle of attestationsFrom, beginning and ending with the same step. */
function cycleIn(steps: ReadonlyMap<string, Step>): readonly string[] | undefined {
  const done = new Set<string>()
  for (const start of [...steps.keys()].sort()) {
    const path: string[] = []
    // By hand, not by recursion: a policy may have as many steps as fit into its bytes.
    const stack: { readonly name: string; readonly leave: boolean }[] = [{ name: start, leave: false }]
    const open = new Set<string>()
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { name, leave } = top
      if (leave) {
        path.pop()
        open.delete(name)
        done.add(name)
        continue
      }
      if (open.has(name)) return [...path.slice(path.indexOf(name)), name]
      if (done.has(name)) continue
      path.push(name)
      open.add(name)
      stack.push({ name, leave: true })
      for (const from of steps.get(name)?.attestationsFrom ?? []) {
        if (from !== name && steps.has(from)) stack.push({ name: from, leave: false })
      }
    }
  }
  return undefined
}
