import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, env } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import MpPlugin from 'mp-webpack-plugin';
import webpack from 'webpack';

const here = dirname(fileURLToPath(import.meta.url));

/** What kbone has to know of the pages. */
const kbone = {
  origin: 'https://example.com',
  entry: '/',
  router: { index: ['/'] },
  app: { navigationBarTitleText: 'denglu × kbone', navigationStyle: 'default' },
  pages: { index: { share: true, shareTimeline: true } },
  generate: { renderVersion: '2.2.29', elementVersion: '2.2.23' },
  projectConfig: { appid: env.WECHAT_APP_ID ?? '' },
};

/**
 * Builds the page.
 *
 * @param {'mp' | 'web'} target a mini-program, or a page for browsers
 * @param {{ folder: string, serverUrl: string }} options where to write, and where the app's server is
 */
export function build(target, { folder, serverUrl }) {
  const isMiniProgram = target === 'mp';
  const compiler = webpack({
    mode: 'production',
    target: ['web', 'es2018'],
    // What webpack would put in its place makes code of text, which hosts forbid (W-21).
    node: { global: false },
    context: here,
    entry: { index: './src/main.js' },
    output: {
      path: isMiniProgram ? join(folder, 'common') : folder,
      filename: '[name].js',
      cssFilename: '[name].css',
    },
    // Phones know no later syntax than this, and XState ships some.
    module: { rules: [{ test: /\.js$/, loader: 'esbuild-loader', options: { target: 'es2018' } }] },
    experiments: { css: true },
    performance: false,
    plugins: [
      new webpack.DefinePlugin({ SERVER_URL: JSON.stringify(serverUrl) }),
      ...(isMiniProgram ? [new MpPlugin(kbone)] : []),
    ],
  });
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close(() => {
        if (error || stats?.hasErrors()) return reject(error ?? new Error(stats?.toString('errors-only')));
        if (!isMiniProgram) copyFileSync(join(here, 'src/index.html'), join(folder, 'index.html'));
        resolve(undefined);
      });
    });
  });
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  const target = argv[2] === 'web' ? 'web' : 'mp';
  const serverUrl = env.SERVER_URL ?? 'http://127.0.0.1:8787';
  await build(target, { folder: join(here, 'dist', target), serverUrl });
}
