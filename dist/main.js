import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 31654:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $j: () => (/* binding */ flagSpecs),
/* harmony export */   Ae: () => (/* binding */ ownFlags),
/* harmony export */   Pi: () => (/* binding */ commands),
/* harmony export */   W1: () => (/* binding */ shellNamed),
/* harmony export */   YD: () => (/* binding */ strayFlag),
/* harmony export */   eJ: () => (/* binding */ inputFlags),
/* harmony export */   mP: () => (/* binding */ shells)
/* harmony export */ });
/* harmony import */ var _inputs_subsets_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(66522);
/* harmony import */ var _inputs_table_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(72297);


/** Flags that are no inputs, with what each says of itself. */
const ownFlags = [
    {
        name: 'bundle',
        description: 'The sigstore bundle that is to prove the artifact',
    },
    {
        name: 'staging',
        switch: true,
        description: "Sigstore's staging instance (with --trusted-root)",
    },
    { name: 'shards', description: 'How many shards, at most 256' },
    { name: 'shard-size', description: 'How many images a shard has at most' },
    { name: 'plan-file', description: 'File that the plan is written to' },
    {
        name: 'github-output',
        switch: true,
        description: 'Writes the outputs of a step of GitHub Actions (plan: matrix, shards, images; merge: those of verify)',
    },
    {
        name: 'output',
        short: 'o',
        description: 'text, json (the result document), cosign: what cosign verify prints, or kyverno: what kyverno apply prints (default text; of images in registries, where the output is no terminal and no policy is given, cosign)',
    },
    { name: 'quiet', short: 'q', switch: true, description: 'Says nothing of what is verified' },
    {
        name: 'verbose',
        switch: true,
        description: 'Also says each request with its time, and what was tried again',
    },
    { name: 'help', short: 'h', switch: true, description: 'Says how the command is used' },
    { name: 'version', switch: true, description: 'Says which version this is' },
];
/** Shells that commands and flags are completed in. */
const shells = ['bash', 'zsh', 'fish', 'powershell'];
function shellNamed(name) {
    return shells.find((shell) => shell === name);
}
const commands = [
    {
        name: 'verify',
        summary: 'Decides whether images may be promoted',
        usage: [
            'verify REFERENCE… --key KEY [flags]',
            'verify REFERENCE… --certificate-identity ID --certificate-oidc-issuer URL [flags]',
            'verify [REFERENCE…] --policy FILE… --manifests FILE… [flags]',
            'verify REFERENCE… --policy FILE --policy-key KEY --attestations FILE… [flags]',
            'verify --plan FILE --shard N --key KEY --result-file FILE [flags]',
        ],
        examples: [
            'verify local://store/app:v1 --key keys/release.pub',
            'verify s3://bucket/app:v1 --key awskms:///alias/release-signer --output json',
            'verify ghcr.io/org/app:v1 --certificate-identity-regexp "^https://github.com/org/app/" --certificate-oidc-issuer https://token.actions.githubusercontent.com',
            'verify --policy "policies/*.yaml" --manifests "deploy/*.yaml" --pinned-manifests pinned',
        ],
        own: ['output', 'quiet', 'verbose'],
    },
    {
        name: 'inspect',
        summary: 'Lists every signature beside an image, and decides nothing',
        usage: ['inspect REFERENCE [--key KEY] [flags]'],
        examples: ['inspect s3://bucket/app:v1', 'inspect ghcr.io/org/app:v1 --output json'],
        inputs: _inputs_subsets_js__WEBPACK_IMPORTED_MODULE_0__/* .inspected */ ._9,
        own: ['output'],
    },
    {
        name: 'verify-bundle',
        summary: 'Decides whether a sigstore bundle proves that a signer signed a file',
        usage: [
            'verify-bundle --bundle FILE --key KEY FILE_OR_DIGEST',
            'verify-bundle --bundle FILE --certificate-identity ID --certificate-oidc-issuer URL FILE_OR_DIGEST',
        ],
        examples: ['verify-bundle --bundle app.sigstore.json --key keys/release.pub app.tar.gz'],
        inputs: _inputs_subsets_js__WEBPACK_IMPORTED_MODULE_0__/* .bundled */ .vw,
        own: ['bundle', 'staging', 'output'],
    },
    {
        name: 'plan',
        summary: 'Splits images into shards, as a matrix of jobs',
        usage: [
            'plan [REFERENCE…] [--images-file FILE] [--manifests FILE…] (--shards N | --shard-size N) --plan-file FILE',
        ],
        examples: ['plan --images-file images.txt --shard-size 500 --plan-file plan.json'],
        inputs: ['images-file', 'manifests', 'policy', 'policy-values'],
        own: ['shards', 'shard-size', 'plan-file', 'github-output', 'output', 'verbose'],
    },
    {
        name: 'merge',
        summary: 'Makes one verdict of the results of shards',
        usage: [
            'merge --plan FILE RESULT.json… [--result-file FILE] [--html-report FILE] [--sarif-report FILE] [--policy-report FILE] [flags]',
        ],
        examples: ['merge --plan plan.json "results/*/verify-result.json" --result-file verify-result.json'],
        inputs: ['plan', ..._inputs_subsets_js__WEBPACK_IMPORTED_MODULE_0__/* .merged */ .Zu],
        own: ['github-output', 'output', 'quiet', 'verbose'],
    },
    {
        name: 'completion',
        summary: 'Prints a script that completes commands and flags in bash, zsh, fish or PowerShell',
        usage: ['completion bash | zsh | fish | powershell'],
        examples: ['completion bash > ~/.local/share/bash-completion/completions/verify-image'],
        inputs: [],
        own: [],
    },
];
const switches = new Set(_inputs_table_js__WEBPACK_IMPORTED_MODULE_1__/* .inputTable */ .F.flatMap((entry) => ('switch' in entry ? [entry.name] : [])));
/** Inputs that are arguments on the command line, or make no sense there. */
const noFlags = new Set(['image', 'install']);
/** The inputs that are flags. */
const inputFlags = _inputs_table_js__WEBPACK_IMPORTED_MODULE_1__/* .inputTable */ .F.filter(({ name }) => !noFlags.has(name));
const flagSpecs = [
    ...inputFlags.map((entry) => ({
        name: entry.name,
        ...(switches.has(entry.name) && { switch: true }),
        ...('short' in entry && { short: entry.short }),
        ...('also' in entry && { also: entry.also }),
    })),
    ...ownFlags,
];
/**
 * What is wrong with a flag that a command would pass over: somebody would take for checked what nobody asked about.
 *
 * @returns undefined where every flag is one of the command's
 */
function strayFlag(command, given) {
    const known = commands.find(({ name }) => name === command);
    const stray = known && [...given].find((flag) => !takes(known, flag));
    if (stray === undefined)
        return undefined;
    const others = commands.filter((one) => takes(one, stray)).map(({ name }) => name);
    return `--${stray} is no flag of ${command}, but of ${others.join(', ')}`;
}
/** Flags of every command, which ask it for nothing else. */
const everywhere = ['help', 'version'];
function takes({ inputs, own }, flag) {
    const names = inputs ?? inputFlags.map(({ name }) => name);
    return [...names, ...own, ...everywhere].includes(flag);
}


/***/ }),

/***/ 79381:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Jz: () => (/* binding */ printPieces),
/* harmony export */   Y_: () => (/* binding */ printReport),
/* harmony export */   yy: () => (/* binding */ print)
/* harmony export */ });
/* harmony import */ var _screen_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24036);

/** Writes the lines of a report the way the screen shows them best; elsewhere as they are. */
async function printReport(stream, lines) {
    await print(stream, (0,_screen_js__WEBPACK_IMPORTED_MODULE_0__/* .forScreen */ .cp)(lines, stream, process.env));
}
/** Writes text whole; a reader that went away is an error, never a silent loss. */
async function print(stream, lines) {
    if (lines.length === 0)
        return;
    await printPieces(stream, [lines.map((one) => `${one}\n`).join('')]);
}
/** Writes piece after piece, each when the one before has gone, so that no more than one is held. */
async function printPieces(stream, pieces) {
    for (const piece of pieces)
        await new Promise((resolve, reject) => {
            stream.write(piece, (error) => {
                if (error)
                    reject(error);
                else
                    resolve();
            });
        });
}


/***/ }),

/***/ 24036:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bC: () => (/* binding */ breakLines),
/* harmony export */   cp: () => (/* binding */ forScreen)
/* harmony export */ });
/* unused harmony export wrap */
/** A narrower terminal breaks lines by itself: there is no room for an indent. */
const narrowest = 40;
const marks = {
    dim: '2',
    red: '31',
    green: '32',
    yellow: '33',
};
/** How a line begins, and its look: the whole line, or only what matched. */
const looks = [
    [/^✓ /, 'green', 'line'],
    [/^✗ /, 'red', 'line'],
    [/^– /, 'dim', 'line'],
    [/^(?:Error|Warning): /, 'yellow', 'line'],
    [/^verified: /, 'green', 'line'],
    [/^rejected: /, 'red', 'line'],
    [/^undetermined: /, 'yellow', 'line'],
    [/^ {2}pass {2}/, 'green', 'match'],
    [/^ {2}fail {2}/, 'red', 'match'],
    [/^ {2}(?:warn {2}|error )/, 'yellow', 'match'],
    [/^ {2}skip {2}/, 'dim', 'match'],
    [/^ {2}Verdict: rejected/, 'red', 'line'],
    [/^ {2}Verdict: undetermined/, 'yellow', 'line'],
    [/^ {2}(?:Near miss|[A-Z][a-z]+): +/, 'dim', 'match'],
];
/**
 * Lines of a report as a screen shows them: broken at spaces, below where their text begins, and with colours unless
 * `NO_COLOR` is set (no-color.org) or the terminal is a dumb one. What is no terminal gets them as they are. Colours
 * only repeat what the words say.
 */
function forScreen(lines, { isTTY, columns = 80 }, env) {
    if (isTTY !== true)
        return lines;
    const isPlain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
    return lines.flatMap((line) => {
        const broken = wrap(line, columns);
        return isPlain ? broken : paint(broken);
    });
}
function wrap(line, columns) {
    if (columns < narrowest || line.length <= columns)
        return [line];
    const lead = /^ *(?:Near miss: +|[A-Z][a-z]+: +|(?:pass|fail|warn|error|skip) +)?/.exec(line)?.[0] ?? '';
    const indent = ' '.repeat(lead.trim() === '' ? lead.length + 2 : Math.min(lead.length, narrowest / 2));
    const text = line.slice(lead.length);
    const [first = '', ...others] = breakLines(text, columns - lead.length, columns - indent.length);
    return [`${lead}${first}`, ...others.map((one) => `${indent}${one}`)];
}
/**
 * Words are not broken: a digest or a reference is copied whole.
 *
 * @param width columns of the first line
 * @param later of the others
 */
function breakLines(text, width, later = width) {
    const lines = [];
    let current;
    for (const word of text.split(' ')) {
        const longer = current === undefined ? word : `${current} ${word}`;
        if (current !== undefined && longer.length > (lines.length === 0 ? width : later)) {
            lines.push(current);
            current = word;
        }
        else
            current = longer;
    }
    return [...lines, current ?? ''];
}
/** The lines that one line was broken into. */
function paint(lines) {
    const [first = '', ...others] = lines;
    for (const [pattern, look, extent] of looks) {
        const match = pattern.exec(first)?.[0];
        if (match === undefined)
            continue;
        const mark = (text) => `\x1b[${String(marks[look])}m${text}\x1b[0m`;
        return extent === 'line' ? lines.map(mark) : [`${mark(match)}${first.slice(match.length)}`, ...others];
    }
    return lines;
}


/***/ }),

/***/ 75866:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Vc: () => (/* binding */ inputsOf),
  z8: () => (/* binding */ report),
  MX: () => (/* binding */ verify),
  Sy: () => (/* binding */ writeSummary)
});

// EXTERNAL MODULE: ./src/inputs/table.ts + 5 modules
var table = __nccwpck_require__(72297);
// EXTERNAL MODULE: ./src/reference/parse.ts + 1 modules
var parse = __nccwpck_require__(5411);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __nccwpck_require__(14031);
// EXTERNAL MODULE: ./src/report/summary.ts + 4 modules
var report_summary = __nccwpck_require__(68799);
// EXTERNAL MODULE: ./src/report/progress.ts
var report_progress = __nccwpck_require__(18991);
// EXTERNAL MODULE: ./src/report/text.ts
var report_text = __nccwpck_require__(65655);
// EXTERNAL MODULE: ./src/report/json-text.ts
var json_text = __nccwpck_require__(44216);
// EXTERNAL MODULE: ./src/run/answer.ts + 2 modules
var answer = __nccwpck_require__(31035);
// EXTERNAL MODULE: ./src/run/read-inputs.ts
var read_inputs = __nccwpck_require__(66339);
// EXTERNAL MODULE: ./src/run/stop.ts
var stop = __nccwpck_require__(26941);
// EXTERNAL MODULE: ./src/report/words.ts
var words = __nccwpck_require__(72691);
// EXTERNAL MODULE: ./src/cli/print.ts
var print = __nccwpck_require__(79381);
;// CONCATENATED MODULE: ./src/cli/progress.ts

const pauseMs = 100;
/** Back to the first column, and nothing right of it. */
const blank = '\r\x1b[K';
/** One line on a terminal that is written anew as images are decided, and is gone at the end. Nothing where it is none. */
function liveLine(terminal, now) {
    let progress = (0,report_progress/* noneOf */.kO)(0);
    let shown;
    const show = () => {
        if (terminal.isTTY !== true || progress.total < 2)
            return;
        shown = now();
        // A line that wraps could not be taken back; a terminal of no width does not know its own.
        const width = terminal.columns === undefined || terminal.columns < 2 ? 80 : terminal.columns;
        terminal.write(`${blank}${(0,report_progress/* progressText */.l_)(progress).slice(0, width - 1)}`);
    };
    return {
        planned: (total) => {
            progress = (0,report_progress/* noneOf */.kO)(total);
            show();
        },
        decided: (image) => {
            progress = (0,report_progress/* oneMore */.G9)(progress, image);
            if (shown !== undefined && now() - shown >= pauseMs)
                show();
        },
        say: (text) => {
            if (shown === undefined)
                terminal.write(`${text}\n`);
            else {
                terminal.write(`${blank}${text}\n`);
                show();
            }
        },
        end: () => {
            if (shown !== undefined)
                terminal.write(blank);
            shown = undefined;
        },
    };
}

;// CONCATENATED MODULE: ./src/cli/verify.ts













/** `verify-image verify REFERENCE…`; returns the exit code. Without a format it is the one that `usualOutput` says. */
async function verify({ words, flags }, asked, problems, programFolder, onStop) {
    const whole = await (0,read_inputs/* readInputs */.K)(withImages(inputsOf(flags), words), 'command');
    const output = asked ?? usualOutput(whole, process.stdout.isTTY);
    // cosign lists every signature that verifies; whoever did not ask for its list does not wait for all of it.
    const read = asked === 'cosign' && whole.request ? { ...whole, request: { ...whole.request, thorough: true } } : whole;
    const parsed = problems.length === 0 ? read : { ...read, request: undefined, problems: [...problems, ...read.problems] };
    const [quiet, verbose] = [flags.has('quiet'), flags.has('verbose')];
    const live = liveLine(quiet ? { write: () => true } : process.stderr, () => performance.now());
    const answered = await (0,answer/* answer */.Z)(parsed, 
    // Hashing the program is for those who say which it was.
    output === 'json' || parsed.reports.resultFile !== '' || parsed.reports.htmlReport !== ''
        ? programFolder
        : undefined, {
        planned: live.planned,
        decided: live.decided,
        ...(verbose && { asked: (one) => live.say((0,report_progress/* askedText */.k7)(one)) }),
        ...(onStop && { stop: (0,stop/* stopOn */.C)(onStop) }),
        isWhole: output === 'cosign',
    });
    live.end();
    await report(answered, output, { quiet, verbose }, cosignQuestion(parsed));
    if (parsed.reports.summary) {
        await writeSummary(answered);
    }
    return answered.ending.exit;
}
/**
 * Text; but what is read by a program and is all about images in registries is printed as cosign prints it, so that a
 * line that ends with `| jq` goes on working with another name in front.
 */
function usualOutput({ request }, isTerminal) {
    if (request?.policies ?? request?.manifests)
        return 'text';
    const inRegistries = request?.images.every((image) => (0,parse/* parseReference */.F)(image).kind === 'registry');
    return isTerminal !== true && inRegistries === true ? 'cosign' : 'text';
}
function cosignQuestion({ request }) {
    return {
        annotations: request?.demand?.annotations !== undefined,
        ignoresLog: request?.log === 'ignore',
        attestations: request?.demand?.attestationTypes !== undefined || request?.demand?.provenance !== undefined,
        keyless: request?.signers?.keys.length === 0,
    };
}
/** A report about the verdict never changes it. */
async function writeSummary({ result, ending, pinnedManifests }) {
    const { summary } = await Promise.all(/* import() */[__nccwpck_require__.e(3838), __nccwpck_require__.e(5734)]).then(__nccwpck_require__.bind(__nccwpck_require__, 33838));
    try {
        await summary.addRaw((0,report_summary/* toSummary */.V)(result, ending, pinnedManifests)).write();
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        await (0,print/* print */.yy)(process.stderr, [`Warning: the job summary could not be written: ${(0,report_escape/* line */.n8)(why)}`]);
    }
}
/** The inputs among the flags. */
function inputsOf(flags) {
    return new Map(table/* inputTable */.F.flatMap(({ name }) => {
        const values = flags.get(name);
        return values ? [[name, values]] : [];
    }));
}
/** Words are images as they are: a line feed in one is refused, not split at. */
function withImages(given, words) {
    return words.length === 0 ? given : new Map([...given, ['image', words]]);
}
/** What the command prints of an answer. */
async function report({ result, document, ending, pinnedManifests }, output, { quiet, verbose }, question = { annotations: false, ignoresLog: false, attestations: false, keyless: false }) {
    const text = output === 'cosign'
        ? (await __nccwpck_require__.e(/* import() */ 6763).then(__nccwpck_require__.bind(__nccwpck_require__, 56763))).toCosign(result, question)
        : output === 'kyverno'
            ? (await __nccwpck_require__.e(/* import() */ 308).then(__nccwpck_require__.bind(__nccwpck_require__, 50308))).toKyverno(result)
            : (0,report_text/* toText */.f)(result, pinnedManifests);
    if (output === 'json') {
        await (0,print/* printPieces */.Jz)(process.stdout, (0,json_text/* inBlocks */.Q)((0,json_text/* jsonPieces */.M)(document)));
        // s3lo says an error on stderr in every format, and a rejection only in the document.
        if (result.verdict === 'undetermined')
            await (0,print/* print */.yy)(process.stderr, text.stderr);
        else
            await (0,print/* print */.yy)(process.stderr, result.warnings.map((warning) => `Warning: ${(0,report_escape/* line */.n8)(warning)}`));
    }
    else {
        const show = output === 'text' ? print/* printReport */.Y_ : print/* print */.yy;
        // Whoever asked for a format reads it; of the text, silence says that all is well.
        if (!quiet || output !== 'text')
            await show(process.stdout, text.stdout);
        await show(process.stderr, text.stderr);
    }
    if (ending.letPass)
        await (0,print/* print */.yy)(process.stderr, [
            `Warning: not verified; the exit code is 0 because the flags ask for that; ${(0,words/* spared */.A3)(result)}`,
        ]);
    if (!verbose)
        return;
    await (0,print/* print */.yy)(process.stderr, [
        ...result.calls.map(({ host, count }) => `called ${(0,report_escape/* line */.n8)(host)} ${count} times`),
        ...[result, ...result.images].flatMap(({ attempts = [] }) => attempts.map(({ call, attempt, ended }) => `attempt ${attempt} of ${(0,report_escape/* line */.n8)(call)} after ${(0,report_escape/* line */.n8)(ended)}`)),
    ]);
}


/***/ }),

/***/ 55564:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ describeFault)
/* harmony export */ });
/** A fault in one line, with its place. */
function describeFault({ code, message, file, row, column, path = [] }) {
    const place = file === undefined || file === '' ? '' : `${file}:${row ?? 0}:${column ?? 0}: `;
    const field = path.length > 0 && !message.startsWith(path.join('.')) ? `${path.join('.')}: ` : '';
    return `${place}${code}: ${field}${message}`;
}


/***/ }),

/***/ 99993:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B7: () => (/* binding */ claim),
/* harmony export */   JD: () => (/* binding */ objects),
/* harmony export */   eO: () => (/* binding */ known),
/* harmony export */   vI: () => (/* binding */ shortened)
/* harmony export */ });
/* unused harmony export longestClaim */
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(49839);

/** What signers say is shown, compared and kept: no text of theirs is longer. */
const longestClaim = 300;
/** A text that says something, cut to size; one that was cut ends with `…` and so equals none that was not. */
function claim(object, name) {
    const text = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(object, name);
    return text === undefined ? undefined : shortened(text);
}
/** @returns undefined for an empty text */
function shortened(text) {
    if (text === '')
        return undefined;
    if (text.length <= longestClaim)
        return text;
    // Half of a pair is no character.
    return `${text.slice(0, longestClaim - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
/** The objects in a list; what is none is left out. */
function objects(object, name) {
    return ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(object, name) ?? []).filter(_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv);
}
/** Leaves out the members of which nothing is known. */
function known(members) {
    return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}


/***/ }),

/***/ 73791:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   JL: () => (/* binding */ isGit),
/* harmony export */   _C: () => (/* binding */ asCommit),
/* harmony export */   mF: () => (/* binding */ readSourceUri),
/* harmony export */   o$: () => (/* binding */ readSource),
/* harmony export */   qX: () => (/* binding */ contradiction)
/* harmony export */ });
/* unused harmony export commitOf */
/* harmony import */ var _claim_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(99993);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(49839);


/** Longer URIs are shown and never taken apart. */
const longestUri = 2048;
const schemeForm = /^([a-z][a-z0-9+.-]*):\/\//i;
/** As git takes it: `git@github.com:o/r.git`; nothing with a scheme. */
const scpForm = /^(?:[\w.-]+@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+):(?!\/)/i;
/** Nothing that some programs take for the end of the host. */
const userForm = /^(?:[\w.:~%!$&'()*+,;=@-]*@)?$/;
const hostForm = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/;
const bareForm = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\//i;
const pathForm = /^(?:\/[\w.~+-]+)+$/;
const usualPorts = new Map([
    ['https', /:443$/],
    ['ssh', /:22$/],
]);
const commitForm = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/**
 * Takes a source URI apart: `git+https://host/o/r@ref#folder` (SPDX download location, which SLSA uses),
 * `https://host/o/r.git#ref:folder` (buildkit), either without ref, `git@host:o/r.git`, and `host/o/r`.
 */
function readSourceUri(text) {
    const uri = (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(withoutUser(text));
    if (uri === undefined || text.length > longestUri)
        return uri === undefined ? undefined : { uri };
    const scheme = schemeForm.exec(text)?.[1]?.toLowerCase();
    const rest = scheme === undefined ? text : text.slice(scheme.length + '://'.length);
    const scp = scpForm.exec(text);
    if (scheme === undefined && !scp && !bareForm.test(text))
        return { uri };
    const whole = scp ? `${String(scp[1])}/${text.slice(scp[0].length)}` : rest;
    const [place, fragment] = cut(whole, '#');
    const [authority, remainder] = cut(place, '/');
    const [path, at] = cut(`/${remainder ?? ''}`, '@');
    // In an SPDX location a folder follows the hash; buildkit puts the ref there.
    const hash = scheme?.startsWith('git+') === true ? undefined : cut(fragment ?? '', ':')[0];
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .known */ .eO)({ uri, repository: repositoryName(scheme, authority, path), ref: (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(at ?? hash ?? '') });
}
/** The source that an object names by `uri` and `digest` (in-toto's ResourceDescriptor, SLSA 0.2's material). */
function readSource(object) {
    const read = readSourceUri((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(object, 'uri') ?? '');
    return read && (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .known */ .eO)({ ...read, digest: commitOf(object) });
}
/** The commit in a set of digests: SLSA 1 calls it gitCommit, 0.2 and buildkit sha1. */
function commitOf(object) {
    const digests = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(object, 'digest');
    return asCommit((0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .claim */ .B7)(digests, 'gitCommit') ?? (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .claim */ .B7)(digests, 'sha1'));
}
function asCommit(text) {
    return text !== undefined && commitForm.test(text) ? text : undefined;
}
/** Whether this is a git repository, not an image or a file: by scheme or name, or because its digest is a commit. */
function isGit(object) {
    const uri = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(object, 'uri') ?? '';
    return /^(?:git\+|git:|ssh:)/i.test(uri) || /^[^?#]{1,2048}\.git(?:$|[#@])/.test(uri) || isCommitted(object);
}
function isCommitted(object) {
    const digests = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(object, 'digest');
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .claim */ .B7)(digests, 'gitCommit') !== undefined || (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .claim */ .B7)(digests, 'sha1') !== undefined;
}
/** How two sources contradict each other; undefined when they may well be one. */
function contradiction([name, one], [otherName, other]) {
    const differ = (what, a, b) => (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(`${name} names the ${what} ${a}, ${otherName} ${b}`);
    if (one.repository === undefined || other.repository === undefined) {
        return one.uri === other.uri ? undefined : differ('source', one.uri, other.uri);
    }
    if (one.repository !== other.repository)
        return differ('repository', one.repository, other.repository);
    // Where one has no ref, another commit is no contradiction: a release may be built from a commit made during it.
    if (one.ref === undefined || other.ref === undefined)
        return undefined;
    if (one.ref !== other.ref)
        return differ('ref', one.ref, other.ref);
    if (one.digest === undefined || other.digest === undefined || one.digest === other.digest)
        return undefined;
    return differ('commit', one.digest, other.digest);
}
function repositoryName(scheme, authority, path) {
    const port = usualPorts.get(scheme?.replace('git+', '') ?? 'ssh');
    const start = authority.lastIndexOf('@') + 1;
    const host = authority
        .slice(start)
        .toLowerCase()
        .replace(port ?? '', '');
    const name = path.replace(/\/$/, '').replace(/\.git$/, '');
    const clear = userForm.test(authority.slice(0, start)) &&
        hostForm.test(host) &&
        pathForm.test(name) &&
        !/\/\.\.?(?:\/|$)/.test(name) &&
        !name.endsWith('/');
    return clear ? (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(`${host}${name}`) : undefined;
}
/** A token in front of the host is not to be shown. */
function withoutUser(text) {
    const start = schemeForm.exec(text)?.[0].length;
    if (start === undefined)
        return text;
    const slash = text.slice(start).search(/[/?#]/);
    const end = slash < 0 ? text.length : start + slash;
    const at = text.lastIndexOf('@', end - 1);
    return at < start ? text : text.slice(0, start) + text.slice(at + 1);
}
function cut(text, mark) {
    const at = text.indexOf(mark);
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}


/***/ }),

/***/ 74801:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ readString),
/* harmony export */   z: () => (/* binding */ foldName)
/* harmony export */ });
/** Strings of JSON as Go's encoding/json decodes and compares them. */
const replacement = 0xfffd;
const backslash = 0x5c;
const simpleEscapes = new Map([
    [0x62, 0x08],
    [0x66, 0x0c],
    [0x6e, 0x0a],
    [0x72, 0x0d],
    [0x74, 0x09],
]);
/**
 * The text of the string token at `start` to `end`, quotes included, whose syntax has been checked. Each byte of
 * bad UTF-8 becomes one U+FFFD (TextDecoder would join some), each lone surrogate escape too.
 */
function readString(bytes, start, end) {
    const last = end - 1;
    let text = '';
    let at = start + 1;
    while (at < last) {
        const rune = bytes[at] === backslash ? readEscape(bytes, at) : readRune(bytes, at);
        text += String.fromCodePoint(rune.point);
        at += rune.size;
    }
    return text;
}
function readEscape(bytes, at) {
    const letter = bytes[at + 1] ?? 0;
    if (letter !== 0x75)
        return { point: simpleEscapes.get(letter) ?? letter, size: 2 };
    const unit = readUnit(bytes, at);
    if (unit === undefined || unit < 0xd800 || unit > 0xdfff)
        return { point: unit ?? replacement, size: 6 };
    const low = unit < 0xdc00 ? readUnit(bytes, at + 6) : undefined;
    if (low === undefined || low < 0xdc00 || low > 0xdfff)
        return { point: replacement, size: 6 };
    return { point: 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), size: 12 };
}
/** The UTF-16 unit of an escape of the form `\u1234`, if there is one; that it has its digits has been checked. */
function readUnit(bytes, at) {
    if (bytes[at] !== backslash || bytes[at + 1] !== 0x75)
        return undefined;
    return Number.parseInt(String.fromCharCode(...bytes.subarray(at + 2, at + 6)), 16);
}
/**
 * Lead bytes of UTF-8 by length, with the range of the second byte (Unicode 16, table 3-7). The quote at the end of the
 * string continues none.
 */
function readRune(bytes, at) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80)
        return { point: lead, size: 1 };
    const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    const bad = { point: replacement, size: 1 };
    if (lead < 0xc2 || lead > 0xf4)
        return bad;
    const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    let point = lead & (0xff >> (size + 1));
    for (let index = 1; index < size; index += 1) {
        const byte = bytes[at + index] ?? 0;
        if (byte < (index === 1 ? lowest : 0x80) || byte > (index === 1 ? highest : 0xbf))
            return bad;
        point = (point << 6) | (byte & 0x3f);
    }
    return { point, size };
}
/**
 * Folds a name so that two names fold alike when Go takes them for the same field, as far as names of ASCII
 * letters go: besides A to Z only U+017F (long s) and U+212A (Kelvin) fold to one. toLowerCase folds more.
 */
function foldName(name) {
    return name
        .replaceAll('\u017f', 's')
        .replaceAll('\u212a', 'k')
        .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}


/***/ }),

/***/ 49839:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ readObject),
/* harmony export */   FZ: () => (/* binding */ listField),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   M8: () => (/* binding */ textField),
/* harmony export */   Te: () => (/* binding */ texts),
/* harmony export */   ZZ: () => (/* binding */ field),
/* harmony export */   qV: () => (/* binding */ objectField)
/* harmony export */ });
/** @returns undefined when the bytes are no JSON object in UTF-8 */
function readObject(bytes) {
    if (isTooDeep(bytes))
        return undefined;
    try {
        const value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
        return isObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The object's own field: names come from outside, and `constructor` is one like any other. */
function field(object, name) {
    return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}
function textField(object, name) {
    const value = field(object, name);
    return typeof value === 'string' ? value : undefined;
}
function objectField(object, name) {
    const value = field(object, name);
    return isObject(value) ? value : undefined;
}
function listField(object, name) {
    const value = field(object, name);
    return Array.isArray(value) ? value : undefined;
}
/** The members of an object whose values are texts. */
function texts(object) {
    return Object.fromEntries(Object.entries(object ?? {}).filter((entry) => typeof entry[1] === 'string'));
}
/** Deeper than anybody nests; V8 takes minutes over megabytes of brackets, and nothing can stop it meanwhile. */
const deepest = 1000;
function isTooDeep(bytes) {
    let depth = 0;
    let isText = false;
    for (let at = 0; at < bytes.length; at++) {
        const byte = bytes[at];
        if (isText) {
            if (byte === 0x5c)
                at++;
            else if (byte === 0x22)
                isText = false;
        }
        else if (byte === 0x22)
            isText = true;
        else if (byte === 0x5b || byte === 0x7b) {
            if (++depth > deepest)
                return true;
        }
        else if (byte === 0x5d || byte === 0x7d)
            depth--;
    }
    return false;
}


/***/ }),

/***/ 37372:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ parseManifest)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(49839);

/** @returns undefined when the bytes are no JSON object, or a list in it holds what is no descriptor */
function parseManifest(bytes) {
    const object = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readObject */ .Ag)(bytes);
    if (object === undefined)
        return undefined;
    const layers = descriptors((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(object, 'layers') ?? []);
    const listed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(object, 'manifests');
    const manifests = listed === undefined ? undefined : descriptors(listed);
    if (layers === undefined || (listed !== undefined && manifests === undefined))
        return undefined;
    const config = descriptor((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(object, 'config'));
    const subject = descriptor((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(object, 'subject'));
    const mediaType = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(object, 'mediaType');
    const artifactType = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(object, 'artifactType');
    return {
        layers,
        annotations: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .texts */ .Te)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(object, 'annotations')),
        ...(mediaType !== undefined && { mediaType }),
        ...(artifactType !== undefined && { artifactType }),
        ...(config && { config }),
        ...(manifests && { manifests }),
        ...(subject && { subject }),
    };
}
function descriptors(list) {
    const read = list.map(descriptor);
    return read.every((one) => one !== undefined) ? read : undefined;
}
function descriptor(value) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value))
        return undefined;
    const digest = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(value, 'digest');
    if (digest === undefined)
        return undefined;
    const size = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(value, 'size');
    const urls = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(value, 'urls')?.filter((url) => typeof url === 'string') ?? [];
    const artifactType = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(value, 'artifactType');
    const platform = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(value, 'platform');
    const parts = ['os', 'architecture', 'variant'].map((name) => (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(platform, name) ?? '');
    const named = parts.filter((part) => part !== '').join('/');
    return {
        digest,
        mediaType: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(value, 'mediaType') ?? '',
        annotations: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .texts */ .Te)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(value, 'annotations')),
        ...(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 && { size }),
        ...(artifactType !== undefined && { artifactType }),
        ...(urls.length > 0 && { urls }),
        ...(named !== '' && { platform: named }),
    };
}


/***/ }),

/***/ 55342:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ readProvenance),
/* harmony export */   I: () => (/* binding */ isProvenanceType)
/* harmony export */ });
/* harmony import */ var _claim_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(99993);
/* harmony import */ var _git_source_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(73791);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(49839);



const typeForm = /^https:\/\/slsa\.dev\/provenance\/v(0\.1|0\.2|1)(?:$|[.?-])/;
function isProvenanceType(predicateType) {
    return typeForm.test(predicateType);
}
/** What a build fetched is looked at so far; a source that is only found further on is not found. */
const mostFetched = 1000;
/**
 * Reads SLSA provenance as GitHub, slsa-github-generator, buildkit, GitLab and others write it. Decide nothing by one
 * that is `inconsistent`.
 *
 * @returns undefined when the type is another one, or nothing in it says how the artifact was built
 */
function readProvenance(predicateType, predicate) {
    const version = typeForm.exec(predicateType)?.[1];
    if (version === undefined || !(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(predicate))
        return undefined;
    const read = version === '1' ? readNew(predicate) : readOld(predicate, version === '0.1' ? '0.1' : '0.2');
    return (read.builder ?? read.buildType ?? read.source) ? read : undefined;
}
/**
 * Version 0.2: source from `invocation.configSource`, else from `materials`; its ref, where the URI has none, from
 * `invocation.environment.github_ref`. slsa-verifier demands that configSource and `materials[0]` are one; here they
 * are compared when the material is a git repository (buildkit lists base images too, in any order).
 *
 * Version 0.1: source from the material at `recipe.definedInMaterial`.
 */
function readOld(predicate, version) {
    const recipe = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(predicate, version === '0.1' ? 'recipe' : 'invocation');
    const config = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(recipe, 'configSource');
    const environment = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(recipe, 'environment');
    const metadata = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(predicate, 'metadata');
    const buildType = version === '0.1' ? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(recipe, 'type') : (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(predicate, 'buildType');
    const declared = version === '0.1'
        ? named('recipe.definedInMaterial', (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)(definedMaterial(predicate, recipe)))
        : named('invocation.configSource', (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)(config));
    const order = version === '0.1' ? 'any' : orderOf(buildType);
    const weighed = weigh(declared, (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .objects */ .JD)(predicate, 'materials'), 'materials', order);
    const { source } = weighed;
    const ref = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(environment, 'github_ref');
    const commit = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(environment, 'github_sha1');
    const isTriggered = source?.digest === undefined || commit === undefined || commit === source.digest;
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({
        kind: 'provenance',
        version,
        buildType,
        builder: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(predicate, 'builder'), 'id'),
        source: source && (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({ ...source, ref: source.ref ?? (isTriggered ? ref : undefined) }),
        sourceField: weighed.from,
        baseRef: baseRefOf(environment, 'github_'),
        workflow: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(config, 'entryPoint') ?? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(recipe, 'entryPoint'),
        invocation: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(metadata, 'buildInvocationID') ?? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(metadata, 'buildInvocationId'),
        workingCopy: workingCopyOf((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(metadata, 'https://mobyproject.org/buildkit@v1#metadata')),
        inconsistent: weighed.inconsistent ?? otherRef(source, ref),
    });
}
function otherRef(source, ref) {
    if (source?.ref === undefined || ref === undefined || source.ref === ref)
        return undefined;
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .shortened */ .vI)(`the source has the ref ${source.ref}, invocation.environment.github_ref is ${ref}`);
}
function definedMaterial(predicate, recipe) {
    const at = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(recipe, 'definedInMaterial');
    const material = typeof at === 'number' ? (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)(predicate, 'materials')?.[at] : undefined;
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(material) ? material : undefined;
}
/**
 * Version 1: source from `buildDefinition.externalParameters`: `workflow.repository` and `.ref` (GitHub's build type
 * and slsa-github-generator's), `source` (slsa-github-generator's container builder; GitLab, as a text), or
 * `configSource` (buildkit); else from the one git repository in `resolvedDependencies`. The commit is from there:
 * `digest.gitCommit`. What slsa-github-generator's delegator was triggered by stands in
 * `internalParameters.GITHUB_WORKFLOW_REF`; the source is its first dependency, as in slsa-verifier.
 */
function readNew(predicate) {
    const definition = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(predicate, 'buildDefinition');
    const details = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(predicate, 'runDetails');
    const external = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(definition, 'externalParameters');
    const internal = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(definition, 'internalParameters');
    const metadata = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(details, 'metadata');
    const workflow = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(external, 'workflow');
    const config = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(external, 'configSource');
    const buildType = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(definition, 'buildType');
    const trigger = triggerOf(internal);
    const declared = named('externalParameters.workflow', workflowSource(workflow)) ??
        named('externalParameters.source', sourceParameter(external)) ??
        named('externalParameters.configSource', (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)(config));
    const dependencies = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .objects */ .JD)(definition, 'resolvedDependencies');
    const list = 'resolvedDependencies';
    const weighed = weigh(declared ?? trigger?.source, dependencies, list, orderOf(buildType));
    const built = declared === undefined && trigger
        ? named(list, (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)(dependencies.slice(0, mostFetched).find(_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .isGit */ .JL)))
        : undefined;
    const source = built?.[1] ?? weighed.source;
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({
        kind: 'provenance',
        version: '1',
        buildType,
        builder: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(details, 'builder'), 'id'),
        source,
        sourceField: built?.[0] ?? weighed.from,
        baseRef: baseRefOf(internal, 'GITHUB_'),
        workflow: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(workflow, 'path') ?? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(config, 'path') ?? trigger?.path,
        invocation: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(metadata, 'invocationId') ?? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(metadata, 'invocationID'),
        workingCopy: workingCopyOf((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(metadata, 'buildkit_metadata')),
        inconsistent: weighed.inconsistent ??
            (trigger?.source && source && (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .contradiction */ .qX)(['the source', source], trigger.source)),
    });
}
/** Buildkit lists what it fetched as it came; elsewhere the source is the first. */
function orderOf(buildType) {
    return buildType?.includes('buildkit') === true ? 'any' : 'source-first';
}
/** Holds the source that the parameters declare against what the build says it fetched. */
function weigh(declared, fetched, list, order) {
    const repositories = fetched
        .slice(0, mostFetched)
        .filter(_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .isGit */ .JL)
        .flatMap((one) => (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)(one) ?? []);
    const first = repositories[0];
    if (declared === undefined) {
        // Of several it is not known which one was built; buildkit was given a folder, and any repository was added to it.
        if (first === undefined || order === 'any' || fetched.length > mostFetched)
            return {};
        const alone = repositories.every((one) => (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .contradiction */ .qX)(['', first], ['', one]) === undefined);
        return alone ? { source: first, from: list } : {};
    }
    const [from, source] = declared;
    const agrees = (one) => (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .contradiction */ .qX)(declared, ['', one]) === undefined;
    const same = order === 'any' ? (repositories.find(agrees) ?? first) : first;
    const inconsistent = same && (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .contradiction */ .qX)(declared, [list, same]);
    if (inconsistent !== undefined)
        return { source, from, inconsistent };
    if (same === undefined)
        return { source, from };
    // A release may be built from a commit that was made during it: that commit has no ref.
    const isOther = same.ref === undefined && same.digest !== undefined && source.digest !== undefined;
    if (isOther && same.digest !== source.digest)
        return { source: same, from: list };
    return { source: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({ ...source, digest: source.digest ?? same.digest }), from };
}
function named(place, source) {
    return source && [place, source];
}
function workflowSource(workflow) {
    const read = (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSourceUri */ .mF)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(workflow, 'repository') ?? '');
    return read && (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({ ...read, ref: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(workflow, 'ref') ?? read.ref });
}
function sourceParameter(external) {
    const text = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(external, 'source');
    return text === undefined ? (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(external, 'source')) : (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSourceUri */ .mF)(text);
}
/** `owner/repository/path/of/the.yml@refs/…`: path and ref may hold `@` too. */
function triggerOf(internal) {
    const [file = '', ref, ...others] = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(internal, 'GITHUB_WORKFLOW_REF')?.split('@refs/') ?? [];
    const [owner = '', name = '', ...path] = file.split('/');
    if (ref === undefined || others.length > 0)
        return undefined;
    const source = (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSourceUri */ .mF)(`https://github.com/${owner}/${name}`);
    return {
        source: named('internalParameters.GITHUB_WORKFLOW_REF', source && { ...source, ref: `refs/${ref}` }),
        path: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .shortened */ .vI)(path.join('/')),
    };
}
/** As slsa-verifier finds the branch of a tag (slsaprovenance/common): the context first, then the event. */
function baseRefOf(environment, prefix) {
    const name = (rest) => (prefix === 'github_' ? prefix + rest : prefix + rest.toUpperCase());
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(environment, name('ref_type')) !== 'tag')
        return undefined;
    const event = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(environment, name('event_payload'));
    const base = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(environment, name('base_ref'));
    if (base !== undefined)
        return base;
    const trigger = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(environment, name('event_name'));
    const branch = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(event, 'release'), 'target_commitish');
    if (trigger === 'release' && branch !== undefined)
        return (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .shortened */ .vI)(`refs/heads/${branch}`);
    return trigger === 'push' ? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(event, 'base_ref') : undefined;
}
function workingCopyOf(metadata) {
    const vcs = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(metadata, 'vcs');
    const read = (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSourceUri */ .mF)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(vcs, 'source') ?? '');
    // The revision of a folder with changes ends with `-dirty`: that is no commit.
    return read && (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({ ...read, digest: (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .asCommit */ ._C)((0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(vcs, 'revision')) });
}


/***/ }),

/***/ 29339:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ isHexDigest),
/* harmony export */   j: () => (/* binding */ parseRecipe)
/* harmony export */ });
/* harmony import */ var _go_string_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(74801);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(49839);


const names = ['layer', 'size', 'compressedDigest', 'compressedSize', 'chunks'];
const chunkNames = ['digest', 'size', 'compressedSize'];
/** As names of chunks and layers become parts of paths, nothing else will do. */
function isHexDigest(value) {
    return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
/**
 * Reads a recipe, stricter than s3lo does: whatever two readers could take for two recipes is malformed. Sizes are from
 * 1 to 2^53 - 1, and those of the chunks add up to those of the layer.
 */
function parseRecipe(bytes) {
    const object = readUnambiguously(bytes);
    if (object === undefined)
        return malformed('it is no JSON object, or can be read in two ways');
    const { layer, size, compressedDigest, compressedSize, chunks } = object;
    const alias = otherSpelling(object, names);
    if (alias !== undefined)
        return malformed(`${JSON.stringify(alias)} is no spelling of a field`);
    if (!isHexDigest(layer))
        return malformed(expected('layer', '64 lower-case hex digits', layer));
    if (!isSize(size))
        return malformed(expected('size', 'bytes', size));
    if (!isHexDigest(compressedDigest))
        return malformed(expected('compressedDigest', '64 lower-case hex digits', compressedDigest));
    if (!isSize(compressedSize))
        return malformed(expected('compressedSize', 'bytes', compressedSize));
    if (!Array.isArray(chunks) || chunks.length === 0)
        return malformed(expected('chunks', 'a list with a chunk in it', chunks));
    const read = [];
    for (const [index, item] of chunks.entries()) {
        const chunk = readChunk(item);
        if (typeof chunk === 'string')
            return malformed(`chunk ${index + 1}: ${chunk}`);
        read.push(chunk);
    }
    const sum = (of) => read.reduce((all, chunk) => all + chunk[of], 0);
    if (sum('size') !== size)
        return malformed(`size: its chunks add up to ${sum('size')}, got ${size}`);
    if (sum('compressedSize') !== compressedSize)
        return malformed(`compressedSize: its chunks add up to ${sum('compressedSize')}, got ${compressedSize}`);
    return { kind: 'recipe', recipe: { layer, size, compressedDigest, compressedSize, chunks: read } };
}
function readChunk(item) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(item))
        return 'expected an object';
    const { digest, size, compressedSize } = item;
    const alias = otherSpelling(item, chunkNames);
    if (alias !== undefined)
        return `${JSON.stringify(alias)} is no spelling of a field`;
    if (!isHexDigest(digest))
        return expected('digest', '64 lower-case hex digits', digest);
    if (!isSize(size))
        return expected('size', 'bytes', size);
    if (!isSize(compressedSize))
        return expected('compressedSize', 'bytes', compressedSize);
    return { digest, size, compressedSize };
}
/**
 * Go takes names without regard to case and the last of several; JSON.parse hides duplicates. So a recipe counts only
 * if writing what was read gives the text again, white space aside: each name once, nothing escaped, plain numbers.
 */
function readUnambiguously(bytes) {
    try {
        const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
        const value = JSON.parse(text);
        return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) && JSON.stringify(value) === text.replace(/[ \t\r\n]/g, '') ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** @returns a name that Go takes for one of these although it is spelled otherwise */
function otherSpelling(object, known) {
    const folded = new Set(known.map(_go_string_js__WEBPACK_IMPORTED_MODULE_0__/* .foldName */ .z));
    return Object.keys(object).find((name) => !known.includes(name) && folded.has((0,_go_string_js__WEBPACK_IMPORTED_MODULE_0__/* .foldName */ .z)(name)));
}
function isSize(value) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}
function malformed(reason) {
    return { kind: 'malformed', reason };
}
const longestShown = 80;
function expected(name, what, got) {
    const text = got === undefined ? 'nothing' : JSON.stringify(got);
    return `${name}: expected ${what}, got ${text.length > longestShown ? `${text.slice(0, longestShown)}…` : text}`;
}


/***/ }),

/***/ 46794:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  y4: () => (/* binding */ decodeBase64),
  Hh: () => (/* binding */ parseRecord),
  xD: () => (/* binding */ recordName),
  oO: () => (/* binding */ recordPayload),
  y0: () => (/* binding */ unboundPayload)
});

;// CONCATENATED MODULE: ./src/evidence/go-json.ts
/** As many open brackets as Go allows (scanner.go, maxNestingDepth). */
const maximumDepth = 10_000;
const unexpectedEnd = 'unexpected end of JSON input';
const space = 0x20;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const openBracket = 0x5b;
const closers = new Map([
    [openBrace, 0x7d],
    [openBracket, 0x5d],
]);
/**
 * Checks the syntax of the whole input and finds the members of an outermost object, in order, duplicates
 * included. One pass, no recursion, so neither size nor nesting of hostile input matters.
 */
function scanJson(bytes) {
    const open = [];
    const members = [];
    let whole;
    let key;
    let state = 'value';
    let at = 0;
    const finish = (value) => {
        at = value.end;
        if (open.length === 0) {
            whole = value;
            return 'done';
        }
        if (open.length === 1 && key !== undefined)
            members.push({ key, value });
        return 'next';
    };
    for (;;) {
        while (isSpace(bytes[at]))
            at += 1;
        const byte = bytes[at];
        if (byte === undefined) {
            return whole === undefined ? invalid(unexpectedEnd) : { kind: 'valid', value: whole, members };
        }
        const innermost = open.at(-1);
        if ((state === 'first-value' || state === 'first-key' || state === 'next') && innermost !== undefined) {
            if (byte === closers.get(innermost.bracket)) {
                open.pop();
                const kind = innermost.bracket === openBrace ? 'object' : 'array';
                state = finish({ kind, start: innermost.start, end: at + 1 });
                continue;
            }
        }
        switch (state) {
            case 'first-value':
            case 'value': {
                if (byte === openBrace || byte === openBracket) {
                    if (open.length === maximumDepth)
                        return invalid(unexpected(byte, 'exceeded max depth'));
                    open.push({ bracket: byte, start: at });
                    state = byte === openBrace ? 'first-key' : 'first-value';
                    at += 1;
                    break;
                }
                const kind = scalarKind(byte);
                if (kind === undefined)
                    return invalid(unexpected(byte, 'looking for beginning of value'));
                const end = scanScalar(bytes, at, kind);
                if (typeof end === 'string')
                    return invalid(end);
                state = finish({ kind, start: at, end });
                break;
            }
            case 'first-key':
            case 'key': {
                if (byte !== quote)
                    return invalid(unexpected(byte, 'looking for beginning of object key string'));
                const end = scanString(bytes, at);
                if (typeof end === 'string')
                    return invalid(end);
                if (open.length === 1)
                    key = { kind: 'string', start: at, end };
                state = 'colon';
                at = end;
                break;
            }
            case 'colon':
                if (byte !== 0x3a)
                    return invalid(unexpected(byte, 'after object key'));
                state = 'value';
                at += 1;
                break;
            case 'next': {
                const inObject = innermost?.bracket === openBrace;
                if (byte !== 0x2c) {
                    return invalid(unexpected(byte, inObject ? 'after object key:value pair' : 'after array element'));
                }
                state = inObject ? 'key' : 'value';
                at += 1;
                break;
            }
            case 'done':
                return invalid(unexpected(byte, 'after top-level value'));
        }
    }
}
function invalid(reason) {
    return { kind: 'invalid', reason };
}
function isSpace(byte) {
    return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
function isDigit(byte) {
    return byte >= 0x30 && byte <= 0x39;
}
function isHex(byte) {
    return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}
function scalarKind(first) {
    if (first === quote)
        return 'string';
    if (first === 0x2d || isDigit(first))
        return 'number';
    if (first === 0x74 || first === 0x66)
        return 'bool';
    return first === 0x6e ? 'null' : undefined;
}
function scanScalar(bytes, start, kind) {
    if (kind === 'string')
        return scanString(bytes, start);
    if (kind === 'number')
        return scanNumber(bytes, start);
    if (kind === 'null')
        return scanWord(bytes, start, 'null');
    return scanWord(bytes, start, bytes[start] === 0x74 ? 'true' : 'false');
}
/** Inside a token Go meets the end of the input as if it were a space (scanner.go, eof). */
function byteAt(bytes, at) {
    return bytes[at] ?? space;
}
function scanWord(bytes, start, word) {
    for (let index = 1; index < word.length; index += 1) {
        const byte = byteAt(bytes, start + index);
        if (byte !== word.charCodeAt(index)) {
            return unexpected(byte, `in literal ${word} (expecting '${word.charAt(index)}')`);
        }
    }
    return start + word.length;
}
function scanNumber(bytes, start) {
    let at = start;
    const skipDigits = () => {
        while (isDigit(byteAt(bytes, at)))
            at += 1;
    };
    if (byteAt(bytes, at) === 0x2d)
        at += 1;
    if (!isDigit(byteAt(bytes, at)))
        return unexpected(byteAt(bytes, at), 'in numeric literal');
    if (byteAt(bytes, at) === 0x30)
        at += 1;
    else
        skipDigits();
    if (byteAt(bytes, at) === 0x2e) {
        at += 1;
        if (!isDigit(byteAt(bytes, at))) {
            return unexpected(byteAt(bytes, at), 'after decimal point in numeric literal');
        }
        skipDigits();
    }
    if ((byteAt(bytes, at) | 0x20) === 0x65) {
        at += 1;
        if (byteAt(bytes, at) === 0x2b || byteAt(bytes, at) === 0x2d)
            at += 1;
        if (!isDigit(byteAt(bytes, at)))
            return unexpected(byteAt(bytes, at), 'in exponent of numeric literal');
        skipDigits();
    }
    return at;
}
function scanString(bytes, start) {
    let at = start + 1;
    for (;;) {
        const byte = bytes[at];
        if (byte === undefined)
            return unexpectedEnd;
        if (byte === quote)
            return at + 1;
        if (byte < space)
            return unexpected(byte, 'in string literal');
        at += 1;
        if (byte !== backslash)
            continue;
        const escape = byteAt(bytes, at);
        at += 1;
        if ('"\\/bfnrt'.includes(String.fromCharCode(escape)))
            continue;
        if (escape !== 0x75)
            return unexpected(escape, 'in string escape code');
        for (const end = at + 4; at < end; at += 1) {
            if (!isHex(byteAt(bytes, at))) {
                return unexpected(byteAt(bytes, at), 'in \\u hexadecimal character escape');
            }
        }
    }
}
const namedEscapes = new Map([
    [0x07, '\\a'],
    [0x08, '\\b'],
    [0x09, '\\t'],
    [0x0a, '\\n'],
    [0x0b, '\\v'],
    [0x0c, '\\f'],
    [0x0d, '\\r'],
    [0x27, "\\'"],
    [0x5c, '\\\\'],
]);
/** Go names the byte as the Latin-1 character of that number, even in the middle of UTF-8 (scanner.go, quoteChar). */
function unexpected(byte, context) {
    return `invalid character '${quoteByte(byte)}' ${context}`;
}
function quoteByte(byte) {
    const named = namedEscapes.get(byte);
    if (named !== undefined)
        return named;
    const hex = byte.toString(16).padStart(2, '0');
    if (byte < space || byte === 0x7f)
        return `\\x${hex}`;
    if ((byte >= 0x80 && byte <= 0xa0) || byte === 0xad)
        return `\\u00${hex}`;
    return String.fromCharCode(byte);
}

// EXTERNAL MODULE: ./src/evidence/go-string.ts
var go_string = __nccwpck_require__(74801);
;// CONCATENATED MODULE: ./src/evidence/s3lo-record.ts


/** Names of records in the folder `signatures`: the key id that s3lo gives the signer's key. */
const recordName = /^[0-9a-f]{16}\.json$/;
const textFields = ['digest', 'keyRef', 'keyID', 'algorithm', 'signature', 'signedAt'];
const fields = new Map([...textFields, 'schemaVersion'].map((name) => [(0,go_string/* foldName */.z)(name), name]));
/**
 * Reads a record exactly as Go's json.Unmarshal reads it into s3lo's struct: syntax over the whole input first,
 * names without regard to case, the last duplicate wins, null changes nothing, unknown members are passed over,
 * and of several type errors the first is reported.
 */
function parseRecord(bytes) {
    const scanned = scanJson(bytes);
    if (scanned.kind === 'invalid')
        return { kind: 'malformed', reason: scanned.reason };
    const outermost = scanned.value.kind;
    if (outermost !== 'object' && outermost !== 'null') {
        return malformed(`${outermost} into Go value of type image.SignatureRecord`);
    }
    const record = {
        schemaVersion: 0,
        digest: '',
        keyRef: '',
        keyID: '',
        algorithm: '',
        signature: '',
        signedAt: '',
    };
    let version = 0n;
    for (const { key, value } of scanned.members) {
        const name = fields.get((0,go_string/* foldName */.z)((0,go_string/* readString */.E)(bytes, key.start, key.end)));
        if (name === undefined || value.kind === 'null')
            continue;
        const field = `Go struct field SignatureRecord.${name} of type`;
        if (name === 'schemaVersion') {
            const integer = readInteger(bytes, value);
            if (integer === undefined)
                return malformed(`${describeNumber(bytes, value)} into ${field} int`);
            version = integer;
        }
        else {
            if (value.kind !== 'string')
                return malformed(`${value.kind} into ${field} string`);
            record[name] = (0,go_string/* readString */.E)(bytes, value.start, value.end);
        }
    }
    record.schemaVersion = Number(version);
    return { kind: 'record', record, schemaVersionText: version.toString() };
}
function malformed(what) {
    return { kind: 'malformed', reason: `json: cannot unmarshal ${what}` };
}
/** Go shows the literal of a number only where a number was in order. */
function describeNumber(bytes, value) {
    return value.kind === 'number' ? `number ${readAscii(bytes, value)}` : value.kind;
}
/** The 64-bit integer that a token spells without fraction, exponent or quotes, as Go's strconv.ParseInt. */
function readInteger(bytes, value) {
    const longest = '-9223372036854775808'.length;
    if (value.end - value.start > longest)
        return undefined;
    const text = readAscii(bytes, value);
    if (!/^-?\d+$/.test(text))
        return undefined;
    const integer = BigInt(text);
    return BigInt.asIntN(64, integer) === integer ? integer : undefined;
}
function readAscii(bytes, value) {
    return new TextDecoder().decode(bytes.subarray(value.start, value.end));
}
/**
 * The bytes that s3lo signs (schema 2): three lines, each ended by one LF. `digest` is `sha256:` and 64 hex.
 * Source: s3lo 3.0, pkg/ref/parse.go, SigningPayload.
 */
function recordPayload(location, digest) {
    const { bucket, image, tag } = location;
    return new TextEncoder().encode(`s3lo-signature-v2\n${bucket}/${image}:${tag}\n${digest}\n`);
}
/** What releases before 3 signed (schema 1): the digest alone, wherever the image lies. */
function unboundPayload(digest) {
    return new TextEncoder().encode(`${digest}\n`);
}
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const usual = /^[A-Za-z0-9+/]*={0,2}$/;
const sextets = new Map(Array.from(alphabet, (letter, value) => [letter, value]));
/**
 * Decodes standard base64 as Go's StdEncoding: CR and LF count for nothing, padding is demanded, left-over bits
 * are ignored. `illegalAt` is the offset that Go's CorruptInputError names.
 */
function decodeBase64(text) {
    // What everybody writes; a bill of materials is millions of letters long.
    if (text.length % 4 === 0 && usual.test(text))
        return Uint8Array.from(Buffer.from(text, 'base64'));
    const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
    let length = 0;
    let bits = 0;
    let letters = 0;
    const skipLines = (from) => {
        let at = from;
        while (text[at] === '\n' || text[at] === '\r')
            at += 1;
        return at;
    };
    for (let at = skipLines(0); at < text.length; at = skipLines(at + 1)) {
        const letter = text.charAt(at);
        const value = sextets.get(letter);
        if (value !== undefined) {
            bits = ((bits << 6) | value) & 0xffff;
            letters = (letters + 1) % 4;
            if (letters !== 1)
                bytes[length++] = bits >> (6 - 2 * ((letters + 3) % 4));
            continue;
        }
        if (letter !== '=' || letters < 2)
            return { illegalAt: at };
        let end = at;
        if (letters === 2) {
            end = skipLines(at + 1);
            if (end === text.length)
                return { illegalAt: end };
            if (text[end] !== '=')
                return { illegalAt: end - 1 };
        }
        end = skipLines(end + 1);
        return end < text.length ? { illegalAt: end } : bytes.subarray(0, length);
    }
    return letters === 0 ? bytes.subarray(0, length) : { illegalAt: text.length - letters };
}


/***/ }),

/***/ 63240:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   By: () => (/* binding */ parseStatement),
/* harmony export */   DG: () => (/* binding */ shortNames),
/* harmony export */   O3: () => (/* binding */ isShortName),
/* harmony export */   PI: () => (/* binding */ shortNameOf),
/* harmony export */   T4: () => (/* binding */ predicateTypeOf),
/* harmony export */   et: () => (/* binding */ subjectOf),
/* harmony export */   oo: () => (/* binding */ signaturePredicate)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(49839);

/** The predicate type of a signature in a bundle: a statement that says nothing more (cosign 3). */
const signaturePredicate = 'https://sigstore.dev/cosign/sign/v1';
/** cosign's short names (cmd/cosign/cli/options/predicate.go); anything else is a type itself. */
const types = new Map([
    ['custom', 'https://cosign.sigstore.dev/attestation/v1'],
    ['slsaprovenance', 'https://slsa.dev/provenance/v0.2'],
    ['slsaprovenance02', 'https://slsa.dev/provenance/v0.2'],
    ['slsaprovenance1', 'https://slsa.dev/provenance/v1'],
    ['spdx', 'https://spdx.dev/Document'],
    ['spdxjson', 'https://spdx.dev/Document'],
    ['cyclonedx', 'https://cyclonedx.org/bom'],
    ['link', 'https://in-toto.io/Link/v1'],
    ['vuln', 'https://cosign.sigstore.dev/attestation/vuln/v1'],
    ['openvex', 'https://openvex.dev/ns'],
]);
const shortNames = [...types.keys()];
/** The predicate type that a name means. */
function predicateTypeOf(name) {
    return types.get(name) ?? name;
}
/** The clearest name of a predicate type, or the type itself where it has none. */
function shortNameOf(predicateType) {
    return shortNames.findLast((name) => types.get(name) === predicateType) ?? predicateType;
}
function isShortName(name) {
    return types.has(name);
}
/** As many as sigstore-go reads (pkg/verify/signature.go). */
const mostSubjects = 1024;
/** @returns a text that says what is wrong */
function parseStatement(payload) {
    const object = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readObject */ .Ag)(payload);
    if (object === undefined)
        return 'the payload is no JSON object';
    const listed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(object, 'subject');
    const list = listed === undefined ? [] : (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(object, 'subject');
    if (list === undefined)
        return 'its subject is no list';
    if (list.length > mostSubjects)
        return `it has ${list.length} subjects, more than ${mostSubjects}`;
    if (!list.every(_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv))
        return 'a subject in it is no object';
    return {
        predicateType: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(object, 'predicateType') ?? '',
        predicate: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(object, 'predicate'),
        subjects: list.map((subject) => ({
            name: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(subject, 'name') ?? '',
            digest: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .texts */ .Te)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(subject, 'digest')),
            annotations: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .texts */ .Te)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(subject, 'annotations')),
        })),
    };
}
/** The first subject that is this manifest; hex in capitals is another text, and another algorithm proves nothing. */
function subjectOf(statement, digest) {
    const hex = digest.slice('sha256:'.length);
    return statement.subjects.find((subject) => Object.hasOwn(subject.digest, 'sha256') && subject.digest['sha256'] === hex);
}


/***/ }),

/***/ 49823:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bT: () => (/* binding */ fileFault),
/* harmony export */   oD: () => (/* binding */ readWhole),
/* harmony export */   ut: () => (/* binding */ readPieces)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _network_fault_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8110);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(13130);




/** Windows has no such flag, and no pipes among its files either. */
const nonBlocking = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK ?? 0;
/** Reads a regular file up to a limit. Pipes and devices are never waited for. */
async function readWhole(file, limit, service) {
    try {
        const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | nonBlocking);
        try {
            const stat = await handle.stat();
            if (!stat.isFile())
                return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${file}: expected a file, got ${kindOf(stat)}`, service);
            if (stat.size > limit)
                return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('limit-exceeded', `${file}: larger than ${limit} bytes`, service);
            const bytes = await handle.readFile();
            if (bytes.length > limit)
                return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('limit-exceeded', `${file}: larger than ${limit} bytes`, service);
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)(bytes);
        }
        finally {
            await handle.close();
        }
    }
    catch (error) {
        return fileFault(error, file, service, () => (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .absent */ .Ge)(`object not found: ${file}`));
    }
}
/** Bytes that are read from a file at a time. */
const pieceSize = 1024 * 1024;
/**
 * Hands a regular file to a sink, piece by piece.
 *
 * @returns false where there is more than `limit` bytes; nothing or a part of it was read then
 */
async function readPieces(file, limit, service, sink, signal) {
    try {
        const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | nonBlocking);
        try {
            const stat = await handle.stat();
            if (!stat.isFile())
                return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${file}: expected a file, got ${kindOf(stat)}`, service);
            if (stat.size > limit)
                return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)(false);
            const buffer = Buffer.allocUnsafe(Math.min(pieceSize, stat.size + 1));
            for (let size = 0;;) {
                if (signal.aborted)
                    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('timeout', `${file}: not read within the time for it`, service);
                const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
                if (bytesRead === 0)
                    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)(true);
                size += bytesRead;
                if (size > limit)
                    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)(false);
                sink(buffer.subarray(0, bytesRead));
            }
        }
        finally {
            await handle.close();
        }
    }
    catch (error) {
        return fileFault(error, file, service, () => (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .absent */ .Ge)(`object not found: ${file}`));
    }
}
function kindOf(stat) {
    return stat.isDirectory() ? 'a directory' : 'something else';
}
/** @param missing what it means that the file is not there */
function fileFault(error, file, service, missing) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    switch (code) {
        case 'ENOENT':
        case 'ENOTDIR':
            return missing();
        case 'EISDIR':
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${file}: is a directory`, service);
        case 'EACCES':
        case 'EPERM':
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('denied', `${file}: no right to read it`, service);
        default:
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('server-error', `${file}: ${(0,_network_fault_js__WEBPACK_IMPORTED_MODULE_3__/* .describe */ .q0)(error)}`, service);
    }
}


/***/ }),

/***/ 69600:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   nL: () => (/* binding */ withdrawReport),
/* harmony export */   u5: () => (/* binding */ writeReport),
/* harmony export */   uP: () => (/* binding */ writeManifests)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__nccwpck_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _network_fault_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8110);





/**
 * Writes a report: whole or not at all (a new file, then a rename), and never through a symbolic link, which somebody
 * with a hand in the workspace may have put there.
 *
 * @returns the problem when it could not be written
 */
async function writeReport(file, text, input = 'result-file') {
    // Drawn, not the number of the process: in containers every run has the same one, and all may share a folder.
    const temporary = node_path__WEBPACK_IMPORTED_MODULE_3___default().join(node_path__WEBPACK_IMPORTED_MODULE_3___default().dirname(file), `.verify-image-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(8).toString('hex')}.tmp`);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_3___default().dirname(file), { recursive: true });
        const before = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(file).catch(() => undefined);
        if (before && !before.isFile()) {
            return unwritable(file, before.isSymbolicLink() ? 'a symbolic link is there' : 'something else than a file is there', input);
        }
        const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(temporary, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_WRONLY | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_CREAT | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_EXCL, 0o644);
        try {
            await handle.writeFile(text);
        }
        finally {
            await handle.close();
        }
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(temporary, file);
        return undefined;
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.unlink)(temporary).catch(() => undefined);
        return unwritable(file, (0,_network_fault_js__WEBPACK_IMPORTED_MODULE_4__/* .describe */ .q0)(error), input);
    }
}
/** Takes away a report of an earlier run; nothing else that lies there. What stays shows when it is written. */
async function withdrawReport(file) {
    const there = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(file).catch(() => undefined);
    if (there?.isFile())
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.unlink)(file).catch(() => undefined);
}
function unwritable(file, why, input) {
    return { code: 'output-unwritable', message: `${input}: cannot write ${file}: ${why}` };
}
/**
 * Writes manifests below a folder, each under the name it was read by; one from elsewhere under its last part. Names
 * that meet are told, not overwritten.
 *
 * @returns the first problem; what was written before it stays
 */
async function writeManifests(folder, manifests) {
    const taken = new Set();
    for (const { file, text } of manifests) {
        const relative = node_path__WEBPACK_IMPORTED_MODULE_3___default().relative('.', file);
        const isBelow = relative !== '' && !relative.startsWith('..') && !node_path__WEBPACK_IMPORTED_MODULE_3___default().isAbsolute(relative);
        const name = file === 'standard input' ? 'manifests.yaml' : isBelow ? relative : node_path__WEBPACK_IMPORTED_MODULE_3___default().basename(file);
        const target = node_path__WEBPACK_IMPORTED_MODULE_3___default().join(folder, name);
        if (taken.has(target))
            return unwritable(target, 'two manifests would be written there', 'pinned-manifests');
        taken.add(target);
        const problem = await writeReport(target, text, 'pinned-manifests');
        if (problem)
            return problem;
    }
    return undefined;
}


/***/ }),

/***/ 22141:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CL: () => (/* binding */ referencesOf),
/* harmony export */   EI: () => (/* binding */ newPlan),
/* harmony export */   lQ: () => (/* binding */ matrixOf),
/* harmony export */   m3: () => (/* binding */ readPlan)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(49839);
/* harmony import */ var _split_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(33440);



function newPlan(shards, version) {
    return sealed({ name: 'verify-image', version }, shards.map((images, index) => ({
        shard: index + 1,
        images: images.filter(({ given }) => given).map(({ reference }) => reference),
        manifests: images.filter(({ inManifests }) => inManifests).map(({ reference }) => reference),
    })));
}
function sealed(tool, shards) {
    const content = { schemaVersion: 1, tool, shards };
    return { ...content, sha256: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(JSON.stringify(content)).digest('hex') };
}
/** Each image of a shard once, as its result lists them. */
function referencesOf({ images, manifests }) {
    return [...new Set([...images, ...manifests])].sort();
}
/** The matrix of jobs (`strategy.matrix`) for GitHub. */
function matrixOf({ shards }) {
    return {
        include: shards.map((shard) => ({
            shard: shard.shard,
            of: shards.length,
            count: referencesOf(shard).length,
        })),
    };
}
/** @returns a text says what is wrong with it */
function readPlan(bytes) {
    const document = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(bytes);
    if (document === undefined)
        return 'expected a JSON object, got something else';
    const schemaVersion = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(document, 'schemaVersion');
    if (schemaVersion !== 1)
        return `expected schemaVersion 1, got ${spell(schemaVersion)}`;
    const tool = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(document, 'tool');
    const [name, version] = [(0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(tool, 'name'), (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(tool, 'version')];
    if (name !== 'verify-image' || version === undefined)
        return `expected a plan of verify-image, got one of ${spell(name)}`;
    const listed = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)(document, 'shards') ?? [];
    if (listed.length === 0 || listed.length > _split_js__WEBPACK_IMPORTED_MODULE_2__/* .mostShards */ .b)
        return `expected 1 to ${_split_js__WEBPACK_IMPORTED_MODULE_2__/* .mostShards */ .b} shards, got ${listed.length}`;
    const seen = new Set();
    const shards = [];
    for (const [index, value] of listed.entries()) {
        const shard = readShard(value, index + 1);
        if (typeof shard === 'string')
            return `shard ${index + 1}: ${shard}`;
        for (const reference of referencesOf(shard)) {
            if (seen.has(reference))
                return `${spell(reference)} is in more than one shard`;
            seen.add(reference);
        }
        shards.push(shard);
    }
    const plan = sealed({ name, version }, shards);
    const sha256 = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(document, 'sha256');
    // Whatever else stands in the file would be in no result.
    if (sha256 !== plan.sha256)
        return `expected sha256 ${plan.sha256} for what it holds, got ${spell(sha256)}`;
    return plan;
}
function readShard(value, number) {
    if (!(0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) || (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(value, 'shard') !== number)
        return `expected the number ${number}`;
    const [images, manifests] = [readReferences(value, 'images'), readReferences(value, 'manifests')];
    if (typeof images === 'string')
        return images;
    if (typeof manifests === 'string')
        return manifests;
    return images.length + manifests.length === 0 ? 'it names no image' : { shard: number, images, manifests };
}
function readReferences(shard, name) {
    const list = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)(shard, name);
    if (!list)
        return `expected a list of ${name}`;
    const references = list.filter((one) => typeof one === 'string' && one !== '');
    if (references.length < list.length)
        return `expected references among ${name}, got something else`;
    return new Set(references).size < references.length ? `${name} are named more than once` : references;
}
function spell(value) {
    const text = value === undefined ? 'nothing' : JSON.stringify(value);
    return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}


/***/ }),

/***/ 33440:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ mostShards),
/* harmony export */   l: () => (/* binding */ split)
/* harmony export */ });
/** Jobs that a matrix of GitHub's may have. */
const mostShards = 256;
/**
 * Splits a fleet into shards whose sizes differ by one at most. Only the references decide what comes where, not their
 * order: they are sorted, so that what lies in one registry and repository comes together, and signs in once.
 */
function split(images, into) {
    const once = new Map();
    for (const image of images) {
        const before = once.get(image.reference);
        once.set(image.reference, {
            reference: image.reference,
            given: image.given || before?.given === true,
            inManifests: image.inManifests || before?.inManifests === true,
        });
    }
    const sorted = [...once.values()].sort((a, b) => (a.reference < b.reference ? -1 : 1));
    const wanted = 'shards' in into ? into.shards : Math.ceil(sorted.length / into.size);
    const count = Math.min(wanted, sorted.length);
    const shards = [];
    for (let at = 0; at < count; at++)
        shards.push(sorted.slice(Math.floor((at * sorted.length) / count), Math.floor(((at + 1) * sorted.length) / count)));
    return shards;
}


/***/ }),

/***/ 38553:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(58500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);

const systemClock = {
    now: () => new Date(),
    sleep: async (ms, signal) => {
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(ms, undefined, { signal });
        }
        catch {
            // Aborted: whoever aborted knows why.
        }
    },
};


/***/ }),

/***/ 82989:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  L: () => (/* binding */ decide)
});

;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
// EXTERNAL MODULE: ./src/network/journal.ts
var network_journal = __nccwpck_require__(88353);
// EXTERNAL MODULE: ./src/policy/inputs.ts
var policy_inputs = __nccwpck_require__(15725);
// EXTERNAL MODULE: ./src/requirement/leaves.ts
var leaves = __nccwpck_require__(83459);
// EXTERNAL MODULE: ./src/stores/open.ts + 2 modules
var stores_open = __nccwpck_require__(46749);
// EXTERNAL MODULE: ./src/verdict/result.ts
var result = __nccwpck_require__(18364);
// EXTERNAL MODULE: ./src/gate/clock.ts
var gate_clock = __nccwpck_require__(38553);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(58500);
// EXTERNAL MODULE: ./src/reference/parse.ts + 1 modules
var parse = __nccwpck_require__(5411);
// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __nccwpck_require__(71644);
// EXTERNAL MODULE: ./src/requirement/evaluate.ts
var evaluate = __nccwpck_require__(16548);
// EXTERNAL MODULE: ./src/verdict/algebra.ts
var algebra = __nccwpck_require__(46125);
// EXTERNAL MODULE: ./src/verdict/finding.ts
var verdict_finding = __nccwpck_require__(37120);
;// CONCATENATED MODULE: ./src/gate/count-once.ts


/**
 * One signature counts for one signer: two identities may describe the same certificate, and then need two signatures.
 * Each signer gets a signature of its own as far as there are enough (a maximum matching); one that is left without is
 * as good as not met, and open where some evidence could not be read.
 *
 * @returns the findings that change, by the id of the question
 */
function countOnce(asks, answerOf) {
    const changed = new Map();
    for (const group of groups(asks.filter(({ apart }) => apart))) {
        if (group.filter(({ by }) => by.kind === 'identity').length < 2)
            continue;
        const proven = group.filter((ask) => answerOf(ask)?.finding.status === 'met');
        const holders = match(proven, (ask) => signaturesOf(answerOf(ask)));
        const problem = group.map((ask) => answerOf(ask)?.unread).find((one) => one !== undefined);
        for (const ask of proven) {
            if ([...holders.values()].includes(ask))
                continue;
            const message = `expected a signature of its own by ${ask.by.reference}, got only one that counts for another signer`;
            const finding = problem ? (0,verdict_finding/* unknown */.L5)(ask.kind, problem) : (0,verdict_finding/* unmet */.iY)(ask.kind, 'unsigned', message);
            changed.set((0,leaves/* askId */.T)(ask), finding);
        }
    }
    return changed;
}
/** Signatures and attestations of each type are counted apart. */
function groups(asks) {
    const byKind = new Map();
    for (const ask of asks) {
        const kind = ask.kind === 'signed' ? 'signed' : `attested ${ask.type}`;
        byKind.set(kind, [...(byKind.get(kind) ?? []), ask]);
    }
    return [...byKind.values()];
}
function signaturesOf(answer) {
    return (answer?.signatures ?? []).filter(({ verified }) => verified).map(({ where }) => where);
}
/** Augmenting paths, in the order of the signers. @returns the signer of each signature that counts */
function match(asks, of) {
    const holder = new Map();
    const place = (ask, tried) => of(ask).some((signature) => {
        if (tried.has(signature))
            return false;
        tried.add(signature);
        const other = holder.get(signature);
        if (other !== undefined && !place(other, tried))
            return false;
        holder.set(signature, ask);
        return true;
    });
    for (const ask of asks)
        place(ask, new Set());
    return holder;
}

;// CONCATENATED MODULE: ./src/gate/known.ts





/** What the requirement comes to for the image and each of its manifests that is asked about. */
function findingOf(reference, image, trials, { requirement: demanded, asks }, answerOf, joint) {
    if (image.kind === 'failed')
        return (0,verdict_finding/* unknown */.L5)('image-found', image.problem);
    if (image.kind === 'absent') {
        const service = reference.kind === 'registry' ? 'registry' : 'storage';
        return (0,verdict_finding/* unknown */.L5)('image-found', { code: 'not-found', service, message: image.message });
    }
    const { digest, where } = image.value;
    const parts = trials.map((trial) => {
        const finding = (0,evaluate/* evaluate */._)(demanded, knownOf(digest, trial, asks, answerOf, joint, known_open(reference)));
        return trial.subject.name === '' ? finding : (0,algebra/* all */.Q7)(`platform ${trial.subject.name}`, [finding]);
    });
    // That the image is there, and as its reference says, proves nothing where nothing is demanded of it.
    if (parts.every((part) => part.status === 'exempt'))
        return (0,algebra/* all */.Q7)('image', parts);
    const bound = reference.digest === undefined ? [] : [judgeReference(reference.digest, digest)];
    return (0,algebra/* all */.Q7)('image', [(0,verdict_finding/* met */.BG)('image-found', `${digest} at ${where}`), ...bound, ...parts]);
}
/** Why a question has no answer. */
function known_open({ kind }) {
    return {
        code: 'timeout',
        service: kind === 'registry' ? 'registry' : 'storage',
        message: 'no answer within the time for this image',
    };
}
/** The answers about one manifest, as the evaluator asks for them. */
function knownOf(digest, trial, asks, answerOf, joint, unanswered) {
    const own = (ask) => answerOf(trial, ask);
    const counted = countOnce(asks, own);
    const answer = (ask) => counted.get((0,leaves/* askId */.T)(ask)) ?? own(ask)?.finding ?? (0,verdict_finding/* unknown */.L5)(ask.kind, unanswered);
    return { digest, signedBy: answer, attestedBy: answer, ...(joint && { joint }) };
}
function judgeReference(expected, got) {
    const none = () => (0,verdict_finding/* unknown */.L5)('reference', { code: 'internal-error', message: 'nobody asks here' });
    const requirement = { kind: 'digest', expected };
    return (0,evaluate/* evaluate */._)(requirement, { digest: got, signedBy: none, attestedBy: none });
}

// EXTERNAL MODULE: ./src/evidence/s3lo-record.ts + 1 modules
var s3lo_record = __nccwpck_require__(46794);
// EXTERNAL MODULE: ./src/gate/waiting.ts
var waiting = __nccwpck_require__(9348);
;// CONCATENATED MODULE: ./src/gate/near-misses.ts


/** Near misses only explain: they get little time and room. */
const nearMissMs = 5000;
const mostNearMisses = 10;
/** Who signed instead, where evidence lies under the ids of keys and only that of the keys asked for was seen. */
async function findNearMisses(place, image, keyring, call) {
    const signal = AbortSignal.any([call.signal, AbortSignal.timeout(nearMissMs)]);
    const asked = new Set(keyring.loaded().map(({ id }) => id));
    const listed = await Promise.race([
        place.evidence.list(image, mostNearMisses, { ...call, signal, retries: 0 }).catch(() => undefined),
        (0,waiting/* aborted */.Q)(signal),
    ]);
    // No near miss is no answer either way: what could not be listed is simply not mentioned.
    if (listed?.kind !== 'found')
        return [];
    return listed.value.flatMap((evidence) => nearMiss(evidence, asked));
}
function nearMiss(evidence, asked) {
    if (evidence.format !== 's3lo-record' || asked.has(evidence.keyId))
        return [];
    const { keyId, bytes } = evidence;
    const parsed = (0,s3lo_record/* parseRecord */.Hh)(bytes);
    const claim = parsed.kind === 'record' && parsed.record.keyRef !== '' ? `, which it calls ${parsed.record.keyRef}` : '';
    const message = `a record claims a signature by key ${keyId}${claim}; you asked for ${[...asked].join(', ')}`;
    return [{ message }];
}

;// CONCATENATED MODULE: ./src/gate/moved-tag.ts
/**
 * Resolves a tag once more. The verdict is about the digest that was judged, and so are the outputs: a tag that moved
 * meanwhile is only something to be told.
 *
 * @returns what is to be told, if anything
 */
async function recheck(reference, place, image, call) {
    if (image.kind !== 'found' || reference.digest !== undefined)
        return [];
    const again = await place.images.resolve(call, 'digest');
    const { digest } = image.value;
    switch (again.kind) {
        case 'found':
            return again.value.digest === digest
                ? []
                : [
                    `${reference.text}: the tag moved while it was verified: it names ${again.value.digest} now; what is said here is about ${digest}, use that`,
                ];
        case 'absent':
            return [
                `${reference.text}: the tag was taken away while it was verified; what is said here is about ${digest}`,
            ];
        case 'failed':
            return [`${reference.text}: whether the tag moved meanwhile is not known: ${again.problem.message}`];
    }
}

// EXTERNAL MODULE: ./src/gate/subjects.ts
var gate_subjects = __nccwpck_require__(28322);
// EXTERNAL MODULE: ./src/evidence/statement.ts
var evidence_statement = __nccwpck_require__(63240);
// EXTERNAL MODULE: ./src/keys/inline.ts
var inline = __nccwpck_require__(80947);
;// CONCATENATED MODULE: ./src/gate/bounded-rule.ts

/** The same rule for one image, which waits for it no longer than its own time. */
function boundRule(rule, signal) {
    const problem = {
        code: 'timeout',
        service: 'engine',
        message: 'the policy was not evaluated within the time for this image',
    };
    const inTime = async (answer, late) => new Promise((resolve, reject) => {
        const stop = () => resolve(late);
        if (signal.aborted)
            stop();
        signal.addEventListener('abort', stop, { once: true });
        void answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    });
    return {
        ...rule,
        problem: async () => inTime(rule.problem(), problem),
        judge: async (statement) => inTime(rule.judge(statement), (0,verdict_finding/* unknown */.L5)('attestation-policy', problem)),
    };
}

// EXTERNAL MODULE: ./src/verify/freshness.ts
var freshness = __nccwpck_require__(46042);
// EXTERNAL MODULE: ./src/verify/record.ts
var record = __nccwpck_require__(20912);
;// CONCATENATED MODULE: ./src/gate/vouched.ts
/**
 * What the checks of one piece of evidence established of its signer and its time, for reports. The certificate is
 * somebody's word only once it leads to a trusted authority.
 */
function vouchedBy(findings) {
    const isMet = (check) => findings.some((finding) => finding.check === check && finding.status === 'met');
    const facts = findings.find(({ check }) => check === 'identity')?.facts;
    const { identity: subject, issuer, ...claims } = facts ?? {};
    const times = ['log-entry', 'timestamp'].flatMap((by) => findings.flatMap(({ check, status, facts: { time: at } = {} }) => check === by && status === 'met' && at !== undefined ? [{ at, by }] : []));
    return {
        ...(subject !== undefined && issuer !== undefined && isMet('certificate')
            ? { identity: { subject, issuer, claims } }
            : {}),
        ...(times.length > 0 && { times }),
    };
}

;// CONCATENATED MODULE: ./src/gate/judge.ts





/** What an s3lo record comes to. */
async function judgeRecord(evidence, { ask, name, digest }, key, { acceptUnbound, maxAgeMs }) {
    if (ask.kind === 'attested')
        return { unrelated: 'an s3lo record' };
    const { bytes, location, where, keyId } = evidence;
    const check = await (0,record/* checkRecord */.E)({
        bytes,
        location,
        digest,
        key,
        where,
        keyRef: name,
        acceptUnbound,
    });
    // Nothing proves when a record was made: it only says so.
    const age = maxAgeMs === undefined ? [] : [(0,freshness/* ageless */.h)(maxAgeMs, where)];
    const finding = (0,algebra/* all */.Q7)(ask.kind, [...check.findings, ...age]);
    const { signedAt, keyRef } = check.record ?? {};
    const claimed = { ...(signedAt !== undefined && { signedAt }), ...(keyRef !== undefined && { keyRef }) };
    const { scheme } = check;
    const verified = finding.status === 'met';
    return {
        finding,
        signature: {
            format: 's3lo-record',
            where,
            verified,
            keyRef: name,
            keyId,
            ...(scheme && { scheme }),
            claimed,
        },
    };
}
/** What evidence in a format of cosign comes to. */
async function judgeCosign(evidence, { ask, name, digest }, key, matter) {
    const { formats } = ask.manner ?? {};
    if (formats && !formats.includes(evidence.format))
        return { unrelated: `evidence as ${evidence.format}` };
    // Only images in registries need it: the others start without.
    const { checkCosign, checkKeyless } = await Promise.all(/* import() */[__nccwpck_require__.e(3917), __nccwpck_require__.e(2856), __nccwpck_require__.e(4623)]).then(__nccwpck_require__.bind(__nccwpck_require__, 84623));
    const demand = {
        keyRef: name,
        digest,
        log: matter.log,
        annotations: ask.kind === 'signed' ? (ask.annotations ?? {}) : {},
        ...(ask.kind === 'attested' && { predicateType: (0,evidence_statement/* predicateTypeOf */.T4)(ask.type) }),
        ...(ask.kind === 'attested' && ask.provenance && { provenance: ask.provenance }),
        ...(ask.kind === 'attested' && ask.rule && { rule: ask.rule }),
    };
    const needed = matter.log === 'require' || ask.by.kind === 'identity' || matter.maxAgeMs !== undefined;
    const vouching = needed ? await matter.vouching() : undefined;
    const check = key === undefined && vouching
        ? await checkKeyless(evidence, {
            ...demand,
            vouching: { ...vouching, ...(ask.by.kind === 'identity' && { identity: ask.by.identity }) },
        })
        : key === undefined
            ? undefined
            : await checkCosign(evidence, { ...demand, key, ...(vouching && { vouching }) });
    if (check === undefined)
        return { unrelated: 'nothing that can be checked' };
    if (check.kind === 'unrelated')
        return { unrelated: check.what };
    const { ruled } = check;
    const finding = (0,algebra/* all */.Q7)(ask.kind, [...check.findings, ...(ruled ? [ruled] : [])]);
    const { format, where } = evidence;
    const { scheme, payload, statement } = check;
    const verified = finding.status === 'met';
    return {
        finding,
        ...(ruled && { ruled }),
        signature: {
            format,
            where,
            verified,
            keyRef: name,
            keyId: key?.id ?? '',
            ...(ask.kind === 'attested' && { attests: (0,evidence_statement/* predicateTypeOf */.T4)(ask.type) }),
            ...(scheme !== undefined && { scheme }),
            ...vouchedBy(check.findings),
            claimed: {},
            ...(verified && payload && { payload }),
            ...(verified && statement && { statement }),
        },
    };
}

// EXTERNAL MODULE: ./src/gate/keyring.ts
var gate_keyring = __nccwpck_require__(34618);
;// CONCATENATED MODULE: ./src/gate/latch.ts
function newLatch() {
    let open = false;
    let tell = () => undefined;
    const whenOpen = new Promise((resolve) => (tell = resolve));
    return {
        open: () => {
            open = true;
            tell();
        },
        isOpen: () => open,
        whenOpen,
    };
}

;// CONCATENATED MODULE: ./src/gate/search.ts

/** Unlikely evidence may be large: it is left alone this long while likely evidence is still on its way. */
const unlikelyMs = 2000;
/** Once the question is settled, likely evidence that is just arriving is still taken, so that reports do not race. */
const settleMs = 1000;
/** Pieces of one channel that are read at the same time: each may be as large as the limit. */
const batch = 10;
/**
 * Reads evidence channel by channel, the likely pieces first, until one of them settles the question or all is read.
 * Channels do not wait for each other, so one that hangs delays no other for long.
 */
async function search({ channels, judge, settles, thorough, }) {
    const judged = new Map();
    const problems = new Map();
    const settled = newLatch();
    const likely = channels.map(() => newLatch());
    const readOne = async ({ read }, place) => {
        const reading = await read();
        for (const [index, problem] of reading.problems.entries())
            problems.set(`${place}.${order(index)}`, problem);
        for (const [index, evidence] of reading.evidence.entries()) {
            const one = await judge(evidence);
            judged.set(`${place}.${order(index)}`, one);
            if (settles(one))
                settled.open();
        }
    };
    const readRanks = async (offers, ranks, place) => {
        const chosen = ranks.flatMap((rank) => [...offers.entries()].filter(([, offer]) => offer.rank === rank));
        for (let at = 0; at < chosen.length; at += batch) {
            if (settled.isOpen() && !thorough)
                return;
            const some = chosen.slice(at, at + batch);
            await Promise.all(some.map(async ([index, offer]) => readOne(offer, `${place}.${order(index)}`)));
        }
    };
    const readChannel = async (channel, own, place) => {
        const offers = await channel;
        if (offers.kind === 'failed')
            problems.set(place, offers.problem);
        const listed = offers.kind === 'found' ? offers.value : [];
        await readRanks(listed, [1, 2], place);
        own.open();
        if (!listed.some(({ rank }) => rank === 3))
            return;
        await Promise.race([whenAll(likely), settled.whenOpen, pause(unlikelyMs)]);
        await readRanks(listed, [3], place);
    };
    const all = Promise.all(channels.map(async (channel, index) => readChannel(channel, likely[index] ?? settled, order(index))));
    const enough = settled.whenOpen.then(async () => Promise.race([whenAll(likely), pause(settleMs)]));
    await (thorough ? all : Promise.race([all, enough]));
    return { judged: inOrder(judged), problems: inOrder(problems) };
}
async function whenAll(latches) {
    return Promise.all(latches.map(({ whenOpen }) => whenOpen));
}
/** A number as a text that sorts like it. */
function order(index) {
    return String(index).padStart(6, '0');
}
function inOrder(values) {
    return [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
async function pause(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

;// CONCATENATED MODULE: ./src/gate/signer.ts








/** Has this key signed this image, or attested this of it? The evidence is asked for as soon as the key is known. */
async function askSigner(asked, keyring, matter) {
    const ask = asked.kind === 'attested' && asked.rule ? { ...asked, rule: boundRule(asked.rule, matter.signal) } : asked;
    const { by } = ask;
    const { reference } = by;
    const name = by.kind === 'key' ? (0,inline/* keyName */.x)(reference) : reference;
    const byKey = matter.byKey && !(ask.kind === 'attested' && matter.attestationsByAnyone === true);
    if (by.kind === 'identity' && byKey) {
        const message = 's3lo records are made with keys: no identity can have signed this image';
        return alone((0,verdict_finding/* unknown */.L5)('signer', { code: 'input-invalid', message }));
    }
    if (byKey && ask.kind === 'signed' && Object.keys(ask.annotations ?? {}).length > 0) {
        const message = 's3lo records carry no annotations: none can be demanded of this image';
        return alone((0,verdict_finding/* unknown */.L5)('signer', { code: 'input-invalid', message }));
    }
    const pattern = by.kind === 'identity' ? await wrongPattern(by.identity) : undefined;
    if (pattern)
        return alone((0,verdict_finding/* unknown */.L5)('signer', pattern));
    const loaded = by.kind === 'key' ? await keyring.load(reference) : undefined;
    if (loaded?.kind === 'failed')
        return alone((0,verdict_finding/* unknown */.L5)('key-loaded', loaded.problem));
    const unusable = ask.kind === 'attested' ? await ask.rule?.problem() : undefined;
    if (unusable)
        return alone((0,verdict_finding/* unknown */.L5)('attestation-policy', unusable));
    const keys = loaded?.keys ?? [];
    const looked = byKey ? keys.map(({ key }) => key.id) : [keys[0]?.key.id ?? ''];
    const channels = looked.flatMap((keyId) => matter.look({
        keyId,
        ...(ask.kind === 'attested' && { predicateType: (0,evidence_statement/* predicateTypeOf */.T4)(ask.type) }),
        ...(ask.manner?.only && { only: ask.manner.only }),
    }));
    const resolved = await matter.image;
    // Without the image there is nothing that a signature could be about; that is said once, for the image.
    if (resolved.kind !== 'found')
        return alone((0,verdict_finding/* exempt */.Is)(ask.kind, 'the image was not found'));
    const { digest } = resolved.value;
    const named = (version) => ({ ask, digest, name: (0,gate_keyring/* versionName */.s)(name, version) });
    const judge = async (evidence) => {
        if (evidence.format !== 's3lo-record') {
            if (keys.length === 0)
                return judgeCosign(evidence, named(undefined), undefined, matter);
            return judgeByEach(keys, async ({ key, version }) => judgeCosign(evidence, named(version), key, matter));
        }
        const own = keys.find(({ key }) => key.id === evidence.keyId);
        return own ? judgeRecord(evidence, named(own.version), own.key, matter) : { unrelated: 'an s3lo record' };
    };
    const every = ask.kind === 'attested' && ask.rule?.over === 'every';
    const searched = await search({
        channels,
        judge,
        settles: every ? isDenied : ({ finding }) => finding?.status === 'met',
        thorough: matter.thorough,
    });
    // Asked late: by now most keys have loaded.
    const double = keys.length > 0 && ask.apart ? keyring.sameAs(reference) : undefined;
    if (double !== undefined) {
        return alone((0,verdict_finding/* exempt */.Is)(ask.kind, `${name} is the same key as ${(0,inline/* keyName */.x)(double)}: one signature counts once`));
    }
    const id = keys.map(({ key }) => key.id).join(', ');
    return conclude(ask, { name, id }, searched, { about: matter.about, byKey });
}
/** Any version of a key may have signed: the first that did, whatever a policy says then, else what the first comes to. */
async function judgeByEach(keys, judge) {
    let first;
    for (const key of keys) {
        const judged = await judge(key);
        if (judged.finding?.status === 'met' || judged.ruled)
            return judged;
        first ??= judged;
    }
    return first ?? { unrelated: 'nothing that can be checked' };
}
function conclude(ask, signer, { judged, problems }, { byKey, about }) {
    const verb = ask.kind === 'signed' ? 'signed' : `attested (${ask.type})`;
    const against = ask.kind === 'attested' && ask.rule?.over === 'every' ? exception(judged, problems) : undefined;
    if (against)
        return { ...against, signatures: judged.flatMap(({ signature }) => signature ?? []) };
    const proven = judged.find(({ finding }) => finding?.status === 'met');
    if (proven?.finding) {
        const { keyRef, keyId } = proven.signature ?? { keyRef: signer.name, keyId: signer.id };
        const finding = { ...proven.finding, message: `${verb} by ${spell({ name: keyRef, id: keyId })}` };
        return {
            finding,
            signatures: judged.flatMap(({ signature }) => (signature?.verified ? signature : [])),
            ...(problems[0] && { unread: problems[0] }),
        };
    }
    const signatures = judged.flatMap(({ signature }) => signature ?? []);
    const failed = judged.flatMap(({ finding }) => finding ?? []).sort((a, b) => progress(b) - progress(a));
    const parts = [
        ...failed,
        ...problems.map((problem) => (0,verdict_finding/* unknown */.L5)(byKey ? 'record-read' : 'evidence-read', problem)),
    ];
    const nearMisses = [...new Set(judged.flatMap(({ unrelated }) => unrelated ?? []))].map((what) => ({
        message: `beside the image lies ${what}, which is not what is asked for`,
    }));
    const [only, ...others] = parts;
    if (only === undefined) {
        const missing = { ...absentFinding(ask, signer, about), ...(nearMisses.length > 0 && { nearMisses }) };
        return { finding: missing, signatures, absent: true };
    }
    const finding = others.length === 0 ? only : (0,algebra/* any */.bz)(ask.kind, parts);
    const whole = nearMisses.length > 0 ? { ...finding, nearMisses } : finding;
    return {
        finding: whole,
        signatures,
        ...(!byKey && finding.status === 'unmet' && { absent: true }),
    };
}
function isDenied({ ruled }) {
    return ruled?.status === 'unmet';
}
/**
 * Where every statement must say so: one that says otherwise decides, and one that nobody could read or judge leaves it
 * open. Undefined: every statement that is proven says so, if there is one.
 */
function exception(judged, problems) {
    const denied = judged.find(isDenied);
    if (denied?.finding)
        return { finding: denied.finding };
    const open = judged.find(({ finding }) => finding?.status === 'unknown');
    if (open?.finding)
        return { finding: open.finding };
    const [problem] = problems;
    const proven = judged.some(({ finding }) => finding?.status === 'met');
    return problem && proven ? { finding: (0,verdict_finding/* unknown */.L5)('evidence-read', problem) } : undefined;
}
/** The piece that came nearest to a proof explains best. */
function progress(finding) {
    return (finding.children ?? []).filter(({ status }) => status === 'met').length;
}
function absentFinding(ask, signer, about) {
    const of = about === '' ? '' : ` of ${about}`;
    const facts = signer.id === '' ? { identity: signer.name } : { keyId: signer.id };
    if (ask.kind === 'attested') {
        const message = `expected an attestation${of} of type ${ask.type} by ${spell(signer)}, got none`;
        return (0,algebra/* all */.Q7)('attested', [(0,verdict_finding/* unmet */.iY)('attestation-found', 'attestation-missing', message, { facts })]);
    }
    const message = `expected a signature${of} by ${spell(signer)}, got none`;
    const peerReason = `no signature found for key ${signer.name}`;
    return (0,algebra/* all */.Q7)('signed', [(0,verdict_finding/* unmet */.iY)('record-found', 'unsigned', message, { peerReason, facts })]);
}
function alone(finding) {
    return { finding, signatures: [] };
}
async function wrongPattern({ subjectRegexp, issuerRegexp }) {
    const { patternProblem } = await Promise.all(/* import() */[__nccwpck_require__.e(3917), __nccwpck_require__.e(2856), __nccwpck_require__.e(8879)]).then(__nccwpck_require__.bind(__nccwpck_require__, 28879));
    for (const pattern of [subjectRegexp, issuerRegexp]) {
        const why = pattern === undefined ? undefined : patternProblem(pattern);
        if (why === undefined)
            continue;
        return {
            code: 'input-invalid',
            message: `expected a pattern in RE2, got ${JSON.stringify(pattern)}: ${why}`,
        };
    }
    return undefined;
}
/** A key with its id; an identity speaks for itself. */
function spell({ name, id }) {
    return id === '' ? name : `${name} (${id})`;
}

;// CONCATENATED MODULE: ./src/gate/trial.ts



/** Looks that are taken within this time are one: what several signers need is read once. */
const lookMs = 500;
function openTrial(subject, places, bench, call) {
    const answers = new Map();
    const pending = new Map();
    const latest = new Map();
    const look = (place) => {
        const at = performance.now();
        const last = latest.get(place);
        if (last && at - last.at <= lookMs)
            return last.look;
        const taken = place.evidence.look(subject.image, call, subject.isChild);
        latest.set(place, { at, look: taken });
        return taken;
    };
    const askOne = async (one, answered) => {
        const { image } = subject;
        const manner = one.manner ?? {};
        const place = await places(manner);
        if ('code' in place) {
            answers.set((0,leaves/* askId */.T)(one), { finding: (0,verdict_finding/* unknown */.L5)('store-opened', place), signatures: [] });
            answered();
            return;
        }
        const { byKey, attestationsByAnyone } = place.evidence;
        answers.set((0,leaves/* askId */.T)(one), await askSigner(one, bench.keyring, {
            image,
            about: subject.name,
            look: look(place),
            signal: call.signal,
            log: manner.log ?? bench.log,
            acceptUnbound: bench.acceptUnbound,
            ...(bench.maxAgeMs !== undefined && { maxAgeMs: bench.maxAgeMs }),
            vouching: one.manner === undefined ? bench.vouching : (bench.manners?.vouching(one.manner) ?? bench.vouching),
            thorough: bench.thorough,
            byKey,
            ...(attestationsByAnyone && { attestationsByAnyone }),
        }));
        pending.delete((0,leaves/* askId */.T)(one));
        answered();
    };
    return {
        subject,
        answers,
        ask: async (open, answered) => {
            for (const one of open) {
                if (!pending.has((0,leaves/* askId */.T)(one)))
                    pending.set((0,leaves/* askId */.T)(one), askOne(one, answered));
            }
            await Promise.all(pending.values());
        },
    };
}

;// CONCATENATED MODULE: ./src/gate/image.ts
















/** Nothing was asked, and no policy can change it. */
function image_closed(result) {
    const finding = () => result.finding;
    return {
        result,
        findingOf: finding,
        facts: { of: () => undefined, digestOf: () => result.digest ?? undefined, finding },
        conclude: async () => Promise.resolve(result),
    };
}
/** Judges one image; never throws. */
async function judgeImage(reference, bench) {
    const journal = (0,network_journal/* openJournal */._)({ ...(bench.journal && { within: bench.journal }) });
    const ends = new AbortController();
    (0,external_node_events_namespaceObject.setMaxListeners)(0, ends.signal);
    const end = () => ends.abort();
    const timer = setTimeout(end, bench.patience.waitMs + bench.patience.timeoutMs);
    bench.stop?.addEventListener('abort', end);
    try {
        const call = { signal: ends.signal, retries: bench.patience.retries, journal };
        const warnings = [];
        return { ...(await judge(reference, bench, call, warnings)), warnings };
    }
    catch (error) {
        const message = `while judging: ${error instanceof Error ? error.message : String(error)}`;
        const broken = (0,verdict_finding/* unknown */.L5)('image', { code: 'internal-error', message });
        return { ...image_closed(image_close(reference, undefined, broken, [], journal)), warnings: [] };
    }
    finally {
        clearTimeout(timer);
        bench.stop?.removeEventListener('abort', end);
        // Whatever still hangs is not needed any more.
        ends.abort();
    }
}
async function judge(text, bench, call, warnings) {
    if (bench.isSubjects)
        return (await __nccwpck_require__.e(/* import() */ 7913).then(__nccwpck_require__.bind(__nccwpck_require__, 77913))).judgeSubjects(text, bench, call);
    const beforehand = decideBeforehand(text, bench, call);
    if (beforehand)
        return beforehand;
    const reference = (0,parse/* parseReference */.F)(text);
    if (reference.kind === 'unreadable') {
        const problem = {
            code: 'reference-invalid',
            message: `invalid reference "${text}": ${reference.reason}`,
        };
        return image_closed(image_close(text, undefined, (0,verdict_finding/* unknown */.L5)('reference-read', problem), [], call.journal));
    }
    const place = await bench.stores(reference);
    if ('code' in place)
        return image_closed(image_close(text, undefined, (0,verdict_finding/* unknown */.L5)('store-opened', place), [], call.journal));
    const isWhole = bench.platforms !== 'index' || bench.deep !== undefined || bench.joints !== undefined;
    const need = isWhole ? 'manifest' : 'digest';
    const service = reference.kind === 'registry' ? 'registry' : 'storage';
    const image = orTimeout(place.images.resolve(call, need), `${text}: no answer`, service, call);
    // What most evidence is held against comes while the registry answers; without evidence in cosign's formats, never.
    if (reference.kind === 'registry' && needsTrust(bench))
        void bench.vouching().catch(() => undefined);
    const subjects = await (0,gate_subjects/* findSubjects */.Pc)(reference, place, image, bench.platforms, call);
    if (!Array.isArray(subjects)) {
        const finding = (0,verdict_finding/* unknown */.L5)('platforms', subjects);
        return image_closed(image_close(text, pinned(await image, reference), finding, [], call.journal));
    }
    const places = (manner) => bench.manners?.stores(manner)(reference) ?? place;
    const elsewhere = (manner) => manner.signatureRepository !== undefined || manner.tagPrefix !== undefined;
    const trials = subjects.map((subject) => openTrial(subject, (manner) => (elsewhere(manner) ? places(manner) : place), bench, call));
    const judgeOn = async (answerOf, joint) => findingOf(reference, await image, trials, bench, answerOf, joint);
    await (0,waiting/* runTrials */.F)(trials, judgeOn, async () => (await image).kind !== 'found', bench, call);
    const answered = (trial, ask) => trial.answers.get((0,leaves/* askId */.T)(ask));
    const { joints: policies, platforms } = bench;
    const built = policies &&
        (await __nccwpck_require__.e(/* import() */ 3343).then(__nccwpck_require__.bind(__nccwpck_require__, 3343))).openBuilt({ place, image, service, platforms }, bench, call);
    const [first] = trials;
    const about = await image;
    const findingOfPart = (requirement, joint) => first && about.kind === 'found'
        ? (0,evaluate/* evaluate */._)(requirement, knownOf(about.value.digest, first, bench.asks, answered, joint, known_open(reference)))
        : findingOf(reference, about, trials, { ...bench, requirement }, answered, joint);
    const facts = {
        of: (ask) => first && answered(first, ask),
        digestOf: () => (about.kind === 'found' ? about.value.digest : undefined),
        finding: (requirement) => findingOfPart(requirement, jointOf),
        configs: async () => (await __nccwpck_require__.e(/* import() */ 6384).then(__nccwpck_require__.bind(__nccwpck_require__, 66384))).readConfigs(place.images, about, service, call),
        ...(built && { built }),
    };
    let joints = new Map();
    const jointOf = (id) => joints.get(id)?.finding;
    if (bench.joints && about.kind === 'found') {
        const { runJoints } = await __nccwpck_require__.e(/* import() */ 7946).then(__nccwpck_require__.bind(__nccwpck_require__, 67946));
        const own = bench.joints.filter(({ across }) => !across);
        joints = await runJoints(own, facts, call.signal);
    }
    const judged = await judgeOn(answered, jointOf);
    const { deep: turns } = bench;
    const deep = turns
        ? await deepPart(judged, about, async (resolved) => {
            const { readDeep } = await __nccwpck_require__.e(/* import() */ 4214).then(__nccwpck_require__.bind(__nccwpck_require__, 14214));
            return readDeep(resolved, { images: place.images, service, turns, call });
        })
        : undefined;
    const answers = trials.flatMap(({ answers: given }) => [...given.values()]);
    const missing = judged.status !== 'met' && answers.some(({ absent }) => absent);
    const nearMisses = missing && place.evidence.byKey ? await findNearMisses(place, image, bench.keyring, call) : [];
    if (bench.recheckTag === true)
        warnings.push(...(await recheck(reference, place, about, call)));
    const resolved = pinned(about, reference);
    const conclude = (finding) => {
        const parts = deep ? (0,algebra/* all */.Q7)(finding.check, [...(finding.children ?? []), deep]) : finding;
        const whole = nearMisses.length > 0 ? { ...parts, nearMisses } : parts;
        const found = [...joints.values()].flatMap(({ signatures }) => signatures);
        const signatures = [...trials.flatMap(image_signaturesOf(bench.asks)), ...found];
        return image_close(text, resolved, whole, signatures, call.journal);
    };
    return {
        result: conclude(judged),
        facts,
        findingOf: (requirement, joint) => findingOfPart(requirement, (id) => jointOf(id) ?? joint?.(id)),
        conclude: async (joint) => conclude(await judgeOn(answered, (id) => jointOf(id) ?? joint(id))),
    };
}
/** What a static policy decides, before anything is asked of a store; undefined: it takes more than that. */
function decideBeforehand(text, { requirement, asks, mayBeStatic }, call) {
    if (mayBeStatic !== true)
        return undefined;
    const unasked = () => (0,verdict_finding/* unknown */.L5)('image', { code: 'timeout', message: 'not asked' });
    const finding = (0,evaluate/* evaluate */._)(requirement, { digest: '', signedBy: unasked, attestedBy: unasked });
    const isDecided = finding.status === 'met' || (finding.status === 'unmet' && asks.length === 0);
    return isDecided ? image_closed(image_close(text, undefined, (0,algebra/* all */.Q7)('image', [finding]), [], call.journal)) : undefined;
}
/** Nothing more is read of an image that is rejected already, or that nothing is demanded of. */
async function deepPart(finding, image, read) {
    if (image.kind !== 'found' || finding.status === 'exempt')
        return undefined;
    return finding.status === 'unmet' ? (0,verdict_finding/* exempt */.Is)('deep', 'not read: already rejected') : read(image.value);
}
function needsTrust({ log, asks, maxAgeMs }) {
    return asks.some(({ by, manner }) => manner?.trust === undefined &&
        ((manner?.log ?? log) === 'require' || maxAgeMs !== undefined || by.kind === 'identity'));
}
function image_signaturesOf(asks) {
    return ({ answers }) => asks.flatMap((ask) => answers.get((0,leaves/* askId */.T)(ask))?.signatures ?? []);
}
function pinned(image, reference) {
    return image.kind === 'found' ? { digest: image.value.digest, reference } : undefined;
}
function image_close(text, resolved, finding, signatures, journal) {
    return {
        reference: text,
        digest: resolved?.digest ?? null,
        pinned: resolved ? (0,reference/* pin */.y_)(resolved.reference, resolved.digest) : null,
        verdict: (0,result/* verdictOf */.Vj)(finding),
        failure: (0,result/* failureOf */.g5)(finding),
        signatures,
        finding,
        attempts: journal.attempts(),
    };
}
/** What is stopped says which call hung, if it gets a moment for that; milliseconds. */
const lastWordMs = 100;
async function orTimeout(resolve, what, service, call) {
    const late = (0,waiting/* aborted */.Q)(call.signal).then(async () => (0,promises_.setTimeout)(lastWordMs, undefined, { ref: false }));
    const answer = await Promise.race([resolve, late]);
    const message = `${what} within the time for this image`;
    return answer ?? { kind: 'failed', problem: { code: 'timeout', service, message } };
}

// EXTERNAL MODULE: ./src/gate/vouching.ts + 1 modules
var vouching = __nccwpck_require__(19979);
;// CONCATENATED MODULE: ./src/gate/manners.ts
function openManners(log, usual, openStoresAt, openVoucherFor) {
    const stores = new Map();
    const vouchers = new Map();
    return {
        stores: ({ signatureRepository, tagPrefix }) => {
            if (signatureRepository === undefined && tagPrefix === undefined)
                return usual;
            const place = {
                ...(signatureRepository !== undefined && { signatureRepository }),
                ...(tagPrefix !== undefined && { tagPrefix }),
            };
            const id = JSON.stringify(place);
            const opened = stores.get(id) ?? openStoresAt(place);
            stores.set(id, opened);
            return opened;
        },
        vouching: ({ trust, log: own = log }) => {
            const id = JSON.stringify([trust, own]);
            const voucher = vouchers.get(id) ?? openVoucherFor(trust ?? { sct: 'require', signedTimestamps: false }, own);
            vouchers.set(id, voucher);
            return voucher.load;
        },
        trusted: () => [...vouchers.values()].flatMap((voucher) => voucher.trusted() ?? []),
        warnings: () => [...vouchers.values()].flatMap((voucher) => voucher.warnings()),
    };
}

;// CONCATENATED MODULE: ./src/gate/repeats.ts
const mostNamed = 5;
/** References that were given more than once are judged once, and that is said. */
function withoutRepeats(images) {
    const once = new Set(images);
    if (once.size === images.length)
        return { images, warnings: [] };
    const seen = new Set();
    const repeated = new Set(images.filter((image) => seen.size === seen.add(image).size));
    const names = [...repeated].slice(0, mostNamed).join(', ');
    const more = repeated.size > mostNamed ? ` and ${repeated.size - mostNamed} more` : '';
    const warnings = [`image: given more than once and judged once: ${names}${more}`];
    // A set of at least one is no empty list either.
    return { images: [...once], warnings };
}

;// CONCATENATED MODULE: ./src/gate/share.ts
const share_mostNamed = 5;
/**
 * What a run judges of a fleet that several share: its own images, with all that manifests and policies say of them.
 * Manifests that name other images than those that were shared out would leave some to nobody: that is a problem.
 */
function ownShare(plan, share) {
    if (share === undefined)
        return plan;
    const own = new Set(share.own);
    const planned = new Set(share.planned);
    const named = new Set(plan.targets.map(({ reference }) => reference));
    const missing = share.own.filter((reference) => !named.has(reference));
    const further = [...named].filter((reference) => !planned.has(reference));
    return {
        ...plan,
        targets: plan.targets.filter(({ reference }) => own.has(reference)),
        // Nobody has all digests: the text of manifests stays as it is.
        manifests: [],
        places: [],
        problems: [
            ...plan.problems,
            ...problem(missing, 'the plan names images that these manifests do not'),
            ...problem(further, 'these manifests and policies name images that the plan does not'),
        ],
    };
}
function problem(references, what) {
    if (references.length === 0)
        return [];
    const more = references.length > share_mostNamed ? ` and ${references.length - share_mostNamed} more` : '';
    const message = `plan: ${what}, make it anew: ${references.slice(0, share_mostNamed).join(', ')}${more}`;
    return [{ code: 'input-invalid', message }];
}

// EXTERNAL MODULE: ./src/gate/target.ts
var gate_target = __nccwpck_require__(72990);
;// CONCATENATED MODULE: ./src/gate/settled.ts

/** Whether some policy is about several images at once. */
function looksAcross({ targets }) {
    return targets.some(({ parts }) => parts.some(({ joints = [] }) => joints.some(({ across }) => across)));
}
/** @param rowsOf undefined where there are no rules */
function settle(one, target, rowsOf) {
    const rows = rowsOf?.(target, one, () => undefined) ?? [];
    return { result: (0,gate_target/* withPlace */.q)(one.result, target), rows, warnings: one.warnings };
}

// EXTERNAL MODULE: ./src/gate/stop.ts
var gate_stop = __nccwpck_require__(25895);
// EXTERNAL MODULE: ./src/gate/policy-engine.ts
var policy_engine = __nccwpck_require__(4792);
// EXTERNAL MODULE: ./src/gate/statement-policy.ts + 1 modules
var statement_policy = __nccwpck_require__(84762);
;// CONCATENATED MODULE: ./src/gate/turns.ts
/** Parts of images that are read at the same time, in the whole run: each may hold a chunk in memory. */
const partsAtOnce = 4;
function openTurns(most) {
    const waiting = [];
    let running = 0;
    return async (run) => {
        if (running === most)
            await new Promise((resolve) => waiting.push(resolve));
        else
            running++;
        try {
            return await run();
        }
        finally {
            const next = waiting.shift();
            // The place is handed on, so that nobody who asks in between comes first.
            if (next)
                next();
            else
                running--;
        }
    };
}

;// CONCATENATED MODULE: ./src/gate/gate.ts


















/**
 * The whole story: what must hold of which image is planned; each image is resolved once, its evidence is fetched and
 * checked, and what was found is held against the requirement. Answers for every image, whatever happens to the others.
 */
async function decide(given, outside = { clock: gate_clock/* systemClock */.m }) {
    const { clock, kept, stop, asked } = outside;
    // Each image that is being judged listens.
    if (stop)
        (0,external_node_events_namespaceObject.setMaxListeners)(0, stop);
    const unique = withoutRepeats(given.images);
    const request = { ...given, images: unique.images };
    const startedAt = clock.now().toISOString();
    const { patience, signers, registry } = request;
    const journal = (0,network_journal/* openJournal */._)({ ...(asked && { listen: asked }) });
    const ends = new AbortController();
    // As many calls listen as a request has keys; Node 20 warns from the eleventh on.
    const within = (ms) => {
        const signal = AbortSignal.any([ends.signal, AbortSignal.timeout(ms)]);
        (0,external_node_events_namespaceObject.setMaxListeners)(0, signal);
        return signal;
    };
    const imageMs = patience.waitMs + patience.timeoutMs;
    const engine = (0,policy_engine/* lazyEngine */.t)();
    const { policies } = request.demand ?? {};
    const statements = policies && (0,statement_policy/* openStatementPolicy */.Qx)(policies, engine);
    const inputs = signers && (0,policy_inputs/* compileInputs */.j)({ ...request, signers }, statements?.rule);
    const loading = { signal: within(imageMs), retries: patience.retries, journal };
    const loadPolicyKey = async (reference) => (await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 66229))).loadKey(reference, loading);
    const whole = await planOf(request, inputs, async () => (await Promise.all(/* import() */[__nccwpck_require__.e(3917), __nccwpck_require__.e(2856), __nccwpck_require__.e(8815), __nccwpck_require__.e(7337), __nccwpck_require__.e(3962), __nccwpck_require__.e(685)]).then(__nccwpck_require__.bind(__nccwpck_require__, 60685))).makePlan(request, {
        ask: engine.ask,
        loadKey: loadPolicyKey,
        now: clock.now(),
        inputs,
    }));
    const plan = ownShare(whole, request.share);
    outside.planned?.(plan.targets.length);
    const asks = plan.targets.map(({ requirement }) => (0,leaves/* asksOf */.A)(requirement));
    const keys = asks.flat().flatMap(({ by }) => (by.kind === 'key' ? by.reference : []));
    const keyring = (0,gate_keyring/* openKeyring */.u)([...(signers?.keys ?? []), ...keys], {
        signal: within(imageMs),
        retries: patience.retries,
        journal,
    });
    const log = request.log ?? 'require';
    // Ends before the images do, so that what is said of them names who did not answer.
    const trustMs = Math.ceil(imageMs * 0.9);
    const trustCall = () => ({ signal: within(trustMs), retries: patience.retries, journal });
    const voucher = (0,vouching/* openVoucher */.t)(request.trust, log, clock, trustCall);
    const settings = {
        ...(request.endpoint !== undefined && { endpoint: request.endpoint }),
        ...(registry && { registry }),
        ...(request.github && { github: request.github }),
        ...(request.records?.signedLocation && { signedLocation: request.records.signedLocation }),
    };
    const stores = (0,stores_open/* openStores */.j)(settings);
    const manners = openManners(log, stores, (place) => (0,stores_open/* openStores */.j)({
        ...settings,
        registry: { ...(registry ?? { allowHttp: 'none', allowInsecure: 'none', tagPrefix: '' }), ...place },
    }), (trust, own) => (0,vouching/* openVoucher */.t)({ ...request.trust, ...trust }, own, clock, trustCall));
    const bench = {
        keyring,
        stores,
        manners,
        patience,
        clock,
        log,
        vouching: voucher.load,
        acceptUnbound: request.records?.acceptUnbound ?? false,
        ...(request.trust?.maxAgeMs !== undefined && { maxAgeMs: request.trust.maxAgeMs }),
        recheckTag: request.recheckTag ?? false,
        journal,
        ...(stop && { stop }),
        platforms: request.platforms ?? 'index',
        archivista: await openArchivistaOf(request),
        ...(request.deep === true && { deep: openTurns(partsAtOnce) }),
        // Identities may overlap: which signature counts for which is known when all are.
        thorough: request.thorough === true || (signers?.identities?.length ?? 0) > 1,
    };
    const across = looksAcross(plan);
    const ruled = plan.targets.some(({ parts }) => parts.length > 0);
    const { rowsOf } = ruled ? await __nccwpck_require__.e(/* import() */ 5968).then(__nccwpck_require__.bind(__nccwpck_require__, 5968)) : {};
    const judge = async (target, index) => {
        const joints = target.parts.flatMap((part) => part.joints ?? []);
        const one = await judgeImage(target.reference, {
            ...bench,
            requirement: target.requirement,
            asks: asks[index] ?? [],
            ...(joints.length > 0 && { joints }),
            ...(target.isSubjects && { isSubjects: true }),
            // A digest that is expected is not known before the image is.
            mayBeStatic: target.parts.length > 0 && request.expectedDigest === undefined,
        });
        const settled = across ? { ...settle(one, target, undefined), judged: one } : settle(one, target, rowsOf);
        return kept ? { ...settled, result: kept(settled.result) } : settled;
    };
    const settled = await mapAtMost(patience.concurrency, plan.targets, async (target, index) => {
        const one = await (0,gate_stop/* unlessStopped */.OO)(stop, target, async () => judge(target, index));
        const isOpen = target.parts.some(({ joints = [] }) => joints.some((joint) => joint.across));
        if (!isOpen)
            outside.decided?.(one.result);
        return one;
    });
    const { images, policies: rows } = await gate_conclude(plan, settled, outside);
    ends.abort();
    engine.close();
    const trusted = voucher.trusted() ?? manners.trusted()[0];
    const policyFiles = [...(statements?.files() ?? []), ...plan.policyFiles];
    const verdict = (0,gate_stop/* verdictOfStopped */.wP)(images, stop) ?? (0,result/* verdictOfRun */.gV)(images, problemsOf(whole, plan));
    const pinned = plan.manifests.length > 0 ? await (await Promise.all(/* import() */[__nccwpck_require__.e(8815), __nccwpck_require__.e(3962), __nccwpck_require__.e(4328)]).then(__nccwpck_require__.bind(__nccwpck_require__, 64328))).pinVerified(plan, images) : undefined;
    return {
        ...verdict,
        images,
        keys: keyring.loaded(),
        ...(trusted && { trust: trusted }),
        ...(policyFiles.length > 0 && { policyFiles }),
        ...(rows.length > 0 && { policies: rows }),
        ...(pinned && { pinned: pinned.manifests }),
        calls: journal.calls(),
        ...(journal.attempts().length > 0 && { attempts: journal.attempts() }),
        warnings: [
            ...unique.warnings,
            ...plan.warnings,
            // The first speaks for the run; the others are told too.
            ...plan.problems.map(({ message }) => message).filter((one) => one !== verdict.failure?.message),
            ...voucher.warnings(),
            ...manners.warnings(),
            ...settled.flatMap((one) => one.warnings),
            ...(pinned?.warnings ?? []),
        ],
        startedAt,
        finishedAt: clock.now().toISOString(),
    };
}
async function openArchivistaOf({ build }) {
    if (build?.archivista === undefined)
        return undefined;
    const { url, headers } = build.archivista;
    const { openArchivista } = await __nccwpck_require__.e(/* import() */ 1753).then(__nccwpck_require__.bind(__nccwpck_require__, 51753));
    return openArchivista({ url: new URL(url), headers });
}
/** Without policies and manifests the plan is the list of images. */
async function planOf({ images, manifests = [], policies }, inputs, make) {
    if (policies || manifests.length > 0 || inputs === undefined)
        return make();
    const targets = images.map((reference) => ({
        reference,
        requirement: inputs,
        parts: [],
        origins: [],
        allowed: false,
    }));
    return { targets, manifests: [], places: [], skipped: [], policyFiles: [], warnings: [], problems: [] };
}
/** Manifests that name no image are the reason why there is none. */
function problemsOf({ targets, manifests }, { problems }) {
    if (targets.length > 0 || manifests.length === 0 || problems.length > 0)
        return problems;
    const files = manifests.map(({ file }) => file).join(', ');
    return [{ code: 'nothing-to-verify', message: `manifests: expected an image, got none in ${files}` }];
}
/** What policies over several images come to, and what each rule says to each image. */
async function gate_conclude(plan, settled, { decided, kept, stop }) {
    const judged = settled.flatMap((one) => one.judged ?? []);
    // Those that were not decided are not there to be looked at.
    if (judged.length === 0 || stop?.aborted === true)
        return {
            images: settled.map(({ result }) => result),
            policies: [...plan.skipped, ...settled.flatMap(({ rows }) => rows)],
        };
    const { concludeAll } = await __nccwpck_require__.e(/* import() */ 5968).then(__nccwpck_require__.bind(__nccwpck_require__, 5968));
    const { images, policies } = await concludeAll(plan, judged, decided);
    return { images: kept ? images.map(kept) : images, policies };
}
/** Runs over items in order, so many at the same time; answers in the order of the items. */
async function mapAtMost(most, items, run) {
    const out = new Array(items.length);
    const queue = items.entries();
    const work = async () => {
        for (const [index, item] of queue)
            out[index] = await run(item, index);
    };
    await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
    return out;
}


/***/ }),

/***/ 34618:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ versionName),
/* harmony export */   u: () => (/* binding */ openKeyring)
/* harmony export */ });
/* harmony import */ var _keys_inline_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(80947);
/* harmony import */ var _keys_load_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(66229);


function openKeyring(references, call) {
    const results = new Map();
    const loads = new Map();
    for (const reference of new Set(references)) {
        const load = (0,_keys_load_js__WEBPACK_IMPORTED_MODULE_1__.loadKey)(reference, call).then((result) => {
            results.set(reference, result);
            return result;
        });
        // Whoever needs the key awaits the same promise and sees the failure there.
        load.catch(() => undefined);
        loads.set(reference, load);
    }
    const versionsOf = (reference) => {
        const result = results.get(reference);
        return result?.kind === 'keys' ? result.keys : [];
    };
    const spkisOf = (reference) => versionsOf(reference).map(({ key }) => key.sha256);
    // Of references that are one key, one counts, the same for every image: the first in order that had loaded when it
    // was first asked.
    const counted = new Map();
    return {
        load: async (reference) => {
            const load = loads.get(reference);
            if (!load)
                throw new Error('a key was asked for that is not in the keyring');
            return load;
        },
        sameAs: (reference) => {
            const own = spkisOf(reference);
            if (own.length === 0)
                return undefined;
            const known = own.map((spki) => counted.get(spki)).find((other) => other !== undefined);
            const first = [...loads.keys()].find((other) => spkisOf(other).some((spki) => own.includes(spki)));
            const one = known ?? first ?? reference;
            for (const spki of own)
                counted.set(spki, one);
            return one === reference ? undefined : one;
        },
        loaded: () => [...loads.keys()].flatMap((reference) => {
            const name = (0,_keys_inline_js__WEBPACK_IMPORTED_MODULE_0__/* .keyName */ .x)(reference);
            return versionsOf(reference).map(({ key: { id, sha256, type }, version }) => ({
                reference: name,
                id,
                sha256,
                type,
                ...(version !== undefined && { version }),
            }));
        }),
    };
}
/** A key as it is called where one of its versions is meant. */
function versionName(name, version) {
    return version === undefined ? name : `${name} (version ${version})`;
}


/***/ }),

/***/ 4792:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ lazyEngine)
/* harmony export */ });
/* harmony import */ var _network_fault_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8110);

/** A run may take longer than an image: the engine's own limits end an evaluation, and whoever asks waits no longer than its image. */
function lazyEngine() {
    const closing = new AbortController();
    let engine;
    return {
        ask: async (question) => {
            try {
                engine ??= __nccwpck_require__.e(/* import() */ 7586).then(__nccwpck_require__.bind(__nccwpck_require__, 67586)).then(({ openEngine }) => openEngine());
                return await (await engine).ask(question, closing.signal);
            }
            catch (error) {
                const message = `the policy engine did not start: ${(0,_network_fault_js__WEBPACK_IMPORTED_MODULE_0__/* .describe */ .q0)(error)}`;
                return { kind: 'failed', problem: { code: 'internal-error', service: 'engine', message } };
            }
        },
        close: () => {
            closing.abort();
            engine?.then((one) => one.close()).catch(() => undefined);
        },
    };
}


/***/ }),

/***/ 84762:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  W7: () => (/* binding */ fileOf),
  Qx: () => (/* binding */ openStatementPolicy),
  T4: () => (/* binding */ readPolicy)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(77598);
// EXTERNAL MODULE: ./src/files/read.ts
var read = __nccwpck_require__(49823);
// EXTERNAL MODULE: ./src/engine/question.ts
var question = __nccwpck_require__(55564);
// EXTERNAL MODULE: ./src/verdict/algebra.ts
var algebra = __nccwpck_require__(46125);
// EXTERNAL MODULE: ./src/verdict/finding.ts
var finding = __nccwpck_require__(37120);
;// CONCATENATED MODULE: ./src/policy/statement-policy.ts



const check = 'attestation-policy';
/** cosign's rule: `package signature`, `allow` (pkg/cosign/rego/rego.go). */
const query = 'data.signature.allow';
/**
 * A policy in Rego or CUE that every verified statement must satisfy, with the answers of `cosign verify-attestation
 * --policy`: `data.signature.allow` must be true, and undefined is no; the constraints of CUE must hold and (other than
 * there) leave nothing open. The input is the whole statement. Modules are read as v0, as cosign does, and as v1 where only that
 * works.
 *
 * @param load what does not need the engine yet is read when it is asked for first
 */
function compileStatementPolicy(id, load, ask) {
    let version;
    /** Asked about nothing, an engine says whether the policy loads. */
    const ready = async () => (version ??= load().then(async (policy) => prepare(policy, ask)));
    return {
        id,
        over: 'every',
        problem: async () => {
            const known = await ready();
            return typeof known === 'string' ? undefined : known;
        },
        judge: async (statement) => {
            const policy = await load();
            const known = await ready();
            if ('code' in policy)
                return (0,finding/* unknown */.L5)(check, policy);
            if (typeof known !== 'string')
                return (0,finding/* unknown */.L5)(check, known);
            const inputs = [Buffer.from(statement.payload).toString()];
            const parts = [];
            if (policy.rego.length > 0)
                parts.push(judgeRego(await ask(regoQuestion(policy.rego, known, inputs)), statement));
            if (policy.cue.length > 0)
                parts.push(judgeCue(await ask(cueQuestion(policy.cue, inputs)), statement));
            const [only, ...others] = parts;
            return only && others.length === 0 ? only : (0,algebra/* all */.Q7)(check, parts);
        },
    };
}
async function prepare(policy, ask) {
    if ('code' in policy)
        return policy;
    if (policy.cue.length > 0) {
        const answer = await ask(cueQuestion(policy.cue, []));
        if (answer.kind !== 'answered')
            return problemOf(answer);
    }
    if (policy.rego.length === 0)
        return 'v0';
    const older = await ask(regoQuestion(policy.rego, 'v0', []));
    if (older.kind === 'answered')
        return 'v0';
    if (older.kind === 'failed')
        return older.problem;
    if (!older.faults.every(({ code }) => code === 'rego_parse_error'))
        return problemOf(older);
    const newer = await ask(regoQuestion(policy.rego, 'v1', []));
    return newer.kind === 'answered' ? 'v1' : problemOf(newer.kind === 'failed' ? newer : older);
}
function regoQuestion(files, version, inputs) {
    // As in cosign the error of a builtin is undefined; what it hid is said beside the answer.
    return { language: 'rego', files, inputs, rego: { version, queries: [query], strict: false } };
}
function cueQuestion(files, inputs) {
    // Stricter than cosign, where a field that the policy constrains may be missing: what is not there satisfies nothing.
    return { language: 'cue', files, inputs, cue: { concrete: true } };
}
function judgeRego(answer, { where }) {
    if (answer.kind !== 'answered')
        return (0,finding/* unknown */.L5)(check, problemOf(answer));
    const [{ values: [value] = [], faults = [] } = nothing] = answer.results;
    if (value === undefined || faults.length > 0)
        return broken(faults, where);
    const hidden = value.swallowed ?? [];
    const also = hidden.length === 0
        ? ''
        : `; ${hidden.length} errors of builtins were read as undefined, first ${describe(hidden[0])}`;
    const what = `${query} of the statement at ${where}`;
    if (value.defined && value.value === true)
        return (0,finding/* met */.BG)(check, `${what} is true${also}`);
    const got = value.defined ? JSON.stringify(value.value).slice(0, longest) : 'undefined';
    return (0,finding/* unmet */.iY)(check, 'policy-denied', `expected ${what} to be true, got ${got}${also}`, {
        peerReason: value.defined
            ? `expression value, ${got}, is not true`
            : `result is undefined for query '${query}'`,
    });
}
function judgeCue(answer, { where }) {
    if (answer.kind !== 'answered')
        return (0,finding/* unknown */.L5)(check, problemOf(answer));
    const [{ faults = [] } = nothing] = answer.results;
    if (faults.some(({ code }) => code !== 'cue_unmet'))
        return broken(faults, where);
    if (faults.length === 0)
        return (0,finding/* met */.BG)(check, `the statement at ${where} satisfies the policy in CUE`);
    const which = faults.slice(0, mostShown).map(describe).join('; ');
    const more = faults.length > mostShown ? ` and ${faults.length - mostShown} more` : '';
    const message = `expected the statement at ${where} to satisfy the policy in CUE, got ${which}${more}`;
    return (0,finding/* unmet */.iY)(check, 'policy-denied', message, { peerReason: faults[0]?.message ?? '' });
}
const nothing = {};
const mostShown = 3;
const longest = 300;
/** The statement is JSON, so what breaks off is the policy: two rules that contradict each other, say. */
function broken(faults = [], where) {
    const message = `the policy does not come to an answer about the statement at ${where}: ${describe(faults[0])}`;
    return (0,finding/* unknown */.L5)(check, { code: 'policy-invalid', message });
}
function problemOf(answer) {
    if (answer.kind === 'failed')
        return answer.problem;
    const faults = answer.kind === 'refused' ? answer.faults : [];
    const which = faults.slice(0, mostShown).map(describe).join('; ');
    return { code: 'policy-invalid', message: `the policy does not load: ${which}` };
}
function describe(fault) {
    return fault === undefined ? 'nothing' : (0,question/* describeFault */.Q)(fault).slice(0, longest);
}

;// CONCATENATED MODULE: ./src/gate/statement-policy.ts



const mostBytes = 1024 * 1024;
/** The policy that the request names about statements, read once; the engine starts when it is asked first. */
function openStatementPolicy(paths, { ask }) {
    const files = [];
    let loading;
    const load = async () => (loading ??= readAll(paths, files));
    const rule = compileStatementPolicy(`attestation-policy ${paths.join('\n')}`, load, ask);
    // The engine takes half a second to start: beside the first answers, not after them.
    void rule.problem().catch(() => undefined);
    return { rule, files: () => files };
}
async function readAll(paths, read) {
    const texts = { rego: [], cue: [] };
    for (const path of paths) {
        const bytes = await readPolicy(path);
        if ('code' in bytes)
            return bytes;
        const language = path.endsWith('.cue') ? 'cue' : 'rego';
        texts[language].push({ name: path, text: Buffer.from(bytes).toString() });
        read.push(fileOf(path, language, bytes));
    }
    return texts;
}
/** The bytes of a file with a policy. */
async function readPolicy(path) {
    const bytes = await (0,read/* readWhole */.oD)(path, mostBytes, 'engine');
    switch (bytes.kind) {
        case 'found':
            return bytes.value;
        case 'absent':
            return { code: 'policy-invalid', message: `policy not found: ${path}` };
        case 'failed':
            return { code: 'policy-invalid', message: `policy not read: ${bytes.problem.message}` };
    }
}
function fileOf(file, language, bytes) {
    return { file, language, sha256: (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex') };
}


/***/ }),

/***/ 25895:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   OO: () => (/* binding */ unlessStopped),
/* harmony export */   gf: () => (/* binding */ whyOf),
/* harmony export */   wP: () => (/* binding */ verdictOfStopped)
/* harmony export */ });
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(37120);
/* harmony import */ var _verdict_result_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(18364);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(72990);



/** A run that is ended from outside decides nothing more: what is not decided by then is undetermined. */
async function unlessStopped(stop, target, decide) {
    if (stop === undefined)
        return decide();
    if (stop.aborted)
        return undecided(target, stop);
    let end;
    const stopped = new Promise((resolve) => {
        end = () => resolve(undecided(target, stop));
        stop.addEventListener('abort', end);
    });
    try {
        return await Promise.race([decide(), stopped]);
    }
    finally {
        if (end)
            stop.removeEventListener('abort', end);
    }
}
/**
 * What a run that was ended comes to: it is not finished, so it says nothing for the whole, whatever single images came
 * to. Undefined where every image was decided before that.
 */
function verdictOfStopped(images, stop) {
    if (stop?.aborted !== true)
        return undefined;
    const open = images.filter(({ finding }) => finding.check === check).length;
    if (open === 0)
        return undefined;
    const rejected = images.filter(({ verdict }) => verdict === 'rejected').length;
    const among = rejected === 0 ? '' : `, of which ${rejected} ${rejected === 1 ? 'is' : 'are'} rejected`;
    const message = `${whyOf('run', stop)} when ${images.length - open} of ${images.length} images were decided${among}`;
    return { verdict: 'undetermined', failure: (0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)('internal-error', message) };
}
const check = 'run-finished';
function undecided(target, stop) {
    const message = `${whyOf('run', stop)} before this image was decided`;
    const finding = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(check, { code: 'internal-error', message });
    const result = {
        reference: target.reference,
        digest: null,
        pinned: null,
        verdict: 'undetermined',
        failure: (0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_0__/* .failureOf */ .g5)(finding),
        signatures: [],
        finding,
        attempts: [],
    };
    return { result: (0,_target_js__WEBPACK_IMPORTED_MODULE_2__/* .withPlace */ .q)(result, target), rows: [], warnings: [] };
}
/** `the run was stopped by SIGTERM`: with the reason where it is words. */
function whyOf(what, stop) {
    return `the ${what} was ${typeof stop.reason === 'string' ? stop.reason : 'stopped'}`;
}


/***/ }),

/***/ 28322:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H3: () => (/* binding */ isAttestation),
/* harmony export */   Pc: () => (/* binding */ findSubjects),
/* harmony export */   aH: () => (/* binding */ isPlatform)
/* harmony export */ });
/* harmony import */ var _evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(37372);
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(49839);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(13130);
/* harmony import */ var _reference_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(71644);
/* harmony import */ var _stores_store_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(34703);





/** The manifests that the input `platforms` asks for. */
async function findSubjects(reference, place, image, platforms, call) {
    const whole = { name: '', image, isChild: false };
    if (platforms === 'index')
        return [whole];
    if (reference.kind === 's3lo') {
        const message = `platforms: ${reference.text}: only images in registries and OCI layouts are signed by platform`;
        return { code: 'input-invalid', message };
    }
    const resolved = await image;
    if (resolved.kind !== 'found')
        return [whole];
    const { manifest: bytes = new Uint8Array(), where } = resolved.value;
    const manifest = (0,_evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseManifest */ .N)(bytes);
    if (manifest?.manifests === undefined) {
        if (platforms === 'all')
            return [whole];
        const own = await ownPlatform(place, manifest?.config, reference.kind === 'registry' ? 'registry' : 'storage', call);
        if (typeof own !== 'string')
            return own;
        const missing = platforms.find((platform) => platform !== 'index' && !isPlatform(platform, own));
        return missing === undefined ? [whole] : absentPlatform(missing, [own]);
    }
    const children = manifest.manifests.filter((entry) => !isAttestation(entry));
    const subjectOf = (entry) => ({
        name: entry.platform ?? entry.digest,
        image: Promise.resolve(childOf(entry, where)),
        isChild: true,
    });
    const index = { ...whole, name: 'index' };
    if (platforms === 'all')
        return [index, ...children.map(subjectOf)];
    const subjects = [];
    for (const platform of platforms) {
        const meant = children.filter((entry) => entry.platform !== undefined && isPlatform(platform, entry.platform));
        if (platform === 'index')
            subjects.push(index);
        else if (meant.length === 0)
            return absentPlatform(platform, children.map((entry) => entry.platform ?? entry.digest));
        subjects.push(...meant.map(subjectOf));
    }
    return subjects;
}
function childOf({ digest }, where) {
    if (!(0,_reference_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest)) {
        const message = `${where}: only sha256 digests are read, got ${digest}`;
        return { kind: 'failed', problem: { code: 'unsupported', message } };
    }
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)({ digest, where: `${where}, manifest ${digest}` });
}
/**
 * Whether an entry of an index describes another one, and is no image. buildkit also marks such entries by an annotation,
 * but whoever pulls goes by the platform alone: an image with that mark would run.
 */
function isAttestation({ platform }) {
    return platform === 'unknown/unknown';
}
/** `linux/arm64` means every variant of it. */
function isPlatform(wanted, got) {
    return got === wanted || got.startsWith(`${wanted}/`);
}
function absentPlatform(wanted, there) {
    const message = `platforms: expected a manifest for ${wanted}, got ${there.length === 0 ? 'none' : there.join(', ')}`;
    return { code: 'input-invalid', message };
}
/** What a single image was built for: its configuration says it (image-spec, config.md). */
async function ownPlatform(place, config, service, call) {
    const blob = config && (await place.images.blob?.(config, _stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .recordLimit */ .$0, call));
    if (blob?.kind === 'failed')
        return blob.problem;
    const object = blob?.kind === 'found' ? (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .readObject */ .Ag)(blob.value) : undefined;
    if (object === undefined || (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .objectField */ .qV)(object, 'rootfs') === undefined) {
        return {
            code: 'response-invalid',
            service,
            message: 'platforms: the image has no readable configuration',
        };
    }
    const parts = ['os', 'architecture', 'variant'].map((name) => (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .textField */ .M8)(object, name) ?? '');
    return parts.filter((part) => part !== '').join('/');
}


/***/ }),

/***/ 72990:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ withPlace)
/* harmony export */ });
/** The result of an image with where it stands. */
function withPlace(result, { origins, allowed }) {
    return { ...result, ...(origins.length > 0 && { origins }), ...(allowed && { allowed }) };
}


/***/ }),

/***/ 19979:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  t: () => (/* binding */ openVoucher)
});

// EXTERNAL MODULE: ./src/files/read.ts
var read = __nccwpck_require__(49823);
// EXTERNAL MODULE: ./src/network/url.ts
var url = __nccwpck_require__(49263);
;// CONCATENATED MODULE: ./src/trust/load.ts


/** Most bytes of a trusted root or a file of certificates; the public one has a hundredth of it. */
const rootLimit = 4 * 1024 * 1024;
/**
 * Loads whom to trust: the file of `trusted-root`, with `offline` the root that came with the program, else what the
 * TUF repository hands out. With `ca-roots` the authorities of certificates are those of that file instead.
 *
 * @param withLogs whether anything but the authorities of certificates is needed
 */
async function loadTrust(demand, withLogs, now, call) {
    const { root, caRoots, caIntermediates, offline } = demand ?? {};
    const bare = caRoots !== undefined && root === undefined && offline !== true && !withLogs;
    const source = bare
        ? undefined
        : root !== undefined
            ? await readFile(root, 'trusted-root')
            : offline === true
                ? await readEmbedded()
                : await fetchRoot(demand, now, call);
    if (source && 'code' in source)
        return source;
    const { parseTrustedRoot, withAuthorities } = await Promise.all(/* import() */[__nccwpck_require__.e(3917), __nccwpck_require__.e(9654), __nccwpck_require__.e(4187), __nccwpck_require__.e(3261)]).then(__nccwpck_require__.bind(__nccwpck_require__, 63261));
    const base = source && parseTrustedRoot(source.bytes, source.name);
    if (typeof base === 'string') {
        const message = `trusted-root: expected a trusted root in ${String(source?.name)}, but ${base}`;
        return { code: 'trust-root-invalid', message };
    }
    const roots = caRoots === undefined ? undefined : await readFile(caRoots, 'ca-roots');
    if (roots && 'code' in roots)
        return roots;
    const between = caIntermediates === undefined ? undefined : await readFile(caIntermediates, 'ca-intermediates');
    if (between && 'code' in between)
        return between;
    const trust = roots === undefined ? base : withAuthorities(base, roots, between?.bytes);
    if (typeof trust === 'string')
        return { code: 'trust-root-invalid', message: trust };
    // Without authorities of one's own there is always a base.
    if (trust === undefined)
        return { code: 'internal-error', service: 'trust', message: 'nothing to trust' };
    const { name, sha256, newestPart } = trust;
    return {
        trust,
        result: { name, sha256, ...(newestPart !== undefined && { newestPart }), ...source?.checked },
        ...(source?.warning !== undefined && { warning: source.warning }),
    };
}
/** The names of the environment are cosign's, so that a job that is set up for it is set up for us. */
async function fetchRoot(demand, now, call) {
    const { embedded, publicMirror } = await __nccwpck_require__.e(/* import() */ 3998).then(__nccwpck_require__.bind(__nccwpck_require__, 33998));
    const mirror = demand?.tufMirror ?? given('TUF_MIRROR') ?? publicMirror;
    if (!URL.canParse(mirror) || !(0,url/* mayCarry */.P5)(new URL(mirror))) {
        return {
            code: 'input-invalid',
            message: `tuf-mirror: expected an https URL, got ${JSON.stringify(mirror)}`,
        };
    }
    const rootFile = demand?.tufRoot ?? given('TUF_ROOT_JSON');
    const own = rootFile === undefined ? undefined : await readFile(rootFile, 'tuf-root');
    if (own && 'code' in own)
        return own;
    const came = await embedded();
    if ('code' in came)
        return came;
    const { updateTrustedRoot } = await Promise.all(/* import() */[__nccwpck_require__.e(2830), __nccwpck_require__.e(4706), __nccwpck_require__.e(8202)]).then(__nccwpck_require__.bind(__nccwpck_require__, 48202));
    const updated = await updateTrustedRoot({ mirror, firstRoot: own?.bytes ?? came.tufRoot }, now, call);
    if ('code' in updated)
        return updated;
    const { bytes, checkedAt, expires, stale } = updated;
    const name = `TUF repository ${(0,url/* shown */.SP)(new URL(mirror))}`;
    const warning = `the trusted root is the one of ${checkedAt.toISOString()}, which holds until ${expires}: ${name} could not be asked (${stale?.code ?? ''}: ${stale?.message ?? ''})`;
    return {
        name,
        bytes,
        checked: { checkedAt: checkedAt.toISOString(), expires },
        ...(stale && { warning }),
    };
}
function given(name) {
    const value = process.env[name];
    return value === undefined || value === '' ? undefined : value;
}
async function readEmbedded() {
    const came = await (await __nccwpck_require__.e(/* import() */ 3998).then(__nccwpck_require__.bind(__nccwpck_require__, 33998))).embedded();
    return 'code' in came ? came : { name: 'embedded (public Sigstore)', bytes: came.trustedRoot };
}
async function readFile(file, input) {
    if (typeof file !== 'string')
        return { name: file.name, bytes: Buffer.from(file.text) };
    const answer = await (0,read/* readWhole */.oD)(file, rootLimit, 'trust');
    if (answer.kind === 'absent')
        return { code: 'trust-root-invalid', message: `${input}: no file ${file}` };
    return answer.kind === 'failed' ? answer.problem : { name: file, bytes: answer.value };
}

;// CONCATENATED MODULE: ./src/gate/vouching.ts

function openVoucher(demand, log, clock, 
/** Asked for when trust is needed first: its time begins then, however late in a long run. */
call) {
    let once;
    let trusted;
    const warnings = [];
    const sct = demand?.sct ?? 'require';
    const signedTimestamps = demand?.signedTimestamps ?? false;
    const load = async () => {
        const now = clock.now();
        const withLogs = log === 'require' || sct === 'require' || signedTimestamps || demand?.maxAgeMs !== undefined;
        const loaded = await loadTrust(demand, withLogs, now, typeof call === 'function' ? call() : call);
        const failed = 'code' in loaded;
        if (!failed) {
            trusted = loaded.result;
            if (loaded.warning !== undefined)
                warnings.push(loaded.warning);
        }
        const age = demand?.maxAgeMs === undefined ? {} : { maxAgeMs: demand.maxAgeMs };
        return { trust: failed ? loaded : loaded.trust, now, sct, signedTimestamps, ...age };
    };
    return { load: async () => (once ??= load()), trusted: () => trusted, warnings: () => warnings };
}


/***/ }),

/***/ 9348:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ runTrials),
/* harmony export */   Q: () => (/* binding */ aborted)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(58500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _requirement_leaves_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(83459);


/** What is decided waits this long for what else is just arriving, so that reports do not depend on races. */
const settleMs = 250;
const firstPoll = 1000;
const longestPoll = 15_000;
/**
 * Asks until the whole is met, or no answer could change it, or time is up. Evidence that is not there yet is asked
 * for again as long as the run waits and it could still decide.
 *
 * @param over whether there is nothing to ask about: the image was not found
 */
async function runTrials(trials, judgeOn, over, { asks, clock, patience }, call) {
    const deadline = clock.now().getTime() + patience.waitMs;
    const isMet = async () => (await over()) || (await judgeOn(answered)).status === 'met';
    const mayStillBeMet = async () => {
        if (!trials.some(({ answers }) => [...answers.values()].some(({ absent }) => absent)))
            return false;
        return (await judgeOn(unlessAbsent)).status === 'unknown';
    };
    for (let poll = firstPoll;; poll = Math.min(poll * 2, longestPoll)) {
        const left = deadline - clock.now().getTime();
        // A call that hangs does not keep evidence that may appear from being looked for again.
        await askRound(trials, asks, isMet, left > 0 ? poll : undefined, call);
        const rest = deadline - clock.now().getTime();
        if (call.signal.aborted || (await isMet()) || !(await mayStillBeMet())) {
            // What still hangs may matter although nothing has to appear any more.
            if (left > 0)
                await askRound(trials, asks, isMet, undefined, call, true);
            return;
        }
        if (rest <= 0) {
            if (left > 0)
                await askRound(trials, asks, isMet, undefined, call, true);
            return;
        }
        await clock.sleep(Math.min(poll, rest), call.signal);
    }
}
function answered({ answers }, ask) {
    return answers.get((0,_requirement_leaves_js__WEBPACK_IMPORTED_MODULE_1__/* .askId */ .T)(ask));
}
/** What is absent counts as open: it may appear. */
function unlessAbsent(trial, ask) {
    const answer = answered(trial, ask);
    return answer?.absent ? undefined : answer;
}
/** Asks what is open and waits until all have answered, or no further answer could matter, or the round is over. */
async function askRound(trials, asks, isMet, limit, call, pendingOnly = false) {
    const early = new Promise((resolve, reject) => {
        const look = () => {
            isMet().then((yes) => {
                if (yes)
                    setTimeout(resolve, settleMs).unref();
            }, reject);
        };
        look();
        const asked = trials.map(async (trial) => {
            const open = asks.filter((ask) => answered(trial, ask)?.absent ?? !trial.answers.has((0,_requirement_leaves_js__WEBPACK_IMPORTED_MODULE_1__/* .askId */ .T)(ask)));
            return trial.ask(pendingOnly ? [] : open, look);
        });
        Promise.all(asked).then(() => resolve(), reject);
    });
    // Calls that are stopped say themselves what they were waiting for.
    const stopped = aborted(call.signal).then(async () => (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(settleMs, undefined, { ref: false }));
    const over = limit === undefined ? [] : [(0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(limit, undefined, { ref: false })];
    await Promise.race([early, stopped, ...over]);
}
async function aborted(signal) {
    if (signal.aborted)
        return undefined;
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
}


/***/ }),

/***/ 45946:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  T: () => (/* binding */ parseInputs)
});

// EXTERNAL MODULE: ./src/evidence/statement.ts
var statement = __nccwpck_require__(63240);
// EXTERNAL MODULE: ./src/keys/inline.ts
var inline = __nccwpck_require__(80947);
// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __nccwpck_require__(71644);
// EXTERNAL MODULE: ./src/evidence/git-source.ts
var git_source = __nccwpck_require__(73791);
// EXTERNAL MODULE: ./src/inputs/values.ts
var inputs_values = __nccwpck_require__(18463);
;// CONCATENATED MODULE: ./src/inputs/demand.ts


/** Reads `name=value` a line; a value may hold anything, an equals sign too. */
function readAnnotations(lines) {
    const entries = [];
    for (const text of lines) {
        const equals = text.indexOf('=');
        if (equals <= 0)
            return { expected: 'name=value on each line' };
        entries.push([text.slice(0, equals), text.slice(equals + 1)]);
    }
    const names = new Set(entries.map(([name]) => name));
    if (names.size < entries.length)
        return { expected: 'each name once: one signature cannot carry two values' };
    return Object.fromEntries(entries);
}
/** `index`, `all`, or platforms as `os/architecture[/variant]`, by line or comma. */
function readPlatforms(lines) {
    const items = lines.flatMap(commas);
    if (items.length === 0 || (items.length === 1 && items[0] === 'index'))
        return 'index';
    if (items.length === 1 && items[0] === 'all')
        return 'all';
    const known = items.every((item) => item === 'index' || /^[a-z0-9]+(\/[a-z0-9_.-]+){1,2}$/.test(item));
    return known ? [...new Set(items)] : { expected: 'index, all, or platforms such as linux/amd64' };
}
function commas(text) {
    return (0,inputs_values/* readList */.LD)(text.replaceAll(',', '\n'));
}
/** What provenance must say. */
function readProvenanceDemand(text) {
    const [sourceUri, sourceBranch] = [text('source-uri'), text('source-branch')];
    const [sourceTag, builderId] = [text('source-tag'), text('builder-id')];
    if (sourceUri !== '' && (0,git_source/* readSourceUri */.mF)(sourceUri)?.repository === undefined)
        return {
            input: 'source-uri',
            expected: 'a repository such as github.com/owner/repository',
            got: sourceUri,
        };
    return {
        ...(sourceUri !== '' && { sourceUri }),
        ...(sourceBranch !== '' && { sourceBranch }),
        ...(sourceTag !== '' && { sourceTag }),
        ...(builderId !== '' && { builderId }),
    };
}
/** What the signers must have made. */
function readDemand(annotations, attestationTypes, requireSignature, provenance, policies) {
    if ((0,inputs_values/* isRefused */.H0)(annotations))
        return annotations;
    const isProvenanceAsked = Object.keys(provenance).length > 0;
    const attested = attestationTypes.length > 0 || isProvenanceAsked;
    if (attested && !requireSignature && Object.keys(annotations).length > 0) {
        return {
            expected: 'no annotations with attestation-type (they are of signatures; require-signature asks for both)',
        };
    }
    return {
        ...(Object.keys(annotations).length > 0 && { annotations }),
        ...(attestationTypes.length > 0 && { attestationTypes: [...new Set(attestationTypes)] }),
        ...(isProvenanceAsked && { provenance }),
        ...(isNonEmpty(policies) && { policies }),
        ...(requireSignature && { requireSignature }),
    };
}
/** Files with a policy about attestations. */
function readPolicies(paths, isAttestationAsked) {
    const odd = paths.find((path) => !/\.(rego|cue)$/.test(path));
    if (odd !== undefined)
        return { expected: 'files that end in .rego or .cue' };
    if (paths.length > 0 && !isAttestationAsked)
        return { expected: 'attestation-type beside it, which says what it is about (custom in cosign)' };
    return undefined;
}
function isNonEmpty(items) {
    return items.length > 0;
}

;// CONCATENATED MODULE: ./src/inputs/url.ts
/** A URL with a host and without credentials. */
function isHttpUrl(text) {
    if (!/^https?:\/\//.test(text) || !URL.canParse(text))
        return false;
    const url = new URL(text);
    return url.hostname !== '' && url.username === '' && url.password === '';
}
/** Up to the last at sign: in a text that is no URL a password may hold any character. */
function withoutUser(text) {
    const [slashes, at] = [text.indexOf('//'), text.lastIndexOf('@')];
    return slashes < 0 || at < slashes + 2 ? text : `${text.slice(0, slashes)}//…${text.slice(at)}`;
}

;// CONCATENATED MODULE: ./src/inputs/build.ts


/** Fulcio's claims as cilock's flags name them, and the name that they have in Go. */
const claims = {
    'policy-fulcio-build-trigger': 'BuildTrigger',
    'policy-fulcio-source-repository-digest': 'SourceRepositoryDigest',
    'policy-fulcio-source-repository-identifier': 'SourceRepositoryIdentifier',
    'policy-fulcio-source-repository-ref': 'SourceRepositoryRef',
    'policy-fulcio-source-repository-uri': 'SourceRepositoryURI',
    'policy-fulcio-build-config-uri': 'BuildConfigURI',
    'policy-fulcio-run-invocation-uri': 'RunInvocationURI',
    'policy-fulcio-runner-environment': 'RunnerEnvironment',
};
const lists = [
    'policy-key',
    'policy-ca-roots',
    'policy-ca-intermediates',
    'policy-timestamp-servers',
    'policy-dns-names',
    'policy-emails',
    'policy-organizations',
    'policy-uris',
    'attestations',
    'subjects',
    'archivista-headers',
];
const texts = [
    'policy-commonname',
    'policy-fulcio-oidc-issuer',
    'policy-profile',
    'policy-hardening',
    'archivista-url',
];
const secret = 'archivista-headers';
const headerForm = /^([A-Za-z0-9!#$%&'*+.^_`|~-]{1,100})\s*:\s*([\t\x20-\x7e]{1,8192})$/;
/**
 * Reads what is said of signed build policies; undefined when nothing is.
 *
 * @param isGiven also of a value that is empty: the issuer's means any, as in cilock
 */
function readBuild(text, list, isGiven, { isPolicyGiven, offline }) {
    const said = [...lists, ...texts, ...Object.keys(claims)].find(isGiven);
    if (said === undefined)
        return undefined;
    const wrong = (input, expected, got) => ({ input, expected, got });
    if (!isPolicyGiven) {
        const isList = (name) => lists.includes(name);
        const got = isList(said) ? list(said).join(', ') : text(said);
        return wrong(said, 'policy, with a signed build policy that it is for', said === secret ? '***' : got);
    }
    const items = (name) => list(name).flatMap(splitCommas);
    const profile = (0,inputs_values/* readChoice */.Kf)(text('policy-profile'), ['cilock', 'witness']);
    if ((0,inputs_values/* isRefused */.H0)(profile))
        return wrong('policy-profile', profile.expected, text('policy-profile'));
    const hardening = (0,inputs_values/* readChoice */.Kf)(text('policy-hardening'), ['enforce', 'warn']);
    if ((0,inputs_values/* isRefused */.H0)(hardening))
        return wrong('policy-hardening', hardening.expected, text('policy-hardening'));
    const url = text('archivista-url');
    if (url !== '' && !isHttpUrl(url))
        return wrong('archivista-url', 'a URL with https://', withoutUser(url));
    if (url !== '' && offline)
        return wrong('archivista-url', "no other host than the image's own store with offline", url);
    const headers = [];
    for (const line of list(secret)) {
        const [, name, value] = headerForm.exec(line) ?? [];
        // What it holds is secret, also where it is wrong.
        if (name === undefined || value === undefined)
            return wrong(secret, 'Name: value', 'something else');
        headers.push([name, value]);
    }
    if (headers.length > 0 && url === '')
        return wrong(secret, 'archivista-url, which they are for', '***');
    const extensions = new Map();
    if (isGiven('policy-fulcio-oidc-issuer')) {
        const issuer = text('policy-fulcio-oidc-issuer');
        extensions.set('Issuer', issuer === 'none' ? '' : issuer);
    }
    for (const [name, field] of Object.entries(claims))
        if (text(name) !== '')
            extensions.set(field, text(name));
    const names = (name) => {
        const given = items(name);
        return given.length > 0 ? given : undefined;
    };
    const [commonName, dnsNames, emails] = [
        text('policy-commonname'),
        names('policy-dns-names'),
        names('policy-emails'),
    ];
    const [organizations, uris] = [names('policy-organizations'), names('policy-uris')];
    const signer = {
        ...(commonName !== '' && { commonName }),
        ...(dnsNames && { dnsNames }),
        ...(emails && { emails }),
        ...(organizations && { organizations }),
        ...(uris && { uris }),
        ...(extensions.size > 0 && { extensions }),
    };
    return {
        profile,
        ...(hardening === 'warn' && { lenient: true }),
        keys: [...new Set(items('policy-key'))],
        caRoots: items('policy-ca-roots'),
        caIntermediates: items('policy-ca-intermediates'),
        timestampAuthorities: items('policy-timestamp-servers'),
        signer,
        attestations: items('attestations'),
        subjects: [...new Set(items('subjects'))],
        ...(url !== '' && { archivista: { url, headers: Object.fromEntries(headers) } }),
    };
}
/** Items between commas, as cilock's flags have them (Go's encoding/csv); a comma within quotes is text, and PEM is one item. */
function splitCommas(text) {
    if (text.startsWith('-----BEGIN'))
        return [text];
    const items = text.match(/"(?:[^"]|"")*"|[^,]+/g) ?? [];
    return items
        .map((item) => (item.startsWith('"') ? item.slice(1, -1).replaceAll('""', '"') : item.trim()))
        .filter((item) => item !== '');
}

;// CONCATENATED MODULE: ./src/inputs/github.ts
/** Reads whether GitHub is asked for attestations; undefined: it is not. */
function readGithub(text, offline) {
    const repository = text('github-attestations');
    const token = text('github-token');
    if (repository === '' && token === '')
        return undefined;
    const given = repository === '' ? 'github-token' : 'github-attestations';
    if (offline)
        return { input: given, expected: 'no further host beside offline', got: repository };
    if (repository !== '' && !/^[^/\s]+\/[^/\s]+$/.test(repository))
        return { input: given, expected: 'owner/repository', got: repository };
    return { ...(repository !== '' && { repository }), ...(token !== '' && { token }) };
}

// EXTERNAL MODULE: ./src/verdict/request.ts
var request = __nccwpck_require__(54620);
;// CONCATENATED MODULE: ./src/inputs/identity.ts

/** Reads the keyless signers: each line of an identity is one, and all share issuer and claims. */
function readIdentities(text, list) {
    const subjects = list('certificate-identity');
    const patterns = list('certificate-identity-regexp');
    const issuer = text('certificate-oidc-issuer');
    const issuerRegexp = text('certificate-oidc-issuer-regexp');
    const claims = Object.fromEntries(request/* certificateClaims */.L.flatMap((claim) => {
        const wanted = text(`certificate-${claim}`);
        return wanted === '' ? [] : [[claim, wanted]];
    }));
    const wrong = (input, expected, got) => ({ input, expected, got });
    const anyOther = issuer !== '' || issuerRegexp !== '' || Object.keys(claims).length > 0;
    if (subjects.length === 0 && patterns.length === 0) {
        return anyOther
            ? wrong('certificate-identity', 'an identity with the issuer', '')
            : { identities: [], warnings: [] };
    }
    if (subjects.length > 0 && patterns.length > 0) {
        return wrong('certificate-identity-regexp', 'an identity in one form', 'both forms');
    }
    if (issuer === '' && issuerRegexp === '')
        return wrong('certificate-oidc-issuer', 'an issuer with the identity', '');
    const shared = {
        ...(issuer !== '' && { issuer }),
        ...(issuerRegexp !== '' && { issuerRegexp }),
        ...(Object.keys(claims).length > 0 && { claims }),
    };
    const loose = [...patterns, issuerRegexp].filter((pattern) => pattern !== '' && !beginsFixed(pattern));
    return {
        identities: [
            ...subjects.map((subject) => ({ subject, ...shared })),
            ...patterns.map((subjectRegexp) => ({ subjectRegexp, ...shared })),
        ],
        warnings: loose.map((pattern) => `the pattern ${JSON.stringify(pattern)} has no anchor (^) at the beginning of each alternative: it is met anywhere in a text`),
    };
}
/** Whether each alternative begins with `^`: a name may end in many ways, but who it begins with is who it is. */
function beginsFixed(pattern) {
    // Nobody is asked by such a one.
    if (pattern.length > request/* longestPattern */.X)
        return true;
    const bare = pattern.replace(/^\(\?[a-zA-Z]+\)/, '');
    // Escaped characters and classes hold no alternatives of their own.
    const plain = bare.replace(/\\[\s\S]/g, '..').replace(/\[\^?\]?[^\]]*\]/g, '.');
    let depth = 0;
    const alternatives = [''];
    for (const character of plain) {
        if (character === '(')
            depth++;
        if (character === ')')
            depth--;
        if (character === '|' && depth <= 0)
            alternatives.push('');
        else
            alternatives.push(`${alternatives.pop() ?? ''}${character}`);
    }
    return alternatives.every((one) => one.startsWith('^'));
}

;// CONCATENATED MODULE: ./src/inputs/trust.ts


/** Reads whom to trust. One source of the trusted root: what is given and not used would only seem to count. */
function readTrust(text, { offline, ...strictness }) {
    const root = text('trusted-root');
    const tufMirror = text('tuf-mirror');
    const tufRoot = text('tuf-root');
    const caRoots = text('ca-roots');
    const caIntermediates = text('ca-intermediates');
    const fetched = tufMirror !== '' ? 'tuf-mirror' : 'tuf-root';
    if ((root !== '' || offline) && (tufMirror !== '' || tufRoot !== '')) {
        const expected = `nothing to fetch from beside ${root !== '' ? 'trusted-root' : 'offline'}`;
        return { input: fetched, expected, got: withoutUser(text(fetched)) };
    }
    if (tufMirror !== '' && !isHttpUrl(tufMirror))
        return { input: 'tuf-mirror', expected: 'an https URL', got: withoutUser(tufMirror) };
    const maxAgeMs = text('max-age') === '' ? undefined : (0,inputs_values/* readAge */.IZ)(text('max-age'));
    if ((0,inputs_values/* isRefused */.H0)(maxAgeMs))
        return { input: 'max-age', expected: maxAgeMs.expected, got: text('max-age') };
    return {
        ...(root !== '' && { root }),
        ...(maxAgeMs !== undefined && { maxAgeMs }),
        ...(tufMirror !== '' && { tufMirror }),
        ...(tufRoot !== '' && { tufRoot }),
        ...(offline && { offline }),
        ...(caRoots !== '' && { caRoots }),
        ...(caIntermediates !== '' && { caIntermediates }),
        ...strictness,
    };
}

;// CONCATENATED MODULE: ./src/inputs/policies.ts

function readClusterInputs(text, list, auditWarns) {
    const [files, manifests] = [unique(list('policy')), unique(list('manifests'))];
    const noMatch = text('no-match-policy');
    const chosen = noMatch === '' ? undefined : (0,inputs_values/* readChoice */.Kf)(noMatch, ['deny', 'warn', 'allow']);
    if ((0,inputs_values/* isRefused */.H0)(chosen))
        return { ...chosen, input: 'no-match-policy', got: noMatch };
    const pinned = text('pinned-manifests');
    if (pinned !== '' && manifests.length === 0)
        return {
            input: 'pinned-manifests',
            expected: 'manifests, which are written there with digests',
            got: pinned,
        };
    const values = text('policy-values');
    if (values !== '' && files.length === 0)
        return { input: 'policy-values', expected: 'policy, whose variables it gives', got: values };
    const report = text('policy-report');
    const summaries = text('vsa-outfile');
    if (summaries !== '' && files.length === 0)
        return { input: 'vsa-outfile', expected: 'policy, which a verification summary names', got: summaries };
    const [first, ...others] = files;
    const named = first === undefined ? undefined : [first, ...others];
    return {
        manifests,
        pinned,
        report,
        summaries,
        ...(named && {
            policies: {
                files: named,
                auditWarns,
                ...(chosen !== undefined && { noMatch: chosen }),
                ...(values !== '' && { values }),
            },
        }),
    };
}
function unique(items) {
    return [...new Set(items)];
}

// EXTERNAL MODULE: ./src/reference/nearest.ts
var nearest = __nccwpck_require__(24179);
// EXTERNAL MODULE: ./src/reference/parse.ts + 1 modules
var parse = __nccwpck_require__(5411);
;// CONCATENATED MODULE: ./src/inputs/records.ts

/** Reads what s3lo's records may be otherwise than usual. */
function readRecords(text, acceptUnbound, images) {
    const unbound = acceptUnbound ? { acceptUnbound } : {};
    const signed = text('signed-location');
    if (signed === '')
        return unbound;
    const wrong = (expected, got) => ({ input: 'signed-location', expected, got });
    const [image = '', ...others] = images;
    if (others.length > 0)
        return wrong('one image for it', `${images.length} images`);
    const reference = (0,parse/* parseReference */.F)(image);
    if (reference.kind !== 's3lo')
        return wrong("an image in s3lo's layout for it", image);
    // A root of a folder is one path component, a bucket another thing: read as the image's own reference is.
    const location = (0,parse/* parseReference */.F)(`${reference.scheme}://${signed}`);
    if (location.kind !== 's3lo' || location.digest !== undefined)
        return wrong('bucket/image:tag', signed);
    const { bucket, image: name, tag } = location;
    return { ...unbound, signedLocation: { bucket, image: name, tag } };
}

;// CONCATENATED MODULE: ./src/inputs/registry.ts



const host = /^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?)(:[0-9]{1,5})?$/;
/** `true`, `false`, or hosts by line or comma. */
function readHosts(text) {
    if (/^(true|True|TRUE)$/.test(text))
        return 'all';
    if (text === '' || /^(false|False|FALSE)$/.test(text))
        return 'none';
    const hosts = commas(text);
    return hosts.every((one) => host.test(one)) ? hosts : { expected: 'true, false or a list of hosts' };
}
/** Reads the inputs about registries; `text` gives the value of each. */
function readRegistryAccess(text, images) {
    const allowHttp = readHosts(text('allow-http-registry'));
    if ((0,inputs_values/* isRefused */.H0)(allowHttp))
        return wrong('allow-http-registry', allowHttp, text);
    const allowInsecure = readHosts(text('allow-insecure-registry'));
    if ((0,inputs_values/* isRefused */.H0)(allowInsecure))
        return wrong('allow-insecure-registry', allowInsecure, text);
    const repository = text('signature-repository');
    if (repository !== '' && (0,parse/* parseReference */.F)(`${repository}:x`).kind !== 'registry') {
        return wrong('signature-repository', { expected: 'registry/repository without a tag' }, text);
    }
    const tagPrefix = text('attachment-tag-prefix');
    if (!/^(\w[\w.-]{0,40})?$/.test(tagPrefix)) {
        return wrong('attachment-tag-prefix', { expected: 'at most 41 characters of a tag' }, text);
    }
    const username = text('registry-username');
    const password = text('registry-password');
    if ((username === '') !== (password === '')) {
        const input = username === '' ? 'registry-username' : 'registry-password';
        return { input, expected: 'both registry-username and registry-password', got: 'one of them' };
    }
    const registries = registriesOf(images);
    if (username !== '' && registries.size > 1) {
        return { input: 'registry-username', expected: 'one registry for it', got: [...registries].join(', ') };
    }
    const config = text('registry-config');
    const cacert = text('registry-cacert');
    return {
        allowHttp,
        allowInsecure,
        tagPrefix,
        ...(repository !== '' && { signatureRepository: repository }),
        ...(config !== '' && { config }),
        ...(cacert !== '' && { cacert }),
        ...(username !== '' && { login: { username, password } }),
    };
}
function wrong(input, { expected }, text) {
    return { input, expected, got: text(input) };
}
function registriesOf(images) {
    return new Set(images.flatMap((image) => {
        const reference = (0,parse/* parseReference */.F)(image);
        return reference.kind === 'registry' ? [reference.registry] : [];
    }));
}

;// CONCATENATED MODULE: ./src/inputs/signers.ts

/**
 * On the command line a repeated `--key` without `--require` means what it means to s3lo and cosign, whose command
 * lines are moved over as they are: the last one counts. Several keys are several signers once `--require` is said.
 */
function chooseKeys(given, requireGiven, face, warnings) {
    const last = given.at(-1);
    if (face !== 'command' || given.length < 2 || requireGiven || last === undefined)
        return given.flatMap(inputs_values/* readList */.LD);
    warnings.push(`--key was given ${given.length} times without --require: only the last one counts, as in s3lo and cosign; say --require all, any or a number to ask for several`);
    return (0,inputs_values/* readList */.LD)(last);
}
function signersOf(keys, identities, require) {
    if (signers_isNonEmpty(keys))
        return { keys, require, ...(identities.length > 0 && { identities }) };
    return signers_isNonEmpty(identities) ? { keys: [], identities, require } : undefined;
}
function readThreshold(text, signers) {
    if (text === 'all' || text === 'any')
        return text;
    const count = (0,inputs_values/* readWhole */.oD)(text, 1, Math.max(signers, 1));
    return (0,inputs_values/* isRefused */.H0)(count) ? { expected: `all, any or a number from 1 to ${Math.max(signers, 1)}` } : count;
}
function signers_isNonEmpty(items) {
    return items.length > 0;
}

// EXTERNAL MODULE: ./src/inputs/table.ts + 5 modules
var table = __nccwpck_require__(72297);
;// CONCATENATED MODULE: ./src/inputs/parse.ts
















function parseInputs(given, face) {
    const problems = [];
    const warnings = [];
    const entryOf = (name) => {
        const entry = table/* inputTable */.F.find((one) => one.name === name);
        if (entry === undefined)
            return '';
        return face !== 'action' && 'commandDefault' in entry ? entry.commandDefault : entry.default;
    };
    const text = (name) => {
        const last = given.get(name)?.at(-1)?.trim() ?? '';
        return last === '' ? entryOf(name) : last;
    };
    const list = (name) => (given.get(name) ?? []).flatMap(inputs_values/* readList */.LD);
    const refuse = (name, expected, got) => {
        problems.push({
            code: 'input-invalid',
            message: `${name}: expected ${expected}, got ${JSON.stringify(got)}`,
        });
    };
    const read = (name, reader, fallback) => {
        const value = reader(text(name));
        if (!(0,inputs_values/* isRefused */.H0)(value))
            return value;
        refuse(name, value.expected, text(name));
        return fallback;
    };
    // On the command line each word is one image as it is; a line feed in it is refused later, not split at.
    const images = face !== 'action' ? (given.get('image') ?? []) : list('image');
    const cluster = readClusterInputs(text, list, read('audit-warn', inputs_values/* readSwitch */.hc, false));
    if ('expected' in cluster)
        refuse(cluster.input, cluster.expected, cluster.got);
    const { policies, manifests, pinned, report, summaries } = 'expected' in cluster ? { manifests: [], pinned: '', report: '', summaries: '' } : cluster;
    const offline = read('offline', inputs_values/* readSwitch */.hc, false);
    // An empty flag is one that was given; a workflow gives all of them.
    const isGiven = (name) => text(name) !== entryOf(name) || (face !== 'action' && given.has(name) && text(name) === '');
    const asked = readBuild(text, list, isGiven, { isPolicyGiven: policies !== undefined, offline });
    if ((0,inputs_values/* isRefused */.H0)(asked))
        refuse(asked.input, asked.expected, asked.got);
    const build = (0,inputs_values/* isRefused */.H0)(asked) ? undefined : asked;
    const alone = images.length === 0 && manifests.length === 0 ? (build?.subjects ?? []) : [];
    if (images.length === 0 && manifests.length === 0 && alone.length === 0)
        problems.push(nothing('image', build
            ? 'at least one image reference, manifests, or subjects'
            : 'at least one image reference, or manifests'));
    const keys = chooseKeys(given.get('key') ?? [], given.has('require'), face, warnings);
    const keyless = readIdentities(text, list);
    if ('expected' in keyless)
        refuse(keyless.input, keyless.expected, keyless.got);
    const identities = 'expected' in keyless ? [] : keyless.identities;
    if (!('expected' in keyless))
        warnings.push(...keyless.warnings);
    if (keys.length === 0 && identities.length === 0 && policies === undefined && !('expected' in keyless))
        problems.push(manifests.length > 0
            ? {
                code: 'nothing-to-verify',
                message: 'manifests: nothing is demanded of their images: give a key, an identity (certificate-identity) or a policy',
            }
            : nothing('key', 'at least one key, identity or policy: an image without a signer to ask for proves nothing'));
    const require = read('require', (value) => readThreshold(value, keys.length + identities.length), 'all');
    const expectedDigest = text('expected-digest');
    if (expectedDigest !== '' && !(0,reference/* isDigest */.Bc)(expectedDigest)) {
        refuse('expected-digest', 'sha256: and 64 lower-case hex digits', expectedDigest);
    }
    else if (expectedDigest !== '' && images.length > 1) {
        refuse('expected-digest', 'one image for it', `${images.length} images`);
    }
    const endpoint = text('endpoint');
    if (endpoint !== '' && !isHttpUrl(endpoint)) {
        problems.push({
            code: 'input-invalid',
            message: `endpoint: invalid endpoint ${JSON.stringify(withoutUser(endpoint))}: must be a full URL with http:// or https:// scheme (e.g. https://s3.example.com)`,
        });
    }
    const annotations = readAnnotations(list('annotations'));
    const provenance = readProvenanceDemand(text);
    if ((0,inputs_values/* isRefused */.H0)(provenance))
        refuse(provenance.input, provenance.expected, provenance.got);
    const demand = readDemand(annotations, list('attestation-type'), read('require-signature', inputs_values/* readSwitch */.hc, false), (0,inputs_values/* isRefused */.H0)(provenance) ? {} : provenance, [...new Set(list('attestation-policy'))]);
    const unfit = readPolicies(list('attestation-policy'), list('attestation-type').length > 0 || (!(0,inputs_values/* isRefused */.H0)(provenance) && Object.keys(provenance).length > 0));
    if (unfit)
        refuse('attestation-policy', unfit.expected, list('attestation-policy').join(', '));
    if ((0,inputs_values/* isRefused */.H0)(demand))
        refuse('annotations', demand.expected, list('annotations').join(', '));
    for (const type of list('attestation-type')) {
        const meant = (0,statement/* isShortName */.O3)(type) || type.includes(':') ? undefined : (0,nearest/* nearestName */.q)(type, statement/* shortNames */.DG);
        if (meant !== undefined)
            refuse('attestation-type', `a predicate type or a short name such as ${meant}`, type);
    }
    const platforms = readPlatforms(list('platforms'));
    if ((0,inputs_values/* isRefused */.H0)(platforms))
        refuse('platforms', platforms.expected, list('platforms').join(', '));
    const deep = read('deep', inputs_values/* readSwitch */.hc, false);
    const registry = readRegistryAccess(text, images);
    if ((0,inputs_values/* isRefused */.H0)(registry))
        refuse(registry.input, registry.expected, registry.got);
    const distant = offline
        ? [...keys, ...(build?.keys ?? [])].find((key) => /^(awskms|gcpkms|azurekms|https?|hashivault|openbao|k8s|gitlab):/.test(key))
        : undefined;
    if (distant !== undefined)
        refuse('offline', 'keys that lie on this machine', (0,inline/* keyName */.x)(distant));
    const trust = readTrust(text, {
        offline,
        sct: read('insecure-ignore-sct', inputs_values/* readSwitch */.hc, false) ? 'ignore' : 'require',
        signedTimestamps: read('use-signed-timestamps', inputs_values/* readSwitch */.hc, false),
    });
    if ((0,inputs_values/* isRefused */.H0)(trust))
        refuse(trust.input, trust.expected, trust.got);
    const github = readGithub(text, offline);
    if ((0,inputs_values/* isRefused */.H0)(github))
        refuse(github.input, github.expected, github.got);
    const records = readRecords(text, read('insecure-accept-unbound-records', inputs_values/* readSwitch */.hc, false), images);
    if ((0,inputs_values/* isRefused */.H0)(records))
        refuse(records.input, records.expected, records.got);
    else if (records.acceptUnbound)
        warnings.push('insecure-accept-unbound-records: a record of schema 1 signs the digest alone; whoever may write to the store can copy a genuine one to another image, tag or bucket with the same bytes');
    const ignoreLog = read('insecure-ignore-tlog', inputs_values/* readSwitch */.hc, false);
    const recheckTag = read('recheck-tag', inputs_values/* readSwitch */.hc, false);
    const patience = {
        waitMs: read('wait', inputs_values/* readDuration */.$7, 0),
        timeoutMs: read('timeout', (value) => positive((0,inputs_values/* readDuration */.$7)(value)), 300_000),
        retries: read('retries', (value) => (0,inputs_values/* readWhole */.oD)(value, 0, 20), 3),
        concurrency: read('concurrency', (value) => (0,inputs_values/* readWhole */.oD)(value, 1, 100), 10),
    };
    const leniency = {
        mode: read('mode', (value) => (0,inputs_values/* readChoice */.Kf)(value, ['enforce', 'audit']), 'enforce'),
        onInfrastructureError: read('on-infrastructure-error', (value) => (0,inputs_values/* readChoice */.Kf)(value, ['fail', 'warn']), 'fail'),
    };
    const reports = {
        resultFile: text('result-file'),
        summary: read('summary', inputs_values/* readSwitch */.hc, true),
        install: read('install', inputs_values/* readSwitch */.hc, false),
        pinnedManifests: pinned,
        policyReport: report,
        vsaFile: summaries,
        htmlReport: text('html-report'),
        sarifReport: text('sarif-report'),
    };
    const signers = signersOf(keys, identities, require);
    const withoutImage = (name, expected) => refuse(name, expected, 'subjects alone');
    if (alone.length > 0) {
        if (signers)
            withoutImage('image', 'an image that a key or an identity may have signed');
        if (expectedDigest !== '')
            withoutImage('expected-digest', 'an image that must have it');
        if (deep)
            withoutImage('deep', 'an image to be read');
    }
    const targets = signers_isNonEmpty(images)
        ? { images, ...(manifests.length > 0 && { manifests }) }
        : signers_isNonEmpty(manifests)
            ? { images: [], manifests }
            : signers_isNonEmpty(alone)
                ? { images: [], subjects: alone }
                : undefined;
    const demands = signers
        ? { signers, ...(policies && { policies }) }
        : policies && { policies };
    const request = problems.length === 0 && targets && demands
        ? {
            ...targets,
            ...demands,
            ...(!(0,inputs_values/* isRefused */.H0)(trust) && { trust }),
            patience,
            log: ignoreLog ? 'ignore' : 'require',
            ...(!(0,inputs_values/* isRefused */.H0)(demand) && Object.keys(demand).length > 0 && { demand }),
            ...(!(0,inputs_values/* isRefused */.H0)(platforms) && platforms !== 'index' && { platforms }),
            ...(deep && { deep }),
            ...(recheckTag && { recheckTag }),
            ...(!(0,inputs_values/* isRefused */.H0)(registry) && { registry }),
            ...(github && !(0,inputs_values/* isRefused */.H0)(github) && { github }),
            ...(!(0,inputs_values/* isRefused */.H0)(records) && Object.keys(records).length > 0 && { records }),
            ...(expectedDigest !== '' && { expectedDigest }),
            ...(endpoint !== '' && { endpoint }),
            ...(build && { build }),
        }
        : undefined;
    const effective = Object.fromEntries(table/* inputTable */.F.map((entry) => [
        entry.name,
        entry.name === 'image'
            ? images
            : entry.name === 'key'
                ? keys.map(inline/* keyName */.x)
                : entry.name === 'endpoint' || entry.name === 'archivista-url'
                    ? withoutUser(text(entry.name))
                    : 'secret' in entry
                        ? text(entry.name) === ''
                            ? ''
                            : '***'
                        : 'list' in entry
                            ? list(entry.name)
                            : text(entry.name),
    ]));
    return { request, problems, warnings, leniency, reports, effective };
}
function positive(value) {
    return value === 0 ? { expected: 'a duration above 0s' } : value;
}
function nothing(name, expected) {
    return { code: 'input-invalid', message: `${name}: expected ${expected}, got nothing` };
}


/***/ }),

/***/ 66522:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Zu: () => (/* binding */ merged),
/* harmony export */   _9: () => (/* binding */ inspected),
/* harmony export */   vw: () => (/* binding */ bundled)
/* harmony export */ });
/* harmony import */ var _verdict_request_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(54620);

const signers = [
    'key',
    'certificate-identity',
    'certificate-identity-regexp',
    'certificate-oidc-issuer',
    'certificate-oidc-issuer-regexp',
    ..._verdict_request_js__WEBPACK_IMPORTED_MODULE_0__/* .certificateClaims */ .L.map((claim) => `certificate-${claim}`),
];
const trust = [
    'trusted-root',
    'tuf-mirror',
    'tuf-root',
    'ca-roots',
    'ca-intermediates',
    'offline',
    'insecure-ignore-tlog',
    'insecure-ignore-sct',
    'use-signed-timestamps',
];
/** Inputs that say how an image is reached and what is checked of its signatures. */
const inspected = [
    ...signers,
    ...trust,
    'endpoint',
    'timeout',
    'retries',
    'registry-username',
    'registry-password',
    'registry-config',
    'registry-cacert',
    'allow-http-registry',
    'allow-insecure-registry',
    'signature-repository',
    'attachment-tag-prefix',
];
/** Inputs that a bundle is judged with. */
const bundled = [...signers, ...trust, 'timeout', 'retries'];
/** Inputs that say what is made of a verdict: all that is left to ask where the results of shards are merged. */
const merged = [
    'mode',
    'on-infrastructure-error',
    'result-file',
    'html-report',
    'sarif-report',
    'policy-report',
    'summary',
];


/***/ }),

/***/ 72297:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  F: () => (/* binding */ inputTable)
});

;// CONCATENATED MODULE: ./src/inputs/build-table.ts
/** Inputs about signed policies of cilock and witness: how an image was built. */
const buildTable = [
    {
        name: 'policy-key',
        default: '',
        list: true,
        short: 'k',
        also: 'publickey',
        description: 'Keys that a signed build policy (cilock, witness) among policy may be signed with, one a line or comma-separated: as for key',
    },
    {
        name: 'policy-ca-roots',
        default: '',
        list: true,
        description: 'Files with certificate authorities that a signed build policy may be signed under',
    },
    {
        name: 'policy-ca-intermediates',
        default: '',
        list: true,
        description: 'Files with intermediate certificates for policy-ca-roots',
    },
    {
        name: 'policy-timestamp-servers',
        default: '',
        list: true,
        description: 'Files with certificates of timestamp authorities, for a policy that is signed by certificate',
    },
    {
        name: 'policy-commonname',
        default: '',
        description: "Common name that the certificate of a policy's signer must have",
    },
    {
        name: 'policy-dns-names',
        default: '',
        list: true,
        description: "DNS names that the certificate of a policy's signer must have",
    },
    {
        name: 'policy-emails',
        default: '',
        list: true,
        description: "Email addresses that the certificate of a policy's signer must have",
    },
    {
        name: 'policy-organizations',
        default: '',
        list: true,
        description: "Organizations that the certificate of a policy's signer must have",
    },
    {
        name: 'policy-uris',
        default: '',
        list: true,
        description: "URIs that the certificate of a policy's signer must have",
    },
    {
        name: 'policy-fulcio-oidc-issuer',
        default: '',
        description: "Issuer in the certificate of a policy's signer; left out: GitHub Actions in the profile cilock; none: any",
    },
    {
        name: 'policy-fulcio-build-trigger',
        default: '',
        description: "Build trigger in the certificate of a policy's signer",
    },
    {
        name: 'policy-fulcio-source-repository-digest',
        default: '',
        description: "Commit in the certificate of a policy's signer",
    },
    {
        name: 'policy-fulcio-source-repository-identifier',
        default: '',
        description: "Number of the repository in the certificate of a policy's signer",
    },
    {
        name: 'policy-fulcio-source-repository-ref',
        default: '',
        description: "Branch or tag in the certificate of a policy's signer",
    },
    {
        name: 'policy-fulcio-source-repository-uri',
        default: '',
        description: "Repository in the certificate of a policy's signer",
    },
    {
        name: 'policy-fulcio-build-config-uri',
        default: '',
        description: "Workflow in the certificate of a policy's signer",
    },
    {
        name: 'policy-fulcio-run-invocation-uri',
        default: '',
        description: "Run in the certificate of a policy's signer",
    },
    {
        name: 'policy-fulcio-runner-environment',
        default: '',
        description: "Kind of runner in the certificate of a policy's signer",
    },
    {
        name: 'policy-profile',
        default: 'cilock',
        description: 'How a signed build policy is judged: cilock (as cilock 4.1) or witness (as witness 0.11)',
    },
    {
        name: 'policy-hardening',
        default: 'enforce',
        description: "enforce, or warn: what cilock's own hardening refuses in a build policy only warns",
    },
    {
        name: 'attestations',
        default: '',
        list: true,
        description: 'Attestations of a build, one a line or comma-separated: files or patterns of envelopes, .jsonl, or cilock bundles (.tar.gz); those beside the image in its registry are read without being named',
    },
    {
        name: 'subjects',
        default: '',
        list: true,
        short: 's',
        description: "Further digests that a build policy's search begins with, such as sha256:…; without an image they alone are held against it",
    },
    {
        name: 'archivista-url',
        default: '',
        also: 'archivista-server',
        description: 'Archivista server that attestations of a build are searched in, by digest',
    },
    {
        name: 'archivista-headers',
        default: '',
        list: true,
        secret: true,
        description: 'Headers for that server, one a line: Name: value',
    },
    {
        name: 'vsa-outfile',
        default: '',
        description: 'File that a SLSA verification summary of each image is written to, one a line, to be attached to it; not when undetermined',
    },
];

;// CONCATENATED MODULE: ./src/inputs/fleet-table.ts
/** Inputs about more images than one list in a workflow can hold, and than one machine should judge. */
const fleetTable = [
    {
        name: 'images-file',
        default: '',
        list: true,
        description: 'Files with further images, one a line (empty lines and those that begin with # do not count): thousands are too many for image',
    },
    {
        name: 'plan',
        default: '',
        description: 'File that verify-image plan wrote: the images of one of its shards are judged, instead of image and images-file',
    },
    { name: 'shard', default: '', description: 'Number of the shard of plan that this run judges, from 1' },
];

;// CONCATENATED MODULE: ./src/inputs/identity-table.ts
/** Who must have signed, by the certificate: cosign's names, and those that Fulcio gave to what came later. */
const identityTable = [
    {
        name: 'certificate-identity',
        default: '',
        list: true,
        description: 'Keyless signers, one a line: the identity in the certificate, such as a workflow or an e-mail address',
    },
    {
        name: 'certificate-identity-regexp',
        default: '',
        list: true,
        description: 'Keyless signers by pattern, one a line: RE2, met anywhere unless anchored with ^ and $',
    },
    {
        name: 'certificate-oidc-issuer',
        default: '',
        description: 'Who vouched for the identity, such as https://token.actions.githubusercontent.com',
    },
    {
        name: 'certificate-oidc-issuer-regexp',
        default: '',
        description: 'The same by pattern; with both, both must hold',
    },
    {
        name: 'certificate-github-workflow-trigger',
        default: '',
        description: 'The event that started the workflow that signed',
    },
    {
        name: 'certificate-github-workflow-sha',
        default: '',
        description: 'The commit that the workflow ran on that signed',
    },
    {
        name: 'certificate-github-workflow-name',
        default: '',
        description: 'The name of the workflow that signed',
    },
    {
        name: 'certificate-github-workflow-repository',
        default: '',
        description: 'The repository of the workflow that signed',
    },
    {
        name: 'certificate-github-workflow-ref',
        default: '',
        description: 'The ref that the workflow ran on that signed',
    },
    {
        name: 'certificate-build-signer-uri',
        default: '',
        description: 'The workflow that built and signed, with its ref, also where another one called it (Build Signer URI)',
    },
    {
        name: 'certificate-build-signer-digest',
        default: '',
        description: 'The commit of the workflow that built and signed',
    },
    {
        name: 'certificate-runner-environment',
        default: '',
        description: 'Where the workflow ran: github-hosted or self-hosted',
    },
    {
        name: 'certificate-source-repository-uri',
        default: '',
        description: 'The repository that was built, such as https://github.com/owner/repository',
    },
    {
        name: 'certificate-source-repository-digest',
        default: '',
        description: 'The commit that was built',
    },
    {
        name: 'certificate-source-repository-ref',
        default: '',
        description: 'The ref that was built, such as refs/heads/main',
    },
    {
        name: 'certificate-source-repository-identifier',
        default: '',
        description: 'The number of the repository that was built: it stays when a name changes hands',
    },
    {
        name: 'certificate-source-repository-owner-uri',
        default: '',
        description: 'The owner of the repository that was built, such as https://github.com/owner',
    },
    {
        name: 'certificate-source-repository-owner-identifier',
        default: '',
        description: 'The number of the owner of the repository that was built',
    },
    {
        name: 'certificate-build-config-uri',
        default: '',
        description: 'The workflow at the top, with its ref, which may have called the one that signed',
    },
    {
        name: 'certificate-build-trigger',
        default: '',
        description: 'The event that started the build',
    },
    {
        name: 'certificate-source-repository-visibility',
        default: '',
        description: 'Whether the repository was public, private or internal as the signature was made',
    },
];

;// CONCATENATED MODULE: ./src/inputs/cluster-table.ts
/** Inputs about policies and manifests of clusters. */
const clusterTable = [
    {
        name: 'manifests',
        default: '',
        list: true,
        description: 'Kubernetes manifests whose images are judged: files or patterns such as deploy/**/*.yaml, one a line; - is standard input',
    },
    {
        name: 'policy',
        default: '',
        list: true,
        short: 'p',
        description: 'Files or patterns of policies that images are held against: Kyverno (verifyImages with PolicyExceptions, ImageValidatingPolicy), sigstore ClusterImagePolicy (with TrustRoots), and signed build policies of cilock and witness (with policy-key), told apart by content',
    },
    {
        name: 'no-match-policy',
        default: '',
        description: 'What becomes of an image that no policy covers: deny (undetermined), warn or allow (it does not count); left out: deny with a ClusterImagePolicy, allow with Kyverno',
    },
    {
        name: 'policy-values',
        default: '',
        description: "Values file of Kyverno's CLI: what stands for the variables and the labels of namespaces that only a cluster has",
    },
    {
        name: 'audit-warn',
        default: 'false',
        switch: true,
        description: 'What a Kyverno policy in Audit finds is listed and does not count; else it counts like Enforce',
    },
    {
        name: 'pinned-manifests',
        default: '',
        description: 'Folder that the manifests are written to with the digests of verified images: name:tag@sha256:…',
    },
    {
        name: 'policy-report',
        default: '',
        description: 'File that what each policy, and each demand of the inputs, came to is written to as an OpenReports document, as Kyverno has it: JSON where its name ends in .json, else YAML',
    },
];

;// CONCATENATED MODULE: ./src/inputs/trust-table.ts
/** With what identities, logs and times are checked, and how strictly. */
const trustTable = [
    {
        name: 'insecure-ignore-tlog',
        default: 'false',
        switch: true,
        description: "No entry in a transparency log is demanded of signatures in cosign's formats (s3lo records have none)",
    },
    {
        name: 'insecure-ignore-sct',
        default: 'false',
        switch: true,
        description: 'No log of certificates has to know the certificate of a keyless signer',
    },
    {
        name: 'use-signed-timestamps',
        default: 'false',
        switch: true,
        description: 'A timestamp by a trusted authority is demanded of keyless signatures',
    },
    {
        name: 'max-age',
        default: '',
        description: 'How long ago a signature may have been made, such as 12h or 30d, by proven times only (a record that says when it was made proves nothing)',
    },
    {
        name: 'trusted-root',
        default: '',
        description: 'File with the authorities and logs to trust (trusted_root.json); else they come from tuf-mirror',
    },
    {
        name: 'tuf-mirror',
        default: '',
        description: 'URL of the TUF repository that hands out the trusted root (TUF_MIRROR); else that of the public Sigstore instance',
    },
    {
        name: 'tuf-root',
        default: '',
        description: 'File with the first root.json of tuf-mirror (TUF_ROOT_JSON); else that of the public Sigstore instance',
    },
    {
        name: 'offline',
        default: 'false',
        switch: true,
        description: 'No call but to the store of the image: without trusted-root the root that came with the program is trusted',
    },
    {
        name: 'ca-roots',
        default: '',
        description: 'File with certificates (PEM) that keyless certificates must lead to, instead of those of the trusted root',
    },
    {
        name: 'ca-intermediates',
        default: '',
        description: 'File with certificates (PEM) between those and ca-roots',
    },
];

;// CONCATENATED MODULE: ./src/inputs/table.ts





/** The contract: `action.yml`, the flags, the help and `docs/inputs.md` all say what stands here, and a test holds them to it. */
const inputTable = [
    {
        name: 'image',
        default: '',
        list: true,
        description: 'Images to verify, one a line: registry/name:tag, s3://bucket/name:tag (also gs:// and az://), local://store/name:tag or oci-layout://dir[:tag], each also with @sha256:… (as a command: arguments); with no other source of images those that earlier steps named in GITHUB_ARTIFACTS',
    },
    ...fleetTable,
    {
        name: 'key',
        default: '',
        list: true,
        description: 'Public keys that must have signed, one a line: a PEM file, inline PEM, env://NAME, https://…, awskms:///…, gcpkms://…, azurekms://…, hashivault://…, openbao://…, k8s://namespace/secret, gitlab://project, or a cosign.key with COSIGN_PASSWORD',
    },
    ...identityTable,
    {
        name: 'require',
        default: 'all',
        description: 'How many of the keys must have signed: all, any, or a number',
    },
    {
        name: 'expected-digest',
        default: '',
        description: 'The digest that the image must have besides: sha256:… (for one image)',
    },
    {
        name: 'annotations',
        default: '',
        list: true,
        short: 'a',
        description: 'Annotations that each signature must carry, one a line: name=value',
    },
    {
        name: 'attestation-type',
        default: '',
        list: true,
        description: 'Types that the signers must have attested instead of a signature, one a line: a predicate type or slsaprovenance, slsaprovenance1, spdx, spdxjson, cyclonedx, link, vuln, openvex, custom',
    },
    {
        name: 'source-uri',
        default: '',
        description: 'The repository that SLSA provenance must name as the source, such as github.com/owner/repository',
    },
    { name: 'source-branch', default: '', description: 'The branch that SLSA provenance must name' },
    { name: 'source-tag', default: '', description: 'The tag that SLSA provenance must name' },
    {
        name: 'builder-id',
        default: '',
        description: 'The builder that SLSA provenance must name; without @ref, of any ref',
    },
    {
        name: 'require-signature',
        default: 'false',
        switch: true,
        description: 'With attestation-type: a signature is demanded too',
    },
    {
        name: 'attestation-policy',
        default: '',
        list: true,
        description: 'Files in Rego (data.signature.allow must be true) or CUE, one a line, that every attestation of attestation-type must satisfy',
    },
    {
        name: 'platforms',
        default: 'index',
        list: true,
        description: 'Which manifests of an index must be signed: index (itself), all (itself and every platform), or platforms such as linux/amd64',
    },
    {
        name: 'deep',
        default: 'false',
        switch: true,
        description: 'Reads what a pull would read (manifests of an index, configurations, layers, recipes, chunks) and holds it against the signed digest',
    },
    ...trustTable,
    ...clusterTable,
    ...buildTable,
    {
        name: 'registry-username',
        default: '',
        description: "User for the one registry that all references share; else docker's configuration",
    },
    {
        name: 'registry-password',
        default: '',
        secret: true,
        description: 'Password or token for registry-username',
    },
    {
        name: 'registry-config',
        default: '',
        secret: true,
        description: "docker's config.json or a Kubernetes Secret of type kubernetes.io/dockerconfigjson, as a file or as its text, instead of docker's own configuration",
    },
    {
        name: 'registry-cacert',
        default: '',
        description: 'File with certificate authorities of registries, in PEM',
    },
    {
        name: 'allow-http-registry',
        default: 'false',
        switch: true,
        description: 'Plain http: true for the registries named, or a list of hosts (this machine may always)',
    },
    {
        name: 'allow-insecure-registry',
        default: 'false',
        switch: true,
        description: 'Unchecked certificates: true for the registries named, or a list of hosts',
    },
    {
        name: 'signature-repository',
        default: '',
        description: 'registry/repository where signatures lie instead of beside the image (COSIGN_REPOSITORY)',
    },
    {
        name: 'attachment-tag-prefix',
        default: '',
        description: 'What stands before the tags of signatures and attestations',
    },
    {
        name: 'signed-location',
        default: '',
        description: 'bucket/image:tag that an s3lo record was signed for, where the image was copied since (for one image); else where it lies',
    },
    {
        name: 'insecure-accept-unbound-records',
        default: 'false',
        switch: true,
        description: 's3lo records of schema 1 count too: they sign the digest alone, so anybody can copy them to any place',
    },
    {
        name: 'github-attestations',
        default: '',
        description: 'owner/repository whose attestations GitHub keeps, as further evidence; with github-token alone it is the one of this workflow',
    },
    {
        name: 'github-token',
        default: '',
        secret: true,
        description: 'Token that may read them (attestations: read); what is public needs none. Sent to GITHUB_API_URL only',
    },
    {
        name: 'endpoint',
        default: '',
        description: 'URL of an S3-compatible service (MinIO, R2, Ceph); bucket names then go into the path',
    },
    {
        name: 'mode',
        default: 'enforce',
        description: 'enforce, or audit: the verdict is reported, but only configuration failures fail the step',
    },
    {
        name: 'on-infrastructure-error',
        default: 'fail',
        description: 'fail, or warn: an outage after the image was found does not fail the step; digest and images stay empty (this is fail-open)',
    },
    {
        name: 'recheck-tag',
        default: 'false',
        switch: true,
        description: 'The tag is resolved once more at the end, and a warning says whether it moved meanwhile',
    },
    { name: 'wait', default: '0s', description: 'How long evidence may take to appear, such as 90s or 5m' },
    { name: 'timeout', default: '5m', description: 'Time for each image beyond wait' },
    { name: 'retries', default: '3', description: 'Further attempts after a failure that may pass, 0 to 20' },
    { name: 'concurrency', default: '10', description: 'Images judged at the same time, 1 to 100' },
    {
        name: 'result-file',
        default: 'verify-result.json',
        commandDefault: '',
        description: 'File that the result document is written to',
    },
    {
        name: 'html-report',
        default: '',
        description: 'File that a report for people is written to: one HTML page that loads nothing and runs nothing, such as verify-report.html',
    },
    {
        name: 'sarif-report',
        default: '',
        description: 'File that what is not verified is written to as SARIF 2.1.0, for code scanning: an error for each rejected image, a warning for each of which nothing is known, such as verify-image.sarif',
    },
    {
        name: 'summary',
        default: 'true',
        commandDefault: 'false',
        switch: true,
        description: 'Whether the job summary is written',
    },
    {
        name: 'install',
        default: 'false',
        description: 'Puts the command verify-image on the path of later steps; with nothing else given, that is all the step does',
    },
];


/***/ }),

/***/ 18463:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $7: () => (/* binding */ readDuration),
/* harmony export */   H0: () => (/* binding */ isRefused),
/* harmony export */   IZ: () => (/* binding */ readAge),
/* harmony export */   Kf: () => (/* binding */ readChoice),
/* harmony export */   LD: () => (/* binding */ readList),
/* harmony export */   hc: () => (/* binding */ readSwitch),
/* harmony export */   oD: () => (/* binding */ readWhole)
/* harmony export */ });
function isRefused(value) {
    return typeof value === 'object' && value !== null && 'expected' in value;
}
const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const longestDuration = 24 * 3_600_000;
/** Reads a duration as Go writes it (`90s`, `1h30m`, `500ms`); a bare `0` too. At most a day, in milliseconds. */
function readDuration(text) {
    const refused = { expected: 'a duration such as 90s, 5m or 1h30m, at most 24h' };
    if (text === '0')
        return 0;
    if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h))+$/.test(text))
        return refused;
    let sum = 0;
    for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
        sum += Number(count) * (units[String(unit)] ?? Number.NaN);
    }
    return sum <= longestDuration ? Math.round(sum) : refused;
}
const longestAge = 3650 * 24 * 3_600_000;
/** Reads an age: a duration as above, or whole hours or days (`720h`, `30d`); at most ten years, in milliseconds, above 0. */
function readAge(text) {
    const [, count, unit] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
    const age = count === undefined ? readDuration(text) : Number(count) * 3_600_000 * (unit === 'd' ? 24 : 1);
    const isAge = !isRefused(age) && age > 0 && age <= longestAge;
    return isAge ? age : { expected: 'an age such as 12h or 30d' };
}
function readWhole(text, least, most) {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : { expected: `a whole number from ${least} to ${most}` };
}
function readChoice(text, choices) {
    return choices.find((choice) => choice === text) ?? { expected: choices.join(' or ') };
}
/** Booleans as YAML 1.2 core schema writes them, as `@actions/core` takes them. */
function readSwitch(text) {
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    if (/^(false|False|FALSE)$/.test(text))
        return false;
    return { expected: 'true or false' };
}
const pemBlock = /-----BEGIN [^\n]*-----[\s\S]*?-----END [^\n]*-----|[^\r\n]+/g;
/** One item a line; a PEM block is one item. Blank lines and the space around items don't count. */
function readList(text) {
    const items = text.match(pemBlock) ?? [];
    return items.map((item) => item.trim()).filter((item) => item !== '');
}


/***/ }),

/***/ 80947:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ inlineKey),
/* harmony export */   x: () => (/* binding */ keyName)
/* harmony export */ });
/* harmony import */ var _pem_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(63136);

/** The PEM itself as the value of the input. */
const inlineKey = {
    matches: (reference) => reference.trimStart().startsWith('-----BEGIN'),
    load: async (reference) => (0,_pem_text_js__WEBPACK_IMPORTED_MODULE_0__/* .keyFromText */ .x)('the key given inline', reference.trimStart()),
};
/**
 * A key reference as it is shown: inline PEM may be a private one and is long besides. Where no login belongs one may
 * stand all the same, and the query of `pkcs11:` may hold a PIN (RFC 7512, 2.4).
 */
function keyName(reference) {
    if (inlineKey.matches(reference))
        return 'inline PEM';
    if (reference.startsWith('pkcs11:'))
        return reference.replace(/\?.*$/s, '');
    if (/^(hashivault|openbao|k8s|gitlab):/.test(reference))
        return reference.replace(/\/\/[^/]*@/, '//');
    if (!/^https?:\/\//.test(reference) || !URL.canParse(reference))
        return reference;
    const url = new URL(reference);
    return url.username === '' && url.password === '' && url.search === ''
        ? reference
        : `${url.protocol}//${url.host}${url.pathname}`;
}


/***/ }),

/***/ 13353:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ oneKey),
/* harmony export */   r: () => (/* binding */ keyInvalid)
/* harmony export */ });
function oneKey(key) {
    return { kind: 'keys', keys: [{ key }] };
}
function keyInvalid(message) {
    return { kind: 'failed', problem: { code: 'key-invalid', message } };
}


/***/ }),

/***/ 66229:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  loadKey: () => (/* binding */ loadKey)
});

;// CONCATENATED MODULE: ./src/keys/aws-kms-name.ts
const wanted = 'expected awskms:///<key id>, awskms:///alias/<name> or awskms:///arn:aws:kms:<region>:<account>:(key/<id>|alias/<name>), with a host before the third slash for another endpoint';
const id = '(?:mrk-)?[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}';
const alias = 'alias/[a-zA-Z0-9/_-]{1,250}';
const shape = new RegExp(`^awskms://([^/?#@]*)/((?:arn:aws(?:-[a-z]+)*:kms:([a-z0-9-]+):[0-9]{12}:(?:key/${id}|${alias}))|${id}|${alias})$`);
const hostShape = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/;
/**
 * Reads an `awskms:` reference (sigstore's form, `kms/aws/client.go`; ids with or without dashes, `mrk-` too).
 *
 * @returns the reason as a string when it cannot be read
 */
function awsKeyName(reference) {
    const parts = shape.exec(reference);
    const [, host = '', keyId, region] = parts ?? [];
    if (keyId === undefined) {
        const twoSlashes = /^awskms:\/\/(?=alias\/|arn:|mrk-|[0-9a-f]{8}-)/.exec(reference);
        const remedy = twoSlashes
            ? `; did you mean awskms:///${reference.slice(twoSlashes[0].length)} (three slashes)?`
            : '';
        return `${wanted}${remedy}`;
    }
    if (host === 'alias' || host.startsWith('arn:'))
        return `${wanted}; did you mean awskms:///${host}/${keyId} (three slashes)?`;
    if (host !== '' && !hostShape.test(host))
        return `"${host}" is no host; ${wanted}`;
    return { keyId, ...(host !== '' && { host }), ...(region !== undefined && { region }) };
}

// EXTERNAL MODULE: ./src/keys/key-source.ts
var key_source = __nccwpck_require__(13353);
;// CONCATENATED MODULE: ./src/keys/aws-kms.ts


/** `awskms://[host]/<id, ARN or alias>`: the public half is fetched, the check stays here (never `kms:Verify`). */
const awsKmsKey = {
    matches: (reference) => reference.startsWith('awskms:'),
    load: async (reference, call) => {
        const name = awsKeyName(reference);
        if (typeof name === 'string')
            return (0,key_source/* keyInvalid */.r)(`${reference}: ${name}`);
        // The SDK is loaded for such references only.
        const { fetchAwsKey } = await Promise.all(/* import() */[__nccwpck_require__.e(3051), __nccwpck_require__.e(2632), __nccwpck_require__.e(6865)]).then(__nccwpck_require__.bind(__nccwpck_require__, 56865));
        return fetchAwsKey(reference, name, call);
    },
};

;// CONCATENATED MODULE: ./src/keys/azure-key-name.ts
const azure_key_name_wanted = 'expected azurekms://<vault host>/<key> or azurekms://<vault host>/<key>/<version>, such as azurekms://release.vault.azure.net/signer';
/** Names as Key Vault allows them; a slash at the end means no version. */
const azure_key_name_shape = /^azurekms:\/\/([^/?#@]+)\/([0-9a-zA-Z-]{1,127})(?:\/([0-9a-zA-Z]{0,64}))?$/;
const azure_key_name_hostShape = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/;
/**
 * Reads an `azurekms:` reference (sigstore's form, `kms/azure/client.go`).
 *
 * @returns the reason as a string when it cannot be read
 */
function azureKeyName(reference) {
    const [, host = '', key, version = ''] = azure_key_name_shape.exec(reference) ?? [];
    if (key === undefined) {
        const url = /^azurekms:\/\/https?:\/\//.test(reference) ? '; the host stands there without https://' : '';
        return `${azure_key_name_wanted}${url}`;
    }
    if (!azure_key_name_hostShape.test(host) || !URL.canParse(`https://${host}/`))
        return `"${host}" is no host; ${azure_key_name_wanted}`;
    return { host: host.toLowerCase(), key, ...(version !== '' && { version }) };
}

;// CONCATENATED MODULE: ./src/keys/azure-key-vault.ts


/** `azurekms://<vault host>/<key>[/<version>]`: public keys are fetched, the check stays here (never `verify`). */
const azureKeyVaultKey = {
    matches: (reference) => reference.startsWith('azurekms:'),
    load: async (reference, call) => {
        const name = azureKeyName(reference);
        if (typeof name === 'string')
            return (0,key_source/* keyInvalid */.r)(`${reference}: ${name}`);
        // Azure's library is loaded for such references only.
        const { fetchAzureKey } = await Promise.all(/* import() */[__nccwpck_require__.e(2830), __nccwpck_require__.e(3324), __nccwpck_require__.e(2088), __nccwpck_require__.e(1566), __nccwpck_require__.e(8143), __nccwpck_require__.e(8873), __nccwpck_require__.e(1410)]).then(__nccwpck_require__.bind(__nccwpck_require__, 41410));
        return fetchAzureKey(reference, name, call);
    },
};

// EXTERNAL MODULE: ./src/keys/pem-text.ts
var pem_text = __nccwpck_require__(63136);
;// CONCATENATED MODULE: ./src/keys/environment.ts


const scheme = 'env://';
/** `env://NAME`: a variable that holds the PEM. */
const environmentKey = {
    matches: (reference) => reference.startsWith(scheme),
    load: async (reference) => {
        const name = reference.slice(scheme.length);
        const text = process.env[name];
        if (name === '' || text === undefined || text === '') {
            return (0,key_source/* keyInvalid */.r)(`${reference}: expected a PEM in the environment variable ${name}, got nothing`);
        }
        return (0,pem_text/* keyFromText */.x)(reference, text);
    },
};

// EXTERNAL MODULE: ./src/files/read.ts
var read = __nccwpck_require__(49823);
;// CONCATENATED MODULE: ./src/keys/file.ts



/** A path to a PEM file: what a reference without a scheme means. */
const keyFile = {
    matches: (reference) => !reference.includes('://'),
    load: async (reference) => {
        const file = await (0,read/* readWhole */.oD)(reference, pem_text/* keyLimit */.l, 'key');
        switch (file.kind) {
            case 'found':
                return (0,pem_text/* keyFromText */.x)(reference, Buffer.from(file.value).toString('utf8'));
            case 'absent':
                return (0,key_source/* keyInvalid */.r)(`${reference}: expected a key file, got no such file`);
            case 'failed':
                return (0,key_source/* keyInvalid */.r)(file.problem.message);
        }
    },
};

;// CONCATENATED MODULE: ./src/keys/gcp-kms-name.ts
const gcp_kms_name_wanted = 'expected gcpkms://projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>, with /cryptoKeyVersions/<number> or /versions/<number> for one version';
/** A project may lie below a domain: `example.com:name`. */
const gcp_kms_name_shape = /^gcpkms:\/\/(projects\/[a-z0-9][a-z0-9.:-]{0,99}\/locations\/[a-z0-9-]{1,63}\/keyRings\/[\w-]{1,63}\/cryptoKeys\/[\w-]{1,63})(?:\/(?:cryptoKeyVersions|versions)\/([1-9][0-9]{0,9}))?$/;
/**
 * Reads a `gcpkms:` reference (sigstore's form, `kms/gcp/client.go`, and the API's own resource name).
 *
 * @returns the reason as a string when it cannot be read
 */
function gcpKeyName(reference) {
    const [, key, version] = gcp_kms_name_shape.exec(reference) ?? [];
    if (key === undefined) {
        const slashes = /^gcpkms:\/{3,}projects\//.test(reference) ? '; write two slashes, not three' : '';
        return `${gcp_kms_name_wanted}${slashes}`;
    }
    return { key, ...(version !== undefined && { version }) };
}

;// CONCATENATED MODULE: ./src/keys/gcp-kms.ts


/** `gcpkms://projects/…`: public keys are fetched, the check stays here. */
const gcpKmsKey = {
    matches: (reference) => reference.startsWith('gcpkms:'),
    load: async (reference, call) => {
        const name = gcpKeyName(reference);
        if (typeof name === 'string')
            return (0,key_source/* keyInvalid */.r)(`${reference}: ${name}`);
        // Google's library is loaded for such references only.
        const { fetchGcpKey } = await Promise.all(/* import() */[__nccwpck_require__.e(3324), __nccwpck_require__.e(4562), __nccwpck_require__.e(8873), __nccwpck_require__.e(2919)]).then(__nccwpck_require__.bind(__nccwpck_require__, 32919));
        return fetchGcpKey(reference, name, call);
    },
};

// EXTERNAL MODULE: ./src/keys/inline.ts
var inline = __nccwpck_require__(80947);
;// CONCATENATED MODULE: ./src/keys/gitlab.ts


const gitlab_scheme = 'gitlab://';
/** A number, or a path as GitLab allows it: nothing else becomes a part of a URL. */
const gitlab_shape = /^(?:[1-9]\d{0,17}|\w[\w.-]{0,254}(?:\/\w[\w.-]{0,254}){0,20})$/;
/** `gitlab://<project>`: the CI/CD variable `COSIGN_PUBLIC_KEY` of a project or group, by path or number. */
const gitlabKey = {
    matches: (reference) => reference.startsWith('gitlab:'),
    load: async (reference, call) => {
        const project = reference.startsWith(gitlab_scheme) ? reference.slice(gitlab_scheme.length) : '';
        if (!gitlab_shape.test(project)) {
            const wanted = 'expected gitlab://<owner>/<project>, gitlab://<group> or gitlab://<number>';
            return (0,key_source/* keyInvalid */.r)(`${(0,inline/* keyName */.x)(reference)}: ${wanted}`);
        }
        // HTTP and TLS are loaded for such references only.
        const { fetchGitlabKey } = await __nccwpck_require__.e(/* import() */ 7202).then(__nccwpck_require__.bind(__nccwpck_require__, 87202));
        return fetchGitlabKey(reference, project, call);
    },
};

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __nccwpck_require__(49839);
// EXTERNAL MODULE: ./src/evidence/s3lo-record.ts + 1 modules
var s3lo_record = __nccwpck_require__(46794);
;// CONCATENATED MODULE: ./src/keys/kubernetes-secret.ts





const entry = 'cosign.pub';
/** Kubernetes' own patterns (object names and ids: RFC 1123 label and subdomain): no name can be taken for a flag. */
const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const kubernetes_secret_shape = new RegExp(String.raw `^k8s://(${label})/(${label}(?:\.${label})*)$`);
const longestNamespace = 63;
const longestName = 253;
/** `k8s://<namespace>/<secret>`: the entry `cosign.pub` of a secret, as `cosign generate-key-pair k8s://…` writes it. */
const kubernetesKey = {
    matches: (reference) => reference.startsWith('k8s:'),
    load: async (reference, call) => {
        const [, namespace = '', name = ''] = kubernetes_secret_shape.exec(reference) ?? [];
        if (name === '' || name.length > longestName || namespace.length > longestNamespace) {
            return (0,key_source/* keyInvalid */.r)(`${(0,inline/* keyName */.x)(reference)}: expected k8s://<namespace>/<secret>`);
        }
        const { getSecret } = await __nccwpck_require__.e(/* import() */ 1574).then(__nccwpck_require__.bind(__nccwpck_require__, 31574));
        const answer = await getSecret({ namespace, name }, call);
        if (answer.kind === 'failed')
            return answer;
        if (answer.kind === 'absent')
            return (0,key_source/* keyInvalid */.r)(`${reference}: ${answer.message}`);
        return readSecret(reference, answer.value);
    },
};
/** Nothing else of the secret is looked at: beside the public key lie the private one and its password. */
async function readSecret(reference, bytes) {
    const secret = (0,json/* readObject */.Ag)(bytes);
    if ((0,json/* textField */.M8)(secret, 'kind') !== 'Secret') {
        const message = `${reference}: expected a Secret in JSON from kubectl, got something else`;
        return { kind: 'failed', problem: { code: 'response-invalid', message, service: 'key' } };
    }
    const text = (0,json/* textField */.M8)((0,json/* objectField */.qV)(secret, 'data'), entry);
    if (text === undefined)
        return (0,key_source/* keyInvalid */.r)(`${reference}: expected the entry ${entry} in the secret, got none`);
    const pem = (0,s3lo_record/* decodeBase64 */.y4)(text);
    if ('illegalAt' in pem)
        return (0,key_source/* keyInvalid */.r)(`${reference}: expected the entry ${entry} in base64`);
    return (0,pem_text/* keyFromText */.x)(`${reference}, ${entry}`, Buffer.from(pem).toString('utf8'));
}

// EXTERNAL MODULE: ./src/keys/pkcs11.ts
var keys_pkcs11 = __nccwpck_require__(27107);
// EXTERNAL MODULE: ./src/keys/transit-name.ts
var transit_name = __nccwpck_require__(8647);
;// CONCATENATED MODULE: ./src/keys/transit.ts



/**
 * `hashivault://…` and `openbao://…`: keys of a transit engine of Vault or OpenBao. The public halves of all versions
 * are fetched, the check stays here (never `<mount>/verify`).
 */
const transitKey = {
    matches: (reference) => /^(hashivault|openbao):/.test(reference),
    load: async (reference, call) => {
        const name = (0,transit_name/* transitName */.l)(reference);
        if (typeof name === 'string')
            return (0,key_source/* keyInvalid */.r)(`${(0,inline/* keyName */.x)(reference)}: ${name}`);
        // HTTP and TLS are loaded for such references only.
        const { fetchTransitKey } = await __nccwpck_require__.e(/* import() */ 8152).then(__nccwpck_require__.bind(__nccwpck_require__, 18152));
        return fetchTransitKey(reference, name, call);
    },
};

// EXTERNAL MODULE: ./src/network/url.ts
var network_url = __nccwpck_require__(49263);
;// CONCATENATED MODULE: ./src/keys/web.ts




/** `https://…`: a PEM on a web server; plain http only on this machine. */
const webKey = {
    matches: (reference) => /^https?:\/\//.test(reference),
    load: async (reference, call) => {
        const name = (0,inline/* keyName */.x)(reference);
        if (!URL.canParse(reference))
            return (0,key_source/* keyInvalid */.r)(`${name}: expected a URL`);
        const url = new URL(reference);
        if (!(0,network_url/* mayCarry */.P5)(url))
            return (0,key_source/* keyInvalid */.r)(`${name}: expected https, got http; a key that travels in the clear proves nothing`);
        // HTTP and TLS are a third of a short run: loaded for such references only.
        const { download } = await __nccwpck_require__.e(/* import() */ 3043).then(__nccwpck_require__.bind(__nccwpck_require__, 53043));
        const answer = await download({ url, service: 'key', limit: pem_text/* keyLimit */.l }, call);
        switch (answer.kind) {
            case 'found':
                return (0,pem_text/* keyFromText */.x)(name, Buffer.from(answer.value).toString('utf8'));
            case 'absent':
                return (0,key_source/* keyInvalid */.r)(answer.message);
            case 'failed':
                return answer;
        }
    },
};

;// CONCATENATED MODULE: ./src/keys/load.ts











/** Every kind of key reference, in the order in which they are tried. */
const sources = [
    inline/* inlineKey */.X,
    environmentKey,
    webKey,
    awsKmsKey,
    gcpKmsKey,
    azureKeyVaultKey,
    transitKey,
    kubernetesKey,
    gitlabKey,
    keys_pkcs11/* pkcs11Key */.Z,
    keyFile,
];
/** Leads a key reference to its public key. */
async function loadKey(reference, call) {
    const source = sources.find(({ matches }) => matches(reference));
    if (!source) {
        const message = `${(0,inline/* keyName */.x)(reference)}: expected a file, inline PEM, env://NAME, https://…, awskms:///…, gcpkms://…, azurekms://…, hashivault://…, openbao://…, k8s://… or gitlab://…`;
        return { reference, kind: 'failed', problem: { code: 'key-invalid', message } };
    }
    return { reference, ...(await source.load(reference, call)) };
}


/***/ }),

/***/ 63136:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ keyLimit),
/* harmony export */   x: () => (/* binding */ keyFromText)
/* harmony export */ });
/* harmony import */ var _key_source_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(13353);
/* harmony import */ var _pem_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(92722);


/** Most bytes of a key file or answer. */
const keyLimit = 1024 * 1024;
/**
 * The public key in a text with a PEM block: a public key, or the public half of an encrypted `cosign.key`, which
 * opens with `COSIGN_PASSWORD` (unset means the empty password, as in cosign without a terminal).
 *
 * @param name how the key is called in messages
 */
async function keyFromText(name, text) {
    const pem = (0,_pem_js__WEBPACK_IMPORTED_MODULE_0__/* .readPem */ .J)(text);
    switch (pem.kind) {
        case 'key':
            return (0,_key_source_js__WEBPACK_IMPORTED_MODULE_1__/* .oneKey */ .G)(pem.key);
        case 'refused':
            return (0,_key_source_js__WEBPACK_IMPORTED_MODULE_1__/* .keyInvalid */ .r)(`${name}: ${pem.reason}`);
        case 'encrypted': {
            const { openCosignKey } = await __nccwpck_require__.e(/* import() */ 8163).then(__nccwpck_require__.bind(__nccwpck_require__, 48163));
            const opened = await openCosignKey(pem.body, process.env['COSIGN_PASSWORD'] ?? '');
            return opened.kind === 'key' ? (0,_key_source_js__WEBPACK_IMPORTED_MODULE_1__/* .oneKey */ .G)(opened.key) : (0,_key_source_js__WEBPACK_IMPORTED_MODULE_1__/* .keyInvalid */ .r)(`${name}: ${opened.reason}`);
        }
    }
}


/***/ }),

/***/ 92722:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ readPem)
/* harmony export */ });
/* harmony import */ var _evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(46794);
/* harmony import */ var _verify_public_key_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(83222);


const begin = '-----BEGIN ';
const end = '\n-----END ';
const dashes = '-----';
const expected = 'expected a PEM block PUBLIC KEY, RSA PUBLIC KEY or ENCRYPTED SIGSTORE PRIVATE KEY';
/**
 * Reads the first PEM block of a key file; what follows it is not looked at. The text must still have its byte
 * order mark if the file has one (a TextDecoder drops it unless told otherwise): s3lo and cosign refuse such files.
 */
function readPem(text) {
    const block = findBlock(text);
    if (block === undefined)
        return refused(`${expected}, got ${describeOther(text)}`);
    switch (block.type) {
        case 'PUBLIC KEY':
            return namePem(block.type, (0,_verify_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .publicKeyFromSpki */ .W8)(block.body));
        case 'RSA PUBLIC KEY':
            return namePem(block.type, (0,_verify_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .publicKeyFromPkcs1 */ .fu)(block.body));
        case 'ENCRYPTED SIGSTORE PRIVATE KEY':
        case 'ENCRYPTED COSIGN PRIVATE KEY':
            return { kind: 'encrypted', body: block.body };
        case 'CERTIFICATE':
            return refused(`${expected}, got a CERTIFICATE: extract its key with openssl x509 -pubkey -noout`);
        case 'PRIVATE KEY':
        case 'EC PRIVATE KEY':
        case 'RSA PRIVATE KEY':
        case 'ENCRYPTED PRIVATE KEY':
        case 'OPENSSH PRIVATE KEY':
            return refused(`${expected}, got a ${block.type}: a check needs the public half only, extract it with openssl pkey -pubout`);
        default:
            return refused(`${expected}, got a PEM block ${block.type}`);
    }
}
function refused(reason) {
    return { kind: 'refused', reason };
}
function namePem(type, outcome) {
    return outcome.kind === 'key' ? outcome : refused(`PEM block ${type}: ${outcome.reason}`);
}
/** What lies there instead, told by its looks only: the text may be a secret and is never quoted. */
function describeOther(text) {
    if (text.trim() === '')
        return 'an empty file';
    if (text.startsWith('\ufeff'))
        return 'text that starts with a byte order mark: remove it';
    if (text.trimStart().startsWith('{'))
        return 'JSON (a JWK?): export the key as PEM';
    if (/^0[\u0080-\uffff]/.test(text) || /[\0\ufffd]/.test(text)) {
        return 'binary data (DER?): convert it with openssl pkey -pubin -inform der';
    }
    if (/^[ \t]+-----BEGIN /m.test(text))
        return 'an indented PEM block: its lines must start at the margin';
    if (text.includes(begin))
        return 'a PEM block that is cut off, mislabeled or not in base64';
    return 'text without a PEM block';
}
/**
 * The first block that Go's pem.Decode would find: the last BEGIN before an END, both at the start of a line, with
 * labels that agree and good base64 in between; what is no such block is passed over.
 */
function findBlock(text) {
    for (let from = 0;;) {
        const endAt = text.indexOf(end, from);
        if (endAt < 0)
            return undefined;
        const labelAt = endAt + end.length;
        const beginAt = text.slice(from, endAt).lastIndexOf(begin) + from;
        const atMargin = beginAt === from || (beginAt > from && text[beginAt - 1] === '\n');
        if (atMargin) {
            const start = beginAt + begin.length;
            const typeLine = readLine(text, start);
            const type = typeLine.line.slice(0, -dashes.length);
            if (typeLine.line.endsWith(dashes)) {
                const bodyAt = skipHeaders(text, typeLine.next);
                if (bodyAt === undefined || bodyAt > labelAt)
                    return undefined;
                const hasHeaders = bodyAt > typeLine.next;
                const closed = text.startsWith(type + dashes, labelAt) &&
                    readLine(text, labelAt + type.length + dashes.length).line === '';
                if (closed && !(hasHeaders && endAt < bodyAt)) {
                    const body = (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .decodeBase64 */ .y4)(text.slice(bodyAt, Math.max(bodyAt, endAt)).replaceAll(/[ \t]/g, ''));
                    if (!('illegalAt' in body))
                        return { type, body };
                }
            }
        }
        from = labelAt;
    }
}
/** A line without its end and trailing blanks, and where the next one starts. */
function readLine(text, start) {
    const feed = text.indexOf('\n', start);
    if (feed < 0)
        return { line: text.slice(start).replace(/[ \t]+$/, ''), next: text.length };
    const stop = feed > start && text[feed - 1] === '\r' ? feed - 1 : feed;
    return { line: text.slice(start, stop).replace(/[ \t]+$/, ''), next: feed + 1 };
}
/** Where the lines of the form `Key: value` end; nothing when the text ends with them. */
function skipHeaders(text, start) {
    let at = start;
    while (at < text.length) {
        const { line, next } = readLine(text, at);
        if (!line.includes(':'))
            return at;
        at = next;
    }
    return undefined;
}


/***/ }),

/***/ 27107:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ tokensUnsupported),
/* harmony export */   Z: () => (/* binding */ pkcs11Key)
/* harmony export */ });
/* harmony import */ var _inline_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(80947);

/** Why a key on a hardware token is not read, and what does instead. */
const tokensUnsupported = 'keys on hardware tokens (PKCS#11, PIV) are not read: a runner has none; export the public key as PEM once and give that (cosign public-key, or pkcs11-tool --read-object --type pubkey)';
/** `pkcs11:…` (RFC 7512), which cosign reads through a module of the token's maker. */
const pkcs11Key = {
    matches: (reference) => reference.startsWith('pkcs11:'),
    load: (reference) => {
        const message = `${(0,_inline_js__WEBPACK_IMPORTED_MODULE_0__/* .keyName */ .x)(reference)}: ${tokensUnsupported}`;
        return Promise.resolve({ kind: 'failed', problem: { code: 'unsupported', message } });
    },
};


/***/ }),

/***/ 8647:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ isMount),
/* harmony export */   l: () => (/* binding */ transitName)
/* harmony export */ });
const key = String.raw `\w(?:[\w.-]*\w)?`;
const host = String.raw `(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?`;
const mount = String.raw `\w[\w.-]*(?:/\w[\w.-]*)*`;
const shape = new RegExp(`^(hashivault|openbao)://(?:(${host})/v1/(${mount})/keys/)?(${key})$`);
const mountShape = new RegExp(`^${mount}$`);
/**
 * Reads `hashivault://NAME` and `openbao://NAME` (sigstore's form, `kms/hashivault/client.go`, which knows no version
 * in it), and the whole address, `hashivault://host[:port]/v1/<mount>/keys/<name>`, that s3lo's documentation shows.
 *
 * @returns the reason as a string when it cannot be read
 */
function transitName(reference) {
    const [, scheme, at, path, name] = shape.exec(reference) ?? [];
    if ((scheme !== 'hashivault' && scheme !== 'openbao') || name === undefined) {
        const form = reference.startsWith('openbao:') ? 'openbao' : 'hashivault';
        return `expected ${form}://<key name> or ${form}://<host>[:<port>]/v1/<mount>/keys/<key name>`;
    }
    if (at === undefined || path === undefined)
        return { scheme, key: name };
    if (!URL.canParse(`https://${at}`))
        return `"${at}" is no host`;
    return { scheme, key: name, address: { host: at, mount: path } };
}
/** Whether a text can be the path of a secrets engine: nothing else becomes a part of a URL. */
function isMount(text) {
    return mountShape.test(text);
}


/***/ }),

/***/ 8110:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ie: () => (/* binding */ faultCode),
/* harmony export */   Qr: () => (/* binding */ isBroken),
/* harmony export */   d$: () => (/* binding */ isNetworkFault),
/* harmony export */   q0: () => (/* binding */ describe)
/* harmony export */ });
/** Codes by which Node and OpenSSL name failures of a TLS handshake or a certificate. */
const tlsCode = /^(ERR_TLS|ERR_SSL|EPROTO$|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;
/** The code of a failure below HTTP, from the error that Node gives. */
function faultCode(error) {
    const codes = errorCodes(error);
    if (codes.some((code) => tlsCode.test(code)))
        return 'tls-failed';
    if (codes.some((code) => /TIMEOUT|TIMEDOUT|AbortError/i.test(code)))
        return 'timeout';
    if (codes.includes('HPE_INVALID_CONSTANT') || codes.some((code) => code.startsWith('HPE_')))
        return 'response-invalid';
    return 'unreachable';
}
/** Whether this came from the network at all, and not from a defect of the program. */
function isNetworkFault(error) {
    return errorCodes(error).some((code) => tlsCode.test(code) ||
        /^(E[A-Z]+|HPE_.*|TimeoutError|AbortError|UND_ERR_.*)$/.test(code) ||
        code === 'ERR_STREAM_PREMATURE_CLOSE');
}
/** Whether the other side ended the connection. */
function isBroken(error) {
    return errorCodes(error).some((code) => code === 'ECONNRESET' || code === 'EPIPE');
}
function errorCodes(error) {
    const codes = [];
    for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
        codes.push(at.name);
        if ('code' in at && typeof at.code === 'string')
            codes.push(at.code);
        if (at instanceof AggregateError)
            for (const one of at.errors)
                codes.push(...errorCodes(one));
    }
    return codes;
}
/** One line about an error. */
function describe(error) {
    if (error instanceof AggregateError && error.errors.length > 0)
        return describe(error.errors[0]);
    return error instanceof Error ? error.message || error.name : String(error);
}


/***/ }),

/***/ 88353:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ openJournal)
/* harmony export */ });
const unheard = () => undefined;
function openJournal({ within, listen } = {}) {
    const hosts = new Map();
    const attempts = [];
    return {
        contacted: (host, request = host) => {
            hosts.set(host, (hosts.get(host) ?? 0) + 1);
            if (within)
                return within.contacted(host, request);
            if (!listen)
                return unheard;
            const from = performance.now();
            return (ended) => {
                listen({ request, ended, ms: performance.now() - from });
            };
        },
        retried: (attempt) => void attempts.push(attempt),
        calls: () => [...hosts].map(([host, count]) => ({ host, count })).sort((a, b) => (a.host < b.host ? -1 : 1)),
        attempts: () => [...attempts].sort((a, b) => compare(a.call, b.call) || a.attempt - b.attempt),
    };
}
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}


/***/ }),

/***/ 13130:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F9: () => (/* binding */ found),
/* harmony export */   Ge: () => (/* binding */ absent),
/* harmony export */   gz: () => (/* binding */ failed)
/* harmony export */ });
function found(value) {
    return { kind: 'found', value };
}
function absent(message) {
    return { kind: 'absent', message };
}
function failed(code, message, service) {
    return { kind: 'failed', problem: { code, message, ...(service && { service }) } };
}


/***/ }),

/***/ 49263:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P5: () => (/* binding */ mayCarry),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   VJ: () => (/* binding */ isMetadataServer)
/* harmony export */ });
/** A URL as it may be shown: without user, password and query. */
function shown(url) {
    return `${url.protocol}//${url.host}${url.pathname}`;
}
/** Plain http is for this machine only. */
function mayCarry(url) {
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}
function isLoopback({ hostname }) {
    return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
/** Where a cloud tells a machine who it is: at the machine's own link, without TLS and never behind a proxy. */
function isMetadataServer({ hostname }) {
    return /^(169\.254(\.\d{1,3}){2}|metadata\.google\.internal\.?)$/.test(hostname);
}


/***/ }),

/***/ 15725:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ nameOfIdentity),
/* harmony export */   j: () => (/* binding */ compileInputs)
/* harmony export */ });
/* harmony import */ var _evidence_provenance_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(55342);
/* harmony import */ var _evidence_statement_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(63240);


/**
 * The step's own inputs as one more policy, which covers every image.
 *
 * @param rule the policy about statements that the demand names
 */
function compileInputs(request, rule) {
    const { keys, require } = request.signers;
    // A key that is named twice is one signer: its one signature must not meet two demands.
    const signers = [
        ...[...new Set(keys)].map((reference) => ({ kind: 'key', reference })),
        ...(request.signers.identities ?? []).map((identity) => ({
            kind: 'identity',
            reference: nameOfIdentity(identity),
            identity,
        })),
    ];
    const each = new Map(signers.map((by) => [`${by.kind} ${by.reference}`, by]));
    const signed = [...each.values()].map((by) => demandOf(by, request.demand ?? {}, rule));
    const signatures = require === 'all'
        ? { kind: 'all', name: 'signed-by-all', of: signed }
        : require === 'any'
            ? { kind: 'any', name: 'signed-by-any', of: signed }
            : { kind: 'atLeast', name: `signed-by-${require}`, count: require, of: signed };
    if (request.expectedDigest === undefined)
        return signatures;
    return {
        kind: 'all',
        name: 'inputs',
        of: [{ kind: 'digest', expected: request.expectedDigest }, signatures],
    };
}
/** What one signer must have made: a signature, attestations instead, or both. */
function demandOf(by, demand, rule) {
    const { annotations = {}, attestationTypes = [], requireSignature = false, provenance } = demand;
    const signed = {
        kind: 'signed',
        by,
        apart: true,
        ...(Object.keys(annotations).length > 0 && { annotations }),
    };
    if (attestationTypes.length === 0 && provenance === undefined)
        return signed;
    const isProvenance = (type) => (0,_evidence_provenance_js__WEBPACK_IMPORTED_MODULE_0__/* .isProvenanceType */ .I)((0,_evidence_statement_js__WEBPACK_IMPORTED_MODULE_1__/* .predicateTypeOf */ .T4)(type));
    const attest = (type) => ({
        kind: 'attested',
        type,
        by,
        apart: true,
        ...(provenance && isProvenance(type) && { provenance }),
        ...(rule && { rule }),
    });
    const attested = attestationTypes.map(attest);
    // Whoever asks for a source means provenance of whichever version there is.
    if (provenance && !attestationTypes.some(isProvenance))
        attested.push({
            kind: 'any',
            name: 'provenance',
            of: ['slsaprovenance1', 'slsaprovenance'].map(attest),
            ...(rule?.over === 'every' && { over: 'every' }),
        });
    const of = requireSignature ? [signed, ...attested] : attested;
    const [only, ...others] = of;
    return only && others.length === 0 ? only : { kind: 'all', name: 'vouched-for', of };
}
/** An identity in one line, for reports. */
function nameOfIdentity({ subject, subjectRegexp, issuer, issuerRegexp, claims = {}, }) {
    const who = subject ?? (subjectRegexp === undefined ? 'anybody' : `/${subjectRegexp}/`);
    const issuers = [issuer, issuerRegexp === undefined ? undefined : `/${issuerRegexp}/`].filter((one) => one !== undefined);
    const also = Object.entries(claims).map(([name, value]) => `${name} ${value}`);
    return [`${who} (issuer ${issuers.join(' and ')})`, ...also].join(', ');
}


/***/ }),

/***/ 24179:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ nearestName)
/* harmony export */ });
const longest = 64;
/** The known name that a misspelt one most likely means; undefined when none is near. */
function nearestName(name, known) {
    const typed = name.toLowerCase();
    const allowed = Math.max(1, Math.floor(name.length / 3));
    let best;
    for (const candidate of known) {
        const wanted = candidate.toLowerCase();
        const distance = Math.min(distanceOf(typed, wanted), isShortened(typed, wanted) ? allowed : Infinity);
        if (distance <= allowed && distance < (best?.distance ?? Infinity))
            best = { name: candidate, distance };
    }
    return best?.name;
}
/** People shorten the last word of a long name: imageRefs for imageReferences. */
function isShortened(typed, wanted) {
    const stem = typed.replace(/s$/, '');
    return typed.length > 4 && typed.length <= longest && wanted.startsWith(stem) && wanted[stem.length] !== '-';
}
/** Levenshtein's distance, by the row; texts longer than any name count as far. */
function distanceOf(a, b) {
    if (a.length > longest || b.length > longest)
        return Infinity;
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? Infinity;
}


/***/ }),

/***/ 91363:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ parseLayoutReference),
/* harmony export */   _: () => (/* binding */ layoutScheme)
/* harmony export */ });
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(71644);

const layoutScheme = 'oci-layout://';
/** Reads `oci-layout://dir[:tag][@sha256:…]`. Colon and at sign count only in the last path component. */
function parseLayoutReference(text) {
    const rest = text.slice(layoutScheme.length);
    const last = rest.lastIndexOf('@');
    const at = last >= 0 && !/[/\\]/.test(rest.slice(last)) ? last : -1;
    const digest = at < 0 ? undefined : rest.slice(at + 1);
    if (digest !== undefined && !(0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(digest)) {
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `malformed digest "${digest}": expected sha256: and 64 lower-case hex digits`);
    }
    const named = at < 0 ? rest : rest.slice(0, at);
    const colon = named.lastIndexOf(':');
    const tagged = colon >= 0 && !/[/\\]/.test(named.slice(colon));
    const path = tagged ? named.slice(0, colon) : named;
    const tag = tagged ? named.slice(colon + 1) : undefined;
    if (path === '')
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, 'missing folder of the layout');
    if (tag === '')
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, "empty tag after ':'");
    return {
        kind: 'oci-layout',
        path,
        text,
        ...(tag !== undefined && { tag }),
        ...(digest !== undefined && { digest }),
    };
}


/***/ }),

/***/ 5411:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  F: () => (/* binding */ parseReference)
});

// EXTERNAL MODULE: ./src/reference/oci-layout.ts
var oci_layout = __nccwpck_require__(91363);
// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __nccwpck_require__(71644);
// EXTERNAL MODULE: ./src/reference/registry.ts
var registry = __nccwpck_require__(36758);
;// CONCATENATED MODULE: ./src/reference/s3lo.ts

const scheme = /^(s3|gs|az|local):\/\//;
/**
 * Reads `s3://bucket/image:tag` and its kin as s3lo v3 does (its `pkg/ref`), with three things stricter: a tag is
 * always demanded, also beside a digest, because these stores keep images by tag; the digest is SHA-256.
 */
function parseS3loReference(text) {
    const prefix = scheme.exec(text);
    if (!prefix)
        return (0,reference/* unreadable */.O$)(text, 'must start with s3://, gs://, az://, or local://');
    const name = prefix[1];
    const rest = text.slice(prefix[0].length);
    const end = name === 'local' ? endOfLocalRoot(rest) : rest.indexOf('/');
    if (end < 0)
        return (0,reference/* unreadable */.O$)(text, name === 'local' ? `missing image path after storage root "${rest}"` : 'missing image path');
    const bucket = rest.slice(0, end);
    if (bucket === '')
        return (0,reference/* unreadable */.O$)(text, 'empty bucket');
    const path = rest.slice(end + 1);
    if (path === '')
        return (0,reference/* unreadable */.O$)(text, 'missing image name');
    const at = path.indexOf('@');
    const digest = at < 0 ? undefined : path.slice(at + 1);
    if (digest !== undefined && !(0,reference/* isDigest */.Bc)(digest)) {
        return (0,reference/* unreadable */.O$)(text, `malformed digest "${digest}" (want algo:hex, e.g. sha256:<64 hex chars>)`);
    }
    const named = at < 0 ? path : path.slice(0, at);
    const colon = named.lastIndexOf(':');
    if (colon < 0)
        return (0,reference/* unreadable */.O$)(text, `missing tag in "${text}": these stores keep images by tag (e.g. ${name}://${bucket}/${named}:v1)`);
    const image = named.slice(0, colon);
    const tag = named.slice(colon + 1);
    if (tag === '')
        return (0,reference/* unreadable */.O$)(text, "empty tag after ':'");
    if (image === '')
        return (0,reference/* unreadable */.O$)(text, 'empty image name');
    if (!isPathSegment(tag)) {
        return (0,reference/* unreadable */.O$)(text, `illegal tag "${tag}" (a tag must be a single path segment and cannot be "." or "..")`);
    }
    for (const component of image.split('/')) {
        if (!isPathSegment(component)) {
            return (0,reference/* unreadable */.O$)(text, `illegal image name "${image}": component "${component}" is not a valid path segment`);
        }
    }
    return { kind: 's3lo', scheme: name, bucket, image, tag, text, ...(digest !== undefined && { digest }) };
}
/** The root of a local store is exactly one path component, behind an optional `/`, `./` or `../`. */
function endOfLocalRoot(rest) {
    const lead = ['../', './', '/'].find((start) => rest.startsWith(start)) ?? '';
    const slash = rest.indexOf('/', lead.length);
    return slash === lead.length ? -1 : slash;
}
function isPathSegment(segment) {
    return segment !== '' && segment !== '.' && segment !== '..' && !/[/\\]/.test(segment);
}

;// CONCATENATED MODULE: ./src/reference/parse.ts




/** The longest reference read; file systems and object stores end far below it. */
const longestReference = 2048;
const controlCharacter = /[\p{Cc}\u2028\u2029]/u;
/**
 * Reads an image reference of any kind. Control characters are refused everywhere: a line feed in a name would reach
 * the line-based bytes that s3lo signs, and the lines that a runner reads.
 */
function parseReference(text) {
    if (text === '')
        return (0,reference/* unreadable */.O$)(text, 'expected an image reference, got an empty text');
    if (text.length > longestReference)
        return (0,reference/* unreadable */.O$)(text, `longer than ${longestReference} characters`);
    if (controlCharacter.test(text))
        return (0,reference/* unreadable */.O$)(text, 'a control character is in it');
    if (text.startsWith(oci_layout/* layoutScheme */._))
        return (0,oci_layout/* parseLayoutReference */.Z)(text);
    if (/^(s3|gs|az|local):\/\//.test(text))
        return parseS3loReference(text);
    const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\//.exec(text);
    if (scheme) {
        return (0,reference/* unreadable */.O$)(text, `"${String(scheme[1])}://" is no known place; expected s3://, gs://, az://, local://, oci-layout:// or registry/name:tag`);
    }
    return (0,registry/* parseRegistryReference */.q)(text);
}


/***/ }),

/***/ 71644:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   O$: () => (/* binding */ unreadable),
/* harmony export */   QC: () => (/* binding */ displayName),
/* harmony export */   y_: () => (/* binding */ pin)
/* harmony export */ });
function unreadable(text, reason) {
    return { kind: 'unreadable', text, reason };
}
const digestPattern = /^sha256:[0-9a-f]{64}$/;
function isDigest(text) {
    return digestPattern.test(text);
}
/** The short name that s3lo prints: what follows the last slash. */
function displayName(reference) {
    return reference.text.slice(reference.text.lastIndexOf('/') + 1);
}
/** The reference with the digest that was resolved, ready to be deployed: `name:tag@sha256:…`. */
function pin(reference, digest) {
    const at = reference.digest === undefined ? -1 : reference.text.lastIndexOf('@');
    const name = at < 0 ? reference.text : reference.text.slice(0, at);
    return `${name}@${digest}`;
}


/***/ }),

/***/ 36758:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ parseRegistryReference)
/* harmony export */ });
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(71644);

/** The registry that a reference without one means, and its folder for images without one: docker's rules. */
const defaultRegistry = 'docker.io';
const officialFolder = 'library';
const host = /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::[0-9]{1,5})?$/;
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const longestName = 255;
/** Reads `[registry/]name[:tag][@sha256:…]` by the grammar of docker's `distribution/reference`. */
function parseRegistryReference(text) {
    const at = text.indexOf('@');
    const digest = at < 0 ? undefined : text.slice(at + 1);
    if (digest !== undefined && !(0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(digest)) {
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `malformed digest "${digest}": expected sha256: and 64 lower-case hex digits`);
    }
    const named = at < 0 ? text : text.slice(0, at);
    const slash = named.indexOf('/');
    const first = slash < 0 ? '' : named.slice(0, slash);
    const hasRegistry = /[.:[A-Z]/.test(first) || first === 'localhost';
    const path = hasRegistry ? named.slice(slash + 1) : named;
    const colon = path.lastIndexOf(':');
    const name = colon < 0 ? path : path.slice(0, colon);
    const tag = colon < 0 ? undefined : path.slice(colon + 1);
    if (hasRegistry && !host.test(first))
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `"${first}" is not a registry host`);
    if (name === '')
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, 'empty image name');
    if (name.length > longestName)
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `the name is longer than ${longestName} characters`);
    for (const part of name.split('/')) {
        if (!component.test(part)) {
            return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `illegal name component "${part}": lower-case letters, digits and single separators (. _ __ -) are allowed`);
        }
    }
    if (tag !== undefined && !tagPattern.test(tag))
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `illegal tag "${tag}"`);
    if (tag === undefined && digest === undefined)
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `missing tag in "${text}" (e.g. ${text}:v1)`);
    const registry = !hasRegistry || first === `index.${defaultRegistry}` ? defaultRegistry : first;
    const official = registry === defaultRegistry && !name.includes('/');
    return {
        kind: 'registry',
        registry,
        repository: official ? `${officialFolder}/${name}` : name,
        text,
        ...(tag !== undefined && { tag }),
        ...(digest !== undefined && { digest }),
    };
}


/***/ }),

/***/ 81566:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ furtherReasons),
/* harmony export */   k: () => (/* binding */ bindingsOf)
/* harmony export */ });
/* harmony import */ var _verdict_result_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(18364);

const mostReasons = 10;
/** What else a build policy does not find, step by step and in its order; the leading failure is said elsewhere. */
function furtherReasons({ finding, failure }) {
    const messages = partsOf(finding, 'build-policy')
        .flatMap(({ children = [] }) => children)
        .flatMap((step) => step.status === 'unmet' || step.status === 'unknown' ? [(0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_0__/* .decidingPart */ .t5)(step).message] : []);
    return [...new Set(messages)].filter((message) => message !== failure?.message).slice(0, mostReasons);
}
/** By which attestation and digest each platform of an image is bound to its build. */
function bindingsOf({ finding }) {
    const bound = partsOf(finding, 'image-bound').flatMap(({ status, facts, children = [] }) => status === 'met' ? [facts, ...children.map((one) => (one.status === 'met' ? one.facts : undefined))] : []);
    return bound.flatMap((facts) => {
        const { step, boundBy } = facts ?? {};
        return step === undefined || boundBy === undefined ? [] : [`step ${step}, ${boundBy}`];
    });
}
function partsOf(finding, check) {
    if (finding.check === check)
        return [finding];
    return (finding.children ?? []).flatMap((child) => partsOf(child, check));
}


/***/ }),

/***/ 27666:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ checkWords),
/* harmony export */   s: () => (/* binding */ isOwnName)
/* harmony export */ });
/** What a check asks, in words for people; a check that is not here (a rule, a step) bears a name that somebody gave it. */
const words = new Map(Object.entries({
    annotation: 'The signature carries the annotations',
    'attestation-conditions': 'The conditions on what is attested hold',
    'attestation-found': 'The attestation is there',
    'attestation-policy': 'What is attested satisfies the policy',
    attested: 'Attested',
    build: 'How it was built',
    'build-policy': 'The steps of the build policy',
    bundle: 'The bundle can be read',
    'bundle-read': 'The bundle can be read',
    certificate: 'The certificate is trusted',
    'certificate-log': 'The certificate is logged',
    'certificate-source': 'The certificate names the source',
    chunk: 'A chunk is what was signed',
    deep: 'All parts are what was signed',
    'digest-signed': 'This digest is what was signed',
    'evidence-read': 'The evidence can be read',
    'expected-digest': 'The digest is the expected one',
    freshness: 'New enough',
    identity: 'The identity is the demanded one',
    image: 'All that is asked of the image',
    'image-bound': 'The build is that of this image',
    'image-found': 'The image is there',
    inputs: 'The inputs of the step',
    'key-loaded': 'The key can be read',
    layer: 'A layer is what was signed',
    'log-entry': 'The transparency log has it',
    manifest: 'A manifest is what was signed',
    platforms: 'The platforms',
    policies: 'Policies',
    policy: 'The policy itself',
    'policy-current': 'The policy has not expired',
    'policy-read': 'The policy can be read',
    'policy-signed': 'The policy is signed',
    'predicate-type': 'The type is the demanded one',
    'provenance-branch': 'Provenance names the branch',
    'provenance-builder': 'Provenance names the builder',
    'provenance-source': 'Provenance names the source',
    'provenance-tag': 'Provenance names the tag',
    recipe: 'A recipe is what was signed',
    'record-found': 'A signature record is there',
    'record-read': 'The signature record can be read',
    reference: 'The reference can be read',
    'reference-read': 'The reference can be read',
    run: 'The run',
    'run-finished': 'The run came to its end',
    shard: 'The shard',
    'shard-merged': 'The shard has a result',
    'signature-valid': 'The signature is valid',
    signed: 'Signed',
    'signed-by-all': 'Signed by every signer',
    'signed-by-any': 'Signed by one of the signers',
    signer: 'The signer is the demanded one',
    'store-opened': 'The store can be opened',
    subjects: 'The digests',
    timestamp: 'The timestamp is valid',
    trust: 'The trusted root can be read',
    'vouched-for': 'Everything that was demanded of it',
}));
const someSigners = /^signed-by-(\d+)$/;
/** @returns the words for a check, or its own name */
function checkWords(check) {
    const count = someSigners.exec(check)?.[1];
    return words.get(check) ?? (count === undefined ? check : `Signed by ${count} of the signers`);
}
/** Whether a name was given by whoever wrote the policy; `.attestors[0]` is a place in it. */
function isOwnName(check) {
    return !words.has(check) && !someSigners.test(check) && !check.startsWith('.');
}


/***/ }),

/***/ 75652:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ distinct)
/* harmony export */ });
/** Each item once: several rules that ask the same key about the same image found the same signature. */
function distinct(items) {
    return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}


/***/ }),

/***/ 48101:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   JY: () => (/* binding */ toDocument),
/* harmony export */   RS: () => (/* binding */ toImage),
/* harmony export */   X: () => (/* binding */ forReports),
/* harmony export */   zj: () => (/* binding */ peerReason)
/* harmony export */ });
/* harmony import */ var _reference_parse_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5411);
/* harmony import */ var _verdict_result_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(18364);
/* harmony import */ var _distinct_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(75652);



function toDocument(result, inputs, tool, plan) {
    const keys = (0,_distinct_js__WEBPACK_IMPORTED_MODULE_1__/* .distinct */ .d)(result.keys);
    const { verdict, failure, calls, attempts, warnings, startedAt, finishedAt } = result;
    return {
        schemaVersion: 1,
        verified: verdict === 'verified',
        ...s3loNames(result),
        verdict,
        failure,
        images: result.images.map(toImage),
        policies: result.policies ?? [],
        keys,
        policyFiles: result.policyFiles ?? [],
        trust: result.trust ?? null,
        inputs,
        calls,
        ...(attempts && { attempts }),
        warnings,
        tool,
        ...(plan && { plan }),
        startedAt,
        finishedAt,
    };
}
/** An image as the document has it: pinned only where it is verified. */
function toImage(image) {
    const { reference, digest, verdict, failure, finding, attempts } = image;
    const signatures = (0,_distinct_js__WEBPACK_IMPORTED_MODULE_1__/* .distinct */ .d)(image.signatures);
    return {
        reference,
        digest,
        pinned: verdict === 'verified' ? image.pinned : null,
        verdict,
        failure,
        signatures: signatures.filter(({ attests }) => attests === undefined).map(withoutBallast),
        attestations: signatures.filter(({ attests }) => attests !== undefined).map(withoutBallast),
        findings: finding,
        origins: image.origins ?? [],
        ...(image.allowed && { allowed: true }),
        attempts,
    };
}
/** Envelopes hold whole bills of materials, and entries of logs are not verified: the document repeats neither. */
function withoutBallast(signature) {
    if (signature.payload === undefined)
        return signature;
    const { dockerReference, type, optional } = signature.payload;
    return { ...signature, payload: { dockerReference, type, optional } };
}
/** What the document, the text and the summary need of an image: only cosign's output prints whole envelopes. */
function forReports(image) {
    return { ...image, signatures: image.signatures.map(withoutBallast) };
}
/** s3lo says these for its one image and one key, so that `jq` lines written for it go on working. */
function s3loNames(result) {
    const [image, ...others] = result.images;
    const [latest, ...more] = result.keys;
    // The versions of a key that rotates are one key; other keys may share a name, such as inline PEM.
    const isOneKey = more.every(({ reference, version }) => version !== undefined && reference === latest?.reference);
    if (!image || others.length > 0 || !isOneKey)
        return {};
    const signed = image.signatures.find(({ verified }) => verified)?.keyId;
    const key = result.keys.find(({ id }) => id === signed) ?? latest;
    const reason = peerReason(image);
    const signedAt = image.signatures[0]?.claimed.signedAt ?? '';
    return {
        ...(reason !== undefined && { reason }),
        ...(image.digest !== null && { digest: image.digest }),
        ...(key && { keyRef: key.reference, keyID: key.id }),
        ...(signedAt !== '' && { signedAt }),
    };
}
/** Why an image is not verified: of an image in s3lo's layout in the words of s3lo, whose lines these are. */
function peerReason({ reference, finding, failure }) {
    if (finding.status !== 'unmet' && finding.status !== 'unknown')
        return undefined;
    const isS3lo = (0,_reference_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseReference */ .F)(reference).kind === 's3lo';
    const part = (0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_0__/* .decidingPart */ .t5)(finding);
    return (isS3lo && !isOfBuild(part) ? part.peerReason : undefined) ?? failure?.message;
}
/** A build policy's parts have the words of cilock or witness. */
function isOfBuild({ check }) {
    return /^(step|external) |^policy-/.test(check);
}


/***/ }),

/***/ 14031:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   dh: () => (/* binding */ brief),
/* harmony export */   ml: () => (/* binding */ shorten),
/* harmony export */   n8: () => (/* binding */ line),
/* harmony export */   pN: () => (/* binding */ inCode),
/* harmony export */   tJ: () => (/* binding */ inert)
/* harmony export */ });
/** Characters that move the cursor, hide text or turn its direction: shown as escapes, never sent to a screen. */
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029\ud800-\udfff]/gu;
/**
 * One line for a terminal or a log. Line feeds, ANSI sequences and bidirectional controls show as escapes; so does
 * `##[`, which a runner obeys anywhere in a line.
 */
function line(text) {
    return text
        .replace(invisible, (character) => {
        const code = character.codePointAt(0) ?? 0;
        if (character === '\n')
            return '\\n';
        if (character === '\r')
            return '\\r';
        if (character === '\t')
            return '\\t';
        return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
    })
        .replaceAll('##[', '#\\x23[')
        .replace(/^(\s*)::/, '$1\\x3a:');
}
function hex(code, digits) {
    return code.toString(16).padStart(digits, '0');
}
/** What HTML and markdown read as markup; as entities they are only characters, in either. */
const markup = /[&<>"'`[\]*_~|\\#]/g;
/** What GitHub makes a link of without being asked; also right after a digit. */
const autolink = /(https?|ftp):|www\./gi;
/** An address of mail is linked even where its at sign is an entity: only a tag breaks it. A digest stays copyable. */
const atSign = /@(?!sha256:)/g;
/** What begins a list, a heading or a block of code where it begins a line. */
const blockStart = /^(?:[-+= ]|\d+[.)](?= |$))/;
/**
 * Text for a markdown page, between tags, in a paragraph or in a table cell, not in an attribute: one line in which
 * nothing is markup and nothing becomes a link.
 */
function inert(text) {
    return line(text)
        .replace(markup, entity)
        .replace(autolink, lastAsEntity)
        .replace(blockStart, lastAsEntity)
        .replace(atSign, '@<!-- -->');
}
function lastAsEntity(lead) {
    return lead.slice(0, -1) + entity(lead.slice(-1));
}
function entity(character) {
    return `&#${String(character.charCodeAt(0))};`;
}
/** Shortens what would flood a report; says so. */
function shorten(text, most) {
    // Half of a pair is no character.
    return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
/** Whole, a digest would leave no room for the rest of a line. */
const digestHex = /\b([0-9a-f]{12})[0-9a-f]{52}\b/g;
/** The first of each digest's digits, enough to recognise it; the whole one stands in the result file. */
function brief(text) {
    return text.replace(digestHex, '$1…');
}
const longestCode = 600;
/** In a table cell and elsewhere: HTML's code element, because a code span of markdown can be broken out of. */
function inCode(text) {
    return `<code>${inert(shorten(text, longestCode))}</code>`;
}


/***/ }),

/***/ 44216:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ jsonPieces),
/* harmony export */   Q: () => (/* binding */ inBlocks)
/* harmony export */ });
/**
 * The document as `JSON.stringify(document, null, 2)` writes it, in pieces: thousands of images would be one text of many
 * megabytes, and each copy of it as many more.
 */
function* jsonPieces(document) {
    let before = '{';
    for (const [name, value] of Object.entries(document)) {
        if (value === undefined)
            continue;
        yield `${before}\n  ${JSON.stringify(name)}: `;
        before = ',';
        if (Array.isArray(value) && value.length > 0)
            yield* listPieces(value);
        else
            yield indented(value, '  ');
    }
    yield '\n}\n';
}
function* listPieces(items) {
    let before = '[';
    for (const item of items) {
        yield `${before}\n    ${indented(item, '    ')}`;
        before = ',';
    }
    yield '\n  ]';
}
/** A line feed within a text is written `\n`: those that are there are between the parts. */
function indented(value, indent) {
    const text = JSON.stringify(value, null, 2);
    return (text ?? 'null').replaceAll('\n', `\n${indent}`);
}
const pieceLength = 64 * 1024;
/** Joins small pieces, so that each write is worth its while. */
function* inBlocks(pieces) {
    let block = [];
    let length = 0;
    for (const piece of pieces) {
        block.push(piece);
        length += piece.length;
        if (length < pieceLength)
            continue;
        yield block.join('');
        block = [];
        length = 0;
    }
    if (length > 0)
        yield block.join('');
}


/***/ }),

/***/ 84455:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ nearMissesOf)
/* harmony export */ });
/** All near misses below a finding that is not met, each once. */
function nearMissesOf(finding) {
    if (finding.status === 'met')
        return [];
    const own = (finding.nearMisses ?? []).map(({ message }) => message);
    return [...new Set([...own, ...(finding.children ?? []).flatMap(nearMissesOf)])];
}


/***/ }),

/***/ 51921:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   qg: () => (/* binding */ imagesWorstFirst),
/* harmony export */   sG: () => (/* binding */ outcomeOf),
/* harmony export */   xL: () => (/* binding */ outcomesText),
/* harmony export */   zx: () => (/* binding */ groupOutcomes)
/* harmony export */ });
const order = ['rejected', 'undetermined', 'not-checked', 'verified'];
function outcomeOf({ verdict, allowed }) {
    return allowed ? 'not-checked' : verdict;
}
/** What wants a reader first; images of one outcome stay in their order. */
function imagesWorstFirst(images) {
    return order.flatMap((outcome) => images.filter((image) => outcomeOf(image) === outcome));
}
/** Images by outcome and code, the worst outcome first, and of one outcome what concerns most images. */
function groupOutcomes(images) {
    const groups = new Map();
    for (const image of images) {
        const outcome = outcomeOf(image);
        const failure = outcome === 'not-checked' ? null : image.failure;
        const key = `${outcome} ${failure?.code ?? ''} ${failure?.service ?? ''}`;
        const known = groups.get(key);
        if (known)
            known.images.push(image);
        else
            groups.set(key, { outcome, failure, images: [image] });
    }
    const all = [...groups.values()];
    return order.flatMap((outcome) => all
        .filter((group) => group.outcome === outcome)
        .sort((one, other) => other.images.length - one.images.length));
}
/** `200 images: 3 rejected, 1 undetermined, 196 verified` */
function outcomesText(images) {
    const counts = order
        .map((outcome) => [images.filter((image) => outcomeOf(image) === outcome).length, outcome])
        .filter(([count]) => count > 0)
        .map(([count, outcome]) => `${count} ${outcome.replace('-', ' ')}`);
    return `${images.length} images: ${counts.join(', ')}`;
}


/***/ }),

/***/ 18141:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P_: () => (/* binding */ whyNotChecked),
/* harmony export */   Y3: () => (/* binding */ ruleText),
/* harmony export */   Z9: () => (/* binding */ placeText),
/* harmony export */   s8: () => (/* binding */ resourceText),
/* harmony export */   t4: () => (/* binding */ located)
/* harmony export */ });
/** Where an image stands: `deploy/web.yaml:18 Deployment/shop/web, container app`. */
function placeText({ file, line, resource, container }) {
    const what = resource === undefined ? '' : ` ${resourceText(resource)}`;
    return `${file}:${line}${what}${container === undefined ? '' : `, container ${container}`}`;
}
/** Kind, namespace and name, in the order that Kyverno's reports have. */
function resourceText({ kind, namespace, name }) {
    return `${kind}/${namespace}/${name}`;
}
/** The rule with its policy; a policy that has one rule only, or calls it like itself, is named once. */
function ruleText({ policy, rule }) {
    return rule === '' || rule === policy ? policy : `${policy}/${rule}`;
}
/** Why nobody checked an image. */
function whyNotChecked({ reference }, rows) {
    const skip = rows.find(({ image, result }) => image === reference && result === 'skip');
    return skip === undefined ? 'no policy covers it' : `${ruleText(skip)} leaves it out: ${skip.message}`;
}
/** The file and the line that a message begins with, of a file that the run read. */
function located(text, { pinned = [], policyFiles = [] }) {
    for (const { file } of [...pinned, ...policyFiles]) {
        const number = text.startsWith(`${file}:`)
            ? /^(\d{1,9}):/.exec(text.slice(file.length + 1))?.[1]
            : undefined;
        if (number !== undefined)
            return { file, line: Number(number) };
    }
    return undefined;
}


/***/ }),

/***/ 66645:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   KI: () => (/* binding */ outcomes),
/* harmony export */   WN: () => (/* binding */ countsText),
/* harmony export */   XF: () => (/* binding */ countOutcomes),
/* harmony export */   md: () => (/* binding */ worstFirst)
/* harmony export */ });
/** What a rule can say, in the order in which Kyverno counts it. */
const outcomes = ['pass', 'fail', 'warn', 'error', 'skip'];
function countOutcomes(rows) {
    const counts = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 };
    for (const { result } of rows)
        counts[result]++;
    return counts;
}
/** `2 pass, 1 fail, 0 warn, 0 error, 1 skip` */
function countsText(counts) {
    return outcomes.map((outcome) => `${counts[outcome]} ${outcome}`).join(', ');
}
const byWeight = ['fail', 'error', 'warn', 'skip', 'pass'];
/** What wants a reader first; what a list that is cut leaves out are passes. */
function worstFirst(rows) {
    return byWeight.flatMap((outcome) => rows.filter(({ result }) => result === outcome));
}


/***/ }),

/***/ 18991:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G9: () => (/* binding */ oneMore),
/* harmony export */   k7: () => (/* binding */ askedText),
/* harmony export */   kO: () => (/* binding */ noneOf),
/* harmony export */   l_: () => (/* binding */ progressText)
/* harmony export */ });
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(14031);

function noneOf(total) {
    return { total, decided: 0, rejected: 0, undetermined: 0 };
}
function oneMore(before, { verdict, allowed }) {
    const counts = (one) => (verdict === one && allowed !== true ? 1 : 0);
    return {
        total: before.total,
        decided: before.decided + 1,
        rejected: before.rejected + counts('rejected'),
        undetermined: before.undetermined + counts('undetermined'),
    };
}
/** `1200 of 5000 images: 3 rejected, 1 undetermined` */
function progressText({ total, decided, rejected, undetermined }) {
    const failed = [
        ...(rejected > 0 ? [`${rejected} rejected`] : []),
        ...(undetermined > 0 ? [`${undetermined} undetermined`] : []),
    ];
    return `${decided} of ${total} images${failed.length === 0 ? '' : `: ${failed.join(', ')}`}`;
}
/** A request for the log of a run: how it ended, after which time. */
function askedText({ request, ended, ms }) {
    return `${Math.round(ms).toString().padStart(6)} ms  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .line */ .n8)(ended).padEnd(4)} ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .line */ .n8)(request)}`;
}


/***/ }),

/***/ 27079:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ redact),
/* harmony export */   F: () => (/* binding */ secretsOf)
/* harmony export */ });
/** Variables whose values are never shown, in any report. */
const secretVariables = [
    'COSIGN_PASSWORD',
    'INPUT_REGISTRY-PASSWORD',
    'INPUT_GITHUB-TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    'AZURE_CLIENT_SECRET',
    'AZURE_CLIENT_CERTIFICATE_PASSWORD',
    'AZURE_STORAGE_KEY',
    'AZURE_STORAGE_SAS_TOKEN',
    'AZURE_STORAGE_CONNECTION_STRING',
    'IDENTITY_HEADER',
    'GITHUB_TOKEN',
    'GITLAB_TOKEN',
    'VAULT_TOKEN',
    'BAO_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
];
/** Shorter values would blank out ordinary words. */
const shortestSecret = 4;
/** Values of a query are often words; only longer ones are taken for secrets by themselves. */
const shortestValue = 8;
const shortestKeyLine = 16;
/** The secrets that a run knows: values of variables, and what key references carry in a URL. */
function secretsOf(environment, references = [], login, token, further = []) {
    const secrets = [...secretVariables.flatMap((name) => environment[name] ?? []), ...further];
    if (token !== undefined)
        secrets.push(token);
    if (login)
        secrets.push(login.password, Buffer.from(`${login.username}:${login.password}`).toString('base64'));
    secrets.push(...azureStorageSecrets(environment));
    for (const [name, value = ''] of Object.entries(environment)) {
        if (!/^(https?|all)_proxy$/i.test(name))
            continue;
        // Without a scheme the user would be taken for one.
        const proxy = value.includes('://') ? value : `http://${value}`;
        if (URL.canParse(proxy))
            secrets.push(...secretsInUrl(proxy));
    }
    for (const reference of references) {
        const named = /^env:\/\/(.+)$/.exec(reference)?.[1];
        secrets.push(...privateKeyIn(named === undefined ? reference : environment[named]));
        if (/^https?:\/\//.test(reference) && URL.canParse(reference))
            secrets.push(...secretsInUrl(reference));
    }
    return [...new Set(secrets.flatMap(formsOf))]
        .filter((secret) => secret.length >= shortestSecret)
        .sort((a, b) => b.length - a.length);
}
/** What signs in to a storage account, taken out of what it is written in. */
function azureStorageSecrets(environment) {
    const { AZURE_STORAGE_CONNECTION_STRING: connection = '', AZURE_STORAGE_SAS_TOKEN: token = '' } = environment;
    const field = (name) => name.exec(connection)?.[1] ?? '';
    const sas = field(/(?:^|;)\s*SharedAccessSignature\s*=([^;]*)/i);
    return [
        field(/(?:^|;)\s*AccountKey\s*=([^;]*)/i),
        sas,
        ...[sas, token].flatMap((query) => [...new URLSearchParams(query).getAll('sig'), ...sigAsWritten(query)]),
    ].map((secret) => secret.trim());
}
function sigAsWritten(query) {
    return /(?:^|[?&])sig=([^&]+)/.exec(query)?.slice(1) ?? [];
}
/** A private key as a whole and line by line: where it comes back, its lines may be joined or broken otherwise. */
function privateKeyIn(text) {
    if (text?.includes('PRIVATE KEY') !== true)
        return [];
    const lines = text.split(/\s+/).filter((one) => one.length >= shortestKeyLine && !one.startsWith('-'));
    return [text, ...lines];
}
function secretsInUrl(text) {
    const { username, password, search, searchParams } = new URL(text);
    const [user = '', word = ''] = [username, password].map((part) => attempt(decodeURIComponent, part));
    // Also as they are written: the same value can be encoded in more ways than one.
    const written = search
        .slice(1)
        .split('&')
        .map((pair) => pair.slice(pair.indexOf('=') + 1));
    const values = [...searchParams.values(), ...written].filter((value) => value.length >= shortestValue);
    const basic = user === '' && word === '' ? [] : [Buffer.from(`${user}:${word}`).toString('base64')];
    return [username, password, search.slice(1), user, word, ...basic, ...values];
}
/** A secret as it is, and as a URL holds it. */
function formsOf(secret) {
    return [secret, attempt(encodeURIComponent, secret)];
}
/** Text that cannot be changed so (a lone `%`, half a character) stays as it is. */
function attempt(change, text) {
    try {
        return change(text);
    }
    catch {
        return text;
    }
}
/** The same with no secret in any text: a copy of what changes, and what holds none as it is. */
function redact(value, secrets) {
    if (secrets.length === 0)
        return value;
    return walk(value, (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text));
}
function walk(value, clean) {
    if (typeof value === 'string')
        return clean(value);
    if (Array.isArray(value)) {
        const items = value.map((item) => walk(item, clean));
        return items.every((item, index) => Object.is(item, value[index])) ? value : items;
    }
    // Bytes stay bytes: as a plain object they would be no manifest any more.
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array)
        return value;
    const before = Object.entries(value);
    const after = before.map(([name, item]) => [name, walk(item, clean)]);
    const isSame = after.every(([, item], index) => Object.is(item, before[index]?.[1]));
    return isSame ? value : Object.fromEntries(after);
}


/***/ }),

/***/ 92182:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ sentence)
/* harmony export */ });
/* harmony import */ var _verdict_statement_summary_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(68341);

/** What an attestation says in one sentence; nothing in it is escaped yet. It is the signer who says it. */
function sentence(statement) {
    switch (statement.kind) {
        case 'provenance':
            return provenance(statement);
        case 'bill-of-materials':
            return bill(statement);
        case 'vulnerability-scan':
            return scan(statement);
        case 'vex':
            return vex(statement);
        case 'unread':
            return `not read: ${statement.reason}`;
    }
}
function provenance({ version, source, workingCopy, builder, inconsistent }) {
    // First, because a report may cut the end.
    const doubt = inconsistent === undefined ? '' : ` that contradicts itself (${inconsistent})`;
    const from = source !== undefined
        ? `built from ${spell(source)}`
        : workingCopy !== undefined
            ? `built from a folder, by its client's word a copy of ${spell(workingCopy)}`
            : 'built from a source that it does not name';
    const by = builder === undefined ? 'a builder that it does not name' : `builder ${builder}`;
    return `SLSA provenance ${version}${doubt}: ${from} by ${by}`;
}
function spell({ uri, repository, ref, digest }) {
    const at = ref === undefined || (repository === undefined && uri.includes(ref)) ? '' : ` at ${ref}`;
    return `${repository ?? uri}${at}${digest === undefined ? '' : ` (${digest.slice(0, 12)})`}`;
}
const subjects = {
    image: ' of the image',
    source: ' of the source',
    unknown: ' of image or source, which is unclear',
};
function bill({ format, version, about, components, tool }) {
    const by = tool === undefined ? '' : `, by ${tool}`;
    return `${format} ${version} SBOM${subjects[about]}, ${count(components, 'component')}${by}`;
}
function scan({ scanner, scannerVersion, findings, finishedAt }) {
    const version = scannerVersion === undefined ? '' : ` ${scannerVersion}`;
    const by = `${scanner ?? 'a scanner that it does not name'}${version}`;
    const when = finishedAt === undefined ? '' : `, finished at ${finishedAt}`;
    return `Scan by ${by}: ${found(findings)}${when}`;
}
function found(findings) {
    if (findings === undefined)
        return 'its result is in a form that is not counted';
    const counts = _verdict_statement_summary_js__WEBPACK_IMPORTED_MODULE_0__/* .severities */ .g.filter((name) => findings[name] > 0);
    if (counts.length === 0)
        return 'nothing found';
    return counts
        .map((name) => `${findings[name]} ${name === 'unknown' ? 'of unknown severity' : name}`)
        .join(', ');
}
function vex({ author, statements }) {
    const counts = _verdict_statement_summary_js__WEBPACK_IMPORTED_MODULE_0__/* .vexStatuses */ .u.filter((name) => statements[name] > 0);
    const said = counts.map((name) => `${statements[name]} ${words[name]}`).join(', ');
    return `OpenVEX${author === undefined ? '' : ` by ${author}`}: ${said === '' ? 'no statements' : said}`;
}
const words = {
    affected: 'affected',
    under_investigation: 'under investigation',
    fixed: 'fixed',
    not_affected: 'not affected',
    unknown: 'of unknown status',
};
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 68799:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  V: () => (/* binding */ toSummary)
});

// UNUSED EXPORTS: summaryLimit

// EXTERNAL MODULE: ./src/report/distinct.ts
var distinct = __nccwpck_require__(75652);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __nccwpck_require__(14031);
// EXTERNAL MODULE: ./src/report/outcomes.ts
var outcomes = __nccwpck_require__(51921);
// EXTERNAL MODULE: ./src/evidence/statement.ts
var evidence_statement = __nccwpck_require__(63240);
// EXTERNAL MODULE: ./src/report/statements.ts
var statements = __nccwpck_require__(92182);
;// CONCATENATED MODULE: ./src/report/tree-mermaid.ts

const longestLabel = 80;
const longestDetail = 110;
/** Of what is met, that it is says enough from here on. */
const mostDepth = 1;
/** Of a larger tree only what is not met says why: else the picture would be pages high. */
const mostWithDetail = 12;
const marks = {
    met: '✅',
    unmet: '❌',
    unknown: '❔',
    exempt: '➖',
};
/** Boxes that bring their own ground, so that they can be read on a light page and on a dark one. */
const classes = [
    'classDef met fill:#dafbe1,stroke:#1a7f37,color:#0b3d1b',
    'classDef unmet fill:#ffebe9,stroke:#cf222e,color:#6e0a18,stroke-width:2px',
    'classDef unknown fill:#fff8c5,stroke:#9a6700,color:#4d3300,stroke-width:2px',
    'classDef exempt fill:#eff2f5,stroke:#6e7781,color:#32383f',
    'classDef idle fill:#eff2f5,stroke:#6e7781,color:#32383f,stroke-dasharray:4 3',
];
/**
 * The tree as a block of mermaid, which GitHub draws. Names from outside stand in quoted labels in which nothing but
 * letters, digits, spaces, commas and slashes is written as it is: no directive, no link and no markup can begin there.
 */
function mermaidTree(root) {
    const nodes = [];
    const edges = [];
    const add = (text, kind, parent) => {
        const id = `n${nodes.length}`;
        nodes.push(`  ${id}["${text}"]:::${kind}`);
        if (parent !== undefined)
            edges.push(`  ${parent} --> ${id}`);
        return id;
    };
    const isTerse = countOf(root) > mostWithDetail;
    const draw = (node, parent, depth) => {
        const { status, label, detail, code, idle, children, leftOut } = node;
        const unneeded = idle && status !== 'met' ? ', not needed' : '';
        const head = `${marks[status]} ${quoted((0,report_escape/* shorten */.ml)(`${label}${code === undefined ? '' : ` (${code})`}${unneeded}`, longestLabel))}`;
        const why = status === 'met' && (isTerse || depth > mostDepth)
            ? ''
            : `<br>${quoted((0,report_escape/* shorten */.ml)(detail, longestDetail))}`;
        const id = add(`${head}${why}`, idle ? 'idle' : status, parent);
        for (const child of children)
            draw(child, id, depth + 1);
        if (leftOut !== undefined)
            add(`… ${quoted(leftOut)}`, 'exempt', id);
    };
    draw(root, undefined, 0);
    const lines = [
        `%%{init: ${JSON.stringify({ flowchart: { nodeSpacing: 14, rankSpacing: 40, wrappingWidth: 320 } })}}%%`,
        'flowchart LR',
        '  accTitle: What is asked of the image, and what it came to',
        ...nodes,
        ...edges,
        ...classes.map((one) => `  ${one}`),
    ];
    return `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``;
}
function countOf({ children }) {
    return children.reduce((sum, child) => sum + countOf(child), 1);
}
const harmless = /[^\p{L}\p{N} ,/]/gu;
/** In mermaid's own form of entities. */
function quoted(text) {
    return (0,report_escape/* line */.n8)(text).replace(harmless, (character) => `#${String(character.codePointAt(0))};`);
}

// EXTERNAL MODULE: ./src/report/tree.ts
var tree = __nccwpck_require__(87036);
// EXTERNAL MODULE: ./src/report/vouching.ts
var vouching = __nccwpck_require__(48507);
;// CONCATENATED MODULE: ./src/report/summary-evidence.ts








const mostStatements = 50;
const mostVouchers = 30;
const mostDetails = 20;
const longestText = 600;
/** Of more images those who vouched for them are counted. */
const mostNamed = 5;
const mostPictures = 6;
const mostNodes = 30;
const outcomeMarks = {
    verified: '✅&nbsp;verified',
    rejected: '❌&nbsp;rejected',
    undetermined: '⚠️&nbsp;undetermined',
    'not-checked': '➖&nbsp;not&nbsp;checked',
};
const statusMarks = {
    met: '✅',
    unmet: '❌',
    unknown: '❔',
    exempt: '➖',
};
function signerCell({ keyRef, keyId, identity }) {
    if (identity !== undefined)
        return `${(0,report_escape/* inCode */.pN)(identity.subject)} (${(0,report_escape/* inCode */.pN)(identity.issuer)})`;
    return keyId === '' ? (0,report_escape/* inCode */.pN)(keyRef) : `${(0,report_escape/* inCode */.pN)(keyRef)} (${(0,report_escape/* inCode */.pN)(keyId)})`;
}
/** Who signed, with what, when, and where to find it: of a few images each, of many by signer. */
function vouched(images) {
    const isEach = images.length <= mostNamed;
    const rows = isEach ? images.flatMap(vouching/* vouchersOf */.NH) : (0,vouching/* groupVouchers */.D_)(images);
    if (rows.length === 0)
        return '';
    const lines = rows.slice(0, mostVouchers).map((row) => {
        const cells = [
            ...('image' in row
                ? images.length > 1
                    ? [`${(0,report_escape/* inCode */.pN)(row.image.reference)}<br>${outcomeMarks[row.outcome]}`]
                    : []
                : [`${row.images} ${outcomeMarks[row.outcome]}`]),
            whoCell(row),
            (0,report_escape/* inert */.tJ)(row.kind),
            (0,vouching/* timesText */.Aq)(row)
                .map((time) => (0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(time, 100)))
                .join('<br>'),
            (0,report_escape/* inCode */.pN)((0,report_escape/* brief */.dh)(row.where)),
        ];
        return `| ${cells.join(' | ')} |`;
    });
    const more = rows.length > mostVouchers ? `\n\n… and ${rows.length - mostVouchers} more in the result file` : '';
    const heads = [
        ...(images.length > 1 ? [isEach ? 'Image' : 'Images'] : []),
        ...['Signer', 'Evidence', 'Proven time', isEach ? 'Where it lies' : 'Where the first lies'],
    ];
    const head = `| ${heads.join(' | ')} |\n| ${heads.map(() => '---').join(' | ')} |`;
    return `### Who vouched for it\n\n${head}\n${lines.join('\n')}${more}`;
}
function whoCell({ signer, signerDetail }) {
    return signerDetail === '' ? (0,report_escape/* inCode */.pN)(signer) : `${(0,report_escape/* inCode */.pN)(signer)}<br>${(0,report_escape/* inCode */.pN)(signerDetail)}`;
}
/** What verified attestations say. Who says it is proven; the page must not read as if the rest were. */
function attested(images) {
    const rows = images.flatMap(({ reference, signatures }) => (0,distinct/* distinct */.d)(signatures).flatMap((signature) => {
        const { verified, attests, statement } = signature;
        if (!verified || attests === undefined || statement === undefined)
            return [];
        const says = (0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)((0,statements/* sentence */.e)(statement), longestText));
        // One image is named above; its name would push what they say beyond the page.
        const cells = [...(images.length > 1 ? [(0,report_escape/* inCode */.pN)(reference)] : []), (0,report_escape/* inCode */.pN)((0,evidence_statement/* shortNameOf */.PI)(attests))];
        return [`| ${[...cells, signerCell(signature), says].join(' | ')} |`];
    }));
    if (rows.length === 0)
        return '';
    const more = rows.length > mostStatements ? `\n\n… and ${rows.length - mostStatements} more in the result file` : '';
    const note = 'Who attested this is proven. What they say is their claim: it was read, and not checked.';
    const heads = [...(images.length > 1 ? ['Image'] : []), 'Type', 'Attested by', 'What they say'];
    const head = `| ${heads.join(' | ')} |\n| ${heads.map(() => '---').join(' | ')} |`;
    return `### What was attested\n\n${note}\n\n${head}\n${rows.slice(0, mostStatements).join('\n')}${more}`;
}
/**
 * How it is known: of one image a picture, and below it every check in words. Of several, one picture for each shape of
 * findings, which is that of all images with it; what failed stands first.
 */
function howWeKnow(images) {
    const [only, ...others] = images;
    if (!only)
        return [];
    if (others.length === 0)
        return [`### How we know\n\n${picture(only)}`, detail(only, '', '')];
    const shapes = new Map();
    for (const image of (0,outcomes/* imagesWorstFirst */.qg)(images)) {
        const shape = `${image.verdict}\n${(0,tree/* shapeOf */.F5)(image.finding)}`;
        const known = shapes.get(shape);
        if (known)
            known.push(image);
        else
            shapes.set(shape, [image]);
    }
    const first = [...shapes.values()].slice(0, mostPictures);
    const pictured = new Set(first.flatMap(([image]) => image ?? []));
    const further = (0,outcomes/* imagesWorstFirst */.qg)(images).filter((image) => !pictured.has(image));
    const details = [
        ...first.flatMap(([image, ...same]) => {
            const also = same.length === 0 ? '' : ` and ${same.length} more in the same way`;
            return image ? [detail(image, also, `${picture(image)}\n\n`)] : [];
        }),
        ...further.slice(0, mostDetails - pictured.size).map((image) => detail(image, '', '')),
    ];
    const more = images.length - details.length;
    const note = more > 0 ? `\n\nOf ${details.length} images; the result file has the other ${more}.` : '';
    return [`### How we know${note}`, ...details];
}
function picture({ finding }) {
    return mermaidTree((0,tree/* requirementTree */.I9)(finding, mostNodes));
}
function detail(image, also, drawn) {
    const claims = image.signatures.flatMap(({ claimed }) => claimed.signedAt
        ? [
            `<p>The record says it was signed at ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(claimed.signedAt, 100))}. That time is a claim: nothing signs it.</p>`,
        ]
        : []);
    return `<details><summary>How we know: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(image.reference, 200))}${also}</summary>\n\n${drawn}<ul>${list(image.finding, 0)}</ul>${claims.join('')}\n\n</details>`;
}
function list(finding, depth) {
    const children = depth > 20 ? [] : (finding.children ?? []);
    const below = children.length === 0 ? '' : `<ul>${children.map((child) => list(child, depth + 1)).join('')}</ul>`;
    return `<li>${statusMarks[finding.status]} <b>${(0,report_escape/* inert */.tJ)(finding.check)}</b>: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(finding.message, longestText))}${below}</li>`;
}

// EXTERNAL MODULE: ./src/report/build-reasons.ts
var build_reasons = __nccwpck_require__(81566);
// EXTERNAL MODULE: ./src/report/near-misses.ts
var near_misses = __nccwpck_require__(84455);
// EXTERNAL MODULE: ./src/report/place.ts
var place = __nccwpck_require__(18141);
// EXTERNAL MODULE: ./src/report/words.ts
var words = __nccwpck_require__(72691);
;// CONCATENATED MODULE: ./src/report/summary-failures.ts







const summary_failures_mostDetails = 20;
const mostApart = 5;
const mostPlaces = 5;
const summary_failures_longestText = 600;
/** Of several images: how many came to what, why, and whose turn it is; what failed first. */
function atAGlance({ images }) {
    if (images.length < 2)
        return '';
    const rows = (0,outcomes/* groupOutcomes */.zx)(images).map(({ outcome, failure, images: own }) => {
        const code = failure === null ? '–' : `\`${failure.code}\``;
        const next = failure === null ? '–' : (0,report_escape/* inert */.tJ)(failure.hint);
        const whose = outcome === 'not-checked' ? 'who writes the policies' : (0,words/* party */.Hg)(failure);
        return `| ${own.length} | ${outcomeMarks[outcome]} | ${code} | ${whose} | ${next} |`;
    });
    const head = '| Images | Verdict | Code | Whose turn | What next |\n| ---: | --- | --- | --- | --- |';
    return `### At a glance\n\n${head}\n${rows.join('\n')}`;
}
function failures({ images, failure }) {
    // What speaks for the run comes first; of many images, those that failed in the same way stand together.
    const worstFirst = (0,outcomes/* imagesWorstFirst */.qg)(images).filter((image) => image.failure !== null && !image.allowed);
    const isMany = worstFirst.length > mostApart;
    const failed = isMany ? (0,outcomes/* groupOutcomes */.zx)(worstFirst).flatMap((group) => group.images) : worstFirst;
    // A failure of the run itself: an input, a policy that cannot be read.
    const own = failure && !failed.some((image) => image.failure?.message === failure.message)
        ? [
            `\`${failure.code}\`: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(failure.message, summary_failures_longestText))}\n\n**Next:** ${(0,report_escape/* inert */.tJ)(failure.hint)}`,
        ]
        : [];
    const rows = failed.slice(0, summary_failures_mostDetails).map((image) => failureItem(image, isMany));
    const more = failed.length > summary_failures_mostDetails ? [`- … and ${failed.length - summary_failures_mostDetails} more in the result file`] : [];
    const listed = rows.length === 0 ? [] : [[...rows, ...more].join('\n')];
    const said = [...own, ...listed];
    return said.length === 0 ? '' : `### What failed\n\n${said.join('\n\n')}`;
}
/** @param isBrief what to do next stands above, by code */
function failureItem(image, isBrief) {
    const { origins = [] } = image;
    const places = origins
        .slice(0, mostPlaces)
        .map((origin) => `\n  - At ${(0,report_escape/* inCode */.pN)((0,report_escape/* shorten */.ml)((0,place/* placeText */.Z9)(origin), summary_failures_longestText))}`);
    if (origins.length > mostPlaces)
        places.push(`\n  - … and at ${origins.length - mostPlaces} more places`);
    const misses = (0,near_misses/* nearMissesOf */.i)(image.finding).map((miss) => `\n  - Near miss: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(miss, summary_failures_longestText))}`);
    const further = (0,build_reasons/* furtherReasons */.Q)(image).map((reason) => `\n  - Also: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(reason, summary_failures_longestText))}`);
    const { code = '', message = '', hint = '' } = image.failure ?? {};
    const next = isBrief ? '' : `\n  - **Next:** ${(0,report_escape/* inert */.tJ)(hint)}`;
    return `- ${(0,report_escape/* inCode */.pN)(image.reference)} \`${code}\`: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(message, summary_failures_longestText))}${further.join('')}${places.join('')}${misses.join('')}${next}`;
}
/** Images that nothing is demanded of, where that is allowed: they are not verified, and must not look as if they were. */
function notChecked({ images, policies = [] }) {
    const own = images.filter(({ allowed }) => allowed);
    if (own.length === 0)
        return '';
    const rows = own.slice(0, summary_failures_mostDetails).map((image) => {
        const [origin] = image.origins ?? [];
        const where = origin === undefined ? '' : ` at ${(0,report_escape/* inCode */.pN)((0,report_escape/* shorten */.ml)((0,place/* placeText */.Z9)(origin), summary_failures_longestText))}`;
        return `- ${(0,report_escape/* inCode */.pN)(image.reference)}${where}: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)((0,place/* whyNotChecked */.P_)(image, policies), summary_failures_longestText))}`;
    });
    const more = own.length > summary_failures_mostDetails ? [`- … and ${own.length - summary_failures_mostDetails} more in the result file`] : [];
    return `### Not checked\n\n${[...rows, ...more].join('\n')}`;
}

// EXTERNAL MODULE: ./src/report/policy-results.ts
var policy_results = __nccwpck_require__(66645);
;// CONCATENATED MODULE: ./src/report/summary-policies.ts



const mostRows = 100;
const summary_policies_mostPlaces = 3;
const summary_policies_longestText = 300;
const longestMessage = 200;
const summary_policies_marks = {
    pass: '✅',
    fail: '❌',
    warn: '⚠️',
    error: '❔',
    skip: '➖',
};
/** What each rule says to each image, what matters first; a table that is cut leaves out passes. */
function policySection(rows) {
    if (rows.length === 0)
        return '';
    const lines = (0,policy_results/* worstFirst */.md)(rows)
        .slice(0, mostRows)
        .map(({ result, resource, image, message, ...rule }) => {
        const cells = [
            `${summary_policies_marks[result]}&nbsp;${result}`,
            (0,report_escape/* inCode */.pN)((0,place/* ruleText */.Y3)(rule)),
            // One cell for both: the message must stay on the page.
            [...(resource === undefined ? [] : [(0,place/* resourceText */.s8)(resource)]), image]
                .map((text) => (0,report_escape/* inCode */.pN)((0,report_escape/* shorten */.ml)(text, summary_policies_longestText)))
                .join('<br>'),
            result === 'pass' ? '–' : (0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)((0,report_escape/* brief */.dh)(message), longestMessage)),
        ];
        return `| ${cells.join(' | ')} |`;
    });
    const more = rows.length > mostRows ? `\n\n… and ${rows.length - mostRows} more in the result file` : '';
    const head = '| Result | Rule | Resource and image | What it says |\n| --- | --- | --- | --- |';
    return `### What the policies say\n\n${(0,policy_results/* countsText */.WN)((0,policy_results/* countOutcomes */.XF)(rows))}\n\n${head}\n${lines.join('\n')}${more}`;
}
/** The manifests that came out with digests. */
function pinnedSection(pinned, folder) {
    const lines = pinned.slice(0, mostRows).map(({ file, changed }) => {
        const said = changed === 0 ? 'no digest written' : `${changed} digest${changed === 1 ? '' : 's'} written`;
        return `- ${(0,report_escape/* inCode */.pN)(file)}: ${said}`;
    });
    const more = pinned.length > mostRows ? `\n- … and ${pinned.length - mostRows} more` : '';
    const note = 'Only verified images got their digest, and nothing else in them changed. An image that still has none is not verified.';
    return `### Manifests with digests\n\nIn ${(0,report_escape/* inCode */.pN)(folder)}. ${note}\n\n${lines.join('\n')}${more}`;
}
/** Where an image stands, for a table cell: the place, and below it the resource. */
function placesCell(origins) {
    if (origins.length === 0)
        return '–';
    const places = origins.slice(0, summary_policies_mostPlaces).map(({ file, line, resource, container }) => {
        const what = resource === undefined ? '' : `<br>${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)((0,place/* resourceText */.s8)(resource), summary_policies_longestText))}`;
        const own = container === undefined ? '' : ` (${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(container, summary_policies_longestText))})`;
        return `${(0,report_escape/* inCode */.pN)(`${(0,report_escape/* shorten */.ml)(file, summary_policies_longestText)}:${line}`)}${what}${own}`;
    });
    const more = origins.length > summary_policies_mostPlaces ? [`… and ${origins.length - summary_policies_mostPlaces} more`] : [];
    return [...places, ...more].join('<br>');
}

;// CONCATENATED MODULE: ./src/report/summary.ts







/** The runner drops a larger summary whole. */
const summaryLimit = 1024 * 1024;
const summary_mostRows = 100;
/** A longer table is folded. */
const mostOpenRows = 20;
const summary_mostDetails = 20;
const summary_longestText = 600;
const summary_marks = { verified: '✅', rejected: '❌', undetermined: '⚠️' };
/**
 * The job summary: the verdict in a sentence, what nobody checked and whose turn it is; what failed and what next; what
 * to deploy, who vouched for it, and how that is known. Everything from outside is escaped, the tables are bounded, and the whole stays within what the
 * runner shows.
 *
 * @param pinnedTo the folder that manifests with digests were written to
 */
function toSummary(result, ending, pinnedTo) {
    const isOne = result.images.length === 1;
    const parts = [
        heading(result, ending),
        atAGlance(result),
        failures(result),
        notChecked(result),
        deploy(result, ending),
        pinnedTo === undefined ? '' : pinnedSection(result.pinned ?? [], pinnedTo),
        vouched(result.images),
        table(result.images),
        // Of one image the picture says what the policies say; of many it is what one looks up.
        ...(isOne ? [] : [policySection(result.policies ?? [])]),
        attested(result.images),
        ...howWeKnow(result.images),
        ...(isOne ? [policySection(result.policies ?? [])] : []),
        footer(result),
    ].filter((part) => part !== '');
    const kept = [];
    let size = 0;
    for (const part of parts) {
        size += Buffer.byteLength(part) + 2;
        if (size > summaryLimit - 200) {
            kept.push('*This summary was cut; the result file has all of it.*');
            break;
        }
        kept.push(part);
    }
    return `${kept.join('\n\n')}\n`;
}
function heading(result, ending) {
    const { verdict, failure, warnings } = result;
    const pass = ending.letPass
        ? '\n\n> [!WARNING]\n> The step passes because its inputs ask for that. **Not everything is verified:** ' +
            `${(0,words/* spared */.A3)(result)}.`
        : '';
    const warned = warnings
        .slice(0, summary_mostDetails)
        .map((warning) => `\n> - ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(warning, summary_longestText))}`)
        .join('');
    const more = warnings.length > summary_mostDetails
        ? `\n> - … and ${warnings.length - summary_mostDetails} more warnings in the result file`
        : '';
    const aloud = warnings.length === 0 ? '' : `\n\n> [!WARNING]${warned}${more}`;
    const said = (0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)((0,words/* headline */.Pl)(result), summary_longestText));
    return `## ${summary_marks[verdict]} ${(0,words/* title */.DD)(verdict, failure)}\n\n${said}${pass}${aloud}\n\n**Whose turn:** ${(0,words/* turn */.wC)(failure)}${(0,words/* alsoTurn */.Px)(result)}`;
}
function deploy({ images }, { handOn }) {
    const verified = images.filter((image) => image.verdict === 'verified' && image.pinned !== null);
    if (verified.length === 0 || !handOn)
        return '';
    const rows = verified.slice(0, summary_mostRows).map((image) => (0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(String(image.pinned), summary_longestText)));
    const more = verified.length > summary_mostRows ? `\n… and ${verified.length - summary_mostRows} more in the result file` : '';
    const note = images.length > verified.length ? ' (the verified ones only)' : '';
    return `### Deploy by digest${note}\n\n<pre><code>${rows.join('\n')}${more}</code></pre>`;
}
function table(images) {
    if (images.length === 0)
        return '';
    const isPlaced = images.some(({ origins }) => origins !== undefined);
    const rows = (0,outcomes/* imagesWorstFirst */.qg)(images)
        .slice(0, summary_mostRows)
        .map((image) => {
        const verified = image.signatures.filter((signature) => signature.verified);
        const signers = [...new Set(verified.map(signerCell))];
        const cells = [
            outcomeMarks[(0,outcomes/* outcomeOf */.sG)(image)],
            (0,report_escape/* inCode */.pN)(image.reference),
            ...(isPlaced ? [placesCell(image.origins ?? [])] : []),
            signers.length === 0 ? '–' : signers.join('<br>'),
            // The whole one is above; where the places stand beside it, there is no room for it.
            ...(isPlaced ? [] : [image.digest === null ? '–' : (0,report_escape/* inCode */.pN)(shortDigest(image.digest))]),
        ];
        return `| ${cells.join(' | ')} |`;
    });
    const more = images.length > summary_mostRows ? `\n\n… and ${images.length - summary_mostRows} more in the result file` : '';
    const heads = ['Verdict', 'Image', ...(isPlaced ? ['Where', 'Signed by'] : ['Signed by', 'Digest'])];
    const all = `| ${heads.join(' | ')} |\n| ${heads.map(() => '---').join(' | ')} |\n${rows.join('\n')}${more}`;
    if (images.length <= mostOpenRows)
        return `### Images\n\n${all}`;
    const shown = Math.min(images.length, summary_mostRows);
    return `### Images\n\n<details><summary>${shown} of ${images.length}, what failed first</summary>\n\n${all}\n\n</details>`;
}
/** Enough to recognise; whole, it would push the table beyond the page. The whole one is above and below. */
function shortDigest(digest) {
    return `${digest.slice(0, 'sha256:'.length + 12)}…`;
}
function footer({ keys, calls, trust, policyFiles = [] }) {
    const asked = (0,distinct/* distinct */.d)(keys).map(({ reference, id, type }) => `${(0,report_escape/* inCode */.pN)(reference)} (${(0,report_escape/* inert */.tJ)(type)}, ${(0,report_escape/* inCode */.pN)(id)})`);
    const read = policyFiles
        .slice(0, summary_mostDetails)
        .map(({ file, sha256 }) => `${(0,report_escape/* inCode */.pN)(file)} (SHA-256 ${(0,report_escape/* inCode */.pN)(sha256.slice(0, 12))}…)`);
    if (policyFiles.length > summary_mostDetails)
        read.push(`and ${policyFiles.length - summary_mostDetails} more`);
    const hosts = calls.map(({ host, count }) => `${(0,report_escape/* inCode */.pN)(host)} ×${count}`);
    return [
        asked.length === 0 ? '' : `**Keys asked for:** ${asked.join(', ')}`,
        read.length === 0 ? '' : `**Policies read:** ${read.join(', ')}`,
        trust === undefined ? '' : trustLine(trust),
        `**Hosts contacted:** ${hosts.length === 0 ? 'none' : hosts.join(', ')}`,
    ]
        .filter((part) => part !== '')
        .join('<br>\n');
}
function trustLine({ name, sha256, newestPart, checkedAt, expires }) {
    const facts = [
        `SHA-256 ${(0,report_escape/* inCode */.pN)(sha256)}`,
        ...(newestPart === undefined ? [] : [`newest part of ${(0,report_escape/* inert */.tJ)(newestPart)}`]),
        ...(checkedAt === undefined ? [] : [`asked at ${(0,report_escape/* inert */.tJ)(checkedAt)}`]),
        ...(expires === undefined ? [] : [`holds until ${(0,report_escape/* inert */.tJ)(expires)}`]),
    ];
    return `**Trusted root:** ${(0,report_escape/* inCode */.pN)(name)} (${facts.join(', ')})`;
}


/***/ }),

/***/ 65655:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ digests),
/* harmony export */   f: () => (/* binding */ toText)
/* harmony export */ });
/* harmony import */ var _reference_parse_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(5411);
/* harmony import */ var _reference_reference_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(71644);
/* harmony import */ var _verdict_result_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(18364);
/* harmony import */ var _build_reasons_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(81566);
/* harmony import */ var _near_misses_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(84455);
/* harmony import */ var _document_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(48101);
/* harmony import */ var _distinct_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(75652);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(14031);
/* harmony import */ var _place_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(18141);
/* harmony import */ var _policy_results_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(66645);
/* harmony import */ var _statements_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(92182);











const longestText = 600;
const mostPlaces = 10;
const mostRows = 200;
/**
 * The report for a terminal. Up to the first indented `Verdict:` it is what `s3lo verify` prints, on the same streams:
 * ✓ on stdout, ✗ and errors on stderr. What policies and manifests add stands below that, and what nobody checked last,
 * where a terminal shows it.
 *
 * @param pinnedTo the folder that manifests with digests were written to
 */
function toText(result, pinnedTo) {
    const stdout = [];
    const stderr = [];
    const rows = result.policies ?? [];
    for (const image of result.images) {
        if (image.verdict === 'verified')
            stdout.push(...verifiedLines(image, rows.length > 0));
        else
            stderr.push(...(image.allowed ? notCheckedLines(image, rows) : failedLines(image, rows.length > 0)));
    }
    // A failure that is no image's: an input, a policy that cannot be read, nothing to verify.
    if (result.failure && !isOfImage(result, result.failure)) {
        stderr.push(`Error: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(result.failure.message)}`, ...verdictLines('undetermined', result.failure));
    }
    const target = result.verdict === 'verified' ? stdout : stderr;
    if (rows.length > 0)
        target.push(...policyLines(rows));
    if (result.images.length > 1)
        target.push(tallyLine(result));
    if (pinnedTo !== undefined && result.pinned)
        stdout.push(...pinnedLines(result.pinned, pinnedTo));
    stderr.push(...result.warnings.map((warning) => `Warning: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(warning)}`));
    return { stdout, stderr };
}
/** The run's failure is that of an image where one has it; then the image has said it. */
function isOfImage({ images }, { code, message }) {
    return images.some(({ failure, allowed }) => allowed !== true && failure?.code === code && failure.message === message);
}
function tallyLine({ verdict, images }) {
    const count = (one) => images.filter((image) => image.verdict === one && !image.allowed).length;
    const unchecked = images.filter(({ allowed }) => allowed).length;
    const tally = `${count('verified')} verified, ${count('rejected')} rejected, ${count('undetermined')} undetermined`;
    return `${verdict}: ${images.length} images, ${tally}${unchecked === 0 ? '' : `, ${unchecked} not checked`}`;
}
/** s3lo says the last part of the name; of images that policies or manifests name only the whole name says which. */
function nameOf({ reference, origins }, isWhole) {
    return (0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(isWhole || origins ? reference : (0,_reference_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .displayName */ .QC)({ text: reference }));
}
function placeLines({ origins = [] }) {
    const lines = origins.slice(0, mostPlaces).map((origin) => `  At:      ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)((0,_place_js__WEBPACK_IMPORTED_MODULE_6__/* .placeText */ .Z9)(origin))}`);
    return origins.length > mostPlaces
        ? [...lines, `  At:      … and ${origins.length - mostPlaces} more places`]
        : lines;
}
function notCheckedLines(image, rows) {
    const why = (0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .shorten */ .ml)((0,_place_js__WEBPACK_IMPORTED_MODULE_6__/* .whyNotChecked */ .P_)(image, rows), longestText);
    return [`– Not checked: ${nameOf(image, true)}`, `  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(why)}`, ...placeLines(image)];
}
function policyLines(rows) {
    const lines = (0,_policy_results_js__WEBPACK_IMPORTED_MODULE_7__/* .worstFirst */ .md)(rows)
        .slice(0, mostRows)
        .map(({ result, resource, image, message, ...rule }) => {
        const where = resource === undefined ? '' : ` ${(0,_place_js__WEBPACK_IMPORTED_MODULE_6__/* .resourceText */ .s8)(resource)}`;
        const said = result === 'pass' ? '' : `: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .shorten */ .ml)(message, longestText)}`;
        return `  ${result.padEnd(5)} ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(`${(0,_place_js__WEBPACK_IMPORTED_MODULE_6__/* .ruleText */ .Y3)(rule)}${where} ${image}${said}`)}`;
    });
    const more = rows.length > mostRows ? [`  … and ${rows.length - mostRows} more in the result document`] : [];
    return [`Policies: ${(0,_policy_results_js__WEBPACK_IMPORTED_MODULE_7__/* .countsText */ .WN)((0,_policy_results_js__WEBPACK_IMPORTED_MODULE_7__/* .countOutcomes */ .XF)(rows))}`, ...lines, ...more];
}
function pinnedLines(pinned, folder) {
    const lines = pinned.slice(0, mostRows).map(({ file, changed }) => `  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(file)}: ${digests(changed)}`);
    const more = pinned.length > mostRows ? [`  … and ${pinned.length - mostRows} more`] : [];
    return [`Manifests with digests, in ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(folder)}:`, ...lines, ...more];
}
/** How many digests were written into a manifest. */
function digests(count) {
    return count === 0 ? 'none written' : `${count} written`;
}
function verifiedLines(image, isWhole) {
    const signatures = (0,_distinct_js__WEBPACK_IMPORTED_MODULE_8__/* .distinct */ .d)(image.signatures.filter((signature) => signature.verified));
    return [
        `✓ Verified ${nameOf(image, isWhole)}`,
        `  Digest:  ${image.digest ?? whyNoDigest(image)}`,
        ...placeLines(image),
        ...signatures.flatMap((signature) => [
            signature.format === 's3lo-record'
                ? `  Signed:  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(signature.claimed.signedAt ?? '')}`
                : `  Found:   ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(signature.where)} (${signature.attests === undefined ? signature.format : `${signature.format}, ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(signature.attests)}`})`,
            ...signerLines(signature),
            ...(signature.statement
                ? [`  Says:    ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)((0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .shorten */ .ml)((0,_statements_js__WEBPACK_IMPORTED_MODULE_3__/* .sentence */ .e)(signature.statement), longestText))}`]
                : []),
        ]),
        ...(0,_build_reasons_js__WEBPACK_IMPORTED_MODULE_1__/* .bindingsOf */ .k)(image).map((binding) => `  Built:   ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(binding)}`),
        ...(image.finding.children ?? []).flatMap(({ check, message }) => check === 'deep' ? [`  Read:    ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(message)}`] : []),
    ];
}
function whyNoDigest({ finding }) {
    return finding.check === 'subjects'
        ? 'none: no image was given, its digests alone were held against the policy'
        : 'none: a static policy admits it, nothing was looked at';
}
function signerLines({ keyRef, identity, times = [] }) {
    const proven = times.map(({ at, by }) => `  Time:    ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(at)} (${by === 'timestamp' ? by : 'transparency log'})`);
    if (identity === undefined)
        return [`  Key:     ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(keyRef)}`, ...proven];
    return [`  Signer:  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(identity.subject)}`, `  Issuer:  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(identity.issuer)}`, ...proven];
}
function failedLines(image, isWhole) {
    const misses = (0,_near_misses_js__WEBPACK_IMPORTED_MODULE_9__/* .nearMissesOf */ .i)(image.finding).map((miss) => `  Near miss: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(miss)}`);
    const further = (0,_build_reasons_js__WEBPACK_IMPORTED_MODULE_1__/* .furtherReasons */ .Q)(image).map((reason) => `  And:     ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)((0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .shorten */ .ml)(reason, longestText))}`);
    const verdict = image.failure ? verdictLines(image.verdict, image.failure) : [];
    if (image.verdict === 'rejected') {
        const head = `✗ Verification FAILED for ${nameOf(image, isWhole)}`;
        return [
            head,
            `  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)((0,_document_js__WEBPACK_IMPORTED_MODULE_2__/* .peerReason */ .zj)(image) ?? '')}`,
            ...further,
            ...placeLines(image),
            ...misses,
            ...verdict,
        ];
    }
    const about = isWhole || image.origins ? `${nameOf(image, true)}: ` : '';
    const said = `Error: ${about}${errorPrefix(image)}${(0,_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .line */ .n8)(image.failure?.message ?? '')}`;
    return [said, ...further, ...placeLines(image), ...misses, ...verdict];
}
/** Where s3lo says at which step it stopped. */
function errorPrefix({ finding, reference }) {
    const { kind } = (0,_reference_parse_js__WEBPACK_IMPORTED_MODULE_10__/* .parseReference */ .F)(reference);
    if (finding.status !== 'unknown' || kind === 'registry' || kind === 'oci-layout')
        return '';
    switch ((0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_0__/* .decidingPart */ .t5)(finding).check) {
        case 'image-found':
            return 'read manifest: ';
        case 'record-read':
            return 'read signature: ';
        case 'key-loaded':
            return 'load verification key: ';
        case 'store-opened':
            return 'create storage client: ';
        default:
            return '';
    }
}
function verdictLines(verdict, failure) {
    const service = failure.service === undefined ? '' : `, service ${failure.service}`;
    return [`  Verdict: ${verdict} (${failure.class}, ${failure.code}${service})`, `  Next:    ${failure.hint}`];
}


/***/ }),

/***/ 87036:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F5: () => (/* binding */ shapeOf),
/* harmony export */   I9: () => (/* binding */ requirementTree),
/* harmony export */   o7: () => (/* binding */ statusWords)
/* harmony export */ });
/* harmony import */ var _check_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(27666);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(14031);


/** The four answers in words, for those who do not see the colour. */
const statusWords = {
    met: 'met',
    unmet: 'not met',
    unknown: 'not known',
    exempt: 'does not count',
};
const deepest = 20;
const tally = /^(\d+) of (\d+) proven, (\d+) needed$/;
/**
 * What a picture shows of an image's findings. What is not met or not known has room first, then the rest level by
 * level; how much is left out is said where it would stand.
 *
 * @param most how many nodes there may be, at least 1
 */
function requirementTree(finding, most) {
    const root = partOf(finding, false, 0);
    let room = most;
    const keep = (part) => {
        part.isKept = true;
        part.parts = partsOf(part);
        room--;
    };
    keep(root);
    const failing = [root];
    // It grows as it is walked.
    for (const above of failing)
        for (const part of above.parts) {
            if (room === 0 || part.idle || !isOpen(part.finding))
                continue;
            keep(part);
            failing.push(part);
        }
    for (let level = [root]; level.length > 0 && room > 0; level = level.flatMap(({ parts }) => parts)) {
        const next = level.flatMap(({ parts }) => parts.filter(({ isKept }) => !isKept));
        // Half a level would make some look better founded than others.
        if (next.length > room && level[0] !== root)
            break;
        for (const part of next.slice(0, room))
            keep(part);
    }
    return draw(root);
}
function isOpen(finding) {
    return finding.status === 'unmet' || finding.status === 'unknown';
}
function partsOf({ finding, idle, depth }) {
    if (depth >= deepest)
        return [];
    return (finding.children ?? []).map((child) => partOf(child, idle || isNotNeeded(child, finding), depth + 1));
}
function isNotNeeded(child, { status }) {
    if (status === 'exempt')
        return true;
    return status === 'met' && isOpen(child);
}
/** A whole of one part says nothing that the part does not say, but for a name that somebody gave it. */
function partOf(finding, idle, depth) {
    let shown = finding;
    let name = finding.check;
    for (;;) {
        const [only, ...others] = shown.children ?? [];
        if (!only || others.length > 0 || only.status !== shown.status || !tally.test(shown.message))
            break;
        if ((0,_check_words_js__WEBPACK_IMPORTED_MODULE_0__/* .isOwnName */ .s)(name) && (0,_check_words_js__WEBPACK_IMPORTED_MODULE_0__/* .isOwnName */ .s)(only.check) && name !== only.check)
            break;
        shown = only;
        if (!(0,_check_words_js__WEBPACK_IMPORTED_MODULE_0__/* .isOwnName */ .s)(name))
            name = only.check;
    }
    return { finding: shown, label: (0,_check_words_js__WEBPACK_IMPORTED_MODULE_0__/* .checkWords */ .i)(name), idle, depth, isKept: false, parts: [] };
}
function draw({ finding, label, idle, parts, depth }) {
    const { status, message } = finding;
    const kept = parts.filter(({ isKept }) => isKept);
    const lost = depth >= deepest
        ? (finding.children ?? [])
        : parts.filter(({ isKept }) => !isKept).map((part) => part.finding);
    return {
        status,
        label,
        detail: detailOf(message),
        ...(isOpen(finding) &&
            !parts.some((part) => 'code' in part.finding && part.finding.code === finding.code) && {
            code: finding.code,
        }),
        idle,
        children: kept.map(draw),
        // That all parts of what is met are met needs no saying.
        ...((kept.length > 0 || lost.some(isOpen)) &&
            lost.length > 0 && { leftOut: `${lost.length} more: ${countText(lost)}` }),
    };
}
/** `3 met, 1 not met` */
function countText(findings) {
    const statuses = ['unmet', 'unknown', 'met', 'exempt'];
    return statuses
        .map((status) => [findings.filter((one) => one.status === status).length, statusWords[status]])
        .filter(([count]) => count > 0)
        .map(([count, words]) => `${count} ${words}`)
        .join(', ');
}
function detailOf(message) {
    const counted = tally.exec(message);
    if (!counted)
        return (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .brief */ .dh)(message);
    const [, proven = '', of = '', needed = ''] = counted;
    const demand = needed === of ? 'all needed' : needed === '1' ? 'one is enough' : `${needed} needed`;
    return `${proven} of ${of} proven, ${demand}`;
}
/**
 * What two images have in common whose pictures are the same but for names: checks, answers and codes. Bounded, as a
 * tree may be large: what lies beyond makes no picture.
 */
function shapeOf(finding) {
    const words = [];
    const walk = ({ check, status, children = [], ...rest }, depth) => {
        if (depth > deepest || words.length >= 1000)
            return;
        words.push(`${depth} ${status} ${check} ${'code' in rest ? rest.code : ''}`);
        for (const child of children)
            walk(child, depth + 1);
    };
    walk(finding, 0);
    return words.join('\n');
}


/***/ }),

/***/ 48507:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Aq: () => (/* binding */ timesText),
/* harmony export */   D_: () => (/* binding */ groupVouchers),
/* harmony export */   NH: () => (/* binding */ vouchersOf)
/* harmony export */ });
/* harmony import */ var _evidence_statement_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(63240);
/* harmony import */ var _distinct_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(75652);
/* harmony import */ var _outcomes_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(51921);



const formats = {
    's3lo-record': 's3lo record',
    'simple-signing': 'cosign signature',
    'dsse-envelope': 'DSSE envelope',
    'sigstore-bundle': 'sigstore bundle',
};
/** Signatures and attestations that were verified, each once. */
function vouchersOf(image) {
    return (0,_distinct_js__WEBPACK_IMPORTED_MODULE_1__/* .distinct */ .d)(image.signatures.filter(({ verified }) => verified)).map((signature) => {
        const { format, attests, keyRef, keyId, identity, times = [], claimed, where } = signature;
        return {
            image,
            outcome: (0,_outcomes_js__WEBPACK_IMPORTED_MODULE_2__/* .outcomeOf */ .sG)(image),
            signer: identity?.subject ?? keyRef,
            signerDetail: identity === undefined ? keyId : `by ${identity.issuer}`,
            kind: attests === undefined ? formats[format] : `attestation ${(0,_evidence_statement_js__WEBPACK_IMPORTED_MODULE_0__/* .shortNameOf */ .PI)(attests)} (${formats[format]})`,
            // Logs and authorities know seconds.
            times: times.map(({ at, by }) => `${at.replace('.000Z', 'Z')} (${by === 'timestamp' ? by : 'transparency log'})`),
            ...(claimed.signedAt !== undefined && claimed.signedAt !== '' && { claimed: claimed.signedAt }),
            where,
        };
    });
}
/** Of many images: who vouched for how many. */
function groupVouchers(images) {
    const groups = new Map();
    for (const voucher of images.flatMap(vouchersOf)) {
        const { image, outcome, signer, signerDetail, kind, times, where } = voucher;
        const key = JSON.stringify([outcome, signer, signerDetail, kind]);
        const group = groups.get(key) ?? {
            ...{ outcome, signer, signerDetail, kind, where, images: 0, times: [] },
            of: new Set(),
            all: new Set(),
        };
        group.of.add(image);
        for (const time of times)
            group.all.add(time);
        groups.set(key, group);
    }
    return [...groups.values()]
        .map(({ of, all, ...group }) => {
        const sorted = [...all].sort();
        return { ...group, images: of.size, times: [...new Set([...sorted.slice(0, 1), ...sorted.slice(-1)])] };
    })
        .sort((one, other) => other.images - one.images);
}
/** A time for a cell: what is proven; a claim is called one. */
function timesText({ times, claimed }) {
    if (times.length > 0)
        return times;
    return claimed === undefined ? ['none proven'] : [`none proven; it claims ${claimed}`];
}


/***/ }),

/***/ 72691:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A3: () => (/* binding */ spared),
/* harmony export */   DD: () => (/* binding */ title),
/* harmony export */   Hg: () => (/* binding */ party),
/* harmony export */   Pl: () => (/* binding */ headline),
/* harmony export */   Px: () => (/* binding */ alsoTurn),
/* harmony export */   iU: () => (/* binding */ message),
/* harmony export */   wC: () => (/* binding */ turn)
/* harmony export */ });
/* harmony import */ var _verdict_codes_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24423);
/* harmony import */ var _outcomes_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(51921);


/** The verdict in two words for a title: which of the three, and what kind of failure. */
function title(verdict, failure) {
    if (verdict === 'verified')
        return 'Verified';
    if (verdict === 'rejected')
        return 'Rejected: supply chain';
    return failure?.class === 'configuration' ? 'Undetermined: configuration' : 'Undetermined: infrastructure';
}
const turns = {
    'supply-chain': 'The owner of the image: something about the image or its signature is wrong.',
    infrastructure: 'The owner of the pipeline: a service did not give what is needed, so nothing is known about the image.',
    configuration: 'The owner of the pipeline: this step is set up wrongly, so nothing is known about the image.',
};
/** Whose turn it is, in one sentence. */
function turn(failure) {
    return failure ? turns[failure.class] : 'Nobody: the image may be promoted.';
}
const operators = {
    registry: 'who runs the registry',
    storage: 'who runs the storage',
    key: 'who runs the key service',
    trust: 'who hands out the trusted root',
    github: 'GitHub',
    archivista: 'who runs Archivista',
    engine: '',
};
/** Whose turn it is in a few words, for a table: of an outage also who can look at the other end. */
function party(failure) {
    if (failure === null)
        return 'nobody';
    if (failure.class === 'supply-chain')
        return 'the owner of the image';
    const operator = failure.class === 'infrastructure' && failure.service !== undefined ? operators[failure.service] : '';
    return `the owner of the pipeline${operator === '' ? '' : `, then ${operator}`}`;
}
/** The verdict in one sentence, as it stands right below its title. */
function headline({ verdict, failure, images, }) {
    const [only, ...others] = images;
    if (!only)
        return failure?.message ?? '';
    const own = failure !== null && !images.some((image) => image.failure?.message === failure.message);
    if (others.length > 0)
        return `${(0,_outcomes_js__WEBPACK_IMPORTED_MODULE_1__/* .outcomesText */ .xL)(images)}${own ? `; and ${failure.message}` : ''}.`;
    if (only.allowed)
        return `${only.reference}: nothing is demanded of it, so nothing was checked.`;
    if (own)
        return `${only.reference}: ${failure.message}`;
    if (verdict === 'verified')
        return only.digest === null
            ? `${only.reference}: a static policy admits it, and nothing was looked at.`
            : `${only.reference}: everything that was asked of it is proven.`;
    return `${only.reference}: ${failure === null ? verdict : _verdict_codes_js__WEBPACK_IMPORTED_MODULE_0__/* .codes */ .F4[failure.code].meaning}`;
}
/** What a step that passes on its users' wish would have failed for. */
function spared({ images }) {
    const failed = images.filter(({ verdict, allowed }) => verdict !== 'verified' && allowed !== true);
    if (failed.length === 0)
        return 'the run itself would have failed it';
    const rejected = failed.filter(({ verdict }) => verdict === 'rejected').length;
    const counts = `${rejected} rejected, ${failed.length - rejected} undetermined`;
    return `${failed.length} of ${images.length} ${images.length === 1 ? 'image' : 'images'} would have failed it: ${counts}`;
}
/** Of several images: who has a turn beside the one who has it first. */
function alsoTurn({ failure, images }) {
    const others = images.filter((image) => image.failure && !image.allowed && image.failure.class !== failure?.class);
    const parties = [...new Set(others.map((image) => party(image.failure)))];
    const said = parties.map((one) => {
        const count = others.filter((image) => party(image.failure) === one).length;
        return `${one} (${count} ${count === 1 ? 'image' : 'images'})`;
    });
    return said.length === 0 ? '' : ` Also: ${said.join('; ')}.`;
}
/** One sentence about the whole run. */
function message({ verdict, failure, images, }) {
    if (failure === null) {
        const counted = images.filter(({ allowed }) => !allowed);
        const unchecked = images.length - counted.length;
        const beside = unchecked === 0
            ? ''
            : `; ${unchecked} that no policy covers ${unchecked === 1 ? 'is' : 'are'} not checked`;
        const [only, ...others] = counted;
        if (!only || others.length > 0)
            return `${unchecked === 0 ? 'all ' : ''}${counted.length} images are verified${beside}`;
        return only.digest === null
            ? `${only.reference} is admitted by a static policy: nothing was looked at${beside}`
            : `${only.reference} is verified: ${only.digest}${beside}`;
    }
    const about = images.length > 1
        ? images.find((image) => !image.allowed &&
            image.failure?.code === failure.code &&
            image.failure.message === failure.message)
        : undefined;
    return about ? `${verdict}: ${about.reference}: ${failure.message}` : `${verdict}: ${failure.message}`;
}


/***/ }),

/***/ 16548:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ evaluate)
/* harmony export */ });
/* harmony import */ var _verdict_algebra_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(46125);
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(37120);
/* harmony import */ var _requirement_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(82040);



/**
 * What a requirement comes to on what is known so far. Pure and monotone: a finding that is met or unmet stays so,
 * whatever the leaves that were unknown turn out to be.
 */
function evaluate(requirement, known) {
    const finding = judge(requirement, known);
    if (requirement.enforcement !== 'warn')
        return finding;
    // What holds anyway is no warning.
    if (finding.status === 'met')
        return finding;
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .exempt */ .Is)(finding.check, `only a warning: ${finding.message}`, { children: [finding] });
}
function judge(requirement, known) {
    const each = (of) => of.map((part) => evaluate(part, known));
    switch (requirement.kind) {
        case 'all':
            return (0,_verdict_algebra_js__WEBPACK_IMPORTED_MODULE_0__/* .all */ .Q7)(requirement.name, each(requirement.of));
        case 'any':
            return requirement.over === 'every'
                ? anyUndenied(requirement.name, each(requirement.of))
                : (0,_verdict_algebra_js__WEBPACK_IMPORTED_MODULE_0__/* .any */ .bz)(requirement.name, each(requirement.of));
        case 'atLeast':
            return (0,_verdict_algebra_js__WEBPACK_IMPORTED_MODULE_0__/* .atLeast */ .jZ)(requirement.name, requirement.count, each(requirement.of));
        case 'signed':
            return known.signedBy(requirement);
        case 'attested':
            return known.attestedBy(requirement);
        case 'digest':
            return judgeDigest(requirement.expected, known.digest);
        case 'decide':
            return requirement.verdict === 'met'
                ? (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)(requirement.name, requirement.message)
                : (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)(requirement.name, requirement.verdict, requirement.message);
        case 'exempt':
            return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .exempt */ .Is)(requirement.name, requirement.reason);
        case 'open':
            return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(requirement.name, requirement.problem);
        case 'joint':
            return known.joint?.(requirement.id) ?? (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(requirement.name, unevaluated);
        case 'program':
            return runProgram(requirement, each(requirement.needs));
    }
}
const unevaluated = {
    code: 'timeout',
    service: 'engine',
    message: 'the policy was not evaluated within the time for the image',
};
/** Any will do, unless a policy denies another; one that is open may be denied yet. */
function anyUndenied(name, parts) {
    const denied = parts.find(({ code }) => code === 'policy-denied');
    if (denied)
        return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)(name, 'policy-denied', denied.message, { children: parts });
    const [open] = parts.filter((part) => part.status === 'unknown');
    if (open === undefined)
        return (0,_verdict_algebra_js__WEBPACK_IMPORTED_MODULE_0__/* .any */ .bz)(name, parts);
    const { code, message, service } = open;
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(name, { code, message, ...(service && { service }) }, { children: parts });
}
function judgeDigest(expected, got) {
    const check = 'expected-digest';
    if (expected === got)
        return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)(check, `the image is ${got}, as expected`);
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)(check, 'digest-mismatch', `expected the image to be ${expected}, got ${got}`);
}
function runProgram(program, needs) {
    const answer = (index) => {
        const need = needs[index];
        if (need?.status === 'met')
            return true;
        if (need?.status === 'unmet')
            return false;
        throw new _requirement_js__WEBPACK_IMPORTED_MODULE_1__/* .OpenQuestion */ .R(need?.status === 'unknown'
            ? { code: need.code, message: need.message, ...(need.service && { service: need.service }) }
            : { code: 'nothing-to-verify', message: `the program asks for part ${index}, which does not count` });
    };
    try {
        return program.run(answer)
            ? (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)(program.name, 'the program says yes', { children: needs })
            : (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)(program.name, 'policy-denied', program.denied, { children: needs });
    }
    catch (thrown) {
        if (thrown instanceof _requirement_js__WEBPACK_IMPORTED_MODULE_1__/* .OpenQuestion */ .R)
            return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(program.name, thrown.problem, { children: needs });
        const message = `the program failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
        return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(program.name, { code: 'internal-error', service: 'engine', message }, { children: needs });
    }
}


/***/ }),

/***/ 83459:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ asksOf),
/* harmony export */   T: () => (/* binding */ askId)
/* harmony export */ });
/** The questions of a requirement, each once, in the order in which they stand. */
function asksOf(requirement) {
    return [...new Map(leaves(requirement).map((ask) => [askId(ask), ask])).values()];
}
function leaves(requirement) {
    switch (requirement.kind) {
        case 'all':
        case 'any':
        case 'atLeast':
            return requirement.of.flatMap(leaves);
        case 'program':
        case 'joint':
            return requirement.needs.flatMap(leaves);
        case 'signed':
        case 'attested':
            return [requirement];
        case 'digest':
        case 'decide':
        case 'exempt':
        case 'open':
            return [];
    }
}
/** Two questions with one id have one answer. */
function askId(ask) {
    const about = ask.kind === 'signed' ? Object.entries(ask.annotations ?? {}) : [ask.type, ask.provenance, ask.rule?.id];
    return JSON.stringify([ask.kind, ask.by.reference, about, ask.manner, ask.apart]);
}


/***/ }),

/***/ 82040:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ OpenQuestion)
/* harmony export */ });
/** Thrown out of a program by a need that is unknown; the evaluator turns it into the finding of the program. */
class OpenQuestion extends Error {
    name = 'OpenQuestion';
    problem;
    constructor(problem) {
        super(problem.message);
        this.problem = problem;
    }
}


/***/ }),

/***/ 31035:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ answer),
  T: () => (/* binding */ refuse)
});

// EXTERNAL MODULE: ./src/gate/clock.ts
var clock = __nccwpck_require__(38553);
// EXTERNAL MODULE: ./src/gate/gate.ts + 18 modules
var gate = __nccwpck_require__(82989);
// EXTERNAL MODULE: ./src/files/write.ts
var write = __nccwpck_require__(69600);
// EXTERNAL MODULE: ./src/report/document.ts
var report_document = __nccwpck_require__(48101);
// EXTERNAL MODULE: ./src/report/redaction.ts
var redaction = __nccwpck_require__(27079);
// EXTERNAL MODULE: ./src/verdict/ending.ts
var verdict_ending = __nccwpck_require__(45558);
// EXTERNAL MODULE: ./src/verdict/result.ts
var result = __nccwpck_require__(18364);
// EXTERNAL MODULE: ./src/run/program.ts
var program = __nccwpck_require__(11793);
// EXTERNAL MODULE: ./src/run/reports.ts + 1 modules
var reports = __nccwpck_require__(47313);
// EXTERNAL MODULE: ./src/run/secrets.ts + 1 modules
var run_secrets = __nccwpck_require__(31166);
;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
var external_node_v8_default = /*#__PURE__*/__nccwpck_require__.n(external_node_v8_namespaceObject);
;// CONCATENATED MODULE: ./src/run/young-generation.ts

/** Bytes; some dozens of images come to that by themselves. */
const enough = 4 * 1024 * 1024;
const every = 32;
/**
 * V8 lets the part of the heap for new objects grow with all that ever survived in it, to well over 100 MB, although a
 * fleet holds no more at a time than a few images do. Called for each image that is decided, this ends the growth once
 * the part is as large as it is of use; nothing else about memory changes.
 */
function openYoungGeneration() {
    let count = 0;
    let isBounded = false;
    return () => {
        if (isBounded || ++count % every !== 0)
            return;
        const young = external_node_v8_default().getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
        if (!young || young.space_size < enough)
            return;
        isBounded = true;
        external_node_v8_default().setFlagsFromString('--semi-space-growth-factor=1');
    };
}

;// CONCATENATED MODULE: ./src/run/answer.ts











/** Answers the inputs of a face: decides, or says what is wrong with the inputs; the result file is written either way. */
async function answer(parsed, programFolder, { planned, decided, stop, asked, isWhole = false } = {}) {
    const { secrets, problems: wrong } = await (0,run_secrets/* secretsOfRequest */.A)(parsed.request);
    await (0,reports/* withdrawReports */.ki)(parsed.reports);
    const young = openYoungGeneration();
    const deciding = parsed.request && wrong.length === 0
        ? (0,gate/* decide */.L)(parsed.request, {
            clock: clock/* systemClock */.m,
            ...(!isWhole && { kept: report_document/* forReports */.X }),
            ...(planned && { planned }),
            ...(stop && { stop }),
            ...(asked && { asked: (one) => asked((0,redaction/* redact */.E)(one, secrets)) }),
            decided: (image) => {
                young();
                decided?.((0,redaction/* redact */.E)(image, secrets));
            },
        })
        : refuse([...parsed.problems, ...wrong]);
    // Read while the first answers are on their way.
    const tool = (0,program/* describeProgram */._)(programFolder);
    const raw = await deciding;
    const result = (0,redaction/* redact */.E)({ ...raw, warnings: [...parsed.warnings, ...raw.warnings] }, secrets);
    const inputs = (0,redaction/* redact */.E)(parsed.effective, secrets);
    const { pinnedManifests: folder } = parsed.reports;
    const ending = (0,verdict_ending/* endingOf */.z)(result, parsed.leniency);
    const isPinned = folder !== '' && ending.handOn;
    const listed = (0,redaction/* redact */.E)(parsed.listed ?? [], secrets);
    const beside = { inputs, tool, plan: parsed.plan, listed };
    const answered = (0,reports/* told */.Ev)(result, ending, beside);
    const problem = await (0,reports/* writeReports */.Li)(parsed.reports, answered, isPinned ? { ...beside, pinnedTo: folder } : beside);
    const failWith = async (why) => (0,reports/* tellProblem */.JW)(parsed.reports, result, why, parsed.leniency, beside);
    if (problem)
        return failWith(problem);
    if (!isPinned)
        return answered;
    const unpinned = await (0,write/* writeManifests */.uP)(folder, raw.pinned ?? []);
    return unpinned ? failWith(unpinned) : { ...answered, pinnedManifests: folder };
}
/** The result of inputs that cannot be used: undetermined, with every problem named. */
function refuse(problems) {
    const now = clock/* systemClock */.m.now().toISOString();
    const [first] = problems;
    const message = problems.map((problem) => problem.message).join('; ');
    return {
        verdict: 'undetermined',
        failure: (0,result/* failure */.V2)(first?.code ?? 'nothing-to-verify', message),
        images: [],
        keys: [],
        calls: [],
        warnings: [],
        startedAt: now,
        finishedAt: now,
    };
}


/***/ }),

/***/ 73815:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ toOutputs)
/* harmony export */ });
/* unused harmony export outputLimit */
/* harmony import */ var _report_escape_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(14031);
/* harmony import */ var _report_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(72691);


/** Most bytes of one output that holds JSON. */
const outputLimit = 64 * 1024;
const longestMessage = 4000;
/** The step's outputs; every one is set for every ending. */
function toOutputs({ result, document, ending, pinnedManifests }, resultFile) {
    const [first] = result.images;
    const pinned = result.images.flatMap((image) => image.verdict === 'verified' && image.pinned ? [image.pinned] : []);
    const images = ending.handOn ? fit(pinned) : { json: '[]', truncated: false };
    return {
        verdict: result.verdict,
        'failure-class': result.failure?.class ?? '',
        'failure-code': result.failure?.code ?? '',
        message: (0,_report_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)((0,_report_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)((0,_report_words_js__WEBPACK_IMPORTED_MODULE_0__/* .message */ .iU)(result)), longestMessage),
        image: first ? (0,_report_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(first.reference) : '',
        digest: ending.handOn ? (first?.digest ?? '') : '',
        images: images.json,
        result: fitDocument(document, images.truncated),
        'result-file': resultFile,
        'pinned-manifests': pinnedManifests ?? '',
    };
}
/** As many items of a list as fit. */
function fit(items) {
    let size = 2;
    let count = 0;
    for (const item of items) {
        size += Buffer.byteLength(JSON.stringify(item)) + 1;
        if (size > outputLimit)
            break;
        count++;
    }
    return { json: JSON.stringify(items.slice(0, count)), truncated: count < items.length };
}
/** Of thousands of images the first hundreds tell that they do not fit. */
function mayFit({ images }) {
    let size = 0;
    for (const image of images) {
        size += JSON.stringify(image).length;
        if (size > outputLimit)
            return false;
    }
    return true;
}
/** The document, without findings and then without the last images where it is too large; it says so itself. */
function fitDocument(document, truncated) {
    const whole = mayFit(document)
        ? JSON.stringify(truncated ? { ...document, truncated } : document)
        : undefined;
    if (whole !== undefined && Buffer.byteLength(whole) <= outputLimit)
        return whole;
    const brief = document.images.map(({ reference, digest, pinned, verdict, failure }) => ({
        reference,
        digest,
        pinned,
        verdict,
        failure: failure && { ...failure, message: (0,_report_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(failure.message, 300) },
    }));
    const { schemaVersion, verified, verdict, failure, tool, startedAt, finishedAt } = document;
    const head = {
        schemaVersion,
        truncated: true,
        verified,
        verdict,
        failure: failure && { ...failure, message: (0,_report_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(failure.message, longestMessage) },
        tool,
        startedAt,
        finishedAt,
    };
    for (let count = brief.length; count > 0; count = Math.floor(count / 2)) {
        const json = JSON.stringify({ ...head, images: brief.slice(0, count) });
        if (Buffer.byteLength(json) <= outputLimit)
            return json;
    }
    return JSON.stringify({ ...head, images: [] });
}


/***/ }),

/***/ 11793:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ describeProgram)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(42057);




/** Its record `policy-engines.sha256` stands for it: it is large, and read only when a policy asks. */
const engines = 'policy-engines.wasm.br';
/**
 * What program gave the answer. The hash is over the name and the bytes of each of its files, in the order of the names:
 * `for f in $(ls dist | grep -vx policy-engines.wasm.br | LC_ALL=C sort); do printf '%s\0' "$f"; cat "dist/$f"; done | sha256sum`.
 *
 * @param folder where the bundle lies; undefined when the program is used as a library
 */
function describeProgram(folder) {
    const tool = { name: 'verify-image', version: _version_js__WEBPACK_IMPORTED_MODULE_3__/* .version */ .r };
    if (folder === undefined)
        return { ...tool, sha256: null };
    try {
        const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
        // Twenty files that were just loaded: read one by one they cost a third of what promises for them would.
        for (const name of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readdirSync)(folder).sort()) {
            if (name === engines)
                continue;
            hash.update(`${name}\0`).update((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(node_path__WEBPACK_IMPORTED_MODULE_2___default().join(folder, name)));
        }
        return { ...tool, sha256: hash.digest('hex') };
    }
    catch {
        return { ...tool, sha256: null };
    }
}


/***/ }),

/***/ 66339:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ readInputs),
/* harmony export */   M: () => (/* binding */ readNamed)
/* harmony export */ });
/* harmony import */ var _fleet_plan_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(22141);
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(45946);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(42057);



/** Reads the inputs of a face, and first the files that they name images in. */
async function readInputs(explicit, face) {
    const built = await imagesOfRunner(explicit);
    if ('code' in built)
        return withoutImages(explicit, face, [built]);
    return readNamed(built.length > 0 ? new Map([...explicit, ['image', built]]) : explicit, face);
}
/** The same without asking the runner: nothing but what is named. */
async function readNamed(given, face) {
    if (!given.has('images-file') && !given.has('plan') && !given.has('shard'))
        return (0,_inputs_parse_js__WEBPACK_IMPORTED_MODULE_1__/* .parseInputs */ .T)(given, face);
    const { readImageLists } = await __nccwpck_require__.e(/* import() */ 491).then(__nccwpck_require__.bind(__nccwpck_require__, 90491));
    const listed = await readImageLists(given.get('images-file') ?? []);
    const own = await readShare(given);
    const problems = [...listed.problems, ...('code' in own ? [own] : [])];
    if (problems.length > 0 || 'code' in own)
        return withoutImages(given, face, problems);
    const named = listed.images.map(({ reference }) => reference);
    const images = [...(given.get('image') ?? []), ...named, ...own.images];
    const parsed = {
        ...(0,_inputs_parse_js__WEBPACK_IMPORTED_MODULE_1__/* .parseInputs */ .T)(images.length > 0 ? new Map([...given, ['image', images]]) : given, face),
        listed: listed.images,
    };
    const { plan, shard } = own;
    if (!plan || !shard)
        return parsed;
    const warnings = plan.tool.version === _version_js__WEBPACK_IMPORTED_MODULE_2__/* .version */ .r
        ? []
        : [`plan: it was made by verify-image ${plan.tool.version}, and this is ${_version_js__WEBPACK_IMPORTED_MODULE_2__/* .version */ .r}`];
    const share = { own: (0,_fleet_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .referencesOf */ .CL)(shard), planned: plan.shards.flatMap(_fleet_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .referencesOf */ .CL) };
    return {
        ...parsed,
        ...(parsed.request && { request: { ...parsed.request, share } }),
        warnings: [...warnings, ...parsed.warnings],
        plan: { sha256: plan.sha256, shard: shard.shard, of: plan.shards.length },
    };
}
/** What is wrong with the other inputs is told too, and not that there is no image. */
function withoutImages(given, face, problems) {
    const parsed = (0,_inputs_parse_js__WEBPACK_IMPORTED_MODULE_1__/* .parseInputs */ .T)(new Map([...given, ['image', ['unknown:v1']]]), face);
    const effective = { ...parsed.effective, image: given.get('image') ?? [] };
    return { ...parsed, request: undefined, problems: [...problems, ...parsed.problems], effective };
}
/** What else says which images are meant. */
const sources = ['image', 'images-file', 'plan', 'shard', 'manifests', 'subjects'];
/** The images that earlier steps of the job told the runner of, where nothing else names any. */
async function imagesOfRunner(given) {
    const file = process.env['GITHUB_ARTIFACTS_LIST']?.trim() ?? '';
    const isNamed = sources.some((name) => given.get(name)?.some((value) => value.trim() !== ''));
    if (file === '' || isNamed)
        return [];
    const { readArtifactsFile } = await __nccwpck_require__.e(/* import() */ 491).then(__nccwpck_require__.bind(__nccwpck_require__, 90491));
    return readArtifactsFile(file);
}
/** The images of the shard; with the manifests that name them at hand, those that were given beside them. */
async function readShare(given) {
    const text = (name) => given.get(name)?.at(-1)?.trim() ?? '';
    const has = (name) => given.get(name)?.some((value) => value.trim() !== '') === true;
    const file = text('plan');
    const number = text('shard');
    if (file === '')
        return number === '' ? { images: [] } : wrong('shard: expected plan too, got nothing');
    if (number === '')
        return wrong('plan: expected shard too, got nothing');
    if (has('image') || has('images-file'))
        return wrong('plan: expected no other images beside it, got image or images-file');
    if (has('pinned-manifests'))
        return wrong('pinned-manifests: expected a run over all images, got a shard of a plan');
    const { readPlanFile } = await __nccwpck_require__.e(/* import() */ 491).then(__nccwpck_require__.bind(__nccwpck_require__, 90491));
    const plan = await readPlanFile(file);
    if ('code' in plan)
        return plan;
    const shard = /^\d{1,4}$/.test(number) ? plan.shards[Number(number) - 1] : undefined;
    if (!shard)
        return wrong(`shard: expected a whole number from 1 to ${plan.shards.length}, got ${JSON.stringify(number)}`);
    if (has('manifests'))
        return { images: shard.images, plan, shard };
    if (has('policy') && plan.shards.some(({ manifests }) => manifests.length > 0))
        return wrong('policy: expected manifests too, as the plan was made of some: what a policy says depends on the resource');
    return { images: (0,_fleet_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .referencesOf */ .CL)(shard), plan, shard };
}
function wrong(message) {
    return { code: 'input-invalid', message };
}


/***/ }),

/***/ 47313:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  JW: () => (/* binding */ tellProblem),
  Ev: () => (/* binding */ told),
  ki: () => (/* binding */ withdrawReports),
  Li: () => (/* binding */ writeReports)
});

// UNUSED EXPORTS: withProblem

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(76760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: ./src/files/write.ts
var write = __nccwpck_require__(69600);
// EXTERNAL MODULE: ./src/report/document.ts
var report_document = __nccwpck_require__(48101);
// EXTERNAL MODULE: ./src/report/json-text.ts
var json_text = __nccwpck_require__(44216);
// EXTERNAL MODULE: ./src/verdict/ending.ts
var ending = __nccwpck_require__(45558);
// EXTERNAL MODULE: ./src/verdict/result.ts
var verdict_result = __nccwpck_require__(18364);
;// CONCATENATED MODULE: ./src/run/sarif-report.ts


/** Writes the results for code scanning; what makes them is loaded only where they are asked for. */
async function writeSarifReport(file, result, ending, tool, listed) {
    const { sarifReport } = await __nccwpck_require__.e(/* import() */ 7322).then(__nccwpck_require__.bind(__nccwpck_require__, 27322));
    return (0,write/* writeReport */.u5)(file, sarifReport(result, ending, tool, surroundings(process.env, listed)), 'sarif-report');
}
/** What a runner says of where the run stands. */
function surroundings(env, listed) {
    const top = external_node_path_default().resolve(env['GITHUB_WORKSPACE'] ?? '.');
    const workflow = workflowOf(env);
    const docs = docsOf(env);
    return {
        inRepository: (file) => {
            const below = external_node_path_default().relative(top, external_node_path_default().resolve(file));
            const isBelow = below !== '' && !external_node_path_default().isAbsolute(below) && below.split((external_node_path_default()).sep)[0] !== '..';
            return isBelow && file !== 'standard input' ? below.split((external_node_path_default()).sep).join('/') : undefined;
        },
        // Where one is listed twice, its first line counts.
        listed: new Map(listed.toReversed().map(({ reference, file, line }) => [reference, { file, line }])),
        ...(workflow !== undefined && { workflow }),
        ...(docs !== undefined && { docs }),
    };
}
/** `owner/repository/.github/workflows/x.yml@refs/heads/main`, where it is one of the repository itself. */
function workflowOf(env) {
    const { GITHUB_WORKFLOW_REF: reference = '', GITHUB_REPOSITORY: repository = '' } = env;
    if (repository === '' || !reference.startsWith(`${repository}/`))
        return undefined;
    return /^(\.github\/workflows\/[^@]+)@/.exec(reference.slice(repository.length + 1))?.[1];
}
/** The pages of the very version that runs, where the runner says where it has it from. */
function docsOf(env) {
    const { GITHUB_SERVER_URL: server = '', GITHUB_ACTION_REPOSITORY: repository = '', GITHUB_ACTION_REF: ref = '', } = env;
    // A command in a step of another action would be told of that one.
    const isOwn = /^[\w.-]+\/verify-image$/.test(repository) && /^\w[\w.-]*$/.test(ref);
    return isOwn && /^https:\/\/[\w.:-]+$/.test(server)
        ? `${server}/${repository}/blob/${ref}/docs/codes`
        : undefined;
}

;// CONCATENATED MODULE: ./src/run/reports.ts







/** What a run is told as, where every report can be written. */
function told(result, ending, { inputs, tool, plan }) {
    return { result, ending, document: (0,report_document/* toDocument */.JY)(result, inputs, tool, plan) };
}
/**
 * Takes away what an earlier run left under the same names: however this one ends, also killed, nobody takes those for
 * its own.
 *
 * @param needed files that are still to be read; what lies there stays until it is written anew
 */
async function withdrawReports(files, needed = []) {
    const { resultFile, policyReport, vsaFile, htmlReport, sarifReport } = files;
    const kept = new Set(needed.map((file) => external_node_path_default().resolve(file)));
    for (const file of [resultFile, policyReport, vsaFile, htmlReport, sarifReport])
        if (file !== '' && !kept.has(external_node_path_default().resolve(file)))
            await (0,write/* withdrawReport */.nL)(file);
}
/**
 * Writes all reports that were asked for; each is loaded only then.
 *
 * @returns the first problem: what comes after it is not written, as the verdict is another now
 */
async function writeReports(files, told, beside) {
    for (const write of writers(files, told, beside, false)) {
        const problem = await write();
        if (problem)
            return problem;
    }
    return undefined;
}
/**
 * What a run comes to where a report could not be written. All reports say it, also those that are written already: none
 * of them shows a verdict that the run did not have.
 */
async function tellProblem(files, before, problem, leniency, beside) {
    const result = withProblem(before, problem);
    const failed = told(result, { ...(0,ending/* endingOf */.z)(result, leniency), handOn: false }, beside);
    // One that cannot be written now either is the problem that is told.
    for (const write of writers(files, failed, beside, true))
        await write();
    return failed;
}
/** A report that could not be written is no proof for anybody: a rejection stays one, all else is undetermined. */
function withProblem(result, problem) {
    if (result.verdict === 'rejected')
        return { ...result, warnings: [...result.warnings, problem.message] };
    return { ...result, verdict: 'undetermined', failure: (0,verdict_result/* failure */.V2)(problem.code, problem.message) };
}
function writers({ resultFile, policyReport, vsaFile, htmlReport, sarifReport }, { result, ending, document }, beside, isFailed) {
    const asked = (file, write) => (file === '' ? [] : [write]);
    return [
        ...asked(policyReport, async () => writePolicyReport(policyReport, result)),
        // A summary says nothing of a run that came to nothing: neither this one's nor an older one's is left.
        ...asked(vsaFile, async () => isFailed
            ? (0,write/* writeReport */.u5)(vsaFile, '', 'vsa-outfile')
            : writeVerificationSummaries(vsaFile, result, beside)),
        ...asked(htmlReport, async () => writeHtmlReport(htmlReport, result, ending, beside)),
        ...asked(sarifReport, async () => writeSarifReport(sarifReport, result, ending, beside.tool, beside.listed)),
        // Last: whoever finds it finds the others as well.
        ...asked(resultFile, async () => (0,write/* writeReport */.u5)(resultFile, (0,json_text/* inBlocks */.Q)((0,json_text/* jsonPieces */.M)(document)))),
    ];
}
async function writePolicyReport(file, result) {
    const { openReportText } = await Promise.all(/* import() */[__nccwpck_require__.e(8815), __nccwpck_require__.e(2752)]).then(__nccwpck_require__.bind(__nccwpck_require__, 22752));
    const seconds = Math.floor(Date.parse(result.finishedAt) / 1000);
    return (0,write/* writeReport */.u5)(file, openReportText(result, file, seconds), 'policy-report');
}
async function writeVerificationSummaries(file, result, { tool }) {
    const { verificationSummaries } = await __nccwpck_require__.e(/* import() */ 8478).then(__nccwpck_require__.bind(__nccwpck_require__, 98478));
    return (0,write/* writeReport */.u5)(file, verificationSummaries(result, tool), 'vsa-outfile');
}
/** The page for people; what draws it is loaded only where it is asked for. */
async function writeHtmlReport(file, result, ending, about) {
    const { htmlReport } = await __nccwpck_require__.e(/* import() */ 8548).then(__nccwpck_require__.bind(__nccwpck_require__, 78548));
    return (0,write/* writeReport */.u5)(file, (0,json_text/* inBlocks */.Q)(htmlReport(result, ending, about)), 'html-report');
}


/***/ }),

/***/ 31166:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  A: () => (/* binding */ secretsOfRequest)
});

// EXTERNAL MODULE: ./src/report/redaction.ts
var redaction = __nccwpck_require__(27079);
;// CONCATENATED MODULE: ./src/run/registry-config.ts
/**
 * Reads `registry-config` before anything is asked: a wrong input is one whether or not a registry wants to know who
 * asks, and what it holds must be known before anything is shown.
 */
async function secretsInConfig(access) {
    if (access?.config === undefined)
        return [];
    const { readRegistryConfig } = await Promise.all(/* import() */[__nccwpck_require__.e(2925), __nccwpck_require__.e(5641)]).then(__nccwpck_require__.bind(__nccwpck_require__, 88022));
    const read = await readRegistryConfig(access.config);
    if (read.kind === 'found')
        return read.value.secrets;
    return read.kind === 'failed' ? read.problem : { code: 'input-invalid', message: read.message };
}

;// CONCATENATED MODULE: ./src/run/secrets.ts


/** The secrets that a run knows, which no report shows; a problem where what holds them cannot be read. */
async function secretsOfRequest(request) {
    const { signers, registry, github, build } = request ?? {};
    const config = await secretsInConfig(registry);
    const headers = Object.values(build?.archivista?.headers ?? {});
    const further = 'code' in config ? headers : [...config, ...headers];
    const references = [...(signers?.keys ?? []), ...(build?.keys ?? [])];
    return {
        secrets: (0,redaction/* secretsOf */.F)(process.env, references, registry?.login, github?.token, further),
        problems: 'code' in config ? [config] : [],
    };
}


/***/ }),

/***/ 26941:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ stopOn)
/* harmony export */ });
/** The end of the process as a signal whose reason says why. */
function stopOn(onStop) {
    const stop = new AbortController();
    onStop((why) => stop.abort(why));
    return stop.signal;
}


/***/ }),

/***/ 42057:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ version)
/* harmony export */ });
/** The version of the program; a test holds it to package.json. */
const version = '0.1.0';


/***/ }),

/***/ 57101:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ digestOf),
/* harmony export */   z: () => (/* binding */ takeManifest)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(49839);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(13130);



function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
/**
 * Takes bytes as an image manifest or index. The digest is that of the raw bytes; a body that is no JSON object (a
 * login page, say) is an invalid answer of the store, not an image with a strange digest.
 */
function takeManifest(bytes, where) {
    if (!(0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(bytes)) {
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${where}: expected an image manifest, got something that is no JSON object`, 'storage');
    }
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)({ digest: digestOf(bytes), manifest: bytes, where });
}


/***/ }),

/***/ 46749:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  j: () => (/* binding */ openStores)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(76760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: ./src/files/read.ts
var read = __nccwpck_require__(49823);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __nccwpck_require__(13130);
;// CONCATENATED MODULE: ./src/stores/s3lo/folder.ts




/** Objects as files below a folder, relative to the working directory, as `local://` means it. */
function openFolder(root) {
    const where = (key) => external_node_path_default().resolve(root, ...key.split('/'));
    return {
        where,
        get: async (key, limit) => (0,read/* readWhole */.oD)(where(key), limit, 'storage'),
        stream: async (key, limit, open, call) => (0,read/* readPieces */.ut)(where(key), limit, 'storage', open(), call.signal),
        names: async (prefix, most) => {
            try {
                return (0,lookup/* found */.F9)((await (0,promises_.readdir)(where(prefix))).sort().slice(0, most));
            }
            catch (error) {
                return (0,read/* fileFault */.bT)(error, where(prefix), 'storage', () => (0,lookup/* found */.F9)([]));
            }
        },
    };
}

// EXTERNAL MODULE: ./src/evidence/s3lo-record.ts + 1 modules
var s3lo_record = __nccwpck_require__(46794);
// EXTERNAL MODULE: ./src/evidence/recipe.ts
var recipe = __nccwpck_require__(29339);
// EXTERNAL MODULE: ./src/stores/manifest.ts
var manifest = __nccwpck_require__(57101);
// EXTERNAL MODULE: ./src/stores/store.ts
var store = __nccwpck_require__(34703);
// EXTERNAL MODULE: ./src/stores/s3lo/objects.ts
var s3lo_objects = __nccwpck_require__(69912);
;// CONCATENATED MODULE: ./src/stores/s3lo/place.ts






/**
 * Opens an image in s3lo's layout: `manifests/<image>/<tag>/manifest.json` and `…/signatures/<keyid>.json`.
 *
 * @param signedLocation what the records have to be signed for; undefined: where the image lies
 */
function openPlace(reference, objects, signedLocation) {
    const { bucket, image, tag } = reference;
    const location = signedLocation ?? { bucket, image, tag };
    const folder = `manifests/${image}/${tag}/`;
    const resolve = async (call) => {
        const key = `${folder}manifest.json`;
        const answer = await objects.get(key, store/* manifestLimit */.t7, call);
        return answer.kind === 'found' ? (0,manifest/* takeManifest */.z)(answer.value, objects.where(key)) : answer;
    };
    const find = async (keyId, call) => {
        const name = `${keyId}.json`;
        if (!s3lo_record/* recordName */.xD.test(name))
            return (0,lookup/* failed */.gz)('internal-error', `"${keyId}" is no key id`, 'storage');
        const key = `${folder}signatures/${name}`;
        const answer = await objects.get(key, store/* recordLimit */.$0, call);
        if (answer.kind !== 'found')
            return answer;
        return (0,lookup/* found */.F9)({ format: 's3lo-record', where: objects.where(key), keyId, location, bytes: answer.value });
    };
    // The id of a key is all a record's name needs: it is read beside the manifest, not after it.
    const look = (_image, call) => ({ keyId }) => [find(keyId, call).then(asChannel)];
    const list = async (_image, most, call) => {
        const names = await objects.names(`${folder}signatures/`, store/* signatureLimit */.OY, call);
        if (names.kind !== 'found')
            return names;
        // Other names are no signatures: an image `app/v1` with the tag `signatures` lies in the same folder.
        const keyIds = names.value.filter((name) => s3lo_record/* recordName */.xD.test(name)).map((name) => name.slice(0, 16));
        const evidence = [];
        for (const keyId of keyIds.slice(0, most)) {
            const one = await find(keyId, call);
            if (one.kind === 'failed')
                return one;
            if (one.kind === 'found')
                evidence.push(one.value);
        }
        return (0,lookup/* found */.F9)(evidence);
    };
    const images = { resolve, stream: streamOf(objects), chunked: chunkedLayersOf(objects) };
    return { images, evidence: { look, list, byKey: true } };
}
/** Configurations, whole layers and the manifests of an index lie beside each other. */
function streamOf(objects) {
    return async ({ digest }, limit, open, call) => {
        const key = `blobs/${digest.replace(':', '/')}`;
        const whole = await (0,s3lo_objects/* streamObject */.w8)(objects, key, limit, open, call);
        return whole.kind === 'found' ? (0,lookup/* found */.F9)({ where: objects.where(key), whole: whole.value }) : whole;
    };
}
/** Chunked layers: `recipes/sha256/<hex>` by the layer's digest, `chunks/sha256/<hex>` by that of the content. */
function chunkedLayersOf(objects) {
    return {
        recipe: async (layer, call) => {
            const key = `recipes/${layer.replace(':', '/')}`;
            const answer = await objects.get(key, store/* recipeLimit */.OH, call);
            return answer.kind === 'found' ? (0,lookup/* found */.F9)({ bytes: answer.value, where: objects.where(key) }) : answer;
        },
        chunk: async (name, limit, open, call) => {
            if (!(0,recipe/* isHexDigest */.C)(name))
                return (0,lookup/* failed */.gz)('internal-error', 'no name of a chunk', 'storage');
            const key = `chunks/sha256/${name}`;
            const whole = await (0,s3lo_objects/* streamObject */.w8)(objects, key, limit, open, call);
            return whole.kind === 'found' ? (0,lookup/* found */.F9)({ where: objects.where(key), whole: whole.value }) : whole;
        },
    };
}
/** What was read already, as the one offer of its place. */
function asChannel(evidence) {
    if (evidence.kind !== 'found')
        return evidence;
    const reading = { evidence: [evidence.value], problems: [] };
    return (0,lookup/* found */.F9)([{ rank: 1, read: async () => Promise.resolve(reading) }]);
}

;// CONCATENATED MODULE: ./src/stores/open.ts


/** https only, beside the image, with docker's configuration. */
const usualAccess = { allowHttp: 'none', allowInsecure: 'none', tagPrefix: '' };
function openStores(settings) {
    const open = openOwn(settings);
    const { github } = settings;
    if (github === undefined)
        return open;
    const beside = __nccwpck_require__.e(/* import() */ 9521).then(__nccwpck_require__.bind(__nccwpck_require__, 79521)).then(({ openBeside }) => openBeside(github));
    return async (reference) => {
        const [place, add] = await Promise.all([open(reference), beside]);
        if ('code' in add)
            return add;
        return 'code' in place ? place : add(place);
    };
}
function openOwn(settings) {
    let s3;
    let gcs;
    let azure;
    let registries;
    return async (reference) => {
        switch (reference.kind) {
            case 'oci-layout':
                return __nccwpck_require__.e(/* import() */ 4419).then(__nccwpck_require__.bind(__nccwpck_require__, 4419)).then(({ openLayout }) => openLayout(reference, settings.registry?.tagPrefix));
            case 'registry':
                registries ??= Promise.all(/* import() */[__nccwpck_require__.e(2925), __nccwpck_require__.e(7164)]).then(__nccwpck_require__.bind(__nccwpck_require__, 57164)).then(({ openRegistries }) => openRegistries(settings.registry ?? usualAccess));
                return (await registries)(reference);
            case 's3lo':
                break;
        }
        const { scheme, bucket } = reference;
        if (settings.endpoint !== undefined && scheme !== 's3') {
            return { code: 'input-invalid', message: `--endpoint is not supported with ${scheme}:// references` };
        }
        const place = (objects) => 'code' in objects ? objects : openPlace(reference, objects, settings.signedLocation);
        switch (scheme) {
            case 'local':
                return place(openFolder(bucket));
            case 's3':
                // The SDK is most of the program's weight: it is loaded for buckets only.
                s3 ??= Promise.all(/* import() */[__nccwpck_require__.e(3051), __nccwpck_require__.e(6208), __nccwpck_require__.e(4323)]).then(__nccwpck_require__.bind(__nccwpck_require__, 64323)).then(({ openS3 }) => openS3(settings.endpoint));
                return place((await s3).bucket(bucket));
            case 'gs': {
                gcs ??= Promise.all(/* import() */[__nccwpck_require__.e(6457), __nccwpck_require__.e(8236)]).then(__nccwpck_require__.bind(__nccwpck_require__, 68236)).then(({ openGcs }) => openGcs());
                const cloud = await gcs;
                return 'code' in cloud ? cloud : place(cloud.bucket(bucket));
            }
            case 'az': {
                azure ??= Promise.all(/* import() */[__nccwpck_require__.e(6457), __nccwpck_require__.e(1232)]).then(__nccwpck_require__.bind(__nccwpck_require__, 61232)).then(({ openAzureBlobs }) => openAzureBlobs());
                const cloud = await azure;
                return 'code' in cloud ? cloud : place(cloud.container(bucket));
            }
        }
    };
}


/***/ }),

/***/ 69912:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   w8: () => (/* binding */ streamObject),
/* harmony export */   y2: () => (/* binding */ nothingCame)
/* harmony export */ });
/* unused harmony export heldLimit */
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(13130);

/** Most bytes of an object that is held in memory because its store cannot be read in a stream. */
const heldLimit = 64 * 1024 * 1024;
/** @returns false where there is more than `limit` bytes; the rest is not read */
async function streamObject(objects, key, limit, open, call) {
    if (objects.stream)
        return objects.stream(key, limit, open, call);
    const answer = await objects.get(key, Math.min(limit, heldLimit), call);
    if (answer.kind === 'found') {
        open()(answer.value);
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_0__/* .found */ .F9)(true);
    }
    if (answer.kind === 'absent' || answer.problem.code !== 'limit-exceeded')
        return answer;
    if (limit <= heldLimit)
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_0__/* .found */ .F9)(false);
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_0__/* .failed */ .gz)('unsupported', `${objects.where(key)}: larger than ${heldLimit} bytes, the most that is read there`);
}
/**
 * An empty answer of which the store says nothing: a store that holds an empty object has an ETag or a checksum for it.
 * It would read as a record that somebody emptied, which is a rejection.
 */
function nothingCame(where) {
    const message = `${where}: expected an object, got an answer with nothing in it, neither an ETag nor a checksum`;
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_0__/* .failed */ .gz)('response-invalid', message, 'storage');
}


/***/ }),

/***/ 34703:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ recordLimit),
/* harmony export */   OH: () => (/* binding */ recipeLimit),
/* harmony export */   OY: () => (/* binding */ signatureLimit),
/* harmony export */   UT: () => (/* binding */ bundleLimit),
/* harmony export */   t7: () => (/* binding */ manifestLimit)
/* harmony export */ });
/** Most bytes of a manifest or an index. */
const manifestLimit = 4 * 1024 * 1024;
/** Most bytes of a signature record, a payload or an image's configuration. */
const recordLimit = 1024 * 1024;
/** Most bytes of a recipe of a chunked layer: some 60,000 chunks. */
const recipeLimit = 8 * 1024 * 1024;
/** Most bytes of a bundle or an attestation: they hold whole bills of materials. */
const bundleLimit = 128 * 1024 * 1024;
/** Most signatures of an image that are listed. */
const signatureLimit = 1000;


/***/ }),

/***/ 46125:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Jw: () => (/* binding */ leadingFailure),
/* harmony export */   Q7: () => (/* binding */ all),
/* harmony export */   bz: () => (/* binding */ any),
/* harmony export */   jZ: () => (/* binding */ atLeast)
/* harmony export */ });
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24423);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(37120);


/**
 * Findings compose as Kleene's strong logic: a composed finding is met or unmet only when no answer to its unknown
 * children could change it. So a finding that is decided stays decided as more answers arrive.
 */
function all(check, children) {
    return atLeast(check, counted(children).length, children);
}
/** @param need how many children must be met, from 1: fewer would be a vacuous pass */
function atLeast(check, need, children) {
    if (need < 1)
        return nothingToVerify(check, children);
    const counting = counted(children);
    const proven = counting.filter((child) => child.status === 'met').length;
    const open = counting.filter((child) => child.status === 'unknown');
    const tally = `${String(proven)} of ${String(counting.length)} proven, ${String(need)} needed`;
    if (proven >= need)
        return (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .met */ .BG)(check, tally, { children });
    // An unmet child does not speak for an undecided whole: the unknown that holds it open does.
    const holding = proven + open.length >= need ? leadingFailure(open) : undefined;
    if (holding) {
        const { code, service } = holding;
        return (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(check, { code, message: tally, ...(service && { service }) }, { children });
    }
    const refused = counting.filter((child) => child.status === 'unmet');
    const [lead] = need < counting.length ? withEvidence(refused) : refused;
    // Fewer children than needed and none of them false: nobody could meet such a demand.
    if (lead === undefined)
        return nothingToVerify(check, children);
    return (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unmet */ .iY)(check, lead.code, tally, { children });
}
function any(check, children) {
    return atLeast(check, 1, children);
}
function counted(children) {
    return children.filter((child) => child.status !== 'exempt');
}
/** Where one of several would do, an attestation that is there and refused says more than another that is not there. */
function withEvidence(refused) {
    const there = refused.filter(({ code }) => code !== 'attestation-missing');
    return there.length > 0 ? there : refused;
}
function nothingToVerify(check, children) {
    return (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(check, { code: 'nothing-to-verify', message: 'nothing that counts is demanded here; nothing was proven' }, { children });
}
/**
 * The failure that speaks for several findings: the highest class, then input order.
 *
 * @returns undefined when none failed
 */
function leadingFailure(findings) {
    const failed = findings.filter(hasFailed);
    for (const wanted of _codes_js__WEBPACK_IMPORTED_MODULE_0__/* .classOrder */ .dy) {
        const first = failed.find((finding) => (0,_codes_js__WEBPACK_IMPORTED_MODULE_0__/* .classOf */ .Kl)(finding.code) === wanted);
        if (first)
            return first;
    }
    return undefined;
}
function hasFailed(finding) {
    return finding.status === 'unmet' || finding.status === 'unknown';
}


/***/ }),

/***/ 24423:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F4: () => (/* binding */ codes),
/* harmony export */   Kl: () => (/* binding */ classOf),
/* harmony export */   dy: () => (/* binding */ classOrder)
/* harmony export */ });
const codes = {
    unsigned: {
        class: 'supply-chain',
        meaning: 'No signature by the demanded signer is there.',
        remedy: 'Sign the image with the demanded key, or check that the key and the reference are the intended ones.',
    },
    'signature-invalid': {
        class: 'supply-chain',
        meaning: 'A signature is there, but it does not verify over this image at this place.',
        remedy: 'Find out who wrote it: sign the image anew where it lies now, or treat it as forged.',
    },
    'digest-mismatch': {
        class: 'supply-chain',
        meaning: 'The signed or expected digest is not the digest of the image, or of a part of it.',
        remedy: 'The image changed after it was signed or chosen: promote the signed one, or sign the new one.',
    },
    'key-mismatch': {
        class: 'supply-chain',
        meaning: 'The evidence was made with another key than the demanded one.',
        remedy: 'Compare the key ids; give the right key, or have the image signed by the demanded one.',
    },
    'identity-mismatch': {
        class: 'supply-chain',
        meaning: 'The certificate names another identity than the demanded one.',
        remedy: 'Compare identity and issuer; correct the demand, or have the right workflow sign.',
    },
    'certificate-untrusted': {
        class: 'supply-chain',
        meaning: 'The certificate does not lead to a trusted root.',
        remedy: 'Give the trusted root of the instance that signed, or reject the signer.',
    },
    'certificate-expired': {
        class: 'supply-chain',
        meaning: 'The certificate was not valid at the proven time.',
        remedy: 'Sign again with a valid certificate and a log entry or a timestamp.',
    },
    'log-entry-missing': {
        class: 'supply-chain',
        meaning: 'The evidence carries no transparency log entry although one is demanded.',
        remedy: 'Sign with a log entry, or waive it with insecure-ignore-tlog where a key alone is enough.',
    },
    'log-entry-invalid': {
        class: 'supply-chain',
        meaning: 'The transparency log entry does not prove this signature.',
        remedy: 'Sign again; an entry that belongs to something else is a sign of tampering.',
    },
    'timestamp-invalid': {
        class: 'supply-chain',
        meaning: 'The signed timestamp does not prove a time for this signature.',
        remedy: 'Sign again with a trusted timestamp authority.',
    },
    'annotation-mismatch': {
        class: 'supply-chain',
        meaning: 'The signature does not carry a demanded annotation.',
        remedy: 'Sign with the demanded annotations, or correct the demand.',
    },
    'attestation-missing': {
        class: 'supply-chain',
        meaning: 'No attestation of the demanded type by the demanded signer is there.',
        remedy: 'Attest the image, or correct the demanded type.',
    },
    'attestation-invalid': {
        class: 'supply-chain',
        meaning: 'An attestation is there, but it does not verify for this image.',
        remedy: 'Attest the image anew, or treat the attestation as forged.',
    },
    'policy-denied': {
        class: 'supply-chain',
        meaning: 'A policy was evaluated and says no.',
        remedy: 'Read the message of the rule that denied, and mend the image or its evidence.',
    },
    'policy-untrusted': {
        class: 'supply-chain',
        meaning: 'The policy itself is not signed by the demanded signer.',
        remedy: 'Sign the policy, or give the key that signed it.',
    },
    'policy-expired': {
        class: 'supply-chain',
        meaning: 'The signed policy is past its expiry.',
        remedy: 'Renew and sign the policy.',
    },
    'record-malformed': {
        class: 'supply-chain',
        meaning: 'A signature record is there but cannot be one.',
        remedy: 'Sign the image again; somebody or something overwrote the record.',
    },
    unreachable: {
        class: 'infrastructure',
        meaning: 'The service could not be reached.',
        remedy: 'Check the address and the network, then run again: nothing was found out about the image.',
    },
    'tls-failed': {
        class: 'infrastructure',
        meaning: 'No trusted TLS connection could be made.',
        remedy: 'Give the certificate authority of the service, or repair its certificate.',
    },
    denied: {
        class: 'infrastructure',
        meaning: 'The service refused the credentials or the right.',
        remedy: 'Check the credentials of the step and the rights they have.',
    },
    'not-found': {
        class: 'infrastructure',
        meaning: 'The image itself is not there.',
        remedy: 'Check the reference, and that the push came before this step.',
    },
    'rate-limited': {
        class: 'infrastructure',
        meaning: 'The service answered that it gets too many requests.',
        remedy: 'Run again later, sign in, or lower the concurrency.',
    },
    'server-error': {
        class: 'infrastructure',
        meaning: 'The service failed.',
        remedy: 'Run again later; the status page of the service may know more.',
    },
    timeout: {
        class: 'infrastructure',
        meaning: 'The service did not answer in time.',
        remedy: 'Run again, or give more time.',
    },
    'response-invalid': {
        class: 'infrastructure',
        meaning: 'The service answered something that cannot be the answer.',
        remedy: 'Look for a proxy or a login page in between, and at the service itself.',
    },
    'limit-exceeded': {
        class: 'infrastructure',
        meaning: 'Something was larger than this tool reads.',
        remedy: 'Look at what lies there: it is no usual signature, key or manifest.',
    },
    'internal-error': {
        class: 'infrastructure',
        meaning: 'The tool itself failed or was stopped.',
        remedy: 'Run again; if it stays, report it with the message.',
    },
    'input-invalid': {
        class: 'configuration',
        meaning: 'An input of the step or a flag cannot be used.',
        remedy: 'Correct the input that the message names.',
    },
    'reference-invalid': {
        class: 'configuration',
        meaning: 'The image reference cannot be read.',
        remedy: 'Write registry/name:tag, s3://bucket/name:tag, local://store/name:tag or oci-layout://dir[:tag].',
    },
    'key-invalid': {
        class: 'configuration',
        meaning: 'The key reference leads to no usable public key.',
        remedy: 'Give a PEM public key, a cosign.key with COSIGN_PASSWORD, or one of the references that docs/keys.md lists.',
    },
    'policy-invalid': {
        class: 'configuration',
        meaning: 'The policy cannot be read.',
        remedy: 'Correct the policy file that the message names.',
    },
    'trust-root-invalid': {
        class: 'configuration',
        meaning: 'The trusted root cannot be read.',
        remedy: 'Give a trusted_root.json of the instance that signed.',
    },
    'nothing-to-verify': {
        class: 'configuration',
        meaning: 'There is no image or no requirement, so nothing could be decided.',
        remedy: 'Name at least one image and at least one key, identity or policy.',
    },
    uncovered: {
        class: 'configuration',
        meaning: 'No policy covers the image.',
        remedy: 'Add a policy for it, or say with no-match-policy what shall happen then.',
    },
    'output-unwritable': {
        class: 'configuration',
        meaning: 'A report could not be written.',
        remedy: 'Check the path and its rights.',
    },
    unsupported: {
        class: 'configuration',
        meaning: 'This version cannot do what was asked.',
        remedy: 'See the documentation for what is supported, or use a newer version.',
    },
};
function classOf(code) {
    return codes[code].class;
}
/** The higher class speaks for the whole: what is proven comes first, then what the pipeline's owner can mend. */
const classOrder = ['supply-chain', 'configuration', 'infrastructure'];


/***/ }),

/***/ 45558:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ endingOf)
/* harmony export */ });
function endingOf(result, leniency) {
    if (result.verdict === 'verified')
        return { exit: 0, letPass: false, handOn: true };
    const exit = result.verdict === 'rejected' ? 1 : 2;
    const counted = result.images.filter(({ allowed }) => allowed !== true);
    const failures = [result.failure, ...counted.map((image) => image.failure)];
    // Also where another image's rejection speaks for the run: a typing error must not switch the gate off.
    if (failures.some((failure) => failure?.class === 'configuration'))
        return { exit, letPass: false, handOn: true };
    const warnOnly = result.verdict === 'undetermined' && leniency.onInfrastructureError === 'warn';
    if (leniency.mode === 'audit')
        return { exit: 0, letPass: true, handOn: !warnOnly };
    const resolved = counted.length > 0 && counted.every((image) => image.digest !== null);
    if (warnOnly && resolved) {
        return { exit: 0, letPass: true, handOn: false };
    }
    return { exit, letPass: false, handOn: true };
}


/***/ }),

/***/ 37120:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BG: () => (/* binding */ met),
/* harmony export */   Is: () => (/* binding */ exempt),
/* harmony export */   L5: () => (/* binding */ unknown),
/* harmony export */   iY: () => (/* binding */ unmet)
/* harmony export */ });
function met(check, message, more = {}) {
    return { ...more, status: 'met', check, message };
}
function unmet(check, code, message, more = {}) {
    return { ...more, status: 'unmet', code, check, message };
}
function unknown(check, problem, more = {}) {
    return { ...more, ...problem, status: 'unknown', check };
}
function exempt(check, reason, more = {}) {
    return { ...more, status: 'exempt', check, message: reason };
}


/***/ }),

/***/ 54620:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ certificateClaims),
/* harmony export */   X: () => (/* binding */ longestPattern)
/* harmony export */ });
/**
 * What a certificate says of a workflow that signed, beside identity and issuer, as Fulcio names it (fulcio,
 * docs/oid-info.md); the first five are the older names of GitHub's.
 */
const certificateClaims = [
    'github-workflow-trigger',
    'github-workflow-sha',
    'github-workflow-name',
    'github-workflow-repository',
    'github-workflow-ref',
    'build-signer-uri',
    'build-signer-digest',
    'runner-environment',
    'source-repository-uri',
    'source-repository-digest',
    'source-repository-ref',
    'source-repository-identifier',
    'source-repository-owner-uri',
    'source-repository-owner-identifier',
    'build-config-uri',
    'build-trigger',
    'source-repository-visibility',
];
/** Whoever writes a policy writes its patterns: the program of a long one takes all memory there is. */
const longestPattern = 10_000;


/***/ }),

/***/ 18364:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   V2: () => (/* binding */ failure),
/* harmony export */   Vj: () => (/* binding */ verdictOf),
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   gV: () => (/* binding */ verdictOfRun),
/* harmony export */   t5: () => (/* binding */ decidingPart)
/* harmony export */ });
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24423);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(37120);
/* harmony import */ var _algebra_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(46125);



function verdictOf(finding) {
    switch (finding.status) {
        case 'met':
            return 'verified';
        case 'unmet':
            return 'rejected';
        case 'unknown':
        case 'exempt':
            return 'undetermined';
    }
}
/** The failure that a finding carries, in the words of the deepest part that decided it; null when met. */
function failureOf(finding) {
    if (finding.status === 'met')
        return null;
    if (finding.status === 'exempt')
        return failure('nothing-to-verify', finding.message);
    const cause = decidingPart(finding);
    return failure(cause.code, cause.message, cause.status === 'unknown' ? cause.service : undefined);
}
function failure(code, message, service) {
    return { class: (0,_codes_js__WEBPACK_IMPORTED_MODULE_0__/* .classOf */ .Kl)(code), code, message, hint: _codes_js__WEBPACK_IMPORTED_MODULE_0__/* .codes */ .F4[code].remedy, ...(service && { service }) };
}
/** Goes down to the part whose code the whole carries. */
function decidingPart(finding) {
    // A code is of what is proven false or of what is unknown, never of both: it says the status too.
    const same = (finding.children ?? []).filter((child) => child.code === finding.code);
    const lead = (0,_algebra_js__WEBPACK_IMPORTED_MODULE_1__/* .leadingFailure */ .Jw)(same);
    return lead ? decidingPart(lead) : finding;
}
/** One verdict for several images: rejected if any is, verified only if all are. */
function verdictOfRun(images, problems = []) {
    if (images.length === 0 && problems.length === 0) {
        return { verdict: 'undetermined', failure: failure('nothing-to-verify', 'no image was given') };
    }
    // Where nothing covers any image, nothing was verified.
    const counted = images.every(({ allowed }) => allowed) ? images : images.filter(({ allowed }) => !allowed);
    // What is wrong with the policies explains why nothing could be held against them.
    const lead = (0,_algebra_js__WEBPACK_IMPORTED_MODULE_1__/* .leadingFailure */ .Jw)([
        ...problems.map((problem) => (0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)('run', problem)),
        ...counted.map(({ finding }) => counting(finding)),
    ]);
    if (!lead)
        return { verdict: 'verified', failure: null };
    return { verdict: verdictOf(lead), failure: failureOf(lead) };
}
/** An image cannot be left out of the count: one that nothing was demanded of is not verified. */
function counting(finding) {
    if (finding.status !== 'exempt')
        return finding;
    return (0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(finding.check, { code: 'nothing-to-verify', message: finding.message });
}


/***/ }),

/***/ 68341:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ severities),
/* harmony export */   u: () => (/* binding */ vexStatuses)
/* harmony export */ });
const severities = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'];
const vexStatuses = ['affected', 'under_investigation', 'fixed', 'not_affected', 'unknown'];


/***/ }),

/***/ 46042:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ ageless),
/* harmony export */   n: () => (/* binding */ judgeAge)
/* harmony export */ });
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(37120);

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;
/**
 * Whether a signature was made lately, by the earliest time that is proven for it. Claims do not count: whoever wrote
 * them could have written any.
 *
 * @param times proven times; none: nothing is proven
 */
function judgeAge(times, maxAgeMs, now, where) {
    const [earliest] = [...times].sort((a, b) => a.getTime() - b.getTime());
    if (earliest === undefined)
        return ageless(maxAgeMs, where);
    const at = earliest.toISOString();
    return now.getTime() - earliest.getTime() <= maxAgeMs
        ? (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .met */ .BG)('freshness', `the signature at ${where} is of ${at}, at most ${spell(maxAgeMs)} ago`)
        : (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .unmet */ .iY)('freshness', 'policy-denied', `${wanted(maxAgeMs, where)}, got one of ${at}`);
}
/** What evidence without any proven time comes to. */
function ageless(maxAgeMs, where) {
    const message = `${wanted(maxAgeMs, where)}, got one for which no time is proven`;
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .unmet */ .iY)('freshness', 'timestamp-invalid', message);
}
function wanted(maxAgeMs, where) {
    return `expected a signature that is proven to be at most ${spell(maxAgeMs)} old at ${where}`;
}
/** In the largest unit that says it whole. */
function spell(ms) {
    if (ms % day === 0)
        return `${ms / day}d`;
    return ms % hour === 0 ? `${ms / hour}h` : `${ms / second}s`;
}


/***/ }),

/***/ 83222:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Gz: () => (/* binding */ publicKeyFromCertificate),
/* harmony export */   W8: () => (/* binding */ publicKeyFromSpki),
/* harmony export */   fu: () => (/* binding */ publicKeyFromPkcs1),
/* harmony export */   mi: () => (/* binding */ publicKeyFromPkcs8)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

const smallestModulusBits = 2048;
/** What OpenSSL still computes with; no KMS makes more than 4096. */
const largestModulusBits = 16_384;
/** Far beyond the DER of a key with the largest modulus. */
const largestKeyBytes = 65_536;
/** Curves by OpenSSL's name. */
const curves = new Map([
    ['prime256v1', { type: 'ecdsa-p256', coordinateBytes: 32, spkiBytes: 91 }],
    ['secp384r1', { type: 'ecdsa-p384', coordinateBytes: 48, spkiBytes: 120 }],
    ['secp521r1', { type: 'ecdsa-p521', coordinateBytes: 66, spkiBytes: 158 }],
]);
/** First byte of a point (SEC 1, 2.3.3); compressed (2, 3) and hybrid (6, 7) spellings would hash to other ids. */
const uncompressed = 4;
const expected = 'expected an ECDSA P-256, P-384 or P-521, RSA or Ed25519 public key';
/** Reads DER of a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7): what a PEM block `PUBLIC KEY` holds. */
function publicKeyFromSpki(der) {
    return readDer(der, 'SubjectPublicKeyInfo', () => {
        const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)({ key: Buffer.from(der), format: 'der', type: 'spki' });
        return isSame(key.export({ format: 'der', type: 'spki' }), der) ? key : undefined;
    });
}
/** Reads DER of a PKCS#1 RSAPublicKey (RFC 8017, A.1.1): what a PEM block `RSA PUBLIC KEY` holds. */
function publicKeyFromPkcs1(der) {
    return readDer(der, 'PKCS#1 RSAPublicKey', () => {
        const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)({ key: Buffer.from(der), format: 'der', type: 'pkcs1' });
        return isSame(key.export({ format: 'der', type: 'pkcs1' }), der) ? key : undefined;
    });
}
/** The public half of an unencrypted PKCS#8 private key (RFC 5958), as it lies inside a cosign.key. */
function publicKeyFromPkcs8(der) {
    return readDer(der, 'PKCS#8 private key', () => {
        const copy = Buffer.from(der);
        try {
            return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)((0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPrivateKey)({ key: copy, format: 'der', type: 'pkcs8' }));
        }
        finally {
            copy.fill(0);
        }
    });
}
/** The key that a certificate is for (RFC 5280, 4.1); nothing else of it is looked at. */
function publicKeyFromCertificate(der) {
    try {
        return admit(new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(der).publicKey);
    }
    catch {
        return refused('expected DER of a certificate');
    }
}
/**
 * `read` gives nothing for a spelling other than the canonical one: key ids are hashes of the encoding, so a
 * second spelling of one key would be a second signer. Go's parser refuses those too.
 */
function readDer(der, form, read) {
    if (der.length > largestKeyBytes) {
        return refused(`expected DER of a ${form}, got ${der.length} bytes, more than any key needs`);
    }
    const length = derLength(der);
    if (length === undefined || length > der.length) {
        return refused(`expected DER of a ${form}, got ${der.length} bytes that are no whole DER sequence`);
    }
    if (length < der.length) {
        return refused(`expected DER of a ${form} and nothing more, got ${der.length - length} bytes after it`);
    }
    let key;
    try {
        key = read();
    }
    catch {
        return refused(`expected DER of a ${form}, got DER that is none or whose key is of an unknown kind`);
    }
    if (key === undefined) {
        return refused(`expected the canonical DER of a ${form}, got another encoding or kind of key`);
    }
    return admit(key);
}
/** How many bytes the DER sequence at the start says it has, header included: there may be fewer. */
function derLength(der) {
    const [tag, first = 0] = der;
    if (tag !== 0x30)
        return undefined;
    if (first < 0x80)
        return 2 + first;
    const count = first & 0x7f;
    if (count === 0 || count > 3)
        return undefined;
    return 2 + count + der.subarray(2, 2 + count).reduce((length, byte) => length * 256 + byte, 0);
}
function isSame(one, other) {
    return Buffer.compare(one, other) === 0;
}
function refused(reason) {
    return { kind: 'refused', reason };
}
/** The kinds that are accepted; whatever is not named here is refused. */
function admit(key) {
    const spki = new Uint8Array(key.export({ format: 'der', type: 'spki' }));
    // Stryker disable next-line StringLiteral: a public key has a type; the compiler does not know
    const type = key.asymmetricKeyType ?? 'unknown';
    if (type === 'ec')
        return admitEc(key, spki);
    if (type === 'rsa')
        return admitRsa(key, spki);
    if (type === 'ed25519')
        return { kind: 'key', key: describe(key, spki, type) };
    if (type === 'rsa-pss') {
        return refused(`${expected}, got an RSA key restricted to PSS (id-RSASSA-PSS): give it as a plain RSA key`);
    }
    return refused(`${expected}, got a key of type ${type}`);
}
function admitEc(key, spki) {
    const name = key.asymmetricKeyDetails?.namedCurve ?? 'without a name';
    const curve = curves.get(name);
    if (curve === undefined)
        return refused(`${expected}, got an EC key on the curve ${name}`);
    if (spki.length !== curve.spkiBytes || spki[spki.length - 2 * curve.coordinateBytes - 1] !== uncompressed) {
        return refused('expected an EC key with a named curve and an uncompressed point, got another encoding');
    }
    return { kind: 'key', key: describe(key, spki, curve.type) };
}
function admitRsa(key, spki) {
    const { modulusLength: bits = 0, publicExponent: exponent = 0n } = key.asymmetricKeyDetails ?? {};
    if (bits < smallestModulusBits || bits > largestModulusBits) {
        return refused(`expected an RSA key of ${smallestModulusBits} to ${largestModulusBits} bits, got ${bits} bits`);
    }
    // As in Go's crypto/rsa: with exponent 1 everybody can sign, and none above 2^31 - 1 is in use.
    if (exponent < 3n || exponent % 2n === 0n || exponent > 0x7fffffffn) {
        return refused('expected an RSA key with an odd exponent from 3 to 2^31 - 1, got another exponent');
    }
    return { kind: 'key', key: { ...describe(key, spki, 'rsa'), bits } };
}
function describe(key, spki, type) {
    const sha256 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(spki).digest('hex');
    return { key, spki, id: sha256.slice(0, 16), sha256, type };
}


/***/ }),

/***/ 20912:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ checkRecord)
/* harmony export */ });
/* harmony import */ var _evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(46794);
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(37120);
/* harmony import */ var _signature_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(72061);



const supportedVersion = 2;
/** Longer texts of a record are cut where they are shown: a record may be a megabyte of one number. */
const longestShown = 1000;
const wellFormedDigest = /^sha256:[0-9a-f]{64}$/;
/**
 * Decides whether an s3lo record proves that the key signed this digest at this location. Steps, their order and
 * `peerReason` are those of `s3lo verify` 3.0 (pkg/image/verify.go); keyRef, keyID, algorithm and signedAt of the
 * record are neither signed nor looked at.
 */
async function checkRecord(input) {
    const parsed = (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .parseRecord */ .Hh)(input.bytes);
    if (parsed.kind === 'malformed')
        return { findings: [malformedRecord(input, clip(parsed.reason))] };
    const record = clipAll(parsed.record);
    const isUnbound = record.schemaVersion === 1 && input.acceptUnbound === true;
    if (record.schemaVersion !== supportedVersion && !isUnbound) {
        return { record, findings: [unsupportedVersion(input, clip(parsed.schemaVersionText))] };
    }
    const found = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)('record-found', `found a signature record at ${input.where}`, { facts: claims(record) });
    if (record.digest !== input.digest) {
        return { record, findings: [found, await changedManifest(input, record)] };
    }
    const signed = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)('digest-signed', `the record at ${input.where} names the digest ${input.digest}`);
    const decoded = (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .decodeBase64 */ .y4)(record.signature);
    if ('illegalAt' in decoded) {
        return { record, findings: [found, signed, malformedEncoding(input, decoded.illegalAt)] };
    }
    // Never what the record says was signed: whoever wrote the record wrote that too.
    const payload = isUnbound ? (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .unboundPayload */ .y0)(input.digest) : (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .recordPayload */ .oO)(input.location, input.digest);
    const outcome = await (0,_signature_js__WEBPACK_IMPORTED_MODULE_1__/* .verifySignature */ .O)(input.key, payload, decoded);
    if (outcome.kind === 'invalid') {
        const finding = await invalidSignature(input, decoded, outcome.peerReason);
        return { record, findings: [found, signed, finding] };
    }
    const { scheme } = outcome;
    const place = isUnbound ? 'any place (schema 1 binds none)' : spell(input.location);
    const valid = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)('signature-valid', `the signature by key ${nameKey(input)} is valid for ${place} with ${input.digest} (${scheme})`, { facts: { keyId: input.key.id, scheme, location: place, digest: input.digest } });
    return { record, scheme, findings: [found, signed, valid] };
}
function clip(text) {
    return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`;
}
/** The signature itself is never cut: it is read, not shown. */
function clipAll(record) {
    const { digest, keyRef, keyID, algorithm, signedAt } = record;
    return {
        ...record,
        digest: clip(digest),
        keyRef: clip(keyRef),
        keyID: clip(keyID),
        algorithm: clip(algorithm),
        signedAt: clip(signedAt),
    };
}
function spell({ bucket, image, tag }) {
    return `${bucket}/${image}:${tag}`;
}
function nameKey({ keyRef, key }) {
    return `${keyRef} (${key.id})`;
}
function claims(record) {
    const { digest, keyRef, keyID, algorithm, signedAt } = record;
    return { digest, keyRef, keyID, algorithm, signedAt };
}
function malformedRecord({ where }, reason) {
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)('record-found', 'record-malformed', `expected an s3lo signature record of schema version ${supportedVersion} at ${where}, got something unreadable: ${reason}`, { peerReason: `malformed signature record: ${reason}` });
}
function unsupportedVersion({ where }, version) {
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)('record-found', 'record-malformed', `expected a signature record of schema version ${supportedVersion} at ${where}, got version ${version}; sign the image again with s3lo 3`, {
        peerReason: `unsupported signature schema version ${version} (this build verifies version 2); re-sign the image`,
    });
}
function malformedEncoding({ where }, illegalAt) {
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)('signature-valid', 'record-malformed', `expected a signature in padded standard base64 in the record at ${where}, got text that is none from byte ${illegalAt} on`, { peerReason: `malformed signature encoding: illegal base64 data at input byte ${illegalAt}` });
}
async function changedManifest(input, record) {
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)('digest-signed', 'digest-mismatch', `expected a record that names the digest ${input.digest}, got ${record.digest === '' ? 'none' : record.digest} at ${input.where}`, {
        peerReason: `manifest changed: signed ${record.digest}, current ${input.digest}`,
        nearMisses: [await explainOtherDigest(input, record)],
    });
}
/** A genuine record of another digest tells that the image was replaced; any other record tells nothing. */
async function explainOtherDigest(input, record) {
    const signature = (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .decodeBase64 */ .y4)(record.signature);
    if (wellFormedDigest.test(record.digest) && !('illegalAt' in signature)) {
        const payload = (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .recordPayload */ .oO)(input.location, record.digest);
        const outcome = await (0,_signature_js__WEBPACK_IMPORTED_MODULE_1__/* .verifySignature */ .O)(input.key, payload, signature);
        if (outcome.kind === 'valid') {
            const signer = `key ${nameKey(input)} really signed ${record.digest} for ${spell(input.location)}`;
            return { message: `${signer}: the image was changed after it was signed` };
        }
    }
    return {
        message: `the record at ${input.where} is not signed by key ${nameKey(input)} for ${spell(input.location)}: it proves nothing`,
    };
}
async function invalidSignature(input, signature, peerReason) {
    const expected = `expected a signature by key ${nameKey(input)} for ${spell(input.location)} with ${input.digest}`;
    const nearMiss = await explainRespelling(input, signature);
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)('signature-valid', 'signature-invalid', `${expected}, got one at ${input.where} that does not verify: made with another key, for another place, or forged`, { peerReason: `invalid signature: ${peerReason}`, ...(nearMiss && { nearMisses: [nearMiss] }) });
}
/** Local roots are signed as they were typed, so `./store` and `store` differ: tried to explain, never to accept. */
async function explainRespelling(input, signature) {
    const bucket = respellRoot(input.location.bucket);
    if (bucket === undefined)
        return undefined;
    const location = { ...input.location, bucket };
    const outcome = await (0,_signature_js__WEBPACK_IMPORTED_MODULE_1__/* .verifySignature */ .O)(input.key, (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .recordPayload */ .oO)(location, input.digest), signature);
    if (outcome.kind === 'invalid')
        return undefined;
    return {
        message: `valid for ${spell(location)}, not for ${spell(input.location)}: the image was signed with the root spelled ${bucket}`,
    };
}
function respellRoot(bucket) {
    if (bucket.startsWith('./'))
        return bucket.slice(2);
    return bucket.startsWith('/') || bucket.startsWith('../') ? undefined : `./${bucket}`;
}


/***/ }),

/***/ 72061:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  O: () => (/* binding */ verifySignature)
});

// UNUSED EXPORTS: largestSignatureBytes

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(77598);
;// CONCATENATED MODULE: ./src/verify/ecdsa-encoding.ts
/** Two coordinates of P-521: the longest IEEE P1363 signature. */
const longestP1363 = 132;
const sequence = 0x30;
const integer = 0x02;
/**
 * Tells the two encodings apart as sigstore's verifier does: what starts with a DER sequence of two integers is
 * DER (and must then verify as strict DER), anything else is r and s in halves, if it can be. The halves need
 * not be as long as the curve's numbers. Source: sigstore 1.10, pkg/signature/ecdsa.go.
 */
function readEcdsaSignature(bytes) {
    if (startsWithDerPair(bytes))
        return { form: 'der', der: bytes };
    if (bytes.length === 0 || bytes.length > longestP1363 || bytes.length % 2 !== 0)
        return { form: 'neither' };
    const half = bytes.length / 2;
    return { form: 'p1363', der: writeDerPair(bytes.subarray(0, half), bytes.subarray(half)) };
}
/** Go's asn1.Unmarshal into two big integers: bytes after the sequence, and after s inside of it, are let pass. */
function startsWithDerPair(bytes) {
    const outer = readHeader(bytes, sequence);
    if (outer === undefined)
        return false;
    const inner = bytes.subarray(outer.start, outer.end);
    const r = readInteger(inner);
    return r !== undefined && readInteger(inner.subarray(r)) !== undefined;
}
/** The position after a minimally encoded integer, of either sign, at the start of the bytes. */
function readInteger(bytes) {
    const header = readHeader(bytes, integer);
    if (header === undefined || header.start === header.end)
        return undefined;
    const first = bytes[header.start] ?? 0;
    const second = bytes[header.start + 1] ?? 0;
    const padded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
    return padded && header.end - header.start > 1 ? undefined : header.end;
}
/** Tag and minimally encoded length (X.690, 10.1); the content must be there as a whole. */
function readHeader(bytes, tag) {
    const first = bytes[1];
    if (bytes[0] !== tag || first === undefined || first === 0x80)
        return undefined;
    let start = 2;
    let length = first;
    if (first > 0x80) {
        start += first & 0x7f;
        length = 0;
        for (const byte of bytes.subarray(2, start)) {
            length = length * 256 + byte;
            if (length === 0)
                return undefined;
        }
        if (length < 0x80)
            return undefined;
    }
    const end = start + length;
    return end > bytes.length ? undefined : { start, end };
}
function writeDerPair(r, s) {
    const content = [...writeInteger(r), ...writeInteger(s)];
    return Uint8Array.from([sequence, ...writeLength(content.length), ...content]);
}
function writeInteger(unsigned) {
    const start = unsigned.findIndex((byte) => byte !== 0);
    const digits = start < 0 ? [0] : [...unsigned.subarray(start)];
    if ((digits[0] ?? 0) >= 0x80)
        digits.unshift(0);
    return [integer, ...writeLength(digits.length), ...digits];
}
/** Lengths here stay below 256. */
function writeLength(length) {
    return length < 0x80 ? [length] : [0x81, length];
}

;// CONCATENATED MODULE: ./src/verify/signature.ts


/** As long as the largest RSA modulus that is accepted; every other signature is shorter. */
const largestSignatureBytes = 2048;
const hashes = {
    // s3lo verifies everything with SHA-256; its signing side, cosign and KMS take the curve's own hash.
    'ecdsa-p256': ['sha256'],
    'ecdsa-p384': ['sha384', 'sha256'],
    'ecdsa-p521': ['sha512', 'sha256'],
    rsa: ['sha256', 'sha384', 'sha512'],
};
const ed25519SignatureBytes = 64;
const ed25519KeyBytes = 32;
/**
 * Verifies a signature by whatever real signers make with a key of this type: ECDSA in DER or IEEE P1363 with the
 * curve's hash or SHA-256, RSA PKCS#1 v1.5 and PSS (salt as long as the hash), Ed25519 pure, prehashed (RFC 8032,
 * 5.1.7) and pure over the SHA-256 of the message (Vault). Hostile bytes are `invalid`, never an exception.
 */
async function verifySignature(key, message, signature) {
    switch (key.type) {
        case 'ecdsa-p256':
        case 'ecdsa-p384':
        case 'ecdsa-p521':
            return verifyEcdsa(key, hashes[key.type], message, signature);
        case 'rsa':
            return verifyRsa(key, message, signature);
        case 'ed25519':
            return verifyEd25519(key, message, signature);
    }
}
function invalid(peerReason) {
    return { kind: 'invalid', peerReason };
}
function verifyEcdsa(key, names, message, signature) {
    const found = readEcdsaSignature(signature);
    if (found.form === 'neither')
        return invalid('ecdsa: Invalid IEEE_P1363 encoded bytes');
    if (found.der.length <= largestSignatureBytes) {
        const input = { key: key.key, dsaEncoding: 'der' };
        const hash = names.find((name) => (0,external_node_crypto_.verify)(name, message, input, found.der));
        if (hash !== undefined)
            return { kind: 'valid', scheme: `ecdsa-${hash}` };
    }
    const form = found.form === 'der' ? 'ASN.1' : 'IEEE_P1363';
    return invalid(`invalid signature when validating ${form} encoded signature`);
}
function verifyRsa(key, message, signature) {
    if (signature.length <= largestSignatureBytes) {
        const pkcs1 = { key: key.key, padding: external_node_crypto_.constants.RSA_PKCS1_PADDING };
        const pss = {
            key: key.key,
            padding: external_node_crypto_.constants.RSA_PKCS1_PSS_PADDING,
            saltLength: external_node_crypto_.constants.RSA_PSS_SALTLEN_DIGEST,
        };
        const schemes = [
            { name: 'rsa-pkcs1', input: pkcs1 },
            { name: 'rsa-pss', input: pss },
        ];
        for (const { name, input } of schemes) {
            const hash = hashes.rsa.find((candidate) => (0,external_node_crypto_.verify)(candidate, message, input, signature));
            if (hash !== undefined)
                return { kind: 'valid', scheme: `${name}-${hash}` };
        }
    }
    return invalid('crypto/rsa: verification error');
}
async function verifyEd25519(key, message, signature) {
    if (signature.length === ed25519SignatureBytes) {
        if ((0,external_node_crypto_.verify)(null, message, key.key, signature))
            return { kind: 'valid', scheme: 'ed25519' };
        const sha256 = (0,external_node_crypto_.createHash)('sha256').update(message).digest();
        if ((0,external_node_crypto_.verify)(null, sha256, key.key, signature))
            return { kind: 'valid', scheme: 'ed25519-sha256' };
        // Node has no Ed25519ph; most runs need none, so it is loaded only here.
        const { ed25519ph } = await Promise.all(/* import() */[__nccwpck_require__.e(9001), __nccwpck_require__.e(1185)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1185));
        const point = key.spki.subarray(-ed25519KeyBytes);
        // zip215 admits encodings of points that RFC 8032 and Go do not.
        if (ed25519ph.verify(signature, message, point, { zip215: false })) {
            return { kind: 'valid', scheme: 'ed25519ph' };
        }
    }
    return invalid('failed to verify signature');
}


/***/ }),

/***/ 42613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 20181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 35317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 76982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 24434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 79896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 91943:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs/promises");

/***/ }),

/***/ 58611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 65692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 69278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 16698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 31421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 77598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 73024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 51455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 37067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 32467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 44708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 77030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 48161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 76760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 57075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 37830:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/web");

/***/ }),

/***/ 58500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 41692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 73136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 57975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 75919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 38522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 70857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 16928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 83480:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("querystring");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 13193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 53557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 64756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 52018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 87016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 39023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 28167:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("worker_threads");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		8792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  XI: () => (/* reexport */ action),
  sj: () => (/* binding */ answerQuestions),
  xw: () => (/* reexport */ cli),
  F4: () => (/* reexport */ codes/* codes */.F4),
  LD: () => (/* reexport */ gate/* decide */.L),
  z6: () => (/* reexport */ ending/* endingOf */.z),
  Nn: () => (/* reexport */ inspect),
  mm: () => (/* reexport */ inspectImage),
  "in": () => (/* reexport */ readRequest),
  ml: () => (/* reexport */ clock/* systemClock */.m),
  MX: () => (/* reexport */ library_verify)
});

// EXTERNAL MODULE: ./src/report/progress.ts
var report_progress = __nccwpck_require__(18991);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __nccwpck_require__(14031);
// EXTERNAL MODULE: ./src/report/summary.ts + 4 modules
var summary = __nccwpck_require__(68799);
// EXTERNAL MODULE: ./src/report/words.ts
var words = __nccwpck_require__(72691);
// EXTERNAL MODULE: ./src/report/text.ts
var report_text = __nccwpck_require__(65655);
// EXTERNAL MODULE: ./src/run/answer.ts + 2 modules
var answer = __nccwpck_require__(31035);
// EXTERNAL MODULE: ./src/run/outputs.ts
var outputs = __nccwpck_require__(73815);
// EXTERNAL MODULE: ./src/run/read-inputs.ts
var read_inputs = __nccwpck_require__(66339);
// EXTERNAL MODULE: ./src/run/stop.ts
var run_stop = __nccwpck_require__(26941);
// EXTERNAL MODULE: ./src/report/near-misses.ts
var near_misses = __nccwpck_require__(84455);
// EXTERNAL MODULE: ./src/report/place.ts
var place = __nccwpck_require__(18141);
;// CONCATENATED MODULE: ./src/action/annotations.ts




/** The runner keeps ten of a kind for a step and cuts a message at 4096 characters. */
const most = 10;
const longest = 4000;
const mostPlaces = 5;
/**
 * One annotation for each failed image, and, of policies and manifests, one for each warning: what nobody checked must
 * not be found in the log alone. The tenth of a kind speaks for the rest where there are more.
 */
function toAnnotations(result, ending) {
    const level = ending.letPass ? 'warning' : 'error';
    const failed = failures(result, level);
    const failing = cut(failed, most, (rest) => ({
        level,
        title: (0,words/* title */.DD)(result.verdict, result.failure),
        message: `${rest} more images failed: see the job summary and the result file`,
    }));
    const room = level === 'warning' ? most - failing.length : most;
    const warned = cut(warnings(result), room, (rest) => ({
        level: 'warning',
        title: aloud,
        message: `${rest} more warnings: see the job summary and the result file`,
    }));
    return [...failing, ...warned];
}
function cut(items, room, forTheRest) {
    if (items.length <= room)
        return items;
    return room === 0 ? [] : [...items.slice(0, room - 1), forTheRest(items.length - room + 1)];
}
function failures(result, level) {
    const failed = result.images.filter((image) => image.failure !== null && !image.allowed);
    const annotate = (verdict, failure, about, more, origin) => ({
        level,
        title: (0,words/* title */.DD)(verdict, failure),
        message: (0,report_escape/* shorten */.ml)([`${about}${failure.message}`, ...more, failure.hint].map(report_escape/* line */.n8).join('\n'), longest),
        ...(origin && placeOf(origin.file, origin.line)),
    });
    const own = result.failure;
    const whole = own && !failed.some(({ failure }) => failure?.code === own.code && failure.message === own.message)
        ? [annotate(result.verdict, own, '', [], (0,place/* located */.t4)(own.message, result))]
        : [];
    const each = failed.flatMap(({ verdict, failure, reference, finding, origins = [] }) => failure
        ? [
            annotate(verdict, failure, `${reference}: `, [...(0,near_misses/* nearMissesOf */.i)(finding), ...places(origins)], origins[0]),
        ]
        : []);
    return [...whole, ...each];
}
function places(origins) {
    const lines = origins.slice(0, mostPlaces).map((origin) => `at ${(0,place/* placeText */.Z9)(origin)}`);
    return origins.length > mostPlaces ? [...lines, `and ${origins.length - mostPlaces} more places`] : lines;
}
const aloud = 'Policies and manifests';
/** Of runs without policies and manifests warnings stay in the log and the summary. */
function warnings(result) {
    if (!result.policyFiles && !result.pinned)
        return [];
    return result.warnings.map((warning) => {
        const origin = (0,place/* located */.t4)(warning, result);
        return {
            level: 'warning',
            title: aloud,
            message: (0,report_escape/* shorten */.ml)((0,report_escape/* line */.n8)(warning), longest),
            ...(origin && placeOf(origin.file, origin.line)),
        };
    });
}
/** A name that a runner or a page would show otherwise than it is names no file there. */
function placeOf(file, startLine) {
    return file === 'standard input' || (0,report_escape/* line */.n8)(file) !== file ? {} : { place: { file, startLine } };
}

// EXTERNAL MODULE: ./src/inputs/parse.ts + 10 modules
var parse = __nccwpck_require__(45946);
// EXTERNAL MODULE: ./src/inputs/table.ts + 5 modules
var table = __nccwpck_require__(72297);
// EXTERNAL MODULE: ./src/reference/nearest.ts
var reference_nearest = __nccwpck_require__(24179);
;// CONCATENATED MODULE: ./src/action/inputs.ts



/** Reads the step's inputs; `getInput` is that of `@actions/core`. */
function givenInputs(getInput) {
    const given = new Map();
    for (const { name } of table/* inputTable */.F) {
        const text = getInput(name);
        if (text !== '')
            given.set(name, [text]);
    }
    return given;
}
/**
 * Inputs that this version does not have. The runner only warns of them, but somebody who asked for a check that is
 * not made must not get a pass.
 */
function unknownInputs(environment) {
    const known = new Set(table/* inputTable */.F.map(({ name }) => name));
    return Object.entries(environment).flatMap(([variable, value = '']) => {
        const name = /^INPUT_(.+)$/.exec(variable)?.[1]?.toLowerCase();
        const text = value.trim();
        if (name === undefined || known.has(name) || text === '')
            return [];
        const meant = (0,reference_nearest/* nearestName */.q)(name, known);
        const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
        return [
            {
                code: 'input-invalid',
                message: `${name}: expected an input of this action, got an unknown name${hint}`,
            },
        ];
    });
}

;// CONCATENATED MODULE: ./src/action/progress.ts


/** Of so many images each has a line; of more, those that are not verified, and a count from time to time. */
const mostLines = 50;
const pauseMs = 5000;
/** The log of a long run: a group that can be folded, with as many lines as can be read. One image has none. */
function watchInLog(log, now) {
    let progress = (0,report_progress/* noneOf */.kO)(0);
    let said = 0;
    let named = 0;
    const isQuiet = () => progress.total < 2;
    return {
        planned: (total) => {
            progress = (0,report_progress/* noneOf */.kO)(total);
            said = now();
            if (!isQuiet())
                log.startGroup(`Judging ${total} images`);
        },
        decided: (image) => {
            progress = (0,report_progress/* oneMore */.G9)(progress, image);
            if (isQuiet())
                return;
            const { decided, total } = progress;
            const { reference, verdict, allowed } = image;
            if (total <= mostLines || (verdict !== 'verified' && allowed !== true && ++named <= mostLines))
                log.info((0,report_escape/* line */.n8)(`${decided} of ${total}: ${allowed === true ? 'not checked' : verdict} ${reference}`));
            if (total > mostLines && (decided === total || now() - said >= pauseMs)) {
                said = now();
                log.info((0,report_progress/* progressText */.l_)(progress));
            }
        },
        end: () => {
            if (!isQuiet())
                log.endGroup();
            progress = (0,report_progress/* noneOf */.kO)(0);
        },
    };
}

;// CONCATENATED MODULE: ./src/action/run.ts












/** Lines that are shown unfolded. */
const mostOpenLines = 300;
/**
 * The action: inputs of the step in; outputs, annotations, job summary and result file out.
 *
 * @param programFolder where the bundle lies
 * @param onStop tells of a signal that ends the process soon
 * @returns the exit code; nobody but the entry ends the process
 */
async function action(programFolder, onStop) {
    const stop = onStop && (0,run_stop/* stopOn */.C)(onStop);
    const core = await Promise.all(/* import() */[__nccwpck_require__.e(3838), __nccwpck_require__.e(5734)]).then(__nccwpck_require__.bind(__nccwpck_require__, 33838));
    const given = givenInputs((name) => core.getInput(name));
    const read = await (0,read_inputs/* readInputs */.K)(given, 'action');
    const before = [...unknownInputs(process.env)];
    if (read.reports.install) {
        const { install, isOnlyInstall } = await __nccwpck_require__.e(/* import() */ 1254).then(__nccwpck_require__.bind(__nccwpck_require__, 48873));
        const installed = await install(programFolder);
        if (typeof installed !== 'string')
            before.push(installed);
        else if (before.length === 0 && isOnlyInstall(given)) {
            core.info(`verify-image is on the path (${(0,report_escape/* line */.n8)(installed)}); nothing was verified, as no image is given`);
            return 0;
        }
    }
    const parsed = before.length === 0 ? read : { ...read, request: undefined, problems: [...before, ...read.problems] };
    const log = watchInLog(core, () => performance.now());
    const answered = await (0,answer/* answer */.Z)(parsed, programFolder, {
        ...log,
        ...(stop && { stop }),
        // Whoever turns on debug logging of steps wants to know.
        ...(core.isDebug() && { asked: (one) => core.debug((0,report_progress/* askedText */.k7)(one)) }),
    });
    log.end();
    const { result, ending, pinnedManifests } = answered;
    for (const [name, value] of Object.entries((0,outputs/* toOutputs */.I)(answered, parsed.reports.resultFile)))
        core.setOutput(name, value);
    const text = (0,report_text/* toText */.f)(result, pinnedManifests);
    const lines = [...text.stdout, ...text.stderr];
    // The verdict of a fleet stands below what would be pages of log.
    const isLong = lines.length > mostOpenLines;
    if (isLong)
        core.startGroup(`All ${result.images.length} images`);
    for (const one of lines)
        core.info(one);
    if (isLong) {
        core.endGroup();
        core.info((0,report_escape/* line */.n8)((0,words/* message */.iU)(result)));
    }
    for (const { level, title, message, place } of toAnnotations(result, ending))
        core[level](message, { title, ...place });
    if (parsed.reports.summary) {
        try {
            await core.summary.addRaw((0,summary/* toSummary */.V)(result, ending, pinnedManifests)).write();
        }
        catch (error) {
            // A report about the verdict never changes it: older servers and some containers have no summary.
            core.info((0,report_escape/* line */.n8)(`The job summary could not be written: ${error instanceof Error ? error.message : String(error)}`));
        }
    }
    return ending.exit;
}

// EXTERNAL MODULE: ./src/run/version.ts
var version = __nccwpck_require__(42057);
;// CONCATENATED MODULE: ./src/cli/arguments.ts
/** Reads `--flag value`, `--flag=value`, `-o value`, switches, and `--` before words that look like flags. */
function readArguments(argv, specs) {
    const words = [];
    const flags = new Map();
    let misuse;
    const queue = [...argv];
    for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
        if (word === '--') {
            words.push(...queue);
            break;
        }
        const parts = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? /^-([a-zA-Z])(?:=?([\s\S]+))?$/.exec(word);
        if (!parts) {
            words.push(word);
            continue;
        }
        const name = String(parts[1]);
        const spec = specs.find((one) => word.startsWith('--') ? one.name === name || one.also === name : one.short === name);
        if (!spec) {
            const dashes = word.startsWith('--') ? '--' : '-';
            misuse ??= { message: `unknown flag: ${dashes}${name}`, unknown: name };
            continue;
        }
        const value = parts[2] ?? (spec.switch ? 'true' : queue.shift());
        if (value === undefined)
            misuse ??= { message: `flag needs an argument: --${spec.name}` };
        else
            flags.set(spec.name, [...(flags.get(spec.name) ?? []), value]);
    }
    return { words, flags, ...(misuse && { misuse }) };
}

// EXTERNAL MODULE: ./src/cli/commands.ts
var commands = __nccwpck_require__(31654);
// EXTERNAL MODULE: ./src/cli/print.ts
var print = __nccwpck_require__(79381);
// EXTERNAL MODULE: ./src/keys/pkcs11.ts
var keys_pkcs11 = __nccwpck_require__(27107);
// EXTERNAL MODULE: ./src/report/json-text.ts
var json_text = __nccwpck_require__(44216);
// EXTERNAL MODULE: ./src/cli/verify.ts + 1 modules
var verify = __nccwpck_require__(75866);
;// CONCATENATED MODULE: ./src/cli/refusal.ts









/** Why a command line is refused as a whole, before anything of it is done; undefined: it can be followed. */
function refusalOf({ words, flags, misuse }) {
    if (misuse)
        return unreadable(misuse);
    if (flags.has('version'))
        return undefined;
    const [command, about] = words;
    const isHelp = command === 'help';
    const named = isHelp ? about : command;
    if (named !== undefined && !commands/* commands */.Pi.some(({ name }) => name === named))
        return refused(`unknown command: ${named}${meant(named, '', commands/* commands */.Pi)}`);
    if (isHelp || flags.has('help'))
        return undefined;
    if (named === undefined)
        return flags.size > 0
            ? refused(`expected a command: ${commands/* commands */.Pi.map(({ name }) => name).join(', ')}; got none`)
            : undefined;
    const stray = (0,commands/* strayFlag */.YD)(named, flags.keys());
    if (stray !== undefined)
        return refused(stray);
    if (flags.has('quiet') && flags.has('verbose'))
        return refused('expected --quiet or --verbose, got both');
    if (named === 'completion' && (0,commands/* shellNamed */.W1)(about) === undefined)
        return refused(`completion: expected bash, zsh, fish or powershell, got ${about ?? 'nothing'}`);
    return undefined;
}
/**
 * Says it, and with exit 2 ends as undetermined. So do the reports that the line names, as far as it can be read: what
 * an earlier run left there would be taken for this one's.
 */
async function refuse(problem, { words, flags }, programFolder) {
    const [command = '', ...images] = words;
    if ((0,commands/* strayFlag */.YD)(command, ['result-file']) === undefined) {
        const parsed = (0,parse/* parseInputs */.T)(new Map([...(0,verify/* inputsOf */.Vc)(flags), ['image', images]]), 'command');
        const answered = await (0,answer/* answer */.Z)({ ...parsed, request: undefined, problems: [problem] }, programFolder);
        if (parsed.reports.summary)
            await (0,verify/* writeSummary */.Sy)(answered);
        if (flags.get('output')?.at(-1) === 'json')
            await (0,print/* printPieces */.Jz)(process.stdout, (0,json_text/* inBlocks */.Q)((0,json_text/* jsonPieces */.M)(answered.document)));
    }
    await (0,print/* print */.yy)(process.stderr, [
        `Error: ${(0,report_escape/* line */.n8)(problem.message)}`,
        `  Verdict: undetermined (configuration, ${problem.code})`,
        '  Next:    see verify-image --help',
    ]);
    return 2;
}
function unreadable({ message, unknown }) {
    // cosign's flags for a key on a hardware token.
    if (unknown === 'sk' || unknown === 'slot')
        return { code: 'unsupported', message: `--${unknown}: ${keys_pkcs11/* tokensUnsupported */.Q}` };
    return refused(unknown === undefined ? message : `${message}${meant(unknown, '--', commands/* flagSpecs */.$j)}`);
}
function refused(message) {
    return { code: 'input-invalid', message };
}
function meant(typed, dashes, known) {
    const nearest = (0,reference_nearest/* nearestName */.q)(typed, known.map(({ name }) => name));
    return nearest === undefined ? '' : `; did you mean ${dashes}${nearest}?`;
}

;// CONCATENATED MODULE: ./src/cli/run.ts






const formats = ['text', 'json', 'cosign', 'kyverno'];
/**
 * The command.
 *
 * @param argv arguments without program and script
 * @param programFolder where the bundle lies
 * @param onStop tells of a signal that ends the process soon
 * @returns the exit code; nobody but the entry ends the process
 */
async function cli(argv, programFolder, onStop) {
    const typed = readArguments(argv, commands/* flagSpecs */.$j);
    const { words, flags } = typed;
    const wrong = refusalOf(typed);
    if (wrong)
        return refuse(wrong, typed, programFolder);
    if (flags.has('version')) {
        await (0,print/* print */.yy)(process.stdout, [`verify-image ${version/* version */.r}`]);
        return 0;
    }
    const [command, ...rest] = words;
    const isHelp = command === 'help' || flags.has('help');
    if (command === undefined || isHelp) {
        const { helpOf, overview } = await __nccwpck_require__.e(/* import() */ 7911).then(__nccwpck_require__.bind(__nccwpck_require__, 87911));
        const named = command === 'help' ? rest[0] : command;
        const about = commands/* commands */.Pi.find(({ name }) => name === named);
        const text = about ? helpOf(about, process.stdout) : overview(version/* version */.r);
        await (0,print/* print */.yy)(isHelp ? process.stdout : process.stderr, [text.trimEnd()]);
        return isHelp ? 0 : 2;
    }
    const asked = flags.get('output')?.at(-1) ?? '';
    const output = formats.find((format) => format === asked);
    const problems = asked !== '' && output === undefined
        ? [
            {
                code: 'input-invalid',
                message: `output: expected text, json, cosign or kyverno, got ${JSON.stringify(asked)}`,
            },
        ]
        : [];
    const args = { words: rest, flags };
    const shell = command === 'completion' ? (0,commands/* shellNamed */.W1)(rest[0]) : undefined;
    if (shell) {
        const { completion } = await __nccwpck_require__.e(/* import() */ 474).then(__nccwpck_require__.bind(__nccwpck_require__, 90474));
        await (0,print/* print */.yy)(process.stdout, [completion(shell).trimEnd()]);
        return 0;
    }
    if (command === 'verify')
        return (0,verify/* verify */.MX)(args, output, problems, programFolder, onStop);
    if (command === 'verify-bundle') {
        const { verifyBundle } = await Promise.all(/* import() */[__nccwpck_require__.e(3917), __nccwpck_require__.e(2856), __nccwpck_require__.e(9654), __nccwpck_require__.e(4187), __nccwpck_require__.e(4491), __nccwpck_require__.e(7628), __nccwpck_require__.e(1082)]).then(__nccwpck_require__.bind(__nccwpck_require__, 24231));
        return verifyBundle(args, output ?? 'text', problems);
    }
    if (command === 'plan')
        return (await __nccwpck_require__.e(/* import() */ 6207).then(__nccwpck_require__.bind(__nccwpck_require__, 76207))).plan(args, problems);
    if (command === 'merge')
        return (await __nccwpck_require__.e(/* import() */ 8022).then(__nccwpck_require__.bind(__nccwpck_require__, 8022))).mergeResults(args, output ?? 'text', problems, programFolder);
    const { inspect } = await Promise.all(/* import() */[__nccwpck_require__.e(3917), __nccwpck_require__.e(2856), __nccwpck_require__.e(4623), __nccwpck_require__.e(236)]).then(__nccwpck_require__.bind(__nccwpck_require__, 80236));
    return inspect(args, output ?? 'text', problems);
}

// EXTERNAL MODULE: ./src/gate/gate.ts + 18 modules
var gate = __nccwpck_require__(82989);
// EXTERNAL MODULE: ./src/gate/clock.ts
var clock = __nccwpck_require__(38553);
// EXTERNAL MODULE: ./src/verdict/codes.ts
var codes = __nccwpck_require__(24423);
// EXTERNAL MODULE: ./src/verdict/ending.ts
var ending = __nccwpck_require__(45558);
;// CONCATENATED MODULE: ./src/library.ts




/**
 * Decides whether the images of a question may be promoted.
 *
 * @param question inputs by their names: `{ image: 'registry/name:v1', key: 'release.pub' }`. What only a step or a
 *   command has (files of reports, exits) is no input here
 * @param following listeners, and a signal that ends the run
 * @returns the document, for every ending: `verdict`, `failure` with class, code and what to do, and for each image
 *   `pinned`, which is null unless that image is verified. It holds no secret that the run knows
 * @throws only what a listener threw
 */
async function library_verify(question, following = {}) {
    return (await Promise.all(/* import() */[__nccwpck_require__.e(3917), __nccwpck_require__.e(2856), __nccwpck_require__.e(4623), __nccwpck_require__.e(2949)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2949))).verify(question, following);
}
/**
 * Reads a question and decides nothing: the request is what `decide` takes, and its warnings are about the inputs. Files
 * that name images (`images-file`, `plan`) are read, nothing else is.
 */
async function readRequest(question) {
    return (await Promise.all(/* import() */[__nccwpck_require__.e(3917), __nccwpck_require__.e(2856), __nccwpck_require__.e(4623), __nccwpck_require__.e(2949)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2949))).readRequest(question);
}
/**
 * Lists every signature and attestation beside an image, checks those whose signer is given, and decides nothing.
 *
 * @returns `kind: 'found'`, or `'failed'` with the problem where the list could not be made
 */
async function inspect(question, following = {}) {
    return (await Promise.all(/* import() */[__nccwpck_require__.e(3917), __nccwpck_require__.e(2856), __nccwpck_require__.e(4623), __nccwpck_require__.e(2949)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2949))).inspect(question, following);
}
/** The same of a complete request; loaded when it is called first. */
async function inspectImage(request) {
    return (await Promise.all(/* import() */[__nccwpck_require__.e(3917), __nccwpck_require__.e(2856), __nccwpck_require__.e(4623), __nccwpck_require__.e(7252)]).then(__nccwpck_require__.bind(__nccwpck_require__, 17252))).inspectImage(request);
}

;// CONCATENATED MODULE: ./src/main.ts
/** The one entry of the bundle; the stubs in dist/ start a face, programs import the library. */



/** What the thread runs in which policies are evaluated (dist/policy-engine.js). */
async function answerQuestions() {
    return (await __nccwpck_require__.e(/* import() */ 2929).then(__nccwpck_require__.bind(__nccwpck_require__, 62929))).answerQuestions();
}

var __webpack_exports__action = __webpack_exports__.XI;
var __webpack_exports__answerQuestions = __webpack_exports__.sj;
var __webpack_exports__cli = __webpack_exports__.xw;
var __webpack_exports__codes = __webpack_exports__.F4;
var __webpack_exports__decide = __webpack_exports__.LD;
var __webpack_exports__endingOf = __webpack_exports__.z6;
var __webpack_exports__inspect = __webpack_exports__.Nn;
var __webpack_exports__inspectImage = __webpack_exports__.mm;
var __webpack_exports__readRequest = __webpack_exports__["in"];
var __webpack_exports__systemClock = __webpack_exports__.ml;
var __webpack_exports__verify = __webpack_exports__.MX;
export { __webpack_exports__action as action, __webpack_exports__answerQuestions as answerQuestions, __webpack_exports__cli as cli, __webpack_exports__codes as codes, __webpack_exports__decide as decide, __webpack_exports__endingOf as endingOf, __webpack_exports__inspect as inspect, __webpack_exports__inspectImage as inspectImage, __webpack_exports__readRequest as readRequest, __webpack_exports__systemClock as systemClock, __webpack_exports__verify as verify };
