export const id = 7628;
export const ids = [7628];
export const modules = {

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


/***/ }),

/***/ 67628:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  vouch: () => (/* binding */ vouch)
});

// EXTERNAL MODULE: ./src/verdict/finding.ts
var finding = __webpack_require__(37120);
// EXTERNAL MODULE: ./src/verify/identity.ts
var verify_identity = __webpack_require__(28879);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./node_modules/@sigstore/core/dist/index.js
var dist = __webpack_require__(83917);
// EXTERNAL MODULE: ./node_modules/@sigstore/verify/dist/index.js
var verify_dist = __webpack_require__(54187);
// EXTERNAL MODULE: ./node_modules/@sigstore/verify/dist/key/certificate.js
var key_certificate = __webpack_require__(38412);
// EXTERNAL MODULE: ./src/evidence/transparency.ts
var transparency = __webpack_require__(24491);
;// CONCATENATED MODULE: ./src/verify/certificate-log.ts


/**
 * Whether a trusted log of certificates promised to write this one down (RFC 6962, 3.2 and 3.3): one promise that
 * verifies is enough. One by a log that nobody here knows counts for nothing and hides no other.
 */
function isLogged(certificate, issuer, logs) {
    const clone = certificate.clone();
    const { extensions } = clone;
    // Stryker disable next-line OptionalChaining: no extension is empty in a certificate that was read
    const extension = extensions.find((one) => one.subs[0]?.toOID() === dist.EXTENSION_OID_SCT);
    if (extension === undefined)
        return false;
    // What was promised is the certificate without the promises.
    extensions.splice(extensions.indexOf(extension), 1);
    const body = clone.tbsCertificate.toDER();
    const promised = new dist.ByteStream();
    promised.appendView((0,external_node_crypto_.createHash)('sha256').update(issuer.publicKey).digest());
    promised.appendUint24(body.length);
    promised.appendView(body);
    return new dist.X509SCTExtension(extension).signedCertificateTimestamps.some((promise) => logs
        .filter(({ logID, validFor: { start, end } }) => {
        const time = promise.datetime;
        return logID.equals(promise.logID) && start <= time && time <= end;
    })
        .some(({ publicKey }) => verifies(() => promise.verify(promised.buffer, publicKey))));
}
/** A promise of an algorithm that is not known throws: it is none, and the next one may be. */
function verifies(verify) {
    try {
        return verify();
    }
    catch {
        return false;
    }
}

// EXTERNAL MODULE: ./src/verify/certificate-path.ts + 1 modules
var certificate_path = __webpack_require__(97474);
;// CONCATENATED MODULE: ./src/verify/entry-kinds.ts
/**
 * The kinds of entries that stand for each form, in a log of each generation, as cosign 3.1 has it (rekor, pkg/types;
 * sigstore-go, pkg/verify). Of another kind nobody writes one: it may hold the same bytes for another reason.
 */
const kindsOf = {
    payload: { older: ['hashedrekord 0.0.1'], newer: [] },
    envelope: { older: ['dsse 0.0.1', 'intoto 0.0.1', 'intoto 0.0.2'], newer: [] },
    'bundled message': { older: ['hashedrekord 0.0.1'], newer: ['hashedrekord 0.0.2'] },
    'bundled envelope': { older: ['dsse 0.0.1', 'intoto 0.0.2'], newer: ['hashedrekord 0.0.2'] },
};
/** Why an entry says nothing of what was signed, whatever it holds; undefined: its kind stands for it. */
function whyNotOfKind(entry, form) {
    const { kind, version } = entry.kindVersion;
    const generation = generationOf(entry);
    const kinds = kindsOf[form][generation];
    const got = `${kind} ${version}`;
    if (kinds.includes(got))
        return undefined;
    const expected = kinds.length === 0 ? 'no entry' : `an entry of kind ${kinds.join(' or ')}`;
    return `expected ${expected} of a log of the ${generation} generation for the ${form}, got kind ${got}`;
}
/**
 * The older log ends the origin of its checkpoints with the number of a tree (sigstore-go, pkg/verify/tlog.go); what a
 * log only promised is older too, as the newer one promises nothing.
 */
