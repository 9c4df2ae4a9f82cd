export const id = 7586;
export const ids = [7586];
export const modules = {

/***/ 67586:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openEngine: () => (/* binding */ openEngine),
/* harmony export */   usualLimits: () => (/* binding */ usualLimits)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73136);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_url__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(75919);
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_worker_threads__WEBPACK_IMPORTED_MODULE_2__);



/** An evaluation is as long as cilock allows (30 s); the memory's limit is in the module itself (engines/build.js). */
const usualLimits = { startMs: 60_000, answerMs: 30_000 };
const memoryLimit = '512 MiB';
/**
 * OPA and CUE in a thread of their own, which starts with the first question. Questions are answered one after the
 * other. A question that reaches a limit is stopped, and so is whatever asks with the same policies later: a policy that
 * does not end costs its time once.
 *
 * @param folder where the program lies: the worker's entry and the module
 */
function openEngine(folder = besideThis(), limits = usualLimits) {
    let running;
    let turn = Promise.resolve();
    const given = new Map();
    let closed = false;
    const answer = async (question, signal) => {
        const id = JSON.stringify([question.language, question.files]);
        const before = given.get(id);
        if (before)
            return { kind: 'failed', problem: before };
        if (signal.aborted || closed)
            return { kind: 'failed', problem: outOfTime() };
        running ??= start(folder, limits.startMs);
        const engine = await untilAborted(running, signal);
        // It goes on starting: others may still ask.
        if (engine === undefined)
            return { kind: 'failed', problem: outOfTime() };
        if ('code' in engine) {
            running = undefined;
            return { kind: 'failed', problem: engine };
        }
        const said = await engine.ask(JSON.stringify(question), limits.answerMs, signal);
        if (said.kind === 'answer')
            return readAnswer(said.text, question.inputs.length);
        running = undefined;
        if (said.kind === 'ended')
            given.set(id, said.problem);
        return { kind: 'failed', problem: said.problem };
    };
    return {
        ask: async (question, signal) => {
            const mine = turn
                .then(async () => answer(question, signal))
                .catch((error) => ({ kind: 'failed', problem: defect(error) }));
            turn = mine;
            return mine;
        },
        close: () => {
            closed = true;
            void running?.then((engine) => 'code' in engine || engine.stop());
            running = undefined;
        },
    };
}
async function start(folder, ms) {
    try {
        return await startWorker(folder, ms);
    }
    catch (error) {
        return defect(error);
    }
}
async function startWorker(folder, ms) {
    const worker = new node_worker_threads__WEBPACK_IMPORTED_MODULE_2__.Worker(node_path__WEBPACK_IMPORTED_MODULE_0___default().join(folder, 'policy-engine.js'), {
        workerData: node_path__WEBPACK_IMPORTED_MODULE_0___default().join(folder, 'policy-engines.wasm.br'),
        // What the program was started with is not the worker's: --import hooks, say, or secrets in the environment.
        argv: [],
        env: {},
        execArgv: [],
        stdin: false,
    });
    // The run does not wait for a worker that nobody waits for.
    worker.unref();
    const stop = () => void worker.terminate();
    const first = await listen(worker, ms);
    if (first === 'late') {
        stop();
        return failed('timeout', `the policy engine did not start within ${ms / 1000} s`);
    }
    if (first.kind !== 'ready') {
        stop();
        return failed('internal-error', `the policy engine did not start: ${'message' in first ? first.message : ''}`);
    }
    return { stop, ask: async (question, limit, signal) => converse(worker, question, limit, signal) };
}
async function converse(worker, question, ms, signal) {
    const said = listen(worker, ms, signal);
    worker.postMessage(question);
    const reply = await said;
    if (reply !== 'late' && reply.kind === 'answer')
        return reply;
    void worker.terminate();
    if (reply === 'late') {
        if (signal.aborted)
            return { kind: 'left', problem: outOfTime() };
        const message = `the policy did not come to an end within ${ms / 1000} s`;
        return { kind: 'ended', problem: failed('timeout', message) };
    }
    const ended = reply.kind === 'ended' ? reply : { why: 'defect', message: 'it started again' };
    return { kind: 'ended', problem: problemOf(ended) };
}
function problemOf({ why, message }) {
    switch (why) {
        case 'memory':
            return failed('limit-exceeded', `the policy needs more than ${memoryLimit} of memory`);
        case 'depth':
            return failed('limit-exceeded', 'the policy, or what it is asked about, is nested too deep');
        case 'defect':
            return failed('internal-error', `the policy engine broke down: ${message}`);
    }
}
async function untilAborted(value, signal) {
    if (signal.aborted)
        return undefined;
    return new Promise((resolve, reject) => {
        const stop = () => resolve(undefined);
        signal.addEventListener('abort', stop, { once: true });
        void value.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    });
}
/** The next thing that a worker says; that it ended, if it says nothing more. */
async function listen(worker, ms, signal) {
    worker.ref();
    return new Promise((resolve) => {
        const done = (said) => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', late);
            for (const event of ['message', 'error', 'exit'])
                worker.removeAllListeners(event);
            // An error that nobody listens to would end the whole program.
            worker.on('error', () => undefined);
            worker.unref();
            resolve(said);
        };
        const late = () => done('late');
        const timer = setTimeout(late, ms);
        signal?.addEventListener('abort', late, { once: true });
        worker.on('message', (said) => done(said));
        worker.on('error', (error) => {
            const message = error instanceof Error ? error.message : String(error);
            done({ kind: 'ended', why: 'defect', message });
        });
        worker.on('exit', (code) => done({ kind: 'ended', why: 'defect', message: `its thread ended with ${code}` }));
    });
}
/** @throws when it is no answer */
function readAnswer(text, inputs) {
    const { results = [], faults = [] } = JSON.parse(text);
    const own = faults.find(({ code }) => code.startsWith('engine_'));
    if (own)
        return { kind: 'failed', problem: failed('internal-error', `the policy engine: ${own.message}`) };
    if (faults.length > 0)
        return { kind: 'refused', faults };
    if (results.length === inputs)
        return { kind: 'answered', results };
    const message = `the policy engine answered for ${results.length} of ${inputs} inputs`;
    return { kind: 'failed', problem: failed('internal-error', message) };
}
/** Of this program, not of a policy. */
function defect(error) {
    const message = error instanceof Error ? error.message : String(error);
    return failed('internal-error', `the policy engine did not start or answer: ${message}`);
}
function outOfTime() {
    return failed('timeout', 'the policy was not evaluated within the time for this image');
}
function failed(code, message) {
    return { code, service: 'engine', message };
}
/** The folder of the bundle: every chunk of it lies there. */
function besideThis() {
    return node_path__WEBPACK_IMPORTED_MODULE_0___default().dirname((0,node_url__WEBPACK_IMPORTED_MODULE_1__.fileURLToPath)(import.meta.url));
}


/***/ })

};
