export const id = 6159;
export const ids = [6159];
export const modules = {

/***/ 56159:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readImageLists: () => (/* binding */ readImageLists),
/* harmony export */   readPlanFile: () => (/* binding */ readPlanFile)
/* harmony export */ });
/* harmony import */ var _files_read_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49823);
/* harmony import */ var _fleet_plan_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(22141);
/* harmony import */ var _inputs_values_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(18463);



/** Most bytes of a list of images or a plan: some hundred thousand references. */
const listLimit = 32 * 1024 * 1024;
/** Reads lists of images: one a line, without empty lines and comments. */
async function readImageLists(given) {
    const images = [];
    const problems = [];
    for (const file of new Set(given.flatMap(_inputs_values_js__WEBPACK_IMPORTED_MODULE_2__/* .readList */ .LD))) {
        const bytes = await (0,_files_read_js__WEBPACK_IMPORTED_MODULE_0__/* .readWhole */ .oD)(file, listLimit, 'engine');
        if (bytes.kind !== 'found') {
            const why = bytes.kind === 'absent' ? `no file ${file}` : bytes.problem.message;
            problems.push(wrong(`images-file: ${why}`));
            continue;
        }
        const lines = Buffer.from(bytes.value).toString('utf8').split(/\r?\n/);
        const listed = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
        if (listed.length === 0)
            problems.push(wrong(`images-file: expected images in ${file}, got none`));
        images.push(...listed);
    }
    return { images, problems };
}
async function readPlanFile(file) {
    const bytes = await (0,_files_read_js__WEBPACK_IMPORTED_MODULE_0__/* .readWhole */ .oD)(file, listLimit, 'engine');
    if (bytes.kind === 'absent')
        return wrong(`plan: no file ${file}`);
    if (bytes.kind === 'failed')
        return wrong(`plan: ${bytes.problem.message}`);
    const plan = (0,_fleet_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .readPlan */ .m3)(bytes.value);
    return typeof plan === 'string' ? wrong(`plan: ${file} is no plan: ${plan}`) : plan;
}
function wrong(message) {
    return { code: 'input-invalid', message };
}


/***/ })

};