function generationOf({ inclusionProof }) {
    const checkpoint = inclusionProof?.checkpoint;
    if (checkpoint === undefined)
        return 'older';
    const [origin = ''] = checkpoint.envelope.split('\n', 1);
    return / - \d+$/.test(origin) ? 'older' : 'newer';
}

;// CONCATENATED MODULE: ./src/verify/timestamp-authority.ts

/**
 * The authorities that may have made a timestamp: those whose own certificate it names, and that may be asked for one.
 *
 * @returns a text that says why the one it names may not; an empty list where it names none
 */
function authoritiesOf({ signerSerialNumber, signerIssuer }, known) {
    const named = known.filter(({ certChain: [own] }) => own?.serialNumber.equals(signerSerialNumber) === true && own.issuer.equals(signerIssuer));
    const judged = named.map((authority) => [authority, whyUnfit(authority)]);
    const fit = judged.filter(([, why]) => why === undefined).map(([authority]) => authority);
    return fit.length === 0 ? (judged[0]?.[1] ?? []) : fit;
}
/**
 * A certificate for timestamps is for nothing else, says so critically, and issues no others (RFC 3161, 2.3;
 * timestamp-authority, pkg/verification).
 */
function whyUnfit({ certChain: [own, ...above] }) {
    if (own === undefined)
        return undefined;
    const usages = (0,certificate_path/* usagesOf */.kl)(own);
    if (usages.length !== 1 || usages[0] !== certificate_path/* timeStamping */.tc)
        return 'the certificate of the authority is not for timestamps alone';
    if (own.extension(certificate_path/* extendedKeyUsage */.u5)?.critical !== true)
        return 'the certificate of the authority does not say critically that it is for timestamps';
    if (own.extBasicConstraints?.isCA === true)
        return 'the certificate of the authority is one that issues others';
    return (0,certificate_path/* whyNoPath */.Dl)([own, ...above], certificate_path/* timeStamping */.tc);
}

;// CONCATENATED MODULE: ./src/verify/sigstore.ts









const anyKey = { $case: 'public-key', hint: '' };
/** How many are wanted is asked elsewhere: here each that is given has to verify. */
const asMany = { tlogThreshold: 0, timestampThreshold: 0, ctlogThreshold: 0 };
/** Checks one element and nothing else: each failure is a finding of its own. */
function check(trust, key, parts, signed) {
    const material = { ...trust, publicKey: () => ({ publicKey: key, validFor: () => true }) };
    const nothing = { tlogEntries: [], timestamps: [] };
    new verify_dist/* Verifier */.BL(material, asMany).verify({
        signature: contentOf(signed),
        key: anyKey,
        ...nothing,
        ...parts,
    });
}
/** The signature itself is verified elsewhere, with every algorithm that real signers use. */
function contentOf({ signature, message, payload, digest: known }) {
    const same = (one, other) => Buffer.compare(one, other) === 0;
    const digest = (bytes, like) => (0,external_node_crypto_.createHash)(like.length === 48 ? 'sha384' : like.length === 64 ? 'sha512' : 'sha256')
        .update(bytes)
        .digest();
    return {
        signature: Buffer.from(signature),
        compareSignature: (other) => same(other, signature),
        compareDigest: (other) => same(other, known ?? digest(payload, other)),
        compareSignedDigest: (other) => same(other, known ?? digest(message, other)),
        verifySignature: () => true,
    };
}
/**
 * Whether an entry of a log proves this signature by this signer: its promise or proof verifies with a log that is
 * trusted, and what it records are this signature, these bytes and this signer.
 *
 * @param stamped times that authorities proved for the signature: a log of the second generation proves none itself
 * @returns a text that says why not
 */
