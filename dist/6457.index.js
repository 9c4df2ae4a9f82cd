export const id = 6457;
export const ids = [6457];
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


/***/ }),

/***/ 57886:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ shareAnswer),
/* harmony export */   m: () => (/* binding */ isForsaken)
/* harmony export */ });
/** Whether it came to nothing only because the image that asked was decided without it. */
function isForsaken(answer, { asker }, call) {
    return answer.kind === 'failed' && asker.aborted && !call.signal.aborted;
}
/** Asks once for all images; whoever still needs what another gave up asks anew. */
function shareAnswer(once) {
    let current;
    return async (call) => {
        for (;;) {
            const asked = (current ??= { answer: once(call), asker: call.signal });
            const answer = await asked.answer;
            if (!isForsaken(answer, asked, call))
                return answer;
            if (current === asked)
                current = undefined;
        }
    };
}


/***/ }),

/***/ 71173:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g: () => (/* binding */ openCloudObjects)
});

// EXTERNAL MODULE: ./src/network/call.ts
var network_call = __webpack_require__(48104);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./src/stores/s3lo/checksum.ts

function openSumming() {
    let crc = 0xffffffff;
    let size = 0;
    const md5 = (0,external_node_crypto_.getFips)() === 1 ? undefined : (0,external_node_crypto_.createHash)('md5');
    return {
        add: (bytes) => {
            for (const byte of bytes)
                crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
            md5?.update(bytes);
            size += bytes.length;
        },
        sums: () => {
            const sum = Buffer.alloc(4);
            sum.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
            return { crc32c: sum.toString('base64'), md5: md5?.copy().digest('base64') };
        },
        size: () => size,
    };
}
/** CRC-32C, the one of Castagnoli (RFC 3720, appendix B.4), a byte at a time; `zlib` has another one. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++)
        rest = rest & 1 ? (rest >>> 1) ^ 0x82f63b78 : rest >>> 1;
    return rest;
});

// EXTERNAL MODULE: ./src/stores/s3lo/objects.ts
var objects = __webpack_require__(69912);
;// CONCATENATED MODULE: ./src/stores/s3lo/cloud-objects.ts




/** Objects of a bucket that is read with plain GET requests: bounded, checked, and asked for again where that can help. */
function openCloudObjects(bucket) {
    const { where } = bucket;
    const get = async (key, limit, call) => {
        const summing = openSumming();
        const answer = await bucket.request(key, { limit }, call);
        if (answer.kind !== 'found')
            return answer;
        if (answer.value.status !== 200)
            return bucket.refuse(answer.value, key, call);
        summing.add(answer.value.body);
        return spoiled(answer.value, summing, bucket, where(key)) ?? (0,lookup/* found */.F9)(answer.value.body);
    };
    const stream = async (key, limit, open, call) => {
        let summing = openSumming();
        const into = () => {
            const sink = open();
            summing = openSumming();
            return (bytes) => {
                summing.add(bytes);
                sink(bytes);
            };
        };
        const answer = await bucket.request(key, { limit, into }, call);
        if (answer.kind !== 'found')
            return answer;
        if (answer.value.status !== 200)
            return bucket.refuse(answer.value, key, call);
        if (answer.value.cut)
            return (0,lookup/* found */.F9)(false);
        return spoiled(answer.value, summing, bucket, where(key)) ?? (0,lookup/* found */.F9)(true);
    };
    return {
        where,
        get: (key, limit, call) => (0,network_call/* ask */.k)(`GET ${where(key)}`, 'storage', call, () => get(key, limit, call)),
        stream: (key, limit, open, call) => (0,network_call/* ask */.k)(`GET ${where(key)}`, 'storage', call, () => stream(key, limit, open, call)),
        names: (prefix, most, call) => (0,network_call/* ask */.k)(`LIST ${where(prefix)}`, 'storage', call, () => bucket.names(prefix, most, call)),
    };
}
/** Why these are not the bytes that the store holds. */
function spoiled(reply, summing, { stored }, where) {
    const type = reply.headers['content-type'] ?? '';
    if (/^text\/html\b/i.test(type)) {
        return (0,lookup/* failed */.gz)('response-invalid', `${where}: expected an object, got a page of type ${type}`, 'storage');
    }
    const said = stored(reply);
    const got = summing.sums();
    const isVouched = reply.headers.etag !== undefined || Object.keys(said).length > 0;
    if (summing.size() === 0 && !isVouched)
        return (0,objects/* nothingCame */.y2)(where);
    for (const name of ['crc32c', 'md5']) {
        const [expected, sum] = [said[name], got[name]];
        if (expected === undefined || sum === undefined || expected === sum)
            continue;
        const message = `${where}: checksum ${name}: expected ${expected}, got ${sum}`;
        return (0,lookup/* failed */.gz)('response-invalid', message, 'storage');
    }
    return undefined;
}


/***/ }),

/***/ 95571:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ openSignIn)
/* harmony export */ });
/* harmony import */ var _network_exchange_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(69945);
/* harmony import */ var _registry_shared_answer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57886);


/** Shorter ones would blank out ordinary words. */
const shortestSecret = 8;
/** For so long, what signs in does not end by itself; milliseconds. */
const shortestLife = 60_000;
/** @param acquire asks for the headers; never absent */
function openSignIn(acquire) {
    let current;
    const secrets = new Set();
    const headers = async (call) => {
        for (;;) {
            const asked = (current ??= { answer: acquire(call), asker: call.signal, since: Date.now() });
            const answer = await asked.answer;
            if (answer.kind === 'found') {
                const secret = answer.value['authorization']?.replace(/^\w+ /, '') ?? '';
                if (secret.length >= shortestSecret)
                    secrets.add(secret);
                return answer;
            }
            // What failed is asked for anew by whoever comes next, and at once where only its asker gave up.
            if (current === asked)
                current = undefined;
            if (!(0,_registry_shared_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isForsaken */ .m)(answer, asked, call))
                return answer;
        }
    };
    return {
        send: async (question, call) => {
            const used = current;
            const first = await headers(call);
            if (first.kind !== 'found')
                return first;
            const reply = await (0,_network_exchange_js__WEBPACK_IMPORTED_MODULE_0__/* .exchange */ .c)(withHeaders(question, first.value), call);
            if (reply.kind !== 'found' || reply.value.status !== 401)
                return reply;
            // No token is too old so soon: the service does not want it.
            if (used === undefined || Date.now() - used.since < shortestLife)
                return reply;
            if (current === used)
                current = undefined;
            const renewed = await headers(call);
            return renewed.kind === 'found' ? (0,_network_exchange_js__WEBPACK_IMPORTED_MODULE_0__/* .exchange */ .c)(withHeaders(question, renewed.value), call) : renewed;
        },
        clean: (text) => [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '***'), text),
    };
}
function withHeaders(question, signed) {
    return { ...question, headers: { ...question.headers, ...signed } };
}


/***/ })

};
