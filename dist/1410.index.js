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

/***/ 97619:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ keyOfVersions),
/* harmony export */   z: () => (/* binding */ mostVersions)
/* harmony export */ });
/* harmony import */ var _key_source_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(13353);

/** Most versions of one key that are fetched; a key that has more must be pinned. */
const mostVersions = 100;
/**
 * The versions of a key, any of which may have signed. All must have been had: passing over one would call its
 * signatures missing.
 *
 * @param name how the key is called in messages
 */
function keyOfVersions(name, versions) {
    const keys = [];
    for (const { version, lookup } of versions) {
        if (lookup.kind === 'failed')
            return lookup;
        if (lookup.kind === 'absent')
            return (0,_key_source_js__WEBPACK_IMPORTED_MODULE_0__/* .keyInvalid */ .r)(`${lookup.message}; disable it or name the one that signed`);
        keys.push({ key: lookup.value, version });
    }
    return isNonEmpty(keys)
        ? { kind: 'keys', keys }
        : (0,_key_source_js__WEBPACK_IMPORTED_MODULE_0__/* .keyInvalid */ .r)(`${name}: expected a version that is enabled, got none`);
}
function isNonEmpty(items) {
    return items.length > 0;
}


/***/ }),

/***/ 43662:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pf: () => (/* binding */ agentFor),
/* harmony export */   YF: () => (/* binding */ tlsOptions),
/* harmony export */   jq: () => (/* binding */ anyProxy)
/* harmony export */ });
/* unused harmony export proxyFor */
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_http__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44708);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_https__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _authorities_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(77391);
/* harmony import */ var _host_turns_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(68155);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49263);





const agents = new Map();
/**
 * The agent for a URL: connections are kept and shared, and go through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and
 * `NO_PROXY` name for it. This machine itself is never asked through a proxy, as in Go's tools.
 */
async function agentFor(url, trust = {}) {
    const secure = url.protocol === 'https:';
    const proxy = await proxyFor(url);
    const name = JSON.stringify([secure, proxy, trust.ca ?? '', trust.insecure ?? false]);
    const agent = agents.get(name) ?? newAgent(secure, proxy, trust);
    agents.set(name, agent);
    return agent;
}
async function newAgent(secure, proxy, trust) {
    const tls = secure ? tlsOptions(trust) : {};
    const options = { keepAlive: true, maxSockets: _host_turns_js__WEBPACK_IMPORTED_MODULE_3__/* .mostAtOnce */ ._d, ...tls };
    if (proxy === '')
        return secure ? new (node_https__WEBPACK_IMPORTED_MODULE_1___default().Agent)(options) : new (node_http__WEBPACK_IMPORTED_MODULE_0___default().Agent)(options);
    if (!secure)
        return new (await Promise.all(/* import() */[__webpack_require__.e(2830), __webpack_require__.e(8947)]).then(__webpack_require__.bind(__webpack_require__, 28947))).HttpProxyAgent(proxy, options);
    const { HttpsProxyAgent } = await Promise.all(/* import() */[__webpack_require__.e(2830), __webpack_require__.e(1566)]).then(__webpack_require__.bind(__webpack_require__, 71566));
    return new HttpsProxyAgent(proxy, { ...options, ...(0,_authorities_js__WEBPACK_IMPORTED_MODULE_2__/* .certificateAuthorities */ .J)() });
}
/** The options of each connection, for agents that do not hand theirs on. */
function tlsOptions({ ca, insecure }) {
    const usual = (0,_authorities_js__WEBPACK_IMPORTED_MODULE_2__/* .certificateAuthorities */ .J)();
    const more = ca === undefined ? usual : { ca: [...(usual.ca ?? (0,_authorities_js__WEBPACK_IMPORTED_MODULE_2__/* .usualAuthorities */ ._)()), ca] };
    return { ...more, ...(insecure === true && { rejectUnauthorized: false }) };
}
/** @returns an empty text where no proxy is to be asked */
async function proxyFor(url) {
    if (!anyProxy() || (0,_url_js__WEBPACK_IMPORTED_MODULE_4__/* .isLoopback */ .U9)(url) || (0,_url_js__WEBPACK_IMPORTED_MODULE_4__/* .isMetadataServer */ .VJ)(url))
        return '';
    const { getProxyForUrl } = await __webpack_require__.e(/* import() */ 8182).then(__webpack_require__.bind(__webpack_require__, 98182));
    const proxy = getProxyForUrl(url.href);
    // A proxy named without a scheme speaks http, as for curl and Go; the library takes that of the URL asked for.
    const named = Object.values(process.env).some((value) => value === proxy);
    return named || proxy === '' ? proxy : proxy.replace(/^\w+:/, 'http:');
}
/** Most runs have none: then nothing of this is loaded. */
function anyProxy() {
    return Object.keys(process.env).some((name) => /^(https?|all)_proxy$/i.test(name) && process.env[name] !== '');
}


