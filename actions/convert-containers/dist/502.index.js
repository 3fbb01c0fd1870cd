export const id = 502;
export const ids = [502];
export const modules = {

/***/ 2502:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./lib/sif/index.ts + 10 modules
var lib_sif = __webpack_require__(5212);
;// CONCATENATED MODULE: ./actions/convert-containers/src/availability.ts

const NOTHING = {
    listed: undefined,
    probe: undefined,
    cached: undefined,
    reason: 'it was not looked at'
};
/**
 * Best first: the verdict is the last of those that required stores have. Where files differ users get one all the
 * same, so what is not known or not there is worse.
 */
const ORDER = [
    'present',
    'size-differs',
    'unknown',
    'pending',
    'unreadable',
    'damaged',
    'missing'
];
function judge(containers, views) {
    return containers.map((container) => {
        const alone = views.map((view) => standing(view, container));
        const standings = comparePeers(alone);
        const required = standings.filter(({ store }) => store.required);
        const verdict = required.map(({ state }) => state).reduce(worse, 'present');
        return { container, standings, verdict };
    });
}
function worse(a, b) {
    return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}
function standing(view, container) {
    const { listed: sighted, probe, cached, reason } = view.sightings.get(container.object) ?? NOTHING;
    const base = { store: view.store, cached };
    const told = probe?.state === 'present' && probe.sha256 !== undefined ? { sha256: probe.sha256 } : {};
    const say = (state, bytes, detail) => ({
        ...base,
        ...told,
        state,
        bytes,
        detail
    });
    // What everybody gets is there, whatever an old listing says; a 401 says nothing against it.
    if (sighted === 'absent' && probe?.state !== 'present' && probe?.state !== 'unknown')
        return say('missing', undefined, 'not in the listing');
    const listed = sighted === 'absent' ? undefined : sighted;
    if (probe === undefined) {
        if (listed === undefined)
            return say('unknown', undefined, reason ?? view.listingError ?? 'it could not be asked');
        return listed.bytes === 0 ? say('damaged', 0, 'it is empty') : say('present', listed.bytes, '');
    }
    switch (probe.state) {
        case 'present':
            return present(probe, listed?.bytes, container.architecture, say);
        case 'missing':
            if (listed === undefined)
                return say('missing', undefined, 'its address says 404');
            return say('unreadable', listed.bytes, 'the store lists it, its public address says 404');
        case 'unreadable': {
            const also = listed === undefined ? 'it is private or not there' : 'the object or its segments are private';
            return say('unreadable', listed?.bytes, `a GET without credentials says ${probe.status}: ${also}`);
        }
        case 'unknown':
            return {
                ...say('unknown', listed?.bytes, probe.reason),
                ...(probe.withheld === true ? { withheld: true } : {})
            };
    }
}
function present(probe, listedBytes, wanted, say) {
    const bytes = probe.bytes ?? listedBytes;
    // A page is often sent in chunks, without its length.
    if (isText(probe.head) && (probe.bytes === undefined || probe.bytes !== listedBytes))
        return say('unknown', listedBytes, 'its public address gives a text with status 200, not the object');
    // Something in between answers with nothing; an object that is empty says so by its length.
    const saysNothing = probe.bytes === undefined || listedBytes !== undefined;
    if (probe.head.length === 0 && saysNothing && listedBytes !== 0)
        return say('unknown', listedBytes, 'its public address gives no bytes and no error');
    if (probe.bytes !== undefined && listedBytes !== undefined && probe.bytes !== listedBytes) {
        return say('damaged', probe.bytes, `the store lists ${listedBytes} bytes, its public address gives ${probe.bytes}`);
    }
    try {
        const { fileBytes, architecture } = (0,lib_sif/* parseHeader */.RW)(probe.head);
        if (bytes !== undefined && bytes < fileBytes) {
            return say('damaged', bytes, `it was cut off: ${bytes} of the ${fileBytes} bytes that its header promises`);
        }
        if (!(0,lib_sif/* isFor */.Gi)(architecture, wanted))
            return say('damaged', bytes, `it is for ${architecture}, wanted is ${wanted}`);
    }
    catch (error) {
        if (!(error instanceof lib_sif/* SifError */.ty))
            throw error;
        return say('damaged', bytes, error.message);
    }
    return say('present', bytes, '');
}
/** A page that says that the store is being mended: nothing is known of the object then. A SIF begins with NULs. */
function isText(head) {
    return head.length > 0 && !head.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);
}
/** What only shows when the stores are seen side by side: other files, and bytes that lie elsewhere. */
function comparePeers(standings) {
    const there = standings.filter(({ state }) => state === 'present');
    const required = there.filter(({ store }) => store.required);
    // The required stores are what the others are measured by; without any, each is as good as the next.
    const measure = required.length > 0 ? required : there;
    const elsewhere = measure[0];
    const waiting = standings.find(({ cached }) => cached !== undefined);
    return standings.map((own) => {
        if (own.state === 'present') {
            const group = measure.includes(own) ? measure : [own, ...measure];
            return differ(group) ? { ...own, state: 'size-differs', detail: difference(own, there) } : own;
        }
        if (own.state === 'missing' && own.cached !== undefined) {
            return { ...own, state: 'pending', detail: 'it waits in the cache of this store' };
        }
        if (own.state === 'missing' && elsewhere !== undefined) {
            return { ...own, state: 'pending', detail: `${elsewhere.store.name} has it` };
        }
        if (own.state === 'missing' && waiting !== undefined) {
            return { ...own, state: 'pending', detail: `it waits in the cache of ${waiting.store.name}` };
        }
        return own;
    });
}
function differ(group) {
    return haveOther(group.map(({ bytes }) => bytes)) || haveOther(group.map(({ sha256 }) => sha256));
}
function haveOther(values) {
    return new Set(values.filter((value) => value !== undefined)).size > 1;
}
function difference(own, there) {
    const bySize = haveOther(there.map(({ bytes }) => bytes));
    const fact = (one) => bySize ? `${one.bytes ?? '?'} bytes` : `SHA-256 ${one.sha256?.slice(0, 12) ?? '?'}`;
    const others = there.filter((one) => one !== own).map((one) => `${one.store.name} has ${fact(one)}`);
    return [fact(own), ...others].join(', ');
}

;// CONCATENATED MODULE: ./lib/catalogue/names.ts
/**
 * Names of containers: NAME_VERSION_BUILDDATE. Always read from the right, because since 2026 a NAME may hold
 * underscores and hyphens (neurodesktop-lite_arm64_20260428_20260813). A name ends up in paths, URLs, shell
 * scripts and in file names on CVMFS, so what is not plain is refused here, once.
 */
/** Longest id: with `.simg` and the suffix of a temp file it must fit the 255 bytes of a file name. */
const MAX_NAME_LENGTH = 200;
/** Build dates that are no dates and have been in the catalogue for years; new ones are refused. */
const GRANDFATHERED = ['mrtrix3src_latest_latest'];
const ARCHITECTURES = new Map([
    ['arm64', 'arm64'],
    ['aarch64', 'arm64'],
    ['amd64', 'amd64']
]);
/** Takes `NAME_VERSION_BUILDDATE` apart; undefined when there are not at least three parts. */
function parseContainerName(id) {
    const [image, buildDate] = cutRight(id);
    if (image === '' || buildDate === '')
        return undefined;
    const [before, last] = cutRight(image);
    if (before === '' || last === '')
        return undefined;
    // amico_2.1.0_arm64: the architecture behind the version is a suffix of the image, not a version.
    const suffix = ARCHITECTURES.get(last);
    const [name, version] = suffix === undefined ? [before, last] : cutRight(before);
    if (name === '' || version === '')
        return undefined;
    const [, nameSuffix] = cutRight(name);
    return {
        id,
        image,
        name,
        version,
        buildDate,
        architecture: suffix ?? ARCHITECTURES.get(nameSuffix) ?? 'amd64'
    };
}
/** `latest` stands for a build date in names of years ago. */
function isBuildDate(text) {
    return isDate(text) || text === 'latest';
}
/** True for `NAME_VERSION_BUILDDATE`, plain and with a build date that is one: a container's object can be called so. */
function isContainerName(text) {
    const parsed = unsafeBecause(text) === undefined ? parseContainerName(text) : undefined;
    return parsed !== undefined && isBuildDate(parsed.buildDate);
}
/** Why a text must not become part of a path, a URL or a command; undefined when it is plain. */
function unsafeBecause(text) {
    if (text === '')
        return 'it is empty';
    if (text.length > MAX_NAME_LENGTH)
        return `it has ${text.length} characters, at most ${MAX_NAME_LENGTH} are allowed`;
    const strange = /[^A-Za-z0-9._-]/u.exec(text);
    if (strange !== null) {
        const code = strange[0].codePointAt(0) ?? 0;
        const printable = code > 0x20 && code < 0x7f;
        const shown = printable
            ? `"${strange[0]}"`
            : `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
        return `it has ${shown}; only letters, digits, ".", "_" and "-" are safe in a path, a URL and a shell`;
    }
    if (!/^[A-Za-z0-9]/.test(text))
        return `it begins with "${text[0] ?? ''}"`;
    if (text.includes('..'))
        return 'it has ".."';
    return undefined;
}
/** Why a text cannot be the name of a repository in a registry (OCI distribution, `name`), or undefined. */
function notAnImageBecause(image) {
    if (/[A-Z]/.test(image))
        return 'a registry knows no upper-case names';
    if (!/^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/.test(image)) {
        return 'a registry wants letters and digits, parted by single ".", "_", "__" or "-"';
    }
    return undefined;
}
/** True for YYYYMMDD that is a day of the calendar. */
function isDate(text) {
    const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
    if (match === null)
        return false;
    const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
function cutRight(text) {
    const index = text.lastIndexOf('_');
    return index === -1 ? ['', text] : [text.slice(0, index), text.slice(index + 1)];
}

;// CONCATENATED MODULE: ./lib/catalogue/show.ts
function textOf(member) {
    if (member?.value.kind !== 'scalar' || typeof member.value.value !== 'string')
        return undefined;
    return member.value.value;
}
function isNull(member) {
    return member.value.kind === 'scalar' && member.value.value === null;
}
function isFalse(member) {
    return member?.value.kind === 'scalar' && member.value.value === false;
}
/** A hostile name must not write lines of its own into a log, nor fill it. */
function printable(text) {
    const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
        return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
    });
    return plain.length > 120 ? `${plain.slice(0, 117)}...` : plain;
}
function quote(text) {
    return `"${printable(text)}"`;
}

;// CONCATENATED MODULE: ./lib/catalogue/collection.ts


const DAY = 86_400_000;
class Collection {
    options;
    containers = [];
    refused = [];
    findings = [];
    byObject = new Map();
    byId = new Map();
    names = new Set();
    constructor(options) {
        this.options = options;
    }
    /** It is there, whatever is found out about it. */
    see(name) {
        this.names.add(printable(name));
    }
    add(container) {
        this.see(container.id);
        const other = this.byObject.get(container.object);
        if (other !== undefined) {
            const reason = `it is the same container as ${quote(other.app)} in line ${other.at.line}`;
            return this.refuse(container.id, 'catalogue-duplicate-container', reason, container.at);
        }
        // `image` gives it an object of its own; log.txt knows it by its id alone.
        const twin = this.byId.get(container.id);
        if (twin !== undefined) {
            const reason = `it would have the same line in log.txt as ${quote(twin.app)} in line ${twin.at.line}`;
            return this.refuse(container.id, 'catalogue-duplicate-container', reason, container.at);
        }
        this.remark(container);
        this.byId.set(container.id, container);
        this.byObject.set(container.object, container);
        this.containers.push(container);
    }
    result(broken) {
        const order = (finding) => (finding.place?.line ?? 0) * 1e6 + (finding.place?.column ?? 0);
        return {
            file: this.options.file,
            containers: this.containers,
            refused: this.refused,
            names: [...this.names],
            findings: this.findings.toSorted((a, b) => order(a) - order(b)),
            broken
        };
    }
    refuse(id, kind, reason, at, hint) {
        const shown = printable(id);
        this.refused.push({ id: shown, reason });
        this.find(kind, shown, 'error', `${quote(id)} is refused: ${reason}`, at, hint === undefined ? {} : { hint });
    }
    structure(subject, message, at) {
        this.find('catalogue-structure', printable(subject), 'error', message, at, {});
    }
    find(id, subject, severity, message, at, more) {
        const place = { file: this.options.file, line: at.line, column: at.column };
        this.findings.push({ id, subject: printable(subject), severity, message, ...more, place });
    }
    /** What is odd, but works. */
    remark(container) {
        const { id, image, app, at, buildDate } = container;
        const noImage = notAnImageBecause(image);
        if (noImage !== undefined) {
            const message = `${quote(image)} cannot be the name of an image: ${noImage}`;
            this.find('catalogue-name-no-image', id, 'warning', message, at, {
                hint: 'It can be copied, never converted.'
            });
        }
        const now = this.options.now;
        if (now !== undefined && isDate(buildDate) && buildDate > yyyymmdd(now + 2 * DAY)) {
            this.find('catalogue-date-future', id, 'warning', `its build date ${buildDate} is in the future`, at, {});
        }
        if (/ {2}|^ | $/.test(app)) {
            this.find('catalogue-name-spaces', id, 'warning', `the key ${quote(app)} has more than one space`, at, {});
        }
    }
}
/** Milliseconds since 1970 -> YYYYMMDD, UTC. */
function yyyymmdd(time) {
    return new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
}

;// CONCATENATED MODULE: ./lib/catalogue/json.ts
/**
 * JSON (RFC 8259) with the place of every value, because a finding without a line is a hunt through 4000 lines.
 * It goes on after the mistakes that people make by hand (a comma too few or too many, a key left out), so that one run shows
 * them all; after another mistake what was whole before it is kept; and it sees what JSON.parse hides: keys that stand twice. Key order is kept also for keys that look
 * like numbers, since the order of apps.json is the order of log.txt.
 */
const MAX_DEPTH = 64;
class Broken extends Error {
    at;
    constructor(at, message) {
        super(message);
        this.at = at;
    }
}
/** Reads the whole text; never throws for what the text says. */
function parseJson(text) {
    return new Reader(text).document();
}
/** The plain value of a node. Keys that stand twice: the last value at the first key's position, as in Python. */
function plain(node) {
    if (node.kind === 'scalar')
        return node.value;
    if (node.kind === 'array')
        return node.items.map(plain);
    return Object.fromEntries([...node.members].map(([key, member]) => [key, plain(member.value)]));
}
class Reader {
    text;
    lineStarts = [0];
    position = 0;
    /** The outermost object, from its beginning on: its members are whole one by one. */
    started;
    problems = [];
    duplicateKeys = [];
    constructor(text) {
        this.text = text;
        for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) {
            this.lineStarts.push(index + 1);
        }
    }
    document() {
        let root;
        let cut;
        try {
            if (this.text.startsWith('\uFEFF')) {
                this.problem(0, 'the file begins with a byte order mark, which JSON readers refuse');
                this.position = 1;
            }
            root = this.value(0);
            this.space();
            if (this.position < this.text.length) {
                throw new Broken(this.position, `${this.found()} after the end of the document`);
            }
        }
        catch (error) {
            if (!(error instanceof Broken))
                throw error;
            this.problem(error.at, error.message);
            cut = this.at(error.at);
            root = this.started ?? root;
        }
        return { root, cut, problems: this.problems, duplicateKeys: this.duplicateKeys };
    }
    value(depth) {
        this.space();
        const start = this.position;
        const at = this.at(start);
        const character = this.text[start];
        if (depth > MAX_DEPTH)
            throw new Broken(start, `nested more than ${MAX_DEPTH} deep`);
        if (character === '{') {
            const members = new Map();
            const node = { kind: 'object', at, members };
            if (depth === 0)
                this.started = node;
            this.members(members, depth);
            return node;
        }
        if (character === '[')
            return { kind: 'array', at, items: this.items(depth) };
        if (character === '"')
            return { kind: 'scalar', at, value: this.string() };
        for (const [word, value] of [
            ['true', true],
            ['false', false],
            ['null', null]
        ]) {
            if (this.text.startsWith(word, start)) {
                this.position += word.length;
                return { kind: 'scalar', at, value };
            }
        }
        const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
        number.lastIndex = start;
        const match = number.exec(this.text);
        if (match !== null) {
            this.position += match[0].length;
            return { kind: 'scalar', at, value: Number(match[0]) };
        }
        throw new Broken(start, `expected a value, found ${this.found()}`);
    }
    members(members, depth) {
        this.position++;
        this.sequence('}', 'member of the object', () => {
            if (this.text[this.position] === '{') {
                // A pasted entry whose key was left out: note it, and go on behind it.
                this.problem(this.position, 'a key is missing before this object');
                this.value(depth + 1);
                return;
            }
            if (this.text[this.position] !== '"') {
                throw new Broken(this.position, `expected a key in double quotes, found ${this.found()}`);
            }
            const at = this.at(this.position);
            const key = this.string();
            this.space();
            if (this.text[this.position] !== ':') {
                throw new Broken(this.position, `expected ':' after the key ${JSON.stringify(key)}, found ${this.found()}`);
            }
            this.position++;
            const value = this.value(depth + 1);
            const first = members.get(key);
            if (first !== undefined)
                this.duplicateKeys.push({ key, at, first: first.at });
            members.set(key, { at, value });
        });
    }
    items(depth) {
        const items = [];
        this.position++;
        this.sequence(']', 'item of the list', () => items.push(this.value(depth + 1)));
        return items;
    }
    /** One element after the other up to `close`; a comma too few or too many is noted and passed over. */
    sequence(close, element, read) {
        let afterComma;
        let any = false;
        for (;;) {
            this.space();
            const character = this.text[this.position];
            if (character === close) {
                if (afterComma !== undefined)
                    this.problem(afterComma, `a comma before the closing '${close}'`);
                this.position++;
                return;
            }
            if (character === undefined)
                throw new Broken(this.position, `the text ends before the closing '${close}'`);
            if (character === ',') {
                throw new Broken(this.position, `expected ${element === 'item of the list' ? 'an' : 'a'} ${element}, found ','`);
            }
            if (any && afterComma === undefined) {
                if (!/["{[\w-]/.test(character)) {
                    throw new Broken(this.position, `expected ',' or '${close}', found ${this.found()}`);
                }
                this.problem(this.position, `a comma is missing before this ${element}`);
            }
            read();
            any = true;
            this.space();
            afterComma = this.text[this.position] === ',' ? this.position++ : undefined;
        }
    }
    string() {
        const start = this.position;
        let result = '';
        let from = start + 1;
        for (let index = from;; index++) {
            const code = this.text.charCodeAt(index);
            if (Number.isNaN(code))
                throw new Broken(start, 'a string that is never closed');
            if (code === 0x22) {
                this.position = index + 1;
                return result + this.text.slice(from, index);
            }
            if (code < 0x20) {
                throw new Broken(index, `a ${code === 0x0a ? 'line break' : 'control character'} inside a string`);
            }
            if (code === 0x5c) {
                result += this.text.slice(from, index);
                const [character, length] = this.escape(index);
                result += character;
                index += length - 1;
                from = index + 1;
            }
        }
    }
    escape(index) {
        const letter = this.text[index + 1] ?? '';
        const simple = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[letter];
        if (simple !== undefined)
            return [simple, 2];
        const hex = this.text.slice(index + 2, index + 6);
        if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(hex))
            return [String.fromCharCode(Number.parseInt(hex, 16)), 6];
        throw new Broken(index, `an escape that JSON does not know: \\${letter}`);
    }
    space() {
        while (/[ \t\r\n]/.test(this.text[this.position] ?? ''))
            this.position++;
    }
    found() {
        const character = this.text.codePointAt(this.position);
        if (character === undefined)
            return 'the end of the text';
        return JSON.stringify(String.fromCodePoint(character));
    }
    problem(position, message) {
        this.problems.push({ at: this.at(position), message });
    }
    at(position) {
        let low = 0;
        let high = this.lineStarts.length - 1;
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            if ((this.lineStarts[middle] ?? 0) <= position)
                low = middle;
            else
                high = middle - 1;
        }
        return { line: low + 1, column: position - (this.lineStarts[low] ?? 0) + 1 };
    }
}

;// CONCATENATED MODULE: ./lib/catalogue/read.ts
/**
 * apps.json -> containers. Reads every apps.json of 2025 and 2026: `{tool: {apps: {"NAME VERSION": {version:
 * YYYYMMDD, exec, …}}, categories: […]|null, …}}`; keys that nobody here knows pass. One broken entry is refused
 * by its name and does not stop the others; all that is wrong is told at once, with its line.
 */




function readCatalogue(text, options) {
    return new CatalogueReader(options).read(text);
}
/** The rule of NeuroDesk's own generator of that year. */
function isPrimary(tool, app, rules) {
    if (!app.includes('-'))
        return true;
    if (rules === '2025')
        return false;
    const space = app.lastIndexOf(' ');
    return space !== -1 && app.slice(0, space) === tool;
}
class CatalogueReader {
    options;
    rules;
    into;
    constructor(options) {
        this.options = options;
        this.rules = options.rules ?? '2026';
        this.into = new Collection(options);
    }
    read(text) {
        const document = parseJson(text);
        for (const problem of document.problems) {
            const isLast = problem.at.line === document.cut?.line && problem.at.column === document.cut.column;
            this.into.find('catalogue-syntax', this.options.file, 'error', `not JSON: ${problem.message}${isLast ? '; what follows was not looked at' : ''}`, problem.at, {
                hint: 'Correct the file; nothing is published or deleted by a catalogue that other readers refuse.'
            });
        }
        for (const { key, at, first } of document.duplicateKeys) {
            const message = `the key ${quote(key)} stands twice; the first is in line ${first.line}, readers see only the last`;
            this.into.find('catalogue-duplicate-key', key, 'error', message, at, {
                hint: 'Merge the two or remove one.'
            });
        }
        if (document.root !== undefined)
            this.root(document.root);
        return this.into.result(document.problems.length > 0);
    }
    root(root) {
        if (root.kind !== 'object') {
            this.into.structure(this.options.file, 'the catalogue is not an object of tools', root.at);
            return;
        }
        for (const [tool, member] of root.members)
            this.tool(tool, member);
    }
    tool(tool, { at, value }) {
        this.into.see(tool);
        if (value.kind !== 'object')
            return this.into.structure(tool, `the tool ${quote(tool)} is not an object`, at);
        const apps = value.members.get('apps');
        if (apps === undefined)
            return this.into.structure(tool, `the tool ${quote(tool)} has no "apps"`, at);
        if (apps.value.kind !== 'object') {
            return this.into.structure(tool, `"apps" of ${quote(tool)} is not an object`, apps.at);
        }
        const categories = this.categories(tool, value.members.get('categories'));
        const hidden = isFalse(value.members.get('show_in_applist'));
        for (const [app, entry] of apps.value.members)
            this.app(tool, app, entry, categories, hidden);
    }
    categories(tool, member) {
        // Null and absent are old habits that the generators accept.
        if (member === undefined || isNull(member))
            return [];
        if (member.value.kind !== 'array') {
            this.into.structure(tool, `"categories" of ${quote(tool)} is not a list`, member.at);
            return [];
        }
        return member.value.items.flatMap((item) => {
            if (item.kind !== 'scalar' || typeof item.value !== 'string') {
                this.into.structure(tool, `a category of ${quote(tool)} is not a text`, item.at);
                return [];
            }
            const bad = /[,\p{Cc}[\]]/u.exec(item.value);
            if (bad === null && item.value.trim() === item.value && item.value !== '')
                return [item.value];
            // log.txt parts categories by commas and lines by line breaks, and loses brackets and edges.
            this.into.find('catalogue-category', tool, 'error', `the category ${quote(item.value)} of ${quote(tool)} cannot be written to log.txt`, item.at, { hint: 'No commas, brackets, control characters or spaces at its ends, and not empty.' });
            return [];
        });
    }
    app(tool, app, entry, categories, toolHidden) {
        this.into.see(app);
        const { at, value } = entry;
        if (value.kind !== 'object') {
            return this.into.refuse(app, 'catalogue-structure', 'its entry is not an object', at);
        }
        const exec = value.members.get('exec');
        const version = value.members.get('version');
        const execText = textOf(exec);
        if (exec !== undefined && execText === undefined)
            this.into.structure(app, `"exec" of ${quote(app)} is not a text`, exec.at);
        const primary = isPrimary(tool, app, this.rules);
        this.comparePrimary(app, primary, execText, at);
        if (!primary) {
            if (version === undefined || textOf(version) === undefined) {
                this.into.structure(app, `${quote(app)} has no "version" (its build date)`, at);
            }
            return;
        }
        const buildDate = textOf(version);
        if (buildDate === undefined) {
            return this.into.refuse(app, 'catalogue-structure', 'it has no "version" (its build date, YYYYMMDD, as a text)', at);
        }
        const ownHidden = value.members.get('show_in_applist');
        const hidden = ownHidden === undefined ? toolHidden : isFalse(ownHidden);
        this.container({ tool, app, buildDate, categories, hidden, at }, value.members.get('image'));
    }
    container(entry, imageMember) {
        const { app, buildDate, at } = entry;
        const id = `${app.replaceAll(' ', '_')}_${buildDate}`;
        const unsafe = unsafeBecause(id);
        if (unsafe !== undefined)
            return this.into.refuse(id, 'catalogue-name-unsafe', unsafe, at);
        const parsed = app.includes(' ') ? parseContainerName(id) : undefined;
        if (parsed === undefined) {
            return this.into.refuse(id, 'catalogue-name-unsafe', 'its key is not "NAME VERSION"', at);
        }
        let image = parsed.image;
        let architecture = parsed.architecture;
        if (imageMember !== undefined) {
            const given = textOf(imageMember);
            const reason = given === undefined ? 'it is not a text' : unsafeBecause(given);
            if (given === undefined || reason !== undefined) {
                return this.into.refuse(id, 'catalogue-name-unsafe', `its "image" is not usable: ${reason ?? ''}`, imageMember.at);
            }
            image = given;
            architecture = parseContainerName(`${image}_${buildDate}`)?.architecture ?? architecture;
        }
        if (!isDate(buildDate) && !GRANDFATHERED.includes(id)) {
            const hint = 'The build date is YYYYMMDD, a day of the calendar.';
            return this.into.refuse(id, 'catalogue-date', `its build date ${quote(buildDate)} is no date`, at, hint);
        }
        const container = {
            ...parsed,
            ...entry,
            id,
            image,
            architecture,
            object: `${image}_${buildDate}`
        };
        this.into.add(container);
    }
    /** `exec: ""` marks a container in all real catalogues; where the rule by name says otherwise, one is wrong. */
    comparePrimary(app, primary, exec, at) {
        if (exec === undefined || primary === (exec === ''))
            return;
        const message = primary
            ? `${quote(app)} counts as a container by its name, but has an "exec" like a menu item`
            : `${quote(app)} has no "exec" like a container, but its hyphen makes it a menu item: it is not in log.txt`;
        this.into.find('catalogue-primary-unclear', app, 'warning', message, at, {
            hint: 'Menu items are "LABEL-TOOL VERSION" with an exec; containers are "TOOL VERSION" with an empty one.'
        });
    }
}

;// CONCATENATED MODULE: ./lib/catalogue/log.ts
/** log.txt -> containers: names and categories are all that it has. */


/**
 * The same out of a log.txt, which has names and categories only. What is no line of it is refused by its number.
 */
function readCatalogueLog(text, options) {
    const into = new Collection(options);
    text.split('\n').forEach((line, index) => {
        const at = { line: index + 1, column: 1 };
        const [, id = '', categories = ''] = /^\s*(\S+)(?:\s+categories:(.*))?$/.exec(line) ?? [];
        if (line.trim() === '')
            return;
        const parsed = parseContainerName(id);
        const unsafe = unsafeBecause(id) ?? (parsed === undefined ? 'it is not NAME_VERSION_BUILDDATE' : undefined);
        if (parsed === undefined || unsafe !== undefined) {
            into.refuse(id === '' ? line : id, 'catalogue-name-unsafe', unsafe ?? '', at);
            return;
        }
        const names = categories.split(',').map((name) => name.trim());
        const entry = {
            tool: parsed.name,
            app: `${parsed.name} ${parsed.version}`,
            categories: names.filter((name) => name !== ''),
            hidden: false,
            at
        };
        into.add({ ...parsed, ...entry, object: id });
    });
    return into.result(false);
}
/** A log.txt by its first line; everything else is read as apps.json. */
function isLog(text) {
    return /^\s*[\w.-]+_[\w.-]+ categories:/.test(text);
}

;// CONCATENATED MODULE: ./lib/catalogue/write.ts
/** `NAME_VERSION_BUILDDATE categories:(CATEGORY,)*`, one line a container, in the order of the catalogue. */
function writeLog(containers) {
    return (containers
        .map(({ id, categories }) => `${id} categories:${categories.map((category) => `${category},`).join('')}`)
        // sed strips the edges, so a last category ends with its comma and an empty list with the colon.
        .map((line) => `${line.trim()}\n`)
        .join(''));
}
/** json.dump(sort_keys, indent=4, ensure_ascii), no line break at the end. */
function writeAppList(containers) {
    const list = containers
        .filter(({ hidden }) => !hidden)
        .map(({ id, categories }) => ({
        application: id,
        // The generator splits at white space and joins with one space, and splits an empty text into [""].
        categories: categories.length === 0 ? [''] : categories.map((category) => category.split(/\s+/).join(' '))
    }));
    return ascii(JSON.stringify({ list }, undefined, 4));
}
/** Names in a log.txt, in its order; empty lines pass. Throws with the line's number for what is no such line. */
function readLog(text, file) {
    return text.split('\n').flatMap((line, index) => {
        const trimmed = line.trim();
        if (trimmed === '')
            return [];
        const match = /^([^\s]+_[^\s_]+)(?:\s+categories:.*)?$/.exec(trimmed);
        if (match?.[1] === undefined) {
            throw new Error(`${file}, line ${index + 1}: expected "NAME_VERSION_BUILDDATE categories:…"`);
        }
        return [match[1]];
    });
}
function ascii(json) {
    return json.replace(/[\u007f-\uffff]/g, (unit) => {
        // Python leaves DEL alone.
        return unit === '\u007f' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
}

;// CONCATENATED MODULE: ./lib/catalogue/compare.ts
/** More than the greater of 10 containers and 5 % gone at once is an accident until somebody says otherwise. */
const SHRINK_COUNT = 10;
const SHRINK_SHARE = 0.05;
function compareCatalogues(base, now) {
    const before = newest(base.containers);
    const after = newest(now.containers);
    const place = { file: now.file };
    const findings = [];
    const rebuilt = [];
    for (const [key, to] of after) {
        const from = before.get(key);
        if (from === undefined || from.buildDate === to.buildDate)
            continue;
        if (to.buildDate < from.buildDate) {
            findings.push({
                id: 'catalogue-date-regression',
                subject: to.id,
                severity: 'error',
                message: `its build date goes back from ${from.buildDate} to ${to.buildDate}`,
                hint: 'Take the newer date, or say in the pull request why the older build is wanted.',
                place: { ...place, line: to.at.line, column: to.at.column }
            });
        }
        else {
            rebuilt.push({ from, to });
        }
    }
    const removed = [...before].filter(([key]) => !after.has(key)).map(([, container]) => container);
    // Of a file that cannot be read nobody knows what is in it.
    for (const container of now.broken ? [] : removed) {
        findings.push({
            id: 'catalogue-removed',
            subject: container.id,
            severity: 'warning',
            message: `it is no longer in the catalogue; its object goes with the next retention when it was uploaded long enough ago`,
            hint: 'Put it back, or list it in the retention’s `keep` when somebody cites it.',
            place
        });
    }
    const shrunken = removed.length > Math.max(SHRINK_COUNT, before.size * SHRINK_SHARE);
    if (shrunken) {
        findings.push({
            id: 'catalogue-shrunken',
            subject: now.file,
            severity: 'error',
            message: `${removed.length} of ${before.size} containers are gone at once`,
            hint: 'Look whether the file was cut off or badly merged.',
            place
        });
    }
    const added = [...after].filter(([key]) => !before.has(key)).map(([, container]) => container);
    const known = new Set(base.containers.map(({ object }) => object));
    const changed = now.containers.filter(({ object }) => !known.has(object));
    return { added, removed, rebuilt, changed, findings, shrunken };
}
function newest(containers) {
    const result = new Map();
    for (const container of containers) {
        const other = result.get(container.image);
        if (other === undefined || other.buildDate < container.buildDate)
            result.set(container.image, container);
    }
    return result;
}

;// CONCATENATED MODULE: ./lib/catalogue/index.ts
/** NeuroDesk's catalogue: apps.json, the containers in it, and the files that are written from it. */







// EXTERNAL MODULE: ./lib/failure/index.ts + 1 modules
var failure = __webpack_require__(4259);
;// CONCATENATED MODULE: ./actions/convert-containers/src/base.ts
/** The catalogue as it was before, as the guard over the one of now: apps.json of an earlier commit, or a log.txt. Pure. */

/**
 * Why not, when it cannot be read or has no containers: nothing is ever gone against such a one. `mayBeEmpty`: a good
 * catalogue without any is one against which all is new.
 */
function compareWithBase({ text, file }, now, mayBeEmpty = false) {
    const named = isLog(text);
    const base = named ? readCatalogueLog(text, { file }) : readCatalogue(text, { file });
    const isEmpty = base.containers.length === 0 && !(mayBeEmpty && !named && base.findings.length === 0);
    if (base.broken || isEmpty)
        return `${file}: ${base.findings[0]?.message ?? 'it has no containers'}`;
    if (!named)
        return compareCatalogues(base, now);
    const comparison = compareCatalogues(base, byName(now));
    const changed = new Set(comparison.changed.map(({ id }) => id));
    return { ...comparison, changed: now.containers.filter(({ id }) => changed.has(id)) };
}
/** A log.txt has names alone, and nothing of an `image=` that an entry takes in the place of its own. */
function byName(catalogue) {
    const containers = catalogue.containers.map((container) => ({
        ...container,
        image: parseContainerName(container.id)?.image ?? container.image
    }));
    return { ...catalogue, containers };
}

// EXTERNAL MODULE: ./actions/convert-containers/src/select.ts
var src_select = __webpack_require__(6690);
// EXTERNAL MODULE: ./lib/http/index.ts + 4 modules
var http = __webpack_require__(2717);
// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var retry = __webpack_require__(2751);
;// CONCATENATED MODULE: ./actions/convert-containers/src/source.ts
/** Texts that are given by path or URL. */




const MAX_BYTES = 16 * 1024 * 1024;
const MAX_HOPS = 5;
/** @throws InputError for a file that cannot be read, TransientError or HttpStatusError for a URL. */
async function readSource(input, source, ports) {
    if (/^https?:\/\//i.test(source))
        return { text: await download(source, ports), file: source };
    const absolute = external_node_path_default().resolve(ports.runner.workspace, source);
    try {
        const { size } = await ports.fs.stat(absolute);
        if (size > MAX_BYTES)
            throw new Error(`${size} bytes, at most ${MAX_BYTES} are read`);
        const text = await ports.fs.readFile(absolute, 'utf8');
        const relative = external_node_path_default().relative(ports.runner.workspace, absolute);
        return { text, file: relative.startsWith('..') ? absolute : relative };
    }
    catch (error) {
        throw new failure/* InputError */.dz([
            { input, given: source, allowed: 'a file that can be read', fix: (0,failure/* messageOf */.bD)(error) }
        ]);
    }
}
async function download(source, ports) {
    const { clock, log } = ports;
    const response = await (0,retry/* retry */.L5)(`GET ${source}`, async () => await follow(source, ports), {
        classify: retry/* classifyHttp */.d3,
        clock,
        log,
        signal: ports.runner.signal
    });
    return response;
}
async function follow(source, ports) {
    let url = source;
    for (let hop = 0; hop < MAX_HOPS; hop++) {
        const response = await ports.http.request(url, { maxBytes: MAX_BYTES, signal: ports.runner.signal });
        const location = response.headers['location'];
        if (response.status < 300 || response.status > 399 || location === undefined) {
            return (0,http/* expectStatus */.oi)(response).body.toString('utf8');
        }
        const next = new URL(location, url);
        if (url.startsWith('https:') && next.protocol !== 'https:')
            throw new Error(`${url} redirects to plain HTTP`);
        url = next.href;
    }
    throw new Error(`${source} redirects more than ${MAX_HOPS} times`);
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/catalogues.ts
/** The catalogue as it is and as it was, and which of its containers are meant. */





async function readCatalogues(inputs, ports) {
    const { text, file } = await readSource('catalogue', inputs.catalogue, ports);
    const named = isLog(text);
    if (named && (inputs.mode === 'publish' || inputs.mode === 'all' || inputs.mode === 'retain')) {
        const allowed = `apps.json with mode ${inputs.mode}`;
        throw new failure/* InputError */.dz([{ input: 'catalogue', given: `${file}, a log.txt`, allowed }]);
    }
    const options = { file, now: ports.clock.now() };
    const catalogue = named ? readCatalogueLog(text, options) : readCatalogue(text, options);
    ports.log.info(`${file}: ${catalogue.containers.length} containers, ${catalogue.refused.length} entries refused`);
    if (inputs.baseCatalogue === '')
        return { catalogue, text, comparison: undefined, baseUnknown: undefined };
    const base = await readBase(inputs, ports);
    const unknown = (why) => {
        ports.log.info(`what has changed is not known: ${why}`);
        return { catalogue, text, comparison: undefined, baseUnknown: why };
    };
    if (typeof base === 'string')
        return unknown(base);
    const comparison = compareWithBase(base, catalogue, inputs.only === src_select/* CHANGED */.Rj);
    if (typeof comparison === 'string') {
        if (inputs.only === src_select/* CHANGED */.Rj)
            return unknown(comparison);
        if (inputs.mode === 'retain') {
            const allowed = 'apps.json or log.txt of before, which can be read and has containers';
            throw new failure/* InputError */.dz([{ input: 'base-catalogue', given: comparison, allowed }]);
        }
        // Whoever repairs a broken catalogue has it as the base.
        ports.log.warning(`nobody knows what was there before: ${comparison}`);
        return { catalogue, text, comparison: undefined, baseUnknown: undefined };
    }
    ports.log.info(`against ${base.file}: ${comparison.added.length} new, ${comparison.rebuilt.length} rebuilt, ${comparison.removed.length} gone`);
    return { catalogue, text, comparison, baseUnknown: undefined };
}
/**
 * The catalogue as it was before, or why it cannot be read. Where it says what is meant, nothing may be concluded
 * then: that everything is new as little as that nothing is.
 */
async function readBase(inputs, ports) {
    try {
        return await readSource('base-catalogue', inputs.baseCatalogue, ports);
    }
    catch (error) {
        if (inputs.only !== src_select/* CHANGED */.Rj || ports.runner.signal.aborted)
            throw error;
        return (0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? '';
    }
}
/** @throws FindingError for a catalogue that nothing may be changed by */
function expectWhole(catalogue) {
    if (!catalogue.broken)
        return;
    const places = catalogue.findings
        .filter(({ id }) => id === 'catalogue-syntax')
        .map(({ place, message }) => `${catalogue.file}:${place?.line ?? 0}:${place?.column ?? 0}: ${message}`);
    throw new failure/* FindingError */.Yv(['the catalogue is no JSON, nothing is changed by it', ...places].join('\n'));
}
/** @throws FindingError when `only` names what the catalogue does not have */
function chosen({ catalogue, comparison }, inputs, log) {
    if (inputs.only === '')
        return catalogue.containers;
    if (inputs.only === src_select/* CHANGED */.Rj) {
        const changed = comparison?.changed ?? [];
        log.info(`${changed.length} of them are new or changed`);
        return changed;
    }
    const only = (0,src_select/* parseOnly */.Qu)(inputs.only);
    const selection = (0,src_select/* select */.Lt)('patterns' in only ? only.patterns : []);
    const unmatched = selection.unmatched(catalogue.containers);
    if (unmatched.length > 0)
        throw new failure/* FindingError */.Yv(`the catalogue has nothing that \`only\` names: ${unmatched.join(', ')}`);
    const containers = catalogue.containers.filter((container) => selection.matches(container));
    log.info(`${containers.length} of them are meant`);
    return containers;
}

