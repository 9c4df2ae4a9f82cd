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

/***/ 54682:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  logInToGoogle: () => (/* binding */ logInToGoogle)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
var external_node_os_default = /*#__PURE__*/__webpack_require__.n(external_node_os_);
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
    const read = await readSettingFile(file);
    if (read.kind === 'found')
        return logInByFile(file, read.content, purpose, relay, call);
    if (!wanted && read.kind === 'missing')
        return logInByMetadataServer(purpose, relay, call);
    const why = read.kind === 'missing' ? 'no such file' : read.reason;
    return (0,lookup/* failed */.gz)('input-invalid', `${purpose.what}: ${wanted ? `${fileVariable}: ` : ''}${file}: ${why}`);
}
/** Where `gcloud auth application-default login` writes. */
function gcloudFile() {
    const { CLOUDSDK_CONFIG: config, APPDATA: data = '' } = process.env;
    const usual = process.platform === 'win32' ? external_node_path_default().join(data, 'gcloud') : external_node_path_default().join(external_node_os_default().homedir(), '.config/gcloud');
    return external_node_path_default().join(config === undefined || config === '' ? usual : config, 'application_default_credentials.json');
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

/***/ 35416:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ usualUniverse)
/* harmony export */ });
const usualUniverse = 'googleapis.com';


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
