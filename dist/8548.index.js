export const id = 8548;
export const ids = [8548];
export const modules = {

/***/ 78548:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  htmlReport: () => (/* binding */ htmlReport)
});

// EXTERNAL MODULE: ./src/report/words.ts
var words = __webpack_require__(72691);
// EXTERNAL MODULE: ./src/evidence/statement.ts
var evidence_statement = __webpack_require__(63240);
// EXTERNAL MODULE: ./src/report/distinct.ts
var distinct = __webpack_require__(75652);
// EXTERNAL MODULE: ./src/report/statements.ts
var statements = __webpack_require__(92182);
// EXTERNAL MODULE: ./src/report/vouching.ts
var vouching = __webpack_require__(48507);
// EXTERNAL MODULE: ./src/report/text.ts
var report_text = __webpack_require__(65655);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __webpack_require__(14031);
;// CONCATENATED MODULE: ./src/report/html/text.ts

const longestText = 600;
const markup = /[&<>"'`]/g;
/** Text for a page, between tags or in a quoted attribute: one line, in which nothing is markup. */
function html(text, most = longestText) {
    return (0,report_escape/* line */.n8)((0,report_escape/* shorten */.ml)(text, most)).replace(markup, (character) => `&#${String(character.charCodeAt(0))};`);
}
function code(text, most = longestText) {
    return `<code>${html(text, most)}</code>`;
}
/** Each answer has a sign and a word; its colour says nothing more. */
const signs = { met: '✓', unmet: '✗', unknown: '?', exempt: '–' };
const statuses = {
    verified: 'met',
    rejected: 'unmet',
    undetermined: 'unknown',
    'not-checked': 'exempt',
};
function pill(status, word) {
    return `<span class="pill ${status}"><span aria-hidden="true">${signs[status]}</span> ${html(word)}</span>`;
}
function outcomePill(outcome) {
    return pill(statuses[outcome], outcome.replace('-', ' '));
}
function statusOf(outcome) {
    return statuses[outcome];
}
/** @param caption what the table is about; heads and cells are HTML already */
function table(caption, heads, rows) {
    const head = heads.map((one) => `<th scope="col">${one}</th>`).join('');
    const lines = [];
    for (const [first = '', ...cells] of rows)
        lines.push(`<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`);
    return `<div class="wide" role="region" aria-label="${html(caption)}" tabindex="0"><table><caption>${html(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>${lines.join('')}</tbody></table></div>\n`;
}
/** @param title HTML already */
function folded(title, content) {
    return `<details><summary>${title}</summary>\n${content}</details>\n`;
}
function section(id, title, content) {
    if (content === '')
        return '';
    return `<section aria-labelledby="${id}"><h2 id="${id}">${html(title)}</h2>\n${content}</section>\n`;
}
function moreIn(count) {
    return count > 0
        ? `<p class="note">… and ${count} more in the result file (<code>verify-result.json</code>).</p>\n`
        : '';
}

;// CONCATENATED MODULE: ./src/report/html/evidence.ts






const mostPinned = 5000;
const mostOpen = 20;
const mostRows = 500;
/** Of more images those who vouched for them are counted. */
const mostNamed = 10;
/** What may be deployed: verified images, and only of a run that hands them on. */
function deploy({ images }, { handOn }) {
    const verified = handOn
        ? images.flatMap(({ verdict, pinned, allowed }) => verdict === 'verified' && !allowed ? (pinned ?? []) : [])
        : [];
    if (verified.length === 0)
        return '';
    const rows = verified.slice(0, mostPinned).map((pinned) => html(pinned, 1000));
    const note = images.length > verified.length ? '<p>The verified ones only.</p>\n' : '';
    const block = (lines) => `<pre>${lines.join('\n')}</pre>\n`;
    const rest = rows.slice(mostOpen);
    const more = rest.length === 0 ? '' : folded(`${rest.length} more`, block(rest));
    return `${note}${block(rows.slice(0, mostOpen))}${more}${moreIn(verified.length - mostPinned)}`;
}
/** Who signed, with what, when, and where to find it: of a few images each, of many by signer. */
function vouched(images) {
    const isEach = images.length <= mostNamed;
    const rows = isEach
        ? images.flatMap(vouching/* vouchersOf */.NH)
        : (0,vouching/* groupVouchers */.D_)(images);
    if (rows.length === 0)
        return '';
    const cells = rows.slice(0, mostRows).map((row) => [
        `${code(row.signer)}${row.signerDetail === '' ? '' : `<br><span class="note">${code(row.signerDetail)}</span>`}`,
        ...('image' in row
            ? images.length > 1
                ? [`${code(row.image.reference)}<br>${outcomePill(row.outcome)}`]
                : []
            : [`${row.images} ${outcomePill(row.outcome)}`]),
        html(row.kind),
        (0,vouching/* timesText */.Aq)(row)
            .map((time) => html(time, 200))
            .join('<br>'),
        code(row.where),
    ]);
    const heads = [
        'Signer',
        ...(images.length > 1 ? [isEach ? 'Image' : 'Images'] : []),
        'Evidence',
        'Proven time',
    ];
    const caption = 'Signatures and attestations that were verified';
    return `${table(caption, [...heads, isEach ? 'Where it lies' : 'Where the first lies'], cells)}${moreIn(rows.length - mostRows)}`;
}
/** What verified attestations say. */
function attested(images) {
    const rows = images.flatMap(({ reference, signatures }) => (0,distinct/* distinct */.d)(signatures).flatMap(({ verified, attests, statement, identity, keyRef }) => verified && attests !== undefined && statement !== undefined
        ? [
            [
                code(reference),
                code((0,evidence_statement/* shortNameOf */.PI)(attests)),
                code(identity?.subject ?? keyRef),
                html((0,statements/* sentence */.e)(statement)),
            ],
        ]
        : []));
    if (rows.length === 0)
        return '';
    const note = '<p>Who attested this is proven. What they say is their claim: it was read, and not checked.</p>\n';
    const heads = ['Image', 'Type', 'Attested by', 'What they say'];
    return `${note}${table('What verified attestations say', heads, rows.slice(0, mostRows))}${moreIn(rows.length - mostRows)}`;
}
/** The manifests that came out with digests. */
function pinnedManifests({ pinned = [] }, folder) {
    if (folder === undefined || pinned.length === 0)
        return '';
    const rows = pinned.slice(0, mostRows).map(({ file, changed }) => [code(file), html((0,report_text/* digests */.c)(changed))]);
    return `<p>In ${code(folder)}. Only verified images got their digest, and nothing else in them changed.</p>\n${table('Manifests as they came out', ['File', 'Digests'], rows)}${moreIn(pinned.length - mostRows)}`;
}

// EXTERNAL MODULE: ./src/verdict/codes.ts
var codes = __webpack_require__(24423);
// EXTERNAL MODULE: ./src/report/build-reasons.ts
var build_reasons = __webpack_require__(81566);
// EXTERNAL MODULE: ./src/report/near-misses.ts
var near_misses = __webpack_require__(84455);
// EXTERNAL MODULE: ./src/report/outcomes.ts
var outcomes = __webpack_require__(51921);
// EXTERNAL MODULE: ./src/report/place.ts
var place = __webpack_require__(18141);
;// CONCATENATED MODULE: ./src/report/html/failures.ts








/** Of a group: how many are told unfolded, and how many at all. */
const failures_mostOpen = 10;
const mostTold = 500;
const mostPlaces = 10;
const mostMisses = 10;
/** How many images came to what, and whose turn it is; what failed first. */
function glance({ images }) {
    if (images.length < 2)
        return '';
    const rows = (0,outcomes/* groupOutcomes */.zx)(images).map(({ outcome, failure, images: own }) => [
        outcomePill(outcome),
        String(own.length),
        failure === null ? '–' : code(failure.code),
        html(outcome === 'not-checked' ? 'who writes the policies' : (0,words/* party */.Hg)(failure)),
        failure === null ? '–' : html(failure.hint),
    ]);
    const heads = ['Verdict', 'Images', 'Code', 'Whose turn', 'What next'];
    return table('What the images came to, by verdict and code', heads, rows);
}
/** What failed, by verdict and code: why, near misses, where, and what to do. */
function failures(result, anchorOf) {
    const { images, failure } = result;
    const groups = (0,outcomes/* groupOutcomes */.zx)(images).filter((group) => group.failure !== null);
    const isOwn = failure !== null &&
        !groups.some((group) => group.images.some((image) => image.failure?.message === failure.message));
    const own = isOwn ? box(failure, 'undetermined', `<p>${html(failure.message, 4000)}</p>`, 'The run') : '';
    return `${own}${groups.map((group) => ofGroup(group, anchorOf)).join('')}`;
}
function box(failure, outcome, content, title) {
    return `<div class="card-box ${statusOf(outcome)}"><h3>${outcomePill(outcome)} ${html(title)}: ${code(failure.code)}</h3>
<p class="note">${html(codes/* codes */.F4[failure.code].meaning)}</p>
${content}<p class="next"><strong>Next</strong>, ${html((0,words/* party */.Hg)(failure))}: ${html(failure.hint)}</p></div>\n`;
}
function ofGroup({ outcome, failure, images }, anchorOf) {
    if (!failure)
        return '';
    const items = images.slice(0, mostTold).map((image) => `<li>${said(image, anchorOf(image))}</li>\n`);
    const open = `<ul>${items.slice(0, failures_mostOpen).join('')}</ul>\n`;
    const rest = items.slice(failures_mostOpen);
    const more = rest.length === 0 ? '' : folded(`${rest.length} more`, `<ul>${rest.join('')}</ul>\n`);
    const title = images.length === 1 ? '1 image' : `${images.length} images`;
    return box(failure, outcome, `${open}${more}${moreIn(images.length - mostTold)}`, title);
}
function said(image, anchor) {
    const { reference, failure, finding, origins = [] } = image;
    const name = anchor === undefined ? code(reference) : `<a href="#${anchor}">${code(reference)}</a>`;
    const misses = (0,near_misses/* nearMissesOf */.i)(finding);
    const below = [
        ...(0,build_reasons/* furtherReasons */.Q)(image).map((reason) => `Also: ${html(reason)}`),
        ...origins.slice(0, mostPlaces).map((origin) => `At ${code((0,place/* placeText */.Z9)(origin))}`),
        ...(origins.length > mostPlaces ? [`… and at ${origins.length - mostPlaces} more places`] : []),
        ...misses.slice(0, mostMisses).map((miss) => `<strong>Near miss:</strong> ${html(miss)}`),
        ...(misses.length > mostMisses ? [`… and ${misses.length - mostMisses} more near misses`] : []),
    ];
    const list = below.length === 0 ? '' : `<ul>${below.map((one) => `<li>${one}</li>`).join('')}</ul>`;
    return `${name}: ${html((0,report_escape/* brief */.dh)(failure?.message ?? ''))}${list}`;
}
/** Images that nothing is demanded of, where that is allowed. */
function notChecked({ images, policies = [] }) {
    const own = images.filter(({ allowed }) => allowed);
    if (own.length === 0)
        return '';
    const items = own.slice(0, mostTold).map((image) => {
        const [origin] = image.origins ?? [];
        const where = origin === undefined ? '' : ` at ${code((0,place/* placeText */.Z9)(origin))}`;
        return `<li>${code(image.reference)}${where}: ${html((0,place/* whyNotChecked */.P_)(image, policies))}</li>\n`;
    });
    const note = `<p>${pill('exempt', 'not checked')} Nothing is demanded of these. They are not verified.</p>`;
    return `${note}\n<ul>${items.slice(0, failures_mostOpen).join('')}</ul>\n${items.length > failures_mostOpen ? folded(`${items.length - failures_mostOpen} more`, `<ul>${items.slice(failures_mostOpen).join('')}</ul>\n`) : ''}${moreIn(own.length - mostTold)}`;
}

// EXTERNAL MODULE: ./src/report/check-words.ts
var check_words = __webpack_require__(27666);
// EXTERNAL MODULE: ./src/report/tree.ts
var tree = __webpack_require__(87036);
;// CONCATENATED MODULE: ./src/report/html/tree-svg.ts



/** In units of the picture, which is as wide as the page lets it be. */
const width = 1000;
const rowHeight = 50;
const gap = 8;
const indent = 30;
const labelCharacter = 8.1;
const detailCharacter = 6.9;
const wordCharacter = 7.2;
/**
 * The tree as a picture: a card for each requirement, below and right of what it is a part of, with a sign, a word and a
 * colour for what it came to.
 *
 * @param name distinguishes the pictures of a page
 * @param title what the picture is about
 */
function svgTree(root, name, title) {
    const rows = [];
    const collect = (node, depth, parent) => {
        const own = rows.push({ node, text: '', depth, parent }) - 1;
        for (const child of node.children)
            collect(child, depth + 1, own);
        if (node.leftOut !== undefined)
            rows.push({ node: undefined, text: node.leftOut, depth: depth + 1, parent: own });
    };
    collect(root, 0, undefined);
    const height = rows.length * (rowHeight + gap) + gap;
    const lines = rows.map((row, at) => connector(row, at)).join('');
    const cards = rows.map((row, at) => card(row, at)).join('');
    return `<svg class="tree" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${name}-title ${name}-text"><title id="${name}-title">${html(title, 200)}</title><desc id="${name}-text">${html(describe(rows), 2000)}</desc>${lines}${cards}</svg>`;
}
function tree_svg_top(at) {
    return gap + at * (rowHeight + gap);
}
function connector({ node, depth, parent }, at) {
    if (parent === undefined)
        return '';
    const x = (depth - 1) * indent + 20;
    const status = node === undefined || node.idle ? 'exempt' : node.status;
    return `<path class="edge ${status}" d="M${x} ${tree_svg_top(parent) + rowHeight}V${tree_svg_top(at) + rowHeight / 2}H${depth * indent + 4}"/>`;
}
function card({ node, text, depth }, at) {
    const x = depth * indent + 4;
    const y = tree_svg_top(at);
    const room = width - 4 - x;
    if (node === undefined)
        return `<g class="card exempt"><rect x="${x}" y="${y}" width="${room}" height="${rowHeight}" rx="7"/><text class="detail" x="${x + 46}" y="${y + 30}">… ${html(fit(text, room - 60, detailCharacter))}</text></g>`;
    const { status, label, detail, idle, code } = node;
    const word = idle && status !== 'met' ? `${tree/* statusWords */.o7[status]}, not needed` : tree/* statusWords */.o7[status];
    const wordRoom = word.length * wordCharacter + 24;
    const textRoom = room - 46 - wordRoom;
    const failed = code === undefined ? '' : ` · ${code}`;
    return [
        `<g class="card ${idle ? 'idle ' : ''}${status}"><title>${html(`${label}: ${word}. ${detail}`)}</title>`,
        `<rect x="${x}" y="${y}" width="${room}" height="${rowHeight}" rx="7"/>`,
        `<circle cx="${x + 24}" cy="${y + rowHeight / 2}" r="11"/>${sign(status, x + 24, y + rowHeight / 2)}`,
        `<text class="label" x="${x + 46}" y="${y + 21}">${html(fit(`${label}${failed}`, textRoom, labelCharacter))}</text>`,
        `<text class="detail" x="${x + 46}" y="${y + 39}">${html(fit(detail, textRoom, detailCharacter))}</text>`,
        `<text class="word" x="${width - 16}" y="${y + 30}" text-anchor="end">${word}</text></g>`,
    ].join('');
}
/** Drawn, not written: fonts differ in their signs. */
function sign(status, x, y) {
    switch (status) {
        case 'met':
            return `<path class="sign" d="M${x - 5} ${y}l4 4l7 -8"/>`;
        case 'unmet':
            return `<path class="sign" d="M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8"/>`;
        case 'unknown':
            return `<path class="sign" d="M${x - 3.5} ${y - 2.5}a3.5 3.5 0 1 1 5 3.2q-1.5 .8 -1.5 2.3M${x} ${y + 5.8}v.6"/>`;
        case 'exempt':
            return `<path class="sign" d="M${x - 5} ${y}h10"/>`;
    }
}
/** Wide letters of the East take the room of two. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f000}-\u{3ffff}]/u;
function fit(text, room, character) {
    const clean = (0,report_escape/* line */.n8)((0,report_escape/* shorten */.ml)(text, 400));
    let used = 0;
    let kept = '';
    for (const one of clean) {
        used += wide.test(one) ? 2 : 1;
        if (used * character > room - character)
            return `${kept}…`;
        kept += one;
    }
    return clean;
}
/** The same in words, for who does not see it; every check stands below the picture too. */
function describe(rows) {
    const nodes = rows.flatMap(({ node }) => node ?? []);
    const count = (status) => `${nodes.filter((node) => node.status === status).length} ${tree/* statusWords */.o7[status]}`;
    const statuses = ['met', 'unmet', 'unknown', 'exempt'];
    const counts = statuses.map(count).filter((text) => !text.startsWith('0 '));
    const open = nodes.filter(({ status, idle, children }) => status !== 'met' && !idle && children.length === 0);
    const said = open.map(({ label, detail, status }) => ` ${label}: ${tree/* statusWords */.o7[status]}, ${(0,report_escape/* shorten */.ml)(detail, 200)}.`);
    return `${nodes.length} requirements: ${counts.join(', ')}.${said.join('')}`;
}

