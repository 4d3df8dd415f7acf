export { createVirtualClock, type VirtualClock, type VirtualTimer } from './clock.js';
export {
  createMemoryServer,
  type MemoryServer,
  type MemoryServerOptions,
  type ServerCall,
  type ServerFault,
} from './memory-server.js';
export type { NewPerson, Person } from './people.js';
export { type Random, seededRandom } from './random.js';
export type { WechatApp } from './wechat/accounts.js';
export type { HostCall } from './wechat/call-log.js';
export type { SimulatedWechat, WechatLimits } from './wechat/cloud.js';
export { type Account, Refusal, type WechatCloud } from './wechat/cloud-port.js';
export type { IssuedCode } from './wechat/codes.js';
export { createWechatDevice, type WechatDevice, type WechatDeviceOptions } from './wechat/device.js';
export type { Fault, Faults } from './wechat/faults.js';
export type { HostApi, WechatHost } from './wechat/host-object.js';
export type { HungCall } from './wechat/hung-calls.js';
export type { Exchange, OpenApi, OpenApiFault } from './wechat/open-api.js';
export { type RemoteCloud, type RemoteCloudOptions, remoteCloud } from './wechat/remote-cloud.js';
export { createWorld, type World, type WorldOptions } from './world.js';
