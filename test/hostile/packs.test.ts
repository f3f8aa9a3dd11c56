import { cp } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { ACTED_ON } from './acted-on.ts';

/** A copy of the tiny course in a rig of its own, with some of its text replaced. */
async function hostileCourse(changes: Readonly<Record<string, (text: string) => string>>): Promise<Rig> {
  const rig = await makeRig();
  await cp(TINY_COURSE, path.join(rig.folder, 'course'), { recursive: true });
  for (const [file, change] of Object.entries(changes)) {
    await rig.write(`course/${file}`, change(await rig.read(`course/${file}`)));
  }
  await rig.write(
    'submission/sum.js',
    'console.log(process.argv.slice(2).reduce((sum, one) => sum + Number(one), 0));\n',
  );
  return rig;
}

const MANIFEST = 'exercises/add-up/exercise.yaml';
const LESSON = 'lessons/01-first/01-printing.md';

describe('a template', () => {
  const check = async (template: string) => {
    const change = (text: string) => text.replace('stdout: "0"', `stdout: ${JSON.stringify(template)}`);
    const rig = await hostileCourse({ [MANIFEST]: change });
    return rig.run(['check', 'add-up', '--course', 'course', '--submission', 'submission']);
  };

  test.each([
    ['loops for ever', '{% for i in (1..1000000000) %}{% for j in (1..1000000000) %}x{% endfor %}{% endfor %}'],
    ['grows without bound', '{{ "x" | repeat: 100000000 }}'],
    ['reads a file', "{% include '/etc/passwd' %}"],
    ['renders a file', "{% render '/etc/passwd' %}"],
    ['reaches a prototype', '{{ numbers.constructor.constructor }}'],
    ['reaches the process', '{{ process.env.HOME }}'],
  ])('that %s is a fault of the course', async (_, template) => {
    const { code, stdout, stderr } = await check(template);
    expect(code).toBeGreaterThanOrEqual(2);
    expect(stdout + stderr).not.toMatch(/root:|\/home|heap out of memory|^\s+at /m);
  });

  test('that is plain is none', async () => {
    expect((await check('{% for i in (1..1) %}0{% endfor %}')).code).toBe(0);
  });
});

describe('a runnable example', () => {
  /** Audits a lesson whose example uses a file that lies beside the course. */
  const audit = async (code: (file: string) => string) => {
    const rig = await hostileCourse({});
    await rig.write('secret.txt', 'a secret of the machine');
    const example = code(JSON.stringify(path.join(rig.folder, 'secret.txt')));
    const lesson = await rig.read(`course/${LESSON}`);
    await rig.write(`course/${LESSON}`, lesson.replace('console.log(process.argv.slice(2));', example));
    return { rig, ...(await rig.run(['audit', 'printing', '--course', 'course'])) };
  };

  test('writes nothing beside its run', async () => {
    const { rig, code } = await audit((file) => `require('fs').writeFileSync(${file}, 'changed');`);
    expect(code).toBe(2);
    expect(await rig.read('secret.txt')).toBe('a secret of the machine');
  });

  test('reads nothing beside its run', async () => {
    const { stdout, stderr, code } = await audit((file) => `console.log(require('fs').readFileSync(${file}, 'utf8'));`);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain('printing');
    expect(stdout + stderr).not.toContain('a secret of the machine');
  });
});

describe('text of a course', () => {
  const RAW = '\u001b]0;forged\u0007\u001b]52;c;Zm9yZ2Vk\u0007\u001b[2J\u009b2J\b\u202e';

  test.each([
    ['course.yaml', 'Still empty'],
    [MANIFEST, 'Add the numbers on the command line'],
    [MANIFEST, 'prints the sum'],
    [MANIFEST, 'Begin with 0.'],
    [LESSON, 'Printing'],
    [LESSON, 'Everything on the command line is text.'],
    [LESSON, 'Is `process.argv[2]` a number or text?'],
  ])('in %s at %s is a fault where YAML escapes hide a control character', async (file, place) => {
    for (const sequence of ['\\e]0;forged\\a', '\\x9b2J', '\\u202e', '\\r', '\\b']) {
      const rig = await hostileCourse({ [file]: (text) => text.replace(place, `"a${sequence}"`) });
      const { code, stdout, stderr } = await rig.run(['list', '--course', 'course'], { env: { FORCE_COLOR: '1' } });
      expect(code).toBe(2);
      expect(stderr).toContain('a control character');
      expect(stdout + stderr).not.toMatch(ACTED_ON);
    }
  });

  const course = () =>
    hostileCourse({
      'exercises/add-up/README.md': (text) => `${text}\n${RAW}\n\n\`\`\`js\n${RAW}\n\`\`\`\n`,
      [LESSON]: (text) =>
        text.replace(
          'That is all.',
          `${RAW}\n\n[${RAW}](https://evil.example/${RAW})\n\n<https://evil.example/${RAW}>\n\n| ${RAW} |\n| --- |\n| ${RAW} |\n\n\`\`\`js\n${RAW}\n\`\`\`\n\n# ${RAW}\n`,
        ),
    });

  test.each([
    [['lesson', 'printing']],
    [['start', 'add-up']],
    [['check', 'add-up', '--submission', 'wrong']],
    [['solution', 'add-up', '--anyway']],
    [['audit', 'printing', '--seeds', '1']],
  ])('in Markdown and code: %j does nothing to the terminal', async (args) => {
    const rig = await course();
    await rig.write('wrong/sum.js', `// ${RAW}\nconsole.log(1);\n`);
    const { stdout, stderr } = await rig.run([...args, '--course', 'course'], { env: { FORCE_COLOR: '1' } });
    expect(stdout + stderr).not.toBe('');
    expect(stdout + stderr).not.toMatch(ACTED_ON);
  });
});
