export const id = 1254;
export const ids = [1254];
export const modules = {

/***/ 48873:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   install: () => (/* binding */ install),
/* harmony export */   isOnlyInstall: () => (/* binding */ isOnlyInstall)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _inputs_table_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(72297);
/* harmony import */ var _run_program_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(11793);
/* harmony import */ var _run_version_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(42057);





const command = 'verify-image';
/** Inputs that ask for no verdict: only where it would be written. */
const silent = new Set([
    'result-file',
    'html-report',
    'sarif-report',
    'policy-report',
    'summary',
]);
/** Whether the step is only there for the command: nothing else is given that is not so by itself. */
function isOnlyInstall(given) {
    return _inputs_table_js__WEBPACK_IMPORTED_MODULE_2__/* .inputTable */ .F.every(({ name, default: usual }) => {
        const text = (given.get(name) ?? []).join('\n').trim();
        return name === 'install' ? text === 'true' : text === '' || text === usual || silent.has(name);
    });
}
/**
 * Puts the command on the path of later steps: this very program, copied to the runner's tool cache, where the action's
 * own folder may be gone or differ by then. A copy in the cache that is not what runs here is replaced: on a machine
 * that others use too, anybody may have written there.
 *
 * @param programFolder where the bundle lies
 * @returns the folder that is on the path now
 */
async function install(programFolder) {
    const { RUNNER_TEMP: temporary = '', RUNNER_TOOL_CACHE: cache = '' } = process.env;
    if (programFolder === undefined || temporary === '' || cache === '')
        return wrong('expected RUNNER_TOOL_CACHE and RUNNER_TEMP, which a runner sets, got none');
    try {
        const [{ addPath }, { cacheDir, find }] = await Promise.all([
            Promise.all(/* import() */[__webpack_require__.e(3838), __webpack_require__.e(5734)]).then(__webpack_require__.bind(__webpack_require__, 33838)),
            Promise.all(/* import() */[__webpack_require__.e(2088), __webpack_require__.e(3838), __webpack_require__.e(9805)]).then(__webpack_require__.bind(__webpack_require__, 59805)),
        ]);
        const own = (0,_run_program_js__WEBPACK_IMPORTED_MODULE_3__/* .describeProgram */ ._)(programFolder).sha256;
        const known = find(command, _run_version_js__WEBPACK_IMPORTED_MODULE_4__/* .version */ .r);
        const isSame = known !== '' && own !== null && (0,_run_program_js__WEBPACK_IMPORTED_MODULE_3__/* .describeProgram */ ._)(known).sha256 === own;
        const folder = isSame ? known : await cacheDir(programFolder, command, _run_version_js__WEBPACK_IMPORTED_MODULE_4__/* .version */ .r);
        if (own === null || (0,_run_program_js__WEBPACK_IMPORTED_MODULE_3__/* .describeProgram */ ._)(folder).sha256 !== own)
            return wrong('the copy in the tool cache is not this program');
        const bin = node_path__WEBPACK_IMPORTED_MODULE_1___default().join(temporary, command, 'bin');
        writeStarts(bin, node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, 'cli.js'));
        addPath(bin);
        return bin;
    }
    catch (error) {
        return wrong(error instanceof Error ? error.message : String(error));
    }
}
/** The Node of the runner runs it, so that a job's container needs none of its own. */
function writeStarts(bin, script) {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(bin, { recursive: true });
    const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
    const start = node_path__WEBPACK_IMPORTED_MODULE_1___default().join(bin, command);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(start, `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(script)} "$@"\n`);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.chmodSync)(start, 0o755);
    const escaped = (text) => `"${text.replaceAll('%', '%%')}"`;
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(`${start}.cmd`, `@${escaped(process.execPath)} ${escaped(script)} %*\r\n`);
}
function wrong(why) {
    return { code: 'input-invalid', message: `install: the command could not be put on the path: ${why}` };
}


/***/ })

};
