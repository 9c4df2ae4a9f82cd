export const id = 3962;
export const ids = [3962];
export const modules = {

/***/ 94905:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ readManifestReference)
/* harmony export */ });
/* harmony import */ var _reference_parse_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5411);
/* harmony import */ var _reference_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(71644);


/**
 * Reads an image as a kubelet does: from a registry only, and `latest` where it has neither tag nor digest. A place
 * of another kind (`oci-layout://…`) is refused: a manifest must not make the program read folders.
 */
function readManifestReference(text) {
    const named = isBare(text) ? `${text}:latest` : text;
    const reference = (0,_reference_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .parseReference */ .F)(named);
    if (reference.kind === 'unreadable')
        return (0,_reference_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .unreadable */ .O$)(text, reference.reason);
    if (reference.kind !== 'registry')
        return (0,_reference_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .unreadable */ .O$)(text, 'expected an image in a registry: Kubernetes pulls from nowhere else');
    if (named === text)
        return { reference };
    return { reference, warning: `${text} has no tag: latest is checked, as Kubernetes would pull` };
}
/** Whether neither tag nor digest is in a reference: a colon before a slash belongs to the registry. */
function isBare(text) {
    return text !== '' && !text.includes('@') && !text.slice(text.lastIndexOf('/') + 1).includes(':');
}


/***/ }),

/***/ 37546:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ manifestLimits),
/* harmony export */   s: () => (/* binding */ mostCharacters)
/* harmony export */ });
const mostCharacters = 16 * 1024 * 1024;
/**
 * The bundles of custom resource definitions that operators ship, the largest manifests there are, stay well below:
 * some 4 MiB, 100 000 nodes, 60 levels.
 */
const manifestLimits = {
    documents: 10_000,
    nodes: 1_000_000,
    levels: 256,
    lexemes: 2_000_000,
};


/***/ }),

/***/ 1966:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ parseManifest)
});

// UNUSED EXPORTS: positionOf

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/kubernetes/limits.ts
var limits = __webpack_require__(37546);
;// CONCATENATED MODULE: ./src/kubernetes/json-text.ts

