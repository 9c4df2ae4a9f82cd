export const id = 5641;
export const ids = [5641,2784];
export const modules = {

/***/ 88022:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readRegistryConfig: () => (/* binding */ readRegistryConfig)
});

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/files/read.ts
var read = __webpack_require__(49823);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: ./src/stores/registry/auth-entry.ts
var auth_entry = __webpack_require__(67053);
// EXTERNAL MODULE: ./src/evidence/s3lo-record.ts + 1 modules
var s3lo_record = __webpack_require__(46794);
;// CONCATENATED MODULE: ./src/stores/registry/pull-secret.ts



/** Where the two types of a pull secret keep the logins (Kubernetes, secrets, "Docker config Secrets"). */
const entries = {
    'kubernetes.io/dockerconfigjson': '.dockerconfigjson',
    'kubernetes.io/dockercfg': '.dockercfg',
};
/** Whether this is something of Kubernetes' rather than docker's configuration. */
function isManifest(value) {
    return (0,json/* isObject */.Gv)(value) && (0,json/* textField */.M8)(value, 'kind') !== undefined;
}
/**
 * The logins of all pull secrets among these manifests, as a pod has those of all its `imagePullSecrets`; of other
 * manifests nothing is looked at. Of a secret only its logins count, as for the kubelet: it names no program to start.
 *
 * @returns docker's `auths`; a text says what is wrong
 */
function loginsIn(manifests) {
    const secrets = manifests.flatMap(itemsOf).filter(isPullSecret);
    if (secrets.length === 0)
        return `expected a Secret of type ${Object.keys(entries).join(' or ')}, got none`;
    const auths = new Map();
    for (const secret of secrets) {
        const own = authsOf(secret);
        if (typeof own === 'string')
            return own;
        for (const [name, entry] of Object.entries(own)) {
            const before = auths.get((0,auth_entry/* placeOf */.$t)(name));
            // Which of two is meant is for nobody to guess.
            if (before && !isSameLogin(before.entry, entry))
                return `expected one login for ${name}, got two that differ`;
            auths.set((0,auth_entry/* placeOf */.$t)(name), { name, entry });
        }
    }
    return Object.fromEntries([...auths.values()].map(({ name, entry }) => [name, entry]));
}
function itemsOf(manifest) {
    if (!isManifest(manifest))
        return [];
    const kind = (0,json/* textField */.M8)(manifest, 'kind');
    return kind === 'List' || kind === 'SecretList' ? ((0,json/* listField */.FZ)(manifest, 'items') ?? []) : [manifest];
}
function isPullSecret(value) {
    if (!isManifest(value))
        return false;
    return (0,json/* textField */.M8)(value, 'kind') === 'Secret' && Object.hasOwn(entries, (0,json/* textField */.M8)(value, 'type') ?? '');
}
function authsOf(secret) {
    const type = (0,json/* textField */.M8)(secret, 'type') ?? '';
    const entry = entries[type] ?? '';
    // What is written in clear wins over what is written in base64, as in a cluster.
    const clear = (0,json/* textField */.M8)((0,json/* objectField */.qV)(secret, 'stringData'), entry);
    const coded = (0,json/* field */.ZZ)((0,json/* objectField */.qV)(secret, 'data'), entry);
    const bytes = clear !== undefined ? Buffer.from(clear) : typeof coded === 'string' ? (0,s3lo_record/* decodeBase64 */.y4)(coded) : undefined;
    if (bytes === undefined)
        return `expected ${entry} in a Secret of type ${type}, got none`;
    if ('illegalAt' in bytes)
        return `expected ${entry} in base64`;
    const config = (0,json/* readObject */.Ag)(bytes);
    const auths = entry === '.dockercfg' ? config : (0,json/* objectField */.qV)(config, 'auths');
    return auths ?? `expected ${entry} to hold docker's configuration with auths, got something else`;
}
function isSameLogin(one, other) {
    return JSON.stringify((0,auth_entry/* readEntry */.hB)(one)) === JSON.stringify((0,auth_entry/* readEntry */.hB)(other));
}

// EXTERNAL MODULE: ./src/stores/registry/token.ts
var token = __webpack_require__(36585);
;// CONCATENATED MODULE: ./src/stores/registry/registry-config.ts