/***/ }),

/***/ 77391:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ certificateAuthorities),
/* harmony export */   _: () => (/* binding */ usualAuthorities)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41692);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_tls__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8110);



let known = null;
/**
 * The certificate authorities to trust beside Node's own: those of `SSL_CERT_FILE`, which the Go tools obey and Node
 * does not. Nothing where it is not set.
 */
function certificateAuthorities() {
    if (known === null)
        known = load(process.env['SSL_CERT_FILE']);
    return known ? { ca: [...known.ca] } : {};
}
function load(file) {
    if (file === undefined || file === '')
        return undefined;
    try {
        return { ca: [...usualAuthorities(), (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8')] };
    }
    catch (error) {
        throw new Error(`SSL_CERT_FILE: ${(0,_fault_js__WEBPACK_IMPORTED_MODULE_2__/* .describe */ .q0)(error)}`, { cause: error });
    }
}
/** Those that Node trusts by itself. */
function usualAuthorities() {
    // Before Node 22.15 there is no way to ask for what NODE_EXTRA_CA_CERTS added: the built-in ones are the base.
    const ask = (node_tls__WEBPACK_IMPORTED_MODULE_1___default().getCACertificates);
    return ask ? ask('default') : (node_tls__WEBPACK_IMPORTED_MODULE_1___default().rootCertificates);
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
    call.journal.contacted('az');
    const cli = new esm/* AzureCliCredential */.nG({ processTimeoutInMs: network_call/* idleLimit */.W });
    const fromCli = await take(cli, scope, call.signal);
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


/***/ }),

/***/ 48104:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ idleLimit),
/* harmony export */   k: () => (/* binding */ ask)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _host_turns_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68155);
/* harmony import */ var _lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(13130);



/** No answer and no further byte for this long ends one request; milliseconds. */
const idleLimit = 30_000;
const firstPause = 200;
const longestPause = 20_000;
/** Failures that may pass by themselves. */
const passing = new Set(['unreachable', 'rate-limited', 'server-error', 'timeout']);
/**
 * Asks again where that can help, at most `call.retries` times, and writes each further attempt down.
 *
 * @param name the call as it is shown in the report: no credentials in it
 */
async function ask(name, service, call, once) {
    const outOfTime = (last) => {
        const before = last && last.code !== 'timeout' ? `; the last attempt ended with ${last.code}: ${last.message}` : '';
        return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('timeout', `${name}: no answer within the time for this image${before}`, service);
    };
    const isOver = () => call.signal.aborted;
    for (let attempt = 1;; attempt++) {
        if (isOver())
            return outOfTime();
        const answer = await once();
        if (answer.kind !== 'failed')
            return answer;
        if (isOver())
            return outOfTime(answer.problem);
        if (attempt > call.retries || !passing.has(answer.problem.code))
            return answer;
        const { retryAfterMs } = answer;
        // Earlier than it asked for, the service would only refuse again.
        if (retryAfterMs !== undefined && retryAfterMs > _host_turns_js__WEBPACK_IMPORTED_MODULE_1__/* .longestAsked */ .HK)
            return answer;
        const usual = firstPause * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
        const pause = retryAfterMs ?? Math.min(usual, longestPause);
        call.journal.retried({
            call: name,
            attempt: attempt + 1,
            ended: `${answer.problem.code}: ${answer.problem.message}`,
        });
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(pause, undefined, { signal: call.signal });
        }
        catch {
            return outOfTime(answer.problem);
        }
    }
}


/***/ }),

/***/ 69945:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ exchange)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_http__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44708);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_https__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _agents_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(43662);
/* harmony import */ var _call_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(48104);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8110);
/* harmony import */ var _host_turns_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(68155);
/* harmony import */ var _lookup_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(13130);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(54846);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(49263);









/** Enough of an error's body to read its code. */
const errorBodyLimit = 16 * 1024;
/**
 * Sends one request and reads one answer: no redirect is followed and nothing is tried again here. Found is any answer
 * that is whole, also one that says no.
 */
