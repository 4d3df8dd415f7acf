import { writeFileSync } from 'node:fs';

/** @typedef {import('./traffic.mjs').FlowTraffic} FlowTraffic */

/** A reporter of vitest that writes what tests have measured to the file `TRAFFIC_FILE`. */
export default class TrafficReporter {
  /** @param {ReadonlyArray<import('vitest/node').TestModule>} modules */
  onTestRunEnd(modules) {
    /** @type {FlowTraffic[]} */
    const measured = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { traffic } = test.meta();
        if (traffic) measured.push({ flow: test.name, ...traffic });
      }
    }
    writeFileSync(process.env.TRAFFIC_FILE ?? '', JSON.stringify(measured));
  }
}
