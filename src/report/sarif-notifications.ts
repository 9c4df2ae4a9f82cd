import type { Code, FailureClass } from '../verdict/codes.js'
import type { Failure, Result } from '../verdict/result.js'
import { outcomeOf } from './outcomes.js'
import { said } from './sarif-results.js'
import { ruleIndexOf } from './sarif-rules.js'

/** More of a kind would only repeat themselves; the last one says how many there are. */
const most = 100

interface Notification {
  readonly level: 'error' | 'warning' | 'note'
  readonly message: { readonly text: string }
  readonly associatedRule?: { readonly id: Code; readonly index: number }
}

export interface Notifications {
  readonly toolExecutionNotifications: readonly Notification[]
  readonly toolConfigurationNotifications: readonly Notification[]
}

/**
 * What kept the run from finding out, which is about the run and not about the images: an outage as a condition of its
 * execution, a mistake as one of its configuration. Warnings, and images that nobody checked, are told too.
 */
export function notificationsOf(result: Result): Notifications {
  const { images, warnings } = result
  const unchecked = images.filter((image) => outcomeOf(image) === 'not-checked').length
  const told: readonly Notification[] = [
    ...cut(warnings.map((warning) => ({ level: 'warning' as const, message: said([warning]) }))),
    ...(unchecked === 0 ? [] : [{ level: 'note' as const, message: said([notChecked(unchecked)]) }]),
  ]
  return {
    toolExecutionNotifications: [...failuresOf(result, 'infrastructure'), ...told],
    toolConfigurationNotifications: failuresOf(result, 'configuration'),
  }
}

function notChecked(count: number): string {
  return count === 1
    ? '1 image is not checked: no policy covers it'
    : `${count} images are not checked: no policy covers them`
}

function failuresOf({ images, failure }: Result, kind: FailureClass): readonly Notification[] {
  const failed = images.flatMap(({ reference, failure: own, allowed }) =>
    own?.class === kind && !allowed ? [notify(own, `${reference}: `)] : [],
  )
  const isSaid = images.some((image) => image.failure?.message === failure?.message && !image.allowed)
  return cut(failure?.class === kind && !isSaid ? [notify(failure, ''), ...failed] : failed)
}

function notify({ code, message }: Failure, about: string): Notification {
  return {
    level: 'error',
    message: said([`${about}${message}`]),
    associatedRule: { id: code, index: ruleIndexOf(code) },
  }
}

function cut(all: readonly Notification[]): readonly Notification[] {
  const [first] = all.slice(most - 1)
  if (all.length <= most || !first) return all
  const rest = said([`${all.length - most + 1} more of these: the result file has all of them`])
  return [...all.slice(0, most - 1), { level: first.level, message: rest }]
}
