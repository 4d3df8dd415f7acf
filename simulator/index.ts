export type { BaiduApp } from './baidu/accounts.js';
export type { SimulatedBaidu } from './baidu/cloud.js';
export {
  type BaiduAbility,
  type BaiduAccount,
  type BaiduCloud,
  BaiduRefusal,
  type BaiduUserInfo,
  type GivenBaiduProfile,
  type SealedByBaidu,
} from './baidu/cloud-port.js';
export type { IssuedBaiduCode } from './baidu/codes.js';
export { type BaiduDevice, type BaiduDeviceOptions, createBaiduDevice } from './baidu/device.js';
export type { SwanApi, SwanCallName, SwanHost, SwanOpenType, SwanQuestion } from './baidu/host-object.js';
export type { SwanButton, SwanButtonHandlers } from './baidu/native-button.js';
export type { BaiduOpenApi, BaiduOpenApiName } from './baidu/open-api.js';
export { type BaiduSeal, decryptBaiduData, encryptBaiduData } from './baidu/sealing.js';
export { createVirtualClock, type VirtualClock, type VirtualTimer } from './clock.js';
export type { ButtonEvent, Press } from './host/button.js';
export type { HostCall } from './host/call-log.js';
export type { Fault, Faults } from './host/faults.js';
export type { HungCall } from './host/hung-calls.js';
export type { Exchange, OpenApiCall, OpenApiFault } from './host/open-api.js';
export type { Answer, Answers, Picture, Sheet } from './host/sheets.js';
export type { WebSocketClass, WebSocketLike } from './host/sockets.js';
export {
  createMemoryServer,
  type MemoryServer,
  type MemoryServerOptions,
  type ServerCall,
  type ServerFault,
  type ServerUser,
} from './memory-server.js';
export type { NewPerson, Person } from './people.js';
export { type Random, seededRandom } from './random.js';
export type { Restriction } from './wechat/abilities.js';
export type { WechatApp } from './wechat/accounts.js';
export type { SimulatedWechat, WechatLimits } from './wechat/cloud.js';
export {
  type Ability,
  AbilityRefusal,
  type Account,
  type CountedApi,
  type GivenPhone,
  type GivenProfile,
  type ProfileWish,
  Refusal,
  type UserInfo,
  type WechatCloud,
} from './wechat/cloud-port.js';
export type { IssuedCode } from './wechat/codes.js';
export { createWechatDevice, type WechatDevice, type WechatDeviceOptions } from './wechat/device.js';
export type { ButtonOpenType, HostApi, HostCallName, WechatHost } from './wechat/host-object.js';
export type { ButtonHandlers, NativeButton } from './wechat/native-button.js';
export type { NicknameHandlers, NicknameInput, NicknameReview } from './wechat/nickname-input.js';
export type { OpenApi, OpenApiName } from './wechat/open-api.js';
export type { IssuedPhoneCode } from './wechat/phone-codes.js';
export type { PrivacyListener, PrivacyResolution } from './wechat/privacy.js';
export type { Question } from './wechat/question.js';
export { type RemoteCloud, type RemoteCloudOptions, remoteCloud } from './wechat/remote-cloud.js';
export { decryptOpenData, encryptOpenData, signRawData, signWithSessionKey } from './wechat/sealing.js';
export { createWorld, type World, type WorldOptions } from './world.js';
