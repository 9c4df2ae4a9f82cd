export const id = 1410;
export const ids = [1410,4847];
export const modules = {

/***/ 41410:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fetchAzureKey: () => (/* binding */ fetchAzureKey)
});

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/network/azure-cloud.ts
var azure_cloud = __webpack_require__(32957);
// EXTERNAL MODULE: ./src/network/azure-login.ts + 1 modules
var azure_login = __webpack_require__(44847);
// EXTERNAL MODULE: ./src/network/call.ts
var network_call = __webpack_require__(48104);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: ./src/network/refusal.ts
var network_refusal = __webpack_require__(20014);
// EXTERNAL MODULE: ./src/network/relay.ts
var network_relay = __webpack_require__(6499);
// EXTERNAL MODULE: ./src/network/status.ts
var network_status = __webpack_require__(54846);
// EXTERNAL MODULE: ./src/network/url.ts
var network_url = __webpack_require__(49263);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./src/verify/public-key.ts
var public_key = __webpack_require__(83222);
;// CONCATENATED MODULE: ./src/keys/azure-json-web-key.ts




const expected = 'expected an EC key on P-256, P-384 or P-521, or an RSA key';
const curves = ['P-256', 'P-384', 'P-521'];
/**
 * Reads a KeyBundle of Key Vault (REST 7.4: `key` is a JSON Web Key, RFC 7517, whose type may end in `-HSM`;
 * `attributes.enabled`). A validity that is over bars a key from signing, not its signatures from being checked.
 *
 * @param version how the version is called in messages
 */