const { documents: mostDocuments, levels: mostLevels, nodes: mostNodes } = limits/* manifestLimits */._;
const literal = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![\w.+-])/y;
const space = /[ \t\r\n]*/y;
/** The documents of a JSON text: one, or several one after another, as `kubectl` takes them. */
function readJson(text) {
    const reading = { text, at: text.startsWith('\uFEFF') ? 1 : 0, nodes: 0 };
    const documents = [];
    for (skip(reading); reading.at < text.length; skip(reading)) {
        if (documents.length === mostDocuments)
            return {
                offset: reading.at,
                isJson: true,
                message: `expected at most ${mostDocuments} documents, got more`,
            };
        const node = readValue(reading, 1);
        if (reading.fault)
            return reading.fault;
        documents.push(node);
    }
    return documents;
}
function skip(reading) {
    space.lastIndex = reading.at;
    space.exec(reading.text);
    reading.at = space.lastIndex;
    return reading.text.charAt(reading.at);
}
function refuse(reading, message, isJson = false, offset = reading.at) {
    reading.fault ??= { offset, message, isJson };
    return { kind: 'scalar', value: null, start: offset, tail: offset };
}
function refuseHere(reading, expected) {
    const got = reading.text.charAt(reading.at);
    return refuse(reading, `expected ${expected}, got ${got === '' ? 'the end of the text' : JSON.stringify(got)}`);
}
function readValue(reading, level) {
    const first = skip(reading);
    if (level > mostLevels)
        return refuse(reading, `expected at most ${mostLevels} levels, got more`, true);
    if (++reading.nodes > mostNodes)
        return refuse(reading, `expected at most ${mostNodes} nodes, got more`, true);
    if (first === '{')
        return readMap(reading, level);
    if (first === '[')
        return readList(reading, level);
    if (first === '"')
        return readText(reading);
    literal.lastIndex = reading.at;
    const found = literal.exec(reading.text);
    if (!found)
        return refuseHere(reading, 'a JSON value');
    const start = reading.at;
    reading.at = literal.lastIndex;
    return { kind: 'scalar', value: JSON.parse(found[0]), start, tail: reading.at };
}
function readText(reading) {
    const start = reading.at;
    let end = start + 1;
    while (end < reading.text.length && reading.text.charAt(end) !== '"') {
        end += reading.text.charAt(end) === '\\' ? 2 : 1;
    }
    try {
        const value = JSON.parse(reading.text.slice(start, end + 1));
        reading.at = end + 1;
        return { kind: 'scalar', value, start, tail: end };
    }
    catch {
        return refuse(reading, 'expected a JSON text, got one with wrong characters or without an end');
    }
}
function readList(reading, level) {
    const start = reading.at++;
    const items = [];
    if (skip(reading) === ']')
        reading.at++;
    else
        do
            items.push(readValue(reading, level + 1));
        while (goesOn(reading, ']'));
    return { kind: 'list', items, start };
}
function readMap(reading, level) {
    const start = reading.at++;
    const entries = new Map();
    if (skip(reading) === '}')
        reading.at++;
    else
        do
            readEntry(reading, entries, level);
        while (goesOn(reading, '}'));
    return { kind: 'map', entries, start };
}
function readEntry(reading, entries, level) {
    if (skip(reading) !== '"') {
        refuseHere(reading, 'a key in double quotes');
        return;
    }
    const key = readText(reading);
    if (reading.fault)
        return;
    const name = String(key.value);
    if (entries.has(name)) {
        refuse(reading, `expected each key once, got ${JSON.stringify(name)} again`, true, key.start);
        return;
    }
    if (skip(reading) !== ':') {
        refuseHere(reading, 'a colon');
        return;
    }
    reading.at++;
    entries.set(name, readValue(reading, level + 1));
}
/** Whether another member follows; ends the collection where none does. */
function goesOn(reading, close) {
    if (reading.fault)
        return false;
    const next = skip(reading);
    if (next !== ',' && next !== close)
        refuseHere(reading, `a comma or ${close}`);
    else
        reading.at++;
    return next === ',';
}

// EXTERNAL MODULE: ./src/kubernetes/node.ts
var kubernetes_node = __webpack_require__(63806);
// EXTERNAL MODULE: ./src/kubernetes/yaml-text.ts + 2 modules
var yaml_text = __webpack_require__(57583);
;// CONCATENATED MODULE: ./src/kubernetes/manifest.ts





/**
 * Reads a manifest as Kubernetes' tools do: YAML with several documents, JSON with one or several, `List` and its
 * typed kin flattened. All that is not empty becomes a resource or a problem; one bad document hides no other.
 *
 * @param file its name, for messages only
 */
