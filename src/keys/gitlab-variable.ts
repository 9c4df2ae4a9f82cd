import { type JsonObject, textField } from '../evidence/json.js'
import type { Call } from '../network/call.js'
import type { Lookup } from '../network/lookup.js'
import { askKeyService } from './key-answer.js'
import { type KeyLoad, keyInvalid } from './key-source.js'
import { keyFromText } from './pem-text.js'
import { firstVariable, headerText, noToken, serviceUrl, setTo, type Setting } from './service-setting.js'

const usualHost = 'https://gitlab.com'
const variable = 'COSIGN_PUBLIC_KEY'

/**
 * Asks GitLab for the variable of a project, and where there is no such project of the group of that name (REST API,
 * project-level and group-level variables), as cosign does (`pkg/cosign/git/gitlab`).
 */
export async function fetchGitlabKey(reference: string, project: string, call: Call): Promise<KeyLoad> {
  const access = gitlabAccess()
  if (access.kind === 'failed') return access
  const { url, token } = access.value
  const ask = async (kind: 'projects' | 'groups'): Promise<Lookup<JsonObject>> =>
    askKeyService(
      {
        url: new URL(`${url}/api/v4/${kind}/${encodeURIComponent(project)}/variables/${variable}`),
        headers: { 'private-token': token },
        needs: 'the scope read_api, of somebody who may read the CI/CD variables of the project or group',
      },
      call,
    )
  const ofProject = await ask('projects')
  // A project without the variable is not passed over: a group of the same number is somebody else.
  const other = ofProject.kind === 'absent' && !speaksOfVariable(ofProject)
  const answer = other ? await ask('groups') : ofProject
  switch (answer.kind) {
    case 'failed':
      return answer
    case 'absent': {
      const missing = speaksOfVariable(answer) ? 'none, or several' : 'no such project or group'
      return keyInvalid(`${reference}: expected the CI/CD variable ${variable}, got ${missing}`)
    }
    case 'found': {
      const value = textField(answer.value, 'value') ?? ''
      if (value !== '') return keyFromText(`${reference}, ${variable}`, value)
      return keyInvalid(
        `${reference}: expected a PEM in the CI/CD variable ${variable}, got nothing (is it hidden?)`,
      )
    }
  }
}

/** GitLab says what is missing, or that there are several for different environments. */
function speaksOfVariable({ message }: { readonly message: string }): boolean {
  return /variable/i.test(message)
}

interface GitlabAccess {
  /** Without a slash at the end, without `/api/v4`. */
  readonly url: string
  readonly token: string
}

function gitlabAccess(): Setting<GitlabAccess> {
  const host = firstVariable(['GITLAB_HOST'])?.value ?? usualHost
  const url = serviceUrl('GITLAB_HOST', host.includes('://') ? host : `https://${host}`)
  if (url.kind === 'failed') return url
  const given = firstVariable(['GITLAB_TOKEN'])
  if (!given) return noToken('set GITLAB_TOKEN')
  const token = headerText(given.name, given.value)
  if (token.kind === 'failed') return token
  return setTo({ url: url.value.href.replace(/\/+$/, '').replace(/\/api\/v4$/, ''), token: token.value })
}
