export const id = 8022;
export const ids = [8022,491];
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

/***/ 8022:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mergeResults: () => (/* binding */ mergeResults)
});

// EXTERNAL MODULE: ./src/inputs/parse.ts + 10 modules
var parse = __webpack_require__(45946);
// EXTERNAL MODULE: ./src/inputs/subsets.ts
var subsets = __webpack_require__(66522);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __webpack_require__(14031);
// EXTERNAL MODULE: ./src/files/find.ts
var find = __webpack_require__(23712);
// EXTERNAL MODULE: ./src/files/read.ts
var read = __webpack_require__(49823);
// EXTERNAL MODULE: ./src/report/distinct.ts
var distinct = __webpack_require__(75652);
// EXTERNAL MODULE: ./src/verdict/finding.ts
var verdict_finding = __webpack_require__(37120);
// EXTERNAL MODULE: ./src/verdict/result.ts
var result = __webpack_require__(18364);
;// CONCATENATED MODULE: ./src/fleet/differences.ts
/** Inputs that say where, how fast and with whose leave, not what is demanded: shards may differ in them. */
const harmless = new Set(`image images-file manifests plan shard result-file summary policy-report vsa-outfile html-report sarif-report concurrency
  retries timeout wait registry-username registry-password registry-config registry-cacert github-token`.split(/\s+/));
/**
 * What keeps the results of shards from being those of one run: another demand, another policy or another key under the
 * same name.
 */
function differences([first, ...others]) {
    if (!first)
        return [];
    return others.flatMap((other) => [
        ...inputsThatDiffer(first.document, other.document).map((input) => `${other.name} was judged with another ${input} than ${first.name}`),
        ...filesThatDiffer(first.document, other.document).map((file) => `${other.name} was judged with another content of ${file} than ${first.name}`),
        ...(otherRoot(first.document, other.document)
            ? [`${other.name} was judged with another content of trusted-root than ${first.name}`]
            : []),
        ...keysThatDiffer(first.document, other.document).map((key) => `${other.name} was judged with another key ${key} than ${first.name}`),
    ]);
}
function inputsThatDiffer({ inputs: one }, { inputs: other }) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    const valueOf = (inputs, name) => Object.hasOwn(inputs, name) ? JSON.stringify(inputs[name]) : '';
    return names.filter((name) => !harmless.has(name) && valueOf(one, name) !== valueOf(other, name));
}
function filesThatDiffer(one, other) {
    const hashes = new Map(one.policyFiles.map(({ file, sha256 }) => [file, sha256]));
    return other.policyFiles.flatMap(({ file, sha256 }) => {
        const before = hashes.get(file);
        return before !== undefined && before !== sha256 ? [file] : [];
    });
}
/** What TUF hands out may change between two jobs; a file may not. */
function otherRoot(one, other) {
    const given = one.inputs['trusted-root'] ?? '';
    return given !== '' && one.trust !== null && other.trust !== null && one.trust.sha256 !== other.trust.sha256;
}
/** A key that rotates may have got a version meanwhile; a key in a file has none. */
function keysThatDiffer(one, other) {
    const hashesOf = ({ keys }, reference) => keys.filter((key) => key.reference === reference && key.version === undefined).map(({ sha256 }) => sha256);
    return [...new Set(other.keys.map(({ reference }) => reference))].filter((reference) => {
        const [before, now] = [hashesOf(one, reference), hashesOf(other, reference)];
        return before.length > 0 && now.length > 0 && !now.every((sha256) => before.includes(sha256));
    });
}

