export const id = 6207;
export const ids = [6207,491];
export const modules = {

/***/ 98871:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ writeStepOutputs)
/* harmony export */ });
/** Writes the outputs of a step of GitHub Actions, where there is one. */
async function writeStepOutputs(outputs) {
    if ((process.env['GITHUB_OUTPUT'] ?? '') === '')
        return {
            code: 'input-invalid',
            message: 'github-output: expected a step of GitHub Actions (GITHUB_OUTPUT), got none',
        };
    const { setOutput } = await Promise.all(/* import() */[__webpack_require__.e(3838), __webpack_require__.e(5734)]).then(__webpack_require__.bind(__webpack_require__, 33838));
    try {
        for (const [name, value] of Object.entries(outputs))
            setOutput(name, value);
        return undefined;
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return { code: 'output-unwritable', message: `github-output: ${why}` };
    }
}


/***/ }),

/***/ 76207:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  plan: () => (/* binding */ plan_plan)
});

// EXTERNAL MODULE: ./src/files/write.ts
var write = __webpack_require__(69600);
// EXTERNAL MODULE: ./src/fleet/plan.ts
var plan = __webpack_require__(22141);
// EXTERNAL MODULE: ./src/fleet/split.ts
var split = __webpack_require__(33440);
// EXTERNAL MODULE: ./src/gate/clock.ts
var clock = __webpack_require__(38553);
// EXTERNAL MODULE: ./src/gate/policy-engine.ts
var policy_engine = __webpack_require__(4792);
;// CONCATENATED MODULE: ./src/gate/named-images.ts

/**
 * What images, manifests and policies name, without asking anybody for anything. Policies matter where they find images
 * in resources that no manifest is known to hold them in.
 */
async function nameImages(targets, clock) {
    const engine = (0,policy_engine/* lazyEngine */.t)();
    // Who must have signed is not asked here; a request names somebody.
    const request = {
        ...targets,
        signers: { keys: ['nobody'], require: 'all' },
        patience: { waitMs: 0, timeoutMs: 0, retries: 0, concurrency: 1 },
    };
    try {
        const { makePlan } = await Promise.all(/* import() */[__webpack_require__.e(3917), __webpack_require__.e(2856), __webpack_require__.e(8815), __webpack_require__.e(7337), __webpack_require__.e(3962), __webpack_require__.e(685)]).then(__webpack_require__.bind(__webpack_require__, 60685));
        const loadKey = async (reference) => Promise.resolve({ kind: 'failed', reference, problem: unasked });
        const plan = await makePlan(request, { ask: engine.ask, loadKey, now: clock.now(), inputs: undefined });
        const images = plan.targets.map(({ reference, origins }) => ({
            reference,
            inManifests: origins.length > 0,
        }));
        return { images, warnings: plan.warnings, problems: plan.problems };
    }
    finally {
        engine.close();
    }
}
const unasked = {
    code: 'internal-error',
    message: 'no key is asked for where images are only named',
};

// EXTERNAL MODULE: ./src/inputs/values.ts
var inputs_values = __webpack_require__(18463);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __webpack_require__(14031);
// EXTERNAL MODULE: ./src/run/fleet-files.ts + 1 modules
var fleet_files = __webpack_require__(90491);
// EXTERNAL MODULE: ./src/run/version.ts
var version = __webpack_require__(42057);
// EXTERNAL MODULE: ./src/verdict/codes.ts
var codes = __webpack_require__(24423);
// EXTERNAL MODULE: ./src/cli/github.ts
var github = __webpack_require__(98871);
// EXTERNAL MODULE: ./src/cli/print.ts
var print = __webpack_require__(79381);
;// CONCATENATED MODULE: ./src/cli/plan.ts












/**
 * `verify-image plan`: splits images into shards and asks nobody for anything. The matrix goes to stdout; exit 0, or 2
 * when there is no plan.
 */