function checkLogEntry(entry, signed, signer, key, trust, stamped) {
    const otherKind = whyNotOfKind(entry, signed.form);
    if (otherKind !== undefined)
        return otherKind;
    const { kind, version } = entry.kindVersion;
    const named = (0,transparency.verifierOf)(entry);
    if (named === undefined)
        return `the entry (${kind} ${version}) names no signer`;
    if (!sameSigner(named, signer))
        return 'the entry is for another signer';
    const outOfTime = untimely(entry, trust, stamped);
    if (outOfTime !== undefined)
        return outOfTime;
    return attempt(() => {
        if (kind === 'intoto' && version === '0.0.1')
            checkOldEntry(entry, signed, key, trust);
        else
            check(trust, key, { tlogEntries: [entry] }, signed);
        return undefined;
    });
}
/** The library checks the time of a promise against the log's key, and that of a proof against nothing. */
function untimely(entry, trust, stamped) {
    const logs = trust.tlogs.filter((log) => log.logID.equals(entry.logId.keyId));
    if (logs.length === 0)
        return 'the log of the entry is not trusted';
    // An entry that says no time was made when its signature was stamped, as far as anybody knows.
    const isTimeless = entry.integratedTime === '0' || entry.integratedTime === '';
    const times = isTimeless ? stamped : [dateOf(entry.integratedTime)];
    if (times.length === 0)
        return undefined;
    const valid = logs.some(({ validFor: { start, end } }) => times.some((time) => start <= time && time <= end));
    return valid ? undefined : 'the key of the log was not valid when the entry was made';
}
/** intoto 0.0.1 records the hash of the whole envelope (rekor, pkg/types/intoto/v0.0.1); the library reads 0.0.2. */
function checkOldEntry(entry, signed, key, trust) {
    const body = JSON.parse(entry.canonicalizedBody.toString('utf8'));
    const { algorithm, value } = body.spec?.content?.hash ?? {};
    const got = (0,external_node_crypto_.createHash)('sha256')
        .update(signed.stamped ?? signed.payload)
        .digest('hex');
    if (algorithm !== 'sha256' || value !== got)
        throw new Error('the entry is for another envelope');
    try {
        check(trust, key, { tlogEntries: [entry] }, signed);
    }
    catch (error) {
        // The promise or the proof was verified before the body was refused, which was compared above.
        if (!(error instanceof Error && error.message.startsWith('unsupported intoto version')))
            throw error;
    }
}
/** The library takes dates; this one is made of what was signed, not of the clock. */
function dateOf(seconds) {
    // eslint-disable-next-line no-restricted-globals
    return new Date(Number(seconds) * 1000);
}
/** The time that an entry proves: only a promise of the log covers it. */
function timeOfEntry(entry) {
    if (entry.inclusionPromise === undefined || !/^[1-9]\d*$/.test(entry.integratedTime))
        return undefined;
    return dateOf(entry.integratedTime);
}
/** The time that a timestamp proves for this signature, or why none. */
function timeOfStamp(der, signed, key, trust) {
    return attempt(() => {
        const timestamp = dist.RFC3161Timestamp.parse(Buffer.from(der));
        const over = { ...signed, signature: signed.stamped ?? signed.signature };
        const timestampAuthorities = authoritiesOf(timestamp, trust.timestampAuthorities);
        if (typeof timestampAuthorities === 'string')
            return timestampAuthorities;
        const asked = { ...trust, timestampAuthorities: [...timestampAuthorities] };
        check(asked, key, { timestamps: [{ $case: 'timestamp-authority', timestamp }] }, over);
        return timestamp.signingTime;
    });
}
/**
 * Whether a certificate leads to a trusted authority at these times, was made to sign code, and is known to a log of
 * certificates. At one of them is enough where a further one is only more evidence: a signature that was there while
 * the certificate was valid is none the worse for being there later.
 *
 * @returns a text that says why not
 */