// EXTERNAL MODULE: ./src/fleet/plan.ts
var fleet_plan = __webpack_require__(22141);
;// CONCATENATED MODULE: ./schema/verify-result.schema.json
const verify_result_schema_namespaceObject = /*#__PURE__*/JSON.parse('{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"verify-result.json of verify-image, schema version 1","type":"object","properties":{"schemaVersion":{"const":1},"verified":{"type":"boolean"},"reason":{"type":"string","description":"As in s3lo\'s JSON; for one image and one key."},"digest":{"$ref":"#/$defs/digest"},"keyRef":{"type":"string"},"keyID":{"type":"string","pattern":"^[0-9a-f]{16}$"},"signedAt":{"type":"string","description":"As in s3lo\'s JSON: a claim of the record, which nothing signs."},"verdict":{"$ref":"#/$defs/verdict"},"failure":{"anyOf":[{"$ref":"#/$defs/failure"},{"type":"null"}]},"images":{"type":"array","items":{"$ref":"#/$defs/image"}},"policies":{"description":"What each rule of a policy says to each image.","type":"array","items":{"$ref":"#/$defs/policyResult"}},"keys":{"type":"array","items":{"$ref":"#/$defs/key"}},"policyFiles":{"description":"The files with policies that were read.","type":"array","items":{"type":"object","properties":{"file":{"type":"string"},"language":{"enum":["rego","cue","policy","values","build-policy"]},"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":["file","language","sha256"],"additionalProperties":false}},"trust":{"description":"The trusted root that identities and logs were held against; null where none was needed.","anyOf":[{"type":"object","properties":{"name":{"type":"string"},"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$"},"newestPart":{"type":"string","description":"When the youngest of its parts began to hold (ISO 8601): its age, whoever handed it out."},"checkedAt":{"type":"string","description":"When the repository that hands it out was asked last; absent for a file."},"expires":{"type":"string","description":"Until when what that repository said holds."}},"required":["name","sha256"],"additionalProperties":false},{"type":"null"}]},"inputs":{"description":"The effective inputs, without secrets.","type":"object","additionalProperties":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}},"calls":{"description":"Every host contacted, with the number of requests.","type":"array","items":{"type":"object","properties":{"host":{"type":"string"},"count":{"type":"integer","minimum":1}},"required":["host","count"],"additionalProperties":false}},"attempts":{"description":"Further attempts for what all images share, such as keys and trust; absent where there were none.","type":"array","items":{"$ref":"#/$defs/attempt"}},"warnings":{"type":"array","items":{"type":"string"}},"tool":{"type":"object","properties":{"name":{"type":"string"},"version":{"anyOf":[{"type":"string"},{"type":"null"}]},"sha256":{"anyOf":[{"type":"string","pattern":"^[0-9a-f]{64}$"},{"type":"null"}]}},"required":["name","version","sha256"],"additionalProperties":false},"plan":{"description":"Of a run that judged a shard of a plan; without a shard, of the merged results of all.","type":"object","properties":{"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$"},"of":{"type":"integer","minimum":1},"shard":{"type":"integer","minimum":1}},"required":["sha256","of"],"additionalProperties":false},"startedAt":{"type":"string","format":"date-time"},"finishedAt":{"type":"string","format":"date-time"}},"required":["schemaVersion","verified","verdict","failure","images","policies","keys","policyFiles","trust","inputs","calls","warnings","tool","startedAt","finishedAt"],"additionalProperties":false,"allOf":[{"if":{"properties":{"verdict":{"const":"verified"}}},"then":{"properties":{"verified":{"const":true},"failure":{"type":"null"},"images":{"minItems":1}}},"else":{"properties":{"verified":{"const":false},"failure":{"$ref":"#/$defs/failure"}}}}],"$defs":{"verdict":{"enum":["verified","rejected","undetermined"]},"resource":{"description":"A resource of a manifest.","type":"object","properties":{"kind":{"type":"string"},"namespace":{"type":"string"},"name":{"type":"string"}},"required":["kind","namespace","name"],"additionalProperties":false},"policyResult":{"type":"object","properties":{"policy":{"type":"string"},"rule":{"type":"string","description":"Empty where the policy has no rules with names."},"resource":{"$ref":"#/$defs/resource"},"image":{"type":"string"},"result":{"enum":["pass","fail","warn","error","skip"]},"message":{"type":"string"}},"required":["policy","rule","image","result","message"],"additionalProperties":false},"origin":{"type":"object","properties":{"file":{"type":"string"},"line":{"type":"integer","minimum":1},"resource":{"$ref":"#/$defs/resource"},"container":{"type":"string"}},"required":["file","line"],"additionalProperties":false},"digest":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"},"code":{"enum":["unsigned","signature-invalid","digest-mismatch","key-mismatch","identity-mismatch","certificate-untrusted","certificate-expired","log-entry-missing","log-entry-invalid","timestamp-invalid","annotation-mismatch","attestation-missing","attestation-invalid","policy-denied","policy-untrusted","policy-expired","record-malformed","unreachable","tls-failed","denied","not-found","rate-limited","server-error","timeout","response-invalid","limit-exceeded","internal-error","input-invalid","reference-invalid","key-invalid","policy-invalid","trust-root-invalid","nothing-to-verify","uncovered","output-unwritable","unsupported"]},"service":{"enum":["registry","storage","key","trust","github","archivista","engine"]},"failure":{"type":"object","properties":{"class":{"enum":["supply-chain","infrastructure","configuration"]},"code":{"$ref":"#/$defs/code"},"service":{"$ref":"#/$defs/service"},"message":{"type":"string"},"hint":{"type":"string","description":"What to do next."}},"required":["class","code","message","hint"],"additionalProperties":false},"signature":{"type":"object","properties":{"format":{"enum":["s3lo-record","simple-signing","dsse-envelope","sigstore-bundle"]},"where":{"type":"string"},"verified":{"type":"boolean"},"keyRef":{"type":"string","description":"The key as it was asked for."},"keyId":{"type":"string","pattern":"^([0-9a-f]{16}|[0-9a-f]{64})?$","description":"Empty where the signer is an identity; of 64 digits where a build policy names the key."},"attests":{"type":"string","description":"The predicate type that was asked for; absent for a signature."},"scheme":{"type":"string","description":"The algorithm that verified it."},"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$","description":"Of the evidence as it was read; of attestations about a build."},"identity":{"type":"object","description":"Whom a trusted authority gave the certificate to, and what it says of the workflow; of keyless signatures.","properties":{"subject":{"type":"string"},"issuer":{"type":"string"},"claims":{"type":"object","additionalProperties":{"type":"string"}}},"required":["subject","issuer","claims"],"additionalProperties":false},"times":{"type":"array","description":"Times that are proven, ISO 8601: by a log\'s promise, or by a timestamp of an authority.","items":{"type":"object","properties":{"at":{"type":"string"},"by":{"enum":["log-entry","timestamp"]}},"required":["at","by"],"additionalProperties":false}},"claimed":{"type":"object","properties":{"signedAt":{"type":"string"},"keyRef":{"type":"string"}},"required":[],"additionalProperties":false,"description":"Written beside the signature by whoever wrote the record: nothing signs it."},"payload":{"type":"object","description":"What was signed, in cosign\'s formats; only of what is verified.","properties":{"dockerReference":{"anyOf":[{"type":"string"},{"type":"null"}],"description":"A claim about the place; never compared."},"type":{"type":"string"},"optional":{"anyOf":[{"type":"object"},{"type":"null"}],"description":"Signed annotations."}},"required":["dockerReference","type","optional"],"additionalProperties":false},"statement":{"$ref":"#/$defs/statement"}},"required":["format","where","verified","keyRef","keyId","claimed"],"additionalProperties":false},"statement":{"description":"What an attestation says; only of what is verified. Who says it is proven, every member is a claim of theirs.","oneOf":[{"type":"object","description":"SLSA provenance.","properties":{"kind":{"const":"provenance"},"version":{"enum":["0.1","0.2","1"]},"buildType":{"type":"string","maxLength":300},"builder":{"type":"string","maxLength":300},"source":{"$ref":"#/$defs/provenanceSource"},"sourceField":{"type":"string","maxLength":300,"description":"The field that the source is from."},"baseRef":{"type":"string","maxLength":300,"description":"Of a build that was triggered by a tag: the ref of the branch that the event names beside it."},"workflow":{"type":"string","maxLength":300,"description":"The file in the source that describes the build."},"invocation":{"type":"string","maxLength":300},"workingCopy":{"allOf":[{"$ref":"#/$defs/provenanceSource"}],"description":"What buildkit was told about the folder that was built, and did not check."},"inconsistent":{"type":"string","maxLength":300,"description":"Two places in it name different sources: which ones."}},"required":["kind","version"],"additionalProperties":false},{"type":"object","description":"SPDX 2 or CycloneDX.","properties":{"kind":{"const":"bill-of-materials"},"format":{"enum":["SPDX","CycloneDX"]},"version":{"type":"string","maxLength":300},"name":{"type":"string","maxLength":300},"components":{"type":"integer","minimum":0},"tool":{"type":"string","maxLength":300},"createdAt":{"type":"string","maxLength":300},"about":{"enum":["image","source","unknown"],"description":"unknown: nothing tells, or two things tell otherwise."},"subjectName":{"type":"string","maxLength":300}},"required":["kind","format","version","components","about"],"additionalProperties":false},{"type":"object","description":"A scan, with the number of its findings by severity where the form of its result is known.","properties":{"kind":{"const":"vulnerability-scan"},"scanner":{"type":"string","maxLength":300},"scannerUri":{"type":"string","maxLength":300},"scannerVersion":{"type":"string","maxLength":300},"databaseVersion":{"type":"string","maxLength":300},"startedAt":{"type":"string","maxLength":300},"finishedAt":{"type":"string","maxLength":300},"resultFormat":{"enum":["trivy","grype","sarif","in-toto"]},"findings":{"type":"object","properties":{"critical":{"type":"integer","minimum":0},"high":{"type":"integer","minimum":0},"medium":{"type":"integer","minimum":0},"low":{"type":"integer","minimum":0},"negligible":{"type":"integer","minimum":0},"unknown":{"type":"integer","minimum":0}},"required":["critical","high","medium","low","negligible","unknown"],"additionalProperties":false}},"required":["kind"],"additionalProperties":false},{"type":"object","description":"OpenVEX, with the number of its statements by status.","properties":{"kind":{"const":"vex"},"author":{"type":"string","maxLength":300},"createdAt":{"type":"string","maxLength":300},"statements":{"type":"object","properties":{"affected":{"type":"integer","minimum":0},"under_investigation":{"type":"integer","minimum":0},"fixed":{"type":"integer","minimum":0},"not_affected":{"type":"integer","minimum":0},"unknown":{"type":"integer","minimum":0}},"required":["affected","under_investigation","fixed","not_affected","unknown"],"additionalProperties":false}},"required":["kind","statements"],"additionalProperties":false},{"type":"object","description":"A predicate that no reader understands.","properties":{"kind":{"const":"unread"},"reason":{"type":"string","maxLength":300}},"required":["kind","reason"],"additionalProperties":false}]},"provenanceSource":{"type":"object","properties":{"uri":{"type":"string","maxLength":300,"description":"As it was written, without user name and password."},"repository":{"type":"string","maxLength":300,"description":"Host and path, for comparing; absent where the URI can be read in more than one way."},"ref":{"type":"string","maxLength":300},"digest":{"type":"string","pattern":"^([0-9a-f]{40}|[0-9a-f]{64})$","description":"The commit."}},"required":["uri"],"additionalProperties":false},"finding":{"description":"The answer to one question: met, unmet, unknown, or exempt (listed, but it does not count).","type":"object","properties":{"status":{"enum":["met","unmet","unknown","exempt"]},"check":{"type":"string"},"message":{"type":"string"},"code":{"$ref":"#/$defs/code"},"service":{"$ref":"#/$defs/service"},"peerReason":{"type":"string","description":"The same in the words of the tool whose evidence this is."},"facts":{"type":"object","additionalProperties":{"type":"string"}},"nearMisses":{"type":"array","items":{"type":"object","properties":{"message":{"type":"string"}},"required":["message"],"additionalProperties":false}},"children":{"type":"array","items":{"$ref":"#/$defs/finding"}}},"required":["status","check","message"],"additionalProperties":false,"if":{"properties":{"status":{"enum":["unmet","unknown"]}}},"then":{"required":["code"]},"else":{"properties":{"code":false}}},"attempt":{"type":"object","properties":{"call":{"type":"string"},"attempt":{"type":"integer","minimum":2},"ended":{"type":"string","description":"What the attempt before ended with."}},"required":["call","attempt","ended"],"additionalProperties":false},"image":{"type":"object","properties":{"reference":{"type":"string","description":"As given."},"digest":{"anyOf":[{"$ref":"#/$defs/digest"},{"type":"null"}]},"pinned":{"anyOf":[{"type":"string"},{"type":"null"}],"description":"name:tag@sha256:…; null unless verified."},"verdict":{"$ref":"#/$defs/verdict"},"failure":{"anyOf":[{"$ref":"#/$defs/failure"},{"type":"null"}]},"signatures":{"type":"array","items":{"$ref":"#/$defs/signature"}},"attestations":{"type":"array","items":{"$ref":"#/$defs/signature"}},"findings":{"$ref":"#/$defs/finding"},"origins":{"description":"Where it stands, of an image in manifests.","type":"array","items":{"$ref":"#/$defs/origin"}},"allowed":{"const":true,"description":"No policy covers it, and that is allowed: it is not verified, and does not count."},"attempts":{"type":"array","items":{"$ref":"#/$defs/attempt"}}},"required":["reference","digest","pinned","verdict","failure","signatures","attestations","findings","origins","attempts"],"additionalProperties":false},"key":{"type":"object","properties":{"reference":{"type":"string"},"id":{"type":"string","pattern":"^[0-9a-f]{16}$"},"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$","description":"SHA-256 of the SubjectPublicKeyInfo in DER."},"type":{"enum":["ecdsa-p256","ecdsa-p384","ecdsa-p521","rsa","ed25519"]},"version":{"type":"string","description":"Of a key that rotates: which of its versions."}},"required":["reference","id","sha256","type"],"additionalProperties":false}}}');
// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/reference/parse.ts + 1 modules
var reference_parse = __webpack_require__(5411);
// EXTERNAL MODULE: ./src/reference/reference.ts
var reference_reference = __webpack_require__(71644);
// EXTERNAL MODULE: ./src/verdict/algebra.ts
var algebra = __webpack_require__(46125);
// EXTERNAL MODULE: ./src/verdict/codes.ts
var codes = __webpack_require__(24423);
;// CONCATENATED MODULE: ./src/fleet/schema.ts