/** A Secret of Kubernetes has at most as much. */
const sizeLimit = 1024 * 1024;
const parts = ['auths', 'credHelpers'];
const secretTexts = ['auth', 'password', 'identitytoken', 'registrytoken'];
const wanted = "docker's configuration with auths, credHelpers or credsStore, or a Secret of type kubernetes.io/dockerconfigjson";
/**
 * Reads docker's configuration or Kubernetes' pull secrets. Whatever is wrong is a wrong input, and no message shows
 * any of it: what is taken for the name of a file may be a password that was pasted.
 *
 * @param given the text itself where it starts with `{` or has several lines; else a file
 */
async function readRegistryConfig(given) {
    const text = await textOf(given);
    if (text.kind !== 'found')
        return text;
    const config = (0,json/* readObject */.Ag)(Buffer.from(text.value));
    const documents = config ? [config] : await documentsIn(text.value);
    if (documents === undefined)
        return wrong(`expected JSON or YAML, got neither; ${wanted}`);
    if (documents.some(isManifest)) {
        const auths = loginsIn(documents);
        return typeof auths === 'string' ? wrong(auths) : check({ auths }, 'kubernetes');
    }
    const [one, ...others] = documents;
    return (0,json/* isObject */.Gv)(one) && others.length === 0 ? check(one, 'docker') : wrong(`expected ${wanted}`);
}
async function textOf(given) {
    if (given.trimStart().startsWith('{') || given.includes('\n'))
        return Buffer.byteLength(given) > sizeLimit ? tooLarge() : (0,lookup/* found */.F9)(given);
    const file = await (0,read/* readWhole */.oD)(given, sizeLimit, 'registry');
    if (file.kind === 'found')
        return (0,lookup/* found */.F9)(Buffer.from(file.value).toString('utf8'));
    if (file.kind === 'absent')
        return wrong(`expected a file or its text, got a line that names no file`);
    if (file.problem.code === 'limit-exceeded')
        return tooLarge();
    return wrong('the file cannot be read');
}
/** Only what is no JSON needs the library. */
async function documentsIn(text) {
    const { yamlDocuments } = await Promise.all(/* import() */[__webpack_require__.e(8815), __webpack_require__.e(1718)]).then(__webpack_require__.bind(__webpack_require__, 71718));
    return yamlDocuments(text);
}
function check(config, rule) {
    const hasStore = typeof (0,json/* field */.ZZ)(config, 'credsStore') === 'string';
    // A file of another kind has none of them: the key of a service account, say.
    if (!hasStore && !parts.some((part) => Object.hasOwn(config, part)))
        return wrong(`expected ${wanted}`);
    for (const part of parts)
        if (Object.hasOwn(config, part) && !(0,json/* isObject */.Gv)(config[part]))
            return wrong(`expected ${part} to be an object`);
    const auths = (0,json/* objectField */.qV)(config, 'auths') ?? {};
    for (const [name, entry] of Object.entries(auths)) {
        const isEntry = (0,json/* isObject */.Gv)(entry) && ['username', ...secretTexts].every((one) => isTextOrNone((0,json/* field */.ZZ)(entry, one)));
        if (!isEntry || (0,auth_entry/* readEntry */.hB)(entry) === undefined)
            return wrong(`the entry for ${name} cannot be read`);
    }
    return (0,lookup/* found */.F9)({ config, rule, secrets: Object.values(auths).flatMap(secretsOf) });
}
/** A login or token beside the one that is used is a secret too. */
function secretsOf(entry) {
    const written = secretTexts.flatMap((name) => (0,json/* textField */.M8)((0,json/* isObject */.Gv)(entry) ? entry : undefined, name) ?? []);
    const [auth, username, password] = ['auth', 'username', 'password'].map((name) => (0,json/* textField */.M8)((0,json/* isObject */.Gv)(entry) ? entry : undefined, name));
    const logins = [auth !== undefined && { auth }, username !== undefined && { username, password }].map(auth_entry/* readEntry */.hB);
    const travelling = logins.flatMap((login) => login?.kind === 'login' ? [login.password, (0,token/* basic */.H)(login).replace(/^Basic /, '')] : []);
    return [...written, ...travelling];
}
function isTextOrNone(value) {
    return value === undefined || typeof value === 'string';
}
function tooLarge() {
    return wrong(`larger than ${sizeLimit} bytes`);
}
function wrong(message) {
    return (0,lookup/* failed */.gz)('input-invalid', `registry-config: ${message}`);
}


/***/ })

};