// EXTERNAL MODULE: ./actions/convert-containers/src/inputs.ts
var src_inputs = __webpack_require__(7191);
// EXTERNAL MODULE: ./lib/action/index.ts + 24 modules
var action = __webpack_require__(2459);
;// CONCATENATED MODULE: ./lib/github/failures.ts
/** GitHub's refusals, told to people: what was asked, why not, and which permission is missing. */



/** GitHub said no: the token, a permission, an unknown name. The caller's mistake, with what to do about it. */
class Refused extends failure/* InputError */.dz {
    status;
    constructor(status, problem) {
        super([problem]);
        this.status = status;
    }
}
/** GitHub found the request itself wrong (409, 422). `details` is what it said, field by field. */
class Rejected extends Error {
    name = 'Rejected';
    status;
    details;
    constructor(what, status, details) {
        super(`${what}: GitHub answered ${status}: ${details}`);
        this.status = status;
        this.details = details;
    }
}
/** A branch is no longer where it was when the change was planned. */
class Moved extends Error {
    name = 'Moved';
}
/** A file that is no text of ours: larger than what is read. */
class TooLarge extends Error {
    name = 'TooLarge';
}
function isRequestFailure(error) {
    return (error instanceof Error &&
        'status' in error &&
        typeof error.status === 'number' &&
        !(error instanceof failure/* InputError */.dz));
}
/**
 * Transient or not. `repeatable`: doing it twice is the same as doing it once; otherwise only a failure that surely
 * had no effect (a limit, no connection) is tried again.
 */
function failures_judge(error, now, repeatable) {
    const transport = transportError(error);
    if (transport !== undefined) {
        const judgement = (0,retry/* classifyGitHub */.Id)(transport, now);
        return repeatable || transport.kind === 'refused' || transport.kind === 'dns'
            ? judgement
            : { kind: 'final' };
    }
    const judgement = (0,retry/* classifyGitHub */.Id)(error, now);
    if (repeatable || !isRequestFailure(error) || error.status < 500)
        return judgement;
    return { kind: 'final' };
}
/** True when nobody can know whether the request had its effect. */
function isUnclear(error) {
    const transport = transportError(error);
    if (transport !== undefined)
        return ['reset', 'timeout', 'protocol'].includes(transport.kind);
    return isRequestFailure(error) && error.status >= 500;
}
/** octokit wraps what its fetch threw, and calls it a 500. */
function transportError(error) {
    if (error instanceof http/* HttpError */.j$)
        return error;
    return error instanceof Error && error.cause instanceof http/* HttpError */.j$ ? error.cause : undefined;
}
/** The failure in the house's kinds. `app`: the one who asked, when it was no token that was given. */
function explain(what, error, app) {
    const transport = transportError(error);
    if (transport !== undefined) {
        return transport.kind === 'cancelled' ? transport : new failure/* TransientError */.N_(what, 1, 0, transport);
    }
    if (!isRequestFailure(error))
        return error;
    const headers = error.response?.headers ?? {};
    const said = (0,failure/* messageOf */.bD)(error).replace(/ - https:\/\/docs\.github\.com\S*$/, '');
    const { status } = error;
    const who = app === undefined ? { input: 'token', given: '***' } : { input: 'app-id', given: app.id };
    if (status === 401) {
        return new Refused(401, {
            ...who,
            allowed: app === undefined ? 'a token that GitHub accepts' : 'an App whose tokens GitHub accepts',
            fix: app === undefined
                ? `${what} was answered 401 (${said}); the token is wrong, revoked or expired. ` +
                    'A run that takes longer than a token lasts needs `app-id` and `app-private-key`'
                : `${what} was answered 401 (${said}), with a new token as well`
        });
    }
    if ((status === 403 || status === 429) &&
        (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined)) {
        const reset = Number(headers['x-ratelimit-reset']);
        const until = Number.isFinite(reset) ? `, until ${new Date(reset * 1000).toISOString()}` : '';
        return new failure/* TransientError */.N_(what, 1, 0, new Error(`rate limit of GitHub${until}: ${said}`));
    }
    if (status === 403) {
        const needed = headers['x-accepted-github-permissions'];
        const permissions = needed === undefined ? 'the permission for it' : needed.replaceAll('=', ': ');
        return new Refused(403, {
            ...who,
            allowed: app === undefined ? `a token with ${permissions}` : `an App with ${permissions}`,
            fix: app === undefined
                ? `${what} was answered 403 (${said}); add it to \`permissions:\` of the job, or give a token that has it`
                : `${what} was answered 403 (${said}); add it to the App's permissions, and accept them where it is installed`
        });
    }
    if (status === 404) {
        return new Refused(404, {
            ...who,
            allowed: app === undefined
                ? 'a token that sees the repository, and names that exist in it'
                : 'an App that sees the repository, and names that exist in it',
            fix: `${what} was answered 404`
        });
    }
    if (status === 409 || status === 422)
        return new Rejected(what, status, said);
    if (status >= 500)
        return new failure/* TransientError */.N_(what, 1, 0, error);
    return error;
}

;// CONCATENATED MODULE: ./lib/github/tokens.ts


/** The token as it was given: when GitHub refuses it, there is no other. */
function givenToken(token) {
    return { current: async () => await Promise.resolve(token === '' ? undefined : token) };
}
/**
 * Tokens of the App's installation, each for this repository alone and with all that the App may do there.
 * `asApp` is an octokit that signs as the App.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation
 */
function installationTokens(asApp, at, app, log) {
    const name = `${at.owner}/${at.repo}`;
    let installation;
    let newest = '';
    const find = async () => {
        const octokit = await asApp();
        try {
            return (await octokit.rest.apps.getRepoInstallation(at)).data.id;
        }
        catch (error) {
            // Asked again by the next request: a repository that is added to the installation meanwhile is found then.
            installation = undefined;
            throw refusedAsApp(`the installation on ${name}`, error, app, name);
        }
    };
    const fetchToken = async (refresh) => {
        const installationId = await (installation ??= find());
        const octokit = await asApp();
        try {
            const made = (await octokit.auth({
                type: 'installation',
                installationId,
                repositoryNames: [at.repo],
                refresh
            }));
            if (made.token !== newest)
                log.mask(made.token);
            newest = made.token;
            return newest;
        }
        catch (error) {
            // An App that was installed anew has another number.
            installation = undefined;
            throw refusedAsApp(`a token for ${name}`, error, app, name);
        }
    };
    let renewing;
    return {
        current: async () => await (renewing ?? fetchToken(false)),
        renew: async (refused) => {
            // Requests that were refused together share one new token.
            if (refused !== newest)
                return newest;
            log.debug(`GitHub refused the token for ${name}; asking for a new one`);
            renewing ??= fetchToken(true).finally(() => (renewing = undefined));
            return await renewing;
        }
    };
}
/**
 * Asks with the current token, and once more with a new one when GitHub answers 401 and there is one to be had. A
 * request that was answered 401 had no effect, so that writes are asked again as well.
 */
async function withToken(tokens, ask) {
    const token = await tokens.current();
    if (token === undefined)
        return await ask({});
    try {
        return await ask({ authorization: `token ${token}` });
    }
    catch (error) {
        if (tokens.renew === undefined || !isRequestFailure(error) || error.status !== 401)
            throw error;
        return await ask({ authorization: `token ${await tokens.renew(token)}` });
    }
}
/** What the App itself was refused, as a problem of its inputs: a 404 here says nothing of what was looked for. */
function refusedAsApp(what, error, app, repository) {
    if (!isRequestFailure(error))
        return error;
    const said = (0,failure/* messageOf */.bD)(error).replace(/ - https:\/\/docs\.github\.com\S*$/, '');
    if (error.status === 404) {
        return new failure/* InputError */.dz([
            {
                input: 'app-id',
                given: app.id,
                allowed: `an App that is installed on ${repository}`,
                fix: `${what} was answered 404; install the App there, or add the repository to its installation`
            }
        ]);
    }
    if (error.status === 401 || error.status === 403 || error.status === 422) {
        return new failure/* InputError */.dz([
            {
                input: error.status === 401 ? 'app-private-key' : 'app-id',
                given: error.status === 401 ? '***' : app.id,
                allowed: error.status === 401 ? 'a private key of the App that `app-id` names' : 'an App that may act here',
                fix: `${what} was answered ${error.status} (${said})`
            }
        ]);
    }
    return error;
}

;// CONCATENATED MODULE: ./lib/github/connect.ts





