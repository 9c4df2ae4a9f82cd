export const id = 2929;
export const ids = [2929];
export const modules = {

/***/ 62929:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  answerQuestions: () => (/* binding */ answerQuestions)
});

// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(75919);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./src/engine/system.ts

const success = 0;
const badDescriptor = 8;
const unsupported = 52;
/** Said by a module that breaks down, at most so much of it is kept. */
const mostSaid = 4000;
function newSystem() {
    let memory;
    let said = '';
    const view = () => new DataView(memory?.buffer ?? new ArrayBuffer(0));
    const setNumber = (at, value) => {
        view().setUint32(at, value, true);
        return success;
    };
    const calls = new Map(Object.entries({
        clock_time_get: (clock, _precision, at) => {
            const now = clock === 0 ? BigInt(Date.now()) * 1000000n : process.hrtime.bigint();
            view().setBigUint64(at, now, true);
            return success;
        },
        random_get: (at, size) => {
            (0,external_node_crypto_.randomFillSync)(new Uint8Array(view().buffer, at, size));
            return success;
        },
        args_sizes_get: (count, size) => setNumber(count, 0) + setNumber(size, 0),
        args_get: () => success,
        environ_sizes_get: (count, size) => setNumber(count, 0) + setNumber(size, 0),
        environ_get: () => success,
        fd_write: (_descriptor, vectors, count, written) => {
            let all = 0;
            for (let index = 0; index < count; index++) {
                const at = view().getUint32(vectors + 8 * index, true);
                const size = view().getUint32(vectors + 8 * index + 4, true);
                if (said.length < mostSaid)
                    said += Buffer.from(view().buffer, at, Math.min(size, mostSaid)).toString();
                all += size;
            }
            return setNumber(written, all);
        },
        fd_prestat_get: () => badDescriptor,
        fd_fdstat_get: (_descriptor, at) => {
            new Uint8Array(view().buffer, at, 24).fill(0);
            return success;
        },
        fd_fdstat_set_flags: () => success,
        sched_yield: () => success,
        // Whatever is waited for is there: nothing here sleeps, the caller holds the time.
        poll_oneoff: (_in, _out, count, events) => setNumber(events, count),
        proc_exit: (code) => {
            throw new Error(`the module ended with ${code}`);
        },
    }));
    return {
        said: () => said.trim(),
        attach: (own) => {
            memory = own;
        },
        imports: (module) => {
            const out = {};
            for (const { module: from, name } of WebAssembly.Module.imports(module)) {
                out[from] = { ...out[from], [name]: calls.get(name) ?? (() => unsupported) };
            }
            return out;
        },
    };
}

;// CONCATENATED MODULE: ./src/engine/module.ts





/** Why the engines ended themselves; they answer nothing more. */
class EnginesEnded extends Error {
    name = 'EnginesEnded';
    why;
    constructor(why, message) {
        super(message);
        this.why = why;
    }
}
/**
 * @param file beside which lies its record, as `sha256sum` writes one: the hash of the program covers the record alone
 * @throws when the file cannot be read or is not the recorded one
 */
async function loadEngines(file) {
    const packed = (0,external_node_fs_.readFileSync)(file);
    const [expected] = (0,external_node_fs_.readFileSync)(file.replace(/\.wasm\.br$/, '.sha256'), 'utf8').split(' ');
    const got = (0,external_node_crypto_.createHash)('sha256').update(packed).digest('hex');
    if (got !== expected)
        throw new Error(`${external_node_path_default().basename(file)}: expected SHA-256 ${expected ?? ''}, got ${got}`);
    const module = await WebAssembly.compile((0,external_node_zlib_.brotliDecompressSync)(packed));
    const system = newSystem();
    const instance = await WebAssembly.instantiate(module, system.imports(module));
    const { memory, _initialize, room, ask } = instance.exports;
    system.attach(memory);
    _initialize();
    return (question) => {
        const bytes = Buffer.from(question);
        try {
            const place = room(bytes.length);
            new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
            const answer = BigInt.asUintN(64, ask());
            return Buffer.from(memory.buffer, Number(answer >> 32n), Number(answer & 0xffffffffn)).toString();
        }
        catch (error) {
            throw describeEnd(error, system.said());
        }
    };
}
/** Go says what is the matter before it ends, on whatever way (runtime/panic.go). */
function describeEnd(error, said) {
    if (/out of memory|cannot allocate memory/.test(said))
        return new EnginesEnded('memory', 'out of memory');
    // Go's calls are calls of the thread: deep input or deep recursion is met by the thread's own limit first.
    if (error instanceof RangeError && error.message.includes('call stack'))
        return new EnginesEnded('depth', error.message);
    const last = error instanceof Error ? error.message : String(error);
    const first = said.split('\n')[0] ?? '';
    return new EnginesEnded('defect', first === '' ? last : `${first} (${last})`);
}

;// CONCATENATED MODULE: ./src/engine/worker.ts


/** The thread that policies are evaluated in: it can be stopped from outside, whatever it does. */
async function answerQuestions() {
    const port = external_node_worker_threads_.parentPort;
    if (port === null)
        return;
    const say = (said) => port.postMessage(said);
    try {
        const engines = await loadEngines(String(external_node_worker_threads_.workerData));
        port.on('message', (question) => {
            try {
                say({ kind: 'answer', text: engines(question) });
            }
            catch (error) {
                say(ended(error));
            }
        });
        say({ kind: 'ready' });
    }
    catch (error) {
        say(ended(error));
    }
}
function ended(error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'ended', why: error instanceof EnginesEnded ? error.why : 'defect', message };
}


/***/ })

};
