export { playgroundConfig, readConfig, type ServerConfig, type Variables } from './config.js';
export { type ErrorBody, type ErrorCode, errorCodes } from './errors.js';
export type { WechatOptions } from './hosts/wechat.js';
export { type DengluOptions, denglu } from './plugin/denglu.js';
export type { PublicUser } from './plugin/endpoints.js';
export type { RateLimits } from './plugin/rate-limit.js';
export { createServer, type Server, type Surroundings } from './server.js';
export { StartError } from './start-error.js';
