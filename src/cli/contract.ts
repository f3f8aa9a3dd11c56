/** One option of the command line, as commander writes its flags. */
export interface OptionContract {
  flags: string;
  summary: string;
  choices?: readonly string[];
  /** A whole number of at least 1. */
  count?: true;
  /** Whole numbers of at least 1 with commas between them. */
  numbers?: true;
  /** Its value; `choices` are completed without it. */
  completes?: Completes;
}

/** What a shell can complete: ids of a kind, files, or fixed words. */
export type Completes = 'exercise' | 'lesson' | 'quiz' | 'any-id' | 'track' | 'file' | readonly string[];

/** What a command takes and does; its help and what shells complete are made from this. */
export interface CommandContract {
  name: string;
  /** Arguments as commander writes them: `[id]` may be left out, `<id>` may not. */
  arguments?: string;
  /** What its arguments are, one after the other; the last one stands for all that may follow. */
  completes?: readonly Completes[];
  summary: string;
  /** What may stand behind `--`, as the help shows it. */
  rest?: string;
  /** More for the command's own help. */
  details?: string;
  options?: readonly OptionContract[];
  examples: readonly string[];
}

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly OptionContract[] = [
  { flags: '--course <folder or package>', completes: 'file', summary: 'another course than the built-in one' },
  { flags: '--dir <workspace>', completes: 'file', summary: 'your workspace (default: found upward from here)' },
  { flags: '--seed <seed>', summary: 'repeat the values of an earlier run' },
  {
    flags: '--isolate <layer>',
    summary: 'how a submission is held in (NODE_TUTOR_ISOLATE)',
    choices: ['auto', 'strict', 'unshare', 'guard', 'none'],
  },
  {
    flags: '--database <where>',
    completes: ['embedded', 'mongod'],
    summary: 'embedded, mongod, or mongodb://… (NODE_TUTOR_DATABASE)',
  },
  { flags: '--lang <tag>', summary: 'language of the course (NODE_TUTOR_LANG)' },
  { flags: '--yes', summary: 'agree beforehand: to packages from npm, to doctor --fix' },
  { flags: '--json', summary: 'answer in JSON, errors too' },
  { flags: '--no-color', summary: 'no colors (also NO_COLOR; else FORCE_COLOR)' },
  { flags: '--debug', summary: 'stack traces of errors' },
];

/** For commands that open files. */
const EDITOR_OPTION: OptionContract = {
  flags: '--editor <command>',
  summary: 'your editor (default: $VISUAL, $EDITOR, or one that is installed)',
};