/** What `Schema` knows, and words that demand nothing. */
const keywords = new Set(`type const enum pattern maxLength minimum format properties required additionalProperties items minItems $ref anyOf
  oneOf allOf if then else $defs description title $schema`.split(/\s+/));
const deepest = 200;
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
/** @returns where and why a value is not as its schema says; undefined when it is */
function mismatch(value, schema, root = schema, at = '', depth = 0) {
    const wrong = (why) => `${at === '' ? 'the document' : at}: ${why}`;
    if (depth > deepest)
        return wrong('nested too deeply');
    const under = (part, own, name = at) => mismatch(part, own, root, name, depth + 1);
    if (schema.$ref !== undefined) {
        const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
        const why = target ? under(value, target) : wrong(`no such definition: ${schema.$ref}`);
        if (why !== undefined)
            return why;
    }
    if (schema.type !== undefined && ![schema.type].flat().some((type) => isOf(value, type)))
        return wrong(`expected ${[schema.type].flat().join(' or ')}`);
    if ('const' in schema && value !== schema.const)
        return wrong(`expected ${JSON.stringify(schema.const)}`);
    if (schema.enum && !schema.enum.includes(value))
        return wrong('expected another value');
    if (typeof value === 'string') {
        if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value))
            return wrong('expected another form');
        if (schema.maxLength !== undefined && Array.from(value).length > schema.maxLength)
            return wrong('too long');
        if (schema.format === 'date-time' && !dateTime.test(value))
            return wrong('expected a date and time');
    }
    if (typeof value === 'number' && schema.minimum !== undefined && value < schema.minimum)
        return wrong(`expected at least ${schema.minimum}`);
    if (Array.isArray(value)) {
        if (value.length < (schema.minItems ?? 0))
            return wrong('too few items');
        const { items } = schema;
        if (items)
            for (const [index, item] of value.entries()) {
                const why = under(item, items, `${at}[${index}]`);
                if (why !== undefined)
                    return why;
            }
    }
    if ((0,json/* isObject */.Gv)(value)) {
        const absent = schema.required?.find((name) => !Object.hasOwn(value, name));
        if (absent !== undefined)
            return wrong(`no ${absent}`);
        for (const [name, part] of Object.entries(value)) {
            const own = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
            const further = own ?? schema.additionalProperties;
            if (further === false)
                return wrong(`unexpected ${JSON.stringify(name.slice(0, 100))}`);
            const why = typeof further === 'object' ? under(part, further, `${at}.${name.slice(0, 100)}`) : undefined;
            if (why !== undefined)
                return why;
        }
    }
    return inParts(value, schema, under);
}
function inParts(value, schema, under) {
    const fits = (one) => under(value, one) === undefined;
    if (schema.anyOf?.some(fits) === false) {
        return under(value, schema.anyOf[0] ?? {}) ?? 'none of what it may be';
    }
    if (schema.oneOf && schema.oneOf.filter(fits).length !== 1)
        return under(value, schema.oneOf[0] ?? {}) ?? 'ambiguous';
    for (const one of schema.allOf ?? []) {
        const why = under(value, one);
        if (why !== undefined)
            return why;
    }
    if (!schema.if)
        return undefined;
    const next = fits(schema.if) ? schema.then : schema.else;
    return next && under(value, next);
}
function isOf(value, type) {
    switch (type) {
        case 'object':
            return (0,json/* isObject */.Gv)(value);
        case 'array':
            return Array.isArray(value);
        case 'null':
            return value === null;
        case 'integer':
            return Number.isSafeInteger(value);
        case 'number':
            return typeof value === 'number';
        case 'string':
            return typeof value === 'string';
        case 'boolean':
            return typeof value === 'boolean';
        default:
            return false;
    }
}