function parseManifest(file, text) {
    const lines = (0,kubernetes_node/* lineStarts */._$)(text);
    const found = { file, lines, template: text.includes('{{'), resources: [], problems: [] };
    if (text.length > limits/* mostCharacters */.s) {
        unreadable(found, {
            offset: 0,
            message: `expected at most ${limits/* mostCharacters */.s} characters, got ${text.length}`,
        });
        return { file, text, resources: [], problems: found.problems, roots: [] };
    }
    const documents = readDocuments(file, text);
    const roots = [];
    if (!Array.isArray(documents))
        unreadable(found, documents);
    else
        for (const document of documents) {
            if ('faults' in document)
                for (const fault of document.faults)
                    unreadable(found, fault);
            else {
                roots.push(document.root);
                collect(found, document.root, document.root, (0,kubernetes_node/* plainValue */._y)(document.root), undefined);
            }
        }
    return { file, text, resources: found.resources, problems: found.problems, roots };
}
/** Where a part of a resource stands: at an alias, the anchor that it stands for. */
function positionOf(resource, path) {
    const node = nodeAt(resource.node, path);
    return node === undefined ? undefined : positionAt(resource.lines, node.start);
}
function readDocuments(file, text) {
    if (/^\uFEFF?\s*[[{]/.test(text)) {
        const read = readJson(text);
        if (!('message' in read))
            return read.map((root) => ({ root }));
        if (read.isJson || /\.json$/i.test(file))
            return read;
    }
    return (0,yaml_text/* readYaml */.g)(text);
}
function unreadable({ file, lines, template, problems }, { offset, message }) {
    const hint = template ? ' (the file has {{ in it: render a template before it is checked)' : '';
    problems.push({ kind: 'unreadable', file, ...(0,kubernetes_node/* positionAt */.t$)(lines, offset), message: `${message}${hint}` });
}
/** @param list kind and apiVersion of the list that it is an item of, for items that leave them out */
function collect(found, root, node, object, list) {
    const { file, lines } = found;
    const position = (0,kubernetes_node/* positionAt */.t$)(lines, node.start);
    const given = { kind: (0,kubernetes_node/* entry */.f_)(node, 'kind'), apiVersion: (0,kubernetes_node/* entry */.f_)(node, 'apiVersion') };
    const kind = given.kind === undefined ? (list?.kind ?? '') : ((0,kubernetes_node/* textOf */.b6)(given.kind) ?? '');
    const apiVersion = given.apiVersion === undefined ? (list?.apiVersion ?? '') : ((0,kubernetes_node/* textOf */.b6)(given.apiVersion) ?? '');
    if (node.kind !== 'map' || !(0,json/* isObject */.Gv)(object) || kind === '' || apiVersion === '') {
        const lacks = [kind === '' ? 'no kind' : '', apiVersion === '' ? 'no apiVersion' : ''].filter((one) => one);
        const got = node.kind === 'map' ? lacks.join(' and ') : (0,kubernetes_node/* nameOf */.Vb)(node);
        const message = `expected a Kubernetes resource with kind and apiVersion, got ${got}`;
        found.problems.push({ kind: 'no-resource', file, ...position, message, value: object });
        return;
    }
    const value = given.kind && given.apiVersion ? object : { ...object, apiVersion, kind };
    const items = (0,kubernetes_node/* entry */.f_)(node, 'items');
    if (items?.kind === 'list') {
        collectItems(found, root, items, (0,json/* listField */.FZ)(value, 'items') ?? [], kind, apiVersion);
        if (kind.endsWith('List'))
            return;
    }
    else if (kind === 'List') {
        unreadable(found, { offset: node.start, message: 'expected a List with a list of items, got none' });
        return;
    }
    const metadata = (0,json/* objectField */.qV)(value, 'metadata');
    const namespace = (0,json/* textField */.M8)(metadata, 'namespace');
    const name = (0,json/* textField */.M8)(metadata, 'name');
    const generateName = (0,json/* textField */.M8)(metadata, 'generateName');
    found.resources.push({
        file,
        ...position,
        apiVersion,
        kind,
        labels: (0,json/* texts */.Te)((0,json/* objectField */.qV)(metadata, 'labels')),
        value,
        node,
        root,
        lines,
        ...(namespace !== undefined && namespace !== '' && { namespace }),
        ...(name !== undefined && name !== '' && { name }),
        ...(generateName !== undefined && generateName !== '' && { generateName }),
    });
}
/**
 * `kubectl` takes whatever has `items` for a list of resources. A typed list may leave out what its items are; `List`
 * itself says nothing of them, and of another kind only such items count as are resources by themselves.
 */
function collectItems(found, root, { items }, values, kind, apiVersion) {
    const isTyped = kind.endsWith('List') && kind !== 'List';
    const list = isTyped ? { kind: kind.slice(0, -'List'.length), apiVersion } : undefined;
    for (const [index, item] of items.entries()) {
        if (!kind.endsWith('List') && (0,kubernetes_node/* textOf */.b6)((0,kubernetes_node/* entry */.f_)(item, 'kind')) === undefined)
            continue;
        if (found.resources.length + found.problems.length >= limits/* manifestLimits */._.documents) {
            unreadable(found, {
                offset: item.start,
                message: `expected at most ${limits/* manifestLimits */._.documents} resources, got more`,
            });
            return;
        }
        collect(found, root, item, values[index], list);
    }
}


/***/ }),

