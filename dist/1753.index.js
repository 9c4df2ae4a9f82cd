export const id = 1753;
export const ids = [1753,3043];
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

/***/ 53043:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ redirectTarget),
/* harmony export */   download: () => (/* binding */ download)
/* harmony export */ });
/* harmony import */ var _call_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48104);
/* harmony import */ var _exchange_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69945);
/* harmony import */ var _lookup_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(13130);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(54846);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49263);





const mostRedirects = 5;
/** Gets a small document; redirects are followed to https (or loopback) only and without any credentials. */
async function download(what, call) {
    return (0,_call_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .k)(`GET ${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(what.url)}`, what.service, call, () => follow(what, call));
}
async function follow(what, call) {
    let url = what.url;
    for (let hop = 0; hop <= mostRedirects; hop++) {
        if (!(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .mayCarry */ .P5)(url)) {
            const message = `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(url)}: expected https, got ${url.protocol}//`;
            // Whoever gave the first URL did not choose the ones after it.
            return hop === 0 ? (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('input-invalid', message) : (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('response-invalid', message, what.service);
        }
        const reply = await (0,_exchange_js__WEBPACK_IMPORTED_MODULE_1__/* .exchange */ .c)({ url, service: what.service, limit: what.limit }, call);
        if (reply.kind !== 'found')
            return reply;
        const { status, headers, body } = reply.value;
        const { location } = headers;
        if (status >= 300 && status < 400 && location !== undefined) {
            const next = redirectTarget(url, location);
            if (typeof next === 'string')
                return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('response-invalid', `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(url)}: ${next}`, what.service);
            url = next;
            continue;
        }
        const said = `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(url)}: the server answered ${status}`;
        if (status === 404 || status === 410)
            return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .absent */ .Ge)(said);
        if (status === 200)
            return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .found */ .F9)(body);
        const pause = (0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .retryAfter */ .P)(headers['retry-after']);
        return {
            ...(0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)((0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .statusCode */ .s)(status), said, what.service),
            ...(pause !== undefined && { retryAfterMs: pause }),
        };
    }
    return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('response-invalid', `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(what.url)}: more than ${mostRedirects} redirects`, what.service);
}
/** Where a redirect leads; a text says why it is not followed. */
function redirectTarget(from, location) {
    if (!URL.canParse(location, from.href))
        return 'the redirect leads to no URL';
    const next = new URL(location, from);
    // A relative redirect inherits user and password.
    next.username = '';
    next.password = '';
    if (from.protocol === 'https:' && next.protocol !== 'https:')
        return 'the redirect leaves https';
    return next;
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

/***/ 51753:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openArchivista: () => (/* binding */ openArchivista)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: ./src/network/url.ts
var network_url = __webpack_require__(49263);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
;// CONCATENATED MODULE: ./src/stores/archivista/access.ts


/** They say how a request is sent or how its answer comes: with a wrong length it hangs, packed it cannot be read. */
const reserved = new Set([
    'accept-encoding',
    'connection',
    'content-length',
    'content-type',
    'expect',
    'host',
    'keep-alive',
    'range',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
]);
/** The problem is always input-invalid; it never shows the value of a header. */
function readAccess({ url, headers = {} }) {
    if (!(0,network_url/* mayCarry */.P5)(url))
        return invalid(`${(0,network_url/* shown */.SP)(url)}: expected https, got ${url.protocol}//`);
    if (url.username !== '' || url.password !== '')
        return invalid(`${(0,network_url/* shown */.SP)(url)}: expected no user or password in the URL: credentials are given as a header`);
    if (url.search !== '' || url.hash !== '')
        return invalid(`${(0,network_url/* shown */.SP)(url)}: expected an address without query or fragment`);
    const checked = new Map();
    const wrong = (message) => invalid(message, 'archivista-headers');
    for (const [given, value] of Object.entries(headers)) {
        const name = given.toLowerCase();
        if (!isHeader(given, value))
            return wrong(`${JSON.stringify(given)} cannot be sent: a character in it, or in its value, is in no header`);
        if (reserved.has(name))
            return wrong(`${given} is not the user's to give`);
        if (checked.has(name))
            return wrong(`${given} is given twice`);
        checked.set(name, value);
    }
    return {
        origin: url.origin,
        base: url.href.replace(/\/+$/, ''),
        headers: Object.fromEntries(checked),
    };
}
function isHeader(name, value) {
    try {
        (0,external_node_http_.validateHeaderName)(name);
        (0,external_node_http_.validateHeaderValue)(name, value);
        return true;
    }
    catch {
        return false;
    }
}
function invalid(message, input = 'archivista-url') {
    return { code: 'input-invalid', message: `${input}: ${message}` };
}

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/network/call.ts
var network_call = __webpack_require__(48104);
// EXTERNAL MODULE: ./src/network/exchange.ts
var exchange = __webpack_require__(69945);
// EXTERNAL MODULE: ./src/network/https.ts
var https = __webpack_require__(53043);
// EXTERNAL MODULE: ./src/network/status.ts
var network_status = __webpack_require__(54846);
;// CONCATENATED MODULE: ./src/stores/archivista/api.ts







const mostRedirects = 3;
/** As much as is shown of what a server says, in characters. */
const saidLimit = 300;
/** By 303 a server wants a GET, which asks nothing. */
const keepsTheQuestion = new Set([301, 302, 307, 308]);
const redirects = new Set([...keepsTheQuestion, 303]);
function openApi({ origin, base, headers }, turns) {
    const queryUrl = new URL(`${base}/v1/query`);
    const downloadUrl = (gitoid) => new URL(`${base}/v1/download/${gitoid}`);
    const secrets = Object.values(headers).flatMap((value) => [value, ...value.split(/\s+/)]);
    /** A server that is broken, or an echo, may say back what it was sent. */
    const conceal = (text) => secrets
        .filter((secret) => secret.length > 3)
        .reduce((shownText, secret) => shownText.replaceAll(secret, '***'), text);
    const sendOnce = async (from, body, limit, call) => {
        let at = from;
        const own = body === undefined
            ? headers
            : { accept: 'application/json', ...headers, 'content-type': 'application/json' };
        for (let hop = 0; hop <= mostRedirects; hop++) {
            const sent = { url: at, service: 'archivista', limit, headers: own };
            const reply = await (0,exchange/* exchange */.c)(body === undefined ? sent : { ...sent, method: 'POST', body }, call);
            if (reply.kind !== 'found')
                return reply;
            const { status, headers: got } = reply.value;
            if (!redirects.has(status) || got.location === undefined)
                return reply;
            if (body !== undefined && !keepsTheQuestion.has(status))
                return api_invalid(at, `it answered ${status}`);
            const next = (0,https/* redirectTarget */.E)(at, got.location);
            if (typeof next === 'string')
                return api_invalid(at, next);
            if (next.origin !== origin)
                return api_invalid(at, `the redirect leads to another host, ${next.origin}: it is not followed`);
            at = next;
        }
        return api_invalid(from, `more than ${mostRedirects} redirects`);
    };
    return {
        queryUrl,
        downloadUrl,
        query: async (question, limit, call) => (0,network_call/* ask */.k)(`POST ${(0,network_url/* shown */.SP)(queryUrl)}`, 'archivista', call, async () => {
            const body = JSON.stringify(question);
            const reply = await turns(call, async () => sendOnce(queryUrl, body, limit, call));
            return reply.kind === 'found' ? readAnswer(reply.value, queryUrl, conceal) : reply;
        }),
        download: async (gitoid, limit, call) => {
            const url = downloadUrl(gitoid);
            return (0,network_call/* ask */.k)(`GET ${(0,network_url/* shown */.SP)(url)}`, 'archivista', call, async () => {
                const reply = await turns(call, async () => sendOnce(url, undefined, limit, call));
                return reply.kind === 'found' ? readDownload(reply.value, url) : reply;
            });
        },
    };
}
function readAnswer(reply, url, conceal) {
    const { status, headers, body } = reply;
    if (status === 404)
        return api_invalid(url, 'Archivista answered 404: no search is there. Check the address; the server must be 0.4 or newer and run with ARCHIVISTA_ENABLE_SQL_STORE and ARCHIVISTA_ENABLE_GRAPHQL switched on');
    const answer = (0,json/* readObject */.Ag)(body);
    const given = (0,json/* field */.ZZ)(answer, 'errors');
    const errors = (0,json/* listField */.FZ)(answer, 'errors') ?? [];
    const said = conceal((0,json/* textField */.M8)(errors.find(json/* isObject */.Gv), 'message') ?? '').slice(0, saidLimit);
    const because = said === '' ? '' : `: ${said}`;
    if (status !== 200)
        return refused(reply, url, because);
    if (answer === undefined) {
        const kind = conceal(headers['content-type'] ?? 'something else').slice(0, saidLimit);
        return api_invalid(url, `expected an answer in JSON, got ${kind}`);
    }
    if (errors.length > 0) {
        const code = errors.every(isPassing) ? 'server-error' : 'response-invalid';
        return (0,lookup/* failed */.gz)(code, `${(0,network_url/* shown */.SP)(url)}: the search failed${because}`, 'archivista');
    }
    if (given !== undefined && given !== null && !Array.isArray(given))
        return api_invalid(url, 'expected a list of errors, or none');
    const data = (0,json/* objectField */.qV)(answer, 'data');
    return data === undefined ? api_invalid(url, 'expected data, got none') : (0,lookup/* found */.F9)(data);
}
/**
 * Whether the question was understood, and answering it failed: only then an error has the path of a field (GraphQL
 * specification, 7.1.2), and no code of a validator. So Archivista tells, with status 200, that its database is away.
 */
function isPassing(error) {
    return ((0,json/* isObject */.Gv)(error) &&
        (0,json/* listField */.FZ)(error, 'path') !== undefined &&
        (0,json/* textField */.M8)((0,json/* objectField */.qV)(error, 'extensions'), 'code') === undefined);
}
function readDownload(reply, url) {
    const { status, body } = reply;
    if (status === 200)
        return (0,lookup/* found */.F9)(body);
    // With files Archivista answers 500 for what is not there, with S3 it answers 404 also when S3 cannot be reached.
    if (status === 404 || status === 410)
        return (0,lookup/* failed */.gz)('server-error', `${(0,network_url/* shown */.SP)(url)}: Archivista lists this envelope, and answered ${status}`, 'archivista');
    return refused(reply, url, '');
}
function refused({ status, headers }, url, because) {
    const pause = (0,network_status/* retryAfter */.P)(headers['retry-after']);
    return {
        ...(0,lookup/* failed */.gz)((0,network_status/* statusCode */.s)(status), `${(0,network_url/* shown */.SP)(url)}: Archivista answered ${status}${because}`, 'archivista'),
        ...(pause !== undefined && { retryAfterMs: pause }),
    };
}
function api_invalid(url, message) {
    return (0,lookup/* failed */.gz)('response-invalid', `${(0,network_url/* shown */.SP)(url)}: ${message}`, 'archivista');
}

// EXTERNAL MODULE: ./src/stores/store.ts
var store = __webpack_require__(34703);
;// CONCATENATED MODULE: ./src/stores/archivista/limits.ts

const mebibyte = 1024 * 1024;
const usualLimits = {
    digests: 100,
    searches: 100,
    page: 250,
    pages: 100,
    answer: mebibyte,
    envelopes: store/* signatureLimit */.OY,
    envelope: store/* bundleLimit */.UT,
    question: 512 * mebibyte,
    kept: 256 * mebibyte,
    atOnce: 4,
    requests: 6,
};

;// CONCATENATED MODULE: ./src/stores/archivista/search.ts


/**
 * By digests of subjects alone: collections of the aflock type are not indexed by name and types, so a search for those
 * finds nothing. The list is a connection as Relay has it, in the order of its rows' ids.
 */
const query = `query ($digests: [String!], $first: Int, $after: Cursor) {
  dsses(first: $first, after: $after, where: {hasStatementWith: {hasSubjectsWith: {hasSubjectDigestsWith: {valueIn: $digests}}}}) {
    edges { node { gitoidSha256 } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const gitoidForm = /^[0-9a-f]{64}$/;
/** The gitoids of all envelopes about these subjects, each once and in order. */
async function listEnvelopes(api, digests, limits, call) {
    // Of a digest with its algorithm before it nothing would be found, and nothing be said.
    const bare = [...new Set(digests.map((digest) => digest.replace(/^sha\d+:/, '')))];
    const most = limits.digests * limits.searches;
    const groups = Array.from({ length: Math.ceil(Math.min(bare.length, most) / limits.digests) }, (_, index) => bare.slice(index * limits.digests, Math.min((index + 1) * limits.digests, most)));
    const listings = await Promise.all(groups.map(async (group) => walk(api, group, limits, call)));
    const gitoids = [...new Set(listings.flatMap((listing) => listing.gitoids))].sort();
    const problems = listings.flatMap((listing) => listing.problems);
    if (bare.length > most)
        problems.push(exceeded(api, `${bare.length} digests to look for, only ${most} were looked for`));
    if (gitoids.length > limits.envelopes)
        problems.push(exceeded(api, `more than ${limits.envelopes} envelopes: only so many were read`));
    return { gitoids: gitoids.slice(0, limits.envelopes), problems };
}
async function walk(api, digests, limits, call) {
    const listed = new Set();
    const end = (...problems) => ({ gitoids: [...listed], problems });
    let after = null;
    for (let page = 0; page < limits.pages; page++) {
        const variables = { digests, first: limits.page, after };
        const answer = await api.query({ query, variables }, limits.answer, call);
        if (answer.kind === 'failed')
            return end(answer.problem);
        if (answer.kind === 'absent')
            return end(search_invalid(api, answer.message));
        const read = readPage(answer.value);
        if (typeof read === 'string')
            return end(search_invalid(api, read));
        for (const gitoid of read.gitoids)
            listed.add(gitoid);
        if (read.next === undefined)
            return end();
        if (read.next === after)
            return end(search_invalid(api, 'the next page is the same one'));
        // That they are too many is said once, of all searches together.
        if (listed.size > limits.envelopes)
            return end();
        after = read.next;
    }
    return end(exceeded(api, `more than ${limits.pages} pages`));
}
/** A text says what is wrong with it. */
function readPage(data) {
    const dsses = (0,json/* objectField */.qV)(data, 'dsses');
    const edges = (0,json/* listField */.FZ)(dsses, 'edges');
    if (edges === undefined)
        return 'expected a list of edges';
    const gitoids = [];
    for (const edge of edges) {
        const gitoid = (0,json/* isObject */.Gv)(edge) ? (0,json/* textField */.M8)((0,json/* objectField */.qV)(edge, 'node'), 'gitoidSha256') : undefined;
        // It becomes part of a path.
        if (gitoid === undefined || !gitoidForm.test(gitoid)) {
            const got = gitoid === undefined ? 'an entry without one' : JSON.stringify(gitoid.slice(0, 100));
            return `expected a gitoid of 64 hex digits, got ${got}`;
        }
        gitoids.push(gitoid);
    }
    const pageInfo = (0,json/* objectField */.qV)(dsses, 'pageInfo');
    const more = (0,json/* field */.ZZ)(pageInfo, 'hasNextPage');
    if (typeof more !== 'boolean')
        return 'expected to hear whether there is a next page';
    if (!more)
        return { gitoids, next: undefined };
    const next = (0,json/* textField */.M8)(pageInfo, 'endCursor');
    return next === undefined ? 'expected where the next page begins' : { gitoids, next };
}
function search_invalid({ queryUrl }, message) {
    return { code: 'response-invalid', service: 'archivista', message: `${(0,network_url/* shown */.SP)(queryUrl)}: ${message}` };
}
function exceeded({ queryUrl }, message) {
    return { code: 'limit-exceeded', service: 'archivista', message: `${(0,network_url/* shown */.SP)(queryUrl)}: ${message}` };
}

;// CONCATENATED MODULE: ./src/stores/archivista/turns.ts

/** Waits for a promise no longer than a call lasts: undefined is what is left then. */
async function within(promise, signal) {
    if (signal.aborted)
        return undefined;
    let stop = () => undefined;
    const over = new Promise((resolve) => {
        stop = () => resolve(undefined);
    });
    signal.addEventListener('abort', stop);
    try {
        return await Promise.race([promise, over]);
    }
    finally {
        signal.removeEventListener('abort', stop);
    }
}
function openTurns(most) {
    const waiting = new Set();
    let running = 0;
    const release = () => {
        const [next] = waiting;
        if (next === undefined) {
            running--;
            return;
        }
        // The place is handed on, so that nobody who asks in between comes first.
        waiting.delete(next);
        next();
    };
    return async ({ signal }, once) => {
        if (running < most)
            running++;
        else {
            let mine = () => undefined;
            const turn = new Promise((resolve) => {
                mine = () => resolve(true);
            });
            waiting.add(mine);
            if ((await within(turn, signal)) === undefined) {
                // Whoever is no longer in the row got the place in the same moment, and hands it on.
                if (!waiting.delete(mine))
                    release();
                return (0,lookup/* failed */.gz)('timeout', 'the time was over before its turn came', 'archivista');
            }
        }
        try {
            return await once();
        }
        finally {
            release();
        }
    };
}

;// CONCATENATED MODULE: ./src/stores/archivista/shelf.ts


/**
 * Envelopes that several images of a run ask for are fetched once. Only what was found is kept, and so many bytes of
 * it: beyond that an envelope is fetched again. A failure is that of one call, with its time, and is nobody else's.
 */
function openShelf(fetch, mostBytes) {
    const kept = new Map();
    const underWay = new Map();
    let size = 0;
    const get = async (gitoid, call) => {
        const answer = await fetch(gitoid, call);
        if (answer.kind === 'found' && !kept.has(gitoid) && size + answer.value.length <= mostBytes) {
            size += answer.value.length;
            kept.set(gitoid, answer.value);
        }
        return answer;
    };
    return async (gitoid, call) => {
        const bytes = kept.get(gitoid);
        if (bytes !== undefined)
            return (0,lookup/* found */.F9)(bytes);
        const others = underWay.get(gitoid);
        if (others !== undefined) {
            const answer = await within(others, call.signal);
            if (answer?.kind === 'found')
                return answer;
            // Not one after the other: each of those who waited would add its time to the next one's.
            return get(gitoid, call);
        }
        const own = get(gitoid, call);
        underWay.set(gitoid, own);
        try {
            return await own;
        }
        finally {
            underWay.delete(gitoid);
        }
    };
}

;// CONCATENATED MODULE: ./src/stores/archivista/archivista.ts









/** @param limits for tests; what the program reads is `usualLimits` */
function openArchivista(access, limits = usualLimits) {
    const entrance = readAccess(access);
    if ('code' in entrance)
        return { envelopesAbout: () => Promise.resolve({ envelopes: [], problems: [entrance] }) };
    const api = openApi(entrance, openTurns(limits.requests));
    const fetch = openShelf(async (gitoid, call) => fetchChecked(api, gitoid, limits, call), limits.kept);
    return {
        envelopesAbout: async (digests, call) => {
            const { gitoids, problems } = await listEnvelopes(api, digests, limits, call);
            const envelopes = new Map();
            const missed = [];
            const queue = gitoids.values();
            let size = 0;
            const work = async () => {
                for (const gitoid of queue) {
                    if (size >= limits.question) {
                        const message = `${(0,network_url/* shown */.SP)(api.queryUrl)}: the envelopes found have more than ${limits.question} bytes: the rest was not read`;
                        missed.push({ code: 'limit-exceeded', service: 'archivista', message });
                        return;
                    }
                    const answer = await fetch(gitoid, call);
                    if (answer.kind === 'found') {
                        size += answer.value.length;
                        const where = (0,network_url/* shown */.SP)(api.downloadUrl(gitoid));
                        envelopes.set(gitoid, { bytes: answer.value, where, gitoid });
                    }
                    else if (answer.kind === 'failed')
                        missed.push(answer.problem);
                    else
                        missed.push({ code: 'response-invalid', service: 'archivista', message: answer.message });
                }
            };
            await Promise.all(Array.from({ length: limits.atOnce }, work));
            return {
                envelopes: gitoids.flatMap((gitoid) => envelopes.get(gitoid) ?? []),
                problems: fewOfEach([...problems, ...missed]),
            };
        },
    };
}
async function fetchChecked(api, gitoid, limits, call) {
    const answer = await api.download(gitoid, limits.envelope, call);
    if (answer.kind !== 'found')
        return answer;
    const got = (0,external_node_crypto_.createHash)('sha256').update(`blob ${answer.value.length}\0`).update(answer.value).digest('hex');
    if (got === gitoid)
        return answer;
    const where = (0,network_url/* shown */.SP)(api.downloadUrl(gitoid));
    return (0,lookup/* failed */.gz)('response-invalid', `${where}: expected the gitoid ${gitoid}, got ${got}`, 'archivista');
}
/** Problems of one kind that are told one by one: a store that went away gives one for each envelope. */
const mostTold = 10;
function fewOfEach(problems) {
    const kinds = new Map();
    for (const problem of problems) {
        const kind = kinds.get(problem.code) ?? new Map();
        kinds.set(problem.code, kind.set(problem.message, problem));
    }
    return [...kinds].flatMap(([code, kind]) => {
        const told = [...kind.values()].slice(0, mostTold);
        const more = kind.size - told.length;
        if (more === 0)
            return told;
        return [
            ...told,
            { code, service: 'archivista', message: `${more} more of Archivista's answers: ${code}` },
        ];
    });
}


/***/ })

};