/** A secondary limit asks for a minute and more: this is how long a request may take in all. */
const LIMITS = { ...retry/* DEFAULT_LIMITS */.dR, attempts: 5, totalMs: 20 * 60_000 };
/** Times after which something that was just written is looked for again. */
const SETTLE_LIMITS = { attempts: 5, totalMs: 30_000, basePauseMs: 500, maxPauseMs: 5_000 };
/** Requests for one repository: an App has a token for each. */
function connect(options, at) {
    let loaded;
    const octokit = () => (loaded ??= load(options, strategyFor(tokensFor(options, at))));
    const limits = { ...LIMITS, ...options.limits };
    const told = (what, error) => explain(what, error, options.app);
    const ask = async (what, request) => {
        try {
            return await request(await octokit());
        }
        catch (error) {
            throw told(what, error);
        }
    };
    const find = async (what, request) => {
        try {
            return await request(await octokit());
        }
        catch (error) {
            if (isMissing(error))
                return undefined;
            throw told(what, error);
        }
    };
    /** Asks again for a while where 404 is the answer: GitHub's readers follow its writers. */
    const settled = async (what, request) => {
        try {
            return await (0,retry/* retry */.L5)(what, async () => await request(await octokit()), {
                classify: (error) => (isMissing(error) ? { kind: 'retry' } : { kind: 'final' }),
                clock: options.clock,
                limits: SETTLE_LIMITS,
                log: options.log,
                ...(options.signal === undefined ? {} : { signal: options.signal })
            });
        }
        catch (error) {
            throw error instanceof failure/* TransientError */.N_ && isMissing(error.cause) ? error.cause : error;
        }
    };
    return {
        ask,
        find,
        askWritten: async (what, request) => {
            try {
                return await settled(what, request);
            }
            catch (error) {
                throw told(what, error);
            }
        },
        make: async (what, request, lookAgain, on) => {
            const started = options.clock.now();
            for (let attempt = 1;; attempt++) {
                try {
                    return on === 'written' ? await settled(what, request) : await request(await octokit());
                }
                catch (error) {
                    const isOver = attempt >= limits.attempts || options.clock.now() - started > limits.totalMs;
                    if (!isUnclear(error) || isOver)
                        throw told(what, error);
                    options.log.debug(`${what}: the answer was lost; looking whether it was done`);
                    const ceiling = Math.min(limits.maxPauseMs, limits.basePauseMs * 2 ** attempt);
                    await options.clock.sleep(Math.round((ceiling / 2) * (1 + Math.random())), options.signal);
                    const made = await lookAgain();
                    if (made !== undefined)
                        return made;
                }
            }
        }
    };
}
const isMissing = (error) => error instanceof Error && 'status' in error && error.status === 404;
function tokensFor(options, at) {
    const { app } = options;
    if (app === undefined)
        return givenToken(options.token);
    // Signs as the App, for the few addresses that take nothing else.
    const loadAsApp = async () => {
        const { createAppAuth } = await Promise.all(/* import() */[__webpack_require__.e(561), __webpack_require__.e(479)]).then(__webpack_require__.bind(__webpack_require__, 6479));
        return await load(options, {
            authStrategy: createAppAuth,
            auth: { appId: app.id, privateKey: app.privateKey }
        });
    };
    let loaded;
    return installationTokens(() => (loaded ??= loadAsApp()), at, app, options.log);
}
/** octokit's place for who asks. It is the innermost of its hooks: each attempt has the token of its time. */
function strategyFor(tokens) {
    const hook = async (request, parameters) => await withToken(tokens, async (headers) => await request({ ...parameters, headers: { ...parameters.headers, ...headers } }));
    return { authStrategy: () => Object.assign(async () => await Promise.resolve({}), { hook }) };
}
async function load(options, strategy) {
    const [{ Octokit }, { throttling }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(561), __webpack_require__.e(432)]).then(__webpack_require__.bind(__webpack_require__, 7432)),
        __webpack_require__.e(/* import() */ 856).then(__webpack_require__.bind(__webpack_require__, 6856))
    ]);
    const octokit = new (Octokit.plugin(throttling))({
        ...strategy,
        baseUrl: options.apiUrl.replace(/\/+$/, ''),
        userAgent: 'neurodesk-ci (+https://github.com/neurodesk/ci)',
        request: { fetch: fetchOver(options) },
        log: {
            debug: () => undefined,
            info: () => undefined,
            warn: (text) => options.log.debug(text),
            error: (text) => options.log.debug(text)
        },
        throttle: {
            // One write a second, one every three where people are notified.
            enabled: options.isPaced ?? isPaced(options.apiUrl),
            // Whoever is told to wait waits in the loop below, on the clock of the house.
            onRateLimit: () => false,
            onSecondaryRateLimit: () => false
        }
    });
    const limits = { ...LIMITS, ...options.limits };
    octokit.hook.wrap('request', async (request, parameters) => {
        const repeatable = isRepeatable(parameters.method, parameters.url);
        return await (0,retry/* retry */.L5)(`${parameters.method} ${parameters.url}`, async (_, signal) => {
            const response = await request({ ...parameters, request: { ...parameters.request, signal } });
            refuseHtml(response);
            return response;
        }, {
            classify: (error, now) => failures_judge(error, now, repeatable),
            clock: options.clock,
            limits,
            log: options.log,
            ...(options.signal === undefined ? {} : { signal: options.signal })
        });
    });
    return octokit;
}
/**
 * True where GitHub asks everybody to space writes: github.com, and ghe.com for data that must stay in a region. An
 * Enterprise server of one's own has no such limits unless its owner sets them, and then it says so with Retry-After.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
function isPaced(apiUrl) {
    const host = new URL(apiUrl).hostname;
    return host === 'api.github.com' || host.endsWith('.ghe.com');
}
/**
 * Doing it twice is doing it once: reads, writes that say what shall be, objects that are named by their content, and
 * a token, of which a second one does no harm.
 */
function isRepeatable(method, route) {
    return method !== 'POST' || /\/git\/(blobs|trees|commits|tags)$|\/access_tokens$/.test(route);
}
/** A proxy's login page with status 200 is no answer of GitHub's. */
function refuseHtml(response) {
    const type = response.headers['content-type'];
    if (typeof type === 'string' && type.startsWith('text/html'))
        throw new http/* HttpError */.j$('protocol', response.url, 'a web page instead of an answer of the API');
}
const METHODS = new Set(['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE']);
const MAX_REDIRECTS = 3;
/** The HTTP port in the form of fetch, as far as octokit uses it. */
function fetchOver(options) {
    return async (first, init) => {
        let url = first;
        let headers = init.headers ?? {};
        for (let hop = 0;; hop++) {
            const method = init.method ?? 'GET';
            if (!METHODS.has(method))
                throw new http/* HttpError */.j$('unsupported', url, `method ${method}`);
            const answer = await options.http.request(url, {
                method: method,
                headers,
                ...(init.body === undefined || init.body === null ? {} : { body: init.body }),
                ...(options.signal === undefined ? {} : { signal: options.signal })
            });
            const location = answer.headers['location'];
            // A renamed repository answers with its new address, an asset with that of the storage. The token stays here.
            if ([301, 302, 307, 308].includes(answer.status) && location !== undefined && hop < MAX_REDIRECTS) {
                const target = new URL(location, url);
                const before = new URL(url);
                if (target.origin !== before.origin) {
                    // Not even the same host may be asked over plain http with what https has kept.
                    if (method !== 'GET' || target.protocol !== before.protocol)
                        throw new http/* HttpError */.j$('protocol', url, `redirected to ${target.protocol}//${target.host}`);
                    headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
                }
                url = target.href;
                continue;
            }
            const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
            const response = new Response(empty ? null : new Uint8Array(answer.body), {
                status: answer.status,
                headers: answer.headers
            });
            // octokit's pages are counted from the address; a Response that is made by hand has none.
            return Object.defineProperty(response, 'url', { value: url });
        }
    };
}

;// CONCATENATED MODULE: ./lib/github/git.ts

/** Commits in one page of a comparison, GitHub's most. */
const PAGE = 100;
/** A comparison with more is refused: nobody reads such notes, and it would be hundreds of requests. */
const MOST_COMMITS = 20_000;
function createGit(connection, at) {
    return {
        resolve: async (name) => {
            // Asked for its SHA alone the commit comes without its files; an unknown name is a 422 here.
            try {
                return await connection.find(`commit ${name}`, async (octokit) => {
                    const answer = await octokit.rest.repos.getCommit({ ...at, ref: name, per_page: 1 });
                    return answer.data.sha;
                });
            }
            catch (error) {
                if (error instanceof Rejected && error.status === 422)
                    return undefined;
                throw error;
            }
        },
        branch: async (name) => await connection.find(`branch ${name}`, async (octokit) => {
            const answer = await octokit.rest.git.getRef({ ...at, ref: `heads/${name}` });
            return answer.data.object.sha;
        }),
        tags: async (prefix = '') => {
            const refs = await connection.ask('tags', async (octokit) => await octokit.paginate(octokit.rest.git.listMatchingRefs, { ...at, ref: `tags/${prefix}` }));
            const found = new Map();
            for (const ref of refs) {
                const name = ref.ref.slice('refs/tags/'.length);
                found.set(name, ref.object.type === 'tag' ? await peel(connection, at, ref.object.sha) : ref.object.sha);
            }
            return found;
        },
        tag: async (name) => await findTag(connection, at, name),
        setTag: async (name, sha, expected) => await setTag(connection, at, name, sha, expected),
        mark: async (name) => await findMark(connection, at, name),
        setMark: async (name, sha) => await setMark(connection, at, name, sha),
        compare: async (base, head) => await compare(connection, at, base, head),
        changedPaths: async (sha) => await connection.ask(`files of ${sha}`, async (octokit) => {
            const answer = await octokit.rest.repos.getCommit({ ...at, ref: sha });
            return (answer.data.files ?? []).map((file) => file.filename);
        }),
        file: async (path, ref) => await connection.find(`file ${path}`, async (octokit) => {
            const { data } = await octokit.rest.repos.getContent({ ...at, path, ref });
            if (Array.isArray(data) || data.type !== 'file')
                return undefined;
            if (data.encoding !== 'base64')
                throw new TooLarge(`${path} has ${data.size} bytes: more than 1 MB is not read as text`);
            return Buffer.from(data.content, 'base64').toString('utf8');
        }),
        commitFiles: async (plan) => await commitFiles(connection, at, plan)
    };
}
async function findTag(connection, at, name) {
    const object = await connection.find(`tag ${name}`, async (octokit) => (await octokit.rest.git.getRef({ ...at, ref: `tags/${name}` })).data.object);
    if (object === undefined)
        return undefined;
    return object.type === 'tag' ? await peel(connection, at, object.sha) : object.sha;
}
/** A ref that is made or moved; after a lost answer the ref itself says whether it was done. */
async function setTag(connection, at, name, sha, expected) {
    const now = await findTag(connection, at, name);
    if (now === sha)
        return;
    if (now !== expected)
        throw new Moved(`tag ${name} is at ${now ?? 'no commit'}, not at ${expected ?? 'none'}`);
    if (expected === undefined) {
        await createRef(connection, { ...at, ref: `refs/tags/${name}`, sha }, `tag ${name}`, async () => findTag(connection, at, name));
        return;
    }
    await connection.askWritten(`tag ${name}`, async (octokit) => await octokit.rest.git.updateRef({ ...at, ref: `tags/${name}`, sha, force: true }));
}
/**
 * Makes a ref that was not there a moment ago. When somebody was faster, or the answer was lost, it is looked where
 * the ref is now.
 * @throws Moved when it names another commit
 */
async function createRef(connection, wanted, what, look) {
    let now;
    try {
        now = await connection.make(what, async (octokit) => (await octokit.rest.git.createRef({ ...wanted })).data.object.sha, look);
    }
    catch (error) {
        // 422 says "already exists" as well as "no such commit".
        now = error instanceof Rejected ? await look() : undefined;
        if (now === undefined)
            throw error;
    }
    if (now !== wanted.sha)
        throw new Moved(`${what} is at ${now}, not at ${wanted.sha}`);
}
const MARKS = 'neurodesk-ci';
async function findMark(connection, at, name) {
    return await connection.find(`mark ${name}`, async (octokit) => (await octokit.rest.git.getRef({ ...at, ref: `${MARKS}/${name}` })).data.object.sha);
}
async function setMark(connection, at, name, sha) {
    const now = await findMark(connection, at, name);
    if (now === sha)
        return;
    const ref = `${MARKS}/${name}`;
    if (now === undefined) {
        try {
            await createRef(connection, { ...at, ref: `refs/${ref}`, sha }, `mark ${name}`, async () => findMark(connection, at, name));
            return;
        }
        catch (error) {
            // Another run made it meanwhile: a mark is set wherever it is.
            if (!(error instanceof Moved))
                throw error;
        }
    }
    await connection.askWritten(`mark ${name}`, async (octokit) => await octokit.rest.git.updateRef({ ...at, ref, sha, force: true }));
}
/** The commit behind an annotated tag. */
async function peel(connection, at, tag) {
    return await connection.ask(`tag ${tag}`, async (octokit) => {
        const answer = await octokit.rest.git.getTag({ ...at, tag_sha: tag });
        return answer.data.object.sha;
    });
}
async function compare(connection, at, base, head) {
    const commits = [];
    for (let page = 1;; page++) {
        const { data } = await connection.ask(`comparison ${base}...${head}`, async (octokit) => await octokit.rest.repos.compareCommitsWithBasehead({
            ...at,
            basehead: `${base}...${head}`,
            per_page: PAGE,
            page
        }));
        if (data.total_commits > MOST_COMMITS)
            throw new TooLarge(`${data.total_commits} commits between ${base} and ${head}: at most ${MOST_COMMITS} are read`);
        for (const one of data.commits) {
            commits.push({
                sha: one.sha,
                message: one.commit.message,
                parents: one.parents.map((parent) => parent.sha ?? ''),
                author: one.author !== null && 'login' in one.author && typeof one.author.login === 'string'
                    ? one.author.login
                    : undefined,
                authorName: one.commit.author?.name ?? '',
                date: one.commit.committer?.date ?? one.commit.author?.date ?? '',
                url: one.html_url
            });
        }
        if (data.commits.length === 0 || commits.length >= data.total_commits) {
            return {
                status: data.status,
                commits,
                behindBy: data.behind_by,
                mergeBase: data.merge_base_commit.sha,
                url: data.html_url
            };
        }
    }
}
/** Blobs by content in the tree itself, one commit, one ref: either all of it is there afterwards, or nothing. */
async function commitFiles(connection, at, plan) {
    const baseTree = await connection.ask(`commit ${plan.parent}`, async (octokit) => {
        const answer = await octokit.rest.git.getCommit({ ...at, commit_sha: plan.parent });
        return answer.data.tree.sha;
    });
    const tree = await connection.askWritten('tree', async (octokit) => {
        const entries = [...plan.files].map(([path, content]) => ({
            path,
            mode: '100644',
            type: 'blob',
            ...(content === null ? { sha: null } : { content })
        }));
        const answer = await octokit.rest.git.createTree({ ...at, base_tree: baseTree, tree: entries });
        return answer.data.sha;
    });
    // The files are already so: an empty commit would only make noise.
    if (tree === baseTree && plan.expected === plan.parent)
        return plan.parent;
    const commit = await connection.askWritten('commit', async (octokit) => {
        const answer = await octokit.rest.git.createCommit({
            ...at,
            message: plan.message,
            tree,
            parents: [plan.parent]
        });
        return answer.data.sha;
    });
    await setBranch(connection, at, plan, commit);
    return commit;
}
async function setBranch(connection, at, plan, commit) {
    const now = async () => await connection.find(`branch ${plan.branch}`, async (octokit) => (await octokit.rest.git.getRef({ ...at, ref: `heads/${plan.branch}` })).data.object.sha);
    try {
        if (plan.expected === undefined) {
            await connection.make(`branch ${plan.branch}`, async (octokit) => (await octokit.rest.git.createRef({ ...at, ref: `refs/heads/${plan.branch}`, sha: commit })).data
                .object.sha, async () => ((await now()) === commit ? commit : undefined));
            return;
        }
        if (plan.force === true && (await now()) !== plan.expected)
            throw new Moved(`${plan.branch} is no longer at ${plan.expected}`);
        await connection.askWritten(`branch ${plan.branch}`, async (octokit) => await octokit.rest.git.updateRef({
            ...at,
            ref: `heads/${plan.branch}`,
            sha: commit,
            force: plan.force ?? false
        }));
    }
    catch (error) {
        if (!(error instanceof Rejected))
            throw error;
        // Either somebody moved the branch, or the first of two answers was lost and the branch is where it should be.
        if ((await now()) === commit)
            return;
        throw new Moved(`${plan.branch} was moved by somebody else: ${error.details}`, { cause: error });
    }
}

;// CONCATENATED MODULE: ./lib/github/issues.ts
const MOST_ISSUES = 1000;
function createIssues(connection, at) {
    /** Issues that were opened here: GitHub's readers may not know them for a moment. */
    const made = new Set();
    const about = (number) => made.has(number) ? connection.askWritten : connection.ask;
    return {
        list: async (query) => await connection.ask('issues', async (octokit) => {
            const found = [];
            const pages = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
                ...at,
                state: query.state,
                sort: 'updated',
                direction: 'desc',
                per_page: 100,
                ...(query.labels === undefined || query.labels.length === 0
                    ? {}
                    : { labels: query.labels.join(',') }),
                ...(query.creator === undefined ? {} : { creator: query.creator }),
                ...(query.since === undefined ? {} : { since: query.since })
            });
            const most = query.max ?? MOST_ISSUES;
            for await (const page of pages) {
                found.push(...page.data.filter((one) => one.pull_request === undefined).map(toIssue));
                if (found.length >= most)
                    break;
            }
            return found.slice(0, most);
        }),
        get: async (number) => await connection.find(`issue ${number}`, async (octokit) => toIssue((await octokit.rest.issues.get({ ...at, issue_number: number })).data)),
        create: async (issue, lookAgain) => {
            const opened = await connection.make(`issue "${issue.title}"`, async (octokit) => toIssue((await octokit.rest.issues.create({
                ...at,
                title: issue.title,
                body: issue.body,
                labels: [...issue.labels],
                assignees: [...issue.assignees]
            })).data), lookAgain);
            made.add(opened.number);
            return opened;
        },
        update: async (number, change) => await about(number)(`issue ${number}`, async (octokit) => {
            const { reason, labels, ...rest } = change;
            const answer = await octokit.rest.issues.update({
                ...at,
                issue_number: number,
                ...rest,
                ...(reason === undefined ? {} : { state_reason: reason }),
                ...(labels === undefined ? {} : { labels: [...labels] })
            });
            return toIssue(answer.data);
        }),
        comments: async (number) => await about(number)(`comments of issue ${number}`, async (octokit) => (await octokit.paginate(octokit.rest.issues.listComments, {
            ...at,
            issue_number: number,
            per_page: 100
        })).map(toComment)),
        comment: async (number, body, lookAgain) => await connection.make(`comment on issue ${number}`, async (octokit) => toComment((await octokit.rest.issues.createComment({ ...at, issue_number: number, body })).data), lookAgain, ...(made.has(number) ? ['written'] : [])),
        editComment: async (id, body) => {
            await connection.ask(`comment ${id}`, async (octokit) => await octokit.rest.issues.updateComment({ ...at, comment_id: id, body }));
        }
    };
}
function createPulls(connection, at) {
    const made = new Set();
    const from = async (head, base, state) => await connection.ask(`pull request of ${head}`, async (octokit) => {
        const answer = await octokit.rest.pulls.list({
            ...at,
            head: `${at.owner}:${head}`,
            base,
            state,
            sort: 'created',
            direction: 'desc',
            per_page: 1
        });
        return answer.data[0] === undefined ? undefined : toPull(answer.data[0]);
    });
    return {
        merged: async (since) => await connection.ask('merged pull requests', async (octokit) => {
            const found = new Map();
            const pages = octokit.paginate.iterator(octokit.rest.pulls.list, {
                ...at,
                state: 'closed',
                sort: 'updated',
                direction: 'desc',
                per_page: 100
            });
            for await (const page of pages) {
                for (const one of page.data)
                    if (one.merged_at !== null && one.merge_commit_sha !== null)
                        found.set(one.merge_commit_sha, toPull(one));
                // What was merged since then was changed since then, and the list goes back in time.
                const last = page.data.at(-1);
                if (last === undefined || last.updated_at < since)
                    break;
            }
            return found;
        }),
        from,
        open: async (pull) => {
            const opened = await connection.make(`pull request of ${pull.head}`, async (octokit) => toPull((await octokit.rest.pulls.create({ ...at, ...pull })).data), async () => await from(pull.head, pull.base, 'open'));
            made.add(opened.number);
            return opened;
        },
        update: async (number, change) => await (made.has(number) ? connection.askWritten : connection.ask)(`pull request ${number}`, async (octokit) => toPull((await octokit.rest.pulls.update({ ...at, pull_number: number, ...change })).data))
    };
}
function namesOf(labels) {
    return labels
        .map((label) => (typeof label === 'string' ? label : (label.name ?? '')))
        .filter((name) => name !== '');
}
function toIssue(one) {
    return {
        number: one.number,
        title: one.title,
        body: one.body ?? '',
        state: one.state === 'closed' ? 'closed' : 'open',
        reason: one.state_reason ?? undefined,
        labels: namesOf(one.labels),
        author: one.user?.login ?? '',
        url: one.html_url,
        createdAt: one.created_at,
        updatedAt: one.updated_at,
        closedAt: one.closed_at ?? undefined
    };
}
function toComment(one) {
    return {
        id: one.id,
        body: one.body ?? '',
        author: one.user?.login ?? '',
        url: one.html_url,
        createdAt: one.created_at
    };
}
function toPull(one) {
    return {
        number: one.number,
        title: one.title,
        body: one.body ?? '',
        state: one.state === 'closed' ? 'closed' : 'open',
        labels: namesOf(one.labels),
        author: one.user?.login ?? '',
        url: one.html_url,
        mergedAt: one.merged_at ?? undefined,
        mergeCommit: one.merge_commit_sha ?? undefined
    };
}

;// CONCATENATED MODULE: ./lib/github/releases.ts

/** Most releases that are looked at; GitHub itself lists no more than 10,000. */
const MOST = 1000;
const MAX_ASSET = 8 * 1024 * 1024;
function createReleases(connection, at) {
    const text = (given) => ({
        tag_name: given.tag,
        name: given.title,
        body: given.body
    });
    return {
        list: async () => await connection.ask('releases', async (octokit) => {
            const found = [];
            for await (const page of octokit.paginate.iterator(octokit.rest.repos.listReleases, {
                ...at,
                per_page: 100
            })) {
                found.push(...page.data.map(toRelease));
                if (found.length >= MOST)
                    break;
            }
            return found.slice(0, MOST);
        }),
        get: async (id) => await connection.find(`release ${id}`, async (octokit) => toRelease((await octokit.rest.repos.getRelease({ ...at, release_id: id })).data)),
        ofTag: async (tag) => await connection.find(`release ${tag}`, async (octokit) => toRelease((await octokit.rest.repos.getReleaseByTag({ ...at, tag })).data)),
        createDraft: async (draft, lookAgain) => await connection.make(`draft release ${draft.tag}`, async (octokit) => toRelease((await octokit.rest.repos.createRelease({
            ...at,
            ...text(draft),
            target_commitish: draft.target,
            draft: true
        })).data), lookAgain),
        update: async (id, change) => await connection.askWritten(`release ${change.tag}`, async (octokit) => {
            const target = change.target === undefined ? {} : { target_commitish: change.target };
            return toRelease((await octokit.rest.repos.updateRelease({ ...at, release_id: id, ...text(change), ...target })).data);
        }),
        deleteDraft: async (id) => {
            await connection.find(`draft ${id}`, async (octokit) => await octokit.rest.repos.deleteRelease({ ...at, release_id: id }));
        },
        publish: async (id, tag) => await connection.askWritten(`publishing ${tag}`, async (octokit) => toRelease((await octokit.rest.repos.updateRelease({ ...at, release_id: id, tag_name: tag, draft: false }))
            .data)),
        download: async (asset, maxBytes = MAX_ASSET) => {
            if (asset.size > maxBytes)
                throw new TooLarge(`${asset.name} has ${asset.size} bytes, at most ${maxBytes} are read`);
            return await connection.ask(`asset ${asset.name}`, async (octokit) => {
                const answer = await octokit.request('GET /repos/{owner}/{repo}/releases/assets/{asset_id}', {
                    ...at,
                    asset_id: asset.id,
                    headers: { accept: 'application/octet-stream' },
                    // As it is: octokit would read JSON and text in its own way.
                    request: { parseSuccessResponseBody: false }
                });
                return Buffer.from(await new Response(answer.data).arrayBuffer());
            });
        },
        upload: async (release, file) => {
            const old = release.assets.find((asset) => asset.name === file.name);
            if (old !== undefined)
                await connection.find(`asset ${file.name}`, async (octokit) => await octokit.rest.repos.deleteReleaseAsset({ ...at, asset_id: old.id }));
            const there = async () => {
                const assets = await connection.askWritten(`assets of ${release.tag}`, async (octokit) => await octokit.paginate(octokit.rest.repos.listReleaseAssets, {
                    ...at,
                    release_id: release.id,
                    per_page: 100
                }));
                return assets.some((asset) => asset.name === file.name && asset.size === file.bytes.length)
                    ? true
                    : undefined;
            };
            await connection.make(`asset ${file.name}`, async (octokit) => {
                // The host differs from the API's: GitHub names it with the release.
                const url = release.uploadUrl.replace(/\{[^}]*\}$/, '');
                await octokit.request(`POST ${url}?name=${encodeURIComponent(file.name)}`, {
                    data: file.bytes,
                    headers: { 'content-type': file.contentType }
                });
                return true;
            }, there, 'written');
        }
    };
}
function toRelease(one) {
    return {
        id: one.id,
        tag: one.tag_name,
        title: one.name ?? '',
        body: one.body ?? '',
        isDraft: one.draft,
        isPrerelease: one.prerelease,
        isImmutable: one.immutable ?? false,
        target: one.target_commitish,
        url: one.html_url,
        uploadUrl: one.upload_url,
        createdAt: one.created_at,
        publishedAt: one.published_at ?? undefined,
        assets: one.assets.map((asset) => ({
            id: asset.id,
            name: asset.name,
            size: asset.size,
            digest: asset.digest ?? undefined
        }))
    };
}

