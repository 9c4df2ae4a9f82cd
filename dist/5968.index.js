export const id = 5968;
export const ids = [5968,7946];
export const modules = {

/***/ 5968:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   concludeAll: () => (/* binding */ concludeAll),
/* harmony export */   rowsOf: () => (/* binding */ rowsOf)
/* harmony export */ });
/* harmony import */ var _requirement_evaluate_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16548);
/* harmony import */ var _joints_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(67946);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(72990);



/** Evaluates the policies over several images, closes every image, and tells what each rule says to each. */
async function concludeAll(plan, judged, decided) {
    const across = plan.targets.flatMap((target, index) => target.parts.flatMap((part) => (part.joints ?? []).filter((joint) => joint.across).map((joint) => ({ joint, index }))));
    const byReference = new Map(plan.targets.map(({ reference }, index) => [reference, index]));
    const findings = new Map();
    for (const { joint, index } of across)
        for (const [id, { finding }] of await (0,_joints_js__WEBPACK_IMPORTED_MODULE_1__.runJoints)(findings.has(joint.id) ? [] : [joint], factsOf(judged, byReference, index)))
            findings.set(id, finding);
    const joint = (id) => findings.get(id);
    const images = [];
    const policies = [...plan.skipped];
    for (const [index, target] of plan.targets.entries()) {
        const one = judged[index];
        if (!one)
            continue;
        const waited = target.parts.some((part) => part.joints?.some((each) => each.across));
        const closed = waited ? await one.conclude(joint) : one.result;
        const result = (0,_target_js__WEBPACK_IMPORTED_MODULE_2__/* .withPlace */ .q)(closed, target);
        if (waited)
            decided?.(result);
        images.push(result);
        policies.push(...rowsOf(target, one, joint));
    }
    return { images, policies };
}
/** What each rule says to one image. */
function rowsOf(target, one, joint) {
    return target.parts.map((part) => {
        const alone = decidedAlone(part);
        return rowOf(part, target, alone ?? one.findingOf(part.requirement, joint), alone !== undefined);
    });
}
function factsOf(judged, byReference, own) {
    const of = (image) => judged[image === undefined ? own : (byReference.get(image) ?? -1)];
    return {
        of: (ask, image) => of(image)?.facts.of(ask),
        digestOf: (image) => of(image)?.facts.digestOf(),
        finding: (requirement, image) => of(image)?.facts.finding(requirement) ?? unjudged,
    };
}
const unjudged = {
    status: 'unknown',
    check: 'image',
    code: 'internal-error',
    message: 'the image was not judged',
};
/** What a static rule says, whatever became of the image; undefined: it takes more than the rule. */
function decidedAlone({ requirement }) {
    const unasked = () => unjudged;
    const finding = (0,_requirement_evaluate_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluate */ ._)(requirement, { digest: '', signedBy: unasked, attestedBy: unasked });
    const [warning] = finding.status === 'exempt' ? (finding.children ?? []) : [];
    return (warning ?? finding).status === 'unknown' ? undefined : finding;
}
/** The result of a rule in the terms that Kyverno's reports have. */
function rowOf({ policy, rule, resource }, { reference }, finding, isStatic) {
    const [warning] = finding.status === 'exempt' ? (finding.children ?? []) : [];
    const said = deepest(warning ?? finding);
    const row = (result, message) => ({
        policy,
        rule,
        ...(resource && { resource }),
        image: reference,
        result,
        message,
    });
    switch (finding.status) {
        case 'met':
            // Nothing was verified of what a static rule admits.
            return row('pass', isStatic ? said : `verified ${reference}`);
        case 'unmet':
            return row('fail', said);
        case 'unknown':
            return row('error', said);
        case 'exempt':
            return warning ? row('warn', said) : row('skip', finding.message);
    }
}
/** The words of the part that decided. */
function deepest(finding) {
    const code = 'code' in finding ? finding.code : undefined;
    const same = (finding.children ?? []).find((child) => child.status === finding.status && (!('code' in child) || child.code === code));
    return same ? deepest(same) : finding.message;
}


/***/ }),

/***/ 67946:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runJoints: () => (/* binding */ runJoints)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37120);
/* harmony import */ var _waiting_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9348);



/**
 * Evaluates policies one after the other: one that breaks off keeps no other from being evaluated.
 *
 * @param signal ends the wait for those that have no answer by then: they stay unevaluated
 */
async function runJoints(joints, facts, signal) {
    const answers = new Map();
    for (const { id, evaluate } of joints) {
        if (answers.has(id))
            continue;
        if (signal?.aborted === true)
            break;
        try {
            const answer = await (signal ? Promise.race([evaluate(facts), late(signal)]) : evaluate(facts));
            if (answer)
                answers.set(id, 'status' in answer ? { finding: answer, signatures: [] } : answer);
        }
        catch (error) {
            const why = error instanceof Error ? error.message : String(error);
            const message = `a policy broke off: ${why}`;
            const broken = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)('policy', { code: 'internal-error', service: 'engine', message });
            answers.set(id, { finding: broken, signatures: [] });
        }
    }
    return answers;
}
/** Calls that are stopped say themselves what they were waiting for: whoever asked them may still tell. */
const settleMs = 500;
async function late(signal) {
    await (0,_waiting_js__WEBPACK_IMPORTED_MODULE_1__/* .aborted */ .Q)(signal);
    return (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(settleMs, undefined, { ref: false });
}


/***/ })

};
