export const id = 2925;
export const ids = [2925];
export const modules = {

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
/* harmony import */ var _in_turn_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(52151);
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
    return (0,_in_turn_js__WEBPACK_IMPORTED_MODULE_4__/* .inTurn */ .l)({ host: url.host, name, service }, call, async (turns) => {
        const ended = call.journal.contacted(url.host, `${question.method ?? 'GET'} ${name}`);
        const reply = await send(question, agent, call);
        ended(reply.kind === 'failed' ? reply.problem.code : reply.kind === 'found' ? `${reply.value.status}` : '');
        // All images wait, not only the one that was told to.
        if (reply.kind === 'found' && reply.value.status === 429)
            turns.pause((0,_status_js__WEBPACK_IMPORTED_MODULE_8__/* .retryAfter */ .P)(reply.value.headers['retry-after']) ?? 0);
        return reply;
    });
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

/***/ 52151:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ inTurn)
/* harmony export */ });
/* harmony import */ var _host_turns_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68155);
/* harmony import */ var _lookup_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(13130);


/** Asks a host when it is this call's turn; not at all where the time is over before, or the host wants none for long. */
async function inTurn({ host, name, service }, call, once) {
    const turns = (0,_host_turns_js__WEBPACK_IMPORTED_MODULE_0__/* .turnsOf */ .oA)(host);
    const turn = await turns.take(call);
    if (turn.kind === 'refused') {
        const seconds = Math.ceil(turn.leftMs / 1000);
        const message = `${name}: not asked, as the host wants no request for another ${seconds} s`;
        return { ...(0,_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('rate-limited', message, service), retryAfterMs: turn.leftMs };
    }
    if (turn.kind === 'over')
        return turn.waited
            ? (0,_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('rate-limited', `${name}: the host wanted a pause until the time for it was over`, service)
            : (0,_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('timeout', `${name}: stopped, as the time for it was over`, service);
    try {
        return await once(turns);
    }
    finally {
        turn.done();
    }
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


/***/ }),

/***/ 67053:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   Wr: () => (/* binding */ credentialsIn),
/* harmony export */   hB: () => (/* binding */ readEntry)
/* harmony export */ });
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49839);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(13130);


/** The names under which docker keeps the credentials of its own registry. */
const dockerHub = ['index.docker.io', 'docker.io', 'registry-1.docker.io'];
/** Chooses among the entries of `auths`; anonymous where there is none. */
function credentialsIn(auths, registry, rule, file) {
    const hosts = registry === 'docker.io' ? dockerHub : [registry];
    const isMeant = (host) => hosts.includes(host) || (rule === 'kubernetes' && hosts.some((one) => matches(host, one)));
    // Sorting keeps the order of the file among equals.
    const own = Object.entries(auths ?? {})
        .map(([name, value]) => ({ name, value, ...partsOf(name) }))
        .filter(({ host }) => isMeant(host))
        .sort((a, b) => b.path.length - a.path.length || stars(a) - stars(b));
    return (repository) => {
        const entry = own.find(({ path }) => path === '' || `${repository}/`.startsWith(`${path}/`)) ??
            (rule === 'docker' ? own.at(-1) : undefined);
        if (entry === undefined)
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_0__/* .found */ .F9)({ kind: 'anonymous' });
        const credential = readEntry(entry.value);
        if (credential)
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_0__/* .found */ .F9)(credential);
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_0__/* .failed */ .gz)('input-invalid', `${file}: the entry for ${entry.name} cannot be read`);
    };
}
/** What an entry is for, however it is written: two for the same are one too many. */
function placeOf(name) {
    const { host, path } = partsOf(name);
    return `${dockerHub.includes(host) ? 'docker.io' : host}/${path}`;
}
/** Older entries are URLs: of them, host and path count, without the version of the API. */
function partsOf(name) {
    const [host = '', ...path] = name.replace(/^https?:\/\//, '').split('/');
    if (/^v[12]$/.test(path[0] ?? ''))
        path.shift();
    return { host, path: path.filter((part) => part !== '').join('/') };
}
function stars({ host }) {
    return host.includes('*') ? 1 : 0;
}
/** `*.registry.example`: a star stands for anything within one label, and never for a port. */
function matches(pattern, host) {
    if (!pattern.includes('*'))
        return false;
    const [name = '', port] = host.split(':');
    const [wanted = '', wantedPort] = pattern.split(':');
    const labels = name.split('.');
    const globs = wanted.split('.');
    if (port !== wantedPort || labels.length !== globs.length)
        return false;
    return globs.every((glob, index) => isLike(labels[index] ?? '', glob));
}
function isLike(label, glob) {
    const [start = '', ...parts] = glob.split('*');
    const end = parts.pop();
    if (end === undefined)
        return label === glob;
    if (!label.startsWith(start) || !label.endsWith(end) || label.length < start.length + end.length)
        return false;
    let rest = label.slice(start.length, label.length - end.length);
    return parts.every((part) => {
        const at = rest.indexOf(part);
        rest = rest.slice(at + part.length);
        return at >= 0;
    });
}
/** @returns undefined for an entry that cannot be read */
function readEntry(value) {
    const entry = typeof value === 'object' && value !== null ? value : {};
    const registryToken = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(entry, 'registrytoken');
    if (registryToken !== undefined && registryToken !== '') {
        // It goes into a header as it is.
        return /^[\x21-\x7e]+$/.test(registryToken) ? { kind: 'registry-token', token: registryToken } : undefined;
    }
    const identity = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(entry, 'identitytoken');
    if (identity !== undefined && identity !== '')
        return { kind: 'identity-token', token: identity };
    const auth = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(entry, 'auth');
    if (auth !== undefined && auth !== '') {
        const decoded = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
        const colon = decoded.indexOf(':');
        if (colon < 0)
            return undefined;
        return { kind: 'login', username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
    }
    const username = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(entry, 'username');
    const password = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(entry, 'password');
    if (username === undefined || password === undefined)
        return { kind: 'anonymous' };
    return { kind: 'login', username, password };
}


/***/ }),