async function exchange(question, call) {
    const { url, service, trust } = question;
    const name = (0,_url_js__WEBPACK_IMPORTED_MODULE_5__/* .shown */ .SP)(url);
    const agent = await (0,_agents_js__WEBPACK_IMPORTED_MODULE_2__/* .agentFor */ .Pf)(url, trust).catch((error) => (0,_fault_js__WEBPACK_IMPORTED_MODULE_6__/* .describe */ .q0)(error));
    if (typeof agent === 'string')
        return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_7__/* .failed */ .gz)('input-invalid', `${name}: ${agent}`);
    const turns = (0,_host_turns_js__WEBPACK_IMPORTED_MODULE_4__/* .turnsOf */ .oA)(url.host);
    const turn = await turns.take(call);
    if (turn.kind === 'refused') {
        const seconds = Math.ceil(turn.leftMs / 1000);
        const message = `${name}: not asked, as the host wants no request for another ${seconds} s`;
        return { ...(0,_lookup_js__WEBPACK_IMPORTED_MODULE_7__/* .failed */ .gz)('rate-limited', message, service), retryAfterMs: turn.leftMs };
    }
    if (turn.kind === 'over')
        return turn.waited
            ? (0,_lookup_js__WEBPACK_IMPORTED_MODULE_7__/* .failed */ .gz)('rate-limited', `${name}: the host wanted a pause until the time for it was over`, service)
            : (0,_lookup_js__WEBPACK_IMPORTED_MODULE_7__/* .failed */ .gz)('timeout', `${name}: stopped, as the time for it was over`, service);
    call.journal.contacted(url.host);
    try {
        const reply = await send(question, agent, call);
        // All images wait, not only the one that was told to.
        if (reply.kind === 'found' && reply.value.status === 429)
            turns.pause((0,_status_js__WEBPACK_IMPORTED_MODULE_8__/* .retryAfter */ .P)(reply.value.headers['retry-after']) ?? 0);
        return reply;
    }
    finally {
        turn.done();
    }
}
async function send(question, agent, call) {
    const { url, method = 'GET', headers, body, service, limit, into, trust } = question;
    const name = (0,_url_js__WEBPACK_IMPORTED_MODULE_5__/* .shown */ .SP)(url);
    return new Promise((resolve) => {
        const end = (code, message) => {
            resolve((0,_lookup_js__WEBPACK_IMPORTED_MODULE_7__/* .failed */ .gz)(code, `${name}: ${message}`, service));
            request.destroy();
        };
        const request = (url.protocol === 'https:' ? (node_https__WEBPACK_IMPORTED_MODULE_1___default()) : (node_http__WEBPACK_IMPORTED_MODULE_0___default())).request(url, {
            method,
            agent,
            timeout: _call_js__WEBPACK_IMPORTED_MODULE_3__/* .idleLimit */ .W,
            headers: {
                'user-agent': 'verify-image',
                ...headers,
                ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
            },
            // The agent of a proxy keeps its own options for the way to the proxy.
            ...(url.protocol === 'https:' && !(agent instanceof (node_https__WEBPACK_IMPORTED_MODULE_1___default().Agent)) && (0,_agents_js__WEBPACK_IMPORTED_MODULE_2__/* .tlsOptions */ .YF)(trust ?? {})),
        }, (response) => {
            const status = response.statusCode ?? 0;
            const chunks = [];
            const sink = status === 200 ? into?.() : undefined;
            let size = 0;
            const finish = (cut = {}) => resolve((0,_lookup_js__WEBPACK_IMPORTED_MODULE_7__/* .found */ .F9)({ status, headers: response.headers, body: Buffer.concat(chunks), ...cut }));
            response.on('data', (chunk) => {
                size += chunk.length;
                if (sink && size > limit) {
                    finish({ cut: true });
                    request.destroy();
                    return;
                }
                if (sink) {
                    sink(chunk);
                    return;
                }
                chunks.push(chunk);
                if (status === 200 && size > limit)
                    end('limit-exceeded', `larger than ${limit} bytes`);
                if (status !== 200 && size > errorBodyLimit) {
                    finish();
                    request.destroy();
                }
            });
            response.on('error', (error) => end((0,_fault_js__WEBPACK_IMPORTED_MODULE_6__/* .faultCode */ .Ie)(error), (0,_fault_js__WEBPACK_IMPORTED_MODULE_6__/* .describe */ .q0)(error)));
            response.on('end', () => {
                if (response.complete)
                    finish();
                else
                    end('unreachable', 'the answer was cut short');
            });
        });
        // What a proxy says instead of opening the way is no word of the service: its 404 would be an absence.
        request.on('proxyConnect', ({ statusCode: said }) => {
            if (said !== undefined && said !== 200)
                end((0,_status_js__WEBPACK_IMPORTED_MODULE_8__/* .statusCode */ .s)(said), `the proxy answered ${said}`);
        });
        // Not left to Node, which ends no request that waits for its connection: a proxy may open it never.
        const stop = () => end('timeout', 'stopped, as the time for it was over');
        call.signal.addEventListener('abort', stop);
        request.on('close', () => call.signal.removeEventListener('abort', stop));
        if (call.signal.aborted)
            stop();
        request.on('timeout', () => end('timeout', `nothing came for ${_call_js__WEBPACK_IMPORTED_MODULE_3__/* .idleLimit */ .W / 1000} s`));
        request.on('error', (error) => end((0,_fault_js__WEBPACK_IMPORTED_MODULE_6__/* .faultCode */ .Ie)(error), (0,_fault_js__WEBPACK_IMPORTED_MODULE_6__/* .describe */ .q0)(error)));
        request.end(body);
    });
}