;// CONCATENATED MODULE: ./src/fleet/shard-result.ts








/**
 * Reads a result document back: it must be as the published schema says, and at one with itself. That finds what is
 * damaged or was cut short; somebody who can write the file can write a sound one.
 *
 * @returns a text says what is wrong with it
 */
function readShardResult(bytes) {
    const value = (0,json/* readObject */.Ag)(bytes);
    if (value === undefined)
        return 'it is no JSON object: damaged, or cut short';
    if (Object.hasOwn(value, 'truncated'))
        return 'it was cut to fit an output: the result file has all of it';
    const why = mismatch(value, verify_result_schema_namespaceObject);
    if (why !== undefined)
        return why;
    const document = value;
    for (const image of document.images) {
        const odd = oddity(image);
        if (odd !== undefined)
            return `${image.reference}: ${odd}`;
    }
    const images = document.images.map(toResult);
    const { verdict, failure } = document;
    if (failure && failure.class !== (0,codes/* classOf */.Kl)(failure.code))
        return `its failure is of no class ${failure.class}`;
    const own = images.length === 0 ? 'undetermined' : (0,result/* verdictOfRun */.gV)(images).verdict;
    // A run may come to nothing for a reason of its own; it comes to nothing else than its images do.
    if (verdict !== 'undetermined' && verdict !== own)
        return `it says ${verdict}, but its images come to ${own}`;
    if (verdict === 'undetermined' && failure?.class === 'supply-chain')
        return 'it says undetermined, for a reason that rejects';
    return { document, images };
}
function toResult(image) {
    const { reference, digest, pinned, verdict, failure, signatures, attestations, findings, attempts } = image;
    return {
        reference,
        digest,
        pinned,
        verdict,
        failure,
        signatures: [...signatures, ...attestations],
        finding: findings,
        attempts,
        ...(image.origins.length > 0 && { origins: image.origins }),
        ...(image.allowed && { allowed: true }),
    };
}
/** Where what is said of an image is not at one. */
function oddity(image) {
    const { reference, digest, pinned, verdict, failure, findings, allowed } = image;
    if (!isSound(findings))
        return 'a finding has a code that its status cannot have';
    const { check, children = [], status } = findings;
    if (check === 'image' && children.length > 0 && (0,algebra/* all */.Q7)(check, children).status !== status)
        return `its findings do not come to ${status}`;
    if (verdict !== (0,result/* verdictOf */.Vj)(findings))
        return `it says ${verdict}, but its findings are ${status}`;
    const own = (0,result/* failureOf */.g5)(findings);
    if (own?.code !== failure?.code || own?.class !== failure?.class)
        return `it says ${failure?.code ?? 'nothing'}, but its findings say ${own?.code ?? 'nothing'}`;
    if (allowed && failure?.code !== 'nothing-to-verify')
        return 'it is not checked, and yet was';
    if (verdict !== 'verified')
        return pinned === null ? undefined : 'it is pinned, and not verified';
    if (digest === null)
        return pinned === null ? undefined : 'it is pinned without a digest';
    const parsed = (0,reference_parse/* parseReference */.F)(reference);
    if (parsed.kind === 'unreadable' || !(0,reference_reference/* isDigest */.Bc)(digest))
        return 'nothing can be verified by that name';
    if (parsed.digest !== undefined && parsed.digest !== digest)
        return `it has the digest ${digest}`;
    return pinned === (0,reference_reference/* pin */.y_)(parsed, digest) ? undefined : 'it is pinned to something else';
}
/** The schema bounds how deep findings go. */
function isSound(finding) {
    const isDenial = 'code' in finding && (0,codes/* classOf */.Kl)(finding.code) === 'supply-chain';
    if (finding.status === 'unmet' && !isDenial)
        return false;
    if (finding.status === 'unknown' && isDenial)
        return false;
    return (finding.children ?? []).every(isSound);
}

