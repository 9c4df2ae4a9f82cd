import type { NonEmpty, PolicyDemand } from '../verdict/request.js'
import { isRefused, readChoice, type Wrong } from './values.js'

/** Policies of clusters, and manifests whose images are held against them. */
export interface ClusterInputs {
  readonly policies?: PolicyDemand
  readonly manifests: readonly string[]
  /** Folder that pinned manifests are written to; empty: nowhere. */
  readonly pinned: string
  /** File that what each policy and each demand came to is written to; empty: nowhere. */
  readonly report: string
  /** File that a verification summary of each image is written to; empty: nowhere. */
  readonly summaries: string
}

type Text = (
  name: 'no-match-policy' | 'pinned-manifests' | 'policy-values' | 'policy-report' | 'vsa-outfile',
) => string

export function readClusterInputs(
  text: Text,
  list: (name: 'policy' | 'manifests') => readonly string[],
  auditWarns: boolean,
): ClusterInputs | Wrong {
  const [files, manifests] = [unique(list('policy')), unique(list('manifests'))]
  const noMatch = text('no-match-policy')
  const chosen = noMatch === '' ? undefined : readChoice(noMatch, ['deny', 'warn', 'allow'])
  if (isRefused(chosen)) return { ...chosen, input: 'no-match-policy', got: noMatch }
  const pinned = text('pinned-manifests')
  if (pinned !== '' && manifests.length === 0)
    return {
      input: 'pinned-manifests',
      expected: 'manifests, which are written there with digests',
      got: pinned,
    }
  const values = text('policy-values')
  if (values !== '' && files.length === 0)
    return { input: 'policy-values', expected: 'policy, whose variables it gives', got: values }
  const report = text('policy-report')
  const summaries = text('vsa-outfile')
  if (summaries !== '' && files.length === 0)
    return { input: 'vsa-outfile', expected: 'policy, which a verification summary names', got: summaries }
  const [first, ...others] = files
  const named: NonEmpty<string> | undefined = first === undefined ? undefined : [first, ...others]
  return {
    manifests,
    pinned,
    report,
    summaries,
    ...(named && {
      policies: {
        files: named,
        auditWarns,
        ...(chosen !== undefined && { noMatch: chosen }),
        ...(values !== '' && { values }),
      },
    }),
  }
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)]
}
