export const id = 8681;
export const ids = [8681];
export const modules = {

/***/ 9085:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jt: () => (/* binding */ spdxRoots),
/* harmony export */   Py: () => (/* binding */ cycloneDxAbout),
/* harmony export */   dj: () => (/* binding */ spdxAbout)
/* harmony export */ });
/* harmony import */ var _claim_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99993);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49839);


/** Packages that an operating system installs. Where they are, the file system of an image was looked at. */
const systemPackage = /^pkg:(?:deb|rpm|apk|alpm)\//;
const imagePackage = /^pkg:(?:oci|docker)\//;
const sourcePackage = /^pkg:(?:github|gitlab|bitbucket)\//;
/** Ids of described packages that are kept; a document describes one thing. */
const mostRoots = 1000;
/** CycloneDX's type of component, as syft and trivy choose it: a folder is a file to syft, an application to trivy. */
const componentTypes = new Map([
    ['container', 'image'],
    ['application', 'source'],
    ['framework', 'source'],
    ['library', 'source'],
    ['file', 'source'],
]);
/** SPDX 2.3, 7.24. syft calls a folder FILE, trivy SOURCE. */
const purposes = new Map([
    ['CONTAINER', 'image'],
    ['APPLICATION', 'source'],
    ['FRAMEWORK', 'source'],
    ['LIBRARY', 'source'],
    ['SOURCE', 'source'],
    ['FILE', 'source'],
]);
/** How syft and trivy begin the namespaces of their documents: by the kind of thing that was looked at. */
const namespaces = [
    [/^https:\/\/anchore\.com\/syft\/image\//, 'image'],
    [/^https:\/\/anchore\.com\/syft\/(?:dir|file)\//, 'source'],
    [/^https?:\/\/(?:trivy\.dev|aquasecurity\.github\.io\/trivy)\/container_image\//, 'image'],
    [/^https?:\/\/(?:trivy\.dev|aquasecurity\.github\.io\/trivy)\/(?:filesystem|repository)\//, 'source'],
];
/** Whether a CycloneDX document lists an image or the source: by the thing itself, and by what is in it. */
function cycloneDxAbout(document) {
    const root = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(document, 'metadata'), 'component');
    const signs = new Set();
    add(signs, componentTypes.get((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(root, 'type')));
    add(signs, ofPackageUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(root, 'purl') ?? ''));
    const isSystem = (component) => systemPackage.test((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(component, 'purl') ?? '');
    if ((0,_claim_js__WEBPACK_IMPORTED_MODULE_1__/* .objects */ .JD)(document, 'components').some(isSystem))
        signs.add('image');
    return verdictOf(signs);
}
/** The packages that an SPDX document is about: `documentDescribes`, or the relationship DESCRIBES, both ways. */
function spdxRoots(document) {
    const described = new Set();
    const keep = (id) => {
        if (typeof id === 'string' && described.size < mostRoots)
            described.add(id);
    };
    (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(document, 'documentDescribes')?.forEach(keep);
    const own = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(document, 'SPDXID') ?? 'SPDXRef-DOCUMENT';
    for (const one of (0,_claim_js__WEBPACK_IMPORTED_MODULE_1__/* .objects */ .JD)(document, 'relationships')) {
        const [from, to] = [(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(one, 'spdxElementId'), (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(one, 'relatedSpdxElement')];
        const type = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(one, 'relationshipType');
        if (type === 'DESCRIBES' && from === own)
            keep(to);
        if (type === 'DESCRIBED_BY' && to === own)
            keep(from);
    }
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_1__/* .objects */ .JD)(document, 'packages').filter((one) => described.has((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(one, 'SPDXID')));
}
/** Whether an SPDX document lists an image or the source. */
function spdxAbout(document, roots) {
    const built = buildkitTarget(document);
    if (built !== undefined)
        return built;
    const signs = new Set();
    const namespace = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(document, 'documentNamespace') ?? '';
    add(signs, namespaces.find(([form]) => form.test(namespace))?.[1]);
    for (const root of roots) {
        add(signs, purposes.get((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(root, 'primaryPackagePurpose')));
        for (const url of packageUrls(root))
            add(signs, ofPackageUrl(url));
    }
    const isSystem = (one) => packageUrls(one).some((url) => systemPackage.test(url));
    if ((0,_claim_js__WEBPACK_IMPORTED_MODULE_1__/* .objects */ .JD)(document, 'packages').some(isSystem))
        signs.add('image');
    return verdictOf(signs);
}
/**
 * buildkit has every file system scanned as a folder, the image's too, and says by the folder's name which it was:
 * `sbom` is the image, `sbom-context` the build context, `sbom-…` a stage of the build (buildkit,
 * frontend/attestations/sbom). Older scanners gave the whole path.
 */
function buildkitTarget(document) {
    const name = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(document, 'name');
    if (name === undefined)
        return undefined;
    const creators = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(document, 'creationInfo'), 'creators');
    const isBuildkit = creators?.some((one) => typeof one === 'string' && one.startsWith('Tool: buildkit-'));
    if (name === '/run/src/core' || name === '/run/src/core/sbom')
        return 'image';
    if (name === '/run/src/extras/context' || name === '/run/src/extras/sbom-context')
        return 'source';
    if (name.startsWith('/run/src/extras/'))
        return 'unknown';
    if (isBuildkit !== true)
        return undefined;
    if (name === 'sbom')
        return 'image';
    if (name === 'sbom-context')
        return 'source';
    return name.startsWith('sbom-') ? 'unknown' : undefined;
}
function packageUrls(one) {
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_1__/* .objects */ .JD)(one, 'externalRefs').flatMap((reference) => (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(reference, 'referenceType') === 'purl' ? ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(reference, 'referenceLocator') ?? []) : []);
}
function ofPackageUrl(url) {
    if (imagePackage.test(url))
        return 'image';
    return sourcePackage.test(url) ? 'source' : undefined;
}
function add(signs, sign) {
    if (sign !== undefined)
        signs.add(sign);
}
/** Signs that contradict each other tell nothing. */
function verdictOf(signs) {
    const [only, ...others] = signs;
    return only === undefined || others.length > 0 ? 'unknown' : only;
}


/***/ }),

/***/ 69240:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Iv: () => (/* binding */ writeEnvelope),
/* harmony export */   JC: () => (/* binding */ preAuthEncoding),
/* harmony export */   Y8: () => (/* binding */ inTotoType),
/* harmony export */   mE: () => (/* binding */ parseEnvelope)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49839);
/* harmony import */ var _s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46794);


/** The payload type of in-toto statements. */
const inTotoType = 'application/vnd.in-toto+json';
/** @returns a text that says what is wrong */
function parseEnvelope(source) {
    const object = source instanceof Uint8Array ? (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(source) : source;
    if (object === undefined)
        return 'it is no JSON object';
    const payload = decode((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(object, 'payload'));
    if (payload === undefined)
        return 'its payload is no base64';
    const signatures = ((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)(object, 'signatures') ?? []).map((entry) => decode((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(entry) ? (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(entry, 'sig') : undefined));
    if (signatures.length === 0)
        return 'it holds no signature';
    if (!signatures.every((one) => one !== undefined))
        return 'a signature in it is no base64';
    return { payloadType: (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(object, 'payloadType') ?? '', payload, signatures };
}
/** The bytes that are signed (DSSE 1.0.2, protocol.md): lengths in bytes, type and payload. */
function preAuthEncoding({ payloadType, payload, }) {
    const length = Buffer.byteLength(payloadType);
    return Buffer.concat([Buffer.from(`DSSEv1 ${length} ${payloadType} ${payload.length} `), payload]);
}
/** An envelope as the reference library writes it: one line of JSON, without key ids. */
function writeEnvelope({ payloadType, payload, signatures }) {
    const base64 = (bytes) => Buffer.from(bytes).toString('base64');
    return JSON.stringify({
        payload: base64(payload),
        payloadType,
        signatures: signatures.map((sig) => ({ sig: base64(sig) })),
    });
}
/** Both alphabets are in use (protocol.md leaves the choice); padding is demanded. */
function decode(text) {
    if (text === undefined || text === '')
        return undefined;
    const decoded = (0,_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .decodeBase64 */ .y4)(text.replaceAll('-', '+').replaceAll('_', '/'));
    return 'illegalAt' in decoded ? undefined : decoded;
}


/***/ }),

/***/ 88681:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  noBuildDemand: () => (/* binding */ noBuildDemand),
  openBuildPolicies: () => (/* binding */ openBuildPolicies)
});

// EXTERNAL MODULE: ./src/policy/problem.ts
var problem = __webpack_require__(94673);
;// CONCATENATED MODULE: ./src/policy/witness/profile.ts
const cilockCollection = 'https://aflock.ai/attestation-collection/v0.1';
const witnessCollection = 'https://witness.testifysec.com/attestation-collection/v0.1';
/** Collections of either tool, whether or not a profile accepts them. */
const collectionTypes = [cilockCollection, witnessCollection];
const profiles = {
    cilock: {
        name: 'cilock',
        tool: 'cilock 4.1',
        collections: collectionTypes,
        aliases: true,
        unregisteredTypes: 'raw',
        cilockFields: true,
        subjectDigests: 'strong',
        withoutAuthority: 'reject',
        rsaPkcs1: false,
        leafUsage: 'code-signing',
        stampUsage: 'sole',
        stampHash: 'own',
        keysDespiteBadCertificate: true,
        constraints: 'globs',
        emptyAgainstAbsent: 'reject',
        constraintBesideKeyId: true,
        undefinedDeny: 'reject',
        anyReasons: true,
        strictBuiltins: true,
        duplicatePackages: 'reject',
        capabilities: {
            version: 'v1.13.1',
            withoutBuiltins: [
                'http.send',
                'opa.runtime',
                'net.lookup_ip_addr',
                'net.cidr_contains',
                'net.cidr_intersects',
                'net.cidr_merge',
                'net.cidr_expand',
            ],
            withoutFeatures: ['template_strings'],
        },
        duplicateTypes: 'every',
        noAttestations: 'reject',
        withoutOverlap: 'reject',
        sameDigests: 'strongest',
        sbomFormat: true,
        recordedBackRefs: true,
        leafBridge: true,
        policySigner: { unset: 'none', issuer: 'https://token.actions.githubusercontent.com' },
        authorityFile: 'all',
    },
    witness: {
        name: 'witness',
        tool: 'witness 0.11',
        collections: [witnessCollection],
        aliases: false,
        unregisteredTypes: 'refused',
        cilockFields: false,
        subjectDigests: 'any',
        withoutAuthority: 'now',
        rsaPkcs1: true,
        leafUsage: 'any',
        stampUsage: 'any',
        stampHash: 'sha256',
        keysDespiteBadCertificate: false,
        constraints: 'exact',
        emptyAgainstAbsent: 'pass',
        constraintBesideKeyId: false,
        undefinedDeny: 'pass',
        anyReasons: false,
        strictBuiltins: false,
        duplicatePackages: 'merge',
        // Stricter than witness, whose rules may call http.send: nothing here reaches the network.
        capabilities: { version: 'v1.15.1', withoutFeatures: ['template_strings'] },
        duplicateTypes: 'last',
        noAttestations: 'pass',
        withoutOverlap: 'pass',
        sameDigests: 'some',
        sbomFormat: false,
        recordedBackRefs: false,
        leafBridge: false,
        policySigner: { unset: 'any', issuer: '' },
        authorityFile: 'first',
    },
};
/** cilock's `--policy-hardening=warn`: what it only warns of then. A step under another's name still ends the reading. */
function withoutHardening(profile) {
    return {
        ...profile,
        emptyAgainstAbsent: 'pass',
        constraintBesideKeyId: false,
        duplicatePackages: 'merge',
    };
}
/** Rounds of a search: the seeds, and twice what was found refers back to. */
const searchRounds = 3;

// EXTERNAL MODULE: ./src/verdict/algebra.ts
var algebra = __webpack_require__(46125);
// EXTERNAL MODULE: ./src/verdict/finding.ts
var verdict_finding = __webpack_require__(37120);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./node_modules/@sigstore/core/dist/index.js
var dist = __webpack_require__(83917);
// EXTERNAL MODULE: ./src/verify/certificate-path.ts + 1 modules
var certificate_path = __webpack_require__(97474);
;// CONCATENATED MODULE: ./src/policy/witness/certificate.ts



/** Fields of Fulcio's extensions by the last part of their object identifier (fulcio, pkg/certificate/extensions.go). */
const claimNames = new Map([
    [1, 'Issuer'],
    [2, 'GithubWorkflowTrigger'],
    [3, 'GithubWorkflowSHA'],
    [4, 'GithubWorkflowName'],
    [5, 'GithubWorkflowRepository'],
    [6, 'GithubWorkflowRef'],
    [8, 'Issuer'],
    [9, 'BuildSignerURI'],
    [10, 'BuildSignerDigest'],
    [11, 'RunnerEnvironment'],
    [12, 'SourceRepositoryURI'],
    [13, 'SourceRepositoryDigest'],
    [14, 'SourceRepositoryRef'],
    [15, 'SourceRepositoryIdentifier'],
    [16, 'SourceRepositoryOwnerURI'],
    [17, 'SourceRepositoryOwnerIdentifier'],
    [18, 'BuildConfigURI'],
    [19, 'BuildConfigDigest'],
    [20, 'BuildTrigger'],
    [21, 'RunInvocationURI'],
    [22, 'SourceRepositoryVisibilityAtSigning'],
]);
const fulcio = '1.3.6.1.4.1.57264.1.';
const certificateBlock = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]{1,100000})-----END CERTIFICATE-----/g;
const mostCertificates = 100;
/** The certificates of a PEM text, in order; a text that says what is wrong when one cannot be read. */
function readCertificates(pem) {
    const blocks = [...Buffer.from(pem).toString('latin1').matchAll(certificateBlock)];
    if (blocks.length === 0)
        return 'expected certificates in PEM, got none';
    if (blocks.length > mostCertificates)
        return `expected at most ${mostCertificates} certificates`;
    const certificates = [];
    for (const [, body = ''] of blocks) {
        const one = readCertificate(Buffer.from(body, 'base64'));
        if (typeof one === 'string')
            return one;
        certificates.push(one);
    }
    return certificates;
}
/** @returns a text that says what is wrong */
function readCertificate(der) {
    try {
        return describe(der);
    }
    catch (error) {
        return `expected a certificate: ${error instanceof Error ? error.message : String(error)}`;
    }
}
/** The id of a key in both tools: SHA-256 over its PEM, 64 hex digits. */
function keyIdOf(key) {
    return (0,external_node_crypto_.createHash)('sha256')
        .update(key.export({ type: 'spki', format: 'pem' }))
        .digest('hex');
}
const nameConstraints = '2.5.29.30';
/** MD5 and SHA-1, which Go refuses. */
const weak = new Set(['1.2.840.113549.1.1.4', '1.2.840.113549.1.1.5', '1.2.840.10045.4.1']);
function describe(der) {
    const node = new external_node_crypto_.X509Certificate(der);
    const parsed = dist.X509Certificate.parse(Buffer.from(node.raw));
    const names = alternativeNames(parsed);
    const subject = attributes(parsed.tbsCertificate);
    const basic = parsed.extBasicConstraints;
    const isAuthority = basic?.isCA === true && (parsed.extKeyUsage?.keyCertSign ?? true);
    const pathLength = isAuthority ? basic.pathLenConstraint : undefined;
    return {
        der: Buffer.from(node.raw),
        node,
        keyId: keyIdOf(node.publicKey),
        subject: parsed.subject,
        issuer: parsed.issuer,
        notBefore: parsed.notBefore.getTime(),
        notAfter: parsed.notAfter.getTime(),
        isAuthority,
        pathLength: pathLength === undefined ? undefined : Number(pathLength),
        // Undefined in fact when the extension is not there, whatever the types say.
        usages: node.keyUsage,
        flaw: flawOf(parsed),
        commonName: subject.findLast(({ type }) => type === '2.5.4.3')?.value ?? '',
        organizations: subject.filter(({ type }) => type === '2.5.4.10').map(({ value }) => value),
        ...names,
        claims: claimsOf(parsed),
        policies: (parsed.extension('2.5.29.32')?.valueObj.subs[0]?.subs ?? []).map((policy) => policy.subs[0]?.toOID() ?? ''),
    };
}
function flawOf(parsed) {
    if (weak.has(parsed.root.subs[1]?.subs[0]?.toOID() ?? ''))
        return 'it is signed with MD5 or SHA-1';
    if (parsed.extension(nameConstraints))
        return 'it has name constraints, which are not supported';
    const critical = (0,certificate_path/* unknownCritical */.Uz)(parsed);
    return critical === undefined ? undefined : `it has the critical extension ${critical}, which is not known`;
}
/** The attributes of the subject (RFC 5280, 4.1.2.6): the sixth part of what is signed, after the version. */
function attributes(tbs) {
    const offset = tbs.subs[0]?.tag.isContextSpecific(0) === true ? 1 : 0;
    return (tbs.subs[4 + offset]?.subs ?? []).flatMap((set) => set.subs.map((attribute) => ({
        type: attribute.subs[0]?.toOID() ?? '',
        value: stringOf(attribute.subs[1]),
    })));
}
const utf16 = 0x1e;
const latin = new Set([0x14]);
function stringOf(part) {
    if (part === undefined)
        return '';
    if (part.tag.number === utf16)
        return Buffer.from(part.value).swap16().toString('utf16le');
    return part.value.toString(latin.has(part.tag.number) ? 'latin1' : 'utf8');
}
function alternativeNames(parsed) {
    const parts = parsed.extension('2.5.29.17')?.valueObj.subs[0]?.subs ?? [];
    const of = (tag) => parts.filter((part) => part.tag.isContextSpecific(tag)).map((part) => part.value.toString('utf8'));
    return { emails: of(1), dnsNames: of(2), uris: of(6) };
}
function claimsOf(parsed) {
    const claims = new Map();
    for (const extension of parsed.extensions) {
        const oid = extension.subs[0]?.toOID() ?? '';
        const number = oid.startsWith(fulcio) ? Number(oid.slice(fulcio.length)) : 0;
        const name = claimNames.get(number);
        const value = extension.subs.at(-1);
        if (name === undefined || value === undefined)
            continue;
        // From 8 on the value is DER of a UTF8String; of two issuers the later one counts, as in Fulcio's own reader.
        claims.set(name, number < 8 ? value.value.toString('utf8') : stringOf(value.subs[0]));
    }
    return claims;
}
const longestPath = 10;
/** As many as Go's crypto/x509 tries. */
const mostChecks = 100;
/**
 * The anchors that a certificate leads to, at a time, as Go's x509.Verify finds chains: any certificate of the anchors
 * ends one, self-signed or not, and each certificate on it must be valid then, the anchor included.
 *
 * @param usage that each certificate on the way allows; undefined: any
 * @returns a text that says why there is none
 */
function anchorsOf(leaf, intermediates, anchors, at, usage) {
    const budget = { checks: mostChecks };
    const reached = new Set();
    let why = 'no chain to a trusted root';
    const usable = (one) => {
        if (one.flaw !== undefined)
            return one.flaw;
        if (at < one.notBefore || at > one.notAfter)
            return 'it has expired or is not yet valid';
        const allows = one.usages === undefined ||
            usage === undefined ||
            one.usages.some((each) => each === usage || each === certificate_path/* anyUsage */.O8);
        return allows ? undefined : 'it is not for this usage';
    };
    const walk = (path) => {
        const last = path.at(-1);
        if (last === undefined || path.length > longestPath || budget.checks <= 0)
            return;
        const candidates = [
            ...anchors.map((one) => ({ one, isAnchor: true })),
            ...intermediates.map((one) => ({ one, isAnchor: false })),
        ];
        for (const { one, isAnchor } of candidates) {
            if (path.some(({ der }) => der.equals(one.der)) || !one.subject.equals(last.issuer))
                continue;
            if (!one.isAuthority || (one.pathLength !== undefined && one.pathLength < path.length - 1))
                continue;
            const unusable = usable(one);
            if (unusable !== undefined) {
                why = unusable;
                continue;
            }
            if (--budget.checks < 0)
                return;
            if (!isSignedBy(last, one))
                continue;
            if (isAnchor)
                reached.add(one);
            else
                walk([...path, one]);
        }
    };
    const unusable = usable(leaf);
    if (unusable !== undefined)
        return unusable;
    const same = anchors.find(({ der }) => der.equals(leaf.der));
    if (same)
        reached.add(same);
    walk([leaf]);
    return reached.size > 0 ? [...reached] : why;
}
function isSignedBy(one, issuer) {
    try {
        return one.node.verify(issuer.node.publicKey);
    }
    catch {
        return false;
    }
}

// EXTERNAL MODULE: ./node_modules/re2js/build/index.js
var build = __webpack_require__(2856);
;// CONCATENATED MODULE: ./src/policy/witness/glob.ts

/**
 * The globs of gobwas/glob without separators: `*`, `**`, `?`, `[abc]`, `[!a-c]`, `{a,b}`, backslash. Compiled to RE2,
 * so that no pattern takes more than linear time.
 *
 * @returns undefined when the pattern cannot be read
 */
function compileGlob(pattern) {
    if (pattern.length > longestPattern)
        return undefined;
    const source = translate(pattern);
    if (source === undefined)
        return undefined;
    try {
        const compiled = build/* RE2JS */.L3.compile(source, build/* RE2JS */.L3.DOTALL);
        return (text) => compiled.matches(text);
    }
    catch {
        return undefined;
    }
}
const longestPattern = 4096;
const special = /[.+^$|()[\]{}*?\\]/g;
/** Whether a constraint is more than a literal text. */
function isGlob(text) {
    return /[*?{[]/.test(text);
}
function translate(pattern) {
    let out = '';
    let depth = 0;
    for (let at = 0; at < pattern.length; at++) {
        const char = pattern.charAt(at);
        switch (char) {
            case '*':
                out += '.*';
                while (pattern.charAt(at + 1) === '*')
                    at++;
                break;
            case '?':
                out += '.';
                break;
            case '\\':
                at++;
                out += pattern.charAt(at).replace(special, '\\$&');
                break;
            case '{':
                depth++;
                out += '(?:';
                break;
            case '}':
                if (depth === 0)
                    return undefined;
                depth--;
                out += ')';
                break;
            case ',':
                out += depth > 0 ? '|' : ',';
                break;
            case '[': {
                const end = pattern.indexOf(']', at + 1);
                if (end < 0)
                    return undefined;
                const body = pattern.slice(at + 1, end);
                const negated = body.startsWith('!');
                const chars = (negated ? body.slice(1) : body).replace(/[[\]\\^]/g, '\\$&');
                if (chars === '')
                    return undefined;
                out += `[${negated ? '^' : ''}${chars}]`;
                at = end;
                break;
            }
            default:
                out += char.replace(special, '\\$&');
        }
    }
    return depth === 0 ? out : undefined;
}

;// CONCATENATED MODULE: ./src/policy/witness/go-time.ts
const go_time_form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Go's zero time, which a policy without `expires` expired at. */
const zeroTime = momentOf(1, 1, 1);
/** @returns undefined when the text is no strict RFC 3339, as Go's time.Time reads it from JSON */
function parseMoment(text) {
    const parts = go_time_form.exec(text);
    if (!parts)
        return undefined;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
    const leap = month === 2 && isLeap(year) ? 1 : 0;
    if (month < 1 || month > 12 || day < 1 || day > (monthDays[month - 1] ?? 0) + leap)
        return undefined;
    if (hour > 23 || minute > 59 || second > 59)
        return undefined;
    const [, , , , , , , fraction = '', sign, zoneHour = '0', zoneMinute = '0'] = parts;
    if (Number(zoneHour) > 23 || Number(zoneMinute) > 59)
        return undefined;
    const zone = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000 * (sign === '-' ? -1 : 1);
    const thousandths = Number(fraction.padEnd(3, '0').slice(0, 3));
    return momentOf(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000 + thousandths - zone;
}
function isLeap(year) {
    return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
/** Midnight of a day in the Gregorian calendar; days are counted from March, so that the leap day comes last. */
function momentOf(year, month, day) {
    const shifted = month > 2 ? year : year - 1;
    const era = Math.floor(shifted / 400);
    const ofEra = shifted - era * 400;
    const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
    const days = era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
    return days * 86_400_000;
}
/** As Go prints a time in UTC by default: `2024-01-01 00:00:00 +0000 UTC`. */
function goTime(moment) {
    const text = rfc3339(moment);
    return `${text.slice(0, 10)} ${text.slice(11, -1)} +0000 UTC`;
}
/** `2024-01-01T00:00:00Z`; a fraction only where there is one. */
function rfc3339(moment) {
    const days = Math.floor(moment / 86_400_000);
    const rest = moment - days * 86_400_000;
    const shifted = days + 719_468;
    const era = Math.floor(shifted / 146_097);
    const ofEra = shifted - era * 146_097;
    const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
    const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const fromMarch = Math.floor((5 * ofYear + 2) / 153);
    const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
    const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    const two = (value) => String(Math.floor(value)).padStart(2, '0');
    const thousandths = rest % 1000;
    const fraction = thousandths === 0 ? '' : `.${String(thousandths).padStart(3, '0')}`;
    const clock = [rest / 3_600_000, (rest / 60_000) % 60, (rest / 1000) % 60].map(two).join(':');
    return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}${fraction}Z`;
}
const units = new Map([
    ['ns', 1e-6],
    ['us', 1e-3],
    ['\u00b5s', 1e-3],
    ['\u03bcs', 1e-3],
    ['ms', 1],
    ['s', 1000],
    ['m', 60_000],
    ['h', 3_600_000],
]);
const durationForm = /^[+-]?(?:0|(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/;
const durationPart = /(\d+\.?\d*|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g;
const longestDuration = 100;
/** A duration as Go writes it, `720h` or `1h30m`, in milliseconds; undefined when the text is none. */
function parseDuration(text) {
    if (text.length > longestDuration || !durationForm.test(text))
        return undefined;
    let sum = 0;
    for (const [, amount = '0', unit = ''] of text.matchAll(durationPart)) {
        sum += Number(amount) * (units.get(unit) ?? 0);
    }
    return text.startsWith('-') ? -sum : sum;
}

;// CONCATENATED MODULE: ./src/policy/witness/stamp.ts





const signedData = '1.2.840.113549.1.7.2';
const stampInfo = '1.2.840.113549.1.9.16.1.4';
const contentType = '1.2.840.113549.1.9.3';
const messageDigest = '1.2.840.113549.1.9.4';
const hashes = new Map([
    ['2.16.840.1.101.3.4.2.1', 'sha256'],
    ['2.16.840.1.101.3.4.2.2', 'sha384'],
    ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);
/** What a signature algorithm hashes with; undefined: with the digest algorithm that stands beside it. */
const schemes = new Map([
    ['1.2.840.113549.1.1.1', undefined],
    ['1.2.840.113549.1.1.11', 'sha256'],
    ['1.2.840.113549.1.1.12', 'sha384'],
    ['1.2.840.113549.1.1.13', 'sha512'],
    ['1.2.840.10045.2.1', undefined],
    ['1.2.840.10045.4.3.2', 'sha256'],
    ['1.2.840.10045.4.3.3', 'sha384'],
    ['1.2.840.10045.4.3.4', 'sha512'],
]);
/**
 * The time that a token proves for bytes: a bare TimeStampToken (RFC 3161, CMS of RFC 5652) with its signer's
 * certificate inside, whose chain is judged at that time.
 *
 * @returns a text that says why none
 */
function timeOfToken(der, stamped, { anchors }, profile) {
    try {
        return readToken(der, stamped, anchors, profile);
    }
    catch (error) {
        return `it is no timestamp: ${error instanceof Error ? error.message : String(error)}`;
    }
}
function readToken(der, stamped, anchors, profile) {
    // The library's reader of DER comes with its certificates.
    const token = dist.X509Certificate.parse(Buffer.from(der)).root;
    if (token.subs[0]?.toOID() !== signedData)
        return 'it is no signed data';
    const data = token.subs[1]?.subs[0];
    const wrapped = data?.subs[2];
    const content = wrapped?.subs[1]?.subs[0];
    const signers = data?.subs.at(-1);
    const signer = signers?.subs[0];
    if (!data || !content || !signers || !signer || wrapped.subs[0]?.toOID() !== stampInfo)
        return 'it has no content';
    if (signers.subs.length !== 1)
        return `expected one signer, got ${signers.subs.length}`;
    const info = content.subs[0];
    if (!info)
        return 'it has no content';
    const [, , imprint] = info.subs;
    const imprintHash = hashes.get(imprint?.subs[0]?.subs[0]?.toOID() ?? '');
    if (imprintHash === undefined)
        return 'its imprint is of an unknown hash';
    if (profile.stampHash === 'sha256' && imprintHash !== 'sha256')
        return `its imprint is of ${imprintHash}`;
    if (!imprint?.subs[1]?.value.equals((0,external_node_crypto_.createHash)(imprintHash).update(stamped).digest())) {
        return 'it is for another signature';
    }
    const certificates = (data.subs.find((part) => part.tag.isContextSpecific(0))?.subs ?? []).flatMap((part) => {
        const one = readCertificate(raw(part, 0x30));
        return typeof one === 'string' ? [] : [one];
    });
    const [issuer, serial] = signer.subs[1]?.subs ?? [];
    const leaf = certificates.find((one) => issuer?.value.equals(one.issuer) === true && serial !== undefined && sameSerial(one, serial));
    if (!leaf)
        return 'it does not carry the certificate of its signer';
    const wrong = signatureProblem(signer, content.value, leaf);
    if (wrong !== undefined)
        return wrong;
    const at = stamp_momentOf(info.subs[4]?.value.toString('latin1') ?? '');
    if (at === undefined)
        return 'its time cannot be read';
    if (profile.stampUsage === 'sole' && !(leaf.usages?.length === 1 && leaf.usages[0] === certificate_path/* timeStamping */.tc)) {
        return 'its certificate is not for timestamps alone';
    }
    const usage = profile.stampUsage === 'sole' ? certificate_path/* timeStamping */.tc : undefined;
    const found = anchorsOf(leaf, certificates, anchors, at, usage);
    return typeof found === 'string' ? found : at;
}
function sameSerial({ node }, serial) {
    const plain = (hex) => hex.toLowerCase().replace(/^0+(?=.)/, '');
    return plain(node.serialNumber) === plain(serial.value.toString('hex'));
}
function signatureProblem(signer, content, leaf) {
    const digest = hashes.get(signer.subs[2]?.subs[0]?.toOID() ?? '');
    const attributes = signer.subs[3];
    if (digest === undefined || attributes?.tag.isContextSpecific(0) !== true)
        return 'its signature is of an unknown form';
    const valueOf = (oid) => attributes.subs.find((part) => part.subs[0]?.toOID() === oid)?.subs[1]?.subs[0];
    if (valueOf(contentType)?.toOID() !== stampInfo)
        return 'its signature is for other content';
    if (valueOf(messageDigest)?.value.equals((0,external_node_crypto_.createHash)(digest).update(content).digest()) !== true) {
        return 'its signature is for other content';
    }
    const scheme = signer.subs[4]?.subs[0]?.toOID() ?? '';
    if (!schemes.has(scheme))
        return `its signature is of the unknown scheme ${scheme}`;
    const signature = signer.subs[5]?.value ?? Buffer.alloc(0);
    // Signed as a SET, though written with a tag of its own (RFC 5652, 5.4).
    const good = (0,external_node_crypto_.verify)(schemes.get(scheme) ?? digest, raw(attributes, 0x31), leaf.node.publicKey, signature);
    return good ? undefined : 'its signature does not verify';
}
/** The bytes of a part as they were written, under this tag. */
function raw(part, tag) {
    const { length } = part.value;
    const bytes = [];
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256))
        bytes.unshift(rest % 256);
    return Buffer.concat([
        Buffer.from(length < 128 ? [tag, length] : [tag, 0x80 | bytes.length, ...bytes]),
        part.value,
    ]);
}
function stamp_momentOf(text) {
    const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(text);
    if (!parts)
        return undefined;
    const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] = parts;
    return parseMoment(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`);
}

;// CONCATENATED MODULE: ./src/policy/witness/signers.ts




/** Tries every verifier on every signature (dsse/verify.go); one that verifies is enough. */
function signersOf(envelope, verifiers, profile, now) {
    if (envelope.signatures.length === 0)
        return { kind: 'unsigned', reason: 'no signatures in dsse envelope' };
    const signers = [];
    const errors = new Map();
    for (const signature of envelope.signatures) {
        const certified = signerByCertificate(envelope, signature, verifiers, profile, now);
        if (certified.kind === 'signer')
            signers.push(certified.signer);
        if (certified.kind === 'failed')
            errors.set(certified.keyId, certified.reason);
        if (certified.kind === 'unreadable' && !profile.keysDespiteBadCertificate)
            continue;
        for (const { keyId, key } of verifiers.keys) {
            if (isSigned(key, envelope.message, signature.signature, profile)) {
                signers.push({ kind: 'key', keyId, times: [] });
            }
            else {
                errors.set(keyId, key.asymmetricKeyType === 'rsa' ? 'crypto/rsa: verification error' : 'verification failed');
            }
        }
    }
    if (signers.length > 0)
        return { kind: 'signed', signers };
    const tried = [...errors].map(([keyId, reason]) => `${keyId}: ${reason}`).join(' ');
    return {
        kind: 'unsigned',
        reason: `no valid signatures for the provided verifiers found for keyids: ${tried}`.trimEnd(),
    };
}
function signerByCertificate({ message }, { signature, certificate: pem, intermediates, tokens }, { roots, intermediates: known, authorities }, profile, now) {
    if (pem === undefined)
        return { kind: 'none' };
    const read = readCertificates(pem);
    const [certificate] = typeof read === 'string' ? [] : read;
    if (!certificate)
        return { kind: 'unreadable' };
    const { keyId } = certificate;
    const beside = intermediates.flatMap((one) => {
        const listed = readCertificates(one);
        return typeof listed === 'string' ? [] : listed.slice(0, 1);
    });
    const holds = (at) => typeof anchorsOf(certificate, [...beside, ...known], roots, at, usageOf(profile)) !== 'string';
    if (authorities.length === 0) {
        if (profile.withoutAuthority === 'reject') {
            const reason = 'cert-based signature rejected: no trusted timestamp verifier configured and current-time fallback not enabled (proof-of-signing-time required)';
            return { kind: 'failed', keyId, reason };
        }
        const good = isSigned(certificate.node.publicKey, message, signature, profile) && holds(now);
        if (!good)
            return { kind: 'failed', keyId, reason: 'verification failed' };
        return {
            kind: 'signer',
            signer: { kind: 'certificate', keyId, certificate, beside, times: [], validAt: [now] },
        };
    }
    const proven = tokens.flatMap((token) => authorities.flatMap((authority) => {
        const time = timeOfToken(token, signature, authority, profile);
        return typeof time === 'string' ? [] : [time];
    }));
    if (proven.length === 0)
        return { kind: 'none' };
    const times = isSigned(certificate.node.publicKey, message, signature, profile) ? proven.filter(holds) : [];
    if (times.length === 0)
        return { kind: 'failed', keyId, reason: 'no valid timestamps found' };
    return {
        kind: 'signer',
        signer: { kind: 'certificate', keyId, certificate, beside, times, validAt: times },
    };
}
function usageOf(profile) {
    return profile.leafUsage === 'code-signing' ? certificate_path/* codeSigning */.Ft : undefined;
}
/** As long as the largest modulus that OpenSSL computes with. */
const longestSignature = 2048;
/** The schemes of both tools (cryptoutil): SHA-256 throughout, ECDSA in DER, RSA-PSS with a salt of any length. */
function isSigned(key, message, signature, profile) {
    if (signature.length === 0 || signature.length > longestSignature)
        return false;
    const type = key.asymmetricKeyType;
    try {
        if (type === 'ed25519')
            return (0,external_node_crypto_.verify)(null, message, key, signature);
        if (type === 'ec')
            return (0,external_node_crypto_.verify)('sha256', message, { key, dsaEncoding: 'der' }, signature);
        if (type !== 'rsa')
            return false;
        const pss = { padding: external_node_crypto_.constants.RSA_PKCS1_PSS_PADDING, saltLength: external_node_crypto_.constants.RSA_PSS_SALTLEN_AUTO };
        if ((0,external_node_crypto_.verify)('sha256', message, { key, ...pss }, signature))
            return true;
        const older = { key, padding: external_node_crypto_.constants.RSA_PKCS1_PADDING };
        return profile.rsaPkcs1 && (0,external_node_crypto_.verify)('sha256', message, older, signature);
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./src/policy/witness/constraint.ts



const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/u;
/**
 * Whether a certificate meets a constraint (policy/constraints.go, certglob.go): witness compares texts and sets of
 * texts, cilock counts and knows globs. Each says what it says in its own words.
 *
 * @returns what is wrong, in the tool's words; empty when all holds
 */
function constraintProblems(signer, constraint, roots, profile) {
    const { certificate } = signer;
    const lists = [
        ['dns name', certificate.dnsNames, constraint.dnsNames],
        ['email', certificate.emails, constraint.emails],
        ['organization', certificate.organizations, constraint.organizations],
        ['uri', certificate.uris, constraint.uris],
    ];
    const checks = [
        () => commonNameProblem(certificate.commonName, constraint.commonName, profile),
        ...lists.map(([what, got, wanted]) => () => profile.constraints === 'globs'
            ? listProblem(what, got, wanted, profile)
            : setProblem(what, got, wanted)),
        () => rootProblem(signer, constraint.roots, roots, profile),
        () => extensionProblem(certificate, constraint.extensions),
        () => policyProblem(certificate, constraint.policyOids),
    ];
    const problems = [];
    for (const check of checks) {
        const problem = check();
        if (problem === undefined)
            continue;
        problems.push(problem);
        // cilock stops at the first.
        if (profile.constraints === 'globs')
            break;
    }
    return problems;
}
function quoted(texts) {
    return `[${texts.map((text) => JSON.stringify(text)).join(' ')}]`;
}
function commonNameProblem(got, wanted, profile) {
    if (wanted === '*')
        return undefined;
    const problem = `cert common name ${JSON.stringify(got)} doesn't match constraint ${JSON.stringify(wanted)}`;
    if (profile.constraints === 'exact')
        return got === wanted ? undefined : problem;
    if (wanted === '' || unprintable.test(wanted))
        return problem;
    const glob = compileGlob(wanted.toLowerCase());
    return glob?.(got.toLowerCase()) === true ? undefined : problem;
}
/** witness: `*` alone is any; otherwise both have the same values. */
function setProblem(what, got, wanted) {
    if (wanted.length === 1 && wanted[0] === '*')
        return undefined;
    const [left, right] = [
        new Set(got.filter((one) => one !== '')),
        new Set(wanted.filter((one) => one !== '')),
    ];
    const extra = [...left].find((one) => !right.has(one));
    if (extra !== undefined)
        return `cert ${what} ${JSON.stringify(extra)} is not in ${quoted(wanted)}`;
    const absent = [...right].filter((one) => !left.has(one));
    return absent.length > 0 ? `cert has no ${what} ${quoted(absent)}` : undefined;
}
/** cilock: `*` anywhere is any; each other entry stands for one value, and no value may be left. */
function listProblem(what, all, entries, profile) {
    const wanted = entries.filter((entry) => entry !== '');
    const got = all.filter((value) => value !== '');
    if (wanted.some((entry) => unprintable.test(entry)))
        return `${what} constraint has characters that cannot be printed`;
    if (wanted.includes('*'))
        return undefined;
    if (wanted.length === 0) {
        if (got.length === 0 && profile.emptyAgainstAbsent === 'pass')
            return undefined;
        return got.length > 0
            ? `cert presents ${what} ${quoted(got)} but the policy's ${what} constraint is empty, which forbids all; add the value to the functionary's certConstraint ${what} list (or "*" to allow any)`
            : `empty ${what} constraint matched an empty cert field; with permissive roots this makes identity verification a no-op — specify a ${what} value (or "*" to explicitly allow any) (#6266)`;
    }
    const rest = [...got];
    for (const entry of [...wanted.filter((one) => !isGlob(one)), ...wanted.filter(isGlob)]) {
        const glob = isGlob(entry) ? compileGlob(entry.toLowerCase()) : undefined;
        const at = rest.findIndex((value) => isGlob(entry) ? glob?.(value.toLowerCase()) === true : value === entry);
        if (at < 0) {
            const kind = isGlob(entry) ? 'glob' : 'exact';
            return `cert ${what}(s) ${quoted(got)} did not satisfy ${kind} constraint ${JSON.stringify(entry)} (need 1 more match(es)); constraints ${quoted(wanted)}`;
        }
        rest.splice(at, 1);
    }
    return rest.length > 0
        ? `cert ${what}(s) ${quoted(rest)} match no constraint of ${quoted(wanted)}`
        : undefined;
}
function rootProblem({ certificate, beside, validAt }, ids, roots, profile) {
    const named = ids.includes('*') ? [...roots.values()] : ids.flatMap((id) => roots.get(id) ?? []);
    const anchors = named.map(({ root }) => root);
    const between = [...roots.values()].flatMap(({ intermediates }) => intermediates);
    const found = validAt.some((at) => typeof anchorsOf(certificate, [...beside, ...between], anchors, at, usageOf(profile)) !== 'string');
    return found ? undefined : `cert doesn't belong to any root specified by constraint ${quoted(ids)}`;
}
/** Globs, in both tools and with regard to case. */
function extensionProblem({ claims }, wanted) {
    for (const [name, pattern] of wanted) {
        if (pattern === '')
            continue;
        if (compileGlob(pattern)?.(claims.get(name) ?? '') === true)
            continue;
        return `cert field ${name} doesn't match constraint ${JSON.stringify(pattern)}`;
    }
    return undefined;
}
function policyProblem({ policies }, wanted) {
    const absent = wanted.filter((oid) => !policies.includes(oid));
    return absent.length > 0 ? `cert lacks the policy OIDs ${quoted(absent)}` : undefined;
}

;// CONCATENATED MODULE: ./src/policy/witness/json-text.ts
/** Far beyond any policy or attestation; Go stops at 10 000. */
const deepest = 500;
/** @returns what is wrong with a text as JSON, its nesting included; undefined for good JSON */
function jsonProblem(text) {
    let depth = 0;
    for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code === quote)
            at = endOfString(text, at) - 1;
        else if (code === 0x7b || code === 0x5b) {
            if (++depth > deepest)
                return `it is nested more than ${deepest} levels deep`;
        }
        else if (code === 0x7d || code === 0x5d)
            depth--;
    }
    try {
        JSON.parse(text);
        return undefined;
    }
    catch (error) {
        return error instanceof Error ? error.message : 'it is no JSON';
    }
}
const quote = 0x22;
const space = /[\t\n\r ]/y;
/** After the closing quote; the text's end when there is none. */
function endOfString(text, start) {
    let at = start + 1;
    for (;;) {
        const close = text.indexOf('"', at);
        if (close < 0)
            return text.length;
        let slashes = 0;
        while (text.charCodeAt(close - 1 - slashes) === 0x5c && close - 1 - slashes > start)
            slashes++;
        if (slashes % 2 === 0)
            return close + 1;
        at = close + 1;
    }
}
function skipSpace(text, start) {
    let at = start;
    for (; at < text.length; at++) {
        space.lastIndex = at;
        if (!space.test(text))
            break;
    }
    return at;
}
/** Where a value ends: at the comma or bracket after it. */
function endOfValue(text, start) {
    let depth = 0;
    for (let at = start; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code === quote)
            at = endOfString(text, at) - 1;
        else if (code === 0x7b || code === 0x5b)
            depth++;
        else if (code === 0x7d || code === 0x5d) {
            if (depth === 0)
                return at;
            depth--;
        }
        else if (code === 0x2c && depth === 0)
            return at;
    }
    return text.length;
}
/** The members of a text that is known to be JSON, in order, duplicates included; undefined when it is no object. */
function membersOf(json) {
    const text = json.trim();
    if (!text.startsWith('{'))
        return undefined;
    const members = [];
    let at = skipSpace(text, 1);
    while (text.charCodeAt(at) === quote) {
        const named = endOfString(text, at);
        const name = JSON.parse(text.slice(at, named));
        const start = skipSpace(text, skipSpace(text, named) + 1);
        const end = endOfValue(text, start);
        members.push({ name, text: text.slice(start, end).trimEnd() });
        at = skipSpace(text, end + 1);
    }
    return members;
}
/** The items of a text that is known to be JSON; undefined when it is no list. */
function itemsOf(json) {
    const text = json.trim();
    if (!text.startsWith('['))
        return undefined;
    const items = [];
    let at = skipSpace(text, 1);
    while (at < text.length - 1) {
        const end = endOfValue(text, at);
        items.push(text.slice(at, end).trimEnd());
        at = skipSpace(text, end + 1);
    }
    return items;
}
/** A name as Go compares it: without regard to case, the long s and the sign for Kelvin included. */
function folded(name) {
    return name.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase();
}
/**
 * The fields of a struct as Go would read them; the last of several wins. Two spellings of one field are a problem:
 * which of them counts is more than a reader of the file can see.
 *
 * @returns a text that says what is wrong
 */
function structOf(json) {
    if (isNull(json))
        return new Map();
    const members = membersOf(json);
    if (members === undefined)
        return 'expected an object';
    const fields = new Map();
    const spelt = new Map();
    for (const { name, text } of members) {
        const key = folded(name);
        const before = spelt.get(key);
        if (before !== undefined && before !== name) {
            return `${JSON.stringify(before)} and ${JSON.stringify(name)} are one field to Go: expected it once`;
        }
        spelt.set(key, name);
        fields.set(key, text);
    }
    return fields;
}
function isNull(json) {
    return json.trim() === 'null';
}
/** A text, `''` for null or nothing; undefined for anything else. */
function textOf(json) {
    if (json === undefined || isNull(json))
        return '';
    const value = json.trim().startsWith('"') ? JSON.parse(json) : undefined;
    return typeof value === 'string' ? value : undefined;
}
/** Without groups: an engine that counts them runs out of stack over some megabytes. */
const standardBase64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** Bytes in standard base64 with padding, line breaks allowed, as Go reads []byte; undefined for anything else. */
function bytesOf(json) {
    const text = textOf(json)?.replace(/[\r\n]+/g, '');
    if (text === undefined || text.length % 4 !== 0 || !standardBase64.test(text))
        return undefined;
    return Buffer.from(text, 'base64');
}

// EXTERNAL MODULE: ./src/reference/nearest.ts
var reference_nearest = __webpack_require__(24179);
;// CONCATENATED MODULE: ./src/policy/witness/attestation-types.ts

const aflock = 'https://aflock.ai/attestations/';
const witness = 'https://witness.dev/attestations/';
/** Attestors with the same name and version in both tools (rookery, attestation/legacy.go). */
const shared = new Set([
    ...('environment git github gitlab jenkins jwt docker oci sbom sarif secretscan lockfiles maven omnitrail ' +
        'system-packages gcp-iit aws aws-codebuild githubwebhook material product command-run')
        .split(' ')
        .map((name) => `${name}/v0.1`),
    'k8smanifest/v0.2',
]);
const cilockOnly = new Set([
    ...('github-action github-review trivy govulncheck test-results go-build prowler oscap inspec falco kube-bench ' +
        'docker-bench linkerd-check steampipe asff aws-config pip-install scubagoggles structured-data sinkhole-flows ' +
        'inclusion-proof')
        .split(' ')
        .map((name) => `${name}/v0.1`),
    'configuration/v0.2',
    'product/v0.2',
    'product/v0.3',
    'material/v0.3',
    'command-run/v0.2',
]);
const witnessOnly = new Set(['network-trace/v0.1']);
/** Types without a namespace of either tool. */
const common = new Set([
    'https://cyclonedx.org/bom',
    'https://spdx.dev/Document',
    'https://slsa.dev/provenance/v1.0',
    'https://in-toto.io/attestation/link/v0.3',
    'https://openvex.dev/ns',
    'https://slsa.dev/verification_summary/v1',
]);
/** Whether the tool has an attestor of that type: it reads the attestation into a struct and writes it anew. */
function isRegistered(type, profile) {
    if (common.has(type))
        return true;
    if (type.startsWith(witness)) {
        const name = type.slice(witness.length);
        return shared.has(name) || (profile.name === 'witness' && witnessOnly.has(name));
    }
    if (profile.name === 'witness' || !type.startsWith(aflock))
        return false;
    const name = type.slice(aflock.length);
    return shared.has(name) || cilockOnly.has(name);
}
/** The same type in the other tool's namespace; undefined where there is none. */
function aliasOf(type) {
    if (type.startsWith(aflock) && shared.has(type.slice(aflock.length)))
        return `${witness}${type.slice(aflock.length)}`;
    if (type.startsWith(witness) && shared.has(type.slice(witness.length)))
        return `${aflock}${type.slice(witness.length)}`;
    return undefined;
}
function isType(got, wanted, profile) {
    return got === wanted || (profile.aliases && aliasOf(got) === wanted);
}
/** The name and version of an attestor, `oci/v0.1`, whichever namespace it is in; undefined for other types. */
function attestorOf(type) {
    for (const namespace of [aflock, witness]) {
        if (type.startsWith(namespace))
            return type.slice(namespace.length);
    }
    return undefined;
}
/** What a type that no attestor has most likely means; undefined for types of others. */
function typeHint(type, profile) {
    const attestor = attestorOf(type);
    if (attestor === undefined || isRegistered(type, profile))
        return undefined;
    const namespace = profile.name === 'witness' ? witness : aflock;
    const known = profile.name === 'witness' ? [...shared, ...witnessOnly] : [...shared, ...cilockOnly];
    const nearest = shared.has(attestor) || cilockOnly.has(attestor) ? attestor : (0,reference_nearest/* nearestName */.q)(attestor, known);
    if (nearest === undefined)
        return `no attestor of ${profile.tool} makes it`;
    return nearest === attestor
        ? `${profile.tool} does not make it`
        : `no attestor of ${profile.tool} makes it; did you mean ${namespace}${nearest}?`;
}
/**
 * The fields of attestors that are read into structs (rookery, plugins/attestors): others vanish, and those that are
 * never left out are there. Only attestors whose fields are all known are listed.
 */
const fields = new Map(Object.entries({
    'git/v0.1': {
        gittool: 'text',
        gitbinpath: 'omitted',
        gitbinhash: 'omitted',
        commithash: 'text',
        author: 'text',
        authoremail: 'text',
        committername: 'text',
        committeremail: 'text',
        commitdate: 'text',
        commitmessage: 'text',
        status: 'omitted',
        commitdigest: 'omitted',
        signature: 'omitted',
        parenthashes: 'omitted',
        treehash: 'omitted',
        refs: 'omitted',
        remotes: 'omitted',
        tags: 'omitted',
        branch: 'omitted',
    },
    'github/v0.1': {
        jwt: 'omitted',
        ciconfigpath: 'text',
        pipelineid: 'text',
        pipelinename: 'text',
        pipelineurl: 'text',
        projecturl: 'text',
        runnerid: 'text',
        cihost: 'text',
        ciserverurl: 'text',
        runnerarch: 'text',
        runneros: 'text',
    },
    'environment/v0.1': { os: 'text', hostname: 'text', username: 'text', variables: 'omitted' },
    'docker/v0.1': { products: 'null' },
    'oci/v0.1': {
        tardigest: 'null',
        manifest: 'null',
        imagetags: 'null',
        diffids: 'null',
        imageid: 'null',
        manifestraw: 'null',
        manifestdigest: 'null',
    },
}).map(([name, known]) => [
    name,
    new Map(Object.entries(known)),
]));
/** The top-level fields that rules can see of a type; undefined where they are not known. */
function fieldsOfType(type) {
    return fields.get(attestorOf(type) ?? '');
}

;// CONCATENATED MODULE: ./src/policy/witness/reading.ts


function problemAt({ reading, path }, message) {
    reading.problems.push({ file: reading.file, line: 1, field: path, message: at(path, message) });
}
function warnAt({ reading, path }, message) {
    reading.warnings.push({ file: reading.file, line: 1, field: path, message: at(path, message) });
}
function at(path, message) {
    return path === '' ? message : `${path}: ${message}`;
}
function isThere({ values }) {
    return values.length > 0;
}
/**
 * The fields of a struct. Go passes over names that it does not know: one near to a known name is a problem, for what it
 * asks for is silently not asked; others are warned of.
 *
 * @param strict every unknown name is a problem
 */
function fieldsOf(spot, names, strict = false) {
    const { reading, path } = spot;
    const below = (name) => (path === '' ? name : `${path}.${name}`);
    const found = new Map();
    if (spot.values.length > 1)
        problemAt(spot, 'expected it once, got it twice');
    const known = new Map(names.map((name) => [folded(name), name]));
    for (const { name, text } of lastObject(spot) ?? []) {
        const field = known.get(folded(name));
        if (field === undefined) {
            const meant = (0,reference_nearest/* nearestName */.q)(name, names);
            const where = { ...spot, path: below(name) };
            const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
            if (strict || (meant !== undefined && !name.startsWith('_')))
                problemAt(where, `unknown field${hint}`);
            else
                warnAt(where, 'unknown field, which is passed over');
            continue;
        }
        const values = found.get(field) ?? [];
        if (values.length === 1)
            warnAt({ ...spot, path: below(field) }, 'it is given more than once');
        if (isNull(text))
            continue;
        found.set(field, [...values, text]);
    }
    return (name) => ({ reading, path: below(name), values: found.get(name) ?? [] });
}
function lastObject(spot) {
    const text = spot.values.at(-1);
    if (text === undefined)
        return [];
    const members = membersOf(text);
    if (members === undefined)
        problemAt(spot, 'expected an object');
    return members;
}
/** A map by its names. Given twice its members are joined, as in Go; a member given twice is a problem. */
function mapOf(spot) {
    const found = new Map();
    for (const text of spot.values) {
        const members = membersOf(text);
        if (members === undefined)
            problemAt(spot, 'expected an object');
        for (const member of members ?? []) {
            const below = { ...spot, path: `${spot.path}[${JSON.stringify(member.name)}]`, values: [member.text] };
            if (found.has(member.name))
                problemAt(below, 'expected it once, got it twice');
            found.set(member.name, below);
        }
    }
    return found;
}
/** The items of a list; none for an absent one. */
function listOf(spot) {
    if (spot.values.length > 1)
        problemAt(spot, 'expected it once, got it twice');
    const text = spot.values.at(-1);
    if (text === undefined)
        return [];
    const items = itemsOf(text);
    if (items === undefined)
        problemAt(spot, 'expected a list');
    return (items ?? []).map((item, index) => ({ ...spot, path: `${spot.path}[${index}]`, values: [item] }));
}
/** The text, the last one of several; `''` when there is none. */
function reading_stringOf(spot) {
    const text = textOf(spot.values.at(-1));
    if (text === undefined)
        problemAt(spot, `expected a text, got ${kindOf(spot.values.at(-1) ?? '')}`);
    return text ?? '';
}
function stringsOf(spot) {
    return listOf(spot).map(reading_stringOf);
}
function flagOf(spot) {
    const text = spot.values.at(-1)?.trim();
    if (text === undefined)
        return undefined;
    if (text === 'true' || text === 'false')
        return text === 'true';
    problemAt(spot, `expected true or false, got ${kindOf(text)}`);
    return undefined;
}
function kindOf(json) {
    switch (json.trim().charAt(0)) {
        case '{':
            return 'an object';
        case '[':
            return 'a list';
        case '"':
            return 'a text';
        default:
            return json.trim().slice(0, 40);
    }
}

;// CONCATENATED MODULE: ./src/policy/witness/rego-text.ts
const packageClause = /^\s*package\s+([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*|\["[^"\\\n]*"\])*)\s*(?:[\n;]|$)/;
function readModule(name, text) {
    const [, clause] = packageClause.exec(withoutText(text, false)) ?? [];
    return { name, text, reference: clause === undefined ? undefined : `data.${clause}` };
}
/** Whether a rule named deny can be in a module: without one nothing is ever denied. */
function hasDeny({ text }) {
    return /(?:^|[^.\w])deny(?!\w)/.test(withoutText(text, true));
}
/** The fields of the input that a module reads by name. */
function inputFields({ text }) {
    const found = withoutText(text, true).matchAll(/(?:^|[^.\w])input\.([A-Za-z_]\w*)/g);
    return new Set([...found].flatMap(([, name]) => name ?? []));
}
/** Without comments, and with strings emptied where they are in the way. */
function withoutText(text, emptyStrings) {
    let out = '';
    for (let at = 0; at < text.length; at++) {
        const char = text.charAt(at);
        if (char === '#') {
            const end = text.indexOf('\n', at);
            if (end < 0)
                break;
            at = end - 1;
        }
        else if (char === '"' || char === '`') {
            const end = endOf(text, at, char);
            out += emptyStrings ? '""' : text.slice(at, end);
            at = end - 1;
        }
        else
            out += char;
    }
    return out;
}
function endOf(text, start, quote) {
    for (let at = start + 1; at < text.length; at++) {
        if (quote === '"' && text.charAt(at) === '\\')
            at++;
        else if (text.charAt(at) === quote)
            return at + 1;
    }
    return text.length;
}

;// CONCATENATED MODULE: ./src/policy/witness/image.ts


/** Seeds of a search: every digest that an attestor may have recorded of the image, bare hex digits. */
function seedsOf({ signed, index, platforms }) {
    const all = [signed, index ?? signed, ...platforms.flatMap(({ manifest, config }) => [manifest, config])];
    return [...new Set(all.map((digest) => digest.replace(/^sha256:/, '')))];
}
const hex = /^[0-9a-f]{64}$/;
/**
 * How an attestation is bound to an image: by the digest of its config in oci, or of its manifest or index in docker.
 * Tags, layers, base images, the tar and docker's own manifest.json name other things.
 */
function bindingsOf({ type, json }) {
    const attestor = attestorOf(type);
    const fields = structOf(json);
    if (typeof fields === 'string')
        return [];
    if (attestor === 'oci/v0.1') {
        const digest = sha256Of(fields.get('imageid'));
        return digest === undefined ? [] : [{ attestor: 'oci', field: 'imageid', digest }];
    }
    if (attestor !== 'docker/v0.1')
        return [];
    return (membersOf(fields.get('products') ?? 'null') ?? []).flatMap(({ text }) => {
        const product = structOf(text);
        const digest = typeof product === 'string' ? undefined : sha256Of(product.get('imagedigest'));
        return digest === undefined ? [] : [{ attestor: 'docker', field: 'imagedigest', digest }];
    });
}
/** `sha256:…` of a set of digests. */
function sha256Of(json) {
    const value = membersOf(json ?? 'null')?.findLast(({ name }) => name === 'sha256');
    const text = value === undefined ? undefined : textOf(value.text);
    return text !== undefined && hex.test(text) ? `sha256:${text}` : undefined;
}
/** For a tar among the products that no oci attestation is about. */
const ociTarHint = 'the oci attestor reads tars of `type=docker`, with manifest.json at the root, and none of `type=oci`';

;// CONCATENATED MODULE: ./src/policy/witness/subject-match.ts


/**
 * The rule of the container-image tutorial compares two fields that no attestor writes, so that it never fires. Here
 * it gets them: what cilock has of the image, and what cosign signed. They are equal when the attestation is about the
 * image in question.
 */
const subjectMatchPackage = 'data.image.subject_match';
const subjectMatchFields = ['image_digest', 'cosign_subject'];
/** The attestation's JSON with the two fields. */
function withSubjectMatch({ type, json }, image) {
    const attestor = attestorOf(type);
    if (attestor !== 'oci/v0.1' && attestor !== 'docker/v0.1')
        return json;
    const value = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        return json;
    const has = bindingsOf({ type, json });
    const same = has.some(({ digest }) => digest === image.index || isOf(image, digest));
    const own = has[0]?.digest;
    return JSON.stringify({
        ...value,
        image_digest: same ? image.signed : (own ?? null),
        cosign_subject: image.signed,
    });
}
function isOf({ platforms }, digest) {
    return platforms.some(({ manifest, config }) => digest === manifest || digest === config);
}

;// CONCATENATED MODULE: ./src/policy/witness/lint.ts




/** What the parts of a policy say of each other: names that lead nowhere, rules that never deny. */
function lintPolicy(policy, reading, profile) {
    const spot = (path) => ({ reading, path, values: [] });
    // Nothing to verify is no pass: witness passes such a policy.
    if (policy.steps.size === 0 && policy.externals.size === 0)
        problemAt(spot('steps'), 'policy has no steps or external attestations to verify');
    for (const step of policy.steps.values()) {
        lintNames(step, policy, spot);
        lintFunctionaries(step.functionaries, step.path, policy, spot);
        if (step.attestations.length === 0)
            warnAt(spot(`${step.path}.attestations`), `expected attestations: ${emptyMeans(profile)}`);
        const shaped = step.attestationsFrom.length > 0 || step.externalFrom.length > 0;
        for (const rules of step.attestations) {
            const hint = typeHint(rules.type, profile);
            if (hint !== undefined)
                warnAt(spot(`${rules.path}.type`), `${rules.type}: ${hint}`);
            else if (profile.unregisteredTypes === 'refused' && !isRegistered(rules.type, profile))
                warnAt(spot(`${rules.path}.type`), `${rules.type}: ${profile.tool} reads no attestation of it`);
            lintRules(rules, shaped, spot, profile);
        }
    }
    for (const external of policy.externals.values()) {
        lintFunctionaries(external.functionaries, external.path, policy, spot);
        lintRules(external.rules, false, spot, profile);
    }
    const cycle = cycleIn(policy.steps);
    if (cycle)
        problemAt(spot('steps'), `circular dependency detected: ${cycle.join(' -> ')}`);
}
function emptyMeans({ noAttestations }) {
    return noAttestations === 'reject' ? 'the step can never pass' : 'any collection of that name passes';
}
function lintNames(step, { steps, externals }, spot) {
    for (const field of ['artifactsFrom', 'attestationsFrom']) {
        for (const name of step[field]) {
            if (!steps.has(name))
                problemAt(spot(`${step.path}.${field}`), `step "${step.name}" references unknown step "${name}" in ${field}`);
            else if (name === step.name && field === 'attestationsFrom')
                problemAt(spot(`${step.path}.${field}`), `step '${name}' cannot depend on itself`);
        }
    }
    for (const name of step.externalFrom) {
        if (!externals.has(name))
            problemAt(spot(`${step.path}.externalFrom`), `step "${step.name}" references unknown external "${name}"`);
    }
}
function lintFunctionaries(functionaries, path, { keys, roots }, spot) {
    functionaries.forEach(({ publicKeyId, constraint }, index) => {
        const at = `${path}.functionaries[${index}]`;
        if (publicKeyId === '' && constraint === undefined)
            warnAt(spot(at), 'expected publickeyid or certConstraint: nobody is this functionary');
        // A certificate's key need not be listed.
        if (publicKeyId !== '' && roots.size === 0 && !keys.some(({ keyId }) => keyId === publicKeyId))
            warnAt(spot(`${at}.publickeyid`), `expected the id of one of publickeys, got ${publicKeyId}`);
        for (const id of constraint?.roots ?? []) {
            if (id !== '*' && !roots.has(id))
                warnAt(spot(`${at}.certConstraint.roots`), `expected the id of one of roots, got ${JSON.stringify(id)}`);
        }
    });
}
function lintRules({ modules, type, path, aiPolicies }, shaped, spot, profile) {
    const names = new Set();
    const packages = new Set();
    const known = shaped ? new Set(['attestation', 'steps', 'external']) : fieldsOfType(type);
    modules.forEach((module, index) => {
        const at = spot(`${path}.regopolicies[${index}]`);
        if (names.has(module.name))
            warnAt(at, `the name ${JSON.stringify(module.name)} is given twice: the last module replaces the others`);
        names.add(module.name);
        if (module.reference !== undefined && packages.has(module.reference))
            warnAt(at, `the package ${module.reference} is given twice`);
        packages.add(module.reference ?? '');
        if (!hasDeny(module))
            warnAt(at, 'it has no rule deny, so that it never denies anything');
        for (const name of known === undefined ? [] : inputFields(module)) {
            const given = module.reference === subjectMatchPackage && subjectMatchFields.includes(name);
            if (!known?.has(name) && !given)
                warnAt(at, `input.${name} is never there (${shaped ? 'attestation, steps and external are' : type}): a rule about it never fires`);
        }
    });
    if (aiPolicies > 0)
        warnAt(spot(`${path}.aipolicies`), profile.cilockFields
            ? 'rules in prose are not judged here: it can never pass'
            : `${profile.tool} passes over it`);
}
/** A circle of attestationsFrom, beginning and ending with the same step. */
function cycleIn(steps) {
    const done = new Set();
    for (const start of [...steps.keys()].sort()) {
        const path = [];
        // By hand, not by recursion: a policy may have as many steps as fit into its bytes.
        const stack = [{ name: start, leave: false }];
        const open = new Set();
        for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
            const { name, leave } = top;
            if (leave) {
                path.pop();
                open.delete(name);
                done.add(name);
                continue;
            }
            if (open.has(name))
                return [...path.slice(path.indexOf(name)), name];
            if (done.has(name))
                continue;
            path.push(name);
            open.add(name);
            stack.push({ name, leave: true });
            for (const from of steps.get(name)?.attestationsFrom ?? []) {
                if (from !== name && steps.has(from))
                    stack.push({ name: from, leave: false });
            }
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/policy/witness/policy-key.ts


const block = /-----BEGIN ([A-Z0-9 ]{1,40})-----/;
/**
 * The key of the first PEM block: PKIX, PKCS#1, or the public half of a private key (cryptoutil/util.go).
 *
 * @returns a text that says what is wrong
 */
function readVerifyingKey(bytes) {
    const pem = Buffer.from(bytes).toString('utf8');
    const [, label = ''] = block.exec(pem) ?? [];
    if (label === '')
        return 'invalid pem block: expected a key in PEM, with its BEGIN and END lines';
    // A certificate among keys has no roots, so it never verifies: said here, not found out later.
    if (label === 'CERTIFICATE')
        return 'expected a public key, got a certificate: name its authority under roots';
    try {
        const key = label.endsWith('PRIVATE KEY') ? (0,external_node_crypto_.createPublicKey)((0,external_node_crypto_.createPrivateKey)(pem)) : (0,external_node_crypto_.createPublicKey)(pem);
        return verifyingKey(key);
    }
    catch {
        return `expected a public key, got a block ${label} that is none`;
    }
}
const smallestModulus = 1024;
/** @returns a text that says what is wrong */
function verifyingKey(key) {
    const type = key.asymmetricKeyType ?? 'unknown';
    if (type !== 'ed25519' && type !== 'ec' && type !== 'rsa')
        return `expected an Ed25519, ECDSA or RSA key, got ${type}`;
    const bits = key.asymmetricKeyDetails?.modulusLength ?? smallestModulus;
    // As Go's crypto/rsa.
    if (bits < smallestModulus)
        return `expected an RSA key of at least ${smallestModulus} bits, got ${bits}`;
    return { keyId: keyIdOf(key), key };
}

;// CONCATENATED MODULE: ./src/policy/witness/policy.ts







/** Certificates and rules of a large company fit. */
const largestPolicy = 8 * 1024 * 1024;
/**
 * Reads the payload of a policy as strictly as its author would want: what Go passes over in silence, and would so ask
 * for less than is written, is a problem; what cannot weaken it is a warning.
 */
function readPolicy(payload, file, profile) {
    const reading = { file, problems: [], warnings: [] };
    const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8');
    const root = { reading, path: '', values: [text] };
    const tooLarge = payload.length > largestPolicy ? `it has more than ${largestPolicy} bytes` : undefined;
    const broken = tooLarge ?? jsonProblem(text);
    if (broken !== undefined)
        problemAt(root, `expected the JSON of a policy: ${broken}`);
    else if (!text.trim().startsWith('{'))
        problemAt(root, 'expected the JSON object of a policy');
    if (reading.problems.length > 0)
        return { policy: undefined, ...reading };
    const policy = readFields(root, profile);
    lintPolicy(policy, reading, profile);
    return { policy: reading.problems.length > 0 ? undefined : policy, ...reading };
}
function readFields(root, profile) {
    const field = fieldsOf(root, [
        'expires',
        'roots',
        'timestampauthorities',
        'publickeys',
        'steps',
        'externalAttestations',
    ]);
    const ignored = field('externalAttestations');
    if (!profile.cilockFields && isThere(ignored))
        warnAt(ignored, `${profile.tool} passes over it`);
    return {
        file: root.reading.file,
        expires: policy_momentOf(field('expires')) ?? zeroTime,
        steps: new Map([...mapOf(field('steps'))].map(([name, spot]) => [name, readStep(name, spot, profile)])),
        externals: profile.cilockFields
            ? new Map([...mapOf(ignored)].map(([name, spot]) => [name, readExternal(name, spot)]))
            : new Map(),
        keys: [...mapOf(field('publickeys')).values()].flatMap((spot) => readKey(spot) ?? []),
        roots: new Map([...mapOf(field('roots'))].flatMap(([id, spot]) => {
            const read = readRoot(spot);
            return read ? [[id, read]] : [];
        })),
        authorities: [...mapOf(field('timestampauthorities')).values()].flatMap((spot) => {
            const read = readRoot(spot);
            return read ? [{ anchors: [read.root, ...read.intermediates] }] : [];
        }),
    };
}
function policy_momentOf(spot) {
    if (!isThere(spot))
        return undefined;
    const text = reading_stringOf(spot);
    const moment = parseMoment(text);
    if (moment === undefined)
        problemAt(spot, `expected a time of RFC 3339 such as 2035-01-01T00:00:00Z, got ${JSON.stringify(text)}`);
    return moment;
}
function readKey(spot) {
    const field = fieldsOf(spot, ['keyid', 'key']);
    const bytes = bytesOf(field('key').values.at(-1));
    const key = bytes === undefined ? 'expected PEM in base64' : readVerifyingKey(bytes);
    if (typeof key === 'string') {
        problemAt(field('key'), key);
        return undefined;
    }
    const id = reading_stringOf(field('keyid'));
    if (id === key.keyId)
        return key;
    if (keyService.test(id)) {
        // The tools ask the service only when they are built with it, and refuse the policy otherwise.
        warnAt(field('keyid'), `${id} is not asked: the key that stands beside it counts`);
        return { ...key, keyId: id };
    }
    problemAt(field('keyid'), `public key in policy has expected key id ${id} but got ${key.keyId}`);
    return undefined;
}
/** Ids of keys that a service keeps (cryptoutil, kms). */
const keyService = /^(?:awskms|gcpkms|azurekms|hashivault):\/\/\S+$/;
function readRoot(spot) {
    const field = fieldsOf(spot, ['certificate', 'intermediates']);
    const one = (place) => first(place);
    const root = one(field('certificate'));
    const intermediates = listOf(field('intermediates')).flatMap((place) => one(place) ?? []);
    return root && { root, intermediates };
}
/** Only the first block of a PEM text counts. */
function first(spot) {
    const bytes = bytesOf(spot.values.at(-1));
    const read = bytes === undefined ? 'expected PEM in base64' : readCertificates(bytes);
    if (typeof read !== 'string')
        return read[0];
    problemAt(spot, read);
    return undefined;
}
function readStep(key, spot, profile) {
    const field = fieldsOf(spot, [
        'name',
        'functionaries',
        'attestations',
        'artifactsFrom',
        'attestationsFrom',
        'externalFrom',
        'allowedUntracked',
        'timestampConstraint',
    ]);
    const name = reading_stringOf(field('name'));
    if (name !== key)
        problemAt(field('name'), `step keyed ${JSON.stringify(key)} has mismatched name ${JSON.stringify(name)}`);
    if (isThere(field('allowedUntracked')))
        warnAt(field('allowedUntracked'), `${profile.tool} passes over it`);
    for (const own of ['attestationsFrom', 'externalFrom', 'timestampConstraint']) {
        if (!profile.cilockFields && isThere(field(own)))
            warnAt(field(own), `${profile.tool} passes over it`);
    }
    return {
        path: spot.path,
        name: key,
        functionaries: readFunctionaries(field('functionaries')),
        attestations: listOf(field('attestations')).map((place) => readRules(place, 'type')),
        artifactsFrom: stringsOf(field('artifactsFrom')),
        attestationsFrom: profile.cilockFields ? stringsOf(field('attestationsFrom')) : [],
        externalFrom: profile.cilockFields ? stringsOf(field('externalFrom')) : [],
        timestamps: profile.cilockFields ? readTimestamps(field('timestampConstraint')) : undefined,
    };
}
function readTimestamps(spot) {
    if (!isThere(spot))
        return undefined;
    const field = fieldsOf(spot, ['notBefore', 'notAfter', 'maxAge'], true);
    const notBefore = policy_momentOf(field('notBefore'));
    const notAfter = policy_momentOf(field('notAfter'));
    const written = reading_stringOf(field('maxAge'));
    const maxAgeMs = written === '' ? undefined : parseDuration(written);
    if (written !== '' && (maxAgeMs === undefined || maxAgeMs <= 0))
        problemAt(field('maxAge'), `expected a duration such as 720h, got ${JSON.stringify(written)}`);
    if (notBefore === undefined && notAfter === undefined && written === '')
        problemAt(spot, 'expected notBefore, notAfter or maxAge');
    return {
        ...(notBefore !== undefined && { notBefore }),
        ...(notAfter !== undefined && { notAfter }),
        ...(maxAgeMs !== undefined && { maxAgeMs }),
    };
}
function readExternal(key, spot) {
    const names = ['name', 'predicateType', 'functionaries', 'regopolicies', 'aipolicies', 'required'];
    const field = fieldsOf(spot, names);
    const name = reading_stringOf(field('name'));
    if (name !== '' && name !== key)
        problemAt(field('name'), `external keyed ${JSON.stringify(key)} has mismatched name ${JSON.stringify(name)}`);
    if (reading_stringOf(field('predicateType')) === '')
        problemAt(field('predicateType'), 'expected a predicate type');
    return {
        path: spot.path,
        name: key,
        functionaries: readFunctionaries(field('functionaries')),
        rules: {
            path: spot.path,
            type: reading_stringOf(field('predicateType')),
            modules: readModules(field('regopolicies')),
            aiPolicies: listOf(field('aipolicies')).length,
        },
        required: flagOf(field('required')) ?? true,
    };
}
function readRules(spot, type) {
    const field = fieldsOf(spot, [type, 'regopolicies', 'aipolicies']);
    return {
        path: spot.path,
        type: reading_stringOf(field(type)),
        modules: readModules(field('regopolicies')),
        aiPolicies: listOf(field('aipolicies')).length,
    };
}
function readModules(spot) {
    return listOf(spot).map((place) => {
        const field = fieldsOf(place, ['name', 'module']);
        const bytes = bytesOf(field('module').values.at(-1));
        if (bytes === undefined)
            problemAt(field('module'), 'expected Rego in base64');
        return readModule(reading_stringOf(field('name')), bytes?.toString('utf8') ?? '');
    });
}
function readFunctionaries(spot) {
    return listOf(spot).map((place) => {
        const field = fieldsOf(place, ['type', 'publickeyid', 'certConstraint']);
        const type = reading_stringOf(field('type'));
        if (type !== '' && type !== 'publickey' && type !== 'root')
            warnAt(field('type'), `expected publickey or root, got ${JSON.stringify(type)}, which is passed over`);
        return {
            publicKeyId: reading_stringOf(field('publickeyid')),
            constraint: readConstraint(field('certConstraint')),
        };
    });
}
/** A constraint that Go does not know is none: here it is a problem, always. */
function readConstraint(spot) {
    if (!isThere(spot))
        return undefined;
    const lists = ['dnsnames', 'emails', 'organizations', 'uris', 'roots', 'requiredpolicyoids'];
    const field = fieldsOf(spot, ['commonname', 'extensions', ...lists], true);
    const claims = [...new Set(claimNames.values())];
    const extension = fieldsOf(field('extensions'), claims, true);
    return {
        commonName: reading_stringOf(field('commonname')),
        dnsNames: stringsOf(field('dnsnames')),
        emails: stringsOf(field('emails')),
        organizations: stringsOf(field('organizations')),
        uris: stringsOf(field('uris')),
        roots: stringsOf(field('roots')),
        extensions: new Map(claims.flatMap((name) => isThere(extension(name)) ? [[name, reading_stringOf(extension(name))]] : [])),
        policyOids: stringsOf(field('requiredpolicyoids')),
    };
}

// EXTERNAL MODULE: ./src/evidence/dsse.ts
var dsse = __webpack_require__(69240);
;// CONCATENATED MODULE: ./src/policy/witness/signed-envelope.ts



const mostSignatures = 100;
const mostBeside = 20;
/**
 * Stricter than DSSE where Go is: standard base64 with padding, nothing after the value.
 *
 * @returns a text that says what is wrong
 */
function readEnvelope(bytes) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
    const problem = jsonProblem(text);
    if (problem !== undefined)
        return problem;
    const fields = structOf(text);
    if (typeof fields === 'string')
        return fields;
    const payload = bytesOf(fields.get('payload'));
    if (payload === undefined)
        return 'its payload is no standard base64 with padding';
    if (payload.length === 0)
        return 'its payload is empty: it is no DSSE envelope';
    const payloadType = textOf(fields.get('payloadtype'));
    if (payloadType === undefined)
        return 'its payloadType is no text';
    const signatures = readSignatures(fields.get('signatures'));
    if (typeof signatures === 'string')
        return signatures;
    const message = (0,dsse/* preAuthEncoding */.JC)({ payloadType, payload });
    const hash = (0,external_node_crypto_.createHash)('sha256').update(message);
    for (const one of signatures) {
        for (const part of [one.signature, one.certificate ?? [], ...one.intermediates, ...one.tokens]) {
            hash.update(`,${part.length},`).update(Uint8Array.from(part));
        }
        hash.update(`;${one.intermediates.length},${one.tokens.length}`);
    }
    return { payloadType, payload, signatures, message, id: hash.digest('hex') };
}
function readSignatures(json) {
    if (json === undefined || isNull(json))
        return [];
    const items = itemsOf(json);
    if (items === undefined)
        return 'its signatures are no list';
    if (items.length > mostSignatures)
        return `it has ${items.length} signatures, more than ${mostSignatures}`;
    const signatures = [];
    for (const item of items) {
        const one = readSignature(item);
        if (typeof one === 'string')
            return `a signature in it cannot be read: ${one}`;
        signatures.push(one);
    }
    return signatures;
}
function readSignature(json) {
    const fields = structOf(json);
    if (typeof fields === 'string')
        return fields;
    const signature = bytesOf(fields.get('sig'));
    const certificate = bytesOf(fields.get('certificate'));
    const intermediates = signed_envelope_listOf(fields.get('intermediates'), bytesOf);
    const tokens = signed_envelope_listOf(fields.get('timestamps'), (item) => {
        const stamp = structOf(item);
        return typeof stamp === 'string' ? undefined : bytesOf(stamp.get('data'));
    });
    if (signature === undefined || certificate === undefined || !intermediates || !tokens) {
        return 'expected standard base64 with padding in sig, certificate, intermediates and timestamps';
    }
    return { signature, ...(certificate.length > 0 && { certificate }), intermediates, tokens };
}
function signed_envelope_listOf(json, read) {
    if (json === undefined || isNull(json))
        return [];
    const values = itemsOf(json)?.map(read);
    if (values === undefined || values.length > mostBeside)
        return undefined;
    return values.every((one) => one !== undefined) ? values : undefined;
}

;// CONCATENATED MODULE: ./src/policy/witness/signed-policy.ts










const check = 'policy-signed';
const payloadTypes = ['https://witness.testifysec.com/policy/v0.1', 'https://aflock.ai/policy/v0.1'];
/**
 * Opens a signed policy (policysig/policysig.go): its signature by one of the keys, or by a certificate of the
 * authorities whose owner was named; then its fields, then its expiry. Nothing in it is read before it is verified.
 */
function openPolicy({ bytes, where, trust, profile, now }) {
    const refused = (finding, warnings = []) => ({
        kind: 'refused',
        finding,
        warnings,
    });
    const verifiers = verifiersOf(trust, profile);
    if (typeof verifiers === 'string')
        return refused((0,verdict_finding/* unknown */.L5)(check, { code: 'input-invalid', message: verifiers }));
    const envelope = readEnvelope(bytes);
    if (typeof envelope === 'string') {
        const message = `${where}: expected a signed policy in a DSSE envelope, got something else: ${envelope}`;
        return refused((0,verdict_finding/* unknown */.L5)(check, { code: 'policy-invalid', message }));
    }
    const signed = signersOf(envelope, verifiers, profile, now);
    if (signed.kind === 'unsigned') {
        const peerReason = `failed to verify policy signature: could not verify policy: ${signed.reason}`;
        const message = `${where}: expected a signature by ${whoOf(verifiers)}, got none that verifies`;
        return refused((0,verdict_finding/* unmet */.iY)(check, 'policy-untrusted', message, { peerReason }));
    }
    const signer = signed.signers.find((one) => isDemanded(one, trust.signer, verifiers, profile));
    if (!signer)
        return refused(unnamed(signed.signers, where, profile));
    const signedBy = (0,verdict_finding/* met */.BG)(check, `${where} is signed by ${signer.keyId}`, {
        facts: { policySigner: signer.keyId },
    });
    const { policy, problems, warnings: read } = readPolicy(envelope.payload, where, profile);
    const warnings = [...read];
    if (!payloadTypes.includes(envelope.payloadType)) {
        const message = `expected the payload type ${payloadTypes.join(' or ')}, got ${JSON.stringify(envelope.payloadType)}`;
        warnings.push({ file: where, line: 1, field: 'payloadType', message });
    }
    if (!policy) {
        const which = problems.slice(0, mostShown).map(problem/* problemText */.f).join('; ');
        const more = problems.length > mostShown ? ` and ${problems.length - mostShown} more` : '';
        const message = `the policy cannot be used: ${which}${more}`;
        const peerReason = `failed to verify policy: ${problems[0]?.message ?? ''}`;
        return refused((0,verdict_finding/* unknown */.L5)('policy-read', { code: 'policy-invalid', message }, { peerReason }), warnings);
    }
    if (now > policy.expires) {
        const peerReason = `failed to verify policy: policy expired on ${goTime(policy.expires)}`;
        const message = `${where}: expected a policy that has not expired, got one that expired on ${goTime(policy.expires)}`;
        return refused((0,verdict_finding/* unmet */.iY)('policy-current', 'policy-expired', message, { peerReason }), warnings);
    }
    const current = (0,verdict_finding/* met */.BG)('policy-current', `${where} expires on ${goTime(policy.expires)}`);
    return { kind: 'policy', policy, finding: (0,algebra/* all */.Q7)('policy', [signedBy, current]), warnings };
}
const mostShown = 5;
function verifiersOf(trust, profile) {
    const read = (files) => {
        const lists = [];
        for (const { name, bytes } of files) {
            const list = readCertificates(bytes);
            if (typeof list === 'string')
                return `${name}: ${list}`;
            lists.push(profile.authorityFile === 'first' ? list.slice(0, 1) : list);
        }
        return lists;
    };
    const [roots, between, authorities] = [trust.roots, trust.intermediates, trust.authorities].map(read);
    for (const one of [roots, between, authorities])
        if (typeof one === 'string')
            return one;
    const own = roots.flat();
    const selfIssued = profile.authorityFile === 'first' ? own : own.filter((one) => one.subject.equals(one.issuer));
    const rest = own.filter((one) => !selfIssued.includes(one));
    const keys = trust.keys.flatMap(({ key }) => {
        const one = verifyingKey(key);
        return typeof one === 'string' ? [] : [one];
    });
    if (keys.length === 0 && own.length === 0)
        return 'expected policy-key or policy-ca-roots for a signed policy, got neither';
    return {
        keys,
        roots: selfIssued,
        intermediates: [...rest, ...between.flat()],
        authorities: authorities.map((anchors) => ({ anchors })),
    };
}
function whoOf({ keys, roots }) {
    const names = keys.map(({ keyId }) => `key ${keyId}`);
    if (roots.length > 0)
        names.push('a certificate of policy-ca-roots');
    return names.join(' or ');
}
function unnamed(signers, where, profile) {
    const certified = signers.find((one) => one.kind === 'certificate');
    const identity = certified ? identityOf(certified.certificate) : 'none';
    const peerReason = profile.name === 'cilock'
        ? `failed to verify policy signature: policy signature verified against a trusted CA root, but the signer identity matched no configured policy verifier. signer identity: ${identity}`
        : 'failed to verify policy signature: no policy verifiers passed verification';
    const message = `${where}: expected a policy signed by the demanded identity (policy-commonname, policy-emails, policy-uris …), got one signed by ${identity}`;
    return (0,verdict_finding/* unmet */.iY)(check, 'policy-untrusted', message, { peerReason });
}
function identityOf({ commonName, emails, uris, dnsNames }) {
    const parts = [
        ...uris.map((one) => `uri=${one}`),
        ...emails.map((one) => `email=${one}`),
        ...dnsNames.map((one) => `dns=${one}`),
    ];
    return parts.length > 0 ? parts.join(' ') : `cn=${commonName}`;
}
function isDemanded(signer, demand, { roots, intermediates }, profile) {
    if (signer.kind === 'key')
        return true;
    const constraint = constraintOf(demand, signer.certificate, profile);
    if (!constraint)
        return false;
    const named = new Map(roots.map((root, index) => [String(index), { root, intermediates }]));
    return constraintProblems(signer, constraint, named, profile).length === 0;
}
/** The demand as a functionary; undefined when nothing is demanded, which no certificate meets in cilock. */
function constraintOf({ commonName, dnsNames, emails, organizations, uris, extensions }, certificate, profile) {
    const { unset, issuer } = profile.policySigner;
    const claims = new Map([['Issuer', issuer], ...(extensions ?? [])]);
    const common = { roots: ['*'], extensions: claims, policyOids: [] };
    if (unset === 'any') {
        return {
            ...common,
            commonName: commonName ?? '*',
            dnsNames: dnsNames ?? ['*'],
            emails: emails ?? ['*'],
            organizations: organizations ?? ['*'],
            uris: uris ?? ['*'],
        };
    }
    const lists = [dnsNames, emails, organizations, uris].map((list) => (list ?? []).filter((one) => one !== ''));
    const claimed = [...claims.values()].some((value) => value !== '');
    const pinned = (commonName ?? '') !== '' || lists.some((list) => list.length > 0) || claimed;
    if (!pinned)
        return undefined;
    const concrete = (list = []) => list.length > 0 && list.every((one) => !/[*?{[]/.test(one));
    const anyName = (commonName ?? '') === '' && (concrete(emails) || concrete(uris));
    // An empty list of names is any when the certificate has none of them.
    const relaxed = (list = [], got) => list.length === 0 && got.length === 0 ? ['*'] : list;
    return {
        ...common,
        commonName: anyName ? '*' : (commonName ?? ''),
        dnsNames: relaxed(dnsNames, certificate.dnsNames),
        emails: relaxed(emails, certificate.emails),
        organizations: relaxed(organizations, certificate.organizations),
        uris: relaxed(uris, certificate.uris),
    };
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./src/files/find.ts
var find = __webpack_require__(23712);
// EXTERNAL MODULE: ./src/files/read.ts
var files_read = __webpack_require__(49823);
// EXTERNAL MODULE: ./src/policy/witness/containers.ts
var containers = __webpack_require__(16432);
// EXTERNAL MODULE: ./src/stores/store.ts
var store = __webpack_require__(34703);
;// CONCATENATED MODULE: ./src/gate/build/evidence.ts





/** Most bytes that a bundle of cilock unpacks to. */
const mostUnpacked = 512 * 1024 * 1024;
/**
 * The envelopes of the input `attestations`: files or patterns of envelopes, of lines of them (`.jsonl`), and bundles of
 * cilock. As there an envelope within another one is not taken out of a file: that is how registries hold them. A file
 * that is named must be readable; what a pattern finds twice counts once.
 */
async function readGivenEnvelopes(patterns) {
    const sources = [];
    const problems = [];
    const refuse = (message) => void problems.push({ code: 'input-invalid', message: `attestations: ${message}` });
    const seen = new Set();
    for (const pattern of patterns) {
        const files = await (0,find/* findFiles */.l)(pattern);
        if (typeof files === 'string') {
            refuse(`${pattern}: ${files}`);
            continue;
        }
        if (files.length === 0)
            refuse(`${pattern}: expected at least one file, got none`);
        const named = files.length === 1 && files[0] === pattern;
        for (const file of files) {
            // Of a file that is named twice the reader of evidence says so, as cilock does.
            if (seen.has(file) && !named)
                continue;
            seen.add(file);
            const read = await (0,files_read/* readWhole */.oD)(file, store/* bundleLimit */.UT, 'engine');
            if (read.kind !== 'found') {
                refuse(read.kind === 'absent' ? `no file ${file}` : read.problem.message);
                continue;
            }
            const opened = evidence_open(read.value, file);
            opened.problems.forEach(refuse);
            sources.push(...opened.sources);
        }
    }
    return { sources, problems };
}
function evidence_open(bytes, where) {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
        try {
            return (0,containers/* readBundle */.Bo)((0,external_node_zlib_.gunzipSync)(bytes, { maxOutputLength: mostUnpacked }), where);
        }
        catch {
            return { sources: [], problems: [`${where}: it does not unpack to at most ${mostUnpacked} bytes`] };
        }
    }
    if (/\.(jsonl|ndjson)$/.test(where))
        return (0,containers/* readLines */.Se)(bytes, where, 'given');
    return { sources: [{ bytes, where, origin: 'given' }], problems: [] };
}

// EXTERNAL MODULE: ./src/evidence/bill-subject.ts
var bill_subject = __webpack_require__(9085);
// EXTERNAL MODULE: ./src/evidence/json.ts
var evidence_json = __webpack_require__(49839);
;// CONCATENATED MODULE: ./src/policy/witness/bill-names.ts


function isBill({ type }) {
    return type === 'https://cyclonedx.org/bom' || type === 'https://spdx.dev/Document';
}
/** Reads the digests by which a bill names its subject: its version, its package URLs, its hashes, trivy's properties. */
function billNames({ type, json }) {
    const document = JSON.parse(json);
    if (!(0,evidence_json/* isObject */.Gv)(document))
        return { about: 'unknown', digests: [] };
    if (type === 'https://cyclonedx.org/bom') {
        const component = (0,evidence_json/* objectField */.qV)((0,evidence_json/* objectField */.qV)(document, 'metadata'), 'component');
        return { about: (0,bill_subject/* cycloneDxAbout */.Py)(document), digests: component ? componentDigests(component) : [] };
    }
    const roots = (0,bill_subject/* spdxRoots */.Jt)(document);
    return { about: (0,bill_subject/* spdxAbout */.dj)(document, roots), digests: roots.flatMap(packageDigests) };
}
const mostMembers = 1000;
function objects(object, name) {
    return ((0,evidence_json/* listField */.FZ)(object, name) ?? []).slice(0, mostMembers).filter(evidence_json/* isObject */.Gv);
}
function componentDigests(component) {
    const properties = objects(component, 'properties').filter((one) => /:(?:ImageID|RepoDigest)$/.test((0,evidence_json/* textField */.M8)(one, 'name') ?? ''));
    return [
        ...['version', 'purl', 'bom-ref', 'name'].flatMap((name) => digestsIn((0,evidence_json/* textField */.M8)(component, name))),
        ...properties.flatMap((one) => digestsIn((0,evidence_json/* textField */.M8)(one, 'value'))),
        ...objects(component, 'hashes').flatMap((one) => hashOf(one, 'alg', 'content')),
    ];
}
function packageDigests(one) {
    return [
        ...['versionInfo', 'name', 'downloadLocation'].flatMap((name) => digestsIn((0,evidence_json/* textField */.M8)(one, name))),
        ...objects(one, 'externalRefs').flatMap((reference) => digestsIn((0,evidence_json/* textField */.M8)(reference, 'referenceLocator'))),
        ...objects(one, 'checksums').flatMap((sum) => hashOf(sum, 'algorithm', 'checksumValue')),
    ];
}
function digestsIn(text = '') {
    return [...text.slice(0, 4096).matchAll(/sha256(?::|%3[Aa])([0-9a-f]{64})(?![0-9a-f])/g)].map(([, hex = '']) => `sha256:${hex}`);
}
function hashOf(one, algorithm, value) {
    const isSha256 = /^sha-?256$/i.test((0,evidence_json/* textField */.M8)(one, algorithm) ?? '');
    return isSha256 ? digestsIn(`sha256:${(0,evidence_json/* textField */.M8)(one, value) ?? ''}`) : [];
}

;// CONCATENATED MODULE: ./src/policy/witness/correlate.ts






const correlate_check = 'image-bound';
/**
 * Whether the collections that a policy passed are about this image and no other. A search links collections by any
 * digest that they share: a tag's text, a base image, a layer, the empty tree, the run of a workflow. Here only what
 * names an image counts: the config in an oci attestation (`imageid`), the manifest or index in a docker attestation
 * (`imagedigest`).
 *
 * Each platform must be bound by some passed collection; of a step whose collections name images one must name this
 * one; and a bill of materials must be of this image: by a digest in it, or by the tar that it was made from.
 */
function correlateImage(image, passed) {
    const read = passed.map(({ step, evidence }) => ({
        step,
        where: evidence.where.join(', '),
        collection: evidence.collection,
        bindings: evidence.collection.attestations.flatMap(bindingsOf),
    }));
    const bound = read.filter(({ bindings }) => bindings.some((binding) => isBound(binding, image)));
    const own = new Set(bound.flatMap(({ collection }) => ownDigests(collection, image)));
    const names = new Set([image.signed, image.index ?? image.signed, ...own]);
    for (const { manifest, config } of image.platforms)
        names.add(manifest).add(config);
    const steps = [...new Set(read.map(({ step }) => step))];
    return (0,algebra/* all */.Q7)(correlate_check, [
        ...image.platforms.map((platform) => platformFinding(platform, image, read)),
        ...steps.flatMap((step) => stepFinding(step, read.filter((one) => one.step === step), image)),
        ...steps.flatMap((step) => billFinding(step, read.filter((one) => one.step === step), names)),
    ]);
}
/** Whether a collection names images, and this one is not among them: a search may link it all the same. */
function isOfAnother(collection, image) {
    const bindings = collection.attestations.flatMap(bindingsOf);
    return bindings.length > 0 && !bindings.some((binding) => isBound(binding, image));
}
function isBound({ field, digest }, { index, platforms }) {
    if (field === 'imageid')
        return platforms.some(({ config }) => config === digest);
    return digest === index || platforms.some(({ manifest }) => manifest === digest);
}
function spell({ attestor, field, digest }) {
    return `${attestor} ${field} ${digest}`;
}
function platformFinding({ manifest, config }, { index }, read) {
    const binds = ({ field, digest }) => field === 'imageid' ? digest === config : digest === manifest || digest === index;
    for (const { where, step, bindings } of read) {
        const binding = bindings.find(binds);
        if (!binding)
            continue;
        return (0,verdict_finding/* met */.BG)(correlate_check, `${manifest} is the image of step ${step} at ${where}: ${spell(binding)}`, {
            facts: { step, where, boundBy: spell(binding) },
        });
    }
    const wanted = `expected a passed build with oci imageid ${config} or docker imagedigest ${[manifest, index].filter(Boolean).join(' or ')}`;
    const others = read.flatMap(({ bindings }) => bindings.map(spell));
    if (others.length > 0)
        return (0,verdict_finding/* unmet */.iY)(correlate_check, 'digest-mismatch', `${wanted}, got ${[...new Set(others)].slice(0, mostNamed).join(', ')}`);
    return (0,verdict_finding/* unmet */.iY)(correlate_check, 'attestation-missing', `${wanted}, got no oci or docker attestation${tarHint(read)}`);
}
const mostNamed = 5;
/** The oci attestor reads docker's layout only. */
function tarHint(read) {
    const tar = read.some(({ collection }) => [...collection.products.keys()].some((path) => path.endsWith('.tar')));
    return tar ? `; a tar is among the products: ${ociTarHint}` : '';
}
/** A step that speaks of images must speak of this one. */
function stepFinding(step, read, image) {
    const speaking = read.filter(({ bindings }) => bindings.length > 0);
    if (speaking.length === 0)
        return [];
    const good = speaking.find(({ bindings }) => bindings.some((binding) => isBound(binding, image)));
    if (good)
        return [(0,verdict_finding/* met */.BG)(correlate_check, `step ${step} is about this image, at ${good.where}`)];
    const got = [...new Set(speaking.flatMap(({ bindings }) => bindings.map(spell)))]
        .slice(0, mostNamed)
        .join(', ');
    const message = `step ${step}: expected a collection about ${image.signed}, got one about another image: ${got}`;
    return [(0,verdict_finding/* unmet */.iY)(correlate_check, 'digest-mismatch', message)];
}
/**
 * Other names that a build of this image has given it: the tar that it was saved as, docker's manifest.json, and the
 * manifest of a first build that was pushed by a second one. Of a build of several images only what is proven.
 */
function ownDigests({ attestations }, image) {
    const saved = attestations.filter(({ type }) => attestorOf(type) === 'oci/v0.1');
    const products = attestations.filter(({ type }) => attestorOf(type) === 'docker/v0.1').flatMap(bindingsOf);
    const only = products.length === 1 ? products.map(({ digest }) => digest) : [];
    const files = saved.flatMap((attestation) => {
        const isOwn = saved.length === 1 || bindingsOf(attestation).some((binding) => isBound(binding, image));
        const fields = structOf(attestation.json);
        if (!isOwn || typeof fields === 'string')
            return [];
        return ['imageid', 'tardigest', 'manifestdigest'].flatMap((field) => sha256Of(fields.get(field)) ?? []);
    });
    return [...only, ...files];
}
function billFinding(step, read, names) {
    const bills = read.flatMap(({ where, collection }) => collection.attestations.filter(isBill).map((bill) => ({ where, collection, ...billNames(bill) })));
    if (bills.length === 0)
        return [];
    const findings = bills.map(({ where, collection, about, digests }) => {
        const named = digests.find((digest) => names.has(digest));
        if (named !== undefined)
            return (0,verdict_finding/* met */.BG)(correlate_check, `the bill of materials at ${where} is of this image: it names ${named}`);
        if (digests.length > 0) {
            const message = `step ${step}: expected a bill of materials of this image, got one at ${where} of ${[...new Set(digests)].slice(0, mostNamed).join(', ')}`;
            return (0,verdict_finding/* unmet */.iY)(correlate_check, 'digest-mismatch', message);
        }
        const material = [...collection.materials].find(([, digest]) => names.has(`sha256:${digest.get('sha256') ?? ''}`));
        if (material)
            return (0,verdict_finding/* met */.BG)(correlate_check, `the bill of materials at ${where} was made from ${material[0]}, which is this image`);
        if (about === 'source')
            return (0,verdict_finding/* met */.BG)(correlate_check, `the bill of materials at ${where} is of the source, not of an image`);
        const message = `step ${step}: expected a bill of materials that can be tied to this image by a digest in it or by its materials, got one at ${where} that cannot`;
        return (0,verdict_finding/* unmet */.iY)(correlate_check, 'attestation-missing', message);
    });
    // As for the policy itself one collection is enough; an older one of another image does not matter.
    const good = findings.find(({ status }) => status === 'met');
    return [good ?? findings[0] ?? []].flat();
}

;// CONCATENATED MODULE: ./src/policy/witness/digests.ts

/** From the weakest to the strongest; in the digest sets of attestors there are no others (cryptoutil/digestset.go). */
const algorithms = ['sha1', 'gitoid:sha1', 'sha256', 'gitoid:sha256', 'dirHash'];
const known = new Set(algorithms);
const strength = ['sha1', 'gitoid:sha1', 'gitoid:sha256', 'dirHash', 'sha256'];
/** @returns a text that says what is wrong */
function readDigests(json, which) {
    if (isNull(json))
        return new Map();
    const members = membersOf(json);
    if (members === undefined)
        return 'a set of digests is no object';
    const digests = new Map();
    for (const { name, text } of members) {
        const value = textOf(text);
        if (value === undefined)
            return `the ${name} of a set of digests is no text`;
        if (which === 'known' && !known.has(name))
            return `unsupported hash function: ${name}`;
        digests.set(name, value);
    }
    return digests;
}
const sha256Hex = /^[0-9a-f]{64}$/;
/** The digests of a subject that a search compares. */
function comparable(digests, profile) {
    if (profile.subjectDigests === 'any')
        return [...digests.values()];
    return [...digests].flatMap(([algorithm, value]) => {
        if (algorithm === 'sha256')
            return sha256Hex.test(value) ? [value] : [];
        return algorithm === 'gitoid:sha256' || algorithm === 'dirHash' ? [value] : [];
    });
}
/** Whether two sets are of one file: as each tool sees it. */
function sameFile(one, other, profile) {
    const common = [...one.keys()].filter((algorithm) => other.has(algorithm));
    if (common.some((algorithm) => one.get(algorithm) !== other.get(algorithm)))
        return false;
    if (profile.sameDigests === 'some')
        return common.length > 0;
    const strongest = strength.findLast((algorithm) => one.has(algorithm) || other.has(algorithm));
    return strongest !== undefined && common.includes(strongest);
}

;// CONCATENATED MODULE: ./src/policy/witness/artifacts.ts

/** Materials overlaid by products: what a step worked on and left behind. */
function artifactsOf({ materials, products }) {
    return new Map([...materials, ...products]);
}
/**
 * Whether a step's materials are the artifacts of a step before it, by path (policy/policy.go, compareArtifacts).
 *
 * @returns in the tool's words what is wrong; undefined when they are
 */
function artifactsProblem(step, own, from, earlier, profile) {
    const artifacts = artifactsOf(earlier);
    let common = 0;
    for (const [path, digests] of [...own.materials].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const artifact = artifacts.get(path);
        if (artifact === undefined)
            continue;
        if (!sameFile(digests, artifact, profile))
            return `mismatched digests for ${path}`;
        common += 1;
    }
    if (common > 0 || profile.withoutOverlap === 'pass')
        return undefined;
    const trees = own.trees.filter(({ kind }) => kind === 'material');
    if (own.materials.size === 0 && trees.length > 0) {
        // A signed list without a leaf says that there were no materials; no list says nothing.
        if (trees.some(({ leaves }) => leaves !== undefined))
            return undefined;
        return `step ${step} carries no verified chain: the collection is leaf-less (no inline material leaves), so its empty material set is unverified and cannot satisfy artifactsFrom ${from}`;
    }
    return "no artifacts in common between the step's materials and the referenced step's artifacts";
}

;// CONCATENATED MODULE: ./src/policy/witness/functionary.ts

/** Nothing given: no certificate meets it. */
const nothing = {
    commonName: '',
    dnsNames: [],
    emails: [],
    organizations: [],
    uris: [],
    roots: [],
    extensions: new Map(),
    policyOids: [],
};
/**
 * Whether a signer is this functionary (policy/step.go).
 *
 * @returns in the tool's words why not; undefined when it is
 */
function mismatchOf(signer, { publicKeyId, constraint }, roots, profile) {
    const who = `verifier with ID ${signer.keyId}`;
    const failed = (problems) => `cert failed constraints check: [${problems.map((one) => JSON.stringify(one)).join(' ')}]`;
    if (publicKeyId !== '' && publicKeyId === signer.keyId) {
        if (!profile.constraintBesideKeyId || constraint === undefined)
            return undefined;
        if (signer.kind !== 'certificate') {
            return `${who} matched PublicKeyID but sets an X.509 CertConstraint it cannot satisfy (not an x509 verifier) (#6266)`;
        }
        const problems = constraintProblems(signer, constraint, roots, profile);
        return problems.length === 0
            ? undefined
            : `${who} matched PublicKeyID but failed its certificate constraint: ${failed(problems)}`;
    }
    if (signer.kind !== 'certificate')
        return `${who} is not a public key verifier or a x509 verifier`;
    const wanted = constraint ?? nothing;
    if (wanted.roots.length === 0)
        return `${who} is an x509 verifier, but no trusted roots provided in functionary`;
    const problems = constraintProblems(signer, wanted, roots, profile);
    return problems.length === 0 ? undefined : `${who} doesn't meet certificate constraint: ${failed(problems)}`;
}

// EXTERNAL MODULE: ./src/engine/question.ts
var question = __webpack_require__(55564);
;// CONCATENATED MODULE: ./src/policy/witness/rules.ts

const passed = { kind: 'passed' };
/**
 * Asks the modules of one entry about an attestation (policy/rego.go): all are compiled together, and each package's
 * `deny` is asked for. The syntax is the old one unless a module imports the new.
 *
 * @param type as it is named in reasons
 * @param input JSON
 */
async function rule({ modules, aiPolicies }, type, input, ask, profile) {
    const ruling = modules.length === 0 ? passed : await ruleModules(modules, type, input, ask, profile);
    if (ruling.kind !== 'passed' || aiPolicies === 0 || !profile.cilockFields)
        return ruling;
    return denied('AI policy requires --ai-server-url to be set; the open-source policy engine does not ship a default');
}
function denied(reason) {
    return { kind: 'denied', reason };
}
async function ruleModules(modules, type, input, ask, profile) {
    const references = modules.flatMap(({ reference }) => reference ?? []);
    const twice = references.find((one, index) => references.indexOf(one) !== index);
    if (twice !== undefined && profile.duplicatePackages === 'reject') {
        return denied(`duplicate rego package name ${twice} across modules; OPA merges same-package rules which can shadow each other — give each module a distinct package (#6266)`);
    }
    // As in both tools the last module of a name replaces those before it, though their packages are still asked for.
    const files = [...new Map(modules.map(({ name, text }) => [name, text]))].map(([name, text]) => ({ name, text }));
    const queries = [...new Set(references)].map((reference) => `${reference}.deny`);
    const answer = await ask({
        language: 'rego',
        files,
        inputs: [input],
        rego: { version: 'v0', queries, strict: profile.strictBuiltins, capabilities: profile.capabilities },
    });
    if (answer.kind === 'failed')
        return { kind: 'open', problem: answer.problem, reason: answer.problem.message };
    if (answer.kind === 'refused')
        return refusedBy(answer.faults, type, profile);
    // Whoever's package cannot be read here is not asked, so nothing may rest on the others' silence.
    const unread = modules.find(({ reference }) => reference === undefined);
    if (unread) {
        const message = `expected a package clause on the first line of the module ${JSON.stringify(unread.name)}, got another form`;
        return { kind: 'open', problem: { code: 'policy-invalid', message }, reason: message };
    }
    const [{ values = [], faults = [] } = {}] = answer.results;
    if (faults.length > 0)
        return denied(`${errorPrefix(type, profile)}${faults.map(faultText).join(' ')}`);
    if (values.length !== queries.length || values.some(({ defined }) => !defined)) {
        return profile.undefinedDeny === 'pass' && values.length === queries.length
            ? passed
            : denied(`rego policy evaluation returned no results for attestor type ${type}: one or more policy modules may be missing a 'deny' rule`);
    }
    const reasons = [];
    for (const [index, { value }] of values.entries()) {
        const read = reasonsOf(value, queries[index] ?? '', profile);
        if (typeof read === 'string')
            return denied(read);
        reasons.push(...read);
    }
    return reasons.length === 0
        ? passed
        : denied(`rego policy evaluation failed for attestor type ${type}: policy was denied due to: ${reasons.join(', ')}`);
}
/** @returns in the tool's words what is wrong with a value */
function reasonsOf(value, query, { anyReasons }) {
    const wanted = anyReasons ? '[]interface{} or map[string]interface{}' : '[]interface{}';
    if (Array.isArray(value)) {
        const items = value;
        if (!anyReasons && !items.every((item) => typeof item === 'string'))
            return `invalid data from rego at ${query}, expected string but got []interface {}`;
        return items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
    }
    if (anyReasons && typeof value === 'object' && value !== null)
        return Object.keys(value).sort();
    return `invalid data from rego at ${query}, expected ${wanted} but got ${goType(value)}`;
}
function goType(value) {
    if (value === null)
        return '<nil>';
    const types = { boolean: 'bool', number: 'json.Number', string: 'string' };
    return types[typeof value] ?? 'map[string]interface {}';
}
const rules_mostShown = 5;
/** Rules that do not compile say nothing about the evidence: whoever wrote the policy must mend it. */
function refusedBy(faults, type, profile) {
    const shown = faults.slice(0, rules_mostShown);
    const count = `${faults.length} ${faults.length === 1 ? 'error' : 'errors'} occurred:`;
    const texts = shown.map(faultText).join(' ');
    const parsed = faults.every(({ code }) => code === 'rego_parse_error');
    return {
        kind: 'open',
        problem: {
            code: 'policy-invalid',
            message: `the rules about ${type} do not compile: ${shown.map(question/* describeFault */.Q).join('; ')}`,
        },
        reason: parsed ? `${count} ${texts}` : `${errorPrefix(type, profile)}${count} ${texts}`,
    };
}
function errorPrefix(type, { name }) {
    return name === 'cilock' ? `rego policy evaluation error for attestor type ${type}: ` : '';
}
function faultText({ file, row, code, message }) {
    const place = file === undefined || file === '' ? '' : `${file}:${row ?? 0}: `;
    return `${place}${code}: ${message}`;
}
/** The same question is asked once: of a rule that does not end, that is the first time. */
function askOnce(ask) {
    const answers = new Map();
    const stuck = new Map();
    return async (question) => {
        const files = JSON.stringify(question.files);
        const before = stuck.get(files);
        if (before)
            return before;
        const id = JSON.stringify(question);
        const known = answers.get(id);
        if (known)
            return known;
        const answer = ask(question);
        answers.set(id, answer);
        const said = await answer;
        if (said.kind === 'failed')
            stuck.set(files, said);
        return said;
    };
}

;// CONCATENATED MODULE: ./src/policy/witness/collection-verdict.ts






/** Whether an envelope is signed by one of the functionaries. */
function checkSigners({ envelope }, functionaries, 
/** `step docker-build`, `external attestation "scan"`. */
whose, { policy, profile, now }) {
    const intermediates = [...policy.roots.values()].flatMap((root) => root.intermediates);
    const roots = [...policy.roots.values()].map(({ root }) => root);
    const { keys, authorities } = policy;
    const signed = signersOf(envelope, { keys, roots, intermediates, authorities }, profile, now);
    if (signed.kind === 'unsigned') {
        const none = 'no verifiers present to validate against collection verifiers';
        const more = profile.name === 'cilock' ? ` failed to verify envelope: ${signed.reason}` : '';
        return { kind: 'rejected', code: 'attestation-invalid', reasons: [none + more] };
    }
    const matched = [];
    const mismatches = new Set();
    const isStep = whose.startsWith('step ');
    for (const signer of signed.signers) {
        for (const functionary of functionaries) {
            const mismatch = mismatchOf(signer, functionary, policy.roots, profile);
            if (mismatch === undefined)
                matched.push(signer);
            else if (isStep)
                mismatches.add(`failed to validate functionary of KeyID ${functionary.publicKeyId} in ${whose}: ${mismatch}`);
            else
                mismatches.add(mismatch);
        }
    }
    if (matched.length > 0)
        return { kind: 'matched', signers: matched };
    const certified = signed.signers.some(({ kind }) => kind === 'certificate');
    const which = isStep && profile.name === 'cilock' ? 'matched the' : 'matched with';
    const why = profile.name === 'cilock' && mismatches.size > 0 ? `: ${[...mismatches].join('; ')}` : '';
    return {
        kind: 'rejected',
        code: certified ? 'identity-mismatch' : 'key-mismatch',
        reasons: [`no verifiers ${which} allowed functionaries for ${whose}${why}`],
    };
}
/**
 * Whether a collection proves a step (policy/step.go): its signer, its time, the leaves of its trees, and what the rules
 * say of its attestations.
 *
 * @param around JSON of what other steps and externals say, for rules that may see it
 */
async function judgeCollection(evidence, step, around, bench) {
    const { profile, now } = bench;
    const signed = checkSigners(evidence, step.functionaries, `step ${step.name}`, bench);
    if (signed.kind !== 'matched')
        return signed;
    const late = step.timestamps && timestampProblem(signed.signers, step.timestamps, now);
    if (late !== undefined) {
        const reason = `timestamp constraint failed for step ${step.name}: ${late}`;
        return { kind: 'rejected', code: 'timestamp-invalid', reasons: [reason] };
    }
    for (const { encoding } of evidence.collection.trees) {
        if (typeof encoding !== 'string')
            continue;
        const reason = `step ${step.name} inline leaves: ${encoding}`;
        return { kind: 'rejected', code: 'attestation-invalid', reasons: [reason] };
    }
    if (step.attestations.length === 0 && profile.noAttestations === 'reject') {
        const reason = `step "${step.name}" declares no required attestations; a gate with no requirements rejects all collections (fail closed)`;
        return { kind: 'rejected', code: 'policy-denied', reasons: [reason] };
    }
    return judgeAttestations(evidence, step, around, bench, signed.signers[0]?.keyId ?? '');
}
async function judgeAttestations({ collection }, step, around, { profile, ask, image }, signer) {
    const denials = [];
    const absent = [];
    const unclear = [];
    let open;
    for (const rules of step.attestations) {
        const found = collection.attestations.filter(({ type }) => isType(type, rules.type, profile));
        if (found.length === 0)
            absent.push(`missing attestation in collection for step ${step.name}: ${rules.type}`);
        for (const attestation of profile.duplicateTypes === 'last' ? found.slice(-1) : found) {
            const matches = rules.modules.some(({ reference }) => reference === subjectMatchPackage);
            const json = image && matches ? withSubjectMatch(attestation, image) : attestation.json;
            const input = around === undefined ? json : `{"attestation":${json},${around}}`;
            const ruling = await rule(rules, attestation.type, input, ask, profile);
            if (ruling.kind === 'denied')
                denials.push(ruling.reason);
            if (ruling.kind !== 'open')
                continue;
            unclear.push(ruling.reason);
            open ??= ruling.problem;
        }
    }
    // What is denied stays denied, whatever the rules that came to no answer would say.
    if (denials.length > 0)
        return { kind: 'rejected', code: 'policy-denied', reasons: [...denials, ...absent] };
    if (absent.length > 0)
        return { kind: 'rejected', code: 'attestation-missing', reasons: absent };
    if (open)
        return { kind: 'open', problem: open, reasons: unclear };
    return { kind: 'passed', signer };
}
function timestampProblem(signers, { notBefore, notAfter, maxAgeMs }, now) {
    const [earliest] = signers.flatMap(({ times }) => times).sort((a, b) => a - b);
    if (earliest === undefined) {
        return 'step requires a timestampConstraint but the collection carries no verified RFC3161 TSA timestamp; untimestamped evidence cannot satisfy a time constraint (fail-closed)';
    }
    const which = `verified TSA timestamp ${rfc3339(earliest)}`;
    if (notBefore !== undefined && earliest < notBefore)
        return `${which} is before the policy's notBefore bound ${rfc3339(notBefore)}`;
    if (notAfter !== undefined && earliest > notAfter)
        return `${which} is after the policy's notAfter bound ${rfc3339(notAfter)}`;
    if (maxAgeMs !== undefined && now - earliest > maxAgeMs)
        return `${which} is older than the policy's maxAge of ${maxAgeMs / 3_600_000}h`;
    return undefined;
}
/** The first attestation of each type, for rules of other steps. */
function byType(attestations) {
    const first = new Map();
    for (const { type, json } of attestations)
        if (!first.has(type))
            first.set(type, json);
    return first;
}

;// CONCATENATED MODULE: ./src/policy/witness/externals.ts





/**
 * Judges a demanded statement of another tool (policy/external.go): found by its predicate type and the seeds alone,
 * signed by a functionary, and passed by the rules, which see its predicate.
 */
async function judgeExternal(external, evidence, seeds, bench) {
    const { name, rules, required } = external;
    const what = `external attestation "${name}" (predicateType=${rules.type})`;
    const check = `external ${name}`;
    const candidates = evidence.filter(({ statement }) => statement.predicateType === rules.type &&
        statement.subjects.some(({ digests }) => comparable(digests, bench.profile).some((one) => seeds.has(one))));
    if (candidates.length === 0) {
        const message = `expected an attestation of type ${rules.type} about the image, got none`;
        if (!required)
            return {
                external,
                reasons: [],
                predicate: undefined,
                finding: (0,verdict_finding/* exempt */.Is)(check, `${message}; it is optional`),
            };
        const reason = `failed to verify policy: required ${what} not found`;
        const finding = (0,verdict_finding/* unmet */.iY)(check, 'attestation-missing', message, { peerReason: reason });
        return { external, reasons: [reason], predicate: undefined, finding };
    }
    const judged = [];
    for (const one of candidates)
        judged.push({ one, verdict: await judge(one, external, bench) });
    const passed = judged.find(({ verdict }) => verdict.kind === 'passed');
    const children = judged.map(({ one, verdict }) => externals_describe(check, one, verdict));
    const whole = (0,algebra/* any */.bz)(check, children);
    if (passed)
        return { external, reasons: [], predicate: passed.one.statement.predicate, finding: whole };
    const why = judged.flatMap(({ verdict }) => ('reasons' in verdict ? verdict.reasons : [])).join('; ');
    const which = required ? `required ${what}` : what;
    const reason = `failed to verify policy: ${which} rejected by all ${candidates.length} matching envelopes: ${why}`;
    return { external, reasons: [reason], predicate: undefined, finding: { ...whole, peerReason: reason } };
}
async function judge(one, { name, functionaries, rules }, bench) {
    const signed = checkSigners(one, functionaries, `external attestation "${name}"`, bench);
    if (signed.kind !== 'matched')
        return signed;
    const ruling = await rule(rules, rules.type, one.statement.predicate, bench.ask, bench.profile);
    if (ruling.kind === 'passed')
        return { kind: 'passed', signer: signed.signers[0]?.keyId ?? '' };
    return ruling.kind === 'open'
        ? { kind: 'open', problem: ruling.problem, reasons: [ruling.reason] }
        : { kind: 'rejected', code: 'policy-denied', reasons: [ruling.reason] };
}
/** One envelope in the report. */
function externals_describe(check, { where }, verdict) {
    const place = where.join(', ');
    switch (verdict.kind) {
        case 'passed':
            return (0,verdict_finding/* met */.BG)(check, `${place} passes, signed by ${verdict.signer}`, {
                facts: { where: place, signer: verdict.signer },
            });
        case 'rejected': {
            const reason = verdict.reasons.join(', - ');
            return (0,verdict_finding/* unmet */.iY)(check, verdict.code, `${place}: ${reason}`, {
                peerReason: reason,
                facts: { where: place },
            });
        }
        case 'open':
            return (0,verdict_finding/* unknown */.L5)(check, verdict.problem, {
                peerReason: verdict.reasons.join(', - '),
                facts: { where: place },
            });
    }
}

;// CONCATENATED MODULE: ./src/policy/witness/conclude.ts






/** The findings of the steps: those with a cause of their own first, then those that only follow. */
function conclude(steps, digests, profile) {
    const passed = new Map(steps.map(({ step, judged }) => [
        step.name,
        judged.flatMap(({ evidence, verdict }) => (verdict.kind === 'passed' ? [evidence] : [])),
    ]));
    const mismatches = pruneArtifacts(steps, passed, profile);
    const isUnreached = ({ step, judged, candidates }) => judged.length === 0 && candidates.length > 0 && !mismatches.has(step.name);
    const failed = steps.filter(({ step }) => passed.get(step.name)?.length === 0);
    const causes = failed.filter((one) => !isUnreached(one));
    const open = causes
        .flatMap(({ judged }) => judged)
        .flatMap(({ verdict }) => (verdict.kind === 'open' ? [verdict.problem] : []))[0];
    const partOf = (result) => {
        const { name } = result.step;
        const good = passed.get(name) ?? [];
        const mismatch = mismatches.get(name);
        if (good.length > 0)
            return passedPart(result, good);
        if (mismatch)
            return mismatchPart(name, mismatch, steps, open);
        if (result.judged.length > 0)
            return rejectedPart(result);
        if (result.candidates.length === 0)
            return absentPart(result, profile);
        return causes.length > 0 ? consequence(name, causes, open) : unreachedPart(result, digests, profile);
    };
    const rank = (result) => {
        if (passed.get(result.step.name)?.length !== 0)
            return 2;
        return isUnreached(result) && causes.length > 0 ? 1 : 0;
    };
    return [...steps].sort((a, b) => rank(a) - rank(b)).map(partOf);
}
/**
 * Takes away what passed a step but does not continue the steps before it, until nothing more goes. Stricter than the
 * tools where a step has several collections: there one that fits vouches for those that don't.
 */
function pruneArtifacts(steps, passed, profile) {
    const mismatches = new Map();
    for (let changed = true; changed;) {
        changed = false;
        for (const { step } of steps) {
            const before = passed.get(step.name) ?? [];
            const reasons = new Set();
            let follows;
            const kept = before.filter(({ collection }) => step.artifactsFrom.every((from) => {
                const earlier = passed.get(from) ?? [];
                if (earlier.length === 0)
                    follows ??= from;
                return earlier.some((other) => {
                    const problem = artifactsProblem(step.name, collection, from, other.collection, profile);
                    if (problem !== undefined)
                        reasons.add(problem);
                    return problem === undefined;
                });
            }));
            if (kept.length === before.length)
                continue;
            changed = true;
            passed.set(step.name, kept);
            if (kept.length === 0)
                mismatches.set(step.name, { reasons: [...reasons], follows });
        }
    }
    return mismatches;
}
function passedPart({ step, judged }, good) {
    const children = judged.map(({ evidence, verdict }) => verdict.kind === 'passed' && !good.includes(evidence)
        ? (0,verdict_finding/* unmet */.iY)(`step ${step.name}`, 'digest-mismatch', `${evidence.where.join(', ')} does not continue the steps before it`)
        : externals_describe(`step ${step.name}`, evidence, verdict));
    const whole = (0,algebra/* any */.bz)(`step ${step.name}`, children);
    const encodings = new Set(good.flatMap(({ collection }) => collection.trees.flatMap(({ encoding }) => (typeof encoding === 'object' ? encoding.encoding : []))));
    return {
        finding: encodings.size === 0 ? whole : { ...whole, facts: { leaves: [...encodings].sort().join(', ') } },
        reasons: [],
        passed: judged.flatMap(({ evidence, verdict }) => verdict.kind === 'passed' && good.includes(evidence)
            ? [{ step: step.name, evidence, signer: verdict.signer }]
            : []),
    };
}
function rejectedPart({ step, judged }) {
    const children = judged.map(({ evidence, verdict }) => externals_describe(`step ${step.name}`, evidence, verdict));
    const reasons = judged.flatMap(({ verdict }) => 'reasons' in verdict ? [`${step.name}: ${verdict.reasons.join(', - ')}`] : []);
    const finding = (0,algebra/* any */.bz)(`step ${step.name}`, children);
    return { finding: { ...finding, peerReason: reasons.join('\n') }, reasons, passed: [] };
}
function mismatchPart(name, { reasons, follows }, steps, open) {
    if (reasons.length === 0 && follows !== undefined) {
        const other = steps.filter(({ step }) => step.name === follows);
        return consequence(name, other, open);
    }
    const why = `failed to verify artifacts for step ${name}: failed to verify artifacts: ${reasons.join('; ')}`;
    const message = `step ${name}: expected materials that are the artifacts of the steps before it, got ${reasons.join('; ')}`;
    return {
        finding: (0,verdict_finding/* unmet */.iY)(`step ${name}`, 'digest-mismatch', message, { peerReason: why }),
        reasons: [why],
        passed: [],
    };
}
const conclude_mostNamed = 10;
/** The oci attestor reads docker's layout only, and leaves no word when it finds another. */
function hintOf(missing, products) {
    const wantsOci = missing.some((type) => attestorOf(type) === 'oci/v0.1');
    return wantsOci && [...products].some((path) => path.endsWith('.tar')) ? `; ${ociTarHint}` : '';
}
/** What witness says of whatever it does not find. */
const witnessNothing = [
    'predicate type  is not a collection predicate type',
    'no verifiers present to validate against collection verifiers',
];
function absentPart({ step, near }, profile) {
    const { name } = step;
    const reasons = profile.name === 'witness' ? witnessNothing : [`no collection passed verification for step ${name}.`];
    const lacking = near.slice(0, conclude_mostNamed).map(({ where, collection }) => {
        const missing = step.attestations.flatMap(({ type }) => collection.attestations.some((one) => isType(one.type, type, profile)) ? [] : [type]);
        return `one at ${where.join(', ')} without ${missing.join(', ')}${hintOf(missing, collection.products.keys())}`;
    });
    const got = lacking.length === 0 ? 'none' : lacking.join('; ');
    const message = `step ${name}: expected a collection named ${name} with all attestations that the step demands, got ${got}`;
    const finding = (0,verdict_finding/* unmet */.iY)(`step ${name}`, 'attestation-missing', message, { peerReason: reasons.join('\n') });
    return { finding, reasons, passed: [] };
}
function unreachedPart({ step: { name }, candidates }, digests, profile) {
    const listed = (texts) => texts.slice(0, conclude_mostNamed).join(' ') +
        (texts.length > conclude_mostNamed ? ` and ${texts.length - conclude_mostNamed} more` : '');
    const subjects = listed(candidates.flatMap(({ statement }) => statement.subjects.map((subject) => subject.name)));
    const known = listed([...digests]);
    const reasons = profile.name === 'witness'
        ? witnessNothing
        : [
            `${name}: supplied artifact digest(s) [${known}] not present in any subject of step "${name}" collection. Subjects observed: [${subjects}]`,
        ];
    const sha1 = [...digests].some((digest) => digest.length === 40)
        ? '; digests of SHA-1 are not compared'
        : '';
    const hint = profile.subjectDigests === 'strong' ? sha1 : '';
    const message = `step ${name}: expected a collection about one of ${known}, got ${candidates.length} about others (${subjects})${hint}`;
    const finding = (0,verdict_finding/* unmet */.iY)(`step ${name}`, 'attestation-missing', message, { peerReason: reasons.join('\n') });
    return { finding, reasons, passed: [] };
}
/** A step that nothing led to because another did not pass: said once, there. */
function consequence(name, causes, open) {
    const others = causes.map(({ step }) => step.name).join(', ');
    const message = `step ${name}: not reached, as ${others} did not pass`;
    const finding = open
        ? (0,verdict_finding/* unknown */.L5)(`step ${name}`, { ...open, message })
        : (0,verdict_finding/* unmet */.iY)(`step ${name}`, 'attestation-missing', message);
    return { finding, reasons: [], passed: [] };
}

;// CONCATENATED MODULE: ./src/policy/witness/merkle.ts

const mostLeaves = 1 << 20;
const merkle_sha256Hex = /^[0-9a-f]{64}$/;
/**
 * The encoding under which leaves come to a root (RFC 6962, 2.1).
 *
 * @returns a text that says why there is none
 */
function encodingOf(leaves, root) {
    if (leaves.length > mostLeaves)
        return `${leaves.length} leaves are more than ${mostLeaves}`;
    if (new Set(leaves.map(({ path }) => path)).size < leaves.length)
        return 'a path is there twice';
    const bad = leaves.find(({ digest }) => !merkle_sha256Hex.test(digest));
    if (bad)
        return `the digest of ${bad.path} is no SHA-256`;
    const got = rootOf(leaves, 'digest');
    if (got === root)
        return { encoding: 'digest' };
    if (leaves.length > 0 && rootOf(leaves, 'path-and-digest') === root)
        return { encoding: 'path-and-digest' };
    return `leaves reconstruct to root ${got} but signed merkleRoot is ${root}`;
}
function rootOf(leaves, encoding) {
    const digestOf = ({ digest }) => Buffer.from(digest, 'hex');
    if (encoding === 'path-and-digest') {
        const sorted = [...leaves].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
        return fold(sorted.map((leaf) => sha256(Buffer.from(leaf.path), zero, digestOf(leaf)))).toString('hex');
    }
    const digests = [...new Set(leaves.map(({ digest }) => digest))].sort();
    return fold(digests.map((digest) => sha256(Buffer.from(digest, 'hex')))).toString('hex');
}
const zero = Buffer.of(0);
const one = Buffer.of(1);
/** Largest power of two below the count to the left (RFC 6962): the same as pairing neighbours level by level. */
function fold(values) {
    if (values.length === 0)
        return sha256();
    let level = values.map((value) => sha256(zero, value));
    while (level.length > 1) {
        const next = [];
        for (let at = 0; at < level.length; at += 2) {
            const [left, right] = [level[at], level[at + 1]];
            if (left !== undefined)
                next.push(right === undefined ? left : sha256(one, left, right));
        }
        level = next;
    }
    return level[0] ?? sha256();
}
function sha256(...parts) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for (const part of parts)
        hash.update(part);
    return hash.digest();
}

;// CONCATENATED MODULE: ./src/policy/witness/collection.ts





/** Git attestors of huge repositories name thousands of files. */
const mostSubjects = 200_000;
const mostAttestations = 1000;
/**
 * Reads a payload as the tools do (source/memory.go, attestation/collection.go): `_type` is not looked at, and a
 * predicate that is no collection is one without a name.
 *
 * @returns a text that says what is wrong
 */
function readPayload(payload, profile) {
    const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8');
    const problem = jsonProblem(text);
    if (problem !== undefined)
        return `its payload is no JSON: ${problem}`;
    const fields = structOf(text);
    if (typeof fields === 'string')
        return `its payload: ${fields}`;
    const predicateType = textOf(fields.get('predicatetype'));
    if (predicateType === undefined || predicateType === '')
        return 'its statement has no predicateType';
    const subjects = readSubjects(fields.get('subject'));
    if (typeof subjects === 'string')
        return subjects;
    const predicate = fields.get('predicate') ?? 'null';
    if (!collectionTypes.includes(predicateType))
        return { predicateType, subjects, predicate, collection: undefined };
    const collection = readCollection(predicate, profile);
    return typeof collection === 'string' ? collection : { predicateType, subjects, predicate, collection };
}
function readSubjects(json) {
    if (json === undefined || isNull(json))
        return [];
    const items = itemsOf(json);
    if (items === undefined)
        return 'its subject is no list';
    if (items.length > mostSubjects)
        return `it has ${items.length} subjects, more than ${mostSubjects}`;
    const subjects = [];
    for (const item of items) {
        const fields = structOf(item);
        if (typeof fields === 'string')
            return `a subject in it: ${fields}`;
        const name = textOf(fields.get('name'));
        const digests = readDigests(fields.get('digest') ?? 'null', 'any');
        if (name === undefined)
            return 'the name of a subject in it is no text';
        if (typeof digests === 'string')
            return digests;
        subjects.push({ name, digests });
    }
    return subjects;
}
function readCollection(json, profile) {
    const fields = structOf(json);
    if (typeof fields === 'string')
        return `its collection: ${fields}`;
    const name = textOf(fields.get('name'));
    const items = isNull(fields.get('attestations') ?? 'null') ? [] : itemsOf(fields.get('attestations') ?? '');
    if (name === undefined || items === undefined)
        return 'its collection has no name or list of attestations';
    if (items.length > mostAttestations)
        return `it has ${items.length} attestations, more than ${mostAttestations}`;
    const attestations = [];
    const files = { trees: [], materials: new Map(), products: new Map() };
    for (const item of items) {
        const attestation = readAttestation(item, profile);
        if (typeof attestation === 'string')
            return attestation;
        const problem = addFiles(attestation, files) ?? digestProblem(attestation);
        if (problem !== undefined)
            return `its attestation ${attestation.type}: ${problem}`;
        attestations.push(attestation);
    }
    const backRefs = readBackRefs(fields.get('backrefs'));
    if (typeof backRefs === 'string')
        return backRefs;
    return { name, attestations, backRefs, ...files };
}
function readAttestation(json, profile) {
    const fields = structOf(json);
    if (typeof fields === 'string')
        return `an attestation in its collection: ${fields}`;
    const type = textOf(fields.get('type'));
    if (type === undefined)
        return 'an attestation in its collection has no type';
    const raw = fields.get('attestation') ?? 'null';
    if (isRegistered(type, profile)) {
        const read = fieldsOfType(type) === undefined ? undefined : structOf(raw);
        return typeof read === 'string'
            ? `its attestation ${type}: ${read}`
            : { type, json: asWritten(type, raw, profile) };
    }
    return profile.unregisteredTypes === 'raw' ? { type, json: raw } : `attestation not found: ${type}`;
}
/**
 * What the attestor's struct makes of an attestation: numbers are floats, unknown fields vanish, and fields that are
 * never left out are there.
 */
function asWritten(type, raw, profile) {
    const value = JSON.parse(raw);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        return JSON.stringify(value);
    const known = fieldsOfType(type);
    const format = profile.sbomFormat ? sbomFormats.get(type) : undefined;
    if (known === undefined)
        return JSON.stringify(format === undefined ? value : { ...value, _sbomFormat: format });
    const entries = new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]));
    const written = [];
    for (const [name, form] of known) {
        const member = entries.get(name);
        const empty = isEmpty(member);
        if (!empty)
            written.push([name, member]);
        else if (form !== 'omitted')
            written.push([name, member ?? (form === 'text' ? '' : null)]);
    }
    return JSON.stringify(Object.fromEntries(written));
}
function isEmpty(value) {
    if (value === undefined || value === null || value === '')
        return true;
    return typeof value === 'object' && Object.keys(value).length === 0;
}
/** cilock tells the two formats apart by a field of its own, which replaces one that is there. */
const sbomFormats = new Map([
    ['https://cyclonedx.org/bom', 'cyclonedx'],
    ['https://spdx.dev/Document', 'spdx'],
]);
function readBackRefs(json) {
    if (json === undefined || isNull(json))
        return undefined;
    const members = membersOf(json);
    if (members === undefined)
        return 'the backrefs of its collection are no object';
    const refs = [];
    for (const { name, text } of members) {
        const digests = readDigests(text, 'known');
        if (typeof digests === 'string')
            return digests;
        refs.push({ name, digests });
    }
    return refs;
}
/** @returns what is wrong with the files of a material or product attestation */
function addFiles({ type, json }, files) {
    const [attestor, version] = (attestorOf(type) ?? '').split('/');
    if (attestor !== 'material' && attestor !== 'product')
        return undefined;
    const target = attestor === 'material' ? files.materials : files.products;
    if (version === 'v0.3')
        return addTree(attestor, json, files, target);
    for (const { name, text } of membersOf(json) ?? []) {
        const fields = version === 'v0.1' && attestor === 'material' ? undefined : structOf(text);
        if (typeof fields === 'string')
            return fields;
        const digests = readDigests(fields === undefined ? text : (fields.get('digest') ?? 'null'), 'known');
        if (typeof digests === 'string')
            return digests;
        target.set(name, digests);
    }
    return undefined;
}
function addTree(kind, json, files, target) {
    const fields = structOf(json);
    if (typeof fields === 'string')
        return fields;
    const root = textOf(fields.get('merkleroot'));
    if (root === undefined)
        return 'its merkleRoot is no text';
    const listed = fields.get('leaves');
    if (listed === undefined || isNull(listed)) {
        files.trees.push({ kind, root, leaves: undefined, encoding: undefined });
        return undefined;
    }
    const leaves = [];
    for (const item of itemsOf(listed) ?? []) {
        const leaf = structOf(item);
        const [path, digest] = typeof leaf === 'string' ? [] : [textOf(leaf.get('path')), textOf(leaf.get('filedigest'))];
        if (path === undefined || digest === undefined)
            return 'a leaf of its tree cannot be read';
        leaves.push({ path, digest });
        target.set(path, new Map([['sha256', digest]]));
    }
    files.trees.push({ kind, root, leaves, encoding: encodingOf(leaves, root) });
    return undefined;
}
/** Sets of digests in attestors that describe an image or a commit: a name that Go does not know ends its reading. */
function digestProblem({ type, json }) {
    const sets = [];
    const add = (fields, ...names) => {
        if (typeof fields !== 'string')
            sets.push(...names.flatMap((name) => fields.get(name) ?? []));
    };
    switch (attestorOf(type) ?? '') {
        case 'oci/v0.1': {
            const fields = structOf(json);
            add(fields, 'tardigest', 'imageid', 'manifestdigest');
            if (typeof fields !== 'string')
                sets.push(...(itemsOf(fields.get('diffids') ?? '') ?? []));
            break;
        }
        case 'git/v0.1':
            add(structOf(json), 'gitbinhash', 'commitdigest');
            break;
        case 'docker/v0.1': {
            const fields = structOf(json);
            const products = typeof fields === 'string' ? undefined : membersOf(fields.get('products') ?? 'null');
            for (const { text } of products ?? [])
                add(structOf(text), 'imagedigest');
            break;
        }
        default:
            return undefined;
    }
    for (const set of sets) {
        const digests = readDigests(set, 'known');
        if (typeof digests === 'string')
            return digests;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/policy/witness/evidence.ts



/** cilock writes `<outfile>.detection.json` beside an envelope. */
const sidecar = '.detection.json';
/** As much as is read of anything (docs: limits). */
const largestEnvelope = 192 * 1024 * 1024;
const mostSources = 10_000;
/** Reads envelopes; the same one from two places counts once. */
function readEvidence(sources, profile) {
    const found = new Map();
    const problems = [];
    const notes = [];
    const places = new Set();
    if (sources.length > mostSources)
        problems.push(`expected at most ${mostSources} attestations, got ${sources.length}`);
    for (const { bytes, where, origin } of sources.slice(0, mostSources)) {
        if (where.endsWith(sidecar)) {
            notes.push(`${where}: left out: cilock's detection plan, no envelope`);
            continue;
        }
        if (origin === 'given' && places.has(where)) {
            // As in both tools, where naming a file twice is an error.
            problems.push(`${where}: expected each attestation once, got it twice`);
            continue;
        }
        places.add(where);
        const read = readOne(bytes, profile);
        if (typeof read === 'string') {
            if (origin === 'given')
                problems.push(`${where}: expected a DSSE envelope, got something else: ${read}`);
            else
                notes.push(`${where}: left out: ${read}`);
            continue;
        }
        const before = found.get(read.envelope.id);
        if (before?.where.includes(where) === false)
            before.where.push(where);
        if (!before)
            found.set(read.envelope.id, { one: { ...read, where: [] }, where: [where] });
    }
    const evidence = [...found.values()].map(({ one, where }) => ({ ...one, where: where.sort() }));
    evidence.sort((a, b) => (a.envelope.id < b.envelope.id ? -1 : 1));
    return { evidence, problems, notes };
}
function readOne(bytes, profile) {
    if (bytes.length > largestEnvelope)
        return `it has ${bytes.length} bytes, more than ${largestEnvelope}`;
    const envelope = readEnvelope(bytes);
    if (typeof envelope === 'string')
        return envelope;
    const statement = readPayload(envelope.payload, profile);
    if (typeof statement === 'string')
        return statement;
    return { envelope, statement, sha256: (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex') };
}
/** Collections of a type that the profile accepts. */
function collectionsOf(evidence, profile) {
    return evidence.flatMap((one) => {
        const { collection, predicateType } = one.statement;
        return collection !== undefined && profile.collections.includes(predicateType)
            ? [{ ...one, collection }]
            : [];
    });
}

;// CONCATENATED MODULE: ./src/policy/witness/back-refs.ts

/** Subjects that a collection leads on by, per attestor: go-witness's BackRefs, and what cilock added to them. */
const both = [/\/git\/v0\.1\/commithash:/, /\/(?:github|gitlab)\/v0\.1\/pipelineurl:/];
const cilock = [
    /\/git\/v0\.1\/parenthash:/,
    /\/oci\/v0\.1\/(?:manifestdigest|imageid|imagetag):/,
    /^https:\/\/(?:cyclonedx\.org\/bom|spdx\.dev\/Document)\/(?:imagedigest|name):/,
];
/** What the collection refers back to: what it carries, or what its subjects say. */
function backRefsOf({ collection, statement }, profile) {
    if (profile.recordedBackRefs && collection.backRefs !== undefined)
        return collection.backRefs;
    const forms = profile.recordedBackRefs ? [...both, ...cilock] : both;
    const refs = statement.subjects.filter(({ name }) => name.length < longestName && forms.some((form) => form.test(name)));
    const named = refs.some(({ name }) => name.includes('/imagedigest:'));
    return named ? refs.filter(({ name }) => !/\/(?:bom|Document)\/name:/.test(name)) : refs;
}
const longestName = 4096;
/** The digests of references that a search can go on with. */
function digestsOf(refs, profile) {
    return refs.flatMap(({ digests }) => comparable(digests, profile));
}

;// CONCATENATED MODULE: ./src/policy/witness/steps.ts





/**
 * The search by subjects (policy/policy.go): a step's collections are those of its name with all its types, and of them
 * those with a known digest; whatever a passed one refers back to is known in the next round. By rounds, in an order
 * that no input decides, so that every order of evidence and steps comes to the same.
 */
async function searchSteps(evidence, externals, seeds, bench) {
    const { policy, profile } = bench;
    const steps = inOrder(policy.steps);
    const candidates = new Map(steps.map((step) => [step.name, candidatesOf(step, evidence, profile)]));
    const judged = new Map(steps.map((step) => [step.name, new Map()]));
    const passedOf = (name) => [...(judged.get(name)?.values() ?? [])].flatMap((one) => one.verdict.kind === 'passed' ? [one.evidence] : []);
    const digests = new Set(seeds);
    for (let round = 0; round < searchRounds; round++) {
        const known = new Set(digests);
        for (const step of steps) {
            const found = judged.get(step.name);
            const around = surroundings(step, passedOf, externals);
            for (const one of candidates.get(step.name) ?? []) {
                const before = found?.get(one.envelope.id);
                if (!found || !isReached(one, known, profile))
                    continue;
                // Judged once, unless what its rules may see has changed.
                if (before && (before.verdict.kind === 'passed' || before.around === around))
                    continue;
                found.set(one.envelope.id, {
                    evidence: one,
                    around,
                    verdict: await judgeCollection(one, step, around, bench),
                });
            }
        }
        if (round === searchRounds - 1)
            break;
        for (const step of steps) {
            for (const one of passedOf(step.name)) {
                for (const digest of digestsOf(backRefsOf(one, profile), profile))
                    digests.add(digest);
            }
        }
    }
    return {
        digests,
        steps: [...policy.steps.values()].map((step) => ({
            step,
            judged: [...(judged.get(step.name)?.values() ?? [])],
            candidates: candidates.get(step.name) ?? [],
            near: evidence.filter((one) => one.collection.name === step.name && candidates.get(step.name)?.includes(one) !== true),
        })),
    };
}
function candidatesOf(step, evidence, profile) {
    return evidence.filter(({ collection }) => collection.name === step.name &&
        step.attestations.every(({ type: wanted }) => collection.attestations.some(({ type }) => isType(type, wanted, profile))));
}
function isReached({ statement }, known, profile) {
    return statement.subjects.some(({ digests }) => comparable(digests, profile).some((one) => known.has(one)));
}
/** JSON members of what the rules of a step may see beside an attestation; undefined: they see that alone. */
function surroundings({ attestationsFrom, externalFrom }, passedOf, externals) {
    if (attestationsFrom.length === 0 && externalFrom.length === 0)
        return undefined;
    const object = (members) => `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
    const steps = [...new Set(attestationsFrom)].flatMap((name) => {
        const passed = passedOf(name);
        const types = byType(passed.flatMap(({ collection }) => collection.attestations));
        return passed.length > 0 ? [[name, object([...types])]] : [];
    });
    const predicates = [...new Set(externalFrom)].flatMap((name) => {
        const json = externals.find(({ external }) => external.name === name)?.predicate;
        return json === undefined ? [] : [[name, json]];
    });
    const external = externalFrom.length > 0 ? `,"external":${object(predicates)}` : '';
    return `"steps":${object(steps)}${external}`;
}
/** Steps after those whose attestations their rules see, otherwise by name. The policy has no circle of them. */
function inOrder(steps) {
    const ordered = [];
    const placed = new Set();
    let rest = [...steps.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    while (rest.length > 0) {
        const ready = rest.filter(({ attestationsFrom }) => attestationsFrom.every((name) => placed.has(name)));
        const next = ready.length > 0 ? ready : rest;
        for (const step of next) {
            placed.add(step.name);
            ordered.push(step);
        }
        rest = rest.filter(({ name }) => !placed.has(name));
    }
    return ordered;
}

;// CONCATENATED MODULE: ./src/policy/witness/evaluate.ts








const evaluate_check = 'build-policy';
/** cilock asks for so many digits at least. */
const subjectForm = /^(?:[0-9A-Za-z+.-]{1,32}:)?((?:[0-9A-Fa-f]{2}){16,64})$/;
const emptyTree = rootOf([], 'digest');
const mostWanted = 1000;
/** Judges signed collections by a policy that was opened (attestation/policy/policy.go, Verify). */
async function evaluateWitness(request) {
    const { policy, profile, now, image, searched } = request;
    const read = readEvidence(request.envelopes, profile);
    const { evidence, notes } = read;
    const seeds = evaluate_readSubjects(request.subjects);
    if (typeof seeds === 'string') {
        const finding = (0,verdict_finding/* unknown */.L5)(evaluate_check, { code: 'input-invalid', message: seeds });
        return { kind: 'judged', finding, reasons: [seeds], passed: [], notes };
    }
    const bench = { policy, profile, now, ask: askOnce(request.ask), image };
    const collections = collectionsOf(evidence, profile);
    const bridged = profile.leafBridge ? new Set([...seeds, ...rootsAround(seeds, collections)]) : seeds;
    const unread = read.problems.map((message) => ({ code: 'input-invalid', message }));
    const missing = unread[0] ?? request.missing;
    const externals = [];
    for (const external of policy.externals.values()) {
        externals.push(await judgeExternal(external, evidence, bridged, bench));
    }
    const found = await searchSteps(collections, externals, bridged, bench);
    const parts = conclude(found.steps, found.digests, profile);
    const children = [
        ...unread.map((problem) => (0,verdict_finding/* unknown */.L5)('evidence-read', problem)),
        ...externals.map(({ finding }) => withDoubt(finding, missing)),
        ...parts.map(({ finding }) => withDoubt(finding, missing)),
    ];
    const finding = (0,algebra/* all */.Q7)(evaluate_check, children);
    if (finding.status !== 'met' && searched !== undefined) {
        const wanted = [...found.digests].filter((digest) => !searched.has(digest) && digest !== emptyTree);
        if (wanted.length > 0)
            return { kind: 'wants', digests: wanted.sort().slice(0, mostWanted) };
    }
    const reasons = [
        ...read.problems,
        ...externals.flatMap((one) => one.reasons),
        ...parts.flatMap((one) => one.reasons),
    ];
    return { kind: 'judged', finding, reasons, passed: parts.flatMap((one) => one.passed), notes };
}
/** @returns a text that says what is wrong */
function evaluate_readSubjects(subjects) {
    if (subjects.length === 0)
        return 'at least one subject is required: the digest of the image or of a file';
    const seeds = new Set();
    for (const subject of subjects) {
        const [, hex] = subject.length < 200 ? (subjectForm.exec(subject) ?? []) : [];
        if (hex === undefined) {
            return `invalid subject digest ${JSON.stringify(subject.slice(0, 200))}: must be a hex-encoded hash (e.g. sha256:abc123...)`;
        }
        seeds.add(hex);
    }
    return seeds;
}
/** The roots of trees that a seed is a leaf of: cilock's bridge from a file to the collection that lists it. */
function rootsAround(seeds, collections) {
    return collections.flatMap(({ collection }) => collection.trees.flatMap(({ root, leaves, encoding }) => typeof encoding === 'object' && leaves?.some(({ digest }) => seeds.has(digest)) === true ? [root] : []));
}
/** What was not fetched or read might change what is missing or denied, or optional and not there; never what is met. */
function withDoubt(finding, missing) {
    return (finding.status === 'unmet' || finding.status === 'exempt') && missing
        ? (0,verdict_finding/* unknown */.L5)(finding.check, missing, { children: [finding] })
        : finding;
}

;// CONCATENATED MODULE: ./src/gate/build/verdict.ts






/** Searches in a store of attestations: by the seeds, and twice by what was found (policy/policy.go: three rounds). */
const mostSearches = 3;
/** Whether an image was built as a policy says; evidence that may still appear is waited for. */
async function judgeBuild(matter, built) {
    const image = await built.digests?.();
    if (image && 'code' in image)
        return { finding: (0,verdict_finding/* unknown */.L5)('build', image), signatures: [] };
    // One memory for all searches of an image: a rule that does not end is asked once.
    const once = { ...matter, ask: askOnce(matter.ask) };
    for (;;) {
        const fact = await judgeOnce(once, image, built);
        const { finding } = fact;
        const mayAppear = finding.status === 'unmet' && finding.code === 'attestation-missing';
        if (!mayAppear || !(await built.again()))
            return fact;
    }
}
/**
 * By what was named, then by what a store of attestations and the image's own registry hold. What is met with less is
 * not looked for further, as more evidence could only have it met once more; but a policy with optional statements is
 * denied by one that is there and bad, so there all is read first.
 */
async function judgeOnce(matter, image, built) {
    const { policy, given } = matter;
    const subjects = [...(image ? seedsOf(image) : []), ...matter.subjects];
    const gathered = [given];
    const searched = new Set();
    const search = async (digests) => {
        for (const digest of digests)
            searched.add(digest);
        return (await built.search?.(digests)) ?? { sources: [], problems: [] };
    };
    const judge = async () => {
        for (let searches = 1;; searches++) {
            const [missing] = gathered.flatMap(({ problems }) => problems);
            const evaluation = await evaluateWitness({
                policy,
                subjects,
                envelopes: gathered.flatMap(({ sources }) => sources),
                profile: matter.profile,
                now: matter.now.getTime(),
                ask: matter.ask,
                ...(image && { image }),
                ...(built.search && searched.size > 0 && searches < mostSearches && { searched }),
                ...(missing && { missing }),
            });
            if (evaluation.kind === 'judged')
                return factOf(matter, evaluation, image, missing);
            gathered.push(await search(evaluation.digests));
        }
    };
    const isOptional = [...policy.externals.values()].some(({ required }) => !required);
    if (!isOptional && given.sources.length > 0) {
        const first = await judge();
        if (first.finding.status === 'met')
            return first;
    }
    const [likely, found] = await Promise.all([built.attached('likely'), search(subjects.map(bareOf))]);
    gathered.push(found);
    const beside = gathered.push(likely) - 1;
    const second = await judge();
    if (!isOptional && second.finding.status === 'met')
        return second;
    const whole = await built.attached('all');
    if (countOf(whole) === countOf(likely))
        return second;
    gathered[beside] = whole;
    return judge();
}
function bareOf(subject) {
    return subject.slice(subject.indexOf(':') + 1);
}
function countOf({ sources, problems }) {
    return sources.length + problems.length;
}
function factOf({ policy, signed }, { finding, reasons, passed }, image, missing) {
    const parts = [signed, finding];
    if (image && policy.steps.size > 0)
        parts.push(boundTo(image, finding, passed, missing));
    const whole = (0,algebra/* all */.Q7)('build', parts);
    return {
        finding: reasons.length > 0 ? { ...whole, peerReason: reasons.join('\n') } : whole,
        signatures: passed
            .filter(({ evidence }) => !image || !isOfAnother(evidence.collection, image))
            .map((one) => signatureOf(one, policy.file)),
    };
}
/** Only what a policy passed can bind an image to it; while that is open, nothing is said of it. */
function boundTo(image, { status }, passed, missing) {
    if (status !== 'met')
        return (0,verdict_finding/* exempt */.Is)('image-bound', 'not looked at: the policy is not met');
    const bound = correlateImage(image, passed);
    // What could not be read might be what binds it.
    return bound.status === 'unmet' && missing ? (0,verdict_finding/* unknown */.L5)(bound.check, missing, { children: [bound] }) : bound;
}
function signatureOf({ evidence, signer }, file) {
    return {
        format: 'dsse-envelope',
        where: evidence.where.join(', '),
        verified: true,
        keyRef: `functionary of ${file}`,
        // A policy may call a key by its place in a key service.
        keyId: /^[0-9a-f]{64}$/.test(signer) ? signer : '',
        attests: evidence.statement.predicateType,
        sha256: evidence.sha256,
        claimed: {},
    };
}

;// CONCATENATED MODULE: ./src/gate/build/trust.ts


/** What signatures of build policies are held against: keys are fetched, certificates read. */
async function loadPolicyTrust({ keys, caRoots, caIntermediates, timestampAuthorities, signer }, loadKey) {
    const loaded = await Promise.all(keys.map(loadKey));
    for (const one of loaded)
        if (one.kind === 'failed')
            return one.problem;
    const files = await Promise.all([
        trust_readCertificates('policy-ca-roots', caRoots),
        trust_readCertificates('policy-ca-intermediates', caIntermediates),
        trust_readCertificates('policy-timestamp-servers', timestampAuthorities),
    ]);
    for (const one of files)
        if ('code' in one)
            return one;
    const [roots, intermediates, authorities] = files;
    return {
        keys: loaded.flatMap((one) => (one.kind === 'keys' ? one.keys.map(({ key }) => key) : [])),
        roots,
        intermediates,
        authorities,
        signer,
    };
}
async function trust_readCertificates(input, items) {
    const files = [];
    for (const item of items) {
        if (item.startsWith('-----BEGIN')) {
            files.push({ name: input, bytes: Buffer.from(item) });
            continue;
        }
        const read = await (0,files_read/* readWhole */.oD)(item, store/* recordLimit */.$0, 'key');
        if (read.kind === 'absent')
            return { code: 'input-invalid', message: `${input}: no file ${item}` };
        if (read.kind === 'failed')
            return { code: 'input-invalid', message: `${input}: ${read.problem.message}` };
        files.push({ name: item, bytes: read.value });
    }
    return files;
}

;// CONCATENATED MODULE: ./src/gate/build/policies.ts







/** Nothing is said about how policies are signed: then none can be used. */
const noBuildDemand = {
    profile: 'cilock',
    keys: [],
    caRoots: [],
    caIntermediates: [],
    timestampAuthorities: [],
    signer: {},
    attestations: [],
    subjects: [],
};
/** Opens signed policies: one that is not to be used decides for every image that it is not met. */
async function openBuildPolicies(files, demand, { ask, loadKey, now }) {
    if (files.length === 0)
        return { parts: [], problems: [unused], warnings: [] };
    const [given, trust] = await Promise.all([
        readGivenEnvelopes(demand.attestations),
        loadPolicyTrust(demand, loadKey),
    ]);
    const warnings = [];
    const profile = profileOf(demand);
    const parts = files.map(({ file, bytes }) => {
        if ('code' in trust)
            return partOf(file, async () => Promise.resolve((0,verdict_finding/* unknown */.L5)('policy-signed', trust)));
        const opened = openPolicy({ bytes, where: file, trust, profile, now: now.getTime() });
        warnings.push(...opened.warnings.map(problem/* problemText */.f));
        if (opened.kind === 'refused')
            return partOf(file, async () => Promise.resolve(opened.finding));
        const { policy, finding } = opened;
        const matter = { policy, signed: finding, profile, given, subjects: demand.subjects, ask, now };
        return partOf(file, async ({ built }) => built ? judgeBuild(matter, built) : (0,verdict_finding/* unknown */.L5)('build-policy', nowhere));
    });
    return { parts, problems: given.problems, warnings: [...warnings, ...notesOf(given)] };
}
const unused = {
    code: 'input-invalid',
    message: 'policy: expected a signed build policy (a DSSE envelope) for policy-key, policy-ca-roots, attestations, subjects or archivista-url, got none',
};
const nowhere = { code: 'internal-error', message: 'nobody looked for how the image was built' };
function profileOf({ profile, lenient }) {
    return lenient ? withoutHardening(profiles[profile]) : profiles[profile];
}
function partOf(file, evaluate) {
    const id = `build-policy ${file}`;
    const requirement = { kind: 'joint', name: 'build-policy', id, needs: [] };
    return { policy: file, rule: '', requirement, joints: [{ id, evaluate }] };
}
function notesOf({ sources }) {
    return sources
        .filter(({ where }) => where.endsWith('.detection.json'))
        .map(({ where }) => `${where}: left out: cilock's detection plan, no attestation`);
}


/***/ }),

/***/ 97474:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O8: () => (/* binding */ anyUsage),
  Ft: () => (/* binding */ codeSigning),
  u5: () => (/* binding */ extendedKeyUsage),
  tc: () => (/* binding */ timeStamping),
  Uz: () => (/* binding */ unknownCritical),
  kl: () => (/* binding */ usagesOf),
  Dl: () => (/* binding */ whyNoPath)
});

;// CONCATENATED MODULE: ./src/verify/name-constraints.ts
/** General names that constraints are held against (RFC 5280, 4.2.1.6), by the number of their tag. */
const kinds = { email: 1, domain: 2, address: 7, uri: 6 };
const numbers = Object.values(kinds);
const nameConstraints = '2.5.29.30';
const alternativeNames = '2.5.29.17';
/**
 * Why an authority may not certify the names of a certificate below it (RFC 5280, 4.2.1.10); undefined: it may. As Go's
 * crypto/x509, which cosign asks: a domain stands for all below it, also in addresses and URIs.
 *
 * @throws where a name or a constraint cannot be read
 */
function whyOutside(authority, below) {
    const extension = authority.extension(nameConstraints);
    if (extension === undefined)
        return undefined;
    const [list] = extension.valueObj.subs;
    const named = (tag) => (list?.subs.find((part) => part.tag.isContextSpecific(tag))?.subs ?? []).flatMap(({ subs: [base] }) => base ?? []);
    const [permitted, excluded] = [named(0), named(1)];
    if (extension.critical && [...permitted, ...excluded].some((part) => kindOf(part) === undefined))
        return 'an authority above the certificate constrains names of a kind that is not known';
    for (const name of below.extension(alternativeNames)?.valueObj.subs[0]?.subs ?? []) {
        const kind = kindOf(name);
        const same = (some) => some.filter((one) => kindOf(one) === kind);
        if (kind === undefined)
            continue;
        const isOf = (constraint) => matches(kind, name.value, constraint.value);
        const allowed = same(permitted);
        if (same(excluded).some(isOf) || (allowed.length > 0 && !allowed.some(isOf)))
            return `an authority above the certificate may not certify ${shown(kind, name.value)}`;
    }
    return undefined;
}
function kindOf({ tag }) {
    return numbers.find((number) => tag.isContextSpecific(number));
}
function shown(kind, value) {
    return kind === kinds.address ? `an IP address` : value.toString('utf8');
}
function matches(kind, name, constraint) {
    if (kind === kinds.address)
        return isInNet(name, constraint);
    const [one, wanted] = [name.toString('utf8'), constraint.toString('utf8')];
    if (kind === kinds.email)
        return matchesMailbox(one, wanted);
    return isBelow(kind === kinds.uri ? hostOf(one) : one, wanted);
}
function matchesMailbox(mailbox, constraint) {
    const at = mailbox.lastIndexOf('@');
    if (at < 0)
        throw new Error('an e-mail address of the certificate has no domain');
    const domain = mailbox.slice(at + 1);
    if (!constraint.includes('@'))
        return isBelow(domain, constraint);
    const wantedAt = constraint.lastIndexOf('@');
    return (mailbox.slice(0, at) === constraint.slice(0, wantedAt) &&
        domain.toLowerCase() === constraint.slice(wantedAt + 1).toLowerCase());
}
/** A URI without a host, or with an address for one, can be held against no constraint: nobody may certify it. */
function hostOf(uri) {
    const host = URL.canParse(uri) ? new URL(uri).hostname : '';
    if (host === '' || host.startsWith('[') || /^[\d.]+$/.test(host))
        throw new Error('a URI of the certificate has no host that constraints of names could be held against');
    return host;
}
/** Whether a domain is the constraint or lies below it; with a dot in front of the constraint, only below. */
function isBelow(domain, constraint) {
    const labels = domain.toLowerCase().split('.');
    if (labels.includes(''))
        throw new Error('a name of the certificate is no domain');
    if (constraint === '')
        return true;
    const isDeeper = constraint.startsWith('.');
    const wanted = constraint
        .slice(isDeeper ? 1 : 0)
        .toLowerCase()
        .split('.');
    if (labels.length < wanted.length + (isDeeper ? 1 : 0))
        return false;
    return wanted.every((label, index) => label === labels[labels.length - wanted.length + index]);
}
/** An address and a mask, four bytes each or sixteen. */
function isInNet(address, net) {
    if (net.length !== 2 * address.length)
        return false;
    return address.every((byte, index) => {
        const mask = net[address.length + index] ?? 0;
        return (byte & mask) === ((net[index] ?? 0) & mask);
    });
}

;// CONCATENATED MODULE: ./src/verify/certificate-path.ts

/** Extended key usages (RFC 5280, 4.2.1.12). */
const codeSigning = '1.3.6.1.5.5.7.3.3';
const timeStamping = '1.3.6.1.5.5.7.3.8';
const anyUsage = '2.5.29.37.0';
const extendedKeyUsage = '2.5.29.37';
/**
 * Extensions that are looked at, or say nothing about who may sign: key identifiers, usages, names and their
 * constraints, basic constraints, where lists of revoked certificates lie, policies, where the authority is found.
 */
const known = new Set([
    ...['14', '15', '17', '19', '30', '31', '32', '35', '37'].map((last) => `2.5.29.${last}`),
    '1.3.6.1.5.5.7.1.1',
]);
/**
 * Why a path leads nowhere though each certificate on it is signed by the next: an authority that is for something else
 * issues nothing for this usage, none certifies names that it may not, and what is critical and unknown is refused (RFC
 * 5280, 4.2 and 6.1; as Go's crypto/x509, which cosign asks).
 *
 * @param path the certificate first, what is trusted last
 * @throws where an extension cannot be read
 */
function whyNoPath(path, usage) {
    for (const certificate of path) {
        const critical = unknownCritical(certificate);
        if (critical !== undefined)
            return `a certificate on the way has the critical extension ${critical}, which is not known`;
    }
    if (path.slice(1).some((authority) => !mayLeadTo(authority, usage)))
        return 'an authority above the certificate issues none for this use';
    for (const [index, authority] of path.entries())
        for (const below of path.slice(0, index)) {
            const why = whyOutside(authority, below);
            if (why !== undefined)
                return why;
        }
    return undefined;
}
/** The identifier of an extension that is critical and that nobody here looks at. */
function unknownCritical({ extensions }) {
    return extensions
        .filter(({ subs }) => subs.length === 3 && subs[1]?.toBoolean() === true)
        .map(({ subs }) => subs[0]?.toOID() ?? '')
        .find((id) => !known.has(id));
}
function mayLeadTo(authority, usage) {
    const usages = usagesOf(authority);
    return usages.length === 0 || usages.includes(usage) || usages.includes(anyUsage);
}
/** Identifiers of the extended key usages, all of them; none where there is no such extension. */
function usagesOf(certificate) {
    const [list] = certificate.extension(extendedKeyUsage)?.valueObj.subs ?? [];
    return list?.subs.map((one) => one.toOID()) ?? [];
}


/***/ })

};