;// CONCATENATED MODULE: ./src/report/html/images.ts







const images_mostRows = 5000;
const mostOpenRows = 50;
const images_mostPlaces = 3;
/** Pictures of so few images are drawn each; of more, one for each shape. */
const mostDrawnEach = 12;
const mostPictures = 40;
const mostNodes = 40;
const mostNodesOfMany = 30;
const mostChecks = 400;
const deepest = 20;
/** Bytes of all checks in words: a page must open. */
const mostBytes = 16 * 1024 * 1024;
function anchorsOf(images) {
    return new Map((0,outcomes/* imagesWorstFirst */.qg)(images)
        .slice(0, images_mostRows)
        .map((image, at) => [image, `image-${at + 1}`]));
}
/** All images, what failed first; of many those that are verified are folded. */
function imageTable(images, anchors) {
    if (images.length < 2)
        return '';
    const isPlaced = images.some(({ origins }) => origins !== undefined);
    const heads = ['Image', 'Verdict', ...(isPlaced ? ['Where'] : []), 'Digest', 'Signed by'];
    const row = (image) => [
        linked(image, anchors),
        `${outcomePill((0,outcomes/* outcomeOf */.sG)(image))}${image.failure && !image.allowed ? `<br>${code(image.failure.code)}` : ''}`,
        ...(isPlaced ? [places(image)] : []),
        image.digest === null ? '–' : code(image.digest),
        [...new Set((0,vouching/* vouchersOf */.NH)(image).map(({ signer }) => code(signer)))].join('<br>') || '–',
    ];
    const all = (0,outcomes/* imagesWorstFirst */.qg)(images).slice(0, images_mostRows);
    const more = moreIn(images.length - all.length);
    if (all.length <= mostOpenRows)
        return `${table('All images, what failed first', heads, all.map(row))}${more}`;
    const verified = all.filter((image) => (0,outcomes/* outcomeOf */.sG)(image) === 'verified');
    const others = all.filter((image) => (0,outcomes/* outcomeOf */.sG)(image) !== 'verified');
    const open = others.length === 0 ? '' : table('Images that are not verified', heads, others.map(row));
    const fold = table('Images that are verified', heads, verified.map(row));
    return `${open}${verified.length === 0 ? '' : folded(`${verified.length} verified images`, fold)}${more}`;
}
function linked(image, anchors) {
    const anchor = anchors.get(image);
    return anchor === undefined ? code(image.reference) : `<a href="#${anchor}">${code(image.reference)}</a>`;
}
function places({ origins = [] }) {
    const shown = origins.slice(0, images_mostPlaces).map((origin) => code((0,place/* placeText */.Z9)(origin)));
    return ([...shown, ...(origins.length > images_mostPlaces ? [`… and ${origins.length - images_mostPlaces} more`] : [])].join('<br>') || '–');
}
/** How it is known: the tree as a picture, and every check in words below it. */
function* howWeKnow(images, anchors) {
    const [only, ...others] = images;
    if (!only)
        return;
    if (others.length === 0) {
        yield `<div id="image-1">${figure(only, 'tree-1', mostNodes)}${folded('Every check in words', checks(only.finding))}</div>\n`;
        return;
    }
    const drawn = new Map();
    let room = mostBytes;
    let told = 0;
    const verified = images.filter((image) => (0,outcomes/* outcomeOf */.sG)(image) === 'verified').length;
    let isOpen = false;
    for (const [image, anchor] of anchors) {
        const shape = `${image.verdict}\n${(0,tree/* shapeOf */.F5)(image.finding)}`;
        const same = drawn.get(shape);
        const isDrawn = images.length <= mostDrawnEach || (same === undefined && drawn.size < mostPictures);
        if (same === undefined && isDrawn)
            drawn.set(shape, image);
        const picture = isDrawn
            ? figure(image, `tree-${anchor}`, mostNodesOfMany)
            : same
                ? `<p class="note">Its picture is that of <a href="#${String(anchors.get(same))}">${code(same.reference)}</a>, but for names.</p>\n`
                : '';
        const title = `${outcomePill((0,outcomes/* outcomeOf */.sG)(image))} ${code(image.reference)}`;
        const piece = folded(title, `<div id="${anchor}">${picture}${checks(image.finding)}</div>\n`);
        room -= Buffer.byteLength(piece);
        if (room < 0)
            break;
        told++;
        if (images.length > mostOpenRows && !isOpen && (0,outcomes/* outcomeOf */.sG)(image) === 'verified') {
            isOpen = true;
            yield `<details><summary>${verified} verified images</summary>\n`;
        }
        yield piece;
    }
    if (isOpen)
        yield '</details>\n';
    yield moreIn(images.length - told);
}
function figure(image, name, most) {
    const title = `What is asked of ${image.reference}, and what it came to`;
    return `<figure>${svgTree((0,tree/* requirementTree */.I9)(image.finding, most), name, title)}</figure>\n`;
}
/** Every check, as deep and as many as are read by a person. */
function checks(finding) {
    let room = mostChecks;
    const item = (one, depth) => {
        if (room-- <= 0)
            return '';
        const { status, check, message, nearMisses = [], children = [] } = one;
        const failed = 'code' in one ? ` ${code(one.code)}` : '';
        const misses = nearMisses.slice(0, 5).map((miss) => `<li>Near miss: ${html(miss.message)}</li>`);
        const below = depth < deepest ? children.map((child) => item(child, depth + 1)) : [];
        const lower = [...misses, ...below].join('');
        return `<li>${pill(status, tree/* statusWords */.o7[status])}${failed} <strong>${html((0,check_words/* checkWords */.i)(check))}</strong> (${code(check, 200)}): ${html(message, longestText)}${lower === '' ? '' : `<ul>${lower}</ul>`}</li>`;
    };
    const listed = `<ul class="checks">${item(finding, 0)}</ul>\n`;
    return room < 0
        ? `${listed}<p class="note">… and ${-room} more checks or more in the result file.</p>\n`
        : listed;
}

