export const id = 1574;
export const ids = [1574];
export const modules = {

/***/ 31574:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   getSecret: () => (/* binding */ getSecret)
/* harmony export */ });
/* harmony import */ var _network_call_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48104);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(13130);


const program = 'kubectl';
/** A secret holds 1 MiB (Kubernetes, API limits); in base64, with its metadata beside it, it is longer. */
const outputLimit = 4 * 1024 * 1024;
/**
 * Asks the cluster of the current context for a secret, with the program that knows how to sign in there. The right
 * needed is `get` on that one secret.
 */
async function getSecret(secret, call) {
    const { namespace, name } = secret;
    const what = `${program} get secret -n ${namespace} ${name}`;
    return (0,_network_call_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .k)(what, 'key', call, async () => {
        // Which host it goes to is known to kubectl alone.
        const ended = call.journal.contacted(program, what);
        const args = ['get', 'secret', '-n', namespace, name, '-o', 'json'];
        const came = await run(args, call.signal);
        ended(came.kind === 'ended' ? `exit ${came.exitCode}` : came.kind);
        return settle(what, came);
    });
}
function settle(what, ended) {
    switch (ended.kind) {
        case 'missing': {
            const remedy = 'install it before this step, or give the public key as a file';
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('input-invalid', `${program} is not on the path; ${remedy}`);
        }
        case 'unstartable':
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('input-invalid', `${program} could not be started (${ended.why})`);
        case 'stopped':
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('timeout', `${what}: no answer within ${_network_call_js__WEBPACK_IMPORTED_MODULE_0__/* .idleLimit */ .W / 1000} s, or within the time left`, 'key');
        case 'too-long':
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('limit-exceeded', `${what}: said more than ${outputLimit} bytes`, 'key');
        case 'ended':
            return ended.exitCode === 0 ? (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .found */ .F9)(Buffer.from(ended.stdout)) : fault(what, ended);
    }
}
/** What kubectl writes on stderr, and what it means; the first that matches counts. */
const faults = [
    [
        /\((?:Forbidden|Unauthorized)\)|must be logged in|provide credentials/,
        'denied',
        'it needs get on this secret',
    ],
    [/getting credentials: /, 'denied', 'the credential plugin gave none'],
    [/\(TooManyRequests\)/, 'rate-limited', 'the API server gets too many requests'],
    [
        /\((?:Server)?Timeout\)|handshake timeout|i\/o timeout|deadline exceeded|Client\.Timeout/,
        'timeout',
        'the API server did not answer in time',
    ],
    [/\(NotFound\)/, 'response-invalid', 'the server knows no secrets: is it an API server?'],
    [/Error from server/, 'server-error', 'the API server failed'],
    [/x509: |tls: /, 'tls-failed', 'no trusted TLS connection to the API server'],
    [
        /localhost:8080 was refused/,
        'unreachable',
        'no API server here, and no other one configured (KUBECONFIG)',
    ],
    [
        /was refused|connection refused|Unable to connect|no such host|no route to host/,
        'unreachable',
        'the API server could not be reached',
    ],
    [
        /current-context|context (?:".{1,200}" )?(?:does not exist|was not found)|no configuration has been provided|loading config file/,
        'input-invalid',
        'the configuration names no cluster (KUBECONFIG)',
    ],
];
/** What it wrote is not quoted: a credential plugin writes there too. */
function fault(what, { exitCode, stderr }) {
    if (/\(NotFound\): (?:secrets|namespaces) "/.test(stderr))
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .absent */ .Ge)('there is no such secret');
    const known = faults.find(([pattern]) => pattern.test(stderr));
    if (!known)
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('server-error', `${what}: ended with exit code ${exitCode}`, 'key');
    const [, code, meaning] = known;
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)(code, `${what}: ${meaning}`, code === 'input-invalid' ? undefined : 'key');
}
async function run(args, signal) {
    const { execFile } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 31421, 23));
    return new Promise((resolve) => {
        const ends = { signal, timeout: _network_call_js__WEBPACK_IMPORTED_MODULE_0__/* .idleLimit */ .W, killSignal: 'SIGKILL' };
        const child = execFile(program, args, { ...ends, maxBuffer: outputLimit, windowsHide: true }, (error, stdout, stderr) => {
            if (error === null)
                resolve({ kind: 'ended', exitCode: 0, stdout, stderr });
            else if (typeof error.code === 'number')
                resolve({ kind: 'ended', exitCode: error.code, stdout, stderr });
            else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
                resolve({ kind: 'too-long' });
            else if (signal.aborted || child.killed)
                resolve({ kind: 'stopped' });
            else if (error.code === 'ENOENT')
                resolve({ kind: 'missing' });
            // Killed by somebody else: it started, and said nothing that counts.
            else if (error.signal)
                resolve({ kind: 'ended', exitCode: 128, stdout: '', stderr: '' });
            else
                resolve({ kind: 'unstartable', why: String(error.code) });
        });
        // It is asked nothing: one that waits for a password ends.
        child.stdin?.on('error', () => undefined);
        child.stdin?.end();
    });
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


/***/ })

};
