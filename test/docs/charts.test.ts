import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { chartsPage } from '../../scripts/charts/page.js';

it('docs/charts.md shows the machines as they are (else: npm run charts)', () => {
  expect(readFileSync('docs/charts.md', 'utf8')).toBe(chartsPage());
});
