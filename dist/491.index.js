export const id = 491;
export const ids = [491];
export const modules = {

/***/ 90491:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readArtifactsFile: () => (/* binding */ readArtifactsFile),
  readImageLists: () => (/* binding */ readImageLists),
  readPlanFile: () => (/* binding */ readPlanFile)
});

// EXTERNAL MODULE: ./src/files/read.ts
var read = __webpack_require__(49823);
// EXTERNAL MODULE: ./src/fleet/plan.ts
var fleet_plan = __webpack_require__(22141);
// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __webpack_require__(71644);
;// CONCATENATED MODULE: ./src/inputs/artifacts-list.ts


/** The runner names the artifacts of earlier steps in a file of this format (runner 2.336). */
const knownVersion = 1;
/** As many as the runner lists. */
const mostArtifacts = 500;
/**
 * Reads `GITHUB_ARTIFACTS_LIST`: `{"version":1,"subjects":[{"name","digest","kind"}]}`, sorted by name. Files (`kind`
 * `file`) are no images. A runner that knows the list, but for which it is switched off, leaves the file empty.
 */
function readArtifactsList(bytes) {
    if (Buffer.from(bytes).toString('utf8').trim() === '')
        return { images: [] };
    const list = (0,json/* readObject */.Ag)(bytes);
    if (!list)
        return wrong('expected a JSON object, got something else');
    const version = (0,json/* field */.ZZ)(list, 'version');
    if (version !== knownVersion)
        return wrong(`expected version ${knownVersion}, got ${JSON.stringify(version)}`);
    const subjects = (0,json/* listField */.FZ)(list, 'subjects');
    if (!subjects)
        return wrong('expected a list of subjects, got none');
    if (subjects.length > mostArtifacts)
        return wrong(`expected at most ${mostArtifacts} subjects, got ${subjects.length}`);
    const images = new Set();
    for (const [index, subject] of subjects.entries()) {
        const one = (0,json/* isObject */.Gv)(subject) ? subject : undefined;
        const kind = (0,json/* textField */.M8)(one, 'kind');
        if (kind === 'file')
            continue;
        if (kind !== 'oci')
            return wrong(`subject ${index}: expected kind oci or file, got ${String(kind)}`);
        const [name = '', said] = ((0,json/* textField */.M8)(one, 'name') ?? '').replace(/^oci:\/\//, '').split('@');
        const digest = ((0,json/* textField */.M8)(one, 'digest') ?? '').toLowerCase();
        if (name === '')
            return wrong(`subject ${index}: expected a name, got none`);
        if (!(0,reference/* isDigest */.Bc)(digest))
            return wrong(`subject ${index}: expected a digest sha256:…, got ${digest}`);
        if (said !== undefined && said !== digest)
            return wrong(`subject ${index}: expected one digest, got ${said} in the name and ${digest} beside it`);
        images.add(`${name}@${digest}`);
    }
    return { images: [...images] };
}
function wrong(problem) {
    return { problem };
}

// EXTERNAL MODULE: ./src/inputs/values.ts
var values = __webpack_require__(18463);
;// CONCATENATED MODULE: ./src/run/fleet-files.ts




/** Most bytes of a list of images or a plan: some hundred thousand references. */
const listLimit = 32 * 1024 * 1024;
/** The runner writes at most 500 subjects. */
const artifactsLimit = 4 * 1024 * 1024;
/** Reads lists of images: one a line, without empty lines and comments. */
async function readImageLists(given) {
    const images = [];
    const problems = [];
    for (const file of new Set(given.flatMap(values/* readList */.LD))) {
        const bytes = await (0,read/* readWhole */.oD)(file, listLimit, 'engine');
        if (bytes.kind !== 'found') {
            const why = bytes.kind === 'absent' ? `no file ${file}` : bytes.problem.message;
            problems.push(fleet_files_wrong(`images-file: ${why}`));
            continue;
        }
        const lines = Buffer.from(bytes.value).toString('utf8').split(/\r?\n/);
        const listed = lines
            .map((line, at) => ({ reference: line.trim(), file, line: at + 1 }))
            .filter(({ reference }) => reference !== '' && !reference.startsWith('#'));
        if (listed.length === 0)
            problems.push(fleet_files_wrong(`images-file: expected images in ${file}, got none`));
        for (const one of listed)
            images.push(one);
    }
    return { images, problems };
}
/** The list that the runner keeps of what earlier steps made. */
async function readArtifactsFile(file) {
    const name = 'GITHUB_ARTIFACTS_LIST';
    const bytes = await (0,read/* readWhole */.oD)(file, artifactsLimit, 'engine');
    if (bytes.kind === 'absent')
        return fleet_files_wrong(`${name}: no file ${file}`);
    if (bytes.kind === 'failed')
        return fleet_files_wrong(`${name}: ${bytes.problem.message}`);
    const listed = readArtifactsList(bytes.value);
    return 'problem' in listed ? fleet_files_wrong(`${name}: ${listed.problem}`) : listed.images;
}
async function readPlanFile(file) {
    const bytes = await (0,read/* readWhole */.oD)(file, listLimit, 'engine');
    if (bytes.kind === 'absent')
        return fleet_files_wrong(`plan: no file ${file}`);
    if (bytes.kind === 'failed')
        return fleet_files_wrong(`plan: ${bytes.problem.message}`);
    const plan = (0,fleet_plan/* readPlan */.m3)(bytes.value);
    return typeof plan === 'string' ? fleet_files_wrong(`plan: ${file} is no plan: ${plan}`) : plan;
}
function fleet_files_wrong(message) {
    return { code: 'input-invalid', message };
}


/***/ })

};