;// CONCATENATED MODULE: ./src/fleet/merge.ts






/**
 * Joins the results of the shards of a plan. What each image came to is taken from its findings, and the verdict is made
 * anew from the images. A shard without exactly one sound result is undetermined with all of its images; the rest is
 * judged all the same, so that a rejection stays one.
 *
 * @param version that of this program
 * @param now ISO 8601, for a plan of which nothing came back
 */
function merge(plan, files, version, now) {
    const problems = [];
    const found = new Map();
    for (const { name, content } of files) {
        const result = 'code' in content ? content.message : readShardResult(content);
        if (typeof result === 'string') {
            problems.push({ code: 'internal-error', message: `${name} is no result of a shard: ${result}` });
            continue;
        }
        const foreign = whyForeign(plan, result.document);
        const shard = result.document.plan?.shard;
        if (foreign !== undefined || shard === undefined)
            problems.push({ code: 'input-invalid', message: `${name} is not of this plan: ${String(foreign)}` });
        else
            found.set(shard, [...(found.get(shard) ?? []), { name, result }]);
    }
    const images = [];
    const sound = [];
    for (const shard of plan.shards) {
        const name = `shard ${shard.shard} of ${plan.shards.length}`;
        const one = soleResult(shard, found.get(shard.shard) ?? [], name);
        if ('code' in one)
            images.push(...(0,fleet_plan/* referencesOf */.CL)(shard).map((reference) => undecided(reference, one)));
        else {
            images.push(...inOrder(shard, one.images));
            sound.push({ name, document: one.document, result: one });
            problems.push(...ownProblem(one, name));
        }
    }
    problems.push(...differences(sound).map((message) => ({ code: 'input-invalid', message })));
    const documents = sound.map(({ document }) => document);
    const attempts = (0,distinct/* distinct */.d)(documents.flatMap((document) => document.attempts ?? []));
    const verdict = (0,result/* verdictOfRun */.gV)(images, problems);
    return {
        result: {
            ...verdict,
            images,
            keys: (0,distinct/* distinct */.d)(documents.flatMap(({ keys }) => keys)),
            ...trustOf(documents),
            policyFiles: (0,distinct/* distinct */.d)(documents.flatMap(({ policyFiles }) => policyFiles)),
            policies: (0,distinct/* distinct */.d)(documents.flatMap(({ policies }) => policies)),
            calls: sumOf(documents),
            ...(attempts.length > 0 && { attempts }),
            warnings: [
                // The first speaks for the whole; the others are told too.
                ...problems.map(({ message }) => message).filter((one) => one !== verdict.failure?.message),
                ...programWarnings(plan, documents, version),
                ...new Set(documents.flatMap(({ warnings }) => warnings)),
            ],
            startedAt: documents.map(({ startedAt }) => startedAt).sort()[0] ?? now,
            finishedAt: documents
                .map(({ finishedAt }) => finishedAt)
                .sort()
                .at(-1) ?? now,
        },
        inputs: { ...documents[0]?.inputs, image: [], shard: '' },
    };
}
function whyForeign({ sha256, shards }, { plan }) {
    if (plan === undefined)
        return 'it is of a run without a plan';
    if (plan.sha256 !== sha256)
        return `expected the plan ${sha256}, got ${plan.sha256}`;
    if (plan.shard === undefined)
        return 'it is a merged one';
    if (plan.of !== shards.length || plan.shard > shards.length)
        return `expected a shard of ${shards.length}, got ${plan.shard} of ${plan.of}`;
    return undefined;
}
/** The one result of a shard, or why there is none that counts. */
function soleResult(shard, found, name) {
    const [only, ...others] = found;
    if (!only)
        return {
            code: 'internal-error',
            message: `${name} has no result: its job failed, was ended or never ran`,
        };
    if (others.length > 0) {
        const names = found.map((one) => one.name).join(', ');
        return { code: 'input-invalid', message: `${name} has more than one result: ${names}` };
    }
    const listed = only.result.images.map(({ reference }) => reference);
    const own = new Set((0,fleet_plan/* referencesOf */.CL)(shard));
    const odd = (why) => ({ code: 'internal-error', message: `${name}: ${only.name} ${why}` });
    const foreign = listed.find((reference) => !own.has(reference));
    if (foreign !== undefined)
        return odd(`lists ${foreign}, which is not its`);
    if (listed.length > new Set(listed).size)
        return odd('lists an image more than once');
    const seen = new Set(listed);
    const missing = [...own].find((reference) => !seen.has(reference));
    return missing === undefined ? only.result : odd(`does not list ${missing}`);
}
function inOrder(shard, images) {
    const byReference = new Map(images.map((image) => [image.reference, image]));
    return (0,fleet_plan/* referencesOf */.CL)(shard).flatMap((reference) => byReference.get(reference) ?? []);
}
/** A reason why a shard came to nothing that none of its images has: an input, a report, a signal. */
function ownProblem({ document, images }, name) {
    const { verdict, failure } = document;
    if (verdict !== 'undetermined' || !failure)
        return [];
    const isOfImage = images.some((image) => image.failure?.code === failure.code && image.failure.message === failure.message);
    if (isOfImage)
        return [];
    const { code, message, service } = failure;
    const said = (0,verdict_finding/* unknown */.L5)('shard', { code: code, message: `${name}: ${message}` });
    return [{ code: said.code, message: said.message, ...(service && { service }) }];
}
function undecided(reference, problem) {
    const finding = (0,verdict_finding/* unknown */.L5)('shard-merged', problem);
    return {
        reference,
        digest: null,
        pinned: null,
        verdict: 'undetermined',
        failure: (0,result/* failureOf */.g5)(finding),
        signatures: [],
        finding,
        attempts: [],
    };
}
function trustOf(documents) {
    const trust = documents.map((document) => document.trust).find((one) => one !== null);
    return trust ? { trust } : {};
}
function sumOf(documents) {
    const sum = new Map();
    for (const { calls } of documents)
        for (const { host, count } of calls)
            sum.set(host, (sum.get(host) ?? 0) + count);
    return [...sum].map(([host, count]) => ({ host, count })).sort((a, b) => (a.host < b.host ? -1 : 1));
}
function programWarnings(plan, documents, version) {
    const versions = [...new Set([plan.tool.version, version, ...documents.map(({ tool }) => tool.version)])];
    const programs = new Set(documents.flatMap(({ tool }) => tool.sha256 ?? []));
    const roots = new Set(documents.flatMap(({ trust }) => trust?.sha256 ?? []));
    return [
        ...(versions.length > 1
            ? [`plan, shards and merge are of different versions of verify-image: ${versions.join(', ')}`]
            : programs.size > 1
                ? ['the shards were judged by different builds of verify-image']
                : []),
        ...(roots.size > 1 ? ['the shards were held against different trusted roots'] : []),
    ];
}