// EXTERNAL MODULE: ./src/report/policy-results.ts
var policy_results = __webpack_require__(66645);
;// CONCATENATED MODULE: ./src/report/html/run.ts




const run_mostRows = 500;
const run_mostOpen = 50;
const mostItems = 200;
const run_statuses = {
    pass: 'met',
    fail: 'unmet',
    warn: 'exempt',
    error: 'unknown',
    skip: 'exempt',
};
/** What each rule says to each image, what matters first. */
function policyTable(rows) {
    if (rows.length === 0)
        return '';
    const cells = (0,policy_results/* worstFirst */.md)(rows)
        .slice(0, run_mostRows)
        .map(({ result, resource, image, message, ...rule }) => [
        code((0,place/* ruleText */.Y3)(rule)),
        pill(run_statuses[result], result),
        [...(resource === undefined ? [] : [(0,place/* resourceText */.s8)(resource)]), image]
            .map((one) => code(one))
            .join('<br>'),
        result === 'pass' ? '–' : html(message),
    ]);
    const heads = ['Rule', 'Result', 'Resource and image', 'What it says'];
    const caption = 'What each rule says to each image, what matters first';
    const open = table(caption, heads, cells.slice(0, run_mostOpen));
    const rest = cells.slice(run_mostOpen);
    const more = rest.length === 0 ? '' : folded(`${rest.length} more`, table('Further results', heads, rest));
    return `<p>${html((0,policy_results/* countsText */.WN)((0,policy_results/* countOutcomes */.XF)(rows)))}</p>\n${open}${more}${moreIn(rows.length - run_mostRows)}`;
}
/** What an auditor asks of the run: keys, policies, trust, hosts, inputs and the program. */
function runFacts({ keys, policyFiles = [], trust, calls, startedAt, finishedAt }, inputs, tool, plan) {
    const asked = (0,distinct/* distinct */.d)(keys).map(({ reference, id, type, sha256, version }) => [
        `${code(reference)}${version === undefined ? '' : ` version ${html(version)}`}`,
        html(type),
        code(id),
        code(sha256),
    ]);
    const read = policyFiles.map(({ file, language, sha256 }) => [code(file), html(language), code(sha256)]);
    const given = Object.entries(inputs).flatMap(([name, value]) => {
        const texts = [value].flat().filter((text) => text !== '');
        return texts.length === 0 ? [] : [[code(name), valuesCell(texts)]];
    });
    const program = [
        ['Program', html(`${tool.name} ${tool.version}`)],
        ['Started and finished', `${html(startedAt)}, ${html(finishedAt)}`],
        ...(tool.sha256 === null ? [] : [['SHA-256 of the program', code(tool.sha256)]]),
        ...(plan === undefined
            ? []
            : [
                [
                    'Plan',
                    `${code(plan.sha256)}, ${plan.shard === undefined ? `all ${plan.of} shards` : `shard ${plan.shard} of ${plan.of}`}`,
                ],
            ]),
        ...(trust === undefined
            ? []
            : [
                ['Trusted root', `${code(trust.name)}, SHA-256 ${code(trust.sha256)}`],
                ...(trust.newestPart === undefined ? [] : [['Its newest part', html(trust.newestPart)]]),
                ...(trust.checkedAt === undefined ? [] : [['Asked at', html(trust.checkedAt)]]),
                ...(trust.expires === undefined ? [] : [['Holds until', html(trust.expires)]]),
            ]),
    ];
    const hosts = calls.slice(0, mostItems).map(({ host, count }) => [code(host), String(count)]);
    return [
        table('The program and what it trusted', ['What', 'Which'], program),
        listed('Keys asked for', ['Key', 'Type', 'Id', 'SHA-256'], asked),
        listed('Policies read', ['File', 'Language', 'SHA-256'], read),
        calls.length === 0
            ? '<p>No host was contacted.</p>\n'
            : `${table('Hosts contacted', ['Host', 'Requests'], hosts)}${moreIn(calls.length - mostItems)}`,
        folded('Inputs as they were used, without secrets', listed('Inputs', ['Name', 'Value'], given)),
    ].join('');
}
function listed(caption, heads, rows) {
    if (rows.length === 0)
        return '';
    return `${table(caption, heads, rows.slice(0, mostItems))}${moreIn(rows.length - mostItems)}`;
}
function valuesCell(texts) {
    const shown = texts.slice(0, 20).map((text) => code(text, 300));
    return [...shown, ...(texts.length > 20 ? [`… and ${texts.length - 20} more`] : [])].join('<br>');
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./src/report/html/style.ts

/** Each pair of ink and ground is told apart by at least 4.5 to 1 (WCAG 2, AA); a test computes it. */
const palettes = {
    light: {
        page: '#ffffff',
        ink: '#1f2328',
        muted: '#59636e',
        line: '#d1d9e0',
        panel: '#f6f8fa',
        link: '#0550ae',
        'met-ink': '#0f5323',
        'met-ground': '#dafbe1',
        'met-edge': '#1a7f37',
        'unmet-ink': '#8c0d20',
        'unmet-ground': '#ffebe9',
        'unmet-edge': '#cf222e',
        'unknown-ink': '#633c01',
        'unknown-ground': '#fff8c5',
        'unknown-edge': '#9a6700',
        'exempt-ink': '#454c54',
        'exempt-ground': '#f0f2f5',
        'exempt-edge': '#6e7781',
    },
    dark: {
        page: '#0d1117',
        ink: '#e6edf3',
        muted: '#9da7b3',
        line: '#30363d',
        panel: '#161b22',
        link: '#79c0ff',
        'met-ink': '#7ee787',
        'met-ground': '#10261a',
        'met-edge': '#2ea043',
        'unmet-ink': '#ffa198',
        'unmet-ground': '#2f1517',
        'unmet-edge': '#f85149',
        'unknown-ink': '#f2cc60',
        'unknown-ground': '#2b2310',
        'unknown-edge': '#bb8009',
        'exempt-ink': '#b1bac4',
        'exempt-ground': '#1c2128',
        'exempt-edge': '#6e7681',
    },
};
function variables(palette) {
    return Object.entries(palette)
        .map(([name, colour]) => `--${name}:${colour};`)
        .join('');
}
const style_statuses = ['met', 'unmet', 'unknown', 'exempt'];
function perStatus(rule) {
    return style_statuses.map(rule).join('\n');
}
const style = `
:root{color-scheme:light dark;${variables(palettes.light)}}
@media (prefers-color-scheme:dark){:root{${variables(palettes.dark)}}}
*{box-sizing:border-box}
body{margin:0;overflow-wrap:anywhere;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
header,main,footer{max-width:1060px;margin:0 auto;padding:0 24px}
h1{font-size:30px;line-height:1.2;margin:0}
h2{font-size:20px;margin:36px 0 10px;padding-bottom:6px;border-bottom:1px solid var(--line)}
h3{font-size:16px;margin:18px 0 6px}
p{margin:6px 0}
a{color:var(--link)}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
pre{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 14px;margin:8px 0;white-space:pre-wrap;user-select:all}
.banner{margin:24px auto 0;border:1px solid;border-left-width:8px;border-radius:10px;padding:22px 24px;display:flex;gap:20px;align-items:flex-start;max-width:1012px}
.banner p{font-size:17px;overflow-wrap:anywhere}
.banner .turn{font-size:15px}
.badge{flex:none;width:54px;height:54px}
.badge circle{fill:currentColor}
.badge path{fill:none;stroke:var(--page);stroke-width:5;stroke-linecap:round;stroke-linejoin:round}
${perStatus((name) => `.banner.${name}{color:var(--${name}-ink);background:var(--${name}-ground);border-color:var(--${name}-edge)}`)}
.facts{display:flex;flex-wrap:wrap;gap:4px 28px;margin:14px 0 0;padding:0;color:var(--muted);font-size:13px}
.facts div{display:flex;gap:6px}
.facts dt::after{content:":"}
.facts dd{margin:0;color:var(--ink);overflow-wrap:anywhere}
.warn{border:1px solid var(--unknown-edge);border-left-width:6px;background:var(--unknown-ground);color:var(--unknown-ink);border-radius:8px;padding:8px 16px;margin:14px 0}
.warn ul{margin:4px 0;padding-left:20px}
.wide{overflow-x:auto;margin:8px 0}
table{border-collapse:collapse;width:100%;font-size:14px}
caption{text-align:left;color:var(--muted);font-size:13px;padding:2px 0 6px}
th,td{text-align:left;vertical-align:top;padding:7px 12px;border:1px solid var(--line);min-width:120px}
th[scope=row]{font-weight:inherit;min-width:190px}
thead th{background:var(--panel)}
.pill{display:inline-block;border:1px solid;border-radius:20px;padding:0 9px;font-size:13px;font-weight:600;white-space:nowrap}
${perStatus((name) => `.pill.${name}{color:var(--${name}-ink);background:var(--${name}-ground);border-color:var(--${name}-edge)}`)}
.card-box{border:1px solid var(--line);border-left:6px solid var(--line);border-radius:8px;padding:6px 16px 10px;margin:12px 0}
${perStatus((name) => `.card-box.${name}{border-left-color:var(--${name}-edge)}`)}
.card-box ul{padding-left:20px;margin:8px 0}
.next{background:var(--panel);border-radius:6px;padding:6px 12px;margin:8px 0}
.note{color:var(--muted);font-size:14px}
details{border:1px solid var(--line);border-radius:8px;padding:0 14px;margin:8px 0}
details[open]{padding-bottom:10px}
summary{cursor:pointer;padding:8px 0;overflow-wrap:anywhere}
figure{margin:10px 0;overflow-x:auto}
.tree{display:block;width:100%;min-width:680px;height:auto;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
.tree rect{stroke-width:1}
.tree .label{font-size:14px;font-weight:600}
.tree .detail{font-size:12px}
.tree .word{font-size:13px;font-weight:600}
.tree text{fill:var(--ink)}
.tree .detail{fill:var(--muted)}
.tree .edge{fill:none;stroke-width:1.5;stroke:var(--line)}
.tree .sign{fill:none;stroke:var(--page);stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
${perStatus((name) => `.tree .card.${name} rect{fill:var(--page);stroke:var(--line)}.tree .card.${name} circle{fill:var(--${name}-edge)}.tree .card.${name} .word{fill:var(--${name}-ink)}`)}
.tree .card.unmet:not(.idle) rect{fill:var(--unmet-ground);stroke:var(--unmet-edge)}
.tree .card.unknown:not(.idle) rect{fill:var(--unknown-ground);stroke:var(--unknown-edge)}
.tree .edge.unmet{stroke:var(--unmet-edge)}
.tree .edge.unknown{stroke:var(--unknown-edge)}
.tree .card.idle rect{stroke-dasharray:4 3}
.tree .card.idle circle{fill:var(--exempt-edge)}
.tree .card.idle .word{fill:var(--exempt-ink)}
.checks,.checks ul{list-style:none;padding-left:16px;margin:4px 0;border-left:1px solid var(--line)}
.checks li{margin:6px 0;overflow-wrap:anywhere}
footer{color:var(--muted);font-size:13px;margin:40px auto 30px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
@media (max-width:640px){header,main,footer{padding:0 12px}.banner{padding:16px;gap:12px;margin:12px}.badge{width:36px;height:36px}h1{font-size:24px}}
@media print{:root{${variables(palettes.light)}}body{font-size:12px}details::details-content{content-visibility:visible;block-size:auto}h2,h3,summary{break-after:avoid}tr,.card-box,.tree{break-inside:avoid}header,main,footer{max-width:none}.banner,.pill,.warn,.tree{print-color-adjust:exact}}
`;
/** Nothing is loaded, nothing runs and nothing is sent; the one style is known by its hash. */
function contentSecurityPolicy() {
    const hash = (0,external_node_crypto_.createHash)('sha256').update(style).digest('base64');
    return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

;// CONCATENATED MODULE: ./src/report/html/page.ts







const mostWarnings = 50;
/**
 * The report for people who were not there: one file that loads nothing and runs nothing, light or dark as its reader has
 * it, in pieces. The verdict first; what failed, whose turn it is and what next; then what to deploy, who vouched for it
 * and how that is known. Everything from outside is escaped and bounded.
 */
function* htmlReport(result, ending, about) {
    const { images, failure, verdict } = result;
    const anchors = anchorsOf(images);
    const name = `${(0,words/* title */.DD)(verdict, failure)} · verify-image`;
    yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${html(name)}</title>
<style>${style}</style>
</head>
<body>
${banner(result, about)}
<main>
${aloud(result, ending)}`;
    yield section('glance', 'At a glance', glance(result));
    yield section('failed', 'What failed', failures(result, (image) => anchors.get(image)));
    yield section('unchecked', 'Not checked', notChecked(result));
    yield section('deploy', 'Deploy by digest', deploy(result, ending));
    yield section('manifests', 'Manifests with digests', pinnedManifests(result, about.pinnedTo));
    yield section('vouched', 'Who vouched for it', vouched(images));
    // Of one image it says all; of many it is what one looks up.
    if (images.length === 1)
        yield* known(images, anchors);
    yield section('images', 'Images', imageTable(images, anchors));
    yield section('policies', 'What the policies say', policyTable(result.policies ?? []));
    yield section('attested', 'What was attested', attested(images));
    if (images.length > 1)
        yield* known(images, anchors);
    yield section('run', 'The run', runFacts(result, about.inputs, about.tool, about.plan));
    yield '</main>\n<footer>Made by verify-image. The whole of it, for programs, is the result file (<code>verify-result.json</code>).</footer>\n</body>\n</html>\n';
}
function* known(images, anchors) {
    yield '<section aria-labelledby="known"><h2 id="known">How we know</h2>\n';
    yield* howWeKnow(images, anchors);
    yield '</section>\n';
}
const badges = {
    verified: 'M15 28l8 9l16 -19',
    rejected: 'M18 18l18 18M36 18l-18 18',
    undetermined: 'M20 21a7 7 0 1 1 10 6.5q-3 1.6 -3 5M27 39.5v.5',
};
function banner(result, { tool }) {
    const { verdict, failure, images, calls, finishedAt } = result;
    const requests = calls.reduce((sum, { count }) => sum + count, 0);
    const facts = [
        ['Images', String(images.length)],
        ['Finished', finishedAt],
        ['Requests', `${requests} to ${calls.length} ${calls.length === 1 ? 'host' : 'hosts'}`],
        ['Program', `${tool.name} ${tool.version}`],
    ];
    const list = facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${html(value)}</dd></div>`).join('');
    return `<header><div class="banner ${statusOf(verdict)}"><svg class="badge" viewBox="0 0 54 54" aria-hidden="true"><circle cx="27" cy="27" r="27"/><path d="${badges[verdict]}"/></svg>
<div><h1>${html((0,words/* title */.DD)(verdict, failure))}</h1>
<p>${html((0,words/* headline */.Pl)(result))}</p>
<p class="turn"><strong>Whose turn:</strong> ${html(`${(0,words/* turn */.wC)(failure)}${(0,words/* alsoTurn */.Px)(result)}`)}</p></div></div>
<dl class="facts">${list}</dl></header>`;
}
/** What must not be overlooked. */
function aloud(result, { letPass }) {
    const { warnings } = result;
    const pass = letPass
        ? `<div class="warn"><p>The step passes because its inputs ask for that. <strong>Not everything is verified:</strong> ${html((0,words/* spared */.A3)(result))}.</p></div>\n`
        : '';
    if (warnings.length === 0)
        return pass;
    const items = warnings.slice(0, mostWarnings).map((warning) => `<li>${html(warning)}</li>\n`);
    return `${pass}<div class="warn"><strong>Warnings</strong>\n<ul>${items.join('')}</ul>\n${moreIn(warnings.length - mostWarnings)}</div>\n`;
}


/***/ })

};