/***/ 63806:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   _$: () => (/* binding */ lineStarts),
/* harmony export */   _y: () => (/* binding */ plainValue),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   f_: () => (/* binding */ entry),
/* harmony export */   oB: () => (/* binding */ nodeAt),
/* harmony export */   t$: () => (/* binding */ positionAt)
/* harmony export */ });
/** The entry of a mapping; undefined too where the node is none. */
function entry(node, key) {
    return node?.kind === 'map' ? node.entries.get(key) : undefined;
}
/** The text of a scalar that is one. */
function textOf(node) {
    return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
/** The node at a path, if there is one. */
function nodeAt(node, path) {
    return path.reduce((at, step) => (at?.kind === 'list' ? at.items[Number(step)] : entry(at, String(step))), node);
}
/** What a node is, for a message. */
function nameOf(node) {
    if (node.kind !== 'scalar')
        return node.kind === 'map' ? 'a mapping' : 'a list';
    if (node.value === null)
        return 'nothing';
    return typeof node.value === 'string' ? 'a text' : `the ${typeof node.value} ${String(node.value)}`;
}
/**
 * The plain JSON value of a tree. Parts that an alias repeats are one object in several places, so that it takes no
 * more room than the text; `__proto__` becomes a field like any other.
 */
function plainValue(root) {
    const made = new Map();
    const make = (node) => {
        if (node.kind === 'scalar')
            return node.value;
        if (!made.has(node)) {
            made.set(node, node.kind === 'list'
                ? node.items.map(make)
                : Object.fromEntries([...node.entries].map(([key, value]) => [key, make(value)])));
        }
        return made.get(node);
    };
    return make(root);
}
/** The offsets at which the lines of a text begin. */
function lineStarts(text) {
    const starts = [0];
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1))
        starts.push(end + 1);
    return starts;
}
function positionAt(starts, offset) {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= offset)
            low = middle;
        else
            high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}


/***/ }),

/***/ 53295:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LF: () => (/* binding */ pathText),
/* harmony export */   ST: () => (/* binding */ odd),
/* harmony export */   yv: () => (/* binding */ originOf)
/* harmony export */ });
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63806);

