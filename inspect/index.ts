export {
  createInspector,
  type Inspector,
  type InspectorOptions,
  type InspectorSettings,
  type InspectorStatus,
} from './inspector.js';
export type { ConnectSocket, SocketTask } from './socket.js';