function checkCertificate(der, times, demanded, sct, trust, 
/** Certificates that lay beside it: a path may lead over them, never end there. */
// Stryker disable next-line ArrayDeclaration: what is no certificate leads nowhere
chain = []) {
    return attempt(() => {
        const certificate = dist.X509Certificate.parse(Buffer.from(der));
        // Of a certificate that says no usage it is undefined, whatever its type says.
        const usages = new external_node_crypto_.X509Certificate(der).keyUsage;
        if (usages?.includes(certificate_path/* codeSigning */.Ft) !== true)
            throw new Error('the certificate is not for signing code');
        if (!namesOneAlgorithm(certificate))
            throw new Error('the certificate names two algorithms of its signature, one of them unsigned');
        if (times.length === 0)
            throw new Error('no time is proven at which the certificate could have been valid');
        // A certificate that is trusted itself has nobody above it.
        const [, issuer = certificate] = pathAt(certificate, times, demanded, trust, chain);
        if (sct === 'require' && !isLogged(certificate, issuer, trust.ctlogs))
            throw new Error('SCT verification failed: no trusted log of certificates knows the certificate');
        return undefined;
    });
}
/** The algorithm is said twice, once where nobody signs it: both must be the same (RFC 5280, 4.1.1.2). */
function namesOneAlgorithm({ root, tbsCertificate }) {
    // Of version 3, as what says a usage must be: version, serial number, algorithm.
    const [signed, unsigned] = [tbsCertificate.subs[2], root.subs[1]];
    // Stryker disable next-line ConditionalExpression,LogicalOperator: a certificate that was read has both
    return signed !== undefined && unsigned !== undefined && signed.toDER().equals(unsigned.toDER());
}
function pathAt(certificate, times, demanded, { certificateAuthorities }, chain) {
    const paths = [];
    let failed;
    for (const time of times) {
        try {
            const authorities = withChain(time, certificateAuthorities, chain);
            paths.push(pathTo(time, certificate, authorities));
        }
        catch (error) {
            failed ??= error;
        }
    }
    const [path] = paths;
    if (path === undefined || (demanded === 'every' && paths.length < times.length))
        throw failed;
    return path;
}
/** A path to one of the authorities: it leads there, and each authority on it may issue what is below. */
function pathTo(time, certificate, authorities) {
    let flaw;
    for (const authority of authorities) {
        const path = attemptPath(time, certificate, authority);
        if (path === undefined)
            continue;
        const why = attempt(() => (0,certificate_path/* whyNoPath */.Dl)(path, certificate_path/* codeSigning */.Ft));
        if (why === undefined)
            return path;
        flaw ??= why;
    }
    if (flaw !== undefined)
        throw new Error(flaw);
    // None: the library says why.
    return (0,key_certificate.verifyCertificateChain)(time, certificate, authorities);
}
function attemptPath(time, certificate, authority) {
    try {
        return (0,key_certificate.verifyCertificateChain)(time, certificate, [authority]);
    }
    catch {
        return undefined;
    }
}
/**
 * Authorities together with what lay beside the certificate, as cosign does with its chain annotation; only of what
 * itself leads to the authority and may issue certificates.
 */