;// CONCATENATED MODULE: ./lib/github/runs.ts
function createRuns(connection, at) {
    return {
        at: async (sha, workflow) => {
            const query = { ...at, head_sha: sha, per_page: 100 };
            const found = await connection.find(`runs of ${workflow ?? 'all workflows'} at ${sha}`, async (octokit) => workflow === undefined
                ? await octokit.paginate(octokit.rest.actions.listWorkflowRunsForRepo, query)
                : await octokit.paginate(octokit.rest.actions.listWorkflowRuns, {
                    ...query,
                    workflow_id: workflow
                }));
            // A workflow that is not there has no runs.
            return (found ?? []).map(toRun);
        },
        of: async (workflow, branch) => ((await connection.find(`runs of ${workflow} on ${branch}`, async (octokit) => {
            const query = { ...at, workflow_id: workflow, branch, per_page: 100 };
            return (await octokit.rest.actions.listWorkflowRuns(query)).data.workflow_runs;
        })) ?? []).map(toRun),
        get: async (id) => await connection.find(`run ${id}`, async (octokit) => toRun((await octokit.rest.actions.getWorkflowRun({ ...at, run_id: id })).data)),
        jobs: async (run, attempt) => await connection.ask(`jobs of run ${run}`, async (octokit) => {
            const jobs = await octokit.paginate(octokit.rest.actions.listJobsForWorkflowRunAttempt, {
                ...at,
                run_id: run,
                attempt_number: attempt,
                per_page: 100
            });
            return jobs.map((job) => ({
                id: job.id,
                name: job.name,
                status: job.status,
                conclusion: job.conclusion ?? undefined,
                runner: job.runner_name === null || job.runner_name === '' ? undefined : job.runner_name,
                url: job.html_url ?? '',
                startedAt: job.started_at,
                completedAt: job.completed_at ?? undefined,
                steps: (job.steps ?? []).map((step) => ({
                    name: step.name,
                    status: step.status,
                    conclusion: step.conclusion ?? undefined
                }))
            }));
        }),
        annotations: async (job) => (await connection.find(`annotations of job ${job}`, async (octokit) => {
            const answer = await octokit.rest.checks.listAnnotations({ ...at, check_run_id: job, per_page: 100 });
            return answer.data.map((one) => ({
                level: one.annotation_level ?? '',
                title: one.title ?? '',
                message: one.message ?? '',
                path: one.path,
                line: one.start_line
            }));
        })) ?? [],
        dispatch: async (workflow, ref, inputs) => {
            // Nobody can see whether it had its effect: after a lost answer it is not sent a second time.
            await connection.ask(`dispatch of ${workflow}`, async (octokit) => await octokit.rest.actions.createWorkflowDispatch({
                ...at,
                workflow_id: workflow,
                ref,
                inputs: { ...inputs }
            }));
        }
    };
}
function toRun(one) {
    return {
        id: one.id,
        name: one.name ?? '',
        path: one.path,
        sha: one.head_sha,
        branch: one.head_branch ?? '',
        event: one.event,
        status: one.status ?? '',
        conclusion: one.conclusion ?? undefined,
        attempt: one.run_attempt ?? 1,
        actor: one.triggering_actor?.login ?? one.actor?.login ?? '',
        url: one.html_url,
        createdAt: one.created_at
    };
}

;// CONCATENATED MODULE: ./lib/github/github.ts
/** GitHub as the actions see it. */






/**
 * Ready at once; octokit is loaded with the first request. Methods throw Refused (token, permission, unknown name),
 * Rejected (409, 422), Moved (a branch), TransientError (GitHub kept failing, or a rate limit that ends too late).
 */
function connectGitHub(options) {
    const known = new Map();
    return {
        repository: (name) => {
            const found = known.get(name.toLowerCase());
            if (found !== undefined)
                return found;
            const made = github_open(options, name);
            known.set(name.toLowerCase(), made);
            return made;
        }
    };
}
function github_open(options, name) {
    const [owner = '', repo = '', ...rest] = name.split('/');
    if (!isName(owner) || !isName(repo) || rest.length > 0)
        throw new failure/* InputError */.dz([{ input: 'repository', given: name, allowed: 'owner/name' }]);
    const at = { owner, repo };
    const connection = connect(options, at);
    return {
        name,
        git: createGit(connection, at),
        releases: createReleases(connection, at),
        pulls: createPulls(connection, at),
        issues: createIssues(connection, at),
        runs: createRuns(connection, at),
        about: async () => await connection.ask(`repository ${name}`, async (octokit) => {
            const { data } = await octokit.rest.repos.get(at);
            return { defaultBranch: data.default_branch, isPrivate: data.private, isArchived: data.archived };
        }),
        permissionOf: async (login) => (await connection.find(`permission of ${login}`, async (octokit) => {
            const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
                ...at,
                username: login
            });
            return data.permission === 'admin' || data.permission === 'write' || data.permission === 'read'
                ? data.permission
                : 'none';
        })) ?? 'none',
        roleOf: async (login) => (await connection.find(`role of ${login}`, async (octokit) => {
            const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
                ...at,
                username: login
            });
            // Older Enterprise servers have no role_name; an organisation's own role falls back to its base.
            const role = ROLES.find((known) => known === data.role_name);
            return role ?? ROLES.find((known) => known === data.permission) ?? 'none';
        })) ?? 'none',
        dispatchEvent: async (type, payload) => {
            await connection.ask(`event ${type}`, async (octokit) => await octokit.rest.repos.createDispatchEvent({
                ...at,
                event_type: type,
                client_payload: { ...payload }
            }));
        }
    };
}
const ROLES = ['admin', 'maintain', 'write', 'triage', 'read', 'none'];
/** Letters, digits, `.`, `_`, `-`; never a path of its own. */
function isName(text) {
    return /^[A-Za-z0-9._-]{1,100}$/.test(text) && text !== '.' && text !== '..';
}

;// CONCATENATED MODULE: ./lib/github/types.ts
/** GitHub's limits, in characters. */
const types_LIMITS = { releaseBody: 125_000, issueBody: 65_536, title: 256 };

;// CONCATENATED MODULE: ./lib/github/index.ts
/** GitHub: commits, files, releases, pull requests, issues, workflow runs. The only room that knows octokit. */




;// CONCATENATED MODULE: ./actions/convert-containers/src/publish.ts
/**
 * log.txt and applist.json, for what users can really get. The stores are looked at again just before: what jobs of a
 * matrix said about themselves counts for nothing. Pure.
 */


/** Subject of what is wrong with the lists. */
const LOG = 'log.txt';
/** More lines than this may not go from log.txt at once, whatever takes them away. */
const DROP_COUNT = 10;
const DROP_SHARE = 0.05;
/**
 * What to write.
 * @param before the log.txt that is there now; undefined when there is none.
 * @param comparison with the catalogue as it was before, where one was given.
 */
function planPublication(catalogue, available, before, comparison) {
    const findings = [];
    const listed = available.filter(({ verdict }) => verdict === 'present' || verdict === 'size-differs');
    const left = available.filter((entry) => !listed.includes(entry));
    const unknown = left.filter(({ verdict }) => verdict === 'unknown');
    if (unknown.length > 0) {
        findings.push({
            id: 'publish-unknown',
            subject: catalogue.file,
            severity: 'unknown',
            message: `nothing is published: of ${unknown.length} containers it is not known whether the stores have them`,
            hint: 'Run again when the stores answer.'
        });
    }
    // A container of which nothing is known counts as staying: it is told above.
    const stay = [...listed, ...unknown].map(({ container }) => container.id);
    const known = linesOf(before);
    if (!Array.isArray(known))
        findings.push(known);
    const loss = catalogueLoss(catalogue, comparison) ?? (Array.isArray(known) ? lineLoss(known, stay, left) : undefined);
    if (loss !== undefined)
        findings.push({ id: 'publish-shrunken', subject: LOG, severity: 'error', ...loss });
    const refused = findings.length > 0;
    if (!refused && Array.isArray(known))
        findings.push(...goneFrom(known, stay).map((id) => lineGone(id, left, catalogue)));
    const containers = listed.map(({ container }) => container);
    return {
        log: writeLog(containers),
        appList: writeAppList(containers),
        listed: containers,
        left,
        findings,
        refused
    };
}
function catalogueLoss({ containers, file }, comparison) {
    const hint = 'Look whether the catalogue was cut off or badly merged.';
    if (containers.length === 0)
        return { message: `nothing is published: ${file} has no containers`, hint };
    if (comparison?.shrunken !== true)
        return undefined;
    return { message: `nothing is published: ${file} has lost too many containers at once`, hint };
}
/** Of what stands in no such form nobody knows whether it would be lost: a merge that was not finished, an error page. */
function linesOf(before) {
    try {
        return before === undefined ? [] : readLog(before, LOG);
    }
    catch (error) {
        return {
            id: 'publish-log-unreadable',
            subject: LOG,
            severity: 'error',
            message: `nothing is published, log.txt as it is now cannot be read: ${(0,failure/* messageOf */.bD)(error)}`,
            hint: 'Correct it by hand, or remove it: then it is written anew.'
        };
    }
}
/** Lines that go; a newer build of the same version takes the place of the older one's line. */
function goneFrom(known, stay) {
    const images = new Set(stay.map(withoutDate));
    return known.filter((id) => !images.has(withoutDate(id)));
}
/** Told once, by the run that takes the line away: the lists are of what the catalogue has now, and nothing else. */
function lineGone(id, left, { refused }) {
    const image = withoutDate(id);
    const successor = left.find(({ container }) => withoutDate(container.id) === image)?.container.id;
    // Of an entry without a build date only its key is known.
    const bad = refused.find((one) => [withoutDate(one.id), one.id.replaceAll(' ', '_')].includes(image))?.id;
    const [why, hint] = successor !== undefined
        ? [
            `not every required store has ${successor === id ? 'it' : `${successor}, which takes its place`}`,
            'Look why it was not brought there; its line comes with the next run that finds it.'
        ]
        : bad !== undefined
            ? [`the entry that takes its place is refused (${bad})`, 'Correct the entry of the catalogue.']
            : ['the catalogue does not have it any more', 'Nothing, when it was taken out on purpose.'];
    const message = `its line leaves log.txt: ${why}`;
    return { id: 'publish-line-gone', subject: id, severity: 'warning', message, hint };
}
function lineLoss(known, stay, left) {
    const gone = goneFrom(known, stay);
    const most = Math.max(DROP_COUNT, known.length * DROP_SHARE);
    if (gone.length <= most && (gone.length === 0 || stay.length > 0))
        return undefined;
    const wanted = new Set(left.map(({ container }) => withoutDate(container.id)));
    const without = gone.filter((id) => wanted.has(withoutDate(id))).length;
    return {
        message: `nothing is published: ${gone.length} of ${known.length} lines would go, ${without} of them though the catalogue has their containers`,
        hint: 'Look whether the stores, their listings and the catalogue are the right ones and whole. When the lines are to go, take them out of log.txt by hand.'
    };
}
function withoutDate(id) {
    return id.slice(0, id.lastIndexOf('_'));
}
/** Whatever goes wrong when the lists are written is told beside what the run has done, not in its place. */
function publishFailed(error, what = 'the lists could not be published') {
    return {
        id: 'publish-failed',
        subject: LOG,
        severity: error instanceof failure/* TransientError */.N_ ? 'unknown' : 'error',
        message: `${what}: ${(0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? ''}`,
        hint: 'Correct that, and run again with mode publish: nothing has to be converted for it.'
    };
}

