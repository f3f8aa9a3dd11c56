/** A file to write: its text by path, relative to the folder that is scaffolded, `/` between its parts. */
export type Files = Readonly<Record<string, string>>;

interface Named {
  id: string;
  title: string;
}

/** Where editors find the JSON Schema of a manifest. */
function schemaLine(kind: 'course' | 'exercise', version: string): string {
  return `# yaml-language-server: $schema=https://unpkg.com/node-tutor@${version}/dist/schema/${kind}.schema.json`;
}

/** A course with one track, one lesson and one exercise. */
export function courseFiles({ id, title }: Named, version: string): Files {
  return {
    'course.yaml': `${schemaLine('course', version)}
formatVersion: 1
id: ${id}
version: "0.1.0"
title: ${yamlText(title)}
languages: [en]
tracks:
  - id: first
    title: First steps
`,
    'lessons/01-first/01-welcome.md': lessonText({ id: 'welcome', title: 'Welcome' }, ['greeting']),
    ...exerciseFiles({ id: 'greeting', title: 'Greet whoever is named' }, version),
    'README.md': `# ${title}

A course for node-tutor. Try it, and let it check itself:

\`\`\`console
npx node-tutor list --course .
npx node-tutor audit --course .
\`\`\`

Add to it:

\`\`\`console
npx node-tutor new lesson my-lesson
npx node-tutor new exercise my-exercise --lesson my-lesson
\`\`\`
`,
  };
}

/** A lesson with a runnable example and a quiz. */
export function lessonText({ id, title }: Named, exercises: readonly string[] = []): string {
  const list = exercises.length === 0 ? '' : `exercises: [${exercises.join(', ')}]\n`;
  return `---
id: ${id}
title: ${yamlText(title)}
${list}---
Say in two or three sentences what one can do after this lesson.

## One idea

Explain it, then show it. An example that says \`run\` is run by the audit, and has to print what the block below it shows:

\`\`\`js run args="Sana"
const name = process.argv[2];
console.log(\`Hello \${name}\`);
\`\`\`
\`\`\`output
Hello Sana
\`\`\`

\`\`\`quiz
- ask: Which element of \`process.argv\` is the first argument?
  choices: ["\`process.argv[0]\`", "\`process.argv[1]\`", "\`process.argv[2]\`"]
  answer: 3
  why: Element 0 is the path of node, element 1 the path of the file.
\`\`\`
`;
}

/** An exercise with two wrong solutions. */
export function exerciseFiles({ id, title }: Named, version: string): Files {
  const files: Files = {
    'exercise.yaml': `${schemaLine('exercise', version)}
formatVersion: 1
id: ${id}
title: ${yamlText(title)}
entry: [index.js]
# Drawn afresh for each run, so that a hard-coded answer fails.
given:
  name: { words: 1 }
checks:
  - id: greets
    title: greets whoever is named on the command line
    program:
      args: ["{{ name }}"]
      stdout: "Hello {{ name }}"
    hints:
      - Print process.argv. Where in it is the name?
      - "console.log(\`Hello \${process.argv[2]}\`);"
# Each wrong solution fails at the check that it names; the audit proves it.
wrong:
  hard-coded: { fails: greets }
  silent: { fails: greets, cause: nothing-printed }
`,
    'README.md': `# ${title}

Say why one would want this program. Then say exactly what it has to do.

Write \`index.js\`. It prints \`Hello \` and the name that it is given:

\`\`\`console
$ node index.js Sana
Hello Sana
\`\`\`
`,
    'starter/index.js': '// Write your program here.\n',
    'solution/index.js': "console.log('Hello', process.argv[2]);\n",
    'wrong/hard-coded/index.js': "console.log('Hello Sana');\n",
    'wrong/silent/index.js': "const text = 'Hello ' + process.argv[2];\n",
  };
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`exercises/${id}/${file}`, text]));
}

/** A workflow of GitHub Actions that grades a learner's repository. */
export function workflowText({
  folder,
  course,
  version,
}: {
  folder: string;
  course?: string;
  version: string;
}): string {
  const named = course === undefined ? '' : ` --course ${shellWord(course)}`;
  return `# Grades the exercises of this repository on every push: annotations at the lines, and a summary of the run.
# Made by: npx node-tutor new ci
name: node-tutor
on:
  push:
  pull_request:
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: node-tutor-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  grade:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-node@v5
        with:
          node-version: 22
      - name: Grade
        run: npx --yes node-tutor@${version} grade ${shellWord(folder)}${named} --reporter github
`;
}

/** A YAML scalar in one line; JSON strings are YAML. */
function yamlText(text: string): string {
  return /^[A-Za-z][\w ,.'()-]*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

/** A word of a POSIX shell within a line of YAML. */
function shellWord(word: string): string {
  return /^[\w./@+-]+$/.test(word) ? word : `"${word.replace(/["$\\`]/g, '\\$&')}"`;
}