function readAzureKey(version, document) {
    const key = (0,json/* objectField */.qV)(document, 'key');
    const type = (0,json/* textField */.M8)(key, 'kty');
    if (type === undefined) {
        return (0,lookup/* failed */.gz)('response-invalid', `${version}: Key Vault answered without a key`, 'key');
    }
    const refused = (why) => (0,lookup/* absent */.Ge)(`${version}: ${why}`);
    if ((0,json/* field */.ZZ)((0,json/* objectField */.qV)(document, 'attributes'), 'enabled') === false)
        return refused('the key is disabled');
    const operations = (0,json/* listField */.FZ)(key, 'key_ops');
    if (operations && !operations.includes('verify') && !operations.includes('sign')) {
        return refused(`expected a key that signs, got one for ${operations.join(', ') || 'nothing'}`);
    }
    const plain = type.replace(/-HSM$/, '');
    const curve = (0,json/* textField */.M8)(key, 'crv');
    if (plain === 'EC' && !curves.includes(curve)) {
        return refused(`${expected}, got one on ${curve ?? 'no curve'}`);
    }
    if (plain !== 'EC' && plain !== 'RSA')
        return refused(`${expected}, got one of type ${type}`);
    const fields = plain === 'EC' ? ['crv', 'x', 'y'] : ['n', 'e'];
    const spki = spkiOf(plain, fields.map((name) => [name, (0,json/* textField */.M8)(key, name)]));
    if (spki === undefined) {
        return (0,lookup/* failed */.gz)('response-invalid', `${version}: Key Vault answered with a key that is none`, 'key');
    }
    const read = (0,public_key/* publicKeyFromSpki */.W8)(spki);
    return read.kind === 'key' ? (0,lookup/* found */.F9)(read.key) : refused(read.reason);
}
function spkiOf(kty, fields) {
    if (fields.some(([, value]) => value === undefined))
        return undefined;
    try {
        const key = (0,external_node_crypto_.createPublicKey)({ key: { kty, ...Object.fromEntries(fields) }, format: 'jwk' });
        return key.export({ format: 'der', type: 'spki' });
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./src/keys/key-source.ts
var key_source = __webpack_require__(13353);
// EXTERNAL MODULE: ./src/keys/versions.ts
var keys_versions = __webpack_require__(97619);
;// CONCATENATED MODULE: ./src/keys/azure-key-vault-client.ts












/** Of Key Vault's REST; vaults and managed HSMs know it. */
const apiVersion = '7.4';
const getRight = 'keys/get, or Microsoft.KeyVault/vaults/keys/read with RBAC (in Key Vault Reader)';
const listRight = `keys/list, or Microsoft.KeyVault/vaults/keys/read with RBAC (in Key Vault Reader), or a version in the reference`;
/** Asks Key Vault (REST) for the key of the version named, or of every version that is enabled. */
async function fetchAzureKey(reference, name, call) {
    const relay = (0,network_relay/* openRelay */.W)('key');
    const authority = (0,azure_cloud/* azureAuthority */.x)(name.host, process.env);
    if (authority.kind === 'refused') {
        return {
            kind: 'failed',
            problem: { code: 'input-invalid', message: `${reference}: ${authority.reason}` },
        };
    }
    const purpose = {
        what: reference,
        scope: (0,azure_cloud/* azureScope */.k)(name.host),
        service: 'key',
        authority: authority.url,
    };
    const login = await (0,network_call/* ask */.k)('log in to Azure', 'key', call, () => (0,azure_login.logInToAzure)(purpose, relay, call));
    if (login.kind === 'failed')
        return login;
    // As a login step that failed would leave it.
    if (login.kind === 'absent') {
        return { kind: 'failed', problem: { code: 'denied', message: login.message, service: 'key' } };
    }
    const session = { name, token: login.value, relay, call };
    if (name.version !== undefined) {
        const one = await getKey(name.version, session);
        if (one.kind === 'absent')
            return (0,key_source/* keyInvalid */.r)(one.message);
        return one.kind === 'found' ? (0,key_source/* oneKey */.G)(one.value) : one;
    }
    const listed = await listVersions(session);
    if (listed.kind === 'failed')
        return listed;
    if (listed.kind === 'absent')
        return (0,key_source/* keyInvalid */.r)(listed.message);
    const versions = await Promise.all(listed.value.map(async (version) => {
        return { version, lookup: await getKey(version, session) };
    }));
    return (0,keys_versions/* keyOfVersions */.I)(reference, versions);
}
async function getKey(version, session) {
    const { host, key } = session.name;
    const what = `azurekms://${host}/${key}/${version}`;
    const document = await get(new URL(`https://${host}/keys/${key}/${version}`), what, getRight, session);
    if (document.kind !== 'found')
        return document;
    const id = (0,json/* textField */.M8)((0,json/* objectField */.qV)(document.value, 'key'), 'kid');
    if (versionIn(id, session.name) !== version.toLowerCase()) {
        return (0,lookup/* failed */.gz)('response-invalid', `${what}: Key Vault answered with another key`, 'key');
    }
    return readAzureKey(what, document.value);
}
/** The enabled versions, the newest first. */
async function listVersions(session) {
    const { name } = session;
    const what = `azurekms://${name.host}/${name.key}`;
    const invalid = (why) => (0,lookup/* failed */.gz)('response-invalid', `${what}: ${why}`, 'key');
    const versions = [];
    let url = new URL(`https://${name.host}/keys/${name.key}/versions`);
    for (let pages = 0; url; pages++) {
        const page = await get(url, what, listRight, session);
        if (page.kind !== 'found')
            return page;
        const items = (0,json/* listField */.FZ)(page.value, 'value');
        if (items === undefined || pages > keys_versions/* mostVersions */.z)
            return invalid('Key Vault answered with no list of versions');
        for (const item of items) {
            const entry = (0,json/* isObject */.Gv)(item) ? item : undefined;
            const version = versionIn((0,json/* textField */.M8)(entry, 'kid'), name);
            if (version === undefined)
                return invalid('Key Vault listed a version of another key');
            const attributes = (0,json/* objectField */.qV)(entry, 'attributes');
            if ((0,json/* field */.ZZ)(attributes, 'enabled') === false)
                continue;
            versions.push({ version, created: Number((0,json/* field */.ZZ)(attributes, 'created') ?? 0) });
        }
        if (versions.length > keys_versions/* mostVersions */.z) {
            const message = `${what}: more than ${keys_versions/* mostVersions */.z} enabled versions; name the one that signed`;
            return (0,lookup/* failed */.gz)('limit-exceeded', message, 'key');
        }
        const next = nextPage((0,json/* field */.ZZ)(page.value, 'nextLink'), url);
        // The token goes to this vault only.
        if (next === 'elsewhere')
            return invalid('Key Vault continues its list at another host');
        url = next;
    }
    return (0,lookup/* found */.F9)(versions.sort((a, b) => b.created - a.created).map(({ version }) => version));
}
function nextPage(link, from) {
    if (link === undefined || link === null || link === '')
        return undefined;
    if (typeof link !== 'string' || !URL.canParse(link))
        return 'elsewhere';
    const next = new URL(link);
    return next.origin === from.origin && next.username === '' ? next : 'elsewhere';
}
/** The version that a key id names (`https://<host>/keys/<key>/<version>`); undefined when it is of another key. */
function versionIn(id, { key }) {
    if (id === undefined)
        return undefined;
    const [, named = '', version] = /^https:\/\/[^/]+\/keys\/([^/]+)\/([0-9a-zA-Z]{1,64})$/.exec(id) ?? [];
    return named.toLowerCase() === key.toLowerCase() ? version?.toLowerCase() : undefined;
}
/** @param right what the caller must be allowed, for the message */
async function get(url, what, right, session) {
    const { token, relay, call } = session;
    const asked = new URL(url);
    asked.searchParams.set('api-version', apiVersion);
    return (0,network_call/* ask */.k)(`GET ${(0,network_url/* shown */.SP)(asked)}`, 'key', call, async () => {
        const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
        const reply = await relay.send({ url: asked, headers }, call);
        return reply.kind === 'found' ? readReply(reply.value, what, right, relay) : reply;
    });
}
function readReply(reply, what, right, { clean }) {
    const { status, headers, body } = reply;
    if (status === 200) {
        const document = (0,json/* readObject */.Ag)(body);
        return document
            ? (0,lookup/* found */.F9)(document)
            : (0,lookup/* failed */.gz)('response-invalid', `${what}: Key Vault answered with something else than JSON`, 'key');
    }
    const refusal = (0,network_refusal/* readRefusal */.n)(body);
    const said = refusal ? clean(`${refusal.code} (${status}): ${refusal.message}`) : `status ${status}`;
    // These it says itself; a page with 404 may be anybody's.
    if (status === 404 && refusal?.code === 'KeyNotFound')
        return (0,lookup/* absent */.Ge)(`${what}: ${said}`);
    if (status === 400 && refusal?.code === 'BadParameter')
        return (0,lookup/* absent */.Ge)(`${what}: ${said}`);
    if (status === 403 && refusal?.detail === 'KeyDisabled')
        return (0,lookup/* absent */.Ge)(`${what}: ${said}`);
    const pause = (0,network_status/* retryAfter */.P)(headers['retry-after']);
    return {
        ...(0,lookup/* failed */.gz)((0,network_status/* statusCode */.s)(status), `${what}: ${said}${advice(reply, right)}`, 'key'),
        ...(pause !== undefined && { retryAfterMs: pause }),
    };
}
function advice({ status, headers }, right) {
    if (status === 403)
        return `; needed is ${right}`;
    // A vault takes the tokens of its own tenant only, and says which that is.
    const tenant = /authorization="(https:\/\/[^"\s]{1,200})"/.exec(headers['www-authenticate'] ?? '')?.[1];
    return status === 401 && tenant !== undefined ? `; it takes tokens of ${tenant}` : '';
}