// EXTERNAL MODULE: ./lib/files/index.ts + 1 modules
var files = __webpack_require__(3265);
;// CONCATENATED MODULE: ./actions/convert-containers/src/target.ts
/** Content by path. */
function filesOf(lists, { logFile, appListFile }) {
    return new Map([
        [logFile, lists.log],
        [appListFile, lists.appList]
    ]);
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/commit.ts
/**
 * The lists as one commit on the tip of a branch. What is there now is read at that tip, never in the workspace: a run
 * may have no checkout, or one that is hours old.
 */



const ATTEMPTS = 5;
/** @throws FindingError when there is no such branch; whatever GitHub refuses. */
async function commitLists(draft, names, target, log) {
    const { git } = target.github.repository(target.repository);
    let first;
    for (let attempt = 1;; attempt++) {
        const sha = await git.branch(target.branch);
        if (sha === undefined)
            throw new failure/* FindingError */.Yv(`${target.repository} has no branch ${target.branch}`);
        const there = new Map();
        for (const file of [names.logFile, names.appListFile])
            there.set(file, await git.file(file, sha));
        first ??= there;
        const publication = draft(there.get(names.logFile));
        if (publication.refused)
            return { publication, changed: [], tip: undefined };
        const news = new Map([...filesOf(publication, names)].filter(([file, text]) => there.get(file) !== text));
        const changed = [...news.keys()];
        if (news.size === 0)
            return { publication, changed, tip: { sha, made: false } };
        const look = await lookAtCatalogue(git, sha, target, !isSame(first, there));
        if (look?.severity === 'unknown') {
            return {
                publication: { ...publication, findings: [look], refused: true },
                changed: [],
                tip: undefined
            };
        }
        try {
            const made = await git.commitFiles({
                branch: target.branch,
                message: 'Update the lists of containers that the stores have',
                files: news,
                parent: sha,
                expected: sha
            });
            const findings = look === undefined ? publication.findings : [...publication.findings, look];
            return { publication: { ...publication, findings }, changed, tip: { sha: made, made: true } };
        }
        catch (error) {
            // Somebody pushed meanwhile: look at the new tip, and write on top of it.
            if (!(error instanceof Moved) || attempt === ATTEMPTS)
                throw error;
            log.info(`${target.branch} has moved, trying again`);
        }
    }
}
/**
 * A run that began earlier and ends later must not take back what a newer one has written. What is `unknown` stops the
 * commit.
 */
async function lookAtCatalogue(git, sha, { branch, catalogue }, overtaken) {
    const say = (subject, message) => ({
        id: 'publish-outdated',
        subject,
        severity: 'unknown',
        message: `nothing is published: ${message}`,
        hint: 'The next run does it. A catalogue that is made in this job has to be committed before.'
    });
    if (overtaken)
        return say(branch, `another run has written the lists on ${branch} meanwhile`);
    if (catalogue === undefined)
        return undefined;
    const now = await git.file(catalogue.path, sha);
    if (now === catalogue.text)
        return undefined;
    // A file of somewhere else, or a checkout in a folder of its own.
    if (now === undefined) {
        return {
            id: 'publish-unguarded',
            subject: branch,
            severity: 'notice',
            message: `${branch} has no ${catalogue.path}: whether a newer catalogue is there was not looked at`,
            hint: 'Check the repository out at the top of the workspace; for a catalogue from elsewhere this is as it should be.'
        };
    }
    return say(catalogue.path, `on ${branch} the catalogue is no longer the one that this run has read`);
}
function isSame(one, other) {
    return [...one].every(([file, text]) => other.get(file) === text);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./actions/convert-containers/src/tell.ts
/**
 * The event for other repositories. It is sent at least once for every content of the lists: a run that dies between
 * the commit and the event, or whose event is refused, leaves no mark, and the next run sends it.
 */


/** One repository that cannot be told does not keep the others. */
async function tellAll(files, news, ports) {
    const dispatched = [];
    const findings = [];
    for (const name of news.dispatch.to) {
        try {
            if (!(await isNews(name, files, news)))
                continue;
            await news.dispatch.github.repository(name).dispatchEvent(news.dispatch.event, {});
            dispatched.push(name);
        }
        catch (error) {
            ports.runner.signal.throwIfAborted();
            findings.push({
                id: 'dispatch-failed',
                subject: name,
                severity: 'error',
                message: `it was not told of the lists: ${firstLine(error)}`,
                hint: 'The next run tells it. The token needs `contents: write` in that repository.'
            });
            continue;
        }
        const noted = await note(name, news, ports);
        if (noted !== undefined)
            findings.push(noted);
    }
    return { dispatched, findings };
}
/** Whether this repository has not been told of these contents yet. */
async function isNews(name, files, news) {
    // Nothing is committed here: the files in the workspace stay new until somebody commits them.
    if (news.commit === undefined || news.branch === undefined)
        return news.changed.length > 0;
    if (news.branch.made)
        return true;
    const { git } = news.commit.github.repository(news.commit.repository);
    const told = await git.mark(markOf(news.commit.branch, name));
    if (told === undefined)
        return true;
    return told !== news.branch.sha && !(await hasContents(git, told, files));
}
async function hasContents(git, at, files) {
    for (const [file, text] of files)
        if ((await git.file(file, at)) !== text)
            return false;
    return true;
}
async function note(name, { commit, branch }, ports) {
    if (commit === undefined || branch === undefined)
        return undefined;
    try {
        await commit.github.repository(commit.repository).git.setMark(markOf(commit.branch, name), branch.sha);
        return undefined;
    }
    catch (error) {
        ports.runner.signal.throwIfAborted();
        return {
            id: 'dispatch-not-noted',
            subject: name,
            severity: 'warning',
            message: `it was told, and that could not be noted in ${commit.repository}: the next run tells it again. ${firstLine(error)}`
        };
    }
}
/** Names of refs may not have everything that names of repositories have: they are readable, and unique by the hash. */
function markOf(branch, repository) {
    const unique = (0,external_node_crypto_.createHash)('sha256').update(`${branch}\n${repository}`).digest('hex').slice(0, 12);
    return `told/${repository.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${unique}`;
}
function firstLine(error) {
    return (0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? '';
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/write.ts
/** Writes the lists: into the workspace, as a commit, and to those who want to hear of them. */






/** Writes the files that differ, commits them through the API, and tells other repositories. */
async function publish(draft, target, ports) {
    const { publication, changed, tip } = target.commit === undefined
        ? await compareHere(draft, target, ports)
        : await commitLists(draft, target, target.commit, ports.log);
    if (publication.refused)
        return { publication, written: undefined };
    if (target.dryRun)
        return { publication, written: { changed, commit: undefined, dispatched: [], findings: [] } };
    const files = filesOf(publication, target);
    const findings = [];
    try {
        for (const [file, text] of files)
            await writeIfOther(ports, file, text);
    }
    catch (error) {
        // What is committed is published, wherever else it could not be written.
        if (tip === undefined)
            throw error;
        findings.push(publishFailed(error, 'they are committed, and could not be written in the workspace'));
    }
    const told = target.dispatch === undefined
        ? { dispatched: [], findings: [] }
        : await tellAll(files, { ...target, dispatch: target.dispatch, changed, branch: tip }, ports);
    const commit = tip?.made === true ? tip.sha : undefined;
    return {
        publication,
        written: { changed, commit, dispatched: told.dispatched, findings: [...findings, ...told.findings] }
    };
}
/** Where nothing is committed: what differs in the workspace. */
async function compareHere(draft, target, ports) {
    const read = async (file) => await readIfThere(ports, external_node_path_default().resolve(ports.runner.workspace, file));
    const publication = draft(await read(target.logFile));
    const changed = [];
    for (const [file, text] of filesOf(publication, target))
        if ((await read(file)) !== text)
            changed.push(file);
    return { publication, changed, tip: undefined };
}
/** Undefined when there is no such file. @throws what the file system says, with the path: of a folder Node keeps it. */
async function readIfThere(ports, file) {
    try {
        return await ports.fs.readFile(file, 'utf8');
    }
    catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
            return undefined;
        throw error instanceof Error ? Object.assign(error, { path: file }) : error;
    }
}
async function writeIfOther(ports, name, text) {
    const file = external_node_path_default().resolve(ports.runner.workspace, name);
    if ((await readIfThere(ports, file)) === text)
        return;
    await ports.fs.mkdir(external_node_path_default().dirname(file), { recursive: true });
    await (0,files/* replaceFile */.fR)(ports, file, text);
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/lists.ts
/** log.txt and applist.json: the run's fifth step. */






/**
 * Plans the lists for what the stores have, writes them, and commits and tells where that is wanted. Throws for a
 * cancel only: what was converted before is told whatever happens here.
 */
async function writeLists(read, available, inputs, ports) {
    const draft = (before) => planPublication(read.catalogue, available, before, read.comparison);
    try {
        return await publish(draft, targetOf(read, inputs, ports), ports);
    }
    catch (error) {
        ports.runner.signal.throwIfAborted();
        if (!(0,failure/* isExpected */.Dn)(error) && error instanceof Error)
            ports.log.info(error.stack ?? '');
        const plan = draft(undefined);
        const findings = [...plan.findings, publishFailed(error)];
        return { publication: { ...plan, findings, refused: true }, written: undefined };
    }
}
function targetOf(read, inputs, ports) {
    const needsGitHub = !inputs.dryRun && (inputs.commit || inputs.dispatchTo.length > 0);
    const github = needsGitHub
        ? connectGitHub({
            ...(0,action/* identityOf */.cu)(inputs),
            apiUrl: ports.runner.apiUrl,
            http: ports.http,
            clock: ports.clock,
            log: ports.log,
            signal: ports.runner.signal
        })
        : undefined;
    return {
        logFile: inputs.logFile,
        appListFile: inputs.applistFile,
        dryRun: inputs.dryRun,
        commit: github !== undefined && inputs.commit ? commitTarget(read, github, ports.runner) : undefined,
        dispatch: github !== undefined && inputs.dispatchTo.length > 0
            ? { github, to: inputs.dispatchTo, event: inputs.dispatchEvent }
            : undefined
    };
}
function commitTarget({ catalogue, text }, github, runner) {
    // A URL, and a file outside of the workspace, are no paths in the repository.
    const isInside = !/^https?:\/\//i.test(catalogue.file) && !external_node_path_default().isAbsolute(catalogue.file);
    return {
        github,
        repository: runner.repository,
        branch: branchOf(runner.ref) ?? '',
        catalogue: isInside ? { path: catalogue.file, text } : undefined
    };
}
/**
 * Before anything is done: a run of hours must not find out at its end.
 * @throws InputError
 */
function requireBranch(inputs, { ref }) {
    const commits = inputs.commit && !inputs.dryRun && (inputs.mode === 'publish' || inputs.mode === 'all');
    if (!commits || branchOf(ref) !== undefined)
        return;
    throw new failure/* InputError */.dz([
        {
            input: 'commit',
            given: `true, in a run on "${ref}"`,
            allowed: 'a run on a branch: a commit needs a branch',
            fix: 'start the workflow on the branch that has the lists, or leave `commit` out'
        }
    ]);
}
function branchOf(ref) {
    return /^refs\/heads\/(.+)$/.exec(ref)?.[1];
}
/**
 * Seconds from the push that changed the catalogue until all of it was published: the push of this run, or of the run
 * that this one follows (`workflow_run`). Undefined where the event tells of no commit, where something of the
 * catalogue was left out of the lists, and where they were so before: then nothing became available just now.
 */
function lagSeconds(catalogue, { publication, written }, ports) {
    const isWhole = catalogue.refused.length === 0 && publication?.left.length === 0;
    if (!isWhole || written === undefined || written.changed.length === 0)
        return undefined;
    const before = ports.runner.event['workflow_run'];
    const commit = ports.runner.event['head_commit'] ?? before?.head_commit;
    if (typeof commit !== 'object' || commit === null || !('timestamp' in commit))
        return undefined;
    const time = Date.parse(String(commit.timestamp));
    return Number.isNaN(time) ? undefined : Math.max(0, (ports.clock.now() - time) / 1000);
}

// EXTERNAL MODULE: ./actions/convert-containers/src/look.ts
var src_look = __webpack_require__(7833);
// EXTERNAL MODULE: ./lib/store/index.ts + 7 modules
var lib_store = __webpack_require__(2722);
// EXTERNAL MODULE: ./actions/convert-containers/src/plan.ts
var src_plan = __webpack_require__(4165);
;// CONCATENATED MODULE: ./actions/convert-containers/src/verify.ts
/** Whether a store has what was put there: by what it tells of the bytes, else by reading them back. */




/** What lies in the store now is not what was put there. */
class WrongBytes extends Error {
    name = 'WrongBytes';
}
/** A whole SIF, and not the one that the stores are to have: a container is never built twice with the same bytes. */
class OtherBuild extends lib_sif/* SifError */.ty {
    constructor(sha256, published) {
        super('damaged', `another build of the same size: SHA-256 ${sha256}, published is ${published}`);
    }
}
/** Up to this size an object is read back when the store tells no MD5. */
const READ_BACK_BYTES = 64 * 1024 * 1024;
/** @throws Error when the object is not what was put there. */
async function verifyObject(store, key, expected, context, file) {
    const object = await context.rclone.stat(store, key);
    if (object === undefined)
        throw new Error(`${key} is not there after the upload`);
    if (object.bytes !== expected.bytes) {
        throw new WrongBytes(`${key} has ${object.bytes} bytes after the upload of ${expected.bytes}`);
    }
    // With a copy S3 keeps what rclone once wrote beside the bytes, and rclone tells that as their MD5.
    const told = file !== undefined || (await context.rclone.features(store)).api !== 's3';
    if (told && object.md5 !== undefined) {
        if (object.md5 !== expected.md5)
            throw new WrongBytes(`${key} has MD5 ${object.md5} after the upload of ${expected.md5}`);
        return 'md5';
    }
    if (file !== undefined && (await verifySegments(store, key, file, context)))
        return 'md5 of its segments';
    if (file !== undefined && (await verifyParts(store, key, file, context)))
        return 'md5 of its parts';
    if (object.bytes > READ_BACK_BYTES)
        return 'size only';
    const sha256 = await context.rclone.sha256(store, key);
    if (sha256 !== expected.sha256)
        throw new WrongBytes(`${key} reads back as SHA-256 ${sha256}, ${expected.sha256} was put`);
    return 'sha256';
}
/**
 * A large object of Swift has no MD5 of its own, but each of its segments has. Every upload has a set of them; one that
 * another run has under way may be newer. False when nothing is said by them.
 * @throws Error when the newest are other bytes, and no set has those that were put.
 */
async function verifySegments(store, key, file, context) {
    const place = (0,lib_store/* segmentStore */.RN)(store);
    if (place === undefined || (await context.rclone.features(store)).api !== 'swift')
        return false;
    const segments = await context.rclone.listAll(place, { folder: key, hash: true });
    const names = [...new Set(segments.map((one) => external_node_path_default().posix.dirname(one.key)))].sort().reverse();
    let wrong;
    for (const name of names) {
        const own = segments
            .filter((one) => external_node_path_default().posix.dirname(one.key) === name)
            .sort((a, b) => (a.key < b.key ? -1 : 1));
        if (own.some(({ md5 }) => md5 === undefined))
            continue;
        const sizes = own.map(({ bytes }) => bytes);
        // One of another length is not of this file: it is from before, or not complete.
        const digests = await (0,lib_sif/* md5OfParts */.eC)(context.ports.fs, file, sizes, context.signal);
        if (digests === undefined)
            continue;
        const other = own.find(({ md5 }, index) => md5 !== digests[index]);
        // The newest, or one that another run may have followed with its own: which of them is shown is not known here.
        if (other === undefined)
            return wrong === undefined;
        wrong ??= `segment ${other.key} of ${key} has other bytes after the upload`;
    }
    if (wrong !== undefined)
        throw new WrongBytes(wrong);
    return false;
}
/** Sizes of parts that are tried: one nearly always fits, and each costs a reading of the file. */
const PART_SIZES_TRIED = 4;
const MIB = 1024 * 1024;
/**
 * What S3 got in parts has no MD5, but its ETag is one of the MD5s of the parts, with their number. How long they were
 * is for rclone's configuration to say; whole MiB that give this number are tried, the shortest first. An ETag of other
 * bytes cannot be told from one of a bucket that encrypts with a key: false then, nothing is said by it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
async function verifyParts(store, key, file, context) {
    const url = (0,lib_store/* publicPath */.Zd)(store, key);
    if (url === undefined || (await context.rclone.features(store)).api !== 's3')
        return false;
    const { fs, http, clock, log } = context.ports;
    const seen = await (0,lib_store/* probe */.dy)(url, { http, clock, log, timeoutMs: context.timeoutMs, signal: context.signal });
    const etag = seen.state === 'present' ? seen.etag : undefined;
    const count = Number(/^[0-9a-f]{32}-(\d{1,5})$/.exec(etag ?? '')?.[1] ?? Number.NaN);
    if (!(count >= 1))
        return false;
    const { size } = await fs.stat(file);
    for (const part of partSizes(size, count)) {
        const sizes = Array.from({ length: count }, (_, index) => Math.min(part, size - index * part));
        const digests = await (0,lib_sif/* md5OfParts */.eC)(fs, file, sizes, context.signal);
        if (digests === undefined)
            continue;
        const whole = (0,external_node_crypto_.createHash)('md5')
            .update(Buffer.from(digests.join(''), 'hex'))
            .digest('hex');
        if (`${whole}-${count}` === etag)
            return true;
    }
    return false;
}
/** Lengths of a part, in bytes, with which a file of `size` bytes comes in `count` parts. Exported for its test. */
function partSizes(size, count) {
    const shortest = Math.ceil(size / count / MIB);
    const sizes = Array.from({ length: PART_SIZES_TRIED }, (_, index) => (shortest + index) * MIB);
    return sizes.filter((part) => part > 0 && Math.ceil(size / part) === count);
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/deliver.ts
/** One finished SIF into one store: put there or copied within it, and compared afterwards. */






/** Some stores show a new object to the public a moment later. */
const SHOW_ATTEMPTS = 5;
const SHOW_PAUSE_MS = 2000;
/**
 * Nobody may find bytes under a final name that are known to be wrong. But two runs may bring the same container: what
 * was written with another sum is another's, and may well be right.
 */
async function orRemove(store, key, sha256, context, verify) {
    try {
        return await verify();
    }
    catch (error) {
        if (!(error instanceof WrongBytes))
            throw error;
        const kept = await sha256Kept(store, key, context);
        if (kept !== sha256) {
            const whose = kept === undefined ? 'whose it is cannot be told' : `it was put there by another run, SHA-256 ${kept}`;
            throw new Error(`${error.message}; it was left there: ${whose}`, { cause: error });
        }
        await context.rclone.remove(store, key);
        throw error;
    }
}
function failureOf(store, error) {
    return { message: `${store.name}: ${(0,failure/* messageOf */.bD)(error)}`, required: store.required };
}
/**
 * Uploads to several stores at once; what one of them refuses does not keep the others. The plan may be hours old:
 * what another run has published meanwhile is kept, and where that is another file, no store gets this one.
 */
async function put(job, stores, got, context, deliveries, failures) {
    const started = context.ports.clock.now();
    const seen = await Promise.allSettled(stores.map(async (store) => await meanwhile(job, store, got, context)));
    const isTaken = seen.some((one) => one.status === 'fulfilled' && one.value === 'another');
    // Where it is published elsewhere already this is the right one.
    const isHeld = isTaken && job.sha256 === undefined;
    const results = await Promise.allSettled(stores.map(async (store, index) => {
        const found = seen[index];
        if (found?.status === 'rejected')
            throw found.reason;
        if (found?.value === 'another' || (isHeld && found?.value === undefined)) {
            const why = found?.value === 'another' ? 'it has another build meanwhile' : 'another store has';
            context.ports.log.info(`${job.container.id}: not brought to ${store.name}: ${why}, of another run`);
            return;
        }
        deliveries.push(await putInto(job, store, got, found?.value === 'this', started, context));
    }));
    context.signal.throwIfAborted();
    results.forEach((result, index) => {
        const store = stores[index];
        if (result.status === 'rejected' && store !== undefined)
            failures.push(failureOf(store, result.reason));
    });
}
/** What lies there now and was not to be replaced. */
async function meanwhile(job, store, { digests }, context) {
    if (job.replace?.includes(store) === true)
        return undefined;
    const key = (0,src_look/* keyOf */.TN)(job.container.object);
    const there = await context.rclone.stat(store, key);
    if (there === undefined)
        return undefined;
    const sha256 = there.sha256 ?? (await sha256Shown(store, key, context));
    const isThis = sha256 === undefined ? there.md5 === digests.md5 : sha256 === digests.sha256;
    return isThis ? 'this' : 'another';
}
async function putInto(job, store, { file, image, digests }, isThere, started, context) {
    const key = (0,src_look/* keyOf */.TN)(job.container.object);
    const { bytes, sha256 } = digests;
    if (!isThere) {
        await context.rclone.put(store, file, key, { sha256, ...(image === undefined ? {} : { digest: image }) });
    }
    const assurance = await orRemove(store, key, sha256, context, async () => {
        return await verifyObject(store, key, digests, context, file);
    });
    const readable = await isReadable(store, key, bytes, context);
    const how = isThere ? 'was there already' : 'uploaded';
    const ms = context.ports.clock.now() - started;
    return { store: store.name, how, bytes, sha256, ms, assurance, readable };
}
/**
 * Copies from the store's cache by the store itself; undefined when the bytes have to travel after all.
 * @throws SifError when what waits there is damaged, or another build than the published one
 */
async function copyInside(job, store, context) {
    const { rclone, ports } = context;
    const started = ports.clock.now();
    const from = cacheKey(context, job.container.object);
    const to = (0,src_look/* keyOf */.TN)(job.container.object);
    const sha256 = await sha256Shown(store, from, context);
    // Nobody could look into it, or nothing would be kept with the copy: it is downloaded, and uploaded with its sum.
    if (sha256 === undefined)
        return undefined;
    if (job.sha256 !== undefined && sha256 !== job.sha256)
        throw new OtherBuild(sha256, job.sha256);
    let size;
    let md5;
    try {
        const [features, cached] = await Promise.all([rclone.features(store), rclone.stat(store, from)]);
        // Without an MD5 it is a list of segments: a copy of that would point to what the cache's clean-up takes away.
        if (!features.copy || cached?.md5 === undefined || cached.bytes > src_plan/* MAX_SERVER_COPY */.pN)
            return undefined;
        ({ bytes: size, md5 } = cached);
        // Another run may have published it meanwhile: then it is compared with what is there.
        if (job.replace?.includes(store) !== true && (await rclone.stat(store, to)) !== undefined)
            return undefined;
        await inspectPublic(store, from, size, job.container.architecture, context);
        // Its MD5 says what the store has, not what was to be put there; nor do the tables say anything of the files' bytes.
        const read = await rclone.sha256(store, from);
        if (read !== sha256)
            throw new lib_sif/* SifError */.ty('damaged', `${from} has SHA-256 ${read}, ${sha256} was written with it`);
        await rclone.copy(store, from, to);
    }
    catch (error) {
        context.signal.throwIfAborted();
        if (error instanceof lib_sif/* SifError */.ty)
            throw error;
        // Who may not copy may well upload, and an address that gives no ranges hinders no download.
        ports.log.info(`${store.name} does not copy ${from} by itself, it travels: ${(0,failure/* messageOf */.bD)(error)}`);
        return undefined;
    }
    const assurance = await orRemove(store, to, sha256, context, async () => {
        return await verifyObject(store, to, { bytes: size, md5, sha256 }, context);
    });
    const readable = await isReadable(store, to, size, context);
    return {
        store: store.name,
        how: 'copied in the store',
        bytes: size,
        sha256,
        ms: ports.clock.now() - started,
        assurance,
        readable
    };
}
/** The SHA-256 that was kept with an object, as the store tells its owner, or the public. */
async function sha256Kept(store, key, context) {
    return (await context.rclone.stat(store, key))?.sha256 ?? (await sha256Shown(store, key, context));
}
/** As its public address tells it. */
async function sha256Shown(store, key, context) {
    const url = (0,lib_store/* publicPath */.Zd)(store, key);
    if (url === undefined)
        return undefined;
    const { http, clock, log } = context.ports;
    const seen = await (0,lib_store/* probe */.dy)(url, { http, clock, log, timeoutMs: context.timeoutMs, signal: context.signal });
    return seen.state === 'present' ? seen.sha256 : undefined;
}
/** Looks into an object where it lies, by ranges of its public address. @throws SifError */
async function inspectPublic(store, key, bytes, architecture, context) {
    const url = (0,lib_store/* publicPath */.Zd)(store, key);
    if (url === undefined)
        return;
    const { http, clock, log } = context.ports;
    const read = (0,lib_store/* rangeReader */.n3)(url, { http, clock, log, timeoutMs: context.timeoutMs, signal: context.signal });
    await (0,lib_sif/* inspectSif */.lj)(read, bytes, { architecture });
}
/** @throws Error when the public address does not give it. */
async function isReadable(store, key, bytes, context) {
    const url = (0,lib_store/* publicPath */.Zd)(store, key);
    if (url === undefined)
        return undefined;
    const { http, clock, log } = context.ports;
    for (let attempt = 1;; attempt++) {
        const seen = await (0,lib_store/* probe */.dy)(url, { http, clock, log, timeoutMs: context.timeoutMs, signal: context.signal });
        if (seen.state === 'present' && (seen.bytes === undefined || seen.bytes === bytes))
            return true;
        if (attempt < SHOW_ATTEMPTS) {
            await clock.sleep(SHOW_PAUSE_MS, context.signal);
            continue;
        }
        const reasons = {
            present: `gives ${seen.state === 'present' ? (seen.bytes ?? 0) : 0} bytes instead of ${bytes}`,
            missing: 'says 404',
            unreadable: `says ${seen.state === 'unreadable' ? seen.status : ''}: the object or its segments are private`,
            unknown: `gives no answer: ${seen.state === 'unknown' ? seen.reason : ''}`
        };
        throw new Error(`it was uploaded, but its public address ${url} ${reasons[seen.state]}`);
    }
}
/** Where a finished build waits. */
function cacheKey(context, object) {
    return `${context.cachePrefix}/${(0,src_look/* keyOf */.TN)(object)}`;
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/files.ts
/**
 * The names of one container's file on the disk: this run's own, from which it is uploaded, and the final one, by which
 * another run finds it.
 */




/** Where a SIF is uploaded from: no other run takes it away or puts another one in its place. */
function ownFile({ container }, { scratch }) {
    return external_node_path_default().join(scratch, (0,src_look/* keyOf */.TN)(container.object));
}
/** Where a run after a kill finds it. */
function finishedFile({ container }, { workFolder }) {
    return external_node_path_default().resolve(workFolder, (0,src_look/* keyOf */.TN)(container.object));
}
/**
 * A file of the work folder gets a name that is this run's own; where none can be given it is used where it lies.
 * @throws the error of the file system, ENOENT, when it is gone.
 */
async function claim(file, job, context) {
    if (file !== finishedFile(job, context))
        return file;
    const own = ownFile(job, context);
    try {
        await context.ports.fs.link(file, own);
        return own;
    }
    catch (error) {
        if (codeOf(error) === 'ENOENT')
            throw error;
        return file;
    }
}
/**
 * A whole file gets its final name as well: a run after a kill goes on with it. Of two builds the first one counts, so
 * that runs that share the folder bring the same bytes.
 */
async function share(job, source, context) {
    const { fs, log } = context.ports;
    const [own, finished] = [ownFile(job, context), finishedFile(job, context)];
    const other = `${own}.other`;
    try {
        await fs.link(own, finished);
    }
    catch (error) {
        // A file system without second names: it gets this one when it has to wait for a store.
        if (codeOf(error) !== 'EEXIST')
            return log.debug(`${finished}: ${(0,failure/* messageOf */.bD)(error)}`);
        try {
            if (source.kind !== 'convert')
                throw error;
            await fs.link(finished, other);
            await (0,lib_sif/* inspectFile */.Xp)(fs, other, {
                architecture: job.container.architecture,
                digest: source.image.digest
            });
            await fs.rename(other, own);
            log.info(`${job.container.id}: another run has finished it first, its file is taken`);
        }
        catch {
            await fs.rm(other, { force: true });
            await fs.link(own, other);
            await fs.rename(other, finished);
        }
        finally {
            await fs.rm(other, { force: true });
        }
    }
}
/**
 * A finished SIF stays only where a required store has not taken it and another run can go on with it.
 * @returns whether it stays.
 */
async function settle(job, file, failures, context) {
    const { fs } = context.ports;
    const finished = finishedFile(job, context);
    // The local cache is somebody else's.
    if (file !== finished && file !== ownFile(job, context))
        return false;
    if (context.kept !== undefined && failures.some(({ required }) => required)) {
        // Mostly it has this name already.
        if (file !== finished)
            await fs.rename(file, finished);
        context.kept.add(finished);
        return true;
    }
    await fs.rm(finished, { force: true });
    return false;
}
/** Of an error of the file system. */
function codeOf(error) {
    return error.code;
}

// EXTERNAL MODULE: ./lib/markdown/index.ts
var markdown = __webpack_require__(8066);
;// CONCATENATED MODULE: ./actions/convert-containers/src/disk.ts

/** There will never be enough room for this, whoever finishes. */
class NoRoom extends Error {
    name = 'NoRoom';
}
/** For what needs none. */
const NO_ROOM = { giveBack: () => undefined, exchange: async () => await Promise.resolve() };
/**
 * @param minFree bytes that must be left free on top of every need.
 * @param evict gives up something that may be made again; false when there is nothing of that kind.
 */
function createDisk(fs, folder, minFree, evict = async () => await Promise.resolve(false)) {
    let taken = 0;
    let holders = 0;
    let atRest = Number.NaN;
    let waiting = [];
    const free = async () => {
        const { bavail, bsize } = await fs.statfs(folder);
        return bavail * bsize;
    };
    const wake = () => {
        const others = waiting;
        waiting = [];
        for (const resolve of others)
            resolve();
    };
    const take = async (need, what) => {
        for (;;) {
            const now = await free();
            if (holders === 0)
                atRest = now;
            // What others have used of their share is gone from `now` already: the smaller of the two views counts.
            const have = Math.min(now, atRest - taken);
            if (need + minFree <= have)
                break;
            if (holders === 0) {
                if (await evict())
                    continue;
                const wanted = minFree === 0 ? (0,markdown/* bytes */.ee)(need) : `${(0,markdown/* bytes */.ee)(need)} and ${(0,markdown/* bytes */.ee)(minFree)} to be left free`;
                throw new NoRoom(`${what} needs ${wanted}, ${folder} has ${(0,markdown/* bytes */.ee)(now)}`);
            }
            await new Promise((resolve) => waiting.push(resolve));
        }
        taken += need;
        holders++;
        let given = false;
        return (stays = 0) => {
            if (given)
                return;
            given = true;
            taken -= need;
            atRest -= stays;
            holders--;
            wake();
        };
    };
    return {
        take: async (need, what) => {
            let giveBack = await take(need, what);
            return {
                giveBack: (stays) => giveBack(stays),
                exchange: async (other) => {
                    giveBack();
                    giveBack = await take(other, what);
                }
            };
        }
    };
}

// EXTERNAL MODULE: ./actions/convert-containers/src/pulls.ts
var pulls = __webpack_require__(9868);
// EXTERNAL MODULE: ./actions/convert-containers/src/workspace.ts
var workspace = __webpack_require__(5969);
;// CONCATENATED MODULE: ./actions/convert-containers/src/obtain.ts
/** The bytes of one container: from the first source that has them whole. */










/**
 * The bytes from the first source that has them whole. What is damaged on the way is added to `damaged`, and its store to
 * `upload` where users read it.
 */
async function obtain(job, sources, { damaged, upload }, context) {
    const left = [...sources];
    for (;;) {
        const source = left.shift() ?? (await lastResort(job, damaged, context));
        const begin = async () => await withRoom(job, source, context);
        try {
            // The room is taken in its turn: who waits for one holds nothing that a build may wait for.
            return { source, ...(source.kind === 'convert' ? await context.turn(begin) : await begin()) };
        }
        catch (error) {
            if (source.kind === 'convert' || !(error instanceof lib_sif/* SifError */.ty || isGone(source, error)))
                throw error;
            const reason = error instanceof lib_sif/* SifError */.ty ? error.message : 'it is no longer there';
            damaged.push(`${placeOf(job, source, context)}: ${reason}`);
            const isReplaced = source.kind === 'store' && !source.cached && !(error instanceof OtherBuild);
            if (isReplaced)
                upload.push(source.store);
            context.ports.log.warning(`${job.container.id}: ${damaged.at(-1) ?? ''}; another source is taken`);
        }
    }
}
/** @throws Limited when its registry gives no more for now */
async function lastResort(job, damaged, context) {
    const all = damaged.join('; ');
    if (job.mayConvert !== true)
        throw new Error(`${all}; it is not made anew while a store that may have it gives no answer`);
    const found = await context.findImage(job.container);
    if (found.kind === 'limited')
        throw new pulls/* Limited */.jP(found.reason);
    if (found.kind !== 'image')
        throw new Error(`${all}; ${found.reason}`);
    return { kind: 'convert', image: found.image };
}
function placeOf(job, source, context) {
    if (source.kind === 'local')
        return source.file;
    const { object } = job.container;
    return `${source.cached ? cacheKey(context, object) : (0,src_look/* keyOf */.TN)(object)} in ${source.store.name}`;
}
/** A run that shares the work folder has delivered it, and taken it away. */
function isGone(source, error) {
    return source.kind === 'local' && codeOf(error) === 'ENOENT';
}
/** Gives the room back when it fails. @throws NoRoom */
async function withRoom(job, source, context) {
    const room = await roomFor(job, source, context);
    try {
        return { got: await get(job, source, room, context), room };
    }
    catch (error) {
        room.giveBack();
        throw error;
    }
}
/** @throws NoRoom */
async function roomFor(job, source, context) {
    // A local file is used where it lies.
    if (source.kind === 'local')
        return NO_ROOM;
    const need = source.kind === 'store' ? source.bytes : (0,src_plan/* diskFor */.xh)(source.image.compressedBytes, context.converter);
    return await context.disk.take(need, job.container.id);
}
async function get(job, source, room, context) {
    const { ports } = context;
    const started = ports.clock.now();
    const { architecture, object } = job.container;
    const own = ownFile(job, context);
    const done = (file, sif, rest) => ({
        file,
        image: (0,lib_sif/* digestInDefinition */.B7)(sif.definition),
        ms: ports.clock.now() - started,
        ...rest
    });
    if (source.kind === 'local') {
        const file = await claim(source.file, job, context);
        const sif = await (0,lib_sif/* inspectFile */.Xp)(ports.fs, file, { architecture });
        return done(file, sif, { movedBytes: 0, ...(await expectRight(file, job, source, context)) });
    }
    const folder = external_node_path_default().join(context.scratch, object);
    await ports.fs.mkdir(folder, { recursive: true, mode: 0o700 });
    try {
        const file = external_node_path_default().join(folder, 'out.sif');
        let rest;
        let sif;
        if (source.kind === 'store') {
            const key = source.cached ? cacheKey(context, object) : (0,src_look/* keyOf */.TN)(object);
            await context.rclone.get(source.store, key, file);
            sif = await (0,lib_sif/* inspectFile */.Xp)(ports.fs, file, { architecture });
            const { size } = await ports.fs.stat(file);
            rest = { movedBytes: size, ...(await expectRight(file, job, source, context)) };
        }
        else {
            const { container } = job;
            await context.convert({ container, image: source.image, folder, output: file, room });
            sif = await (0,lib_sif/* inspectFile */.Xp)(ports.fs, file, { architecture, digest: source.image.digest });
            rest = { movedBytes: source.image.compressedBytes };
        }
        await ports.fs.rename(file, own);
        if (context.kept !== undefined)
            await share(job, source, context);
        return done(own, sif, rest);
    }
    finally {
        await (0,workspace/* removeTree */.dM)(ports.fs, folder);
    }
}
/** @returns the digests, where they had to be compared. */
async function expectRight(file, job, source, context) {
    const written = await sumWrittenWith(source, job, context);
    const expected = written ?? job.sha256;
    if (expected === undefined)
        return {};
    const digests = await (0,lib_sif/* digestsOfFile */.Lx)(context.ports.fs, file, context.signal);
    if (digests.sha256 === expected)
        return { digests };
    if (written === undefined)
        throw new OtherBuild(digests.sha256, expected);
    throw new lib_sif/* SifError */.ty('damaged', `it has SHA-256 ${digests.sha256}, ${expected} was written with it`);
}
/** What a build in the cache was written with is asked for only where no published file says which one it has to be. */
async function sumWrittenWith(source, job, context) {
    if (source.kind !== 'store')
        return undefined;
    if (!source.cached || job.sha256 !== undefined)
        return source.sha256;
    return source.sha256 ?? (await sha256Kept(source.store, cacheKey(context, job.container.object), context));
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/carry.ts
/** One container from its source into every store that lacks it: get the bytes, verify them, put them, verify again. */






/** Nothing is wrong with it: its registry gives no more for now. */
function isLeft({ failures }) {
    return failures.length > 0 && failures.every(({ kind }) => kind === 'limited');
}
/** Never throws for what tools and stores do: it is in `failures`. A cancel is thrown on. */
async function carry(job, context) {
    const started = context.ports.clock.now();
    const failures = [];
    const damaged = [];
    const deliveries = [];
    const upload = [...job.upload];
    let sources = [...(job.source === undefined ? [] : [job.source]), ...(job.others ?? [])];
    let movedBytes = 0;
    let { sha256 } = job;
    const wanted = () => (sha256 === undefined ? job : { ...job, sha256 });
    for (const { store } of job.inside) {
        try {
            const delivery = await copyInside(wanted(), store, context);
            if (delivery === undefined)
                upload.push(store);
            else {
                deliveries.push(delivery);
                sha256 ??= delivery.sha256;
            }
        }
        catch (error) {
            context.signal.throwIfAborted();
            if (error instanceof lib_sif/* SifError */.ty) {
                damaged.push(`${cacheKey(context, job.container.object)} in ${store.name}: ${error.message}`);
                sources = sources.filter((one) => !(one.kind === 'store' && one.store === store && one.cached));
                upload.push(store);
            }
            else
                failures.push(failureOf(store, error));
        }
    }
    let source;
    let got;
    if (upload.length > 0) {
        let room;
        let stays = 0;
        const planned = upload.length;
        try {
            const obtained = await obtain(wanted(), sources, { damaged, upload }, context);
            ({ source, got, room } = obtained);
            movedBytes += got.movedBytes;
            const digests = got.digests ?? (await (0,lib_sif/* digestsOfFile */.Lx)(context.ports.fs, got.file, context.signal));
            got = { ...got, digests };
            // What it has found damaged on the way is replaced as well.
            const replace = [...(job.replace ?? []), ...upload.slice(planned)];
            await put({ ...wanted(), replace }, upload, { ...got, digests }, context, deliveries, failures);
            if (await settle(job, got.file, failures, context))
                stays = digests.bytes;
        }
        catch (error) {
            context.signal.throwIfAborted();
            const required = upload.some((store) => store.required);
            failures.push({ message: (0,failure/* messageOf */.bD)(error), required, ...kindOf(error) });
        }
        finally {
            await context.ports.fs.rm(ownFile(job, context), { force: true });
            room?.giveBack(stays);
        }
    }
    // What a store copied by itself was read once before.
    movedBytes += deliveries.reduce((sum, { how, bytes }) => sum + (how === 'was there already' ? 0 : bytes), 0);
    return {
        id: job.container.id,
        object: job.container.object,
        from: FROM[(source ?? job.source)?.kind ?? 'store'],
        deliveries,
        bytes: got?.digests?.bytes ?? deliveries[0]?.bytes ?? 0,
        sha256: got?.digests?.sha256 ?? deliveries[0]?.sha256,
        image: got?.image,
        getMs: got?.ms ?? 0,
        ms: context.ports.clock.now() - started,
        movedBytes,
        failures,
        damaged
    };
}
const FROM = { convert: 'converted', local: 'local', store: 'copied' };
function kindOf(error) {
    if (error instanceof pulls/* Limited */.jP)
        return { kind: 'limited' };
    return error instanceof lib_sif/* NoMksquashfs */.OM ? { kind: 'no-converter' } : {};
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/done.ts
/** It is the same for every container: told once. */
function converterFindings({ carried }) {
    const lacking = carried.flatMap(({ failures }) => failures.filter(({ kind }) => kind === 'no-converter'));
    const [first] = lacking;
    if (first === undefined)
        return [];
    const containers = lacking.length === 1 ? '1 container' : `${lacking.length} containers`;
    return [
        {
            id: 'converter-missing',
            subject: 'mksquashfs',
            severity: lacking.some(({ required }) => required) ? 'error' : 'warning',
            message: `${containers} could not be converted: ${first.message}`,
            hint: 'Install squashfs-tools in a step before; the stream needs 4.5 or newer.'
        }
    ];
}
const DAMAGED = {
    id: 'source-damaged',
    severity: 'warning',
    hint: 'Another source was taken. Look why bytes were lost there; a build in the cache may be deleted.'
};
const BLOCKED = {
    'no-image': 'image-missing',
    limited: 'registry-limit',
    unknown: 'image-unknown',
    held: 'convert-held'
};
const LIMITED_HINT = 'Log in to the registry, name a mirror first in `registries`, or run again later.';
function workFindings({ carried, plan, mode, rateLimits }) {
    const findings = carried.flatMap(({ id, failures }) => failures
        .filter(({ kind }) => kind !== 'no-converter')
        .map(({ message, required, kind }) => ({
        id: kind === 'limited' ? 'registry-limit' : 'convert-failed',
        subject: id,
        severity: required ? 'error' : 'warning',
        message,
        ...(kind === 'limited' ? { hint: LIMITED_HINT } : {})
    })));
    for (const { id, damaged } of carried) {
        findings.push(...damaged.map((message) => ({ ...DAMAGED, subject: id, message })));
    }
    for (const { store, damaged, limit } of plan?.spared ?? []) {
        findings.push({
            id: 'damaged-too-many',
            subject: store.name,
            severity: store.required ? 'error' : 'warning',
            message: `${damaged} of its objects are damaged, and none was replaced: at most ${limit} are without \`max-replace\``,
            hint: 'Look at some of them. When they are damaged indeed, run again with `max-replace`.'
        });
    }
    if (mode === 'convert' || mode === 'all' || mode === 'plan') {
        for (const { container, kind, reason } of plan?.blocked ?? []) {
            // What is wrong with these is told by their state already.
            if (kind === 'differs' || kind === 'no-target')
                continue;
            findings.push({
                id: BLOCKED[kind],
                subject: container.id,
                severity: kind === 'unknown' || kind === 'held' ? 'unknown' : 'error',
                message: kind === 'held' ? `not made anew, left for the next run: ${reason}` : reason,
                ...(kind === 'limited' ? { hint: LIMITED_HINT } : {}),
                ...(kind === 'no-image'
                    ? { hint: 'Push the image, or correct its build date in the catalogue.' }
                    : {})
            });
        }
    }
    for (const { assurance, id } of carried.flatMap((one) => one.deliveries.map((own) => ({ ...own, id: one.id })))) {
        if (assurance !== 'size only')
            continue;
        findings.push({
            id: 'object-unverified',
            subject: id,
            severity: 'notice',
            message: 'only its size could be compared after the upload: the store tells no MD5'
        });
    }
    for (const { host, remaining, limit } of rateLimits) {
        if (remaining * 10 > limit)
            continue;
        findings.push({
            id: 'registry-limit-near',
            subject: host,
            severity: 'warning',
            message: `${remaining} of ${limit} pulls are left`,
            hint: 'Log in to the registry, or name a mirror first in `registries`.'
        });
    }
    return findings;
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/segments.ts
/**
 * Who is made of which segments of large objects (Swift). A manifest that was copied names the segments of another, and
 * who deletes one of the two by rclone takes the segments of both. Pure.
 */
/**
 * rclone's segments are `OBJECT/MTIME/SIZE/NUMBER`, since 1.69 `OBJECT/DATE-TIME-RANDOM/NUMBER` (rclone,
 * backend/swift); what is named otherwise is not known and stays.
 */
function segmentSet(key) {
    const match = /^((.+\.simg)\/(?:\d+\.\d+\/\d+|\d{4}-\d\d-\d\d-\d{6}-[\w-]{16,32}))\/\d+$/.exec(key);
    return match?.[1] === undefined || match[2] === undefined ? undefined : { object: match[2], set: match[1] };
}
/** `CONTAINER/SET` of what a manifest names, which is that or a segment in it; another form is a set of its own. */
function setOf(part) {
    const slash = part.indexOf('/');
    // A container without a prefix: all that is in it.
    if (slash === -1)
        return `${part}/`;
    return `${part.slice(0, slash)}/${segmentSet(part.slice(slash + 1))?.set ?? part.slice(slash + 1)}`;
}
/** A manifest names a prefix, and Swift takes it as text: `x/1` also stands for `x/10`. */
function usesOf(uses) {
    const groups = [];
    // In this order everything that begins with a text stands directly behind it.
    for (const { owner, set } of uses.toSorted((a, b) => (a.set < b.set ? -1 : a.set > b.set ? 1 : 0))) {
        const last = groups.at(-1);
        if (last !== undefined && set.startsWith(last.root))
            last.owners.add(owner);
        else
            groups.push({ root: set, owners: new Set([owner]) });
    }
    const groupsOf = new Map();
    for (const { owners } of groups) {
        for (const owner of owners)
            groupsOf.set(owner, [...(groupsOf.get(owner) ?? []), owners]);
    }
    const roots = groups.map(({ root }) => root.slice(root.indexOf('/') + 1));
    const known = new Map();
    return {
        isUsed: (set) => {
            const answer = known.get(set) ?? roots.some((root) => set.startsWith(root) || root.startsWith(`${set}/`));
            known.set(set, answer);
            return answer;
        },
        sharedWith: (owner) => {
            const all = new Set((groupsOf.get(owner) ?? []).flatMap((owners) => [...owners]));
            all.delete(owner);
            return [...all].sort();
        }
    };
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/retain.ts
/**
 * What may be deleted from the stores: containers that nobody wants and that were uploaded long ago, builds that waited
 * too long in the cache, and segments that no object is made of. Since when a container is unwanted is not known: the
 * age is that of its upload. Everything speaks for keeping: what is not surely old and surely unwanted stays. Pure.
 */



/** Its name in findings. */
function subjectOf({ store, key }) {
    return `${store}: ${key}`;
}
const retain_DAY = 86_400_000;
/** Finished builds wait for a release this long. */
const CACHE_DAYS = 30;
/** An upload of 30 GB may still be under way. */
const SEGMENT_DAYS = 7;
const LIMIT_COUNT = 25;
const LIMIT_SHARE = 0.05;
/**
 * @param protectedObjects names without `.simg`.
 * @throws Error when the cache is the store itself: containers would go as builds that waited too long.
 */
function planRetention(contents, protectedObjects, rules) {
    const kept = { protected: 0, young: 0, foreign: 0, shared: 0, awaited: 0 };
    const deletions = [];
    const shared = [];
    const awaited = [];
    for (const { store, cached } of contents) {
        const bare = cached.find(({ key }) => !isInFolder(key));
        if (bare !== undefined)
            throw new Error(`the cache of ${store} is the store itself: ${bare.key}`);
    }
    const uses = usesOf(contents.flatMap(usesIn));
    for (const { store, objects, cached, segments, others, manifests, untold, allTold } of contents) {
        const there = new Set(objects.map(({ key }) => key));
        const successors = awaitedIn(objects, rules.current);
        const all = new Set([...there, ...cached.map(({ key }) => key), ...others]);
        // Whatever its name, a set that an object is made of stays; one that told nothing keeps every set with its name.
        const inUse = ({ object, set }) => !allTold || uses.isUsed(set) || (all.has(object) && !manifests.has(object));
        // rclone deletes the segments with the object.
        const isBound = (key) => {
            const subject = subjectOf({ store, key });
            const partners = uses.sharedWith(subject);
            if (partners.length > 0)
                shared.push({ subject, with: partners });
            return partners.length > 0 || untold.has(key) || (manifests.has(key) && !allTold);
        };
        // A conversion that failed must not cost users the build that they have.
        const isAwaited = (key) => {
            const successor = successors.get(imageOf(containerOf(key) ?? ''));
            if (successor !== undefined)
                awaited.push({ subject: subjectOf({ store, key }), successor });
            return successor !== undefined;
        };
        const consider = (kind, object, days) => {
            if (object.modified === undefined || rules.now - object.modified < days * retain_DAY)
                kept.young++;
            else if (kind === 'object' && isAwaited(object.key))
                kept.awaited++;
            else if (kind !== 'segment' && isBound(object.key))
                kept.shared++;
            else
                deletions.push({ store, kind, key: object.key, bytes: object.bytes, modified: object.modified });
        };
        for (const object of objects) {
            const name = containerOf(object.key);
            if (name === undefined)
                kept.foreign++;
            else if (protectedObjects.has(name))
                kept.protected++;
            else
                consider('object', object, rules.retentionDays);
        }
        for (const object of cached) {
            const file = object.key.split('/').at(-1) ?? '';
            const name = containerOf(file);
            if (name === undefined)
                kept.foreign++;
            // The next run copies it from here to its final name.
            else if (protectedObjects.has(name) && !there.has(file))
                kept.protected++;
            else
                consider('cached', object, CACHE_DAYS);
        }
        for (const segment of segments) {
            const owner = segmentSet(segment.key);
            if (owner === undefined)
                kept.foreign++;
            else if (inUse(owner))
                kept.protected++;
            else
                consider('segment', segment, SEGMENT_DAYS);
        }
    }
    deletions.sort((a, b) => retain_compare(lineOf(a), lineOf(b)));
    const listed = contents.reduce((sum, { objects, cached }) => sum + objects.length + cached.length, 0);
    return {
        deletions,
        hash: (0,external_node_crypto_.createHash)('sha256').update(deletions.map(lineOf).join('')).digest('hex'),
        limit: rules.maxDelete ?? Math.max(LIMIT_COUNT, Math.floor(listed * LIMIT_SHARE)),
        counted: new Set(deletions.map(countedAs)).size,
        kept,
        shared,
        awaited
    };
}
/** Why nothing may be deleted, whatever the plan says. */
function objections(catalogue, base, plan, given) {
    const findings = [];
    const object = (id, message, hint, severity = 'error') => {
        findings.push({ id, subject: catalogue.file, severity, message, hint });
    };
    if (catalogue.broken) {
        object('retain-catalogue-broken', 'the catalogue is no JSON: nothing is deleted by it', 'Correct the file.');
    }
    else if (catalogue.containers.length === 0) {
        object('retain-catalogue-empty', 'the catalogue has no containers: nothing is deleted by it', 'Look whether it is the right file.');
    }
    else if (catalogue.findings.some(({ severity }) => severity === 'error')) {
        const names = catalogue.findings
            .filter(({ severity }) => severity === 'error')
            .slice(0, 5)
            .map(({ subject }) => subject)
            .join(', ');
        object('retain-catalogue-faulty', `the catalogue has faults (${names}): nothing is deleted by it`, 'Correct them first.');
    }
    else if (unclear(catalogue).length > 0) {
        object('retain-catalogue-unclear', `it is not clear whether these are containers (${unclear(catalogue).slice(0, 5).join(', ')}): nothing is deleted by it`, 'Give menu items an exec, and containers the name of their tool.');
    }
    if (base?.shrunken === true) {
        object('retain-catalogue-shrunken', 'the catalogue has lost many containers at once: nothing is deleted by it', 'Look whether it was cut off.');
    }
    if (plan === undefined)
        return findings;
    if (given.confirmPlan !== '' && given.confirmPlan !== plan.hash) {
        const message = `the plan that was confirmed is not the plan of now: ${given.confirmPlan} is confirmed, ${plan.hash} would be carried out`;
        object('retain-plan-changed', message, 'Look at the plan again, and confirm its hash.');
    }
    else if (plan.counted > plan.limit && given.confirmPlan === '') {
        object('retain-too-many', `${plan.counted} objects would go, at most ${plan.limit} may go without a confirmation`, `When they shall go: confirm-plan: ${plan.hash}`, given.delete ? 'error' : 'warning');
    }
    return findings;
}
/** Entries that are taken for menu items, and may be containers: their objects would be nobody's. */
function unclear({ findings, containers }) {
    const counted = new Set(containers.map(({ app }) => app));
    return findings
        .filter(({ id, subject }) => id === 'catalogue-primary-unclear' && !counted.has(subject))
        .map(({ subject }) => subject);
}
/** `./NAME`, `//NAME` and `x/../NAME` are no folder. */
function isInFolder(key) {
    const parts = key.split('/').filter((part) => part !== '' && part !== '.');
    return parts.length > 1 && !parts.includes('..');
}
/** The container that an object holds, by its name; undefined for what is no container's. */
function containerOf(key) {
    const name = /^([^/]+)\.simg$/.exec(key)?.[1];
    return name !== undefined && isContainerName(name) ? name : undefined;
}
function imageOf(name) {
    return parseContainerName(name)?.image ?? name;
}
/** Objects that the catalogue wants and that are not here, by their images. */
function awaitedIn(objects, current) {
    const there = new Set(objects.filter(({ bytes }) => bytes > 0).map(({ key }) => containerOf(key)));
    return new Map(current.filter((name) => !there.has(name)).map((name) => [imageOf(name), name]));
}
function usesIn({ store, manifests }) {
    return [...manifests].flatMap(([key, sets]) => [...sets].map((set) => ({ owner: subjectOf({ store, key }), set })));
}
/** A listing rounds times down to the second, an object's own header up, or neither does. */
const ROUNDING_MS = 1000;
/** It is still what was listed. Whatever is deleted is days old, so what was written anew differs by days. */
function isUnchanged(now, listed) {
    return (now.bytes === listed.bytes &&
        now.modified !== undefined &&
        Math.abs(now.modified - listed.modified) <= ROUNDING_MS);
}
function countedAs({ store, kind, key }) {
    return `${kind}\t${store}\t${(kind === 'segment' ? segmentSet(key)?.set : undefined) ?? key}`;
}
function lineOf({ store, kind, key, bytes, modified }) {
    return `${kind}\t${store}\t${key}\t${bytes}\t${modified}\n`;
}
function retain_compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/looked.ts


function lookedAt(result) {
    const { catalogue, limited } = result;
    // Nothing can be said of its containers, not even which there are.
    if (catalogue.broken)
        return { subjects: [] };
    const containers = new Set(catalogue.containers.map(({ id }) => id));
    const stores = result.views.map((view) => ({ name: view.store.name, answered: hasAnswered(view) }));
    const unknown = result.available.filter(({ verdict }) => verdict === 'unknown');
    return {
        subjects: [
            ...stores.filter(({ answered }) => answered).map(({ name }) => name),
            // A job of a matrix answers for its own containers.
            ...(limited ? [] : catalogue.names.filter((name) => !containers.has(name))),
            ...containersSeen(result),
            ...publicationSeen(result)
        ],
        unreached: [
            ...stores.filter(({ answered }) => !answered).map(({ name }) => name),
            ...unknown.map(({ container }) => container.id),
            ...result.dispatchTo.filter((name) => !(result.written?.dispatched ?? []).includes(name))
        ],
        coverage: { of: catalogue.file, whole: isWhole(result) }
    };
}
/** Nothing is known of anything in it: that is told once. */
function isDark({ store, listingError, silent }) {
    return silent !== undefined || (listingError !== undefined && store.publicUrl === undefined);
}
/** A store that was asked for nothing has said nothing. */
function hasAnswered(view) {
    return !isDark(view) && view.sightings.size > 0;
}
function containersSeen({ available, mode, plan }) {
    // What a plan leaves to the jobs that come after it is theirs to tell.
    const left = new Set(mode === 'plan' ? plan?.jobs.map(({ container }) => container.id) : []);
    return available
        .filter(({ container, verdict }) => verdict === 'present' || (verdict !== 'unknown' && !left.has(container.id)))
        .map(({ container }) => container.id);
}
/** The lists, where they were written or were as they should be; the catalogue's file by who may publish by it. */
function publicationSeen({ mode, limited, dryRun, catalogue, publication, written }) {
    if (mode === 'check')
        return limited ? [] : [catalogue.file];
    if (publication === undefined || publication.refused || dryRun)
        return [];
    return [catalogue.file, LOG, ...(written?.dispatched ?? [])];
}
/**
 * A container that is not named has left the catalogue: not when an entry is faulty, which hides what it stands for, and
 * not by a plan or a conversion, which do not come to the lists.
 */
function isWhole({ mode, limited, changedOnly, dryRun, catalogue, written }) {
    if (limited || changedOnly || catalogue.findings.some(({ severity }) => severity === 'error'))
        return false;
    return mode === 'check' || (written !== undefined && !dryRun);
}
/** Of mode retain. What would be deleted, and was only planned, stays as it was. */
function lookedAtStores({ file, stores, deleted, findings, swept }) {
    const about = (subject) => findings.some((finding) => finding.subject === subject);
    const isListed = !findings.some(({ id }) => id === 'retain-store-unknown');
    return {
        subjects: [...(about(file) ? [] : [file]), ...stores, ...deleted.map(subjectOf)],
        coverage: { of: `retention by ${file}`, whole: swept && isListed }
    };
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/seen.ts

function baseUnknownFindings({ baseUnknown }) {
    if (baseUnknown === undefined)
        return [];
    return [
        {
            id: 'base-unknown',
            subject: 'base-catalogue',
            severity: 'unknown',
            message: baseUnknown,
            hint: 'Run again when it can be read, or name another one.'
        }
    ];
}
function storeFindings({ views }) {
    return views.flatMap(({ store, listingError, cacheError, silent, sightings }) => {
        if (silent !== undefined) {
            return [
                {
                    id: 'store-silent',
                    subject: store.name,
                    severity: store.required ? 'unknown' : 'warning',
                    message: `it gives no answers, and nothing is known of its ${sightings.size} containers: ${silent}`,
                    hint: 'Look at the store and at the network, and run again when it answers.'
                }
            ];
        }
        if (store.remote === undefined)
            return [];
        if (listingError === undefined)
            return [...cacheFinding(store, cacheError), ...publicFinding(store)];
        const seen = store.publicUrl === undefined ? 'nothing is known of it' : 'its public address was asked instead';
        return [
            {
                id: 'store-not-listed',
                subject: store.name,
                severity: store.publicUrl === undefined && store.required ? 'unknown' : 'warning',
                message: `it could not be listed, ${seen}: ${listingError}`,
                hint: 'Look at the remote in rclone’s configuration and at its credentials.'
            }
        ];
    });
}
function cacheFinding({ name }, cacheError) {
    if (cacheError === undefined)
        return [];
    return [
        {
            id: 'cache-not-listed',
            subject: name,
            severity: 'warning',
            message: `its cache could not be listed, and builds that wait in it are not seen: ${cacheError}`,
            hint: 'Look whether the credentials may list the folder of `cache-prefix`.'
        }
    ];
}
/** What is required is to be readable for everybody, and a listing does not prove it. */
function publicFinding({ name, required, publicUrl }) {
    if (!required || publicUrl !== undefined)
        return [];
    return [
        {
            id: 'store-not-public',
            subject: name,
            severity: 'notice',
            message: 'it has no `public-url=`: what it lists counts as present, whether or not the public can read it',
            hint: 'Give its line in `stores` the address at which users read it.'
        }
    ];
}
const HINTS = {
    present: '',
    missing: 'Run the action with mode convert, or look why the last conversion failed.',
    pending: 'Run the action with mode convert: its bytes only have to be copied.',
    unreadable: 'Let everybody read the container of the segments as well (Swift: X-Container-Read .r:*).',
    damaged: 'Run the action with mode convert: it is replaced.',
    'size-differs': 'Compare their SHA-256 with the docker image, and delete the wrong one.',
    unknown: 'Nothing is known; run again when the store answers.'
};
const WITHHELD_HINT = 'Grant everybody s3:ListBucket, so that the store says 404 of what is not there, or give it as an rclone remote with public-url=.';
function availabilityFindings({ available, catalogue, mode, plan, views }) {
    const dark = new Set(views.filter(isDark).map(({ store }) => store.name));
    const planned = new Set(mode === 'plan' ? plan?.jobs.map(({ container }) => container.id) : []);
    return available.flatMap(({ container, standings, verdict }) => {
        const required = standings.filter(({ store }) => store.required);
        const about = (state, severity, told) => ({
            id: `container-${state}`,
            subject: container.id,
            severity,
            message: told
                .map((own) => `${own.store.name}: ${own.state}${own.detail === '' ? '' : ` (${own.detail})`}`)
                .join('; '),
            hint: told.some(({ withheld }) => withheld === true) ? WITHHELD_HINT : HINTS[state],
            place: { file: catalogue.file, line: container.at.line, column: container.at.column }
        });
        // They differ whatever is the matter with the others.
        const differing = required.filter(({ state }) => state === 'size-differs');
        const differs = differing.length === 0 ? [] : [about('size-differs', 'error', differing)];
        if (verdict === 'present' || verdict === 'size-differs')
            return differs;
        const unknown = required.filter(({ state }) => state === 'unknown');
        if (verdict === 'unknown' && unknown.every(({ store }) => dark.has(store.name)))
            return differs;
        const severity = planned.has(container.id) ? 'notice' : verdict === 'unknown' ? 'unknown' : 'error';
        const rest = required.filter(({ state }) => state !== 'present' && state !== 'size-differs');
        return [about(verdict, severity, rest), ...differs];
    });
}
/** A store that is not required has another file than the required ones: nothing they have is in doubt by that. */
function otherFiles({ available, catalogue }) {
    return available.flatMap(({ container, standings }) => {
        // Where those differ among themselves, what the others have is told with it.
        if (standings.some(({ store, state }) => store.required && state === 'size-differs'))
            return [];
        const others = standings.filter(({ store, state }) => !store.required && state === 'size-differs');
        if (others.length === 0)
            return [];
        return [
            {
                id: 'container-optional-differs',
                subject: container.id,
                severity: 'warning',
                message: others.map(({ store, detail }) => `${store.name}: ${detail}`).join('; '),
                hint: 'Compare the SHA-256, and copy the right file over the other.',
                place: { file: catalogue.file, line: container.at.line, column: container.at.column }
            }
        ];
    });
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/summary.ts


const MAX_ROWS = 200;
/** Totals first, then what was done, then what is missing where. */
function summaryOf(result, headline, findings) {
    const parts = [`## Containers\n\n${(0,markdown/* escape */.ih)(headline)}\n`];
    if (result.dryRun)
        parts.push('_Dry run: nothing was changed._\n');
    if (findings.length > 0)
        parts.push(`### Findings\n\n${findingsTable(findings)}`);
    if (result.available.length > 0)
        parts.push(storeTable(result));
    const away = result.available.filter(({ verdict }) => verdict !== 'present');
    if (away.length > 0)
        parts.push((0,markdown/* details */.zH)(`Not available (${away.length})`, awayTable(away)));
    if (result.carried.length > 0) {
        const moved = result.carried.reduce((sum, { movedBytes }) => sum + movedBytes, 0);
        parts.push(`### Done\n\n${carriedTable(result.carried)}\n${(0,markdown/* bytes */.ee)(moved)} moved over the network.\n`);
    }
    const jobs = result.plan?.jobs ?? [];
    if (jobs.length > 0 && result.carried.length === 0) {
        parts.push((0,markdown/* details */.zH)(`Plan: ${jobs.length} containers, about ${(0,markdown/* bytes */.ee)(total(jobs))}`, planTable(jobs)));
    }
    if (result.shards.length > 1)
        parts.push((0,markdown/* details */.zH)(`Jobs (${result.shards.length})`, shardTable(result.shards)));
    if (result.publication !== undefined)
        parts.push(publicationText(result));
    if (result.lagSeconds !== undefined) {
        parts.push(`From the commit of the catalogue until all of it was published: ${(0,markdown/* span */.Ln)(result.lagSeconds * 1000)}.\n`);
    }
    return parts.join('\n');
}
const SEVERITIES = ['error', 'unknown', 'warning', 'notice'];
/** The worst first. */
function findingsTable(findings) {
    const sorted = findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
    const rows = sorted.map(({ severity, subject, place, message, hint, id }) => [
        severity,
        (0,markdown/* escape */.ih)(place?.line === undefined ? subject : `${place.file}:${place.line}`),
        (0,markdown/* escape */.ih)(message),
        (0,markdown/* escape */.ih)(hint ?? ''),
        (0,markdown/* code */.aY)(id)
    ]);
    return (0,markdown/* table */.tp)(['', 'Where', 'What', 'What to do', ''], rows.slice(0, MAX_ROWS)) + rest(rows.length);
}
function storeTable({ views, available }) {
    const states = [
        'present',
        'pending',
        'missing',
        'unreadable',
        'damaged',
        'size-differs',
        'unknown'
    ];
    const rows = views.map(({ store }) => {
        const own = available.flatMap(({ standings }) => standings.filter((standing) => standing.store.name === store.name));
        const counts = states.map((state) => String(own.filter((standing) => standing.state === state).length));
        return [`${(0,markdown/* escape */.ih)(store.name)}${store.required ? ' (required)' : ''}`, ...counts];
    });
    return (0,markdown/* table */.tp)(['Store', ...states], rows);
}
/** Containers of which the same is true stand together: a store that is down is one row, not four hundred. */
function awayTable(away) {
    const groups = new Map();
    for (const { container, standings } of away) {
        const where = standings
            .filter(({ state }) => state !== 'present')
            .map(({ store, state, detail }) => (0,markdown/* escape */.ih)(`${store.name}: ${state}${detail === '' ? '' : `, ${detail}`}`))
            .join('<br>');
        groups.set(where, [...(groups.get(where) ?? []), container.id]);
    }
    const rows = [...groups].map(([where, names]) => [summary_namesOf(names), where]);
    return (0,markdown/* table */.tp)(['Containers', 'Where'], rows.slice(0, MAX_ROWS)) + rest(rows.length);
}
/** Names that are shown of a group. */
const MAX_NAMES = 20;
function summary_namesOf(names) {
    const shown = names.slice(0, MAX_NAMES).map(markdown/* code */.aY);
    const more = names.length > MAX_NAMES ? [`and ${names.length - MAX_NAMES} more, in the report`] : [];
    return [...shown, ...more].join('<br>');
}
function carriedTable(carried) {
    const rows = carried.map((one) => [
        (0,markdown/* code */.aY)(one.id),
        one.failures.length > 0
            ? `**${isLeft(one) ? 'left for the next run' : 'failed'}**: ${(0,markdown/* escape */.ih)(one.failures.map(({ message }) => message).join('; '))}`
            : one.from,
        (0,markdown/* bytes */.ee)(one.bytes),
        (0,markdown/* span */.Ln)(one.ms),
        one.deliveries
            .map(({ store, assurance, readable }) => (0,markdown/* escape */.ih)(`${store} (${assurance}${readable === true ? ', public' : ''})`))
            .join('<br>'),
        one.image === undefined ? '' : (0,markdown/* code */.aY)(one.image.slice(0, 19)),
        one.sha256 === undefined ? '' : (0,markdown/* code */.aY)(one.sha256.slice(0, 12))
    ]);
    return (0,markdown/* table */.tp)(['Container', 'How', 'Size', 'Time', 'Stores', 'Image', 'SHA-256'], rows);
}
function planTable(jobs) {
    const rows = jobs
        .slice(0, MAX_ROWS)
        .map(({ container, inside, upload, source, bytes: size }) => [
        (0,markdown/* code */.aY)(container.id),
        [...inside.map(({ store }) => `copied within ${store.name}`), ...upload.map(({ name }) => `to ${name}`)]
            .map(markdown/* escape */.ih)
            .join('<br>'),
        (0,markdown/* escape */.ih)(source === undefined ? '' : source.kind === 'store' ? `from ${source.store.name}` : source.kind),
        (0,markdown/* bytes */.ee)(size)
    ]);
    return (0,markdown/* table */.tp)(['Container', 'Stores', 'Bytes from', 'About'], rows) + rest(jobs.length);
}
function shardTable(shards) {
    return (0,markdown/* table */.tp)(['Job', 'Containers', 'About', 'Architecture', 'Runner'], shards.map((shard) => [
        shard.shard,
        String(shard.names.length),
        (0,markdown/* bytes */.ee)(shard.bytes),
        shard.arch,
        shard.runner
    ]));
}
function publicationText({ publication, written }) {
    if (publication === undefined)
        return '';
    const lines = [`log.txt and applist.json list ${publication.listed.length} containers.`];
    if (publication.refused)
        lines.push('They were **not** written, see the findings.');
    else if (written !== undefined) {
        lines.push(written.changed.length === 0 ? 'Nothing changed.' : `Changed: ${written.changed.map(markdown/* code */.aY).join(', ')}.`);
        if (written.commit !== undefined)
            lines.push(`Committed as ${(0,markdown/* code */.aY)(written.commit.slice(0, 12))}.`);
        if (written.dispatched.length > 0)
            lines.push(`Told: ${written.dispatched.map(markdown/* code */.aY).join(', ')}.`);
    }
    return `### Published\n\n${lines.join(' ')}\n`;
}
function rest(count) {
    return count > MAX_ROWS ? `\nAnd ${count - MAX_ROWS} more, in the report.\n` : '';
}
function total(jobs) {
    return jobs.reduce((sum, { bytes: size }) => sum + size, 0);
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/report.ts





function report(result) {
    const before = [
        ...converterFindings(result),
        // A job of a matrix answers for its own containers; the job that publishes answers for the catalogue.
        ...(result.limited ? [] : result.catalogue.findings),
        ...result.baseFindings,
        ...baseUnknownFindings(result),
        ...storeFindings(result)
    ];
    const after = [
        ...workFindings(result),
        ...(result.leftovers ?? []),
        ...(result.publication?.findings ?? []),
        ...(result.written?.findings ?? [])
    ];
    const findings = [...before, ...availabilityFindings(result), ...otherFiles(result), ...after];
    const absent = result.available.filter(({ verdict }) => !['present', 'unknown', 'size-differs'].includes(verdict));
    const unknown = result.available.filter(({ verdict }) => verdict === 'unknown');
    const failed = result.carried.filter(hasFailed);
    const left = result.carried.filter(isLeft);
    // Another run may have brought it: then there is nothing that this one has delivered.
    const done = result.carried.filter((one) => !hasFailed(one) && !isLeft(one) && one.deliveries.length > 0);
    const errors = findings.filter(({ severity }) => severity === 'error');
    const verdict = errors.length > 0 ? 'failed' : findings.some(({ severity }) => severity === 'unknown') ? 'unknown' : 'ok';
    const headline = headlineOf(result, absent.length, unknown.length, failed.length, left.length, done.length);
    const outcome = {
        verdict,
        headline,
        findings,
        ...lookedAt(result),
        figures: figuresOf(result, absent.length, unknown.length, done, failed),
        details: detailsOf(result),
        outputs: {
            verdict,
            missing: JSON.stringify(absent.map(({ container }) => container.id)),
            unknown: JSON.stringify(unknown.map(({ container }) => container.id)),
            converted: JSON.stringify(done.map(({ id }) => id)),
            failed: JSON.stringify(failed.map(({ id }) => id)),
            matrix: JSON.stringify({ include: result.shards }),
            'has-work': String((result.plan?.jobs.length ?? 0) > 0),
            'log-changed': String((result.written?.changed.length ?? 0) > 0)
        },
        // What is not available has a table of its own.
        summary: summaryOf(result, headline, [...before, ...after])
    };
    // A plan is what the next jobs work by: it must not stop them for the one entry that cannot be helped.
    const tells = result.mode === 'plan' || verdict === 'ok';
    return tells ? outcome : { ...outcome, failure: report_failureOf(headline, findings) };
}
/** A store that is not required does not fail the job. */
function hasFailed({ failures }) {
    return failures.some(({ required, kind }) => required && kind !== 'limited');
}
function headlineOf(result, absent, unknown, failed, left, done) {
    if (result.catalogue.broken && !result.limited)
        return 'The catalogue is no JSON: nothing can be said of its containers.';
    const parts = [report_subjectOf(result, absent, unknown)];
    const differ = result.available.filter(({ verdict }) => verdict === 'size-differs').length;
    if (differ > 0)
        parts.push(`${differ} of them with different files`);
    if (absent > 0)
        parts.push(`${absent} are not`);
    if (unknown > 0)
        parts.push(`${unknown} could not be checked`);
    if (result.carried.length > 0)
        parts.push(`${done} brought there by this run`);
    if (failed > 0)
        parts.push(`${failed} failed`);
    if (left > 0)
        parts.push(`${left} left for the next run`);
    if (result.catalogue.refused.length > 0 && !result.limited)
        parts.push(`${result.catalogue.refused.length} entries refused`);
    return `${parts.join(', ')}.`;
}
function report_subjectOf({ available, changedOnly, baseUnknown }, absent, unknown) {
    if (baseUnknown !== undefined)
        return 'What is new or changed is not known: the catalogue as it was before could not be read';
    const total = available.length;
    if (changedOnly && total === 0)
        return 'No container is new or changed; the catalogue itself was validated';
    const what = changedOnly ? 'new or changed containers' : 'containers';
    return `${total - absent - unknown} of ${total} ${what} are in every required store`;
}
function report_failureOf(headline, findings) {
    const bad = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown');
    const first = bad.slice(0, 5).map(({ subject, message }) => `${subject}: ${message}`);
    const more = bad.length > 5 ? [`and ${bad.length - 5} more, see the summary`] : [];
    return [headline, ...first, ...more].join('\n');
}
function figuresOf(result, absent, unknown, done, failed) {
    const sum = (values) => values.reduce((total, value) => total + value, 0);
    return {
        'container-count': result.available.length,
        'missing-count': absent,
        'unknown-count': unknown,
        'refused-count': result.catalogue.refused.length,
        'planned-count': result.plan?.jobs.length ?? 0,
        'planned-pull-count': sum((result.plan?.jobs ?? []).map(({ pulls }) => pulls)),
        'pull-count': result.pullsTaken,
        'planned-bytes': sum((result.plan?.jobs ?? []).map((job) => job.bytes)),
        'converted-count': done.length,
        'failed-count': failed.length,
        'moved-bytes': sum(result.carried.map(({ movedBytes }) => movedBytes)),
        'look-ms': Math.round(result.lookMs),
        ...(result.lagSeconds === undefined ? {} : { 'availability-lag-seconds': Math.round(result.lagSeconds) })
    };
}
function detailsOf(result) {
    return {
        stores: result.views.map(({ store, listingError }) => ({
            name: store.name,
            required: store.required,
            ...(listingError === undefined ? {} : { listingError })
        })),
        containers: result.available
            .filter(({ standings }) => standings.some(({ state }) => state !== 'present'))
            .map(({ container, standings, verdict }) => ({
            name: container.id,
            verdict,
            stores: Object.fromEntries(standings.map(({ store, state, bytes: size, detail }) => [
                store.name,
                { state, bytes: size, detail }
            ]))
        })),
        carried: result.carried
    };
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/keep.ts
/**
 * What the input `keep` names: files like log.txt, lists of names, and folders with NeuroDesk's release files
 * (`releases/TOOL/VERSION.json`). Somebody cites these containers; a list that cannot be read whole stops everything.
 */




/** Names of objects, without `.simg`. @throws InputError with every list that cannot be read. */
async function readKeep(sources, ports) {
    const names = new Set();
    const problems = [];
    for (const source of sources) {
        try {
            const found = await readOne(source, ports);
            if (found.length === 0)
                throw new Error('it names no container');
            for (const name of found)
                names.add(name);
        }
        catch (error) {
            const fix = (0,failure/* messageOf */.bD)(error);
            problems.push({
                input: 'keep',
                given: source,
                allowed: 'a list or a folder of releases that can be read whole',
                fix
            });
        }
    }
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems);
    return names;
}
async function readOne(source, ports) {
    if (!/^https?:/i.test(source)) {
        const folder = external_node_path_default().resolve(ports.runner.workspace, source);
        const stat = await ports.fs.stat(folder);
        if (stat.isDirectory())
            return await readReleases(folder, ports);
    }
    const { text } = await readSource('keep', source, ports);
    return parseNames(text);
}
/** One name a line, with or without `.simg`, with or without what log.txt has behind it; `#` begins a comment. */
function parseNames(text) {
    return text.split(/\r?\n/).flatMap((line, index) => {
        const [word = ''] = line.replace(/#.*$/, '').trim().split(/\s+/);
        if (word === '')
            return [];
        const name = word.replace(/\.simg$/, '');
        const reason = unsafeBecause(name);
        if (reason !== undefined)
            throw new Error(`line ${index + 1} is no name of a container: ${reason}`);
        // It would protect nothing, and may be the first word of an error page.
        if (!isContainerName(name))
            throw new Error(`line ${index + 1}: "${name}" is not NAME_VERSION_BUILDDATE`);
        return [name];
    });
}
/** What lies in a repository's folders without being a release. */
const KNOWN = /^(?:(?:README|LICENSE)(?:\.(?:md|rst|txt))?|\.git(?:keep|ignore|attributes))$/i;
/** @throws Error for whatever is neither a tool's folder, a release in one, nor known: it could stand for a container. */
async function readReleases(folder, ports) {
    const { fs } = ports;
    const inside = await Promise.all([ports.runner.workspace, folder].map(async (one) => await fs.realpath(one)));
    const list = async (place) => (await fs.readdir(place)).filter((name) => !KNOWN.test(name)).sort();
    /** Where it really lies; a link that leads out of the workspace shows what nobody has checked out. */
    const follow = async (place, shown, kind) => {
        const real = await fs.realpath(place);
        if (!inside.some((one) => real.startsWith(`${one}${(external_node_path_default()).sep}`)))
            throw new Error(`${shown} leads out of the workspace`);
        const stat = await fs.stat(real);
        if (kind === 'folder' ? stat.isDirectory() : stat.isFile() && place.endsWith('.json'))
            return real;
        throw new Error(`${shown} is ${kind === 'folder' ? 'no folder of a tool' : 'no release (VERSION.json)'}`);
    };
    const names = [];
    for (const tool of await list(folder)) {
        const place = await follow(external_node_path_default().join(folder, tool), tool, 'folder');
        const files = await list(place);
        if (files.length === 0)
            throw new Error(`${tool} has no release`);
        for (const file of files) {
            const shown = `${tool}/${file}`;
            const text = await fs.readFile(await follow(external_node_path_default().join(place, file), shown, 'file'), 'utf8');
            names.push(...namesOfRelease(text, tool, file.slice(0, -'.json'.length), shown));
        }
    }
    return names;
}
/**
 * The objects that a release file stands for: its `image`, the name of the file, and the key of the app, each with
 * the build date. One of them is the object; protecting a name that nobody has costs nothing.
 */
function namesOfRelease(text, tool, version, file) {
    const { root, problems } = parseJson(text);
    if (root === undefined || problems.length > 0)
        throw new Error(`${file} is no JSON`);
    const release = plain(root);
    const apps = typeof release === 'object' ? release.apps : undefined;
    if (typeof apps !== 'object' || apps === null || Object.keys(apps).length === 0)
        throw new Error(`${file} has no apps`);
    return Object.entries(apps).flatMap(([key, app]) => {
        const { version: date, image } = (app ?? {});
        if (typeof date !== 'string' || !isBuildDate(date))
            throw new Error(`${file}: ${JSON.stringify(key)} has no version (its build date)`);
        const images = [
            `${tool}_${version}`,
            key.trim().replaceAll(/\s+/g, '_'),
            ...(typeof image === 'string' ? [image] : [])
        ];
        return images.map((name) => `${name}_${date}`);
    });
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
;// CONCATENATED MODULE: ./actions/convert-containers/src/sweep.ts
/** Lists everything in the stores for the retention, and deletes what its plan names. */





/** A store that cannot be listed whole is left out, and told. */
async function listContents(stores, cachePrefix, rclone, ports) {
    const contents = [];
    const findings = [];
    for (const store of stores) {
        if (store.remote === undefined)
            continue;
        try {
            const objects = await rclone.list(store, { modified: true });
            const cached = cachePrefix === ''
                ? []
                : (await rclone.list(store, { folder: cachePrefix, modified: true })).map(inFolder(cachePrefix));
            const segments = await listSegments(store, rclone);
            const others = [];
            let told = { manifests: new Map(), untold: new Set(), allTold: true };
            if ((await rclone.features(store)).api === 'swift') {
                const known = new Set([...objects, ...cached].map(({ key }) => key));
                const everything = (await rclone.listAll(store)).map(({ key }) => key);
                others.push(...everything.filter((key) => !known.has(key)));
                told = await readManifests(store, [...known, ...others], segments, ports);
            }
            if (!told.allTold)
                findings.push(unknownSegments(store, segments.length));
            contents.push({ store: store.name, objects, cached, segments, others, ...told });
        }
        catch (error) {
            ports.runner.signal.throwIfAborted();
            findings.push({
                id: 'retain-store-unknown',
                subject: store.name,
                severity: 'unknown',
                message: `it could not be listed, nothing is deleted in it: ${(0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? ''}`
            });
        }
    }
    return { contents, findings };
}
function inFolder(folder) {
    return (object) => ({ ...object, key: `${folder}/${object.key}` });
}
async function listSegments(store, rclone) {
    const segments = (0,lib_store/* segmentStore */.RN)(store);
    // Elsewhere a bucket called so is nobody's, or somebody else's.
    if (segments === undefined || (await rclone.features(store)).api !== 'swift')
        return [];
    return await rclone.listAll(segments);
}
function unknownSegments(store, count) {
    return {
        id: 'retain-segments-unknown',
        subject: store.name,
        severity: 'notice',
        message: `its large objects and their ${count} segments stay: not every object tells which of them it is made of`,
        hint: 'Give the store its public-url=, and let everybody read its objects.'
    };
}
/** HEAD requests at once. */
const REQUESTS = 32;
/** After so many that gave no answer the address is not asked any more: each takes minutes. */
const MAX_SILENT = 20;
/**
 * The sets of segments that each object is made of, and which could not be asked: then nobody knows which segments are
 * needed, and by whom.
 */
async function readManifests(store, keys, segments, ports) {
    const { http, clock, log, runner } = ports;
    const options = { http, clock, log, timeoutMs: 30_000, signal: runner.signal };
    const manifests = new Map();
    const untold = new Set();
    const limit = (0,p_limit/* default */.A)(REQUESTS);
    await Promise.all(keys.map(async (key) => await limit(async () => {
        const url = (0,lib_store/* publicPath */.Zd)(store, key);
        const ask = url !== undefined && untold.size <= MAX_SILENT;
        const parts = ask ? await (0,lib_store/* segmentsOf */.OD)(url, options) : undefined;
        if (parts === undefined)
            untold.add(key);
        else if (parts.length > 0)
            manifests.set(key, new Set(parts.map(setOf)));
    })));
    // The answer of no single one counts: the plan is to be the same the next time.
    if (untold.size > MAX_SILENT)
        return { manifests: new Map(), untold: new Set(keys), allTold: false };
    // An address that tells no headers says of everything that it is in one piece.
    const owners = new Set(segments.map(({ key }) => segmentSet(key)?.object));
    const large = keys.filter((key) => owners.has(key));
    if (large.length > 0 && large.every((key) => !manifests.has(key)))
        return { manifests, untold: new Set(keys), allTold: false };
    // Below a container's top level the rest of the container is not seen.
    return { manifests, untold, allTold: untold.size === 0 && (0,lib_store/* segmentStore */.RN)(store) !== undefined };
}
/** Deletes one by one; what changed since it was listed stays. */
async function sweep(deletions, stores, rclone, ports, parallel) {
    const byName = new Map(stores.map((store) => [store.name, store]));
    const deleted = [];
    const findings = [];
    const limit = (0,p_limit/* default */.A)(parallel);
    await Promise.all(deletions.map(async (deletion) => await limit(async () => {
        ports.runner.signal.throwIfAborted();
        const store = byName.get(deletion.store);
        const place = store === undefined ? undefined : deletion.kind === 'segment' ? (0,lib_store/* segmentStore */.RN)(store) : store;
        if (place === undefined)
            throw new Error(`no store is called ${deletion.store}`);
        try {
            const now = await rclone.stat(place, deletion.key, { modified: true });
            if (now === undefined)
                return;
            if (!isUnchanged(now, deletion)) {
                findings.push({
                    id: 'retain-changed',
                    subject: subjectOf(deletion),
                    severity: 'notice',
                    message: 'it was written anew since it was listed, and stays'
                });
                return;
            }
            await rclone.remove(place, deletion.key);
            ports.log.info(`${deletion.store}: ${deletion.key} deleted`);
            deleted.push(deletion);
        }
        catch (error) {
            ports.runner.signal.throwIfAborted();
            findings.push({
                id: 'retain-failed',
                subject: subjectOf(deletion),
                severity: 'error',
                message: (0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? ''
            });
        }
    })));
    return { deleted, findings };
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/retention.ts







const retention_MAX_ROWS = 200;
async function runRetention(catalogue, comparison, inputs, ports) {
    const { log } = ports;
    const confirm = { delete: inputs.delete && !inputs.dryRun, confirmPlan: inputs.confirmPlan };
    // 1. What must stay: a list that cannot be read ends it here.
    const kept = await log.group('What is kept', async () => await readKeep(inputs.keep, ports));
    const objects = new Set([
        ...catalogue.containers.map(({ object }) => object),
        ...catalogue.containers.map(({ id }) => id),
        ...kept
    ]);
    const early = objections(catalogue, comparison, undefined, confirm);
    if (early.length > 0)
        return outcome(undefined, [], early, { subjects: [] }, inputs);
    // 2. What there is.
    const stores = (0,src_inputs/* storesOf */.oi)(inputs);
    const rclone = await (0,src_look/* findRclone */.n7)(stores, inputs.toolMirror, ports);
    const listed = await log.group('Stores', async () => await listContents(stores, inputs.cachePrefix, rclone, ports));
    // 3. What may go, and who would have to agree.
    const plan = planRetention(listed.contents, objects, {
        now: ports.clock.now(),
        retentionDays: inputs.retentionDays,
        maxDelete: inputs.maxDelete === '' ? undefined : Number(inputs.maxDelete),
        current: catalogue.containers.map(({ object }) => object)
    });
    const findings = [
        ...listed.findings,
        ...plan.shared.map(sharedSegments),
        ...plan.awaited.map(awaitedSuccessor),
        ...objections(catalogue, comparison, plan, confirm)
    ];
    const looked = (deleted, found, swept) => lookedAtStores({
        file: catalogue.file,
        stores: listed.contents.map(({ store }) => store),
        deleted,
        findings: found,
        swept
    });
    for (const { store, key, bytes: size } of plan.deletions.slice(0, retention_MAX_ROWS))
        log.info(`${store}: ${key} (${(0,markdown/* bytes */.ee)(size)})`);
    log.info(`plan ${plan.hash}: ${plan.deletions.length} objects`);
    if (!confirm.delete || findings.some(({ severity }) => severity === 'error'))
        return outcome(plan, [], findings, looked([], findings, false), inputs);
    // 4. Delete it.
    const swept = await log.group(`Delete ${plan.deletions.length} objects`, async () => await sweep(plan.deletions, stores, rclone, ports, inputs.maxParallel));
    const all = [...findings, ...swept.findings];
    return outcome(plan, swept.deleted, all, looked(swept.deleted, all, true), inputs);
}
function sharedSegments({ subject, with: others }) {
    const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
    return {
        id: 'retain-segments-shared',
        subject,
        severity: 'notice',
        message: `it stays: ${others.slice(0, 3).join(', ')}${more} is made of the same segments, and would be emptied`,
        hint: 'Upload the one that is wanted anew; then the other can go.'
    };
}
function awaitedSuccessor({ subject, successor }) {
    return {
        id: 'retain-successor-missing',
        subject,
        severity: 'notice',
        message: `it stays: ${successor}, which takes its place, is not in this store yet`,
        hint: 'Look why it was not brought there; then this one goes with the next run.'
    };
}
function outcome(plan, deleted, findings, looked, inputs) {
    const deletions = plan?.deletions ?? [];
    const freed = deleted.reduce((sum, { bytes: size }) => sum + size, 0);
    const errors = findings.filter(({ severity }) => severity === 'error');
    const unknown = findings.filter(({ severity }) => severity === 'unknown');
    const verdict = errors.length > 0 ? 'failed' : unknown.length > 0 ? 'unknown' : 'ok';
    const headline = plan === undefined
        ? 'Nothing was deleted.'
        : deleted.length > 0
            ? `${deleted.length} of ${deletions.length} objects deleted, ${(0,markdown/* bytes */.ee)(freed)} freed.`
            : `${deletions.length} objects may go, none was deleted.`;
    const bad = [...errors, ...unknown].map(({ subject, message, hint }) => hint === undefined ? `${subject}: ${message}` : `${subject}: ${message}. ${hint}`);
    return {
        verdict,
        headline,
        findings,
        ...looked,
        figures: {
            'planned-count': deletions.length,
            'planned-bytes': deletions.reduce((sum, { bytes: size }) => sum + size, 0),
            'deleted-count': deleted.length,
            'deleted-bytes': freed,
            'protected-count': plan?.kept.protected ?? 0,
            'young-count': plan?.kept.young ?? 0,
            'foreign-count': plan?.kept.foreign ?? 0,
            'shared-count': plan?.kept.shared ?? 0,
            'awaited-count': plan?.kept.awaited ?? 0
        },
        details: { deletions, deleted: deleted.map(subjectOf) },
        outputs: { verdict, 'plan-hash': plan?.hash ?? '', 'has-work': String(deletions.length > 0) },
        summary: summary(plan, deleted, headline, inputs),
        ...(verdict === 'ok' ? {} : { failure: [headline, ...bad].join('\n') })
    };
}
function summary(plan, deleted, headline, inputs) {
    const parts = [`## Retention\n\n${(0,markdown/* escape */.ih)(headline)}\n`];
    if (plan === undefined)
        return parts.join('\n');
    const { kept, limit, hash } = plan;
    parts.push(`Kept: ${kept.protected} that are wanted, ${kept.young} that are younger than ${inputs.retentionDays} days (or their limit), ` +
        `${kept.foreign} that are no containers, ${kept.shared} whose segments others need or may need, ` +
        `${kept.awaited} whose newer builds are not there yet. At most ${limit} go without a confirmation.\n`, `Plan: ${(0,markdown/* code */.aY)(hash)}\n`);
    if (plan.deletions.length > 0) {
        const gone = new Set(deleted);
        const rows = plan.deletions
            .slice(0, retention_MAX_ROWS)
            .map((one) => [
            (0,markdown/* escape */.ih)(one.store),
            one.kind,
            (0,markdown/* code */.aY)(one.key),
            (0,markdown/* bytes */.ee)(one.bytes),
            new Date(one.modified).toISOString().slice(0, 10),
            gone.has(one) ? 'deleted' : ''
        ]);
        const more = plan.deletions.length > retention_MAX_ROWS
            ? `\nAnd ${plan.deletions.length - retention_MAX_ROWS} more, in the report.\n`
            : '';
        parts.push((0,markdown/* details */.zH)(`Objects (${plan.deletions.length})`, (0,markdown/* table */.tp)(['Store', 'What', 'Name', 'Size', 'Written', ''], rows) + more));
    }
    return parts.join('\n');
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/shards.ts
/** Most jobs that GitHub makes of one matrix. */
const MAX_JOBS = 256;
/** Free disk that GitHub promises on a standard runner, and what its larger ones have. */
const STANDARD_DISK = 14e9;
const LARGE_DISK = 130e9;
/**
 * Longest job first, each to the shard that has the least so far; architectures stay apart, since each wants its
 * own machine. The result is the same for the same plan.
 */
function makeShards(jobs, wanted) {
    const groups = new Map();
    for (const job of jobs) {
        const group = groups.get(job.container.architecture) ?? [];
        group.push(job);
        groups.set(job.container.architecture, group);
    }
    const limit = Math.max(groups.size, Math.min(wanted, MAX_JOBS));
    const counts = spread([...groups.values()].map((group) => ({ jobs: group.length, bytes: shards_total(group) })), limit);
    const bins = [...groups].flatMap(([arch, group], index) => fill(group, counts[index] ?? 1).map((bin) => ({ arch, jobs: bin })));
    return bins.map(({ arch, jobs: own }, index) => {
        const disk = Math.max(...own.map(({ diskBytes }) => diskBytes));
        return {
            shard: `${index + 1}/${bins.length}`,
            names: own.map(({ container }) => container.id),
            bytes: shards_total(own),
            'disk-bytes': disk,
            arch,
            runner: disk <= STANDARD_DISK ? 'standard' : disk <= LARGE_DISK ? 'large' : 'self-hosted'
        };
    });
}
/** How many shards each group gets: one each, the rest where there is most to do for one shard. */
function spread(groups, limit) {
    const counts = groups.map(() => 1);
    for (let left = limit - groups.length; left > 0; left--) {
        let best = -1;
        let load = -1;
        groups.forEach(({ jobs, bytes }, index) => {
            const count = counts[index] ?? 1;
            if (count < jobs && bytes / count > load) {
                load = bytes / count;
                best = index;
            }
        });
        if (best === -1)
            break;
        counts[best] = (counts[best] ?? 1) + 1;
    }
    return counts;
}
function fill(jobs, count) {
    const bins = Array.from({ length: Math.min(count, jobs.length) }, () => ({ bytes: 0, jobs: [] }));
    const longest = [...jobs].sort((a, b) => b.bytes - a.bytes || shards_compare(a.container.id, b.container.id));
    for (const job of longest) {
        const lightest = bins.reduce((a, b) => b.bytes < a.bytes || (b.bytes === a.bytes && b.jobs.length < a.jobs.length) ? b : a);
        lightest.bytes += job.bytes;
        lightest.jobs.push(job);
    }
    return bins.map((bin) => bin.jobs);
}
function shards_compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
function shards_total(jobs) {
    return jobs.reduce((sum, { bytes }) => sum + bytes, 0);
}

// EXTERNAL MODULE: ./actions/convert-containers/src/spared.ts
var spared = __webpack_require__(5459);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
var external_node_os_default = /*#__PURE__*/__webpack_require__.n(external_node_os_);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
var external_node_process_default = /*#__PURE__*/__webpack_require__.n(external_node_process_);
// EXTERNAL MODULE: ./lib/registry/index.ts + 11 modules
var lib_registry = __webpack_require__(6649);
// EXTERNAL MODULE: ./lib/layers/index.ts + 7 modules
var lib_layers = __webpack_require__(1040);
;// CONCATENATED MODULE: ./actions/convert-containers/src/convert.ts
/**
 * One docker image to a SIF: as a stream, which needs little more disk than the SIF, or by Apptainer, which unpacks
 * it. What the stream cannot do rightly it refuses before anything is kept, and Apptainer does it.
 */









/** Writes `output`. @throws what the converters throw; NoRoom; Limited */
async function convert(conversion, context) {
    const { container, image, room } = conversion;
    const { log } = context.ports;
    log.info(`${container.id}: converting ${image.reference}`);
    const { host } = (0,lib_registry/* parseReference */.F2)(image.reference);
    if (context.converter === 'stream') {
        context.pulls.expectOpen(host);
        try {
            await byStream(conversion, context);
            return;
        }
        catch (error) {
            if (!(error instanceof lib_layers/* LayerRefused */.eH)) {
                throw limitedBy(error, host, context, (reason) => context.pulls.close(host, reason));
            }
            log.info(`${container.id}: left to Apptainer, which unpacks it: ${error.message}`);
        }
        await context.ports.fs.rm(conversion.output, { force: true });
        await room.exchange((0,src_plan/* diskFor */.xh)(image.compressedBytes, 'apptainer'));
    }
    await byApptainer(conversion, context);
}
/** The registry's limit, when that is what the error means: it is noted, so that it is not asked for the others. */
function limitedBy(error, host, { ports }, note) {
    const reason = (0,pulls/* refusalOf */.Of)(error, host, ports.clock.now());
    if (reason === undefined)
        return error;
    note(reason);
    return new pulls/* Limited */.jP(reason);
}
async function byStream({ container, image, folder, output }, context) {
    const { ports, signal, registry, level } = context;
    const { architecture } = container;
    const reference = (0,lib_registry/* parseReference */.F2)(image.reference);
    const progress = ports.log.progress(container.id, { bytes: image.compressedBytes });
    const started = ports.clock.now();
    try {
        await (0,lib_sif/* streamImage */.Sl)(ports, await context.apptainer(), {
            registry,
            repository: reference,
            image: image.remote,
            reference: image.reference,
            output,
            scratch: folder,
            architecture,
            compression: context.compression,
            ...(level === undefined ? {} : { level }),
            timeoutMs: context.timeoutMs,
            signal,
            onBytes: (bytes) => progress.add({ bytes })
        });
    }
    finally {
        progress.end();
    }
    const { size } = await ports.fs.stat(output);
    const seconds = Math.round((ports.clock.now() - started) / 1000);
    ports.log.info(`${container.id}: ${(0,markdown/* bytes */.ee)(image.compressedBytes)} of layers are ${(0,markdown/* bytes */.ee)(size)}, in ${seconds} s`);
}
async function byApptainer({ container, image, folder, output }, context) {
    const { ports, signal, pulls } = context;
    const apptainer = await context.apptainer();
    const { host } = (0,lib_registry/* parseReference */.F2)(image.reference);
    const credential = await context.credentials(host);
    await (0,retry/* retry */.L5)(`build ${container.id}`, async () => {
        // Each attempt asks for the manifest anew, and a fall-back from the stream was in no plan.
        pulls.take(host, apptainer.manifestReads);
        const scratch = external_node_path_default().join(folder, 'scratch');
        await (0,workspace/* removeTree */.dM)(ports.fs, scratch);
        await ports.fs.rm(output, { force: true });
        await ports.fs.mkdir(scratch, { mode: 0o700 });
        try {
            await apptainer.build({
                image: image.reference,
                output,
                scratch,
                architecture: container.architecture,
                compression: context.compression,
                ...(context.level === undefined ? {} : { level: context.level }),
                insecure: image.insecure,
                ...(credential !== undefined && 'username' in credential ? { login: credential } : {}),
                timeoutMs: context.timeoutMs,
                signal,
                onLine: (line) => ports.log.debug(`${container.id}: ${line}`)
            });
        }
        catch (error) {
            throw limitedBy(error, host, context, (reason) => pulls.refuse(host, reason));
        }
    }, {
        classify: retry/* classifyTool */.Xp,
        clock: ports.clock,
        log: ports.log,
        limits: { attempts: 3, totalMs: 3 * 3_600_000 },
        signal
    });
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/images.ts
/** Docker images of containers: which of the registries has one, under which digest, how large. */




/**
 * Asks the registries in order; the first that has the image for the container's architecture is taken.
 * @param limits.refused registries that have refused further requests in this run, and why: they are not asked again.
 */
async function findImage(container, registries, registry, limits = {
    refused: new Map(),
    now: () => 0
}) {
    const unfit = notAnImageBecause(container.image) ??
        ((0,lib_registry/* isTag */.dz)(container.buildDate) ? undefined : 'its build date is no tag');
    if (unfit !== undefined)
        return { kind: 'absent', reason: `${container.image}:${container.buildDate}: ${unfit}` };
    const unknown = [];
    const absent = [];
    const limited = [];
    for (const { namespace, optional } of registries) {
        const reference = referenceOf(container, namespace);
        const refused = limits.refused.get(reference.host);
        if (refused !== undefined) {
            if (!optional)
                limited.push(refused);
            continue;
        }
        try {
            const found = await registry.image(reference, { os: 'linux', architecture: container.architecture });
            if (found === undefined) {
                absent.push((0,lib_registry/* formatReference */.FH)(reference));
                continue;
            }
            const { digest } = found.descriptor;
            const image = {
                reference: (0,lib_registry/* formatReference */.FH)((0,lib_registry.at)(reference, digest)),
                digest,
                layerCount: found.manifest.layers.length,
                compressedBytes: found.compressedSize,
                insecure: (0,lib_registry/* isLoopback */.U9)(reference.host),
                remote: found
            };
            return { kind: 'image', image };
        }
        catch (error) {
            const reason = (0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? '';
            const limit = (0,pulls/* refusalOf */.Of)(error, reference.host, limits.now());
            if (limit !== undefined)
                limits.refused.set(reference.host, limit);
            if (limit !== undefined && !optional)
                limited.push(limit);
            else if (optional)
                absent.push(`${(0,lib_registry/* formatReference */.FH)(reference)} (optional: ${reason})`);
            else
                unknown.push(reason);
        }
    }
    if (unknown.length > 0)
        return { kind: 'unknown', reason: [...unknown, ...limited].join('; ') };
    if (limited.length > 0)
        return { kind: 'limited', reason: limited.join('; ') };
    return { kind: 'absent', reason: `no registry has it for ${container.architecture}: ${absent.join(', ')}` };
}
function referenceOf(container, namespace) {
    return {
        host: namespace.host,
        path: `${namespace.path}/${container.image}`,
        tag: container.buildDate,
        digest: undefined
    };
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/kept.ts
function createKept(ports) {
    const files = [];
    let evicting;
    const evictOne = async () => {
        const file = files.shift();
        if (file === undefined)
            return false;
        ports.log.info(`removing ${file}, which a store has refused: its room is needed, and the next run makes it again`);
        await ports.fs.rm(file, { force: true });
        return true;
    };
    return {
        add: (file) => void files.push(file),
        // Who comes meanwhile is to look at the disk again when this one is done, not to hear that there is none.
        evict: async () => {
            evicting ??= evictOne().finally(() => (evicting = undefined));
            return await evicting;
        }
    };
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/leftovers.ts
/** What a killed run has left half uploaded under a name of its own, in stores that can rename. */



/** Who still uploads writes all the time, also where its line is slow. */
const LEFT_MS = 3_600_000;
/** Removes those of the containers of this run that nobody writes any more. Never throws for what a store does. */
async function removeLeftovers(jobs, views, rclone, ports) {
    const findings = [];
    const mine = new Set(jobs.map(({ container }) => (0,src_look/* keyOf */.TN)(container.object)));
    for (const { store, leftovers = [] } of views) {
        for (const key of leftovers.filter((one) => mine.has(one.slice(0, one.indexOf(lib_store/* PART */.s3))))) {
            try {
                const seen = await rclone.stat(store, key, { modified: true });
                if (seen === undefined)
                    continue;
                if (seen.modified === undefined || ports.clock.now() - seen.modified < LEFT_MS) {
                    ports.log.info(`${store.name}: ${key} was written within the hour, and may be another run's: it stays`);
                    continue;
                }
                ports.log.info(`${store.name}: removing ${key}, which an ended run has left`);
                await rclone.remove(store, key);
            }
            catch (error) {
                ports.runner.signal.throwIfAborted();
                findings.push({
                    id: 'leftover-not-removed',
                    subject: store.name,
                    severity: 'warning',
                    message: `${key}: ${(0,failure/* messageOf */.bD)(error)}`,
                    hint: 'It only takes room. Look whether the credentials may delete.'
                });
            }
        }
    }
    return findings;
}

// EXTERNAL MODULE: ./actions/convert-containers/src/registries.ts
var src_registries = __webpack_require__(1097);
;// CONCATENATED MODULE: ./actions/convert-containers/src/work.ts
/** Planning and carrying out: what the run's third and fourth step do. */

















const REQUEST_TIMEOUT_MS = 30_000;
/**
 * Where packing harder stops to pay. A tree of 360 MB, level and size and CPU time: gzip 9 140.1 MB 11.5 s, 6 140.3 MB
 * 6.6 s; zstd 15 is mksquashfs' default and takes longer than gzip 9, 12 138.0 MB 11.5 s, 9 138.4 MB 3.1 s.
 */
const LEVELS = { gzip: 6, zstd: 9 };
const BUILD_TIMEOUT_MS = 3 * 3_600_000;
/** Local files, images and their sizes, and from all of that the plan. The look-ups are paid already. */
async function planWork(available, all, workFolder, inputs, ports) {
    const incomplete = available.filter(({ standings }) => standings.some(({ state }) => state !== 'present'));
    const folders = [
        ...(inputs.workDir === '' ? [] : [{ folder: workFolder, own: true }]),
        ...(inputs.localCache === ''
            ? []
            : [{ folder: external_node_path_default().resolve(ports.runner.workspace, inputs.localCache), own: false }])
    ];
    if (inputs.workDir !== '' && inputs.mode !== 'plan' && !inputs.dryRun) {
        const complete = available.filter((one) => !incomplete.includes(one)).map(({ container }) => container);
        await (0,workspace/* removeDelivered */.PQ)(complete, folders, ports);
    }
    const local = await (0,workspace/* findLocal */.l8)(incomplete.map(({ container }) => container), folders, ports);
    const registries = (0,src_registries/* registriesOf */.Ho)(inputs.registries);
    for (const note of (0,lib_registry/* notesOnCapitals */.yx)(inputs.registries.map(({ value }) => value)))
        ports.log.info(note);
    const credentials = (0,src_registries/* credentialsFor */.Og)(inputs.registries, ports);
    const { http, limits } = (0,pulls/* watchRateLimit */.HV)(ports.http);
    const registry = (0,lib_registry/* createRegistry */.Iq)({
        http,
        clock: ports.clock,
        log: ports.log,
        credentials,
        signal: ports.runner.signal
    });
    const limit = (0,p_limit/* default */.A)(inputs.maxParallel);
    const images = new Map();
    const maxReplace = inputs.maxReplace === '' ? undefined : Number(inputs.maxReplace);
    const limitsTold = { refused: new Map(), now: () => ports.clock.now() };
    await Promise.all((0,src_plan/* needingImages */.dq)(available, local, maxReplace, all).map(async (container) => await limit(async () => images.set(container.object, await findImage(container, registries, registry, limitsTold)))));
    const converter = (await obstacle(inputs, ports)) === undefined ? inputs.converter : 'apptainer';
    const pullsPerBuild = converter === 'stream' ? 0 : await (0,lib_sif/* manifestReads */.ZG)(ports, inputs.apptainerVersion);
    const whole = (0,src_plan/* makePlan */.Cs)(available, { local, images, converter, pullsPerBuild, maxReplace, all });
    const rateLimits = [...limits.values()];
    // Jobs of a matrix run elsewhere, each with a limit of its own.
    const plan = inputs.mode === 'plan' ? whole : (0,src_plan/* respectLimits */.Hj)(whole, rateLimits);
    ports.log.info(`${plan.jobs.length} containers to bring into stores, ${plan.blocked.length} cannot be brought now`);
    return { plan, rateLimits, pulls: (0,pulls/* createPulls */.FT)(rateLimits, limitsTold.refused) };
}
/** Why the stream cannot be used here. Jobs of a matrix run on other machines: this one does not count for them. */
async function obstacle(inputs, ports) {
    return inputs.converter === 'stream' && inputs.mode !== 'plan' ? await (0,lib_sif/* streamUnavailable */.JK)(ports) : undefined;
}
/** Carries the jobs out, several at once, and says how each went. */
async function carryOut(jobs, views, workFolder, rclone, pulls, inputs, ports) {
    const leftovers = await removeLeftovers(jobs, views, rclone, ports);
    const { scratch, close } = await (0,workspace/* openScratch */.jd)(ports, workFolder, (external_node_process_default()).pid);
    let apptainer;
    const needApptainer = async () => {
        apptainer ??= usableApptainer(external_node_path_default().join(scratch, 'try'), inputs, ports);
        return await apptainer;
    };
    const without = await obstacle(inputs, ports);
    if (without !== undefined)
        ports.log.info(`Apptainer unpacks the images, which takes more disk: ${without}`);
    const registries = (0,src_registries/* registriesOf */.Ho)(inputs.registries);
    const credentials = (0,src_registries/* credentialsFor */.Og)(inputs.registries, ports);
    const { http, clock, log, exec, fs } = ports;
    const { signal } = ports.runner;
    const registry = (0,lib_registry/* createRegistry */.Iq)({ http, clock, log, credentials, signal });
    const refused = new Map();
    const converting = {
        ports: { exec, fs, clock, log },
        signal,
        converter: without === undefined ? inputs.converter : 'apptainer',
        apptainer: needApptainer,
        registry,
        credentials,
        pulls,
        compression: inputs.compression,
        level: inputs.compressionLevel === 0 ? LEVELS[inputs.compression] : inputs.compressionLevel,
        timeoutMs: BUILD_TIMEOUT_MS
    };
    const builds = (0,p_limit/* default */.A)(Math.max(2, Math.floor(external_node_os_default().availableParallelism() / 2)));
    const kept = createKept(ports);
    const context = {
        ports: { fs: ports.fs, clock: ports.clock, log: ports.log, http: ports.storeHttp },
        signal: ports.runner.signal,
        rclone,
        disk: createDisk(ports.fs, workFolder, inputs.minFree ?? 0, async () => await kept.evict()),
        turn: async (build) => await builds(build),
        convert: async (conversion) => await convert(conversion, converting),
        converter: converting.converter,
        findImage: async (container) => await findImage(container, registries, registry, { refused, now: () => clock.now() }),
        kept: inputs.workDir === '' ? undefined : kept,
        workFolder,
        scratch,
        cachePrefix: inputs.cachePrefix,
        timeoutMs: REQUEST_TIMEOUT_MS
    };
    const progress = ports.log.progress('containers', {
        items: jobs.length,
        bytes: jobs.reduce((sum, { bytes }) => sum + bytes, 0)
    });
    const limit = (0,p_limit/* default */.A)(inputs.maxParallel);
    try {
        const carried = await Promise.all(jobs.map(async (job) => await limit(async () => {
            const done = await carry(job, context);
            progress.add({ items: 1, bytes: job.bytes });
            tell(done, ports);
            return done;
        })));
        return { carried, leftovers };
    }
    finally {
        progress.end();
        await close().catch((error) => ports.log.warning((0,failure/* messageOf */.bD)(error)));
    }
}
/** @throws NoMksquashfs, before anything is pulled for it */
async function usableApptainer(folder, inputs, ports) {
    const found = await (0,lib_sif/* findApptainer */.yZ)(ports, inputs.apptainerVersion, inputs.toolMirror);
    ports.log.debug(`Apptainer ${found.version} (${found.command})`);
    await found.expectMksquashfs(folder);
    return found;
}
function tell(done, ports) {
    for (const { message, kind } of done.failures)
        ports.log.info(`${done.id}: ${kind === 'limited' ? 'left for the next run' : 'failed'}: ${message}`);
    if (done.failures.length > 0 || done.deliveries.length === 0)
        return;
    ports.log.info(`${done.id}: ${done.from}, ${done.deliveries.map(({ store, assurance }) => `${store} (${assurance})`).join(', ')}`);
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/run.ts
/** The story of a run; the README tells it in the same steps. */













/** Requests under way at once for each store; one of them is 128 bytes. */
const run_REQUESTS = 100;
async function run(inputs, ports) {
    const { log, clock } = ports;
    requireBranch(inputs, ports.runner);
    await (0,workspace/* expectTwoFolders */.tv)(inputs, ports);
    const stores = (0,src_inputs/* storesOf */.oi)(inputs);
    // 1. Read the catalogue; what is wrong with an entry stops that entry.
    const read = await log.group('Catalogue', async () => await readCatalogues(inputs, ports));
    const { catalogue, comparison, baseUnknown } = read;
    const changes = !inputs.dryRun && (inputs.mode === 'convert' || inputs.mode === 'all' || inputs.mode === 'publish');
    if (inputs.mode === 'retain')
        return await runRetention(catalogue, comparison, inputs, ports);
    if (changes)
        expectWhole(catalogue);
    const wanted = chosen(read, inputs, log);
    const changedOnly = inputs.only === src_select/* CHANGED */.Rj;
    const nothingDone = {
        mode: inputs.mode,
        dispatchTo: inputs.dispatchTo,
        dryRun: inputs.dryRun,
        limited: inputs.only !== '' && !changedOnly,
        changedOnly,
        catalogue,
        baseFindings: comparison?.findings ?? [],
        baseUnknown,
        views: [],
        available: [],
        plan: undefined,
        shards: [],
        carried: [],
        publication: undefined,
        written: undefined,
        rateLimits: [],
        pullsTaken: 0,
        lookMs: 0,
        lagSeconds: undefined
    };
    // The lists are of all containers, whatever has changed.
    const idle = changedOnly && wanted.length === 0 && inputs.mode !== 'all';
    if (idle || baseUnknown !== undefined)
        return report(nothingDone);
    // 2. Look into every store, as its owner and as its users.
    const rclone = await (0,src_look/* findRclone */.n7)(stores, inputs.toolMirror, ports);
    const lookStarted = clock.now();
    const look = async (containers) => await (0,src_look/* lookAtStores */.hW)(containers, stores, { cachePrefix: inputs.cachePrefix, timeoutMs: REQUEST_TIMEOUT_MS, requests: run_REQUESTS }, {
        http: ports.storeHttp,
        clock,
        log,
        rclone,
        signal: ports.runner.signal
    });
    let views = await log.group(`Stores: ${stores.map(({ name }) => name).join(', ')}`, async () => await look(wanted));
    const lookMs = clock.now() - lookStarted;
    let available = judge(wanted, views);
    // 3. Plan the cheapest way for everything that a store lacks.
    const workFolder = inputs.workDir === ''
        ? external_node_path_default().join(ports.runner.temp, 'sif')
        : external_node_path_default().resolve(ports.runner.workspace, inputs.workDir);
    let plan;
    let rateLimits = [];
    let pulls;
    if (inputs.mode === 'plan' || inputs.mode === 'convert' || inputs.mode === 'all') {
        ;
        ({ plan, rateLimits, pulls } = await log.group('Plan', async () => {
            // A job of a matrix sees a few containers; what is damaged in all of them says whether one may be replaced.
            const isPart = inputs.only !== '' && (0,spared/* hasDamaged */.U)(available);
            const all = isPart ? judge(catalogue.containers, await look(catalogue.containers)) : available;
            return await planWork(available, all, workFolder, inputs, ports);
        }));
    }
    const shards = plan === undefined ? [] : makeShards(plan.jobs, inputs.shards);
    // 4. Carry it out, several containers at once.
    let carried = [];
    let leftovers = [];
    if (plan !== undefined &&
        pulls !== undefined &&
        plan.jobs.length > 0 &&
        !inputs.dryRun &&
        inputs.mode !== 'plan') {
        const { jobs } = plan;
        const account = pulls;
        ({ carried, leftovers } = await log.group(`Convert ${jobs.length} containers`, async () => await carryOut(jobs, views, workFolder, rclone, account, inputs, ports)));
        available = judge(wanted, await log.group('Stores again', async () => (views = await look(wanted))));
    }
    // 5. Publish what every required store has.
    let publication;
    let written;
    if (inputs.mode === 'publish' || inputs.mode === 'all') {
        ;
        ({ publication, written } = await log.group('Publish', async () => {
            const whole = inputs.only === '' ? available : judge(catalogue.containers, await look(catalogue.containers));
            return await writeLists(read, whole, inputs, ports);
        }));
    }
    // 6. Tell.
    return report({
        ...nothingDone,
        views,
        available,
        plan,
        shards,
        carried,
        leftovers,
        publication,
        written,
        rateLimits,
        pullsTaken: pulls?.taken ?? 0,
        lookMs,
        lagSeconds: inputs.dryRun ? undefined : lagSeconds(catalogue, { publication, written }, ports)
    });
}


/***/ })

};