// EXTERNAL MODULE: ./src/gate/clock.ts
var clock = __webpack_require__(38553);
// EXTERNAL MODULE: ./src/verdict/ending.ts
var ending = __webpack_require__(45558);
// EXTERNAL MODULE: ./src/run/answer.ts + 2 modules
var answer = __webpack_require__(31035);
// EXTERNAL MODULE: ./src/run/fleet-files.ts + 1 modules
var fleet_files = __webpack_require__(90491);
// EXTERNAL MODULE: ./src/run/program.ts
var program = __webpack_require__(11793);
// EXTERNAL MODULE: ./src/run/reports.ts + 1 modules
var run_reports = __webpack_require__(47313);
// EXTERNAL MODULE: ./src/run/version.ts
var version = __webpack_require__(42057);
;// CONCATENATED MODULE: ./src/run/merged.ts










/** Most bytes of the result of a shard: some ten thousand images. */
const resultLimit = 256 * 1024 * 1024;
/** Most files that are read. */
const mostFiles = 2000;
/** Merges the results of the shards of a plan, and writes the reports of the whole, whatever it comes to. */
async function answerMerged({ problems, plan: planFile, files: given, reports, leniency }, programFolder) {
    const plan = problems[0] ?? (await (0,fleet_files.readPlanFile)(planFile));
    const names = await expand(given);
    const files = { ...reports, vsaFile: '' };
    await (0,run_reports/* withdrawReports */.ki)(files, 'code' in names ? [] : [planFile, ...names]);
    const wrong = 'code' in plan ? plan : 'code' in names ? names : undefined;
    const merged = wrong || 'code' in plan || 'code' in names
        ? { result: (0,answer/* refuse */.T)(problems.length > 0 ? problems : wrong ? [wrong] : []), inputs: {} }
        : merge(plan, await readAll(names), version/* version */.r, clock/* systemClock */.m.now().toISOString());
    const tool = (0,program/* describeProgram */._)(programFolder);
    const part = 'code' in plan ? undefined : { sha256: plan.sha256, of: plan.shards.length };
    const beside = { inputs: merged.inputs, tool, plan: part, listed: [] };
    const answered = (0,run_reports/* told */.Ev)(merged.result, (0,ending/* endingOf */.z)(merged.result, leniency), beside);
    const problem = await (0,run_reports/* writeReports */.Li)(files, answered, beside);
    return problem ? (0,run_reports/* tellProblem */.JW)(files, merged.result, problem, leniency, beside) : answered;
}
async function readAll(names) {
    const files = [];
    for (const name of names) {
        const bytes = await (0,read/* readWhole */.oD)(name, resultLimit, 'storage');
        files.push({ name, content: bytes.kind === 'found' ? bytes.value : problemOf(bytes, name) });
    }
    return files;
}
function problemOf(read, name) {
    return read.kind === 'failed' ? read.problem : { code: 'internal-error', message: `no file ${name}` };
}
async function expand(files) {
    const names = [];
    for (const file of files) {
        const found = file.includes('*') ? await (0,find/* findFiles */.l)(file) : [file];
        // A pattern that finds nothing is a shard that is missing: the plan knows which.
        if (typeof found === 'string')
            return { code: 'input-invalid', message: `${file}: ${found}` };
        names.push(...found);
    }
    if (names.length <= mostFiles)
        return names;
    const message = `expected at most ${mostFiles} result files, got ${names.length}`;
    return { code: 'input-invalid', message };
}

