import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../children.mjs';
import { root } from '../install.mjs';
import { Problem } from '../speech.mjs';

/** @typedef {import('../../test/components/support/traffic.js').Traffic & { flow: string }} FlowTraffic */

/**
 * What the built components hand to `setData`, flow by flow, as the test that holds them to it has counted (W-24).
 *
 * @returns {Promise<FlowTraffic[]>}
 */
export async function measureTraffic() {
  const folder = mkdtempSync(join(tmpdir(), 'denglu-'));
  const file = join(folder, 'traffic.json');
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const config = join(root, 'scripts/size/vitest.config.mjs');
    const { code, output } = await run(process.execPath, [vitest, 'run', '--root', root, '--config', config], {
      env: { TRAFFIC_FILE: file },
    });
    if (code !== 0) throw new Problem(output.trim(), '测量 setData 失败,原因见上');
    return JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
