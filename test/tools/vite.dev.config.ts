import { mergeConfig } from 'vite';
import { rendererConfig } from '../../electron.config.ts';

/*
 * `npm run dev`: the screens with reload. Their WebSocket goes to a kiosk started beside it with `npm start -- --port 4700
 * --no-open`; open its address once, so that the cookie of this launch is there (cookies know no ports).
 */
const kiosk = 'http://127.0.0.1:4700';

export default mergeConfig(rendererConfig, {
  server: {
    host: '127.0.0.1',
    port: 4710,
    proxy: {
      '/rpc': {
        target: kiosk,
        ws: true,
        changeOrigin: true,
        headers: { origin: kiosk },
      },
    },
  },
});
