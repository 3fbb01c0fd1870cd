export const id = 831;
export const ids = [831];
export const modules = {

/***/ 4831:
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
// EXTERNAL MODULE: ./lib/failure/index.ts + 1 modules
var failure = __webpack_require__(4259);
// EXTERNAL MODULE: ./lib/files/index.ts + 1 modules
var files = __webpack_require__(3265);
// EXTERNAL MODULE: ./lib/github/index.ts + 9 modules
var github = __webpack_require__(7495);
// EXTERNAL MODULE: ./lib/registry/index.ts + 11 modules
var registry = __webpack_require__(6649);
// EXTERNAL MODULE: ./actions/release/src/announce/mastodon.ts
var mastodon = __webpack_require__(5198);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./actions/release/src/announce/marks.ts
/** What a release's text remembers of its announcement, unseen by readers. Pure. */
/** A post was about to be made; a run that ends here leaves it open whether it was. */
const INTENT = /<!-- neurodesk-ci:announcing key=([0-9a-f]{64}) at=(\S+) -->\n?/;
const DONE = /<!-- neurodesk-ci:announced key=([0-9a-f]{64}) url=(\S+) -->\n?/;
function readAnnouncement(body, key) {
    const [intent, done] = [INTENT.exec(body), DONE.exec(body)];
    return {
        intent: intent?.[1] === key ? { key, at: intent[2] ?? '' } : undefined,
        done: done?.[1] === key ? { key, url: done[2] ?? '' } : undefined
    };
}
function withIntent(body, key, at) {
    return append(body.replace(INTENT, ''), `<!-- neurodesk-ci:announcing key=${key} at=${at} -->`);
}
/** The address comes from the instance: only what cannot end the comment is taken in. */
function withDone(body, key, url) {
    const plain = url.replace(/[\s<>]/g, '').replaceAll('--', '%2D%2D');
    return append(body.replace(INTENT, '').replace(DONE, ''), `<!-- neurodesk-ci:announced key=${key} url=${plain} -->`);
}
function append(body, mark) {
    return `${body.trimEnd()}\n${mark}\n`;
}

;// CONCATENATED MODULE: ./actions/release/src/announce/announce.ts
/**
 * At most one post per release and instance. Mastodon's idempotency key covers a run that is repeated within the
 * hour; two marks on the release cover next week: one before the post ("about to"), one after it.
 */



/** Mastodon forgets keys after an hour; ten minutes are left for the way. */
const KEY_LIVES_MS = 50 * 60_000;
/** The same for every run of one release on one instance. Pure. */
function announcementKey(repository, tag, instance) {
    return (0,external_node_crypto_.createHash)('sha256')
        .update(`${repository.toLowerCase()}\0${tag}\0${new URL(instance).origin}`)
        .digest('hex');
}
/** Where it was announced before, if it was; from the release alone. Pure. */
function announcedAt(release, repository, instance) {
    return readAnnouncement(release.body, announcementKey(repository, release.tag, instance)).done?.url;
}
async function announce(plan, found, repository, mastodon, clock) {
    const key = announcementKey(repository.name, found.tag, plan.instance);
    // Read again: somebody may have edited it, or another run may have posted, since this one began.
    const release = (await repository.releases.get(found.id)) ?? found;
    const { intent, done } = readAnnouncement(release.body, key);
    if (done !== undefined)
        return { announced: true, postUrl: done.url, findings: [] };
    if (intent !== undefined && clock.now() - Date.parse(intent.at) > KEY_LIVES_MS) {
        // A run ended between the post and its mark, too long ago for the key: only the account itself knows.
        const known = await lookFor(plan, release, Date.parse(intent.at), mastodon);
        if (known.finding !== undefined)
            return { announced: false, postUrl: undefined, findings: [known.finding] };
        if (known.url !== undefined)
            return await remember(release, repository, key, known.url);
    }
    const text = { tag: release.tag, title: release.title };
    // Without this mark a crash after the post would let the next run post again.
    const marked = await repository.releases.update(release.id, {
        ...text,
        body: withIntent(release.body, key, new Date(clock.now()).toISOString())
    });
    const post = await mastodon.post(plan.text, plan.template, key);
    return await remember(marked, repository, key, post.url);
}
async function remember(release, repository, key, url) {
    try {
        await repository.releases.update(release.id, {
            tag: release.tag,
            title: release.title,
            body: withDone(release.body, key, url)
        });
        return { announced: true, postUrl: url, findings: [] };
    }
    catch (error) {
        // The post is out: a run that failed here must not look as if it were not.
        return {
            announced: true,
            postUrl: url,
            findings: [
                {
                    id: 'release-announcement-unmarked',
                    subject: url,
                    severity: 'warning',
                    message: `the post is out, but the release could not be marked: ${(0,failure/* messageOf */.bD)(error)}`,
                    hint: 'The next run looks for the post before it posts.'
                }
            ]
        };
    }
}
async function lookFor(plan, release, since, mastodon) {
    const unclear = (message) => ({
        finding: {
            id: 'release-announcement-unclear',
            subject: plan.instance,
            severity: 'unknown',
            message,
            hint: 'Look at the account. When nothing is posted, remove the comment `neurodesk-ci:announcing` from the release and run again.'
        }
    });
    try {
        // A template without {url} is found by its first line, which has the version.
        const needle = plan.text.includes(plan.url)
            ? plan.url
            : (plan.text.split('\n').find((line) => line.includes(release.tag)) ?? plan.text);
        const post = await mastodon.find(needle, since);
        return post === undefined ? {} : { url: post.url };
    }
    catch (error) {
        return unclear(`an earlier run may have posted, and the account could not be read: ${(0,failure/* messageOf */.bD)(error)}`);
    }
}

// EXTERNAL MODULE: ./actions/release/src/announce/count.ts
var count = __webpack_require__(3206);
// EXTERNAL MODULE: ./actions/release/src/announce/text.ts
var announce_text = __webpack_require__(6046);
;// CONCATENATED MODULE: ./actions/release/src/announce/step.ts



/** The text as it would be posted; undefined when nothing shall be announced, or when it does not fit. */
async function prepareAnnouncement(inputs, version, notes, repository, ports, findings) {
    const read = (0,announce_text/* readTemplate */.xV)(inputs.announcementTemplate);
    if (inputs.announce === 'none' || 'problem' in read)
        return undefined;
    const limits = ports.mastodon === undefined ? count/* DEFAULT_LIMITS */.d : await ports.mastodon.limits();
    const url = `${ports.runner.serverUrl.replace(/\/+$/, '')}/${repository.name}/releases/tag/${encodeURIComponent(version)}`;
    const text = (0,announce_text/* renderAnnouncement */.M4)(read.template, { version, url, notes }, limits);
    if (text !== undefined)
        return { text, template: read.template, url };
    findings.push({
        id: 'release-announcement-too-long',
        subject: version,
        severity: 'error',
        message: `the announcement has more than ${limits.characters} characters even without highlights`,
        hint: 'Shorten `announcement-template`.'
    });
    return undefined;
}
/** Posts it when that is asked for and the release is public. */
async function announceRelease(inputs, prepared, release, repository, ports, findings) {
    const nothing = { announced: false, postUrl: undefined, findings: [] };
    const before = inputs.mastodonUrl === '' ? undefined : announcedAt(release, repository.name, inputs.mastodonUrl);
    if (before !== undefined)
        return { announced: true, postUrl: before, findings: [] };
    if (inputs.announce !== 'post' || ports.mastodon === undefined)
        return nothing;
    if (release.isDraft) {
        findings.push({
            id: 'release-announcement-waits',
            subject: release.tag,
            severity: 'notice',
            message: 'the announcement waits until the release is published',
            hint: 'Run again after publishing, for instance on `release: types: [published]`.'
        });
        return nothing;
    }
    const done = await announce({ ...prepared, instance: inputs.mastodonUrl }, release, repository, ports.mastodon, ports.clock);
    findings.push(...done.findings);
    return done;
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
// EXTERNAL MODULE: ./actions/release/src/notes/sections.ts
var notes_sections = __webpack_require__(1339);
;// CONCATENATED MODULE: ./actions/release/src/notes/config.ts
/** How changes are sorted: the built-in rules, and those of a file. */


/** What NeuroDesk's own log shows: how its people write, and which commits say nothing to a user. */
const DEFAULT_CONFIG = {
    sections: {
        'New Features': {
            labels: ['feature', 'enhancement', 'new feature', 'new-tool'],
            types: ['feat'],
            prefixes: [
                'add',
                'adds',
                'added',
                'adding',
                'new',
                'introduce',
                'introduces',
                'introduced',
                'integrate',
                'integrates',
                'integrated',
                'support',
                'create',
                'created'
            ],
            paths: []
        },
        Improvements: {
            labels: ['improvement', 'dependencies'],
            types: ['perf', 'refactor', 'build', 'deps'],
            prefixes: [],
            paths: []
        },
        'Bug Fixes': {
            labels: ['bug', 'fix', 'bugfix'],
            types: ['fix'],
            prefixes: [
                'fix',
                'fixes',
                'fixed',
                'fixing',
                'bugfix',
                'bug fix',
                'hotfix',
                'correct',
                'corrects',
                'corrected',
                'resolve',
                'resolves',
                'resolved',
                'repair',
                'work around',
                'workaround',
                'permission fixes'
            ],
            paths: []
        },
        Removed: {
            labels: ['removed', 'removal', 'deprecated'],
            types: [],
            prefixes: [
                'remove',
                'removes',
                'removed',
                'removing',
                'delete',
                'deletes',
                'deleted',
                'drop',
                'drops',
                'dropped',
                'deprecate',
                'deprecates',
                'deprecated'
            ],
            paths: []
        }
    },
    noise: {
        labels: ['skip-changelog', 'no release notes'],
        types: ['chore', 'ci', 'docs', 'style', 'test', 'tests'],
        messages: [
            'Add files via upload',
            'Merge branch *',
            'Merge pull request *',
            'Merge remote-tracking *',
            'fix typo*',
            'typo*',
            'Update README*',
            'Create README*',
            '*FUNDING.yml',
            'wip*',
            'update',
            'updates',
            'fix test*',
            'fixed test*',
            'Initial commit'
        ],
        paths: ['.github/**', 'docs/**', '*.md', 'LICENSE', '.gitignore', '.gitattributes'],
        authors: ['github-actions[bot]']
    },
    dockerfiles: ['Dockerfile']
};
/** Longest list that a file may hold. */
const MOST = 200;
/**
 * Rules from YAML; a list that is given replaces the built-in one, all others stay.
 * @throws InputError with everything that is wrong.
 */
async function readNotesConfig(text, file) {
    // Loaded only by those who have such a file.
    const { parse } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    let value;
    try {
        value = parse(text, { maxAliasCount: 20 });
    }
    catch (error) {
        throw new failure/* InputError */.dz([
            { input: 'notes-config', given: file, allowed: `YAML; ${(0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? ''}` }
        ]);
    }
    const problems = [];
    const complain = (where, allowed) => {
        problems.push({ input: 'notes-config', given: `${file}: ${where}`, allowed });
    };
    const top = objectAt(value ?? {}, 'the file', ['sections', 'noise', 'dockerfiles'], complain);
    const sections = objectAt(top['sections'] ?? {}, 'sections', notes_sections/* SECTIONS */.b, complain);
    const rules = (section) => {
        const built = DEFAULT_CONFIG.sections[section];
        const given = objectAt(sections[section] ?? {}, `sections: ${section}`, Object.keys(built), complain);
        return listsOf(built, given, `sections: ${section}`, complain);
    };
    const config = {
        sections: {
            'New Features': rules('New Features'),
            Improvements: rules('Improvements'),
            'Bug Fixes': rules('Bug Fixes'),
            Removed: rules('Removed')
        },
        noise: listsOf(DEFAULT_CONFIG.noise, objectAt(top['noise'] ?? {}, 'noise', Object.keys(DEFAULT_CONFIG.noise), complain), 'noise', complain),
        dockerfiles: listAt(top['dockerfiles'], 'dockerfiles', complain) ?? DEFAULT_CONFIG.dockerfiles
    };
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems);
    return config;
}
function objectAt(value, where, known, complain) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        complain(where, `an object with ${known.join(', ')}`);
        return {};
    }
    for (const key of Object.keys(value))
        if (!known.includes(key))
            complain(`${where}: ${key}`, `one of ${known.join(', ')}`);
    return value;
}
function listsOf(built, given, where, complain) {
    const merged = Object.entries(built).map(([key, list]) => [
        key,
        listAt(given[key], `${where}: ${key}`, complain) ?? list
    ]);
    return Object.fromEntries(merged);
}
function listAt(value, where, complain) {
    if (value === undefined || value === null)
        return undefined;
    const fine = Array.isArray(value) &&
        value.length <= MOST &&
        value.every((one) => typeof one === 'string' && one !== '' && one.length <= 200);
    if (fine)
        return value;
    complain(where, `a list of at most ${MOST} texts`);
    return undefined;
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
function names_parseContainerName(id) {
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
    const parsed = names_unsafeBecause(text) === undefined ? names_parseContainerName(text) : undefined;
    return parsed !== undefined && isBuildDate(parsed.buildDate);
}
/** Why a text must not become part of a path, a URL or a command; undefined when it is plain. */
function names_unsafeBecause(text) {
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
class collection_Collection {
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
        this.into = new collection_Collection(options);
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
        const unsafe = names_unsafeBecause(id);
        if (unsafe !== undefined)
            return this.into.refuse(id, 'catalogue-name-unsafe', unsafe, at);
        const parsed = app.includes(' ') ? names_parseContainerName(id) : undefined;
        if (parsed === undefined) {
            return this.into.refuse(id, 'catalogue-name-unsafe', 'its key is not "NAME VERSION"', at);
        }
        let image = parsed.image;
        let architecture = parsed.architecture;
        if (imageMember !== undefined) {
            const given = textOf(imageMember);
            const reason = given === undefined ? 'it is not a text' : names_unsafeBecause(given);
            if (given === undefined || reason !== undefined) {
                return this.into.refuse(id, 'catalogue-name-unsafe', `its "image" is not usable: ${reason ?? ''}`, imageMember.at);
            }
            image = given;
            architecture = names_parseContainerName(`${image}_${buildDate}`)?.architecture ?? architecture;
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

;// CONCATENATED MODULE: ./lib/catalogue/index.ts
/** NeuroDesk's catalogue: apps.json, the containers in it, and the files that are written from it. */







// EXTERNAL MODULE: ./lib/markdown/index.ts
var markdown = __webpack_require__(8066);
;// CONCATENATED MODULE: ./actions/release/src/notes/text.ts
/** Text from outside inside of a bullet. */

/**
 * A line of a commit as it reads: no mention, no link to a number of another repository, no HTML, no shortcode, no
 * MDX expression, and no start of a list, heading or quote of its own.
 */
function noteText(text) {
    return (0,markdown/* escape */.ih)(text.slice(0, 500))
        .replaceAll('{', '&#123;')
        .replaceAll('}', '&#125;')
        .replace(/^(\s*)([-+#]|\d+[.)](?=\s|$))/, (_, blank, start) => `${blank}${start.slice(0, -1)}\\${start.slice(-1)}`);
}

;// CONCATENATED MODULE: ./actions/release/src/notes/containers.ts
/** Which containers came, went and changed: the difference of two catalogues, by tool. Pure. */




/** Containers of an apps.json or of a log.txt. @throws InputError naming the input. */
function readContainers(text, file, input) {
    const refuse = (why) => new failure/* InputError */.dz([{ input, given: file, allowed: `an apps.json or a log.txt with containers; ${why}` }]);
    if (text.trimStart().startsWith('{')) {
        const catalogue = readCatalogue(text, { file });
        const syntax = catalogue.findings.find(({ id }) => id === 'catalogue-syntax');
        if (catalogue.broken)
            throw refuse(syntax?.message ?? 'it cannot be read');
        if (catalogue.containers.length === 0)
            throw refuse('it has none');
        return catalogue.containers;
    }
    let ids;
    try {
        ids = readLog(text, file);
    }
    catch (error) {
        throw refuse((0,failure/* messageOf */.bD)(error));
    }
    if (ids.length === 0)
        throw refuse('it has none');
    return ids.flatMap((id) => names_parseContainerName(id) ?? []);
}
/** The containers of a catalogue, as a log.txt without categories: what a release remembers for the next one. */
function listContainers(containers) {
    return containers.map((one) => `${one.id}\n`).join('');
}
/** New tools, newer versions (from -> to), builds of the same version, versions and tools that are gone. */
function containerChanges(before, after) {
    const lines = {
        'New Features': [],
        Improvements: [],
        'Bug Fixes': [],
        Removed: []
    };
    const counts = { added: 0, updated: 0, removed: 0 };
    const [old, now] = [byTool(before), byTool(after)];
    for (const tool of [...new Set([...old.keys(), ...now.keys()])].sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' }))) {
        const [was, is] = [
            old.get(tool) ?? new Map(),
            now.get(tool) ?? new Map()
        ];
        const came = inOrder([...is.values()].filter((one) => !was.has(one.image)));
        const went = inOrder([...was.values()].filter((one) => !is.has(one.image)));
        const rebuilt = inOrder([...is.values()].filter((one) => isLater(one, was.get(one.image))));
        const newest = inOrder([...was.values()]).at(-1);
        const name = noteText(tool);
        if (came.length > 0 && newest === undefined) {
            counts.added++;
            lines['New Features'].push(line(came, `added ${name} ${versions(came)}`));
        }
        else if (came.length > 0) {
            counts.updated++;
            lines.Improvements.push(line(came, `updated ${name} to ${versions(came)} (from ${version(newest)})`));
        }
        if (rebuilt.length > 0)
            lines.Improvements.push(line(rebuilt, `rebuilt ${name} ${rebuilt.map((one) => `${version(one)} (${noteText(one.buildDate)})`).join(', ')}`));
        if (went.length > 0) {
            counts.removed++;
            lines.Removed.push(line(went, is.size === 0 ? `removed ${name} (${versions(went)})` : `removed ${name} ${versions(went)}`));
        }
    }
    return { lines, ...counts };
}
/** By tool and then by image; of two builds of one version the newer counts. */
function byTool(containers) {
    const tools = new Map();
    for (const container of containers) {
        const images = tools.get(container.name) ?? new Map();
        const known = images.get(container.image);
        if (known === undefined || known.buildDate < container.buildDate)
            images.set(container.image, container);
        tools.set(container.name, images);
    }
    return tools;
}
function isLater(one, other) {
    return other !== undefined && other.buildDate < one.buildDate;
}
/** As they were built; versions have too many forms to be ordered by themselves. */
function inOrder(containers) {
    return [...containers].sort((a, b) => a.buildDate.localeCompare(b.buildDate) || a.version.localeCompare(b.version, 'en', { numeric: true }));
}
function versions(containers) {
    const shown = containers.map(version);
    const last = shown.pop() ?? '';
    return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
function version(one) {
    if (one === undefined)
        return '';
    return noteText(one.version) + (one.image.endsWith('_arm64') ? ' (arm64)' : '');
}
function line(containers, markdown) {
    return {
        ids: containers.map((one) => `k${(0,external_node_crypto_.createHash)('sha256').update(one.id).digest('hex').slice(0, 8)}`),
        markdown
    };
}

;// CONCATENATED MODULE: ./actions/release/src/notes/glob.ts
/** Patterns with `*`, nothing else: a pattern from a file can neither hang nor surprise. */
/**
 * `path`: `*` stays within a folder, `**` crosses them. `text`: `*` is anything. Without case.
 */
function globToTest(pattern, kind) {
    const parts = pattern.split(/(\*\*\/|\*\*|\*)/);
    const source = parts.map((part) => {
        if (part === '**/')
            return kind === 'path' ? '(?:[^/]+/)*' : '.*';
        if (part === '**')
            return '.*';
        if (part === '*')
            return kind === 'path' ? '[^/]*' : '.*';
        return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    });
    const expression = new RegExp(`^${source.join('')}$`, 'isu');
    return (value) => expression.test(value);
}

;// CONCATENATED MODULE: ./actions/release/src/notes/classify.ts
/** Which section a change belongs to: labels first, then paths, then what the text begins with. Pure. */


/** `feat(scope)!: text`, https://www.conventionalcommits.org/en/v1.0.0/ */
const CONVENTIONAL = /^([a-z]+)(?:\([^)]{0,60}\))?!?:\s+(?=\S)/i;
function sectionOf(change, config) {
    const whole = change.text.replace(/\s+/g, ' ').trim();
    const conventional = CONVENTIONAL.exec(whole);
    const type = conventional?.[1]?.toLowerCase();
    // Only a known type is taken off: "Matlab: new licence" keeps its first word.
    const known = type !== undefined &&
        (config.noise.types.includes(type) ||
            notes_sections/* SECTIONS */.b.some((section) => config.sections[section].types.includes(type)));
    const text = (known ? whole.slice(conventional?.[0].length) : whole).replace(/\s*\(#\d+\)$/, '') || '(no message)';
    const bySection = (test) => notes_sections/* SECTIONS */.b.find(test);
    const labels = change.labels.map((label) => label.toLowerCase());
    const labelled = bySection((section) => config.sections[section].labels.some((label) => labels.includes(label.toLowerCase())));
    if (config.noise.labels.some((label) => labels.includes(label.toLowerCase())))
        return { section: 'folded', text };
    if (labelled !== undefined)
        return { section: labelled, text };
    if (isNoise(change, whole, known ? type : undefined, config))
        return { section: 'folded', text };
    const byPath = bySection((section) => allBelow(change.paths, config.sections[section].paths));
    if (byPath !== undefined)
        return { section: byPath, text };
    const byType = known ? bySection((section) => config.sections[section].types.includes(type)) : undefined;
    const byVerb = bySection((section) => config.sections[section].prefixes.some((prefix) => beginsWith(text, prefix)));
    return { section: byType ?? byVerb ?? 'Improvements', text };
}
function isNoise(change, whole, type, config) {
    const { noise } = config;
    if (change.isMerge)
        return true;
    if (type !== undefined && noise.types.includes(type))
        return true;
    if (noise.authors.some((author) => author.toLowerCase() === change.author.toLowerCase()))
        return true;
    if (noise.messages.some((pattern) => globToTest(pattern, 'text')(whole)))
        return true;
    return allBelow(change.paths, noise.paths);
}
/** True when every path matches one of the patterns; a change without paths says nothing. */
function allBelow(paths, patterns) {
    if (paths === undefined || paths.length === 0 || patterns.length === 0)
        return false;
    const tests = patterns.map((pattern) => globToTest(pattern, 'path'));
    return paths.every((path) => tests.some((test) => test(path)));
}
/** Whole words only: "add" begins "add fsl", not "address". */
function beginsWith(text, prefix) {
    const start = text.slice(0, prefix.length).toLowerCase();
    return start === prefix.toLowerCase() && !/^[\p{L}\p{N}]/u.test(text.slice(prefix.length));
}

;// CONCATENATED MODULE: ./actions/release/src/notes/entries.ts

/**
 * One entry per merged pull request, and one per commit that came without one; oldest first, same texts joined.
 * @param commits of the window, oldest first
 * @param pulls merged ones, by the SHA that the merge left on the branch
 */
function entriesOf(commits, pulls, paths, config) {
    const covered = coveredByPulls(commits, pulls);
    const entries = [];
    for (const commit of commits) {
        const pull = pulls.get(commit.sha);
        if (pull !== undefined)
            entries.push(entryOfPull(pull, commit, paths, config));
        else if (!covered.has(commit.sha))
            entries.push(entryOfCommit(commit, paths, config));
    }
    return join(entries);
}
function entryOfPull(pull, commit, paths, config) {
    const found = sectionOf({
        text: pull.title,
        author: pull.author,
        labels: pull.labels,
        paths: paths.get(commit.sha),
        isMerge: false
    }, config);
    return {
        ids: [`p${pull.number}`],
        section: found.section,
        text: found.text,
        pull: { number: pull.number, url: pull.url, author: pull.author },
        url: commit.url
    };
}
function entryOfCommit(commit, paths, config) {
    const subject = commit.message.split('\n', 1)[0] ?? '';
    const found = sectionOf({
        text: subject,
        author: commit.author ?? '',
        labels: [],
        paths: paths.get(commit.sha),
        isMerge: commit.parents.length > 1
    }, config);
    return { ids: [`c${commit.sha.slice(0, 10)}`], section: found.section, text: found.text, url: commit.url };
}
/** Commits that a merged pull request brought: those of its branch that its base did not have. */
function coveredByPulls(commits, pulls) {
    const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
    const reach = (starts, stop) => {
        const seen = new Set();
        const waiting = [...starts];
        for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
            const commit = bySha.get(sha);
            if (commit === undefined || seen.has(sha) || stop.has(sha))
                continue;
            seen.add(sha);
            waiting.push(...commit.parents);
        }
        return seen;
    };
    const covered = new Set();
    for (const commit of commits) {
        const [first, ...others] = commit.parents;
        if (first === undefined || others.length === 0 || !pulls.has(commit.sha))
            continue;
        const before = reach([first], new Set());
        for (const sha of reach(others, before))
            covered.add(sha);
    }
    return covered;
}
/** "Add files via upload", four times, is one line. */
function join(entries) {
    const joined = new Map();
    for (const entry of entries) {
        const key = `${entry.section}\0${entry.text.toLowerCase()}\0${entry.pull?.number ?? ''}`;
        const known = joined.get(key);
        joined.set(key, known === undefined ? entry : { ...known, ids: [...known.ids, ...entry.ids] });
    }
    return [...joined.values()];
}

// EXTERNAL MODULE: ./actions/release/src/notes/parse.ts
var parse = __webpack_require__(9044);
;// CONCATENATED MODULE: ./actions/release/src/notes/hand.ts
/** Notes that a person wrote, in a file: they come first in each section. */




/** @throws InputError for headings that the history does not have. */
function readHandWritten(text, file) {
    const parsed = (0,parse/* parseNotes */.X)(text.replace(/<!--[\s\S]*?-->/g, ''));
    const strange = parsed.parts.filter((part) => !(0,parse/* isSection */.E)(part.title));
    if (strange.length > 0) {
        throw new failure/* InputError */.dz(strange.map((part) => ({
            input: 'notes-file',
            given: `${file}, line ${part.line}: ${part.title}`,
            allowed: `headings ${notes_sections/* SECTIONS */.b.join(', ')}`
        })));
    }
    const sections = {};
    for (const part of parsed.parts) {
        if (!(0,parse/* isSection */.E)(part.title))
            continue;
        const lines = part.items.map((markdown) => ({
            ids: [`h${(0,external_node_crypto_.createHash)('sha256').update(markdown).digest('hex').slice(0, 8)}`],
            markdown
        }));
        sections[part.title] = [...(sections[part.title] ?? []), ...lines];
    }
    return { intro: parsed.intro, sections };
}

;// CONCATENATED MODULE: ./actions/release/src/notes/pins.ts
/** Versions that a Dockerfile pins, and which of them moved. Pure. */


/** Version by name: base images, `*_VERSION` variables, and packages with `==`. */
function pinsOf(dockerfile) {
    const pins = new Map();
    const stages = new Set();
    for (const raw of dockerfile.replace(/\r\n?/g, '\n').slice(0, 1_000_000).split('\n')) {
        const line = raw.trim();
        if (line.startsWith('#'))
            continue;
        const from = /^FROM\s+(?:--\S+\s+)*(\S+?)(?:\s+AS\s+(\S+))?\s*$/i.exec(line);
        if (from?.[1] !== undefined && !stages.has(from[1].toLowerCase())) {
            const [name, version] = splitImage(from[1]);
            if (version !== '')
                pins.set(name, version);
        }
        if (from?.[2] !== undefined)
            stages.add(from[2].toLowerCase());
        for (const match of line.matchAll(/\b([A-Z][A-Z0-9_]*_(?:VERSION|TAG|RELEASE))[= ]"?(v?\d[\w.+-]*)"?/g))
            pins.set(match[1] ?? '', match[2] ?? '');
        for (const match of line.matchAll(/(?<![\w./-])([A-Za-z][\w.-]*)(?:\[[\w,]+\])?==(\d[\w.!+-]*)/g))
            pins.set(match[1] ?? '', match[2] ?? '');
    }
    return pins;
}
/** Lines for pins that have another version than before; new and vanished ones are told by their commits. */
function movedPins(before, after) {
    const [old, now] = [pinsOf(before), pinsOf(after)];
    return [...now].flatMap(([name, version]) => {
        const was = old.get(name);
        if (was === undefined || was === version)
            return [];
        const id = `d${(0,external_node_crypto_.createHash)('sha256').update(`${name} ${version}`).digest('hex').slice(0, 8)}`;
        return [
            {
                ids: [id],
                markdown: `updated ${noteText(name)} to ${noteText(pins_short(version))} (from ${noteText(pins_short(was))})`
            }
        ];
    });
}
/** `image:tag@digest` -> name and what is pinned; the tag is what people know, the digest what counts without one. */
function splitImage(text) {
    const [named = '', digest = ''] = text.split('@');
    const colon = named.lastIndexOf(':');
    if (colon > named.lastIndexOf('/'))
        return [named.slice(0, colon), named.slice(colon + 1)];
    return [named, digest];
}
const pins_short = (version) => version.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1…');

;// CONCATENATED MODULE: ./actions/release/src/notes/render.ts
/** Notes in NeuroDesk's house format. Pure. */



/** Lines of the entries, by section; `more` are put behind them (containers, pins). */
function notesOf(version, entries, more = {}, hand = {
    intro: '',
    sections: {}
}, compareUrl) {
    const of = (section) => [
        ...(hand.sections[section] ?? []),
        ...entries.filter((entry) => entry.section === section).map(toLine),
        ...(more[section] ?? [])
    ];
    return {
        version,
        intro: hand.intro,
        sections: {
            'New Features': of('New Features'),
            Improvements: of('Improvements'),
            'Bug Fixes': of('Bug Fixes'),
            Removed: of('Removed')
        },
        folded: entries.filter((entry) => entry.section === 'folded').map(toLine),
        compareUrl
    };
}
const ALL = { folded: true, most: Infinity };
/** The section of the release history: heading, sections that have something, small changes folded. */
function renderNotes(notes, shown = ALL) {
    const parts = [`## ${notes.version}`];
    if (notes.intro !== '')
        parts.push(notes.intro);
    for (const section of notes_sections/* SECTIONS */.b) {
        const lines = notes.sections[section].map((line) => line.markdown);
        const rest = lines.length - shown.most;
        if (lines.length > 0)
            parts.push(`### ${section}\n${(0,markdown/* list */.p_)([...lines.slice(0, shown.most), ...(rest > 0 ? [`and ${rest} more`] : [])]).trimEnd()}`);
    }
    if (isEmpty(notes))
        parts.push('No changes that users will notice.');
    if (notes.folded.length > 0) {
        const title = notes.folded.length === 1 ? '1 smaller change' : `${notes.folded.length} smaller changes`;
        parts.push((0,markdown/* details */.zH)(title, shown.folded
            ? (0,markdown/* list */.p_)(notes.folded.map((line) => line.markdown))
            : `See ${fullName(notes.version)}, attached below.`).trimEnd());
    }
    if (notes.compareUrl !== undefined)
        parts.push(`[All changes](${notes.compareUrl})`);
    return `${parts.join('\n\n')}\n`;
}
/** Name of the attached file with all of the notes, where they had to be cut. */
const fullName = (version) => `release-notes-${version}.md`;
/** As much as fits into `room` characters; the small changes go first. */
function renderFitting(notes, room) {
    const levels = [
        ALL,
        ...[Infinity, 400, 200, 100, 50, 25, 10, 3].map((most) => ({ folded: false, most }))
    ];
    let text = '';
    for (const shown of levels) {
        text = renderNotes(notes, shown);
        if (text.length <= room)
            return { text, isCut: shown !== ALL };
    }
    return { text: `## ${notes.version}\n\nSee ${fullName(notes.version)}, attached below.\n`, isCut: true };
}
/** True when there is nothing to tell besides what is folded. */
function isEmpty(notes) {
    return notes.intro === '' && notes_sections/* SECTIONS */.b.every((section) => notes.sections[section].length === 0);
}
/** Everything that the notes stand for. */
function idsOf(notes) {
    return [...notes_sections/* SECTIONS */.b.flatMap((section) => notes.sections[section]), ...notes.folded].flatMap((line) => line.ids);
}
function toLine(entry) {
    const times = entry.ids.length > 1 ? ` (${entry.ids.length} times)` : '';
    const text = `${noteText(entry.text)}${times}`;
    // The author is named, not mentioned: nobody is notified by a draft that may never be published.
    if (entry.pull !== undefined)
        return {
            ids: entry.ids,
            markdown: `${text} ([#${entry.pull.number}](${entry.pull.url}) by ${noteText(entry.pull.author)})`
        };
    if (entry.section === 'folded' && entry.url !== undefined)
        return { ids: entry.ids, markdown: `${text} ([${entry.ids[0]?.slice(1, 8) ?? 'commit'}](${entry.url}))` };
    return { ids: entry.ids, markdown: text };
}

// EXTERNAL MODULE: ./lib/http/index.ts + 4 modules
var http = __webpack_require__(2717);
// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var retry = __webpack_require__(2751);
;// CONCATENATED MODULE: ./actions/release/src/sources.ts
/** Texts that inputs point at: files of the workspace and addresses. */




const MAX_BYTES = 16 * 1024 * 1024;
/** Text of a file of the workspace. @throws InputError naming the input. */
async function readText(input, file, ports) {
    const full = external_node_path_default().resolve(ports.runner.workspace, file);
    try {
        const { size } = await ports.fs.stat(full);
        if (size > MAX_BYTES)
            throw new Error(`it has ${size} bytes, at most ${MAX_BYTES} are read`);
        return await ports.fs.readFile(full, 'utf8');
    }
    catch (error) {
        throw new failure/* InputError */.dz([{ input, given: file, allowed: `a file that can be read; ${(0,failure/* messageOf */.bD)(error)}` }]);
    }
}
/** The same, or the text behind an http(s) address; what the network keeps back is no mistake in the input. */
async function readSource(input, source, ports) {
    if (!/^https?:\/\//.test(source))
        return await readText(input, source, ports);
    const answer = await (0,retry/* retry */.L5)(`GET ${source}`, async () => (0,http/* expectStatus */.oi)(await ports.http.request(source, { maxBytes: MAX_BYTES })), {
        classify: retry/* classifyHttp */.d3,
        clock: ports.clock,
        log: ports.log,
        signal: ports.runner.signal
    });
    return answer.body.toString('utf8');
}

;// CONCATENATED MODULE: ./actions/release/src/changes.ts
/** What changed since the last release, from all sources, as notes. */











/** One request per commit: above this the paths are not asked for. */
const MOST_PATHS = 300;
const PARALLEL = 8;
/** Name of the asset in which a release remembers its containers. */
const CONTAINERS_ASSET = 'containers.txt';
/** @throws InputError with the problems of all files at once. */
async function readGiven(inputs, ports) {
    const config = async () => inputs.notesConfig === ''
        ? DEFAULT_CONFIG
        : await readNotesConfig(await readText('notes-config', inputs.notesConfig, ports), inputs.notesConfig);
    const hand = async () => inputs.notesFile === ''
        ? { intro: '', sections: {} }
        : readHandWritten(await readText('notes-file', inputs.notesFile, ports), inputs.notesFile);
    const catalogue = async (input, source) => source === '' ? undefined : readContainers(await readSource(input, source, ports), source, input);
    const all = await Promise.allSettled([
        config(),
        hand(),
        catalogue('catalogue-before', inputs.catalogueBefore),
        catalogue('catalogue-after', inputs.catalogueAfter)
    ]);
    const failures = all.filter((one) => one.status === 'rejected').map((one) => one.reason);
    const other = failures.find((error) => !(error instanceof failure/* InputError */.dz));
    if (other !== undefined)
        throw other;
    const problems = failures.flatMap((error) => (error instanceof failure/* InputError */.dz ? error.problems : []));
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems);
    const [rules, written, before, after] = all.map((one) => one.status === 'fulfilled' ? one.value : undefined);
    return { config: rules, hand: written, before, after };
}
async function collectChanges(repository, releases, subject, given, findings) {
    const containers = await containersChanged(repository, releases, subject, given, findings);
    const comparison = await compare(repository, subject, findings);
    const commits = comparison?.commits ?? [];
    const since = commits.map((commit) => commit.date).sort()[0];
    const pulls = since === undefined ? new Map() : await repository.pulls.merged(since);
    const inWindow = new Map([...pulls].filter(([sha]) => commits.some((commit) => commit.sha === sha)));
    const paths = await pathsOf(repository, commits, inWindow, given.config, findings);
    const pins = comparison === undefined
        ? []
        : await pinsMoved(repository, comparison.mergeBase, subject.sha, given.config);
    const more = Object.fromEntries(notes_sections/* SECTIONS */.b.map((section) => [
        section,
        [...(containers?.lines[section] ?? []), ...(section === 'Improvements' ? pins : [])]
    ]));
    const entries = entriesOf(commits, inWindow, paths, given.config);
    return {
        notes: notesOf(subject.version, entries, more, given.hand, comparison?.url),
        commitCount: commits.length,
        pullCount: inWindow.size,
        containers
    };
}
/** Against the catalogue that is given, else against what the last release remembers. */
async function containersChanged(repository, releases, subject, given, findings) {
    if (given.after === undefined)
        return undefined;
    if (given.before !== undefined)
        return containerChanges(given.before, given.after);
    const { previous } = subject;
    const release = releases.find((one) => !one.isDraft && one.tag === previous?.name);
    const asset = release?.assets.find((one) => one.name === CONTAINERS_ASSET);
    const unknown = (why) => {
        findings.push({
            id: 'release-containers-unknown',
            subject: previous?.name ?? repository.name,
            severity: 'notice',
            message: `${why}: new and updated containers are not in the notes`,
            hint: 'Give `catalogue-before` this once; this release remembers its containers for the next one.'
        });
    };
    if (asset === undefined)
        return unknown(`the last release has no ${CONTAINERS_ASSET} to compare with`);
    try {
        const text = (await repository.releases.download(asset)).toString('utf8');
        return containerChanges(readContainers(text, CONTAINERS_ASSET, 'catalogue-before'), given.after);
    }
    catch (error) {
        // The asset can be edited by hand: what cannot be read is no reason to stop a release.
        if (!(error instanceof failure/* InputError */.dz) && !(error instanceof github/* TooLarge */.MF))
            throw error;
        return unknown(`${CONTAINERS_ASSET} of the last release cannot be read`);
    }
}
async function compare(repository, subject, findings) {
    if (subject.previous === undefined)
        return undefined;
    const { ref, name } = subject.previous;
    const comparison = await repository.git.compare(ref, subject.sha).catch((error) => {
        if (!(error instanceof github/* Refused */.Lw) || error.status !== 404)
            throw error;
        return undefined;
    });
    if (comparison === undefined) {
        if (subject.previous.from === 'given')
            throw new failure/* InputError */.dz([
                {
                    input: 'previous',
                    given: ref,
                    allowed: `a tag or commit of ${repository.name} that shares history with ${subject.sha.slice(0, 7)}`
                }
            ]);
        findings.push({
            id: 'release-history-rewritten',
            subject: name,
            severity: 'warning',
            message: `${ref} shares no history with what is released, or is gone: the commits are not in the notes`,
            hint: 'Give `previous`: a commit of the branch that has what was released.'
        });
        return undefined;
    }
    if (comparison.behindBy > 0) {
        findings.push({
            id: 'release-history-rewritten',
            subject: name,
            severity: 'warning',
            message: `${comparison.behindBy} commits of ${name} are not in what is released: the branch was rewritten, or the tag stands elsewhere`,
            hint: 'Read the notes with care: they hold what came since the last commit that both have.'
        });
    }
    return comparison;
}
/** Paths of the commits that become entries, when a rule needs them. */
async function pathsOf(repository, commits, pulls, config, findings) {
    const hasRules = config.noise.paths.length > 0 || notes_sections/* SECTIONS */.b.some((section) => config.sections[section].paths.length > 0);
    if (!hasRules)
        return new Map();
    const covered = coveredByPulls(commits, pulls);
    const asked = commits.filter((commit) => !covered.has(commit.sha) && (commit.parents.length < 2 || pulls.has(commit.sha)));
    if (asked.length > MOST_PATHS) {
        findings.push({
            id: 'release-paths-skipped',
            subject: repository.name,
            severity: 'notice',
            message: `${asked.length} changes are too many to ask for the files of each; rules about paths were not applied`
        });
        return new Map();
    }
    const limit = (0,p_limit/* default */.A)(PARALLEL);
    return new Map(await Promise.all(asked.map(async (commit) => await limit(async () => [
        commit.sha,
        await repository.git.changedPaths(commit.sha)
    ]))));
}
async function pinsMoved(repository, before, after, config) {
    const moved = await Promise.all(config.dockerfiles.map(async (path) => {
        const [old, now] = await Promise.all([
            repository.git.file(path, before),
            repository.git.file(path, after)
        ]);
        return old === undefined || now === undefined ? [] : movedPins(old, now);
    }));
    return moved.flat();
}

;// CONCATENATED MODULE: ./actions/release/src/gates/check.ts
const isMet = (checks) => checks.every((check) => check.state === 'ok');

// EXTERNAL MODULE: ./actions/release/src/gates/registries.ts
var gates_registries = __webpack_require__(943);
;// CONCATENATED MODULE: ./actions/release/src/gates/image.ts



/** All references that must have one digest: the given one first. `{version}` is replaced; no tag means the version. Pure. */
function imagesOf(reference, registries, version) {
    const text = reference.replaceAll('{version}', version);
    const first = (0,registry/* parseReference */.F2)(/@|:[^/]*$/.test(text) ? text : `${text}:${version}`);
    const image = first.path.split('/').at(-1) ?? first.path;
    const others = (0,gates_registries/* placesOf */.ek)(registries, image).map(({ repository, isOptional }) => ({
        reference: { ...repository, tag: first.tag, digest: first.digest },
        isOptional
    }));
    const seen = new Set();
    return [{ reference: first, isOptional: false }, ...others].filter((one) => {
        const key = (0,registry/* formatReference */.FH)(one.reference);
        return !seen.has(key) && seen.add(key);
    });
}
async function checkImages(registry, wanted) {
    const found = await Promise.all(wanted.map(async (one) => {
        try {
            return { ...one, digest: (await registry.resolve(one.reference))?.digest };
        }
        catch (error) {
            return { ...one, error: (0,failure/* messageOf */.bD)(error) };
        }
    }));
    return judgeImages(found);
}
/** The first reference says which image is meant; every other registry is held against it. Pure. */
function judgeImages(found) {
    const [first] = found;
    if (first === undefined)
        return { checks: [], findings: [] };
    const checks = [];
    const findings = [];
    for (const one of found) {
        const check = judgeImage(one, first);
        if (check === undefined)
            continue;
        if (one.isOptional)
            findings.push({
                id: check.id,
                subject: check.subject,
                severity: 'warning',
                message: check.message,
                ...(check.hint === undefined ? {} : { hint: check.hint })
            });
        else
            checks.push(check);
    }
    if (checks.length > 0)
        return { checks, findings };
    const same = found.filter((one) => one.digest === first.digest).length;
    const places = same === 1 ? '' : `, the same in ${same} registries`;
    const digest = first.digest?.slice(0, 19) ?? '';
    return {
        checks: [
            {
                id: 'release-image-missing',
                subject: (0,registry/* formatReference */.FH)(first.reference),
                state: 'ok',
                message: `the image is there (${digest}…)${places}`
            }
        ],
        findings
    };
}
function judgeImage({ reference, digest, error }, first) {
    const subject = (0,registry/* formatReference */.FH)(reference);
    if (error !== undefined)
        return {
            id: 'release-image-unknown',
            subject,
            state: 'unknown',
            message: `${subject}: the registry did not tell: ${error}`,
            hint: 'Run again when the registry answers.'
        };
    if (digest === undefined) {
        return {
            id: 'release-image-missing',
            subject,
            state: 'failed',
            message: `${subject} is not there`,
            hint: `Push it to ${(0,registry/* formatRepository */.zW)(reference)}, or look for a misspelled tag; a private repository looks the same without a login.`
        };
    }
    if (first.digest === undefined || digest === first.digest)
        return undefined;
    return {
        id: 'release-image-differs',
        subject,
        state: 'failed',
        message: `${subject} is another image (${digest.slice(0, 19)}…) than ${(0,registry/* formatReference */.FH)(first.reference)} (${first.digest.slice(0, 19)}…)`,
        hint: 'Copy the tested image by its digest to all registries.'
    };
}

// EXTERNAL MODULE: ./lib/report/types.ts
var types = __webpack_require__(944);
;// CONCATENATED MODULE: ./lib/report/read.ts
/** Reading a report that came from outside (an artifact of another job): checked, never trusted. */

const VERDICTS = ['ok', 'failed', 'unknown', 'cancelled'];
const SEVERITIES = ['notice', 'unknown', 'warning', 'error'];
const NAME = /^[a-z][a-z0-9-]{0,63}$/;
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
/** Larger reports are refused: nobody reads them, and they are not ours. */
const MAX_REPORT_BYTES = 32 * 1024 * 1024;
/**
 * The report in `text`, or every reason why it is none.
 * docs/schemas/report.schema.json says the same; a test compares the two.
 */
function readReport(text) {
    if (Buffer.byteLength(text) > MAX_REPORT_BYTES)
        return { problems: [`larger than ${MAX_REPORT_BYTES} bytes`] };
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        return { problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] };
    }
    const problems = check(value);
    return problems.length > 0 ? { problems } : { report: value };
}
function check(value) {
    if (!isObject(value))
        return ['not an object'];
    const problems = [];
    const expect = (condition, problem) => {
        if (!condition)
            problems.push(problem);
    };
    expect(value['schema'] === types/* REPORT_SCHEMA */.D, `schema is not ${types/* REPORT_SCHEMA */.D}`);
    expect(matches(value['action'], NAME), 'action is not a name');
    expect(matches(value['started'], DATE), 'started is not a UTC date');
    expect(matches(value['finished'], DATE), 'finished is not a UTC date');
    expect(VERDICTS.includes(value['verdict']), `verdict is none of ${VERDICTS.join(', ')}`);
    expect(typeof value['headline'] === 'string', 'headline is not text');
    expect(value['details'] === undefined || isObject(value['details']), 'details is not an object');
    for (const list of ['subjects', 'unreached'])
        expect(value[list] === undefined || isTexts(value[list]), `${list} are not texts`);
    expect(value['coverage'] === undefined || isCoverage(value['coverage']), 'coverage does not say of what, and whether whole');
    const figures = value['figures'];
    expect(isObject(figures) &&
        Object.entries(figures).every(([name, figure]) => NAME.test(name) && typeof figure === 'number'), 'figures are not numbers by name');
    const known = new Set([
        'schema',
        'action',
        'started',
        'finished',
        'verdict',
        'headline',
        'details',
        'figures',
        'findings',
        'subjects',
        'unreached',
        'coverage'
    ]);
    for (const key of Object.keys(value))
        expect(known.has(key), `${key} is not known`);
    if (Array.isArray(value['findings'])) {
        value['findings'].forEach((finding, index) => expect(isFinding(finding), `findings[${index}] is not a finding`));
    }
    else
        problems.push('findings is not a list');
    return problems;
}
function isFinding(value) {
    if (!isObject(value))
        return false;
    const { id, subject, severity, message, hint, place, ...rest } = value;
    return (matches(id, NAME) &&
        typeof subject === 'string' &&
        SEVERITIES.includes(severity) &&
        typeof message === 'string' &&
        (hint === undefined || typeof hint === 'string') &&
        (place === undefined || isPlace(place)) &&
        Object.keys(rest).length === 0);
}
function isTexts(value) {
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
function isCoverage(value) {
    if (!isObject(value))
        return false;
    const { of, whole, ...rest } = value;
    return typeof of === 'string' && typeof whole === 'boolean' && Object.keys(rest).length === 0;
}
function isPlace(value) {
    if (!isObject(value))
        return false;
    const { file, line, column, ...rest } = value;
    const isCount = (number) => number === undefined || (Number.isInteger(number) && Number(number) >= 1);
    return typeof file === 'string' && isCount(line) && isCount(column) && Object.keys(rest).length === 0;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function matches(value, pattern) {
    return typeof value === 'string' && pattern.test(value);
}

;// CONCATENATED MODULE: ./actions/release/src/gates/reports.ts
/** What the other actions found: their reports must be there, green and fresh. */




/** More files than this are a pattern that means something else. */
const MOST_FILES = 200;
/** Clocks of two runners differ a little. */
const CLOCK_SKEW_MS = 5 * 60_000;
/** Reads the files that the patterns name; a pattern that names nothing is a gate that nobody watched. */
async function checkReports(patterns, maxAgeMs, ports) {
    const checks = [];
    const reports = [];
    const seen = new Set();
    for (const pattern of patterns) {
        const files = await filesOf(pattern, ports);
        if (files.length === 0) {
            checks.push({
                id: 'release-gate-missing',
                subject: pattern,
                state: 'failed',
                message: `no report is at ${pattern}`,
                hint: 'Download the artifact of the job that writes it, before this step.'
            });
        }
        if (files.length > MOST_FILES) {
            checks.push({
                id: 'release-gate-missing',
                subject: pattern,
                state: 'failed',
                message: `${pattern} names ${files.length} files; at most ${MOST_FILES} are read`,
                hint: 'Name the reports.'
            });
            continue;
        }
        for (const file of files) {
            if (seen.has(file))
                continue;
            seen.add(file);
            const read = await readOne(file, ports);
            if (typeof read === 'string')
                checks.push({
                    id: 'release-gate-unreadable',
                    subject: file,
                    state: 'unknown',
                    message: `${file} is no report: ${read}`,
                    hint: 'Give files that an action of this suite wrote.'
                });
            else {
                reports.push(read);
                checks.push(judgeReport(read, maxAgeMs, ports.clock.now()));
            }
        }
    }
    return { checks, reports };
}
/** Pure. */
function judgeReport({ file, report }, maxAgeMs, now) {
    const subject = `${report.action} (${file})`;
    const age = now - Date.parse(report.finished);
    if (report.verdict !== 'ok') {
        return {
            id: 'release-gate-closed',
            subject,
            state: report.verdict === 'unknown' ? 'unknown' : 'failed',
            message: `${report.action}: ${report.headline}`,
            hint: 'Repair what it found and run it again.'
        };
    }
    if (age > maxAgeMs)
        return {
            id: 'release-gate-stale',
            subject,
            state: 'failed',
            message: `${report.action} was green ${(0,markdown/* span */.Ln)(age)} ago; at most ${(0,markdown/* span */.Ln)(maxAgeMs)} counts`,
            hint: 'Run it again, or raise `gate-max-age`.'
        };
    if (age < -CLOCK_SKEW_MS)
        return {
            id: 'release-gate-stale',
            subject,
            state: 'unknown',
            message: `${report.action} says that it ended in the future (${report.finished})`,
            hint: 'Look at the clock of the machine that wrote it.'
        };
    return {
        id: 'release-gate-closed',
        subject,
        state: 'ok',
        message: `${report.action} was green ${(0,markdown/* span */.Ln)(Math.max(0, age))} ago`
    };
}
async function filesOf(pattern, ports) {
    const found = [];
    for await (const file of ports.fs.glob(pattern, { cwd: ports.runner.workspace })) {
        found.push(file);
        if (found.length > MOST_FILES)
            break;
    }
    return found.sort();
}
async function readOne(file, ports) {
    const full = external_node_path_default().resolve(ports.runner.workspace, file);
    try {
        const { size } = await ports.fs.stat(full);
        if (size > MAX_REPORT_BYTES)
            return `${size} bytes`;
        const text = await ports.fs.readFile(full, 'utf8');
        const read = readReport(text);
        return 'report' in read ? { file, text, report: read.report } : read.problems.slice(0, 3).join('; ');
    }
    catch (error) {
        return (0,failure/* messageOf */.bD)(error);
    }
}

;// CONCATENATED MODULE: ./actions/release/src/gates/workflows.ts
/** The automated build ran, on exactly the commit that is released, and it was green. */

/** One check per workflow file. What GitHub does not tell is unknown. */
async function checkWorkflows(repository, sha, files) {
    return await Promise.all(files.map(async (file) => {
        try {
            return judgeRuns(file, sha, await repository.runs.at(sha, file));
        }
        catch (error) {
            return {
                id: 'release-workflow-unknown',
                subject: file,
                state: 'unknown',
                message: `the runs of ${file} could not be read: ${(0,failure/* messageOf */.bD)(error)}`,
                hint: 'The token needs actions: read.'
            };
        }
    }));
}
/** The newest run of the commit counts: a re-run that failed is a failure. Pure. */
function judgeRuns(file, sha, runs) {
    const newest = [...runs].filter((run) => run.sha === sha).sort((a, b) => b.id - a.id)[0];
    const at = sha.slice(0, 7);
    if (newest === undefined) {
        return {
            id: 'release-workflow-missing',
            subject: file,
            state: 'failed',
            message: `${file} never ran on ${at}`,
            hint: 'Run it on that commit, or release a commit that it ran on.'
        };
    }
    if (newest.conclusion === 'success')
        return { id: 'release-workflow-failed', subject: file, state: 'ok', message: `${file} is green on ${at}` };
    if (newest.status !== 'completed') {
        return {
            id: 'release-workflow-running',
            subject: file,
            state: 'failed',
            message: `${file} still runs on ${at} (${newest.status})`,
            hint: `Wait for ${newest.url}.`
        };
    }
    return {
        id: 'release-workflow-failed',
        subject: file,
        state: 'failed',
        message: `${file} ended on ${at} with ${newest.conclusion ?? 'nothing'}`,
        hint: `See ${newest.url}.`
    };
}

;// CONCATENATED MODULE: ./actions/release/src/notes/marked.ts
/**
 * Our part of a release's text, between two comments that nobody sees. What people write around it stays; what they
 * change inside of it stays too, and only what is new since then is put in. Pure.
 */



const RELEASE_MARK = /<!-- neurodesk-ci:release tag=(\S+) -->/;
const NOTES_MARK = /<!-- neurodesk-ci:notes sha256=([0-9a-f]{16}) seen=(\S*) -->\n?([\s\S]*?)<!-- \/neurodesk-ci:notes -->/;
/** What is ours in a release's text; undefined when the release is not ours. */
function readMarked(body) {
    const text = normal(body);
    const release = RELEASE_MARK.exec(text);
    if (release?.[1] === undefined)
        return undefined;
    const block = NOTES_MARK.exec(text);
    if (block === null)
        return { tag: release[1], notes: undefined, edited: true, seen: new Set() };
    const notes = block[3] ?? '';
    const seen = new Set((block[2] ?? '').split(',').filter((id) => id !== ''));
    return { tag: release[1], notes, edited: fingerprint(notes) !== block[1], seen };
}
/** Ids that are remembered, at most: with more of them the marks alone would fill a release. */
const MOST_SEEN = 4000;
/** The text of a release whose notes were not written yet; at most `room` characters. */
function freshBody(tag, notes, room) {
    const mark = `${releaseMark(tag)}\n`;
    const { text, isCut } = renderFitting(notes, room - mark.length - block('', idsOf(notes)).length);
    return { body: `${mark}${block(text, idsOf(notes))}`, notes: text, kept: false, added: 0, isCut };
}
/** The text of a release that is there already, brought up to date; at most `room` characters. */
function mergeBody(existing, tag, notes, room) {
    const old = normal(existing);
    const marked = readMarked(old);
    if (marked === undefined) {
        // A release that somebody made by hand: our block goes under what they wrote.
        const before = old.trim() === '' ? '' : `${old.trimEnd()}\n\n`;
        const fresh = freshBody(tag, notes, room - before.length);
        return { ...fresh, body: before + fresh.body, kept: before !== '' };
    }
    const body = old.replace(RELEASE_MARK, () => releaseMark(tag));
    // Somebody took our block out: the notes are theirs now.
    if (marked.notes === undefined)
        return { body, notes: withoutMarks(body), kept: true, added: 0, isCut: false };
    if (!marked.edited) {
        const around = body.replace(NOTES_MARK, '').length;
        const { text, isCut } = renderFitting(notes, room - around - block('', idsOf(notes)).length);
        return {
            body: body.replace(NOTES_MARK, () => block(text, idsOf(notes)).trimEnd()),
            notes: text,
            kept: false,
            added: 0,
            isCut
        };
    }
    const { text, added } = addNew(marked.notes, notes, marked.seen);
    const seen = remembered([...marked.seen, ...idsOf(notes)]);
    // The old fingerprint stays wrong on purpose: the block counts as edited from now on.
    const replaced = body.replace(NOTES_MARK, () => `<!-- neurodesk-ci:notes sha256=${'0'.repeat(16)} seen=${seen} -->\n${text}<!-- /neurodesk-ci:notes -->`);
    if (replaced.length > room)
        return { body, notes: marked.notes, kept: true, added: 0, isCut: true };
    return { body: replaced, notes: text, kept: true, added, isCut: false };
}
/** The text as readers see it. */
function withoutMarks(body) {
    return normal(body)
        .replace(/<!-- \/?neurodesk-ci:[\s\S]*?-->\n?/g, '')
        .trim()
        .concat('\n');
}
/** Puts lines that were never there at the end of their section; makes the section when it is missing. */
function addNew(text, notes, seen) {
    let current = text;
    let added = 0;
    for (const section of notes_sections/* SECTIONS */.b) {
        const fresh = notes.sections[section].filter((line) => line.ids.length > 0 && !line.ids.some((id) => seen.has(id)));
        if (fresh.length === 0)
            continue;
        added += fresh.length;
        const bullets = fresh.map((line) => `- ${line.markdown}`).join('\n');
        current = insert(current, section, bullets);
    }
    return { text: current, added };
}
function insert(text, section, bullets) {
    const lines = text.split('\n');
    const heading = lines.findIndex((line) => /^#{2,4}\s/.test(line) &&
        line
            .replace(/^#+\s+/, '')
            .trim()
            .toLowerCase() === section.toLowerCase());
    const isEnd = (line) => /^#{1,4}\s|^<details|^\[All changes\]/.test(line);
    if (heading === -1) {
        const end = lines.findIndex((line, at) => at > 0 && /^<details|^\[All changes\]/.test(line));
        const at = end === -1 ? lines.length : end;
        return [...trimEnd(lines.slice(0, at)), '', `### ${section}`, bullets, '', ...lines.slice(at)]
            .join('\n')
            .trimEnd()
            .concat('\n');
    }
    const next = lines.findIndex((line, at) => at > heading && isEnd(line));
    const at = next === -1 ? lines.length : next;
    return [...trimEnd(lines.slice(0, at)), bullets, '', ...lines.slice(at)].join('\n').trimEnd().concat('\n');
}
function trimEnd(lines) {
    const last = lines.findLastIndex((line) => line.trim() !== '');
    return lines.slice(0, last + 1);
}
const releaseMark = (tag) => `<!-- neurodesk-ci:release tag=${tag} -->`;
function block(text, ids) {
    return `<!-- neurodesk-ci:notes sha256=${fingerprint(text)} seen=${remembered(ids)} -->\n${text}<!-- /neurodesk-ci:notes -->\n`;
}
function remembered(ids) {
    return [...new Set(ids)].slice(0, MOST_SEEN).join(',');
}
/** GitHub's editor saves with CRLF, and takes blanks off the ends of lines: neither is an edit. */
function normal(text) {
    return text.replace(/\r\n?/g, '\n');
}
function fingerprint(text) {
    const plain = normal(text)
        .split('\n')
        .map((line) => line.trimEnd())
        .join('\n')
        .trim();
    return (0,external_node_crypto_.createHash)('sha256').update(plain).digest('hex').slice(0, 16);
}

// EXTERNAL MODULE: ./actions/release/src/version.ts
var src_version = __webpack_require__(9153);
;// CONCATENATED MODULE: ./actions/release/src/plan.ts


/**
 * Finds our release by its mark: the draft of this version, else a draft of ours for another version that was never
 * published (a release that was renamed), else a draft that somebody made by hand for this tag.
 */
function planRelease(releases, version) {
    const published = releases.find((release) => !release.isDraft && release.tag === version);
    const drafts = releases.filter((release) => release.isDraft);
    const ours = drafts.filter((release) => readMarked(release.body) !== undefined);
    if (published !== undefined) {
        const isOurs = readMarked(published.body) !== undefined;
        const state = isOurs ? 'ok' : 'failed';
        return {
            existing: published,
            isPublished: true,
            surplus: ours.filter((release) => release.tag === version),
            checks: [
                {
                    id: 'release-published',
                    subject: version,
                    state,
                    message: isOurs
                        ? `${version} was published by an earlier run`
                        : `${version} is already published, and not by this action`,
                    ...(isOurs ? {} : { hint: 'Choose another version; a published release never moves.' })
                }
            ]
        };
    }
    const oldestFirst = [...ours].sort((a, b) => a.id - b.id);
    const sameTag = oldestFirst.filter((release) => release.tag === version);
    const byHand = drafts.find((release) => release.tag === version && !ours.includes(release));
    const existing = sameTag[0] ?? oldestFirst.at(-1) ?? byHand;
    return {
        existing,
        isPublished: false,
        surplus: oldestFirst.filter((release) => release !== existing),
        checks: [
            {
                id: 'release-published',
                subject: version,
                state: 'ok',
                message: `nothing is published as ${version}`
            }
        ]
    };
}
/**
 * The published release before this version: the newest date, or where no release has one the one published last.
 * undefined when there is none.
 */
function previousRelease(releases, version) {
    const published = releases.filter((release) => !release.isDraft && !release.isPrerelease && release.tag !== version);
    const older = published.filter((release) => (0,src_version/* isNewer */.U4)(version, release.tag) === true);
    const undated = published.filter((release) => (0,src_version/* isNewer */.U4)(version, release.tag) === undefined);
    const newest = [...older].sort((a, b) => (a.tag < b.tag ? 1 : -1))[0];
    const last = [...undated].sort((a, b) => ((a.publishedAt ?? '') < (b.publishedAt ?? '') ? 1 : -1))[0];
    const found = newest ?? last;
    return found === undefined ? undefined : { name: found.tag, ref: found.tag, from: 'release' };
}
function checkNewer(version, previous) {
    const newer = previous === undefined ? undefined : (0,src_version/* isNewer */.U4)(version, previous.name);
    if (previous === undefined)
        return {
            id: 'release-not-newer',
            subject: version,
            state: 'ok',
            message: 'there is no release before it'
        };
    if (newer === undefined)
        return {
            id: 'release-not-newer',
            subject: version,
            state: 'ok',
            message: `${previous.name} is no date, nothing to compare`
        };
    if (newer)
        return { id: 'release-not-newer', subject: version, state: 'ok', message: `newer than ${previous.name}` };
    return {
        id: 'release-not-newer',
        subject: version,
        state: 'failed',
        message: `${version} is not newer than ${previous.name}`,
        hint: 'Choose a later date, or give `previous` when that one was no release.'
    };
}

;// CONCATENATED MODULE: ./actions/release/src/result.ts
/** As they are called in the log and in findings, in their order. */
const STEPS = {
    draft: 'Draft release',
    website: 'Pull request of the web site',
    publish: 'Publishing',
    announce: 'Announcement'
};

;// CONCATENATED MODULE: ./actions/release/src/looked.ts



function lookedAt(result) {
    const { inputs, checks, subject, steps, isBlocked } = result;
    const unknown = new Set(checks.filter(({ state }) => state === 'unknown').map((check) => check.subject));
    const done = doneSteps(result);
    const site = [...inputs.historyPath, ...inputs.versionFiles];
    const announced = steps.announced?.announced === true;
    const answered = [
        ...checks.map((check) => check.subject),
        // A pattern that names no report has a check of its own.
        ...inputs.gateReports,
        ...looked_images(result),
        ...done,
        ...(done.has(STEPS.website) ? site : []),
        ...(announced ? [inputs.mastodonUrl] : [])
    ];
    const open = [
        ...unknown,
        ...Object.values(STEPS).filter((step) => !done.has(step)),
        ...(done.has(STEPS.website) ? [] : site),
        ...(announced ? [] : [inputs.mastodonUrl]),
        // Its announcement is among what it can suffer from.
        ...(steps.failed === undefined ? [] : [subject.version])
    ];
    return {
        subjects: answered.filter((name) => name !== '' && !open.includes(name)),
        unreached: open.filter((name) => name !== ''),
        // Conditions of another version, of which nobody asks any more once a release is made.
        coverage: {
            of: 'release',
            whole: !isBlocked && !inputs.dryRun && steps.release !== undefined && steps.failed === undefined
        }
    };
}
/** Steps that were wanted, begun and came to their end. */
function doneSteps({ inputs, steps }) {
    const { release, assetCount, website, announced } = steps;
    const done = new Set();
    if (release !== undefined && assetCount !== undefined)
        done.add(STEPS.draft);
    if (website !== undefined)
        done.add(STEPS.website);
    if (inputs.publish && release?.isDraft === false)
        done.add(STEPS.publish);
    if (announced?.announced === true)
        done.add(STEPS.announce);
    if (steps.failed !== undefined)
        done.delete(steps.failed);
    return done;
}
/** That all registries have the same is told of the first alone. */
function looked_images({ inputs, checks, subject }) {
    const isSame = checks.some(({ id, state }) => id === 'release-image-missing' && state === 'ok');
    if (!isSame)
        return [];
    return imagesOf(inputs.reference, inputs.registries, subject.version).map(({ reference }) => (0,registry/* formatReference */.FH)(reference));
}

;// CONCATENATED MODULE: ./actions/release/src/summary.ts
/** The step summary: NeuroDesk's seven steps, what is missing, then notes and announcement as they will appear. Pure. */

function summaryOf(result, headline) {
    const { subject, findings, checks, merged, steps, notes } = result;
    const parts = [`## Release ${(0,markdown/* escape */.ih)(subject.version)}`, `**${(0,markdown/* escape */.ih)(headline)}**`, facts(result)];
    parts.push((0,markdown/* table */.tp)(['', 'Step', ''], stepsOf(result)));
    const open = checks.filter((check) => check.state !== 'ok');
    if (open.length > 0)
        parts.push('### Conditions that are not met', (0,markdown/* table */.tp)(['', 'What', 'What to do'], open.map((check) => [markOf(check), (0,markdown/* escape */.ih)(check.message), (0,markdown/* escape */.ih)(check.hint ?? '')])));
    if (findings.length > 0)
        parts.push('### Findings', (0,markdown/* table */.tp)(['', 'What', 'What to do'], findings.map((one) => [one.severity, (0,markdown/* escape */.ih)(one.message), (0,markdown/* escape */.ih)(one.hint ?? '')])));
    if (merged.kept)
        parts.push(`Hand edits of the draft were kept${merged.added > 0 ? `; new lines were put in: ${merged.added}` : ''}.`);
    if (steps.edits !== undefined && steps.edits.files.size > 0) {
        parts.push('### Files of the web site as they would be', ...[...steps.edits.files].map(([path, content]) => (0,markdown/* details */.zH)(path, (0,markdown/* block */.om)(content.slice(0, 20_000)))));
    }
    parts.push('### Notes', summary_quote(notes));
    if (steps.announcement !== undefined)
        parts.push('### Announcement', (0,markdown/* block */.om)(steps.announcement));
    return `${parts.map((part) => part.trimEnd()).join('\n\n')}\n`;
}
function facts({ repository, subject, changes }) {
    const since = subject.previous === undefined
        ? 'no earlier release'
        : `${(0,markdown/* code */.aY)(subject.previous.name)}${subject.previous.ref === subject.previous.name ? '' : ` (build ${(0,markdown/* code */.aY)(subject.previous.ref)})`}`;
    return (0,markdown/* table */.tp)(['Repository', 'Commit', 'Since', 'Commits', 'Pull requests'], [
        [
            (0,markdown/* code */.aY)(repository),
            (0,markdown/* code */.aY)(subject.sha.slice(0, 12)),
            since,
            String(changes.commitCount),
            String(changes.pullCount)
        ]
    ]);
}
/** https://neurodesk.org/developers/architecture/release_process/ */
function stepsOf(result) {
    const { checks, changes, inputs, steps, plan, isBlocked, notes } = result;
    const builds = checks.filter((check) => check.id.startsWith('release-workflow'));
    const tests = checks.filter((check) => check.id.startsWith('release-image') || check.id.startsWith('release-gate'));
    const pull = steps.website;
    const waits = isBlocked
        ? 'waits for the conditions'
        : inputs.dryRun
            ? 'not written (dry run)'
            : steps.failed !== undefined
                ? `not done: ${steps.failed} failed`
                : '';
    const containers = changes.containers === undefined
        ? 'containers were not compared'
        : `containers: ${changes.containers.added} new tools, ${changes.containers.updated} updated, ${changes.containers.removed} with something removed`;
    const draft = steps.release === undefined
        ? [plan.isPublished ? '✅' : '⏳', 'Summarise them into the release history', waits]
        : [
            steps.release.isDraft ? '⏳' : '✅',
            'Summarise them into the release history',
            `${steps.release.isDraft ? 'a person reads and publishes the draft' : 'published'}: ${steps.release.url}`
        ];
    return [
        checked('Check that the last automated build ran OK', builds, 'no workflows are required (`require-workflows`)'),
        checked('Run that build and test it', tests, 'no image and no reports are required (`reference`, `gate-reports`)'),
        [
            '✅',
            'See what changed since the last release',
            `${changes.commitCount} commits, ${changes.pullCount} pull requests; ${containers}`
        ],
        notes === '' ? ['❌', draft[1], 'there are no notes'] : draft,
        website('Change the version of the latest desktop', result, waits),
        pull?.pull === undefined
            ? website('Commit all changes', result, waits)
            : [
                pull.state === 'merged' ? '✅' : pull.state === 'closed' ? '❌' : '⏳',
                'Commit all changes',
                `${pull.state === 'merged' ? 'merged' : pull.state === 'closed' ? 'closed by somebody' : 'a person reviews and merges'}: ${pull.pull.url}`
            ],
        announcement(result, waits)
    ];
}
function checked(step, checks, nothing) {
    if (checks.length === 0)
        return ['➖', step, nothing];
    const bad = checks.filter((check) => check.state !== 'ok');
    const worst = bad.find((check) => check.state === 'failed') ?? bad[0];
    return [
        worst === undefined ? '✅' : markOf(worst),
        step,
        (bad.length > 0 ? bad : checks).map((check) => (0,markdown/* escape */.ih)(check.message)).join('<br>')
    ];
}
function website(step, { inputs, steps }, waits) {
    if (inputs.websiteRepository === '')
        return ['➖', step, 'no web site is given (`website-repository`)'];
    const { website: done } = steps;
    if (done === undefined)
        return ['⏳', step, waits];
    if (done.state === 'nothing' || done.state === 'merged')
        return ['✅', step, 'the web site has it'];
    const changed = [...done.edits.files.keys(), ...done.edits.same];
    return [done.state === 'closed' ? '❌' : '⏳', step, changed.map(markdown/* code */.aY).join(', ')];
}
function announcement({ inputs, steps }, waits) {
    const step = 'Announce it';
    if (inputs.announce === 'none')
        return ['➖', step, 'not asked for (`announce`)'];
    if (steps.announced?.postUrl !== undefined)
        return ['✅', step, steps.announced.postUrl];
    if (inputs.announce === 'preview')
        return ['⏳', step, 'shown below, for a person to post'];
    return ['⏳', step, waits === '' ? 'waits until the release is published' : waits];
}
const markOf = (check) => (check.state === 'ok' ? '✅' : check.state === 'unknown' ? '❔' : '❌');
/** Headings of the notes must not become headings of the summary. */
function summary_quote(markdown) {
    return markdown
        .trimEnd()
        .split('\n')
        .map((line) => `> ${line}`.trimEnd())
        .join('\n');
}

;// CONCATENATED MODULE: ./actions/release/src/report.ts



function toOutcome(result) {
    const { subject, checks, changes, merged, steps } = result;
    const bad = checks.filter((check) => check.state !== 'ok');
    const findings = [...bad.map(toFinding), ...result.findings];
    const errors = result.findings.filter((finding) => finding.severity === 'error' || finding.severity === 'unknown');
    const headline = headlineOf(result, bad.length, errors.length);
    const isFine = bad.length === 0 && errors.length === 0;
    const isUnknown = !isFine &&
        bad.every((check) => check.state === 'unknown') &&
        errors.every((finding) => finding.severity === 'unknown');
    const reasons = [...bad, ...errors].map((one) => `${one.subject}: ${one.message}`);
    return {
        verdict: isFine ? 'ok' : isUnknown ? 'unknown' : 'failed',
        headline,
        findings,
        ...lookedAt(result),
        figures: {
            'commit-count': changes.commitCount,
            'pull-request-count': changes.pullCount,
            'note-count': idsOf(changes.notes).length - changes.notes.folded.flatMap((line) => line.ids).length,
            'folded-count': changes.notes.folded.length,
            'added-count': merged.added,
            'uploaded-asset-count': steps.assetCount ?? 0,
            ...(changes.containers === undefined
                ? {}
                : {
                    'new-tool-count': changes.containers.added,
                    'updated-tool-count': changes.containers.updated,
                    'removed-tool-count': changes.containers.removed
                })
        },
        outputs: {
            version: subject.version,
            tag: subject.version,
            'release-url': steps.release?.url ?? '',
            'release-id': steps.release === undefined ? '' : String(steps.release.id),
            'pull-request-url': steps.website?.pull?.url ?? '',
            notes: result.notesPath,
            announcement: steps.announcement ?? '',
            announced: String(steps.announced?.announced ?? false)
        },
        summary: summaryOf(result, headline),
        ...(isFine ? {} : { failure: [headline, ...reasons].join('\n') })
    };
}
function toFinding(check) {
    return {
        id: check.id,
        subject: check.subject,
        severity: check.state === 'unknown' ? 'unknown' : 'error',
        message: check.message,
        ...(check.hint === undefined ? {} : { hint: check.hint })
    };
}
function headlineOf({ subject, checks, inputs, plan, steps }, bad, errors) {
    const { version } = subject;
    if (bad > 0)
        return `${version} cannot be released: ${bad} of ${checks.length} conditions ${bad === 1 ? 'is' : 'are'} not met.`;
    if (steps.failed !== undefined)
        return `${version} is not complete: ${steps.failed} failed.`;
    if (errors > 0)
        return `${version} is not complete: ${errors === 1 ? 'one thing needs' : `${errors} things need`} a person.`;
    if (inputs.dryRun)
        return `${version}: nothing was written (dry run).`;
    if (plan.isPublished)
        return `${version} was published by an earlier run.`;
    if (steps.release?.isDraft === false)
        return `${version} is published.`;
    return `${version}: the draft release is ${plan.existing === undefined ? 'made' : 'up to date'}.`;
}

;// CONCATENATED MODULE: ./actions/release/src/release.ts
/** The release itself: one draft, its assets, and only then, when it is asked for, public. */



/**
 * Makes or updates the draft. A published release is what people have read: it comes back as it is.
 * @param compose the text, given the one that is there now: somebody may have edited it since the run began
 */
async function writeDraft(repository, subject, plan, compose) {
    const { version, sha } = subject;
    const now = plan.existing === undefined ? undefined : await repository.releases.get(plan.existing.id);
    if (now !== undefined && !now.isDraft)
        return { release: now, merged: undefined };
    const merged = compose(now?.body);
    const text = { tag: version, title: version, body: merged.body };
    if (now !== undefined) {
        const isSame = now.body.replace(/\r\n?/g, '\n') === merged.body &&
            now.tag === version &&
            now.title === version &&
            now.target === sha;
        return {
            release: isSame ? now : await repository.releases.update(now.id, { ...text, target: sha }),
            merged
        };
    }
    const lookAgain = async () => planRelease(await repository.releases.list(), version).existing;
    const made = await repository.releases.createDraft({ ...text, target: sha }, lookAgain);
    return { release: await onlyOne(repository, version, made), merged };
}
/** Two runs at once both found none and both made one: the older stays, whoever made the younger takes it back. */
async function onlyOne(repository, version, made) {
    const ours = (await repository.releases.list()).filter((release) => release.isDraft && release.tag === version && readMarked(release.body) !== undefined);
    const oldest = [...ours].sort((a, b) => a.id - b.id)[0];
    if (oldest === undefined || oldest.id >= made.id)
        return made;
    await repository.releases.deleteDraft(made.id);
    return oldest;
}
/** Uploads what is missing or different. Assets of a published release are left alone: it may be immutable. */
async function writeAssets(repository, release, assets) {
    if (!release.isDraft)
        return 0;
    let uploaded = 0;
    for (const asset of assets) {
        const digest = `sha256:${(0,external_node_crypto_.createHash)('sha256').update(asset.bytes).digest('hex')}`;
        if (release.assets.some((there) => there.name === asset.name && there.digest === digest))
            continue;
        await repository.releases.upload(release, asset);
        uploaded++;
    }
    return uploaded;
}

;// CONCATENATED MODULE: ./actions/release/src/website/lines.ts
/** Lines of a page. */
/** The page has not the form that we know: nothing is written, a person looks. */
class PageError extends Error {
    name = 'PageError';
}
/** Which lines are in front matter or in a fenced block: a heading there is none. */
function maskOf(lines) {
    let fence;
    let front = lines[0] === '---';
    return lines.map((line, at) => {
        if (front) {
            if (at > 0 && line === '---')
                front = false;
            return true;
        }
        const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
        if (fence === undefined) {
            if (mark === undefined)
                return false;
            fence = mark;
            return true;
        }
        if (mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length)
            fence = undefined;
        return true;
    });
}
/** Splits Markdown into code spans and the rest, and maps the rest. */
function outsideCode(text, map, inCode = (code) => code) {
    const parts = text.split(/((?<!`)(`+)(?!`)[\s\S]*?(?<!`)\2(?!`))/);
    // The split has two groups: text, code, its fence, text, …
    return parts.map((part, at) => (at % 3 === 0 ? map(part) : at % 3 === 1 ? inCode(part) : '')).join('');
}
/** What keeps GitHub from notifying people has no use on a page, and would be copied along. */
const withoutZeroWidth = (text) => text.replaceAll('\u200b', '');

;// CONCATENATED MODULE: ./actions/release/src/website/astro.ts

const YEAR = /^## +(\d{4})\s*$/;
const astro_DATE = /^### +(\d{4}-\d{2}-\d{2})\b(.*)$/;
const OPEN = /^<details\b[^>]*>\s*$/;
const CLOSE = /^<\/details>\s*$/;
const BADGE = '<Badge text="Latest" variant="success" />';
function editAstro(page, version, notes) {
    const before = page.split('\n');
    const isNewest = itemsOf(before).every((item) => item.date <= version);
    // The badge is taken off first, which changes no line's number.
    const lines = isNewest ? before.map((line) => withoutBadge(line, version)) : before;
    const block = renderAstro(version, notes, isNewest);
    const known = sectionOfAstro(lines.join('\n'), version);
    if (known !== undefined)
        return [...lines.slice(0, known.from), ...block, ...lines.slice(known.to)].join('\n');
    const year = version.slice(0, 4);
    const masked = maskOf(lines);
    const years = lines.flatMap((text, line) => {
        const found = masked[line] === true ? null : YEAR.exec(text);
        return found?.[1] === undefined ? [] : [{ line, year: found[1] }];
    });
    const own = years.find((one) => one.year === year);
    const place = own === undefined
        ? undefined
        : { from: own.line, to: years[years.indexOf(own) + 1]?.line ?? lines.length };
    const older = itemsOf(lines).find((item) => item.date < version && (place === undefined || (item.from > place.from && item.from < place.to)));
    if (place !== undefined) {
        if (older !== undefined)
            return [...lines.slice(0, older.from), ...block, '', ...lines.slice(older.from)].join('\n');
        // The year has only younger ones: at its end.
        let end = place.to;
        while (end > place.from + 1 && lines[end - 1]?.trim() === '')
            end--;
        return [...lines.slice(0, end), '', ...block, ...lines.slice(end)].join('\n');
    }
    const next = years.find((one) => one.year < year);
    if (next !== undefined)
        return [...lines.slice(0, next.line), `## ${year}`, '', ...block, '', '', ...lines.slice(next.line)].join('\n');
    if (years.length === 0)
        throw new PageError('the page has no heading of a year (`## 2026`), so nobody knows where a release belongs');
    return `${lines.join('\n').replace(/\n*$/, '')}\n\n\n## ${year}\n\n${block.join('\n')}\n`;
}
function sectionOfAstro(page, version) {
    return itemsOf(page.split('\n')).find((item) => item.date === version);
}
/** Releases in the order of the page. @throws PageError for a date that stands in no fold-out. */
function itemsOf(lines) {
    const masked = maskOf(lines);
    const items = [];
    let open;
    let heading;
    for (const [at, line] of lines.entries()) {
        if (masked[at] === true)
            continue;
        if (OPEN.test(line)) {
            if (open !== undefined)
                throw new PageError(`line ${at + 1}: a fold-out begins inside of another`);
            open = at;
        }
        const date = astro_DATE.exec(line)?.[1];
        if (date !== undefined) {
            if (open === undefined)
                throw new PageError(`line ${at + 1}: ${date} stands in no <details>`);
            heading = { line: at, date };
        }
        if (CLOSE.test(line)) {
            if (open !== undefined && heading !== undefined)
                items.push({ from: open, to: at + 1, heading: heading.line, date: heading.date });
            open = undefined;
            heading = undefined;
        }
    }
    if (open !== undefined)
        throw new PageError(`line ${open + 1}: a fold-out does not end`);
    return items;
}
function withoutBadge(line, version) {
    const match = astro_DATE.exec(line);
    return match === null || match[1] === version
        ? line
        : line.replace(/\s*<Badge\b[^>]*\btext="Latest"[^>]*\/>/, '');
}
function renderAstro(version, notes, isNewest) {
    const lines = [
        '<details class="release-item" open>',
        '<summary>',
        '',
        `### ${version}${isNewest ? ` ${BADGE}` : ''}`,
        '',
        '</summary>'
    ];
    if (notes.intro !== '')
        lines.push('', ...mdx(notes.intro).split('\n').map(noStatement));
    for (const part of notes.parts) {
        if (part.items.length === 0)
            continue;
        lines.push('', `#### ${mdx(part.title)}`, '', ...part.items.flatMap((item) => `- ${mdx(item)}`.split('\n')));
    }
    if (lines.length === 6)
        lines.push('', '- n/a');
    return [...lines, '</details>'];
}
/** In MDX `{` begins an expression and `<` an element; neither may come from a commit or from a release's text. */
function mdx(text) {
    return outsideCode(withoutZeroWidth(text), (plain) => plain.replaceAll('{', '&#123;').replaceAll('}', '&#125;').replaceAll('<', '&lt;'));
}
/** A line that begins with one of these words is a statement in MDX. */
function noStatement(line) {
    return line.replace(/^(i)(?=mport\b)|^(e)(?=xport\b)/, (letter) => `&#${letter.charCodeAt(0)};`);
}

;// CONCATENATED MODULE: ./actions/release/src/website/hugo.ts

const HEADING = /^## +(?:Version +)?(\d{4})-?(\d{2})-?(\d{2})\s*$/i;
function editHugo(page, version, notes) {
    const lines = page.split('\n');
    const section = renderHugo(version, notes);
    const known = sectionOfHugo(page, version);
    if (known !== undefined) {
        // Blank lines after the section belong to the page.
        let end = known.to;
        while (end > known.from && lines[end - 1]?.trim() === '')
            end--;
        return [...lines.slice(0, known.from), ...section, ...lines.slice(end)].join('\n');
    }
    const older = headings(lines).find((heading) => heading.date < version);
    if (older !== undefined)
        return [...lines.slice(0, older.line), ...section, '', ...lines.slice(older.line)].join('\n');
    // No older release: at the end, after one blank line.
    const body = page.replace(/\n*$/, '');
    return `${body}\n\n${section.join('\n')}\n`;
}
function sectionOfHugo(page, version) {
    const lines = page.split('\n');
    const all = headings(lines);
    const at = all.findIndex((heading) => heading.date === version);
    const own = all[at];
    if (own === undefined)
        return undefined;
    return { from: own.line, to: all[at + 1]?.line ?? lines.length };
}
function headings(lines) {
    const masked = maskOf(lines);
    return lines.flatMap((text, line) => {
        const match = masked[line] === true ? null : HEADING.exec(text);
        return match === null ? [] : [{ line, date: `${match[1]}-${match[2]}-${match[3]}` }];
    });
}
function renderHugo(version, notes) {
    const lines = [`## ${version}`];
    if (notes.intro !== '')
        lines.push(...safe(notes.intro).split('\n'), '');
    for (const part of notes.parts) {
        if (part.items.length === 0)
            continue;
        lines.push(`### ${safe(part.title)}`, ...part.items.flatMap((item) => `- ${safe(item)}`.split('\n')));
    }
    if (lines.length === 1)
        lines.push('- n/a');
    return lines;
}
/** Hugo runs a shortcode wherever it sees one, also in code. */
function safe(text) {
    return outsideCode(withoutZeroWidth(text), (plain) => plain.replaceAll('{{', '&#123;&#123;'), (code) => code.replaceAll('{{', '{ {'));
}

;// CONCATENATED MODULE: ./actions/release/src/website/page.ts
/** The release history of the web site, in the two forms that it has had. Pure. */



/** The page with the section of this version put in its place, or brought up to date. @throws PageError */
function editPage(path, page, version, notes) {
    const parsed = (0,parse/* parseNotes */.X)(notes);
    const eol = page.includes('\r\n') ? '\r\n' : '\n';
    const plain = page.replace(/\r\n/g, '\n');
    const edited = isAstro(path) ? editAstro(plain, version, parsed) : editHugo(plain, version, parsed);
    return eol === '\n' ? edited : edited.replaceAll('\n', eol);
}
/** Text of the section of this version; undefined when the page has none. */
function sectionOfPage(path, page, version) {
    const plain = page.replace(/\r\n/g, '\n');
    const found = isAstro(path) ? sectionOfAstro(plain, version) : sectionOfHugo(plain, version);
    return found === undefined ? undefined : plain.split('\n').slice(found.from, found.to).join('\n').trimEnd();
}
/** Dates of the releases on a page, newest first; older pages write them without hyphens. */
function releasesOnPage(page) {
    const dates = [
        ...page.replace(/\r\n/g, '\n').matchAll(/^#{2,3}\s+(?:Version\s+)?(\d{4})-?(\d{2})-?(\d{2})\b/gim)
    ];
    return [...new Set(dates.map((match) => `${match[1]}-${match[2]}-${match[3]}`))].sort().reverse();
}
const isAstro = (path) => path.endsWith('.mdx');

;// CONCATENATED MODULE: ./actions/release/src/subject.ts
/** What is released: which version, of which commit, since which release. */





/** Tags that are looked at for a good build: a month of nightly ones. */
const TAGS_TRIED = 31;
async function findSubject(inputs, repository, site, releases, ports, findings) {
    const tags = await repository.git.tags('2');
    const version = inputs.version === ''
        ? (versionOfEvent(ports.runner) ?? (await newestGoodBuild(inputs, repository, tags)))
        : inputs.version;
    if (version === undefined) {
        throw new failure/* InputError */.dz([
            {
                input: 'version',
                given: '',
                allowed: 'a date, or nothing in a repository that has tags such as 2025-06-10',
                fix: `${repository.name} has no such tag: give \`version\``
            }
        ]);
    }
    const sha = tags.get(version) ?? (await untaggedCommit(repository, ports));
    return {
        version,
        sha,
        previous: await findPrevious(inputs, version, repository, site, releases, tags, findings)
    };
}
/** The release that somebody published, or the tag that was pushed: by then a newer build may have its tag. Pure. */
function versionOfEvent(runner) {
    const { release } = runner.event;
    const tag = typeof release === 'object' && release !== null && 'tag_name' in release ? release.tag_name : undefined;
    if (runner.eventName === 'release')
        return typeof tag === 'string' && (0,src_version/* isVersion */.lF)(tag) ? tag : undefined;
    const pushed = runner.ref.replace(/^refs\/tags\//, '');
    return runner.ref.startsWith('refs/tags/') && (0,src_version/* isVersion */.lF)(pushed) ? pushed : undefined;
}
/** The newest date tag whose commit passed the required workflows; without such workflows the newest. */
async function newestGoodBuild(inputs, repository, tags) {
    const dated = [...tags.keys()].filter(src_version/* isVersion */.lF).sort().reverse();
    if (inputs.requireWorkflows.length === 0)
        return dated[0];
    const judged = new Map();
    const isGood = async (sha) => {
        const checks = await Promise.all(inputs.requireWorkflows.map(async (file) => judgeRuns(file, sha, await repository.runs.at(sha, file))));
        return checks.every((check) => check.state === 'ok');
    };
    for (const tag of dated.slice(0, TAGS_TRIED)) {
        const sha = tags.get(tag) ?? '';
        // Nightly tags often stand on one commit: it is asked for once.
        const good = judged.get(sha) ?? isGood(sha);
        judged.set(sha, good);
        if (await good)
            return tag;
    }
    // None is good: the newest, whose checks then say what is wrong with it.
    return dated[0];
}
/** Without a tag: the commit of this run, or the tip of the default branch of another repository. */
async function untaggedCommit(repository, ports) {
    const { runner } = ports;
    if (repository.name.toLowerCase() === runner.repository.toLowerCase() &&
        (await repository.git.resolve(runner.sha)) !== undefined)
        return runner.sha;
    const { defaultBranch } = await repository.about();
    const tip = await repository.git.branch(defaultBranch);
    if (tip === undefined)
        throw new failure/* InputError */.dz([
            { input: 'repository', given: repository.name, allowed: 'a repository with commits' }
        ]);
    return tip;
}
/** As given, else the last published release, else the newest older date of the release history. */
async function findPrevious(inputs, version, repository, site, releases, tags, findings) {
    if (inputs.previous !== '')
        return { name: inputs.previous, ref: inputs.previous, from: 'given' };
    const released = previousRelease(releases, version);
    if (released !== undefined)
        return released;
    const date = site === undefined ? undefined : await newestOnSite(inputs, site, version);
    if (date !== undefined) {
        // A release has sometimes got another date than its build: then the last build before it.
        const build = tags.has(date)
            ? date
            : [...tags.keys()]
                .filter((tag) => (0,src_version/* isVersion */.lF)(tag) && tag <= date)
                .sort()
                .at(-1);
        if (build !== undefined && build !== date) {
            findings.push({
                id: 'release-previous-guessed',
                subject: date,
                severity: 'notice',
                message: `the history says ${date}, which is no tag; changes are counted from ${build}`,
                hint: 'Give `previous` when another build was released.'
            });
        }
        if (build !== undefined)
            return { name: date, ref: build, from: 'history' };
    }
    findings.push({
        id: 'release-no-previous',
        subject: repository.name,
        severity: 'warning',
        message: 'there is no earlier release to count changes from',
        hint: 'Give `previous`: the tag or commit of the last release.'
    });
    return undefined;
}
async function newestOnSite(inputs, site, version) {
    const { defaultBranch } = await site.about();
    const pages = await Promise.all(inputs.historyPath.map(async (path) => await site.git.file(path, defaultBranch)));
    const dates = pages.flatMap((page) => (page === undefined ? [] : releasesOnPage(page)));
    return dates
        .filter((date) => date < version)
        .sort()
        .at(-1);
}

;// CONCATENATED MODULE: ./actions/release/src/website/body.ts
/** The text of the pull request: what changes, and the check list of NeuroDesk's release process. Pure. */

const MARK = /<!-- neurodesk-ci:pull -->[\s\S]*?<!-- \/neurodesk-ci:pull -->/;
/** A new text, or the one that is there with our part brought up to date: ticks and what people wrote stay. */
function pullBody(facts, existing = '') {
    const old = existing.replace(/\r\n?/g, '\n');
    const ticked = new Set([...old.matchAll(/^- \[[xX]\] (.*)$/gm)].map((match) => match[1]?.trim()));
    const tasks = tasksOf(facts).map((task) => `[${task.isDone || ticked.has(task.text) ? 'x' : ' '}] ${task.text}`);
    const part = [
        '<!-- neurodesk-ci:pull -->',
        `Neurodesktop ${(0,markdown/* escape */.ih)(facts.version)}: ${facts.releaseUrl}`,
        (0,markdown/* list */.p_)(facts.files.map(markdown/* code */.aY)).trimEnd(),
        ...(facts.remarks.length === 0 ? [] : [(0,markdown/* list */.p_)(facts.remarks.map((remark) => `⚠️ ${remark}`)).trimEnd()]),
        '### Before this is merged',
        (0,markdown/* list */.p_)(tasks).trimEnd(),
        'The notes are those of the release: change them there and run the workflow again, and this pull request follows. What somebody commits to this branch is kept.',
        '<!-- /neurodesk-ci:pull -->'
    ].join('\n\n');
    if (old.trim() === '')
        return `${part}\n`;
    return MARK.test(old) ? old.replace(MARK, () => part) : `${old.trimEnd()}\n\n${part}\n`;
}
function tasksOf({ isPublished, version }) {
    return [
        { text: 'The last automated build ran OK', isDone: true },
        { text: `Neurodesktop ${version} was started and tried by a person`, isDone: false },
        { text: 'The notes say what users need to know', isDone: false },
        { text: 'The release is published', isDone: isPublished },
        {
            text: 'After the merge: the preview of the web site is right, then run promote-to-prod',
            isDone: false
        },
        { text: 'The announcement is posted', isDone: false }
    ];
}

// EXTERNAL MODULE: ./actions/release/src/website/versions.ts
var website_versions = __webpack_require__(1246);
;// CONCATENATED MODULE: ./actions/release/src/website/pull.ts
/** One branch, one commit, one pull request on the web site; brought up to date by every run. */






/** Tells our own commits from those of people. */
const TRAILER = 'Neurodesk-Release';
/** How often the branch may be moved under our hands. */
const ATTEMPTS = 4;
/** What would change, read-only: for a dry run, and for the summary. */
async function planWebsite(site, plan) {
    return await editsAt(site, plan, (await baseOf(site)).sha, undefined);
}
/** Brings branch and pull request to where they should be. */
async function writeWebsite(site, plan) {
    for (let attempt = 1;; attempt++) {
        try {
            return await writeOnce(site, plan);
        }
        catch (error) {
            if (!(error instanceof github/* Moved */.aG) || attempt >= ATTEMPTS)
                throw error;
        }
    }
}
/** The pull request of a date that the release no longer has: it says where it went, and its branch stays. */
async function closeSuperseded(site, branch, newBranch, by) {
    if (branch === newBranch)
        return;
    const { defaultBranch } = await site.about();
    const old = await site.pulls.from(branch, defaultBranch, 'open');
    if (old === undefined || by === undefined || !old.body.includes('<!-- neurodesk-ci:pull -->'))
        return;
    const text = `The release has got another date: see #${by.number}. What was committed to \`${branch}\` is still there.`;
    const said = async () => (await site.issues.comments(old.number)).find((comment) => comment.body === text);
    if ((await said()) === undefined)
        await site.issues.comment(old.number, text, said);
    await site.pulls.update(old.number, { state: 'closed' });
}
async function writeOnce(site, plan) {
    const base = await baseOf(site);
    const branch = await branchOf(site, plan, base);
    const parent = branch.foreign ? (branch.tip ?? base.sha) : base.sha;
    const edits = await editsAt(site, plan, parent, branch.foreign ? branch.lastOwn : undefined);
    const open = await site.pulls.from(plan.branch, base.name, 'open');
    const latest = open ?? (await site.pulls.from(plan.branch, base.name, 'all'));
    if (edits.files.size === 0 && !branch.foreign) {
        // The base has it all: merged, or done by hand.
        return {
            pull: latest,
            state: latest?.mergedAt === undefined ? 'nothing' : 'merged',
            edits,
            findings: edits.findings
        };
    }
    if (open === undefined &&
        branch.tip !== undefined &&
        latest !== undefined &&
        latest.mergedAt === undefined) {
        return { pull: latest, state: 'closed', edits, findings: [...edits.findings, closedFinding(latest)] };
    }
    if (edits.files.size > 0 && !(await isUpToDate(site, branch, base, edits))) {
        await site.git.commitFiles({
            branch: plan.branch,
            message: `Neurodesktop ${plan.version}\n\n${TRAILER}: ${plan.version}`,
            files: edits.files,
            parent,
            expected: branch.tip,
            force: !branch.foreign && branch.tip !== undefined
        });
    }
    return await writePull(site, plan, base, open, edits);
}
async function writePull(site, plan, base, open, edits) {
    const title = `Neurodesktop ${plan.version}`;
    const facts = {
        version: plan.version,
        releaseUrl: plan.releaseUrl,
        isPublished: plan.isPublished,
        files: [...edits.files.keys(), ...edits.same],
        remarks: edits.findings.map((one) => one.message)
    };
    const body = pullBody(facts, open?.body);
    if (open === undefined) {
        const pull = await site.pulls.open({ title, body, head: plan.branch, base: base.name });
        return { pull, state: 'opened', edits, findings: [...edits.findings, ...uncheckedFinding(pull)] };
    }
    const same = open.body.replace(/\r\n?/g, '\n') === body;
    const pull = same ? open : await site.pulls.update(open.number, { body });
    return {
        pull,
        state: same ? 'same' : 'updated',
        edits,
        findings: [...edits.findings, ...uncheckedFinding(pull)]
    };
}
async function baseOf(site) {
    const { defaultBranch } = await site.about();
    const sha = await site.git.branch(defaultBranch);
    if (sha === undefined)
        throw new Error(`${site.name} has no branch ${defaultBranch}`);
    return { name: defaultBranch, sha };
}
async function branchOf(site, plan, base) {
    const tip = await site.git.branch(plan.branch);
    if (tip === undefined)
        return { tip, foreign: false, lastOwn: undefined, isFresh: false };
    const { commits, behindBy } = await site.git.compare(base.sha, tip);
    const own = commits.filter((commit) => new RegExp(`^${TRAILER}: `, 'm').test(commit.message));
    return {
        tip,
        foreign: own.length < commits.length,
        lastOwn: own.at(-1)?.sha,
        isFresh: commits.length === 1 && own.length === 1 && behindBy === 0
    };
}
/** True when our one commit on the newest base already has these files. */
async function isUpToDate(site, branch, base, edits) {
    const { tip } = branch;
    if (tip === undefined || !branch.isFresh || tip === base.sha)
        return false;
    const there = await Promise.all([...edits.files].map(async ([path, content]) => (await site.git.file(path, tip)) === content));
    return there.every(Boolean);
}
/** Reads every file at a commit and edits it; what a person changed on the branch since `lastOwn` is left alone. */
async function editsAt(site, plan, at, lastOwn) {
    const files = new Map();
    const same = [];
    const absent = [];
    const findings = [];
    const take = async (path, edit) => {
        const text = await site.git.file(path, at);
        if (text === undefined) {
            absent.push(path);
            return;
        }
        try {
            const edited = await edit(text);
            if (edited === text)
                same.push(path);
            else
                files.set(path, edited);
        }
        catch (error) {
            if (!(error instanceof PageError) && !(error instanceof website_versions/* VersionFileError */.j9))
                throw error;
            findings.push({
                id: 'release-website-file',
                subject: path,
                severity: 'error',
                message: `${path} was not changed: ${(0,failure/* messageOf */.bD)(error)}`,
                hint: 'Edit it by hand on the branch, and report the form of the file.'
            });
        }
    };
    for (const path of plan.historyPaths) {
        await take(path, async (text) => {
            if (await wasEdited(site, plan, path, text, lastOwn)) {
                findings.push({
                    id: 'release-website-edited',
                    subject: path,
                    severity: 'notice',
                    message: `the section of ${plan.version} in ${path} was edited on the branch, and is left as it is`
                });
                return text;
            }
            return editPage(path, text, plan.version, plan.notes);
        });
    }
    for (const path of plan.versionFiles)
        await take(path, async (text) => await (0,website_versions/* editVersion */.VZ)(path, text, plan.version));
    for (const [kind, paths] of [
        ['history-path', plan.historyPaths],
        ['version-files', plan.versionFiles]
    ]) {
        if (paths.length > 0 && paths.every((path) => absent.includes(path))) {
            findings.push({
                id: 'release-website-absent',
                subject: site.name,
                severity: 'warning',
                message: `${site.name} has none of ${paths.join(', ')}`,
                hint: `Give the paths in \`${kind}\`.`
            });
        }
    }
    return { files, same, absent, findings };
}
async function wasEdited(site, plan, path, text, lastOwn) {
    if (lastOwn === undefined)
        return false;
    const now = sectionOfPage(path, text, plan.version);
    const ours = await site.git.file(path, lastOwn);
    const wrote = ours === undefined ? undefined : sectionOfPage(path, ours, plan.version);
    return wrote !== undefined && now !== wrote;
}
function uncheckedFinding(pull) {
    if (pull.author !== 'github-actions[bot]')
        return [];
    return [
        {
            id: 'release-pull-request-unchecked',
            subject: pull.url,
            severity: 'warning',
            message: 'the pull request was opened with the token of the job, so GitHub starts no checks on it',
            hint: 'Give `website-token`: the token of a GitHub App, from actions/create-github-app-token; or close and reopen the pull request by hand.'
        }
    ];
}
function closedFinding(pull) {
    return {
        id: 'release-pull-request-closed',
        subject: pull.url,
        severity: 'warning',
        message: `pull request #${pull.number} was closed by somebody; no new one is opened`,
        hint: 'Reopen it, or delete its branch and the next run opens a new one.'
    };
}

;// CONCATENATED MODULE: ./actions/release/src/run.ts
/** One release, step by step as the README numbers them. */





















async function run(inputs, ports) {
    const { log } = ports;
    const repository = ports.github.repository(inputs.repository === '' ? ports.runner.repository : inputs.repository);
    const site = inputs.websiteRepository === '' ? undefined : ports.websiteGitHub.repository(inputs.websiteRepository);
    const findings = [];
    // 1. What is released, and may it be? Every condition is looked at, whatever became of the others.
    const given = await readGiven(inputs, ports);
    const releases = await log.group('Reading releases and tags', async () => await repository.releases.list());
    const subject = await findSubject(inputs, repository, site, releases, ports, findings);
    const plan = planRelease(releases, subject.version);
    findings.push(...plan.surplus.map(surplusFinding));
    const gates = await log.group('Conditions', async () => await lookAtGates(inputs, subject, repository, ports));
    const checks = [checkNewer(subject.version, subject.previous), ...plan.checks, ...gates.checks];
    findings.push(...gates.findings);
    const isBlocked = !isMet(checks);
    // 2. What changed since the last release.
    const changes = await log.group('Changes', async () => await collectChanges(repository, releases, subject, given, findings));
    // 3. The notes: those of a published release stay as they are, hand edits of a draft are kept.
    const { existing } = plan;
    const compose = (text) => text === undefined
        ? freshBody(subject.version, changes.notes, github/* LIMITS */.b1.releaseBody)
        : mergeBody(text, subject.version, changes.notes, github/* LIMITS */.b1.releaseBody);
    const merged = compose(existing?.body);
    const notes = plan.isPublished && existing !== undefined ? withoutMarks(existing.body) : merged.notes;
    const planned = {
        inputs,
        repository: repository.name,
        subject,
        plan,
        checks,
        findings,
        changes,
        merged,
        notes,
        isBlocked
    };
    if (isBlocked || inputs.dryRun) {
        const steps = await preview(planned, site, repository, ports);
        return toOutcome({ ...planned, steps, notesPath: await writeNotes(subject.version, notes, ports) });
    }
    // From here on a step that fails does not hide what was done before it.
    const steps = {};
    let result = planned;
    const attempt = async (title, step) => {
        if (steps.failed !== undefined)
            return;
        try {
            await log.group(title, step);
        }
        catch (error) {
            if (!(0,failure/* isExpected */.Dn)(error) &&
                !(error instanceof github/* Rejected */.HE) &&
                !(error instanceof github/* Moved */.aG) &&
                !(error instanceof mastodon/* PostRefused */.t))
                throw error;
            steps.failed = title;
            findings.push({
                id: 'release-step-failed',
                subject: title,
                severity: 'error',
                message: `${title}: ${(0,failure/* messageOf */.bD)(error)}`,
                hint: 'Repair the cause and run again: what is done is found and not done twice.'
            });
        }
    };
    // 4. The draft and what is attached to it; an immutable release takes nothing once it is public.
    await attempt(STEPS.draft, async () => {
        const written = await writeDraft(repository, subject, plan, compose);
        steps.release = written.release;
        // Somebody may have edited or published it since the run began: that is what counts from here on.
        result =
            written.merged === undefined
                ? { ...planned, notes: withoutMarks(written.release.body) }
                : { ...planned, merged: written.merged, notes: written.merged.notes };
        const whole = result.merged.isCut ? renderNotes(changes.notes) : undefined;
        steps.assetCount = await writeAssets(repository, steps.release, assetsOf(gates.reports, given.after, whole, subject.version));
    });
    // 5. The web site's pull request.
    await attempt(STEPS.website, async () => {
        if (site === undefined || steps.release === undefined)
            return;
        const toWrite = websitePlan(inputs, subject, result.notes, steps.release);
        steps.website = await writeWebsite(site, toWrite);
        findings.push(...steps.website.findings);
        // The draft has followed to another date, so its pull request is another one as well.
        if (existing !== undefined && !plan.isPublished && existing.tag !== subject.version) {
            const old = inputs.branch.replaceAll('{version}', existing.tag);
            await closeSuperseded(site, old, toWrite.branch, steps.website.pull);
        }
    });
    // 6. Public, when that is asked for; the pull request then says so.
    await attempt(STEPS.publish, async () => {
        if (!inputs.publish || steps.release?.isDraft !== true)
            return;
        steps.release = await repository.releases.publish(steps.release.id, subject.version);
        if (site !== undefined && steps.website?.pull !== undefined)
            await writeWebsite(site, websitePlan(inputs, subject, result.notes, steps.release));
    });
    // 7. The announcement, once.
    await attempt(STEPS.announce, async () => {
        const prepared = await prepareAnnouncement(inputs, subject.version, result.notes, repository, ports, findings);
        if (prepared === undefined || steps.release === undefined)
            return;
        steps.announcement = prepared.text;
        steps.announced = await announceRelease(inputs, prepared, steps.release, repository, ports, findings);
    });
    return toOutcome({ ...result, steps, notesPath: await writeNotes(subject.version, result.notes, ports) });
}
async function lookAtGates(inputs, subject, repository, ports) {
    const wanted = inputs.reference === '' ? [] : imagesOf(inputs.reference, inputs.registries, subject.version);
    const named = [inputs.reference, ...inputs.registries.map(({ value }) => value)];
    for (const note of (0,registry/* notesOnCapitals */.yx)(named))
        ports.log.info(note);
    const [workflows, images, reports] = await Promise.all([
        checkWorkflows(repository, subject.sha, inputs.requireWorkflows),
        checkImages(ports.registry, wanted),
        checkReports(inputs.gateReports, inputs.gateMaxAge, ports)
    ]);
    return {
        checks: [...workflows, ...images.checks, ...reports.checks],
        findings: images.findings,
        reports: reports.reports
    };
}
/** What would be done: read-only, and complete enough to be reviewed. */
async function preview(planned, site, repository, ports) {
    const { inputs, subject, notes, plan } = planned;
    const steps = {};
    if (site !== undefined) {
        const edits = await planWebsite(site, websitePlan(inputs, subject, notes, plan.existing ?? { url: '', isDraft: true }));
        steps.edits = edits;
        planned.findings.push(...edits.findings);
    }
    const prepared = await prepareAnnouncement(inputs, subject.version, notes, repository, ports, planned.findings);
    if (prepared !== undefined)
        steps.announcement = prepared.text;
    return steps;
}
/** For steps that come after this one: beside the private folder, which is removed at the end. */
async function writeNotes(version, notes, ports) {
    const file = external_node_path_default().join(external_node_path_default().dirname(ports.runner.temp), `release-notes-${version}.md`);
    await (0,files/* replaceFile */.fR)(ports, file, notes, { mode: 0o644 });
    return file;
}
/** The reports, the containers for the next release to compare with, and the notes where they had to be cut. */
function assetsOf(reports, containers, whole, version) {
    const assets = new Map();
    const add = (name, contentType, content) => {
        assets.set(name, { name, contentType, bytes: Buffer.from(content) });
    };
    for (const { report, text } of reports) {
        const name = [1, 2, 3, 4, 5, 6, 7, 8, 9]
            .map((at) => `gate-${report.action}${at === 1 ? '' : `-${at}`}.json`)
            .find((one) => !assets.has(one));
        if (name !== undefined)
            add(name, 'application/json', text);
    }
    if (containers !== undefined)
        add(CONTAINERS_ASSET, 'text/plain', listContainers(containers));
    if (whole !== undefined)
        add(fullName(version), 'text/markdown', whole);
    return [...assets.values()];
}
function websitePlan(inputs, subject, notes, release) {
    return {
        version: subject.version,
        branch: inputs.branch.replaceAll('{version}', subject.version),
        historyPaths: inputs.historyPath,
        versionFiles: inputs.versionFiles,
        notes,
        releaseUrl: release.url,
        isPublished: !release.isDraft
    };
}
function surplusFinding(release) {
    return {
        id: 'release-draft-surplus',
        subject: release.url,
        severity: 'warning',
        message: `a second draft of this action, for ${release.tag}, was left as it is`,
        hint: 'Delete it when nobody needs it.'
    };
}


/***/ })

};