/***/ }),

/***/ 68155:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HK: () => (/* binding */ longestAsked),
/* harmony export */   _d: () => (/* binding */ mostAtOnce),
/* harmony export */   oA: () => (/* binding */ turnsOf)
/* harmony export */ });
/* unused harmony export openHostTurns */
/** Requests to one host at the same time: what registries and browsers take for polite. */
const mostAtOnce = 20;
/** A host that asks for more patience than this is not waited for, milliseconds. */
const longestAsked = 120_000;
function openHostTurns(now = () => performance.now()) {
    const waiting = new Set();
    let running = 0;
    let resumesAt = 0;
    let timer;
    const take = () => {
        running++;
        let isBack = false;
        return {
            kind: 'go',
            done: () => {
                if (!isBack)
                    running--;
                isBack = true;
                wake();
            },
        };
    };
    const wake = () => {
        clearTimeout(timer);
        if (waiting.size === 0)
            return;
        const leftMs = resumesAt - now();
        if (leftMs > longestAsked) {
            for (const end of waiting)
                end({ kind: 'refused', leftMs });
        }
        else if (leftMs > 0) {
            timer = setTimeout(wake, leftMs);
        }
        else {
            for (const go of waiting)
                if (running < mostAtOnce)
                    go(take());
        }
    };
    return {
        take: async ({ signal }) => {
            if (signal.aborted)
                return { kind: 'over', waited: false };
            if (now() >= resumesAt && waiting.size === 0 && running < mostAtOnce)
                return take();
            return new Promise((resolve) => {
                const settle = (turn) => {
                    waiting.delete(settle);
                    signal.removeEventListener('abort', end);
                    resolve(turn);
                };
                const end = () => {
                    settle({ kind: 'over', waited: now() < resumesAt });
                    // Nobody is left whom the timer would wake.
                    if (waiting.size === 0)
                        clearTimeout(timer);
                };
                waiting.add(settle);
                signal.addEventListener('abort', end);
                wake();
            });
        },
        pause: (ms) => {
            resumesAt = Math.max(resumesAt, now() + ms);
            wake();
        },
    };
}
const hosts = new Map();
/** The turns of a host (`name:port`); a host is the same one for every run of this process. */
function turnsOf(host) {
    const turns = hosts.get(host) ?? openHostTurns();
    hosts.set(host, turns);
    return turns;
}


/***/ }),

/***/ 20014:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ readRefusal)
/* harmony export */ });
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49839);

const longestMessage = 600;
/**
 * Reads the JSON of an error in the shapes of OAuth (RFC 6749, 5.2: `error`, `error_description`), of Google's
 * google.rpc.Status and of Azure (`error.code`, `error.message`, `error.innererror.code`).
 *
 * @returns undefined where it is none of them
 */
function readRefusal(body) {
    const document = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readObject */ .Ag)(body);
    const named = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(document, 'error');
    if (named !== undefined)
        return { code: named, message: line((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(document, 'error_description')) };
    const error = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(document, 'error');
    const code = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(error, 'status') ?? (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(error, 'code');
    if (code === undefined)
        return undefined;
    const detail = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(error, 'innererror'), 'code');
    return { code, message: line((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(error, 'message')), ...(detail !== undefined && { detail }) };
}
function line(text = '') {
    return text.replaceAll(/\s+/g, ' ').trim().slice(0, longestMessage);
}


/***/ }),