// EXTERNAL MODULE: ./src/run/outputs.ts
var outputs = __webpack_require__(73815);
// EXTERNAL MODULE: ./src/cli/github.ts
var github = __webpack_require__(98871);
// EXTERNAL MODULE: ./src/cli/print.ts
var print = __webpack_require__(79381);
// EXTERNAL MODULE: ./src/cli/verify.ts + 1 modules
var verify = __webpack_require__(75866);
;// CONCATENATED MODULE: ./src/cli/merge.ts








/** `verify-image merge --plan FILE RESULT…`: one verdict of the results of shards; exit as of one run. */
async function mergeResults({ words, flags }, output, before, programFolder) {
    const parsed = (0,parse/* parseInputs */.T)(new Map([
        // What was judged, and by whom, stands in the results.
        ['image', ['none:v1']],
        ['key', ['none']],
        ...subsets/* merged */.Zu.map((name) => [name, flags.get(name) ?? []]),
    ]), 'command');
    const plan = flags.get('plan')?.at(-1)?.trim() ?? '';
    const wrong = [...before, ...parsed.problems];
    if (plan === '')
        wrong.push({ code: 'input-invalid', message: 'plan: expected the plan of the shards, got nothing' });
    if (output !== 'text' && output !== 'json')
        wrong.push({ code: 'input-invalid', message: `output: expected text or json to merge, got ${output}` });
    const { reports, leniency } = parsed;
    const demanded = { problems: wrong, plan, files: words, reports, leniency };
    const answered = await answerMerged(demanded, programFolder);
    const unsaid = flags.has('github-output')
        ? await (0,github/* writeStepOutputs */.s)((0,outputs/* toOutputs */.I)(answered, reports.resultFile))
        : undefined;
    await (0,verify/* report */.z8)(answered, output === 'json' ? 'json' : 'text', {
        quiet: flags.has('quiet'),
        verbose: flags.has('verbose'),
    });
    if (reports.summary)
        await (0,verify/* writeSummary */.Sy)(answered);
    if (!unsaid)
        return answered.ending.exit;
    await (0,print/* print */.yy)(process.stderr, [`Error: ${(0,report_escape/* line */.n8)(unsaid.message)}`]);
    // A rejection stays one: what could not be written changes no proof.
    return answered.ending.exit === 1 ? 1 : 2;
}


