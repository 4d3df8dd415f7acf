import uni from '@dcloudio/vite-plugin-uni';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [uni()],
  // XState ships newer syntax than the host may know (W-21).
  build: { target: 'es2018' },
});
