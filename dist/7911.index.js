export const id = 7911;
export const ids = [7911];
export const modules = {

/***/ 87911:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   helpOf: () => (/* binding */ helpOf),
/* harmony export */   overview: () => (/* binding */ overview)
/* harmony export */ });
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31654);
/* harmony import */ var _screen_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24036);


/** The input that each part of the help begins with, in the order of the table. */
const parts = [
    ['images-file', 'Images'],
    ['key', 'Who must have signed'],
    ['attestation-type', 'What must be attested'],
    ['platforms', 'How much of an image'],
    ['insecure-ignore-tlog', 'Logs, times and trusted roots'],
    ['manifests', 'Manifests and policies'],
    ['policy-key', 'Signed build policies'],
    ['registry-username', 'Where images and evidence lie'],
    ['mode', 'The run and its reports'],
];
const widest = 100;
/** What there is, for who does not know the program. */
function overview(version) {
    const longest = Math.max(..._commands_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi.map(({ name }) => name.length));
    return `verify-image ${version}: may this container image be promoted?

Commands:
${_commands_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi.map(({ name, summary }) => `  ${name.padEnd(longest)}  ${summary}`).join('\n')}

Exit: 0 verified, 1 rejected (supply chain), 2 undetermined (infrastructure or configuration)

Examples:
${_commands_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi.flatMap(({ examples: [first] }) => (first === undefined ? [] : `  verify-image ${first}`)).join('\n')}

verify-image COMMAND --help tells of a command and its flags, verify-image --version which version this is.
`;
}
/** How one command is used. */
function helpOf(command, { columns }) {
    const width = Math.min(columns === undefined || columns < 40 ? widest : columns, widest);
    const given = flagsOf(command);
    const own = shownOwn(command);
    const paragraphs = [
        `${command.summary}.`,
        `Usage:\n${command.usage.map((usage) => `  verify-image ${usage}`).join('\n')}`,
        `Examples:\n${command.examples.map((example) => `  verify-image ${example}`).join('\n')}`,
        ...given.map(([title, flags]) => `${title}:\n${flags.map((flag) => flagText(flag, width)).join('\n')}`),
        ...(own.length > 0 ? [`Output:\n${own.map((flag) => flagText(flag, width)).join('\n')}`] : []),
    ];
    return `${paragraphs.join('\n\n')}\n`;
}
/** The inputs that a command has as flags, part by part. */
function flagsOf({ inputs }) {
    const found = [];
    let part = ['Flags', []];
    for (const entry of _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .inputFlags */ .eJ) {
        const title = parts.find(([first]) => first === entry.name)?.[1];
        if (title !== undefined)
            part = [title, []];
        if (title !== undefined)
            found.push(part);
        if (inputs !== undefined && !inputs.includes(entry.name))
            continue;
        part[1].push({
            name: entry.name,
            ...('short' in entry && { short: entry.short }),
            ...('also' in entry && { also: entry.also }),
            ...('switch' in entry && { switch: entry.switch }),
            description: entry.description,
            fallback: 'commandDefault' in entry ? entry.commandDefault : entry.default,
        });
    }
    return found.filter(([, flags]) => flags.length > 0);
}
function shownOwn({ own }) {
    const names = [...own, 'help'];
    return _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .ownFlags */ .Ae.filter(({ name }) => names.includes(name)).map((flag) => ({ ...flag, fallback: '' }));
}
function flagText(flag, width) {
    const names = [
        ...(flag.short === undefined ? [] : [`-${flag.short}`]),
        `--${flag.name}`,
        ...(flag.also === undefined ? [] : [`--${flag.also}`]),
    ].join(', ');
    const { fallback } = flag;
    const hasDefault = fallback !== '' && !(flag.switch && fallback === 'false');
    const text = `${flag.description}${hasDefault ? ` (default ${fallback})` : ''}`;
    return [
        `  ${names}${flag.switch ? '' : ' VALUE'}`,
        ...(0,_screen_js__WEBPACK_IMPORTED_MODULE_1__/* .breakLines */ .bC)(text, width - 6).map((one) => `      ${one}`),
    ].join('\n');
}


/***/ })

};