/***/ }),

/***/ 23712:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ findFiles)
/* harmony export */ });
/* unused harmony export splitPattern */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _network_fault_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8110);



/** Folders and files that are looked at for one pattern: a pattern over a whole disk is a typing error. */
const mostEntries = 200_000;
/**
 * Files that a pattern means, in the order of their names: `*` and `?` within a name, `**` for any folders, `[…]` is
 * text. A pattern without any of them is a file as it is named, whether it is there or not. Folders that links lead to
 * are entered only by their own names, and `**` leaves out what begins with a dot.
 *
 * @returns a text that says what is wrong
 */
async function findFiles(pattern, most = mostEntries) {
    if (!/[*?]/.test(pattern))
        return [pattern];
    const { top, segments } = splitPattern(pattern);
    const found = new Set();
    let entries = 0;
    // A folder that nobody may look into may hold what the pattern means.
    const closed = [];
    const unread = (why) => void closed.push(why);
    // Several `**` lead to a folder in many ways, each of which finds the same.
    const walked = new Set();
    const walk = async (folder, at) => {
        const state = `${at} ${folder}`;
        if (walked.has(state))
            return true;
        walked.add(state);
        if (++entries > most)
            return false;
        const segment = segments[at];
        if (segment === undefined)
            return true;
        if (!/[*?]/.test(segment)) {
            const next = node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, segment);
            if (at < segments.length - 1)
                return walk(next, at + 1);
            if (await isThere(folder, segment, unread))
                found.add(next);
            return true;
        }
        const isLast = at === segments.length - 1;
        if (segment === '**' && !isLast && !(await walk(folder, at + 1)))
            return false;
        for (const { name, kind } of await listFolder(folder, unread)) {
            if (++entries > most)
                return false;
            const next = node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, name);
            if (segment === '**') {
                if (name.startsWith('.'))
                    continue;
                if (kind === 'folder' && !(await walk(next, at)))
                    return false;
                if (kind === 'file' && isLast)
                    found.add(next);
            }
            else if (matches(segment, name)) {
                if (kind === 'file' && isLast)
                    found.add(next);
                if (kind === 'folder' && !isLast && !(await walk(next, at + 1)))
                    return false;
            }
        }
        return true;
    };
    const whole = await walk(top, 0);
    if (closed[0] !== undefined)
        return closed[0];
    return whole ? [...found].sort() : `more than ${most} files and folders are in its way`;
}
/**
 * The folder that a pattern begins at, and the names below it. A drive belongs to the folder: `C:` is no name below it.
 *
 * @param rules of another system than this one
 */
function splitPattern(pattern, rules = (node_path__WEBPACK_IMPORTED_MODULE_1___default())) {
    const root = rules.isAbsolute(pattern) ? rules.parse(pattern).root : '';
    return {
        top: root === '' ? '.' : rules.parse(rules.resolve(root)).root,
        segments: pattern
            .slice(root.length)
            .split(/[/\\]/)
            .filter((segment) => segment !== '' && segment !== '.'),
    };
}
async function isThere(folder, name, unread) {
    return (await listFolder(folder, unread)).some((entry) => entry.name === name && entry.kind === 'file');
}
async function listFolder(folder, unread) {
    const out = [];
    try {
        for await (const entry of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.opendir)(folder === '' ? '.' : folder)) {
            const isFile = entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, entry.name))));
            const kind = entry.isDirectory() ? 'folder' : isFile ? 'file' : 'other';
            out.push({ name: entry.name, kind });
            if (out.length > mostEntries)
                break;
        }
    }
    catch (error) {
        // What is not there, or is no folder, holds no file.
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code !== 'ENOENT' && code !== 'ENOTDIR')
            unread(`${folder}: ${(0,_network_fault_js__WEBPACK_IMPORTED_MODULE_2__/* .describe */ .q0)(error)}`);
    }
    return out.sort((a, b) => (a.name < b.name ? -1 : 1));
}
/** A link that leads nowhere counts as a file: whoever reads it says what is wrong. */
async function leadsToFile(link) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(link).then((target) => target.isFile(), () => true);
}
/** Linear in the length of the name for each star, one after the other. */
function matches(pattern, name) {
    if (name.startsWith('.') && !pattern.startsWith('.'))
        return false;
    let [at, from, star, after] = [0, 0, -1, 0];
    while (from < name.length) {
        if (at < pattern.length && pattern[at] === '*') {
            star = at++;
            after = from;
        }
        else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[from])) {
            at++;
            from++;
        }
        else if (star >= 0) {
            at = star + 1;
            from = ++after;
        }
        else
            return false;
    }
    while (pattern[at] === '*')
        at++;
    return at === pattern.length;
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