/***/ }),

/***/ 32957:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ azureScope),
/* harmony export */   x: () => (/* binding */ azureAuthority)
/* harmony export */ });
/** Endpoints as Azure's documentation of national clouds lists them. */
const clouds = [
    {
        names: ['AZURECLOUD', 'AZUREPUBLICCLOUD', 'AZUREPUBLIC'],
        authority: 'https://login.microsoftonline.com',
        vaults: ['.vault.azure.net', '.managedhsm.azure.net'],
        blobs: '.blob.core.windows.net',
    },
    {
        names: ['AZUREUSGOVERNMENT', 'AZUREUSGOVERNMENTCLOUD'],
        authority: 'https://login.microsoftonline.us',
        vaults: ['.vault.usgovcloudapi.net', '.managedhsm.usgovcloudapi.net'],
        blobs: '.blob.core.usgovcloudapi.net',
    },
    {
        names: ['AZURECHINACLOUD', 'AZURECHINA'],
        authority: 'https://login.chinacloudapi.cn',
        vaults: ['.vault.azure.cn', '.managedhsm.azure.cn'],
        blobs: '.blob.core.chinacloudapi.cn',
    },
];
/**
 * Who gives out tokens for a vault or a storage account: `AZURE_AUTHORITY_HOST`, else the cloud that
 * `AZURE_ENVIRONMENT` names, else the one that the host belongs to, else the public one.
 */