/***/ 6499:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ openRelay)
/* harmony export */ });
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(49839);
/* harmony import */ var _exchange_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(69945);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8110);
/* harmony import */ var _lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(13130);
/* harmony import */ var _refusal_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(20014);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(54846);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49263);







/** Most bytes of one answer: a token, a key, a page of a list. */
const answerLimit = 1024 * 1024;
/** Names under which credentials travel in forms and in JSON. */
const secretName = /token$|assertion$|secret$|^value$/i;
const secretHeaders = ['authorization', 'x-identity-header', 'secret'];
const shortestSecret = 8;
function openRelay(service) {
    const secrets = new Set();
    let last;
    const keep = (value) => {
        if (typeof value === 'string' && value.length >= shortestSecret)
            secrets.add(value);
    };
    const clean = (text) => [...secrets]
        .sort((a, b) => b.length - a.length)
        .reduce((rest, one) => rest.replaceAll(one, '***').replaceAll(encodeURIComponent(one), '***'), text);
    const send = async (question, call) => {
        const { url, body, headers = {} } = question;
        // What the library would unpack by itself, were it to speak HTTP.
        const asked = lowered(headers);
        delete asked['accept-encoding'];
        for (const name of secretHeaders)
            keep(asked[name]?.replace(/^(Bearer|Basic) /i, ''));
        for (const [name, value] of fieldsOf(body))
            if (secretName.test(name))
                keep(value);
        const answer = (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .mayCarry */ .P5)(url) || (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .isMetadataServer */ .VJ)(url)
            ? await (0,_exchange_js__WEBPACK_IMPORTED_MODULE_0__/* .exchange */ .c)({ ...question, headers: asked, service, limit: answerLimit }, call)
            : (0,_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('input-invalid', `${(0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(url)}: expected https, got ${url.protocol}//`);
        const fault = faultOf(answer, url);
        last = { shown: (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(url), ...(fault && { fault }) };
        if (answer.kind === 'found')
            for (const [name, value] of jsonFields(answer.value.body))
                if (secretName.test(name))
                    keep(value);
        return answer;
    };
    const faultOf = (answer, url) => {
        if (answer.kind !== 'found')
            return answer;
        const { status, headers, body } = answer.value;
        if (status >= 200 && status < 300)
            return undefined;
        const refusal = (0,_refusal_js__WEBPACK_IMPORTED_MODULE_3__/* .readRefusal */ .n)(body);
        const said = refusal ? clean(`: ${refusal.code}: ${refusal.message}`) : '';
        // An authorization server says with 400 what others say with 401 (RFC 6749, 5.2).
        const code = status === 400 && refusal ? 'denied' : (0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .statusCode */ .s)(status);
        const pause = (0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .retryAfter */ .P)(headers['retry-after']);
        return {
            ...(0,_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)(code, `${(0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(url)}: the server answered ${status}${said}`, service),
            ...(pause !== undefined && { retryAfterMs: pause }),
        };
    };
    return {
        send,
        clean,
        blame: (error) => last &&
            (last.fault ??
                (0,_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${last.shown}: an answer of no use: ${clean((0,_fault_js__WEBPACK_IMPORTED_MODULE_5__/* .describe */ .q0)(error))}`, service)),
    };
}
function lowered(headers) {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
function fieldsOf(body) {
    if (body === undefined)
        return [];
    return body.startsWith('{') ? jsonFields(Buffer.from(body)) : [...new URLSearchParams(body)];
}
function jsonFields(body) {
    return Object.entries((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_6__/* .readObject */ .Ag)(body) ?? {});
}


/***/ }),

/***/ 54846:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ retryAfter),
/* harmony export */   s: () => (/* binding */ statusCode)
/* harmony export */ });
/** The code of an HTTP status that is no answer to the question. */
function statusCode(status) {
    if (status === 401 || status === 403 || status === 407)
        return 'denied';
    if (status === 429)
        return 'rate-limited';
    if (status === 408 || status === 504)
        return 'timeout';
    if (status >= 500)
        return 'server-error';
    return 'response-invalid';
}
/** Milliseconds that a `Retry-After` header asks for (RFC 9110, 10.2.3): seconds, or a date. */
function retryAfter(header, now = Date.now()) {
    if (header === undefined)
        return undefined;
    if (/^\d+$/.test(header))
        return Number(header) * 1000;
    const date = /^[A-Z][a-z]{2,8}, /.test(header) ? Date.parse(header) : Number.NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}


/***/ })

};