function withChain(time, authorities, chain) {
    return authorities.map((authority) => {
        let known = authority;
        // From the root's side to the leaf's: each may rest on those before it.
        for (const der of chain.toReversed()) {
            try {
                const one = dist.X509Certificate.parse(Buffer.from(der));
                if (!one.isCA || one.subject.equals(one.issuer))
                    continue;
                (0,key_certificate.verifyCertificateChain)(time, one, [known]);
                known = { ...known, certChain: [one, ...known.certChain] };
            }
            catch {
                // It leads nowhere, so nothing leads over it.
            }
        }
        return known;
    });
}
/** Since when a certificate is valid: what it signed is no older. Undefined where it cannot be read. */
function beginningOf(der) {
    try {
        return dist.X509Certificate.parse(Buffer.from(der)).notBefore;
    }
    catch {
        return undefined;
    }
}
function sameSigner(named, signer) {
    return Buffer.compare(named, signer) === 0 || sameKey(named, signer);
}
/** An entry for a key may spell it otherwise than the key file; a certificate is no key, and compared byte by byte. */
function sameKey(named, signer) {
    const spki = spkiOf(named);
    return spki !== undefined && spki === spkiOf(signer);
}
function spkiOf(der) {
    try {
        const key = (0,external_node_crypto_.createPublicKey)({ key: Buffer.from(der), format: 'der', type: 'spki' });
        return key.export({ format: 'der', type: 'spki' }).toString('hex');
    }
    catch {
        return undefined;
    }
}
/** What it comes to, or a text that says why to nothing. */
function attempt(run) {
    try {
        return run();
    }
    catch (error) {
        // Stryker disable next-line ConditionalExpression: nothing else is thrown here; the compiler does not know
        if (!(error instanceof Error))
            return String(error);
        return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
    }
}

// EXTERNAL MODULE: ./src/verify/freshness.ts
var freshness = __webpack_require__(46042);
;// CONCATENATED MODULE: ./src/verify/keyless.ts




/**
 * Log entries, timestamps, certificate and identity, each a finding of its own; the signature itself has been verified
 * with `key`.
 */