function azureAuthority(host, environment) {
    const { AZURE_AUTHORITY_HOST: authority = '', AZURE_ENVIRONMENT: name = '' } = environment;
    if (authority !== '') {
        const url = authority.includes('://') ? authority : `https://${authority}`;
        return URL.canParse(url) && new URL(url).protocol === 'https:'
            ? { kind: 'authority', url: new URL(url).origin }
            : { kind: 'refused', reason: `AZURE_AUTHORITY_HOST: expected an https URL, got ${authority}` };
    }
    const named = clouds.find(({ names }) => names.includes(name.toUpperCase()));
    if (name !== '' && !named) {
        const known = clouds.map(({ names }) => names[0]).join(', ');
        return { kind: 'refused', reason: `AZURE_ENVIRONMENT: expected one of ${known}, got ${name}` };
    }
    const own = clouds.find(({ vaults, blobs }) => [...vaults, blobs].some((end) => host.endsWith(end)));
    return { kind: 'authority', url: (named ?? own ?? clouds[0])?.authority ?? '' };
}
/**
 * The scope of tokens for a vault: its own domain (`https://vault.azure.net/.default`). A token for one domain is never
 * sent to a host of another. A host without a domain above it stands for itself.
 */
function azureScope(host) {
    const name = host.replace(/:\d+$/, '');
    const parent = /^[^.[\]]+\.([^.]+\..+)$/.exec(name)?.[1];
    const isAddress = /^[\d.]+$/.test(name);
    return `https://${parent === undefined || isAddress ? host : parent}/.default`;
}


/***/ }),

/***/ 44847:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  logInToAzure: () => (/* binding */ logInToAzure)
});

// EXTERNAL MODULE: ./node_modules/@azure/identity/dist/esm/index.js + 292 modules
var esm = __webpack_require__(68143);
// EXTERNAL MODULE: ./src/network/call.ts
var network_call = __webpack_require__(48104);
// EXTERNAL MODULE: ./src/network/fault.ts
var fault = __webpack_require__(8110);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
;// CONCATENATED MODULE: ./src/network/azure-client-requests.ts
/** Options with which a credential of @azure/identity sends everything through a relay: retries are `call.retries`. */
function requestsThrough(relay, call) {
    return {
        httpClient: {
            sendRequest: async (request) => {
                const { method, url, headers, body } = request;
                if (method !== 'GET' && method !== 'POST')
                    throw new Error(`unexpected method ${method}`);
                if (body !== undefined && body !== null && typeof body !== 'string')
                    throw new Error('unexpected kind of body');
                const question = {
                    url: new URL(url),
                    method,
                    headers: headers.toJSON(),
                    ...(typeof body === 'string' && { body }),
                };
                const answer = await relay.send(question, call);
                // The relay knows why; here it only ends what the library does.
                if (answer.kind !== 'found')
                    throw new Error('no answer');
                const { status, headers: given, body: bytes } = answer.value;
                const flat = Object.entries(given).flatMap(([name, value]) => value === undefined ? [] : [[name, String(value)]]);
                return { request, status, headers: headersOf(flat), bodyAsText: Buffer.from(bytes).toString('utf8') };
            },
        },
        retryOptions: { maxRetries: 0 },
        redirectOptions: { maxRetries: 0 },
    };
}
function headersOf(entries) {
    const headers = new Headers(entries);
    return {
        get: (name) => headers.get(name) ?? undefined,
        has: (name) => headers.has(name),
        set: (name, value) => headers.set(name, String(value)),
        delete: (name) => headers.delete(name),
        toJSON: () => Object.fromEntries(headers),
        [Symbol.iterator]: () => headers[Symbol.iterator](),
    };
}

;// CONCATENATED MODULE: ./src/network/azure-login.ts





/** Off Azure, the address of the identity service leads nowhere; milliseconds. */
const patience = 5_000;
const remedy = 'run azure/login before this step, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE (or AZURE_CLIENT_SECRET)';
/**
 * A token of Microsoft Entra ID. Credentials that the environment names are the only ones tried: client secret, client
 * certificate, federated token file, in this order; then the managed identity where the environment tells of one.
 * Without any: the login of the Azure CLI, then the managed identity of the machine. Those that are named and no good
 * are a wrong setting (`input-invalid`); absent is said where there are none.
 */