function originOf({ resource, list, container, path, node, parent }) {
    const { file, apiVersion, kind, namespace, name, generateName, lines } = resource;
    const called = name ?? (generateName === undefined ? undefined : `${generateName}*`);
    return {
        file,
        ...(0,_node_js__WEBPACK_IMPORTED_MODULE_0__/* .positionAt */ .t$)(lines, (node ?? parent).start),
        apiVersion,
        kind,
        list,
        path,
        ...(namespace !== undefined && { namespace }),
        ...(called !== undefined && { name: called }),
        ...(container !== undefined && { container }),
    };
}
function odd(kind, place, expected, got) {
    return {
        kind,
        origin: originOf(place),
        message: `expected ${expected} at ${pathText(place.path)}, got ${got}`,
    };
}
/** A path as people write it: `spec.containers[0].image`. */
function pathText(path) {
    const steps = path.map((step) => typeof step === 'number' ? `[${step}]` : /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`);
    return steps.length === 0 ? 'the resource' : steps.join('').replace(/^\./, '');
}


/***/ }),

/***/ 57583:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g: () => (/* binding */ readYaml)
});

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
// EXTERNAL MODULE: ./src/kubernetes/limits.ts
var kubernetes_limits = __webpack_require__(37546);
// EXTERNAL MODULE: ./src/kubernetes/node.ts
var kubernetes_node = __webpack_require__(63806);
;// CONCATENATED MODULE: ./src/kubernetes/scalar.ts
/** The words that are no text for Kubernetes: YAML 1.1's, as go-yaml v2 reads them (its resolve.go). */
const words = new Map([
    ...listed('y Y yes Yes YES true True TRUE on On ON', true),
    ...listed('n N no No NO false False FALSE off Off OFF', false),
    ...listed('~ null Null NULL', null),
    ['', null],
]);
const integer = /^[-+]?(?:0x[0-9a-f]+|0o?[0-7]+|0b[01]+|0|[1-9][0-9]*)$/i;
const scalar_float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?$/i;
const noNumber = /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/;
function listed(text, value) {
    return text.split(' ').map((word) => [word, value]);
}
/**
 * The value of a scalar written without quotes, as Kubernetes' tools read it (sigs.k8s.io/yaml on go-yaml v2): `n`
 * and `on` are booleans, `010` is eight, `1_000` a number, and a date is a text.
 *
 * @returns undefined for what JSON cannot hold: infinity and `.nan`
 */
function readPlainScalar(text) {
    const word = words.get(text);
    if (word !== undefined)
        return word;
    if (noNumber.test(text))
        return undefined;
    if (!/^[-+.0-9]/.test(text))
        return text;
    const digits = text.replaceAll('_', '');
    const value = integer.test(digits) ? readInteger(digits) : scalar_float.test(digits) ? Number(digits) : text;
    return value === Infinity || value === -Infinity ? text : value;
}
function readInteger(digits) {
    const negative = digits.startsWith('-');
    const bare = digits.replace(/^[-+]/, '').toLowerCase();
    const octal = /^0[0-7]/.test(bare) ? `0o${bare.slice(1)}` : bare;
    return negative ? -Number(octal) : Number(octal);
}

;// CONCATENATED MODULE: ./src/kubernetes/yaml-tree.ts



const standard = 'tag:yaml.org,2002:';
const single = { nodes: 1, levels: 1 };
const mostFaults = 20;
/**
 * The tree of a YAML document as Kubernetes' tools read it. What readers of YAML disagree on is a fault: a key twice,
 * a merge key after the key that it would replace (go-yaml v2 replaces, YAML says that it must not), tags.
 */
function readTree(document, text, budget, names) {
    const reading = {
        text,
        budget,
        faults: [],
        anchors: new Map(),
        extents: new Map(),
        names,
        copied: 0,
    };
    const root = readNode(reading, document.contents, document.range[0]);
    if (reading.faults.length > 0)
        return reading.faults;
    const { nodes, levels } = reading.extents.get(root) ?? single;
    budget.nodes -= Math.max(nodes, reading.copied);
    if (budget.nodes < 0)
        return [{ offset: root.start, message: 'expected fewer nodes, got too many (aliases repeat them)' }];
    if (levels > budget.limits.levels)
        return [{ offset: root.start, message: `expected at most ${budget.limits.levels} levels, got ${levels}` }];
    return root;
}
function fault(reading, offset, message) {
    if (reading.faults.length < mostFaults)
        reading.faults.push({ offset, message });
}
function readNode(reading, node, offset) {
    const nothing = { kind: 'scalar', value: null, start: offset, tail: offset };
    if (node === null)
        return nothing;
    if ((0,dist/* isAlias */.Vj)(node)) {
        const target = reading.anchors.get(node.source);
        if (target)
            return target;
        const why = target === null ? `*${node.source} contains itself` : `*${node.source} has no anchor before it`;
        fault(reading, node.range[0], `expected an alias of an earlier anchor: ${why}`);
        return nothing;
    }
    if (node.anchor !== undefined)
        reading.anchors.set(node.anchor, null);
    const read = (0,dist/* isScalar */.jn)(node)
        ? readScalar(reading, node)
        : (0,dist/* isMap */.jh)(node)
            ? readMap(reading, node.items, node.range[0], node.tag)
            : readList(reading, node.items, node.range[0], node.tag);
    if (node.anchor !== undefined)
        reading.anchors.set(node.anchor, read);
    return read;
}
function readScalar(reading, scalar) {
    const { type, tag, range } = scalar;
    // A block that ends with the text has no last line end for go-yaml, and one for the library.
    const isCut = type?.startsWith('BLOCK') && range[1] === reading.text.length && !reading.text.endsWith('\n');
    const source = isCut ? scalar.source.replace(/\n$/, '') : scalar.source;
    const plain = type === 'PLAIN' && tag === undefined;
    const typed = tag !== undefined && /:(?:null|bool|int|float)$/.test(tag) && tag.startsWith(standard);
    if (tag !== undefined && !typed && tag !== `${standard}str`) {
        fault(reading, range[0], `expected no tag, got ${JSON.stringify(tag)}, which readers of YAML disagree on`);
    }
    const value = plain || typed ? readPlainScalar(source) : source;
    if (value === undefined)
        fault(reading, range[0], `expected a number that JSON has, got ${source}`);
    return { kind: 'scalar', value: value ?? null, start: range[0], tail: tailOf(reading.text, type, range) };
}
function tailOf(text, type, range) {
    const [start, end] = range;
    if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE')
        return end - 1;
    if (type === 'PLAIN')
        return end;
    let tail = end;
    while (tail > start && /\s/.test(text.charAt(tail - 1)))
        tail--;
    return tail;
}
function readList(reading, items, start, tag) {
    if (tag !== undefined && tag !== `${standard}seq`)
        fault(reading, start, `expected a list, got ${tag}`);
    const list = {
        kind: 'list',
        start,
        items: items.map((item) => readNode(reading, item, start)),
    };
    measure(reading, list, list.items);
    return list;
}
function readMap(reading, pairs, start, tag) {
    if (tag !== undefined && tag !== `${standard}map`)
        fault(reading, start, `expected a mapping, got ${tag}`);
    const entries = new Map();
    const offsets = reading.names && new Map();
    const early = new Set();
    let merged;
    for (const { key, value } of pairs) {
        if ((0,dist/* isScalar */.jn)(key) && key.source === '<<' && key.type === 'PLAIN' && key.tag === undefined) {
            if (merged)
                fault(reading, key.range[0], 'expected one merge key (<<), got a second one');
            merged = mergedMaps(reading, readNode(reading, value, key.range[1]));
            for (const name of entries.keys())
                early.add(name);
            continue;
        }
        const name = readKey(reading, key);
        if (name === undefined)
            continue;
        const read = readNode(reading, value, key.range[1]);
        if (entries.has(name))
            fault(reading, key.range[0], `expected each key once, got ${JSON.stringify(name)} again`);
        entries.set(name, read);
        offsets?.set(name, key.range[0]);
    }
    // Of several merged mappings the first counts, and what stands in the mapping itself counts before them all.
    for (const map of merged ?? []) {
        for (const [name, node] of map.entries) {
            if (++reading.copied > reading.budget.limits.nodes)
                break;
            const own = entries.get(name);
            if (own === undefined) {
                entries.set(name, node);
                offsets?.set(name, reading.names?.get(map)?.get(name) ?? node.start);
            }
            else if (early.has(name) && own !== node) {
                fault(reading, start, `expected the merge key (<<) before ${JSON.stringify(name)}, which it merges too: readers of YAML disagree which counts`);
            }
        }
    }
    const map = { kind: 'map', entries, start };
    if (reading.names && offsets)
        reading.names.set(map, offsets);
    measure(reading, map, entries.values());
    return map;
}
/** The name of a key; other scalars become texts as for sigs.k8s.io/yaml. */
function readKey(reading, key) {
    const node = readNode(reading, key, 0);
    if (node.kind === 'scalar' && node.value !== null)
        return String(node.value);
    fault(reading, key.range[0], `expected a text as key, got ${(0,kubernetes_node/* nameOf */.Vb)(node)}`);
    return undefined;
}
function mergedMaps(reading, node) {
    const all = node.kind === 'list' ? node.items : [node];
    const maps = all.filter((one) => one.kind === 'map');
    if (maps.length < all.length)
        fault(reading, node.start, 'expected the merge key (<<) to name mappings, got something else');
    return maps;
}
function measure(reading, node, parts) {
    let { nodes, levels } = single;
    for (const part of parts) {
        const extent = reading.extents.get(part) ?? single;
        nodes += extent.nodes;
        levels = Math.max(levels, extent.levels + 1);
    }
    reading.extents.set(node, { nodes, levels });
}

;// CONCATENATED MODULE: ./src/kubernetes/yaml-text.ts



/**
 * Controls, and what only some readers take for the end of a line (go-yaml: CR alone, NEL, LS, PS): a comment of the
 * one would be a key of the other.
 */
const disputed = /[^\P{Cc}\t\n\r]|\r(?!\n)|[\u2028\u2029\uFEFF]/gu;
/**
 * The documents of a YAML text, empty ones left out. The library nests as deep as the text does, on the stack, so
 * that depth is watched token by token before it composes anything.
 *
 * @param names gathers where the names of each mapping stand
 * @returns a fault for a text that cannot be told into documents
 */
function readYaml(text, limits = kubernetes_limits/* manifestLimits */._, names) {
    disputed.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
    const odd = disputed.exec(text);
    if (odd) {
        const code = (odd[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
        return { offset: odd.index, message: `expected text, got the character U+${code}` };
    }
    try {
        return readDocuments(text, limits, names);
    }
    catch (error) {
        return { offset: 0, message: `expected YAML, got what its parser gives up on: ${String(error)}` };
    }
}
/** Each document is read as soon as it is composed: what the library makes of one takes many times the room of its text. */
function readDocuments(text, limits, names) {
    // Keys are compared in readTree: the library compares each with each.
    const composer = new dist/* Composer */.Dk({
        schema: 'failsafe',
        uniqueKeys: false,
        prettyErrors: false,
        logLevel: 'silent',
    });
    const parser = new dist/* Parser */.iX();
    const budget = { nodes: limits.nodes, limits };
    const documents = [];
    let composed = 0;
    const take = (some) => {
        for (const one of some) {
            composed++;
            documents.push(...readDocument(one, text, budget, names));
        }
    };
    let lexemes = 0;
    for (const lexeme of new dist/* Lexer */.JG().lex(text)) {
        for (const token of parser.next(lexeme))
            take(composer.next(token));
        if (++lexemes > limits.lexemes)
            return {
                offset: parser.offset,
                message: `expected at most ${limits.lexemes} words and marks, got more`,
            };
        if (parser.stack.length > limits.levels)
            return { offset: parser.offset, message: `expected at most ${limits.levels} levels, got more` };
        if (composed > limits.documents)
            return { offset: parser.offset, message: `expected at most ${limits.documents} documents, got more` };
    }
    for (const token of parser.end())
        take(composer.next(token));
    take(composer.end(true, text.length));
    return documents;
}
function readDocument(document, text, budget, names) {
    const [error] = document.errors;
    if (error)
        return [{ faults: [{ offset: error.pos[0], message: `expected YAML, got: ${error.message}` }] }];
    const read = readTree(document, text, budget, names);
    if (!('kind' in read))
        return [{ faults: read }];
    return read.kind === 'scalar' && read.value === null ? [] : [{ root: read }];
}


/***/ })

};
