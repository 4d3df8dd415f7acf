import { playgroundApp, playgroundPeople } from '../../scripts/playground-app.js';
import { createMemoryServer, createWorld, type Person, type RemoteCloud, remoteCloud } from '../../simulator/index.js';

import { createGallery, type Gallery } from './gallery.js';

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** What lies around the phone: WeChat's cloud, the people, and the app's server. */
export interface Surroundings {
  readonly cloud: RemoteCloud;
  readonly people: readonly Person[];
  /** The pictures on everybody's phone. */
  readonly gallery: Gallery;
  readonly appId: string;
  /** Where the app's server is. */
  readonly serverUrl: string;
  /** How the phone reaches it. */
  readonly fetch: Fetch;
}

/**
 * The server and the simulated WeChat that `npm start` runs, over HTTP; where there are none, as in tests and in a built
 * storybook, both in memory.
 *
 * @throws Error where they are out of reach
 */
export async function findSurroundings(): Promise<Surroundings> {
  const { STORYBOOK_SERVER_URL: serverUrl, STORYBOOK_SIMULATOR_URL: simulatorUrl } = import.meta.env;
  const places =
    typeof serverUrl === 'string' && typeof simulatorUrl === 'string'
      ? {
          cloud: remoteCloud({ baseUrl: simulatorUrl }),
          serverUrl,
          fetch: (input: string, init?: RequestInit) => fetch(input, init),
        }
      : inMemory();
  return { ...places, appId: playgroundApp.appId, people: await places.cloud.people(), gallery: await createGallery() };
}

function inMemory() {
  const world = createWorld();
  for (const nickname of playgroundPeople) world.addPerson({ nickname });
  world.addApp(playgroundApp);
  const reach: Fetch = (input, init) => world.fetch(input, init);
  return {
    cloud: remoteCloud({ baseUrl: 'https://simulator.invalid', fetch: reach }),
    serverUrl: 'https://server.invalid',
    fetch: createMemoryServer({ openApi: reach, ...playgroundApp }).fetch,
  };
}