async function logInToAzure({ what, scope, authority }, relay, call) {
    const options = {
        ...requestsThrough(relay, call),
        authorityHost: authority,
        // Who set the authority vouches for it; else Microsoft's would be asked for every other one.
        disableInstanceDiscovery: true,
    };
    const named = namedCredential(process.env, options);
    if (typeof named === 'string')
        return (0,lookup/* failed */.gz)('input-invalid', `${what}: ${named}`);
    if (named) {
        const token = await take(named(), scope, call.signal);
        if ('token' in token)
            return (0,lookup/* found */.F9)(token.token);
        return (relay.blame(token.error) ?? (0,lookup/* failed */.gz)('input-invalid', `${what}: ${relay.clean(firstLine(token.error))}`));
    }
    // It alone knows whom it asks.
    const ended = call.journal.contacted('az');
    const cli = new esm/* AzureCliCredential */.nG({ processTimeoutInMs: network_call/* idleLimit */.W });
    const fromCli = await take(cli, scope, call.signal);
    ended('token' in fromCli ? 'a token' : 'no token');
    if ('token' in fromCli)
        return (0,lookup/* found */.F9)(fromCli.token);
    const signal = AbortSignal.any([call.signal, AbortSignal.timeout(patience)]);
    const machine = managedIdentity(process.env, requestsThrough(relay, { ...call, signal }));
    const fromMachine = await take(machine, scope, signal);
    if ('token' in fromMachine)
        return (0,lookup/* found */.F9)(fromMachine.token);
    const why = `Azure CLI: ${relay.clean(firstLine(fromCli.error))}; managed identity: ${relay.clean(firstLine(fromMachine.error))}`;
    return (0,lookup/* absent */.Ge)(`${what}: no Azure credentials; ${remedy} (${why})`);
}
/** @returns why what is named cannot be used; undefined when none is named */
function namedCredential(environment, options) {
    const value = (name) => environment[name] ?? '';
    const chosen = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'].find((name) => value(name) !== '');
    if (chosen === undefined) {
        const told = value('IDENTITY_ENDPOINT') !== '' || value('MSI_ENDPOINT') !== '';
        return told ? () => managedIdentity(environment, options) : undefined;
    }
    const tenantId = value('AZURE_TENANT_ID');
    const clientId = value('AZURE_CLIENT_ID');
    for (const [name, given] of [
        ['AZURE_TENANT_ID', tenantId],
        ['AZURE_CLIENT_ID', clientId],
    ]) {
        if (given === '')
            return `${chosen} is set without ${name}`;
    }
    switch (chosen) {
        case 'AZURE_CLIENT_SECRET':
            return () => new esm/* ClientSecretCredential */.HC(tenantId, clientId, value(chosen), options);
        case 'AZURE_CLIENT_CERTIFICATE_PATH': {
            const certificatePassword = value('AZURE_CLIENT_CERTIFICATE_PASSWORD');
            const certificate = {
                certificatePath: value(chosen),
                ...(certificatePassword !== '' && { certificatePassword }),
            };
            return () => new esm/* ClientCertificateCredential */.m0(tenantId, clientId, certificate, options);
        }
        default:
            return () => new esm/* WorkloadIdentityCredential */.R9({ ...options, tenantId, clientId, tokenFilePath: value(chosen) });
    }
}
function managedIdentity(environment, options) {
    const clientId = environment['AZURE_CLIENT_ID'] ?? '';
    return new esm/* ManagedIdentityCredential */.NC({ ...options, ...(clientId !== '' && { clientId }) });
}
/** Ends with the signal, whatever the library still waits for. */
async function take(credential, scope, signal) {
    let stop = () => undefined;
    const over = new Promise((resolve) => {
        stop = () => resolve({ error: new Error('stopped, as the time for it was over') });
    });
    signal.addEventListener('abort', stop);
    if (signal.aborted)
        stop();
    const asked = async () => {
        try {
            const token = await credential.getToken(scope, { abortSignal: signal });
            return token === null ? { error: new Error('got no token') } : { token: token.token };
        }
        catch (error) {
            return { error };
        }
    };
    try {
        return await Promise.race([asked(), over]);
    }
    finally {
        signal.removeEventListener('abort', stop);
    }
}
function firstLine(error) {
    return ((0,fault/* describe */.q0)(error).split('\n')[0] ?? '').slice(0, 300);
}


/***/ })

};