function vouch(companions, signed, key, { trust, now, sct, signedTimestamps, everyTime, maxAgeMs, identity }, log, where) {
    const { certificate } = companions;
    if (log === 'require' && companions.logEntries.length === 0) {
        const message = `expected an entry of a transparency log with the signature at ${where}, got none`;
        return [(0,finding/* unmet */.iY)('log-entry', 'log-entry-missing', message)];
    }
    if ('code' in trust)
        return [(0,finding/* unknown */.L5)('trust', trust)];
    const { material } = trust;
    const findings = [];
    const proven = [];
    const signer = identity !== undefined && certificate !== undefined ? certificate : key.spki;
    const stamps = companions.timestamps.map((der) => timeOfStamp(der, signed, key.key, material));
    const stamped = stamps.filter((stamp) => typeof stamp !== 'string');
    findings.push(log === 'require'
        ? checkEntries(companions, signed, signer, key, trust, where, stamped, proven)
        : (0,finding/* exempt */.Is)('log-entry', `no entry of a transparency log is asked for (${where})`));
    if (identity === undefined) {
        const times = [...proven.map(({ time }) => time), ...stamped];
        return maxAgeMs === undefined ? findings : [...findings, (0,freshness/* judgeAge */.n)(times, maxAgeMs, now, where)];
    }
    if (certificate === undefined) {
        return [
            (0,finding/* unmet */.iY)('certificate', 'key-mismatch', `expected a certificate with the signature at ${where}, got none`),
        ];
    }
    proven.push(...stamped.map((time) => ({ time, by: 'timestamp' })));
    if (signedTimestamps || stamps.length > 0)
        findings.push(checkStamps(stamps, signedTimestamps, where));
    // A demanded timestamp is what the certificate is held against, as in cosign.
    const times = proven.filter(({ by }) => by === 'timestamp' || !signedTimestamps).map(({ time }) => time);
    // Nothing demanded proves a time: then the certificate has to be valid as it is looked at.
    const judgedAt = times.length === 0 && log === 'ignore' && !signedTimestamps ? [now] : times;
    findings.push(judgeCertificate(companions, judgedAt, everyTime === true ? 'every' : 'some', sct, trust, where));
    if (sct === 'ignore')
        findings.push((0,finding/* exempt */.Is)('certificate-log', `no log of certificates is asked for the certificate (${where})`));
    if (maxAgeMs !== undefined) {
        // Nobody but the authority can make a certificate younger: a log or a timestamp can be had again for an old signature.
        const begins = times.length === 0 ? undefined : beginningOf(certificate);
        findings.push((0,freshness/* judgeAge */.n)(begins ? [...times, begins] : times, maxAgeMs, now, where));
    }
    findings.push(judgeIdentity(certificate, identity, where));
    return findings;
}
function checkEntries({ logEntries }, signed, signer, key, { material }, where, stamped, proven) {
    let reason = '';
    let valid = 0;
    for (const entry of logEntries) {
        const why = checkLogEntry(entry, signed, signer, key.key, material, stamped);
        if (why !== undefined) {
            reason = why;
            continue;
        }
        valid++;
        const time = timeOfEntry(entry);
        if (time)
            proven.push({ time, by: 'log' });
    }
    if (valid > 0) {
        const at = proven[0]?.time.toISOString();
        const message = `a trusted transparency log has the signature at ${where}${at === undefined ? '' : `, at ${at}`}`;
        return (0,finding/* met */.BG)('log-entry', message, at === undefined ? {} : { facts: { time: at } });
    }
    return (0,finding/* unmet */.iY)('log-entry', 'log-entry-invalid', `expected an entry of a trusted transparency log for the signature at ${where}, got one that does not prove it: ${reason}`);
}
/** A timestamp that nobody demands may prove nothing: then it is passed over, and said so. */
function checkStamps(stamps, demanded, where) {
    const time = stamps.find((stamp) => typeof stamp !== 'string')?.toISOString();
    if (time !== undefined)
        return (0,finding/* met */.BG)('timestamp', `a trusted authority saw the signature at ${where} at ${time}`, {
            facts: { time },
        });
    const reason = stamps.find((stamp) => typeof stamp === 'string');
    if (!demanded)
        return (0,finding/* exempt */.Is)('timestamp', `the timestamp at ${where} proves nothing: ${String(reason)}`);
    const got = reason === undefined ? 'none' : `one that does not prove it: ${reason}`;
    return (0,finding/* unmet */.iY)('timestamp', 'timestamp-invalid', `expected a signed timestamp for the signature at ${where}, got ${got}`);
}
function judgeCertificate({ certificate = new Uint8Array(), chain }, times, demanded, sct, { material }, where) {
    if (times.length === 0) {
        const message = `expected a proven time for the certificate at ${where}, got none: neither a log's promise nor a timestamp`;
        return (0,finding/* unmet */.iY)('certificate', 'timestamp-invalid', message);
    }
    const why = checkCertificate(certificate, times, demanded, sct, material, chain);
    if (why === undefined)
        return (0,finding/* met */.BG)('certificate', `the certificate at ${where} leads to a trusted authority`);
    const expired = /expired|not valid at/i.test(why);
    return (0,finding/* unmet */.iY)('certificate', expired ? 'certificate-expired' : 'certificate-untrusted', `expected a certificate that leads to a trusted authority at ${where}, got one that does not: ${why}`);
}
function judgeIdentity(certificate, demand, where) {
    try {
        const identity = (0,verify_identity.readIdentity)(certificate);
        const wrong = (0,verify_identity.mismatch)(identity, demand);
        const facts = { identity: identity.subjects.join(', '), issuer: identity.issuer, ...(0,verify_identity.claimsOf)(identity) };
        if (wrong === undefined)
            return (0,finding/* met */.BG)('identity', `signed by ${facts.identity} (${facts.issuer})`, { facts });
        return (0,finding/* unmet */.iY)('identity', 'identity-mismatch', `${wrong}, at ${where}`, {
            facts,
            nearMisses: [{ message: `signed by ${facts.identity} (issuer ${facts.issuer}): ${wrong}` }],
        });
    }
    catch {
        return (0,finding/* unmet */.iY)('identity', 'certificate-untrusted', `expected a certificate that says who signed at ${where}`);
    }
}


/***/ })

};
