export const id = 2919;
export const ids = [2919,4682];
export const modules = {

/***/ 32919:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fetchGcpKey: () => (/* binding */ fetchGcpKey)
});

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/network/call.ts
var network_call = __webpack_require__(48104);
// EXTERNAL MODULE: ./src/network/google-login.ts + 3 modules
var google_login = __webpack_require__(54682);
// EXTERNAL MODULE: ./src/network/lookup.ts
var network_lookup = __webpack_require__(13130);
// EXTERNAL MODULE: ./src/network/refusal.ts
var network_refusal = __webpack_require__(20014);
// EXTERNAL MODULE: ./src/network/relay.ts
var network_relay = __webpack_require__(6499);
// EXTERNAL MODULE: ./src/network/status.ts
var network_status = __webpack_require__(54846);
// EXTERNAL MODULE: ./src/network/url.ts
var network_url = __webpack_require__(49263);
;// CONCATENATED MODULE: ./src/keys/crc32c.ts
/** The polynomial of Castagnoli (RFC 3720, 12.1), bits reversed. */
const polynomial = 0x82f63b78;
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++)
        rest = rest & 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
    return rest;
});
/** CRC-32C of bytes: 32 bits, without a sign. */
function crc32c(bytes) {
    let sum = 0xffffffff;
    for (const byte of bytes)
        sum = (table[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
    return (sum ^ 0xffffffff) >>> 0;
}

// EXTERNAL MODULE: ./src/keys/pem.ts
var keys_pem = __webpack_require__(92722);
;// CONCATENATED MODULE: ./src/keys/gcp-public-key.ts




/** Algorithms that sign with a key of a kind that is verified here (CryptoKeyVersionAlgorithm). */
const signing = /^(EC_SIGN_(P256_SHA256|P384_SHA384|ED25519)|RSA_SIGN_(PSS|PKCS1|RAW_PKCS1)_[0-9A-Z_]+)$/;
/** @returns why no signature of a version with this algorithm can be checked; undefined when it can */
function unusableAlgorithm(algorithm) {
    if (algorithm === undefined)
        return 'got a version without an algorithm';
    if (signing.test(algorithm))
        return undefined;
    const purpose = algorithm.includes('_SIGN_')
        ? 'which is not supported'
        : 'which does not sign: the purpose must be ASYMMETRIC_SIGN';
    return `expected a key for ECDSA P-256 or P-384, RSA or Ed25519 signatures, got ${algorithm}, ${purpose}`;
}
/**
 * Reads a `PublicKey` of Cloud KMS (REST v1: `pem`, `algorithm`, `pemCrc32c`, `name`). The checksum is that of the PEM;
 * an answer for another version, without it or with another is damaged.
 *
 * @param version resource name of the version that was asked for
 */
function readGcpPublicKey(version, document) {
    const damaged = (what) => (0,network_lookup/* failed */.gz)('response-invalid', `${version}: ${what}`, 'key');
    const pem = (0,json/* textField */.M8)(document, 'pem');
    const name = (0,json/* textField */.M8)(document, 'name');
    if (pem === undefined)
        return damaged('Cloud KMS answered without a public key');
    // A project has a name and a number, and the answer may use either.
    if (name === undefined || belowProject(name) !== belowProject(version)) {
        return damaged('Cloud KMS answered with the key of another version');
    }
    const unusable = unusableAlgorithm((0,json/* textField */.M8)(document, 'algorithm'));
    if (unusable !== undefined)
        return (0,network_lookup/* absent */.Ge)(`${version}: ${unusable}`);
    // A 64-bit number is a text in this JSON.
    if ((0,json/* textField */.M8)(document, 'pemCrc32c') !== String(crc32c(Buffer.from(pem)))) {
        return damaged('the checksum of the public key (pemCrc32c) is missing or wrong');
    }
    const read = (0,keys_pem/* readPem */.J)(pem);
    if (read.kind === 'key')
        return (0,network_lookup/* found */.F9)(read.key);
    return (0,network_lookup/* absent */.Ge)(`${version}: ${read.kind === 'refused' ? read.reason : 'expected a public key'}`);
}
function belowProject(name) {
    return name.replace(/^projects\/[^/]+\//, '');
}

// EXTERNAL MODULE: ./src/keys/key-source.ts
var key_source = __webpack_require__(13353);
// EXTERNAL MODULE: ./src/keys/versions.ts
var keys_versions = __webpack_require__(97619);
;// CONCATENATED MODULE: ./src/keys/gcp-kms-client.ts











/** The narrowest one that Cloud KMS knows. */
const scope = 'https://www.googleapis.com/auth/cloudkms';
/** Where gcloud is told of another endpoint (property `api_endpoint_overrides/cloudkms`). */
const endpointVariable = 'CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS';
const viewRight = 'cloudkms.cryptoKeyVersions.viewPublicKey (in roles/cloudkms.publicKeyViewer)';
const listRight = 'cloudkms.cryptoKeyVersions.list (in roles/cloudkms.viewer)';
/** Asks Cloud KMS (REST v1) for the public key of the version named, or of every version that is enabled. */
async function fetchGcpKey(reference, { key, version }, call) {
    const relay = (0,network_relay/* openRelay */.W)('key');
    const purpose = { what: reference, scope, service: 'key' };
    const login = await (0,network_call/* ask */.k)('log in to Google Cloud', 'key', call, () => (0,google_login.logInToGoogle)(purpose, relay, call));
    if (login.kind === 'failed')
        return login;
    // As a login step that failed would leave it.
    if (login.kind === 'absent') {
        return { kind: 'failed', problem: { code: 'denied', message: login.message, service: 'key' } };
    }
    const endpoint = kmsEndpoint(login.value.universe);
    if (typeof endpoint === 'string') {
        return { kind: 'failed', problem: { code: 'input-invalid', message: `${reference}: ${endpoint}` } };
    }
    const session = { endpoint, login: login.value, relay, call };
    if (version !== undefined) {
        const one = await getPublicKey(`${key}/cryptoKeyVersions/${version}`, session);
        if (one.kind === 'absent')
            return (0,key_source/* keyInvalid */.r)(one.message);
        return one.kind === 'found' ? (0,key_source/* oneKey */.G)(one.value) : one;
    }
    const listed = await listVersions(key, session);
    if (listed.kind === 'failed')
        return listed;
    if (listed.kind === 'absent')
        return (0,key_source/* keyInvalid */.r)(listed.message);
    const versions = await Promise.all(listed.value.map(async ({ name, algorithm }) => {
        const unusable = unusableAlgorithm(algorithm);
        const lookup = unusable === undefined ? await getPublicKey(name, session) : (0,network_lookup/* absent */.Ge)(`${name}: ${unusable}`);
        return { version: numberOf(name), lookup };
    }));
    return (0,keys_versions/* keyOfVersions */.I)(reference, versions);
}
/** @returns why the endpoint that is set cannot be one */
function kmsEndpoint(universe) {
    const set = process.env[endpointVariable];
    if (set === undefined || set === '')
        return new URL(`https://cloudkms.${universe}/`);
    if (!URL.canParse(set) || !(0,network_url/* mayCarry */.P5)(new URL(set)))
        return `${endpointVariable}: expected an https URL, got ${set}`;
    return new URL(set.endsWith('/') ? set : `${set}/`);
}
async function getPublicKey(version, session) {
    const document = await get(`${version}/publicKey`, version, viewRight, session);
    return document.kind === 'found' ? readGcpPublicKey(version, document.value) : document;
}
/** The enabled versions, the newest first. */
async function listVersions(key, session) {
    const versions = [];
    let token = '';
    do {
        const query = new URLSearchParams({ filter: 'state=ENABLED', pageSize: String(keys_versions/* mostVersions */.z) });
        if (token !== '')
            query.set('pageToken', token);
        const page = await get(`${key}/cryptoKeyVersions?${query.toString()}`, key, `${listRight}, or a version in the reference`, session);
        if (page.kind !== 'found')
            return page;
        const items = 'cryptoKeyVersions' in page.value ? (0,json/* listField */.FZ)(page.value, 'cryptoKeyVersions') : [];
        const next = (0,json/* textField */.M8)(page.value, 'nextPageToken') ?? '';
        if (items === undefined || (items.length === 0 && next !== '')) {
            return (0,network_lookup/* failed */.gz)('response-invalid', `${key}: Cloud KMS answered with no list of versions`, 'key');
        }
        for (const item of items) {
            const version = (0,json/* isObject */.Gv)(item) ? item : undefined;
            const name = (0,json/* textField */.M8)(version, 'name');
            if (name === undefined || !/\/cryptoKeyVersions\/[1-9][0-9]{0,9}$/.test(name)) {
                return (0,network_lookup/* failed */.gz)('response-invalid', `${key}: Cloud KMS listed a version without a name`, 'key');
            }
            if ((0,json/* textField */.M8)(version, 'state') !== 'ENABLED')
                continue;
            versions.push({
                name: `${key}/cryptoKeyVersions/${numberOf(name)}`,
                algorithm: (0,json/* textField */.M8)(version, 'algorithm'),
            });
        }
        if (versions.length > keys_versions/* mostVersions */.z) {
            const message = `${key}: more than ${keys_versions/* mostVersions */.z} enabled versions; name the one that signed`;
            return (0,network_lookup/* failed */.gz)('limit-exceeded', message, 'key');
        }
        token = next;
    } while (token !== '');
    return (0,network_lookup/* found */.F9)(versions.sort((a, b) => Number(numberOf(b.name)) - Number(numberOf(a.name))));
}
function numberOf(name) {
    return name.slice(name.lastIndexOf('/') + 1);
}
/** @param right what the caller must be allowed, for the message */
async function get(path, what, right, session) {
    const { endpoint, login, relay, call } = session;
    const url = new URL(`v1/${path}`, endpoint);
    return (0,network_call/* ask */.k)(`GET ${(0,network_url/* shown */.SP)(url)}`, 'key', call, async () => {
        const reply = await relay.send({ url, headers: login.headers }, call);
        return reply.kind === 'found' ? readReply(reply.value, what, right, relay) : reply;
    });
}
function readReply(reply, what, right, { clean }) {
    const { status, headers, body } = reply;
    if (status === 200) {
        const document = (0,json/* readObject */.Ag)(body);
        return document
            ? (0,network_lookup/* found */.F9)(document)
            : (0,network_lookup/* failed */.gz)('response-invalid', `${what}: Cloud KMS answered with something else than JSON`, 'key');
    }
    const refusal = (0,network_refusal/* readRefusal */.n)(body);
    const said = refusal ? clean(`${refusal.code} (${status}): ${refusal.message}`) : `status ${status}`;
    // These it says itself; a page with 404 may be anybody's.
    if (status === 404 && refusal?.code === 'NOT_FOUND')
        return (0,network_lookup/* absent */.Ge)(`${what}: ${said}`);
    if (status === 400 && /^(FAILED_PRECONDITION|INVALID_ARGUMENT)$/.test(refusal?.code ?? '')) {
        return (0,network_lookup/* absent */.Ge)(`${what}: ${said}`);
    }
    const pause = (0,network_status/* retryAfter */.P)(headers['retry-after']);
    const needed = status === 403 ? `; needed is ${right}` : '';
    return {
        ...(0,network_lookup/* failed */.gz)((0,network_status/* statusCode */.s)(status), `${what}: ${said}${needed}`, 'key'),
        ...(pause !== undefined && { retryAfterMs: pause }),
    };
}


/***/ }),

/***/ 54682:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  logInToGoogle: () => (/* binding */ logInToGoogle)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/auth/identitypoolclient.js
var identitypoolclient = __webpack_require__(29960);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/auth/jwtclient.js
var jwtclient = __webpack_require__(75277);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/auth/refreshclient.js
var refreshclient = __webpack_require__(99807);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/auth/stscredentials.js
var stscredentials = __webpack_require__(121);
// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/network/fault.ts
var fault = __webpack_require__(8110);
// EXTERNAL MODULE: ./src/network/home-folder.ts
var home_folder = __webpack_require__(98696);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
var external_node_http_default = /*#__PURE__*/__webpack_require__.n(external_node_http_);
;// CONCATENATED MODULE: ./src/network/google-client-requests.ts

/** Options with which a client of google-auth-library sends everything through a relay. */
function requestsThrough(relay, call) {
    const send = async (input, init = {}) => {
        const url = new URL(input instanceof Request ? input.url : input);
        const { method = 'GET', headers, body } = init;
        if (method !== 'GET' && method !== 'POST')
            throw new Error(`unexpected method ${method}`);
        const question = {
            url,
            method,
            headers: Object.fromEntries(new Headers(headers)),
            ...(body !== undefined && body !== null && { body: textOf(body) }),
        };
        const answer = await relay.send(question, call);
        // The relay knows why; here it only ends what the library does.
        if (answer.kind !== 'found')
            throw new Error('no answer');
        const { status, body: bytes } = answer.value;
        const type = answer.value.headers['content-type'];
        const content = status === 204 || status === 304 ? null : Buffer.from(bytes);
        return new Response(content, { status, headers: type === undefined ? {} : { 'content-type': type } });
    };
    return {
        transporterOptions: {
            fetchImplementation: send,
            // With an agent given it looks for no proxy of its own.
            agent: (external_node_http_default()).globalAgent,
        },
        // What it adds else is a log, with tokens in it.
        useAuthRequestParameters: false,
    };
}
/** Keeps a client from trying again by itself: how often is `call.retries`. */
function withoutRetries(client) {
    client.transporter.interceptors.request.add({
        resolved: (options) => Promise.resolve(Object.assign(options, { retryConfig: { retry: 0 } })),
    });
    return client;
}
function textOf(body) {
    if (typeof body === 'string')
        return body;
    if (body instanceof URLSearchParams)
        return body.toString();
    throw new Error('unexpected kind of body');
}

// EXTERNAL MODULE: ./src/network/status.ts
var network_status = __webpack_require__(54846);
// EXTERNAL MODULE: ./src/network/url.ts
var network_url = __webpack_require__(49263);
// EXTERNAL MODULE: ./src/network/login-purpose.ts
var login_purpose = __webpack_require__(35416);
;// CONCATENATED MODULE: ./src/network/google-metadata-server.ts





/** Where there is none, its address often leads nowhere; milliseconds. */
const patience = 3_000;
const remedy = 'run google-github-actions/auth before this step, or set GOOGLE_APPLICATION_CREDENTIALS to a file of credentials';
/**
 * The token of the service account that the machine runs as (Compute Engine's metadata server, also that of GKE).
 * `GCE_METADATA_HOST` names another; only where it is set is a server that cannot be reached an outage.
 */
async function logInByMetadataServer({ what, scope, service }, relay, call) {
    const none = (0,lookup/* absent */.Ge)(`${what}: no Google credentials; ${remedy}`);
    const set = process.env['GCE_METADATA_HOST'] ?? '';
    if (process.env['METADATA_SERVER_DETECTION'] === 'none')
        return none;
    const at = `http://${set === '' ? '169.254.169.254' : set}/computeMetadata/v1/instance/service-accounts/default/token`;
    if (!URL.canParse(at))
        return (0,lookup/* failed */.gz)('input-invalid', `${what}: GCE_METADATA_HOST: expected a host, got ${set}`);
    const url = new URL(at);
    if (!(0,network_url/* isLoopback */.U9)(url) && !(0,network_url/* isMetadataServer */.VJ)(url)) {
        return (0,lookup/* failed */.gz)('input-invalid', `${what}: GCE_METADATA_HOST: expected a metadata server, got ${set}`);
    }
    url.searchParams.set('scopes', scope);
    const signal = AbortSignal.any([call.signal, AbortSignal.timeout(patience)]);
    const answer = await relay.send({ url, headers: { 'metadata-flavor': 'Google' } }, { ...call, signal });
    if (answer.kind !== 'found')
        return set === '' ? none : answer;
    const { status, headers, body } = answer.value;
    // Other clouds answer at the same address.
    if (headers['metadata-flavor'] !== 'Google' || status === 404)
        return none;
    if (status !== 200)
        return (0,lookup/* failed */.gz)((0,network_status/* statusCode */.s)(status), `${url.host}: the metadata server answered ${status}`, service);
    const token = tokenIn(body);
    if (token === undefined)
        return (0,lookup/* failed */.gz)('response-invalid', `${url.host}: the metadata server gave no token`, service);
    return (0,lookup/* found */.F9)({ headers: { authorization: `Bearer ${token}` }, universe: login_purpose/* usualUniverse */.o });
}
function tokenIn(body) {
    const token = (0,json/* textField */.M8)((0,json/* readObject */.Ag)(body), 'access_token');
    return token !== undefined && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./src/network/setting-file.ts



/** Most bytes of a file that holds credentials. */
const largest = 1024 * 1024;
/** Windows has no such flag, and no pipes among its files either. */
const nonBlocking = external_node_fs_.constants.O_NONBLOCK ?? 0;
/** Reads a file of credentials. Pipes and devices are never waited for. */
async function readSettingFile(file) {
    try {
        const handle = await (0,promises_.open)(file, external_node_fs_.constants.O_RDONLY | nonBlocking);
        try {
            const stat = await handle.stat();
            if (!stat.isFile())
                return { kind: 'unreadable', reason: 'expected a file, got something else' };
            if (stat.size > largest)
                return { kind: 'unreadable', reason: `larger than ${largest} bytes` };
            return { kind: 'found', content: await handle.readFile() };
        }
        finally {
            await handle.close();
        }
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : '';
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return { kind: 'missing' };
        return { kind: 'unreadable', reason: (0,fault/* describe */.q0)(error) };
    }
}

;// CONCATENATED MODULE: ./src/network/google-login.ts













const fileVariable = 'GOOGLE_APPLICATION_CREDENTIALS';
/**
 * Logs in with the Application Default Credentials: the file that `GOOGLE_APPLICATION_CREDENTIALS` names, else the one
 * that gcloud wrote, else the metadata server. A file that is named and no good is a wrong setting (`input-invalid`);
 * absent is said where there is nothing at all.
 */
async function logInToGoogle(purpose, relay, call) {
    const named = process.env[fileVariable];
    const wanted = named !== undefined && named !== '';
    const file = wanted ? named : gcloudFile();
    if (file === undefined)
        return logInByMetadataServer(purpose, relay, call);
    const read = await readSettingFile(file);
    if (read.kind === 'found')
        return logInByFile(file, read.content, purpose, relay, call);
    if (!wanted && read.kind === 'missing')
        return logInByMetadataServer(purpose, relay, call);
    const why = read.kind === 'missing' ? 'no such file' : read.reason;
    return (0,lookup/* failed */.gz)('input-invalid', `${purpose.what}: ${wanted ? `${fileVariable}: ` : ''}${file}: ${why}`);
}
/** Where `gcloud auth application-default login` writes; undefined for a user without a home. */
function gcloudFile() {
    const { CLOUDSDK_CONFIG: config, APPDATA: data = '' } = process.env;
    const folder = config === undefined || config === '' ? usualFolder(data) : config;
    return folder === undefined ? undefined : external_node_path_default().join(folder, 'application_default_credentials.json');
}
function usualFolder(data) {
    if (process.platform === 'win32')
        return external_node_path_default().join(data, 'gcloud');
    const home = (0,home_folder/* homeFolder */.W)();
    return home === undefined ? undefined : external_node_path_default().join(home, '.config/gcloud');
}
async function logInByFile(file, content, { what, scope }, relay, call) {
    const wrong = (why) => (0,lookup/* failed */.gz)('input-invalid', `${what}: ${file}: ${why}`);
    const document = (0,json/* readObject */.Ag)(content);
    if (!document)
        return wrong('expected the JSON of Google credentials, got something else');
    const universe = (0,json/* textField */.M8)(document, 'universe_domain') ?? login_purpose/* usualUniverse */.o;
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(universe))
        return wrong('universe_domain: expected a domain');
    try {
        const client = openClient(document, scope, requestsThrough(relay, call));
        if (typeof client === 'string')
            return wrong(client);
        const headers = await withoutRetries(client).getRequestHeaders();
        // The library hands on a token that is missing as a word.
        if (!/^Bearer (?!undefined$|null$)[\x21-\x7e]+$/.test(headers.get('authorization') ?? '')) {
            throw new Error('it gave no token');
        }
        return (0,lookup/* found */.F9)({ headers: Object.fromEntries(headers), universe });
    }
    catch (error) {
        return relay.blame(error) ?? wrong(relay.clean((0,fault/* describe */.q0)(error)));
    }
}
/** @returns why it can be none */
function openClient(document, scope, options) {
    const text = (name) => {
        const value = (0,json/* textField */.M8)(document, name) ?? '';
        if (value === '')
            throw new Error(`expected a text in the field ${name}`);
        return value;
    };
    const type = (0,json/* textField */.M8)(document, 'type') ?? '';
    switch (type) {
        case 'service_account': {
            const keyId = (0,json/* textField */.M8)(document, 'private_key_id');
            const client = new jwtclient/* JWT */.y({
                email: text('client_email'),
                key: text('private_key'),
                scopes: [scope],
                ...options,
                ...(keyId !== undefined && { keyId }),
            });
            // It signs its own tokens, as in Google's clients (AIP-4111): no token endpoint is asked.
            client.useJWTAccessWithScope = true;
            return client;
        }
        case 'authorized_user': {
            const client = new refreshclient/* UserRefreshClient */.yD(options);
            client.fromJSON(document);
            return client;
        }
        case 'external_account': {
            const source = (0,json/* objectField */.qV)(document, 'credential_source');
            if ((0,json/* field */.ZZ)(source, 'file') === undefined && (0,json/* field */.ZZ)(source, 'url') === undefined)
                return 'expected an external_account whose credential_source is a file or a URL, got another';
            return new FederatedClient({
                ...document,
                scopes: [scope],
                ...options,
            });
        }
        default: {
            const got = type === '' ? 'no type' : `type ${JSON.stringify(type.slice(0, 60))}`;
            return `expected credentials of type service_account, external_account or authorized_user, got ${got}`;
        }
    }
}
/** The library's client exchanges its token past the transporter that it is given. */
class FederatedClient extends identitypoolclient/* IdentityPoolClient */.s {
    constructor(options) {
        super(options);
        this.stsCredential = new stscredentials.StsCredentials({
            tokenExchangeEndpoint: this.getTokenUrl(),
            transporter: this.transporter,
            ...(this.clientAuth && { clientAuthentication: this.clientAuth }),
        });
    }
}


/***/ }),

/***/ 98696:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ homeFolder)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


/**
 * The home folder of the user. Undefined for one without, as in some containers: a user who has no name and no HOME, or
 * an empty one. What is no whole path would lie in the working directory, which may be that of a pull request.
 */
function homeFolder() {
    try {
        const home = node_os__WEBPACK_IMPORTED_MODULE_0___default().homedir();
        return node_path__WEBPACK_IMPORTED_MODULE_1___default().isAbsolute(home) ? home : undefined;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 35416:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ usualUniverse)
/* harmony export */ });
const usualUniverse = 'googleapis.com';


/***/ })

};
