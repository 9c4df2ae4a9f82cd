import { keyName } from './inline.js'
import { type KeySource, keyInvalid } from './key-source.js'

const scheme = 'gitlab://'
/** A number, or a path as GitLab allows it: nothing else becomes a part of a URL. */
const shape = /^(?:[1-9]\d{0,17}|\w[\w.-]{0,254}(?:\/\w[\w.-]{0,254}){0,20})$/

/** `gitlab://<project>`: the CI/CD variable `COSIGN_PUBLIC_KEY` of a project or group, by path or number. */
export const gitlabKey: KeySource = {
  matches: (reference) => reference.startsWith('gitlab:'),
  load: async (reference, call) => {
    const project = reference.startsWith(scheme) ? reference.slice(scheme.length) : ''
    if (!shape.test(project)) {
      const wanted = 'expected gitlab://<owner>/<project>, gitlab://<group> or gitlab://<number>'
      return keyInvalid(`${keyName(reference)}: ${wanted}`)
    }
    // HTTP and TLS are loaded for such references only.
    const { fetchGitlabKey } = await import('./gitlab-variable.js')
    return fetchGitlabKey(reference, project, call)
  },
}
