import { expect, it } from 'vitest';
import { makeRig } from '../rig/cli.ts';
import { LAYERS } from '../rig/layers.ts';

it.each(LAYERS)(
  'a package.json that lies above the folders of runs changes nothing, under the layer %s',
  async (layer) => {
    const rig = await makeRig();
    await rig.write('temp/package.json', '{ "type": "module", "imports": { "#x": "./x.js" } }');
    await rig.write(
      'submission/hello.js',
      "const { version, platform } = require('node:process');\nconsole.log(`Hello from Node.js ${version}\\nRunning on ${platform}`);\n",
    );
    const { code, stdout } = await rig.run(['check', 'hello-node', '--submission', 'submission', '--isolate', layer], {
      env: { TMPDIR: `${rig.folder}/temp`, TEMP: `${rig.folder}/temp` },
    });
    expect(stdout).toContain('1 of 1 passed');
    expect(code).toBe(0);
  },
);