export const COMMANDS = [
  {
    name: 'start',
    arguments: '[id]',
    completes: ['exercise'],
    summary: 'open the course, or one exercise of it',
    details:
      'Creates the workspace ./node-tutor (or --dir) the first time. With an id it copies the exercise and says where it is; without one it shows a menu, which needs a terminal.',
    options: [{ flags: '--open', summary: 'open its file in your editor' }, EDITOR_OPTION],
    examples: ['start', 'start argv-sum --open', 'start --dir ~/node', "start --editor 'code --new-window'"],
  },
  {
    name: 'lesson',
    arguments: '<id> [word]',
    completes: ['lesson'],
    summary: 'read a lesson',
    details: '`lesson glossary` explains the words of the course; with a word, that one alone.',
    examples: ['lesson process-argv', 'lesson process-argv | less', 'lesson glossary event-loop'],
  },
  {
    name: 'check',
    arguments: '[id|path]',
    completes: ['exercise'],
    summary: 'check your solution of an exercise',
    details:
      'Without an argument: the exercise of the folder you are in, else the first one that has not passed. A path contains a separator, or is a dot.',
    options: [
      {
        flags: '--submission <folder>',
        completes: 'file',
        summary: 'files to check instead of those in the workspace',
      },
    ],
    examples: ['check', 'check argv-sum', 'check .', 'check argv-sum --submission ~/Downloads/sana'],
  },
  {
    name: 'watch',
    arguments: '[id|path]',
    completes: ['exercise'],
    summary: 'check an exercise each time that you save',
    details:
      'One screen that stays: what passes, the first failure, what your program prints, and keys for all the rest. Without a terminal, or with --plain, it prints each verdict below the one before it.',
    options: [
      { flags: '--plain', summary: 'lines only, for screen readers: nothing is drawn over' },
      { flags: '--poll', summary: 'look at the files in intervals (NODE_TUTOR_POLL); chosen where it is needed' },
      EDITOR_OPTION,
    ],
    examples: ['watch', 'watch argv-sum', 'watch --plain'],
  },
  {
    name: 'run',
    arguments: '[id|path]',
    completes: ['exercise'],
    rest: '[-- arguments]',
    summary: 'run your program in the sandbox, here in your terminal',
    details:
      'It runs a copy of your files, so what it writes is gone afterwards. A server listens on the port that it asks for, and starts anew when you save. Ctrl-C ends it. The exit code is that of your program; 2 and 3 also mean that it could not be started, which stderr says.',
    examples: ['run argv-sum -- 5 10', 'run ./argv-sum', 'run express-hello'],
  },
  {
    name: 'database',
    summary: 'serve your own database, for mongosh, Compass and your programs',
    details:
      'It speaks the MongoDB protocol on this machine alone, until Ctrl-C. The data is kept in your workspace, or in --data.',
    options: [
      { flags: '--port <number>', summary: 'where it listens (default: 27017)', count: true },
      { flags: '--data <folder>', completes: 'file', summary: 'where the data is kept' },
    ],
    examples: ['database', 'database --port 27018 --data ./data'],
  },
  {
    name: 'mongosh',
    rest: '[-- arguments]',
    summary: 'open the MongoDB shell on your own database',
    details:
      'It takes mongosh from your PATH, or installs it from npm once, after asking (150 MB). Your database is that of node-tutor database; what you do there is kept.',
    examples: ['mongosh', "mongosh -- --eval 'db.getName()'"],
  },
  {
    name: 'list',
    arguments: '[text]',
    summary: 'list lessons, exercises and what has passed',
    details: 'With a text: only the lessons and exercises in whose id or title its words occur.',
    options: [
      { flags: '--track <id>', completes: 'track', summary: 'only this track' },
      { flags: '--todo', summary: 'only exercises that have not passed' },
      { flags: '--done', summary: 'only exercises that have passed' },
    ],
    examples: ['list', 'list --track basics --todo', 'list "query string"', 'list --json'],
  },
  {
    name: 'hint',
    arguments: '[id]',
    completes: ['exercise'],
    summary: 'show the next hint for the last failed check',
    examples: ['hint', 'hint argv-sum'],
  },
  {
    name: 'solution',
    arguments: '[id]',
    completes: ['exercise'],
    summary: 'show the reference solution, after passing',
    options: [{ flags: '--anyway', summary: 'show it before passing; this is noted' }],
    examples: ['solution argv-sum', 'solution argv-sum --anyway'],
  },
  {
    name: 'reset',
    arguments: '[id]',
    completes: ['exercise'],
    summary: 'put the starter files back; yours are kept',
    examples: ['reset argv-sum'],
  },
  {
    name: 'undo',
    arguments: '[id]',
    completes: ['exercise'],
    summary: 'bring back what a reset, upgrade, import or --force replaced',
    details:
      'Without an id: what was replaced last, progress and files of other folders included; in the folder of an exercise nothing of other exercises. What stands there now is kept as a backup.',
    examples: ['undo', 'undo argv-sum'],
  },
  {
    name: 'quiz',
    arguments: '[lesson]',
    completes: ['quiz'],
    summary: 'answer the questions of a lesson',
    details:
      'Without a lesson: first the questions that you missed and that are due again, after 1, 3 and 7 days; then the lesson of the exercise you are in, or the first whose quiz is open. Without a terminal it prints the questions; --answers grades them, and ends with 1 when one is wrong.',
    options: [
      { flags: '--answers <numbers>', summary: 'your answers, each by its number, with commas between', numbers: true },
    ],
    examples: ['quiz', 'quiz process-argv', 'quiz process-argv --answers 2,2,1'],
  },
  {
    name: 'progress',
    arguments: '[what] [file]',
    completes: [['export', 'import', 'recheck'], 'file'],
    summary: 'see what is done; export, import, recheck',
    details:
      'Time is what passes between opening an exercise and its checks until it passes; pauses of more than 15 minutes do not count. `export` writes your progress to a file, or prints it; `import` adds that of another machine to yours, and loses nothing. `recheck` checks all that has passed again, and ends with 1 when something fails now.',
    options: [
      { flags: '--force', summary: 'export: write over a file that is there' },
      { flags: '--jobs <number>', summary: 'recheck: how many at a time', count: true },
    ],
    examples: [
      'progress',
      'progress --json',
      'progress export mine.json',
      'progress import mine.json',
      'progress recheck',
    ],
  },
  {
    name: 'grade',
    arguments: '<folder>',
    completes: ['file'],
    summary: 'grade a workspace, or one submission',
    options: [
      { flags: '--exercise <id>', completes: 'exercise', summary: 'the folder is one submission for this exercise' },
      {
        flags: '--reporter <name>',
        summary: 'how to report',
        choices: ['terminal', 'json', 'junit', 'github'],
      },
      { flags: '--output <file>', completes: 'file', summary: 'write the report to a file' },
      { flags: '--exit-zero', summary: 'exit with 0 although submissions failed' },
      { flags: '--strict-skips', summary: 'a skipped check fails' },
      { flags: '--jobs <number>', summary: 'how many at a time', count: true },
    ],
    examples: [
      'grade ./node-tutor',
      'grade ./sana --exercise argv-sum',
      'grade . --reporter junit --output report.xml',
      'grade . --reporter github',
    ],
  },
  {
    name: 'audit',
    arguments: '[ids...]',
    completes: ['any-id'],
    summary: 'let the course check itself',
    options: [
      { flags: '--shuffle <seed>', summary: 'in another order; what passes in one order only shows' },
      {
        flags: '--seeds <number>',
        summary: 'how many seeds each is tried under, the last as after a save (default 3)',
        count: true,
      },
      { flags: '--jobs <number>', summary: 'how many at a time', count: true },
    ],
    examples: ['audit', 'audit argv-sum --seeds 10', 'audit --course ./my-course'],
  },
  {
    name: 'new',
    arguments: '<what> [id]',
    completes: [['lesson', 'exercise', 'course', 'ci']],
    summary: 'make a lesson, an exercise, a course, or a workflow for CI',
    details:
      '<what> is lesson, exercise, course or ci. A lesson or an exercise is added to the course that you are in, ready to be tried and edited. A course is made in a folder of its own. `ci` writes a workflow of GitHub Actions that grades the repository on every push.',
    options: [
      { flags: '--title <text>', summary: 'its title (default: from its id)' },
      { flags: '--track <id>', completes: 'track', summary: 'track of a new lesson (default: the last one)' },
      { flags: '--lesson <id>', completes: 'lesson', summary: 'lesson of a new exercise (default: the last one)' },
      { flags: '--force', summary: 'write over files that are there' },
    ],
    examples: ['new course my-course', 'new lesson loops', 'new exercise count-down --lesson loops', 'new ci'],
  },
  {
    name: 'completion',
    arguments: '<shell>',
    completes: [['bash', 'zsh', 'fish', 'powershell']],
    summary: 'print the script by which a shell completes node-tutor',
    details:
      'Commands, options and ids of the course. bash: eval "$(node-tutor completion bash)" in ~/.bashrc. zsh: the same with zsh in ~/.zshrc, after compinit. fish: node-tutor completion fish > ~/.config/fish/completions/node-tutor.fish. PowerShell: node-tutor completion powershell | Out-String | Invoke-Expression in your $PROFILE.',
    rest: '',
    examples: ['completion bash', 'completion fish > ~/.config/fish/completions/node-tutor.fish'],
  },
  {
    name: 'doctor',
    summary: 'see whether machine and workspace are in order',
    options: [{ flags: '--fix', summary: 'mend what can be mended, each thing after asking; with --yes without' }],
    examples: ['doctor', 'doctor --fix', 'doctor --json'],
  },
] as const satisfies readonly CommandContract[];

export type CommandName = (typeof COMMANDS)[number]['name'];