/***/ 83940:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ refusalIn)
/* harmony export */ });
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49839);

/** What the code of an error says, whatever the status (OCI distribution 1.1, error codes). */
const refusals = {
    UNAUTHORIZED: 'denied',
    DENIED: 'denied',
    TOOMANYREQUESTS: 'rate-limited',
};
/** What a token service says of a login or token that it does not take, with status 400 (RFC 6749, 5.2). */
const oauthRefusals = new Set([
    'invalid_grant',
    'invalid_client',
    'unauthorized_client',
    'access_denied',
]);
/**
 * The refusal in an answer whose status says something else: Amazon's registry answers 400 to a token that has expired.
 * Taken by its status, a 400 or 404 would say that something is not there.
 */
function refusalIn({ status, body }) {
    if (![400, 404, 406].includes(status))
        return undefined;
    const said = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readObject */ .Ag)(body);
    for (const error of (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(said, 'errors') ?? []) {
        const code = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(error) ? (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(error, 'code') : undefined;
        if (code !== undefined && Object.hasOwn(refusals, code))
            return refusals[code];
    }
    return oauthRefusals.has((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(said, 'error') ?? '') ? 'denied' : undefined;
}


/***/ }),

/***/ 36585:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ basic),
/* harmony export */   e: () => (/* binding */ fetchToken)
/* harmony export */ });
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(49839);
/* harmony import */ var _network_exchange_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(69945);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(13130);
/* harmony import */ var _network_status_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(54846);
/* harmony import */ var _network_url_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(49263);
/* harmony import */ var _refusal_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(83940);






const tokenLimit = 1024 * 1024;
/**
 * Asks the service that the registry named for a token (distribution, docs/spec/auth/token.md and oauth.md). The
 * credentials go there over https only, or on this machine.
 */
async function fetchToken(challenge, scope, credential, { trust, plain }, call) {
    if (!URL.canParse(challenge.realm)) {
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', 'the registry names no URL to ask for a token', 'registry');
    }
    const url = new URL(challenge.realm);
    if (!(0,_network_url_js__WEBPACK_IMPORTED_MODULE_3__/* .mayCarry */ .P5)(url) && !(plain && url.protocol === 'http:')) {
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('denied', `${(0,_network_url_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(url)}: the registry names a token service without https`, 'registry');
    }
    const question = credential.kind === 'identity-token'
        ? refresh(url, challenge, scope, credential.token)
        : login(url, challenge, scope, credential);
    const reply = await (0,_network_exchange_js__WEBPACK_IMPORTED_MODULE_0__/* .exchange */ .c)({ ...question, service: 'registry', limit: tokenLimit, trust }, call);
    return reply.kind === 'found' ? readToken(reply.value, url) : reply;
}
function login(realm, { service, scope: asked }, scope, credential) {
    const url = new URL(realm);
    if (service !== undefined)
        url.searchParams.set('service', service);
    for (const one of (asked ?? scope).split(' '))
        url.searchParams.append('scope', one);
    return { url, ...(credential.kind === 'login' && { headers: { authorization: basic(credential) } }) };
}
function refresh(url, { service, scope: asked }, scope, token) {
    const form = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'verify-image',
        refresh_token: token,
        scope: asked ?? scope,
        ...(service !== undefined && { service }),
    });
    return {
        url,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
    };
}
function readToken(reply, url) {
    const { status, headers, body } = reply;
    if (status !== 200) {
        const pause = (0,_network_status_js__WEBPACK_IMPORTED_MODULE_4__/* .retryAfter */ .P)(headers['retry-after']);
        return {
            ...(0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)((0,_refusal_js__WEBPACK_IMPORTED_MODULE_1__/* .refusalIn */ .c)(reply) ?? (0,_network_status_js__WEBPACK_IMPORTED_MODULE_4__/* .statusCode */ .s)(status), `${(0,_network_url_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(url)}: the token service answered ${status}`, 'registry'),
            ...(pause !== undefined && { retryAfterMs: pause }),
        };
    }
    const object = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_5__/* .readObject */ .Ag)(body);
    const token = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_5__/* .textField */ .M8)(object, 'token') ?? (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_5__/* .textField */ .M8)(object, 'access_token');
    // What is no token would break the header it goes into.
    if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) {
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${(0,_network_url_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(url)}: expected a token, got an answer without one`, 'registry');
    }
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)(token);
}
function basic({ username, password }) {
    return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}


/***/ })

};