async function plan_plan({ words, flags }, before) {
    const text = (name) => flags.get(name)?.at(-1)?.trim() ?? '';
    const list = (name) => [...new Set((flags.get(name) ?? []).flatMap(inputs_values/* readList */.LD))];
    const problems = [...before];
    const into = readInto(text('shards'), text('shard-size'));
    if ('code' in into)
        problems.push(into);
    const file = text('plan-file');
    if (file === '')
        problems.push(wrong('plan-file: expected a file for the plan, got nothing'));
    const listed = await (0,fleet_files.readImageLists)(flags.get('images-file') ?? []);
    problems.push(...listed.problems);
    const given = [...words, ...listed.images.map(({ reference }) => reference)];
    const targets = targetsOf(given, list('manifests'));
    if (!targets && listed.problems.length === 0)
        problems.push(wrong('image: expected at least one image reference, images-file or manifests, got nothing'));
    if (problems.length > 0 || !targets || 'code' in into)
        return refuse(problems);
    const [policy, ...policies] = list('policy');
    const values = text('policy-values');
    const named = await nameImages({
        ...targets,
        ...(policy !== undefined && {
            policies: { files: [policy, ...policies], auditWarns: false, ...(values !== '' && { values }) },
        }),
    }, clock/* systemClock */.m);
    if (named.problems.length > 0)
        return refuse(named.problems);
    if (named.images.length === 0)
        return refuse([{ code: 'nothing-to-verify', message: 'the manifests name no image' }]);
    const own = new Set(given);
    const images = named.images.map(({ reference, inManifests }) => ({
        reference,
        inManifests,
        given: own.has(reference),
    }));
    const shards = (0,split/* split */.l)(images, into);
    if (shards.length > split/* mostShards */.b)
        return refuse([
            wrong(`shard-size: expected at most ${split/* mostShards */.b} shards, which is what a matrix of jobs may have, got ${shards.length}: give ${Math.ceil(images.length / split/* mostShards */.b)} or more`),
        ]);
    const made = (0,plan/* newPlan */.EI)(shards, version/* version */.r);
    const unwritten = await (0,write/* writeReport */.u5)(file, `${JSON.stringify(made, null, 2)}\n`, 'plan-file');
    if (unwritten)
        return refuse([unwritten]);
    return say(made, file, [...repeats(given), ...named.warnings], flags.has('github-output'));
}
async function say(made, file, warnings, toGithub) {
    const counts = made.shards.map((shard) => (0,plan/* referencesOf */.CL)(shard).length);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const matrix = JSON.stringify((0,plan/* matrixOf */.lQ)(made));
    const unsaid = toGithub
        ? await (0,github/* writeStepOutputs */.s)({ matrix, shards: String(counts.length), images: String(total) })
        : undefined;
    if (unsaid)
        return refuse([unsaid]);
    await (0,print/* print */.yy)(process.stdout, [matrix]);
    await (0,print/* print */.yy)(process.stderr, [
        ...warnings.map((warning) => `Warning: ${(0,report_escape/* line */.n8)(warning)}`),
        `${total} images in ${counts.length} shards of at most ${Math.max(...counts)}: ${(0,report_escape/* line */.n8)(file)} (${made.sha256})`,
    ]);
    return 0;
}
function readInto(shards, size) {
    if ((shards === '') === (size === ''))
        return wrong(`shards: expected either shards or shard-size, got ${shards === '' ? 'neither' : 'both'}`);
    const count = (0,inputs_values/* readWhole */.oD)(shards === '' ? size : shards, 1, shards === '' ? 1_000_000 : split/* mostShards */.b);
    if (!(0,inputs_values/* isRefused */.H0)(count))
        return shards === '' ? { size: count } : { shards: count };
    return wrong(`${shards === '' ? 'shard-size' : 'shards'}: expected ${count.expected}, got ${JSON.stringify(shards === '' ? size : shards)}`);
}
function targetsOf(images, manifests) {
    const [image] = images;
    const [manifest, ...others] = manifests;
    if (image !== undefined)
        return { images: [...new Set(images)], manifests };
    return manifest === undefined ? undefined : { images: [], manifests: [manifest, ...others] };
}
function repeats(given) {
    const more = given.length - new Set(given).size;
    return more === 0 ? [] : [`${more} references were given more than once: each is planned once`];
}
async function refuse(problems) {
    const [first] = problems;
    const { code, message } = first ?? {
        code: 'nothing-to-verify',
        message: 'there is nothing to plan',
    };
    await (0,print/* print */.yy)(process.stderr, [
        `Error: ${(0,report_escape/* line */.n8)(message)}`,
        ...problems.slice(1).map((problem) => `Error: ${(0,report_escape/* line */.n8)(problem.message)}`),
        `  Verdict: undetermined (${(0,codes/* classOf */.Kl)(code)}, ${code})`,
        `  Next:    ${codes/* codes */.F4[code].remedy}`,
    ]);
    return 2;
}
function wrong(message) {
    return { code: 'input-invalid', message };
}


/***/ }),

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
